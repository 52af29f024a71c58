#include "rubis-store-disputes.h"

#include <string.h>

#define IS_OPEN "d.voided = 0 AND d.state IN ('open', 'examined', 'credit_awaited')"

/* What leaves dunning, what is contested at all (no interest runs on it), and the day from which what was
 * contested is dunned again.
 */
#define REFRESH                                                                                              \
  "UPDATE item SET disputed = coalesce ((SELECT sum (x.amount) FROM dispute_item x JOIN dispute d "          \
  "ON d.id = x.dispute_id WHERE x.item_id = item.id AND d.keep_dunning = 0 AND " IS_OPEN "), 0), "           \
  "contested = coalesce ((SELECT sum (x.amount) FROM dispute_item x JOIN dispute d "                         \
  "ON d.id = x.dispute_id WHERE x.item_id = item.id AND " IS_OPEN "), 0), "                                  \
  "resumed_date = (SELECT max (d.closed_on) FROM dispute_item x JOIN dispute d ON d.id = x.dispute_id "      \
  "WHERE x.item_id = item.id AND d.voided = 0 AND d.keep_dunning = 0) "                                      \
  "WHERE id IN (SELECT item_id FROM dispute_item WHERE dispute_id = $1)"

#define COLUMNS                                                                                              \
  "d.id, d.account_id, d.reason, d.description, d.product_line, d.currency, d.state, d.resolver_id, "        \
  "d.opened_on, d.opened_by, d.due_date, d.asked_on, d.outcome_amount, d.credit_item_id, d.closed_on, "      \
  "d.closed_by, d.close_note, d.keep_dunning, d.call_id, d.incoming_id, d.voided"
#define N_COLUMNS 21

RubisDisputeRecord *
rubis_dispute_record_new (void)
{
  RubisDisputeRecord *self = g_new0 (RubisDisputeRecord, 1);

  self->reason = g_strdup ("");
  self->description = g_strdup ("");
  self->product_line = g_strdup ("");
  self->state = g_strdup ("open");
  self->opened_by = g_strdup ("");
  self->closed_by = g_strdup ("");
  self->close_note = g_strdup ("");
  self->opened_on = RUBIS_DATE_NONE;
  self->due_date = RUBIS_DATE_NONE;
  self->asked_on = RUBIS_DATE_NONE;
  self->closed_on = RUBIS_DATE_NONE;
  self->shares = g_array_new (FALSE, FALSE, sizeof (RubisDisputeShare));
  return self;
}

RubisDisputeRecord *
rubis_dispute_record_copy (const RubisDisputeRecord *self)
{
  RubisDisputeRecord *copy = g_memdup2 (self, sizeof *self);

  copy->reason = g_strdup (self->reason);
  copy->description = g_strdup (self->description);
  copy->product_line = g_strdup (self->product_line);
  copy->state = g_strdup (self->state);
  copy->opened_by = g_strdup (self->opened_by);
  copy->closed_by = g_strdup (self->closed_by);
  copy->close_note = g_strdup (self->close_note);
  copy->shares = g_array_copy (self->shares);
  return copy;
}

