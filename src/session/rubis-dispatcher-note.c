/* What became of messages: noting what the servers say, now and later. */
#include "rubis-dispatcher-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-outbox-parcel.h"
#include "rubis-store-senders.h"

/* Attempts of which it is certain that nothing left, before a message is given up. */
#define MAX_ATTEMPTS 5
/* Seconds before the second attempt; each further one waits four times as long. */
#define FIRST_DELAY 60
#define MAX_DELAY (4 * 3600)
/* Seconds that a sender waits after it failed; twice as long each time it fails again. */
#define SENDER_DELAY 60
#define MAX_SENDER_DELAY 3600
/* A sender that answers so often in a row with nothing certain is left alone for a while. */
#define MAX_UNKNOWN 2
/* Seconds in which a server may still take what it was given: until then its "no" is none. */
#define SETTLING_TIME 120
/* Questions in a row that a server does not answer before it is asked no more in this run: each may take
 * minutes. */
#define MAX_SILENT 2
/* Seconds for which an unknown message is asked about by itself. */
#define ASK_FOR 86400

/* A fifth more or less, the same for the same seed: not everything comes back at once. */
static gint64
spread (gint64 delay, guint64 seed)
{
  guint64 mixed = (seed + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed ^= mixed >> 31;
  return delay - delay / 5 + (gint64)(mixed % (guint64)(2 * delay / 5 + 1));
}

static gint64
grow (gint64 delay, int factor, gint64 n, gint64 most)
{
  for (gint64 i = 1; i < n && delay < most; i++)
    delay *= factor;
  return MIN (delay, most);
}

/* Attempts of the message that failed for a reason of its own, this one included. */
static gboolean
count_failures (RubisDatabase *db, gint64 outbox_id, int *n, GError **error)
{
  g_autoptr (GPtrArray) attempts = rubis_store_list_attempts (db, outbox_id, error);

  *n = 0;
  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    {
      const RubisAttemptRecord *attempt = g_ptr_array_index (attempts, i);

      if (g_str_equal (attempt->fate, "not-sent") && !attempt->sender_wide)
        (*n)++;
    }
  return attempts != NULL;
}

/* The sender failed, not the message: it waits, and so does all that leaves by it. */
static gboolean
note_sender_failure (RubisDispatch *self, RubisDatabase *db, RubisFlight *flight, RubisOutboxRecord *record,
                     GError **error)
{
  const RubisDelivery *delivery = flight->delivery;
  RubisLane *lane = flight->lane;
  gint64 n = 0;
  gint64 delay;

  if (!rubis_store_count_sender_failures (db, lane->sender->id, &n, error))
    return FALSE;
  delay = spread (grow (SENDER_DELAY, 2, n, MAX_SENDER_DELAY), (guint64)lane->sender->id * 64 + (guint64)n);
  delay = MAX (delay, delivery->retry_after);
  self->report->n_failed++;
  /* Its own time has come, even when it was sent sooner than it had to wait. */
  record->send_after = MIN (record->send_after, flight->attempt->ended_at);
  rubis_outbox_set (record, state, "queued");
  rubis_outbox_set (record, reason, delivery->reason);
  /* A folder is there again as soon as somebody has seen to it. */
  return rubis_dispatch_stop_lane (
             self, db, lane,
             lane->sender->transport == RUBIS_TRANSPORT_FOLDER ? 0 : flight->attempt->ended_at + delay,
             delivery->reason, error)
         && rubis_outbox_update (self->session, db, record, error);
}

static gboolean
note_not_sent (RubisDispatch *self, RubisDatabase *db, RubisFlight *flight, RubisOutboxRecord *record,
               GError **error)
{
  const RubisDelivery *delivery = flight->delivery;
  gint64 delay;
  int n = 0;

  if (delivery->sender_wide)
    return note_sender_failure (self, db, flight, record, error);
  if (!count_failures (db, record->id, &n, error))
    return FALSE;
  if (n >= MAX_ATTEMPTS)
    {
      g_autofree char *why = g_strdup_printf (_ ("Given up after %d attempts. %s"), n, delivery->reason);

      self->report->n_refused++;
      return rubis_outbox_refuse (self->session, db, record, why, error);
    }
  delay = spread (grow (FIRST_DELAY, 4, n, MAX_DELAY), (guint64)record->id * 8 + (guint64)n);
  self->report->n_failed++;
  record->send_after = flight->attempt->ended_at + MAX (delay, delivery->retry_after);
  rubis_outbox_set (record, state, "queued");
  rubis_outbox_set (record, reason, delivery->reason);
  return rubis_outbox_update (self->session, db, record, error);
}

static gboolean
note_unknown (RubisDispatch *self, RubisDatabase *db, RubisFlight *flight, RubisOutboxRecord *record,
              GError **error)
{
  RubisLane *lane = flight->lane;
  gint64 until = flight->attempt->ended_at + SENDER_DELAY;

  self->report->n_unknown++;
  lane->n_unknown++;
  rubis_outbox_set (record, state, "unknown");
  rubis_outbox_set (record, reason, flight->delivery->reason);
  if (!rubis_outbox_update (self->session, db, record, error))
    return FALSE;
  return lane->n_unknown < MAX_UNKNOWN
         || rubis_dispatch_stop_lane (self, db, lane, until, flight->delivery->reason, error);
}

static gboolean
note_sent (RubisDispatch *self, RubisDatabase *db, RubisFlight *flight, RubisOutboxRecord *record,
           GError **error)
{
  static const char *const states[] = {
    [RUBIS_FATE_SENT] = "sent",
    [RUBIS_FATE_DELIVERED] = "delivered",
    [RUBIS_FATE_BOUNCED_SOFT] = "bounced_soft",
    [RUBIS_FATE_BOUNCED_HARD] = "bounced_hard",
  };
  const RubisDelivery *delivery = flight->delivery;

  self->report->n_sent++;
  flight->lane->n_unknown = 0;
  record->sent_at = flight->attempt->ended_at;
  rubis_outbox_set (record, state, states[delivery->fate]);
  rubis_outbox_set (record, reason, delivery->reason);
  if (*delivery->provider_id != '\0')
    rubis_outbox_set (record, provider_id, delivery->provider_id);
  if (*delivery->message_id != '\0')
    rubis_outbox_set (record, message_id, delivery->message_id);
  if (!rubis_outbox_note_delivery (self->session, db, record, delivery, error))
    return FALSE;
  if (flight->lane->sender->wait_until != 0
      && !rubis_store_set_sender_wait (db, flight->lane->sender->id, 0, "", error))
    return FALSE;
  return rubis_outbox_update (self->session, db, record, error);
}

/* For the attempts all that was taken counts as sent. */
static const char *
get_attempt_fate (RubisFate fate)
{
  return rubis_fate_to_id (fate < RUBIS_FATE_SENT ? fate : RUBIS_FATE_SENT);
}

gboolean
rubis_dispatch_note (RubisDispatch *self, RubisDatabase *db, RubisFlight *flight, GError **error)
{
  const RubisDelivery *delivery = flight->delivery;
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, flight->outbox_id, error);

  if (record == NULL)
    return FALSE;
  rubis_outbox_set (flight->attempt, fate, get_attempt_fate (delivery->fate));
  rubis_outbox_set (flight->attempt, answer, delivery->answer);
  rubis_outbox_set (flight->attempt, reason, delivery->reason);
  flight->attempt->sender_wide
      = delivery->sender_wide
        && (delivery->fate == RUBIS_FATE_NOT_SENT || delivery->fate == RUBIS_FATE_REFUSED);
  if (flight->attempt->sender_wide && delivery->fate == RUBIS_FATE_REFUSED)
    rubis_outbox_set (flight->attempt, fate, rubis_fate_to_id (RUBIS_FATE_NOT_SENT));
  if (!rubis_store_end_attempt (db, flight->attempt, error))
    return FALSE;
  rubis_dispatch_touch (self, record->id);
  switch (delivery->fate)
    {
    case RUBIS_FATE_NOT_SENT:
      return note_not_sent (self, db, flight, record, error);
    case RUBIS_FATE_REFUSED:
      if (delivery->sender_wide)
        return note_sender_failure (self, db, flight, record, error);
      self->report->n_refused++;
      /* Else it would be proposed to the same address again and again. */
      if (delivery->bad_email && record->channel == RUBIS_CHANNEL_EMAIL
          && !rubis_store_set_email_bad (db, record->account_id, record->recipient, error))
        return FALSE;
      return rubis_outbox_refuse (self->session, db, record, delivery->reason, error);
    case RUBIS_FATE_UNKNOWN:
      return note_unknown (self, db, flight, record, error);
    default:
      return note_sent (self, db, flight, record, error);
    }
}

