#include "rubis-store-promises.h"

/* A promise that runs, or was broken or kept: whether it holds its items is a matter of the day. */
#define REFRESH                                                                                              \
  "UPDATE item SET promise_date = (SELECT max (p.date) FROM promise_item x JOIN promise p ON p.id = "        \
  "x.promise_id "                                                                                            \
  "WHERE x.item_id = item.id AND x.replaced_by IS NULL AND p.state = 'open' AND p.withdrawn_on IS NULL "     \
  "AND p.voided = 0) "

/* Somebody was spoken to: as the user says of the result, else as it is shipped. */
#define CONTACT                                                                                              \
  "coalesce ((SELECT h.contact FROM choice h WHERE h.list = 'call_result' AND h.id = c.result), "            \
  "c.result NOT IN ('voicemail', 'no_answer', 'wrong_number'))"

RubisPromiseRecord *
rubis_promise_record_new (void)
{
  RubisPromiseRecord *self = g_new0 (RubisPromiseRecord, 1);

  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->payments = g_array_new (FALSE, FALSE, sizeof (RubisPromisePayment));
  self->withdrawn_on = RUBIS_DATE_NONE;
  self->last_call = RUBIS_DATE_NONE;
  return self;
}

void
rubis_promise_record_free (RubisPromiseRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->given_by);
  g_free (self->quote);
  g_free (self->note);
  g_ptr_array_unref (self->numbers);
  g_array_unref (self->item_ids);
  g_array_unref (self->payments);
  g_free (self);
}

static RubisPromiseRecord *
read_promise (RubisStatement *row)
{
  RubisPromiseRecord *promise = rubis_promise_record_new ();
  int c = 0;

  promise->id = rubis_statement_int (row, c++);
  promise->account_id = rubis_statement_int (row, c++);
  promise->account_code = g_strdup (rubis_statement_text (row, c++));
  promise->account_name = g_strdup (rubis_statement_text (row, c++));
  promise->date = rubis_statement_date (row, c++);
  promise->amount = rubis_statement_int (row, c++);
  rubis_currency_parse (rubis_statement_text (row, c++), &promise->currency);
  promise->channel = (RubisChannel)rubis_statement_int (row, c++);
  promise->given_by = g_strdup (rubis_statement_text (row, c++));
  promise->given_on = rubis_statement_date (row, c++);
  promise->quote = g_strdup (rubis_statement_text (row, c++));
  promise->note = g_strdup (rubis_statement_text (row, c++));
  promise->contact_id = rubis_statement_int (row, c++);
  promise->call_id = rubis_statement_int (row, c++);
  promise->replaced = rubis_statement_int (row, c++) != 0;
  promise->replaced_by = rubis_statement_int (row, c++);
  promise->withdrawn_on = rubis_statement_date (row, c++);
  promise->seen = rubis_statement_int (row, c++) != 0;
  promise->last_call = rubis_statement_date (row, c++);
  return promise;
}

/* What another promise took over is not in the list. A promise that was replaced as a whole shows all of its
 * items, and what is open on them.
 */
static gboolean
read_items (RubisDatabase *db, RubisPromiseRecord *promise, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT i.id, i.number, i.open, x.replaced_by IS NULL OR $2 FROM promise_item x "
      "JOIN item i ON i.id = x.item_id WHERE x.promise_id = $1 ORDER BY i.due_date, i.id",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", promise->id, (int)promise->replaced);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      if (rubis_statement_int (statement, 3) == 0)
        {
          promise->reduced = TRUE;
          continue;
        }
      g_array_append_val (promise->item_ids, id);
      g_ptr_array_add (promise->numbers, g_strdup (rubis_statement_text (statement, 1)));
      promise->open += rubis_statement_int (statement, 2);
    }
  return row == RUBIS_STEP_DONE;
}

/* A credit note takes something off what is owed, and pays nothing: one that was set against the item, or
 * that was settled by the same import with just that amount.
 */
#define IS_PAID                                                                                              \
  "NOT EXISTS (SELECT 1 FROM item k WHERE k.id = a.credit_item_id AND k.type = 1) AND (a.credit_item_id IS " \
  "NOT NULL OR NOT EXISTS (SELECT 1 FROM item i JOIN item k ON k.account_id = i.account_id AND k.type = 1 "  \
  "AND -k.total = a.amount AND k.open = 0 AND a.batch_id IN (k.first_batch, k.cleared_batch) "               \
  "WHERE i.id = a.item_id))"

