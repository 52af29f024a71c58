/* The main window: sending and receiving. */
#include "rubis-window-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-moment.h"
#include "rubis-outbox.h"
#include "rubis-sender-assistant.h"
#include "rubis-senders-window.h"
#include "rubis-thread-window.h"
#include "rubis-ui.h"

/* --- the courier --- */

static void
waiting_changed_cb (RubisWindow *self)
{
  gboolean recall = FALSE;
  g_autofree char *text = rubis_courier_describe (self->courier, &recall);

  rubis_status_line_set_waiting (self->status_line, text, recall);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.recall", recall);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.fetch-answers",
                                 rubis_courier_has_mailbox (self->courier));
}

static void
progress_cb (RubisWindow *self, double fraction, const char *text)
{
  rubis_status_line_set_courier (self->status_line, fraction, text);
}

static void
reported_cb (RubisWindow *self, const char *text)
{
  rubis_window_toast (self, text, FALSE);
}

static void
fetched_cb (RubisWindow *self, const RubisFetchReport *report)
{
  g_autofree char *text = NULL;

  rubis_letters_page_show_fetched (self->letters, report);
  if (report->n_new == 0)
    return;
  text = g_strdup_printf (ngettext ("%d message received", "%d messages received", report->n_new),
                          report->n_new);
  rubis_window_toast_action (self, text, _ ("_Show"), "win.place",
                             g_variant_new_string ("letters/answers"));
}

void
rubis_window_start_courier (RubisWindow *self)
{
  self->courier = rubis_courier_new (self->session);
  g_signal_connect_object (self->courier, "changed", G_CALLBACK (waiting_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->courier, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->courier, "reported", G_CALLBACK (reported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->courier, "fetched", G_CALLBACK (fetched_cb), self, G_CONNECT_SWAPPED);
}

void
rubis_window_stop_courier (RubisWindow *self)
{
  if (self->courier == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->courier, self);
  rubis_courier_stop (self->courier);
  g_clear_object (&self->courier);
  rubis_status_line_set_waiting (self->status_line, NULL, FALSE);
  rubis_status_line_set_courier (self->status_line, -1, NULL);
}

static void
fetch_answers_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->courier != NULL)
    rubis_courier_fetch (self->courier);
}

static void
stop_sending_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->courier != NULL)
    rubis_courier_cancel (self->courier);
}

/* --- taking back --- */

static gpointer
recall_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  int n = rubis_session_recall_all (session, rubis_moment_now (), error);

  return n < 0 ? NULL : GINT_TO_POINTER (n + 1);
}

static void
recalled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  int n = GPOINTER_TO_INT (rubis_session_run_finish (RUBIS_SESSION (source), result, &error)) - 1;
  g_autofree char *text = NULL;

  if (n < 0)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The messages were not recalled"), error, FALSE);
      return;
    }
  text = g_strdup_printf (ngettext ("%u message recalled", "%u messages recalled", (guint)n), (guint)n);
  rubis_window_toast (self, text, FALSE);
}

static void
recall_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session != NULL)
    rubis_session_run_async (self->session, NULL, recall_work, NULL, NULL, NULL, self->cancellable,
                             recalled_cb, g_object_ref (self));
}

/* --- messages --- */

static void
thread_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  gint64 account_id = g_variant_get_int64 (parameter);

  if (self->session == NULL)
    return;
  if (account_id == 0)
    account_id = rubis_account_panel_get_account (self->panel);
  if (account_id != 0)
    rubis_thread_window_present (GTK_WINDOW (self), self->session, account_id);
  else
    rubis_window_toast (self, _ ("Choose an account first"), FALSE);
}

static gpointer
load_incoming_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_load_incoming (session, *(gint64 *)data, error);
}

static void
incoming_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (bytes == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The message cannot be shown"), error, FALSE);
  else
    rubis_window_open_elsewhere (self, bytes, _ ("answer.eml"));
}

static void
open_incoming_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  gint64 id = g_variant_get_int64 (parameter);

  if (self->session != NULL)
    rubis_ui_read_async (self->session, load_incoming_work, g_memdup2 (&id, sizeof id), g_free,
                         (GDestroyNotify)g_bytes_unref, self->cancellable, incoming_loaded_cb,
                         g_object_ref (self));
}

/* --- senders --- */

static void
senders_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session != NULL)
    rubis_senders_window_present (GTK_WINDOW (self), self->session, 0);
}

static void
sender_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session != NULL)
    rubis_senders_window_present (GTK_WINDOW (self), self->session, g_variant_get_int64 (parameter));
}

static void
setup_sending_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session != NULL)
    rubis_sender_assistant_present (GTK_WINDOW (self), self->session);
}

void
rubis_window_install_mail_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.fetch-answers", NULL, fetch_answers_action);
  gtk_widget_class_install_action (widget_class, "win.stop-sending", NULL, stop_sending_action);
  gtk_widget_class_install_action (widget_class, "win.recall", NULL, recall_action);
  gtk_widget_class_install_action (widget_class, "win.senders", NULL, senders_action);
  gtk_widget_class_install_action (widget_class, "win.sender", "x", sender_action);
  gtk_widget_class_install_action (widget_class, "win.setup-sending", NULL, setup_sending_action);
  gtk_widget_class_install_action (widget_class, "win.thread", "x", thread_action);
  gtk_widget_class_install_action (widget_class, "win.open-incoming", "x", open_incoming_action);
}
