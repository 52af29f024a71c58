#include "rubis-courier.h"

#include <glib/gi18n-lib.h>

#include "rubis-moment.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

#define FETCH_SECONDS (15 * 60)
/* A mailbox is not read in the very moment in which the window opens. */
#define FIRST_FETCH_SECONDS 20
/* When a server took nothing although something was due. */
#define PATIENCE_SECONDS 60
/* The clock of the machine may be set meanwhile. */
#define LONGEST_WAIT_SECONDS (10 * 60)
/* Several edits in a row are looked at once. */
#define LOOK_DELAY_MS 200

struct _RubisCourier
{
  GObject parent_instance;

  RubisSession *session;     /* (owned) (nullable) NULL once stopped */
  GCancellable *cancellable; /* (owned) of sending and fetching */
  guint look_timeout;        /* soon: what waits? */
  guint wake_timeout;        /* when something is due */
  guint fetch_timeout;
  gboolean looking;
  gboolean stale; /* changed while it was looked at */
  gboolean sending;
  gboolean fetching;
  gint64 not_before; /* after a sending that brought nothing */
  gint64 next;       /* when something may leave; 0: never */
  gint64 leaves; /* when the next message leaves, as people are told */
  gint64 counts[RUBIS_N_OUTBOX_STATES];
  gboolean held;
  gboolean mailbox;
};

G_DEFINE_FINAL_TYPE (RubisCourier, rubis_courier, G_TYPE_OBJECT)

enum
{
  CHANGED,
  PROGRESS,
  REPORTED,
  FETCHED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void look_soon (RubisCourier *self);

/* --- progress, from other threads --- */

typedef struct
{
  RubisCourier *courier; /* (owned) */
  double fraction;
  char *text;
} Step;

static gboolean
step_cb (gpointer user_data)
{
  Step *step = user_data;

  if (step->courier->session != NULL && (step->courier->sending || step->courier->fetching))
    g_signal_emit (step->courier, signals[PROGRESS], 0, step->fraction, step->text);
  g_object_unref (step->courier);
  g_free (step->text);
  g_free (step);
  return G_SOURCE_REMOVE;
}

static void
progress_func (double fraction, const char *text, gpointer user_data)
{
  Step *step = g_new0 (Step, 1);

  step->courier = g_object_ref (user_data);
  step->fraction = fraction;
  step->text = g_strdup (text != NULL ? text : "");
  g_idle_add (step_cb, step);
}

static void
end_progress (RubisCourier *self)
{
  if (!self->sending && !self->fetching)
    g_signal_emit (self, signals[PROGRESS], 0, -1.0, NULL);
}

/* --- sending --- */

static gint64
clock_func (gpointer user_data)
{
  return rubis_moment_now ();
}

static void
send_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const RubisSendOptions options = { .clock = clock_func };
  RubisProgress progress = { progress_func, source, cancellable };
  g_autoptr (GError) error = NULL;
  RubisSendReport *report = rubis_session_send_outbox (data, &options, &progress, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify)rubis_send_report_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* @sentence: (transfer full) */
static void
append (GString *text, int n, char *sentence)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", sentence);
  g_free (sentence);
}

/* What a user wants to know of a sending; NULL when nothing happened. (transfer full) */
static char *
describe_report (const RubisSendReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int n = report->n_sent;

  append (text, n, g_strdup_printf (ngettext ("%d message left", "%d messages left", (gulong)n), n));
  n = report->n_called_off;
  append (text, n, g_strdup_printf (_ ("%d taken back: paid or stopped since"), n));
  n = report->n_refused;
  append (text, n, g_strdup_printf (ngettext ("%d refused", "%d refused", (gulong)n), n));
  n = report->n_unknown;
  append (text, n, g_strdup_printf (_ ("%d unknown: look whether it left"), n));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RubisCourier *self = RUBIS_COURIER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSendReport) report = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  self->sending = FALSE;
  if (self->session == NULL)
    return;
  end_progress (self);
  text = report != NULL ? describe_report (report) : g_strdup (error->message);
  if (report == NULL || report->n_sent + report->n_refused + report->n_called_off == 0)
    self->not_before = rubis_moment_now () + PATIENCE_SECONDS;
  if (text != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[REPORTED], 0, text);
  look_soon (self);
}

