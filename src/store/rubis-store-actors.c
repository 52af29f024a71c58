#include "rubis-store-actors.h"

#define ACTOR_COLUMNS                                                                                        \
  "a.id, a.name, a.email, a.phone, a.role, a.code, a.note, a.active, a.removed, "                            \
  "(SELECT count (*) FROM dispute d WHERE d.resolver_id = a.id AND d.voided = 0 "                            \
  "AND d.state IN ('open', 'examined', 'credit_awaited'))"

#define REMOVED_COLUMN 8

static RubisActor *
read_actor (RubisStatement *row)
{
  RubisActor *actor = rubis_actor_new ();

  actor->id = rubis_statement_int (row, 0);
  rubis_actor_set (actor, name, rubis_statement_text (row, 1));
  rubis_actor_set (actor, email, rubis_statement_text (row, 2));
  rubis_actor_set (actor, phone, rubis_statement_text (row, 3));
  rubis_actor_set (actor, role, rubis_statement_text (row, 4));
  rubis_actor_set (actor, code, rubis_statement_text (row, 5));
  rubis_actor_set (actor, note, rubis_statement_text (row, 6));
  actor->active = rubis_statement_int (row, 7) != 0;
  actor->n_open_disputes = (int)rubis_statement_int (row, 9);
  return actor;
}

GPtrArray *
rubis_store_list_actors (RubisDatabase *db, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) actors = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_actor_free);
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT " ACTOR_COLUMNS " FROM internal_actor a WHERE a.removed = 0 AND (a.active <> 0 OR $1 <> 0) "
      "ORDER BY a.name, a.id",
      error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "n", all ? 1 : 0);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (actors, read_actor (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&actors) : NULL;
}

RubisActor *
rubis_store_load_actor (RubisDatabase *db, gint64 id, gboolean *removed, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "SELECT " ACTOR_COLUMNS " FROM internal_actor a WHERE a.id = $1", error);
  RubisActor *actor = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    {
      actor = read_actor (statement);
      if (removed != NULL)
        *removed = rubis_statement_int (statement, REMOVED_COLUMN) != 0;
    }
  rubis_statement_reset (statement);
  return actor;
}

/* $1 to $7: the columns from "name" to "active"; $8 the id, $9 whether it is removed. */
static void
bind_actor (RubisStatement *statement, const RubisActor *actor, gboolean removed)
{
  rubis_statement_bind (statement, "ttttttnin", actor->name, actor->email, actor->phone, actor->role,
                        actor->code, actor->note, actor->active ? 1 : 0, actor->id, removed ? 1 : 0);
}

gboolean
rubis_store_is_actor_email (RubisDatabase *db, const char *email, gboolean *is_actor, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT EXISTS (SELECT 1 FROM internal_actor WHERE removed = 0 AND email <> '' "
                            "AND lower (email) = lower ($1))",
                            error);
  RubisRow row;

  *is_actor = FALSE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "s", email);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *is_actor = rubis_statement_int (statement, 0) != 0;
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_insert_actor (RubisDatabase *db, RubisActor *actor, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "INSERT INTO internal_actor (name, email, phone, role, code, note, active) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                            error);

  if (statement == NULL)
    return FALSE;
  bind_actor (statement, actor, FALSE);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  actor->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_update_actor (RubisDatabase *db, const RubisActor *actor, gboolean removed, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "UPDATE internal_actor SET name = $1, email = $2, phone = $3, role = $4, "
                            "code = $5, note = $6, active = $7, removed = $9 WHERE id = $8",
                            error);

  if (statement == NULL)
    return FALSE;
  bind_actor (statement, actor, removed);
  return rubis_statement_run (statement, error);
}