/* --- what is unknown --- */

static gboolean
recover_one (RubisDispatch *self, RubisDatabase *db, gint64 id, GError **error)
{
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, id, error);
  const char *why = _ ("Rubis was stopped while it was being sent.");

  if (record == NULL || !rubis_outbox_settle_attempt (db, id, "unknown", why, NULL, NULL, error))
    return FALSE;
  rubis_dispatch_touch (self, id);
  rubis_outbox_set (record, state, "unknown");
  rubis_outbox_set (record, reason, why);
  return rubis_outbox_update (self->session, db, record, error);
}

static gboolean
recover_all (RubisStore *store, gpointer user_data, GError **error)
{
  RubisDispatch *self = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  GHashTable *in_flight = rubis_dispatch_get_in_flight (self->session);
  g_autoptr (GArray) ids = rubis_store_list_outbox_ids (db, "sending", error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (!g_hash_table_contains (in_flight, &id) && !recover_one (self, db, id, error))
        return FALSE;
    }
  return ids != NULL && rubis_store_queue_approved (db, rubis_dispatch_now (self), error);
}

gboolean
rubis_dispatch_recover (RubisDispatch *self, GError **error)
{
  return rubis_dispatch_transact (self, recover_all, self, error);
}

/* A question to a server about one message. */
typedef struct
{
  RubisDispatch *dispatch;
  gint64 id;
  RubisLane *lane;         /* (unowned) (nullable) NULL: nobody can be asked now */
  RubisParcel *parcel;     /* (owned) */
  RubisDelivery *delivery; /* (owned) */
  gint64 began_at;
} Question;

