/* rubis-copies-dialog.h: copies of invoices that were dropped: what they belong to, before they are kept. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_COPIES_DIALOG (rubis_copies_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisCopiesDialog, rubis_copies_dialog, RUBIS, COPIES_DIALOG, AdwWindow)

/* Signal "kept" (guint n): so many copies were put into the dossier; the window closes. */

/* Looks for the items of the PDFs at @paths (element-type utf8) and shows what was found. The window is modal
 * over @parent (nullable). (transfer none)
 */
RubisCopiesDialog *rubis_copies_dialog_present (GtkWindow *parent, RubisSession *session, GPtrArray *paths);

G_END_DECLS
