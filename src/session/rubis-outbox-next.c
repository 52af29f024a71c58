/* When something may leave. */
#include "rubis-dispatcher-private.h"

#include "rubis-store-senders.h"
#include "rubis-store-settings.h"

/* The first moment from @from on when @sender, whose limits count from @now, may send. */
static gboolean
find_moment (RubisDatabase *db, const RubisSender *sender, gint64 from, gint64 now, gint64 *moment,
             GError **error)
{
  gint64 start = MAX (from, sender->wait_until);
  gint64 free_at = now;

  if (!rubis_sender_check_limits (db, sender, now, &free_at, error))
    return FALSE;
  *moment = rubis_sender_next_open (sender, MAX (start, free_at > now ? free_at : start));
  return TRUE;
}

/* What lost its sender leaves as soon as a server carries it again. */
static gboolean
find_homeless (RubisDatabase *db, GPtrArray *senders, gint64 now, gint64 *next, GError **error)
{
  gboolean email = FALSE;
  gboolean sms = FALSE;

  if (!rubis_store_find_homeless (db, &email, &sms, error))
    return FALSE;
  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (senders, i);

      if (sender->active && sender->transport != RUBIS_TRANSPORT_FOLDER && sender->wait_until <= now
          && ((email && rubis_transport_carries (sender->transport, RUBIS_PARCEL_EMAIL))
              || (sms && rubis_transport_carries (sender->transport, RUBIS_PARCEL_SMS))))
        *next = now;
    }
  return TRUE;
}

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
find_next (RubisDatabase *db, gint64 now, gint64 *next, GError **error)
{
  g_autofree char *hold = rubis_store_get_setting (db, RUBIS_OUTBOX_SETTING_HOLD, error);
  g_autoptr (GPtrArray) senders = hold != NULL ? rubis_store_list_senders (db, error) : NULL;

  if (senders == NULL)
    return FALSE;
  if (!g_str_equal (hold, "1") && !find_homeless (db, senders, now, next, error))
    return FALSE;
  for (guint i = 0; !g_str_equal (hold, "1") && i < senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (senders, i);
      gint64 first = 0;
      gint64 moment = 0;

      if (!rubis_store_get_first_due (db, sender->id, &first, error))
        return FALSE;
      if (!sender->active || first == 0)
        continue;
      if (!find_moment (db, sender, first, now, &moment, error))
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

gint64
rubis_session_get_next_sending (RubisSession *self, gint64 now, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  gint64 next = 0;
  gboolean done;

  if (db == NULL)
    return -1;
  done = find_next (db, now, &next, error) && find_question (self, db, now, &next, error);
  rubis_session_return_reader (self, db);
  return done ? next : -1;
}