void
rubis_dispute_record_free (RubisDisputeRecord *self)
{
  g_free (self->reason);
  g_free (self->description);
  g_free (self->product_line);
  g_free (self->state);
  g_free (self->opened_by);
  g_free (self->closed_by);
  g_free (self->close_note);
  g_array_unref (self->shares);
  g_free (self);
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

/* --- Writing -------------------------------------------------------------------------------------- */

static gboolean
write_row (RubisDatabase *db, RubisDisputeRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO dispute (id, account_id, reason, description, product_line, currency, state, resolver_id, "
      "opened_on, opened_by, due_date, asked_on, outcome_amount, credit_item_id, closed_on, closed_by, "
      "close_note, keep_dunning, call_id, incoming_id, voided) VALUES (nullif ($1, 0), $2, $3, $4, $5, $6, "
      "$7, "
      "nullif ($8, 0), $9, $10, $11, $12, $13, nullif ($14, 0), $15, $16, $17, $18, nullif ($19, 0), "
      "nullif ($20, 0), $21) ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, "
      "description = excluded.description, product_line = excluded.product_line, currency = "
      "excluded.currency, "
      "state = excluded.state, resolver_id = excluded.resolver_id, due_date = excluded.due_date, "
      "asked_on = excluded.asked_on, outcome_amount = excluded.outcome_amount, "
      "credit_item_id = excluded.credit_item_id, closed_on = excluded.closed_on, "
      "closed_by = excluded.closed_by, close_note = excluded.close_note, keep_dunning = "
      "excluded.keep_dunning, "
      "call_id = excluded.call_id, incoming_id = excluded.incoming_id, voided = excluded.voided",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iisssssidsddiidssniin", record->id, record->account_id, record->reason,
                        record->description, record->product_line, record->currency.code, record->state,
                        record->resolver_id, record->opened_on, record->opened_by, record->due_date,
                        record->asked_on, record->outcome_amount, record->credit_item_id, record->closed_on,
                        record->closed_by, record->close_note, record->keep_dunning ? 1 : 0, record->call_id,
                        record->incoming_id, record->voided ? 1 : 0);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  if (record->id == 0)
    record->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_save_dispute (RubisDatabase *db, RubisDisputeRecord *record, GError **error)
{
  /* The items that it lets go are brought up to date as well: before, while it still names them. */
  if (!write_row (db, record, error)
      || !run_with_id (db, "UPDATE dispute_item SET amount = 0 WHERE dispute_id = $1", record->id, error)
      || !run_with_id (db, REFRESH, record->id, error)
      || !run_with_id (db, "DELETE FROM dispute_item WHERE dispute_id = $1", record->id, error))
    return FALSE;
  for (guint i = 0; i < record->shares->len; i++)
    {
      const RubisDisputeShare *share = &g_array_index (record->shares, RubisDisputeShare, i);
      RubisStatement *statement = rubis_database_get (
          db, "INSERT INTO dispute_item (dispute_id, item_id, amount) VALUES ($1, $2, $3)", error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "iii", record->id, share->item_id, share->amount);
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  return run_with_id (db, REFRESH, record->id, error);
}

gboolean
rubis_store_set_dispute_asked (RubisDatabase *db, gint64 id, RubisDate date, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "UPDATE dispute SET asked_on = $2, "
                            "state = CASE state WHEN 'open' THEN 'examined' ELSE state END WHERE id = $1",
                            error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "id", id, date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_refresh_dispute_asked (RubisDatabase *db, gint64 id, GError **error)
{
  return run_with_id (db,
                      "UPDATE dispute SET asked_on = (SELECT max (e.date) FROM outbox o JOIN event e "
                      "ON e.id = o.event_id WHERE o.dispute_id = $1 "
                      "AND o.state NOT IN ('draft', 'cancelled', 'refused')) WHERE id = $1",
                      id, error);
}

gboolean
rubis_store_restore_item_level (RubisDatabase *db, gint64 item_id, int level, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "UPDATE item SET level = $2, level_date = $3 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM event_item x "
      "WHERE x.item_id = $1 AND x.level IS NOT NULL AND x.event_id NOT IN (SELECT event_id FROM void_event))",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ind", item_id, level, date);
  return rubis_statement_run (statement, error);
}

/* --- Reading -------------------------------------------------------------------------------------- */

static RubisDisputeRecord *
read_row (RubisStatement *row)
{
  RubisDisputeRecord *record = g_new0 (RubisDisputeRecord, 1);
  int c = 0;

  record->id = rubis_statement_int (row, c++);
  record->account_id = rubis_statement_int (row, c++);
  record->reason = g_strdup (rubis_statement_text (row, c++));
  record->description = g_strdup (rubis_statement_text (row, c++));
  record->product_line = g_strdup (rubis_statement_text (row, c++));
  g_strlcpy (record->currency.code, rubis_statement_text (row, c++), sizeof record->currency.code);
  record->state = g_strdup (rubis_statement_text (row, c++));
  record->resolver_id = rubis_statement_int (row, c++);
  record->opened_on = rubis_statement_date (row, c++);
  record->opened_by = g_strdup (rubis_statement_text (row, c++));
  record->due_date = rubis_statement_date (row, c++);
  record->asked_on = rubis_statement_date (row, c++);
  record->outcome_amount = rubis_statement_int (row, c++);
  record->credit_item_id = rubis_statement_int (row, c++);
  record->closed_on = rubis_statement_date (row, c++);
  record->closed_by = g_strdup (rubis_statement_text (row, c++));
  record->close_note = g_strdup (rubis_statement_text (row, c++));
  record->keep_dunning = rubis_statement_int (row, c++) != 0;
  record->call_id = rubis_statement_int (row, c++);
  record->incoming_id = rubis_statement_int (row, c++);
  record->voided = rubis_statement_int (row, c++) != 0;
  record->shares = g_array_new (FALSE, FALSE, sizeof (RubisDisputeShare));
  return record;
}

static gboolean
load_shares (RubisDatabase *db, RubisDisputeRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT item_id, amount FROM dispute_item WHERE dispute_id = $1 ORDER BY item_id", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", record->id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisDisputeShare share = { rubis_statement_int (statement, 0), rubis_statement_int (statement, 1) };

      g_array_append_val (record->shares, share);
    }
  return row == RUBIS_STEP_DONE;
}

RubisDisputeRecord *
rubis_store_load_dispute (RubisDatabase *db, gint64 id, gboolean voided, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT " COLUMNS " FROM dispute d WHERE d.id = $1 AND d.voided <= $2", error);
  g_autoptr (RubisDisputeRecord) record = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "in", id, voided ? 1 : 0);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    record = read_row (statement);
  rubis_statement_reset (statement);
  if (record == NULL || !load_shares (db, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

static char *
make_pattern (const char *text)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr ("%_\\", *p) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

/* $1 id, $2 account, $3 item, $4 group, $5 states, $6 reason, $7 resolver, $8 due before, $9 closed since,
 * $10 text */
static char *
make_list_sql (const RubisDisputeQuery *query)
{
  g_autoptr (GString) sql
      = g_string_new ("SELECT " COLUMNS ", a.code, a.name, coalesce (r.name, ''), "
                      "(SELECT coalesce (sum (x.amount), 0) FROM dispute_item x WHERE x.dispute_id = d.id), "
                      "(SELECT count (*) FROM attachment t WHERE t.dispute_id = d.id AND t.voided = 0), "
                      "(SELECT count (*) FROM dispute_comment c WHERE c.dispute_id = d.id AND c.voided = 0) "
                      "FROM dispute d JOIN account a ON a.id = d.account_id LEFT JOIN internal_actor r ON "
                      "r.id = d.resolver_id "
                      "WHERE d.voided = 0");

  if (query->id != 0)
    g_string_append (sql, " AND d.id = $1");
  if (query->account_id != 0)
    g_string_append (sql, " AND d.account_id = $2");
  if (query->item_id != 0)
    g_string_append (
        sql, " AND EXISTS (SELECT 1 FROM dispute_item x WHERE x.dispute_id = d.id AND x.item_id = $3)");
  if (query->group_id != 0)
    g_string_append (
        sql, " AND d.account_id IN (SELECT m.account_id FROM account_group_member m "
             "JOIN account_group_closure c ON c.descendant_id = m.group_id WHERE c.ancestor_id = $4)");
  if (query->id == 0)
    g_string_append (sql, query->states != NULL ? " AND instr ($5, '|' || d.state || '|') > 0"
                                                : " AND d.state IN ('open', 'examined', 'credit_awaited')");
  if (query->reason != NULL)
    g_string_append (sql, " AND d.reason = $6");
  if (query->resolver_id != 0)
    g_string_append (sql, query->resolver_id < 0 ? " AND d.resolver_id IS NULL" : " AND d.resolver_id = $7");
  if (query->due_before != 0)
    g_string_append (sql, " AND d.due_date < $8 AND d.closed_on IS NULL");
  if (query->closed_from != 0)
    g_string_append (sql, " AND (d.closed_on IS NULL OR d.closed_on >= $9)");
  if (query->text != NULL)
    g_string_append (
        sql,
        " AND (a.code LIKE $10 ESCAPE '\\' OR a.name LIKE $10 ESCAPE '\\' OR d.description LIKE $10 ESCAPE "
        "'\\' "
        "OR EXISTS (SELECT 1 FROM dispute_item x JOIN item i ON i.id = x.item_id WHERE x.dispute_id = d.id "
        "AND i.number LIKE $10 ESCAPE '\\') OR EXISTS (SELECT 1 FROM dispute_comment c "
        "WHERE c.dispute_id = d.id AND c.voided = 0 AND c.text LIKE $10 ESCAPE '\\'))");
  g_string_append (sql, " ORDER BY d.due_date IS NULL, d.due_date, d.opened_on, d.id");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

gboolean
rubis_store_each_dispute (RubisDatabase *db, const RubisDisputeQuery *query, RubisDisputeFunc func,
                          gpointer user_data, GError **error)
{
  g_autofree char *sql = make_list_sql (query);
  g_autofree char *states = g_strdup_printf ("|%s|", query->states != NULL ? query->states : "");
  g_autofree char *pattern = make_pattern (query->text != NULL ? query->text : "");
  g_autoptr (RubisStatement) statement = rubis_database_prepare (db, sql, error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiiitsidds", query->id, query->account_id, query->item_id,
                        query->group_id, states, query->reason, query->resolver_id, query->due_before,
                        query->closed_from, pattern);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      g_autoptr (RubisDisputeRecord) record = read_row (statement);
      RubisDisputeLine line = { .record = record };
      int c = N_COLUMNS;

      line.account_code = rubis_statement_text (statement, c++);
      line.account_name = rubis_statement_text (statement, c++);
      line.resolver = rubis_statement_text (statement, c++);
      line.amount = rubis_statement_int (statement, c++);
      line.n_attachments = (int)rubis_statement_int (statement, c++);
      line.n_comments = (int)rubis_statement_int (statement, c++);
      func (&line, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_each_dispute_item (RubisDatabase *db, gint64 id, RubisDisputeItemFunc func, gpointer user_data,
                               GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT x.item_id, x.amount, i.number, i.open, i.total, i.due_date FROM dispute_item x "
      "JOIN item i ON i.id = x.item_id WHERE x.dispute_id = $1 ORDER BY i.due_date, i.id",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisDisputeItemLine line = { .item_id = rubis_statement_int (statement, 0),
                                    .amount = rubis_statement_int (statement, 1),
                                    .number = rubis_statement_text (statement, 2),
                                    .open = rubis_statement_int (statement, 3),
                                    .total = rubis_statement_int (statement, 4),
                                    .due_date = rubis_statement_date (statement, 5) };

      func (&line, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_sum_contested (RubisDatabase *db, gint64 item_id, gint64 except, gint64 *amount, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT coalesce (sum (x.amount), 0) FROM dispute_item x JOIN dispute d ON d.id = x.dispute_id "
      "WHERE x.item_id = $1 AND d.id <> $2 AND " IS_OPEN,
      error);
  RubisRow row;

  *amount = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", item_id, except);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *amount = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

GHashTable *
rubis_store_average_dispute_days (RubisDatabase *db, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT reason, sum (closed_on - opened_on), count (*) FROM dispute WHERE voided = 0 "
      "AND closed_on IS NOT NULL GROUP BY reason",
      error);
  g_autoptr (GHashTable) averages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 n = rubis_statement_int (statement, 2);

      g_hash_table_insert (averages, g_strdup (rubis_statement_text (statement, 0)),
                           GINT_TO_POINTER ((int)((2 * rubis_statement_int (statement, 1) + n) / (2 * n))));
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&averages) : NULL;
}

/* --- What was said -------------------------------------------------------------------------------- */

void
rubis_dispute_comment_record_free (RubisDisputeCommentRecord *self)
{
  g_free (self->author);
  g_free (self->text);
  g_free (self);
}

gboolean
rubis_store_insert_dispute_comment (RubisDatabase *db, RubisDisputeCommentRecord *comment, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "INSERT INTO dispute_comment (dispute_id, at, date, author, text, incoming_id) "
                            "VALUES ($1, $2, $3, $4, $5, nullif ($6, 0))",
                            error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iidssi", comment->dispute_id, comment->at, comment->date, comment->author,
                        comment->text, comment->incoming_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  comment->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_void_dispute_comment (RubisDatabase *db, gint64 id, gboolean voided, GError **error)
{
  return run_with_id (db,
                      voided ? "UPDATE dispute_comment SET voided = 1 WHERE id = $1"
                             : "UPDATE dispute_comment SET voided = 0 WHERE id = $1",
                      id, error);
}

GPtrArray *
rubis_store_list_dispute_comments (RubisDatabase *db, gint64 dispute_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "SELECT id, at, date, author, text, incoming_id FROM "
                                                  "dispute_comment WHERE dispute_id = $1 AND voided = 0 "
                                                  "ORDER BY id",
                                                  error);
  g_autoptr (GPtrArray) comments
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_dispute_comment_record_free);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", dispute_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisDisputeCommentRecord *comment = g_new0 (RubisDisputeCommentRecord, 1);

      comment->id = rubis_statement_int (statement, 0);
      comment->dispute_id = dispute_id;
      comment->at = rubis_statement_int (statement, 1);
      comment->date = rubis_statement_date (statement, 2);
      comment->author = g_strdup (rubis_statement_text (statement, 3));
      comment->text = g_strdup (rubis_statement_text (statement, 4));
      comment->incoming_id = rubis_statement_int (statement, 5);
      g_ptr_array_add (comments, comment);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&comments) : NULL;
}
