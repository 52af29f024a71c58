/* Disputes that credit notes and payments of an import end. */
#include "rubis-store-disputes.h"

#include "rubis-types.h"

#define IS_OPEN "d.voided = 0 AND d.state IN ('open', 'examined', 'credit_awaited')"

gboolean
rubis_store_each_dispute_credit (RubisDatabase *db, gint64 batch_id, RubisDisputeCreditFunc func,
                                 gpointer user_data, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT i.id, i.account_id, i.currency, -i.total, i.number, i.order_ref, i.label FROM item i "
      "WHERE i.account_id IN (SELECT d.account_id FROM dispute d WHERE " IS_OPEN ") AND i.first_batch = $1 "
      "AND i.type = $2 AND i.total < 0 ORDER BY i.id",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", batch_id, (int)RUBIS_ITEM_CREDIT);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisDisputeCredit credit = { .id = rubis_statement_int (statement, 0),
                                    .account_id = rubis_statement_int (statement, 1),
                                    .amount = rubis_statement_int (statement, 3),
                                    .number = rubis_statement_text (statement, 4),
                                    .order_ref = rubis_statement_text (statement, 5),
                                    .label = rubis_statement_text (statement, 6) };

      g_strlcpy (credit.currency.code, rubis_statement_text (statement, 2), sizeof credit.currency.code);
      func (&credit, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_is_credit_of_dispute (RubisDatabase *db, gint64 credit_id, gint64 dispute_id, gboolean *is_of,
                                  gboolean *is_used, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT EXISTS (SELECT 1 FROM allocation a JOIN dispute_item x ON x.item_id = a.item_id "
      "WHERE x.dispute_id = $2 AND a.credit_item_id = $1), "
      "EXISTS (SELECT 1 FROM allocation a WHERE a.credit_item_id = $1)",
      error);
  RubisRow row;

  *is_of = *is_used = FALSE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", credit_id, dispute_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      *is_of = rubis_statement_int (statement, 0) != 0;
      *is_used = rubis_statement_int (statement, 1) != 0;
    }
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_add_dispute_credit (RubisDatabase *db, gint64 dispute_id, gint64 credit_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "INSERT OR IGNORE INTO dispute_credit (dispute_id, item_id) VALUES ($1, $2)", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", dispute_id, credit_id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_sum_dispute_credits (RubisDatabase *db, gint64 dispute_id, gint64 *amount, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT coalesce (-sum (i.total), 0) FROM dispute_credit c JOIN item i ON i.id = c.item_id "
      "WHERE c.dispute_id = $1",
      error);
  RubisRow row;

  *amount = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", dispute_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *amount = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

GArray *
rubis_store_list_settled_disputes (RubisDatabase *db, gint64 batch_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT d.id FROM dispute d WHERE " IS_OPEN " AND NOT EXISTS (SELECT 1 FROM dispute_item x JOIN item i "
      "ON i.id = x.item_id WHERE x.dispute_id = d.id "
      "AND i.open > 0) AND EXISTS (SELECT 1 FROM dispute_item x JOIN item i ON i.id = x.item_id "
      "WHERE x.dispute_id = d.id AND i.cleared_batch = $1) ORDER BY d.id",
      error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", batch_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

GArray *
rubis_store_list_dispute_falls (RubisDatabase *db, gint64 batch_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT d.id, sum (c.open - i.open) - coalesce ((SELECT sum (a.amount) FROM allocation a "
      "JOIN dispute_item y ON y.item_id = a.item_id WHERE y.dispute_id = d.id AND a.batch_id = $1 "
      "AND a.credit_item_id IS NOT NULL), 0), sum (c.open), sum (i.contested) "
      "FROM import_change c JOIN item i ON i.id = c.item_id JOIN dispute_item x ON x.item_id = i.id "
      "JOIN dispute d ON d.id = x.dispute_id WHERE c.batch_id = $1 AND d.voided = 0 "
      "AND d.state = 'credit_awaited' GROUP BY d.id HAVING sum (c.open - i.open) > 0 AND sum (i.open) > 0 "
      "ORDER BY d.id",
      error);
  g_autoptr (GArray) falls = g_array_new (FALSE, FALSE, sizeof (RubisDisputeFall));
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", batch_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisDisputeFall fall = { .id = rubis_statement_int (statement, 0),
                                .fallen = rubis_statement_int (statement, 1),
                                .open_before = rubis_statement_int (statement, 2),
                                .contested = rubis_statement_int (statement, 3) };

      if (fall.fallen > 0)
        g_array_append_val (falls, fall);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&falls) : NULL;
}

gboolean
rubis_store_keep_dispute (RubisDatabase *db, gint64 batch_id, const RubisDisputeRecord *record,
                          GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "INSERT OR IGNORE INTO import_dispute (batch_id, "
                                                  "dispute_id, state, outcome_amount, due_date, closed_on, "
                                                  "close_note) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                                                  error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iisidds", batch_id, record->id, record->state, record->outcome_amount,
                        record->due_date, record->closed_on, record->close_note);
  return rubis_statement_run (statement, error);
}

/* Whether the dispute still stands as the import of @as_of left it, which had it as @kept says. */
static gboolean
is_as_left (const RubisDisputeRecord *now, RubisStatement *kept, RubisDate as_of)
{
  if (now->closed_on != RUBIS_DATE_NONE)
    return *now->closed_by == '\0' && rubis_statement_date (kept, 4) == RUBIS_DATE_NONE;
  return rubis_statement_date (kept, 4) != RUBIS_DATE_NONE
         || (now->due_date == as_of && g_str_equal (now->state, rubis_statement_text (kept, 1)));
}

/* A dispute as it stood, of which a row of import_dispute is read: id, state, outcome, day, end, note.
 * @as_of: of the import when only what it left as it was wanted; else RUBIS_DATE_NONE. NULL without error
 * when a person changed it meanwhile.
 */
static RubisDisputeRecord *
read_kept (RubisDatabase *db, RubisStatement *row, RubisDate as_of, GError **error)
{
  g_autoptr (RubisDisputeRecord) record
      = rubis_store_load_dispute (db, rubis_statement_int (row, 0), FALSE, error);

  if (record == NULL || (as_of != RUBIS_DATE_NONE && !is_as_left (record, row, as_of)))
    return NULL;
  g_free (record->state);
  g_free (record->closed_by);
  g_free (record->close_note);
  record->state = g_strdup (rubis_statement_text (row, 1));
  record->outcome_amount = rubis_statement_int (row, 2);
  record->due_date = rubis_statement_date (row, 3);
  record->closed_on = rubis_statement_date (row, 4);
  record->closed_by = g_strdup ("");
  record->close_note = g_strdup (rubis_statement_text (row, 5));
  record->credit_item_id = 0;
  return g_steal_pointer (&record);
}

/* @sql: of rows as read_kept() reads them, with the day of the import or NULL behind */
static GPtrArray *
list_kept (RubisDatabase *db, const char *sql, gint64 batch_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_dispute_record_free);
  g_autoptr (GError) load_error = NULL;
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", batch_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisDisputeRecord *record
          = read_kept (db, statement, rubis_statement_date (statement, 6), &load_error);

      if (load_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&load_error));
          rubis_statement_reset (statement);
          return NULL;
        }
      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
