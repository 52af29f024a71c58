/* What a person does with messages of the outbox. */
#include "rubis-outbox-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-recheck.h"
#include "rubis-hand-over-private.h"
#include "rubis-message-renewal.h"
#include "rubis-session-edits-private.h"
#include "rubis-import-preview.h"
#include "rubis-store-disputes.h"
#include "rubis-store-incoming.h"
#include "rubis-store-settings.h"

typedef struct _Work Work;
/* Does it to one message. @changed: (out) FALSE when it is not in a state that allows it. */
typedef gboolean (*MessageFunc) (Work *work, RubisDatabase *db, RubisOutboxRecord *record, gboolean *changed,
                                 GError **error);
struct _Work
{
  RubisSession *session;
  GArray *ids;
  MessageFunc func;
  const char *why;
  gboolean left;
  gint64 now;
  int n_changed;
};

static gboolean
do_work (RubisStore *store, gpointer user_data, GError **error)
{
  Work *work = user_data;
  RubisDatabase *db = rubis_store_get_database (store);

  for (guint i = 0; i < work->ids->len; i++)
    {
      g_autoptr (GError) load_error = NULL;
      g_autoptr (RubisOutboxRecord) record
          = rubis_store_load_outbox (db, g_array_index (work->ids, gint64, i), &load_error);
      gboolean changed = FALSE;

      if (load_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&load_error));
          return FALSE;
        }
      /* Letters for the printer are the business of the post. */
      if (record == NULL
          || (record->sender_id == 0 && rubis_channel_is_letter ((RubisChannel)record->channel)))
        continue;
      if (!work->func (work, db, record, &changed, error))
        return FALSE;
      work->n_changed += changed ? 1 : 0;
    }
  return TRUE;
}

static int
run_work (Work *work, GError **error)
{
  RubisStore *store = rubis_session_lock (work->session);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, do_work, work, error);
  rubis_session_unlock (work->session);
  if (done && work->n_changed > 0)
    rubis_session_mark_changed (work->session);
  return done ? work->n_changed : -1;
}

static gboolean
is_any (const RubisOutboxRecord *record, const char *const *states)
{
  return g_strv_contains (states, record->state);
}

/* @text: (transfer full) */
static gboolean
journal (Work *work, RubisDatabase *db, const RubisOutboxRecord *record, char *text, GError **error)
{
  g_autofree char *summary = text;
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (work->session, record->dispute_id != 0 ? "dispute" : "outbox",
                                 record->account_id, summary, NULL);

  return rubis_store_append_event (db, event, error);
}

gboolean
rubis_outbox_refuse (RubisSession *session, RubisDatabase *db, RubisOutboxRecord *record, const char *why,
                     GError **error)
{
  if (rubis_channel_is_letter ((RubisChannel)record->channel))
    return rubis_hand_over_give_back (session, db, record, why, error);
  rubis_outbox_set (record, state, "refused");
  rubis_outbox_set (record, reason, why);
  return rubis_agenda_void (session, db, record, why, error)
         && rubis_outbox_update (session, db, record, error)
         && rubis_store_set_outbox_key_free (db, record->id, TRUE, error);
}

static gboolean
approve_one (Work *work, RubisDatabase *db, RubisOutboxRecord *record, gboolean *changed, GError **error)
{
  *changed = g_str_equal (record->state, "draft");
  return !*changed || rubis_outbox_approve (work->session, db, record, work->now, error);
}

int
rubis_session_approve_outbox (RubisSession *self, GArray *ids, gint64 now, GError **error)
{
  Work work = { .session = self, .ids = ids, .func = approve_one, .now = now };

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, -1);

  return run_work (&work, error);
}

static gboolean
recall_one (Work *work, RubisDatabase *db, RubisOutboxRecord *record, gboolean *changed, GError **error)
{
  static const char *const states[] = { "draft", "approved", "queued", NULL };
  const char *why = work->why != NULL && *work->why != '\0' ? work->why : _ ("Taken back.");

  *changed = is_any (record, states);
  if (!*changed)
    return TRUE;
  if (rubis_channel_is_letter ((RubisChannel)record->channel))
    return rubis_hand_over_give_back (work->session, db, record, why, error);
  return rubis_agenda_call_off (work->session, db, record, why, error)
         && (record->dispute_id == 0 || rubis_store_refresh_dispute_asked (db, record->dispute_id, error));
}

int
rubis_session_recall_outbox (RubisSession *self, GArray *ids, const char *why, GError **error)
{
  Work work = { .session = self, .ids = ids, .func = recall_one, .why = why };

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, -1);

  return run_work (&work, error);
}