static gboolean
read_payments (RubisDatabase *db, RubisPromiseRecord *promise, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT a.date, sum (a.amount) - CASE WHEN a.date = p.given_on THEN (SELECT sum "
                            "(y.paid) FROM promise_item y "
                            "WHERE y.promise_id = p.id AND y.replaced_by IS NULL) ELSE 0 END FROM promise p "
                            "JOIN promise_item x ON x.promise_id = p.id AND x.replaced_by IS NULL "
                            "JOIN allocation a ON a.item_id = x.item_id AND a.date >= p.given_on WHERE p.id "
                            "= $1 AND " IS_PAID " GROUP BY a.date ORDER BY a.date",
                            error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", promise->id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisPromisePayment payment
          = { rubis_statement_date (statement, 0), rubis_statement_int (statement, 1) };

      g_array_append_val (promise->payments, payment);
    }
  return row == RUBIS_STEP_DONE;
}

GPtrArray *
rubis_store_list_promises (RubisDatabase *db, const RubisPromiseQuery *query, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT p.id, p.account_id, a.code, a.name, p.date, p.amount, p.currency, p.channel, p.given_by, "
      "p.given_on, "
      "p.quote, p.note, p.contact_id, p.call_id, p.state = 'replaced', p.replaced_by, p.withdrawn_on, "
      "p.seen, "
      "(SELECT max (c.date) FROM call c WHERE c.account_id = p.account_id AND c.voided = 0 "
      "AND " CONTACT
      ") FROM promise p JOIN account a ON a.id = p.account_id WHERE p.voided = 0 "
      "AND ($1 = 0 OR p.id = $1) AND ($2 = 0 OR p.account_id = $2) AND ($3 = 0 OR p.account_id IN "
      "(SELECT m.account_id FROM account_group_member m JOIN account_group_closure c ON c.descendant_id = "
      "m.group_id "
      "WHERE c.ancestor_id = $3)) AND ($4 IS NULL OR p.date >= $4) AND ($5 IS NULL OR p.date <= $5) "
      "AND ($6 = 0 OR (p.state = 'open' AND p.withdrawn_on IS NULL AND p.replaced_by IS NULL AND p.seen = 0 "
      "AND EXISTS (SELECT 1 FROM promise_item x JOIN item i ON i.id = x.item_id WHERE x.promise_id = p.id "
      "AND x.replaced_by IS NULL AND i.open > 0))) "
      "ORDER BY p.date, p.id",
      error);
  g_autoptr (GPtrArray) promises = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_promise_record_free);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "iiiddn", query->id, query->account_id, query->group_id,
                        query->from != 0 ? query->from : RUBIS_DATE_NONE,
                        query->to != 0 ? query->to : RUBIS_DATE_NONE, (int)query->unsettled);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (promises, read_promise (statement));
  if (row != RUBIS_STEP_DONE)
    return NULL;
  for (guint i = 0; i < promises->len; i++)
    {
      RubisPromiseRecord *promise = g_ptr_array_index (promises, i);

      if (!read_items (db, promise, error) || !read_payments (db, promise, error))
        return NULL;
    }
  return g_steal_pointer (&promises);
}

