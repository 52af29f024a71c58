/* Disputes in the window: opening one from the page, the grid and the panel; cards moved by mouse and keys;
 * how they end; the list for several at once; statistics that lead to it.
 */
#include <adwaita.h>
#include <string.h>

#include "rubis-account-card.h"
#include "rubis-account-panel.h"
#include "rubis-actors.h"
#include "rubis-contested-items.h"
#include "rubis-dispute-card.h"
#include "rubis-dispute-column.h"
#include "rubis-dispute-dialog.h"
#include "rubis-dispute-filter-bar.h"
#include "rubis-dispute-list.h"
#include "rubis-dispute-mover.h"
#include "rubis-dispute-pane.h"
#include "rubis-dispute-stats.h"
#include "rubis-disputes-page.h"
#include "rubis-invoice-grid.h"
#include "rubis-inbox.h"
#include "rubis-item-list.h"
#include "rubis-letters-page.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"
#include "rubis-window.h"

typedef struct
{
  char *folder;
  RubisPreferences *preferences;
  RubisSession *session;
  RubisWindow *window;
  RubisDisputesPage *page;
  gint64 id; /* of the dispute looked at */
  RubisDisputeState state;
  int column;     /* expected, or number of lines */
  gint64 item_id; /* expected to be contested */
} Fixture;

static GtkApplication *application; /* a process registers itself once */

/* --- what the dossier says --- */

static RubisDispute *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  RubisDispute *dispute = rubis_session_load_dispute (fixture->session, fixture->id, &error);

  g_assert_no_error (error);
  return dispute;
}

static gboolean
has_state (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (RubisDispute) dispute = load (fixture);

  return dispute->state == fixture->state;
}

static void
wait_state (Fixture *fixture, RubisDisputeState state)
{
  fixture->state = state;
  rubis_ui_wait (has_state, fixture);
}

/* An open item of which nothing is contested; of another account than @not. */
static RubisItemRow *
find_item (Fixture *fixture, gint64 not )
{
  g_autoptr (RubisItemList) list = rubis_item_list_new (fixture->session);
  guint n;

  while (rubis_item_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RubisItemRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (row->open > 10000 && row->contested == 0 && row->account_id != not )
        return g_steal_pointer (&row);
    }
  g_assert_not_reached ();
}

static gint64
open_one (Fixture *fixture, gint64 amount, const char *reason, gint64 not )
{
  g_autoptr (RubisItemRow) item = find_item (fixture, not );
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (RubisDisputePart));
  const RubisDisputePart part = { item->id, amount };
  RubisDisputeInput input
      = { .account_id = item->account_id, .items = parts, .reason = reason, .due_date = RUBIS_DATE_NONE };
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_array_append_val (parts, part);
  id = rubis_session_open_dispute (fixture->session, &input, &error);
  g_assert_no_error (error);
  return id;
}

/* --- what the window shows --- */

/* The card of the dispute that is looked at, wherever it hangs; NULL when there is none. */
static GtkWidget *
find_card (Fixture *fixture, GtkWidget *below)
{
  if (RUBIS_IS_DISPUTE_CARD (below)
      && rubis_dispute_card_get_dispute (RUBIS_DISPUTE_CARD (below))->id == fixture->id)
    return below;
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_card (fixture, child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_column (Fixture *fixture, int index)
{
  GtkWidget *column = gtk_widget_get_first_child (
      gtk_widget_get_parent (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_COLUMN, NULL)));

  for (int i = 0; i < index; i++)
    column = gtk_widget_get_next_sibling (column);
  return column;
}

/* Where the card hangs: 0 to 3; -1: nowhere. */
static int
get_column (Fixture *fixture)
{
  for (int i = 0; i < 4; i++)
    {
      if (find_card (fixture, find_column (fixture, i)) != NULL)
        return i;
    }
  return -1;
}

static gboolean
is_in_column (gpointer data)
{
  Fixture *fixture = data;

  return get_column (fixture) == fixture->column;
}

static void
wait_column (Fixture *fixture, int column)
{
  fixture->column = column;
  rubis_ui_wait (is_in_column, fixture);
}

static gboolean
has_popover (gpointer data)
{
  GtkWidget *mover = rubis_ui_find (data, RUBIS_TYPE_DISPUTE_MOVER, NULL);

  return mover != NULL && gtk_widget_get_mapped (mover);
}

static gboolean
has_no_popover (gpointer data)
{
  return rubis_ui_find (data, RUBIS_TYPE_DISPUTE_MOVER, NULL) == NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_DISPUTE_DIALOG) != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return !has_dialog (data);
}

