#include "rubis-send-notice.h"

#include <glib/gi18n-lib.h>

#include "rubis-moment.h"
#include "rubis-senders.h"
#include "rubis-ui.h"

char *
rubis_send_notice_describe_way (RubisSession *session, gboolean *server)
{
  g_autoptr (RubisSender) sender = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (session) && server != NULL, NULL);

  sender = rubis_session_choose_sender (session, RUBIS_PARCEL_EMAIL, NULL);
  *server = sender != NULL && sender->transport != RUBIS_TRANSPORT_FOLDER;
  if (*server && sender->recall_minutes > 0)
    return g_strdup_printf (ngettext ("By “%s”, after %d minute in which you can recall them.",
                                      "By “%s”, after %d minutes in which you can recall them.",
                                      (gulong)sender->recall_minutes),
                            sender->name, sender->recall_minutes);
  if (*server)
    return g_strdup_printf (_ ("By “%s”, at once."), sender->name);
  folder = sender != NULL && *sender->folder != '\0' ? g_strdup (sender->folder)
                                                     : rubis_session_get_outgoing_folder (session);
  return g_strdup_printf (_ ("As .eml files in %s. Nothing is sent from here: your mail program sends them."),
                          folder);
}

char *
rubis_send_notice_describe_waiting (GPtrArray *reports)
{
  gint64 first = 0;
  guint n = 0;
  g_autofree char *moment = NULL;

  g_return_val_if_fail (reports != NULL, NULL);

  for (guint i = 0; i < reports->len; i++)
    {
      const RubisRunReport *report = reports->pdata[i];

      for (guint j = 0; j < report->done->len; j++)
        {
          const RubisRunEntry *entry = report->done->pdata[j];

          if (entry->channel != RUBIS_CHANNEL_EMAIL
              || (entry->state != RUBIS_OUTBOX_APPROVED && entry->state != RUBIS_OUTBOX_QUEUED))
            continue;
          n++;
          first = first == 0 ? entry->send_after : MIN (first, entry->send_after);
        }
    }
  if (n == 0)
    return NULL;
  moment = rubis_moment_format (first, rubis_moment_now ());
  return g_strdup_printf (ngettext ("%u email leaves from %s on", "%u emails leave from %s on", n), n,
                          moment);
}

void
rubis_send_notice_show (GtkWidget *widget, GPtrArray *reports)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  text = rubis_send_notice_describe_waiting (reports);
  if (text != NULL)
    rubis_ui_toast_action (widget, text, _ ("_Recall"), "win.recall", NULL);
}

void
rubis_send_notice_show_one (GtkWidget *widget, RubisRunReport *report)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new ();

  g_ptr_array_add (reports, report);
  rubis_send_notice_show (widget, reports);
}

const char *
rubis_send_notice_get_label (RubisSession *session)
{
  gboolean server = FALSE;
  g_autofree char *way = rubis_send_notice_describe_way (session, &server);

  return server ? _ ("_Put into the outbox") : _ ("_Put into the outgoing folder");
}
