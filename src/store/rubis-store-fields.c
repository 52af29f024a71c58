#include "rubis-store-fields.h"

#define FIELD_COLUMNS "id, owner, name, kind, choices, removed"
#define REMOVED_COLUMN 5

static RubisCustomField *
read_field (RubisStatement *row)
{
  RubisCustomField *field = g_new0 (RubisCustomField, 1);

  field->id = rubis_statement_int (row, 0);
  rubis_field_owner_from_id (rubis_statement_text (row, 1), &field->owner);
  field->name = g_strdup (rubis_statement_text (row, 2));
  rubis_field_kind_from_id (rubis_statement_text (row, 3), &field->kind);
  field->choices = g_strdup (rubis_statement_text (row, 4));
  return field;
}

GPtrArray *
rubis_store_list_fields (RubisDatabase *db, RubisFieldOwner owner, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_custom_field_free);
  RubisStatement *statement = rubis_database_get (
      db, "SELECT " FIELD_COLUMNS " FROM custom_field WHERE owner = $1 AND removed = 0 ORDER BY position, id",
      error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", rubis_field_owner_to_id (owner));
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (fields, read_field (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&fields) : NULL;
}

RubisCustomField *
rubis_store_load_field (RubisDatabase *db, gint64 id, gboolean *removed, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "SELECT " FIELD_COLUMNS " FROM custom_field WHERE id = $1", error);
  RubisCustomField *field = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    {
      field = read_field (statement);
      if (removed != NULL)
        *removed = rubis_statement_int (statement, REMOVED_COLUMN) != 0;
    }
  rubis_statement_reset (statement);
  return field;
}

gboolean
rubis_store_insert_field (RubisDatabase *db, RubisCustomField *field, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO custom_field (owner, name, kind, choices, position) "
      "VALUES ($1, $2, $3, $4, (SELECT coalesce (max (position), 0) + 1 FROM custom_field "
      "WHERE owner = $1))",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "tttt", rubis_field_owner_to_id (field->owner), field->name,
                        rubis_field_kind_to_id (field->kind), field->choices);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  field->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_update_field (RubisDatabase *db, const RubisCustomField *field, gboolean removed, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "UPDATE custom_field SET name = $2, kind = $3, choices = $4, removed = $5 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "itttn", field->id, field->name, rubis_field_kind_to_id (field->kind),
                        field->choices, removed ? 1 : 0);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_field_position (RubisDatabase *db, gint64 id, int position, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE custom_field SET position = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", id, position);
  return rubis_statement_run (statement, error);
}

/* --- Values ----------------------------------------------------------------------------------- */

char *
rubis_store_get_field_value (RubisDatabase *db, RubisFieldOwner owner, gint64 field_id, gint64 owner_id,
                             GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            owner == RUBIS_FIELD_OF_ITEM
                                ? "SELECT value FROM item_field WHERE item_id = $1 AND field_id = $2"
                                : "SELECT value FROM account_field WHERE account_id = $1 AND field_id = $2",
                            error);
  char *value = NULL;
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "ii", owner_id, field_id);
  row = rubis_statement_step (statement, error);
  if (row != RUBIS_STEP_ERROR)
    value = g_strdup (row == RUBIS_STEP_ROW ? rubis_statement_text (statement, 0) : "");
  rubis_statement_reset (statement);
  return value;
}

gboolean
rubis_store_set_field_value (RubisDatabase *db, RubisFieldOwner owner, gint64 field_id, gint64 owner_id,
                             const char *value, GError **error)
{
  gboolean of_item = owner == RUBIS_FIELD_OF_ITEM;
  RubisStatement *statement;

  if (*value == '\0')
    statement
        = rubis_database_get (db,
                              of_item ? "DELETE FROM item_field WHERE item_id = $1 AND field_id = $2"
                                      : "DELETE FROM account_field WHERE account_id = $1 AND field_id = $2",
                              error);
  else
    statement = rubis_database_get (
        db,
        of_item ? "INSERT INTO item_field (item_id, field_id, value) VALUES ($1, $2, $3) "
                  "ON CONFLICT (item_id, field_id) DO UPDATE SET value = $3"
                : "INSERT INTO account_field (account_id, field_id, value) VALUES ($1, $2, $3) "
                  "ON CONFLICT (account_id, field_id) DO UPDATE SET value = $3",
        error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iit", owner_id, field_id, value);
  return rubis_statement_run (statement, error);
}

/* Rows of owner, field and value. */
static gboolean
call_for_rows (RubisStatement *statement, RubisFieldValueFunc func, gpointer user_data, GError **error)
{
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    func (rubis_statement_int (statement, 0), rubis_statement_int (statement, 1),
          rubis_statement_text (statement, 2), user_data);
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_each_value_of_field (RubisDatabase *db, RubisFieldOwner owner, gint64 field_id,
                                 RubisFieldValueFunc func, gpointer user_data, GError **error)
{
  g_autoptr (RubisStatement) statement = rubis_database_prepare (
      db,
      owner == RUBIS_FIELD_OF_ITEM
          ? "SELECT item_id, field_id, value FROM item_field WHERE field_id = $1 ORDER BY item_id"
          : "SELECT account_id, field_id, value FROM account_field WHERE field_id = $1 ORDER BY account_id",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", field_id);
  return call_for_rows (statement, func, user_data, error);
}

gboolean
rubis_store_each_value (RubisDatabase *db, RubisFieldOwner owner, const guint32 *owner_ids, guint n_ids,
                        RubisFieldValueFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GString) sql = g_string_new (
      owner == RUBIS_FIELD_OF_ITEM
          ? "SELECT v.item_id, v.field_id, v.value FROM item_field v JOIN custom_field f ON f.id = "
            "v.field_id "
            "WHERE f.removed = 0 AND v.item_id IN ("
          : "SELECT v.account_id, v.field_id, v.value FROM account_field v JOIN custom_field f "
            "ON f.id = v.field_id WHERE f.removed = 0 AND v.account_id IN (");
  g_autoptr (RubisStatement) statement = NULL;

  /* Ids are our own numbers, so they need no binding. */
  for (guint i = 0; i < n_ids; i++)
    g_string_append_printf (sql, "%s%u", i > 0 ? "," : "", owner_ids[i]);
  g_string_append_c (sql, ')');
  statement = rubis_database_prepare (db, sql->str, error);
  return statement != NULL && call_for_rows (statement, func, user_data, error);
}