gboolean
rubis_dispatch_may_ask_again (const RubisOutboxRecord *record, gint64 now)
{
  return now - record->send_after < ASK_FOR;
}

static gboolean
may_ask (const Question *question, const RubisOutboxRecord *record)
{
  const RubisSendOptions *options = question->dispatch->options;
  const RubisSender *sender = question->lane->sender;
  gint64 now = rubis_dispatch_now (question->dispatch);

  if (sender->transport == RUBIS_TRANSPORT_FOLDER)
    return TRUE;
  return !options->folders_only && sender->active && question->lane->n_silent < MAX_SILENT
         && (options->hurry || record->polled_at == 0 || record->polled_at + RUBIS_DISPATCH_ASK_EVERY <= now);
}

static gboolean
prepare_question (RubisStore *store, gpointer user_data, GError **error)
{
  Question *question = user_data;
  RubisDispatch *self = question->dispatch;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (GError) failed = NULL;
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, question->id, error);
  g_autoptr (GPtrArray) attempts = rubis_store_list_attempts (db, question->id, error);
  RubisLane *lane;

  if (record == NULL || attempts == NULL)
    return FALSE;
  if (!g_str_equal (record->state, "unknown") || record->sender_id == 0 || attempts->len == 0)
    return TRUE;
  lane = rubis_dispatch_get_lane (self, db, record->sender_id, &failed);
  if (lane == NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      return failed == NULL;
    }
  question->lane = lane;
  if (may_ask (question, record) && lane->transport == NULL)
    lane->transport = rubis_dispatch_make_transport (self, lane->sender, &failed);
  if (!may_ask (question, record) || lane->transport == NULL)
    {
      if (failed != NULL)
        rubis_dispatch_add_problem (self, failed->message);
      question->lane = NULL;
      return TRUE;
    }
  question->began_at = ((RubisAttemptRecord *)g_ptr_array_index (attempts, attempts->len - 1))->began_at;
  question->parcel = rubis_dispatch_make_parcel (self, db, record, lane, attempts, error);
  return question->parcel != NULL;
}

