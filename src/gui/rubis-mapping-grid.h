/* rubis-mapping-grid.h: which column of a file feeds which field, as a table to edit. */
#pragma once

#include <adwaita.h>

#include "rubis-import-preview.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_MAPPING_GRID (rubis_mapping_grid_get_type ())
G_DECLARE_FINAL_TYPE (RubisMappingGrid, rubis_mapping_grid, RUBIS, MAPPING_GRID, AdwBin)

/* Signals: "field" (uint column, string id), "dates" (uint column, string id),
 * "decimal" (uint column, string id): what the user chose.
 */
GtkWidget *rubis_mapping_grid_new (void);
/* Shows the columns of @preview as they are now. */
void rubis_mapping_grid_show (RubisMappingGrid *self, RubisImportPreview *preview);

G_END_DECLS
