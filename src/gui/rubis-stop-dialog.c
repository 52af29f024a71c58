#include "rubis-stop-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

typedef struct {
  AdwMessageDialog *dialog;  /* (unowned) owns this */
  GtkEditable *reason;       /* (unowned) */
  GtkEditable *until;        /* (unowned) */
  RubisDate today;
  RubisStopFunc stop;
  gpointer user_data;
  GDestroyNotify destroy;
} StopRequest;

static void
stop_request_free (gpointer data)
{
  StopRequest *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

/* A stop without a reason helps nobody a month later; an end that lies behind would stop nothing. */
static gboolean
read_until (StopRequest *self, RubisDate *until)
{
  const char *text = gtk_editable_get_text (self->until);

  *until = rubis_ui_parse_date (text);
  return text[0] == '\0' || (*until != RUBIS_DATE_NONE && *until >= self->today);
}

static void
changed_cb (StopRequest *self)
{
  RubisDate until;
  gboolean good_date = read_until (self, &until);
  gboolean reason = gtk_editable_get_text (self->reason)[0] != '\0';

  if (good_date)
    gtk_widget_remove_css_class (GTK_WIDGET (self->until), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->until), "error");
  adw_message_dialog_set_response_enabled (self->dialog, "stop", good_date && reason);
}

static void
response_cb (StopRequest *self, const char *response)
{
  RubisDate until;

  if (g_str_equal (response, "stop") && read_until (self, &until))
    self->stop (gtk_editable_get_text (self->reason), until, self->user_data);
}

static GtkWidget *
make_form (StopRequest *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *reason = adw_entry_row_new ();
  GtkWidget *until = adw_entry_row_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (reason), _("Reason"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (until), _("Until (DD/MM/YYYY, empty: no end)"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (reason), TRUE);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (until), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), reason);
  gtk_list_box_append (GTK_LIST_BOX (list), until);
  self->reason = GTK_EDITABLE (reason);
  self->until = GTK_EDITABLE (until);
  g_signal_connect_swapped (reason, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (until, "changed", G_CALLBACK (changed_cb), self);
  return list;
}

GtkWindow *
rubis_stop_dialog_present (GtkWindow *parent, const char *heading, RubisDate today, RubisStopFunc stop,
                           gpointer user_data, GDestroyNotify destroy)
{
  StopRequest *request;
  GtkWidget *dialog;

  g_return_val_if_fail (heading != NULL, NULL);
  g_return_val_if_fail (stop != NULL, NULL);

  request = g_new0 (StopRequest, 1);
  request->today = today;
  request->stop = stop;
  request->user_data = user_data;
  request->destroy = destroy;
  dialog = adw_message_dialog_new (parent, heading, _("No letter, email or call is proposed while the stop lasts."));
  request->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_set_extra_child (request->dialog, make_form (request));
  adw_message_dialog_add_responses (request->dialog, "cancel", _("_Cancel"), "stop", _("_Stop"), NULL);
  adw_message_dialog_set_close_response (request->dialog, "cancel");
  adw_message_dialog_set_default_response (request->dialog, "stop");
  adw_message_dialog_set_response_appearance (request->dialog, "stop", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (request->dialog, "stop", FALSE);
  g_object_set_data_full (G_OBJECT (dialog), "rubis-stop-request", request, stop_request_free);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), request);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (request->reason));
  return GTK_WINDOW (dialog);
}
