#include "rubis-store-incoming.h"

#define INCOMING_COLUMNS                                                                                     \
  "n.id, coalesce (n.sender_id, 0), n.uid, n.message_id, n.received, n.fetched_at, n.from_email, "           \
  "n.from_name, n.subject, n.kind, coalesce (n.account_id, 0), coalesce (a.code, ''), "                      \
  "coalesce (a.name, ''), coalesce (n.outbox_id, 0), n.matched_by, n.warning, n.text, n.state, "           \
  "coalesce (n.dispute_id, 0) "

#define PROPOSAL_COLUMNS                                                                                     \
  "id, incoming_id, kind, sentence, by_token, date, coalesce (amount, 0), currency, value, state, "          \
  "coalesce (event_id, 0) "

void
rubis_incoming_record_free (RubisIncomingRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->uid);
  g_free (self->message_id);
  g_free (self->from_email);
  g_free (self->from_name);
  g_free (self->subject);
  g_free (self->kind);
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->matched_by);
  g_free (self->warning);
  g_free (self->text);
  g_free (self->state);
  g_free (self);
}

gboolean
rubis_store_insert_incoming (RubisDatabase *db, RubisIncomingRecord *record, GBytes *content, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO incoming (sender_id, uid, message_id, received, fetched_at, from_email, from_name, "
      "subject, "
      "kind, account_id, outbox_id, matched_by, warning, text, state, sha256, content, dispute_id) "
      "VALUES (nullif ($1, 0), $2, $3, $4, $5, $6, $7, $8, $9, nullif ($10, 0), nullif ($11, 0), $12, $13, "
      "$14, $15, $16, $17, nullif ($18, 0))",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "issdissssiisssssbi", record->sender_id, record->uid, record->message_id,
                        record->received, record->fetched_at, record->from_email, record->from_name,
                        record->subject, record->kind, record->account_id, record->outbox_id,
                        record->matched_by, record->warning, record->text, record->state, sha256, content,
                        record->dispute_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  record->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_has_incoming (RubisDatabase *db, const RubisIncomingRecord *record, GBytes *content,
                          gboolean *found, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT 1 FROM incoming WHERE (coalesce (sender_id, 0) = $1 AND uid = $2) "
      "OR sha256 = $3 OR (message_id <> '' AND message_id = $4 AND from_email = $5 AND text = $6) LIMIT 1",
      error);
  RubisRow row;

  *found = FALSE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isssss", record->sender_id, record->uid, sha256, record->message_id,
                        record->from_email, record->text);
  row = rubis_statement_step (statement, error);
  *found = row == RUBIS_STEP_ROW;
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

static RubisIncomingRecord *
read_record (RubisStatement *statement)
{
  RubisIncomingRecord *record = g_new0 (RubisIncomingRecord, 1);
  int column = 0;

  record->id = rubis_statement_int (statement, column++);
  record->sender_id = rubis_statement_int (statement, column++);
  record->uid = g_strdup (rubis_statement_text (statement, column++));
  record->message_id = g_strdup (rubis_statement_text (statement, column++));
  record->received = rubis_statement_date (statement, column++);
  record->fetched_at = rubis_statement_int (statement, column++);
  record->from_email = g_strdup (rubis_statement_text (statement, column++));
  record->from_name = g_strdup (rubis_statement_text (statement, column++));
  record->subject = g_strdup (rubis_statement_text (statement, column++));
  record->kind = g_strdup (rubis_statement_text (statement, column++));
  record->account_id = rubis_statement_int (statement, column++);
  record->account_code = g_strdup (rubis_statement_text (statement, column++));
  record->account_name = g_strdup (rubis_statement_text (statement, column++));
  record->outbox_id = rubis_statement_int (statement, column++);
  record->matched_by = g_strdup (rubis_statement_text (statement, column++));
  record->warning = g_strdup (rubis_statement_text (statement, column++));
  record->text = g_strdup (rubis_statement_text (statement, column++));
  record->state = g_strdup (rubis_statement_text (statement, column++));
  record->dispute_id = rubis_statement_int (statement, column++);
  return record;
}

static GPtrArray *
read_records (RubisStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_incoming_record_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (records, read_record (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
rubis_store_list_incoming (RubisDatabase *db, gboolean only_new, gint64 group_id, gint64 account_id,
                           GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT " INCOMING_COLUMNS "FROM incoming n LEFT JOIN account a ON a.id = n.account_id "
      "WHERE (NOT $1 OR n.state = 'new') AND ($2 = 0 OR n.account_id = $2) "
      "AND ($3 = 0 OR n.account_id IN (SELECT m.account_id FROM account_group_member m "
      "JOIN account_group_closure c ON c.descendant_id = m.group_id WHERE c.ancestor_id = $3)) "
      "ORDER BY n.received DESC, n.id DESC",
      error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "nii", (int)only_new, account_id, group_id);
  return read_records (statement, error);
}

RubisIncomingRecord *
rubis_store_load_incoming (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT " INCOMING_COLUMNS "FROM incoming n LEFT JOIN account a ON a.id = n.account_id WHERE n.id = $1",
      error);
  g_autoptr (GPtrArray) records = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  records = read_records (statement, error);
  return records != NULL && records->len > 0 ? g_ptr_array_steal_index (records, 0) : NULL;
}

GBytes *
rubis_store_load_incoming_content (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT content FROM incoming WHERE id = $1", error);
  GBytes *content = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    content = rubis_statement_blob (statement, 0);
  rubis_statement_reset (statement);
  return content;
}

static gboolean
set_text (RubisDatabase *db, const char *sql, gint64 id, const char *text, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "is", id, text);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_incoming_state (RubisDatabase *db, gint64 id, const char *state, GError **error)
{
  return set_text (db, "UPDATE incoming SET state = $2 WHERE id = $1", id, state, error);
}

gboolean
rubis_store_set_incoming_warning (RubisDatabase *db, gint64 id, const char *warning, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE incoming SET warning = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "is", id, warning);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_incoming_account (RubisDatabase *db, gint64 id, gint64 account_id, const char *matched_by,
                                  GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "UPDATE incoming SET account_id = nullif ($2, 0), matched_by = $3 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iis", id, account_id, matched_by);
  return rubis_statement_run (statement, error);
}

/* --- Proposals --------------------------------------------------------------------------------- */

RubisProposalRecord *
rubis_proposal_record_new (void)
{
  RubisProposalRecord *self = g_new0 (RubisProposalRecord, 1);

  self->date = RUBIS_DATE_NONE;
  self->item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rubis_proposal_record_free (RubisProposalRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->sentence);
  g_free (self->value);
  g_free (self->state);
  g_array_unref (self->item_ids);
  g_ptr_array_unref (self->numbers);
  g_free (self);
}

gboolean
rubis_store_insert_proposal (RubisDatabase *db, RubisProposalRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO proposal (incoming_id, kind, sentence, by_token, date, amount, currency, value, state) "
      "VALUES ($1, $2, $3, $4, $5, nullif ($6, 0), $7, $8, $9)",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "issndisss", record->incoming_id, record->kind, record->sentence,
                        (int)record->by_token, record->date, record->amount, record->currency.code,
                        record->value, record->state);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  record->id = rubis_database_last_id (db);
  for (guint i = 0; i < record->item_ids->len; i++)
    {
      statement = rubis_database_get (
          db, "INSERT OR IGNORE INTO proposal_item (proposal_id, item_id) VALUES ($1, $2)", error);
      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "ii", record->id, g_array_index (record->item_ids, gint64, i));
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_items (RubisDatabase *db, RubisProposalRecord *record, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT i.id, i.number FROM proposal_item x JOIN item i ON i.id = x.item_id "
                            "WHERE x.proposal_id = $1 ORDER BY i.due_date, i.id",
                            error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", record->id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      g_array_append_val (record->item_ids, id);
      g_ptr_array_add (record->numbers, g_strdup (rubis_statement_text (statement, 1)));
    }
  return row == RUBIS_STEP_DONE;
}

