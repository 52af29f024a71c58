/* rubis-posting-dialog.h: what letters carry and weigh, and the postal prices by which they are estimated. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_POSTING_DIALOG (rubis_posting_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisPostingDialog, rubis_posting_dialog, RUBIS, POSTING_DIALOG, AdwWindow)

/* (transfer none) */
GtkWindow *rubis_posting_dialog_present (GtkWindow *parent, RubisSession *session);

G_END_DECLS
