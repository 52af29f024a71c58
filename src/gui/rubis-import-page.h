/* rubis-import-page.h: the preview of one import, with all that can be changed of it. */
#pragma once

#include <adwaita.h>

#include "rubis-import-preview.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_IMPORT_PAGE (rubis_import_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisImportPage, rubis_import_page, RUBIS, IMPORT_PAGE, AdwBin)

/* Signals: "changed": the mapping or the options of the preview were changed: preview again;
 * "ready": whether it may be imported has changed.
 */
GtkWidget *rubis_import_page_new (void);
/* Shows @preview as it is now. @problem: (nullable) why it could not be computed */
void rubis_import_page_show (RubisImportPage *self, RubisImportPreview *preview, RubisCurrency currency,
                             const char *problem);
/* TRUE when nothing holds the import back, or the user ticked the warning. */
gboolean rubis_import_page_is_ready (RubisImportPage *self);

G_END_DECLS
