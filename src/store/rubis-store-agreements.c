#include "rubis-store-agreements.h"

#define REFRESH_DISPUTED                                                                                               \
  "UPDATE item SET disputed = coalesce ((SELECT sum (x.amount) FROM dispute_item x JOIN dispute d "                    \
  "ON d.id = x.dispute_id WHERE x.item_id = item.id AND d.state IN ('open', 'examined', 'credit_awaited')), 0) "

#define REFRESH_PROMISE                                                                                                \
  "UPDATE item SET promise_date = (SELECT max (p.date) FROM promise_item x JOIN promise p ON p.id = x.promise_id "     \
  "WHERE x.item_id = item.id AND p.state IN ('open', 'broken')) "

/* Runs a statement whose values are an id and perhaps another. */
static gboolean
run_with_ids (RubisDatabase *db, const char *sql, gint64 first, gint64 second, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, second != 0 ? "ii" : "i", first, second);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_open_dispute (RubisDatabase *db, gint64 account_id, gint64 item_id, gint64 amount, const char *reason,
                          RubisDate date, const char *actor, gint64 *id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO dispute (account_id, reason, description, opened_on, opened_by, state) "
    "VALUES ($1, $2, '', $3, $4, 'open')",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isds", account_id, reason, date, actor);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  *id = rubis_database_last_id (db);
  statement = rubis_database_get (db, "INSERT INTO dispute_item (dispute_id, item_id, amount) VALUES ($1, $2, $3)",
                                  error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iii", *id, item_id, amount);
  return rubis_statement_run (statement, error)
         && run_with_ids (db, REFRESH_DISPUTED "WHERE id = $1", item_id, 0, error);
}

gboolean
rubis_store_close_dispute (RubisDatabase *db, gint64 id, const char *state, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE dispute SET state = $2, closed_on = $3 WHERE id = $1",
                                                  error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isd", id, state, date);
  return rubis_statement_run (statement, error)
         && run_with_ids (db,
                          REFRESH_DISPUTED "WHERE id IN (SELECT item_id FROM dispute_item WHERE dispute_id = $1)", id, 0,
                          error);
}

static gboolean
link_items (RubisDatabase *db, const char *sql, const char *refresh, gint64 id, GArray *item_ids, GError **error)
{
  for (guint i = 0; i < item_ids->len; i++)
    {
      gint64 item_id = g_array_index (item_ids, gint64, i);

      if (!run_with_ids (db, sql, id, item_id, error) || !run_with_ids (db, refresh, item_id, 0, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_store_add_promise (RubisDatabase *db, gint64 account_id, GArray *item_ids, RubisDate date, gint64 amount,
                         const char *currency, RubisDate given_on, gint64 *id, GError **error)
{
  RubisStatement *statement;

  for (guint i = 0; i < item_ids->len; i++)
    {
      if (!run_with_ids (db,
                         "UPDATE promise SET state = 'replaced' WHERE state IN ('open', 'broken') AND id IN "
                         "(SELECT promise_id FROM promise_item WHERE item_id = $1)",
                         g_array_index (item_ids, gint64, i), 0, error))
        return FALSE;
    }
  statement = rubis_database_get (
    db,
    "INSERT INTO promise (account_id, date, amount, currency, channel, given_by, given_on, state) "
    "VALUES ($1, $2, $3, $4, 3, '', $5, 'open')",
    error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "idisd", account_id, date, amount, currency, given_on);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  *id = rubis_database_last_id (db);
  return link_items (db, "INSERT INTO promise_item (promise_id, item_id) VALUES ($1, $2)",
                     REFRESH_PROMISE "WHERE id = $1", *id, item_ids, error);
}

static gboolean
set_state (RubisDatabase *db, const char *sql, gint64 id, const char *state, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "is", id, state);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_promise_state (RubisDatabase *db, gint64 id, const char *state, GError **error)
{
  return set_state (db, "UPDATE promise SET state = $2 WHERE id = $1", id, state, error)
         && run_with_ids (db, REFRESH_PROMISE "WHERE id IN (SELECT item_id FROM promise_item WHERE promise_id = $1)",
                          id, 0, error);
}

gboolean
rubis_store_set_promise_source (RubisDatabase *db, gint64 id, int channel, const char *given_by, GError **error)
{
  RubisStatement *statement
    = rubis_database_get (db, "UPDATE promise SET channel = $2, given_by = $3 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ins", id, channel, given_by);
  return rubis_statement_run (statement, error);
}

GArray *
rubis_store_list_promises_of (RubisDatabase *db, GArray *item_ids, GError **error)
{
  g_autoptr(GArray) marks = g_array_new (FALSE, TRUE, sizeof (RubisPromiseMark));

  for (guint i = 0; i < item_ids->len; i++)
    {
      RubisStatement *statement = rubis_database_get (
        db,
        "SELECT p.id, p.state FROM promise p JOIN promise_item x ON x.promise_id = p.id WHERE x.item_id = $1 "
        "AND p.state IN ('open', 'broken')",
        error);
      RubisRow row;

      if (statement == NULL)
        return NULL;
      rubis_statement_bind (statement, "i", g_array_index (item_ids, gint64, i));
      while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
        {
          RubisPromiseMark mark = { .id = rubis_statement_int (statement, 0) };
          gboolean known = FALSE;

          for (guint k = 0; k < marks->len; k++)
            known = known || g_array_index (marks, RubisPromiseMark, k).id == mark.id;
          g_strlcpy (mark.state, rubis_statement_text (statement, 1), sizeof mark.state);
          if (!known)
            g_array_append_val (marks, mark);
        }
      if (row != RUBIS_STEP_DONE)
        return NULL;
    }
  return g_steal_pointer (&marks);
}

gboolean
rubis_store_set_dispute_description (RubisDatabase *db, gint64 id, const char *description, GError **error)
{
  return set_state (db, "UPDATE dispute SET description = $2 WHERE id = $1", id, description, error);
}

gboolean
rubis_store_set_debit_returned (RubisDatabase *db, gint64 item_id, gboolean returned, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE item SET debit_returned = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", item_id, (int) returned);
  return rubis_statement_run (statement, error);
}
