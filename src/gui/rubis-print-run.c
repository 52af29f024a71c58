#include "rubis-print-run.h"

#include <glib/gi18n-lib.h>

#include "rubis-post-job.h"

/* Letters on their way; owned by its task. */
typedef struct
{
  GtkWindow *parent;     /* (owned) (nullable) */
  RubisSession *session; /* (owned) */
  GArray *document_ids;  /* (owned) */
  char *title;
  char *printer;
  GtkPrintSettings *settings; /* (owned) */
  RubisPrintSides sides;
  RubisPostJob *job; /* (owned) (nullable) once joined */
  gint64 job_id;     /* 0: not begun */
  gboolean printed;
  GError *trouble; /* (owned) (nullable) why nothing was printed */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_object (&errand->parent);
  g_clear_object (&errand->session);
  g_clear_object (&errand->settings);
  g_clear_pointer (&errand->document_ids, g_array_unref);
  g_clear_pointer (&errand->job, rubis_post_job_free);
  g_clear_error (&errand->trouble);
  g_free (errand->title);
  g_free (errand->printer);
  g_free (errand);
}

GArray *
rubis_print_run_list_letters (const RubisRunReport *report)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < report->done->len; i++)
    {
      const RubisRunEntry *entry = g_ptr_array_index (report->done, i);

      if (entry->channel == RUBIS_CHANNEL_LETTER || entry->channel == RUBIS_CHANNEL_REGISTERED)
        g_array_append_val (ids, entry->document_id);
    }
  return ids;
}

void
rubis_print_run_show_post (GtkWindow *parent)
{
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.place", "s", "letters/post");
}

static void
fail (GTask *task, const char *reason, const char *what_now)
{
  g_task_return_new_error (task, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_TROUBLE, "%s%s%s", reason,
                           *reason != '\0' ? " " : "", what_now);
}

/* @error: (nullable) */
static void
fail_waiting (GTask *task, const GError *error)
{
  Errand *errand = g_task_get_task_data (task);
  gboolean told = error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  fail (task, told ? error->message : "",
        ngettext ("The letter waits under Letters, To post.", "The letters wait under Letters, To post.",
                  errand->document_ids->len));
}

/* @reason: "" when the user did not wait for the printer */
static void
fail_unknown (GTask *task, const char *reason)
{
  fail (task, reason,
        _ ("The printer has the letters, and nobody has said how they came out: say it under Letters, To "
           "post."));
}

static gpointer
answer_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Errand *errand = data;

  return rubis_session_end_print_job (session, errand->job_id, errand->printed, error) ? session : NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    fail_unknown (task, error->message);
  else if (errand->printed)
    g_task_return_pointer (task, g_ptr_array_ref (errand->job->left_out), (GDestroyNotify)g_ptr_array_unref);
  else
    fail_waiting (task, errand->trouble);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);

  errand->printed = rubis_print_letters_finish (result, NULL, &errand->trouble);
  if (g_error_matches (errand->trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail_unknown (task, "");
  else
    rubis_session_run_async (errand->session, NULL, answer_work, errand, NULL, NULL, NULL, answered_cb,
                             g_steal_pointer (&task));
}

static gpointer
begin_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Errand *errand = data;
  gboolean duplex = gtk_print_settings_get_duplex (errand->settings) != GTK_PRINT_DUPLEX_SIMPLEX;

  errand->job = rubis_session_join_documents (session, errand->document_ids, duplex, progress, error);
  if (errand->job == NULL)
    return NULL;
  errand->job_id = rubis_session_begin_print_job (session, errand->job, errand->printer,
                                                  gtk_print_settings_get_n_copies (errand->settings), error);
  return errand->job_id != 0 ? session : NULL;
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  const RubisPrintOrder order = { .title = errand->title,
                                  .printer = errand->printer,
                                  .settings = errand->settings,
                                  .sides = errand->sides,
                                  .one = errand->document_ids->len == 1 };

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (errand->job_id == 0)
    fail_waiting (task, error);
  else
    rubis_print_letters (errand->parent, errand->job->pdf, &order, g_task_get_cancellable (task), printed_cb,
                         g_object_ref (task));
}

void
rubis_print_run (GtkWindow *parent, RubisSession *session, GArray *document_ids, const RubisPrintOrder *order,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Errand *errand;

  g_return_if_fail (RUBIS_IS_SESSION (session) && document_ids != NULL);
  g_return_if_fail (order != NULL && order->printer != NULL && order->settings != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rubis_print_run);
  /* The answer says more than that it was cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  errand = g_new0 (Errand, 1);
  errand->parent = parent != NULL ? g_object_ref (parent) : NULL;
  errand->session = g_object_ref (session);
  errand->document_ids = g_array_ref (document_ids);
  errand->title = g_strdup (order->title);
  errand->printer = g_strdup (order->printer);
  errand->settings = gtk_print_settings_copy (order->settings);
  errand->sides = order->sides;
  rubis_print_settings_set_sides (errand->settings, errand->sides);
  g_task_set_task_data (task, errand, errand_free);
  rubis_session_run_async (session, _ ("Writing the letters"), begin_work, errand, NULL, NULL, cancellable,
                           begun_cb, task);
}

GPtrArray *
rubis_print_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
