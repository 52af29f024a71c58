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

gboolean
rubis_store_delete_document (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement
    = rubis_database_get (db, "DELETE FROM document WHERE id = $1 AND event_id IS NULL", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
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