gboolean
rubis_store_get_data_after (RubisDatabase *db, RubisDate date, RubisDate *first, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT min (as_of) FROM import_batch WHERE undone_at IS NULL AND kind <> 'customers' AND as_of >= $1",
      error);
  RubisRow row;

  *first = RUBIS_DATE_NONE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "d", date);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *first = rubis_statement_date (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_each_unallocated (RubisDatabase *db, gint64 account_id, RubisCurrency currency, RubisDate from,
                              RubisUnallocatedFunc func, gpointer user_data, GError **error)
{
  /* Some programs put the day of a payment into one column, some into the other. */
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT day, -open FROM (SELECT max (coalesce (issue_date, due_date, "
                            "first_seen), CASE WHEN due_computed "
                            "THEN 0 ELSE coalesce (due_date, 0) END) AS day, open FROM item WHERE account_id "
                            "= $1 AND currency = $2 "
                            "AND type = $4 AND open < 0 AND cancelled = 0) WHERE day >= $3 ORDER BY day",
                            error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isdn", account_id, currency.code, from, (int)RUBIS_ITEM_PAYMENT);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    func (rubis_statement_date (statement, 0), rubis_statement_int (statement, 1), user_data);
  return row == RUBIS_STEP_DONE;
}

static gboolean
run_with_ids (RubisDatabase *db, const char *sql, gint64 first, gint64 second, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", first, second);
  return rubis_statement_run (statement, error);
}

static gboolean
refresh_items (RubisDatabase *db, gint64 id, GError **error)
{
  return run_with_ids (db,
                       REFRESH "WHERE id IN (SELECT item_id FROM promise_item WHERE promise_id = $1 UNION "
                               "SELECT x.item_id FROM promise_item x JOIN promise p ON p.id = x.promise_id "
                               "WHERE p.replaced_by = $1)",
                       id, 0, error);
}

gboolean
rubis_store_add_promise (RubisDatabase *db, RubisPromiseRecord *promise, GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "INSERT INTO promise (account_id, date, amount, currency, "
                                                  "channel, given_by, given_on, state, quote, note, "
                                                  "contact_id, call_id) VALUES ($1, $2, $3, $4, $5, $6, $7, "
                                                  "'open', $8, $9, nullif ($10, 0), nullif ($11, 0))",
                                                  error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "idisnsdssii", promise->account_id, promise->date, promise->amount,
                        promise->currency.code, (int)promise->channel, promise->given_by, promise->given_on,
                        promise->quote, promise->note, promise->contact_id, promise->call_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  promise->id = rubis_database_last_id (db);
  for (guint i = 0; i < promise->item_ids->len; i++)
    {
      /* What this very day brought before the promise is no payment of it. */
      if (!run_with_ids (db,
                         "INSERT INTO promise_item (promise_id, item_id, paid) SELECT p.id, $2, "
                         "coalesce ((SELECT sum (a.amount) FROM allocation a WHERE a.item_id = $2 "
                         "AND a.date = p.given_on AND " IS_PAID "), 0) FROM promise p WHERE p.id = $1",
                         promise->id, g_array_index (promise->item_ids, gint64, i), error))
        return FALSE;
    }
  return refresh_items (db, promise->id, error);
}

gboolean
rubis_store_replace_promises (RubisDatabase *db, gint64 id, GArray *running, GArray *broken, GError **error)
{
  for (guint i = 0; i < running->len; i++)
    {
      gint64 old = g_array_index (running, gint64, i);

      if (!run_with_ids (
              db,
              "UPDATE promise_item SET replaced_by = $1 WHERE promise_id = $2 AND replaced_by IS NULL "
              "AND item_id IN (SELECT item_id FROM promise_item WHERE promise_id = $1)",
              id, old, error)
          || !run_with_ids (
              db,
              "UPDATE promise SET state = 'replaced', replaced_by = $1 WHERE id = $2 AND NOT EXISTS "
              "(SELECT 1 FROM promise_item x JOIN item i ON i.id = x.item_id WHERE x.promise_id = $2 "
              "AND x.replaced_by IS NULL AND i.open > 0)",
              id, old, error))
        return FALSE;
    }
  for (guint i = 0; i < broken->len; i++)
    {
      if (!run_with_ids (db, "UPDATE promise SET replaced_by = $1 WHERE id = $2", id,
                         g_array_index (broken, gint64, i), error))
        return FALSE;
    }
  return refresh_items (db, id, error);
}

static gboolean
give_back_items (RubisDatabase *db, gint64 id, GError **error)
{
  return run_with_ids (db, "UPDATE promise_item SET replaced_by = NULL WHERE replaced_by = $1", id, 0, error)
         && run_with_ids (db, "UPDATE promise SET state = 'open' WHERE replaced_by = $1", id, 0, error)
         && refresh_items (db, id, error)
         && run_with_ids (db, "UPDATE promise SET replaced_by = NULL WHERE replaced_by = $1", id, 0, error);
}

gboolean
rubis_store_set_promise_voided (RubisDatabase *db, gint64 id, gboolean voided, GError **error)
{
  return run_with_ids (db, "UPDATE promise SET voided = $2 WHERE id = $1", id, voided, error)
         && (voided ? give_back_items (db, id, error) : refresh_items (db, id, error));
}

static gboolean
list_taken (RubisDatabase *db, gint64 id, RubisDate date, GArray *taken, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT x.promise_id, x.item_id, p.state = 'replaced', coalesce (p.replaced_by, 0) "
      "FROM promise_item x JOIN promise p ON p.id = x.promise_id "
      "WHERE x.replaced_by = $1 AND x.promise_id <> $1 AND p.date >= $2 ORDER BY x.promise_id, x.item_id",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "id", id, date);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisPromiseTaken item = {
        .promise_id = rubis_statement_int (statement, 0),
        .item_id = rubis_statement_int (statement, 1),
        .replaced = rubis_statement_int (statement, 2) != 0,
        .replaced_by = rubis_statement_int (statement, 3),
      };

      g_array_append_val (taken, item);
    }
  return row == RUBIS_STEP_DONE;
}

static gboolean
run_for_taken (RubisDatabase *db, const char *sql, gint64 id, const RubisPromiseTaken *item, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiini", id, item->promise_id, item->item_id, (int)item->replaced,
                        item->replaced_by);
  return rubis_statement_run (statement, error);
}

/* What a third promise took from @id meanwhile is that one's. */
static gboolean
give_back_taken (RubisDatabase *db, gint64 id, GArray *taken, GError **error)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const RubisPromiseTaken *item = &g_array_index (taken, RubisPromiseTaken, i);

      if (!run_for_taken (
              db,
              "UPDATE promise_item SET replaced_by = (SELECT y.replaced_by FROM promise_item y "
              "WHERE y.promise_id = $1 AND y.item_id = $3) WHERE promise_id = $2 AND item_id = $3",
              id, item, error)
          || !run_for_taken (db,
                             "UPDATE promise SET state = 'open', replaced_by = NULL WHERE id = $2 "
                             "AND state = 'replaced' AND EXISTS (SELECT 1 FROM promise_item x WHERE "
                             "x.promise_id = $2 AND x.item_id = $3 AND x.replaced_by IS NULL)",
                             id, item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_again (RubisDatabase *db, gint64 id, GArray *taken, GError **error)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const RubisPromiseTaken *item = &g_array_index (taken, RubisPromiseTaken, i);

      if (!run_for_taken (db,
                          "UPDATE promise_item SET replaced_by = $1 WHERE promise_id = $2 AND item_id = $3",
                          id, item, error)
          || !run_for_taken (db,
                             "UPDATE promise SET state = CASE WHEN $4 THEN 'replaced' ELSE 'open' END, "
                             "replaced_by = nullif ($5, 0) WHERE id = $2",
                             id, item, error))
        return FALSE;
    }
  g_array_set_size (taken, 0);
  return TRUE;
}

gboolean
rubis_store_set_promise_withdrawn (RubisDatabase *db, gint64 id, RubisDate date, const char *note,
                                   GArray *taken, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE promise SET withdrawn_on = $2, note = $3 WHERE id = $1", error);
  gboolean done;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ids", id, date, note);
  done = rubis_statement_run (statement, error);
  if (date != RUBIS_DATE_NONE)
    done = done && list_taken (db, id, date, taken, error) && give_back_taken (db, id, taken, error);
  else
    done = done && take_again (db, id, taken, error);
  return done && refresh_items (db, id, error);
}

/* Items of a promise that the plan holds too; what another promise took is that one's. */
static gboolean
list_yielding (RubisDatabase *db, gint64 plan_id, gint64 promise_id, GArray *taken, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT x.item_id FROM promise_item x JOIN plan_item y ON y.item_id = x.item_id "
                            "AND y.plan_id = $1 WHERE x.promise_id = $2 AND x.replaced_by IS NULL",
                            error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", plan_id, promise_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisPromiseTaken item = { .promise_id = promise_id, .item_id = rubis_statement_int (statement, 0) };

      g_array_append_val (taken, item);
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_yield_promises (RubisDatabase *db, gint64 plan_id, GArray *running, GArray *taken, GError **error)
{
  for (guint i = 0; i < running->len; i++)
    {
      gint64 id = g_array_index (running, gint64, i);

      if (!list_yielding (db, plan_id, id, taken, error)
          || !run_with_ids (db,
                            "UPDATE promise_item SET replaced_by = promise_id WHERE promise_id = $2 "
                            "AND replaced_by IS NULL AND item_id IN (SELECT item_id FROM plan_item "
                            "WHERE plan_id = $1)",
                            plan_id, id, error)
          || !run_with_ids (db,
                            "UPDATE promise SET state = 'replaced' WHERE id = $1 AND NOT EXISTS (SELECT 1 "
                            "FROM promise_item x JOIN item i ON i.id = x.item_id WHERE x.promise_id = $1 "
                            "AND x.replaced_by IS NULL AND i.open > 0)",
                            id, 0, error)
          || !refresh_items (db, id, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_store_take_promises_back (RubisDatabase *db, GArray *taken, GError **error)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const RubisPromiseTaken *item = &g_array_index (taken, RubisPromiseTaken, i);

      if (!run_with_ids (db,
                         "UPDATE promise_item SET replaced_by = NULL WHERE promise_id = $1 AND item_id = $2",
                         item->promise_id, item->item_id, error)
          || !run_with_ids (db, "UPDATE promise SET state = 'open' WHERE id = $1", item->promise_id, 0, error)
          || !refresh_items (db, item->promise_id, error))
        return FALSE;
    }
  g_array_set_size (taken, 0);
  return TRUE;
}

gboolean
rubis_store_set_promise_seen (RubisDatabase *db, gint64 id, gboolean seen, GError **error)
{
  return run_with_ids (db, "UPDATE promise SET seen = $2 WHERE id = $1", id, seen, error);
}
