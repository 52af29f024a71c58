/* The main window: opening dossiers, dropping and importing files. */
#include "rubis-window-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-company-dialog.h"
#include "rubis-copies-dialog.h"
#include "rubis-demo-dialog.h"
#include "rubis-import-copies.h"
#include "rubis-import-dialog.h"
#include "rubis-ui.h"

typedef struct {
  char *path;
  RubisDate today;
} OpenRequest;

static void
open_request_free (gpointer data)
{
  OpenRequest *self = data;

  g_free (self->path);
  g_free (self);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenRequest *request = data;
  g_autoptr(GError) error = NULL;
  RubisSession *session = rubis_session_open (request->path, request->today, &error);

  if (session == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, session, g_object_unref);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RubisWindow *self = RUBIS_WINDOW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisSession) session = g_task_propagate_pointer (G_TASK (result), &error);

  self->opening = FALSE;
  if (session != NULL)
    {
      rubis_window_set_session (self, session);
      return;
    }
  g_clear_pointer (&self->pending_paths, g_ptr_array_unref);
  gtk_stack_set_visible_child_name (self->stack, self->session != NULL ? "dossier" : "start");
  rubis_ui_show_error (GTK_WIDGET (self), _("The Dossier Could Not Be Opened"), error, TRUE);
}

void
rubis_window_open (RubisWindow *self, const char *path)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *name = NULL;
  OpenRequest *request;

  g_return_if_fail (RUBIS_IS_WINDOW (self));
  g_return_if_fail (path != NULL);

  if (self->session != NULL && g_strcmp0 (rubis_session_get_path (self->session), path) == 0)
    return;
  request = g_new0 (OpenRequest, 1);
  request->path = g_strdup (path);
  request->today = self->today;
  name = g_filename_display_basename (path);
  adw_status_page_set_description (self->opening_page, name);
  if (self->session == NULL)
    gtk_stack_set_visible_child_name (self->stack, "opening");
  self->opening = TRUE;
  task = g_task_new (self, self->cancellable, opened_cb, NULL);
  g_task_set_source_tag (task, rubis_window_open);
  g_task_set_task_data (task, request, open_request_free);
  g_task_run_in_thread (task, open_thread);
}

static void
created_cb (RubisSession *session, gpointer user_data)
{
  rubis_window_set_session (RUBIS_WINDOW (user_data), session);
}

void
rubis_window_ask_new (RubisWindow *self)
{
  rubis_company_dialog_present_new (GTK_WINDOW (self), self->today, created_cb, self);
}

void
rubis_window_ask_demo (RubisWindow *self)
{
  rubis_demo_dialog_present (GTK_WINDOW (self), NULL, self->today, created_cb, self);
}

static void
dossier_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr(RubisWindow) self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        rubis_window_open (self, path);
    }
  g_object_unref (dialog);
}

void
rubis_window_choose_dossier (RubisWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Open a Dossier"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Rubis dossiers"));
  gtk_file_filter_add_suffix (filter, "rubis");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (dossier_chosen_cb), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
copies_kept_cb (RubisWindow *self, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u copy of an invoice kept", "%u copies of invoices kept", n), n);

  rubis_window_toast (self, text, TRUE);
}

static void
present_copies (RubisWindow *self, GPtrArray *pdfs)
{
  RubisCopiesDialog *dialog = rubis_copies_dialog_present (GTK_WINDOW (self), self->session, pdfs);

  g_signal_connect_object (dialog, "kept", G_CALLBACK (copies_kept_cb), self, G_CONNECT_SWAPPED);
}

/* Copies that wait until the tables beside them are imported. */
typedef struct {
  RubisWindow *window;    /* (owned) */
  RubisSession *session;  /* (owned) the dossier that they were dropped on */
  GPtrArray *pdfs;        /* (owned) */
} WaitingCopies;

static void
waiting_copies_free (gpointer data, GClosure *closure)
{
  WaitingCopies *waiting = data;

  g_object_unref (waiting->window);
  g_object_unref (waiting->session);
  g_ptr_array_unref (waiting->pdfs);
  g_free (waiting);
}

static void
tables_closed_cb (GtkWidget *dialog, gpointer user_data)
{
  WaitingCopies *waiting = user_data;

  /* The window may have been closed, or another dossier opened. */
  if (waiting->window->session == waiting->session)
    present_copies (waiting->window, waiting->pdfs);
}

/* Tables come first: then the copies find the items that these bring. */
static void
import_now (RubisWindow *self, GPtrArray *paths)
{
  g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) pdfs = g_ptr_array_new_with_free_func (g_free);
  GtkWindow *dialog;
  WaitingCopies *waiting;

  rubis_import_sort_paths (paths, tables, pdfs);
  if (tables->len == 0)
    {
      present_copies (self, pdfs);
      return;
    }
  dialog = rubis_import_dialog_present (GTK_WINDOW (self), self->session, tables);
  if (pdfs->len == 0)
    return;
  waiting = g_new0 (WaitingCopies, 1);
  waiting->window = g_object_ref (self);
  waiting->session = g_object_ref (self->session);
  waiting->pdfs = g_steal_pointer (&pdfs);
  g_signal_connect_data (dialog, "unmap", G_CALLBACK (tables_closed_cb), waiting, waiting_copies_free, 0);
}

/* Without a dossier the files wait until there is one. */
void
rubis_window_import_paths (RubisWindow *self, GPtrArray *paths)
{
  if (self->session != NULL && !self->opening)
    {
      import_now (self, paths);
      return;
    }
  g_clear_pointer (&self->pending_paths, g_ptr_array_unref);
  self->pending_paths = g_ptr_array_ref (paths);
  if (self->opening)
    return;
  rubis_window_toast (self, _("First the company that is owed: then your file is read"), FALSE);
  rubis_window_ask_new (self);
}

void
rubis_window_take_files (RubisWindow *self, GPtrArray *paths)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (RUBIS_IS_WINDOW (self));
  g_return_if_fail (paths != NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = paths->pdata[i];

      if (g_str_has_suffix (path, ".rubis"))
        rubis_window_open (self, path);
      else
        g_ptr_array_add (others, g_strdup (path));
    }
  if (others->len > 0)
    rubis_window_import_paths (self, others);
}

static GdkDragAction
drop_enter_cb (RubisWindow *self)
{
  /* Scans of receipts are for the letters, not to be imported. */
  gtk_widget_set_visible (self->drop_area,
                          self->letters == NULL || !rubis_letters_page_takes_files (self->letters));
  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (RubisWindow *self)
{
  gtk_widget_set_visible (self->drop_area, FALSE);
}

static gboolean
drop_cb (RubisWindow *self, const GValue *value)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GSList *files = g_value_get_boxed (value);

  gtk_widget_set_visible (self->drop_area, FALSE);
  for (GSList *l = files; l != NULL; l = l->next)
    {
      char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  if (paths->len == 0)
    {
      rubis_window_toast (self, _("Only files on this computer can be read: save it first"), FALSE);
      return FALSE;
    }
  rubis_window_take_files (self, paths);
  return TRUE;
}

void
rubis_window_add_drop_target (RubisWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
rubis_window_update_recent (RubisWindow *self)
{
  g_auto(GStrv) recent = rubis_preferences_get_recent (self->preferences);

  rubis_start_page_set_recent (self->start_page, (const char *const *) recent);
  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; recent[i] != NULL && i < 8; i++)
    {
      g_autofree char *name = g_filename_display_basename (recent[i]);
      g_autoptr(GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "win.open-path", "s", recent[i]);
      g_menu_append_item (self->recent_menu, item);
    }
}
