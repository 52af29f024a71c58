/* The invoice grid: selection over a million rows, order, filters, copies. Needs a display. */
#include <string.h>
#include <unistd.h>

#include <adwaita.h>

#include "rubis-aging-bar.h"
#include "rubis-filter-bar.h"
#include "rubis-grid-columns.h"
#include "rubis-grid-selection.h"
#include "rubis-grid-sort.h"
#include "rubis-grid-table.h"
#include "rubis-test.h"
#include "rubis-ui.h"

/* A list of ids that counts how often a row is asked for. */
#define TEST_TYPE_LIST (test_list_get_type ())
G_DECLARE_FINAL_TYPE (TestList, test_list, TEST, LIST, GObject)

struct _TestList {
  GObject parent_instance;

  guint n_items;
  gboolean reversed;
  guint n_asked;
};

static GType
test_list_get_item_type (GListModel *list)
{
  return RUBIS_TYPE_ITEM_ROW;
}

static guint
test_list_get_n_items (GListModel *list)
{
  return ((TestList *) list)->n_items;
}

static gint64
test_list_get_id (GListModel *list, guint position)
{
  TestList *self = (TestList *) list;

  return (self->reversed ? self->n_items - 1 - position : position) + 1;
}

static void
set_string (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static RubisItemRow *
make_plain_row (gint64 id)
{
  RubisItemRow *row = rubis_item_row_new ();

  row->id = id;
  set_string (&row->account_code, "C1");
  set_string (&row->account_name, "");
  set_string (&row->number, "");
  set_string (&row->order_ref, "");
  set_string (&row->label, "");
  set_string (&row->sales_rep, "");
  row->currency = RUBIS_CURRENCY_EUR;
  return row;
}

static gpointer
test_list_get_item (GListModel *list, guint position)
{
  TestList *self = (TestList *) list;
  RubisItemRow *row;

  if (position >= self->n_items)
    return NULL;
  self->n_asked++;
  row = make_plain_row (test_list_get_id (list, position));
  g_free (row->number);
  row->number = g_strdup_printf ("F-%" G_GINT64_FORMAT, row->id);
  return row;
}

static void
test_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = test_list_get_item_type;
  iface->get_n_items = test_list_get_n_items;
  iface->get_item = test_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestList, test_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, test_list_model_init))

static void
test_list_class_init (TestListClass *klass)
{
}

static void
test_list_init (TestList *self)
{
}

static TestList *
make_list (guint n_items)
{
  TestList *list = g_object_new (TEST_TYPE_LIST, NULL);

  list->n_items = n_items;
  return list;
}

static RubisGridSelection *
make_selection (TestList *list)
{
  return rubis_grid_selection_new (G_LIST_MODEL (list), test_list_get_id);
}

static void
assert_selected (RubisGridSelection *selection, const gint64 *ids, guint n_ids)
{
  GArray *selected = rubis_grid_selection_get_ids (selection);

  g_assert_cmpuint (selected->len, ==, n_ids);
  for (guint i = 0; i < n_ids; i++)
    g_assert_cmpint (g_array_index (selected, gint64, i), ==, ids[i]);
}

static void
count_cb (GtkSelectionModel *model, guint position, guint n_items, guint *count)
{
  *count += 1;
}

static void
test_selection_million (void)
{
  g_autoptr(TestList) list = make_list (1000000);
  RubisGridSelection *selection = make_selection (list);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  guint n_changes = 0;

  g_signal_connect (model, "selection-changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (gtk_selection_model_select_all (model));
  g_assert_cmpuint (rubis_grid_selection_get_n_selected (selection), ==, 1000000);
  g_assert_cmpuint (n_changes, ==, 1);
  gtk_selection_model_unselect_item (model, 777777);
  g_assert_false (gtk_selection_model_is_selected (model, 777777));
  g_assert_cmpuint (rubis_grid_selection_get_ids (selection)->len, ==, 999999);
  gtk_selection_model_select_range (model, 10, 3, TRUE);
  assert_selected (selection, (gint64[]){ 11, 12, 13 }, 3);
  gtk_selection_model_unselect_all (model);
  g_assert_cmpuint (rubis_grid_selection_get_n_selected (selection), ==, 0);
  g_assert_cmpuint (n_changes, ==, 4);
  /* Nothing changes: nobody is told. */
  gtk_selection_model_unselect_all (model);
  g_assert_cmpuint (n_changes, ==, 4);
  g_assert_cmpuint (list->n_asked, ==, 0);
  g_assert_finalize_object (selection);
}

static void
test_selection_current (void)
{
  g_autoptr(TestList) list = make_list (100);
  RubisGridSelection *selection = make_selection (list);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);

  g_assert_cmpint (rubis_grid_selection_get_current_id (selection), ==, 0);
  gtk_selection_model_select_item (model, 5, TRUE);
  g_assert_cmpint (rubis_grid_selection_get_current_id (selection), ==, 6);
  /* Shift+Down, Shift+Down, Shift+Up */
  gtk_selection_model_select_range (model, 5, 2, TRUE);
  gtk_selection_model_select_range (model, 5, 3, TRUE);
  g_assert_cmpint (rubis_grid_selection_get_current_id (selection), ==, 8);
  gtk_selection_model_select_range (model, 5, 2, TRUE);
  g_assert_cmpint (rubis_grid_selection_get_current_id (selection), ==, 7);
  /* All of them: the account shown beside stays. */
  gtk_selection_model_select_all (model);
  g_assert_cmpint (rubis_grid_selection_get_current_id (selection), ==, 7);
  g_assert_finalize_object (selection);
}

