#include "rubis-item-list.h"

#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct {
  char *folder;
  RubisSession *session;
  gint64 accounts[3];
  gint64 first;   /* id of F-0001 */
} Fixture;

static const RubisItemFilter open_items = { RUBIS_ITEM_STATE_OPEN, 0, RUBIS_DATE_NONE, RUBIS_DATE_NONE, NULL };

/* 300 invoices F-0001 … F-0300 of 100.00 + n cents, due every day from 2026-06-01, in turn on three
 * accounts; every tenth is settled, every seventh half paid; a credit and two invoices in dollars.
 */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const names[3] = { "Éclairage Garçon", "Menuiserie Lefèvre", "Zinc & Cie" };
  RubisDate first = rubis_date_from_ymd (2026, 6, 1);

  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *code = g_strdup_printf ("C%05d", i + 1);

      fixture->accounts[i] = rubis_test_add_account (fixture->session, code, names[i]);
    }
  for (int i = 1; i <= 300; i++)
    {
      g_autofree char *number = g_strdup_printf ("F-%04d", i);
      g_autofree char *due = rubis_date_to_iso (first + i - 1);
      gint64 total = 10000 + i;
      gint64 open = i % 10 == 0 ? 0 : i % 7 == 0 ? total / 2 : total;
      gint64 id = rubis_test_add_item (fixture->session, fixture->accounts[i % 3], number, RUBIS_ITEM_INVOICE, due,
                                       total, open, NULL);

      if (i == 1)
        fixture->first = id;
    }
  rubis_test_add_item (fixture->session, fixture->accounts[0], "A-1", RUBIS_ITEM_CREDIT, "2026-07-01", -5000, -5000,
                       NULL);
  rubis_test_add_item (fixture->session, fixture->accounts[1], "U-1", RUBIS_ITEM_INVOICE, "2026-08-01", 70000, 70000,
                       "USD");
  rubis_test_add_item (fixture->session, fixture->accounts[1], "U-2", RUBIS_ITEM_INVOICE, "2027-08-01", 1, 1, "USD");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static RubisItemList *
load_list (Fixture *fixture)
{
  RubisItemList *list = rubis_item_list_new (fixture->session);

  g_assert_true (rubis_item_list_get_loading (list));
  rubis_test_wait_for (list, "loaded");
  g_assert_false (rubis_item_list_get_loading (list));
  return list;
}

static void
assert_number (RubisItemList *list, guint position, const char *number)
{
  g_autoptr(RubisItemRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (row);
  g_assert_cmpstr (row->number, ==, number);
  g_assert_cmpint (row->id, ==, rubis_item_list_get_id (list, position));
}

static void
count_change (GListModel *model, guint position, guint removed, guint added, guint *n_changes)
{
  g_assert_cmpuint (position, ==, 0);
  (*n_changes)++;
}

static void
test_first_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisItemList) list = load_list (fixture);
  g_autoptr(RubisItemRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  GArray *sums = rubis_item_list_get_sums (list);
  gint64 open = -5000;

  for (int i = 1; i <= 300; i++)
    open += i % 10 == 0 ? 0 : i % 7 == 0 ? (10000 + i) / 2 : 10000 + i;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 273);
  g_assert_cmpuint (sums->len, ==, 2);
  g_assert_cmpstr (g_array_index (sums, RubisItemSum, 0).currency.code, ==, "EUR");
  g_assert_cmpint (g_array_index (sums, RubisItemSum, 0).open, ==, open);
  g_assert_cmpuint (g_array_index (sums, RubisItemSum, 0).n_items, ==, 271);
  g_assert_cmpint (g_array_index (sums, RubisItemSum, 1).open, ==, 70001);

  g_assert_cmpstr (row->number, ==, "F-0001");
  g_assert_cmpstr (row->account_code, ==, "C00002");
  g_assert_cmpstr (row->account_name, ==, "Menuiserie Lefèvre");
  g_assert_cmpint (row->days_late, ==, 172);
  g_assert_true (row->leading);
  g_assert_cmpint (row->level, ==, RUBIS_LEVEL_NONE);
  assert_number (list, 272, "U-2");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 273));
  g_assert_cmpint (rubis_item_list_get_id (list, 273), ==, 0);
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisItemList) list = load_list (fixture);
  guint n_changes = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_change), &n_changes);
  rubis_item_list_set_sort (list, RUBIS_ITEM_SORT_OPEN, TRUE);
  rubis_test_wait_for (list, "loaded");
  assert_number (list, 0, "U-1");
  assert_number (list, 1, "F-0299");
  assert_number (list, 272, "A-1");
  g_assert_cmpuint (n_changes, ==, 1);

  rubis_item_list_set_sort (list, RUBIS_ITEM_SORT_ACCOUNT, TRUE);
  rubis_test_wait_for (list, "loaded");
  {
    g_autoptr(RubisItemRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);

    /* By the name as French readers sort it: É before M before Z. */
    g_assert_cmpstr (row->account_name, ==, "Zinc & Cie");
  }
  for (int sort = 0; sort <= RUBIS_ITEM_SORT_SALES_REP; sort++)
    {
      rubis_item_list_set_sort (list, (RubisItemSort) sort, FALSE);
      rubis_test_wait_for (list, "loaded");
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 273);
    }
}

