#include "rubis-grid.h"

typedef struct {
  char *title;
  RubisGridAlign align;
  double weight;
} Column;

struct _RubisGrid {
  gatomicrefcount ref_count;
  GArray *columns;  /* (owned) (element-type Column) */
  GPtrArray *cells; /* (owned) (element-type utf8); row after row */
  GArray *totals;   /* (owned) (element-type gboolean); one per row */
};

static void
column_clear (gpointer data)
{
  Column *column = data;

  g_free (column->title);
}

RubisGrid *
rubis_grid_new (void)
{
  RubisGrid *self = g_new0 (RubisGrid, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, column_clear);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->totals = g_array_new (FALSE, FALSE, sizeof (gboolean));
  return self;
}

RubisGrid *
rubis_grid_ref (RubisGrid *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rubis_grid_unref (RubisGrid *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->columns);
  g_ptr_array_unref (self->cells);
  g_array_unref (self->totals);
  g_free (self);
}

/* What comes from files may be damaged: it is shown as such, and never stops a document. */
static char *
dup_valid (const char *text)
{
  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

void
rubis_grid_add_column (RubisGrid *self, const char *title, RubisGridAlign align, double weight)
{
  Column column = { NULL, align, weight };

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->totals->len == 0);
  g_return_if_fail (weight > 0);

  column.title = dup_valid (title);
  g_array_append_val (self->columns, column);
}

static void
add_cells (RubisGrid *self, const char *const *cells, gboolean total)
{
  for (guint i = 0; i < self->columns->len; i++)
    g_ptr_array_add (self->cells, dup_valid (cells[i]));
  g_array_append_val (self->totals, total);
}

void
rubis_grid_add_row (RubisGrid *self, const char *const *cells)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (cells != NULL);

  add_cells (self, cells, FALSE);
}

void
rubis_grid_add_total (RubisGrid *self, const char *const *cells)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (cells != NULL);

  add_cells (self, cells, TRUE);
}

guint
rubis_grid_get_n_columns (RubisGrid *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->columns->len;
}

static const Column *
get_column (RubisGrid *self, guint column)
{
  return &g_array_index (self->columns, Column, column);
}

gboolean
rubis_grid_has_titles (RubisGrid *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->columns->len; i++)
    {
      if (*get_column (self, i)->title != '\0')
        return TRUE;
    }
  return FALSE;
}

const char *
rubis_grid_get_title (RubisGrid *self, guint column)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (column < self->columns->len, "");

  return get_column (self, column)->title;
}

RubisGridAlign
rubis_grid_get_align (RubisGrid *self, guint column)
{
  g_return_val_if_fail (self != NULL, RUBIS_GRID_LEFT);
  g_return_val_if_fail (column < self->columns->len, RUBIS_GRID_LEFT);

  return get_column (self, column)->align;
}

double
rubis_grid_get_weight (RubisGrid *self, guint column)
{
  g_return_val_if_fail (self != NULL, 1);
  g_return_val_if_fail (column < self->columns->len, 1);

  return get_column (self, column)->weight;
}

guint
rubis_grid_get_n_rows (RubisGrid *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->totals->len;
}

gboolean
rubis_grid_is_total (RubisGrid *self, guint row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row < self->totals->len, FALSE);

  return g_array_index (self->totals, gboolean, row);
}

const char *
rubis_grid_get_cell (RubisGrid *self, guint row, guint column)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (row < self->totals->len, "");
  g_return_val_if_fail (column < self->columns->len, "");

  return g_ptr_array_index (self->cells, row * self->columns->len + column);
}
