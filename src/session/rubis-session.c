#include "rubis-session-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-store-accounts.h"
#include "rubis-store-imports.h"
#include "rubis-store-items.h"
#include "rubis-store-post.h"
#include "rubis-store-settings.h"

/* Readers kept for the next caller. */
#define MAX_IDLE_READERS 4
/* Edits that can be undone. */
#define MAX_EDITS 200

/* A piece of work that waits for the worker thread. */
typedef struct {
  GTask *task;              /* (owned) */
  RubisWorkFunc func;
  gpointer data;
  GDestroyNotify destroy_data;
  GDestroyNotify destroy_result;
  char *title;              /* (nullable) */
} Work;

struct _RubisSession {
  GObject parent_instance;

  char *path;
  gint today;               /* atomic */

  GRecMutex mutex;          /* held while the writing connection is used */
  RubisStore *store;        /* (owned) (nullable) NULL once closed */
  RubisLibrary *library;    /* (owned) guarded by readers_mutex */

  GMutex readers_mutex;
  GQueue readers;           /* (element-type RubisDatabase) idle ones */

  RubisSearchIndex *search; /* (owned) */

  GThread *worker;          /* (owned) (nullable) started with the first work */
  GAsyncQueue *works;       /* (owned) (element-type Work) */

  /* Main thread only. */
  char *job_title;
  double job_fraction;
  GCancellable *job_cancellable; /* (owned) (nullable) of the work that runs */
  gint progress_pending;    /* atomic */
  gint progress_permille;   /* atomic; -1: unknown */

  gint change_pending;      /* atomic */

  GPtrArray *undo;          /* (element-type RubisEdit) guarded by mutex */
  GPtrArray *redo;
};

enum {
  PROP_JOB_TITLE = 1,
  PROP_JOB_FRACTION,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RubisSession, rubis_session, G_TYPE_OBJECT)
G_DEFINE_QUARK (rubis-session-error-quark, rubis_session_error)

static void
edit_free (gpointer data)
{
  RubisEdit *edit = data;

  if (edit->destroy != NULL)
    edit->destroy (edit->data);
  g_free (edit->label);
  g_free (edit);
}

static const char *
last_label (GPtrArray *edits)
{
  return edits->len > 0 ? ((RubisEdit *) g_ptr_array_index (edits, edits->len - 1))->label : NULL;
}

static void
rubis_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisSession *self = RUBIS_SESSION (object);

  g_rec_mutex_lock (&self->mutex);
  switch (id)
    {
    case PROP_JOB_TITLE:
      g_value_set_string (value, self->job_title);
      break;
    case PROP_JOB_FRACTION:
      g_value_set_double (value, self->job_fraction);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->undo->len > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->redo->len > 0);
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, last_label (self->undo));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, last_label (self->redo));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
  g_rec_mutex_unlock (&self->mutex);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->destroy_data != NULL)
    work->destroy_data (work->data);
  g_clear_object (&work->task);
  g_free (work->title);
  g_free (work);
}

static void
rubis_session_finalize (GObject *object)
{
  RubisSession *self = RUBIS_SESSION (object);

  rubis_session_close (self);
  g_async_queue_unref (self->works);
  rubis_search_index_free (self->search);
  g_clear_pointer (&self->library, rubis_library_unref);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_free (self->job_title);
  g_free (self->path);
  g_mutex_clear (&self->readers_mutex);
  g_rec_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (rubis_session_parent_class)->finalize (object);
}