static gboolean
recall_if_approved (Work *work, RubisDatabase *db, RubisOutboxRecord *record, gboolean *changed,
                    GError **error)
{
  static const char *const states[] = { "approved", NULL };

  return !is_any (record, states) || record->send_after <= work->now
         || recall_one (work, db, record, changed, error);
}

int
rubis_session_recall_all (RubisSession *self, gint64 now, GError **error)
{
  Work work = { .session = self, .func = recall_if_approved, .now = now };
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GArray) ids = NULL;

  if (db == NULL)
    return -1;
  ids = rubis_store_list_outbox_ids (db, "approved", error);
  rubis_session_return_reader (self, db);
  work.ids = ids;
  return ids != NULL ? run_work (&work, error) : -1;
}

/* Whether its key is free for what the agenda proposes: nobody has read it. */
static gboolean
is_given_back (const RubisOutboxRecord *record)
{
  g_autofree char *mark = g_strdup_printf ("#%" G_GINT64_FORMAT, record->id);

  return g_str_has_suffix (record->key, mark);
}

/* What nobody has read gave its level and its key back: both are taken again, unless something took their place.
 */
static gboolean
take_level_again (Work *work, RubisDatabase *db, RubisOutboxRecord *record, gboolean *possible,
                  GError **error)
{
  g_autofree char *summary = g_strdup_printf (_ ("%s, once more"), record->step_name);
  g_autoptr (RubisEventRecord) event = rubis_session_new_event (
      work->session, rubis_channel_to_id ((RubisChannel)record->channel), record->account_id, summary, NULL);
  g_autofree char *key = g_strdup (record->key);
  g_autofree char *mark = g_strdup_printf ("#%" G_GINT64_FORMAT, record->id);
  gboolean taken = FALSE;

  if (g_str_has_suffix (key, mark))
    key[strlen (key) - strlen (mark)] = '\0';
  if (!rubis_store_outbox_has (db, key, &taken, error))
    return FALSE;
  *possible = !taken || g_str_equal (key, record->key);
  if (!*possible)
    return TRUE;
  if (record->event_id != 0)
    {
      gint64 before = record->event_id;

      if (!rubis_store_can_repeat_levels (db, before, possible, error))
        return FALSE;
      if (!*possible)
        return TRUE;
      if (!rubis_store_append_event (db, event, error)
          || !rubis_store_repeat_levels (db, before, event->id, event->date, error)
          || !rubis_store_touch_account (db, record->account_id, event->date, error))
        return FALSE;
      record->event_id = event->id;
    }
  return rubis_store_set_outbox_key_free (db, record->id, FALSE, error);
}

/* What came back leaves as a message of its own: servers and providers that know the first one would take it for
 * that.
 */
static gboolean
renew (Work *work, RubisDatabase *db, RubisOutboxRecord *record, GError **error)
{
  g_autofree char *random = g_uuid_string_random ();
  const char *rest = strpbrk (record->message_id, ".@");
  g_autoptr (RubisDocumentRecord) document = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) failed = NULL;
  g_autofree char *message_id = NULL;

  rubis_outbox_set (record, provider_id, "");
  if (record->channel != RUBIS_CHANNEL_EMAIL || rest == NULL)
    return TRUE;
  document = rubis_store_load_document (db, record->document_id, &failed);
  if (document == NULL)
    {
      if (failed == NULL)
        failed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such document."));
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  message_id = g_strdup_printf ("%.8s%.4s%.8s%s", random, random + 9, random + 24, rest);
  content = rubis_message_renew (document->content, message_id, work->now);
  g_bytes_unref (document->content);
  document->content = g_steal_pointer (&content);
  document->date = rubis_session_get_today (work->session);
  document->event_id = record->event_id;
  if (!rubis_store_insert_document (db, document, error))
    return FALSE;
  record->document_id = document->id;
  rubis_outbox_set (record, message_id, message_id);
  return TRUE;
}

static gboolean
retry_one (Work *work, RubisDatabase *db, RubisOutboxRecord *record, gboolean *changed, GError **error)
{
  static const char *const bounced[] = { "bounced_soft", "bounced_hard", NULL };
  gboolean refused = g_str_equal (record->state, "refused");
  gboolean anew = refused || is_given_back (record);

  *changed = refused || is_any (record, bounced);
  if (*changed && anew && !take_level_again (work, db, record, changed, error))
    return FALSE;
  if (!*changed)
    return TRUE;
  if (!refused && !renew (work, db, record, error))
    return FALSE;
  rubis_outbox_set (record, state, "queued");
  rubis_outbox_set (record, reason, "");
  record->send_after = work->now;
  return rubis_outbox_update (work->session, db, record, error)
         && (anew
             || journal (work, db, record,
                         g_strdup_printf (_ ("%s: to be sent once more"), record->step_name), error));
}

