#include "rubis-posting-dialog.h"

#include "rubis-attachments.h"
#include "rubis-post-batch.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_ui_test_demo (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static gboolean
is_gone (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_POSTING_DIALOG) == NULL;
}

static RubisPostageTable *
load_table (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rubis_session_get_postage_text (fixture->session, &error);
  RubisPostageTable *table = rubis_postage_table_new_from_data (text, -1, &error);

  g_assert_no_error (error);
  return table;
}

static gboolean
can_save (gpointer dialog)
{
  return gtk_widget_is_sensitive (rubis_ui_find (dialog, GTK_TYPE_BUTTON, "_Save"));
}

/* The switch in the row of that title. */
static GtkSwitch *
find_switch (gpointer dialog, const char *title)
{
  return rubis_ui_find (rubis_ui_find (dialog, ADW_TYPE_ACTION_ROW, title), GTK_TYPE_SWITCH, NULL);
}

/* The first price of the table: the cheapest letter. */
static GtkEditable *
find_price (gpointer dialog, const char *shown)
{
  GtkEditable *entry = rubis_ui_find (dialog, GTK_TYPE_ENTRY, NULL);

  g_assert_cmpstr (gtk_editable_get_text (entry), ==, shown);
  return entry;
}

static void
test_prices (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = rubis_posting_dialog_present (NULL, fixture->session);
  GtkEditable *price = find_price (dialog, "1,52");
  GtkEditable *date = rubis_ui_find (dialog, ADW_TYPE_ENTRY_ROW, NULL);
  g_autoptr (RubisPostageTable) table = NULL;
  RubisPostage postage;

  rubis_ui_wait_text (dialog, "Prices to be checked");
  gtk_editable_set_text (price, "un euro");
  g_assert_false (can_save (dialog));
  rubis_ui_wait_text (dialog, "What is marked is no price");
  gtk_editable_set_text (price, "1,60");
  gtk_editable_set_text (date, "31/02/2027");
  g_assert_false (can_save (dialog));
  gtk_editable_set_text (date, "01/01/2027");
  g_assert_true (can_save (dialog));
  gtk_switch_set_active (find_switch (dialog, "Compared with the price list of the post office"), TRUE);
  rubis_ui_click (dialog, "_Save");
  rubis_ui_wait (is_gone, NULL);
  table = load_table (fixture);
  g_assert_true (rubis_postage_table_get_checked (table));
  g_assert_cmpint (rubis_postage_table_get_date (table), ==, rubis_date_from_ymd (2027, 1, 1));
  rubis_postage_table_estimate (table, RUBIS_POSTAGE_GREEN, 1, FALSE, &postage);
  g_assert_cmpint (postage.price, ==, 160);
  /* A price that is changed again is to be compared again. */
  dialog = rubis_posting_dialog_present (NULL, fixture->session);
  gtk_editable_set_text (find_price (dialog, "1,60"), "1,61");
  g_assert_false (
      gtk_switch_get_active (find_switch (dialog, "Compared with the price list of the post office")));
  rubis_ui_wait_text (dialog, "Prices to be checked");
  rubis_ui_destroy (dialog);
}

static void
test_copies (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = rubis_posting_dialog_present (NULL, fixture->session);
  GtkSpinButton *limit = rubis_ui_find (dialog, GTK_TYPE_SPIN_BUTTON, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = rubis_session_get_postage_text (fixture->session, &error);
  g_autofree char *after = NULL;

  gtk_spin_button_set_value (limit, 3.5);
  gtk_switch_set_active (find_switch (dialog, "One PDF of all copies in an email"), FALSE);
  rubis_ui_click (dialog, "_Save");
  rubis_ui_wait (is_gone, NULL);
  g_assert_cmpint (rubis_session_get_attachment_limit (fixture->session), ==, 3500000);
  g_assert_false (rubis_session_get_attachments_merged (fixture->session));
  after = rubis_session_get_postage_text (fixture->session, &error);
  g_assert_cmpstr (after, ==, before);
}

/* The whole table stands in the window without scrolling sideways. */
static void
test_width (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = rubis_posting_dialog_present (NULL, fixture->session);
  GtkWidget *grid = gtk_widget_get_parent (GTK_WIDGET (find_price (dialog, "1,52")));
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (grid, GTK_TYPE_SCROLLED_WINDOW)));

  rubis_ui_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_page_size (across), >, 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (across), <=, gtk_adjustment_get_page_size (across));
  rubis_ui_destroy (dialog);
}

int
main (int argc, char *argv[])
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
#define ADD(path, func) g_test_add ("/posting-dialog/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("prices", test_prices);
  ADD ("copies", test_copies);
  ADD ("width", test_width);
#undef ADD
  return g_test_run ();
}
