/* The main window on the demonstration dossier: places, tree, panel, undo, dropped files. */
#include <string.h>

#include <adwaita.h>

#include "rubis-account-card.h"
#include "rubis-account-panel.h"
#include "rubis-address-window.h"
#include "rubis-demo.h"
#include "rubis-format.h"
#include "rubis-import-dialog.h"
#include "rubis-import-preview.h"
#include "rubis-disputes-page.h"
#include "rubis-invoice-grid.h"
#include "rubis-letterhead-dialog.h"
#include "rubis-session-private.h"
#include "rubis-status-line.h"
#include "rubis-test.h"
#include "rubis-today-page.h"
#include "rubis-tree-pane.h"
#include "rubis-ui.h"
#include "rubis-window.h"

#define TODAY rubis_date_from_ymd (2026, 11, 2)

typedef struct {
  char *folder;
  char *dossier;
  RubisPreferences *preferences;
  RubisWindow *window;
} Fixture;

/* One for all tests: a process registers itself once. */
static GtkApplication *application;

typedef gboolean (*Condition) (Fixture *fixture);

static void
wait_until (Fixture *fixture, Condition condition)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (!condition (fixture))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static GtkWidget *
find_widget (GtkWidget *parent, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (parent, type))
    return parent;
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_in_window (Fixture *fixture, GType type)
{
  return find_widget (GTK_WIDGET (fixture->window), type);
}

static gboolean
is_open (Fixture *fixture)
{
  return rubis_window_get_session (fixture->window) != NULL;
}

static GListModel *
get_rows (Fixture *fixture)
{
  GtkWidget *view = find_widget (find_in_window (fixture, RUBIS_TYPE_INVOICE_GRID), GTK_TYPE_COLUMN_VIEW);

  return G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
}

static gboolean
has_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (get_rows (fixture)) > 0;
}

static GtkSingleSelection *
get_tree (Fixture *fixture)
{
  GtkWidget *view = find_widget (find_in_window (fixture, RUBIS_TYPE_TREE_PANE), GTK_TYPE_LIST_VIEW);

  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

static gboolean
has_tree (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_tree (fixture))) > 1;
}

