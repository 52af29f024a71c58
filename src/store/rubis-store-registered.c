#include "rubis-store-registered.h"

/* The provider to whom the letter was given. */
#define GIVEN                                                                                                          \
  "FROM outbox o JOIN sender s ON s.id = o.sender_id WHERE o.document_id = d.id "                                      \
  "AND o.state NOT IN ('cancelled', 'refused') ORDER BY o.id DESC LIMIT 1"
#define COLUMNS                                                                                                        \
  "r.id, r.account_id, r.document_id, coalesce (d.event_id, 0), a.code, a.name, d.subject, d.currency, d.amount, "     \
  "r.number, r.number_printed, r.guarantee, r.with_receipt, r.state, d.date, r.printed_on, r.deposited_on, "           \
  "r.presented_on, r.closed_on, r.deadline_days, r.notice_until, coalesce (r.deposit_id, 0), "                         \
  "(SELECT count (*) FROM attachment p WHERE p.registered_id = r.id), a.address_bad, r.recipient, "   \
  "d.to_post, EXISTS (SELECT 1 FROM outbox o WHERE o.document_id = d.id AND o.state = 'queued'), "                      \
  "coalesce ((SELECT s.name " GIVEN "), ''), coalesce ((SELECT o.state = 'unknown' " GIVEN "), 0) "                    \
  "FROM registered_letter r JOIN document d ON d.id = r.document_id JOIN account a ON a.id = r.account_id "

void
rubis_registered_record_free (RubisRegisteredRecord *self)
{
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->subject);
  g_free (self->number);
  g_free (self->guarantee);
  g_free (self->recipient);
  g_free (self->by_provider);
  g_free (self);
}

static RubisRegisteredRecord *
read_letter (RubisStatement *row)
{
  RubisRegisteredRecord *self = g_new0 (RubisRegisteredRecord, 1);
  int c = 0;

  self->id = rubis_statement_int (row, c++);
  self->account_id = rubis_statement_int (row, c++);
  self->document_id = rubis_statement_int (row, c++);
  self->event_id = rubis_statement_int (row, c++);
  self->account_code = g_strdup (rubis_statement_text (row, c++));
  self->account_name = g_strdup (rubis_statement_text (row, c++));
  self->subject = g_strdup (rubis_statement_text (row, c++));
  g_strlcpy (self->currency.code, rubis_statement_text (row, c++), sizeof self->currency.code);
  self->amount = rubis_statement_int (row, c++);
  self->number = g_strdup (rubis_statement_text (row, c++));
  self->number_printed = rubis_statement_int (row, c++) != 0;
  self->guarantee = g_strdup (rubis_statement_text (row, c++));
  self->with_receipt = rubis_statement_int (row, c++) != 0;
  if (!rubis_registered_state_from_id (rubis_statement_text (row, c++), &self->course.state))
    self->course.state = RUBIS_REGISTERED_WRITTEN;
  self->course.written_on = rubis_statement_date (row, c++);
  self->course.printed_on = rubis_statement_date (row, c++);
  self->course.deposited_on = rubis_statement_date (row, c++);
  self->course.presented_on = rubis_statement_date (row, c++);
  self->course.closed_on = rubis_statement_date (row, c++);
  self->deadline_days = (int) rubis_statement_int (row, c++);
  self->notice_until = rubis_statement_date (row, c++);
  self->deposit_id = rubis_statement_int (row, c++);
  self->n_proofs = (int) rubis_statement_int (row, c++);
  self->address_bad = rubis_statement_int (row, c++) != 0;
  self->recipient = g_strdup (rubis_statement_text (row, c++));
  self->to_post = rubis_statement_int (row, c++) != 0;
  self->queued = rubis_statement_int (row, c++) != 0;
  self->by_provider = g_strdup (rubis_statement_text (row, c++));
  self->uncertain = rubis_statement_int (row, c++) != 0;
  return self;
}

gboolean
rubis_store_insert_registered (RubisDatabase *db, RubisRegisteredRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO registered_letter (account_id, document_id, number, number_printed, guarantee, with_receipt, "
    "deadline_days, state, recipient) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iisnsnnss", record->account_id, record->document_id, record->number,
                        (int) record->number_printed, record->guarantee, (int) record->with_receipt,
                        record->deadline_days, rubis_registered_state_to_id (record->course.state), record->recipient);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  record->id = rubis_database_last_id (db);
  return TRUE;
}

