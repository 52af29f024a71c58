/* The search over everything as it is typed, and its baseline: one row of the same file by its key, in plain
 * SQL.
 *
 *   bench-search rubis|point FILE.rubis DATE
 *
 * Prints, for the first search of a session and for those after it, the median and the worst of the queries.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "rubis-search.h"

#define LIMIT 5
#define ROUNDS 5
#define N_POINTS 2000

/* Names whole, begun and with slips; numbers; amounts; both; what is not there. */
static const char *const queries[] = {
  "m",           "menuiserie",     "menuiserie garcon",
  "garcn",       "lefvre 12",      "distrbution renrd",
  "trnasports",  "C0104",          "0001042",
  "FA2026-0500", "1042",           "1 234,50",
  "1234",        "4711,1",         "BC100007",
  "lyon dubois", "0472115566",     "04 72 11 55 66",
  "zzzqqq",      "garage 0500000", "import",
  "client-77",   "saint etienne",  "0705000",
};

static int
compare_clocks (const void *a, const void *b)
{
  const BenchClock *first = a;
  const BenchClock *second = b;

  return (first->wall > second->wall) - (first->wall < second->wall);
}

static guint
search (RubisSession *session, const char *text, BenchClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  bench_start (clock);
  found = rubis_session_search (session, text, LIMIT, NULL, &error);
  bench_stop (clock);
  if (found == NULL)
    g_error ("%s", error->message);
  return found->len;
}

static void
run_rubis (const char *path, RubisDate today)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSession) session = rubis_session_open (path, today, &error);
  BenchClock clocks[G_N_ELEMENTS (queries) * ROUNDS];
  BenchClock first;
  gsize worst = 0;
  gsize n = 0;

  if (session == NULL)
    g_error ("%s", error->message);
  search (session, "", &first);
  bench_print (&first, "search: ready after opening");
  for (int round = 0; round < ROUNDS; round++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (queries); i++, n++)
        {
          search (session, queries[i], &clocks[n]);
          if (clocks[n].wall > clocks[worst].wall)
            worst = n;
        }
    }
  first = clocks[worst];
  qsort (clocks, n, sizeof *clocks, compare_clocks);
  bench_print (&clocks[n / 2], "search: median key");
  bench_print (&first, "search: worst key (“%s”)", queries[worst % G_N_ELEMENTS (queries)]);
  rubis_session_close (session);
}

/* The same lines for each, so that they stand beside those of the search. */
static void
run_point (const char *path)
{
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;
  BenchClock clock;
  gint64 sum = 0;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (db, "SELECT number, open FROM item WHERE id = ?", -1, &statement, NULL)
             != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  bench_start (&clock);
  for (gint64 i = 0; i < N_POINTS; i++)
    {
      sqlite3_bind_int64 (statement, 1, i * 7919 % 100000 + 1);
      while (sqlite3_step (statement) == SQLITE_ROW)
        sum += sqlite3_column_int64 (statement, 1);
      sqlite3_reset (statement);
    }
  bench_stop (&clock);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  clock.wall /= N_POINTS;
  clock.cpu /= N_POINTS;
  for (int i = 0; i < 3; i++)
    bench_print (&clock, "one row by its key (%" G_GINT64_FORMAT ")", sum);
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    g_error ("usage: bench-search rubis|point FILE.rubis DATE");
  if (strcmp (argv[1], "point") == 0)
    run_point (argv[2]);
  else
    run_rubis (argv[2], rubis_date_parse_iso (argv[3]));
  return 0;
}
