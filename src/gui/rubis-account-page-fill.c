/* The account view: what is shown of an account or a group. */
#include "rubis-account-page-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-sections.h"
#include "rubis-aging-bar.h"
#include "rubis-contact-form.h"
#include "rubis-format.h"
#include "rubis-habit-chart.h"
#include "rubis-identifiers.h"
#include "rubis-ui.h"

GtkWidget *
rubis_account_page_make_section (const char *title, const char *label, const char *action, GtkBox **box)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *heading = rubis_account_make_label (title, 0, FALSE, "heading", NULL);

  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (head), heading);
  if (action != NULL)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (label);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
      gtk_widget_add_css_class (button, "flat");
      gtk_box_append (GTK_BOX (head), button);
    }
  gtk_box_append (GTK_BOX (section), head);
  *box = GTK_BOX (section);
  return section;
}

/* --- head --- */

static void
fill_head (RubisAccountPage *self)
{
  const RubisAccountView *view = self->data->view;
  const RubisAccountCard *card = view->card;
  g_autoptr (GString) line
      = g_string_new (card != NULL ? card->code : _ ("Consolidated: to be read, not a demand"));

  if (card != NULL && card->siren[0] != '\0')
    {
      g_autofree char *siren = rubis_siren_format (card->siren);

      g_string_append_printf (line, " · SIREN %s", siren);
    }
  if (card != NULL && card->kind != RUBIS_PARTY_PROFESSIONAL)
    g_string_append_printf (line, " · %s", rubis_party_kind_to_label (card->kind));
  if (card != NULL && card->groups[0] != '\0')
    g_string_append_printf (line, " · %s", card->groups);
  if (card != NULL)
    g_string_append_printf (line, " · %s", card->policy_name);
  if (card != NULL && card->payment_terms[0] != '\0')
    g_string_append_printf (line, " · %s", card->payment_terms);
  if (view->sales_rep[0] != '\0')
    g_string_append_printf (line, " · %s", view->sales_rep);
  gtk_label_set_label (self->name_label, view->name);
  gtk_label_set_label (self->code_label, line->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->code_label), line->str);
  gtk_widget_set_visible (self->account_actions, card != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->late_badge), card != NULL && card->days_late > 0);
  if (card != NULL && card->days_late > 0)
    {
      g_autofree char *late
          = g_strdup_printf (ngettext ("%d day late", "%d days late", card->days_late), card->days_late);
      const char *classes[] = { "late-badge", rubis_ui_late_class (card->days_late), NULL };

      gtk_label_set_label (self->late_badge, late);
      gtk_widget_set_css_classes (GTK_WIDGET (self->late_badge), classes);
    }
}

/* Insolvency and stop: one banner. */
static void
fill_banner (RubisAccountPage *self)
{
  const RubisAccountCard *card = self->data->view->card;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean insolvent = card != NULL && card->insolvency != RUBIS_INSOLVENCY_NONE;
  const char *classes[] = { "account-banner", insolvent ? "error" : "warning", NULL };

  if (insolvent)
    g_string_append (text, rubis_insolvency_to_label (card->insolvency));
  if (card != NULL && card->stop)
    {
      g_autofree char *until = rubis_ui_format_long_date (card->stop_until);

      g_string_append (text, text->len > 0 ? " · " : "");
      if (card->stop_until != RUBIS_DATE_NONE)
        g_string_append_printf (text, _ ("Reminders are stopped until %s"), until);
      else
        g_string_append (text, _ ("Reminders are stopped"));
      if (card->stop_reason[0] != '\0')
        g_string_append_printf (text, " (%s)", card->stop_reason);
    }
  gtk_label_set_label (self->banner_label, text->str);
  gtk_widget_set_css_classes (GTK_WIDGET (self->banner_label), classes);
  gtk_widget_set_visible (GTK_WIDGET (self->banner_label), text->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.stop", card != NULL && !card->stop);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.lift-stop", card != NULL && card->stop);
}

/* --- figures --- */

static GtkWidget *
make_tile (const char *caption, const char *figure, const char *css_class, const char *tooltip)
{
  GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *value = rubis_account_make_label (figure, 0, FALSE, "figure", "numeric");

  gtk_box_append (GTK_BOX (tile), rubis_account_make_label (caption, 0, FALSE, "caption", "dim-label"));
  gtk_box_append (GTK_BOX (tile), value);
  gtk_widget_add_css_class (tile, "figure-tile");
  if (css_class != NULL)
    gtk_widget_add_css_class (tile, css_class);
  gtk_widget_set_tooltip_text (tile, tooltip);
  gtk_widget_set_hexpand (tile, TRUE);
  return tile;
}

