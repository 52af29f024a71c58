/* rubis-letter-table.c: the table of items. */
#include "rubis-letter-private.h"

#include "rubis-format.h"
#include "rubis-words.h"

#include <string.h>

#define ROW_HEIGHT 16.5
#define BASELINE 11.4
#define STACKED_HEIGHT 9.5 /* of the second line of a row */
#define PADDING 4.0        /* at both ends of a row */
/* Longest texts of a column that are measured: width follows length closely enough. */
#define N_SAMPLES 3

double
rubis_letter_table_row_height (void)
{
  return ROW_HEIGHT;
}

/* Texts of different kinds of letters have different widths, so several of the longest are kept. */
static void
keep_longest (char *samples[N_SAMPLES], char *text)
{
  gsize length = strlen (text);

  for (int i = 0; i < N_SAMPLES; i++)
    {
      if (samples[i] == NULL || strlen (samples[i]) < length)
        {
          char *shorter = samples[i];

          samples[i] = text;
          if (shorter == NULL)
            return;
          text = shorter;
          length = strlen (text);
        }
    }
  g_free (text);
}

/* Without its currency, which the label names: figures stand under figures. */
static char *
make_sum (RubisItemTable *table, guint group, guint n_rows, RubisColumn column)
{
  return rubis_format_number (rubis_item_table_get_sum (table, group, n_rows, column),
                              rubis_item_table_get_currency (table, group),
                              rubis_item_table_get_language (table));
}

static gboolean
is_summed (RubisColumn column)
{
  return rubis_item_table_is_amount (column) && column != RUBIS_COLUMN_TOTAL;
}

static double
measure_column (RubisLetter *self, RubisTableGrid *grid, RubisColumn column)
{
  RubisItemTable *table = grid->table;
  char *samples[N_SAMPLES] = { NULL };
  double width
      = rubis_typesetter_measure (self->type, grid->head, rubis_item_table_get_heading (table, column));

  for (guint group = 0; group < rubis_item_table_get_n_groups (table); group++)
    {
      guint n_rows = rubis_item_table_get_n_rows (table, group);

      for (guint row = 0; row < n_rows; row++)
        keep_longest (samples, rubis_item_table_dup_cell (table, group, row, column));
      if (is_summed (column))
        {
          g_autofree char *sum = make_sum (table, group, n_rows, column);

          width = MAX (width, rubis_typesetter_measure (self->type, grid->bold, sum));
        }
    }
  for (int i = 0; i < N_SAMPLES; i++)
    {
      if (samples[i] != NULL)
        width = MAX (width, rubis_typesetter_measure (self->type, grid->style, samples[i]));
      g_free (samples[i]);
    }
  return width;
}

/* Whether a column may give room to the others: its text then ends with an ellipsis. */
static gboolean
is_elastic (RubisColumn column)
{
  return column == RUBIS_COLUMN_NUMBER || column == RUBIS_COLUMN_ORDER_REF;
}

static void
shrink (RubisTableGrid *grid, double widths[RUBIS_N_COLUMNS], double excess)
{
  double elastic = 0;

  for (guint i = 0; i < grid->n_columns; i++)
    elastic += is_elastic (grid->columns[i]) ? widths[i] : 0;
  for (guint i = 0; i < grid->n_columns; i++)
    {
      if (is_elastic (grid->columns[i]))
        widths[i] = MAX (widths[i] - excess * widths[i] / elastic, 24);
    }
}

static double
measure_all (RubisLetter *self, RubisTableGrid *grid, double widths[RUBIS_N_COLUMNS])
{
  double total = 2 * PADDING;

  grid->n_columns = 0;
  for (guint i = 0; i < rubis_item_table_get_n_columns (grid->table); i++)
    {
      RubisColumn column = rubis_item_table_get_column (grid->table, i);

      if (column == RUBIS_COLUMN_ORDER_REF && grid->stacked)
        continue;
      widths[grid->n_columns] = measure_column (self, grid, column);
      total += widths[grid->n_columns] + (grid->n_columns > 0 ? grid->gap : 0);
      grid->columns[grid->n_columns++] = column;
    }
  return total;
}

/* Spreads the columns over the width of the text: the free room goes between them, evenly. A table
 * with many columns gets smaller type, then the customer's reference under the number.
 */