/* The label of @parent that shows @text exactly. */
static gboolean
shows_text (GtkWidget *parent, const char *text)
{
  if (GTK_IS_LABEL (parent) && strcmp (gtk_label_get_label (GTK_LABEL (parent)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (shows_text (child, text))
        return TRUE;
    }
  return FALSE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  RubisSession *session;

  fixture->folder = rubis_test_make_folder ();
  fixture->dossier = g_build_filename (fixture->folder, "demo.rubis", NULL);
  session = rubis_session_create_demo (fixture->dossier, TODAY, NULL, &error);
  g_assert_no_error (error);
  rubis_session_close (session);
  g_object_unref (session);

  fixture->preferences = rubis_preferences_new ();
  fixture->window = rubis_window_new (application, fixture->preferences, TODAY);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rubis_window_open (fixture->window, fixture->dossier);
  wait_until (fixture, is_open);
  wait_until (fixture, has_rows);
  wait_until (fixture, has_tree);
}

static gboolean
window_is_gone (Fixture *fixture)
{
  return fixture->window == NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* A window that is closed is gone, and its dossier with it. */
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  wait_until (fixture, window_is_gone);
  g_clear_pointer (&fixture->preferences, rubis_preferences_free);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->dossier);
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  AdwViewStack *places = ADW_VIEW_STACK (find_in_window (fixture, ADW_TYPE_VIEW_STACK));

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Atelier Corindon – Rubis");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "invoices");
  g_assert_true (RUBIS_IS_INVOICE_GRID (adw_view_stack_get_visible_child (places)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "today");
  g_assert_true (RUBIS_IS_TODAY_PAGE (adw_view_stack_get_visible_child (places)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "disputes");
  g_assert_true (RUBIS_IS_DISPUTES_PAGE (adw_view_stack_get_visible_child (places)));
  /* Places of later versions are not there, and asking for them does nothing. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "payments");
  g_assert_true (RUBIS_IS_DISPUTES_PAGE (adw_view_stack_get_visible_child (places)));
}

static guint n_rows_before;

static gboolean
has_fewer_rows (Fixture *fixture)
{
  guint n_rows = g_list_model_get_n_items (get_rows (fixture));

  return n_rows > 0 && n_rows < n_rows_before;
}

static void
test_tree_filters (Fixture *fixture, gconstpointer data)
{
  RubisTreePane *pane = RUBIS_TREE_PANE (find_in_window (fixture, RUBIS_TYPE_TREE_PANE));
  GtkWidget *grid = find_in_window (fixture, RUBIS_TYPE_INVOICE_GRID);
  GtkWidget *today = find_in_window (fixture, RUBIS_TYPE_TODAY_PAGE);
  gint64 group_id, today_group_id;

  n_rows_before = g_list_model_get_n_items (get_rows (fixture));
  g_assert_cmpint (rubis_tree_pane_get_group_id (pane), ==, 0);
  gtk_single_selection_set_selected (get_tree (fixture), 1);
  g_assert_cmpint (rubis_tree_pane_get_group_id (pane), >, 0);
  g_object_get (grid, "group-id", &group_id, NULL);
  g_object_get (today, "group-id", &today_group_id, NULL);
  g_assert_cmpint (group_id, ==, rubis_tree_pane_get_group_id (pane));
  g_assert_cmpint (today_group_id, ==, group_id);
  wait_until (fixture, has_fewer_rows);
}

static GtkWidget *
find_label_starting (GtkWidget *parent, const char *start)
{
  if (GTK_IS_LABEL (parent) && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (parent)), start))
    return parent;
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label_starting (child, start);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static char *wanted_label;

static gboolean
has_label (Fixture *fixture)
{
  return find_label_starting (find_in_window (fixture, RUBIS_TYPE_INVOICE_GRID), wanted_label) != NULL;
}

/* All lines but one, summed the short way, are all lines less that one. */
static void
test_selection_sums (Fixture *fixture, gconstpointer data)
{
  GListModel *rows = get_rows (fixture);
  guint n_rows = g_list_model_get_n_items (rows);
  gint64 open = 0;
  g_autofree char *amount = NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr(RubisItemRow) row = g_list_model_get_item (rows, i);

      /* A down-payment request is shown, but not owed. */
      if (i != 5 && row->type != RUBIS_ITEM_DOWN_PAYMENT && rubis_currency_equal (row->currency, RUBIS_CURRENCY_EUR))
        open += row->open;
    }
  amount = rubis_format_amount (open, RUBIS_CURRENCY_EUR, "en");
  wanted_label = g_strdup_printf ("%u selected · %s", n_rows - 1, amount);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (rows));
  gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (rows), 5);
  wait_until (fixture, has_label);
  g_clear_pointer (&wanted_label, g_free);
}

static char *account_name;

static gboolean
panel_shows_account (Fixture *fixture)
{
  return shows_text (find_in_window (fixture, RUBIS_TYPE_ACCOUNT_PANEL), account_name);
}

static void
test_panel_follows (Fixture *fixture, gconstpointer data)
{
  GListModel *rows = get_rows (fixture);
  g_autoptr(RubisItemRow) row = g_list_model_get_item (rows, 3);

  account_name = row->account_name;
  g_assert_false (panel_shows_account (fixture));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (rows), 3, TRUE);
  wait_until (fixture, panel_shows_account);
}

static gboolean
cannot_undo (Fixture *fixture)
{
  gboolean possible;

  g_object_get (rubis_window_get_session (fixture->window), "can-undo", &possible, NULL);
  return !possible;
}

static GtkWidget *
find_button (GtkWidget *parent, const char *action_name)
{
  if (GTK_IS_ACTIONABLE (parent)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (parent)), action_name) == 0)
    return parent;
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action_name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
undo_is_offered (Fixture *fixture)
{
  return gtk_widget_is_sensitive (find_button (GTK_WIDGET (fixture->window), "win.undo"));
}

static char *
dup_note (Fixture *fixture, gint64 account_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisAccountCard) card = rubis_session_load_account (rubis_window_get_session (fixture->window),
                                                                 account_id, &error);

  g_assert_no_error (error);
  return g_strdup (card->note);
}

static void
test_note_and_undo (Fixture *fixture, gconstpointer data)
{
  GListModel *rows = get_rows (fixture);
  g_autoptr(RubisItemRow) row = g_list_model_get_item (rows, 3);
  g_autofree char *before = dup_note (fixture, row->account_id);
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  GtkWidget *panel = find_in_window (fixture, RUBIS_TYPE_ACCOUNT_PANEL);
  GtkTextView *note = GTK_TEXT_VIEW (find_widget (panel, GTK_TYPE_TEXT_VIEW));

  account_name = row->account_name;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (rows), 3, TRUE);
  wait_until (fixture, panel_shows_account);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (note), "Pays on Fridays.", -1);
  /* Going to another account saves what was typed. */
  rubis_account_panel_set_account (RUBIS_ACCOUNT_PANEL (panel), 0);
  g_assert_false (undo_is_offered (fixture));
  wait_until (fixture, undo_is_offered);
  after = dup_note (fixture, row->account_id);
  g_assert_cmpstr (after, ==, "Pays on Fridays.");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  wait_until (fixture, cannot_undo);
  undone = dup_note (fixture, row->account_id);
  g_assert_cmpstr (undone, ==, before);
}

static gboolean is_reloaded;

