/* Sending what is due. */
#include "rubis-dispatcher-private.h"
#include "rubis-hand-over-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-senders-private.h"
#include "rubis-store-senders.h"

/* Files are written many at a time: a crash between costs nothing, what is there is found again. */
#define MAX_FILES_AT_ONCE 64
/* How often the window hears of a change while messages leave, microseconds. */
#define NOTE_EVERY G_USEC_PER_SEC

/* How long closing a dossier waits for the outcome of a message that is being handed over, microseconds. */
#define CLOSING_TIME (10 * G_USEC_PER_SEC)

/* What a session keeps from run to run; used with the session locked, but for what the mutex guards. */
typedef struct
{
  GHashTable *in_flight; /* (owned) (element-type gint64) ids */
  GMutex mutex;
  GCond ended;
  gboolean running;              /* guarded by mutex */
  GCancellable *cancellable;     /* (owned) (nullable) of the run; guarded by mutex */
  RubisTransportFactory factory; /* (nullable) */
  gpointer factory_data;
} State;

static void
state_free (gpointer data)
{
  State *state = data;

  g_hash_table_unref (state->in_flight);
  g_mutex_clear (&state->mutex);
  g_cond_clear (&state->ended);
  g_free (state);
}

static State *
get_state (RubisSession *session)
{
  State *state = g_object_get_data (G_OBJECT (session), "rubis-dispatcher");

  if (state == NULL)
    {
      state = g_new0 (State, 1);
      g_mutex_init (&state->mutex);
      g_cond_init (&state->ended);
      state->in_flight = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (session), "rubis-dispatcher", state, state_free);
    }
  return state;
}

GHashTable *
rubis_dispatch_get_in_flight (RubisSession *session)
{
  return get_state (session)->in_flight;
}

void
rubis_session_set_transport_factory (RubisSession *self, RubisTransportFactory factory, gpointer user_data)
{
  State *state;

  rubis_session_lock (self);
  state = get_state (self);
  state->factory = factory;
  state->factory_data = user_data;
  rubis_session_unlock (self);
}

static void
lane_free (gpointer data)
{
  RubisLane *lane = data;

  g_clear_object (&lane->transport);
  rubis_sender_free (lane->sender);
  g_free (lane);
}

void
rubis_flight_free (RubisFlight *self)
{
  rubis_attempt_record_free (self->attempt);
  rubis_parcel_free (self->parcel);
  rubis_delivery_free (self->delivery);
  g_free (self);
}

void
rubis_send_report_free (RubisSendReport *self)
{
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

void
rubis_dispatch_init (RubisDispatch *self)
{
  self->lanes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, lane_free);
  self->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
rubis_dispatch_clear (RubisDispatch *self)
{
  g_hash_table_unref (self->lanes);
  g_array_unref (self->touched);
  g_clear_object (&self->credentials);
  g_free (self->dossier_id);
}

gboolean
rubis_dispatch_transact (RubisDispatch *self, RubisStoreFunc func, gpointer data, GError **error)
{
  RubisStore *store = rubis_session_lock (self->session);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, func, data, error);
  rubis_session_unlock (self->session);
  return done;
}

gint64
rubis_dispatch_now (const RubisDispatch *self)
{
  return self->options->clock (self->options->clock_data);
}

void
rubis_dispatch_touch (RubisDispatch *self, gint64 outbox_id)
{
  g_array_append_val (self->touched, outbox_id);
}

void
rubis_dispatch_add_problem (RubisDispatch *self, const char *sentence)
{
  if (*sentence != '\0'
      && !g_ptr_array_find_with_equal_func (self->report->problems, sentence, g_str_equal, NULL))
    g_ptr_array_add (self->report->problems, g_strdup (sentence));
}