static gboolean
has_items (gpointer data)
{
  GtkWidget *dialog = rubis_ui_find_window (RUBIS_TYPE_DISPUTE_DIALOG);
  RubisContestedItems *items = rubis_ui_find (dialog, RUBIS_TYPE_CONTESTED_ITEMS, NULL);

  return rubis_contested_items_get_n_lines (items) > 0;
}

static gboolean
has_reasons (gpointer drop)
{
  return g_list_model_get_n_items (gtk_drop_down_get_model (drop)) > 1;
}

static RubisDisputeDialog *
wait_dialog (void)
{
  rubis_ui_wait (has_dialog, NULL);
  rubis_ui_wait (has_items, NULL);
  rubis_ui_wait (has_reasons, rubis_ui_find_named (rubis_ui_find_window (RUBIS_TYPE_DISPUTE_DIALOG),
                                                   GTK_TYPE_DROP_DOWN, "Reason"));
  return rubis_ui_find_window (RUBIS_TYPE_DISPUTE_DIALOG);
}

static void
contest (RubisDisputeDialog *dialog, const char *number, const char *amount)
{
  g_autofree char *name = g_strdup_printf ("Contested amount of %s", number);

  gtk_editable_set_text (rubis_ui_find_named (dialog, GTK_TYPE_ENTRY, name), amount);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_ui_test_copy_demo (fixture->folder);
  fixture->preferences = rubis_preferences_new ();
  fixture->window = rubis_window_new (application, fixture->preferences, RUBIS_UI_TODAY);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1500, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rubis_window_set_session (fixture->window, fixture->session);
  fixture->page = rubis_ui_find (fixture->window, RUBIS_TYPE_DISPUTES_PAGE, NULL);
  fixture->id = open_one (fixture, 20000, "price", 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "disputes");
  wait_column (fixture, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_ui_destroy (fixture->window);
  g_clear_pointer (&fixture->preferences, rubis_preferences_free);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
undo (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
}

/* --- opening --- */

static gboolean
is_contested (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GPtrArray) disputes = rubis_session_list_disputes (
      fixture->session, &(RubisDisputeFilter){ .item_id = fixture->item_id }, NULL);

  return disputes->len > 0;
}

/* What was opened on @item, and nothing else. */
static void
check_opened (Fixture *fixture, RubisItemRow *item, gint64 amount)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) disputes
      = rubis_session_list_disputes (fixture->session, &(RubisDisputeFilter){ .item_id = item->id }, &error);
  RubisDispute *dispute;

  g_assert_no_error (error);
  g_assert_cmpuint (disputes->len, ==, 1);
  dispute = disputes->pdata[0];
  g_assert_cmpint (dispute->amount, ==, amount);
  g_assert_cmpint (dispute->account_id, ==, item->account_id);
  g_assert_cmpstr (dispute->numbers->pdata[0], ==, item->number);
  g_assert_cmpint (dispute->state, ==, RUBIS_DISPUTE_OPEN);
  fixture->id = dispute->id;
}

