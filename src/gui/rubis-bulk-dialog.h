/* rubis-bulk-dialog.h: one change of many accounts or items: what, to what, who changes how, and do it. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_BULK_DIALOG (rubis_bulk_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisBulkDialog, rubis_bulk_dialog, RUBIS, BULK_DIALOG, AdwWindow)

/* @ids: (element-type gint64) of items or of accounts; copied. @parent: (nullable). (transfer none) */
RubisBulkDialog *rubis_bulk_dialog_present (GtkWindow *parent, RubisSession *session, gboolean of_items,
                                            GArray *ids);

G_END_DECLS
