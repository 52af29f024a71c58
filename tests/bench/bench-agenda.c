/* The day's actions over a whole dossier, and its baseline: the SQL scan that reads the same rows.
 *
 *   bench-agenda rubis|scan FILE.rubis DATE
 *
 * Prints the seconds on the clock and of the processor, and how many rows there were.
 */
#include <sqlite3.h>
#include <string.h>

#include "bench.h"
#include "rubis-agenda-list.h"

static guint
compute (const char *path, RubisDate today)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSession) session = rubis_session_open (path, today, &error);
  g_autoptr (GPtrArray) rows = NULL;
  guint n_items = 0;
  BenchClock clock;

  if (session == NULL)
    g_error ("%s", error->message);
  bench_start (&clock);
  rows = rubis_session_compute_agenda (session, NULL, &error);
  bench_stop (&clock);
  if (rows == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < rows->len; i++)
    n_items += (guint)((RubisActionRow *)rows->pdata[i])->n_items;
  bench_print (&clock, "%u actions on %u items", rows->len, n_items);
  rubis_session_close (session);
  return rows->len;
}

/* Every column of each row is fetched, as a program that uses them has to. */
static gint64
read_all (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 sum = 0;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int c = 0; c < sqlite3_column_count (statement); c++)
        {
          const char *text;

          if (sqlite3_column_type (statement, c) != SQLITE_TEXT)
            sum += sqlite3_column_int64 (statement, c);
          else if ((text = (const char *)sqlite3_column_text (statement, c)) != NULL)
            sum += text[0];
        }
    }
  sqlite3_finalize (statement);
  return sum;
}

static void
scan (const char *path)
{
  sqlite3 *db = NULL;
  BenchClock clock;
  gint64 sum;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_exec (db, "PRAGMA cache_size = -4096", NULL, NULL, NULL);
  bench_start (&clock);
  sum = read_all (
      db, "SELECT a.id, a.code, a.name, a.language, a.means, a.policy_id, a.email, a.phone, a.address, "
          "a.city, a.stop, a.stop_until, a.with_agent, a.last_contact, p.kind, p.insolvency "
          "FROM account a JOIN party p ON p.id = a.party_id");
  sum += read_all (
      db, "SELECT id, account_id, type, number, due_date, currency, total, open, means, stop, stop_until, "
          "debit_returned, with_agent, disputed, promise_date, in_plan, level, level_date, first_seen "
          "FROM item WHERE +open <> 0");
  bench_stop (&clock);
  bench_print (&clock, "checksum %" G_GINT64_FORMAT, sum);
  sqlite3_close (db);
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    g_error ("usage: bench-agenda rubis|scan FILE.rubis DATE");
  if (strcmp (argv[1], "scan") == 0)
    scan (argv[2]);
  else
    compute (argv[2], rubis_date_parse_iso (argv[3]));
  return 0;
}