static RubisTableGrid *
make_grid (RubisLetter *self, RubisItemTable *table)
{
  static const struct
  {
    RubisTypeStyle style, bold, head;
    double gap;
    gboolean stacked;
  } ways[] = {
    { RUBIS_TYPE_TABLE, RUBIS_TYPE_TABLE_BOLD, RUBIS_TYPE_TABLE_HEAD, 11, FALSE },
    { RUBIS_TYPE_SMALL, RUBIS_TYPE_SMALL_BOLD, RUBIS_TYPE_TABLE_HEAD, 8, FALSE },
    { RUBIS_TYPE_SMALL, RUBIS_TYPE_SMALL_BOLD, RUBIS_TYPE_TABLE_HEAD, 8, TRUE },
    { RUBIS_TYPE_DENSE, RUBIS_TYPE_DENSE_BOLD, RUBIS_TYPE_TINY, 6, TRUE },
  };
  RubisTableGrid *grid = g_new0 (RubisTableGrid, 1);
  double widths[RUBIS_N_COLUMNS] = { 0 };
  double total = 0;
  double extra;
  double x = self->sheet.left + PADDING;

  g_ptr_array_add (self->grids, grid);
  grid->table = table;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      grid->style = ways[i].style;
      grid->bold = ways[i].bold;
      grid->head = ways[i].head;
      grid->gap = ways[i].gap;
      grid->stacked = ways[i].stacked;
      total = measure_all (self, grid, widths);
      if (total <= rubis_letter_get_width (self))
        break;
    }
  if (total > rubis_letter_get_width (self))
    shrink (grid, widths, total - rubis_letter_get_width (self));
  extra = MAX (rubis_letter_get_width (self) - total, 0) / MAX (grid->n_columns - 1, 1);
  for (guint i = 0; i < grid->n_columns; i++)
    {
      grid->left[i] = x;
      grid->right[i] = x + widths[i];
      x += widths[i] + grid->gap + extra;
    }
  return grid;
}

static double
get_row_height (RubisTableGrid *grid, guint group, guint row)
{
  gboolean two_lines = grid->stacked && rubis_item_table_get_row (grid->table, group, row)->order_ref != NULL;

  return rubis_letter_table_row_height () + (two_lines ? STACKED_HEIGHT : 0);
}

static RubisBox *
add_table_box (RubisLetter *self, RubisBoxKind kind, RubisTableGrid *grid, guint group, guint row)
{
  RubisBox *box = rubis_letter_add_box (self, kind, 0, rubis_letter_table_row_height ());

  box->grid = grid;
  box->group = group;
  box->row = row;
  return box;
}

void
rubis_letter_flow_table (RubisLetter *self, RubisItemTable *table)
{
  RubisTableGrid *grid = make_grid (self, table);
  guint first = self->boxes->len;

  for (guint group = 0; group < rubis_item_table_get_n_groups (table); group++)
    {
      guint n_rows = rubis_item_table_get_n_rows (table, group);
      RubisBox *box = add_table_box (self, RUBIS_BOX_TABLE_HEAD, grid, group, 0);

      box->space = group == 0 ? 9 : 12;
      /* The sentence that announces the table stays with it. */
      box->keep = group == 0 && first > 0
                  && g_array_index (self->boxes, RubisBox, first - 1).kind == RUBIS_BOX_LINE;
      for (guint row = 0; row < n_rows; row++)
        {
          box = add_table_box (self, RUBIS_BOX_TABLE_ROW, grid, group, row);
          box->height = get_row_height (grid, group, row);
          box->keep = row <= 1;
        }
      add_table_box (self, RUBIS_BOX_TABLE_TOTAL, grid, group, n_rows)->keep = TRUE;
      if (rubis_item_table_has_grand_total (table))
        add_table_box (self, RUBIS_BOX_GRAND_TOTAL, grid, group, n_rows)->keep = TRUE;
    }
}

static void
draw_head (RubisLetter *self, const RubisBox *box, cairo_t *cr)
{
  const RubisTableGrid *grid = box->grid;

  rubis_letter_set_colour (cr, RUBIS_GREY);
  for (guint i = 0; i < grid->n_columns; i++)
    {
      RubisColumn column = grid->columns[i];
      gboolean right = rubis_item_table_is_numeric (column);

      rubis_letter_begin (self, cr, "TH");
      rubis_typesetter_show (self->type, cr, grid->head, rubis_item_table_get_heading (grid->table, column),
                             right ? grid->right[i] : grid->left[i], box->y + BASELINE * self->squeeze,
                             right ? RUBIS_ALIGN_RIGHT : RUBIS_ALIGN_LEFT, 0, TRUE);
      rubis_letter_end (self, cr, "TH");
    }
  rubis_letter_draw_line (cr, self->sheet.left, self->sheet.right, box->y + box->height, 0.8, self->accent);
}

/* The customer's reference under the number of a row. */
static void
draw_stacked (RubisLetter *self, const RubisBox *box, cairo_t *cr)
{
  const RubisTableGrid *grid = box->grid;
  g_autofree char *reference
      = rubis_item_table_dup_cell (grid->table, box->group, box->row, RUBIS_COLUMN_ORDER_REF);

  rubis_letter_set_colour (cr, RUBIS_GREY);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TINY, reference, grid->left[0],
                         box->y + (BASELINE + STACKED_HEIGHT) * self->squeeze, RUBIS_ALIGN_LEFT,
                         rubis_letter_get_width (self) / 2, FALSE);
  rubis_letter_set_colour (cr, self->ink);
}