RubisLane *
rubis_dispatch_get_lane (RubisDispatch *self, RubisDatabase *db, gint64 sender_id, GError **error)
{
  gboolean removed = FALSE;
  g_autoptr (RubisSender) sender = rubis_store_load_sender (db, sender_id, &removed, error);
  RubisLane *lane;

  if (sender == NULL || removed)
    return NULL;
  if (sender->transport == RUBIS_TRANSPORT_FOLDER && *sender->folder == '\0')
    {
      g_free (sender->folder);
      sender->folder = rubis_session_get_outgoing_folder (self->session);
    }
  lane = g_hash_table_lookup (self->lanes, &sender_id);
  if (lane == NULL)
    {
      lane = g_new0 (RubisLane, 1);
      g_hash_table_insert (self->lanes, g_memdup2 (&sender_id, sizeof sender_id), lane);
    }
  rubis_sender_free (lane->sender);
  lane->sender = g_steal_pointer (&sender);
  return lane;
}

gboolean
rubis_dispatch_stop_lane (RubisDispatch *self, RubisDatabase *db, RubisLane *lane, gint64 until,
                          const char *reason, GError **error)
{
  g_autofree char *problem = g_strdup_printf (_ ("%s: %s"), lane->sender->name, reason);

  lane->stopped = TRUE;
  rubis_dispatch_add_problem (self, problem);
  return until == 0 || rubis_store_set_sender_wait (db, lane->sender->id, until, reason, error);
}

RubisTransport *
rubis_dispatch_make_transport (RubisDispatch *self, const RubisSender *sender, GError **error)
{
  State *state = get_state (self->session);

  if (state->factory != NULL)
    return state->factory (sender, self->credentials, state->factory_data, error);
  return rubis_transport_new (sender, self->credentials, error);
}

/* --- turns --- */

/* What one transaction does: notes what became of the last messages, and takes out the next. */
typedef struct
{
  RubisDispatch *dispatch;
  GPtrArray *landed; /* (element-type RubisFlight) */
  GPtrArray *taken;  /* (element-type RubisFlight) */
  GArray *ids;       /* (nullable) what is due; NULL: nothing more is taken */
  guint next;        /* in ids */
} Turn;

static gboolean
take_next (Turn *turn, RubisDatabase *db, GError **error)
{
  while (turn->next < turn->ids->len)
    {
      const RubisFlight *first = turn->taken->len > 0 ? g_ptr_array_index (turn->taken, 0) : NULL;
      gboolean files = first != NULL && first->lane->sender->transport == RUBIS_TRANSPORT_FOLDER;
      gint64 id = g_array_index (turn->ids, gint64, turn->next);
      RubisFlight *flight = NULL;
      RubisTake take = RUBIS_TAKE_NOT_NOW;

      if (first != NULL && (!files || turn->taken->len >= MAX_FILES_AT_ONCE))
        return TRUE;
      if (!rubis_dispatch_take (turn->dispatch, db, id, files, &take, &flight, error))
        return FALSE;
      if (take == RUBIS_TAKE_NEXT_TURN)
        return TRUE;
      turn->next++;
      if (take == RUBIS_TAKE_TAKEN)
        g_ptr_array_add (turn->taken, flight);
    }
  return TRUE;
}

static gboolean
do_turn (RubisStore *store, gpointer user_data, GError **error)
{
  Turn *turn = user_data;
  RubisDatabase *db = rubis_store_get_database (store);

  for (guint i = 0; i < turn->landed->len; i++)
    {
      if (!rubis_dispatch_note (turn->dispatch, db, g_ptr_array_index (turn->landed, i), error))
        return FALSE;
    }
  return turn->ids == NULL || take_next (turn, db, error);
}

static void
mark_in_flight (RubisSession *session, GPtrArray *flights, gboolean begin)
{
  GHashTable *in_flight = rubis_dispatch_get_in_flight (session);

  for (guint i = 0; i < flights->len; i++)
    {
      const RubisFlight *flight = g_ptr_array_index (flights, i);

      if (begin)
        g_hash_table_add (in_flight, g_memdup2 (&flight->outbox_id, sizeof flight->outbox_id));
      else
        g_hash_table_remove (in_flight, &flight->outbox_id);
    }
}

/* Their course is an edit of its own; what goes wrong with it is asked again when they are followed. */
static void
learn_of_letters (const Turn *turn)
{
  for (guint i = 0; i < turn->landed->len; i++)
    {
      const RubisFlight *flight = g_ptr_array_index (turn->landed, i);
      g_autoptr (GError) error = NULL;

      if (!rubis_hand_over_learn (turn->dispatch->session, flight->outbox_id, flight->parcel,
                                  flight->delivery, &error))
        rubis_dispatch_add_problem (turn->dispatch, error->message);
    }
}

