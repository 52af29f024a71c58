/* rubis-grid-fields.h: the columns of the invoice grid that show the fields users added to items. */
#pragma once

#include "rubis-custom-field.h"
#include "rubis-grid-columns.h"

G_BEGIN_DECLS

/* Makes the columns of @view those of @fields (element-type RubisCustomField, of items and perhaps others),
 * after the grid's own, hidden unless the user showed them; columns of fields that are gone go. Their actions
 * are in the group "columns". @preferences: (unowned) (nullable) must outlive @view.
 */
void rubis_grid_fields_update (GtkColumnView *view, GPtrArray *fields, RubisPreferences *preferences);
/* The menu of all columns, with those of the fields. (transfer full) */
GMenuModel *rubis_grid_fields_make_menu (GtkColumnView *view);

G_END_DECLS
