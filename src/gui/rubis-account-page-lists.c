/* The account view: its lists. */
#include "rubis-account-page-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-sections.h"
#include "rubis-disputes.h"
#include "rubis-format.h"
#include "rubis-plans.h"
#include "rubis-promises.h"
#include "rubis-sent-list.h"
#include "rubis-sums.h"
#include "rubis-ui.h"

#define MAX_ITEMS 8
#define MAX_EXPOSURES 200

GtkWidget *
rubis_account_page_make_items (RubisAccountPage *self)
{
  GPtrArray *items = self->data->view->card->items;
  RubisCurrency own = rubis_session_get_currency (self->session);
  GtkBox *box;
  GtkWidget *section = rubis_account_page_make_section (_ ("Open items"), _ ("_All of Them"),
                                                        items->len > 0 ? "page.items" : NULL, &box);

  for (guint i = 0; i < MIN (items->len, MAX_ITEMS); i++)
    gtk_box_append (box, rubis_account_make_item_line (items->pdata[i], own));
  if (items->len > MAX_ITEMS)
    {
      guint n_more = items->len - MAX_ITEMS;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      gtk_box_append (box, rubis_account_make_label (more, 0, FALSE, "caption", "dim-label"));
    }
  if (items->len == 0)
    gtk_box_append (box, rubis_account_make_label (_ ("Nothing is owed"), 0, TRUE, "dim-label", NULL));
  return section;
}

/* --- disputes, promises, plans --- */

/* A line with its state, what it says and a button that opens it (@action: (nullable)). */
static void
add_agreement (GtkBox *box, const char *title, const char *detail, const char *action, gint64 id,
               const char *tooltip)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (texts), rubis_account_make_label (title, 0, TRUE, NULL, NULL));
  if (detail[0] != '\0')
    gtk_box_append (GTK_BOX (texts), rubis_account_make_label (detail, 0, TRUE, "caption", "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), texts);
  if (action != NULL)
    {
      GtkWidget *open = gtk_button_new_from_icon_name ("go-next-symbolic");

      gtk_actionable_set_action_name (GTK_ACTIONABLE (open), action);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "x", id);
      gtk_widget_set_tooltip_text (open, tooltip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
      gtk_widget_add_css_class (open, "flat");
      gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), open);
    }
  gtk_widget_add_css_class (line, "agreement");
  gtk_box_append (box, line);
}

/* The name of the account before @text, in the view of a group. (transfer full) */
static char *
name_account (RubisAccountPage *self, const char *name, const char *text)
{
  return self->account_id == 0 ? g_strdup_printf ("%s · %s", name, text) : g_strdup (text);
}

static void
add_dispute (RubisAccountPage *self, GtkBox *box, const RubisDispute *dispute)
{
  g_autofree char *amount
      = rubis_format_amount (dispute->amount, dispute->currency, rubis_format_ui_language ());
  g_autofree char *what = g_strdup_printf (_ ("Dispute, %s: %s"), dispute->reason_label, amount);
  g_autofree char *title = name_account (self, dispute->account_name, what);
  g_autoptr (GString) detail = g_string_new (rubis_dispute_state_to_label (dispute->state));

  if (dispute->resolver[0] != '\0')
    g_string_append_printf (detail, " · %s", dispute->resolver);
  if (dispute->days_late > 0)
    {
      g_string_append (detail, " · ");
      g_string_append_printf (detail, ngettext ("%d day late", "%d days late", dispute->days_late),
                              dispute->days_late);
    }
  if (dispute->description[0] != '\0')
    g_string_append_printf (detail, "\n%s", dispute->description);
  add_agreement (box, title, detail->str, "win.show-dispute", dispute->id, _ ("Show this dispute"));
}

static void
add_promise (RubisAccountPage *self, GtkBox *box, const RubisPromiseRow *promise)
{
  g_autofree char *amount
      = rubis_format_amount (promise->amount, promise->currency, rubis_format_ui_language ());
  g_autofree char *day = rubis_ui_format_date (promise->date);
  g_autofree char *what = g_strdup_printf (_ ("Promise of %s for %s"), amount, day);
  g_autofree char *title = name_account (self, promise->account_name, what);
  g_autofree char *remark = rubis_promise_row_describe (promise);
  g_autoptr (GString) detail = g_string_new (rubis_promise_state_to_label (promise->state));

  if (remark != NULL)
    g_string_append_printf (detail, " · %s", remark);
  if (promise->given_by[0] != '\0')
    g_string_append_printf (detail, " · %s", promise->given_by);
  if (promise->quote[0] != '\0')
    {
      g_string_append_c (detail, '\n');
      g_string_append_printf (detail, _ ("“%s”"), promise->quote);
    }
  add_agreement (box, title, detail->str, NULL, 0, NULL);
}

static void
add_plan (RubisAccountPage *self, GtkBox *box, const RubisPlanRow *plan)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *paid = rubis_format_amount (plan->verdict.paid, plan->currency, language);
  g_autofree char *total = rubis_format_amount (plan->verdict.total, plan->currency, language);
  g_autofree char *what = g_strdup_printf (_ ("Payment plan: %s of %s paid"), paid, total);
  g_autofree char *title = name_account (self, plan->account_name, what);
  g_autoptr (GString) detail = g_string_new (rubis_plan_row_get_state_label (plan));

  if (plan->verdict.next >= 0)
    {
      g_autofree char *day = rubis_ui_format_date (plan->verdict.next_date);
      g_autofree char *next = rubis_format_amount (plan->verdict.next_open, plan->currency, language);

      g_string_append (detail, " · ");
      g_string_append_printf (detail, _ ("next: %s on %s"), next, day);
    }
  add_agreement (box, title, detail->str, "win.show-plan", plan->id, _ ("Show this plan"));
}

