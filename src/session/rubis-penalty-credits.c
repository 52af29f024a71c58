#include "rubis-penalty-credits.h"

typedef struct {
  RubisCurrency currency;
  RubisInterestEvent event; /* what is left of it */
} Credit;

struct _RubisPenaltyCredits {
  GArray *credits; /* (element-type Credit) */
};

RubisPenaltyCredits *
rubis_penalty_credits_new (void)
{
  RubisPenaltyCredits *self = g_new0 (RubisPenaltyCredits, 1);

  self->credits = g_array_new (FALSE, FALSE, sizeof (Credit));
  return self;
}

void
rubis_penalty_credits_free (RubisPenaltyCredits *self)
{
  g_array_unref (self->credits);
  g_free (self);
}

void
rubis_penalty_credits_add (RubisPenaltyCredits *self, const RubisItemRecord *item)
{
  gboolean dated = item->type != RUBIS_ITEM_CREDIT && item->issue_date != RUBIS_DATE_NONE;
  Credit credit = { .currency = item->currency,
                    .event = { .date = item->issue_date,
                               .kind = dated ? RUBIS_INTEREST_PAYMENT_PRINCIPAL_FIRST
                                             : RUBIS_INTEREST_CREDIT_FROM_ORIGIN,
                               .amount = -item->open } };

  g_return_if_fail (item->open < 0);

  g_array_append_val (self->credits, credit);
}

GArray *
rubis_penalty_credits_take (RubisPenaltyCredits *self, RubisCurrency currency, gint64 principal)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (RubisInterestEvent));

  for (guint i = 0; i < self->credits->len && principal > 0; i++)
    {
      Credit *credit = &g_array_index (self->credits, Credit, i);
      RubisInterestEvent event = credit->event;

      if (event.amount == 0 || !rubis_currency_equal (credit->currency, currency))
        continue;
      event.amount = MIN (event.amount, principal);
      credit->event.amount -= event.amount;
      principal -= event.amount;
      g_array_append_val (events, event);
    }
  return events;
}
