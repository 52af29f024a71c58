#include "rubis-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-page.h"
#include "rubis-import-preview.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

struct _RubisImportDialog {
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *cancel_button;
  GtkWidget *import_button;
  GtkButton *next_button;
  GtkSpinner *small_spinner;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkLabel *working_label;
  GtkProgressBar *progress;
  RubisImportPage *page;
  AdwStatusPage *summary;
  AdwStatusPage *error;

  RubisSession *session;        /* (owned) */
  GPtrArray *paths;             /* (owned) (element-type utf8) */
  guint position;
  RubisImportPreview *preview;  /* (owned) (nullable) of the present file */
  GCancellable *cancellable;    /* (owned) (nullable) of the work in progress */
  gboolean writing;             /* the work in progress is the import itself */
  gboolean again;               /* the user changed something while the preview was computed */
  guint busy_id;                /* makes the page insensitive when the preview takes its time */
};

G_DEFINE_FINAL_TYPE (RubisImportDialog, rubis_import_dialog, ADW_TYPE_WINDOW)

static void open_file (RubisImportDialog *self);

static void
show_place (RubisImportDialog *self, const char *place)
{
  gboolean preview = g_str_equal (place, "preview");
  gboolean end = g_str_equal (place, "summary") || g_str_equal (place, "error");
  gboolean more = self->position + 1 < self->paths->len;

  gtk_stack_set_visible_child_name (self->stack, place);
  gtk_widget_set_visible (self->import_button, preview);
  gtk_widget_set_visible (self->cancel_button, !end || more);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), end);
  gtk_button_set_label (self->next_button, more ? _("_Next file") : _("_Close"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.undo", g_str_equal (place, "summary"));
  if (g_str_equal (place, "working"))
    gtk_spinner_start (self->spinner);
  else
    gtk_spinner_stop (self->spinner);
}

static void
update_actions (RubisImportDialog *self)
{
  gboolean ready = self->cancellable == NULL && self->preview != NULL && rubis_import_page_is_ready (self->page);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", ready);
  gtk_widget_set_can_target (GTK_WIDGET (self->page), self->cancellable == NULL);
}

static void
show_title (RubisImportDialog *self)
{
  g_autofree char *base = g_path_get_basename (self->paths->pdata[self->position]);
  g_autofree char *text = self->paths->len > 1
                              ? g_strdup_printf ("%s · %u / %u", base, self->position + 1, self->paths->len)
                              : g_strdup (base);

  adw_window_title_set_subtitle (self->window_title, text);
}

static void
show_error (RubisImportDialog *self, const char *text)
{
  rubis_plain_set_description (self->error, text);
  show_place (self, "error");
}

/* --- preview --- */

static gpointer
preview_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_preview_import (session, data, progress, error));
}

static void preview_again (RubisImportDialog *self);

static gboolean
busy_cb (gpointer user_data)
{
  RubisImportDialog *self = user_data;

  self->busy_id = 0;
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), FALSE);
  return G_SOURCE_REMOVE;
}

/* What is being read must not be changed; a short reading is not worth a flicker. */
static void
set_busy (RubisImportDialog *self, gboolean busy)
{
  g_clear_handle_id (&self->busy_id, g_source_remove);
  if (busy)
    self->busy_id = g_timeout_add (150, busy_cb, self);
  else
    gtk_widget_set_sensitive (GTK_WIDGET (self->page), TRUE);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisImportDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->small_spinner);
  set_busy (self, FALSE);
  if (self->again)
    {
      preview_again (self);
      return;
    }
  if (rubis_plain_is_abandoned (result))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  rubis_import_page_show (self->page, self->preview, rubis_session_get_currency (self->session),
                          error != NULL ? error->message : NULL);
  show_place (self, "preview");
  update_actions (self);
}

