/* The attempts to hand messages over: written before, completed after. */
#include "rubis-store-outbox.h"

void
rubis_attempt_record_free (RubisAttemptRecord *self)
{
  g_free (self->transport);
  g_free (self->fate);
  g_free (self->answer);
  g_free (self->reason);
  g_free (self);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

gboolean
rubis_store_begin_attempt (RubisDatabase *db, RubisAttemptRecord *attempt, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "INSERT INTO outbox_attempt (outbox_id, sender_id, began_at, transport) "
                            "VALUES ($1, nullif ($2, 0), $3, $4)",
                            error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiit", attempt->outbox_id, attempt->sender_id, attempt->began_at,
                        or_empty (attempt->transport));
  if (!rubis_statement_run (statement, error))
    return FALSE;
  attempt->id = rubis_database_last_id (db);
  statement = rubis_database_get (db, "UPDATE outbox SET n_attempts = n_attempts + 1 WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", attempt->outbox_id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_end_attempt (RubisDatabase *db, const RubisAttemptRecord *attempt, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "UPDATE outbox_attempt SET ended_at = nullif ($2, 0), fate = $3, sender_wide = $4, answer = $5, "
      "reason = $6 WHERE id = $1",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iitntt", attempt->id, attempt->ended_at, or_empty (attempt->fate),
                        attempt->sender_wide ? 1 : 0, or_empty (attempt->answer), or_empty (attempt->reason));
  return rubis_statement_run (statement, error);
}

GPtrArray *
rubis_store_list_attempts (RubisDatabase *db, gint64 outbox_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT id, outbox_id, coalesce (sender_id, 0), began_at, coalesce (ended_at, 0), transport, fate, "
      "sender_wide, answer, reason FROM outbox_attempt WHERE outbox_id = $1 ORDER BY id",
      error);
  g_autoptr (GPtrArray) attempts = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_attempt_record_free);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", outbox_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisAttemptRecord *attempt = g_new0 (RubisAttemptRecord, 1);

      attempt->id = rubis_statement_int (statement, 0);
      attempt->outbox_id = rubis_statement_int (statement, 1);
      attempt->sender_id = rubis_statement_int (statement, 2);
      attempt->began_at = rubis_statement_int (statement, 3);
      attempt->ended_at = rubis_statement_int (statement, 4);
      attempt->transport = g_strdup (rubis_statement_text (statement, 5));
      attempt->fate = g_strdup (rubis_statement_text (statement, 6));
      attempt->sender_wide = rubis_statement_int (statement, 7) != 0;
      attempt->answer = g_strdup (rubis_statement_text (statement, 8));
      attempt->reason = g_strdup (rubis_statement_text (statement, 9));
      g_ptr_array_add (attempts, attempt);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&attempts) : NULL;
}

gboolean
rubis_store_count_attempts_since (RubisDatabase *db, gint64 sender_id, gint64 since, gint64 *n,
                                  gint64 *oldest, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT count (*), coalesce (min (began_at), 0) FROM outbox_attempt "
                            "WHERE sender_id = $1 AND began_at > $2",
                            error);
  RubisRow row;

  *n = 0;
  *oldest = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", sender_id, since);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      *n = rubis_statement_int (statement, 0);
      *oldest = rubis_statement_int (statement, 1);
    }
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_count_sender_failures (RubisDatabase *db, gint64 sender_id, gint64 *n, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT count (*) FROM outbox_attempt WHERE sender_id = $1 AND sender_wide <> 0 AND id > coalesce "
      "((SELECT max (id) FROM outbox_attempt WHERE sender_id = $1 AND sender_wide = 0 AND fate <> ''), 0)",
      error);
  RubisRow row;

  *n = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", sender_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *n = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}