static gboolean
note_answer (RubisStore *store, gpointer user_data, GError **error)
{
  Question *question = user_data;
  RubisDispatch *self = question->dispatch;
  RubisDatabase *db = rubis_store_get_database (store);
  const RubisDelivery *delivery = question->delivery;
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, question->id, error);
  gboolean left = delivery->fate >= RUBIS_FATE_SENT;
  gboolean file = question->lane->sender->transport == RUBIS_TRANSPORT_FOLDER;
  gboolean twin = FALSE;

  if (record == NULL
      || (left && delivery->alike
          && !rubis_store_has_twin (db, record, delivery->provider_id, delivery->message_id, &twin, error)))
    return FALSE;
  /* A person may have settled it meanwhile. */
  if (!g_str_equal (record->state, "unknown"))
    return TRUE;
  record->polled_at = rubis_dispatch_now (self);
  if (twin)
    {
      rubis_outbox_set (record, reason,
                        _ ("Another message to this recipient has the same subject, and the server does not tell "
                           "which of them it took: look among what was sent."));
      return rubis_outbox_update (self->session, db, record, error);
    }
  if (!left
      && (delivery->fate != RUBIS_FATE_NOT_SENT
          || (!file && record->polled_at < question->began_at + SETTLING_TIME)))
    return rubis_outbox_update (self->session, db, record, error);
  if (!rubis_outbox_settle_attempt (db, record->id, left ? "sent" : "not-sent", delivery->reason,
                                    delivery->answer, NULL, error))
    return FALSE;
  rubis_dispatch_touch (self, record->id);
  rubis_outbox_set (record, state, left ? "sent" : "queued");
  rubis_outbox_set (record, reason, left ? "" : delivery->reason);
  if (left)
    record->sent_at = question->began_at;
  else
    record->send_after = record->polled_at;
  if (left && *delivery->provider_id != '\0')
    rubis_outbox_set (record, provider_id, delivery->provider_id);
  if (left && *delivery->message_id != '\0')
    rubis_outbox_set (record, message_id, delivery->message_id);
  self->report->n_sent += left ? 1 : 0;
  return rubis_outbox_update (self->session, db, record, error);
}

static gboolean
ask (RubisDispatch *self, gint64 id, GError **error)
{
  Question question = { .dispatch = self, .id = id };
  GCancellable *cancellable = self->progress != NULL ? self->progress->cancellable : NULL;
  gboolean done = rubis_dispatch_transact (self, prepare_question, &question, error);

  if (done && question.parcel != NULL)
    {
      question.delivery = rubis_transport_look_up (question.lane->transport, question.parcel, cancellable);
      question.lane->n_silent
          = question.delivery->fate == RUBIS_FATE_UNKNOWN ? question.lane->n_silent + 1 : 0;
      done = rubis_dispatch_transact (self, note_answer, &question, error);
    }
  g_clear_pointer (&question.parcel, rubis_parcel_free);
  rubis_delivery_free (question.delivery);
  return done;
}

gboolean
rubis_dispatch_look_up (RubisDispatch *self, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self->session, error);
  g_autoptr (GArray) ids = NULL;

  if (db == NULL)
    return FALSE;
  ids = rubis_store_list_outbox_ids (db, "unknown", error);
  rubis_session_return_reader (self->session, db);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      if (self->progress != NULL && g_cancellable_is_cancelled (self->progress->cancellable))
        return TRUE;
      if (!ask (self, g_array_index (ids, gint64, i), error))
        return FALSE;
    }
  return ids != NULL;
}
