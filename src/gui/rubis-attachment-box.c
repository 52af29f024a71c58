#include "rubis-attachment-box.h"

#include <glib/gi18n-lib.h>

#include "rubis-attachments.h"
#include "rubis-disputes.h"
#include "rubis-preview-window.h"
#include "rubis-ui.h"

struct _RubisAttachmentBox
{
  AdwBin parent_instance;

  GtkExpander *expander;
  GtkListBox *list;
  GtkWidget *folder_button;
  GtkLabel *folder_label;

  RubisSession *session; /* (owned) (nullable) */
  gint64 account_id;
  gint64 dispute_id; /* 0: of the account */
};

G_DEFINE_FINAL_TYPE (RubisAttachmentBox, rubis_attachment_box, ADW_TYPE_BIN)

static void refresh (RubisAttachmentBox *self);

static GtkWindow *
get_window (RubisAttachmentBox *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
open_cb (RubisAttachmentBox *self, GtkWidget *button)
{
  gint64 id = *(gint64 *)g_object_get_data (G_OBJECT (button), "rubis-id");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = rubis_session_load_attachment (self->session, id, &name, &error);

  if (bytes == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The file cannot be opened"), error, FALSE);
  else if (!g_str_has_suffix (name, ".pdf") && !g_str_has_suffix (name, ".PDF"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-attachment", "x", id);
  else
    gtk_window_present (GTK_WINDOW (rubis_preview_window_new_for_pdf (get_window (self), name, name, bytes)));
}

static void
remove_cb (RubisAttachmentBox *self, GtkWidget *button)
{
  gint64 id = *(gint64 *)g_object_get_data (G_OBJECT (button), "rubis-id");
  g_autoptr (GError) error = NULL;

  if (!rubis_session_remove_attachment (self->session, id, &error))
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The file was not removed"), error, FALSE);
  else
    rubis_ui_toast (GTK_WIDGET (self), _ ("File removed"), TRUE);
  refresh (self);
}

static GtkWidget *
make_button (RubisAttachmentBox *self, const RubisAttachment *attachment, const char *icon,
             const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *label = g_strdup_printf ("%s: %s", tooltip, attachment->file_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "rubis-id", g_memdup2 (&attachment->id, sizeof attachment->id),
                          g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (label, text);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_row (RubisAttachmentBox *self, const RubisAttachment *attachment)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *pages
      = g_strdup_printf (ngettext ("%d page", "%d pages", (gulong)attachment->n_pages), attachment->n_pages);
  g_autofree char *size = g_format_size ((guint64)attachment->size);
  const char *much = attachment->n_pages > 0 ? pages : size;
  g_autofree char *detail = *attachment->number != '\0'
                                ? g_strdup_printf ("%s · %s", attachment->number, much)
                                : g_strdup (much);
  gboolean pdf = g_str_equal (attachment->media_type, "application/pdf");

  gtk_box_append (GTK_BOX (texts), make_label (attachment->file_name, NULL));
  gtk_box_append (GTK_BOX (texts), make_label (detail, "caption"));
  if (*attachment->warning != '\0')
    gtk_box_append (GTK_BOX (texts), make_label (attachment->warning, "warning"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  /* A damaged PDF cannot be shown; other kinds are left to their programs. */
  if (!pdf || attachment->n_pages > 0)
    gtk_box_append (GTK_BOX (box), make_button (self, attachment, "document-open-symbolic", _ ("Open"),
                                                G_CALLBACK (open_cb)));
  gtk_box_append (GTK_BOX (box), make_button (self, attachment, "user-trash-symbolic", _ ("Remove"),
                                              G_CALLBACK (remove_cb)));
  return box;
}

static void
refresh (RubisAttachmentBox *self)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *title = NULL;
  g_autofree char *folder = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  if (self->session == NULL || (self->account_id == 0 && self->dispute_id == 0))
    return;
  if (self->dispute_id != 0)
    list = rubis_session_list_dispute_attachments (self->session, self->dispute_id, NULL);
  else
    list = rubis_session_list_attachments (self->session, self->account_id, 0, NULL);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_row (self, list->pdata[i]));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_list_box_append (self->list, row);
    }
  title = g_strdup_printf (self->dispute_id != 0 ? _ ("Files (%u)") : _ ("Copies and files (%u)"),
                           list != NULL ? list->len : 0);
  gtk_expander_set_label (self->expander, title);
  folder = rubis_session_get_copies_folder (self->session);
  gtk_label_set_label (
      self->folder_label,
      *folder != '\0' ? folder : _ ("No folder of copies: invoices are joined only when dropped here."));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->folder_label), folder);
}

static gboolean
keep_file (RubisAttachmentBox *self, const char *path, GError **error)
{
  gint64 item;

  if (self->dispute_id != 0)
    return rubis_session_attach_to_dispute (self->session, self->dispute_id, path, error) != 0;
  item = rubis_session_guess_item (self->session, self->account_id, path);
  return rubis_session_attach (self->session, self->account_id, item, NULL, path, error) != 0;
}

void
rubis_attachment_box_add_files (RubisAttachmentBox *self, GSList *files)
{
  guint n = 0;

  g_return_if_fail (RUBIS_IS_ATTACHMENT_BOX (self));

  if (self->account_id == 0 && self->dispute_id == 0)
    return;
  for (GSList *l = files; l != NULL && self->session != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);
      g_autoptr (GError) error = NULL;

      if (path == NULL)
        continue;
      if (keep_file (self, path, &error))
        n++;
      else
        rubis_ui_show_error (GTK_WIDGET (self), _ ("The file was not kept"), error, FALSE);
    }
  if (n > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u file kept", "%u files kept", n), n);

      rubis_ui_toast (GTK_WIDGET (self), text, TRUE);
      gtk_expander_set_expanded (self->expander, TRUE);
    }
  refresh (self);
}

static gboolean
drop_cb (RubisAttachmentBox *self, const GValue *value)
{
  rubis_attachment_box_add_files (self, g_value_get_boxed (value));
  return TRUE;
}

static void
files_chosen_cb (RubisAttachmentBox *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      GSList *files = NULL;

      for (guint i = g_list_model_get_n_items (chosen); i > 0; i--)
        files = g_slist_prepend (files, g_list_model_get_item (chosen, i - 1));
      rubis_attachment_box_add_files (self, files);
      g_slist_free_full (files, g_object_unref);
    }
  g_object_unref (dialog);
}

