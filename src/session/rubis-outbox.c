#include "rubis-outbox-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *label; /* untranslated */
} states[RUBIS_N_OUTBOX_STATES] = {
  [RUBIS_OUTBOX_DRAFT] = { "draft", NC_ ("state of a message", "To approve") },
  [RUBIS_OUTBOX_APPROVED] = { "approved", NC_ ("state of a message", "Leaves soon") },
  [RUBIS_OUTBOX_QUEUED] = { "queued", NC_ ("state of a message", "Waiting") },
  [RUBIS_OUTBOX_SENDING] = { "sending", NC_ ("state of a message", "Being sent") },
  [RUBIS_OUTBOX_SENT] = { "sent", NC_ ("state of a message", "Sent") },
  [RUBIS_OUTBOX_DELIVERED] = { "delivered", NC_ ("state of a message", "Delivered") },
  [RUBIS_OUTBOX_BOUNCED_SOFT] = { "bounced_soft", NC_ ("state of a message", "Not delivered yet") },
  [RUBIS_OUTBOX_BOUNCED_HARD] = { "bounced_hard", NC_ ("state of a message", "Came back") },
  [RUBIS_OUTBOX_REFUSED] = { "refused", NC_ ("state of a message", "Refused") },
  [RUBIS_OUTBOX_UNKNOWN] = { "unknown", NC_ ("state of a message", "Unknown whether it left") },
  [RUBIS_OUTBOX_CANCELLED] = { "cancelled", NC_ ("state of a message", "Taken back") },
};

const char *
rubis_outbox_state_to_id (RubisOutboxState state)
{
  return states[state].id;
}

gboolean
rubis_outbox_state_from_id (const char *id, RubisOutboxState *state)
{
  for (int i = 0; i < RUBIS_N_OUTBOX_STATES; i++)
    {
      if (g_str_equal (states[i].id, id))
        {
          *state = (RubisOutboxState)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_outbox_state_to_label (RubisOutboxState state)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "state of a message", states[state].label);
}

G_DEFINE_FINAL_TYPE (RubisOutboxRow, rubis_outbox_row, G_TYPE_OBJECT)

static void
rubis_outbox_row_finalize (GObject *object)
{
  RubisOutboxRow *self = RUBIS_OUTBOX_ROW (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->step_name);
  g_free (self->recipient);
  g_free (self->subject);
  g_free (self->sender_name);
  g_free (self->message_id);
  g_free (self->provider_id);
  g_free (self->reason);
  G_OBJECT_CLASS (rubis_outbox_row_parent_class)->finalize (object);
}

static void
rubis_outbox_row_class_init (RubisOutboxRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_outbox_row_finalize;
}

static void
rubis_outbox_row_init (RubisOutboxRow *self)
{
}

RubisOutboxRow *
rubis_outbox_row_new (const RubisOutboxRecord *record)
{
  RubisOutboxRow *row = g_object_new (RUBIS_TYPE_OUTBOX_ROW, NULL);

  row->id = record->id;
  rubis_outbox_state_from_id (record->state, &row->state);
  row->account_id = record->account_id;
  row->account_code = g_strdup (record->account_code);
  row->account_name = g_strdup (record->account_name);
  row->channel = (RubisChannel)record->channel;
  row->step_name = g_strdup (record->step_name);
  row->recipient = g_strdup (record->recipient);
  row->subject = g_strdup (record->subject);
  row->currency = record->currency;
  row->amount = record->amount;
  row->n_items = record->n_items;
  row->document_id = record->document_id;
  row->event_id = record->event_id;
  row->created = record->date;
  row->send_after = record->send_after;
  row->leaves_at = record->send_after;
  row->sent_at = record->sent_at;
  row->n_attempts = record->n_attempts;
  row->sender_id = record->sender_id;
  row->sender_name = g_strdup (record->sender_name);
  row->message_id = g_strdup (record->message_id);
  row->provider_id = g_strdup (record->provider_id);
  row->reason = g_strdup (record->reason);
  row->price = record->price;
  return row;
}

GPtrArray *
rubis_session_list_outbox (RubisSession *self, guint mask, gint64 group_id, gint64 account_id,
                           const char *text, int limit, GError **error)
{
  const char *ids[RUBIS_N_OUTBOX_STATES + 1] = { NULL };
  g_autoptr (GPtrArray) records = NULL;
  GPtrArray *rows;
  RubisDatabase *db;
  int n = 0;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  for (int i = 0; i < RUBIS_N_OUTBOX_STATES; i++)
    {
      if (mask & (1u << i))
        ids[n++] = states[i].id;
    }
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  records = rubis_store_search_outbox (db, n > 0 ? ids : NULL, group_id, account_id, text, limit, error);
  rubis_session_return_reader (self, db);
  if (records == NULL)
    return NULL;
  rows = g_ptr_array_new_full (records->len, g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (rows, rubis_outbox_row_new (g_ptr_array_index (records, i)));
  return rows;
}

RubisOutboxRow *
rubis_session_load_outbox (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisOutboxRecord) record = NULL;

  if (db == NULL)
    return NULL;
  record = rubis_store_load_outbox (db, id, &load_error);
  rubis_session_return_reader (self, db);
  if (record != NULL)
    return rubis_outbox_row_new (record);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no message %d in the outbox."),
                 (int)id);
  return NULL;
}

