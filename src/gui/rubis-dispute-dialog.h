/* rubis-dispute-dialog.h: a new dispute: whose, which items and how much of them, why, who resolves it, until
 * when. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_DIALOG (rubis_dispute_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputeDialog, rubis_dispute_dialog, RUBIS, DISPUTE_DIALOG, AdwWindow)

/* @account_id: 0 lets the user choose. @item_ids: (nullable) (element-type gint64) ticked at first; without,
 * the only open item is. The dispute that was opened is told by a toast of @parent, with Undo.
 */
GtkWindow *rubis_dispute_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id,
                                         GArray *item_ids);
/* Files that go with it, as dropped. (element-type GFile) */
void rubis_dispute_dialog_add_files (RubisDisputeDialog *self, GSList *files);

G_END_DECLS
