#include "rubis-preview-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-preview-pane.h"
#include "rubis-print.h"
#include "rubis-ui.h"

struct _RubisPreviewWindow {
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  GtkWidget *batch_box;
  RubisPreviewPane *pane;

  RubisSession *session;  /* (owned) (nullable) NULL for a single PDF */
  GPtrArray *actions;     /* (owned) (nullable) (element-type RubisActionRow) */
  guint position;
  char *file_name;        /* (owned) proposed for saving */
};

G_DEFINE_FINAL_TYPE (RubisPreviewWindow, rubis_preview_window, ADW_TYPE_WINDOW)

static void
update_actions (RubisPreviewWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean pdf = rubis_preview_pane_get_pdf (self->pane) != NULL;
  guint n = self->actions != NULL ? self->actions->len : 0;

  gtk_widget_action_set_enabled (widget, "preview.previous", self->position > 0);
  gtk_widget_action_set_enabled (widget, "preview.next", self->position + 1 < n);
  gtk_widget_action_set_enabled (widget, "preview.print", pdf);
  gtk_widget_action_set_enabled (widget, "preview.save", pdf);
  gtk_widget_set_visible (self->batch_box, n > 1);
}

static void
show_position (RubisPreviewWindow *self)
{
  RubisActionRow *action = self->actions->pdata[self->position];
  RubisCurrency none = { "" };
  g_autofree char *amount = rubis_ui_format_amount (action->amount, action->currency, none);
  g_autofree char *subtitle = NULL;

  if (self->actions->len > 1)
    /* Translators: step · amount · position in a batch, as in "2nd reminder · 412,00 € · 3 / 12". */
    subtitle = g_strdup_printf (_("%s · %s · %u / %u"), action->step_name, amount, self->position + 1,
                                self->actions->len);
  else
    subtitle = g_strdup_printf ("%s · %s", action->step_name, amount);
  adw_window_title_set_title (self->window_title, action->account_name);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  g_free (self->file_name);
  self->file_name = g_strdup_printf ("%s %s.pdf", action->account_code, action->step_name);
  rubis_preview_pane_load (self->pane, self->session, action);
  update_actions (self);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPreviewWindow *self = RUBIS_PREVIEW_WINDOW (widget);

  self->position--;
  show_position (self);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPreviewWindow *self = RUBIS_PREVIEW_WINDOW (widget);

  self->position++;
  show_position (self);
}

static void
toast (RubisPreviewWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisPreviewWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  RubisPrintOutcome outcome;

  if (rubis_print_run_dialog_finish (result, &outcome, &error))
    toast (self, outcome == RUBIS_PRINT_PRINTED ? _("Printed. It still counts as to be done until you confirm it.")
                                                : _("Handed over to the printer."));
  else if (!g_error_matches (error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_CANCELLED))
    rubis_ui_show_error (GTK_WIDGET (self), _("Not printed"), error, TRUE);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPreviewWindow *self = RUBIS_PREVIEW_WINDOW (widget);

  rubis_print_run_dialog (GTK_WINDOW (self), rubis_preview_pane_get_pdf (self->pane),
                          adw_window_title_get_title (self->window_title), RUBIS_PRINT_SIDES_CHOSEN, NULL, printed_cb, g_object_ref (self));
}

static void
save_response_cb (RubisPreviewWindow *self, int response, GtkNativeDialog *dialog)
{
  g_autoptr(GError) error = NULL;
  GBytes *pdf = rubis_preview_pane_get_pdf (self->pane);

  if (response == GTK_RESPONSE_ACCEPT && pdf != NULL)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      gsize size;
      const char *data = g_bytes_get_data (pdf, &size);

      if (!g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &error))
        rubis_ui_show_error (GTK_WIDGET (self), _("Not saved"), error, TRUE);
      else
        {
          g_autofree char *path = g_file_get_path (file);
          g_autofree char *text = g_strdup_printf (_("Saved as %s"), path);

          toast (self, text);
        }
    }
  g_object_unref (dialog);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPreviewWindow *self = RUBIS_PREVIEW_WINDOW (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Save as PDF"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), self->file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
rubis_preview_window_dispose (GObject *object)
{
  RubisPreviewWindow *self = RUBIS_PREVIEW_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PREVIEW_WINDOW);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->file_name, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_preview_window_parent_class)->dispose (object);
}

static void
rubis_preview_window_class_init (RubisPreviewWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_preview_window_dispose;
  gtk_widget_class_install_action (widget_class, "preview.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "preview.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "preview.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "preview.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "preview.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "preview.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "preview.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "preview.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_type_ensure (RUBIS_TYPE_PREVIEW_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-preview-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewWindow, batch_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewWindow, pane);
}

static void
rubis_preview_window_init (RubisPreviewWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->pane, "loaded", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
}

/* As tall as the window it lies over: paper is tall. */
static void
fit_to_parent (RubisPreviewWindow *self, GtkWindow *parent)
{
  int height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  if (height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), 900, CLAMP (height - 24, 480, 1100));
}

GtkWidget *
rubis_preview_window_new (GtkWindow *parent, RubisSession *session, GPtrArray *actions, guint start)
{
  RubisPreviewWindow *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);
  g_return_val_if_fail (actions != NULL && start < actions->len, NULL);

  self = g_object_new (RUBIS_TYPE_PREVIEW_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  fit_to_parent (self, parent);
  self->session = g_object_ref (session);
  self->actions = g_ptr_array_ref (actions);
  self->position = start;
  show_position (self);
  return GTK_WIDGET (self);
}

GtkWidget *
rubis_preview_window_new_for_pdf (GtkWindow *parent, const char *title, const char *file_name, GBytes *pdf)
{
  RubisPreviewWindow *self;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (file_name != NULL, NULL);
  g_return_val_if_fail (pdf != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_PREVIEW_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  fit_to_parent (self, parent);
  self->file_name = g_strdup (file_name);
  adw_window_title_set_title (self->window_title, title);
  rubis_preview_pane_set_pdf (self->pane, pdf);
  update_actions (self);
  return GTK_WIDGET (self);
}