static void
test_selection_replaced (void)
{
  g_autoptr(TestList) list = make_list (1000);
  RubisGridSelection *selection = make_selection (list);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);

  gtk_selection_model_select_item (model, 2, TRUE);
  gtk_selection_model_select_item (model, 900, FALSE);
  list->reversed = TRUE;
  g_list_model_items_changed (G_LIST_MODEL (list), 0, 1000, 1000);
  /* The ids are those that were selected, in the new order. */
  assert_selected (selection, (gint64[]){ 901, 3 }, 2);
  g_assert_true (gtk_selection_model_is_selected (model, 997));
  g_assert_true (gtk_selection_model_is_selected (model, 99));
  g_assert_cmpuint (rubis_grid_selection_get_current_position (selection), ==, 99);
  /* A filter that leaves one of them. */
  list->reversed = FALSE;
  list->n_items = 10;
  g_list_model_items_changed (G_LIST_MODEL (list), 0, 1000, 10);
  assert_selected (selection, (gint64[]){ 3 }, 1);
  g_assert_cmpuint (rubis_grid_selection_get_current_position (selection), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (list->n_asked, ==, 0);
  g_assert_finalize_object (selection);
}

static gboolean
toggle_twice_cb (gpointer user_data)
{
  GtkSelectionModel *model = user_data;

  for (int i = 0; i < 2; i++)
    {
      if (gtk_selection_model_is_selected (model, 7))
        gtk_selection_model_unselect_item (model, 7);
      else
        gtk_selection_model_select_item (model, 7, FALSE);
    }
  return G_SOURCE_REMOVE;
}

static void
toggle_twice_in_one_dispatch (GtkSelectionModel *model)
{
  g_autoptr(GSource) source = g_timeout_source_new (2);

  g_source_set_callback (source, toggle_twice_cb, model, NULL);
  g_source_attach (source, NULL);
  while (!g_source_is_destroyed (source))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_selection_echo (void)
{
  g_autoptr(TestList) list = make_list (100);
  RubisGridSelection *selection = make_selection (list);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);

  toggle_twice_in_one_dispatch (model);
  g_assert_true (gtk_selection_model_is_selected (model, 7));
  toggle_twice_in_one_dispatch (model);
  g_assert_false (gtk_selection_model_is_selected (model, 7));
  g_assert_finalize_object (selection);
}

/* A column view in a window of its own, with the rows of @list. */
static GtkWidget *
make_view (RubisGridSelection *selection, RubisGridSort *sort, GtkWidget **window)
{
  GtkWidget *view = gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (selection)));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  rubis_grid_columns_install (GTK_COLUMN_VIEW (view), sort, RUBIS_CURRENCY_EUR, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (*window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (*window), 800, 500);
  gtk_window_present (GTK_WINDOW (*window));
  return view;
}

