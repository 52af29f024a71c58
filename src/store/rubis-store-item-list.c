/* The queries behind the invoice grid: ordered ids, sums, and the lines of a page. */
#include "rubis-store-items.h"

#include <string.h>

#include "rubis-text.h"

/* By RubisItemSort of session, in its order. Due date, number and open amount have an index each that
 * holds the order and the open amount.
 */
static const struct {
  const char *ascending;
  const char *descending;
  gboolean of_account;
} sorts[RUBIS_N_ITEM_SORTS] = {
  { "i.due_date, i.open, i.id", "i.due_date DESC, i.open DESC, i.id DESC", FALSE },
  { "i.number, i.open, i.id", "i.number DESC, i.open DESC, i.id DESC", FALSE },
  { "a.search_key, a.id, i.due_date, i.id", "a.search_key DESC, a.id DESC, i.due_date, i.id", TRUE },
  { "i.type, i.due_date, i.id", "i.type DESC, i.due_date, i.id", FALSE },
  { "i.issue_date, i.id", "i.issue_date DESC, i.id DESC", FALSE },
  { "i.due_date DESC, i.open DESC, i.id DESC", "i.due_date, i.open, i.id", FALSE },
  { "i.total, i.id", "i.total DESC, i.id DESC", FALSE },
  { "i.open, i.id", "i.open DESC, i.id DESC", FALSE },
  { "i.currency, i.due_date, i.id", "i.currency DESC, i.due_date, i.id", FALSE },
  { "i.level, i.due_date, i.id", "i.level DESC, i.due_date, i.id", FALSE },
  { "i.level_date, i.id", "i.level_date DESC, i.id DESC", FALSE },
  { "i.order_ref, i.id", "i.order_ref DESC, i.id DESC", FALSE },
  { "i.sales_rep, i.due_date, i.id", "i.sales_rep DESC, i.due_date, i.id", FALSE },
};

/* Number of the parameter that is the first value of the first test. */
#define FIRST_TEST_VALUE 9

static gboolean
has_text (const RubisItemQuery *query)
{
  return query->text != NULL && *query->text != '\0';
}

/* How a query should find its rows: the planner does not know that an index which leads to every row of
 * the table costs ten times a reading from its first row to its last. A plus sign keeps a column from
 * being looked up in an index.
 */
typedef enum {
  PATH_INDEX,   /* in the order of an index, or by one that few rows match */
  PATH_ACCOUNT, /* by the index of open items by account, which holds all that sums need */
  PATH_SCAN,    /* all rows as they lie */
} Path;

/* The condition on "v.value" whose values are the parameters @first and the one after it. */
static void
append_value_condition (GString *sql, const RubisFieldTest *test, int first)
{
  static const char *const forms[RUBIS_N_FIELD_KINDS] = {
    [RUBIS_FIELD_NUMBER] = "CAST (%s AS REAL)",
    [RUBIS_FIELD_AMOUNT] = "CAST (replace (%s, '.', '') AS INTEGER)",
    [RUBIS_FIELD_DATE] = "%s",
  };
  const char *limits[] = { test->from, test->to };
  const char *const signs[] = { ">=", "<=" };

  if (test->kind == RUBIS_FIELD_TEXT)
    g_string_append_printf (sql, " AND v.value LIKE $%d ESCAPE '\\'", first);
  if (test->kind == RUBIS_FIELD_CHOICE)
    g_string_append_printf (sql, " AND v.value = $%d", first);
  if (test->kind == RUBIS_FIELD_YES_NO)
    g_string_append (sql, " AND v.value = '1'");
  for (int i = 0; forms[test->kind] != NULL && i < 2; i++)
    {
      g_auto(GStrv) around = g_strsplit (forms[test->kind], "%s", 2);

      if (*limits[i] != '\0')
        g_string_append_printf (sql, " AND %sv.value%s %s %s$%d%s", around[0], around[1], signs[i], around[0], first + i,
                                around[1]);
    }
}

