/* The view of an account and of a group: opened from the grid, narrowed, edited, left. */
#include <adwaita.h>

#include "rubis-account-page.h"
#include "rubis-account-panel.h"
#include "rubis-contact-form.h"
#include "rubis-invoice-grid.h"
#include "rubis-test.h"
#include "rubis-timeline-pane.h"
#include "rubis-timeline.h"
#include "rubis-tree-pane.h"
#include "rubis-ui-test.h"
#include "rubis-ui.h"
#include "rubis-window.h"

typedef struct
{
  char *folder;
  RubisPreferences *preferences;
  RubisSession *session;
  RubisWindow *window;
} Fixture;

/* One for all tests: a process registers itself once. */
static GtkApplication *application;

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
has_rows (gpointer data)
{
  Fixture *fixture = data;
  GtkColumnView *view = rubis_ui_find (rubis_ui_find (fixture->window, RUBIS_TYPE_INVOICE_GRID, NULL),
                                       GTK_TYPE_COLUMN_VIEW, NULL);

  return view != NULL && g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))) > 0;
}

static RubisAccountPage *
get_page (Fixture *fixture)
{
  return rubis_ui_find (fixture->window, RUBIS_TYPE_ACCOUNT_PAGE, NULL);
}

static gboolean
view_is_ready (gpointer data)
{
  RubisAccountPage *page = get_page (data);

  return page != NULL && gtk_widget_get_mapped (GTK_WIDGET (page)) && rubis_account_page_is_ready (page);
}

static gboolean
places_are_back (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *grid = rubis_ui_find (fixture->window, RUBIS_TYPE_INVOICE_GRID, NULL);

  return gtk_widget_get_mapped (grid);
}

/* Enter in the grid opens the account of the line; Escape gives the grid back, and its focus. */
static void
open_from_grid (Fixture *fixture)
{
  GtkColumnView *view;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "invoices");
  rubis_ui_wait (has_rows, fixture);
  view = rubis_ui_find (rubis_ui_find (fixture->window, RUBIS_TYPE_INVOICE_GRID, NULL), GTK_TYPE_COLUMN_VIEW,
                        NULL);
  rubis_ui_settle ();
  gtk_selection_model_select_item (gtk_column_view_get_model (view), 0, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  rubis_ui_press ("Return");
  rubis_ui_wait (view_is_ready, fixture);
}

static void
test_open_and_back (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = rubis_ui_find (fixture->window, RUBIS_TYPE_ACCOUNT_PANEL, NULL);
  g_autofree char *text = NULL;
  RubisAccountPage *page;
  int minimum = 0;

  open_from_grid (fixture);
  page = get_page (fixture);
  g_assert_cmpint (rubis_account_page_get_account (page), >, 0);
  text = rubis_ui_collect_text (page);
  g_assert_nonnull (strstr (text, "How it has paid"));
  g_assert_nonnull (strstr (text, "Outstanding"));
  g_assert_nonnull (strstr (text, "Contacts"));
  g_assert_nonnull (strstr (text, "Open items"));
  rubis_ui_check_names (page);
  /* Nothing is cut at the size that everybody has. */
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 1280);
  /* Every control can be reached by the keyboard. */
  for (int i = 0; i < 40; i++)
    rubis_ui_press ("Tab");
  /* The panel would say the same again. */
  g_assert_false (gtk_widget_get_mapped (panel));
  gtk_widget_grab_focus (GTK_WIDGET (page));
  rubis_ui_press ("Escape");
  rubis_ui_wait (places_are_back, fixture);
  rubis_ui_settle ();
  g_assert_true (gtk_widget_get_mapped (panel));
  open_from_grid (fixture);
  rubis_ui_press ("alt+Left");
  rubis_ui_wait (places_are_back, fixture);
}

typedef struct
{
  RubisTimelinePane *pane;
  guint expected;
} Count;

static guint
count_lines (RubisTimelinePane *pane)
{
  GtkListView *view = rubis_ui_find (pane, GTK_TYPE_LIST_VIEW, NULL);

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (view)));
}

static gboolean
has_count (gpointer data)
{
  Count *count = data;

  return count_lines (count->pane) == count->expected;
}

