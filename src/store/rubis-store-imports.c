#include "rubis-store-imports.h"

#include <string.h>

#include "rubis-store-accounts.h"

void
rubis_batch_record_free (RubisBatchRecord *self)
{
  g_free (self->kind);
  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self->fingerprint);
  g_free (self->imported_at);
  g_free (self->imported_by);
  g_free (self);
}

gboolean
rubis_store_insert_batch (RubisDatabase *db, RubisBatchRecord *batch, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO import_batch (kind, mode, file_name, sha256, fingerprint, as_of, imported_at, imported_by, n_rows, "
    "n_new, n_changed, n_cleared, n_unchanged, n_rejected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 0)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "sssssdss", batch->kind, batch->delta ? "delta" : "stock", batch->file_name,
                        batch->sha256, batch->fingerprint, batch->as_of, batch->imported_at, batch->imported_by);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  batch->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_set_batch_hash (RubisDatabase *db, gint64 id, const char *sha256, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE import_batch SET sha256 = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "it", id, sha256);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_finish_batch (RubisDatabase *db, const RubisBatchRecord *batch, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "UPDATE import_batch SET n_rows = $2, n_new = $3, n_changed = $4, n_cleared = $5, n_unchanged = $6, n_rejected = $7 "
    "WHERE id = $1",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiiiiii", batch->id, batch->n_rows, batch->n_new, batch->n_changed,
                        batch->n_cleared, batch->n_unchanged, batch->n_rejected);
  return rubis_statement_run (statement, error);
}

RubisBatchRecord *
rubis_store_load_batch (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT id, kind, mode, file_name, sha256, fingerprint, as_of, imported_at, imported_by, n_rows, n_new, n_changed, "
    "n_cleared, n_unchanged, n_rejected, undone_at IS NOT NULL FROM import_batch "
    "WHERE CASE WHEN $1 = 0 THEN undone_at IS NULL ELSE id = $1 END ORDER BY id DESC LIMIT 1",
    error);
  RubisBatchRecord *batch = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    {
      batch = g_new0 (RubisBatchRecord, 1);
      batch->id = rubis_statement_int (statement, 0);
      batch->kind = g_strdup (rubis_statement_text (statement, 1));
      batch->delta = g_str_equal (rubis_statement_text (statement, 2), "delta");
      batch->file_name = g_strdup (rubis_statement_text (statement, 3));
      batch->sha256 = g_strdup (rubis_statement_text (statement, 4));
      batch->fingerprint = g_strdup (rubis_statement_text (statement, 5));
      batch->as_of = rubis_statement_date (statement, 6);
      batch->imported_at = g_strdup (rubis_statement_text (statement, 7));
      batch->imported_by = g_strdup (rubis_statement_text (statement, 8));
      batch->n_rows = rubis_statement_int (statement, 9);
      batch->n_new = rubis_statement_int (statement, 10);
      batch->n_changed = rubis_statement_int (statement, 11);
      batch->n_cleared = rubis_statement_int (statement, 12);
      batch->n_unchanged = rubis_statement_int (statement, 13);
      batch->n_rejected = rubis_statement_int (statement, 14);
      batch->undone = rubis_statement_int (statement, 15) != 0;
    }
  rubis_statement_reset (statement);
  return batch;
}

