/* The search over everything in the window: typing, arrows, Enter, Escape, and what its answers open. */
#include <adwaita.h>

#include "rubis-account-page.h"
#include "rubis-account-panel.h"
#include "rubis-filter-bar.h"
#include "rubis-invoice-grid.h"
#include "rubis-item-row.h"
#include "rubis-phone-window.h"
#include "rubis-search-palette.h"
#include "rubis-search-row.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"
#include "rubis-ui.h"
#include "rubis-window.h"

typedef struct
{
  char *folder;
  RubisPreferences *preferences;
  RubisSession *session;
  RubisWindow *window;
  const char *wanted; /* text that is waited for */
} Fixture;

/* One for all tests: a process registers itself once. */
static GtkApplication *application;

static gpointer
find (Fixture *fixture, GType type)
{
  return rubis_ui_find (fixture->window, type, NULL);
}

static RubisSearchPalette *
get_palette (Fixture *fixture)
{
  return find (fixture, RUBIS_TYPE_SEARCH_PALETTE);
}

static gboolean
is_open (gpointer fixture)
{
  return gtk_widget_get_mapped (GTK_WIDGET (get_palette (fixture)));
}

static gboolean
is_closed (gpointer fixture)
{
  return !is_open (fixture);
}

static GtkListBox *
get_list (Fixture *fixture)
{
  return rubis_ui_find (get_palette (fixture), GTK_TYPE_LIST_BOX, NULL);
}

/* The chosen row; NULL when there is none. */
static RubisSearchRow *
get_chosen (Fixture *fixture)
{
  return (RubisSearchRow *)gtk_list_box_get_selected_row (get_list (fixture));
}

static gboolean
first_row_shows (gpointer data)
{
  Fixture *fixture = data;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (get_list (fixture), 0);
  g_autofree char *text = row != NULL ? rubis_ui_collect_text (row) : NULL;

  return text != NULL && strstr (text, fixture->wanted) != NULL;
}

static void
wait_first (Fixture *fixture, const char *text)
{
  fixture->wanted = text;
  rubis_ui_wait (first_row_shows, fixture);
}

static void
type_text (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (rubis_ui_find (get_palette (fixture), GTK_TYPE_SEARCH_ENTRY, NULL), text);
}

static void
open_palette (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.search", NULL);
  rubis_ui_wait (is_open, fixture);
}

static gboolean
window_is_active (gpointer fixture)
{
  return gtk_window_is_active (GTK_WINDOW (((Fixture *)fixture)->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_ui_test_demo (fixture->folder);
  fixture->preferences = rubis_preferences_new ();
  fixture->window = rubis_window_new (application, fixture->preferences, RUBIS_UI_TODAY);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 720);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rubis_window_set_session (fixture->window, fixture->session);
  rubis_ui_wait (window_is_active, fixture);
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

static gboolean
panel_shows_chosen (gpointer data)
{
  Fixture *fixture = data;

  return g_strcmp0 (fixture->wanted, "") != 0
         && rubis_account_panel_get_account (find (fixture, RUBIS_TYPE_ACCOUNT_PANEL))
                == g_ascii_strtoll (fixture->wanted, NULL, 10);
}

/* A whole search by keyboard: a name with a slip, an arrow, Enter; then it is among the recent ones. */
static void
test_account (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  GtkWidget *focus;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "invoices");
  rubis_ui_settle ();
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  rubis_ui_press ("ctrl+k");
  rubis_ui_wait (is_open, fixture);
  wait_first (fixture, "Import files…");
  rubis_ui_check_names (get_palette (fixture));
  type_text (fixture, "verrerie garnir");
  wait_first (fixture, "Verrerie Garnier");
  g_assert_cmpstr (rubis_search_row_get_heading (get_chosen (fixture)), ==, "Accounts");
  type_text (fixture, "garnier");
  wait_first (fixture, "Garnier");
  rubis_ui_press ("Down");
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (get_chosen (fixture))), ==, 1);
  rubis_ui_press ("Up");
  rubis_ui_press ("Up");
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (get_chosen (fixture))), >, 1);
  rubis_ui_press ("Down");
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (get_chosen (fixture))), ==, 0);
  /* Escape gives the focus back. */
  rubis_ui_press ("Escape");
  rubis_ui_wait (is_closed, fixture);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == focus);
  open_palette (fixture);
  type_text (fixture, "verrerie garnier");
  wait_first (fixture, "Verrerie Garnier");
  id = g_strdup_printf ("%" G_GINT64_FORMAT, rubis_search_row_get_found (get_chosen (fixture))->account_id);
  title = g_strdup (rubis_search_row_get_found (get_chosen (fixture))->title);
  rubis_ui_press ("Return");
  rubis_ui_wait (is_closed, fixture);
  fixture->wanted = id;
  rubis_ui_wait (panel_shows_chosen, fixture);
  rubis_ui_wait_text (find (fixture, RUBIS_TYPE_ACCOUNT_PAGE), title);
  open_palette (fixture);
  wait_first (fixture, title);
  g_assert_cmpstr (rubis_search_row_get_heading (get_chosen (fixture)), ==, "Recently found");
}

