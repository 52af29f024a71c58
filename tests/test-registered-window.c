/* The section of registered letters: numbers, states, scans, by keyboard and by what is shown. Needs a display. */
#include <string.h>

#include "rubis-preview-window.h"
#include "rubis-registered-page.h"
#include "rubis-registered-papers.h"
#include "rubis-registered-row.h"
#include "rubis-test-registered.h"
#include "rubis-test.h"
#include "rubis-today-page.h"
#include "rubis-ui-test.h"

typedef struct {
  char *folder;
  RubisSession *session;
  GtkWidget *window;
  RubisRegisteredPage *page;
} Fixture;

static void
show_page (Fixture *fixture)
{
  fixture->window = gtk_window_new ();
  fixture->page = g_object_new (RUBIS_TYPE_REGISTERED_PAGE, NULL);
  rubis_registered_page_set_session (fixture->page, fixture->session);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 720);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer with_letters)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_registered_new (fixture->folder);
  if (with_letters != NULL)
    {
      rubis_test_add_debtor (fixture->session, "C001", "Menuiserie Garçon", "F-1");
      rubis_test_add_debtor (fixture->session, "C002", "Tôlerie Lefèvre", "F-2");
      g_assert_cmpuint (rubis_test_write_notices (fixture->session, NULL), ==, 2);
    }
  show_page (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  rubis_ui_destroy (fixture->window);
  rubis_ui_settle ();
  g_assert_null (fixture->page);
  rubis_test_check_dossier (fixture->session);
  g_assert_finalize_object (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* The line of an account, once it is there. */
static RubisRegisteredRow *
get_row (Fixture *fixture, const char *name)
{
  GtkWidget *label;

  rubis_ui_wait_text (fixture->page, name);
  rubis_ui_settle ();
  label = rubis_ui_find (fixture->page, GTK_TYPE_LABEL, name);
  return RUBIS_REGISTERED_ROW (gtk_widget_get_ancestor (label, RUBIS_TYPE_REGISTERED_ROW));
}

static void
select_row (RubisRegisteredRow *row)
{
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (row))), GTK_LIST_BOX_ROW (row));
}

static gint64
count (Fixture *fixture, const char *state)
{
  g_autofree char *sql
    = g_strdup_printf ("SELECT count (*) FROM registered_letter WHERE state = '%s'", state);

  return rubis_test_query (fixture->session, sql);
}

/* What a scanner does: the digits, then Enter. */
static void
scan (RubisRegisteredRow *row, const char *text)
{
  GtkWidget *entry = rubis_ui_find (row, GTK_TYPE_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

/* Amounts and numbers of all lines stand under each other. */
static void
assert_columns (Fixture *fixture)
{
  const char *const columns[] = { "amount", "number_stack", "state", "proofs_button" };
  RubisRegisteredRow *first = get_row (fixture, "Menuiserie Garçon");
  RubisRegisteredRow *second = get_row (fixture, "Établissements de la rive gauche, société par actions simplifiée");

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkWidget *left = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (first), RUBIS_TYPE_REGISTERED_ROW,
                                                                   columns[i]));
      GtkWidget *right = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (second), RUBIS_TYPE_REGISTERED_ROW,
                                                                    columns[i]));
      graphene_rect_t a, b;

      g_assert_true (gtk_widget_compute_bounds (left, GTK_WIDGET (fixture->page), &a));
      g_assert_true (gtk_widget_compute_bounds (right, GTK_WIDGET (fixture->page), &b));
      g_assert_cmpfloat_with_epsilon (a.origin.x, b.origin.x, 0.5f);
      g_assert_cmpfloat_with_epsilon (a.size.width, b.size.width, 0.5f);
    }
}

static void
test_columns (Fixture *fixture, gconstpointer data)
{
  rubis_test_add_debtor (fixture->session, "C003", "Établissements de la rive gauche, société par actions simplifiée",
                         "F-3");
  rubis_test_exec (fixture->session, "UPDATE item SET total = 98765432100, open = 98765432100 WHERE number = 'F-3'");
  g_assert_cmpuint (rubis_test_write_notices (fixture->session, NULL), ==, 1);
  scan (get_row (fixture, "Menuiserie Garçon"), "1A78778932878");
  rubis_ui_wait_text (fixture->page, "To post 1");
  rubis_ui_wait_text (fixture->page, "To number 2");
  rubis_ui_settle ();
  assert_columns (fixture);
}

/* The panes beside it have to stay on the screen at 1280 pixels. */
static void
assert_narrow (Fixture *fixture)
{
  int minimum = 0;

  gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 600);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  rubis_ui_wait_text (fixture->page, "No registered letter yet");
}