static void
rows_replaced_cb (GListModel *rows, guint position, guint removed, guint added)
{
  is_reloaded = TRUE;
}

static gboolean
has_reloaded (Fixture *fixture)
{
  return is_reloaded;
}

static GtkAdjustment *
get_scroll (Fixture *fixture)
{
  GtkWidget *grid = find_in_window (fixture, RUBIS_TYPE_INVOICE_GRID);

  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (find_widget (grid, GTK_TYPE_COLUMN_VIEW)));
}

static gboolean
is_laid_out (Fixture *fixture)
{
  GtkAdjustment *scroll = get_scroll (fixture);

  return gtk_adjustment_get_upper (scroll) > 4 * gtk_adjustment_get_page_size (scroll)
         && gtk_adjustment_get_page_size (scroll) > 0;
}

/* The number of the line at the upper edge. */
static char *
dup_top_number (Fixture *fixture)
{
  GListModel *rows = get_rows (fixture);
  GtkAdjustment *scroll = get_scroll (fixture);
  double row_height = gtk_adjustment_get_upper (scroll) / g_list_model_get_n_items (rows);
  guint position = (guint) (gtk_adjustment_get_value (scroll) / row_height + 0.01);
  g_autoptr(RubisItemRow) row = g_list_model_get_item (rows, position);

  return g_strdup (row->number);
}

static char *top_number;

static gboolean
is_scrolled_back (Fixture *fixture)
{
  g_autofree char *now = dup_top_number (fixture);

  return g_str_equal (now, top_number);
}

static guint n_frames;

static gboolean
count_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  n_frames++;
  return n_frames < 10 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
has_drawn (Fixture *fixture)
{
  return n_frames >= 10;
}

/* Adds two lines that come before all others. */
static void
import_old_items (Fixture *fixture)
{
  RubisSession *session = rubis_window_get_session (fixture->window);
  g_autofree char *path = g_build_filename (fixture->folder, "old.csv", NULL);
  g_autoptr(RubisImportPreview) preview = NULL;
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path,
                       "Compte;Nom;Numéro;Date;Échéance;Montant;Reste dû\n"
                       "C01001;Old debts;OLD-1;01/12/2019;01/01/2020;100,00;100,00\n"
                       "C01001;Old debts;OLD-2;01/12/2019;02/01/2020;200,00;200,00\n",
                       -1, &error);
  g_assert_no_error (error);
  preview = rubis_session_open_import (session, path, &error);
  g_assert_no_error (error);
  preview->options.delta = TRUE;
  rubis_session_preview_import (session, preview, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (preview->n_new, ==, 2);
  rubis_session_apply_import (session, preview, NULL, &error);
  g_assert_no_error (error);
}

/* A change in the dossier leaves the lines that are looked at where they are. */
static void
test_keeps_scroll (Fixture *fixture, gconstpointer data)
{
  guint n_before = g_list_model_get_n_items (get_rows (fixture));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "invoices");
  wait_until (fixture, is_laid_out);
  gtk_adjustment_set_value (get_scroll (fixture), gtk_adjustment_get_upper (get_scroll (fixture)) / 2);
  top_number = dup_top_number (fixture);
  is_reloaded = FALSE;
  g_signal_connect (get_rows (fixture), "items-changed", G_CALLBACK (rows_replaced_cb), NULL);
  import_old_items (fixture);
  wait_until (fixture, has_reloaded);
  g_assert_cmpuint (g_list_model_get_n_items (get_rows (fixture)), ==, n_before + 2);
  /* Some frames, in which the view lays out its new rows and is brought back. */
  n_frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (fixture->window), count_frame_cb, NULL, NULL);
  wait_until (fixture, has_drawn);
  wait_until (fixture, is_scrolled_back);
  g_clear_pointer (&top_number, g_free);
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "items.csv", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GSList files = { .data = file, .next = NULL };
  g_auto(GValue) value = G_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  gboolean taken = FALSE;

  g_file_set_contents (path, "Account;Number;Due date;Open amount\nC01001;F-1;30/10/2026;120,00\n", -1, &error);
  g_assert_no_error (error);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &files);
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (fixture->window)), "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
  g_assert_nonnull (find_window (RUBIS_TYPE_IMPORT_DIALOG));
  g_assert_true (gtk_window_get_transient_for (find_window (RUBIS_TYPE_IMPORT_DIALOG)) == GTK_WINDOW (fixture->window));
  gtk_window_destroy (find_window (RUBIS_TYPE_IMPORT_DIALOG));
}

static gboolean
has_message (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return TRUE;
    }
  return FALSE;
}

/* What is no dossier is refused in words, and the dossier shown stays. */
static void
test_open_wrong (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "wrong.rubis", NULL);
  RubisSession *session = rubis_window_get_session (fixture->window);

  g_assert_true (g_file_set_contents (path, "this is no dossier", -1, NULL));
  rubis_window_open (fixture->window, path);
  wait_until (fixture, has_message);
  g_assert_true (rubis_window_get_session (fixture->window) == session);
}