static void
append_tests (GString *sql, GPtrArray *tests)
{
  for (guint i = 0; tests != NULL && i < MIN (tests->len, RUBIS_MAX_FIELD_TESTS); i++)
    {
      const RubisFieldTest *test = g_ptr_array_index (tests, i);
      gboolean not = test->kind == RUBIS_FIELD_YES_NO && !g_str_equal (test->from, "1");

      g_string_append_printf (sql,
                              test->owner == RUBIS_FIELD_OF_ITEM
                                ? " AND i.id %sIN (SELECT v.item_id FROM item_field v WHERE v.field_id = %" G_GINT64_FORMAT
                                : " AND i.account_id %sIN (SELECT v.account_id FROM account_field v WHERE v.field_id = "
                                  "%" G_GINT64_FORMAT,
                              not ? "NOT " : "", test->field_id);
      append_value_condition (sql, test, FIRST_TEST_VALUE + 2 * (int) i);
      g_string_append_c (sql, ')');
    }
}

/* Adds FROM and WHERE; values are bound by bind_query(). The indexes are of what is open, which
 * "open > 0" alone does not say.
 */
static void
append_conditions (GString *sql, const RubisItemQuery *query, gboolean with_account, Path path)
{
  static const char *const states[][3] = {
    { "i.open <> 0", "i.open <> 0", "+i.open <> 0" },
    { "i.open <> 0 AND i.open > 0 AND i.due_date < $1", "i.open <> 0 AND +i.open > 0 AND +i.due_date < $1",
      "+i.open > 0 AND +i.due_date < $1" },
    { "i.open <> 0 AND i.open > 0 AND (i.due_date >= $1 OR i.due_date IS NULL)",
      "i.open <> 0 AND +i.open > 0 AND (+i.due_date >= $1 OR +i.due_date IS NULL)",
      "+i.open > 0 AND (+i.due_date >= $1 OR +i.due_date IS NULL)" },
    { "i.open <> 0 AND i.open < 0", "i.open <> 0 AND i.open < 0", "i.open <> 0 AND i.open < 0" },
    { "i.id > 0", "i.id > 0", "i.id > 0" },
  };
  const char *due_date = path == PATH_INDEX ? "i.due_date" : "+i.due_date";

  g_string_append (sql, " FROM item i");
  if (with_account)
    g_string_append (sql, " JOIN account a ON a.id = i.account_id");
  g_string_append_printf (sql, " WHERE %s", states[CLAMP (query->state, 0, (int) G_N_ELEMENTS (states) - 1)][path]);
  if (query->min_days_late > 0)
    g_string_append_printf (sql, " AND %s <= $1 - $2", due_date);
  if (query->due_from != RUBIS_DATE_NONE)
    g_string_append_printf (sql, " AND %s >= $3", due_date);
  if (query->due_to != RUBIS_DATE_NONE)
    g_string_append_printf (sql, " AND %s <= $4", due_date);
  if (query->account_id != 0)
    g_string_append (sql, " AND i.account_id = $5");
  if (query->group_id != 0)
    g_string_append (sql,
                     " AND i.account_id IN (SELECT m.account_id FROM account_group_member m JOIN account_group_closure c "
                     "ON c.descendant_id = m.group_id WHERE c.ancestor_id = $6)");
  if (has_text (query))
    g_string_append (sql,
                     " AND (i.number LIKE $7 ESCAPE '\\' OR i.order_ref LIKE $7 ESCAPE '\\' OR i.label LIKE $7 ESCAPE '\\' "
                     "OR i.account_id IN (SELECT s.id FROM account s WHERE s.search_key LIKE $8 ESCAPE '\\'))");
  append_tests (sql, query->tests);
}

/* Whether the query is about the whole dossier: no account, group or period narrows it. */
static gboolean
is_wide (const RubisItemQuery *query)
{
  return query->account_id == 0 && query->group_id == 0 && query->due_from == RUBIS_DATE_NONE
         && query->due_to == RUBIS_DATE_NONE && query->min_days_late <= 0;
}

