/* When something may leave. */
#include "rubis-dispatcher-private.h"
#include "rubis-outbox-wait.h"

#include "rubis-store-senders.h"

/* Whether the sender is there, and may be asked what became of a message. */
static gboolean
is_there (GPtrArray *senders, gint64 id)
{
  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (senders, i);

      if (sender->id == id)
        return sender->active || sender->transport == RUBIS_TRANSPORT_FOLDER;
    }
  return FALSE;
}

static gboolean
find_next (RubisSession *self, RubisDatabase *db, gint64 now, gint64 *next, GError **error)
{
  static const char *const waiting[] = { "approved", "queued", NULL };
  g_autoptr (GPtrArray) records = rubis_store_search_outbox (db, waiting, 0, 0, NULL, 0, error);
  g_autoptr (RubisOutboxRules) rules = records != NULL ? rubis_outbox_rules_new (self, db, now, error) : NULL;

  if (rules == NULL)
    return FALSE;
  for (guint i = 0; i < records->len && (*next == 0 || *next > now); i++)
    {
      const RubisOutboxRecord *record = g_ptr_array_index (records, i);
      g_autofree char *why = NULL;
      gint64 moment = 0;

      /* It cannot come sooner. */
      if (*next != 0 && record->send_after >= *next)
        continue;
      if (!rubis_outbox_rules_find_moment (rules, record, &moment, &why, error))
        return FALSE;
      if (moment != 0 && (*next == 0 || moment < *next))
        *next = moment;
    }
  return TRUE;
}

/* What a crash left in "sending" is looked at at once, what is unknown as often as its server is asked. */
static gboolean
find_question (RubisSession *self, RubisDatabase *db, gint64 now, gint64 *next, GError **error)
{
  g_autoptr (GArray) sending = rubis_store_list_outbox_ids (db, "sending", error);
  g_autoptr (GArray) unknown = sending != NULL ? rubis_store_list_outbox_ids (db, "unknown", error) : NULL;
  g_autoptr (GPtrArray) senders = unknown != NULL ? rubis_store_list_senders (db, error) : NULL;
  gboolean left = FALSE;

  if (senders == NULL)
    return FALSE;
  rubis_session_lock (self);
  for (guint i = 0; i < sending->len; i++)
    left |= !g_hash_table_contains (rubis_dispatch_get_in_flight (self), &g_array_index (sending, gint64, i));
  rubis_session_unlock (self);
  if (left)
    *next = now;
  for (guint i = 0; i < unknown->len; i++)
    {
      g_autoptr (RubisOutboxRecord) record
          = rubis_store_load_outbox (db, g_array_index (unknown, gint64, i), error);
      gint64 at;

      if (record == NULL)
        return FALSE;
      if (!rubis_dispatch_may_ask_again (record, now) || !is_there (senders, record->sender_id))
        continue;
      at = MAX (record->polled_at + RUBIS_DISPATCH_ASK_EVERY, now);
      if (*next == 0 || at < *next)
        *next = at;
    }
  return TRUE;
}

/* @questions: also when servers are asked about what is unknown. */
static gint64
get_next (RubisSession *self, gint64 now, gboolean questions, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  gint64 next = 0;
  gboolean done;

  if (db == NULL)
    return -1;
  done = find_next (self, db, now, &next, error)
         && (!questions || find_question (self, db, now, &next, error));
  rubis_session_return_reader (self, db);
  return done ? next : -1;
}

gint64
rubis_session_get_next_sending (RubisSession *self, gint64 now, GError **error)
{
  return get_next (self, now, TRUE, error);
}

gint64
rubis_session_get_next_leaving (RubisSession *self, gint64 now, GError **error)
{
  return get_next (self, now, FALSE, error);
}

gboolean
rubis_session_explain_outbox (RubisSession *self, GPtrArray *rows, gint64 now, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (RubisOutboxRules) rules = NULL;
  gboolean done = db != NULL;

  for (guint i = 0; done && i < rows->len; i++)
    {
      RubisOutboxRow *row = g_ptr_array_index (rows, i);
      g_autoptr (RubisOutboxRecord) record = NULL;
      g_autofree char *why = NULL;

      if (row->state != RUBIS_OUTBOX_APPROVED && row->state != RUBIS_OUTBOX_QUEUED)
        continue;
      if (rules == NULL)
        rules = rubis_outbox_rules_new (self, db, now, error);
      record = rules != NULL ? rubis_store_load_outbox (db, row->id, error) : NULL;
      done = record != NULL && rubis_outbox_rules_find_moment (rules, record, &row->leaves_at, &why, error);
      if (!done || why == NULL)
        continue;
      g_free (row->reason);
      row->reason = g_steal_pointer (&why);
    }
  g_clear_pointer (&rules, rubis_outbox_rules_free);
  if (db != NULL)
    rubis_session_return_reader (self, db);
  return done;
}