static void
preview_again (RubisImportDialog *self)
{
  self->again = FALSE;
  self->writing = FALSE;
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->small_spinner);
  set_busy (self, TRUE);
  rubis_session_run_async (self->session, _("Computing the preview"), preview_work, g_object_ref (self->preview),
                           g_object_unref, NULL, self->cancellable, previewed_cb, g_object_ref (self));
  update_actions (self);
}

static void
changed_cb (RubisImportDialog *self)
{
  /* While the file is read the pointer is kept away from the page; a key may still change it: the
   * reading starts again then.
   */
  if (self->cancellable != NULL)
    {
      self->again = TRUE;
      g_cancellable_cancel (self->cancellable);
      return;
    }
  self->preview->options.force = FALSE;
  preview_again (self);
}

/* --- opening --- */

static gpointer
open_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  g_autoptr(RubisImportPreview) preview = rubis_session_open_import (session, data, error);

  return g_steal_pointer (&preview);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisImportDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  RubisImportPreview *preview = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL)
    {
      g_clear_object (&preview);
      return;
    }
  g_clear_object (&self->cancellable);
  if (preview != NULL)
    {
      self->preview = preview;
      gtk_label_set_label (self->working_label, _("Computing the preview"));
      preview_again (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_window_close (GTK_WINDOW (self));
  else
    show_error (self, error->message);
}

static void
open_file (RubisImportDialog *self)
{
  g_clear_object (&self->preview);
  self->writing = FALSE;
  self->cancellable = g_cancellable_new ();
  show_title (self);
  gtk_label_set_label (self->working_label, _("Reading the file"));
  show_place (self, "working");
  update_actions (self);
  rubis_session_run_async (self->session, _("Reading the file"), open_work,
                           g_strdup (self->paths->pdata[self->position]), g_free, g_object_unref, self->cancellable,
                           opened_cb, g_object_ref (self));
}

/* --- importing --- */

static void
show_summary (RubisImportDialog *self)
{
  RubisImportPreview *preview = self->preview;
  RubisCurrency none = { "" };
  g_autofree char *n_new = rubis_ui_format_count (preview->n_new);
  g_autofree char *n_changed = rubis_ui_format_count (preview->n_changed);
  g_autofree char *n_cleared = rubis_ui_format_count (preview->n_cleared);
  g_autofree char *n_rejected = rubis_ui_format_count (preview->n_rejected);
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, _("New: %s. Changed: %s. Cleared: %s. Rejected: %s."), n_new, n_changed, n_cleared,
                          n_rejected);
  for (guint i = 0; i < preview->amounts->len; i++)
    {
      RubisImportAmount *amount = &g_array_index (preview->amounts, RubisImportAmount, i);
      g_autofree char *before = rubis_ui_format_amount (amount->before, amount->currency, none);
      g_autofree char *after = rubis_ui_format_amount (amount->after, amount->currency, none);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, _("Outstanding: %s before, %s now."), before, after);
    }
  adw_status_page_set_title (self->summary, _("Imported"));
  adw_status_page_set_icon_name (self->summary, "emblem-ok-symbolic");
  rubis_plain_set_description (self->summary, text->str);
  show_place (self, "summary");
  gtk_widget_grab_focus (GTK_WIDGET (self->next_button));
}

static gpointer
apply_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_apply_import (session, data, progress, error));
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisImportDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean cancelled;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (error == NULL)
    {
      show_summary (self);
      update_actions (self);
      return;
    }
  cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  rubis_import_page_show (self->page, self->preview, rubis_session_get_currency (self->session),
                          cancelled ? NULL : error->message);
  show_place (self, "preview");
  update_actions (self);
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisImportDialog *self = RUBIS_IMPORT_DIALOG (widget);

  self->writing = TRUE;
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->working_label, _("Importing"));
  show_place (self, "working");
  update_actions (self);
  rubis_session_run_async (self->session, _("Importing"), apply_work, g_object_ref (self->preview), g_object_unref,
                           NULL, self->cancellable, applied_cb, g_object_ref (self));
}

