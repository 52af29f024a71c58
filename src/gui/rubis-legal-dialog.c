#include "rubis-legal-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-preview-window.h"
#include "rubis-ui.h"

G_DEFINE_FINAL_TYPE (RubisLegalDialog, rubis_legal_dialog, ADW_TYPE_WINDOW)

static void
omitted_free (gpointer data)
{
  RubisOmittedExhibit *self = data;

  g_free (self->key);
  g_free (self->title);
  g_free (self);
}

/* What a thread is asked for. */
typedef struct
{
  gint64 account_id;
  GArray *ids;    /* (owned) (nullable) NULL: all overdue ones */
  char *court;    /* (owned) (nullable) */
  char **without; /* (owned) keys of exhibits */
  gboolean force;
  char *path; /* (owned) (nullable) where to write; NULL: to look at */
  gboolean zip;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->court);
  g_strfreev (self->without);
  g_free (self->path);
  g_free (self);
}

/* The invoices that are ticked. */
static GArray *
list_ids (RubisLegalDialog *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->item_rows->len; i++)
    {
      gint64 *id = g_object_get_data (g_ptr_array_index (self->item_rows, i), "rubis-item");

      if (!g_hash_table_contains (self->left_out, id))
        g_array_append_val (ids, *id);
    }
  return ids;
}

static char **
list_without (RubisLegalDialog *self)
{
  char **keys = g_new0 (char *, self->without->len + 1);

  for (guint i = 0; i < self->without->len; i++)
    keys[i] = g_strdup (((RubisOmittedExhibit *)g_ptr_array_index (self->without, i))->key);
  return keys;
}

static Job *
job_new (RubisLegalDialog *self)
{
  Job *job = g_new0 (Job, 1);

  job->account_id = self->account_id;
  job->ids = self->item_rows->len > 0 ? list_ids (self) : NULL;
  job->court = g_strdup (self->court);
  job->without = list_without (self);
  job->force = gtk_check_button_get_active (self->force_check);
  return job;
}

static RubisLegalFile *
prepare (RubisSession *session, const Job *job, RubisProgress *progress, GError **error)
{
  RubisLegalRequest request = {
    .account_id = job->account_id,
    .item_ids = job->ids,
    .court = job->court,
    .without = (const char *const *)job->without,
    .force = job->force,
  };

  return rubis_session_prepare_legal_file (session, &request, progress, error);
}

static gpointer
prepare_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return prepare (session, data, progress, error);
}

/* Makes the file; with a path it is written there and the journal keeps its fingerprint. */
static gpointer
make_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Job *job = data;
  g_autoptr (RubisLegalFile) file = prepare (session, job, progress, error);
  g_autoptr (GBytes) content = NULL;
  g_autofree char *name = NULL;
  guint n_pages = 0;

  if (file == NULL)
    return NULL;
  content = job->zip ? rubis_session_make_legal_zip (session, file, &n_pages, error)
                     : rubis_session_make_legal_pdf (session, file, &n_pages, error);
  if (content == NULL || job->path == NULL)
    return g_steal_pointer (&content);
  name = g_path_get_basename (job->path);
  if (!g_file_set_contents (job->path, g_bytes_get_data (content, NULL), (gssize)g_bytes_get_size (content),
                            error)
      || !rubis_session_keep_legal_file (session, file, name, content, n_pages, error))
    return NULL;
  return g_steal_pointer (&content);
}

static gpointer
transmit_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Job *job = data;

  return GINT_TO_POINTER (rubis_session_transmit_items (session, job->ids, job->court, error));
}

void
rubis_legal_dialog_update_actions (RubisLegalDialog *self)
{
  gboolean blocked = self->file == NULL || rubis_legal_file_is_blocked (self->file);
  gboolean allowed = self->file != NULL && (!blocked || gtk_check_button_get_active (self->force_check));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "legal.preview", allowed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "legal.save-pdf", allowed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "legal.save-zip", allowed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "legal.transmit",
                                 self->file != NULL && self->item_rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->force_check), self->file != NULL && blocked);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLegalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisLegalFile *file = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    {
      g_clear_pointer (&file, rubis_legal_file_free);
      return;
    }
  g_clear_pointer (&self->file, rubis_legal_file_free);
  self->file = file;
  if (file != NULL)
    rubis_legal_dialog_fill (self);
  else
    {
      adw_status_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
      rubis_legal_dialog_update_actions (self);
    }
}

static void
cancel_load (RubisLegalDialog *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

void
rubis_legal_dialog_load (RubisLegalDialog *self)
{
  cancel_load (self);
  self->loading = g_cancellable_new ();
  rubis_ui_read_async (self->session, prepare_work, job_new (self), job_free,
                       (GDestroyNotify)rubis_legal_file_free, self->loading, prepared_cb,
                       g_object_ref (self));
}

static void
court_apply_cb (RubisLegalDialog *self)
{
  g_free (self->court);
  self->court = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->court_row)));
  rubis_legal_dialog_load (self);
}