static void
assert_filter (RubisItemList *list, RubisItemFilter filter, guint n_items, const char *first)
{
  rubis_item_list_set_filter (list, &filter);
  rubis_test_wait_for (list, "loaded");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_items);
  if (first != NULL)
    assert_number (list, 0, first);
}

/* The rows of a filter show before its sums are known; asking for another order meanwhile loses no sum. */
static void
test_rows_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisItemList) list = load_list (fixture);
  RubisItemFilter filter = { .state = RUBIS_ITEM_STATE_CREDITS, .due_from = RUBIS_DATE_NONE,
                             .due_to = RUBIS_DATE_NONE };

  rubis_item_list_set_filter (list, &filter);
  rubis_test_wait_for (list, "items-changed");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  assert_number (list, 0, "A-1");
  g_assert_true (rubis_item_list_get_loading (list));

  rubis_item_list_set_sort (list, RUBIS_ITEM_SORT_NUMBER, FALSE);
  rubis_test_wait_for (list, "loaded");
  g_assert_false (rubis_item_list_get_loading (list));
  g_assert_cmpuint (rubis_item_list_get_sums (list)->len, ==, 1);
  g_assert_cmpint (g_array_index (rubis_item_list_get_sums (list), RubisItemSum, 0).open, ==, -5000);
  g_assert_cmpuint (g_array_index (rubis_item_list_get_sums (list), RubisItemSum, 0).n_items, ==, 1);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisItemList) list = load_list (fixture);
  RubisItemFilter filter = open_items;

  filter.state = RUBIS_ITEM_STATE_ALL;
  assert_filter (list, filter, 303, "F-0001");
  /* Due on 2026-11-19 at the latest: F-0001 … F-0172, without 17 settled ones, and U-1. */
  filter.state = RUBIS_ITEM_STATE_OVERDUE;
  assert_filter (list, filter, 156, "F-0001");
  filter.min_days_late = 100;
  assert_filter (list, filter, 67, "F-0001");
  filter.min_days_late = 0;
  filter.state = RUBIS_ITEM_STATE_NOT_DUE;
  assert_filter (list, filter, 116, "F-0173");
  filter.state = RUBIS_ITEM_STATE_CREDITS;
  assert_filter (list, filter, 1, "A-1");

  filter = open_items;
  filter.due_from = rubis_date_from_ymd (2026, 6, 2);
  filter.due_to = rubis_date_from_ymd (2026, 6, 4);
  assert_filter (list, filter, 3, "F-0002");

  filter = open_items;
  filter.text = "f-004";
  assert_filter (list, filter, 9, "F-0041");
  filter.text = "GARCON";
  assert_filter (list, filter, 91, "F-0003");
  filter.text = "%";
  assert_filter (list, filter, 0, NULL);
  g_assert_cmpuint (rubis_item_list_get_sums (list)->len, ==, 0);
}