static gpointer
undo_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_undo_import (session, *(gint64 *) data, error));
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisImportDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  if (error != NULL)
    {
      rubis_plain_set_description (self->summary, error->message);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.undo", TRUE);
      return;
    }
  adw_status_page_set_title (self->summary, _("Taken back"));
  adw_status_page_set_icon_name (self->summary, "edit-undo-symbolic");
  adw_status_page_set_description (self->summary, _("The dossier is as it was before this file."));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisImportDialog *self = RUBIS_IMPORT_DIALOG (widget);

  gtk_widget_action_set_enabled (widget, "import.undo", FALSE);
  rubis_session_run_async (self->session, _("Taking the import back"), undo_work,
                           g_memdup2 (&self->preview->batch_id, sizeof self->preview->batch_id), g_free, NULL, NULL,
                           undone_cb, g_object_ref (self));
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisImportDialog *self = RUBIS_IMPORT_DIALOG (widget);

  if (self->position + 1 >= self->paths->len)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  self->position++;
  open_file (self);
}

static void
cancel_cb (RubisImportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_request_cb (RubisImportDialog *self)
{
  /* The import ends by itself, done or cancelled; then the window may be closed. */
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  return self->writing && self->cancellable != NULL ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
rubis_import_dialog_dispose (GObject *object)
{
  RubisImportDialog *self = RUBIS_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->busy_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->preview);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_import_dialog_parent_class)->dispose (object);
}

static void
rubis_import_dialog_class_init (RubisImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_import_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "import.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, next_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "import.apply", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "import.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_type_ensure (RUBIS_TYPE_IMPORT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, next_button);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, small_spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, working_label);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, page);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, RubisImportDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
rubis_import_dialog_init (RubisImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  g_signal_connect_object (self->page, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "ready", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
}

GtkWindow *
rubis_import_dialog_present (GtkWindow *parent, RubisSession *session, GPtrArray *paths)
{
  RubisImportDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);
  g_return_val_if_fail (paths != NULL && paths->len > 0, NULL);

  self = g_object_new (RUBIS_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (self->paths, g_strdup (paths->pdata[i]));
  g_object_bind_property (session, "job-fraction", self->progress, "fraction", G_BINDING_SYNC_CREATE);
  open_file (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

/* What rubis_import_dialog_choose() needs until files are chosen. */
typedef struct {
  GtkWindow *parent;           /* (owned) */
  RubisImportChosenFunc func;
} Choosing;

static void
chosen_cb (GtkNativeDialog *dialog, int response, Choosing *choosing)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(GFile) file = g_list_model_get_item (files, i);

          if (g_file_peek_path (file) != NULL)
            g_ptr_array_add (paths, g_file_get_path (file));
        }
      if (paths->len > 0)
        choosing->func (choosing->parent, paths);
    }
  g_object_unref (choosing->parent);
  g_free (choosing);
  g_object_unref (dialog);
}

void
rubis_import_dialog_choose (GtkWindow *parent, RubisImportChosenFunc func)
{
  GtkFileChooserNative *dialog;
  g_autoptr(GtkFileFilter) known = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();
  Choosing *choosing;

  g_return_if_fail (GTK_IS_WINDOW (parent) && func != NULL);

  dialog = gtk_file_chooser_native_new (_("Import files"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);
  gtk_file_filter_set_name (known, _("Exports (CSV, text, Excel, FEC) and copies of invoices (PDF)"));
  gtk_file_filter_add_suffix (known, "csv");
  gtk_file_filter_add_suffix (known, "txt");
  gtk_file_filter_add_suffix (known, "tsv");
  gtk_file_filter_add_suffix (known, "xlsx");
  gtk_file_filter_add_suffix (known, "fec");
  gtk_file_filter_add_suffix (known, "pdf");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), known);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  choosing = g_new0 (Choosing, 1);
  choosing->parent = g_object_ref (parent);
  choosing->func = func;
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), choosing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