static void
court_selected_cb (RubisLegalDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->court_combo);

  if (self->filling || self->file == NULL || selected == 0 || selected > self->file->courts->len)
    return;
  g_free (self->court);
  self->court = g_strdup (g_ptr_array_index (self->file->courts, selected - 1));
  rubis_legal_dialog_load (self);
}

static void
force_toggled_cb (RubisLegalDialog *self)
{
  rubis_legal_dialog_update_actions (self);
}

static void
preview_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLegalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autofree char *name = NULL;

  if (self->session == NULL)
    return;
  if (pdf == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The file could not be made"), error, TRUE);
      return;
    }
  name = g_strdup_printf ("%s %s.pdf", _ ("Legal file"), self->file != NULL ? self->file->account_code : "");
  gtk_window_present (GTK_WINDOW (rubis_preview_window_new_for_pdf (GTK_WINDOW (self), name, name, pdf)));
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisLegalDialog *self = RUBIS_LEGAL_DIALOG (widget);

  rubis_ui_read_async (self->session, make_work, job_new (self), job_free, (GDestroyNotify)g_bytes_unref,
                       NULL, preview_made_cb, g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLegalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (content == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("Not saved"), error, TRUE);
  else
    rubis_ui_toast (GTK_WIDGET (self), _ ("Legal file saved"), FALSE);
}

static void
save_response_cb (RubisLegalDialog *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      Job *job = job_new (self);

      job->path = g_file_get_path (file);
      job->zip = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "rubis-zip"));
      rubis_session_run_async (self->session, _ ("Legal file"), make_work, job, job_free,
                               (GDestroyNotify)g_bytes_unref, NULL, saved_cb, g_object_ref (self));
    }
  g_object_unref (dialog);
}

static void
ask_where (RubisLegalDialog *self, gboolean zip)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save the Legal File"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *name
      = g_strdup_printf ("%s %s.%s", _ ("Legal file"), self->file->account_code, zip ? "zip" : "pdf");

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data (G_OBJECT (dialog), "rubis-zip", GINT_TO_POINTER (zip));
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_where (RUBIS_LEGAL_DIALOG (widget), FALSE);
}

static void
save_zip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_where (RUBIS_LEGAL_DIALOG (widget), TRUE);
}

static void
transmitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLegalDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (rubis_session_run_finish (RUBIS_SESSION (source), result, &error) == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The change was not kept"), error, FALSE);
  else
    rubis_ui_toast (GTK_WIDGET (self), _ ("Handed over: reminders of these invoices stop"), TRUE);
}

static void
transmit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisLegalDialog *self = RUBIS_LEGAL_DIALOG (widget);

  rubis_session_run_async (self->session, NULL, transmit_work, job_new (self), job_free, NULL, NULL,
                           transmitted_cb, g_object_ref (self));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
rubis_legal_dialog_dispose (GObject *object)
{
  RubisLegalDialog *self = RUBIS_LEGAL_DIALOG (object);

  cancel_load (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->item_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_LEGAL_DIALOG);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_legal_dialog_parent_class)->dispose (object);
}

static void
rubis_legal_dialog_finalize (GObject *object)
{
  RubisLegalDialog *self = RUBIS_LEGAL_DIALOG (object);

  g_clear_pointer (&self->file, rubis_legal_file_free);
  g_hash_table_unref (self->left_out);
  g_ptr_array_unref (self->without);
  g_free (self->court);
  g_free (self->name);
  G_OBJECT_CLASS (rubis_legal_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-legal-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, principal_label);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, interest_label);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, indemnity_label);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, total_label);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, problem_group);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, item_group);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, exhibit_group);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, court_combo);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, court_row);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, force_check);
  gtk_widget_class_bind_template_callback (widget_class, court_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, court_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, force_toggled_cb);
}

static void
rubis_legal_dialog_class_init (RubisLegalDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_legal_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_legal_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "legal.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "legal.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "legal.save-pdf", NULL, save_pdf_action);
  gtk_widget_class_install_action (widget_class, "legal.save-zip", NULL, save_zip_action);
  gtk_widget_class_install_action (widget_class, "legal.transmit", NULL, transmit_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "legal.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "legal.preview", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "legal.save-zip", NULL);
  bind_template (widget_class);
}

static void
rubis_legal_dialog_init (RubisLegalDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->left_out = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->without = g_ptr_array_new_with_free_func (omitted_free);
  self->rows = g_ptr_array_new ();
  self->item_rows = g_ptr_array_new ();
  rubis_legal_dialog_update_actions (self);
}

GtkWindow *
rubis_legal_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id, const char *name)
{
  RubisLegalDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_LEGAL_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->account_id = account_id;
  self->name = g_strdup (name);
  adw_window_title_set_subtitle (self->window_title, name);
  g_signal_connect_object (session, "changed", G_CALLBACK (rubis_legal_dialog_load), self, G_CONNECT_SWAPPED);
  rubis_legal_dialog_load (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