static gboolean
second_has_cursor (gpointer data)
{
  Fixture *fixture = data;

  return rubis_registered_row_is_editing (get_row (fixture, "Menuiserie Garçon"));
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  rubis_ui_wait_text (fixture->page, "To number 2");
  assert_narrow (fixture);
  scan (get_row (fixture, "Tôlerie Lefèvre"), "1a78778932878");
  rubis_ui_wait_text (fixture->page, "1A 787 789 3287 8");
  rubis_ui_wait_text (fixture->page, "To number 1");
  /* The cursor goes on to the next letter that waits. */
  rubis_ui_wait (second_has_cursor, fixture);
  /* The same number again is refused beside it, what was typed stays. */
  scan (get_row (fixture, "Menuiserie Garçon"), "1A78778932878");
  rubis_ui_wait_text (fixture->page, "a form serves once");
  g_assert_cmpstr (rubis_registered_row_get_typed (get_row (fixture, "Menuiserie Garçon")), ==, "1A78778932878");
  /* A check digit that does not fit is told, and the number is kept. */
  scan (get_row (fixture, "Menuiserie Garçon"), "2C92174218092");
  rubis_ui_wait_text (fixture->page, "The check digit does not fit");
  rubis_ui_wait_text (fixture->page, "To post 2");
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  GtkEditable *date;

  select_row (get_row (fixture, "Menuiserie Garçon"));
  rubis_ui_click (fixture->page, "R_eceived");
  rubis_ui_wait_text (fixture->page, "never posted");
  rubis_registered_row_set_ticked (get_row (fixture, "Menuiserie Garçon"), TRUE);
  rubis_registered_row_set_ticked (get_row (fixture, "Tôlerie Lefèvre"), TRUE);
  rubis_ui_click (fixture->page, "_Posted");
  rubis_ui_wait_text (fixture->page, "Under way 2");
  g_assert_cmpint (count (fixture, "deposited"), ==, 2);
  rubis_registered_row_set_ticked (get_row (fixture, "Tôlerie Lefèvre"), FALSE);
  date = GTK_EDITABLE (gtk_widget_get_template_child (GTK_WIDGET (fixture->page), RUBIS_TYPE_REGISTERED_PAGE,
                                                      "date_entry"));
  g_assert_cmpstr (gtk_editable_get_text (date), ==, "20/11/2026");
  gtk_editable_set_text (date, "31/12/2026");
  rubis_ui_click (fixture->page, "P_resented");
  rubis_ui_wait_text (fixture->page, "has not come yet");
  gtk_editable_set_text (date, "tomorrow");
  rubis_ui_click (fixture->page, "P_resented");
  rubis_ui_wait_text (fixture->page, "This is no day");
  gtk_editable_set_text (date, "20/11/2026");
  rubis_ui_click (fixture->page, "_Wrong address");
  rubis_ui_wait_text (fixture->page, "Check the address");
  rubis_ui_wait_text (fixture->page, "Returned 1");
  g_assert_cmpint (count (fixture, "wrong_address"), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "registered.confirm-address", NULL);
  rubis_ui_wait_text (fixture->page, "The address was checked");
}

static gboolean
preview_is_open (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW) != NULL;
}

static void
test_papers (Fixture *fixture, gconstpointer data)
{
  select_row (get_row (fixture, "Tôlerie Lefèvre"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "registered.deposit-list", NULL);
  rubis_ui_wait_text (fixture->page, "has no number yet");
  scan (get_row (fixture, "Tôlerie Lefèvre"), "1A78778932878");
  rubis_ui_wait_text (fixture->page, "1A 787 789 3287 8");
  select_row (get_row (fixture, "Tôlerie Lefèvre"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "registered.deposit-list", NULL);
  rubis_ui_wait (preview_is_open, NULL);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM deposit_list"), ==, 1);
  rubis_ui_destroy (rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "registered.view", NULL);
  rubis_ui_wait (preview_is_open, NULL);
  rubis_ui_destroy (rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW));
}

static void
test_scans (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GBytes) slip = NULL;
  RubisRegisteredLetter *letter;
  gsize size;
  const char *bytes;

  scan (get_row (fixture, "Tôlerie Lefèvre"), "1A78778932878");
  rubis_ui_wait_text (fixture->page, "To post 1");
  letter = rubis_registered_row_get_letter (get_row (fixture, "Tôlerie Lefèvre"));
  slip = rubis_session_write_registered_slip (fixture->session, letter->id, &error);
  g_assert_no_error (error);
  bytes = g_bytes_get_data (slip, &size);
  g_ptr_array_add (paths, g_build_filename (fixture->folder, "scan.pdf", NULL));
  g_assert_true (g_file_set_contents (paths->pdata[0], bytes, (gssize) size, NULL));
  rubis_registered_page_take_files (fixture->page, paths, 0);
  rubis_ui_wait_text (fixture->page, "recognised by its text");
  rubis_ui_click (fixture->page, "Keep and note: Posted");
  rubis_ui_wait_text (fixture->page, "Under way 1");
  rubis_ui_settle ();
  g_assert_cmpint (count (fixture, "deposited"), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM attachment"), ==, 1);
}

/* Today says what waits for the post, and whose address has to be checked. */
static void
test_today (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *today = rubis_today_page_new (fixture->session);
  RubisRegisteredRow *row = get_row (fixture, "Tôlerie Lefèvre");
  gint64 id = rubis_registered_row_get_letter (row)->id;

  gtk_window_set_child (GTK_WINDOW (window), today);
  gtk_window_present (GTK_WINDOW (window));
  rubis_ui_wait_text (today, "2 registered letters to post");
  rubis_test_advance (fixture->session, id, RUBIS_REGISTERED_DEPOSITED, RUBIS_TEST_TODAY);
  rubis_test_advance (fixture->session, id, RUBIS_REGISTERED_WRONG_ADDRESS, RUBIS_TEST_TODAY);
  rubis_ui_wait_text (today, "1 registered letter to post · Address to check: Tôlerie Lefèvre");
  rubis_ui_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
#define ADD(path, letters, function) g_test_add (path, Fixture, letters, set_up, function, tear_down)
  ADD ("/registered-window/empty", NULL, test_empty);
  ADD ("/registered-window/numbers", "yes", test_numbers);
  ADD ("/registered-window/columns", "yes", test_columns);
  ADD ("/registered-window/states", "yes", test_states);
  ADD ("/registered-window/papers", "yes", test_papers);
  ADD ("/registered-window/scans", "yes", test_scans);
  ADD ("/registered-window/today", "yes", test_today);
  return g_test_run ();
}
