/* rubis-search-row.h: one answer of the search over everything: icon, title with what was typed in bold,
 * detail, amount or keys at the right.
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-fuzzy.h"
#include "rubis-search-actions.h"
#include "rubis-search.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SEARCH_ROW (rubis_search_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisSearchRow, rubis_search_row, RUBIS, SEARCH_ROW, GtkListBoxRow)

/* @own: the dossier's currency; amounts in another one say so. @heading: of its kind, shown over the first of
 * them. */
GtkWidget *rubis_search_row_new_found (RubisFound *found, const RubisFuzzy *typed, RubisCurrency own,
                                       const char *heading);
GtkWidget *rubis_search_row_new_action (const RubisSearchAction *action, const RubisFuzzy *typed,
                                        GtkWindow *window, const char *heading);

/* (transfer none) (nullable) NULL of an action. */
RubisFound *rubis_search_row_get_found (RubisSearchRow *self);
/* (nullable) NULL of what was found in the dossier. */
const RubisSearchAction *rubis_search_row_get_action (RubisSearchRow *self);
const char *rubis_search_row_get_heading (RubisSearchRow *self);

G_END_DECLS
