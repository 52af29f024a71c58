/* Sorting and filtering the grid of a whole dossier until its first rows can be shown, and the baseline:
 * the SQL query that orders the ids of the same rows.
 *
 *   bench-grid rubis|raw FILE.rubis DATE
 */
#include <gio/gio.h>
#include <sqlite3.h>
#include <string.h>

#include "bench.h"
#include "rubis-item-list.h"

/* Rows that a window of ordinary size shows. */
#define VISIBLE 40

typedef struct
{
  const char *name;
  RubisItemSort sort;
  RubisItemState state;
  const char *text; /* (nullable) */
  const char *sql;
} Work;

static const Work works[] = {
  { "due date", RUBIS_ITEM_SORT_DUE_DATE, RUBIS_ITEM_STATE_OPEN, NULL,
    "SELECT id FROM item WHERE open <> 0 ORDER BY due_date, id" },
  { "open amount", RUBIS_ITEM_SORT_OPEN, RUBIS_ITEM_STATE_OPEN, NULL,
    "SELECT id FROM item WHERE open <> 0 ORDER BY open DESC, id" },
  { "account", RUBIS_ITEM_SORT_ACCOUNT, RUBIS_ITEM_STATE_OPEN, NULL,
    "SELECT i.id FROM item i JOIN account a ON a.id = i.account_id WHERE i.open <> 0 ORDER BY a.search_key, "
    "i.id" },
  { "overdue", RUBIS_ITEM_SORT_DUE_DATE, RUBIS_ITEM_STATE_OVERDUE, NULL,
    "SELECT id FROM item WHERE open > 0 AND due_date < $1 ORDER BY due_date, id" },
  { "text", RUBIS_ITEM_SORT_DUE_DATE, RUBIS_ITEM_STATE_OPEN, "dupont",
    "SELECT i.id FROM item i JOIN account a ON a.id = i.account_id WHERE i.open <> 0 AND (i.number LIKE "
    "'%dupont%' "
    "OR i.order_ref LIKE '%dupont%' OR i.label LIKE '%dupont%' OR a.search_key LIKE '%dupont%') "
    "ORDER BY i.due_date, i.id" },
};

static void
stop_loop (GListModel *list, guint position, guint removed, guint added, gpointer loop)
{
  g_main_loop_quit (loop);
}

/* Whatever else is under way, such as sums, would disturb what is measured next. */
static void
wait_for_all (RubisItemList *list)
{
  while (rubis_item_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

/* Waits for the order asked for, then fetches the rows that a window shows. */
static guint
wait_for_rows (RubisItemList *list, GMainLoop *loop)
{
  guint n_rows;

  g_main_loop_run (loop);
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < MIN (VISIBLE, n_rows); i++)
    {
      g_autoptr (RubisItemRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_nonnull (row);
    }
  return n_rows;
}

static void
run_list (const char *path, RubisDate today)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSession) session = rubis_session_open (path, today, &error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RubisItemList) list = NULL;
  const RubisItemFilter other
      = { .state = RUBIS_ITEM_STATE_CREDITS, .due_from = RUBIS_DATE_NONE, .due_to = RUBIS_DATE_NONE };

  if (session == NULL)
    g_error ("%s", error->message);
  list = rubis_item_list_new (session);
  g_signal_connect (list, "items-changed", G_CALLBACK (stop_loop), loop);
  wait_for_rows (list, loop);
  wait_for_all (list);
  for (gsize i = 0; i < G_N_ELEMENTS (works); i++)
    {
      RubisItemFilter filter = {
        .state = works[i].state, .due_from = RUBIS_DATE_NONE, .due_to = RUBIS_DATE_NONE, .text = works[i].text
      };
      BenchClock clock;
      guint n_rows;

      /* Another order first, so that nothing is in place already. */
      rubis_item_list_set_filter (list, &other);
      rubis_item_list_set_sort (list, RUBIS_ITEM_SORT_NUMBER, FALSE);
      wait_for_rows (list, loop);
      wait_for_all (list);
      bench_start (&clock);
      rubis_item_list_set_sort (list, works[i].sort, works[i].sort == RUBIS_ITEM_SORT_OPEN);
      rubis_item_list_set_filter (list, &filter);
      n_rows = wait_for_rows (list, loop);
      bench_stop (&clock);
      wait_for_all (list);
      bench_print (&clock, "%s: %u rows", works[i].name, n_rows);
    }
  g_clear_object (&list);
  rubis_session_close (session);
}

static void
run_sql (const char *path, RubisDate today)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_exec (db, "PRAGMA cache_size = -4096", NULL, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (works); i++)
    {
      sqlite3_stmt *statement = NULL;
      guint n_rows = 0;
      gint64 sum = 0;
      BenchClock clock;

      bench_start (&clock);
      if (sqlite3_prepare_v2 (db, works[i].sql, -1, &statement, NULL) != SQLITE_OK)
        g_error ("%s", sqlite3_errmsg (db));
      sqlite3_bind_int (statement, 1, today);
      for (; sqlite3_step (statement) == SQLITE_ROW; n_rows++)
        sum += sqlite3_column_int64 (statement, 0);
      sqlite3_finalize (statement);
      bench_stop (&clock);
      bench_print (&clock, "%s: %u rows, checksum %" G_GINT64_FORMAT, works[i].name, n_rows, sum);
    }
  sqlite3_close (db);
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    g_error ("usage: bench-grid rubis|raw FILE.rubis DATE");
  if (strcmp (argv[1], "raw") == 0)
    run_sql (argv[2], rubis_date_parse_iso (argv[3]));
  else
    run_list (argv[2], rubis_date_parse_iso (argv[3]));
  return 0;
}