GtkWidget *
rubis_account_page_make_agreements (RubisAccountPage *self)
{
  const RubisAccountPageData *data = self->data;
  GtkBox *box;
  GtkWidget *section = rubis_account_page_make_section (_ ("Disputes, promises and plans"), NULL, NULL, &box);

  for (guint i = 0; i < data->promises->len; i++)
    add_promise (self, box, data->promises->pdata[i]);
  for (guint i = 0; i < data->disputes->len; i++)
    add_dispute (self, box, data->disputes->pdata[i]);
  for (guint i = 0; i < data->plans->len; i++)
    add_plan (self, box, data->plans->pdata[i]);
  if (data->promises->len + data->disputes->len + data->plans->len == 0)
    gtk_box_append (box, rubis_account_make_label (_ ("Nothing is contested, promised or agreed"), 0, TRUE,
                                                   "dim-label", NULL));
  return section;
}

/* --- documents --- */

static GtkWidget *
make_document (const RubisSentRow *document)
{
  g_autofree char *date = rubis_ui_format_date (document->date);
  g_autofree char *line = g_strdup_printf ("%s · %s", date, document->channel);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *title = document->subject[0] != '\0' ? document->subject : document->template_name;

  gtk_box_append (GTK_BOX (texts), rubis_account_make_label (title, 0, TRUE, NULL, NULL));
  gtk_box_append (GTK_BOX (texts), rubis_account_make_label (line, 0, FALSE, "caption", "dim-label"));
  gtk_button_set_child (GTK_BUTTON (button), texts);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-document");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", document->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_tooltip_text (button, _ ("Show what was sent"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "channel");
  return button;
}

GtkWidget *
rubis_account_page_make_documents (RubisAccountPage *self)
{
  GPtrArray *documents = self->data->documents;
  GtkBox *box;
  GtkWidget *section = rubis_account_page_make_section (_ ("Last letters and emails"), NULL, NULL, &box);

  for (guint i = 0; i < documents->len; i++)
    gtk_box_append (box, make_document (documents->pdata[i]));
  if (documents->len == 0)
    gtk_box_append (box, rubis_account_make_label (_ ("Nothing was sent yet"), 0, TRUE, "dim-label", NULL));
  return section;
}

/* --- exposure --- */

static void
add_cell (GtkGrid *grid, const char *text, float xalign, int column, int row, const char *css_class)
{
  GtkWidget *label = rubis_account_make_label (text, xalign, FALSE, css_class, NULL);

  if (column == 0)
    gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), column == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
add_exposure (GtkGrid *grid, const RubisExposureLine *line, int row)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *balance = rubis_format_amount (line->balance, line->currency, language);
  g_autofree char *overdue = rubis_ui_format_amount (line->overdue, line->currency, line->currency);
  g_autofree char *disputed = rubis_ui_format_amount (line->disputed, line->currency, line->currency);
  g_autofree char *late = line->days_late > 0 ? g_strdup_printf ("%d", line->days_late) : g_strdup ("–");
  g_autofree char *name = g_strdup_printf ("%s · %s", line->name, line->code);
  GtkWidget *button = gtk_button_new_with_label (name);

  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-account-view");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", line->account_id);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "channel");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_grid_attach (grid, button, 0, row, 1, 1);
  add_cell (grid, balance, 1, 1, row, "numeric");
  add_cell (grid, overdue, 1, 2, row, "numeric");
  add_cell (grid, disputed, 1, 3, row, "numeric");
  add_cell (grid, late, 1, 4, row, "numeric");
}

/* "1 204 accounts · 412 300,18 € · 3 200,00 USD" */
static char *
describe_sums (GPtrArray *lines)
{
  g_autoptr (GArray) sums = rubis_sums_new ();
  g_autoptr (GHashTable) accounts = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree char *amounts = NULL;
  g_autofree char *count = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      RubisExposureLine *line = g_ptr_array_index (lines, i);

      g_hash_table_add (accounts, &line->account_id);
      rubis_sums_add (sums, line->currency, line->balance);
    }
  amounts = rubis_sums_to_text (sums);
  count = g_strdup_printf (ngettext ("%u account owes", "%u accounts owe", g_hash_table_size (accounts)),
                           g_hash_table_size (accounts));
  return g_strdup_printf ("%s %s", count, amounts);
}

GtkWidget *
rubis_account_page_make_exposure (RubisAccountPage *self)
{
  GPtrArray *lines = self->data->view->lines;
  const char *heads[] = { _ ("Account"), _ ("Outstanding"), _ ("Overdue"), _ ("Contested"), _ ("Days late") };
  GtkBox *box;
  GtkWidget *section = rubis_account_page_make_section (
      self->account_id == 0 ? _ ("Exposure by account") : _ ("Other accounts of the same company"), NULL,
      NULL, &box);
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *sums = describe_sums (lines);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  for (int column = 0; column < (int)G_N_ELEMENTS (heads); column++)
    add_cell (GTK_GRID (grid), heads[column], column == 0 ? 0 : 1, column, 0, "dim-label");
  for (guint i = 0; i < MIN (lines->len, MAX_EXPOSURES); i++)
    add_exposure (GTK_GRID (grid), lines->pdata[i], (int)i + 1);
  gtk_box_append (box, grid);
  if (lines->len > MAX_EXPOSURES)
    {
      guint n_more = lines->len - MAX_EXPOSURES;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      gtk_box_append (box, rubis_account_make_label (more, 0, FALSE, "caption", "dim-label"));
    }
  gtk_box_append (box, rubis_account_make_label (lines->len > 0 ? sums : _ ("Nothing is owed"), 0, TRUE,
                                                 "numeric", "dim-label"));
  return section;
}