static void
draw_row (RubisLetter *self, const RubisBox *box, cairo_t *cr)
{
  const RubisTableGrid *grid = box->grid;

  rubis_letter_set_colour (cr, self->ink);
  for (guint i = 0; i < grid->n_columns; i++)
    {
      RubisColumn column = grid->columns[i];
      gboolean right = rubis_item_table_is_numeric (column);
      g_autofree char *text = rubis_item_table_dup_cell (grid->table, box->group, box->row, column);

      rubis_letter_begin (self, cr, "TD");
      rubis_typesetter_show (self->type, cr, grid->style, text, right ? grid->right[i] : grid->left[i],
                             box->y + BASELINE * self->squeeze, right ? RUBIS_ALIGN_RIGHT : RUBIS_ALIGN_LEFT,
                             is_elastic (column) ? grid->right[i] - grid->left[i] : 0, FALSE);
      if (i == 0 && grid->stacked)
        draw_stacked (self, box, cr);
      rubis_letter_end (self, cr, "TD");
    }
  rubis_letter_draw_line (cr, self->sheet.left, self->sheet.right, box->y + box->height, 0.4, RUBIS_HAIRLINE);
}

/* The sums of the first @box->row rows, behind @label. */
static void
draw_sums (RubisLetter *self, const RubisBox *box, cairo_t *cr, const char *label, RubisTypeStyle style)
{
  const RubisTableGrid *grid = box->grid;
  double first = self->sheet.right;

  for (guint i = 0; i < grid->n_columns; i++)
    first = is_summed (grid->columns[i]) ? MIN (first, grid->left[i]) : first;
  rubis_letter_begin (self, cr, "TD");
  rubis_typesetter_show (self->type, cr, style, label, grid->left[0], box->y + BASELINE * self->squeeze,
                         RUBIS_ALIGN_LEFT, first - grid->left[0], FALSE);
  rubis_letter_end (self, cr, "TD");
  for (guint i = 0; i < grid->n_columns; i++)
    {
      g_autofree char *text = NULL;

      if (!is_summed (grid->columns[i]))
        continue;
      text = make_sum (grid->table, box->group, box->row, grid->columns[i]);
      rubis_letter_begin (self, cr, "TD");
      rubis_typesetter_show (self->type, cr, style, text, grid->right[i], box->y + BASELINE * self->squeeze,
                             RUBIS_ALIGN_RIGHT, 0, FALSE);
      rubis_letter_end (self, cr, "TD");
    }
}

static void
draw_total (RubisLetter *self, const RubisBox *box, cairo_t *cr)
{
  RubisCurrency currency = rubis_item_table_get_currency (box->grid->table, box->group);
  g_autofree char *label
      = g_strconcat (rubis_words_get (RUBIS_WORD_TOTAL, self->language), " ", currency.code, NULL);

  rubis_letter_set_colour (cr, self->ink);
  draw_sums (self, box, cr, label, box->grid->bold);
  rubis_letter_draw_line (cr, self->sheet.left, self->sheet.right, box->y + box->height, 0.8, self->accent);
}

static void
draw_grand_total (RubisLetter *self, const RubisBox *box, cairo_t *cr)
{
  RubisItemTable *table = box->grid->table;
  RubisTypeStyle bold = box->grid->bold;
  g_autofree char *total
      = rubis_format_amount (rubis_item_table_get_grand_total (table, box->group),
                             rubis_item_table_get_currency (table, box->group), self->language);

  rubis_letter_set_colour (cr, self->accent);
  rubis_letter_begin (self, cr, "TD");
  rubis_typesetter_show (self->type, cr, bold, rubis_words_get (RUBIS_WORD_TOTAL_TO_PAY, self->language),
                         box->grid->left[0], box->y + BASELINE * self->squeeze, RUBIS_ALIGN_LEFT, 0, TRUE);
  rubis_letter_end (self, cr, "TD");
  rubis_letter_begin (self, cr, "TD");
  rubis_typesetter_show (self->type, cr, bold, total, self->sheet.right - PADDING,
                         box->y + BASELINE * self->squeeze, RUBIS_ALIGN_RIGHT, 0, FALSE);
  rubis_letter_end (self, cr, "TD");
}

void
rubis_letter_draw_table_box (RubisLetter *self, const RubisBox *box, cairo_t *cr)
{
  rubis_letter_begin (self, cr, "TR");
  switch ((int)box->kind)
    {
    case RUBIS_BOX_TABLE_HEAD:
      draw_head (self, box, cr);
      break;
    case RUBIS_BOX_TABLE_TOTAL:
      draw_total (self, box, cr);
      break;
    case RUBIS_BOX_GRAND_TOTAL:
      draw_grand_total (self, box, cr);
      break;
    case RUBIS_BOX_CARRIED:
    case RUBIS_BOX_BROUGHT:
      rubis_letter_set_colour (cr, RUBIS_GREY);
      draw_sums (self, box, cr,
                 rubis_words_get (box->kind == RUBIS_BOX_CARRIED ? RUBIS_WORD_CARRIED_FORWARD
                                                                 : RUBIS_WORD_BROUGHT_FORWARD,
                                  self->language),
                 box->grid->style);
      rubis_letter_draw_line (cr, self->sheet.left, self->sheet.right, box->y + box->height, 0.4,
                              RUBIS_HAIRLINE);
      break;
    case RUBIS_BOX_TABLE_ROW:
    default:
      draw_row (self, box, cr);
      break;
    }
  rubis_letter_end (self, cr, "TR");
}
