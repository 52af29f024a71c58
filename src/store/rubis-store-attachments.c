#include "rubis-store-attachments.h"

#define ATTACHMENT_COLUMNS                                                                                   \
  "t.id, t.account_id, coalesce (t.item_id, 0), coalesce (t.registered_id, 0), coalesce (i.number, ''), "    \
  "t.kind, "                                                                                                 \
  "t.title, t.file_name, t.media_type, t.n_pages, t.named, t.added_on, t.added_by, t.sha256, length "        \
  "(t.content), coalesce (t.dispute_id, 0)"

void
rubis_attachment_record_free (RubisAttachmentRecord *self)
{
  g_free (self->number);
  g_free (self->kind);
  g_free (self->title);
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self->added_by);
  g_free (self->sha256);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

gboolean
rubis_store_insert_attachment (RubisDatabase *db, RubisAttachmentRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO attachment (id, account_id, item_id, registered_id, kind, title, "
      "file_name, media_type, n_pages, named, "
      "added_on, added_by, sha256, content, dispute_id) VALUES (nullif ($1, 0), $2, nullif ($3, "
      "0), nullif ($4, 0), $5, $6, $7, $8, $9, "
      "$10, $11, $12, $13, $14, nullif ($15, 0)) ON CONFLICT (id) DO UPDATE SET voided = 0",
      error);

  if (statement == NULL)
    return FALSE;
  g_free (record->sha256);
  record->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, record->content);
  rubis_statement_bind (statement, "iiiissssnndssbi", record->id, record->account_id, record->item_id,
                        record->registered_id, record->kind, record->title, record->file_name,
                        record->media_type, record->n_pages, record->named ? 1 : 0, record->added_on,
                        record->added_by, record->sha256, record->content, record->dispute_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  if (record->id == 0)
    record->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_delete_attachment (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "DELETE FROM attachment WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_void_attachment (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE attachment SET voided = 1 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}

static RubisAttachmentRecord *
read_attachment (RubisStatement *row)
{
  RubisAttachmentRecord *record = g_new0 (RubisAttachmentRecord, 1);

  record->id = rubis_statement_int (row, 0);
  record->account_id = rubis_statement_int (row, 1);
  record->item_id = rubis_statement_int (row, 2);
  record->registered_id = rubis_statement_int (row, 3);
  record->number = g_strdup (rubis_statement_text (row, 4));
  record->kind = g_strdup (rubis_statement_text (row, 5));
  record->title = g_strdup (rubis_statement_text (row, 6));
  record->file_name = g_strdup (rubis_statement_text (row, 7));
  record->media_type = g_strdup (rubis_statement_text (row, 8));
  record->n_pages = (int)rubis_statement_int (row, 9);
  record->named = rubis_statement_int (row, 10) != 0;
  record->added_on = rubis_statement_date (row, 11);
  record->added_by = g_strdup (rubis_statement_text (row, 12));
  record->sha256 = g_strdup (rubis_statement_text (row, 13));
  record->size = rubis_statement_int (row, 14);
  record->dispute_id = rubis_statement_int (row, 15);
  return record;
}

RubisAttachmentRecord *
rubis_store_load_attachment (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT " ATTACHMENT_COLUMNS
      ", t.content FROM attachment t LEFT JOIN item i ON i.id = t.item_id WHERE t.id = $1 AND t.voided = 0",
      error);
  RubisAttachmentRecord *record = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    {
      record = read_attachment (statement);
      record->content = rubis_statement_blob (statement, 16);
    }
  rubis_statement_reset (statement);
  return record;
}

static GPtrArray *
read_attachments (RubisStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_attachment_record_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (records, read_attachment (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
rubis_store_list_attachments (RubisDatabase *db, gint64 account_id, gint64 item_id, GError **error)
{
  RubisStatement *statement
      = item_id != 0 ? rubis_database_get (
            db,
            "SELECT " ATTACHMENT_COLUMNS " FROM attachment t LEFT JOIN item i "
            "ON i.id = t.item_id WHERE t.item_id = $2 AND t.account_id = $1 AND t.voided = 0 ORDER BY t.id",
            error)
                     : rubis_database_get (db,
                                           "SELECT " ATTACHMENT_COLUMNS " FROM attachment t LEFT JOIN item i "
                                           "ON i.id = t.item_id WHERE t.account_id = $1 AND t.voided = 0 "
                                           "ORDER BY i.number, t.id",
                                           error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "ii", account_id, item_id);
  return read_attachments (statement, error);
}

GPtrArray *
rubis_store_list_dispute_attachments (RubisDatabase *db, gint64 dispute_id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT " ATTACHMENT_COLUMNS " FROM attachment t LEFT JOIN item i "
                            "ON i.id = t.item_id WHERE t.dispute_id = $1 AND t.voided = 0 ORDER BY t.id",
                            error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", dispute_id);
  return read_attachments (statement, error);
}

GHashTable *
rubis_store_list_attachment_sums (RubisDatabase *db, GError **error)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT t.sha256, coalesce (i.number, '') FROM attachment t LEFT JOIN item i "
                            "ON i.id = t.item_id WHERE t.voided = 0",
                            error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_hash_table_insert (sums, g_strdup (rubis_statement_text (statement, 0)),
                         g_strdup (rubis_statement_text (statement, 1)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&sums) : NULL;
}

void
rubis_copy_record_free (RubisCopyRecord *self)
{
  g_free (self->path);
  g_free (self->words);
  g_free (self);
}

gboolean
rubis_store_put_copy (RubisDatabase *db, const RubisCopyRecord *record, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "INSERT INTO copy_file (path, size, changed, words) VALUES ($1, $2, $3, $4) "
                            "ON CONFLICT (path) DO UPDATE SET size = excluded.size, changed = "
                            "excluded.changed, words = excluded.words",
                            error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "siis", record->path, record->size, record->changed, record->words);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_delete_copy (RubisDatabase *db, const char *path, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "DELETE FROM copy_file WHERE path = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", path);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_clear_copies (RubisDatabase *db, GError **error)
{
  return rubis_database_exec (db, "DELETE FROM copy_file", error);
}

GHashTable *
rubis_store_list_copies (RubisDatabase *db, GError **error)
{
  g_autoptr (GHashTable) copies
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rubis_copy_record_free);
  RubisStatement *statement
      = rubis_database_get (db, "SELECT path, size, changed, words FROM copy_file", error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisCopyRecord *record = g_new0 (RubisCopyRecord, 1);

      record->path = g_strdup (rubis_statement_text (statement, 0));
      record->size = rubis_statement_int (statement, 1);
      record->changed = rubis_statement_int (statement, 2);
      record->words = g_strdup (rubis_statement_text (statement, 3));
      g_hash_table_replace (copies, record->path, record);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&copies) : NULL;
}