static void
test_scope_and_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisItemList) list = load_list (fixture);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) sums = NULL;
  gint64 id = rubis_item_list_get_id (list, 100);

  g_assert_cmpuint (rubis_item_list_find (list, id), ==, 100);
  g_assert_cmpuint (rubis_item_list_find (list, 999999), ==, G_MAXUINT);

  rubis_item_list_set_scope (list, 0, fixture->accounts[1]);
  rubis_test_wait_for (list, "loaded");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 92);
  assert_number (list, 0, "F-0001");

  rubis_test_exec (fixture->session, "INSERT INTO account_group (id, tree, name) VALUES (7, 'agency', 'Lyon');"
                                     "INSERT INTO account_group_closure VALUES (7, 7, 0);"
                                     "INSERT INTO account_group_member SELECT 7, id FROM account WHERE code = 'C00003'");
  rubis_item_list_set_scope (list, 7, 0);
  rubis_test_wait_for (list, "loaded");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 90);
  assert_number (list, 0, "F-0002");

  g_array_append_val (ids, fixture->first);
  id = rubis_test_query (fixture->session, "SELECT id FROM item WHERE number = 'U-1'");
  g_array_append_val (ids, id);
  sums = rubis_item_list_sum_ids (list, ids);
  g_assert_cmpuint (sums->len, ==, 2);
  g_assert_cmpint (g_array_index (sums, RubisItemSum, 0).open, ==, 10001);
  g_assert_cmpint (g_array_index (sums, RubisItemSum, 1).open, ==, 70000);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisItemList) list = load_list (fixture);
  g_autoptr(RubisItemRow) row = NULL;

  rubis_test_exec (fixture->session, "UPDATE item SET stop = 1 WHERE number = 'F-0001'");
  rubis_session_mark_changed (fixture->session);
  rubis_test_wait_for (list, "loaded");
  row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (row->stop);

  rubis_test_add_item (fixture->session, fixture->accounts[0], "F-9999", RUBIS_ITEM_INVOICE, "2026-01-01", 1, 1, NULL);
  rubis_item_list_refresh (list);
  rubis_test_wait_for (list, "loaded");
  assert_number (list, 0, "F-9999");
  /* The day after, the invoice due today is late. */
  rubis_session_set_today (fixture->session, RUBIS_TEST_TODAY + 1);
  rubis_test_wait_for (list, "loaded");
  {
    guint position = rubis_item_list_find (list, fixture->first + 172);
    g_autoptr(RubisItemRow) due = g_list_model_get_item (G_LIST_MODEL (list), position);

    g_assert_cmpstr (due->number, ==, "F-0173");
    g_assert_cmpint (due->days_late, ==, 1);
  }
}

static void
test_supersede (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisItemList) list = load_list (fixture);
  RubisItemFilter filter = open_items;
  guint n_changes = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_change), &n_changes);
  for (int i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("F-%04d", i + 1);

      filter.text = text;
      rubis_item_list_set_filter (list, &filter);
      rubis_item_list_set_sort (list, RUBIS_ITEM_SORT_NUMBER, i % 2 == 0);
      g_main_context_iteration (NULL, FALSE);
    }
  filter.text = "F-0042";
  rubis_item_list_set_filter (list, &filter);
  while (rubis_item_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  assert_number (list, 0, "F-0042");
  g_assert_cmpuint (n_changes, <=, 51);
}

/* Rows of a list that outlives its items: it must not fail before it is loaded again. */
static void
test_missing_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisItemList) list = load_list (fixture);
  g_autoptr(RubisItemRow) row = NULL;

  rubis_test_exec (fixture->session, "DELETE FROM allocation; DELETE FROM item WHERE number = 'F-0001'");
  row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpint (row->id, ==, fixture->first);
  g_assert_cmpstr (row->number, ==, "");
  assert_number (list, 1, "F-0002");
}

static void
test_dispose_while_loading (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autoptr(RubisItemList) list = rubis_item_list_new (fixture->session);

      for (int turn = 0; turn < i % 4; turn++)
        g_main_context_iteration (NULL, FALSE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/item-list/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("first-load", test_first_load);
  ADD ("sort", test_sort);
  ADD ("filter", test_filter);
  ADD ("scope-and-find", test_scope_and_find);
  ADD ("refresh", test_refresh);
  ADD ("supersede", test_supersede);
  ADD ("rows-first", test_rows_first);
  ADD ("missing-rows", test_missing_rows);
  ADD ("dispose-while-loading", test_dispose_while_loading);
#undef ADD
  return g_test_run ();
}
