/* Items by number, order reference and amount. A million of them are found by the indexes of
 * item-indexes.sql; SQLite's way of taking the end of a text, and of making a number of it, is here and there
 * only.
 */
#include "rubis-store-search.h"

#include <string.h>

/* Looked at for one answer: of a million numbers about a hundred share their last four digits. */
#define MAX_LOOKED_AT 400
/* So many items are few: they are looked through. */
#define MAX_SCANNED 30000

#define COLUMNS "SELECT id, account_id, number, instalment, order_ref, currency, total, open FROM item "
#define END_OF(column) "cast (substr (" column ", -4) AS INTEGER)"

static gboolean
each_item (RubisStatement *statement, RubisSearchItemFunc func, gpointer user_data, GError **error)
{
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisSearchItem item = { rubis_statement_int (statement, 0),  rubis_statement_int (statement, 1),
                               rubis_statement_text (statement, 2), (int)rubis_statement_int (statement, 3),
                               rubis_statement_text (statement, 4), { "" },
                               rubis_statement_int (statement, 6),  rubis_statement_int (statement, 7) };

      if (rubis_currency_parse (rubis_statement_text (statement, 5), &item.currency))
        func (&item, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

static gboolean
each_beginning (RubisDatabase *db, const char *typed, RubisSearchItemFunc func, gpointer user_data,
                GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, COLUMNS "WHERE number >= $1 AND number < $2 ORDER BY number DESC LIMIT $3", error);
  g_autofree char *after = g_strconcat (typed, "\U0010FFFF", NULL);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ttn", typed, after, MAX_LOOKED_AT);
  return each_item (statement, func, user_data, error);
}

/* "-142" is the end of "F-142" as SQLite reads it: both signs are asked for. */
static gboolean
each_end (RubisDatabase *db, const char *sql, const char *typed, RubisSearchItemFunc func, gpointer user_data,
          GError **error)
{
  for (int sign = 1; sign >= -1; sign -= 2)
    {
      RubisStatement *statement = rubis_database_get (db, sql, error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "tnn", typed, sign, MAX_LOOKED_AT);
      if (!each_item (statement, func, user_data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
each_part (RubisDatabase *db, const char *typed, RubisSearchItemFunc func, gpointer user_data, GError **error)
{
  RubisStatement *statement;
  gint64 last = 0;

  if (!rubis_database_query_int (db, "SELECT max (id) FROM item", &last, error))
    return FALSE;
  if (last > MAX_SCANNED)
    return TRUE;
  statement
      = rubis_database_get (db,
                            COLUMNS "WHERE instr (lower (number), lower ($1)) > 0 "
                                    "OR instr (lower (order_ref), lower ($1)) > 0 ORDER BY id DESC LIMIT $2",
                            error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "tn", typed, MAX_LOOKED_AT);
  return each_item (statement, func, user_data, error);
}

gboolean
rubis_store_each_item_by_number (RubisDatabase *db, const char *typed, RubisSearchItemFunc func,
                                 gpointer user_data, GError **error)
{
  g_autofree char *upper = g_utf8_strup (typed, -1);

  return each_beginning (db, typed, func, user_data, error)
         && (strcmp (upper, typed) == 0 || each_beginning (db, upper, func, user_data, error))
         && each_end (
             db, COLUMNS "WHERE " END_OF ("number") " = $2 * " END_OF ("$1") " ORDER BY id DESC LIMIT $3",
             typed, func, user_data, error)
         && each_end (db,
                      COLUMNS "WHERE order_ref <> '' AND " END_OF ("order_ref") " = $2 * " END_OF (
                          "$1") " ORDER BY id DESC LIMIT $3",
                      typed, func, user_data, error)
         && each_part (db, typed, func, user_data, error);
}

gboolean
rubis_store_each_item_by_amount (RubisDatabase *db, gint64 low, gint64 high, RubisSearchItemFunc func,
                                 gpointer user_data, GError **error)
{
  /* Open amounts have an index of their own; totals only where they are not what is open. */
  static const char *const sql[] = {
    COLUMNS "WHERE open <> 0 AND open BETWEEN $1 AND $2 ORDER BY open LIMIT $3",
    COLUMNS "WHERE open <> 0 AND open BETWEEN -$2 AND -$1 ORDER BY open DESC LIMIT $3",
    COLUMNS "WHERE total <> open AND total BETWEEN $1 AND $2 ORDER BY total LIMIT $3",
    COLUMNS "WHERE total <> open AND total BETWEEN -$2 AND -$1 ORDER BY total DESC LIMIT $3",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      RubisStatement *statement = rubis_database_get (db, sql[i], error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "iin", low, high, MAX_LOOKED_AT / 4);
      if (!each_item (statement, func, user_data, error))
        return FALSE;
    }
  return TRUE;
}