static char *
make_pattern (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr ("%_\\", *p) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

static void
bind_query (RubisStatement *statement, const RubisItemQuery *query)
{
  const char *text = query->text != NULL ? query->text : "";
  g_autofree char *folded = rubis_text_fold (text);
  g_autofree char *pattern = make_pattern (text);
  g_autofree char *account_pattern = make_pattern (folded);
  char *values[2 * RUBIS_MAX_FIELD_TESTS] = { NULL };

  for (guint i = 0; query->tests != NULL && i < MIN (query->tests->len, RUBIS_MAX_FIELD_TESTS); i++)
    {
      const RubisFieldTest *test = g_ptr_array_index (query->tests, i);

      values[2 * i] = test->kind == RUBIS_FIELD_TEXT ? make_pattern (test->from) : g_strdup (test->from);
      values[2 * i + 1] = g_strdup (test->to);
    }
  rubis_statement_bind (statement, "dnddiitttttttttt", query->today, query->min_days_late, query->due_from, query->due_to,
                        query->account_id, query->group_id, pattern, account_pattern, values[0], values[1], values[2],
                        values[3], values[4], values[5], values[6], values[7]);
  for (int i = 0; i < 2 * RUBIS_MAX_FIELD_TESTS; i++)
    g_free (values[i]);
}

GArray *
rubis_store_list_item_ids (RubisDatabase *db, const RubisItemQuery *query, GError **error)
{
  int sort = CLAMP (query->sort, 0, RUBIS_N_ITEM_SORTS - 1);
  g_autoptr(GString) sql = g_string_new ("SELECT i.id");
  g_autoptr(RubisStatement) statement = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  RubisRow row;

  /* A text is looked for in every row, and few have it: their order costs less than reading in order. */
  append_conditions (sql, query, sorts[sort].of_account,
                     is_wide (query) && has_text (query) ? PATH_SCAN : PATH_INDEX);
  g_string_append_printf (sql, " ORDER BY %s", query->descending ? sorts[sort].descending : sorts[sort].ascending);
  statement = rubis_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;
  bind_query (statement, query);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      guint32 id = (guint32) rubis_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static GArray *
read_sums (RubisStatement *statement, GError **error)
{
  g_autoptr(GArray) sums = g_array_new (FALSE, FALSE, sizeof (RubisItemSumRecord));
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisItemSumRecord sum = {
        .open = rubis_statement_int (statement, 1),
        .total = rubis_statement_int (statement, 2),
        .n_items = (guint) rubis_statement_int (statement, 3),
      };

      g_strlcpy (sum.currency.code, rubis_statement_text (statement, 0), sizeof sum.currency.code);
      g_array_append_val (sums, sum);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&sums) : NULL;
}

/* A period is short, and texts are in no index. */
static Path
choose_sum_path (const RubisItemQuery *query)
{
  if (query->due_from != RUBIS_DATE_NONE && query->due_to != RUBIS_DATE_NONE)
    return PATH_INDEX;
  return has_text (query) && query->account_id == 0 && query->group_id == 0 ? PATH_SCAN : PATH_ACCOUNT;
}

/* The sums when all items are in one currency, found in one pass without sorting; NULL without error
 * when they are not.
 */
static GArray *
sum_one_currency (RubisDatabase *db, const RubisItemQuery *query, GError **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT min (i.currency), sum (CASE WHEN i.type <> 5 THEN i.open ELSE 0 END), "
                                         "sum (i.total), count (*), max (i.currency)");
  g_autoptr(RubisStatement) statement = NULL;
  g_autoptr(GArray) sums = g_array_new (FALSE, FALSE, sizeof (RubisItemSumRecord));
  RubisItemSumRecord sum = { 0 };

  append_conditions (sql, query, FALSE, choose_sum_path (query));
  statement = rubis_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;
  bind_query (statement, query);
  if (rubis_statement_step (statement, error) != RUBIS_STEP_ROW)
    return NULL;
  sum.open = rubis_statement_int (statement, 1);
  sum.total = rubis_statement_int (statement, 2);
  sum.n_items = (guint) rubis_statement_int (statement, 3);
  g_strlcpy (sum.currency.code, rubis_statement_text (statement, 0), sizeof sum.currency.code);
  if (!g_str_equal (sum.currency.code, rubis_statement_text (statement, 4)))
    return NULL;
  if (sum.n_items > 0)
    g_array_append_val (sums, sum);
  return g_steal_pointer (&sums);
}

GArray *
rubis_store_sum_items (RubisDatabase *db, const RubisItemQuery *query, GError **error)
{
  g_autoptr(GString) sql = g_string_new (
    "SELECT i.currency, sum (CASE WHEN i.type <> 5 THEN i.open ELSE 0 END), sum (i.total), count (*)");
  g_autoptr(RubisStatement) statement = NULL;
  g_autoptr(GError) sum_error = NULL;
  GArray *sums = sum_one_currency (db, query, &sum_error);

  if (sums != NULL)
    return sums;
  if (sum_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&sum_error));
      return NULL;
    }
  append_conditions (sql, query, FALSE, choose_sum_path (query));
  g_string_append (sql, " GROUP BY i.currency ORDER BY i.currency");
  statement = rubis_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;
  bind_query (statement, query);
  return read_sums (statement, error);
}