static void
test_open_from_page (Fixture *fixture, gconstpointer data)
{
  RubisDisputeDialog *dialog;
  g_autoptr (RubisItemRow) item = find_item (fixture, 0);

  g_object_set (fixture->page, "account-id", item->account_id, NULL);
  rubis_ui_click (fixture->page, "_New Dispute");
  dialog = wait_dialog ();
  rubis_ui_check_names (dialog);
  /* More than there is says so in place and keeps the dialog. */
  gtk_check_button_set_active (rubis_ui_find (dialog, GTK_TYPE_CHECK_BUTTON, item->number), TRUE);
  contest (dialog, item->number, "99999999,00");
  rubis_ui_click (dialog, "_Open the Dispute");
  rubis_ui_wait_text (dialog, "between nothing and what is open");
  gtk_window_destroy (GTK_WINDOW (dialog));
  rubis_ui_settle ();
}

static void
test_open_from_grid (Fixture *fixture, gconstpointer data)
{
  RubisInvoiceGrid *grid = rubis_ui_find (fixture->window, RUBIS_TYPE_INVOICE_GRID, NULL);
  g_autoptr (RubisItemRow) item = find_item (fixture, 0);
  GtkColumnView *view = rubis_ui_find (grid, GTK_TYPE_COLUMN_VIEW, NULL);
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (view));
  RubisDisputeDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "invoices");
  rubis_ui_wait_text (grid, item->number);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (RubisItemRow) row = g_list_model_get_item (rows, i);

      if (row->id == item->id)
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (rows), i, TRUE);
    }
  gtk_widget_grab_focus (GTK_WIDGET (view));
  rubis_ui_press ("l");
  dialog = wait_dialog ();
  contest (dialog, item->number, "123,45");
  /* The words are typed at once, and nobody's guess is taken for a reason. */
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (dialog))));
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait_text (dialog, "Choose the reason why it is contested.");
  gtk_drop_down_set_selected (rubis_ui_find_named (dialog, GTK_TYPE_DROP_DOWN, "Reason"), 1);
  rubis_ui_click (dialog, "_Open the Dispute");
  rubis_ui_wait (has_no_dialog, NULL);
  check_opened (fixture, item, 12345);
  undo (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "disputes");
  wait_column (fixture, -1);
}

static void
test_open_from_panel (Fixture *fixture, gconstpointer data)
{
  RubisAccountPanel *panel = rubis_ui_find (fixture->window, RUBIS_TYPE_ACCOUNT_PANEL, NULL);
  g_autoptr (RubisItemRow) item = find_item (fixture, 0);
  RubisDisputeDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-account", "x", item->account_id);
  rubis_ui_wait_text (panel, item->account_name);
  rubis_ui_click (panel, "Open a Dispute…");
  dialog = wait_dialog ();
  gtk_check_button_set_active (rubis_ui_find (dialog, GTK_TYPE_CHECK_BUTTON, item->number), TRUE);
  contest (dialog, item->number, "77,00");
  gtk_drop_down_set_selected (rubis_ui_find_named (dialog, GTK_TYPE_DROP_DOWN, "Reason"), 1);
  rubis_ui_click (dialog, "_Open the Dispute");
  rubis_ui_wait (has_no_dialog, NULL);
  /* It stands in the panel, and leads to the board. */
  check_opened (fixture, item, 7700);
  rubis_ui_wait_text (panel, "77.00");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-dispute", "x", fixture->id);
  rubis_ui_wait_text (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_PANE, NULL), "1 item,");
  g_assert_cmpint (rubis_dispute_pane_get_id (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_PANE, NULL)),
                   ==, fixture->id);
}

static gboolean
is_in_pane (gpointer data)
{
  Fixture *fixture = data;

  return rubis_dispute_pane_get_id (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_PANE, NULL))
         == fixture->id;
}

static void
receive (Fixture *fixture, const char *from, const char *text)
{
  g_autofree char *message
      = g_strdup_printf ("From: Anne Roy <%s>\r\nTo: us@corindon.example\r\nSubject: Re: invoice\r\n"
                         "Date: Mon, 02 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@client.example>\r\n"
                         "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                         "Content-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
                         from, text);
  g_autoptr (GBytes) bytes = g_bytes_new (message, strlen (message));
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  rubis_session_take_message (fixture->session, 0, "1", bytes, 1793612400, &id, &error);
  g_assert_no_error (error);
}

