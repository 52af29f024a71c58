#include "rubis-demo-dialog.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-demo.h"
#include "rubis-ui.h"

struct _RubisDemoDialog {
  AdwWindow parent_instance;

  GtkLabel *title;
  GtkLabel *text;
  GtkProgressBar *progress;
  GtkButton *button;

  GCancellable *cancellable; /* (owned) */
  RubisSessionFunc created;
  gpointer created_data;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (RubisDemoDialog, rubis_demo_dialog, ADW_TYPE_WINDOW)

/* What the thread needs. */
typedef struct {
  RubisDemoDialog *dialog; /* (unowned) kept alive by the task */
  char *path;
  RubisDate today;
} Work;

/* How far the thread is, on its way to the main thread. */
typedef struct {
  RubisDemoDialog *dialog; /* (owned) */
  double fraction;
  char *text;
} Report;

static void
work_free (Work *work)
{
  g_free (work->path);
  g_free (work);
}

static void
report_free (Report *report)
{
  g_object_unref (report->dialog);
  g_free (report->text);
  g_free (report);
}

static gboolean
report_cb (gpointer data)
{
  Report *report = data;

  if (report->dialog->closed)
    return G_SOURCE_REMOVE;
  if (report->fraction < 0)
    gtk_progress_bar_pulse (report->dialog->progress);
  else
    gtk_progress_bar_set_fraction (report->dialog->progress, MIN (report->fraction, 1));
  if (report->text != NULL && *report->text != '\0')
    gtk_label_set_label (report->dialog->text, report->text);
  return G_SOURCE_REMOVE;
}

/* Called in the thread. */
static void
progress_cb (double fraction, const char *text, gpointer user_data)
{
  Report *report = g_new0 (Report, 1);

  report->dialog = g_object_ref (user_data);
  report->fraction = fraction;
  report->text = g_strdup (text);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, report_cb, report, (GDestroyNotify) report_free);
}

static void
create_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  RubisProgress progress = { progress_cb, work->dialog, cancellable };
  g_autofree char *folder = g_path_get_dirname (work->path);
  GError *error = NULL;
  RubisSession *session;

  g_mkdir_with_parents (folder, 0700);
  if (g_file_test (work->path, G_FILE_TEST_EXISTS))
    session = rubis_session_open (work->path, work->today, &error);
  else
    session = rubis_session_create_demo (work->path, work->today, &progress, &error);
  if (session != NULL)
    g_task_return_pointer (task, session, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RubisDemoDialog *self = RUBIS_DEMO_DIALOG (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisSession) session = g_task_propagate_pointer (G_TASK (result), &error);
  RubisSessionFunc created = self->created;
  gpointer created_data = self->created_data;

  if (self->closed)
    return;
  if (session == NULL)
    {
      gtk_label_set_label (self->title, _("The demonstration could not be made"));
      gtk_label_set_label (self->text, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
      gtk_button_set_label (self->button, _("_Close"));
      return;
    }
  gtk_window_destroy (GTK_WINDOW (self));
  if (created != NULL)
    created (session, created_data);
}

static gboolean
close_request_cb (RubisDemoDialog *self)
{
  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  return GDK_EVENT_PROPAGATE;
}

static void
rubis_demo_dialog_dispose (GObject *object)
{
  RubisDemoDialog *self = RUBIS_DEMO_DIALOG (object);

  self->closed = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_DEMO_DIALOG);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (rubis_demo_dialog_parent_class)->dispose (object);
}

static void
rubis_demo_dialog_class_init (RubisDemoDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_demo_dialog_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-demo-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisDemoDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RubisDemoDialog, text);
  gtk_widget_class_bind_template_child (widget_class, RubisDemoDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, RubisDemoDialog, button);
}

static void
rubis_demo_dialog_init (RubisDemoDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

GtkWindow *
rubis_demo_dialog_present (GtkWindow *parent, const char *path, RubisDate today, RubisSessionFunc created,
                           gpointer user_data)
{
  RubisDemoDialog *self = g_object_new (RUBIS_TYPE_DEMO_DIALOG, "transient-for", parent, NULL);
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, created_cb, NULL);
  Work *work = g_new0 (Work, 1);

  self->created = created;
  self->created_data = user_data;
  work->dialog = self;
  work->path = path != NULL ? g_strdup (path) : g_build_filename (g_get_user_data_dir (), "rubis", "demo.rubis", NULL);
  work->today = today;
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, create_thread);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