/* The tile itself is read, not chosen. */
static void
add_tile (GtkFlowBox *box, GtkWidget *tile)
{
  gtk_flow_box_insert (box, tile, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (tile), FALSE);
}

static void
add_amount (GtkFlowBox *box, const char *caption, gint64 amount, RubisCurrency currency,
            const char *css_class, const char *tooltip)
{
  g_autofree char *text
      = amount != 0 ? rubis_format_amount (amount, currency, rubis_format_ui_language ()) : g_strdup ("–");

  add_tile (box, make_tile (caption, text, css_class, tooltip));
}

static void
add_limit (GtkFlowBox *box, const RubisAccountView *view, gint64 balance, RubisCurrency own)
{
  g_autofree char *limit = NULL;
  g_autofree char *used = NULL;
  g_autofree char *tip = NULL;

  if (view->credit_limit < 0)
    return;
  limit = rubis_format_amount (view->credit_limit, own, rubis_format_ui_language ());
  used = view->credit_limit > 0
             ? g_strdup_printf ("%.0f %%", 100.0 * (double)balance / (double)view->credit_limit)
             : g_strdup ("–");
  tip = g_strdup_printf (_ ("Outstanding against a credit limit of %s"), limit);
  add_tile (box, make_tile (_ ("Limit used"), used, balance > view->credit_limit ? "overdue" : NULL, tip));
}

/* The dossier's currency, with all its figures. */
static void
add_main_balance (RubisAccountPage *self, const RubisBalance *balance)
{
  const RubisAccountView *view = self->data->view;
  GtkFlowBox *tiles = GTK_FLOW_BOX (gtk_flow_box_new ());
  GtkWidget *bar = rubis_aging_bar_new ();

  gtk_widget_add_css_class (GTK_WIDGET (tiles), "figures");
  gtk_flow_box_set_selection_mode (tiles, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (tiles, TRUE);
  gtk_flow_box_set_min_children_per_line (tiles, 2);
  gtk_flow_box_set_row_spacing (tiles, 6);
  gtk_flow_box_set_column_spacing (tiles, 6);
  add_amount (tiles, _ ("Overdue"), balance->overdue, balance->currency,
              balance->overdue > 0 ? "overdue" : NULL, NULL);
  add_amount (tiles, _ ("Not due"), balance->not_due, balance->currency, NULL, NULL);
  add_amount (tiles, _ ("Credits"), balance->unapplied, balance->currency, NULL,
              _ ("Credit notes and payments that are not set against an invoice"));
  add_amount (tiles, _ ("Outstanding"), balance->balance, balance->currency, NULL,
              _ ("Overdue and not due, less credits"));
  add_amount (tiles, _ ("Contested"), balance->disputed, balance->currency, NULL, NULL);
  add_amount (tiles, _ ("Sales, 12 months"), view->revenue, balance->currency, NULL,
              _ ("Invoices less credit notes, VAT included"));
  add_limit (tiles, view, balance->balance, balance->currency);
  rubis_aging_bar_set_buckets (RUBIS_AGING_BAR (bar), balance->buckets, balance->currency);
  gtk_box_append (self->figures_box, GTK_WIDGET (tiles));
  gtk_box_append (self->figures_box, bar);
}

/* Another currency: a line of words and a short bar. */
static void
add_other_balance (RubisAccountPage *self, const RubisBalance *balance)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *amount = rubis_format_amount (balance->overdue, balance->currency, language);
  g_autofree char *overdue = g_strdup_printf (_ ("%s overdue"), amount);
  g_autofree char *rest = rubis_account_describe_rest (balance);
  g_autofree char *text = g_strdup_printf ("%s · %s", overdue, rest);
  GtkBox *line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  GtkWidget *label = rubis_account_make_label (text, 0, FALSE, "numeric", NULL);
  GtkWidget *bar = rubis_aging_bar_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, text);
  rubis_aging_bar_set_buckets (RUBIS_AGING_BAR (bar), balance->buckets, balance->currency);
  gtk_widget_set_size_request (bar, 120, -1);
  gtk_box_append (line, label);
  gtk_box_append (line, bar);
  gtk_box_append (self->figures_box, GTK_WIDGET (line));
}

static void
fill_figures (RubisAccountPage *self)
{
  RubisCurrency own = rubis_session_get_currency (self->session);
  GArray *balances = self->data->view->balances;
  RubisBalance nothing = { .currency = own };
  guint first = 0;

  rubis_account_clear_box (self->figures_box);
  if (balances->len > 0 && rubis_currency_equal (g_array_index (balances, RubisBalance, 0).currency, own))
    first = 1;
  add_main_balance (self, first == 1 ? &g_array_index (balances, RubisBalance, 0) : &nothing);
  for (guint i = first; i < balances->len; i++)
    add_other_balance (self, &g_array_index (balances, RubisBalance, i));
}

