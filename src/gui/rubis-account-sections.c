#include "rubis-account-sections.h"

#include <glib/gi18n-lib.h>

#include "rubis-aging-bar.h"
#include "rubis-format.h"
#include "rubis-ui.h"

void
rubis_account_clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

GtkWidget *
rubis_account_make_label (const char *text, float xalign, gboolean wrap, const char *first_class,
                          const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (first_class != NULL)
    gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  return label;
}

char *
rubis_account_describe_rest (const RubisBalance *balance)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *not_due = rubis_format_amount (balance->not_due, balance->currency, language);
  g_autofree char *credits = rubis_format_amount (balance->unapplied, balance->currency, language);
  g_autofree char *disputed = rubis_format_amount (balance->disputed, balance->currency, language);
  g_autofree char *total = rubis_format_amount (balance->balance, balance->currency, language);
  GString *text = g_string_new (NULL);

  g_string_printf (text, _ ("not due %s"), not_due);
  g_string_append (text, " · ");
  g_string_append_printf (text, _ ("credits %s"), credits);
  if (balance->disputed != 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("disputed %s"), disputed);
    }
  g_string_append (text, " · ");
  g_string_append_printf (text, _ ("balance %s"), total);
  return g_string_free (text, FALSE);
}

void
rubis_account_add_balance (GtkBox *box, const RubisBalance *balance, int days_late)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *amount = rubis_format_amount (balance->overdue, balance->currency, language);
  g_autofree char *overdue = g_strdup_printf (_ ("%s overdue"), amount);
  g_autofree char *rest = rubis_account_describe_rest (balance);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *bar = rubis_aging_bar_new ();
  GtkWidget *label
      = rubis_account_make_label (overdue, 0, FALSE, "numeric", balance->overdue > 0 ? "title-4" : "heading");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (days_late > 0)
    {
      g_autofree char *late
          = g_strdup_printf (ngettext ("%d day late", "%d days late", days_late), days_late);
      GtkWidget *badge
          = rubis_account_make_label (late, 1, FALSE, "late-badge", rubis_ui_late_class (days_late));

      gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), badge);
    }
  rubis_aging_bar_set_buckets (RUBIS_AGING_BAR (bar), balance->buckets, balance->currency);
  gtk_box_append (box, line);
  gtk_box_append (box, bar);
  gtk_box_append (box, rubis_account_make_label (rest, 0, TRUE, "caption", "dim-label"));
}

