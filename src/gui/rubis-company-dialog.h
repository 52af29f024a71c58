/* rubis-company-dialog.h: the own company: for a new dossier, or to edit that of an open one. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_COMPANY_DIALOG (rubis_company_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisCompanyDialog, rubis_company_dialog, RUBIS, COMPANY_DIALOG, AdwWindow)

/* Called with the new dossier, open; take a reference to keep it. Not called when the user gives up. */
typedef void (*RubisSessionFunc) (RubisSession *session, gpointer user_data);

/* Asks for the own company and the file, then creates the dossier. */
GtkWindow *rubis_company_dialog_present_new (GtkWindow *parent, RubisDate today, RubisSessionFunc created,
                                             gpointer user_data);
/* Edits the company of @session; the edit can be undone. */
GtkWindow *rubis_company_dialog_present_edit (GtkWindow *parent, RubisSession *session);

G_END_DECLS
