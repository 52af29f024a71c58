#include "rubis-store-tasks.h"

#define SCOPE                                                                                                \
  "AND ($1 = 0 OR a.id IN (SELECT m.account_id FROM account_group_member m JOIN account_group_closure g "    \
  "ON g.descendant_id = m.group_id WHERE g.ancestor_id = $1)) AND ($2 = 0 OR a.id = $2) "

#define CREDITED                                                                                             \
  "coalesce ((SELECT -sum (i.total) FROM dispute_credit c JOIN item i ON i.id = c.item_id "                  \
  "WHERE c.dispute_id = d.id), 0)"

/* An import set the day. */
#define TO_JUDGE                                                                                             \
  "EXISTS (SELECT 1 FROM import_dispute k JOIN import_batch b ON b.id = k.batch_id "                         \
  "WHERE k.dispute_id = d.id AND k.state = d.state AND b.as_of >= d.due_date)"

static gboolean
each (RubisDatabase *db, const char *sql, gint64 group_id, gint64 account_id, RubisDate today,
      RubisTaskFunc func, gpointer user_data, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iid", group_id, account_id, today);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisTaskRecord record = {
        .id = rubis_statement_int (statement, 0),
        .account_id = rubis_statement_int (statement, 1),
        .account_code = rubis_statement_text (statement, 2),
        .account_name = rubis_statement_text (statement, 3),
        .text = rubis_statement_text (statement, 4),
        .person = rubis_statement_text (statement, 5),
        .state = rubis_statement_text (statement, 6),
        .currency = rubis_statement_text (statement, 7),
        .amount = rubis_statement_int (statement, 8),
        .date = rubis_statement_date (statement, 9),
        .opened_on = rubis_statement_date (statement, 10),
        .minute = (int)rubis_statement_int (statement, 11),
        .credited = rubis_statement_int (statement, 12),
        .to_judge = rubis_statement_int (statement, 13) != 0,
      };

      func (&record, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_each_callback_due (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate today,
                               RubisTaskFunc func, gpointer user_data, GError **error)
{
  return each (
      db,
      "SELECT c.id, a.id, a.code, a.name, c.reason, trim (coalesce (p.salutation || ' ' || p.first_name || "
      "' ' || p.last_name, '')), '', '', 0, c.date, c.date, c.minute, 0, 0 FROM callback c "
      "JOIN account a ON a.id = c.account_id LEFT JOIN contact p ON p.id = c.contact_id "
      "WHERE c.state = 'open' AND c.date <= $3 " SCOPE "ORDER BY c.date, c.minute, c.id",
      group_id, account_id, today, func, user_data, error);
}

gboolean
rubis_store_each_dispute_waiting (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate today,
                                  RubisTaskFunc func, gpointer user_data, GError **error)
{
  return each (
      db,
      "SELECT d.id, a.id, a.code, a.name, d.description, coalesce (r.name, ''), d.state, d.currency, "
      "CASE WHEN d.state = 'credit_awaited' AND d.outcome_amount <> 0 THEN d.outcome_amount - " CREDITED
      " ELSE "
      "coalesce ((SELECT sum (x.amount) FROM dispute_item x WHERE x.dispute_id = d.id), 0) END, "
      "d.due_date, d.opened_on, -1, " CREDITED ", " TO_JUDGE
      " FROM dispute d JOIN account a ON a.id = d.account_id "
      "LEFT JOIN internal_actor r ON r.id = d.resolver_id WHERE d.voided = 0 "
      "AND (d.state IN ('open', 'examined', 'credit_awaited') AND (d.due_date < $3 "
      "OR d.due_date = $3 AND " TO_JUDGE ") "
      "OR d.state IN ('open', 'examined') AND d.resolver_id IS NULL AND d.opened_on < $3 - 1) " SCOPE
      "ORDER BY d.due_date, d.id",
      group_id, account_id, today, func, user_data, error);
}
