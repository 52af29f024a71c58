/* rubis-demo-dialog.h: creating the demonstration dossier, with its progress. */
#pragma once

#include <adwaita.h>

#include "rubis-company-dialog.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DEMO_DIALOG (rubis_demo_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisDemoDialog, rubis_demo_dialog, RUBIS, DEMO_DIALOG, AdwWindow)

/* Creates the demonstration at @path (NULL: "demo.rubis" in the user's data folder; an earlier
 * demonstration there is opened as it is), then calls @created. May be cancelled.
 */
GtkWindow *rubis_demo_dialog_present (GtkWindow *parent, const char *path, RubisDate today,
                                      RubisSessionFunc created, gpointer user_data);

G_END_DECLS
