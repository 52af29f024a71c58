#include "rubis-item-table.h"

#include "rubis-format.h"
#include "rubis-words.h"

typedef struct {
  RubisCurrency currency;
  GArray *rows; /* (element-type RubisDocumentItem) */
} Group;

struct _RubisItemTable {
  gatomicrefcount ref_count;
  RubisDocumentContext *context; /* (owned); the strings of the rows live in it */
  RubisColumn columns[RUBIS_N_COLUMNS];
  guint n_columns;
  GPtrArray *groups; /* (element-type Group) */
  gboolean penalties;
  gboolean demand; /* the list of what is asked for, not a mere statement */
};

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->rows);
  g_free (group);
}

static Group *
get_group (RubisItemTable *self, RubisCurrency currency)
{
  Group *group;

  for (guint i = 0; i < self->groups->len; i++)
    {
      group = g_ptr_array_index (self->groups, i);
      if (rubis_currency_equal (group->currency, currency))
        return group;
    }
  group = g_new0 (Group, 1);
  group->currency = currency;
  group->rows = g_array_new (FALSE, FALSE, sizeof (RubisDocumentItem));
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
add_rows (RubisItemTable *self, RubisHashtag list, RubisListModifiers modifiers)
{
  for (guint i = 0; i < rubis_document_context_get_n_items (self->context); i++)
    {
      RubisDocumentItem row = *rubis_document_context_get_item (self->context, i);

      if (!rubis_document_item_is_in (&row, list))
        continue;
      if ((modifiers & RUBIS_LIST_WITHOUT_DISPUTES) != 0 && row.disputed != 0)
        {
          row.open -= row.disputed;
          row.disputed = 0;
          if (row.open == 0)
            continue;
        }
      g_array_append_val (get_group (self, row.currency)->rows, row);
    }
}

/* Whether a column that not every table needs says something in this one. */
static gboolean
is_column_useful (RubisItemTable *self, RubisColumn column)
{
  gboolean have_level = FALSE;
  int first_level = 0;

  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; j < group->rows->len; j++)
        {
          const RubisDocumentItem *row = &g_array_index (group->rows, RubisDocumentItem, j);

          if (column == RUBIS_COLUMN_ORDER_REF && row->order_ref != NULL)
            return TRUE;
          if (column == RUBIS_COLUMN_DAYS_LATE && row->days_late > 0)
            return TRUE;
          if (column == RUBIS_COLUMN_DISPUTED && row->disputed != 0)
            return TRUE;
          if (column == RUBIS_COLUMN_INDEMNITY && row->indemnity != 0)
            return TRUE;
          if (column == RUBIS_COLUMN_LEVEL && row->level > 0)
            {
              if (have_level && row->level != first_level)
                return TRUE;
              have_level = TRUE;
              first_level = row->level;
            }
        }
    }
  return FALSE;
}

static void
choose_columns (RubisItemTable *self)
{
  for (int column = 0; column < RUBIS_N_COLUMNS; column++)
    {
      gboolean shown;

      switch (column)
        {
        case RUBIS_COLUMN_ORDER_REF:
        case RUBIS_COLUMN_DAYS_LATE:
        case RUBIS_COLUMN_DISPUTED:
          shown = is_column_useful (self, column);
          break;
        case RUBIS_COLUMN_LEVEL:
          shown = self->demand && is_column_useful (self, column);
          break;
        case RUBIS_COLUMN_PENALTY:
          shown = self->penalties;
          break;
        case RUBIS_COLUMN_INDEMNITY:
          shown = self->penalties && is_column_useful (self, column);
          break;
        default:
          shown = TRUE;
          break;
        }
      if (shown)
        self->columns[self->n_columns++] = column;
    }
}

