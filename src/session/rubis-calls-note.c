/* Noting a call, and what comes after it. */
#include "rubis-calls-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-calendar.h"
#include "rubis-choices.h"
#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"

static gboolean
swap_call (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  RubisCallEffect *effect = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  gboolean done;

  /* The line of a call is the call itself; only its taking back needs one of its own. */
  if (journaled->n_swaps % 2 == 0)
    done = rubis_call_effect_apply (effect, session, db, journaled->n_swaps > 0, error);
  else
    done = rubis_call_effect_revoke (effect, session, db, error)
           && rubis_journaled_edit_note (session, db, edit, effect->call->account_id, error);
  journaled->n_swaps += done ? 1 : 0;
  return done;
}

static void
append_ids (GArray *to, GArray *from)
{
  if (from != NULL)
    g_array_append_vals (to, from->data, from->len);
}

/* Whether calls of this dossier end so, and after how many days one calls again. */
static gboolean
find_result (RubisSession *self, const char *result, gboolean *known, int *days, GError **error)
{
  g_autoptr (GPtrArray) choices = rubis_session_list_choices (self, RUBIS_CHOICES_CALL_RESULT, TRUE, error);

  *known = FALSE;
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const RubisChoice *choice = g_ptr_array_index (choices, i);

      if (!g_str_equal (choice->id, result))
        continue;
      *known = TRUE;
      if (days != NULL)
        *days = choice->days;
    }
  return choices != NULL;
}

static gboolean
check_outcome (RubisSession *self, const RubisCallOutcome *outcome, GError **error)
{
  gboolean known = FALSE;

  if (!find_result (self, outcome->result, &known, NULL, error))
    return FALSE;
  if (!known)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("No call ends with “%s”."),
                   outcome->result);
      return FALSE;
    }
  if (outcome->callback_date != RUBIS_DATE_NONE && outcome->callback_date < rubis_session_get_today (self))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("To call back on a day that has passed is not possible: choose today or a later day."));
      return FALSE;
    }
  return TRUE;
}

/* The broken promises of the account that nobody has dealt with: speaking to it is dealing with them. */
static gboolean
add_broken (RubisSession *self, RubisCallEffect *effect, GError **error)
{
  const RubisPromiseFilter filter = { .account_id = effect->call->account_id };
  g_autoptr (GPtrArray) rows = NULL;

  if (!rubis_session_is_call_contact (self, effect->call->result))
    return TRUE;
  rows = rubis_session_list_promises (self, &filter, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const RubisPromiseRow *row = g_ptr_array_index (rows, i);

      if (rubis_call_is_broken (row))
        g_array_append_val (effect->seen, row->id);
    }
  return rows != NULL;
}

/* (transfer full) */
static RubisCallEffect *
make_effect (RubisSession *session, RubisCallEntry *entry, const RubisCallOutcome *outcome)
{
  RubisCallEffect *effect = rubis_call_effect_new (entry->account_id, outcome->result);
  gboolean settles = rubis_session_is_call_contact (session, outcome->result) || outcome->callback_date != RUBIS_DATE_NONE;

  effect->call->contact_id = outcome->contact_id;
  effect->call->phone = g_strdup (outcome->phone);
  effect->call->began_at = outcome->began_at;
  effect->call->seconds = outcome->seconds;
  effect->call->note = g_strdup (outcome->note);
  effect->action = entry->action != NULL ? g_object_ref (entry->action) : NULL;
  effect->settled = settles ? entry->callback_id : 0;
  append_ids (effect->promises, outcome->promise_ids);
  append_ids (effect->disputes, outcome->dispute_ids);
  append_ids (effect->plans, outcome->plan_ids);
  if (outcome->callback_date == RUBIS_DATE_NONE)
    return effect;
  effect->callback = g_new0 (RubisCallbackLine, 1);
  effect->callback->account_id = entry->account_id;
  effect->callback->contact_id
      = outcome->callback_contact_id != 0 ? outcome->callback_contact_id : outcome->contact_id;
  effect->callback->date = outcome->callback_date;
  effect->callback->minute = outcome->callback_minute;
  effect->callback->reason = g_strdup (outcome->callback_reason != NULL ? outcome->callback_reason : "");
  return effect;
}

gint64
rubis_session_note_call (RubisSession *self, RubisCallEntry *entry, const RubisCallOutcome *outcome,
                         GError **error)
{
  g_autofree char *label = NULL;
  g_autofree char *result = NULL;
  RubisCallEffect *effect;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && RUBIS_IS_CALL_ENTRY (entry), 0);
  g_return_val_if_fail (outcome != NULL && outcome->result != NULL, 0);

  if (!check_outcome (self, outcome, error))
    return 0;
  result = rubis_call_dup_result_label (self, outcome->result);
  label = g_strdup_printf (_ ("Call to %s: %s"), entry->account_name, result);
  effect = make_effect (self, entry, outcome);
  if (!add_broken (self, effect, error))
    {
      rubis_call_effect_free (effect);
      return 0;
    }
  /* The edit, and its state, live on in the list of what can be undone. */
  if (!rubis_session_do_edit (self,
                              rubis_journaled_edit_new (label, "call", NULL, swap_call, effect,
                                                        (GDestroyNotify)rubis_call_effect_free),
                              error))
    return 0;
  return effect->call->id;
}

RubisDate
rubis_session_suggest_callback (RubisSession *self, gint64 account_id, const char *result)
{
  RubisDatabase *db;
  g_auto (RubisCallPlace) place = { NULL };
  const char *country;
  gboolean known = FALSE;
  int days = 0;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && result != NULL, RUBIS_DATE_NONE);

  if (!find_result (self, result, &known, &days, NULL) || days == 0)
    return RUBIS_DATE_NONE;
  db = rubis_session_take_reader (self, NULL);
  if (db == NULL)
    return RUBIS_DATE_NONE;
  country = rubis_store_load_call_place (db, account_id, &place, NULL)
                ? rubis_call_get_country (place.country)
                : "";
  rubis_session_return_reader (self, db);
  return rubis_calendar_next_business_day (rubis_calendar_for_country (*country != '\0' ? country : "FR"),
                                           RUBIS_WORKDAYS_OUVRE, rubis_session_get_today (self) + days);
}

char *
rubis_session_describe_next (RubisSession *self, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) callbacks = NULL;
  g_autoptr (RubisAccountCard) card = NULL;
  const RubisCallback *first;
  g_autofree char *moment = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  callbacks = rubis_session_list_callbacks (self, account_id, RUBIS_DATE_NONE, error);
  if (callbacks == NULL)
    return NULL;
  if (callbacks->len == 0)
    {
      card = rubis_session_load_account (self, account_id, error);
      return card != NULL ? g_strdup (card->next_action) : NULL;
    }
  first = g_ptr_array_index (callbacks, 0);
  moment = rubis_call_describe_moment (first->date, first->minute);
  return g_strdup_printf (_ ("To call back on %s"), moment);
}