static GPtrArray *
read_proposals (RubisDatabase *db, RubisStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_proposal_record_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisProposalRecord *record = rubis_proposal_record_new ();

      record->id = rubis_statement_int (statement, 0);
      record->incoming_id = rubis_statement_int (statement, 1);
      record->kind = g_strdup (rubis_statement_text (statement, 2));
      record->sentence = g_strdup (rubis_statement_text (statement, 3));
      record->by_token = rubis_statement_int (statement, 4) != 0;
      record->date = rubis_statement_date (statement, 5);
      record->amount = rubis_statement_int (statement, 6);
      g_strlcpy (record->currency.code, rubis_statement_text (statement, 7), sizeof record->currency.code);
      record->value = g_strdup (rubis_statement_text (statement, 8));
      record->state = g_strdup (rubis_statement_text (statement, 9));
      record->event_id = rubis_statement_int (statement, 10);
      g_ptr_array_add (records, record);
    }
  for (guint i = 0; row == RUBIS_STEP_DONE && i < records->len; i++)
    {
      if (!load_items (db, g_ptr_array_index (records, i), error))
        return NULL;
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
rubis_store_list_proposals (RubisDatabase *db, gint64 incoming_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT " PROPOSAL_COLUMNS "FROM proposal WHERE incoming_id = $1 ORDER BY id", error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", incoming_id);
  return read_proposals (db, statement, error);
}