RubisItemTable *
rubis_item_table_new (RubisDocumentContext *context, RubisHashtag list, RubisListModifiers modifiers)
{
  RubisItemTable *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_new0 (RubisItemTable, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->context = rubis_document_context_ref (context);
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->penalties = (modifiers & RUBIS_LIST_WITH_PENALTIES) != 0;
  self->demand = list == RUBIS_HASHTAG_LIST_SELECTED || list == RUBIS_HASHTAG_LIST_OVERDUE;
  add_rows (self, list, modifiers);
  choose_columns (self);
  return self;
}

RubisItemTable *
rubis_item_table_ref (RubisItemTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rubis_item_table_unref (RubisItemTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->groups);
  rubis_document_context_unref (self->context);
  g_free (self);
}

guint
rubis_item_table_get_n_columns (RubisItemTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

RubisColumn
rubis_item_table_get_column (RubisItemTable *self, guint index)
{
  g_return_val_if_fail (self != NULL, RUBIS_COLUMN_NUMBER);
  g_return_val_if_fail (index < self->n_columns, RUBIS_COLUMN_NUMBER);

  return self->columns[index];
}

const char *
rubis_item_table_get_language (RubisItemTable *self)
{
  g_return_val_if_fail (self != NULL, "");

  return rubis_document_context_get_language (self->context);
}

const char *
rubis_item_table_get_heading (RubisItemTable *self, RubisColumn column)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (column < RUBIS_N_COLUMNS, "");

  /* Public buyers owe "intérêts moratoires" (CCP L2192-12), not penalties. */
  if (column == RUBIS_COLUMN_PENALTY && rubis_document_context_has (self->context, RUBIS_HASHTAG_IS_PUBLIC_BODY))
    return rubis_words_get (RUBIS_WORD_ARREARS, rubis_item_table_get_language (self));
  return rubis_words_get (RUBIS_WORD_COLUMN_NUMBER + column, rubis_item_table_get_language (self));
}

gboolean
rubis_item_table_is_amount (RubisColumn column)
{
  return column >= RUBIS_COLUMN_TOTAL;
}

gboolean
rubis_item_table_is_numeric (RubisColumn column)
{
  return column == RUBIS_COLUMN_DAYS_LATE || column == RUBIS_COLUMN_LEVEL ||
         rubis_item_table_is_amount (column);
}

guint
rubis_item_table_get_n_groups (RubisItemTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->groups->len;
}

static Group *
peek_group (RubisItemTable *self, guint group)
{
  g_assert (group < self->groups->len);

  return g_ptr_array_index (self->groups, group);
}

RubisCurrency
rubis_item_table_get_currency (RubisItemTable *self, guint group)
{
  g_return_val_if_fail (self != NULL, RUBIS_CURRENCY_EUR);

  return peek_group (self, group)->currency;
}

guint
rubis_item_table_get_n_rows (RubisItemTable *self, guint group)
{
  g_return_val_if_fail (self != NULL, 0);

  return peek_group (self, group)->rows->len;
}

const RubisDocumentItem *
rubis_item_table_get_row (RubisItemTable *self, guint group, guint row)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < peek_group (self, group)->rows->len, NULL);

  return &g_array_index (peek_group (self, group)->rows, RubisDocumentItem, row);
}

static gint64
get_row_amount (const RubisDocumentItem *row, RubisColumn column)
{
  switch (column)
    {
    case RUBIS_COLUMN_TOTAL:
      return row->total;
    case RUBIS_COLUMN_DISPUTED:
      return row->disputed;
    case RUBIS_COLUMN_OPEN:
      return row->open;
    case RUBIS_COLUMN_PENALTY:
      return row->penalty;
    case RUBIS_COLUMN_INDEMNITY:
      return row->indemnity;
    case RUBIS_COLUMN_NUMBER:
    case RUBIS_COLUMN_ORDER_REF:
    case RUBIS_COLUMN_ISSUE_DATE:
    case RUBIS_COLUMN_DUE_DATE:
    case RUBIS_COLUMN_DAYS_LATE:
    case RUBIS_COLUMN_LEVEL:
    default:
      return 0;
    }
}

gint64
rubis_item_table_get_amount (RubisItemTable *self, guint group, guint row, RubisColumn column)
{
  g_return_val_if_fail (self != NULL, 0);

  return get_row_amount (rubis_item_table_get_row (self, group, row), column);
}

