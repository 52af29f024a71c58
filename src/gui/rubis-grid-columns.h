/* rubis-grid-columns.h: the columns of the invoice grid: texts, cells, order, widths.
 *
 * Order, visibility and widths are read from the preferences and written back when they change.
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-grid-sort.h"
#include "rubis-item-list.h"
#include "rubis-preferences.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_GRID_MARKS,
  RUBIS_GRID_NUMBER,
  RUBIS_GRID_ACCOUNT,
  RUBIS_GRID_DUE_DATE,
  RUBIS_GRID_DAYS_LATE,
  RUBIS_GRID_OPEN,
  RUBIS_GRID_LEVEL,
  RUBIS_GRID_LEVEL_DATE,
  RUBIS_GRID_TYPE,
  RUBIS_GRID_ISSUE_DATE,
  RUBIS_GRID_TOTAL,
  RUBIS_GRID_CURRENCY,
  RUBIS_GRID_ACCOUNT_CODE,
  RUBIS_GRID_ORDER_REF,
  RUBIS_GRID_LABEL,
  RUBIS_GRID_MEANS,
  RUBIS_GRID_SALES_REP,
} RubisGridColumn;
#define RUBIS_N_GRID_COLUMNS 17

/* "open-amount": stable, for the preferences. */
const char *rubis_grid_column_get_id (RubisGridColumn column);
/* As in the header, in the user's language. */
const char *rubis_grid_column_get_title (RubisGridColumn column);
/* FALSE for numbers, which are aligned right. */
gboolean rubis_grid_column_is_text (RubisGridColumn column);
/* What a cell shows; amounts of @own currency go without it. (transfer full) */
char *rubis_grid_column_format (RubisGridColumn column, RubisItemRow *row, RubisCurrency own);

/* Adds the columns to @view. Titles get a menu that hides and shows columns. @preferences: (unowned)
 * (nullable) must outlive @view.
 */
void rubis_grid_columns_install (GtkColumnView *view, RubisGridSort *sort, RubisCurrency own,
                                 RubisPreferences *preferences);
/* (transfer none) */
GtkColumnViewColumn *rubis_grid_columns_find (GtkColumnView *view, RubisGridColumn column);
/* The columns that are shown, in their present order: (transfer full) (element-type RubisGridColumn) */
GArray *rubis_grid_columns_list_visible (GtkColumnView *view);
/* Menu of all columns; its actions are in the group "columns". (transfer full) */
GMenuModel *rubis_grid_columns_make_menu (void);
/* The actions of that menu, for widgets outside of @view. (transfer none) */
GActionGroup *rubis_grid_columns_get_actions (GtkColumnView *view);
/* The list item shown by the cell @widget or a parent of it, up to the view. (transfer none) (nullable) */
GtkListItem *rubis_grid_columns_get_list_item (GtkWidget *widget);

G_END_DECLS