static gboolean
grid_shows_wanted (gpointer data)
{
  Fixture *fixture = data;
  GtkColumnView *view = rubis_ui_find (find (fixture, RUBIS_TYPE_INVOICE_GRID), GTK_TYPE_COLUMN_VIEW, NULL);
  GtkSelectionModel *model = gtk_column_view_get_model (view);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
  g_autoptr (RubisItemRow) row = NULL;

  if (gtk_bitset_get_size (selected) != 1)
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_minimum (selected));
  return g_strcmp0 (row->number, fixture->wanted) == 0;
}

static gboolean
grid_is_shown (gpointer fixture)
{
  return gtk_widget_get_mapped (find (fixture, RUBIS_TYPE_INVOICE_GRID));
}

/* An item that the filters hide, because it is not late and was settled: they make room. */
static void
test_item (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = NULL;

  g_object_set (find (fixture, RUBIS_TYPE_FILTER_BAR), "since", 90, NULL);
  open_palette (fixture);
  type_text (fixture, "1042");
  wait_first (fixture, "settled");
  number = g_strdup (rubis_search_row_get_found (get_chosen (fixture))->title);
  g_assert_true (g_str_has_suffix (number, "01042"));
  rubis_ui_press ("Return");
  fixture->wanted = number;
  rubis_ui_wait (grid_shows_wanted, fixture);
  /* From the view of an account too. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-account-view", "x", (gint64)1);
  rubis_ui_settle ();
  g_assert_false (gtk_widget_get_mapped (find (fixture, RUBIS_TYPE_INVOICE_GRID)));
  open_palette (fixture);
  wait_first (fixture, number);
  rubis_ui_press ("Return");
  rubis_ui_wait (grid_is_shown, fixture);
}

static gboolean
has_phone (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_PHONE_WINDOW) != NULL;
}

/* The second thing to do with what is found: to call. */
static void
test_call (Fixture *fixture, gconstpointer data)
{
  open_palette (fixture);
  type_text (fixture, "verrerie garnier");
  wait_first (fixture, "Verrerie Garnier");
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait (has_phone, NULL);
  rubis_ui_wait_text (rubis_ui_find_window (RUBIS_TYPE_PHONE_WINDOW), "Verrerie Garnier");
  rubis_ui_destroy (rubis_ui_find_window (RUBIS_TYPE_PHONE_WINDOW));
}

static gboolean
shows_letters (gpointer data)
{
  return gtk_widget_get_mapped (
      rubis_ui_find (((Fixture *)data)->window, g_type_from_name ("RubisLettersPage"), NULL));
}

/* Enter at once after the last letter: the answer to all that was typed is opened, not the one that was
 * listed. */
static void
test_action (Fixture *fixture, gconstpointer data)
{
  open_palette (fixture);
  wait_first (fixture, "Import files…");
  type_text (fixture, "correspond");
  rubis_ui_press ("Return");
  rubis_ui_wait (is_closed, fixture);
  rubis_ui_wait (shows_letters, fixture);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  open_palette (fixture);
  type_text (fixture, "xyzzy");
  rubis_ui_wait_text (get_palette (fixture), "Nothing fits “xyzzy”. You can search for names");
  g_assert_null (get_chosen (fixture));
  rubis_ui_press ("Return");
  rubis_ui_settle ();
  g_assert_true (is_open (fixture));
  /* The key that opens it closes it. */
  rubis_ui_press ("ctrl+k");
  rubis_ui_wait (is_closed, fixture);
}

int
main (int argc, char *argv[])
{
  int status;

  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  application = gtk_application_new ("fr.rubis.TestSearch", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  gtk_application_set_accels_for_action (application, "win.search",
                                         (const char *const[]){ "<Control>k", NULL });
#define ADD(name, func) g_test_add ("/ui/search/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("account", test_account);
  ADD ("item", test_item);
  ADD ("call", test_call);
  ADD ("action", test_action);
  ADD ("nothing", test_nothing);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
