#include "rubis-store-habits.h"

#include "rubis-types.h"

/* Two imports further apart say too little of a day between them. */
#define MAX_GAP "31"

void
rubis_store_append_scope (GString *sql, const char *column, gint64 group_id, gint64 account_id)
{
  if (account_id != 0)
    g_string_append_printf (sql, " AND %s = $2", column);
  else if (group_id != 0)
    g_string_append_printf (
        sql,
        " AND %s IN (SELECT m.account_id FROM account_group_member m JOIN account_group_closure c "
        "ON c.descendant_id = m.group_id WHERE c.ancestor_id = $1)",
        column);
}

gboolean
rubis_store_each_paid_day (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate after,
                           RubisDate until, RubisPaidDayFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT i.currency, i.cleared_date, count(*), total (i.total), "
      "total (CAST (i.total AS REAL) * (i.cleared_date - i.due_date)) "
      "FROM item i LEFT JOIN import_batch b ON b.id = i.cleared_batch "
      "WHERE i.open = 0 AND i.total > 0 AND i.type = $5 AND i.cancelled = 0 AND i.opening = 0 "
      "AND i.due_date IS NOT NULL AND i.cleared_date > $3 AND i.cleared_date <= $4 "
      "AND (b.id IS NULL OR i.cleared_date <> b.as_of OR (coalesce (i.first_batch, 0) <> b.id "
      "AND EXISTS (SELECT 1 FROM import_batch p WHERE p.id < b.id AND p.kind = b.kind AND p.undone_at IS "
      "NULL "
      "AND p.as_of >= b.as_of - " MAX_GAP "))) "
      "AND EXISTS (SELECT 1 FROM allocation x LEFT JOIN item y ON y.id = x.credit_item_id WHERE x.item_id = "
      "i.id "
      "AND x.amount > 0 AND coalesce (y.type, -1) <> $6)");
  g_autoptr (RubisStatement) statement = NULL;
  RubisRow row;

  rubis_store_append_scope (sql, "i.account_id", group_id, account_id);
  g_string_append (sql, " GROUP BY i.currency, i.cleared_date");
  statement = rubis_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiddnn", group_id, account_id, after, until, (int)RUBIS_ITEM_INVOICE,
                        (int)RUBIS_ITEM_CREDIT);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisPaidDay day = {
        .currency = rubis_statement_text (statement, 0),
        .date = rubis_statement_date (statement, 1),
        .n = (int)rubis_statement_int (statement, 2),
        .weight = rubis_statement_double (statement, 3),
        .weighted = rubis_statement_double (statement, 4),
      };

      func (&day, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_each_due_day (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDueDayFunc func,
                          gpointer user_data, GError **error)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT i.currency, i.due_date, coalesce (sum (CASE WHEN i.open > 0 THEN i.open END), 0), "
      "coalesce (sum (CASE WHEN i.open < 0 THEN i.open END), 0), "
      "coalesce (sum (CASE WHEN i.open <= 0 OR i.contested <= 0 THEN 0 WHEN i.contested < i.open "
      "THEN i.contested ELSE i.open END), 0) FROM item i WHERE i.open <> 0 AND i.type <> $3");
  g_autoptr (RubisStatement) statement = NULL;
  RubisRow row;

  rubis_store_append_scope (sql, "i.account_id", group_id, account_id);
  g_string_append (sql, " GROUP BY i.currency, i.due_date");
  statement = rubis_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iin", group_id, account_id, (int)RUBIS_ITEM_DOWN_PAYMENT);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisDueDay day = {
        .currency = rubis_statement_text (statement, 0),
        .due_date = rubis_statement_date (statement, 1),
        .debits = rubis_statement_int (statement, 2),
        .credits = rubis_statement_int (statement, 3),
        .disputed = rubis_statement_int (statement, 4),
      };

      func (&day, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_each_exposure (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate today,
                           RubisExposureFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT a.id, a.code, a.name, i.currency, sum (i.open), "
      "coalesce (sum (CASE WHEN i.open > 0 AND i.due_date < $3 THEN i.open END), 0), "
      "coalesce (sum (CASE WHEN i.open <= 0 OR i.contested <= 0 THEN 0 WHEN i.contested < i.open THEN "
      "i.contested "
      "ELSE i.open END), 0), min (CASE WHEN i.open > 0 AND i.due_date < $3 THEN i.due_date END) "
      "FROM account a JOIN item i ON i.account_id = a.id AND i.open <> 0 AND i.type <> $4 WHERE 1 = 1");
  g_autoptr (RubisStatement) statement = NULL;
  RubisRow row;

  if (account_id != 0)
    g_string_append (sql,
                     " AND a.party_id = (SELECT s.party_id FROM account s WHERE s.id = $2) AND a.id <> $2");
  else
    rubis_store_append_scope (sql, "a.id", group_id, 0);
  g_string_append (sql, " GROUP BY a.id, i.currency ORDER BY i.currency, 5 DESC, a.search_key");
  statement = rubis_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iidn", group_id, account_id, today, (int)RUBIS_ITEM_DOWN_PAYMENT);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisExposureRecord record = {
        .account_id = rubis_statement_int (statement, 0),
        .code = rubis_statement_text (statement, 1),
        .name = rubis_statement_text (statement, 2),
        .currency = rubis_statement_text (statement, 3),
        .balance = rubis_statement_int (statement, 4),
        .overdue = rubis_statement_int (statement, 5),
        .disputed = rubis_statement_int (statement, 6),
        .oldest_due = rubis_statement_date (statement, 7),
      };

      func (&record, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

/* One number of a query that ends in conditions. @since: $3, @currency: $4 */
static gboolean
load_number (RubisDatabase *db, const char *text, const char *column, gint64 group_id, gint64 account_id,
             RubisDate since, const char *currency, gint64 *number, GError **error)
{
  g_autoptr (GString) sql = g_string_new (text);
  g_autoptr (RubisStatement) statement = NULL;
  RubisRow row;

  rubis_store_append_scope (sql, column, group_id, account_id);
  statement = rubis_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iidt", group_id, account_id, since, currency);
  row = rubis_statement_step (statement, error);
  *number = row == RUBIS_STEP_ROW ? rubis_statement_int (statement, 0) : 0;
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_load_account_figures (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate since,
                                  const char *currency, RubisAccountFigures *figures, GError **error)
{
  gint64 n_disputes = 0;
  gint64 n_plans = 0;

  if (!load_number (db,
                    "SELECT count(*) FROM dispute d WHERE d.voided = 0 "
                    "AND d.state IN ('open', 'examined', 'credit_awaited')",
                    "d.account_id", group_id, account_id, since, currency, &n_disputes, error)
      || !load_number (db, "SELECT count(*) FROM plan p WHERE p.voided = 0 AND p.state = 'active'",
                       "p.account_id", group_id, account_id, since, currency, &n_plans, error)
      || !load_number (
          db,
          "SELECT coalesce (sum (i.total), 0) FROM item i WHERE i.type IN (0, 1) AND i.cancelled = 0 "
          "AND i.opening = 0 AND i.issue_date > $3 AND i.currency = $4",
          "i.account_id", group_id, account_id, since, currency, &figures->revenue, error)
      || !load_number (db,
                       "SELECT coalesce (sum (c.seconds), 0) FROM call c WHERE c.voided = 0 AND c.date > $3",
                       "c.account_id", group_id, account_id, since, currency, &figures->call_seconds, error))
    return FALSE;
  figures->n_open_disputes = (int)n_disputes;
  figures->n_active_plans = (int)n_plans;
  return TRUE;
}