rubis_store_list_returned_disputes (RubisDatabase *db, gint64 batch_id, GError **error)
{
  return list_kept (
      db,
      "SELECT k.dispute_id, k.state, k.outcome_amount, k.due_date, NULL, '', NULL FROM import_dispute k "
      "JOIN dispute d ON d.id = k.dispute_id WHERE d.voided = 0 AND d.closed_on IS NOT NULL "
      "AND d.closed_by = '' AND d.credit_item_id IS NULL AND k.closed_on IS NULL AND k.batch_id = "
      "(SELECT max (l.batch_id) FROM import_dispute l WHERE l.dispute_id = d.id AND l.batch_id < $1) "
      "AND EXISTS (SELECT 1 FROM dispute_item x JOIN import_change c ON c.item_id = x.item_id "
      "JOIN item i ON i.id = x.item_id WHERE x.dispute_id = d.id AND c.batch_id = $1 AND c.open = 0 "
      "AND i.open > 0) ORDER BY k.dispute_id",
      batch_id, error);
}

GPtrArray *
rubis_store_take_kept_disputes (RubisDatabase *db, gint64 batch_id, GError **error)
{
  g_autoptr (GPtrArray) records = list_kept (
      db,
      "SELECT d.dispute_id, d.state, d.outcome_amount, d.due_date, d.closed_on, d.close_note, b.as_of "
      "FROM import_dispute d JOIN import_batch b ON b.id = d.batch_id WHERE d.batch_id = $1 "
      "ORDER BY d.dispute_id",
      batch_id, error);
  RubisStatement *statement;

  if (records == NULL)
    return NULL;
  statement = rubis_database_get (db, "DELETE FROM import_dispute WHERE batch_id = $1", error);
  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", batch_id);
  return rubis_statement_run (statement, error) ? g_steal_pointer (&records) : NULL;
}