static void
test_sort (void)
{
  g_autoptr(TestList) list = make_list (3);
  g_autoptr(RubisGridSelection) selection = make_selection (list);
  g_autoptr(RubisGridSort) sort = rubis_grid_sort_new ();
  GtkWidget *window;
  GtkColumnView *view = GTK_COLUMN_VIEW (make_view (selection, sort, &window));
  GtkColumnViewColumn *due = rubis_grid_columns_find (view, RUBIS_GRID_DUE_DATE);
  GtkColumnViewColumn *open = rubis_grid_columns_find (view, RUBIS_GRID_OPEN);
  gboolean descending;
  int key;

  g_assert_false (rubis_grid_sort_read (sort, gtk_column_view_get_sorter (view), &key, &descending));
  gtk_column_view_sort_by_column (view, due, GTK_SORT_ASCENDING);
  g_assert_true (rubis_grid_sort_read (sort, gtk_column_view_get_sorter (view), &key, &descending));
  g_assert_cmpint (key, ==, RUBIS_ITEM_SORT_DUE_DATE);
  g_assert_false (descending);
  /* The column chosen last comes first; the one before is only the second key. */
  gtk_column_view_sort_by_column (view, open, GTK_SORT_DESCENDING);
  g_assert_true (rubis_grid_sort_read (sort, gtk_column_view_get_sorter (view), &key, &descending));
  g_assert_cmpint (key, ==, RUBIS_ITEM_SORT_OPEN);
  g_assert_true (descending);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Waits until @id is, or is no longer, selected; at most ten seconds. */
static void
wait_for_selected (RubisGridSelection *selection, guint position, gboolean selected)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), position) != selected)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Clicks with xdotool: what the X server sends is what users send. */
static void
click_row (GtkWidget *view, guint row, gboolean with_ctrl)
{
  g_autofree char *command = NULL;
  g_autoptr(GError) error = NULL;
  double x, y;

  gtk_widget_translate_coordinates (view, GTK_WIDGET (gtk_widget_get_root (view)), 150, 0, &x, &y);
  y += gtk_widget_get_height (gtk_widget_get_first_child (view)) + 12 + row * 24;
  command = g_strdup_printf ("sh -c 'id=$(xdotool search --onlyvisible --pid %d | tail -1) && "
                             "xdotool mousemove --window $id %d %d %s click 1 %s'",
                             getpid (), (int) x, (int) y, with_ctrl ? "keydown ctrl" : "",
                             with_ctrl ? "keyup ctrl" : "");
  g_spawn_command_line_async (command, &error);
  g_assert_no_error (error);
}