static GtkWidget *
make_channel_button (const char *text, const char *copied, const char *action, const char *icon_name,
                     const char *action_label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *copy = gtk_button_new ();
  GtkWidget *act = gtk_button_new_from_icon_name (icon_name);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *copy_label = g_strdup_printf (_ ("Copy %s"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (copy), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "account.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (copy), "s", copied);
  gtk_widget_set_tooltip_text (copy, _ ("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, copy_label, -1);
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_add_css_class (copy, "channel");
  gtk_widget_set_hexpand (copy, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (act), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (act), "s", copied);
  gtk_widget_set_tooltip_text (act, action_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (act), GTK_ACCESSIBLE_PROPERTY_LABEL, action_label, -1);
  gtk_widget_add_css_class (act, "flat");
  gtk_box_append (GTK_BOX (box), copy);
  gtk_box_append (GTK_BOX (box), act);
  return box;
}

static void
add_channel (GtkBox *box, const char *number, const char *action, const char *icon_name,
             const char *action_label)
{
  if (number[0] != '\0')
    gtk_box_append (box, make_channel_button (number, number, action, icon_name, action_label));
}

GtkWidget *
rubis_account_make_contact (const RubisContactRow *contact)
{
  g_autofree char *who = contact->role[0] != '\0' ? g_strdup_printf ("%s, %s", contact->name, contact->role)
                                                  : g_strdup (contact->name);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  gtk_box_append (box, rubis_account_make_label (who, 0, TRUE, NULL, NULL));
  if (contact->job[0] != '\0')
    gtk_box_append (box, rubis_account_make_label (contact->job, 0, TRUE, "caption", NULL));
  add_channel (box, contact->email, "account.mail", "mail-send-symbolic", _ ("Write an email"));
  add_channel (box, contact->phone, "account.call", "call-start-symbolic", _ ("Call this number"));
  add_channel (box, contact->mobile, "account.call", "phone-symbolic", _ ("Call this mobile number"));
  if (contact->note[0] != '\0')
    gtk_box_append (box, rubis_account_make_label (contact->note, 0, TRUE, "caption", "dim-label"));
  return GTK_WIDGET (box);
}

GtkWidget *
rubis_account_make_item_line (RubisItemRow *item, RubisCurrency own)
{
  g_autofree char *date = rubis_ui_format_date (item->due_date);
  g_autofree char *amount = rubis_ui_format_amount (item->open, item->currency, own);
  gboolean late = item->open > 0 && item->days_late > 0;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *number = rubis_account_make_label (item->number, 0, FALSE, NULL, NULL);
  GtkWidget *open = rubis_account_make_label (amount, 1, FALSE, "numeric", NULL);

  gtk_label_set_ellipsize (GTK_LABEL (number), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (number, TRUE);
  gtk_widget_add_css_class (line, "lateness-line");
  gtk_widget_add_css_class (line, rubis_ui_late_class (late ? item->days_late : 0));
  gtk_box_append (GTK_BOX (line), number);
  if (item->contested > 0)
    {
      g_autofree char *contested = rubis_ui_format_amount (item->contested, item->currency, (RubisCurrency){ "" });
      g_autofree char *tooltip = g_strdup_printf (_("Dispute: %s contested"), contested);
      GtkWidget *mark = gtk_image_new_from_icon_name ("rubis-dispute-symbolic");

      gtk_widget_set_tooltip_text (mark, tooltip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
      gtk_box_append (GTK_BOX (line), mark);
    }
  gtk_box_append (GTK_BOX (line), rubis_account_make_label (date, 1, FALSE, "numeric", "dim-label"));
  /* So wide that the dates stand in one column. */
  gtk_label_set_width_chars (GTK_LABEL (open), 11);
  gtk_box_append (GTK_BOX (line), open);
  if (late)
    {
      g_autofree char *days
          = g_strdup_printf (ngettext ("%d day late", "%d days late", item->days_late), item->days_late);

      gtk_widget_set_tooltip_text (line, days);
    }
  return line;
}

GtkWidget *
rubis_account_make_event_row (RubisEventRow *event)
{
  g_autofree char *date = rubis_ui_format_date (event->date);
  g_autofree char *line
      = event->actor[0] != '\0' ? g_strdup_printf ("%s · %s", date, event->actor) : g_strdup (date);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (rubis_event_row_get_icon (event));

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (texts), rubis_account_make_label (event->title, 0, TRUE, NULL, NULL));
  if (event->detail[0] != '\0')
    gtk_box_append (GTK_BOX (texts), rubis_account_make_label (event->detail, 0, TRUE, "caption", NULL));
  gtk_box_append (GTK_BOX (texts), rubis_account_make_label (line, 0, FALSE, "caption", "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), event->document_id != 0);
  if (event->document_id != 0)
    {
      GtkWidget *open = gtk_image_new_from_icon_name ("go-next-symbolic");

      gtk_box_append (GTK_BOX (box), open);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-document");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", event->document_id);
      gtk_widget_set_tooltip_text (row, _ ("Show what was sent"));
    }
  return row;
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *text = g_variant_get_string (parameter, NULL);
  g_autofree char *said = g_strdup_printf (_ ("“%s” copied"), text);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  rubis_ui_toast (widget, said, FALSE);
}

static void
open_uri (GtkWidget *widget, const char *scheme, const char *address)
{
  g_autofree char *escaped = g_uri_escape_string (address, "@+", FALSE);
  g_autofree char *uri = g_strconcat (scheme, escaped, NULL);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), uri, GDK_CURRENT_TIME);
}

static void
mail_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_uri (widget, "mailto:", g_variant_get_string (parameter, NULL));
}

static void
call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_uri (widget, "tel:", g_variant_get_string (parameter, NULL));
}

void
rubis_account_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "account.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "account.mail", "s", mail_action);
  gtk_widget_class_install_action (widget_class, "account.call", "s", call_action);
}
