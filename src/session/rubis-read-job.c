#include "rubis-read-job.h"

struct _RubisReadJob {
  gatomicrefcount ref_count;
  RubisSession *session;     /* (owned) */
  RubisReadFunc func;
  gpointer data;             /* (owned) */
  GDestroyNotify destroy_data;
  GDestroyNotify destroy_result;
  RubisReadDone done;        /* main thread; NULL once ended */
  gpointer owner;            /* (unowned) */
  GMutex mutex;
  RubisDatabase *reader;     /* (unowned) (nullable) the connection at work; under @mutex */
  gboolean cancelled;        /* under @mutex */
};

static void
read_job_unref (gpointer data)
{
  RubisReadJob *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->session);
  if (self->destroy_data != NULL)
    self->destroy_data (self->data);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* The connection is taken and given back under the lock, so that nobody else's query is interrupted.
 * FALSE when the job was ended meanwhile.
 */
static gboolean
set_reader (RubisReadJob *self, RubisDatabase *reader)
{
  gboolean cancelled;

  g_mutex_lock (&self->mutex);
  self->reader = reader;
  cancelled = self->cancelled;
  g_mutex_unlock (&self->mutex);
  return !cancelled;
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RubisReadJob *self = data;
  g_autoptr(GError) error = NULL;
  RubisDatabase *reader = rubis_session_take_reader (self->session, &error);
  gpointer result = NULL;

  if (reader != NULL)
    {
      if (set_reader (self, reader) && rubis_database_begin_read (reader, &error))
        {
          result = self->func (reader, self->data, &error);
          rubis_database_end_read (reader);
        }
      set_reader (self, NULL);
      rubis_session_return_reader (self->session, reader);
    }
  if (error != NULL && !g_error_matches (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_CANCELLED)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_message ("The dossier could not be read: %s", error->message);
  g_task_return_pointer (task, result, self->destroy_result);
}

static void
job_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RubisReadJob *self = g_task_get_task_data (G_TASK (result));

  /* A result that nobody takes is freed with the task. */
  if (self->done != NULL)
    self->done (g_task_propagate_pointer (G_TASK (result), NULL), self->owner);
}

RubisReadJob *
rubis_read_job_start (RubisSession *session, RubisReadFunc func, gpointer data, GDestroyNotify destroy_data,
                      GDestroyNotify destroy_result, RubisReadDone done, gpointer owner)
{
  RubisReadJob *self = g_new0 (RubisReadJob, 1);
  g_autoptr(GTask) task = g_task_new (NULL, NULL, job_done, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->session = g_object_ref (session);
  self->func = func;
  self->data = data;
  self->destroy_data = destroy_data;
  self->destroy_result = destroy_result;
  self->done = done;
  self->owner = owner;
  g_atomic_ref_count_inc (&self->ref_count);
  g_task_set_task_data (task, self, read_job_unref);
  g_task_run_in_thread (task, run_job);
  return self;
}

void
rubis_read_job_end (RubisReadJob *self)
{
  self->done = NULL;
  g_mutex_lock (&self->mutex);
  self->cancelled = TRUE;
  if (self->reader != NULL)
    rubis_database_interrupt (self->reader);
  g_mutex_unlock (&self->mutex);
  read_job_unref (self);
}