static void
test_ctrl_click (void)
{
  g_autoptr(TestList) list = make_list (1000);
  g_autoptr(RubisGridSelection) selection = make_selection (list);
  g_autoptr(RubisGridSort) sort = rubis_grid_sort_new ();
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  GtkWidget *window;
  GtkWidget *view;
  gint64 first;
  guint n_before;

  if (xdotool == NULL)
    {
      g_test_skip ("xdotool is not installed");
      return;
    }
  view = make_view (selection, sort, &window);
  while (gtk_widget_get_height (view) == 0)
    g_main_context_iteration (NULL, TRUE);
  run_for (300);
  click_row (view, 2, FALSE);
  while (rubis_grid_selection_get_n_selected (selection) == 0)
    g_main_context_iteration (NULL, TRUE);
  first = rubis_grid_selection_get_current_id (selection);
  run_for (200);
  n_before = rubis_grid_selection_get_n_selected (selection);
  g_assert_cmpuint (n_before, ==, 1);
  click_row (view, 6, TRUE);
  while (rubis_grid_selection_get_current_id (selection) == first)
    g_main_context_iteration (NULL, TRUE);
  run_for (200);
  g_assert_cmpuint (rubis_grid_selection_get_n_selected (selection), ==, 2);
  wait_for_selected (selection, first - 1, TRUE);
  click_row (view, 6, TRUE);
  run_for (600);
  g_assert_cmpuint (rubis_grid_selection_get_n_selected (selection), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static RubisItemRow *
make_row (void)
{
  RubisItemRow *row = make_plain_row (42);

  set_string (&row->number, "F-1042");
  set_string (&row->account_name, "Dupont & Fils\tLyon");
  row->due_date = rubis_date_from_ymd (2026, 9, 30);
  row->due_date_computed = TRUE;
  row->days_late = 33;
  row->total = 250000;
  row->open = -123456;
  row->level = 2;
  return row;
}

static void
test_table (void)
{
  const RubisGridColumn wanted[] = { RUBIS_GRID_NUMBER, RUBIS_GRID_ACCOUNT, RUBIS_GRID_DUE_DATE,
                                     RUBIS_GRID_DAYS_LATE, RUBIS_GRID_OPEN };
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (RubisGridColumn));
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;

  g_array_append_vals (columns, wanted, G_N_ELEMENTS (wanted));
  g_ptr_array_add (rows, make_row ());
  text = rubis_grid_table_to_text (columns, rows);
  g_assert_cmpstr (text, ==,
                   "Number\tAccount\tDue date\tDays late\tOpen amount\tCurrency\n"
                   "F-1042\tDupont & Fils Lyon\t30/09/2026\t33\t-1234.56\tEUR\n");
  html = rubis_grid_table_to_html (columns, rows);
  g_assert_nonnull (strstr (html, "<td>Dupont &amp; Fils\tLyon</td>"));
  g_assert_nonnull (strstr (html, "<td style=\"text-align:right\">-1234.56</td>"));
}

static void
test_cells (void)
{
  g_autoptr(RubisItemRow) row = make_row ();
  RubisCurrency dollar = { "USD" };
  g_autofree char *open = rubis_grid_column_format (RUBIS_GRID_OPEN, row, RUBIS_CURRENCY_EUR);
  g_autofree char *foreign = rubis_grid_column_format (RUBIS_GRID_OPEN, row, dollar);
  g_autofree char *due = rubis_grid_column_format (RUBIS_GRID_DUE_DATE, row, RUBIS_CURRENCY_EUR);
  g_autofree char *late = rubis_grid_column_format (RUBIS_GRID_DAYS_LATE, row, RUBIS_CURRENCY_EUR);
  g_autofree char *settled = NULL;
  g_autofree char *nothing = NULL;

  g_assert_cmpstr (open, ==, "−1,234.56");
  g_assert_cmpstr (foreign, ==, "−€1,234.56");
  g_assert_cmpstr (due, ==, "30/09/2026 *");
  g_assert_cmpstr (late, ==, "33 d");
  row->open = 0;
  settled = rubis_grid_column_format (RUBIS_GRID_OPEN, row, RUBIS_CURRENCY_EUR);
  nothing = rubis_grid_column_format (RUBIS_GRID_DAYS_LATE, row, RUBIS_CURRENCY_EUR);
  g_assert_cmpstr (settled, ==, "–");
  g_assert_cmpstr (nothing, ==, "");
}

static void
count_changes_cb (RubisFilterBar *bar, guint *count)
{
  *count += 1;
}

static void
assert_period (GtkWidget *bar, const char *period, const char *from, const char *to)
{
  RubisItemFilter filter;

  gtk_widget_activate_action (bar, "filter.period", "s", period);
  rubis_filter_bar_get_filter (RUBIS_FILTER_BAR (bar), &filter);
  g_assert_cmpint (filter.due_from, ==, rubis_date_parse_iso (from));
  g_assert_cmpint (filter.due_to, ==, rubis_date_parse_iso (to));
}

/* What a user did to the columns is there again in the next window. */
static void
test_columns_remembered (void)
{
  g_autoptr(RubisGridSort) sort = rubis_grid_sort_new ();
  g_autoptr(RubisPreferences) preferences = rubis_preferences_new ();
  GtkWidget *first = g_object_ref_sink (gtk_column_view_new (NULL));
  GtkWidget *second = g_object_ref_sink (gtk_column_view_new (NULL));
  GtkColumnView *view = GTK_COLUMN_VIEW (first);
  g_autoptr(GArray) shown = NULL;

  rubis_grid_columns_install (view, sort, RUBIS_CURRENCY_EUR, preferences);
  gtk_column_view_column_set_fixed_width (rubis_grid_columns_find (view, RUBIS_GRID_NUMBER), 222);
  g_action_group_change_action_state (rubis_grid_columns_get_actions (view), "level", g_variant_new_boolean (FALSE));
  g_action_group_change_action_state (rubis_grid_columns_get_actions (view), "label", g_variant_new_boolean (TRUE));
  gtk_column_view_insert_column (view, 0, rubis_grid_columns_find (view, RUBIS_GRID_OPEN));

  view = GTK_COLUMN_VIEW (second);
  rubis_grid_columns_install (view, sort, RUBIS_CURRENCY_EUR, preferences);
  shown = rubis_grid_columns_list_visible (view);
  g_assert_cmpint (g_array_index (shown, RubisGridColumn, 0), ==, RUBIS_GRID_OPEN);
  g_assert_cmpint (g_array_index (shown, RubisGridColumn, 1), ==, RUBIS_GRID_MARKS);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (rubis_grid_columns_find (view, RUBIS_GRID_NUMBER)), ==, 222);
  g_assert_false (gtk_column_view_column_get_visible (rubis_grid_columns_find (view, RUBIS_GRID_LEVEL)));
  g_assert_true (gtk_column_view_column_get_visible (rubis_grid_columns_find (view, RUBIS_GRID_LABEL)));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (rubis_grid_columns_find (view, RUBIS_GRID_LABEL)), ==, 180);
  g_object_unref (first);
  g_object_unref (second);
}

