/* rubis-grid-selection.h: which rows of a very long list are selected.
 *
 * Wraps a list model and hands it on as it is; the selection is a bitset of positions that is kept
 * by row id when the list is replaced. It never asks the model for an item: a million rows are
 * selected in milliseconds.
 *
 * Property "current-id" (gint64, read-only): the row touched last, whose account is shown beside.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The id of the row at @position; must be cheap. */
typedef gint64 (*RubisRowIdFunc) (GListModel *model, guint position);

#define RUBIS_TYPE_GRID_SELECTION (rubis_grid_selection_get_type ())
G_DECLARE_FINAL_TYPE (RubisGridSelection, rubis_grid_selection, RUBIS, GRID_SELECTION, GObject)

RubisGridSelection *rubis_grid_selection_new (GListModel *model, RubisRowIdFunc get_id);
/* Ids of the selected rows, in the order of the list. (transfer none) (element-type gint64) */
GArray *rubis_grid_selection_get_ids (RubisGridSelection *self);
/* 0 when there is none. */
gint64 rubis_grid_selection_get_current_id (RubisGridSelection *self);
/* GTK_INVALID_LIST_POSITION when there is none, or it is not in the list now. */
guint rubis_grid_selection_get_current_position (RubisGridSelection *self);
guint64 rubis_grid_selection_get_n_selected (RubisGridSelection *self);

G_END_DECLS