static void
add_cb (RubisAttachmentBox *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Copies to keep"), get_window (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Keep"), NULL);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (files_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gpointer
index_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_index_copies (session, progress, NULL, error) ? session : NULL;
}

static void
indexed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAttachmentBox) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The folder of copies cannot be read"), error, FALSE);
}

static void
folder_chosen_cb (RubisAttachmentBox *self, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && self->session != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (!rubis_session_set_copies_folder (self->session, path != NULL ? path : "", &error))
        rubis_ui_show_error (GTK_WIDGET (self), _ ("The folder of copies cannot be read"), error, FALSE);
      else
        rubis_session_run_async (self->session, _ ("Reading the copies of invoices"), index_work, NULL, NULL,
                                 NULL, NULL, indexed_cb, g_object_ref (self));
    }
  g_object_unref (dialog);
  refresh (self);
}

static void
folder_cb (RubisAttachmentBox *self)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Folder of copies of invoices"), get_window (self),
                                     GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
rubis_attachment_box_dispose (GObject *object)
{
  RubisAttachmentBox *self = RUBIS_ATTACHMENT_BOX (object);

  g_clear_object (&self->session);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_ATTACHMENT_BOX);
  G_OBJECT_CLASS (rubis_attachment_box_parent_class)->dispose (object);
}

static void
rubis_attachment_box_class_init (RubisAttachmentBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_attachment_box_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-attachment-box.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisAttachmentBox, expander);
  gtk_widget_class_bind_template_child (widget_class, RubisAttachmentBox, list);
  gtk_widget_class_bind_template_child (widget_class, RubisAttachmentBox, folder_button);
  gtk_widget_class_bind_template_child (widget_class, RubisAttachmentBox, folder_label);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_cb);
}

static void
rubis_attachment_box_init (RubisAttachmentBox *self)
{
  GtkDropTarget *target;

  gtk_widget_init_template (GTK_WIDGET (self));
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
rubis_attachment_box_set_account (RubisAttachmentBox *self, RubisSession *session, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_ATTACHMENT_BOX (self));

  g_set_object (&self->session, session);
  self->account_id = account_id;
  refresh (self);
}

void
rubis_attachment_box_set_dispute (RubisAttachmentBox *self, RubisSession *session, gint64 dispute_id)
{
  g_return_if_fail (RUBIS_IS_ATTACHMENT_BOX (self));

  g_set_object (&self->session, session);
  self->dispute_id = dispute_id;
  /* Copies of invoices have their folder, files of disputes have none. */
  gtk_widget_set_visible (self->folder_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->folder_label), FALSE);
  refresh (self);
}
