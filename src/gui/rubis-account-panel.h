/* rubis-account-panel.h: all about one account, beside the place that shows it.
 *
 * Loads in the background; what was shown stays until the next account is there. Uses the actions
 * win.show-document, win.statement and win.toggle-panel.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ACCOUNT_PANEL (rubis_account_panel_get_type ())
G_DECLARE_FINAL_TYPE (RubisAccountPanel, rubis_account_panel, RUBIS, ACCOUNT_PANEL, AdwBin)

GtkWidget *rubis_account_panel_new (RubisSession *session);
/* @account_id: 0 for none */
void rubis_account_panel_set_account (RubisAccountPanel *self, gint64 account_id);
gint64 rubis_account_panel_get_account (RubisAccountPanel *self);
/* Puts the cursor in the note. */
void rubis_account_panel_edit_note (RubisAccountPanel *self);
/* Writes a note that was typed and not yet saved; called before the dossier is closed. */
void rubis_account_panel_flush (RubisAccountPanel *self);

G_END_DECLS
