/* Changing registered letters: what is put in, its consequences, the journal. */
#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-postal-number.h"
#include "rubis-registered-private.h"
#include "rubis-registered.h"

typedef struct {
  GPtrArray *records;   /* (element-type RubisRegisteredRecord) what the next swap puts in */
  GPtrArray *summaries; /* (element-type utf8) */
  gboolean moved;       /* their course changes; else it stays as it is then: printing is not undone with a number */
  GBytes *list;         /* (nullable) deposit list on which they come */
  RubisDate list_date;
  gint64 list_id;       /* 0: the list is not kept yet */
} LettersState;

static void
letters_state_free (gpointer data)
{
  LettersState *state = data;

  g_ptr_array_unref (state->records);
  g_ptr_array_unref (state->summaries);
  g_clear_pointer (&state->list, g_bytes_unref);
  g_free (state);
}

/* Puts the items of a notice that came back below its step, so that it is what comes next, or gives them its level
 * again. Dated like the notice: no days are lost before it is sent anew.
 */
static gboolean
move_levels (RubisSession *session, RubisDatabase *db, const RubisRegisteredRecord *record, gboolean back,
             GError **error)
{
  g_autofree char *summary = g_strdup_printf (back ? _("%s came back: it counts as not sent")
                                                   : _("%s counts as sent again"), record->subject);
  g_autoptr(RubisEventRecord) event = rubis_session_new_event (session, "not-sent", record->account_id, summary, NULL);
  g_autoptr(GArray) ids = rubis_store_list_event_items (db, record->event_id, error);

  event->date = record->course.written_on;
  if (ids == NULL || !rubis_store_append_event (db, event, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      int level = RUBIS_LEVEL_NONE;
      gboolean newer;

      if (!rubis_store_get_level_before (db, id, record->event_id + 1, &level, &newer, error)
          || !rubis_store_link_event_item (db, event->id, id, MAX (RUBIS_LEVEL_NONE, level - (back ? 1 : 0)),
                                           event->date, error))
        return FALSE;
    }
  return TRUE;
}

/* A letter that came back from a wrong address was never sent, as far as the case goes. */
static gboolean
follow_address (RubisSession *session, RubisDatabase *db, const RubisRegisteredRecord *before,
                const RubisRegisteredRecord *after, GError **error)
{
  gboolean back = after->course.state == RUBIS_REGISTERED_WRONG_ADDRESS;

  if (back == (before->course.state == RUBIS_REGISTERED_WRONG_ADDRESS))
    return TRUE;
  return rubis_store_set_account_field (db, after->account_id, "address_bad", after->address_bad ? "1" : "0", error)
         && rubis_store_free_send_key (db, after->document_id, back, error)
         && (after->event_id == 0 || move_levels (session, db, after, back, error));
}

static gboolean
swap_letter (RubisSession *session, RubisDatabase *db, RubisEdit *edit, LettersState *state, guint index,
             GError **error)
{
  RubisRegisteredRecord *after = g_ptr_array_index (state->records, index);
  RubisEdit line = { .label = g_ptr_array_index (state->summaries, index), .data = edit->data };
  RubisRegisteredRecord *before = rubis_registered_load (db, after->id, error);
  gboolean done;

  if (before == NULL)
    return FALSE;
  if (!state->moved)
    {
      after->course = before->course;
      after->notice_until = before->notice_until;
      after->to_post = before->to_post;
      after->queued = before->queued;
    }
  done = rubis_store_update_registered (db, after, error)
         && (!state->moved || rubis_store_update_waiting (db, after, rubis_session_get_today (session), error))
         && follow_address (session, db, before, after, error)
         && rubis_journaled_edit_note (session, db, &line, after->account_id, error);
  if (done)
    {
      rubis_registered_record_free (after);
      state->records->pdata[index] = before;
    }
  else
    rubis_registered_record_free (before);
  return done;
}

static RubisRegisteredRecord *
copy_record (const RubisRegisteredRecord *record)
{
  RubisRegisteredRecord *copy = g_memdup2 (record, sizeof *record);

  copy->account_code = g_strdup (record->account_code);
  copy->account_name = g_strdup (record->account_name);
  copy->subject = g_strdup (record->subject);
  copy->number = g_strdup (record->number);
  copy->guarantee = g_strdup (record->guarantee);
  copy->recipient = g_strdup (record->recipient);
  copy->by_provider = g_strdup (record->by_provider);
  return copy;
}

static gboolean
swap_letters (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  LettersState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_registered_record_free);
  gint64 list_id = state->list_id;

  /* What was printed is kept, also when the letters are taken off the list again. */
  if (state->list != NULL && list_id == 0
      && !rubis_store_insert_deposit_list (db, state->list_date, (int) state->records->len, state->list, &list_id,
                                           error))
    return FALSE;
  /* When one fails the transaction is rolled back: then nothing was swapped. */
  for (guint i = 0; i < state->records->len; i++)
    {
      RubisRegisteredRecord *record = g_ptr_array_index (state->records, i);

      g_ptr_array_add (kept, copy_record (record));
      if (state->list_id == 0 && list_id != 0)
        record->deposit_id = list_id;
    }
  for (guint i = 0; i < state->records->len; i++)
    {
      if (!swap_letter (session, db, edit, state, i, error))
        {
          g_ptr_array_unref (state->records);
          state->records = g_steal_pointer (&kept);
          return FALSE;
        }
    }
  state->list_id = list_id;
  journaled->n_swaps++;
  return TRUE;
}

