/* The outbox, which everything that leaves has to pass. */
#include "rubis-store-events.h"

#define OUTBOX_COLUMNS                                                                                                 \
  "o.id, o.send_key, o.account_id, a.code, a.name, o.currency, o.rank, o.step_name, o.channel, o.amount, o.n_items, "  \
  "coalesce (o.document_id, 0), coalesce (o.event_id, 0), o.state, o.created"

void
rubis_outbox_record_free (RubisOutboxRecord *self)
{
  g_free (self->key);
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->step_name);
  g_free (self->state);
  g_free (self);
}

gboolean
rubis_store_insert_outbox (RubisDatabase *db, const RubisOutboxRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO outbox (send_key, account_id, currency, rank, step_name, channel, amount, n_items, document_id, event_id, "
    "state, created, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif ($9, 0), nullif ($10, 0), $11, $12, $12)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "sisnsniniisd", record->key, record->account_id, record->currency.code, record->rank,
                        record->step_name, record->channel, record->amount, record->n_items, record->document_id,
                        record->event_id, record->state, record->date);
  return rubis_statement_run (statement, error);
}

gint64
rubis_store_next_outbox_id (RubisDatabase *db, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT coalesce (max (id), 0) + 1 FROM outbox", error);
  gint64 id = 0;

  if (statement == NULL)
    return 0;
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return id;
}

static GPtrArray *
read_outbox (RubisStatement *statement, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_outbox_record_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisOutboxRecord *record = g_new0 (RubisOutboxRecord, 1);

      record->id = rubis_statement_int (statement, 0);
      record->key = g_strdup (rubis_statement_text (statement, 1));
      record->account_id = rubis_statement_int (statement, 2);
      record->account_code = g_strdup (rubis_statement_text (statement, 3));
      record->account_name = g_strdup (rubis_statement_text (statement, 4));
      g_strlcpy (record->currency.code, rubis_statement_text (statement, 5), sizeof record->currency.code);
      record->rank = (int) rubis_statement_int (statement, 6);
      record->step_name = g_strdup (rubis_statement_text (statement, 7));
      record->channel = (int) rubis_statement_int (statement, 8);
      record->amount = rubis_statement_int (statement, 9);
      record->n_items = (int) rubis_statement_int (statement, 10);
      record->document_id = rubis_statement_int (statement, 11);
      record->event_id = rubis_statement_int (statement, 12);
      record->state = g_strdup (rubis_statement_text (statement, 13));
      record->date = rubis_statement_date (statement, 14);
      g_ptr_array_add (records, record);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
rubis_store_list_outbox_on (RubisDatabase *db, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT " OUTBOX_COLUMNS " FROM outbox o JOIN account a ON a.id = o.account_id WHERE o.created = $1 "
    "AND o.state <> 'cancelled' ORDER BY o.id",
    error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "d", date);
  return read_outbox (statement, error);
}

GPtrArray *
rubis_store_list_outbox (RubisDatabase *db, const char *state, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT " OUTBOX_COLUMNS " FROM outbox o JOIN account a ON a.id = o.account_id WHERE o.state = $1 ORDER BY o.id",
    error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", state);
  return read_outbox (statement, error);
}

RubisOutboxRecord *
rubis_store_load_outbox (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT " OUTBOX_COLUMNS " FROM outbox o JOIN account a ON a.id = o.account_id WHERE o.id = $1", error);
  g_autoptr(GPtrArray) records = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  records = read_outbox (statement, error);
  return records != NULL && records->len > 0 ? g_ptr_array_steal_index (records, 0) : NULL;
}

gboolean
rubis_store_set_outbox_state (RubisDatabase *db, gint64 id, const char *state, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE outbox SET state = $2, changed = $3 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "itd", id, state, date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_cancel_outbox (RubisDatabase *db, gint64 id, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "UPDATE outbox SET state = 'cancelled', changed = $2, send_key = send_key || '#' || id WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "id", id, date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_outbox_has (RubisDatabase *db, const char *key, gboolean *found, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT 1 FROM outbox WHERE send_key = $1", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", key);
  row = rubis_statement_step (statement, error);
  *found = row == RUBIS_STEP_ROW;
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_count_letters_sent_on (RubisDatabase *db, RubisDate date, gint64 *n_letters, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT count (*) FROM outbox WHERE state = 'sent' AND document_id IS NOT NULL AND channel IN (1, 2) "
        "AND changed = $1", error);
  RubisRow row;

  *n_letters = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "d", date);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *n_letters = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_count_outbox (RubisDatabase *db, const char *state, gint64 *letters, gint64 *emails, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT coalesce (sum (channel IN (1, 2)), 0), coalesce (sum (channel = 0), 0) FROM outbox WHERE state = $1",
    error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", state);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      *letters = rubis_statement_int (statement, 0);
      *emails = rubis_statement_int (statement, 1);
    }
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}
