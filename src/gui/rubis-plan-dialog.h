/* rubis-plan-dialog.h: a payment plan, with its instalments and a preview of the agreement. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PLAN_DIALOG (rubis_plan_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisPlanDialog, rubis_plan_dialog, RUBIS, PLAN_DIALOG, AdwWindow)

/* @item_ids: (nullable) (element-type gint64) those ticked first; NULL or empty: all that is overdue.
 * (transfer none) (nullable) NULL, with what is wrong said over @parent, when the account cannot be read.
 */
GtkWindow *rubis_plan_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id,
                                      GArray *item_ids);

G_END_DECLS
