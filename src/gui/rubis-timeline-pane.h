/* rubis-timeline-pane.h: the history of an account or a group, with subjects, words and days to choose by. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TIMELINE_PANE (rubis_timeline_pane_get_type ())
G_DECLARE_FINAL_TYPE (RubisTimelinePane, rubis_timeline_pane, RUBIS, TIMELINE_PANE, AdwBin)

/* @session: (nullable) */
void rubis_timeline_pane_set_session (RubisTimelinePane *self, RubisSession *session);
/* One of both is 0, or both for the whole dossier. What was chosen to see stays chosen. */
void rubis_timeline_pane_set_scope (RubisTimelinePane *self, gint64 group_id, gint64 account_id);
/* Puts the cursor in the search entry. */
void rubis_timeline_pane_focus_search (RubisTimelinePane *self);

G_END_DECLS
