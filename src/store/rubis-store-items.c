#include "rubis-store-items.h"

#include <string.h>

#define ITEM_COLUMNS                                                                                                   \
  "i.id, i.account_id, i.type, i.number, i.fiscal_year, i.instalment, i.issue_date, i.due_date, i.due_computed, "      \
  "i.currency, i.total, i.open, i.means, i.order_ref, i.sales_rep, i.label, i.stop, i.stop_until, i.debit_returned, "  \
  "i.with_agent, i.disputed, i.contested, i.resumed_date, i.promise_date, i.in_plan, i.notice_until, i.level, "            \
  "i.level_date, i.first_seen, "                                                                                        \
  "i.cleared_batch, i.cleared_date"

static void
read_item (RubisStatement *row, RubisItemRecord *item)
{
  int c = 0;

  item->id = rubis_statement_int (row, c++);
  item->account_id = rubis_statement_int (row, c++);
  item->type = (RubisItemType) rubis_statement_int (row, c++);
  item->number = rubis_statement_text (row, c++);
  item->fiscal_year = (int) rubis_statement_int (row, c++);
  item->instalment = (int) rubis_statement_int (row, c++);
  item->issue_date = rubis_statement_date (row, c++);
  item->due_date = rubis_statement_date (row, c++);
  item->due_computed = rubis_statement_int (row, c++) != 0;
  g_strlcpy (item->currency.code, rubis_statement_text (row, c++), sizeof item->currency.code);
  item->total = rubis_statement_int (row, c++);
  item->open = rubis_statement_int (row, c++);
  item->means = (RubisPaymentMeans) rubis_statement_int (row, c++);
  item->order_ref = rubis_statement_text (row, c++);
  item->sales_rep = rubis_statement_text (row, c++);
  item->label = rubis_statement_text (row, c++);
  item->stop = rubis_statement_int (row, c++) != 0;
  item->stop_until = rubis_statement_date (row, c++);
  item->debit_returned = rubis_statement_int (row, c++) != 0;
  item->with_agent = rubis_statement_int (row, c++) != 0;
  item->disputed = rubis_statement_int (row, c++);
  item->contested = rubis_statement_int (row, c++);
  item->resumed_date = rubis_statement_date (row, c++);
  item->promise_date = rubis_statement_date (row, c++);
  item->in_plan = rubis_statement_int (row, c++) != 0;
  item->notice_until = rubis_statement_date (row, c++);
  item->level = (int) rubis_statement_int (row, c++);
  item->level_date = rubis_statement_date (row, c++);
  item->first_seen = rubis_statement_date (row, c++);
  item->cleared_batch = rubis_statement_int (row, c++);
  item->cleared_date = rubis_statement_date (row, c++);
}

/* What decides whether an item is dunned. Reading these columns alone halves the scan of a dossier. */
#define OPEN_ITEM_COLUMNS                                                                                              \
  "i.id, i.account_id, i.type, i.number, i.due_date, i.currency, i.total, i.open, i.means, i.stop, i.stop_until, "     \
  "i.debit_returned, i.with_agent, i.disputed, i.contested, i.resumed_date, i.promise_date, i.in_plan, i.notice_until, " \
  "i.level, i.level_date, "                                                                                             \
  "i.first_seen"

static void
read_open_item (RubisStatement *row, RubisItemRecord *item)
{
  int c = 0;

  *item = (RubisItemRecord){
    .issue_date = RUBIS_DATE_NONE, .order_ref = "", .sales_rep = "", .label = "", .cleared_date = RUBIS_DATE_NONE
  };
  item->id = rubis_statement_int (row, c++);
  item->account_id = rubis_statement_int (row, c++);
  item->type = (RubisItemType) rubis_statement_int (row, c++);
  item->number = rubis_statement_text (row, c++);
  item->due_date = rubis_statement_date (row, c++);
  g_strlcpy (item->currency.code, rubis_statement_text (row, c++), sizeof item->currency.code);
  item->total = rubis_statement_int (row, c++);
  item->open = rubis_statement_int (row, c++);
  item->means = (RubisPaymentMeans) rubis_statement_int (row, c++);
  item->stop = rubis_statement_int (row, c++) != 0;
  item->stop_until = rubis_statement_date (row, c++);
  item->debit_returned = rubis_statement_int (row, c++) != 0;
  item->with_agent = rubis_statement_int (row, c++) != 0;
  item->disputed = rubis_statement_int (row, c++);
  item->contested = rubis_statement_int (row, c++);
  item->resumed_date = rubis_statement_date (row, c++);
  item->promise_date = rubis_statement_date (row, c++);
  item->in_plan = rubis_statement_int (row, c++) != 0;
  item->notice_until = rubis_statement_date (row, c++);
  item->level = (int) rubis_statement_int (row, c++);
  item->level_date = rubis_statement_date (row, c++);
  item->first_seen = rubis_statement_date (row, c++);
}

typedef void (*ReadFunc) (RubisStatement *row, RubisItemRecord *item);

