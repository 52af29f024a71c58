/* The account panel: what is shown of an account. */
#include "rubis-account-panel-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-aging-bar.h"
#include "rubis-format.h"
#include "rubis-identifiers.h"
#include "rubis-ui.h"

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static GtkWidget *
make_label (const char *text, float xalign, gboolean wrap, const char *first_class, const char *second_class)
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

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
}

static void
fill_identity (RubisAccountPanel *self)
{
  RubisAccountCard *card = self->card;
  g_autoptr(GString) line = g_string_new (card->code);
  g_autoptr(GString) address = g_string_new (card->address[0] != '\0' ? card->address : _("No postal address"));

  if (card->siren[0] != '\0')
    {
      g_autofree char *siren = rubis_siren_format (card->siren);

      g_string_append_printf (line, " · SIREN %s", siren);
    }
  if (card->kind != RUBIS_PARTY_PROFESSIONAL)
    g_string_append_printf (line, " · %s", rubis_party_kind_to_label (card->kind));
  if (card->groups[0] != '\0')
    g_string_append_printf (line, "\n%s", card->groups);
  if (card->payment_terms[0] != '\0')
    g_string_append_printf (address, "\n%s", card->payment_terms);
  set_text (self->name_label, card->name[0] != '\0' ? card->name : card->code);
  set_text (self->code_label, line->str);
  set_text (self->address_label, address->str);
}

static void
fill_warnings (RubisAccountPanel *self)
{
  RubisAccountCard *card = self->card;
  g_autoptr(GString) stop = g_string_new (_("Reminders are stopped"));

  gtk_widget_set_visible (self->insolvency_box, card->insolvency != RUBIS_INSOLVENCY_NONE);
  gtk_label_set_label (self->insolvency_label, rubis_insolvency_to_label (card->insolvency));
  if (card->stop_until != RUBIS_DATE_NONE)
    {
      g_autofree char *until = rubis_ui_format_long_date (card->stop_until);

      g_string_printf (stop, _("Reminders are stopped until %s"), until);
    }
  if (card->stop_reason[0] != '\0')
    g_string_append_printf (stop, "\n%s", card->stop_reason);
  gtk_label_set_label (self->stop_label, stop->str);
  gtk_widget_set_visible (self->stop_box, card->stop);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.stop", !card->stop);
}

/* "not due 4 100,00 · credits 120,00 · disputed 300,00" */
static char *
describe_rest (const RubisBalance *balance)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *not_due = rubis_format_amount (balance->not_due, balance->currency, language);
  g_autofree char *credits = rubis_format_amount (balance->unapplied, balance->currency, language);
  g_autofree char *disputed = rubis_format_amount (balance->disputed, balance->currency, language);
  g_autofree char *total = rubis_format_amount (balance->balance, balance->currency, language);
  GString *text = g_string_new (NULL);

  g_string_printf (text, _("not due %s"), not_due);
  g_string_append (text, " · ");
  g_string_append_printf (text, _("credits %s"), credits);
  if (balance->disputed != 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("disputed %s"), disputed);
    }
  g_string_append (text, " · ");
  g_string_append_printf (text, _("balance %s"), total);
  return g_string_free (text, FALSE);
}

static void
add_balance (RubisAccountPanel *self, const RubisBalance *balance, gboolean first)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *amount = rubis_format_amount (balance->overdue, balance->currency, language);
  g_autofree char *overdue = g_strdup_printf (_("%s overdue"), amount);
  g_autofree char *rest = describe_rest (balance);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *bar = rubis_aging_bar_new ();
  GtkWidget *label = make_label (overdue, 0, FALSE, "numeric", balance->overdue > 0 ? "title-4" : "heading");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (first && self->card->days_late > 0)
    {
      g_autofree char *late = g_strdup_printf (ngettext ("%d day late", "%d days late", self->card->days_late),
                                               self->card->days_late);
      GtkWidget *badge = make_label (late, 1, FALSE, "late-badge", rubis_ui_late_class (self->card->days_late));

      gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), badge);
    }
  rubis_aging_bar_set_buckets (RUBIS_AGING_BAR (bar), balance->buckets, balance->currency);
  gtk_box_append (self->balance_box, line);
  gtk_box_append (self->balance_box, bar);
  gtk_box_append (self->balance_box, make_label (rest, 0, TRUE, "caption", "dim-label"));
}

static void
fill_balances (RubisAccountPanel *self)
{
  clear_box (self->balance_box);
  for (guint i = 0; i < self->card->balances->len; i++)
    add_balance (self, &g_array_index (self->card->balances, RubisBalance, i), i == 0);
  if (self->card->balances->len == 0)
    gtk_box_append (self->balance_box, make_label (_("Nothing is owed"), 0, TRUE, "dim-label", NULL));
}

static void
fill_next (RubisAccountPanel *self)
{
  GPtrArray *why = self->card->why;

  gtk_label_set_label (self->next_label, self->card->next_action[0] != '\0' ? self->card->next_action
                                                                             : _("Nothing to do"));
  clear_box (self->why_box);
  for (guint i = 0; i < why->len; i++)
    gtk_box_append (self->why_box, make_label (why->pdata[i], 0, TRUE, NULL, NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->why_expander), why->len > 0);
}

static void
fill_policies (RubisAccountPanel *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; self->policies != NULL && i < self->policies->len; i++)
    {
      RubisPolicy *policy = self->policies->pdata[i];

      gtk_string_list_append (names, rubis_policy_get_name (policy));
      if (g_str_equal (rubis_policy_get_id (policy), self->card->policy_id))
        chosen = i;
    }
  gtk_drop_down_set_model (self->policy_drop, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->policy_drop, chosen);
}

