#include "rubis-store-timeline.h"

#include <stdio.h>

#include "rubis-store-habits.h"
#include "rubis-types.h"

/* Each ends in a condition; $1 group, $2 account, $3 and $4 days, $5 the only record wanted. */
#define SELECT_EVENTS                                                                                        \
  "SELECT e.id, e.date, e.at, e.kind, e.summary, e.data, e.actor, coalesce (e.account_id, 0), coalesce "     \
  "(a.name, ''), "                                                                                           \
  "coalesce ((SELECT min (d.id) FROM document d WHERE d.event_id = e.id), 0), '', 0, 0 "                     \
  "FROM event e LEFT JOIN account a ON a.id = e.account_id WHERE 1 = 1"

/* When an answer comes, the journal notes it with its number; whose it is may be said later. */
#define SELECT_ANSWERS                                                                                       \
  "SELECT n.id, n.received, n.fetched_at, 'answer', n.subject, n.text, CASE WHEN n.from_name <> '' THEN "    \
  "n.from_name "                                                                                             \
  "ELSE n.from_email END, n.account_id, a.name, 0, '', 0, 0 FROM incoming n JOIN account a ON a.id = "       \
  "n.account_id "                                                                                            \
  "WHERE n.kind IN ('reply', 'other') AND NOT EXISTS (SELECT 1 FROM event e WHERE e.account_id = "           \
  "n.account_id "                                                                                            \
  "AND e.data = '{\"incoming\":' || n.id || '}')"

/* What the first file that knew an invoice said of earlier payments did not happen on its day. */
#define SELECT_PAYMENTS                                                                                      \
  "SELECT min (x.id), x.date, 0, CASE WHEN y.type = 1 THEN 'credit-note' ELSE 'payment' END AS kind, "       \
  "group_concat (i.number, ', '), '', '', i.account_id, a.name, 0, i.currency, sum (x.amount), count "       \
  "(DISTINCT i.id) "                                                                                         \
  "FROM item i JOIN allocation x ON x.item_id = i.id JOIN account a ON a.id = i.account_id "                 \
  "LEFT JOIN item y ON y.id = x.credit_item_id LEFT JOIN import_batch b ON b.id = x.batch_id "               \
  "WHERE x.amount > 0 AND i.total > 0 AND NOT (b.id IS NOT NULL AND i.first_batch = b.id AND x.date = "      \
  "b.as_of)"

#define GROUP_PAYMENTS " GROUP BY i.account_id, x.date, i.currency, kind"

static const struct
{
  const char *select;
  const char *account;
  const char *date;
  const char *only; /* condition for the record $5 alone */
  const char *end;
} sources[] = {
  [RUBIS_TIMELINE_EVENT] = { SELECT_EVENTS, "e.account_id", "e.date", " AND e.id = $5", "" },
  [RUBIS_TIMELINE_INCOMING] = { SELECT_ANSWERS, "n.account_id", "n.received", " AND n.id = $5", "" },
  [RUBIS_TIMELINE_PAYMENT] = { SELECT_PAYMENTS, "i.account_id", "x.date",
                               " AND i.account_id = (SELECT k.account_id FROM allocation z JOIN item k ON "
                               "k.id = z.item_id WHERE z.id = $5) "
                               "AND x.date = (SELECT z.date FROM allocation z WHERE z.id = $5)" GROUP_PAYMENTS
                               " HAVING min (x.id) = $5",
                               GROUP_PAYMENTS },
};

/* "2026-11-21T08:12:03Z", as the journal writes it, or a number; 0 for anything else */
static gint64
read_moment (const char *text)
{
  int year, month, day, hour, minute, second;
  RubisDate days;

  if (sscanf (text, "%4d-%2d-%2dT%2d:%2d:%2dZ", &year, &month, &day, &hour, &minute, &second) != 6)
    return g_ascii_strtoll (text, NULL, 10);
  days = rubis_date_from_ymd (year, month, day);
  return days != RUBIS_DATE_NONE ? ((gint64)days * 24 + hour) * 3600 + minute * 60 + second : 0;
}

static gboolean
run (RubisDatabase *db, const char *sql, RubisTimelineSource source, const RubisTimelineQuery *query,
     gint64 id, RubisTimelineFunc func, gpointer user_data, GError **error)
{
  g_autoptr (RubisStatement) statement = rubis_database_prepare (db, sql, error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiddi", query->group_id, query->account_id, query->from, query->to, id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisTimelineRecord record = {
        .source = source,
        .id = rubis_statement_int (statement, 0),
        .date = rubis_statement_date (statement, 1),
        .at = read_moment (rubis_statement_text (statement, 2)),
        .kind = rubis_statement_text (statement, 3),
        .text = rubis_statement_text (statement, 4),
        .detail = rubis_statement_text (statement, 5),
        .actor = rubis_statement_text (statement, 6),
        .account_id = rubis_statement_int (statement, 7),
        .account = rubis_statement_text (statement, 8),
        .document_id = rubis_statement_int (statement, 9),
        .amount = rubis_statement_int (statement, 11),
        .n_items = (int)rubis_statement_int (statement, 12),
      };

      g_strlcpy (record.currency.code, rubis_statement_text (statement, 10), sizeof record.currency.code);
      func (&record, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

static gboolean
run_source (RubisDatabase *db, RubisTimelineSource source, const RubisTimelineQuery *query,
            RubisTimelineFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GString) sql = g_string_new (sources[source].select);

  rubis_store_append_scope (sql, sources[source].account, query->group_id, query->account_id);
  if (query->from != RUBIS_DATE_NONE)
    g_string_append_printf (sql, " AND %s >= $3", sources[source].date);
  if (query->to != RUBIS_DATE_NONE)
    g_string_append_printf (sql, " AND %s <= $4", sources[source].date);
  g_string_append (sql, sources[source].end);
  return run (db, sql->str, source, query, 0, func, user_data, error);
}

gboolean
rubis_store_each_timeline_record (RubisDatabase *db, const RubisTimelineQuery *query, RubisTimelineFunc func,
                                  gpointer user_data, GError **error)
{
  return (!query->with_events || run_source (db, RUBIS_TIMELINE_EVENT, query, func, user_data, error))
         && (!query->with_answers || run_source (db, RUBIS_TIMELINE_INCOMING, query, func, user_data, error))
         && (!query->with_payments || run_source (db, RUBIS_TIMELINE_PAYMENT, query, func, user_data, error));
}

gboolean
rubis_store_visit_timeline_record (RubisDatabase *db, RubisTimelineSource source, gint64 id,
                                   RubisTimelineFunc func, gpointer user_data, GError **error)
{
  g_autofree char *sql = g_strconcat (sources[source].select, sources[source].only, NULL);
  RubisTimelineQuery any = { .from = RUBIS_DATE_NONE, .to = RUBIS_DATE_NONE };

  return run (db, sql, source, &any, id, func, user_data, error);
}