static gboolean
do_letters (RubisSession *self, const char *label, LettersState *state, GError **error)
{
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, "registered-state", NULL, swap_letters, state,
                                                          letters_state_free),
                                error);
}

gboolean
rubis_registered_edit_list (RubisSession *self, const char *label, GPtrArray *records, GPtrArray *summaries,
                            GBytes *list, RubisDate date, GError **error)
{
  LettersState *state = g_new0 (LettersState, 1);

  state->records = records;
  state->summaries = summaries;
  state->list = g_bytes_ref (list);
  state->list_date = date;
  return do_letters (self, label, state, error);
}

gboolean
rubis_registered_edit (RubisSession *self, const char *label, GPtrArray *records, GPtrArray *summaries, gboolean moved,
                       GError **error)
{
  LettersState *state = g_new0 (LettersState, 1);

  state->records = records;
  state->summaries = summaries;
  state->moved = moved;
  return do_letters (self, label, state, error);
}

static RubisRegisteredRecord *
load_committed (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  RubisRegisteredRecord *record;

  if (db == NULL)
    return NULL;
  record = rubis_registered_load (db, id, error);
  rubis_session_return_reader (self, db);
  return record;
}

/* One letter: @record and @summary are taken. */
static gboolean
edit_one (RubisSession *self, RubisRegisteredRecord *record, char *summary, GError **error)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_registered_record_free);
  GPtrArray *summaries = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *label = g_strdup (summary);

  g_ptr_array_add (records, record);
  g_ptr_array_add (summaries, summary);
  return rubis_registered_edit (self, label, records, summaries, FALSE, error);
}

/* --- The number ------------------------------------------------------------------------------ */

/* The letter that has @number already, unless it is @id. */
static gboolean
check_unused (RubisSession *self, gint64 id, const char *number, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(RubisRegisteredRecord) other = NULL;
  g_autofree char *day = NULL;
  gint64 other_id = 0;
  gboolean known;

  if (db == NULL)
    return FALSE;
  known = rubis_store_find_registered (db, number, &other_id, error);
  if (known && other_id != 0 && other_id != id)
    other = rubis_registered_load (db, other_id, error);
  rubis_session_return_reader (self, db);
  if (!known || other_id == 0 || other_id == id)
    return known;
  if (other == NULL)
    return FALSE;
  day = rubis_format_date_short (other->course.written_on, rubis_format_ui_language ());
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _("The number %s belongs to the letter of %s to %s (%s): a form serves once."), number, day,
               other->account_name, other->account_code);
  return FALSE;
}

