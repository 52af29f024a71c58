/* rubis-letterhead-dialog.h: the paper of the letters: logo, colours, font, margins, place of the address,
 * footer, signature, beside a real letter that shows what becomes of them.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_LETTERHEAD_DIALOG (rubis_letterhead_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisLetterheadDialog, rubis_letterhead_dialog, RUBIS, LETTERHEAD_DIALOG, AdwWindow)

/* @account_id: whose letter is shown first; 0: that of a made-up customer. Saving is one edit that can be
 * undone; closing with changes asks.
 */
GtkWindow *rubis_letterhead_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id);

G_END_DECLS
