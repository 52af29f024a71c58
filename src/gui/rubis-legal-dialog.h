/* rubis-legal-dialog.h: the file for the court: what is claimed, what is missing, preview and saving. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_LEGAL_DIALOG (rubis_legal_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisLegalDialog, rubis_legal_dialog, RUBIS, LEGAL_DIALOG, AdwWindow)

/* Prepares the file of an account over @parent (nullable). @name: of the customer. */
GtkWindow *rubis_legal_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id,
                                       const char *name);

G_END_DECLS