/* "(1,2,3)": ids are our own numbers, so they need no binding. */
static char *
join_ids (const guint32 *ids, guint n_ids)
{
  GString *list = g_string_sized_new (n_ids * 8 + 2);

  g_string_append_c (list, '(');
  for (guint i = 0; i < n_ids; i++)
    g_string_append_printf (list, "%s%u", i > 0 ? "," : "", ids[i]);
  g_string_append_c (list, ')');
  return g_string_free (list, FALSE);
}

static void
read_line (RubisStatement *row, RubisItemLine *line)
{
  RubisItemRecord *item = &line->item;
  int c = 0;

  memset (line, 0, sizeof *line);
  item->id = rubis_statement_int (row, c++);
  item->account_id = rubis_statement_int (row, c++);
  item->type = (RubisItemType) rubis_statement_int (row, c++);
  item->number = rubis_statement_text (row, c++);
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
  item->contested = rubis_statement_int (row, c++);
  item->promise_date = rubis_statement_date (row, c++);
  item->level = (int) rubis_statement_int (row, c++);
  item->level_date = rubis_statement_date (row, c++);
  line->account_code = rubis_statement_text (row, c++);
  line->account_name = rubis_statement_text (row, c++);
  line->leading = rubis_statement_int (row, c++) != 0;
}

gboolean
rubis_store_each_item_line (RubisDatabase *db, const guint32 *ids, guint n_ids, RubisDate today, RubisItemLineFunc func,
                            gpointer user_data, GError **error)
{
  g_autofree char *list = join_ids (ids, n_ids);
  g_autofree char *sql = g_strconcat (
    "SELECT i.id, i.account_id, i.type, i.number, i.instalment, i.issue_date, i.due_date, i.due_computed, i.currency, "
    "i.total, i.open, i.means, i.order_ref, i.sales_rep, i.label, i.stop, i.stop_until, i.contested, i.promise_date, "
    "i.level, i.level_date, a.code, a.name, i.open > 0 AND i.due_date < $1 AND i.id = "
    "(SELECT l.id FROM item l WHERE l.account_id = i.account_id AND l.open <> 0 AND l.open > 0 AND l.due_date < $1 "
    "ORDER BY l.due_date, l.id LIMIT 1) FROM item i JOIN account a ON a.id = i.account_id WHERE i.id IN ",
    list, NULL);
  g_autoptr(RubisStatement) statement = rubis_database_prepare (db, sql, error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "d", today);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisItemLine line;

      read_line (statement, &line);
      func (&line, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

GArray *
rubis_store_sum_item_ids (RubisDatabase *db, GArray *ids, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT currency, CASE WHEN type <> 5 THEN open ELSE 0 END, total FROM item WHERE id = $1", error);
  g_autoptr(GArray) sums = g_array_new (FALSE, TRUE, sizeof (RubisItemSumRecord));

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      RubisItemSumRecord *sum = NULL;
      const char *code;
      RubisRow row;

      rubis_statement_bind (statement, "i", g_array_index (ids, gint64, i));
      row = rubis_statement_step (statement, error);
      if (row == RUBIS_STEP_ERROR)
        return NULL;
      if (row == RUBIS_STEP_DONE)
        continue;
      code = rubis_statement_text (statement, 0);
      for (guint s = 0; s < sums->len && sum == NULL; s++)
        {
          if (g_str_equal (g_array_index (sums, RubisItemSumRecord, s).currency.code, code))
            sum = &g_array_index (sums, RubisItemSumRecord, s);
        }
      if (sum == NULL)
        {
          g_array_set_size (sums, sums->len + 1);
          sum = &g_array_index (sums, RubisItemSumRecord, sums->len - 1);
          g_strlcpy (sum->currency.code, code, sizeof sum->currency.code);
        }
      sum->open += rubis_statement_int (statement, 1);
      sum->total += rubis_statement_int (statement, 2);
      sum->n_items++;
      rubis_statement_reset (statement);
    }
  return g_steal_pointer (&sums);
}
