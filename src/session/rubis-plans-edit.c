/* Payment plans: agreeing on one, and what becomes of it. */
#include "rubis-plans-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-attachments-private.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-promises-private.h"
#include "rubis-session-edits-private.h"

#define GRACE_DAYS 5
#define NOTICE_DAYS 8

static void
set_rule_error (GError **error, const char *message)
{
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE, message);
}

/* --- What a plan is ------------------------------------------------------------------------ */

/* Debts from before the opening of insolvency proceedings may not be paid (C. com. L622-7). */
static gboolean
check_account (RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, account_id, error);

  if (account == NULL)
    return FALSE;
  if (account->insolvency == RUBIS_INSOLVENCY_NONE)
    return TRUE;
  set_rule_error (error,
                  _ ("The customer is in insolvency proceedings: what it owed before may not be paid, by "
                     "instalments or otherwise (C. com. L622-7). Declare the claim instead."));
  return FALSE;
}

/* −1 of the days: the usual ones */
static gboolean
check_input (RubisSession *self, const RubisPlanInput *input, GArray *instalments, GError **error)
{
  RubisDate first = g_array_index (instalments, RubisInstalment, 0).date;
  const char *message = NULL;

  if (first < rubis_session_get_today (self))
    message = _ ("The first instalment is in the past: it can be due today at the earliest.");
  else if (input->grace_days > 60 || input->notice_days > 90)
    message = _ ("Give at most 60 days of grace and 90 days of notice.");
  else if (input->grace_days < -1 || input->notice_days < -1)
    message = _ ("The days of grace and of notice cannot be negative.");
  if (message != NULL)
    g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, message);
  return message == NULL;
}

RubisPlanRecord *
rubis_plans_make (RubisSession *self, RubisDatabase *db, const RubisPlanInput *input, GError **error)
{
  g_autoptr (RubisPlanRecord) plan = rubis_plan_record_new ();
  GArray *instalments;
  gint64 total;

  if (!check_account (db, input->account_id, error) || !rubis_plans_gather (self, db, input, plan, error))
    return NULL;
  total = rubis_plan_record_get_left (plan);
  instalments
      = input->instalments != NULL
            ? rubis_instalments_complete (total, (const RubisInstalment *)(gpointer)input->instalments->data,
                                          input->instalments->len, error)
            : rubis_instalments_spread (total, input->n_instalments, input->first_date, input->interval,
                                        error);
  if (instalments == NULL)
    return NULL;
  g_array_unref (plan->instalments);
  plan->instalments = instalments;
  if (!check_input (self, input, instalments, error))
    return NULL;
  plan->account_id = input->account_id;
  plan->agreed_on = rubis_session_get_today (self);
  plan->name = g_strdup ("");
  plan->given_by = g_strdup (input->given_by != NULL ? input->given_by : "");
  plan->interest = g_strdup (rubis_plan_interest_to_id (input->interest));
  plan->grace_days = input->grace_days < 0 ? GRACE_DAYS : input->grace_days;
  plan->notice_days = input->notice_days < 0 ? NOTICE_DAYS : input->notice_days;
  plan->accelerates = !input->no_acceleration;
  plan->call_id = input->call_id;
  return g_steal_pointer (&plan);
}

static RubisPlanRecord *
read_plan (RubisSession *self, const RubisPlanInput *input, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  RubisPlanRecord *plan;

  if (db == NULL)
    return NULL;
  plan = rubis_plans_make (self, db, input, error);
  rubis_session_return_reader (self, db);
  return plan;
}

GArray *
rubis_session_preview_plan (RubisSession *self, const RubisPlanInput *input, gint64 *total,
                            RubisCurrency *currency, GError **error)
{
  g_autoptr (RubisPlanRecord) plan = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && input != NULL, NULL);

  plan = read_plan (self, input, error);
  if (plan == NULL)
    return NULL;
  if (total != NULL)
    *total = rubis_plan_record_get_left (plan);
  if (currency != NULL)
    *currency = plan->currency;
  return g_array_ref (plan->instalments);
}

/* --- Making one ---------------------------------------------------------------------------- */

typedef struct
{
  RubisPlanRecord *plan; /* (owned) */
  gboolean present;
  gint64 event_id; /* by which its items began anew */
  GArray *running; /* (owned) (element-type gint64) promises on its items, whose place it takes */
  GArray *broken;  /* (owned) (element-type gint64) those that it deals with */
  GArray *taken;   /* (owned) (element-type RubisPromiseTaken) */
} AddState;