static void
test_filters (void)
{
  GtkWidget *bar = g_object_ref_sink (rubis_filter_bar_new ());
  RubisFilterBar *filters = RUBIS_FILTER_BAR (bar);
  RubisItemFilter filter;
  guint n_changes = 0;

  rubis_filter_bar_set_today (filters, rubis_date_from_ymd (2026, 11, 2));
  g_signal_connect (bar, "changed", G_CALLBACK (count_changes_cb), &n_changes);
  rubis_filter_bar_get_filter (filters, &filter);
  g_assert_cmpint (filter.state, ==, RUBIS_ITEM_STATE_OPEN);
  g_assert_cmpint (filter.due_from, ==, RUBIS_DATE_NONE);
  g_assert_null (filter.text);
  g_assert_false (rubis_filter_bar_is_narrowed (filters));

  gtk_widget_activate_action (bar, "filter.state", "s", "overdue");
  gtk_widget_activate_action (bar, "filter.since", "i", 30);
  rubis_filter_bar_get_filter (filters, &filter);
  g_assert_cmpint (filter.state, ==, RUBIS_ITEM_STATE_OVERDUE);
  g_assert_cmpint (filter.min_days_late, ==, 30);
  g_assert_cmpuint (n_changes, ==, 2);
  /* The same again is no change. */
  gtk_widget_activate_action (bar, "filter.state", "s", "overdue");
  g_assert_cmpuint (n_changes, ==, 2);

  assert_period (bar, "month", "2026-11-01", "2026-11-30");
  assert_period (bar, "last-month", "2026-10-01", "2026-10-31");
  assert_period (bar, "next-month", "2026-12-01", "2026-12-31");
  assert_period (bar, "quarter", "2026-10-01", "2026-12-31");
  assert_period (bar, "year", "2026-01-01", "2026-12-31");
  rubis_filter_bar_set_custom_period (filters, rubis_date_parse_iso ("2026-03-01"), RUBIS_DATE_NONE);
  rubis_filter_bar_get_filter (filters, &filter);
  g_assert_cmpint (filter.due_from, ==, rubis_date_parse_iso ("2026-03-01"));
  g_assert_cmpint (filter.due_to, ==, RUBIS_DATE_NONE);
  g_assert_true (rubis_filter_bar_is_narrowed (filters));

  rubis_filter_bar_reset (filters);
  rubis_filter_bar_get_filter (filters, &filter);
  g_assert_cmpint (filter.state, ==, RUBIS_ITEM_STATE_OPEN);
  g_assert_cmpint (filter.min_days_late, ==, 0);
  g_assert_cmpint (filter.due_from, ==, RUBIS_DATE_NONE);
  g_object_unref (bar);
}

static void
test_parse_date (void)
{
  RubisDate day = rubis_date_from_ymd (2026, 11, 2);

  g_assert_cmpint (rubis_ui_parse_date ("02/11/2026"), ==, day);
  g_assert_cmpint (rubis_ui_parse_date ("2.11.26"), ==, day);
  g_assert_cmpint (rubis_ui_parse_date ("2026-11-02"), ==, day);
  g_assert_cmpint (rubis_ui_parse_date ("31/02/2026"), ==, RUBIS_DATE_NONE);
  g_assert_cmpint (rubis_ui_parse_date ("02/11"), ==, RUBIS_DATE_NONE);
  g_assert_cmpint (rubis_ui_parse_date ("tomorrow"), ==, RUBIS_DATE_NONE);
  g_assert_cmpint (rubis_ui_parse_date (""), ==, RUBIS_DATE_NONE);
}

static void
test_aging (void)
{
  const gint64 buckets[RUBIS_N_AGES] = { 410000, 0, 0, 120050, -5 };
  GtkWidget *bar = g_object_ref_sink (rubis_aging_bar_new ());

  rubis_aging_bar_set_buckets (RUBIS_AGING_BAR (bar), buckets, RUBIS_CURRENCY_EUR);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (bar), ==, "Not due: €4,100.00\n61 to 90 days: €1,200.50");
  g_object_unref (bar);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  rubis_ui_init ();

  g_test_add_func ("/ui/grid-selection/million", test_selection_million);
  g_test_add_func ("/ui/grid-selection/current", test_selection_current);
  g_test_add_func ("/ui/grid-selection/replaced", test_selection_replaced);
  g_test_add_func ("/ui/grid-selection/echo", test_selection_echo);
  g_test_add_func ("/ui/grid-selection/ctrl-click", test_ctrl_click);
  g_test_add_func ("/ui/grid-sort", test_sort);
  g_test_add_func ("/ui/grid-table", test_table);
  g_test_add_func ("/ui/grid-cells", test_cells);
  g_test_add_func ("/ui/grid-columns", test_columns_remembered);
  g_test_add_func ("/ui/filter-bar", test_filters);
  g_test_add_func ("/ui/parse-date", test_parse_date);
  g_test_add_func ("/ui/aging-bar", test_aging);
  return g_test_run ();
}
