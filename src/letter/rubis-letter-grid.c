/* rubis-letter-grid.c: tables of ready-made cells, wrapped. */
#include "rubis-letter-private.h"

#include <string.h>

#define BASELINE 11.4   /* of the first line of a row */
#define ROW_PADDING 5.1 /* of a row beside its lines */
#define PADDING 4.0     /* at both ends of a row */
#define GAP 9.0         /* between columns */
#define MIN_WIDTH 26.0
/* A row of more lines may be parted between pages; any other is kept whole. */
#define MAX_LINES 24

void
rubis_grid_layout_free (RubisGridLayout *self)
{
  g_free (self->left);
  g_free (self->right);
  g_free (self->layouts);
  g_free (self->titles);
  g_free (self);
}

static RubisTypeStyle
get_style (const RubisGridLayout *self, guint row)
{
  return rubis_grid_is_total (self->grid, row) ? self->bold : self->style;
}

/* The width that a column needs: all of it for amounts, which are never wrapped. */
static double
measure_column (RubisLetter *letter, RubisGridLayout *self, guint column)
{
  double width
      = rubis_typesetter_measure (letter->type, self->head, rubis_grid_get_title (self->grid, column));

  for (guint row = 0; row < rubis_grid_get_n_rows (self->grid); row++)
    width = MAX (width, rubis_typesetter_measure (letter->type, get_style (self, row),
                                                  rubis_grid_get_cell (self->grid, row, column)));
  return width;
}

/* Shares the room among the columns that wrap, by weight. FALSE when too little is left for them. */
static gboolean
share_room (RubisLetter *letter, RubisGridLayout *self, double *widths)
{
  guint n = rubis_grid_get_n_columns (self->grid);
  double room = rubis_letter_get_width (letter) - 2 * PADDING - (n - 1) * GAP;
  double weights = 0;
  guint n_wrapped = 0;

  for (guint i = 0; i < n; i++)
    {
      if (rubis_grid_get_align (self->grid, i) == RUBIS_GRID_RIGHT)
        room -= widths[i] = measure_column (letter, self, i);
      else
        {
          weights += rubis_grid_get_weight (self->grid, i);
          n_wrapped++;
        }
    }
  for (guint i = 0; i < n; i++)
    {
      if (rubis_grid_get_align (self->grid, i) != RUBIS_GRID_RIGHT)
        widths[i] = MAX (room * rubis_grid_get_weight (self->grid, i) / weights, MIN_WIDTH);
      else if (n_wrapped == 0)
        widths[i] += room / n;
    }
  return room >= n_wrapped * MIN_WIDTH * 2 || (n_wrapped == 0 && room >= 0);
}

/* What is still too wide is cut at the end of each cell. */
static void
squeeze_widths (RubisLetter *letter, RubisGridLayout *self, double *widths)
{
  guint n = rubis_grid_get_n_columns (self->grid);
  double room = rubis_letter_get_width (letter) - 2 * PADDING - (n - 1) * GAP;
  double total = 0;

  for (guint i = 0; i < n; i++)
    total += widths[i];
  for (guint i = 0; total > room && i < n; i++)
    widths[i] *= room / total;
}

static void
set_columns (RubisLetter *letter, RubisGridLayout *self)
{
  static const struct
  {
    RubisTypeStyle style, bold, head;
    double leading;
  } ways[] = {
    { RUBIS_TYPE_TABLE, RUBIS_TYPE_TABLE_BOLD, RUBIS_TYPE_TABLE_HEAD, 11.4 },
    { RUBIS_TYPE_SMALL, RUBIS_TYPE_SMALL_BOLD, RUBIS_TYPE_TABLE_HEAD, 10.8 },
    { RUBIS_TYPE_DENSE, RUBIS_TYPE_DENSE_BOLD, RUBIS_TYPE_TINY, 10 },
  };
  guint n = rubis_grid_get_n_columns (self->grid);
  g_autofree double *widths = g_new0 (double, n);
  double x = letter->sheet.left + PADDING;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      self->style = ways[i].style;
      self->bold = ways[i].bold;
      self->head = ways[i].head;
      self->leading = ways[i].leading;
      if (share_room (letter, self, widths))
        break;
    }
  squeeze_widths (letter, self, widths);
  self->left = g_new (double, n);
  self->right = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      self->left[i] = x;
      self->right[i] = x + widths[i];
      x += widths[i] + GAP;
    }
}