static void
add_state_free (gpointer data)
{
  AddState *state = data;

  rubis_plan_record_free (state->plan);
  g_array_unref (state->running);
  g_array_unref (state->broken);
  g_array_unref (state->taken);
  g_free (state);
}

/* Under the plan dunning begins anew; the journal says so of each item. */
static gboolean
link_items (RubisDatabase *db, const RubisPlanRecord *plan, gint64 event_id, gboolean former, RubisDate today,
            GError **error)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const RubisPlanItemRecord *item = &g_array_index (plan->items, RubisPlanItemRecord, i);
      int level = RUBIS_LEVEL_NONE;

      /* A credit was never dunned. */
      if (item->part.amount < 0)
        continue;
      if (former && !rubis_store_find_former_level (db, plan->id, item->item_id, &level, error))
        return FALSE;
      if (!rubis_store_link_event_item (db, event_id, item->item_id, level, today, error))
        return FALSE;
    }
  return TRUE;
}

/* What was promised is now to be paid by instalments. */
static gboolean
swap_promises (RubisDatabase *db, AddState *state, GError **error)
{
  for (guint i = 0; i < state->broken->len; i++)
    {
      if (!rubis_store_set_promise_seen (db, g_array_index (state->broken, gint64, i), !state->present,
                                         error))
        return FALSE;
    }
  return state->present
             ? rubis_store_take_promises_back (db, state->taken, error)
             : rubis_store_yield_promises (db, state->plan->id, state->running, state->taken, error);
}

static gboolean
swap_plan (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  AddState *state = journaled->state;
  RubisPlanRecord *plan = state->plan;
  RubisDatabase *db = rubis_store_get_database (store);
  RubisDate today = rubis_session_get_today (session);
  gint64 event_id = 0;
  gboolean done;

  if (state->present)
    done = rubis_store_void_plan (db, plan->id, TRUE, error)
           && rubis_store_void_event (db, state->event_id, plan->account_id, error)
           && rubis_store_restore_plan_levels (db, plan->id, error)
           && rubis_journaled_edit_note (session, db, edit, plan->account_id, error);
  else
    done = (plan->id != 0 ? rubis_store_void_plan (db, plan->id, FALSE, error)
                          : rubis_store_add_plan (db, plan, error))
           && rubis_journaled_edit_note_event (session, db, edit, plan->account_id, &event_id, error)
           && link_items (db, plan, event_id, FALSE, today, error);
  if (!done || !swap_promises (db, state, error))
    return FALSE;
  state->event_id = event_id;
  state->present = !state->present;
  journaled->n_swaps++;
  return TRUE;
}

static char *
describe_plan (const RubisPlanRecord *plan)
{
  const char *language = rubis_format_ui_language ();
  const RubisInstalment *first = &g_array_index (plan->instalments, RubisInstalment, 0);
  const RubisInstalment *last
      = &g_array_index (plan->instalments, RubisInstalment, plan->instalments->len - 1);
  g_autofree char *total = rubis_format_amount (rubis_plan_record_get_left (plan), plan->currency, language);
  g_autofree char *from = rubis_format_date_short (first->date, language);
  g_autofree char *to = rubis_format_date_short (last->date, language);

  return g_strdup_printf (ngettext ("%1$s in %2$u instalment on %3$s; dunning begins anew",
                                    "%1$s in %2$u instalments from %3$s to %4$s; dunning begins anew",
                                    plan->instalments->len),
                          total, plan->instalments->len, from, to);
}

/* @state->broken gets only those that nobody dealt with: undoing must not say that nobody did. */
static gboolean
find_promises (RubisSession *self, RubisDatabase *db, AddState *state, GError **error)
{
  g_autoptr (GArray) item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) broken = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < state->plan->items->len; i++)
    g_array_append_val (item_ids, g_array_index (state->plan->items, RubisPlanItemRecord, i).item_id);
  if (!rubis_promises_find_on (self, db, state->plan->account_id, item_ids, state->running, broken, error))
    return FALSE;
  for (guint i = 0; i < broken->len; i++)
    {
      RubisPromiseQuery query = { .id = g_array_index (broken, gint64, i) };
      g_autoptr (GPtrArray) records = rubis_store_list_promises (db, &query, error);

      if (records == NULL)
        return FALSE;
      if (records->len > 0 && !((RubisPromiseRecord *)g_ptr_array_index (records, 0))->seen)
        g_array_append_val (state->broken, query.id);
    }
  return TRUE;
}

