#include "rubis-template-actions.h"

#include <glib/gi18n-lib.h>

#include "rubis-template-editing.h"
#include "rubis-template-files.h"
#include "rubis-ui.h"

/* One piece of work: what it is about, and what to say when it is done. */
typedef struct {
  GtkWidget *widget;  /* (owned) */
  RubisSession *session; /* (owned) */
  char *id;
  char *language;
  char *name;
  char *new_language;
  char *path;
  GPtrArray *paths;   /* (nullable) (element-type utf8) NULL-terminated */
  gboolean withdrawn;
  char *new_id;       /* of a copy */
  int n;              /* templates written or read */
  RubisTemplateCreated created;
} Task;

static Task *
task_new (GtkWidget *widget, RubisSession *session, const char *id, const char *language)
{
  Task *task = g_new0 (Task, 1);

  task->widget = g_object_ref (widget);
  task->session = g_object_ref (session);
  task->id = g_strdup (id);
  task->language = g_strdup (language);
  return task;
}

static void
task_free (gpointer data)
{
  Task *task = data;

  g_object_unref (task->widget);
  g_object_unref (task->session);
  g_free (task->id);
  g_free (task->language);
  g_free (task->name);
  g_free (task->new_language);
  g_free (task->path);
  g_free (task->new_id);
  g_clear_pointer (&task->paths, g_ptr_array_unref);
  g_free (task);
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* --- export --- */

static gpointer
export_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Task *task = data;

  if (task->id == NULL)
    {
      task->n = rubis_session_export_templates (session, task->path, error);
      return task->n >= 0 ? task : NULL;
    }
  task->n = 1;
  return rubis_session_export_template (session, task->id, task->language, task->path, error) ? task : NULL;
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Task *task = user_data;
  g_autoptr(GError) error = NULL;

  if (rubis_session_run_finish (RUBIS_SESSION (source), result, &error) == NULL)
    rubis_ui_show_error (task->widget, _("Not Exported"), error, TRUE);
  else
    {
      g_autofree char *text
        = g_strdup_printf (ngettext ("%d template written to %s", "%d templates written to %s", (gulong) task->n),
                           task->n, task->path);

      rubis_ui_toast (task->widget, text, FALSE);
    }
  task_free (task);
}

static void
export_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Task *task = user_data;
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  task->path = file != NULL ? g_file_get_path (file) : NULL;
  if (task->path != NULL)
    rubis_session_run_async (task->session, NULL, export_work, task, NULL, NULL, NULL, exported_cb, task);
  else
    task_free (task);
  g_object_unref (dialog);
}

static void
show_dialog (GtkFileChooserNative *dialog, GCallback response_cb, Task *task)
{
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", response_cb, task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
rubis_template_actions_export (GtkWidget *widget, RubisSession *session, const char *id, const char *language)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Export the Template"), get_window (widget),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s.md", id, language);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  show_dialog (dialog, G_CALLBACK (export_response_cb), task_new (widget, session, id, language));
}

void
rubis_template_actions_export_all (GtkWidget *widget, RubisSession *session)
{
  GtkFileChooserNative *dialog
    = gtk_file_chooser_native_new (_("Folder for All Templates"), get_window (widget),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Export"), NULL);

  show_dialog (dialog, G_CALLBACK (export_response_cb), task_new (widget, session, NULL, NULL));
}

/* --- import --- */

static gpointer
import_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Task *task = data;

  task->n = rubis_session_import_templates (session, (const char *const *) task->paths->pdata, error);
  return task->n >= 0 ? task : NULL;
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Task *task = user_data;
  g_autoptr(GError) error = NULL;

  if (rubis_session_run_finish (RUBIS_SESSION (source), result, &error) == NULL)
    rubis_ui_show_error (task->widget, _("Nothing Was Imported"), error, TRUE);
  else
    {
      g_autofree char *text = task->n == 0
                                ? g_strdup (_("The dossier has these very templates already"))
                                : g_strdup_printf (ngettext ("%d template imported", "%d templates imported",
                                                             (gulong) task->n),
                                                   task->n);

      rubis_ui_toast (task->widget, text, task->n > 0);
    }
  task_free (task);
}

static void
import_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Task *task = user_data;
  g_autoptr(GListModel) files = NULL;

  task->paths = g_ptr_array_new_with_free_func (g_free);
  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);
      char *path = g_file_get_path (file);

      if (path != NULL)
        g_ptr_array_add (task->paths, path);
    }
  if (task->paths->len > 0)
    {
      g_ptr_array_add (task->paths, NULL);
      rubis_session_run_async (task->session, NULL, import_work, task, NULL, NULL, NULL, imported_cb, task);
    }
  else
    task_free (task);
  g_object_unref (dialog);
}

void
rubis_template_actions_import (GtkWidget *widget, RubisSession *session)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Import Templates"), get_window (widget),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Templates"));
  gtk_file_filter_add_suffix (filter, "md");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  show_dialog (dialog, G_CALLBACK (import_response_cb), task_new (widget, session, NULL, NULL));
}

/* --- withdrawing and copies --- */

static gpointer
withdraw_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Task *task = data;

  return rubis_session_withdraw_template (session, task->id, task->language, task->withdrawn, error) ? task : NULL;
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Task *task = user_data;
  g_autoptr(GError) error = NULL;

  if (rubis_session_run_finish (RUBIS_SESSION (source), result, &error) == NULL)
    rubis_ui_show_error (task->widget, _("Not Withdrawn"), error, TRUE);
  else
    rubis_ui_toast (task->widget, task->withdrawn ? _("Template withdrawn") : _("Template offered again"), TRUE);
  task_free (task);
}

void
rubis_template_actions_withdraw (GtkWidget *widget, RubisSession *session, const char *id, const char *language,
                                 gboolean withdrawn)
{
  Task *task = task_new (widget, session, id, language);

  task->withdrawn = withdrawn;
  rubis_session_run_async (session, NULL, withdraw_work, task, NULL, NULL, NULL, withdrawn_cb, task);
}

static gpointer
copy_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Task *task = data;

  task->new_id
    = rubis_session_copy_template (session, task->id, task->language, task->name, task->new_language, error);
  return task->new_id != NULL ? task : NULL;
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Task *task = user_data;
  g_autoptr(GError) error = NULL;

  if (rubis_session_run_finish (RUBIS_SESSION (source), result, &error) == NULL)
    rubis_ui_show_error (task->widget, _("No New Template"), error, TRUE);
  else
    {
      rubis_ui_toast (task->widget, _("New template made"), TRUE);
      if (task->created != NULL)
        task->created (task->widget, task->new_id, task->new_language);
    }
  task_free (task);
}

void
rubis_template_actions_copy (GtkWidget *widget, RubisSession *session, const char *id, const char *language,
                             const char *name, const char *new_language, RubisTemplateCreated created)
{
  Task *task = task_new (widget, session, id, language);

  task->name = g_strdup (name);
  task->new_language = g_strdup (new_language);
  task->created = created;
  rubis_session_run_async (session, NULL, copy_work, task, NULL, NULL, NULL, copied_cb, task);
}
