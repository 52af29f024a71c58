#include "rubis-store-filters.h"

void
rubis_filter_record_free (RubisFilterRecord *self)
{
  g_free (self->place);
  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

static RubisFilterRecord *
read_filter (RubisStatement *row)
{
  RubisFilterRecord *filter = g_new0 (RubisFilterRecord, 1);

  filter->id = rubis_statement_int (row, 0);
  filter->place = g_strdup (rubis_statement_text (row, 1));
  filter->name = g_strdup (rubis_statement_text (row, 2));
  filter->body = g_strdup (rubis_statement_text (row, 3));
  filter->position = (int)rubis_statement_int (row, 4);
  return filter;
}

GPtrArray *
rubis_store_list_filters (RubisDatabase *db, const char *place, GError **error)
{
  g_autoptr (GPtrArray) filters = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_filter_record_free);
  RubisStatement *statement = rubis_database_get (
      db, "SELECT id, place, name, body, position FROM saved_filter WHERE place = $1 ORDER BY position, id",
      error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", place);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (filters, read_filter (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&filters) : NULL;
}

RubisFilterRecord *
rubis_store_load_filter (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT id, place, name, body, position FROM saved_filter WHERE id = $1", error);
  RubisFilterRecord *filter = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    filter = read_filter (statement);
  rubis_statement_reset (statement);
  return filter;
}

gboolean
rubis_store_put_filter (RubisDatabase *db, RubisFilterRecord *filter, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO saved_filter (id, place, name, body, position) VALUES (nullif ($1, 0), $2, $3, $4, "
      "coalesce (nullif ($5, 0), (SELECT coalesce (max (position), 0) + 1 FROM saved_filter WHERE place = "
      "$2))) "
      "ON CONFLICT (id) DO UPDATE SET place = $2, name = $3, body = $4",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "itttn", filter->id, filter->place, filter->name, filter->body,
                        filter->position);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  if (filter->id == 0)
    filter->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_delete_filter (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "DELETE FROM saved_filter WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}
