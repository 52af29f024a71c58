/* rubis-agenda.h: what to do for one account on one day.
 *
 * The unit is the account: its items are judged one by one by the eligibility function and those
 * that are due for a step are gathered in one action a currency, whose text is that of the highest
 * step. Pure: session feeds it accounts and items from the store.
 */
#pragma once

#include "rubis-eligibility.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;                /* the item's, for the caller */
  RubisDate due_date;       /* of the item itself, for the caller: a payment plan follows another */
  RubisItemFacts facts;
} RubisAgendaItem;

typedef struct {
  const RubisStep *step;    /* (unowned) the highest step reached; a decision only when nothing else is due */
  RubisChannel channel;
  RubisValidation validation;
  guint32 notes;            /* reasons that make a person decide */
  gboolean unallocated;     /* credits wait to be allocated: a person decides */
  gint64 amount;            /* claimed: Σ claimable amounts, from the first reminder on less @credits */
  gint64 credits;           /* Σ available credits, positive */
  GArray *items;            /* (owned) (element-type gint64) ids, in the order given */
  GArray *levels;           /* (owned) (element-type int) level that each item reaches */
} RubisAgendaAction;

void rubis_agenda_action_free (RubisAgendaAction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAgendaAction, rubis_agenda_action_free)

/* Sums what account facts need over the account's items of one currency: due debits and credits.
 * Sets @account->due_debits and @account->credits.
 */
void rubis_agenda_sum_account (RubisAccountFacts *account, const RubisAgendaItem *items, gsize n_items,
                               RubisDate today);

/* Judges the items of one account in one currency.
 *
 * Returns: (transfer full) (nullable): the action, or NULL when nothing is to be done; then
 * @refused (nullable) is set to the union of the reasons of items that are due (those merely not
 * due do not count).
 */
RubisAgendaAction *rubis_agenda_build (const RubisPolicy *policy, const RubisDossierFacts *dossier,
                                       const RubisAccountFacts *account, const RubisAgendaItem *items, gsize n_items,
                                       RubisDate today, gboolean business_day, guint32 *refused);

/* The first day from @today on (at most two years ahead) on which the item becomes eligible if
 * nothing but time changes, or RUBIS_DATE_NONE. @is_open answers whether documents leave on a day.
 */
RubisDate rubis_agenda_next_date (const RubisPolicy *policy, const RubisDossierFacts *dossier,
                                  const RubisAccountFacts *account, const RubisItemFacts *item, RubisDate today,
                                  gboolean (*is_open) (RubisDate date, gpointer user_data), gpointer user_data);

G_END_DECLS
