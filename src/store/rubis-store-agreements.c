#include "rubis-store-agreements.h"

#define REFRESH_DISPUTED                                                                                               \
  "UPDATE item SET disputed = coalesce ((SELECT sum (x.amount) FROM dispute_item x JOIN dispute d "                    \
  "ON d.id = x.dispute_id WHERE x.item_id = item.id AND d.state IN ('open', 'examined', 'credit_awaited')), 0) "

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
set_state (RubisDatabase *db, const char *sql, gint64 id, const char *state, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "is", id, state);
  return rubis_statement_run (statement, error);
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