gboolean
rubis_store_get_data_date (RubisDatabase *db, RubisDate *date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT as_of FROM import_batch WHERE undone_at IS NULL AND kind <> 'customers' ORDER BY id DESC LIMIT 1", error);
  RubisRow row;

  *date = RUBIS_DATE_NONE;
  if (statement == NULL)
    return FALSE;
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *date = rubis_statement_date (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

/* The number that @sql finds for @batch_id. */
static gboolean
query_number (RubisDatabase *db, const char *sql, gint64 batch_id, gint64 *number, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", batch_id);
  row = rubis_statement_step (statement, error);
  *number = row == RUBIS_STEP_ROW ? rubis_statement_int (statement, 0) : 0;
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_find_batch (RubisDatabase *db, const char *sha256, gint64 *found, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT id FROM import_batch WHERE sha256 = $1 AND undone_at IS NULL ORDER BY id DESC LIMIT 1", error);
  RubisRow row;

  *found = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", sha256);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *found = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_insert_reject (RubisDatabase *db, gint64 batch_id, gint64 line, const char *column, const char *value,
                           const char *code, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "INSERT INTO import_reject (batch_id, line, column_name, value, code) VALUES ($1, $2, $3, $4, $5)", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iisss", batch_id, line, column, value, code);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_keep_account_field (RubisDatabase *db, gint64 batch_id, gint64 account_id, const char *field,
                                const char *old_value, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "INSERT INTO import_account_change (batch_id, account_id, field, old_value) VALUES ($1, $2, $3, $4)", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiss", batch_id, account_id, field, old_value);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_has_later_batch (RubisDatabase *db, gint64 batch_id, gboolean *has, GError **error)
{
  gint64 later = 0;

  if (!query_number (db, "SELECT count (*) FROM import_batch WHERE id > $1 AND undone_at IS NULL", batch_id, &later,
                     error))
    return FALSE;
  *has = later > 0;
  return TRUE;
}

GPtrArray *
rubis_store_list_bound_items (RubisDatabase *db, gint64 batch_id, guint limit, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT i.number FROM item i WHERE i.first_batch = $1 AND i.id IN (SELECT item_id FROM event_item UNION "
    "SELECT item_id FROM dispute_item UNION SELECT item_id FROM promise_item UNION SELECT item_id FROM plan_item "
    "UNION SELECT item_id FROM claim UNION SELECT item_id FROM proposal_item UNION SELECT item_id FROM attachment "
    "WHERE item_id IS NOT NULL) ORDER BY i.number LIMIT $2",
    error);
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "in", batch_id, (int) limit);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (numbers, g_strdup (rubis_statement_text (statement, 0)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&numbers) : NULL;
}

static gboolean
undo_account_fields (RubisDatabase *db, gint64 batch_id, GError **error)
{
  g_autoptr(RubisStatement) statement = rubis_database_prepare (
    db, "SELECT account_id, field, old_value FROM import_account_change WHERE batch_id = $1 ORDER BY rowid DESC", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", batch_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      if (!rubis_store_set_account_field (db, rubis_statement_int (statement, 0), rubis_statement_text (statement, 1),
                                          rubis_statement_text (statement, 2), error))
        return FALSE;
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_undo_batch (RubisDatabase *db, gint64 batch_id, const char *at, GError **error)
{
  static const char *const steps[] = {
    "DELETE FROM import_account_change WHERE batch_id = $1",
    "DELETE FROM allocation WHERE batch_id = $1",
    "UPDATE item SET total = c.total, open = c.open, issue_date = c.issue_date, due_date = c.due_date, "
    "due_computed = c.due_computed, means = c.means, order_ref = c.order_ref, sales_rep = c.sales_rep, label = c.label, "
    "cleared_batch = c.cleared_batch, cleared_date = c.cleared_date FROM import_change c "
    "WHERE c.item_id = item.id AND c.batch_id = $1",
    "DELETE FROM import_change WHERE batch_id = $1",
    "DELETE FROM dispute_credit WHERE item_id IN (SELECT id FROM item WHERE first_batch = $1)",
    "UPDATE dispute SET credit_item_id = NULL WHERE credit_item_id IN (SELECT id FROM item WHERE first_batch = $1)",
    "DELETE FROM item_field WHERE item_id IN (SELECT id FROM item WHERE first_batch = $1)",
    "DELETE FROM item WHERE first_batch = $1",
    "DELETE FROM account_group_member WHERE account_id IN (SELECT id FROM account WHERE first_batch = $1 "
    "AND NOT EXISTS (SELECT 1 FROM item i WHERE i.account_id = account.id) "
    "AND NOT EXISTS (SELECT 1 FROM event e WHERE e.account_id = account.id))",
    "DELETE FROM contact WHERE account_id IN (SELECT id FROM account WHERE first_batch = $1 "
    "AND NOT EXISTS (SELECT 1 FROM item i WHERE i.account_id = account.id) "
    "AND NOT EXISTS (SELECT 1 FROM event e WHERE e.account_id = account.id))",
    "DELETE FROM account WHERE first_batch = $1 AND NOT EXISTS (SELECT 1 FROM item i WHERE i.account_id = account.id) "
    "AND NOT EXISTS (SELECT 1 FROM event e WHERE e.account_id = account.id)",
    "DELETE FROM party WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.party_id = party.id)",
  };
  RubisStatement *mark;

  if (!undo_account_fields (db, batch_id, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      RubisStatement *statement = rubis_database_get (db, steps[i], error);

      if (statement == NULL)
        return FALSE;
      if (strstr (steps[i], "$1") != NULL)
        rubis_statement_bind (statement, "i", batch_id);
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  mark = rubis_database_get (db, "UPDATE import_batch SET undone_at = $2 WHERE id = $1", error);
  if (mark == NULL)
    return FALSE;
  rubis_statement_bind (mark, "it", batch_id, at);
  return rubis_statement_run (mark, error);
}
