/* rubis-plan-window.h: one payment plan: its instalments, what was agreed, and what can be done with it. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PLAN_WINDOW (rubis_plan_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisPlanWindow, rubis_plan_window, RUBIS, PLAN_WINDOW, AdwWindow)

/* (transfer none) (nullable) NULL, with what is wrong said over @parent, when there is no such plan. */
GtkWindow *rubis_plan_window_present (GtkWindow *parent, RubisSession *session, gint64 plan_id);

G_END_DECLS