gint64
rubis_item_table_get_sum (RubisItemTable *self, guint group, guint n_rows, RubisColumn column)
{
  gint64 sum = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < n_rows; i++)
    sum += rubis_item_table_get_amount (self, group, i, column);
  return sum;
}

gint64
rubis_item_table_get_grand_total (RubisItemTable *self, guint group)
{
  guint n_rows = rubis_item_table_get_n_rows (self, group);
  gint64 total = rubis_item_table_get_sum (self, group, n_rows, RUBIS_COLUMN_OPEN) -
                 rubis_item_table_get_sum (self, group, n_rows, RUBIS_COLUMN_DISPUTED);

  if (self->penalties)
    total += rubis_item_table_get_sum (self, group, n_rows, RUBIS_COLUMN_PENALTY) +
             rubis_item_table_get_sum (self, group, n_rows, RUBIS_COLUMN_INDEMNITY);
  return total;
}

gboolean
rubis_item_table_has_grand_total (RubisItemTable *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->demand && (self->penalties || is_column_useful (self, RUBIS_COLUMN_DISPUTED));
}

/* "FA-1042" for an invoice; other kinds say what they are: "Avoir AV-7". */
static char *
make_number (const RubisDocumentItem *row, const char *language)
{
  const char *number = row->number != NULL ? row->number : "";

  if (row->label != NULL)
    return g_strconcat (row->label, " ", number, NULL);
  if (row->type == RUBIS_ITEM_INVOICE && row->number != NULL)
    return g_strdup (number);
  return g_strstrip (
    g_strconcat (rubis_words_get (RUBIS_WORD_INVOICE + row->type, language), " ", number, NULL));
}

char *
rubis_item_table_dup_cell (RubisItemTable *self, guint group, guint row_index, RubisColumn column)
{
  const RubisDocumentItem *row;
  const char *language;
  gint64 amount;

  g_return_val_if_fail (self != NULL, NULL);

  row = rubis_item_table_get_row (self, group, row_index);
  language = rubis_item_table_get_language (self);
  switch (column)
    {
    case RUBIS_COLUMN_NUMBER:
      return make_number (row, language);
    case RUBIS_COLUMN_ORDER_REF:
      return g_strdup (row->order_ref != NULL ? row->order_ref : "");
    case RUBIS_COLUMN_ISSUE_DATE:
      return rubis_format_date_short (row->issue_date, language);
    case RUBIS_COLUMN_DUE_DATE:
      /* A credit has no day by which it falls due. */
      return rubis_format_date_short (row->open < 0 ? RUBIS_DATE_NONE : row->due_date, language);
    case RUBIS_COLUMN_DAYS_LATE:
      if (row->days_late <= 0 || row->open < 0)
        return g_strdup ("");
      return g_strdup_printf ("%d\u00a0%s", row->days_late,
                              rubis_words_get (RUBIS_WORD_DAYS_UNIT, language));
    case RUBIS_COLUMN_LEVEL:
      return row->level > 0 ? g_strdup_printf ("%d", row->level) : g_strdup ("");
    case RUBIS_COLUMN_TOTAL:
    case RUBIS_COLUMN_DISPUTED:
    case RUBIS_COLUMN_OPEN:
    case RUBIS_COLUMN_PENALTY:
    case RUBIS_COLUMN_INDEMNITY:
    default:
      amount = get_row_amount (row, column);
      if (amount == 0 && column != RUBIS_COLUMN_TOTAL && column != RUBIS_COLUMN_OPEN)
        return g_strdup ("–");
      return rubis_format_number (amount, row->currency, language);
    }
}

char *
rubis_item_table_dup_total_label (RubisItemTable *self, guint group)
{
  const char *word;
  RubisCurrency currency;

  g_return_val_if_fail (self != NULL, NULL);

  word = rubis_words_get (RUBIS_WORD_TOTAL, rubis_item_table_get_language (self));
  currency = peek_group (self, group)->currency;
  if (self->groups->len == 1)
    return g_strdup (word);
  return g_strconcat (word, " ", currency.code, NULL);
}
