#include "rubis-store-search.h"

/* In the order of RubisSearchTable. Each gives id, text, context, two telephones or numbers of registers. */
static const char *const texts[] = {
  "SELECT a.id, a.search_key, a.city || ' ' || a.postcode || ' ' || a.email || ' ' || p.vat_id || ' ' || "
  "CASE WHEN p.name <> a.name THEN p.name ELSE '' END, a.phone, p.siren "
  "FROM account a JOIN party p ON p.id = a.party_id",
  "SELECT id, name, tree, '', '' FROM account_group",
  "SELECT c.id, c.first_name || ' ' || c.last_name, c.job || ' ' || c.email || ' ' || a.search_key, c.phone, "
  "c.mobile "
  "FROM contact c JOIN account a ON a.id = c.account_id WHERE c.removed = 0",
  "SELECT d.id, d.description, a.search_key || ' ' || coalesce (r.name, ''), '', '' FROM dispute d "
  "JOIN account a ON a.id = d.account_id LEFT JOIN internal_actor r ON r.id = d.resolver_id WHERE d.voided = 0 UNION ALL SELECT d.id, m.text, a.search_key, '', '' FROM dispute_comment m "
  "JOIN dispute d ON d.id = m.dispute_id JOIN account a ON a.id = d.account_id WHERE d.voided = 0 AND "
  "m.voided = 0 "
  "UNION ALL SELECT d.id, i.number, a.search_key, '', '' FROM dispute d JOIN dispute_item x ON x.dispute_id "
  "= d.id "
  "JOIN item i ON i.id = x.item_id JOIN account a ON a.id = d.account_id WHERE d.voided = 0",
  "SELECT id, name, code || ' ' || role || ' ' || email, phone, '' FROM internal_actor WHERE removed = 0",
};
G_STATIC_ASSERT (G_N_ELEMENTS (texts) == RUBIS_N_SEARCH_TABLES);

gboolean
rubis_store_each_search_text (RubisDatabase *db, RubisSearchTable table, RubisSearchTextFunc func,
                              gpointer user_data, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, texts[table], error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      const RubisSearchText text
          = { rubis_statement_int (statement, 0),
              rubis_statement_text (statement, 1),
              rubis_statement_text (statement, 2),
              { rubis_statement_text (statement, 3), rubis_statement_text (statement, 4) } };

      func (&text, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

/* In the order of RubisSearchTable: account, name, code, place, name of the account, date, currency, amount, code of the
 * account. $1 is the id; an amount of an account is what is overdue on day $2 in the currency $3.
 */
static const char *const rows[] = {
  "SELECT id, name, code, city, '', NULL, $3, coalesce ((SELECT sum (i.open) FROM item i WHERE i.account_id = a.id "
  "AND i.open <> 0 AND i.open > 0 AND i.due_date < $2 AND i.currency = $3), 0), code FROM account a WHERE id = $1",
  "SELECT 0, g.name, g.tree, '', (SELECT count (DISTINCT m.account_id) FROM account_group_closure c "
  "JOIN account_group_member m ON m.group_id = c.descendant_id WHERE c.ancestor_id = g.id), NULL, '', 0, '' "
  "FROM account_group g WHERE g.id = $1",
  "SELECT c.account_id, c.first_name || ' ' || c.last_name, c.job, CASE WHEN c.email <> '' THEN c.email "
  "WHEN c.phone <> '' THEN c.phone ELSE c.mobile END, a.name, NULL, '', 0, a.code FROM contact c "
  "JOIN account a ON a.id = c.account_id WHERE c.id = $1",
  "SELECT d.account_id, d.description, d.reason, d.state, a.name, d.opened_on, d.currency, "
  "(SELECT coalesce (sum (x.amount), 0) FROM dispute_item x WHERE x.dispute_id = d.id), a.code "
  "FROM dispute d JOIN account a ON a.id = d.account_id WHERE d.id = $1",
  "SELECT 0, name, role, CASE WHEN email <> '' THEN email ELSE phone END, '', NULL, '', 0, '' "
  "FROM internal_actor WHERE id = $1",
};
G_STATIC_ASSERT (G_N_ELEMENTS (rows) == RUBIS_N_SEARCH_TABLES);

gboolean
rubis_store_load_search_row (RubisDatabase *db, RubisSearchTable table, gint64 id, RubisDate today,
                             const char *currency, RubisSearchRowFunc func, gpointer user_data,
                             GError **error)
{
  RubisStatement *statement = rubis_database_get (db, rows[table], error);
  RubisSearchRow found = { .id = id };
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "idt", id, today, currency);
  row = rubis_statement_step (statement, error);
  if (row != RUBIS_STEP_ROW)
    return row == RUBIS_STEP_DONE;
  found.account_id = table == RUBIS_SEARCH_ACCOUNTS ? id : rubis_statement_int (statement, 0);
  found.name = rubis_statement_text (statement, 1);
  found.code = rubis_statement_text (statement, 2);
  found.place = rubis_statement_text (statement, 3);
  found.account = rubis_statement_text (statement, 4);
  found.date = rubis_statement_date (statement, 5);
  if (!rubis_currency_parse (rubis_statement_text (statement, 6), &found.currency))
    rubis_currency_parse (currency, &found.currency);
  found.amount = rubis_statement_int (statement, 7);
  found.account_code = rubis_statement_text (statement, 8);
  func (&found, user_data);
  rubis_statement_reset (statement);
  return TRUE;
}