static void
send_now (RubisCourier *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->sending)
    return;
  self->sending = TRUE;
  task = g_task_new (self, self->cancellable, sent_cb, NULL);
  g_task_set_source_tag (task, send_now);
  g_task_set_task_data (task, g_object_ref (self->session), g_object_unref);
  g_task_run_in_thread (task, send_thread);
}

/* --- what came back --- */

static void
fetch_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RubisProgress progress = { progress_func, source, cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) follow_error = NULL;
  RubisFetchReport *report = rubis_session_fetch_inbox (data, rubis_moment_now (), &progress, &error);

  if (report == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (rubis_session_follow_outbox (data, rubis_moment_now (), &progress, &follow_error) < 0
      && !g_error_matches (follow_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_ptr_array_add (report->problems, g_strdup (follow_error->message));
  g_task_return_pointer (task, report, (GDestroyNotify)rubis_fetch_report_free);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RubisCourier *self = RUBIS_COURIER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisFetchReport) report = g_task_propagate_pointer (G_TASK (result), &error);

  self->fetching = FALSE;
  if (self->session == NULL)
    return;
  end_progress (self);
  if (report != NULL)
    g_signal_emit (self, signals[FETCHED], 0, report);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[REPORTED], 0, error->message);
  look_soon (self);
}

void
rubis_courier_fetch (RubisCourier *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RUBIS_IS_COURIER (self));

  if (self->fetching || self->session == NULL)
    return;
  self->fetching = TRUE;
  task = g_task_new (self, self->cancellable, fetched_cb, NULL);
  g_task_set_source_tag (task, rubis_courier_fetch);
  g_task_set_task_data (task, g_object_ref (self->session), g_object_unref);
  g_task_run_in_thread (task, fetch_thread);
}

static gboolean
fetch_cb (gpointer user_data)
{
  RubisCourier *self = user_data;

  self->fetch_timeout = g_timeout_add_seconds (FETCH_SECONDS, fetch_cb, self);
  if (self->mailbox)
    rubis_courier_fetch (self);
  return G_SOURCE_REMOVE;
}

/* --- what waits --- */

typedef struct
{
  gint64 next;
  gint64 leaves; /* when the next message leaves, as people are told */
  gint64 counts[RUBIS_N_OUTBOX_STATES];
  gboolean held;
  gboolean mailbox;
} Waiting;

static gpointer
look_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  g_autofree Waiting *waiting = g_new0 (Waiting, 1);
  g_autoptr (GPtrArray) senders = rubis_session_list_senders (session, error);

  if (senders == NULL || !rubis_session_count_outbox (session, waiting->counts, error))
    return NULL;
  waiting->next = rubis_session_get_next_sending (session, rubis_moment_now (), error);
  waiting->leaves = rubis_session_get_next_leaving (session, rubis_moment_now (), NULL);
  if (waiting->next < 0)
    return NULL;
  waiting->held = rubis_session_get_outbox_hold (session);
  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *sender = senders->pdata[i];

      waiting->mailbox = waiting->mailbox || (sender->active && rubis_sender_has_mailbox (sender));
    }
  return g_steal_pointer (&waiting);
}

static gboolean
wake_cb (gpointer user_data)
{
  RubisCourier *self = user_data;

  self->wake_timeout = 0;
  look_soon (self);
  return G_SOURCE_REMOVE;
}