RubisProposalRecord *
rubis_store_load_proposal (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "SELECT " PROPOSAL_COLUMNS "FROM proposal WHERE id = $1", error);
  g_autoptr (GPtrArray) records = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  records = read_proposals (db, statement, error);
  return records != NULL && records->len > 0 ? g_ptr_array_steal_index (records, 0) : NULL;
}

gboolean
rubis_store_set_proposal_state (RubisDatabase *db, gint64 id, const char *state, GError **error)
{
  return set_text (db, "UPDATE proposal SET state = $2 WHERE id = $1", id, state, error);
}

static gboolean
run_with_id (RubisDatabase *db, const char *sql, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_delete_proposals (RubisDatabase *db, gint64 incoming_id, GError **error)
{
  return run_with_id (db,
                      "DELETE FROM proposal_item WHERE proposal_id IN (SELECT id FROM proposal "
                      "WHERE incoming_id = $1)",
                      incoming_id, error)
         && run_with_id (db, "DELETE FROM proposal WHERE incoming_id = $1", incoming_id, error);
}

/* --- The account's thread ----------------------------------------------------------------------- */

gboolean
rubis_store_each_exchange (RubisDatabase *db, gint64 account_id, RubisExchangeFunc func, gpointer user_data,
                           GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT 0, o.id, coalesce (o.document_id, 0), o.sent_at, o.created, o.recipient, "
      "CASE WHEN o.subject <> '' THEN o.subject ELSE coalesce (d.subject, '') END, '', o.state, "
      "CASE WHEN o.sent_at > 0 THEN o.sent_at ELSE o.created * 86400 END AS t "
      "FROM outbox o LEFT JOIN document d ON d.id = o.document_id "
      "WHERE o.account_id = $1 AND o.channel = 0 AND o.state <> 'cancelled' AND o.dispute_id IS NULL "
      "UNION ALL "
      "SELECT 1, n.id, 0, 0, n.received, CASE WHEN n.from_name <> '' THEN n.from_name ELSE n.from_email END, "
      "n.subject, n.text, n.kind, CASE WHEN n.fetched_at / 86400 = n.received THEN n.fetched_at "
      "ELSE n.received * 86400 + 86399 END FROM incoming n WHERE n.account_id = $1 AND n.dispute_id IS NULL "
      "ORDER BY 10, 1, 2",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", account_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisExchangeRecord record = {
        .incoming = rubis_statement_int (statement, 0) != 0,
        .id = rubis_statement_int (statement, 1),
        .document_id = rubis_statement_int (statement, 2),
        .at = rubis_statement_int (statement, 3),
        .date = rubis_statement_date (statement, 4),
        .who = rubis_statement_text (statement, 5),
        .subject = rubis_statement_text (statement, 6),
        .text = rubis_statement_text (statement, 7),
        .state = rubis_statement_text (statement, 8),
      };

      func (&record, user_data);
    }
  return row == RUBIS_STEP_DONE;
}