int
rubis_session_retry_outbox (RubisSession *self, GArray *ids, gint64 now, GError **error)
{
  Work work = { .session = self, .ids = ids, .func = retry_one, .now = now };

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, -1);

  return run_work (&work, error);
}

/* What a customer answered has left, whatever is said of it. */
static gboolean
refuse_answered (RubisDatabase *db, const RubisOutboxRecord *record, GError **error)
{
  gint64 incoming_id = 0;

  if (!rubis_store_find_answer_to (db, record->id, &incoming_id, error))
    return FALSE;
  if (incoming_id != 0)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                 _ ("Message %d has left: its answer is in the inbox (number %d). Note it as having left."),
                 (int)record->id, (int)incoming_id);
  return incoming_id == 0;
}

static gboolean
settle_one (Work *work, RubisDatabase *db, RubisOutboxRecord *record, gboolean *changed, GError **error)
{
  g_autofree char *who = g_strdup_printf (
                                         work->left ? _ ("Noted as having left by %s.") : _ ("Noted as not having left by %s."),
                                         g_get_user_name ());
  gint64 began_at = work->now;

  *changed = g_str_equal (record->state, "unknown");
  if (!*changed)
    return TRUE;
  if (!work->left && !refuse_answered (db, record, error))
    return FALSE;
  if (!rubis_outbox_settle_attempt (db, record->id, work->left ? "sent" : "not-sent", who, NULL, &began_at,
                                    error))
    return FALSE;
  if (!work->left && rubis_channel_is_letter ((RubisChannel)record->channel))
    return rubis_hand_over_give_back (work->session, db, record, _ ("It did not leave."), error);
  rubis_outbox_set (record, state, work->left ? "sent" : "queued");
  rubis_outbox_set (record, reason, "");
  record->sent_at = work->left ? began_at : 0;
  record->send_after = work->left ? record->send_after : work->now;
  return rubis_outbox_update (work->session, db, record, error)
         && journal (work, db, record,
                     g_strdup_printf (work->left ? _ ("%s: noted as having left")
                                                 : _ ("%s: noted as not having left"),
                                      record->step_name),
                     error);
}

int
rubis_session_settle_outbox (RubisSession *self, GArray *ids, gboolean left, gint64 now, GError **error)
{
  Work work = { .session = self, .ids = ids, .func = settle_one, .left = left, .now = now };

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, -1);

  return run_work (&work, error);
}

static gboolean
hurry_one (Work *work, RubisDatabase *db, RubisOutboxRecord *record, gboolean *changed, GError **error)
{
  static const char *const waiting[] = { "approved", "queued", NULL };

  *changed = is_any (record, waiting) && record->send_after > work->now;
  if (!*changed)
    return TRUE;
  record->send_after = work->now;
  return rubis_outbox_update (work->session, db, record, error)
         && journal (work, db, record, g_strdup_printf (_ ("%s: leaves without waiting"), record->step_name),
                     error);
}

int
rubis_session_hurry_outbox (RubisSession *self, GArray *ids, gint64 now, GError **error)
{
  Work work = { .session = self, .ids = ids, .func = hurry_one, .now = now };

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, -1);

  return run_work (&work, error);
}

/* --- hold everything --- */

gboolean
rubis_session_get_outbox_hold (RubisSession *self)
{
  RubisDatabase *db = rubis_session_take_reader (self, NULL);
  g_autofree char *value = NULL;

  if (db == NULL)
    return TRUE;
  value = rubis_store_get_setting (db, RUBIS_OUTBOX_SETTING_HOLD, NULL);
  rubis_session_return_reader (self, db);
  /* Nothing leaves when that cannot be read. */
  return value == NULL || g_str_equal (value, "1");
}

static gboolean
swap_hold (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  RubisDatabase *db = rubis_store_get_database (store);
  char *before = rubis_store_get_setting (db, RUBIS_OUTBOX_SETTING_HOLD, error);

  if (before == NULL || !rubis_store_set_setting (db, RUBIS_OUTBOX_SETTING_HOLD, journaled->state, error)
      || !rubis_journaled_edit_note (session, db, edit, 0, error))
    {
      g_free (before);
      return FALSE;
    }
  g_free (journaled->state);
  journaled->state = before;
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_session_set_outbox_hold (RubisSession *self, gboolean hold, GError **error)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  if (rubis_session_get_outbox_hold (self) == hold)
    return TRUE;
  return rubis_session_do_edit (
      self,
      rubis_journaled_edit_new (hold ? _ ("Everything held: nothing leaves") : _ ("Messages leave again"),
                                "outbox", NULL, swap_hold, g_strdup (hold ? "1" : "0"), g_free),
      error);
}