/* --- behaviour --- */

/* The months as a table, for who wants the figures themselves. */
static GtkWidget *
make_months (const RubisPayingHabit *habit)
{
  GtkWidget *grid = gtk_grid_new ();
  const char *heads[] = { _ ("Month of payment"), _ ("Average delay"), _ ("Invoices") };

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  for (int column = 0; column < 3; column++)
    gtk_grid_attach (
        GTK_GRID (grid),
        rubis_account_make_label (heads[column], column == 2 ? 1 : 0, FALSE, "caption", "dim-label"), column,
        0, 1, 1);
  for (int i = 0; i < RUBIS_HABIT_MONTHS; i++)
    {
      g_autofree char *month = rubis_habit_chart_dup_month (habit, i);
      g_autofree char *delay
          = habit->n_months[i] > 0 ? rubis_paying_habit_describe_delay (habit->months[i]) : g_strdup ("–");
      g_autofree char *count = rubis_ui_format_count (habit->n_months[i]);

      gtk_grid_attach (GTK_GRID (grid), rubis_account_make_label (month, 0, FALSE, NULL, NULL), 0, i + 1, 1,
                       1);
      gtk_grid_attach (GTK_GRID (grid), rubis_account_make_label (delay, 0, FALSE, NULL, NULL), 1, i + 1, 1,
                       1);
      gtk_grid_attach (GTK_GRID (grid), rubis_account_make_label (count, 1, FALSE, "numeric", NULL), 2, i + 1,
                       1, 1);
    }
  return grid;
}

static void
add_months (GtkBox *box, const RubisPayingHabit *habit)
{
  GtkWidget *chart = rubis_habit_chart_new ();
  GtkWidget *expander = gtk_expander_new (_ ("Figures by month"));
  GtkWidget *months = make_months (habit);

  rubis_habit_chart_set_habit (RUBIS_HABIT_CHART (chart), habit);
  /* A folded child has no window, and GTK looks for the focus in it all the same. */
  gtk_widget_set_can_focus (months, FALSE);
  gtk_expander_set_child (GTK_EXPANDER (expander), months);
  gtk_box_append (box, chart);
  gtk_box_append (box, rubis_account_make_label (_ ("Days after the due date, by month of payment"), 0, TRUE,
                                                 "caption", "dim-label"));
  gtk_box_append (box, expander);
}

static gboolean
has_months (const RubisPayingHabit *habit)
{
  for (int i = 0; i < RUBIS_HABIT_MONTHS; i++)
    {
      if (habit->n_months[i] > 0)
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
make_behaviour (RubisAccountPage *self)
{
  const RubisAccountView *view = self->data->view;
  g_autofree char *habit = rubis_paying_habit_describe (&view->habit, &view->promises);
  GtkBox *box;
  GtkWidget *section = rubis_account_page_make_section (_ ("How it has paid"), NULL, NULL, &box);

  gtk_box_append (
      box, rubis_account_make_label (habit[0] != '\0'
                                         ? habit
                                         : _ ("Nothing is known yet: no invoice was paid on a known day in "
                                              "the last six months."),
                                     0, TRUE, habit[0] != '\0' ? NULL : "dim-label", NULL));
  if (has_months (&view->habit))
    add_months (box, &view->habit);
  if (view->call_minutes > 0)
    {
      g_autofree char *minutes = g_strdup_printf (ngettext ("%d minute on the phone in twelve months",
                                                            "%d minutes on the phone in twelve months",
                                                            (gulong)view->call_minutes),
                                                  view->call_minutes);

      gtk_box_append (box, rubis_account_make_label (minutes, 0, TRUE, "caption", "dim-label"));
    }
  return section;
}

/* --- next action and contacts --- */

static GtkWidget *
make_next (const RubisAccountCard *card)
{
  GtkBox *box;
  GtkWidget *section = rubis_account_page_make_section (_ ("Next action"), NULL, NULL, &box);

  gtk_box_append (
      box, rubis_account_make_label (card->next_action[0] != '\0' ? card->next_action : _ ("Nothing to do"),
                                     0, TRUE, NULL, NULL));
  for (guint i = 0; i < card->why->len; i++)
    gtk_box_append (box, rubis_account_make_label (card->why->pdata[i], 0, TRUE, "caption", "dim-label"));
  return section;
}

static GtkWidget *
make_form_button (RubisAccountPage *self, const RubisContactRow *contact)
{
  GtkWidget *button = gtk_menu_button_new ();
  const char *label = contact != NULL ? _ ("Change this contact") : _ ("Add a contact");

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button),
                                 contact != NULL ? "document-edit-symbolic" : "list-add-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button),
                               rubis_contact_form_new (self->session, self->account_id, contact));
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  return button;
}

