#include "rubis-store-bulk.h"

#include <glib/gi18n-lib.h>

char *
rubis_store_get_item_sales_rep (RubisDatabase *db, gint64 item_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT sales_rep FROM item WHERE id = $1", error);
  char *name = NULL;
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", item_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    name = g_strdup (rubis_statement_text (statement, 0));
  else if (row == RUBIS_STEP_DONE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This item is not in the dossier any more."));
  rubis_statement_reset (statement);
  return name;
}

gboolean
rubis_store_set_item_sales_rep (RubisDatabase *db, gint64 item_id, const char *name, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE item SET sales_rep = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "it", item_id, name);
  return rubis_statement_run (statement, error);
}

GArray *
rubis_store_list_item_accounts (RubisDatabase *db, GArray *item_ids, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT account_id FROM item WHERE id = $1", error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < item_ids->len; i++)
    {
      RubisRow row;
      gint64 id;

      rubis_statement_bind (statement, "i", g_array_index (item_ids, gint64, i));
      row = rubis_statement_step (statement, error);
      if (row == RUBIS_STEP_ERROR)
        return NULL;
      if (row == RUBIS_STEP_DONE)
        continue;
      id = rubis_statement_int (statement, 0);
      rubis_statement_reset (statement);
      if (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

GArray *
rubis_store_list_group_accounts (RubisDatabase *db, gint64 group_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT a.id FROM account a WHERE $1 = 0 OR a.id IN (SELECT m.account_id FROM account_group_member m "
      "JOIN account_group_closure c ON c.descendant_id = m.group_id WHERE c.ancestor_id = $1) "
      "ORDER BY a.search_key, a.id",
      error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", group_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
