/* rubis-grid-sort.h: by which column, and which way, a column view is sorted.
 *
 * The sorter of a GtkColumnView is opaque before GTK 4.10. Each column gets a sorter from here that
 * compares nothing but notes that it was asked; two questions to the sorter of the view then tell
 * the order, which SQL carries out.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_GRID_SORT (rubis_grid_sort_get_type ())
G_DECLARE_FINAL_TYPE (RubisGridSort, rubis_grid_sort, RUBIS, GRID_SORT, GObject)

RubisGridSort *rubis_grid_sort_new (void);
/* A sorter for the column that sorts by @key. (transfer full) */
GtkSorter *rubis_grid_sort_make_sorter (RubisGridSort *self, int key);
/* Asks @sorter, that of the view. FALSE when it is not sorted by any column. */
gboolean rubis_grid_sort_read (RubisGridSort *self, GtkSorter *sorter, int *key, gboolean *descending);

G_END_DECLS
