#include "rubis-explain.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-format.h"

/* Items of an account that are asked for their next day: those due longest ago tell it. */
#define MAX_ITEMS_ASKED 500

void
rubis_account_case_free (RubisAccountCase *self)
{
  g_clear_pointer (&self->library, rubis_library_unref);
  g_clear_pointer (&self->account, rubis_account_record_free);
  g_clear_pointer (&self->contacts, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}

RubisAccountCase *
rubis_account_case_load (RubisSession *session, RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr(RubisAccountCase) self = g_new0 (RubisAccountCase, 1);
  g_autoptr(GError) load_error = NULL;

  self->today = rubis_session_get_today (session);
  self->library = rubis_session_get_library (session);
  self->account = rubis_store_load_account (db, account_id, &load_error);
  if (self->account == NULL)
    {
      if (load_error != NULL)
        g_propagate_error (error, g_steal_pointer (&load_error));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This account is not in the dossier any more."));
      return NULL;
    }
  self->contacts = rubis_store_list_contacts (db, account_id, error);
  if (self->contacts == NULL || !rubis_session_load_dossier_facts (session, db, &self->dossier, error))
    return NULL;
  self->groups = rubis_facts_load_groups (session, db, account_id, error);
  if (self->groups == NULL)
    return NULL;
  rubis_facts_from_account (self->account, rubis_facts_reach_of (self->contacts), &self->facts);
  self->policy = rubis_agenda_choose_policy (self->library, self->account->policy_id, &self->facts);
  self->business_day = rubis_session_is_send_day (self->policy, self->today);
  return g_steal_pointer (&self);
}

void
rubis_account_case_sum (RubisAccountCase *self, const RubisFactsGroup *group, RubisAccountFacts *facts)
{
  *facts = self->facts;
  rubis_facts_sum (self->groups, group, self->today, facts);
  self->policy = rubis_facts_choose_policy (self->library, self->account->policy_id, &self->facts, group);
  self->business_day = rubis_session_is_send_day (self->policy, self->today);
}

static char *
format_date (RubisDate date)
{
  return rubis_format_date_short (date, rubis_format_ui_language ());
}

/* "Payment was promised and the date has not passed, until 27/11/2026 (E14)" */
static char *
write_reason (RubisReason reason, RubisDate until)
{
  const char *text = rubis_reason_to_text (reason);
  const char *code = rubis_reason_to_code (reason);
  g_autofree char *day = NULL;

  if (until == RUBIS_DATE_NONE)
    return g_strdup_printf ("%s (%s)", text, code);
  day = format_date (until);
  /* Translators: a reason, the last day on which it holds, its code. */
  return g_strdup_printf (_("%s, until %s (%s)"), text, day, code);
}

static gboolean
is_send_day (RubisDate date, gpointer policy)
{
  return rubis_session_is_send_day (policy, date);
}

static RubisDate
next_date (const RubisAccountCase *self, const RubisAccountFacts *facts, const RubisItemFacts *item)
{
  return rubis_agenda_next_date (self->policy, &self->dossier, facts, item, self->today, is_send_day,
                                 (gpointer) self->policy);
}

/* The answer on the day found by next_date(), when data are assumed to be fresh. */
static void
judge_on (const RubisAccountCase *self, const RubisAccountFacts *facts, const RubisItemFacts *item, RubisDate date,
          RubisVerdict *verdict)
{
  RubisDossierFacts fresh = self->dossier;

  fresh.freshness_days = 0;
  rubis_eligibility_evaluate (self->policy, &fresh, facts, item, date, TRUE, verdict);
}

char *
rubis_explain_dup_step (const RubisStep *step, RubisChannel channel, gboolean quoted)
{
  const char *label = rubis_channel_to_label (channel);

  if (g_str_has_prefix (step->name, label))
    return quoted ? g_strdup_printf (_("“%s”"), step->name) : g_strdup (step->name);
  return quoted ? g_strdup_printf (_("“%s” (%s)"), step->name, label) : g_strdup_printf ("%s (%s)", step->name, label);
}

static void
add_step (GPtrArray *sentences, const RubisStep *step, RubisChannel channel)
{
  g_autofree char *named = rubis_explain_dup_step (step, channel, TRUE);

  g_ptr_array_add (sentences, g_strdup_printf (_("%s is proposed today."), named));
  if (channel != step->channel)
    g_ptr_array_add (sentences, g_strdup_printf (_("The account cannot be reached by %s: %s takes its place."),
                                                 rubis_channel_to_label (step->channel),
                                                 rubis_channel_to_label (channel)));
}

static void
add_reasons (GPtrArray *sentences, guint32 mask, const RubisAccountCase *self, const RubisAccountFacts *facts,
             const RubisItemFacts *item, const RubisVerdict *verdict)
{
  for (int i = 1; i < RUBIS_N_REASONS; i++)
    {
      RubisReason reason = (RubisReason) i;

      if (mask & RUBIS_REASON_BIT (reason))
        g_ptr_array_add (sentences, write_reason (reason, rubis_eligibility_reason_until (
                                                            reason, self->policy, &self->dossier, facts, item, verdict,
                                                            self->today)));
    }
}

static void
add_next_date (GPtrArray *sentences, RubisDate date, const RubisStep *step, RubisChannel channel)
{
  g_autofree char *day = format_date (date);
  g_autofree char *named = rubis_explain_dup_step (step, channel, TRUE);

  g_ptr_array_add (sentences, g_strdup_printf (_("If nothing changes, %s is proposed from %s on."), named, day));
}

void
rubis_explain_item (const RubisAccountCase *self, const RubisAccountFacts *facts, const RubisItemFacts *item,
                    GPtrArray *sentences)
{
  RubisVerdict verdict;
  RubisDate date;

  rubis_eligibility_evaluate (self->policy, &self->dossier, facts, item, self->today, self->business_day, &verdict);
  if (verdict.eligible)
    {
      add_step (sentences, verdict.step, verdict.channel);
      add_reasons (sentences, verdict.notes, self, facts, item, &verdict);
      return;
    }
  add_reasons (sentences, verdict.reasons, self, facts, item, &verdict);
  date = next_date (self, facts, item);
  if (date == RUBIS_DATE_NONE)
    return;
  judge_on (self, facts, item, date, &verdict);
  if (verdict.step != NULL)
    add_next_date (sentences, date, verdict.step, verdict.channel);
}

static gboolean
is_overdue (const RubisAccountCase *self, const RubisItemFacts *item)
{
  return item->open > 0 && item->type != RUBIS_ITEM_DOWN_PAYMENT && item->due_date != RUBIS_DATE_NONE
         && self->today > item->due_date;
}

/* What is proposed today. */
static void
explain_action (const RubisAccountCase *self, const RubisFactsGroup *group, const RubisAgendaAction *action,
                GPtrArray *sentences)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *amount = rubis_format_amount (action->amount, group->currency, language);

  add_step (sentences, action->step, action->channel);
  g_ptr_array_add (sentences, g_strdup_printf (ngettext ("It claims %d item, %s.", "It claims %d items, %s in all.",
                                                         action->items->len),
                                               (int) action->items->len, amount));
  if (action->unallocated)
    {
      g_autofree char *credits = rubis_format_amount (action->credits, group->currency, language);

      g_ptr_array_add (sentences, g_strdup_printf (_("Credits of %s wait to be allocated: you decide."), credits));
    }
  for (int i = 1; i < RUBIS_N_REASONS; i++)
    {
      if (action->notes & RUBIS_REASON_BIT (i))
        g_ptr_array_add (sentences, write_reason ((RubisReason) i, RUBIS_DATE_NONE));
    }
}

