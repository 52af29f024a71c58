/* Documents that were sent, and the outbox that everything passes. */
#include "rubis-store-events.h"

#include "rubis-types.h"

void
rubis_document_record_free (RubisDocumentRecord *self)
{
  g_free (self->kind);
  g_free (self->template_id);
  g_free (self->language);
  g_free (self->currency);
  g_free (self->subject);
  g_free (self->recipient);
  g_free (self->file_name);
  g_free (self->media_type);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

gboolean
rubis_store_insert_document (RubisDatabase *db, RubisDocumentRecord *document, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, document->content);
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO document (event_id, account_id, kind, template_id, template_version, language, currency, amount, date, "
    "subject, recipient, file_name, media_type, n_pages, sha256, content) "
    "VALUES (nullif ($1, 0), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iissnssidssssnsb", document->event_id, document->account_id, document->kind,
                        document->template_id, document->template_version, document->language, document->currency,
                        document->amount, document->date, document->subject, document->recipient, document->file_name,
                        document->media_type, document->n_pages, sha256, document->content);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  document->id = rubis_database_last_id (db);
  return TRUE;
}

RubisDocumentRecord *
rubis_store_load_document (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT coalesce (event_id, 0), account_id, kind, template_id, template_version, language, currency, amount, date, "
    "subject, recipient, file_name, media_type, n_pages, content FROM document WHERE id = $1",
    error);
  RubisDocumentRecord *document = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    {
      document = g_new0 (RubisDocumentRecord, 1);
      document->id = id;
      document->event_id = rubis_statement_int (statement, 0);
      document->account_id = rubis_statement_int (statement, 1);
      document->kind = g_strdup (rubis_statement_text (statement, 2));
      document->template_id = g_strdup (rubis_statement_text (statement, 3));
      document->template_version = (int) rubis_statement_int (statement, 4);
      document->language = g_strdup (rubis_statement_text (statement, 5));
      document->currency = g_strdup (rubis_statement_text (statement, 6));
      document->amount = rubis_statement_int (statement, 7);
      document->date = rubis_statement_date (statement, 8);
      document->subject = g_strdup (rubis_statement_text (statement, 9));
      document->recipient = g_strdup (rubis_statement_text (statement, 10));
      document->file_name = g_strdup (rubis_statement_text (statement, 11));
      document->media_type = g_strdup (rubis_statement_text (statement, 12));
      document->n_pages = (int) rubis_statement_int (statement, 13);
      document->content = rubis_statement_blob (statement, 14);
    }
  rubis_statement_reset (statement);
  return document;
}

gboolean
rubis_store_insert_outbox (RubisDatabase *db, const char *key, gint64 account_id, const char *currency, int rank,
                           int channel, gint64 document_id, gint64 event_id, const char *state, RubisDate date,
                           GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO outbox (send_key, account_id, currency, rank, channel, document_id, event_id, state, created, changed) "
    "VALUES ($1, $2, $3, $4, $5, nullif ($6, 0), nullif ($7, 0), $8, $9, $9)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "sisnniisd", key, account_id, currency, rank, channel, document_id, event_id, state,
                        date);
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

GArray *
rubis_store_list_outbox (RubisDatabase *db, const char *state, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT document_id FROM outbox WHERE state = $1 AND document_id IS NOT NULL ORDER BY id", error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", state);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

gboolean
rubis_store_set_outbox_state (RubisDatabase *db, gint64 document_id, const char *state, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "UPDATE outbox SET state = $2, changed = $3 WHERE document_id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "itd", document_id, state, date);
  return rubis_statement_run (statement, error);
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