static void
rubis_session_class_init (RubisSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rubis_session_get_property;
  object_class->finalize = rubis_session_finalize;
  props[PROP_JOB_TITLE] = g_param_spec_string ("job-title", NULL, NULL, NULL, flags);
  props[PROP_JOB_FRACTION] = g_param_spec_double ("job-fraction", NULL, NULL, -1, 1, -1, flags);
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  props[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
rubis_session_init (RubisSession *self)
{
  g_rec_mutex_init (&self->mutex);
  g_mutex_init (&self->readers_mutex);
  g_queue_init (&self->readers);
  self->works = g_async_queue_new_full (work_free);
  self->search = rubis_search_index_new ();
  self->undo = g_ptr_array_new_with_free_func (edit_free);
  self->redo = g_ptr_array_new_with_free_func (edit_free);
  self->job_fraction = -1;
}

static RubisSession *
session_new (RubisStore *store, RubisDate today, GError **error)
{
  g_autoptr(RubisSession) self = g_object_new (RUBIS_TYPE_SESSION, NULL);

  self->store = store;
  self->path = g_strdup (rubis_store_get_path (store));
  self->today = today;
  self->library = rubis_library_load (rubis_store_get_database (store), error);
  return self->library != NULL ? g_steal_pointer (&self) : NULL;
}

RubisSession *
rubis_session_open (const char *path, RubisDate today, GError **error)
{
  RubisStore *store = rubis_store_open (path, error);
  g_autoptr(RubisSession) self = store != NULL ? session_new (store, today, error) : NULL;

  return self != NULL && rubis_library_complete (self, error) ? g_steal_pointer (&self) : NULL;
}

typedef struct {
  const RubisCompany *company;
  RubisDate today;
} Creation;

static gboolean
fill_new_store (RubisStore *store, gpointer user_data, GError **error)
{
  const Creation *creation = user_data;
  RubisDatabase *db = rubis_store_get_database (store);

  return rubis_session_write_company (db, creation->company, error) && rubis_library_install (db, error);
}

RubisSession *
rubis_session_create (const char *path, const RubisCompany *company, RubisDate today, GError **error)
{
  Creation creation = { .company = company, .today = today };
  RubisCurrency currency;
  RubisStore *store;

  if (company->name[0] == '\0')
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _("A dossier needs the name of your company."));
      return NULL;
    }
  if (!rubis_currency_parse (company->currency, &currency))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("“%s” is not a currency: use three letters such as EUR."), company->currency);
      return NULL;
    }
  store = rubis_store_create (path, error);
  if (store == NULL)
    return NULL;
  if (!rubis_store_transact (store, fill_new_store, &creation, error))
    {
      /* Nothing half made stays behind, so that the name can be used again. */
      rubis_store_discard (store);
      return NULL;
    }
  return session_new (store, today, error);
}

static void
close_readers (RubisSession *self)
{
  g_mutex_lock (&self->readers_mutex);
  g_queue_clear_full (&self->readers, (GDestroyNotify) rubis_database_free);
  g_mutex_unlock (&self->readers_mutex);
}

void
rubis_session_close (RubisSession *self)
{
  if (self->worker != NULL)
    {
      Work *stop = g_new0 (Work, 1);

      rubis_session_cancel_job (self);
      g_async_queue_push (self->works, stop);
      g_thread_join (g_steal_pointer (&self->worker));
    }
  rubis_session_stop_sending (self);
  g_rec_mutex_lock (&self->mutex);
  close_readers (self);
  rubis_search_index_clear (self->search);
  g_clear_pointer (&self->store, rubis_store_free);
  g_rec_mutex_unlock (&self->mutex);
}

const char *
rubis_session_get_path (RubisSession *self)
{
  return self->path;
}

RubisDate
rubis_session_get_today (RubisSession *self)
{
  return g_atomic_int_get (&self->today);
}

void
rubis_session_set_today (RubisSession *self, RubisDate today)
{
  if (g_atomic_int_exchange (&self->today, today) != today)
    rubis_session_mark_changed (self);
}

RubisStore *
rubis_session_lock (RubisSession *self)
{
  g_rec_mutex_lock (&self->mutex);
  return self->store;
}

void
rubis_session_unlock (RubisSession *self)
{
  g_rec_mutex_unlock (&self->mutex);
}

RubisDatabase *
rubis_session_take_reader (RubisSession *self, GError **error)
{
  RubisDatabase *reader;

  g_mutex_lock (&self->readers_mutex);
  reader = g_queue_pop_head (&self->readers);
  g_mutex_unlock (&self->readers_mutex);
  if (reader != NULL)
    return reader;
  if (self->store == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The dossier is closed."));
      return NULL;
    }
  return rubis_store_open_reader (self->store, error);
}

void
rubis_session_return_reader (RubisSession *self, RubisDatabase *reader)
{
  /* A query left in the middle would show the next caller the dossier of that moment. */
  rubis_database_end_read (reader);
  g_mutex_lock (&self->readers_mutex);
  if (self->store != NULL && g_queue_get_length (&self->readers) < MAX_IDLE_READERS)
    g_queue_push_head (&self->readers, g_steal_pointer (&reader));
  g_mutex_unlock (&self->readers_mutex);
  g_clear_pointer (&reader, rubis_database_free);
}

RubisSearchIndex *
rubis_session_get_search_index (RubisSession *self)
{
  return self->search;
}

RubisLibrary *
rubis_session_get_library (RubisSession *self)
{
  RubisLibrary *library;

  g_mutex_lock (&self->readers_mutex);
  library = rubis_library_ref (self->library);
  g_mutex_unlock (&self->readers_mutex);
  return library;
}

