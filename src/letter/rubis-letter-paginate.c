/* rubis-letter-paginate.c: sets the boxes on pages.
 *
 * Boxes that are kept together make a group; a group goes on the page where it fits whole. A table
 * that goes over a page gets its sum so far at the foot, then its headings and that sum again.
 */
#include "rubis-letter-private.h"

typedef struct
{
  RubisLetter *letter;
  GArray *placed; /* (element-type RubisBox), the letter's */
  guint page;
  double y;
  gboolean empty; /* nothing on this page yet */
} Pager;

static double
get_top (Pager *pager)
{
  return pager->page == 0 ? pager->letter->top : pager->letter->sheet.top_next;
}

static void
start_page (Pager *pager)
{
  pager->page++;
  pager->y = get_top (pager);
  pager->empty = TRUE;
}

/* Blocks with an image keep their size when a letter is set tighter. */
static double
get_height (Pager *pager, const RubisBox *box)
{
  if (box->kind == RUBIS_BOX_PAYMENT || box->kind == RUBIS_BOX_IMAGE)
    return box->height;
  return box->height * pager->letter->squeeze;
}

static void
place (Pager *pager, RubisBox box)
{
  if (!pager->empty)
    pager->y += box.space * pager->letter->squeeze;
  box.page = pager->page;
  box.y = pager->y;
  box.height = get_height (pager, &box);
  pager->y += box.height;
  pager->empty = FALSE;
  g_array_append_val (pager->placed, box);
}

/* The last box placed is a row with more rows to come: what has been listed is summed up. */
static const RubisBox *
get_open_table (Pager *pager, const RubisBox *next)
{
  const RubisBox *last;

  if (pager->placed->len == 0 || (next->kind != RUBIS_BOX_TABLE_ROW && next->kind != RUBIS_BOX_TABLE_TOTAL))
    return NULL;
  last = &g_array_index (pager->placed, RubisBox, pager->placed->len - 1);
  return last->kind == RUBIS_BOX_TABLE_ROW ? last : NULL;
}

static void
place_sum (Pager *pager, const RubisBox *row, RubisBoxKind kind)
{
  RubisBox box = { kind };

  box.height = rubis_letter_table_row_height ();
  box.grid = row->grid;
  box.group = row->group;
  box.row = row->row + 1;
  place (pager, box);
}

/* The headings again, when @next goes on with the cells of the page before. */
static void
repeat_grid_head (Pager *pager, const RubisBox *next)
{
  RubisBox head = { RUBIS_BOX_GRID_HEAD };

  if (next->kind != RUBIS_BOX_GRID_ROW || (next->row == 0 && next->line == 0)
      || !rubis_grid_has_titles (next->cells->grid))
    return;
  head.cells = next->cells;
  head.height = rubis_letter_get_grid_head_height (next->cells);
  place (pager, head);
}

static void
turn_page (Pager *pager, const RubisBox *next)
{
  const RubisBox *open = get_open_table (pager, next);
  RubisBox row;
  RubisBox head = { RUBIS_BOX_TABLE_HEAD };

  if (open == NULL)
    {
      start_page (pager);
      repeat_grid_head (pager, next);
      return;
    }
  row = *open;
  place_sum (pager, &row, RUBIS_BOX_CARRIED);
  start_page (pager);
  head.height = rubis_letter_table_row_height ();
  head.grid = row.grid;
  head.group = row.group;
  place (pager, head);
  place_sum (pager, &row, RUBIS_BOX_BROUGHT);
}

/* The room that boxes [from, to) need below what is on the page, with the sum that a table needs
 * when it goes on after them.
 */
static double
measure (Pager *pager, guint from, guint to)
{
  const GArray *boxes = pager->letter->boxes;
  double height = 0;

  for (guint i = from; i < to; i++)
    {
      const RubisBox *box = &g_array_index (boxes, RubisBox, i);

      height += get_height (pager, box);
      if (i > from || !pager->empty)
        height += box->space * pager->letter->squeeze;
    }
  if (to < boxes->len && g_array_index (boxes, RubisBox, to - 1).kind == RUBIS_BOX_TABLE_ROW)
    height += rubis_letter_table_row_height () * pager->letter->squeeze;
  return height;
}

static guint
find_end (const GArray *boxes, guint from)
{
  guint to = from + 1;

  while (to < boxes->len && g_array_index (boxes, RubisBox, to).keep)
    to++;
  return to;
}

static void
place_group (Pager *pager, guint from, guint to)
{
  const GArray *boxes = pager->letter->boxes;
  const RubisBox *first = &g_array_index (boxes, RubisBox, from);
  double whole_page = pager->letter->sheet.bottom - pager->letter->sheet.top_next;
  gboolean too_tall = measure (pager, from, to) > whole_page;

  if (!too_tall && pager->y + measure (pager, from, to) > pager->letter->sheet.bottom)
    turn_page (pager, first);
  for (guint i = from; i < to; i++)
    {
      const RubisBox *box = &g_array_index (boxes, RubisBox, i);

      if (too_tall && !pager->empty && pager->y + measure (pager, i, i + 1) > pager->letter->sheet.bottom)
        turn_page (pager, box);
      place (pager, *box);
    }
}

void
rubis_letter_paginate (RubisLetter *self)
{
  Pager pager = { self, self->placed };
  guint from = 0;

  g_array_set_size (self->placed, 0);
  pager.y = self->top;
  pager.empty = TRUE;
  while (from < self->boxes->len)
    {
      guint to = find_end (self->boxes, from);

      if (g_array_index (self->boxes, RubisBox, from).kind == RUBIS_BOX_BREAK)
        {
          if (!pager.empty)
            start_page (&pager);
          to = from + 1;
        }
      else
        place_group (&pager, from, to);
      from = to;
    }
  self->n_pages = pager.page + (pager.empty && pager.page > 0 ? 0 : 1);
}
