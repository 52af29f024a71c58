/* The section "Outbox": what it says about senders. */
#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-outbox-page-private.h"

/* A sentence about a sender that cannot send, with the way to its settings. */
static void
add_problem (RubisOutboxPage *self, const RubisSender *sender)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  g_autofree char *text = g_strdup_printf (_ ("%s: %s"), sender->name, sender->wait_reason);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Mend…"));
  g_autofree char *name = g_strdup_printf (_ ("Settings of %s"), sender->name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.sender");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", sender->id);
  gtk_widget_set_tooltip_text (button, name);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "notice");
  gtk_widget_add_css_class (box, "notice-warning");
  gtk_box_append (self->problems, box);
}

void
rubis_outbox_page_show_senders (RubisOutboxPage *self, GPtrArray *senders)
{
  gboolean real = FALSE;
  g_autofree char *folder = rubis_session_get_outgoing_folder (self->session);
  g_autofree char *text = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->problems))) != NULL)
    gtk_box_remove (self->problems, child);
  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *sender = senders->pdata[i];

      if (sender->active && sender->transport != RUBIS_TRANSPORT_FOLDER
          && rubis_transport_carries (sender->transport, RUBIS_PARCEL_EMAIL))
        real = TRUE;
      if (sender->active && *sender->wait_reason != '\0')
        add_problem (self, sender);
      if (sender->transport == RUBIS_TRANSPORT_FOLDER && *sender->folder != '\0')
        {
          g_free (folder);
          folder = g_strdup (sender->folder);
        }
    }
  text = g_strdup_printf (_ ("No email leaves by itself: each becomes an .eml file in %s."), folder);
  gtk_label_set_label (self->folder_label, text);
  gtk_widget_set_visible (self->folder_box, !real);
}