static guint
count_in_dossier (Fixture *fixture, gint64 account_id, guint subjects, const char *text)
{
  RubisTimelineFilter filter = RUBIS_TIMELINE_FILTER_INIT;
  g_autoptr (GPtrArray) rows = NULL;

  filter.account_id = account_id;
  filter.subjects = subjects;
  filter.text = text;
  rows = rubis_session_list_timeline (fixture->session, &filter, 0, NULL);
  return rows->len;
}

/* Chips and words narrow the history; both together, and all comes back. */
static void
test_timeline (Fixture *fixture, gconstpointer data)
{
  Count count = { NULL, 0 };
  GtkToggleButton *chip;
  GtkEditable *search;
  gint64 account;

  open_from_grid (fixture);
  account = rubis_account_page_get_account (get_page (fixture));
  count.pane = rubis_ui_find (get_page (fixture), RUBIS_TYPE_TIMELINE_PANE, NULL);
  count.expected = count_in_dossier (fixture, account, 0, NULL);
  g_assert_cmpuint (count.expected, >, 0);
  rubis_ui_wait (has_count, &count);
  chip = rubis_ui_find (count.pane, GTK_TYPE_TOGGLE_BUTTON, "Reminders");
  gtk_toggle_button_set_active (chip, TRUE);
  count.expected = count_in_dossier (fixture, account, RUBIS_TIMELINE_REMINDERS, NULL);
  rubis_ui_wait (has_count, &count);
  search = rubis_ui_find (count.pane, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (search, "no such words anywhere");
  rubis_ui_wait_text (count.pane, "Nothing Fits");
  rubis_ui_click (count.pane, "_Show the Whole History");
  count.expected = count_in_dossier (fixture, account, 0, NULL);
  rubis_ui_wait (has_count, &count);
  g_assert_false (gtk_toggle_button_get_active (chip));
}

/* The entry below @widget that has @n others before it. */
static GtkEditable *
find_entry (GtkWidget *widget, guint *n)
{
  GtkEditable *found = NULL;

  if (GTK_IS_ENTRY (widget))
    return (*n)-- == 0 ? GTK_EDITABLE (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, n);
  return found;
}

/* A person is added and changed where it stands; what is wrong is said there. */
static void
test_contacts (Fixture *fixture, gconstpointer data)
{
  const char *names[] = { "Mme", "Noëlle", "Zéphyr" };
  RubisAccountPage *page;
  RubisContactForm *form;
  GtkMenuButton *button;

  open_from_grid (fixture);
  page = get_page (fixture);
  /* The first is that of a new one. */
  form = rubis_ui_find (page, RUBIS_TYPE_CONTACT_FORM, NULL);
  button = GTK_MENU_BUTTON (gtk_widget_get_ancestor (GTK_WIDGET (form), GTK_TYPE_MENU_BUTTON));
  gtk_menu_button_popup (button);
  rubis_ui_settle ();
  rubis_ui_click (form, "_Save");
  rubis_ui_wait_text (form, "A contact needs a name");
  rubis_ui_check_names (form);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint n = i;

      gtk_editable_set_text (find_entry (GTK_WIDGET (form), &n), names[i]);
    }
  rubis_ui_click (form, "_Save");
  rubis_ui_wait_text (page, "Mme Noëlle Zéphyr");
}

/* A group is consolidated, says that it is no demand, and leads to its accounts and back. */
static void
test_group (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-group-view", "x", (gint64)1);
  rubis_ui_wait (view_is_ready, fixture);
  text = rubis_ui_collect_text (get_page (fixture));
  g_assert_nonnull (strstr (text, "Consolidated: to be read, not a demand"));
  g_assert_nonnull (strstr (text, "Exposure by account"));
  g_assert_null (strstr (text, "Contacts"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-account-view", "x", (gint64)1);
  rubis_ui_wait (view_is_ready, fixture);
  g_assert_cmpint (rubis_account_page_get_account (get_page (fixture)), ==, 1);
  rubis_ui_press ("Escape");
  rubis_ui_wait (view_is_ready, fixture);
  g_assert_cmpint (rubis_account_page_get_account (get_page (fixture)), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "invoices");
  rubis_ui_wait (places_are_back, fixture);
}

int
main (int argc, char **argv)
{
  int status;

  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  application = gtk_application_new ("fr.rubis.Rubis.TestAccount", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
#define ADD(path, func) g_test_add ("/account-window/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("open-and-back", test_open_and_back);
  ADD ("timeline", test_timeline);
  ADD ("contacts", test_contacts);
  ADD ("group", test_group);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
