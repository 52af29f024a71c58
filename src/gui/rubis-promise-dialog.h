/* rubis-promise-dialog.h: a promise to pay, noted while the customer speaks. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PROMISE_DIALOG (rubis_promise_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisPromiseDialog, rubis_promise_dialog, RUBIS, PROMISE_DIALOG, AdwWindow)

/* @item_ids: (nullable) (element-type gint64) those ticked first; NULL or empty: all that is overdue.
 * (transfer none) (nullable) NULL, with what is wrong said over @parent, when the account cannot be read.
 */
GtkWindow *rubis_promise_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id,
                                         GArray *item_ids);

G_END_DECLS
