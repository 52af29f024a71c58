#include "rubis-agenda.h"

/* How far ahead "becomes eligible on" is looked for. */
#define HORIZON_DAYS 731

void
rubis_agenda_action_free (RubisAgendaAction *self)
{
  g_array_unref (self->items);
  g_array_unref (self->levels);
  g_free (self);
}

static gboolean
is_credit (const RubisItemFacts *item)
{
  return item->open < 0 && item->type != RUBIS_ITEM_DOWN_PAYMENT;
}

/* No ledger comes near the limit; beyond it a sum is still the largest one. */
static void
add_saturated (gint64 *sum, gint64 amount)
{
  if (!rubis_money_add (*sum, amount, sum))
    *sum = G_MAXINT64;
}

void
rubis_agenda_sum_account (RubisAccountFacts *account, const RubisAgendaItem *items, gsize n_items,
                          RubisDate today)
{
  account->due_debits = 0;
  account->credits = 0;
  for (gsize i = 0; i < n_items; i++)
    {
      const RubisItemFacts *item = &items[i].facts;

      if (is_credit (item))
        add_saturated (&account->credits, item->open == G_MININT64 ? G_MAXINT64 : -item->open);
      else if (rubis_eligibility_is_overdue (item, today))
        add_saturated (&account->due_debits, rubis_eligibility_claimable (item));
    }
}

static RubisAgendaAction *
action_new (void)
{
  RubisAgendaAction *action = g_new0 (RubisAgendaAction, 1);

  action->items = g_array_new (FALSE, FALSE, sizeof (gint64));
  action->levels = g_array_new (FALSE, FALSE, sizeof (int));
  return action;
}

/* Whether @step goes before @other on the same day. Writing to the customer goes before deciding in the
 * house, which the customer does not hear of, then the higher step goes first.
 */
static gboolean
goes_before (const RubisStep *step, const RubisStep *other)
{
  gboolean decision = step->channel == RUBIS_CHANNEL_DECISION;

  if (decision != (other->channel == RUBIS_CHANNEL_DECISION))
    return !decision;
  return step->rank > other->rank;
}

static void
raise_action (RubisAgendaAction *action, const RubisVerdict *verdict)
{
  if (action->step == NULL || goes_before (verdict->step, action->step))
    {
      action->step = verdict->step;
      action->channel = verdict->channel;
    }
}

/* Whether an item that is due for @step belongs in the action of @leading. */
static gboolean
goes_with (const RubisStep *step, const RubisStep *leading)
{
  if (step == leading)
    return TRUE;
  if (leading->own_level_only || leading->channel == RUBIS_CHANNEL_DECISION
      || step->channel == RUBIS_CHANNEL_DECISION)
    return FALSE;
  /* A notice before the due date never goes with a claim. */
  return step->delay >= 0 || leading->delay < 0;
}

/* Takes the items of @verdicts that belong in the document of the leading step. */
static void
collect_items (RubisAgendaAction *action, const RubisAgendaItem *items, const RubisVerdict *verdicts,
               gsize n_items)
{
  action->validation = action->step->validation;
  for (gsize i = 0; i < n_items; i++)
    {
      if (!verdicts[i].eligible || !goes_with (verdicts[i].step, action->step))
        continue;
      g_array_append_val (action->items, items[i].id);
      g_array_append_val (action->levels, verdicts[i].step->rank);
      add_saturated (&action->amount, rubis_eligibility_claimable (&items[i].facts));
      action->validation = MAX (action->validation, verdicts[i].validation);
      action->notes |= verdicts[i].notes;
    }
}

/* Whether so many credits wait to be allocated that a person has to look first. */
static gboolean
is_unallocated (const RubisPolicy *policy, const RubisAgendaAction *action)
{
  int percent = rubis_policy_get_unallocated_percent (policy);

  return percent > 0 && action->credits > 0
         && (__int128)action->credits * 100 >= (__int128)action->amount * percent;
}

/* From the first reminder on, credits are listed and deducted; they are never in a notice before the
 * due date. FALSE when nothing is left to claim with these items.
 */
static gboolean
deduct_credits (RubisAgendaAction *action)
{
  if (action->step->delay < 0 || action->step->channel == RUBIS_CHANNEL_DECISION || action->credits == 0)
    return TRUE;
  if (action->amount <= action->credits)
    return FALSE;
  action->amount -= action->credits;
  return TRUE;
}

RubisAgendaAction *
rubis_agenda_build (const RubisPolicy *policy, const RubisDossierFacts *dossier,
                    const RubisAccountFacts *account, const RubisAgendaItem *items, gsize n_items,
                    RubisDate today, gboolean business_day, guint32 *refused)
{
  g_autoptr (RubisAgendaAction) action = action_new ();
  g_autofree RubisVerdict *heap = NULL;
  RubisVerdict stack[64];
  RubisVerdict *verdicts = stack;
  guint32 against = 0;

  if (n_items > G_N_ELEMENTS (stack))
    verdicts = heap = g_new (RubisVerdict, n_items);

  for (gsize i = 0; i < n_items; i++)
    {
      rubis_eligibility_evaluate (policy, dossier, account, &items[i].facts, today, business_day,
                                  &verdicts[i]);
      if (verdicts[i].eligible)
        raise_action (action, &verdicts[i]);
      else if (items[i].facts.due_date != RUBIS_DATE_NONE && today > items[i].facts.due_date
               && items[i].facts.open > 0)
        against |= verdicts[i].reasons;
    }
  if (refused != NULL)
    *refused = against;
  if (action->step == NULL)
    return NULL;

  collect_items (action, items, verdicts, n_items);
  action->credits = account->credits;
  if (is_unallocated (policy, action))
    {
      action->unallocated = TRUE;
      action->validation = RUBIS_VALIDATION_MANUAL;
    }
  if (!deduct_credits (action))
    {
      if (refused != NULL)
        *refused |= RUBIS_REASON_BIT (RUBIS_REASON_COVERED);
      return NULL;
    }
  return g_steal_pointer (&action);
}

RubisDate
rubis_agenda_next_date (const RubisPolicy *policy, const RubisDossierFacts *dossier,
                        const RubisAccountFacts *account, const RubisItemFacts *item, RubisDate today,
                        gboolean (*is_open) (RubisDate date, gpointer user_data), gpointer user_data)
{
  RubisAccountFacts later = *account;
  RubisVerdict verdict;

  for (RubisDate date = today; date <= today + HORIZON_DAYS && date <= RUBIS_DATE_MAX; date++)
    {
      /* By then this item at least is due, and the data are assumed to be kept up to date. */
      RubisDossierFacts fresh = *dossier;

      fresh.freshness_days = date == today ? dossier->freshness_days : 0;
      if (rubis_eligibility_is_overdue (item, date) && !rubis_eligibility_is_overdue (item, today))
        {
          later.due_debits = account->due_debits;
          add_saturated (&later.due_debits, rubis_eligibility_claimable (item));
        }
      rubis_eligibility_evaluate (policy, &fresh, &later, item, date, is_open (date, user_data), &verdict);
      if (verdict.eligible)
        return date;
    }
  return RUBIS_DATE_NONE;
}