gboolean
rubis_session_number_registered (RubisSession *self, gint64 id, const char *number, char **warning, GError **error)
{
  g_autoptr(RubisRegisteredRecord) record = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *printed = NULL;
  char *summary;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && number != NULL, FALSE);

  clean = rubis_registered_read_number (number, warning, error);
  if (clean == NULL || !check_unused (self, id, clean, error))
    return FALSE;
  record = load_committed (self, id, error);
  if (record == NULL)
    return FALSE;
  if (g_str_equal (record->number, clean))
    return TRUE;
  if (record->number_printed)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _("The number %s is printed in this letter: post it with that form, or write it anew."),
                   record->number);
      return FALSE;
    }
  if (*record->number != '\0' && rubis_registered_state_is_closed (record->course.state))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _("What became of this letter is known: its number %s is part of the proof and stays."),
                   record->number);
      return FALSE;
    }
  printed = rubis_postal_number_format (clean);
  if (*clean != '\0')
    summary = g_strdup_printf (_("Registered letter to %s: number %s"), record->account_name, printed);
  else
    summary = g_strdup_printf (_("Registered letter to %s: number taken away"), record->account_name);
  g_free (record->number);
  record->number = g_steal_pointer (&clean);
  return edit_one (self, g_steal_pointer (&record), summary, error);
}

gboolean
rubis_session_set_registered_form (RubisSession *self, gint64 id, const char *guarantee, gboolean with_receipt,
                                   GError **error)
{
  static const char *const levels[] = { "R1", "R2", "R3", NULL };
  g_autoptr(RubisRegisteredRecord) record = NULL;
  char *summary;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && guarantee != NULL, FALSE);

  if (!g_strv_contains (levels, guarantee))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("“%s” is no level of guarantee: it is R1, R2 or R3."), guarantee);
      return FALSE;
    }
  record = load_committed (self, id, error);
  if (record == NULL)
    return FALSE;
  if (g_str_equal (record->guarantee, guarantee) && record->with_receipt == with_receipt)
    return TRUE;
  g_free (record->guarantee);
  record->guarantee = g_strdup (guarantee);
  record->with_receipt = with_receipt;
  summary = g_strdup_printf (with_receipt ? _("Registered letter to %s: %s with receipt")
                                          : _("Registered letter to %s: %s without receipt"),
                             record->account_name, guarantee);
  return edit_one (self, g_steal_pointer (&record), summary, error);
}

/* --- The course ------------------------------------------------------------------------------ */

static void
set_course_error (const RubisRegisteredRecord *record, RubisCourseProblem problem, RubisRegisteredState state,
                  RubisDate date, RubisDate latest, GError **error)
{
  g_autofree char *letter = rubis_registered_describe (record);
  g_autofree char *day = rubis_format_date_short (date, rubis_format_ui_language ());
  const char *label = rubis_registered_state_to_label (record->course.state);

  switch (problem)
    {
    case RUBIS_COURSE_FUTURE:
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("%s: the %s has not come yet. Give the day on which it happened."), letter, day);
      break;
    case RUBIS_COURSE_EARLIER:
      {
        g_autofree char *limit = rubis_format_date_short (latest, rubis_format_ui_language ());

        g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                     _("%s: the %s is before the %s, the last day noted for it."), letter, day, limit);
        break;
      }
    case RUBIS_COURSE_NOT_POSTED:
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _("%s: it was never posted. Say first on which day it was."), letter);
      break;
    case RUBIS_COURSE_CLOSED:
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _("%s: its answer is known (%s). Undo that first if it is wrong."), letter, label);
      break;
    case RUBIS_COURSE_OK:
    case RUBIS_COURSE_BACKWARDS:
    default:
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _("%s: it is further on (%s) and cannot go back to “%s”. Undo instead."), letter, label,
                   rubis_registered_state_to_label (state));
      break;
    }
}