/* All that is shown of the contacts, to see whether they are others. (transfer full) */
static char *
sign_contacts (RubisAccountPage *self)
{
  GPtrArray *contacts = self->data->view->card->contacts;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", self->account_id);
  for (guint i = 0; i < contacts->len; i++)
    {
      const RubisContactRow *row = contacts->pdata[i];

      g_string_append_printf (text, "%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", row->id, row->name,
                              row->role, row->job, row->email, row->phone, row->mobile, row->note);
    }
  return g_string_free (text, FALSE);
}

/* Made anew only when they are others: a form that is open stays open. */
static void
fill_contacts (RubisAccountPage *self)
{
  GPtrArray *contacts = self->data->view->card->contacts;
  g_autofree char *sign = sign_contacts (self);
  GtkWidget *head;
  GtkWidget *heading;

  if (g_strcmp0 (sign, self->contacts_shown) == 0)
    return;
  g_free (self->contacts_shown);
  self->contacts_shown = g_steal_pointer (&sign);
  rubis_account_clear_box (self->contacts_box);
  head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  heading = rubis_account_make_label (_ ("Contacts"), 0, FALSE, "heading", NULL);
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (head), heading);
  gtk_box_append (GTK_BOX (head), make_form_button (self, NULL));
  gtk_box_append (self->contacts_box, head);
  for (guint i = 0; i < contacts->len; i++)
    {
      const RubisContactRow *row = contacts->pdata[i];
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *contact = rubis_account_make_contact (row);

      gtk_widget_set_hexpand (contact, TRUE);
      gtk_box_append (GTK_BOX (line), contact);
      if (row->id != 0)
        gtk_box_append (GTK_BOX (line), make_form_button (self, row));
      gtk_box_append (self->contacts_box, line);
    }
  if (contacts->len == 0)
    gtk_box_append (self->contacts_box,
                    rubis_account_make_label (_ ("Nobody is known there yet"), 0, TRUE, "dim-label", NULL));
}

/* What stays when the rest is made anew. */
static void
take_out (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (parent != NULL)
    gtk_box_remove (GTK_BOX (parent), widget);
}

static void
fill_account (RubisAccountPage *self)
{
  RubisAccountPageData *data = self->data;

  fill_contacts (self);
  rubis_account_terms_show (self->terms, data->view, data->fields);
  gtk_box_append (self->left_box, rubis_account_page_make_agreements (self));
  gtk_box_append (self->left_box, rubis_account_page_make_items (self));
  gtk_box_append (self->left_box, make_behaviour (self));
  gtk_box_append (self->left_box, rubis_account_page_make_documents (self));
  gtk_box_append (self->right_box, make_next (data->view->card));
}

/* Children that stay are moved, not made anew: focus and what is being typed stay with them. */
static void
clear_but (GtkBox *box, GtkWidget *first, GtkWidget *second)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != first && child != second)
        gtk_box_remove (box, child);
      child = next;
    }
}

void
rubis_account_page_fill (RubisAccountPage *self)
{
  GtkWidget *contacts = GTK_WIDGET (self->contacts_box);
  GtkWidget *terms = GTK_WIDGET (self->terms);
  gboolean of_account = self->data->account_id != 0;

  fill_head (self);
  fill_banner (self);
  fill_figures (self);
  rubis_account_clear_box (self->left_box);
  rubis_account_clear_box (self->wide_box);
  clear_but (self->right_box, contacts, terms);
  if (of_account)
    {
      if (gtk_widget_get_parent (contacts) == NULL)
        gtk_box_append (self->right_box, contacts);
      if (gtk_widget_get_parent (terms) == NULL)
        gtk_box_append (self->right_box, terms);
      fill_account (self);
      gtk_box_reorder_child_after (self->right_box, gtk_widget_get_last_child (GTK_WIDGET (self->right_box)),
                                   NULL);
    }
  else
    {
      take_out (contacts);
      take_out (terms);
      gtk_box_append (self->left_box, make_behaviour (self));
      gtk_box_append (self->right_box, rubis_account_page_make_agreements (self));
    }
  if (!of_account || self->data->view->lines->len > 0)
    gtk_box_append (self->wide_box, rubis_account_page_make_exposure (self));
}
