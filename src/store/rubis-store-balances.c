#include "rubis-store-accounts.h"

/* Down-payment requests are a memo, not a debt: they are in no balance. One row a currency with something
 * open, and one for each account that owes nothing.
 */
gboolean
rubis_store_each_balance (RubisDatabase *db, gint64 account_id, RubisDate today, RubisBalanceFunc func,
                          gpointer user_data, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT a.id, a.code, a.name, p.siren, p.kind, coalesce (i.currency, ''), coalesce (sum (i.open), 0), "
    "coalesce (sum (CASE WHEN i.open > 0 AND i.due_date < $2 THEN i.open END), 0), "
    "coalesce (sum (CASE WHEN i.open > 0 AND coalesce (i.due_date, $2) >= $2 THEN i.open END), 0), "
    "coalesce (sum (CASE WHEN i.open < 0 THEN -i.open END), 0), "
    "min (CASE WHEN i.open > 0 AND i.due_date < $2 THEN i.due_date END), "
    "coalesce ((SELECT group_concat (g.name, ', ') FROM account_group_member m JOIN account_group g "
    "ON g.id = m.group_id WHERE m.account_id = a.id), '') "
    "FROM account a JOIN party p ON p.id = a.party_id "
    "LEFT JOIN item i ON i.account_id = a.id AND i.open <> 0 AND i.type <> 5 "
    "WHERE $1 = 0 OR a.id = $1 GROUP BY a.code, i.currency ORDER BY a.code, i.currency",
    error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "id", account_id, today);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisBalanceRecord record = {
        .account_id = rubis_statement_int (statement, 0),
        .code = rubis_statement_text (statement, 1),
        .name = rubis_statement_text (statement, 2),
        .siren = rubis_statement_text (statement, 3),
        .kind = (RubisPartyKind) rubis_statement_int (statement, 4),
        .currency = rubis_statement_text (statement, 5),
        .balance = rubis_statement_int (statement, 6),
        .overdue = rubis_statement_int (statement, 7),
        .not_due = rubis_statement_int (statement, 8),
        .unapplied = rubis_statement_int (statement, 9),
        .oldest_due = rubis_statement_date (statement, 10),
        .groups = rubis_statement_text (statement, 11),
      };

      func (&record, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_get_last_contact (RubisDatabase *db, gint64 *date, GError **error)
{
  return rubis_database_query_int (
    db, "SELECT last_contact FROM account WHERE last_contact IS NOT NULL ORDER BY last_contact DESC LIMIT 1", date, error);
}