static gboolean session_is_gone;

static void
session_gone_cb (gpointer data, GObject *session)
{
  session_is_gone = TRUE;
}

static gboolean
is_gone (Fixture *fixture)
{
  return session_is_gone;
}

/* A dossier that is replaced is let go of: somebody else may open it at once. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.rubis", NULL);
  g_autoptr(RubisCompany) company = rubis_company_new ();
  g_autoptr(GError) error = NULL;
  RubisSession *other;

  rubis_company_set (company, name, "Other SARL");
  other = rubis_session_create (path, company, TODAY, &error);
  g_assert_no_error (error);
  session_is_gone = FALSE;
  g_object_weak_ref (G_OBJECT (rubis_window_get_session (fixture->window)), session_gone_cb, NULL);
  rubis_window_set_session (fixture->window, other);
  g_object_unref (other);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Other SARL – Rubis");
  wait_until (fixture, is_gone);
}

/* The newest window of @type. */
static GtkWidget *
find_toplevel (GType type)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type))
        return l->data;
    }
  return NULL;
}

static gboolean
has_checked (Fixture *fixture)
{
  return rubis_address_window_is_ready (RUBIS_ADDRESS_WINDOW (find_toplevel (RUBIS_TYPE_ADDRESS_WINDOW)));
}

static gboolean
has_no_list (Fixture *fixture)
{
  return find_toplevel (RUBIS_TYPE_ADDRESS_WINDOW) == NULL;
}

/* A wrong address leads to its account; the list goes with its dossier. */
static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  RubisSession *session = rubis_window_get_session (fixture->window);
  RubisAccountPanel *panel = RUBIS_ACCOUNT_PANEL (find_in_window (fixture, RUBIS_TYPE_ACCOUNT_PANEL));
  RubisStore *store = rubis_session_lock (session);
  GtkWidget *list;
  gint64 account = 0;

  g_assert_true (rubis_database_query_int (rubis_store_get_database (store),
                                           "SELECT account_id FROM item WHERE open > 0 AND type = 0 ORDER BY open DESC",
                                           &account, NULL));
  g_assert_true (rubis_database_exec (rubis_store_get_database (store),
                                      "UPDATE account SET address = '' WHERE id = (SELECT account_id FROM item "
                                      "WHERE open > 0 AND type = 0 ORDER BY open DESC)",
                                      NULL));
  rubis_session_unlock (session);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.check-addresses", NULL);
  wait_until (fixture, has_checked);
  list = find_widget (find_toplevel (RUBIS_TYPE_ADDRESS_WINDOW), GTK_TYPE_LIST_VIEW);
  g_assert_cmpint (rubis_account_panel_get_account (panel), !=, account);
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpint (rubis_account_panel_get_account (panel), ==, account);
  test_replace (fixture, NULL);
  wait_until (fixture, has_no_list);
}

static void
test_letterhead (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.letterhead", NULL);
  dialog = find_toplevel (RUBIS_TYPE_LETTERHEAD_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) == GTK_WINDOW (fixture->window));
  gtk_window_close (GTK_WINDOW (dialog));
  g_assert_null (find_toplevel (RUBIS_TYPE_LETTERHEAD_DIALOG));
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  rubis_ui_init ();
  application = GTK_APPLICATION (g_object_new (ADW_TYPE_APPLICATION,
                                               "application-id", "fr.rubis.Test",
                                               "flags", G_APPLICATION_NON_UNIQUE,
                                               NULL));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add ("/ui/window/places", Fixture, NULL, set_up, test_places, tear_down);
  g_test_add ("/ui/window/tree-filters", Fixture, NULL, set_up, test_tree_filters, tear_down);
  g_test_add ("/ui/window/selection-sums", Fixture, NULL, set_up, test_selection_sums, tear_down);
  g_test_add ("/ui/window/panel-follows", Fixture, NULL, set_up, test_panel_follows, tear_down);
  g_test_add ("/ui/window/note-and-undo", Fixture, NULL, set_up, test_note_and_undo, tear_down);
  g_test_add ("/ui/window/keeps-scroll", Fixture, NULL, set_up, test_keeps_scroll, tear_down);
  g_test_add ("/ui/window/drop", Fixture, NULL, set_up, test_drop, tear_down);
  g_test_add ("/ui/window/open-wrong", Fixture, NULL, set_up, test_open_wrong, tear_down);
  g_test_add ("/ui/window/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/ui/window/addresses", Fixture, NULL, set_up, test_addresses, tear_down);
  g_test_add ("/ui/window/letterhead", Fixture, NULL, set_up, test_letterhead, tear_down);
  return g_test_run ();
}