/* The answer that contests opens the same dispute, and leads to it afterwards. */
static void
test_open_from_answer (Fixture *fixture, gconstpointer data)
{
  GtkWidget *letters = rubis_ui_find (fixture->window, RUBIS_TYPE_LETTERS_PAGE, NULL);
  g_autoptr (RubisItemRow) item = find_item (fixture, 0);
  g_autofree char *text
      = g_strdup_printf ("Bonjour,\r\n\r\nNous contestons la facture %s : la quantité livrée est "
                         "fausse.\r\n\r\nAnne Roy",
                         item->number);
  g_autoptr (GError) error = NULL;

  rubis_session_set_account_email (fixture->session, item->account_id, "anne@client.example", &error);
  g_assert_no_error (error);
  receive (fixture, "anne@client.example", text);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "letters/answers");
  rubis_ui_wait_text (letters, "Contests");
  rubis_ui_click (letters, "Open a D_ispute");
  fixture->item_id = item->id;
  rubis_ui_wait (is_contested, fixture);
  check_opened (fixture, item, item->open);
  rubis_ui_click (fixture->window, "_Show");
  rubis_ui_wait (is_in_pane, fixture);
  rubis_ui_wait_text (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_PANE, NULL), item->account_name);
}

/* --- moving --- */

/* The drop as the pointer makes it, on the target of the column. */
static void
drop_on (Fixture *fixture, int column)
{
  GtkWidget *widget = find_column (fixture, column);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (RubisDispute) dispute = load (fixture);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, RUBIS_TYPE_DISPUTE);
  g_value_set_object (&value, dispute);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  g_assert_true (taken);
}

static void
await_credit (Fixture *fixture)
{
  g_autoptr (RubisDispute) awaited = NULL;
  g_autoptr (RubisDispute) again = NULL;
  GtkWidget *mover;
  GtkEditable *credit;

  drop_on (fixture, 2);
  rubis_ui_wait (has_popover, fixture->page);
  mover = rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_MOVER, NULL);
  rubis_ui_check_names (mover);
  credit = rubis_ui_find (mover, GTK_TYPE_ENTRY, NULL);
  g_assert_cmpstr (gtk_editable_get_text (credit), ==, "200.00");
  gtk_editable_set_text (credit, "200.01");
  rubis_ui_click (mover, "_Await the Credit Note");
  rubis_ui_wait_text (mover, "no more than what is contested");
  gtk_editable_set_text (credit, "150.50");
  rubis_ui_click (mover, "_Await the Credit Note");
  wait_column (fixture, 2);
  awaited = load (fixture);
  g_assert_cmpint (awaited->state, ==, RUBIS_DISPUTE_CREDIT_AWAITED);
  g_assert_cmpint (awaited->outcome_amount, ==, 15050);
  rubis_ui_wait (has_no_popover, fixture->page);
  undo (fixture);
  wait_column (fixture, 0);
  again = load (fixture);
  g_assert_cmpint (again->outcome_amount, ==, 0);
}

static void
close_unfounded (Fixture *fixture)
{
  g_autoptr (RubisDispute) closed = NULL;
  GtkWidget *mover;

  drop_on (fixture, 3);
  rubis_ui_wait (has_popover, fixture->page);
  mover = rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_MOVER, NULL);
  gtk_check_button_set_active (
      rubis_ui_find (mover, GTK_TYPE_CHECK_BUTTON, "Unfounded: the customer owes it"), TRUE);
  rubis_ui_wait_text (mover, "Otherwise they go on at the level reached");
  rubis_ui_click (mover, "_Close the Dispute");
  wait_state (fixture, RUBIS_DISPUTE_UNFOUNDED);
  closed = load (fixture);
  g_assert_cmpint (closed->closed_on, ==, RUBIS_UI_TODAY);
  rubis_ui_wait_text (find_column (fixture, 3), "Unfounded");
}

