/* What became of messages that servers took. */
#include "rubis-dispatcher-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-hand-over-private.h"
#include "rubis-inbox-private.h"
#include "rubis-outbox-parcel.h"
#include "rubis-senders-private.h"

#define DAY 86400
/* After that nothing more is asked. */
#define FOLLOW_DAYS 30

/* A question about one message, with the session free while the server is asked. */
typedef struct
{
  RubisDispatch *dispatch;
  gint64 id;
  gint64 now;
  RubisLane *lane;         /* (unowned) (nullable) */
  RubisParcel *parcel;     /* (owned) */
  RubisDelivery *delivery; /* (owned) */
  gboolean changed;
} Question;

static gboolean
prepare (RubisStore *store, gpointer user_data, GError **error)
{
  Question *question = user_data;
  RubisDispatch *self = question->dispatch;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, question->id, error);
  g_autoptr (GPtrArray) attempts = rubis_store_list_attempts (db, question->id, error);
  g_autoptr (GError) failed = NULL;

  if (record == NULL || attempts == NULL)
    return FALSE;
  question->lane = rubis_dispatch_get_lane (self, db, record->sender_id, &failed);
  if (question->lane != NULL && question->lane->transport == NULL)
    question->lane->transport = rubis_dispatch_make_transport (self, question->lane->sender, &failed);
  /* A sender that is gone or not set up any more cannot be asked. */
  if (question->lane == NULL || question->lane->transport == NULL)
    return TRUE;
  question->parcel = rubis_dispatch_make_parcel (self, db, record, question->lane, attempts, error);
  return question->parcel != NULL;
}

/* An email that came back, once what else was said is written. */
static gboolean
note_bounce (Question *question, RubisDatabase *db, const RubisOutboxRecord *record, GError **error)
{
  gboolean hard = question->delivery->fate == RUBIS_FATE_BOUNCED_HARD;

  return rubis_inbox_note_bounce (question->dispatch->session, db, record->id, hard, hard,
                                  question->delivery->reason, error)
         && (!hard || rubis_store_set_email_bad (db, record->account_id, record->recipient, error));
}

static gboolean
note (RubisStore *store, gpointer user_data, GError **error)
{
  static const char *const left[] = { "sent", "delivered", "bounced_soft", NULL };
  static const char *const states[] = {
    [RUBIS_FATE_DELIVERED] = "delivered",
    [RUBIS_FATE_BOUNCED_SOFT] = "bounced_soft",
    [RUBIS_FATE_BOUNCED_HARD] = "bounced_hard",
  };
  Question *question = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, question->id, error);
  RubisFate fate = question->delivery->fate;
  gboolean bounced = FALSE;

  if (record == NULL)
    return FALSE;
  /* Sent once more, or settled, while the server was asked. */
  if (!g_strv_contains (left, record->state))
    return TRUE;
  record->polled_at = question->now;
  if (fate > RUBIS_FATE_SENT && g_strcmp0 (record->state, states[fate]) != 0)
    {
      question->changed = TRUE;
      bounced = fate != RUBIS_FATE_DELIVERED && record->channel == RUBIS_CHANNEL_EMAIL;
      if (!bounced)
        {
          rubis_outbox_set (record, state, states[fate]);
          rubis_outbox_set (record, reason, question->delivery->reason);
        }
    }
  return rubis_outbox_note_delivery (question->dispatch->session, db, record, question->delivery, error)
         && rubis_outbox_update (question->dispatch->session, db, record, error)
         && (!bounced || note_bounce (question, db, record, error));
}

static gboolean
follow (RubisDispatch *self, gint64 id, gint64 now, int *n_changed, GError **error)
{
  Question question = { .dispatch = self, .id = id, .now = now };
  GCancellable *cancellable = self->progress != NULL ? self->progress->cancellable : NULL;
  gboolean done = rubis_dispatch_transact (self, prepare, &question, error);

  if (done && question.parcel != NULL)
    {
      question.delivery = rubis_transport_follow (question.lane->transport, question.parcel, cancellable);
      done = rubis_dispatch_transact (self, note, &question, error)
             && rubis_hand_over_learn (self->session, id, question.parcel, question.delivery, error);
    }
  *n_changed += question.changed ? 1 : 0;
  g_clear_pointer (&question.parcel, rubis_parcel_free);
  rubis_delivery_free (question.delivery);
  return done;
}

static gboolean
follow_all (RubisDispatch *self, gint64 now, int *n_changed, GError **error)
{
  RubisDatabase *db;
  g_autoptr (GArray) ids = NULL;

  self->dossier_id = rubis_session_ensure_dossier_id (self->session, error);
  self->credentials = self->dossier_id != NULL ? rubis_session_get_credentials (self->session, error) : NULL;
  db = self->credentials != NULL ? rubis_session_take_reader (self->session, error) : NULL;
  if (db == NULL)
    return FALSE;
  ids = rubis_store_list_outbox_to_follow (db, now, now - FOLLOW_DAYS * DAY, error);
  rubis_session_return_reader (self->session, db);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      if (self->progress != NULL && g_cancellable_is_cancelled (self->progress->cancellable))
        return TRUE;
      if (!follow (self, g_array_index (ids, gint64, i), now, n_changed, error))
        return FALSE;
    }
  return ids != NULL;
}

int
rubis_session_follow_outbox (RubisSession *self, gint64 now, RubisProgress *progress, GError **error)
{
  RubisSendReport report = { .next = 0 };
  RubisDispatch dispatch = { .session = self, .progress = progress, .report = &report };
  int n_changed = 0;
  gboolean done;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), -1);

  report.problems = g_ptr_array_new_with_free_func (g_free);
  rubis_dispatch_init (&dispatch);
  done = follow_all (&dispatch, now, &n_changed, error);
  rubis_dispatch_clear (&dispatch);
  g_ptr_array_unref (report.problems);
  if (n_changed > 0)
    rubis_session_mark_changed (self);
  return done ? n_changed : -1;
}
