#include "rubis-dispute-reason.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *label; /* untranslated */
  int days;
} reasons[RUBIS_N_DISPUTE_REASONS] = {
  [RUBIS_DISPUTE_ADMINISTRATIVE] = { "administrative", NC_ ("dispute", "Administrative"), 5 },
  [RUBIS_DISPUTE_PRICE] = { "price", NC_ ("dispute", "Price"), 7 },
  [RUBIS_DISPUTE_QUALITY] = { "quality", NC_ ("dispute", "Quality"), 15 },
  [RUBIS_DISPUTE_QUANTITY] = { "quantity", NC_ ("dispute", "Quantity, missing goods"), 7 },
  [RUBIS_DISPUTE_DELIVERY] = { "delivery", NC_ ("dispute", "Delivery"), 7 },
  [RUBIS_DISPUTE_NOT_ORDERED] = { "not_ordered", NC_ ("dispute", "Not ordered"), 7 },
  [RUBIS_DISPUTE_INVOICING_ERROR] = { "invoicing_error", NC_ ("dispute", "Invoicing error"), 5 },
  [RUBIS_DISPUTE_DOCUMENTS] = { "documents", NC_ ("dispute", "Documents missing"), 2 },
  [RUBIS_DISPUTE_PAYMENT_APPLICATION]
  = { "payment_application", NC_ ("dispute", "Payment not allocated"), 3 },
  [RUBIS_DISPUTE_OTHER] = { "other", NC_ ("dispute", "Other reason"), 7 },
};

const char *
rubis_dispute_reason_to_id (RubisDisputeReason reason)
{
  g_return_val_if_fail (reason < RUBIS_N_DISPUTE_REASONS, "other");

  return reasons[reason].id;
}

gboolean
rubis_dispute_reason_from_id (const char *id, RubisDisputeReason *reason)
{
  g_return_val_if_fail (id != NULL && reason != NULL, FALSE);

  for (int i = 0; i < RUBIS_N_DISPUTE_REASONS; i++)
    {
      if (g_str_equal (reasons[i].id, id))
        {
          *reason = (RubisDisputeReason)i;
          return TRUE;
        }
    }
  *reason = RUBIS_DISPUTE_OTHER;
  return FALSE;
}

const char *
rubis_dispute_reason_to_label (RubisDisputeReason reason)
{
  g_return_val_if_fail (reason < RUBIS_N_DISPUTE_REASONS, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "dispute", reasons[reason].label);
}

int
rubis_dispute_reason_get_days (RubisDisputeReason reason)
{
  g_return_val_if_fail (reason < RUBIS_N_DISPUTE_REASONS, 0);

  return reasons[reason].days;
}