static void
test_drag (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisDispute) dispute = NULL;

  drop_on (fixture, 1);
  wait_column (fixture, 1);
  dispute = load (fixture);
  g_assert_cmpint (dispute->state, ==, RUBIS_DISPUTE_EXAMINED);
  undo (fixture);
  wait_column (fixture, 0);
  wait_state (fixture, RUBIS_DISPUTE_OPEN);
  await_credit (fixture);
  close_unfounded (fixture);
}

static void
focus_card (Fixture *fixture)
{
  rubis_disputes_page_show_dispute (fixture->page, fixture->id);
  gtk_widget_activate_action (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_PANE, NULL), "dispute.hide",
                              NULL);
  gtk_widget_grab_focus (find_card (fixture, GTK_WIDGET (fixture->page)));
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  focus_card (fixture);
  rubis_ui_press ("ctrl+Right");
  wait_column (fixture, 1);
  wait_state (fixture, RUBIS_DISPUTE_EXAMINED);
  /* The card keeps the focus where it went: again moves it on, and asks. */
  rubis_ui_press ("ctrl+Right");
  rubis_ui_wait (has_popover, fixture->page);
  rubis_ui_press ("Escape");
  rubis_ui_wait (has_no_popover, fixture->page);
  wait_state (fixture, RUBIS_DISPUTE_EXAMINED);
  rubis_ui_press ("ctrl+Left");
  wait_column (fixture, 0);
  rubis_ui_press ("Return");
  rubis_ui_wait_text (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_PANE, NULL), "1 item,");
}

/* --- the pane --- */

static gboolean
has_changes (gpointer data)
{
  g_autoptr (RubisDispute) dispute = load (data);

  return dispute->amount == 5000 && g_str_equal (dispute->product_line, "Outillage")
         && dispute->comments->len == 1;
}

static void
test_pane (Fixture *fixture, gconstpointer data)
{
  GtkWidget *pane = rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_PANE, NULL);
  g_autoptr (RubisDispute) dispute = NULL;
  g_autoptr (GPtrArray) actors = rubis_session_list_actors (fixture->session, FALSE, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 actor;
  GtkWidget *entry;
  GtkTextView *comment;

  rubis_disputes_page_show_dispute (fixture->page, fixture->id);
  rubis_ui_wait_text (pane, "1 item,");
  rubis_ui_check_names (pane);
  entry = rubis_ui_find (rubis_ui_find (pane, RUBIS_TYPE_CONTESTED_ITEMS, NULL), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "50");
  g_signal_emit_by_name (entry, "activate");
  entry = rubis_ui_find_named (pane, GTK_TYPE_ENTRY, "Product line");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Outillage");
  g_signal_emit_by_name (entry, "activate");
  comment = rubis_ui_find_named (pane, GTK_TYPE_TEXT_VIEW, "New comment");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (comment), "Seen with the driver", -1);
  gtk_widget_grab_focus (GTK_WIDGET (comment));
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait (has_changes, fixture);
  rubis_ui_wait_text (pane, "Seen with the driver");
  dispute = load (fixture);
  g_assert_cmpstr (dispute->reason, ==, "price");
  /* The colleague is asked by a draft. */
  g_array_append_val (ids, fixture->id);
  actor = ((RubisActor *)actors->pdata[0])->id;
  g_assert_true (rubis_session_assign_disputes (fixture->session, ids, actor, RUBIS_DATE_NONE, NULL));
  gtk_widget_activate_action (pane, "dispute.ask", NULL);
  rubis_ui_wait_text (fixture->window, "The request waits as a draft in the outbox");
}

/* --- list and statistics --- */

static gboolean
is_assigned (gpointer data)
{
  g_autoptr (RubisDispute) dispute = load (data);

  return dispute->due_date == RUBIS_UI_TODAY + 13;
}