static AddState *
add_state_new (RubisSession *self, const RubisPlanInput *input, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  RubisPlanRecord *plan = db != NULL ? rubis_plans_make (self, db, input, error) : NULL;
  AddState *state = NULL;

  if (plan != NULL)
    {
      state = g_new0 (AddState, 1);
      state->plan = plan;
      state->running = g_array_new (FALSE, FALSE, sizeof (gint64));
      state->broken = g_array_new (FALSE, FALSE, sizeof (gint64));
      state->taken = g_array_new (FALSE, FALSE, sizeof (RubisPromiseTaken));
      if (!find_promises (self, db, state, error))
        g_clear_pointer (&state, add_state_free);
    }
  if (db != NULL)
    rubis_session_return_reader (self, db);
  return state;
}

gint64
rubis_session_add_plan (RubisSession *self, const RubisPlanInput *input, GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;
  g_autofree char *label = NULL;
  g_autofree char *detail = NULL;
  AddState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && input != NULL, 0);

  account = rubis_edits_load_account (self, input->account_id, error);
  state = account != NULL ? add_state_new (self, input, error) : NULL;
  if (state == NULL)
    return 0;
  label = g_strdup_printf (_ ("Payment plan agreed: %s"), account->name);
  detail = describe_plan (state->plan);
  return rubis_session_do_edit (
             self, rubis_journaled_edit_new (label, "plan", detail, swap_plan, state, add_state_free), error)
             ? state->plan->id
             : 0;
}

/* --- Ending one ---------------------------------------------------------------------------- */

typedef struct
{
  RubisPlanRecord *plan; /* (owned) */
  const char *state;     /* static: to put in */
  RubisDate date;
  char *note;      /* (owned) */
  gint64 event_id; /* by which the items got their former levels again */
} EndState;

static void
end_state_free (gpointer data)
{
  EndState *state = data;

  rubis_plan_record_free (state->plan);
  g_free (state->note);
  g_free (state);
}

static gboolean
swap_end (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  EndState *state = journaled->state;
  RubisPlanRecord *plan = state->plan;
  RubisDatabase *db = rubis_store_get_database (store);
  RubisDate today = rubis_session_get_today (session);
  gint64 event_id = 0;
  gboolean done;

  if (state->event_id != 0)
    done = rubis_store_set_plan_state (db, plan->id, "active", RUBIS_DATE_NONE, "", error)
           && rubis_store_void_event (db, state->event_id, plan->account_id, error)
           && rubis_journaled_edit_note (session, db, edit, plan->account_id, error);
  else
    done = rubis_store_set_plan_state (db, plan->id, state->state, today, state->note, error)
           && rubis_journaled_edit_note_event (session, db, edit, plan->account_id, &event_id, error)
           && link_items (db, plan, event_id, TRUE, today, error);
  if (!done)
    return FALSE;
  state->event_id = event_id;
  journaled->n_swaps++;
  return TRUE;
}

/* @label: with the name of the account */
static gboolean
end_plan (RubisSession *self, RubisPlanFacts *facts, const char *new_state, char *label, const char *note,
          GError **error)
{
  g_autofree char *owned_label = label;
  EndState *state = g_new0 (EndState, 1);

  state->plan = g_steal_pointer (&facts->record);
  facts->record = rubis_plan_record_new ();
  state->state = new_state;
  state->note = g_strdup (note != NULL ? note : "");
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (owned_label, "plan", note, swap_end, state, end_state_free), error);
}

static RubisPlanFacts *
load_active (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (RubisPlanFacts) facts = rubis_plans_load (self, id, error);

  if (facts == NULL)
    return NULL;
  if (!g_str_equal (facts->record->state, "active"))
    {
      set_rule_error (error, _ ("This payment plan has ended already."));
      return NULL;
    }
  return g_steal_pointer (&facts);
}

gboolean
rubis_session_cancel_plan (RubisSession *self, gint64 id, const char *note, GError **error)
{
  g_autoptr (RubisPlanFacts) facts = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  facts = load_active (self, id, error);
  if (facts != NULL && facts->verdict.standing == RUBIS_PLAN_DONE)
    {
      set_rule_error (error, _ ("This payment plan was paid in full: there is nothing to cancel."));
      return FALSE;
    }
  return facts != NULL
         && end_plan (self, facts, "cancelled",
                      g_strdup_printf (_ ("Payment plan cancelled: %s"), facts->record->account_name), note,
                      error);
}

