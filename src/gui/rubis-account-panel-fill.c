/* The account panel: what is shown of an account. */
#include "rubis-account-panel-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-sections.h"
#include "rubis-identifiers.h"
#include "rubis-ui.h"

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

static void
fill_balances (RubisAccountPanel *self)
{
  rubis_account_clear_box (self->balance_box);
  for (guint i = 0; i < self->card->balances->len; i++)
    rubis_account_add_balance (self->balance_box, &g_array_index (self->card->balances, RubisBalance, i),
                               i == 0 ? self->card->days_late : 0);
  if (self->card->balances->len == 0)
    gtk_box_append (self->balance_box, rubis_account_make_label (_("Nothing is owed"), 0, TRUE, "dim-label", NULL));
}

static void
fill_next (RubisAccountPanel *self)
{
  GPtrArray *why = self->card->why;

  gtk_label_set_label (self->next_label, self->card->next_action[0] != '\0' ? self->card->next_action
                                                                             : _("Nothing to do"));
  rubis_account_clear_box (self->why_box);
  for (guint i = 0; i < why->len; i++)
    gtk_box_append (self->why_box, rubis_account_make_label (why->pdata[i], 0, TRUE, NULL, NULL));
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

static void
fill_contacts (RubisAccountPanel *self)
{
  rubis_account_clear_box (self->contact_box);
  for (guint i = 0; i < self->card->contacts->len; i++)
    gtk_box_append (self->contact_box, rubis_account_make_contact (self->card->contacts->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->contact_box), self->card->contacts->len > 0);
  gtk_editable_set_text (GTK_EDITABLE (self->email_row), self->card->email);
  gtk_editable_set_text (GTK_EDITABLE (self->phone_row), self->card->phone);
}

static void
fill_items (RubisAccountPanel *self)
{
  GPtrArray *items = self->card->items;
  RubisCurrency own = rubis_session_get_currency (self->session);
  g_autofree char *title = g_strdup_printf (_("Open items (%u)"), items->len);

  rubis_account_clear_box (self->items_box);
  /* The panel gives an idea; the grid filtered on the account has them all. */
  for (guint i = 0; i < MIN (items->len, 12); i++)
    gtk_box_append (self->items_box, rubis_account_make_item_line (items->pdata[i], own));
  if (items->len > 12)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", items->len - 12),
                                               items->len - 12);

      gtk_box_append (self->items_box, rubis_account_make_label (more, 0, FALSE, "caption", "dim-label"));
    }
  gtk_expander_set_label (self->items_expander, title);
  gtk_widget_set_visible (GTK_WIDGET (self->items_expander), items->len > 0);
}

static void
fill_history (RubisAccountPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->history_list))) != NULL)
    gtk_list_box_remove (self->history_list, child);
  for (guint i = 0; i < self->card->events->len; i++)
    gtk_list_box_append (self->history_list, rubis_account_make_event_row (self->card->events->pdata[i]));
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
  rubis_promise_box_set_account (self->promises, self->session, self->card->id);
  rubis_plan_box_set_account (self->plans, self->session, self->card->id);
  rubis_attachment_box_set_account (self->attachments, self->session, self->card->id);
  rubis_account_disputes_show (self->disputes, self->session, self->card->id);
  /* What is being typed is not thrown away by an account that is loaded again. */
  rubis_saved_text_show (self->note_view, self->card->note);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "account");
}
