/* rubis-import-dialog.h: what a file would change, before it does; then doing it. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_IMPORT_DIALOG (rubis_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisImportDialog, rubis_import_dialog, RUBIS, IMPORT_DIALOG, AdwWindow)

/* Opens the files at @paths (element-type utf8) one after the other: preview, mapping, import,
 * summary with undo. The window is modal over @parent and returned so that tests can drive it.
 */
GtkWindow *rubis_import_dialog_present (GtkWindow *parent, RubisSession *session, GPtrArray *paths);
/* Asks for files: tables, and copies of invoices as PDFs. @paths: (element-type utf8) */
typedef void (*RubisImportChosenFunc) (GtkWindow *parent, GPtrArray *paths);
void rubis_import_dialog_choose (GtkWindow *parent, RubisImportChosenFunc func);

G_END_DECLS
