#include "rubis-store-choices.h"

void
rubis_choice_record_free (RubisChoiceRecord *self)
{
  g_free (self->list);
  g_free (self->id);
  g_free (self->label);
  g_free (self);
}

static RubisChoiceRecord *
read_choice (RubisStatement *row)
{
  RubisChoiceRecord *record = g_new0 (RubisChoiceRecord, 1);

  record->list = g_strdup (rubis_statement_text (row, 0));
  record->id = g_strdup (rubis_statement_text (row, 1));
  record->label = g_strdup (rubis_statement_text (row, 2));
  record->position = (int)rubis_statement_int (row, 3);
  record->days = (int)rubis_statement_int (row, 4);
  record->active = rubis_statement_int (row, 5) != 0;
  record->contact = (int)rubis_statement_int (row, 6);
  return record;
}

GPtrArray *
rubis_store_list_choices (RubisDatabase *db, const char *list, GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "SELECT list, id, label, position, days, active, "
                                                  "coalesce (contact, -1) FROM choice WHERE list = $1 ORDER BY position, label, id",
                                                  error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_choice_record_free);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", list);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (records, read_choice (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

RubisChoiceRecord *
rubis_store_load_choice (RubisDatabase *db, const char *list, const char *id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT list, id, label, position, days, active, coalesce (contact, -1) FROM choice WHERE list = $1 AND id = $2", error);
  RubisChoiceRecord *record = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "tt", list, id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    record = read_choice (statement);
  rubis_statement_reset (statement);
  return record;
}

gboolean
rubis_store_save_choice (RubisDatabase *db, const RubisChoiceRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO choice (list, id, label, position, days, active, contact) VALUES ($1, $2, $3, $4, $5, $6, "
      "nullif ($7, -1)) "
      "ON CONFLICT (list, id) DO UPDATE SET label = excluded.label, position = excluded.position, "
      "days = excluded.days, active = excluded.active, contact = excluded.contact",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "sssnnnn", record->list, record->id, record->label, record->position,
                        record->days, record->active ? 1 : 0, record->contact);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_delete_choice (RubisDatabase *db, const char *list, const char *id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "DELETE FROM choice WHERE list = $1 AND id = $2", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "tt", list, id);
  return rubis_statement_run (statement, error);
}