static GtkWidget *
make_channel_button (const char *text, const char *copied, const char *action, const char *icon_name,
                     const char *action_label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *copy = gtk_button_new ();
  GtkWidget *act = gtk_button_new_from_icon_name (icon_name);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *copy_label = g_strdup_printf (_("Copy %s"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (copy), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "account.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (copy), "s", copied);
  gtk_widget_set_tooltip_text (copy, _("Copy"));
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
add_contact (RubisAccountPanel *self, const RubisContactRow *contact)
{
  g_autofree char *who = contact->role[0] != '\0' ? g_strdup_printf ("%s, %s", contact->name, contact->role)
                                                  : g_strdup (contact->name);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), make_label (who, 0, TRUE, NULL, NULL));
  if (contact->email != NULL && contact->email[0] != '\0')
    gtk_box_append (GTK_BOX (box), make_channel_button (contact->email, contact->email, "account.mail",
                                                        "mail-send-symbolic", _("Write an email")));
  if (contact->phone != NULL && contact->phone[0] != '\0')
    gtk_box_append (GTK_BOX (box), make_channel_button (contact->phone, contact->phone, "account.call",
                                                        "call-start-symbolic", _("Call this number")));
  gtk_box_append (self->contact_box, box);
}

static void
fill_contacts (RubisAccountPanel *self)
{
  clear_box (self->contact_box);
  for (guint i = 0; i < self->card->contacts->len; i++)
    add_contact (self, self->card->contacts->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->contact_box), self->card->contacts->len > 0);
  gtk_editable_set_text (GTK_EDITABLE (self->email_row), self->card->email);
  gtk_editable_set_text (GTK_EDITABLE (self->phone_row), self->card->phone);
}

static GtkWidget *
make_item_line (RubisItemRow *item, RubisCurrency own)
{
  g_autofree char *date = rubis_ui_format_date (item->due_date);
  g_autofree char *amount = rubis_ui_format_amount (item->open, item->currency, own);
  gboolean late = item->open > 0 && item->days_late > 0;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *number = make_label (item->number, 0, FALSE, NULL, NULL);
  GtkWidget *open = make_label (amount, 1, FALSE, "numeric", NULL);

  gtk_label_set_ellipsize (GTK_LABEL (number), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (number, TRUE);
  gtk_widget_add_css_class (line, "lateness-line");
  gtk_widget_add_css_class (line, rubis_ui_late_class (late ? item->days_late : 0));
  gtk_box_append (GTK_BOX (line), number);
  gtk_box_append (GTK_BOX (line), make_label (date, 1, FALSE, "numeric", "dim-label"));
  /* So wide that the dates stand in one column. */
  gtk_label_set_width_chars (GTK_LABEL (open), 11);
  gtk_box_append (GTK_BOX (line), open);
  if (late)
    {
      g_autofree char *days = g_strdup_printf (ngettext ("%d day late", "%d days late", item->days_late),
                                               item->days_late);

      gtk_widget_set_tooltip_text (line, days);
    }
  return line;
}

static void
fill_items (RubisAccountPanel *self)
{
  GPtrArray *items = self->card->items;
  RubisCurrency own = rubis_session_get_currency (self->session);
  g_autofree char *title = g_strdup_printf (_("Open items (%u)"), items->len);

  clear_box (self->items_box);
  /* The panel gives an idea; the grid filtered on the account has them all. */
  for (guint i = 0; i < MIN (items->len, 12); i++)
    gtk_box_append (self->items_box, make_item_line (items->pdata[i], own));
  if (items->len > 12)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", items->len - 12),
                                               items->len - 12);

      gtk_box_append (self->items_box, make_label (more, 0, FALSE, "caption", "dim-label"));
    }
  gtk_expander_set_label (self->items_expander, title);
  gtk_widget_set_visible (GTK_WIDGET (self->items_expander), items->len > 0);
}

static GtkWidget *
make_event_row (RubisEventRow *event)
{
  g_autofree char *date = rubis_ui_format_date (event->date);
  g_autofree char *line = event->actor[0] != '\0' ? g_strdup_printf ("%s · %s", date, event->actor) : g_strdup (date);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (rubis_event_row_get_icon (event));

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (texts), make_label (event->title, 0, TRUE, NULL, NULL));
  if (event->detail[0] != '\0')
    gtk_box_append (GTK_BOX (texts), make_label (event->detail, 0, TRUE, "caption", NULL));
  gtk_box_append (GTK_BOX (texts), make_label (line, 0, FALSE, "caption", "dim-label"));
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
      gtk_widget_set_tooltip_text (row, _("Show what was sent"));
    }
  return row;
}

static void
fill_history (RubisAccountPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->history_list))) != NULL)
    gtk_list_box_remove (self->history_list, child);
  for (guint i = 0; i < self->card->events->len; i++)
    gtk_list_box_append (self->history_list, make_event_row (self->card->events->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->history_expander), self->card->events->len > 0);
}

void
rubis_account_panel_fill (RubisAccountPanel *self)
{
  g_assert (self->card != NULL);

  self->filling = TRUE;
  fill_identity (self);
  fill_warnings (self);
  fill_balances (self);
  fill_next (self);
  fill_policies (self);
  fill_contacts (self);
  fill_items (self);
  fill_history (self);
  rubis_attachment_box_set_account (self->attachments, self->session, self->card->id);
  /* What is being typed is not thrown away by an account that is loaded again. */
  if (!self->note_changed)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note_view), self->card->note, -1);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "account");
}
