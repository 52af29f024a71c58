/* rubis-grid.h: a table of ready-made cells that a document shows: instalments, exhibits, a
 * chronology, an account of interest.
 *
 * Unlike RubisItemTable it knows nothing of amounts: whoever fills it writes the cells in the
 * language of the document. Fill it, then share it: it must not change once a document holds it,
 * so that several threads may read it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RubisGrid RubisGrid;

typedef enum {
  RUBIS_GRID_LEFT, /* text, wrapped when it is long */
  RUBIS_GRID_CENTER,
  RUBIS_GRID_RIGHT, /* amounts and counts, never wrapped */
} RubisGridAlign;

/* Empty: add the columns, then the rows. */
RubisGrid *rubis_grid_new (void);
RubisGrid *rubis_grid_ref (RubisGrid *self);
void rubis_grid_unref (RubisGrid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisGrid, rubis_grid_unref)

/* @title may be ""; a grid all of whose titles are empty has no heading. @weight: the share of the
 * width that the column takes, next to those of the other columns; above 0. Before the first row.
 */
void rubis_grid_add_column (RubisGrid *self, const char *title, RubisGridAlign align, double weight);
/* @cells: one per column, of which any may be NULL or ""; copied. A '\n' breaks a line. */
void rubis_grid_add_row (RubisGrid *self, const char *const *cells);
/* A row in bold under the others; there may be several. */
void rubis_grid_add_total (RubisGrid *self, const char *const *cells);

guint rubis_grid_get_n_columns (RubisGrid *self);
/* Whether a column has a title. */
gboolean rubis_grid_has_titles (RubisGrid *self);
/* Borrowed; "" when there is none. */
const char *rubis_grid_get_title (RubisGrid *self, guint column);
RubisGridAlign rubis_grid_get_align (RubisGrid *self, guint column);
/* What rubis_grid_add_column() was given: the sum over the columns may be anything. */
double rubis_grid_get_weight (RubisGrid *self, guint column);
/* Rows and totals together, in the order in which they were added. */
guint rubis_grid_get_n_rows (RubisGrid *self);
gboolean rubis_grid_is_total (RubisGrid *self, guint row);
/* Borrowed; "" for an empty cell. */
const char *rubis_grid_get_cell (RubisGrid *self, guint row, guint column);

G_END_DECLS