gboolean
rubis_session_count_outbox (RubisSession *self, gint64 *counts, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GHashTable) by_state = NULL;

  if (db == NULL)
    return FALSE;
  by_state = rubis_store_count_outbox_states (db, error);
  rubis_session_return_reader (self, db);
  for (int i = 0; by_state != NULL && i < RUBIS_N_OUTBOX_STATES; i++)
    counts[i] = GPOINTER_TO_INT (g_hash_table_lookup (by_state, states[i].id));
  return by_state != NULL;
}

void
rubis_outbox_attempt_free (RubisOutboxAttempt *self)
{
  g_free (self->transport);
  g_free (self->fate);
  g_free (self->answer);
  g_free (self->reason);
  g_free (self);
}

GPtrArray *
rubis_session_list_attempts (RubisSession *self, gint64 outbox_id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GPtrArray) records = NULL;
  GPtrArray *attempts;

  if (db == NULL)
    return NULL;
  records = rubis_store_list_attempts (db, outbox_id, error);
  rubis_session_return_reader (self, db);
  if (records == NULL)
    return NULL;
  attempts = g_ptr_array_new_full (records->len, (GDestroyNotify)rubis_outbox_attempt_free);
  for (guint i = 0; i < records->len; i++)
    {
      const RubisAttemptRecord *record = g_ptr_array_index (records, i);
      RubisOutboxAttempt *attempt = g_new0 (RubisOutboxAttempt, 1);

      attempt->began_at = record->began_at;
      attempt->ended_at = record->ended_at;
      attempt->transport = g_strdup (record->transport);
      attempt->fate = g_strdup (record->fate);
      attempt->answer = g_strdup (record->answer);
      attempt->reason = g_strdup (record->reason);
      g_ptr_array_add (attempts, attempt);
    }
  return attempts;
}

gboolean
rubis_outbox_update (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *record,
                     GError **error)
{
  return rubis_store_update_outbox (db, record, rubis_session_get_today (session), error);
}

gboolean
rubis_outbox_settle_attempt (RubisDatabase *db, gint64 outbox_id, const char *fate, const char *reason,
                             const char *answer, gint64 *began_at, GError **error)
{
  g_autoptr (GPtrArray) attempts = rubis_store_list_attempts (db, outbox_id, error);
  g_autofree char *both = NULL;
  RubisAttemptRecord *last;

  if (attempts == NULL)
    return FALSE;
  if (attempts->len == 0)
    return TRUE;
  last = g_ptr_array_index (attempts, attempts->len - 1);
  if (began_at != NULL)
    *began_at = last->began_at;
  /* How it ended stays beside what was found out. */
  if (g_str_equal (last->fate, "unknown") && *last->reason != '\0')
    both = g_strdup_printf (_ ("Unknown at first: %s %s"), last->reason, reason);
  rubis_outbox_set (last, fate, fate);
  rubis_outbox_set (last, reason, both != NULL ? both : reason);
  if (answer != NULL && *answer != '\0')
    rubis_outbox_set (last, answer, answer);
  return rubis_store_end_attempt (db, last, error);
}
