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

void
rubis_agenda_sum_account (RubisAccountFacts *account, const RubisAgendaItem *items, gsize n_items, RubisDate today)
{
  account->due_debits = 0;
  account->credits = 0;
  for (gsize i = 0; i < n_items; i++)
    {
      const RubisItemFacts *item = &items[i].facts;

      if (is_credit (item))
        account->credits -= item->open;
      else if (item->type != RUBIS_ITEM_DOWN_PAYMENT && item->due_date != RUBIS_DATE_NONE && today > item->due_date)
        account->due_debits += rubis_eligibility_claimable (item);
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

static void
raise_action (RubisAgendaAction *action, const RubisVerdict *verdict)
{
  if (action->step == NULL || verdict->step->rank > action->step->rank)
    {
      action->step = verdict->step;
      action->channel = verdict->channel;
    }
  action->validation = MAX (action->validation, verdict->validation);
  action->notes |= verdict->notes;
}

/* Takes the items of @verdicts that belong in the document of the highest step. */
static void
collect_items (RubisAgendaAction *action, const RubisAgendaItem *items, const RubisVerdict *verdicts, gsize n_items)
{
  action->validation = action->step->validation;
  for (gsize i = 0; i < n_items; i++)
    {
      if (!verdicts[i].eligible || (action->step->own_level_only && verdicts[i].step != action->step))
        continue;
      /* A notice before the due date never goes with a claim. */
      if (verdicts[i].step->delay < 0 && action->step->delay >= 0)
        continue;
      g_array_append_val (action->items, items[i].id);
      g_array_append_val (action->levels, verdicts[i].step->rank);
      action->amount += rubis_eligibility_claimable (&items[i].facts);
      action->validation = MAX (action->validation, verdicts[i].validation);
    }
}

RubisAgendaAction *
rubis_agenda_build (const RubisPolicy *policy, const RubisDossierFacts *dossier, const RubisAccountFacts *account,
                    const RubisAgendaItem *items, gsize n_items, RubisDate today, gboolean business_day,
                    guint32 *refused)
{
  g_autoptr(RubisAgendaAction) action = action_new ();
  g_autofree RubisVerdict *heap = NULL;
  RubisVerdict stack[64];
  RubisVerdict *verdicts = stack;
  guint32 against = 0;
  int percent = rubis_policy_get_unallocated_percent (policy);

  if (n_items > G_N_ELEMENTS (stack))
    verdicts = heap = g_new (RubisVerdict, n_items);

  for (gsize i = 0; i < n_items; i++)
    {
      rubis_eligibility_evaluate (policy, dossier, account, &items[i].facts, today, business_day, &verdicts[i]);
      if (verdicts[i].eligible)
        raise_action (action, &verdicts[i]);
      else if (items[i].facts.due_date != RUBIS_DATE_NONE && today > items[i].facts.due_date && items[i].facts.open > 0)
        against |= verdicts[i].reasons;
    }
  if (refused != NULL)
    *refused = against;
  if (action->step == NULL)
    return NULL;

  collect_items (action, items, verdicts, n_items);
  if (action->amount < action->step->min_amount)
    return NULL;
  action->credits = account->credits;
  if (percent > 0 && account->credits > 0 && account->credits >= (account->due_debits + 99) / 100 * percent)
    {
      action->unallocated = TRUE;
      action->validation = RUBIS_VALIDATION_MANUAL;
    }
  return g_steal_pointer (&action);
}

RubisDate
rubis_agenda_next_date (const RubisPolicy *policy, const RubisDossierFacts *dossier, const RubisAccountFacts *account,
                        const RubisItemFacts *item, RubisDate today,
                        gboolean (*is_open) (RubisDate date, gpointer user_data), gpointer user_data)
{
  RubisAccountFacts later = *account;
  RubisVerdict verdict;

  for (RubisDate date = today; date <= today + HORIZON_DAYS && date <= RUBIS_DATE_MAX; date++)
    {
      /* By then this item at least is due, and the data are assumed to be kept up to date. */
      RubisDossierFacts fresh = *dossier;

      fresh.freshness_days = date == today ? dossier->freshness_days : 0;
      if (item->due_date != RUBIS_DATE_NONE && date > item->due_date && today <= item->due_date)
        later.due_debits = account->due_debits + rubis_eligibility_claimable (item);
      rubis_eligibility_evaluate (policy, &fresh, &later, item, date, is_open (date, user_data), &verdict);
      if (verdict.eligible)
        return date;
    }
  return RUBIS_DATE_NONE;
}
