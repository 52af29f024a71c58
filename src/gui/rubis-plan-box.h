/* rubis-plan-box.h: the payment plans of an account that run: next instalment, paid so far. Hidden when there
 * is none.
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PLAN_BOX (rubis_plan_box_get_type ())
G_DECLARE_FINAL_TYPE (RubisPlanBox, rubis_plan_box, RUBIS, PLAN_BOX, GtkWidget)

/* Reads in the background. */
void rubis_plan_box_set_account (RubisPlanBox *self, RubisSession *session, gint64 account_id);

G_END_DECLS