static gboolean
shows_expected (gpointer data)
{
  Fixture *fixture = data;
  GtkColumnView *view = rubis_ui_find (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_LIST, NULL),
                                       GTK_TYPE_COLUMN_VIEW, NULL);

  return (int)g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))) == fixture->column;
}

/* The first line of the statistics leads to its disputes, and to those only. */
static void
look_at_statistics (Fixture *fixture)
{
  GtkWidget *stats = rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_STATS, NULL);
  RubisDate from = RUBIS_UI_TODAY - 364;
  g_autoptr (GPtrArray) lines = rubis_session_list_dispute_stats (fixture->session, RUBIS_DISPUTES_BY_REASON,
                                                                  from, RUBIS_UI_TODAY, NULL);
  const RubisDisputeStat *first = lines->pdata[0];
  const RubisDisputeFilter filter = { .states = (1u << RUBIS_N_DISPUTE_STATES) - 1, .reason = first->id };
  g_autoptr (GPtrArray) all = rubis_session_list_disputes (fixture->session, &filter, NULL);

  rubis_disputes_page_show_view (fixture->page, "statistics");
  rubis_ui_wait_text (stats, first->label);
  fixture->column = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const RubisDispute *dispute = all->pdata[i];

      fixture->column += dispute->opened_on >= from || dispute->closed_on >= from ? 1 : 0;
    }
  g_assert_cmpint (fixture->column, >=, first->n_opened);
  g_signal_emit_by_name (rubis_ui_find (stats, GTK_TYPE_COLUMN_VIEW, NULL), "activate", 0);
  rubis_ui_wait (shows_expected, fixture);
}

static void
filter (Fixture *fixture)
{
  gtk_editable_set_text (rubis_ui_find (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL), "no such words");
  rubis_ui_wait_text (fixture->page, "No dispute matches the filter");
  rubis_ui_click (fixture->page, "Show _All");
  wait_column (fixture, 0);
  rubis_ui_check_names (rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_FILTER_BAR, NULL));
}

static void
test_several (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = rubis_ui_find (fixture->page, RUBIS_TYPE_DISPUTE_LIST, NULL);
  g_autoptr (RubisDispute) before = load (fixture);
  g_autoptr (RubisDispute) after = NULL;
  g_autoptr (GPtrArray) open
      = rubis_session_list_disputes (fixture->session, &(RubisDisputeFilter){ 0 }, NULL);
  g_autofree char *text = NULL;

  rubis_disputes_page_show_view (fixture->page, "list");
  rubis_ui_wait_text (list, "200.00");
  gtk_selection_model_select_all (
      gtk_column_view_get_model (rubis_ui_find (list, GTK_TYPE_COLUMN_VIEW, NULL)));
  text = g_strdup_printf ("%u selected", open->len);
  rubis_ui_wait_text (list, text);
  rubis_ui_check_names (gtk_widget_get_parent (rubis_ui_find (list, GTK_TYPE_BUTTON, "_Assign")));
  gtk_editable_set_text (rubis_ui_find_named (list, GTK_TYPE_ENTRY, "To resolve by"), "15/11/2026");
  rubis_ui_click (list, "_Assign");
  rubis_ui_wait (is_assigned, fixture);
  undo (fixture);
  rubis_ui_settle ();
  after = load (fixture);
  g_assert_cmpint (after->due_date, ==, before->due_date);
  look_at_statistics (fixture);
  rubis_disputes_page_show_view (fixture->page, "board");
  filter (fixture);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/ui/disputes/open-from-page", test_open_from_page },
    { "/ui/disputes/open-from-grid", test_open_from_grid },
    { "/ui/disputes/open-from-panel", test_open_from_panel },
    { "/ui/disputes/open-from-answer", test_open_from_answer },
    { "/ui/disputes/drag", test_drag },
    { "/ui/disputes/keys", test_keys },
    { "/ui/disputes/pane", test_pane },
    { "/ui/disputes/several", test_several },
  };
  int status;

  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  application = gtk_application_new ("fr.rubis.TestDisputes", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