RubisRegisteredRecord *
rubis_store_load_registered (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT " COLUMNS "WHERE r.id = $1", error);
  RubisRegisteredRecord *record = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    record = read_letter (statement);
  rubis_statement_reset (statement);
  return record;
}

GPtrArray *
rubis_store_list_registered (RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_registered_record_free);
  RubisStatement *statement
    = rubis_database_get (db, "SELECT " COLUMNS "WHERE $1 = 0 OR r.account_id = $1 ORDER BY r.id DESC", error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", account_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (records, read_letter (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

/* The first column of the first row, 0 when there is none. @statement is bound. */
static gboolean
query_int (RubisStatement *statement, gint64 *value, GError **error)
{
  RubisRow row = rubis_statement_step (statement, error);

  *value = row == RUBIS_STEP_ROW ? rubis_statement_int (statement, 0) : 0;
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_find_registered (RubisDatabase *db, const char *number, gint64 *id, GError **error)
{
  RubisStatement *statement
    = rubis_database_get (db, "SELECT id FROM registered_letter WHERE number = $1 AND number <> ''", error);

  *id = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", number);
  return query_int (statement, id, error);
}

/* The longest of the deadlines that run for an item. */
static gboolean
refresh_items (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "UPDATE item SET notice_until = (SELECT max (r.notice_until) FROM event_item x JOIN document d "
    "ON d.event_id = x.event_id JOIN registered_letter r ON r.document_id = d.id WHERE x.item_id = item.id) "
    "WHERE id IN (SELECT x.item_id FROM registered_letter r JOIN document d ON d.id = r.document_id "
    "JOIN event_item x ON x.event_id = d.event_id WHERE r.id = $1)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_update_registered (RubisDatabase *db, const RubisRegisteredRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "UPDATE registered_letter SET number = $2, number_printed = $3, guarantee = $4, with_receipt = $5, state = $6, "
    "printed_on = $7, deposited_on = $8, presented_on = $9, closed_on = $10, notice_until = $11, "
    "deposit_id = nullif ($12, 0) WHERE id = $1",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isnsnsdddddi", record->id, record->number, (int) record->number_printed,
                        record->guarantee, (int) record->with_receipt,
                        rubis_registered_state_to_id (record->course.state), record->course.printed_on,
                        record->course.deposited_on, record->course.presented_on, record->course.closed_on,
                        record->notice_until, record->deposit_id);
  return rubis_statement_run (statement, error) && refresh_items (db, record->id, error);
}

gboolean
rubis_store_update_waiting (RubisDatabase *db, const RubisRegisteredRecord *record, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE document SET to_post = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", record->document_id, (int) record->to_post);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  statement = rubis_database_get (
    db, "UPDATE outbox SET state = $2, changed = $3 WHERE document_id = $1 AND state IN ('queued', 'sent')", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isd", record->document_id, record->queued ? "queued" : "sent", date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_print_registered (RubisDatabase *db, gint64 document_id, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "UPDATE registered_letter SET state = 'printed', printed_on = $2 WHERE document_id = $1 AND state = 'written'",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "id", document_id, date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_delete_registered (RubisDatabase *db, gint64 document_id, GError **error)
{
  RubisStatement *statement
    = rubis_database_get (db, "DELETE FROM registered_letter WHERE document_id = $1 AND state = 'written' "
                              "AND id NOT IN (SELECT registered_id FROM attachment WHERE registered_id IS NOT NULL)", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", document_id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_free_send_key (RubisDatabase *db, gint64 document_id, gboolean free, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "UPDATE outbox SET send_key = CASE WHEN $2 THEN send_key || '#' || id "
    "ELSE substr (send_key, 1, length (send_key) - length ('#' || id)) END "
    "WHERE document_id = $1 AND $2 <> (send_key LIKE '%#' || id)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", document_id, free ? 1 : 0);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_level_is_newer (RubisDatabase *db, gint64 event_id, gboolean *newer, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT count (*) FROM event_item x JOIN event_item y ON y.item_id = x.item_id "
    "WHERE x.event_id = $1 AND y.event_id > $1 AND y.level IS NOT NULL",
    error);
  gint64 n = 0;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", event_id);
  if (!query_int (statement, &n, error))
    return FALSE;
  *newer = n > 0;
  return TRUE;
}

/* --- The stock of forms ----------------------------------------------------------------------- */

gboolean
rubis_store_add_stock (RubisDatabase *db, GPtrArray *numbers, RubisDate date, GError **error)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      RubisStatement *statement = rubis_database_get (
        db, "INSERT INTO registered_stock (number, added_on) VALUES ($1, $2) ON CONFLICT (number) DO NOTHING", error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "td", g_ptr_array_index (numbers, i), date);
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_store_remove_stock (RubisDatabase *db, const char *number, gboolean *found, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "DELETE FROM registered_stock WHERE number = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", number);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  *found = rubis_database_n_changes (db) > 0;
  return TRUE;
}

GPtrArray *
rubis_store_list_stock (RubisDatabase *db, GError **error)
{
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT s.number FROM registered_stock s LEFT JOIN registered_letter r ON r.number = s.number "
    "WHERE r.id IS NULL ORDER BY s.id",
    error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (numbers, g_strdup (rubis_statement_text (statement, 0)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&numbers) : NULL;
}

/* --- Deposit lists and proofs ------------------------------------------------------------------ */

gboolean
rubis_store_insert_deposit_list (RubisDatabase *db, RubisDate date, int n_letters, GBytes *content, gint64 *id,
                                 GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  RubisStatement *statement = rubis_database_get (
    db, "INSERT INTO deposit_list (date, n_letters, sha256, content) VALUES ($1, $2, $3, $4)", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "dnsb", date, n_letters, sha256, content);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  *id = rubis_database_last_id (db);
  return TRUE;
}

GBytes *
rubis_store_load_deposit_list (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT content FROM deposit_list WHERE id = $1", error);
  GBytes *content = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    content = rubis_statement_blob (statement, 0);
  rubis_statement_reset (statement);
  return content;
}

void
rubis_proof_record_free (RubisProofRecord *self)
{
  g_free (self->kind);
  g_free (self->title);
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self->added_by);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

gboolean
rubis_store_insert_proof (RubisDatabase *db, RubisProofRecord *proof, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, proof->content);
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO attachment (id, account_id, registered_id, kind, title, file_name, media_type, n_pages, added_on, "
    "added_by, sha256, content) VALUES (nullif ($1, 0), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiissssndssb", proof->id, proof->account_id, proof->registered_id, proof->kind,
                        proof->title, proof->file_name, proof->media_type, proof->n_pages, proof->added_on,
                        proof->added_by, sha256, proof->content);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  proof->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_has_proof (RubisDatabase *db, gint64 registered_id, GBytes *content, gboolean *found, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  RubisStatement *statement
    = rubis_database_get (db, "SELECT id FROM attachment WHERE registered_id = $1 AND sha256 = $2", error);
  gint64 id = 0;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "it", registered_id, sha256);
  if (!query_int (statement, &id, error))
    return FALSE;
  *found = id != 0;
  return TRUE;
}

gboolean
rubis_store_delete_proof (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "DELETE FROM attachment WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}

static RubisProofRecord *
read_proof (RubisStatement *row)
{
  RubisProofRecord *proof = g_new0 (RubisProofRecord, 1);

  proof->id = rubis_statement_int (row, 0);
  proof->account_id = rubis_statement_int (row, 1);
  proof->registered_id = rubis_statement_int (row, 2);
  proof->kind = g_strdup (rubis_statement_text (row, 3));
  proof->title = g_strdup (rubis_statement_text (row, 4));
  proof->file_name = g_strdup (rubis_statement_text (row, 5));
  proof->media_type = g_strdup (rubis_statement_text (row, 6));
  proof->n_pages = (int) rubis_statement_int (row, 7);
  proof->added_on = rubis_statement_date (row, 8);
  proof->added_by = g_strdup (rubis_statement_text (row, 9));
  return proof;
}

RubisProofRecord *
rubis_store_load_proof (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT id, account_id, coalesce (registered_id, 0), kind, title, file_name, media_type, n_pages, added_on, "
    "added_by, content FROM attachment WHERE id = $1",
    error);
  RubisProofRecord *proof = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    {
      proof = read_proof (statement);
      proof->content = rubis_statement_blob (statement, 10);
    }
  rubis_statement_reset (statement);
  return proof;
}

GPtrArray *
rubis_store_list_proofs (RubisDatabase *db, gint64 registered_id, GError **error)
{
  g_autoptr(GPtrArray) proofs = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_proof_record_free);
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT id, account_id, registered_id, kind, title, file_name, media_type, n_pages, added_on, added_by "
    "FROM attachment WHERE registered_id = $1 ORDER BY id",
    error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", registered_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (proofs, read_proof (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&proofs) : NULL;
}
