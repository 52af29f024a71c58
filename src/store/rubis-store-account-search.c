#include "rubis-store-account-search.h"

void
rubis_account_match_free (RubisAccountMatch *self)
{
  g_free (self->code);
  g_free (self->name);
  g_free (self);
}

GPtrArray *
rubis_store_search_accounts (RubisDatabase *db, const char *text, RubisDate today, const char *currency,
                             int limit, GError **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_account_match_free);
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT a.id, a.code, a.name, coalesce (o.overdue, 0) FROM account a LEFT JOIN "
      "(SELECT account_id, sum (open) AS overdue FROM item WHERE open > 0 AND due_date < $2 AND currency = "
      "$3 "
      "GROUP BY account_id) o ON o.account_id = a.id WHERE $1 = '' OR instr (a.search_key, $1) > 0 "
      "ORDER BY coalesce (o.overdue, 0) DESC, a.search_key LIMIT $4",
      error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "tdtn", text, today, currency, limit);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisAccountMatch *match = g_new0 (RubisAccountMatch, 1);

      match->id = rubis_statement_int (statement, 0);
      match->code = g_strdup (rubis_statement_text (statement, 1));
      match->name = g_strdup (rubis_statement_text (statement, 2));
      match->overdue = rubis_statement_int (statement, 3);
      g_ptr_array_add (matches, match);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&matches) : NULL;
}