static gboolean
run_turn (Turn *turn, GError **error)
{
  RubisSession *session = turn->dispatch->session;
  RubisStore *store = rubis_session_lock (session);
  g_autoptr (GError) turn_error = NULL;
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (&turn_error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    {
      done = rubis_store_transact (store, do_turn, turn, &turn_error);
      /* What the servers said is not lost because the next message could not be judged. */
      if (!done && turn->landed->len > 0 && turn->ids != NULL)
        {
          turn->ids = NULL;
          rubis_store_transact (store, do_turn, turn, NULL);
        }
      if (!done)
        g_ptr_array_set_size (turn->taken, 0);
    }
  mark_in_flight (session, turn->landed, FALSE);
  mark_in_flight (session, turn->taken, TRUE);
  rubis_session_unlock (session);
  if (done)
    learn_of_letters (turn);
  g_ptr_array_set_size (turn->landed, 0);
  if (turn_error != NULL)
    g_propagate_error (error, g_steal_pointer (&turn_error));
  return done;
}

static void
hand_over (RubisDispatch *self, GPtrArray *flights)
{
  GCancellable *cancellable = self->progress != NULL ? self->progress->cancellable : NULL;

  for (guint i = 0; i < flights->len; i++)
    {
      RubisFlight *flight = g_ptr_array_index (flights, i);

      flight->delivery = rubis_transport_send (flight->lane->transport, flight->parcel, cancellable);
      flight->attempt->ended_at = rubis_dispatch_now (self);
    }
}

static gboolean
is_cancelled (const RubisDispatch *self)
{
  return self->progress != NULL && g_cancellable_is_cancelled (self->progress->cancellable);
}

static gboolean
send_due (RubisDispatch *self, GArray *ids, GError **error)
{
  g_autoptr (GPtrArray) landed = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_flight_free);
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_flight_free);
  Turn turn = { .dispatch = self, .landed = landed, .taken = taken, .ids = ids };
  gint64 noted_at = 0;

  for (;;)
    {
      if (is_cancelled (self))
        turn.ids = NULL;
      if (turn.ids == NULL && turn.landed->len == 0)
        return TRUE;
      if (!run_turn (&turn, error))
        return FALSE;
      if (turn.taken->len == 0)
        return TRUE;
      hand_over (self, turn.taken);
      {
        GPtrArray *swap = turn.landed;

        turn.landed = turn.taken;
        turn.taken = swap;
      }
      if (self->progress != NULL && self->progress->func != NULL)
        self->progress->func ((double)turn.next / ids->len, NULL, self->progress->user_data);
      if (g_get_monotonic_time () - noted_at > NOTE_EVERY)
        {
          noted_at = g_get_monotonic_time ();
          rubis_session_mark_changed (self->session);
        }
    }
}

/* --- a run --- */

static gboolean
is_chosen (const RubisSendOptions *options, gint64 id)
{
  for (guint i = 0; options->ids != NULL && i < options->ids->len; i++)
    {
      if (g_array_index (options->ids, gint64, i) == id)
        return TRUE;
    }
  return options->ids == NULL;
}

static GArray *
list_due (RubisDispatch *self, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self->session, error);
  GArray *ids;

  if (db == NULL)
    return NULL;
  ids = rubis_store_list_outbox_due (db, rubis_dispatch_now (self), self->options->hurry, error);
  rubis_session_return_reader (self->session, db);
  for (guint i = ids != NULL ? ids->len : 0; i > 0; i--)
    {
      if (!is_chosen (self->options, g_array_index (ids, gint64, i - 1)))
        g_array_remove_index (ids, i - 1);
    }
  return ids;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