/* Sends what is due, or waits for its time. */
static void
plan (RubisCourier *self)
{
  gint64 now = rubis_moment_now ();
  gint64 at = MAX (self->next, self->not_before);

  g_clear_handle_id (&self->wake_timeout, g_source_remove);
  if (self->next == 0 || self->held || self->sending)
    return;
  if (at <= now)
    send_now (self);
  else
    self->wake_timeout = g_timeout_add_seconds ((guint)MIN (at - now, LONGEST_WAIT_SECONDS), wake_cb, self);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisCourier) self = user_data;
  g_autofree Waiting *waiting = rubis_session_run_finish (RUBIS_SESSION (source), result, NULL);

  self->looking = FALSE;
  if (self->session == NULL)
    return;
  /* What cannot be read is said where it is shown; here it is looked at again with the next change. */
  if (waiting != NULL)
    {
      self->next = waiting->next;
      self->leaves = waiting->leaves;
      self->held = waiting->held;
      self->mailbox = waiting->mailbox;
      memcpy (self->counts, waiting->counts, sizeof self->counts);
      plan (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  if (self->stale)
    look_soon (self);
}

static gboolean
look_cb (gpointer user_data)
{
  RubisCourier *self = user_data;

  self->look_timeout = 0;
  if (self->looking)
    {
      self->stale = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->looking = TRUE;
  self->stale = FALSE;
  rubis_ui_read_async (self->session, look_work, NULL, NULL, g_free, NULL, looked_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
look_soon (RubisCourier *self)
{
  if (self->session != NULL && self->look_timeout == 0)
    self->look_timeout = g_timeout_add (LOOK_DELAY_MS, look_cb, self);
}

char *
rubis_courier_describe (RubisCourier *self, gboolean *recall)
{
  g_autofree char *moment = NULL;
  gint64 n;
  gint64 n_approved;

  g_return_val_if_fail (RUBIS_IS_COURIER (self), NULL);

  n_approved = self->counts[RUBIS_OUTBOX_APPROVED];
  n = n_approved + self->counts[RUBIS_OUTBOX_QUEUED];
  *recall = n_approved > 0;
  if (n == 0)
    return NULL;
  if (self->held)
    return g_strdup_printf (ngettext ("%d message is held", "%d messages are held", (gulong)n), (int)n);
  if (self->leaves <= rubis_moment_now ())
    return g_strdup_printf (ngettext ("%d message waits", "%d messages wait", (gulong)n), (int)n);
  moment = rubis_moment_format (self->leaves, rubis_moment_now ());
  return g_strdup_printf (
      ngettext ("%d message leaves from %s on", "%d messages leave from %s on", (gulong)n), (int)n, moment);
}

gboolean
rubis_courier_has_mailbox (RubisCourier *self)
{
  g_return_val_if_fail (RUBIS_IS_COURIER (self), FALSE);

  return self->mailbox;
}

void
rubis_courier_cancel (RubisCourier *self)
{
  g_return_if_fail (RUBIS_IS_COURIER (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->not_before = rubis_moment_now () + PATIENCE_SECONDS;
}

void
rubis_courier_stop (RubisCourier *self)
{
  g_return_if_fail (RUBIS_IS_COURIER (self));

  g_clear_handle_id (&self->look_timeout, g_source_remove);
  g_clear_handle_id (&self->wake_timeout, g_source_remove);
  g_clear_handle_id (&self->fetch_timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
}

static void
rubis_courier_dispose (GObject *object)
{
  RubisCourier *self = RUBIS_COURIER (object);

  rubis_courier_stop (self);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (rubis_courier_parent_class)->dispose (object);
}

static void
rubis_courier_class_init (RubisCourierClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_courier_dispose;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                    G_TYPE_DOUBLE, G_TYPE_STRING);
  signals[REPORTED] = g_signal_new ("reported", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_STRING);
  signals[FETCHED] = g_signal_new ("fetched", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_POINTER);
}

static void
rubis_courier_init (RubisCourier *self)
{
  self->cancellable = g_cancellable_new ();
}

RubisCourier *
rubis_courier_new (RubisSession *session)
{
  RubisCourier *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_COURIER, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  self->fetch_timeout = g_timeout_add_seconds (FIRST_FETCH_SECONDS, fetch_cb, self);
  look_soon (self);
  return self;
}