/* Why nothing is proposed although items are overdue: each reason once, with the first item that has it. */
static void
explain_refusal (const RubisAccountCase *self, const RubisFactsGroup *group, const RubisAccountFacts *facts,
                 GPtrArray *sentences)
{
  guint32 told = 0;

  for (guint i = 0; i < group->items->len; i++)
    {
      const RubisItemFacts *item = &g_array_index (group->items, RubisAgendaItem, i).facts;
      RubisVerdict verdict;

      if (!is_overdue (self, item))
        continue;
      rubis_eligibility_evaluate (self->policy, &self->dossier, facts, item, self->today, self->business_day,
                                  &verdict);
      add_reasons (sentences, verdict.reasons & ~told, self, facts, item, &verdict);
      told |= verdict.reasons;
    }
}

/* The first day on which any item becomes eligible, with the highest step of that day. */
static RubisDate
find_next (const RubisAccountCase *self, const RubisFactsGroup *group, const RubisAccountFacts *facts,
           const RubisStep **step, RubisChannel *channel)
{
  RubisDate first = RUBIS_DATE_NONE;

  for (guint i = 0; i < MIN (group->items->len, MAX_ITEMS_ASKED); i++)
    {
      const RubisItemFacts *item = &g_array_index (group->items, RubisAgendaItem, i).facts;
      RubisDate date = item->open > 0 ? next_date (self, facts, item) : RUBIS_DATE_NONE;
      RubisVerdict verdict;

      if (date == RUBIS_DATE_NONE || (first != RUBIS_DATE_NONE && date > first))
        continue;
      judge_on (self, facts, item, date, &verdict);
      if (verdict.step == NULL || (date == first && verdict.step->rank <= (*step)->rank))
        continue;
      first = date;
      *step = verdict.step;
      *channel = verdict.channel;
    }
  return first;
}

RubisDate
rubis_explain_group (RubisAccountCase *self, const RubisFactsGroup *group, GPtrArray *sentences,
                     const RubisStep **step, RubisChannel *channel)
{
  const RubisAgendaItem *items = &g_array_index (group->items, RubisAgendaItem, 0);
  g_autoptr(RubisAgendaAction) action = NULL;
  RubisAccountFacts facts;
  RubisDate date;

  rubis_account_case_sum (self, group, &facts);
  action = rubis_agenda_build (self->policy, &self->dossier, &facts, items, group->items->len, self->today,
                               self->business_day, NULL);
  if (action != NULL)
    {
      explain_action (self, group, action, sentences);
      *step = action->step;
      *channel = action->channel;
      return self->today;
    }
  if (facts.due_debits > 0)
    explain_refusal (self, group, &facts, sentences);
  date = find_next (self, group, &facts, step, channel);
  /* An action that is too small for its step is not proposed today either. */
  if (date == self->today)
    return RUBIS_DATE_NONE;
  if (date != RUBIS_DATE_NONE)
    add_next_date (sentences, date, *step, *channel);
  return date;
}
