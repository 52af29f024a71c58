#include "rubis-today-old-data.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-ui.h"

static gpointer
accept_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_accept_old_data (session, error));
}

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisTodayPage) page = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (page)) == NULL)
    return;
  if (error != NULL)
    rubis_ui_show_error (GTK_WIDGET (page), _ ("Not accepted"), error, TRUE);
  else
    rubis_today_page_refresh (page);
}

static void
response_cb (RubisTodayPage *page, const char *response, GtkWidget *dialog)
{
  RubisSession *session = g_object_get_data (G_OBJECT (dialog), "session");

  if (g_str_equal (response, "accept"))
    rubis_session_run_async (session, NULL, accept_work, NULL, NULL, NULL, NULL, accepted_cb,
                             g_object_ref (page));
}

void
rubis_today_ask_old_data (RubisTodayPage *page, RubisSession *session)
{
  GtkRoot *root;
  GtkWidget *dialog;

  g_return_if_fail (RUBIS_IS_TODAY_PAGE (page) && RUBIS_IS_SESSION (session));

  root = gtk_widget_get_root (GTK_WIDGET (page));
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Remind on old data?"),
                                   _ ("Payments received since the last import are not known: customers who "
                                      "have paid will be reminded. This "
                                      "holds for today and is written into the journal."));
  g_object_set_data_full (G_OBJECT (dialog), "session", g_object_ref (session), g_object_unref);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "accept",
                                    _ ("_Remind all the same"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), page, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