static gboolean
each_item (RubisStatement *statement, ReadFunc read, RubisItemFunc func, gpointer user_data, GError **error)
{
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisItemRecord item;

      read (statement, &item);
      if (!func (&item, user_data))
        {
          rubis_statement_reset (statement);
          return TRUE;
        }
    }
  return row == RUBIS_STEP_DONE;
}

gboolean
rubis_store_each_item_of (RubisDatabase *db, gint64 account_id, gboolean all, RubisItemFunc func, gpointer user_data,
                          GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    all ? "SELECT " ITEM_COLUMNS " FROM item i WHERE i.account_id = $1 ORDER BY i.due_date, i.id"
        : "SELECT " ITEM_COLUMNS " FROM item i WHERE i.account_id = $1 AND i.open <> 0 ORDER BY i.due_date, i.id",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", account_id);
  return each_item (statement, read_item, func, user_data, error);
}

gboolean
rubis_store_each_open_item (RubisDatabase *db, RubisItemFunc func, gpointer user_data, GError **error)
{
  g_autoptr(RubisStatement) statement = rubis_database_prepare (
    db, "SELECT " OPEN_ITEM_COLUMNS " FROM item i WHERE i.open <> 0 ORDER BY i.account_id, i.due_date", error);

  return statement != NULL && each_item (statement, read_open_item, func, user_data, error);
}

gboolean
rubis_store_each_item (RubisDatabase *db, RubisItemFunc func, gpointer user_data, GError **error)
{
  g_autoptr(RubisStatement) statement
    = rubis_database_prepare (db, "SELECT " ITEM_COLUMNS " FROM item i ORDER BY i.id", error);

  return statement != NULL && each_item (statement, read_item, func, user_data, error);
}

gboolean
rubis_store_visit_item (RubisDatabase *db, gint64 id, RubisItemFunc func, gpointer user_data, gboolean *found,
                        GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT " ITEM_COLUMNS " FROM item i WHERE i.id = $1", error);
  RubisItemRecord item;
  RubisRow row;

  *found = FALSE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      *found = TRUE;
      read_item (statement, &item);
      func (&item, user_data);
    }
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

GArray *
rubis_store_find_items (RubisDatabase *db, const char *number, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT id FROM item WHERE number = $1 ORDER BY id", error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", number);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
insert_allocation_of (RubisDatabase *db, gint64 item_id, gint64 amount, RubisDate date, const char *source,
                      gint64 credit_id, gint64 batch_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO allocation (item_id, amount, date, source, credit_item_id, batch_id) "
    "VALUES ($1, $2, $3, $4, nullif ($5, 0), $6)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iidsiz", item_id, amount, date, source, credit_id, (int) batch_id);
  return rubis_statement_run (statement, error);
}

static gboolean
insert_allocation (RubisDatabase *db, gint64 item_id, gint64 amount, RubisDate date, const char *source,
                   gint64 batch_id, GError **error)
{
  return insert_allocation_of (db, item_id, amount, date, source, 0, batch_id, error);
}

/* Takes @amount from what is open; a settled item is dated. */
static gboolean
reduce_open (RubisDatabase *db, gint64 item_id, gint64 amount, gint64 batch_id, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "UPDATE item SET open = open - $2, cleared_batch = CASE WHEN open = $2 THEN $3 END, "
    "cleared_date = CASE WHEN open = $2 THEN $4 END WHERE id = $1",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iizd", item_id, amount, (int) batch_id, date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_allocate (RubisDatabase *db, gint64 item_id, gint64 credit_id, gint64 amount, gint64 batch_id,
                      RubisDate date, GError **error)
{
  return reduce_open (db, item_id, amount, batch_id, date, error)
         && insert_allocation_of (db, item_id, amount, date, "erp", credit_id, batch_id, error)
         && reduce_open (db, credit_id, -amount, batch_id, date, error)
         && insert_allocation_of (db, credit_id, -amount, date, "erp", item_id, batch_id, error);
}

gboolean
rubis_store_insert_item (RubisDatabase *db, RubisItemRecord *item, gint64 batch_id, RubisDate as_of, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO item (account_id, type, number, fiscal_year, instalment, issue_date, due_date, due_computed, currency, "
    "total, open, means, order_ref, sales_rep, label, level, level_date, first_seen, first_batch, cleared_batch, "
    "cleared_date) VALUES "
    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
    error);
  gboolean settled = item->open == 0 && item->total != 0;
  RubisDate paid_on = item->cleared_date != RUBIS_DATE_NONE ? item->cleared_date : as_of;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "insnnddnsiinsssnddzzd", item->account_id, (int) item->type, item->number,
                        item->fiscal_year, item->instalment, item->issue_date, item->due_date, (int) item->due_computed,
                        item->currency.code, item->total, item->open, (int) item->means, item->order_ref,
                        item->sales_rep, item->label, item->level, item->level_date, as_of, (int) batch_id,
                        settled ? (int) batch_id : 0, settled ? paid_on : RUBIS_DATE_NONE);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  item->id = rubis_database_last_id (db);
  if (item->open != item->total)
    return insert_allocation (db, item->id, item->total - item->open, paid_on, "erp", batch_id, error);
  return TRUE;
}