static gboolean
finish_report (RubisDispatch *self, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self->session, error);
  g_autoptr (GHashTable) counts = NULL;
  gint64 last = 0;

  if (db == NULL)
    return FALSE;
  g_array_sort (self->touched, compare_ids);
  for (guint i = 0; i < self->touched->len; i++)
    {
      gint64 id = g_array_index (self->touched, gint64, i);
      g_autoptr (RubisOutboxRecord) record = id != last ? rubis_store_load_outbox (db, id, NULL) : NULL;

      last = id;
      if (record != NULL)
        g_ptr_array_add (self->report->rows, rubis_outbox_row_new (record));
    }
  counts = rubis_store_count_outbox_states (db, error);
  rubis_session_return_reader (self->session, db);
  if (counts == NULL)
    return FALSE;
  self->report->n_waiting = GPOINTER_TO_INT (g_hash_table_lookup (counts, "approved"))
                            + GPOINTER_TO_INT (g_hash_table_lookup (counts, "queued"));
  self->report->next = rubis_session_get_next_leaving (self->session, rubis_dispatch_now (self), error);
  return self->report->next >= 0;
}

static gboolean
run (RubisDispatch *self, GError **error)
{
  g_autoptr (GArray) ids = NULL;

  /* Outside of transactions: the dossier may get its name now. */
  self->dossier_id = rubis_session_ensure_dossier_id (self->session, error);
  self->credentials = self->dossier_id != NULL ? rubis_session_get_credentials (self->session, error) : NULL;
  if (self->credentials == NULL)
    return FALSE;
  if (!rubis_dispatch_recover (self, error) || !rubis_dispatch_look_up (self, error))
    return FALSE;
  ids = list_due (self, error);
  return ids != NULL && send_due (self, ids, error) && finish_report (self, error);
}

/* Files may be written beside what a server is being given. */
static State *
begin (RubisSession *session, const RubisSendOptions *options, GCancellable *cancellable)
{
  State *state;
  gboolean free;

  rubis_session_lock (session);
  state = get_state (session);
  rubis_session_unlock (session);
  if (options->folders_only)
    return state;
  g_mutex_lock (&state->mutex);
  free = !state->running;
  if (free)
    {
      state->running = TRUE;
      state->cancellable = g_object_ref (cancellable);
    }
  g_mutex_unlock (&state->mutex);
  return free ? state : NULL;
}

static void
end (State *state, const RubisSendOptions *options)
{
  if (options->folders_only)
    return;
  g_mutex_lock (&state->mutex);
  state->running = FALSE;
  g_clear_object (&state->cancellable);
  g_cond_broadcast (&state->ended);
  g_mutex_unlock (&state->mutex);
}

void
rubis_session_stop_sending (RubisSession *self)
{
  State *state = g_object_get_data (G_OBJECT (self), "rubis-dispatcher");
  gint64 until = g_get_monotonic_time () + CLOSING_TIME;

  if (state == NULL)
    return;
  g_mutex_lock (&state->mutex);
  if (state->running)
    g_cancellable_cancel (state->cancellable);
  while (state->running && g_cond_wait_until (&state->ended, &state->mutex, until))
    ;
  g_mutex_unlock (&state->mutex);
}

RubisSendReport *
rubis_session_send_outbox (RubisSession *self, const RubisSendOptions *options, RubisProgress *progress,
                           GError **error)
{
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  RubisProgress own = { 0 };
  RubisDispatch dispatch = { .session = self, .options = options, .progress = &own };
  State *state;
  gboolean done;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && options != NULL && options->clock != NULL, NULL);

  if (progress != NULL)
    own = *progress;
  cancellable = own.cancellable != NULL ? g_object_ref (own.cancellable) : g_cancellable_new ();
  own.cancellable = cancellable;
  state = begin (self, options, cancellable);
  if (state == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("Messages are being sent already."));
      return NULL;
    }
  report = g_new0 (RubisSendReport, 1);
  report->rows = g_ptr_array_new_with_free_func (g_object_unref);
  report->problems = g_ptr_array_new_with_free_func (g_free);
  dispatch.report = report;
  rubis_dispatch_init (&dispatch);
  done = run (&dispatch, error);
  end (state, options);
  if (dispatch.touched->len > 0)
    rubis_session_mark_changed (self);
  rubis_dispatch_clear (&dispatch);
  return done ? g_steal_pointer (&report) : NULL;
}
