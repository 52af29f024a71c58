/* rubis-import-preview-private.h: what session alone does with a preview. */
#pragma once

#include "rubis-import-file.h"
#include "rubis-import-preview.h"

G_BEGIN_DECLS

/* Takes both. */
RubisImportPreview *rubis_import_preview_new (RubisImportFile *file, RubisImportMapping *mapping);
/* Forgets the figures of the last reading. */
void rubis_import_preview_reset (RubisImportPreview *self);
/* Says anew what the file and its columns are. */
void rubis_import_preview_describe (RubisImportPreview *self);

G_END_DECLS