gboolean
rubis_session_reload_library (RubisSession *self, GError **error)
{
  RubisStore *store = rubis_session_lock (self);
  RubisLibrary *library = rubis_library_load (rubis_store_get_database (store), error);
  g_autoptr(RubisLibrary) old = NULL;

  if (library != NULL)
    {
      g_mutex_lock (&self->readers_mutex);
      old = g_steal_pointer (&self->library);
      self->library = library;
      g_mutex_unlock (&self->readers_mutex);
    }
  rubis_session_unlock (self);
  return library != NULL;
}

void
rubis_status_free (RubisStatus *status)
{
  g_free (status->last_import);
  g_free (status);
}

RubisStatus *
rubis_session_get_status (RubisSession *self, GError **error)
{
  static const char *const outgoing[] = { "approved", "queued", "sending" };
  g_autoptr(RubisStatus) status = g_new0 (RubisStatus, 1);
  g_autoptr(RubisBatchRecord) batch = NULL;
  RubisDatabase *db = rubis_session_take_reader (self, error);
  gint64 amount = 0;
  g_autoptr(GHashTable) counts = NULL;
  gboolean ok;

  if (db == NULL)
    return NULL;
  batch = rubis_store_load_batch (db, 0, NULL);
  status->last_import = batch != NULL ? g_strdup (batch->file_name) : NULL;
  ok = rubis_store_get_data_date (db, &status->data_date, error)
       && rubis_store_count_open_items (db, &status->n_open_items, &amount, error)
       && rubis_store_count_accounts (db, &status->n_accounts, error)
       && rubis_store_count_to_post (db, &status->n_to_print, error);
  counts = ok ? rubis_store_count_outbox_states (db, error) : NULL;
  rubis_session_return_reader (self, db);
  if (counts == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (outgoing); i++)
    status->n_outgoing += GPOINTER_TO_INT (g_hash_table_lookup (counts, outgoing[i]));
  status->n_unknown = GPOINTER_TO_INT (g_hash_table_lookup (counts, "unknown"));
  return g_steal_pointer (&status);
}

/* --- Work in the background ---------------------------------------------------------------- */

/* What the worker tells the main thread, and the other way round. */
typedef struct {
  RubisSession *session; /* (owned) */
  char *title;           /* (nullable) */
  GCancellable *cancellable;
  gboolean start;
} JobNote;

static void
job_note_free (gpointer data)
{
  JobNote *note = data;

  g_object_unref (note->session);
  g_clear_object (&note->cancellable);
  g_free (note->title);
  g_free (note);
}

static gboolean
show_job (gpointer data)
{
  JobNote *note = data;
  RubisSession *self = note->session;

  g_free (self->job_title);
  self->job_title = note->start ? g_strdup (note->title) : NULL;
  g_clear_object (&self->job_cancellable);
  if (note->start)
    self->job_cancellable = g_object_ref (note->cancellable);
  self->job_fraction = -1;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB_FRACTION]);
  return G_SOURCE_REMOVE;
}

static void
post_job (RubisSession *self, const Work *work, gboolean start)
{
  JobNote *note;

  if (work->title == NULL)
    return;
  note = g_new0 (JobNote, 1);
  note->session = g_object_ref (self);
  note->title = g_strdup (work->title);
  note->cancellable = g_object_ref (g_task_get_cancellable (work->task));
  note->start = start;
  g_idle_add_full (G_PRIORITY_DEFAULT, show_job, note, job_note_free);
}

static gboolean
show_progress (gpointer data)
{
  RubisSession *self = data;

  g_atomic_int_set (&self->progress_pending, 0);
  self->job_fraction = g_atomic_int_get (&self->progress_permille) / 1000.0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB_FRACTION]);
  return G_SOURCE_REMOVE;
}

static void
note_progress (double fraction, const char *text, gpointer user_data)
{
  RubisSession *self = user_data;

  g_atomic_int_set (&self->progress_permille, fraction < 0 ? -1 : (int) (fraction * 1000));
  if (g_atomic_int_compare_and_exchange (&self->progress_pending, 0, 1))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_progress, g_object_ref (self), g_object_unref);
}

static void
do_work (RubisSession *self, Work *work)
{
  GCancellable *cancellable = g_task_get_cancellable (work->task);
  RubisProgress progress = { .func = note_progress, .user_data = self, .cancellable = cancellable };
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (work->task))
    return;
  post_job (self, work, TRUE);
  result = work->func (self, &progress, work->data, &error);
  post_job (self, work, FALSE);
  if (error != NULL)
    g_task_return_error (work->task, error);
  else
    g_task_return_pointer (work->task, result, work->destroy_result);
}

static gpointer
worker_main (gpointer data)
{
  RubisSession *self = data; /* (unowned) joined before it goes */

  for (;;)
    {
      Work *work = g_async_queue_pop (self->works);
      gboolean stop = work->task == NULL;

      if (!stop)
        do_work (self, work);
      work_free (work);
      if (stop)
        return NULL;
    }
}