gboolean
rubis_store_mark_opening (RubisDatabase *db, gint64 item_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE item SET opening = 1 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", item_id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_find_item (RubisDatabase *db, gint64 account_id, const char *number, int fiscal_year, RubisItemType type,
                       int instalment, RubisItemRecord *item, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT " ITEM_COLUMNS " FROM item i WHERE i.account_id = $1 AND i.number = $2 AND i.fiscal_year = $3 "
    "AND i.type = $4 AND i.instalment = $5",
    error);
  RubisRow row;

  item->id = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isnnn", account_id, number, fiscal_year, (int) type, instalment);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    read_item (statement, item);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_keep_item (RubisDatabase *db, gint64 item_id, gint64 batch_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO import_change (batch_id, item_id, total, open, issue_date, due_date, due_computed, means, order_ref, "
    "sales_rep, label, cleared_batch, cleared_date) SELECT $2, id, total, open, issue_date, due_date, due_computed, means, "
    "order_ref, sales_rep, label, cleared_batch, cleared_date FROM item WHERE id = $1 "
    "AND (first_batch IS NULL OR first_batch <> $2) ON CONFLICT DO NOTHING",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", item_id, batch_id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_update_item (RubisDatabase *db, const RubisItemRecord *item, gint64 old_total, gint64 old_open,
                         gint64 batch_id, RubisDate as_of, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "UPDATE item SET issue_date = $2, due_date = $3, due_computed = $4, total = $5, open = $6, means = $7, "
    "order_ref = $8, sales_rep = $9, label = $10, cleared_batch = $11, cleared_date = $12 WHERE id = $1",
    error);
  gint64 allocated = (item->total - item->open) - (old_total - old_open);
  gboolean settled = item->open == 0;
  RubisDate paid_on = item->cleared_date != RUBIS_DATE_NONE ? item->cleared_date : as_of;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iddniinssszd", item->id, item->issue_date, item->due_date, (int) item->due_computed,
                        item->total, item->open, (int) item->means, item->order_ref, item->sales_rep, item->label,
                        settled ? (int) batch_id : 0, settled ? paid_on : RUBIS_DATE_NONE);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  return allocated == 0 || insert_allocation (db, item->id, allocated, paid_on, "erp", batch_id, error);
}

gboolean
rubis_store_clear_item (RubisDatabase *db, gint64 item_id, gint64 open, gint64 batch_id, RubisDate as_of,
                        const char *source, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "UPDATE item SET open = 0, cleared_batch = $2, cleared_date = $3 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "izd", item_id, (int) batch_id, as_of);
  return rubis_statement_run (statement, error)
         && insert_allocation (db, item_id, open, as_of, source, batch_id, error);
}

gboolean
rubis_store_get_absence (RubisDatabase *db, gint64 item_id, gint64 *amount, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT CASE WHEN source = 'absent' THEN amount ELSE 0 END FROM allocation WHERE item_id = $1 "
        "ORDER BY id DESC LIMIT 1", error);
  RubisRow row;

  *amount = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", item_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *amount = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

void
rubis_item_stop_clear (RubisItemStop *self)
{
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->reason, g_free);
}

gboolean
rubis_store_load_item_stop (RubisDatabase *db, gint64 id, RubisItemStop *item_stop, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT account_id, number, stop, stop_reason, stop_until FROM item WHERE id = $1", error);
  RubisRow row;

  *item_stop = (RubisItemStop){ .until = RUBIS_DATE_NONE };
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      item_stop->account_id = rubis_statement_int (statement, 0);
      item_stop->number = g_strdup (rubis_statement_text (statement, 1));
      item_stop->stop = rubis_statement_int (statement, 2) != 0;
      item_stop->reason = g_strdup (rubis_statement_text (statement, 3));
      item_stop->until = rubis_statement_date (statement, 4);
    }
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_set_item_stop (RubisDatabase *db, gint64 id, gboolean stop, const char *reason, RubisDate until,
                           GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "UPDATE item SET stop = $2, stop_reason = $3, stop_until = $4 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "intd", id, (int) stop, reason, until);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_get_item_name (RubisDatabase *db, gint64 id, gint64 *account_id, char **number, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT account_id, number FROM item WHERE id = $1", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      *account_id = rubis_statement_int (statement, 0);
      *number = g_strdup (rubis_statement_text (statement, 1));
    }
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_last_item (RubisDatabase *db, gint64 *id, GError **error)
{
  *id = 0;
  return rubis_database_query_int (db, "SELECT coalesce (max (id), 0) FROM item", id, error);
}

gboolean
rubis_store_count_open_items (RubisDatabase *db, gint64 *n_items, gint64 *amount, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT count (*), coalesce (sum (abs (open)), 0) FROM item WHERE open <> 0", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      *n_items = rubis_statement_int (statement, 0);
      *amount = rubis_statement_int (statement, 1);
    }
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_set_debit_returned (RubisDatabase *db, gint64 item_id, gboolean returned, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE item SET debit_returned = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", item_id, (int) returned);
  return rubis_statement_run (statement, error);
}
