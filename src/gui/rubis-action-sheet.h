/* rubis-action-sheet.h: the day's actions one by one: facts, document, do or skip. */
#pragma once

#include <adwaita.h>

#include "rubis-agenda-list.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ACTION_SHEET (rubis_action_sheet_get_type ())
G_DECLARE_FINAL_TYPE (RubisActionSheet, rubis_action_sheet, RUBIS, ACTION_SHEET, AdwWindow)

/* A modal window over @parent on those of @actions (element-type RubisActionRow) that are to do,
 * largest amount first. Present it with gtk_window_present().
 */
GtkWidget *rubis_action_sheet_new (GtkWindow *parent, RubisSession *session, GPtrArray *actions);

G_END_DECLS