/* The deadline that runs for the notice, as the account's policy counts it. */
static gboolean
refresh_deadline (RubisSession *self, RubisDatabase *db, RubisRegisteredRecord *record, GError **error)
{
  g_autoptr(RubisLibrary) library = rubis_session_get_library (self);
  g_autoptr(RubisAccountRecord) account = rubis_store_load_account (db, record->account_id, error);
  RubisAccountFacts facts;
  RubisPolicy *policy;

  if (account == NULL)
    return FALSE;
  rubis_facts_from_account (account, 0, &facts);
  policy = rubis_agenda_choose_policy (library, account->policy_id, &facts);
  record->notice_until = rubis_registered_course_get_deadline (&record->course, rubis_policy_get_notice_from (policy),
                                                               record->deadline_days);
  return TRUE;
}

/* The letter as it is after its new state, or NULL. (transfer full) */
static RubisRegisteredRecord *
advance_one (RubisSession *self, RubisDatabase *db, gint64 id, RubisRegisteredState state, RubisDate date,
             GError **error)
{
  g_autoptr(RubisRegisteredRecord) record = rubis_registered_load (db, id, error);
  RubisDate latest = RUBIS_DATE_NONE;
  RubisCourseProblem problem;
  gboolean newer = FALSE;

  if (record == NULL)
    return NULL;
  problem = rubis_registered_course_advance (&record->course, state, date, rubis_session_get_today (self), &latest);
  if (problem != RUBIS_COURSE_OK)
    {
      set_course_error (record, problem, state, date, latest, error);
      return NULL;
    }
  /* Who says that it was printed or posted has it in hand: it is neither printed again nor called off. */
  record->to_post = FALSE;
  record->queued = FALSE;
  if (state == RUBIS_REGISTERED_WRONG_ADDRESS)
    {
      record->address_bad = TRUE;
      if (!rubis_store_level_is_newer (db, record->event_id, &newer, error))
        return NULL;
    }
  if (newer)
    {
      g_autofree char *letter = rubis_registered_describe (record);

      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _("%s: a later step was done for its items. Stop dunning of the account and check its address "
                     "first."),
                   letter);
      return NULL;
    }
  return refresh_deadline (self, db, record, error) ? g_steal_pointer (&record) : NULL;
}

/* "Presented on 20/11/2026: 1A 787 789 3287 8 (Menuiserie Garçon)" (transfer full) */
static char *
summarise (const RubisRegisteredRecord *record)
{
  g_autofree char *letter = rubis_registered_describe (record);
  g_autofree char *day
    = rubis_format_date_short (rubis_registered_course_get_date (&record->course), rubis_format_ui_language ());

  /* Translators: the state of a registered letter, its day, and the letter. */
  return g_strdup_printf (_("%s on %s: %s"), rubis_registered_state_to_label (record->course.state), day, letter);
}

gboolean
rubis_session_advance_registered (RubisSession *self, GArray *ids, RubisRegisteredState state, RubisDate date,
                                  GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_registered_record_free);
  g_autoptr(GPtrArray) summaries = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *label = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, FALSE);

  if (ids->len == 0)
    return TRUE;
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      RubisRegisteredRecord *record = advance_one (self, db, g_array_index (ids, gint64, i), state, date, error);

      if (record == NULL)
        break;
      g_ptr_array_add (records, record);
      g_ptr_array_add (summaries, summarise (record));
    }
  rubis_session_return_reader (self, db);
  if (records->len < ids->len)
    return FALSE;
  if (ids->len == 1)
    label = g_strdup (g_ptr_array_index (summaries, 0));
  else
    label = g_strdup_printf (ngettext ("%s: %u registered letter", "%s: %u registered letters", ids->len),
                             rubis_registered_state_to_label (state), ids->len);
  return rubis_registered_edit (self, label, g_steal_pointer (&records), g_steal_pointer (&summaries), TRUE,
                                error);
}