/* A layout for text that takes more than a line; NULL for a line. */
static PangoLayout *
wrap (RubisLetter *letter, RubisGridLayout *self, guint column, RubisTypeStyle style, const char *text)
{
  static const PangoAlignment aligns[] = {
    [RUBIS_GRID_LEFT] = PANGO_ALIGN_LEFT,
    [RUBIS_GRID_CENTER] = PANGO_ALIGN_CENTER,
    [RUBIS_GRID_RIGHT] = PANGO_ALIGN_RIGHT,
  };
  RubisGridAlign align = rubis_grid_get_align (self->grid, column);
  double width = self->right[column] - self->left[column];
  PangoLayout *layout;

  if (strchr (text, '\n') == NULL
      && (align == RUBIS_GRID_RIGHT || rubis_typesetter_measure (letter->type, style, text) <= width))
    return NULL;
  layout = rubis_typesetter_borrow (letter->type, style, width);
  pango_layout_set_alignment (layout, aligns[align]);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static guint
count_lines (PangoLayout *const *layouts, guint n)
{
  int n_lines = 1;

  for (guint i = 0; i < n; i++)
    n_lines = layouts[i] != NULL ? MAX (n_lines, pango_layout_get_line_count (layouts[i])) : n_lines;
  return (guint)n_lines;
}

static double
get_height (const RubisGridLayout *self, guint n_lines)
{
  return ROW_PADDING + n_lines * self->leading;
}

double
rubis_letter_get_grid_head_height (const RubisGridLayout *self)
{
  return get_height (self, count_lines (self->titles, rubis_grid_get_n_columns (self->grid)));
}

static RubisBox *
add_box (RubisLetter *letter, RubisGridLayout *self, RubisBoxKind kind, double height)
{
  RubisBox *box = rubis_letter_add_box (letter, kind, 0, height);

  box->cells = self;
  return box;
}

/* The boxes of a row: one, or several of a row that no page could hold. */
static void
add_row (RubisLetter *letter, RubisGridLayout *self, guint row, gboolean keep)
{
  guint n_columns = rubis_grid_get_n_columns (self->grid);
  guint n_lines = count_lines (self->layouts + row * n_columns, n_columns);

  for (guint line = 0; line < n_lines; line += MAX_LINES)
    {
      guint n = n_lines <= MAX_LINES ? n_lines : MIN (MAX_LINES, n_lines - line);
      RubisBox *box = add_box (letter, self, RUBIS_BOX_GRID_ROW, get_height (self, n));

      box->row = row;
      box->line = (int)line;
      box->n_lines = n;
      box->keep = keep && line == 0;
    }
}

void
rubis_letter_flow_grid (RubisLetter *letter, RubisGrid *grid)
{
  RubisGridLayout *self;
  guint n_columns = rubis_grid_get_n_columns (grid);
  guint n_rows = rubis_grid_get_n_rows (grid);
  guint first = letter->boxes->len;

  if (n_columns == 0)
    return;
  self = g_new0 (RubisGridLayout, 1);
  self->grid = grid;
  g_ptr_array_add (letter->cells, self);
  set_columns (letter, self);
  self->titles = g_new0 (PangoLayout *, n_columns);
  self->layouts = g_new0 (PangoLayout *, n_columns * n_rows);
  for (guint i = 0; i < n_columns; i++)
    {
      self->titles[i] = wrap (letter, self, i, self->head, rubis_grid_get_title (grid, i));
      for (guint row = 0; row < n_rows; row++)
        self->layouts[row * n_columns + i]
            = wrap (letter, self, i, get_style (self, row), rubis_grid_get_cell (grid, row, i));
    }
  if (rubis_grid_has_titles (grid))
    add_box (letter, self, RUBIS_BOX_GRID_HEAD, rubis_letter_get_grid_head_height (self));
  /* The first row stays with the heading, a total with the row above it. */
  for (guint row = 0; row < n_rows; row++)
    add_row (letter, self, row, letter->boxes->len > first && (row == 0 || rubis_grid_is_total (grid, row)));
  if (letter->boxes->len > first)
    {
      RubisBox *box = &g_array_index (letter->boxes, RubisBox, first);

      box->space = 9;
      /* The sentence that announces the table stays with it. */
      box->keep = first > 0 && g_array_index (letter->boxes, RubisBox, first - 1).kind == RUBIS_BOX_LINE;
    }
}

/* Lines @from to @from + @n of a cell. */
static void
show_cell (RubisLetter *letter, const RubisGridLayout *self, cairo_t *cr, guint column, PangoLayout *layout,
           const char *text, RubisTypeStyle style, double y, int from, int n)
{
  static const RubisAlign aligns[] = {
    [RUBIS_GRID_LEFT] = RUBIS_ALIGN_LEFT,
    [RUBIS_GRID_CENTER] = RUBIS_ALIGN_CENTER,
    [RUBIS_GRID_RIGHT] = RUBIS_ALIGN_RIGHT,
  };
  RubisGridAlign align = rubis_grid_get_align (self->grid, column);
  double left = self->left[column];
  double right = self->right[column];
  double x = align == RUBIS_GRID_LEFT ? left : align == RUBIS_GRID_RIGHT ? right : (left + right) / 2;

  if (layout == NULL)
    {
      if (from == 0)
        rubis_typesetter_show (letter->type, cr, style, text, x, y, aligns[align], right - left, FALSE);
      return;
    }
  for (int i = from; i < MIN (from + n, pango_layout_get_line_count (layout)); i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle extents;
      double width;

      pango_layout_line_get_extents (line, NULL, &extents);
      width = (double)extents.width / PANGO_SCALE;
      cairo_move_to (cr,
                     align == RUBIS_GRID_LEFT    ? x
                     : align == RUBIS_GRID_RIGHT ? x - width
                                                 : x - width / 2,
                     y + (i - from) * self->leading * letter->squeeze);
      pango_cairo_show_layout_line (cr, line);
    }
}

static void
draw_cell (RubisLetter *letter, const RubisGridLayout *self, cairo_t *cr, guint column, PangoLayout *layout,
           const char *text, RubisTypeStyle style, double y, int from, int n)
{
  const char *element = style == self->head ? "TH" : "TD";

  rubis_letter_begin (letter, cr, element);
  show_cell (letter, self, cr, column, layout, text, style, y, from, n);
  rubis_letter_end (letter, cr, element);
}

static void
draw_head (RubisLetter *letter, const RubisBox *box, cairo_t *cr)
{
  const RubisGridLayout *self = box->cells;

  rubis_letter_set_colour (cr, RUBIS_GREY);
  for (guint i = 0; i < rubis_grid_get_n_columns (self->grid); i++)
    draw_cell (letter, self, cr, i, self->titles[i], rubis_grid_get_title (self->grid, i), self->head,
               box->y + BASELINE * letter->squeeze, 0, G_MAXINT / 2);
  rubis_letter_draw_line (cr, letter->sheet.left, letter->sheet.right, box->y + box->height, 0.8,
                          letter->accent);
}

static void
draw_row (RubisLetter *letter, const RubisBox *box, cairo_t *cr)
{
  const RubisGridLayout *self = box->cells;
  guint n_columns = rubis_grid_get_n_columns (self->grid);
  gboolean total = rubis_grid_is_total (self->grid, box->row);

  rubis_letter_set_colour (cr, letter->ink);
  for (guint i = 0; i < n_columns; i++)
    draw_cell (letter, self, cr, i, self->layouts[box->row * n_columns + i],
               rubis_grid_get_cell (self->grid, box->row, i), get_style (self, box->row),
               box->y + BASELINE * letter->squeeze, box->line, (int)box->n_lines);
  rubis_letter_draw_line (cr, letter->sheet.left, letter->sheet.right, box->y + box->height,
                          total ? 0.8 : 0.4, total ? letter->accent : RUBIS_HAIRLINE);
}

void
rubis_letter_draw_grid_box (RubisLetter *letter, const RubisBox *box, cairo_t *cr)
{
  rubis_letter_begin (letter, cr, "TR");
  if (box->kind == RUBIS_BOX_GRID_HEAD)
    draw_head (letter, box, cr);
  else
    draw_row (letter, box, cr);
  rubis_letter_end (letter, cr, "TR");
}
