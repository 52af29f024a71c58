/* The groups of accounts, and what the account tree shows. */
#include "rubis-store-accounts.h"

static gboolean
find_group (RubisDatabase *db, const char *tree, const char *name, gint64 *id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT id FROM account_group WHERE tree = $1 AND parent_id IS NULL AND name = $2", error);
  RubisRow row;

  *id = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "tt", tree, name);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

static gboolean
make_group (RubisDatabase *db, const char *tree, const char *name, gint64 *id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "INSERT INTO account_group (tree, name) VALUES ($1, $2)", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "tt", tree, name);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  *id = rubis_database_last_id (db);
  statement = rubis_database_get (
    db, "INSERT INTO account_group_closure (ancestor_id, descendant_id, depth) VALUES ($1, $1, 0)", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", *id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_join_group (RubisDatabase *db, const char *tree, const char *name, gint64 account_id, GError **error)
{
  RubisStatement *statement;
  gint64 id;

  if (!find_group (db, tree, name, &id, error) || (id == 0 && !make_group (db, tree, name, &id, error)))
    return FALSE;
  statement = rubis_database_get (
    db, "INSERT INTO account_group_member (group_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", id, account_id);
  return rubis_statement_run (statement, error);
}

GPtrArray *
rubis_store_list_groups (RubisDatabase *db, GError **error)
{
  g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_group_record_free);
  RubisStatement *statement = rubis_database_get (
    db, "SELECT id, coalesce (parent_id, 0), name FROM account_group ORDER BY name, id", error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisGroupRecord *group = g_new0 (RubisGroupRecord, 1);

      group->id = rubis_statement_int (statement, 0);
      group->parent_id = rubis_statement_int (statement, 1);
      group->name = g_strdup (rubis_statement_text (statement, 2));
      g_ptr_array_add (groups, group);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&groups) : NULL;
}

char *
rubis_store_get_group_names (RubisDatabase *db, gint64 account_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "SELECT g.name FROM account_group g JOIN account_group_member m "
                                                  "ON m.group_id = g.id WHERE m.account_id = $1 ORDER BY g.name",
                                                  error);
  g_autoptr(GString) names = g_string_new (NULL);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", account_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", rubis_statement_text (statement, 0));
  return row == RUBIS_STEP_DONE ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

gboolean
rubis_store_each_tree_record (RubisDatabase *db, RubisDate today, RubisTreeFunc func, gpointer user_data,
                              GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT a.id, coalesce (m.group_id, 0), a.code, a.name, coalesce (s.currency, ''), coalesce (s.balance, 0), "
    "coalesce (s.overdue, 0), coalesce (s.n_items, 0), s.oldest_due, "
    "a.stop <> 0 AND (a.stop_until IS NULL OR a.stop_until >= $1), a.with_agent, a.search_key FROM account a "
    "LEFT JOIN (SELECT i.account_id, i.currency, sum (i.open) AS balance, count (*) AS n_items, "
    "sum (CASE WHEN i.open > 0 AND i.due_date < $1 THEN i.open ELSE 0 END) AS overdue, "
    "min (CASE WHEN i.open > 0 AND i.due_date < $1 THEN i.due_date END) AS oldest_due FROM item i "
    "WHERE i.open <> 0 AND i.type <> 5 GROUP BY i.account_id, i.currency) s ON s.account_id = a.id "
    "LEFT JOIN account_group_member m ON m.account_id = a.id ORDER BY a.search_key, a.id",
    error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "d", today);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisTreeRecord record = {
        .account_id = rubis_statement_int (statement, 0),
        .group_id = rubis_statement_int (statement, 1),
        .code = rubis_statement_text (statement, 2),
        .name = rubis_statement_text (statement, 3),
        .currency = rubis_statement_text (statement, 4),
        .balance = rubis_statement_int (statement, 5),
        .overdue = rubis_statement_int (statement, 6),
        .n_items = (int) rubis_statement_int (statement, 7),
        .oldest_due = rubis_statement_date (statement, 8),
        .stop = rubis_statement_int (statement, 9) != 0,
        .with_agent = rubis_statement_int (statement, 10) != 0,
        .search_key = rubis_statement_text (statement, 11),
      };

      func (&record, user_data);
    }
  return row == RUBIS_STEP_DONE;
}