void
rubis_session_run_async (RubisSession *self, const char *title, RubisWorkFunc func, gpointer data,
                         GDestroyNotify destroy_data, GDestroyNotify destroy_result, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GCancellable) own = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  Work *work = g_new0 (Work, 1);

  work->task = g_task_new (self, own, callback, user_data);
  /* The work is done when it is done: what it wrote is reported even if it was cancelled late. */
  g_task_set_check_cancellable (work->task, FALSE);
  work->func = func;
  work->data = data;
  work->destroy_data = destroy_data;
  work->destroy_result = destroy_result;
  work->title = g_strdup (title);
  if (self->worker == NULL)
    self->worker = g_thread_new ("rubis-worker", worker_main, self);
  g_async_queue_push (self->works, work);
}

gpointer
rubis_session_run_finish (RubisSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rubis_session_cancel_job (RubisSession *self)
{
  if (self->job_cancellable != NULL)
    g_cancellable_cancel (self->job_cancellable);
}

static gboolean
emit_changed (gpointer data)
{
  RubisSession *self = data;

  g_atomic_int_set (&self->change_pending, 0);
  g_signal_emit (self, signals[CHANGED], 0);
  for (int i = PROP_CAN_UNDO; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  return G_SOURCE_REMOVE;
}

/* The source holds the session weakly: without a main loop it must not keep the dossier open. */
static gboolean
emit_changed_weakly (gpointer data)
{
  g_autoptr(RubisSession) self = g_weak_ref_get (data);

  return self != NULL ? emit_changed (self) : G_SOURCE_REMOVE;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

void
rubis_session_mark_changed (RubisSession *self)
{
  GWeakRef *weak;

  if (!g_atomic_int_compare_and_exchange (&self->change_pending, 0, 1))
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_idle_add_full (G_PRIORITY_DEFAULT, emit_changed_weakly, weak, weak_ref_free);
}

/* --- Edits ---------------------------------------------------------------------------------- */

/* @lost: (nullable) the edit was swapped but not written: it does not hold what it should any more. */
static gboolean
apply_edit (RubisSession *self, RubisEdit *edit, gboolean *lost, GError **error)
{
  if (self->store == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The dossier is closed."));
      return FALSE;
    }
  if (!rubis_store_begin (self->store, error))
    return FALSE;
  if (!edit->swap (self, self->store, edit, error))
    {
      rubis_store_rollback (self->store);
      return FALSE;
    }
  if (rubis_store_commit (self->store, error))
    return TRUE;
  if (lost != NULL)
    *lost = TRUE;
  return FALSE;
}

gboolean
rubis_session_do_edit (RubisSession *self, RubisEdit *edit, GError **error)
{
  gboolean done;

  g_rec_mutex_lock (&self->mutex);
  done = apply_edit (self, edit, NULL, error);
  if (done)
    {
      g_ptr_array_set_size (self->redo, 0);
      g_ptr_array_add (self->undo, edit);
      if (self->undo->len > MAX_EDITS)
        g_ptr_array_remove_index (self->undo, 0);
    }
  else
    edit_free (edit);
  g_rec_mutex_unlock (&self->mutex);
  if (done)
    rubis_session_mark_changed (self);
  return done;
}

/* Undoing applies the edit, which holds the state before; it then holds the state after. */
static char *
move_edit (RubisSession *self, GPtrArray *from, GPtrArray *to, const char *nothing, GError **error)
{
  char *label = NULL;

  g_rec_mutex_lock (&self->mutex);
  if (from->len == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, nothing);
  else
    {
      RubisEdit *edit = g_ptr_array_index (from, from->len - 1);
      gboolean lost = FALSE;

      if (apply_edit (self, edit, &lost, error))
        {
          g_ptr_array_add (to, g_ptr_array_steal_index (from, from->len - 1));
          label = g_strdup (edit->label);
        }
      else if (lost)
        g_ptr_array_set_size (from, (int) from->len - 1);
    }
  g_rec_mutex_unlock (&self->mutex);
  if (label != NULL)
    rubis_session_mark_changed (self);
  return label;
}

char *
rubis_session_undo (RubisSession *self, GError **error)
{
  return move_edit (self, self->undo, self->redo, _("There is nothing to undo."), error);
}

char *
rubis_session_redo (RubisSession *self, GError **error)
{
  return move_edit (self, self->redo, self->undo, _("There is nothing to redo."), error);
}

void
rubis_session_forget_edits (RubisSession *self)
{
  g_rec_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  g_rec_mutex_unlock (&self->mutex);
}