gboolean
rubis_session_accelerate_plan (RubisSession *self, gint64 id, const char *note, GError **error)
{
  g_autoptr (RubisPlanFacts) facts = NULL;
  g_autoptr (RubisPlanRow) row = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  facts = load_active (self, id, error);
  row = facts != NULL ? rubis_session_load_plan (self, id, error) : NULL;
  if (row == NULL)
    return FALSE;
  if (*row->acceleration_bar != '\0')
    {
      set_rule_error (error, row->acceleration_bar);
      return FALSE;
    }
  return end_plan (
             self, facts, "broken",
             g_strdup_printf (_ ("Payment plan broken, the whole fell due: %s"), facts->record->account_name),
             note, error);
}

/* --- Signature, insurer -------------------------------------------------------------------- */

typedef struct
{
  gint64 plan_id;
  gint64 account_id;
  gboolean (*set) (RubisDatabase *db, gint64 id, RubisDate date, GError **error);
  RubisDate date;              /* to put in */
  RubisAttachmentRecord *scan; /* (owned) (nullable) */
} DateState;

static void
date_state_free (gpointer data)
{
  DateState *state = data;

  g_clear_pointer (&state->scan, rubis_attachment_record_free);
  g_free (state);
}

static gboolean
swap_date (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  DateState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisPlanRecord) plan = rubis_store_load_plan (db, state->plan_id, error);
  gboolean undone = journaled->n_swaps % 2 == 1;
  RubisDate before;

  if (plan == NULL)
    return FALSE;
  before = state->set == rubis_store_set_plan_signed ? plan->signed_on : plan->insurer_told_on;
  if (state->scan != NULL
      && !(undone ? rubis_store_void_attachment (db, state->scan->id, error)
                  : rubis_store_insert_attachment (db, state->scan, error)))
    return FALSE;
  if (!state->set (db, state->plan_id, state->date, error)
      || !rubis_journaled_edit_note (session, db, edit, state->account_id, error))
    return FALSE;
  state->date = before;
  journaled->n_swaps++;
  return TRUE;
}

static gboolean
check_past (RubisSession *self, RubisDate date, GError **error)
{
  if (date != RUBIS_DATE_NONE && date <= rubis_session_get_today (self))
    return TRUE;
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                       _ ("Give a day that has come: today or before."));
  return FALSE;
}

gboolean
rubis_session_sign_plan (RubisSession *self, gint64 id, RubisDate date, const char *path, GError **error)
{
  g_autoptr (RubisPlanFacts) facts = NULL;
  g_autoptr (RubisAttachmentRecord) scan = NULL;
  g_autofree char *label = NULL;
  DateState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  facts = check_past (self, date, error) ? load_active (self, id, error) : NULL;
  if (facts == NULL)
    return FALSE;
  if (path != NULL)
    {
      scan = rubis_attachment_prepare (self, facts->record->account_id, 0, "agreement", path, error);
      if (scan == NULL)
        return FALSE;
    }
  label = g_strdup_printf (_ ("Payment plan signed: %s"), facts->record->account_name);
  state = g_new0 (DateState, 1);
  state->plan_id = id;
  state->account_id = facts->record->account_id;
  state->set = rubis_store_set_plan_signed;
  state->date = date;
  state->scan = g_steal_pointer (&scan);
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, "plan",
                                                          state->scan != NULL ? state->scan->file_name : NULL,
                                                          swap_date, state, date_state_free),
                                error);
}

gboolean
rubis_session_note_insurer_told (RubisSession *self, gint64 id, RubisDate date, GError **error)
{
  g_autoptr (RubisPlanFacts) facts = NULL;
  g_autofree char *label = NULL;
  DateState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  facts = check_past (self, date, error) ? rubis_plans_load (self, id, error) : NULL;
  if (facts == NULL)
    return FALSE;
  label = g_strdup_printf (_ ("Credit insurer told of the payment plan: %s"), facts->record->account_name);
  state = g_new0 (DateState, 1);
  state->plan_id = id;
  state->account_id = facts->record->account_id;
  state->set = rubis_store_set_plan_insurer_told;
  state->date = date;
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, "plan", NULL, swap_date, state, date_state_free), error);
}
