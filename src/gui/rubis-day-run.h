/* rubis-day-run.h: doing actions together: how, then the work, then what came of it. */
#pragma once

#include <adwaita.h>

#include "rubis-agenda-list.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DAY_RUN (rubis_day_run_get_type ())
G_DECLARE_FINAL_TYPE (RubisDayRun, rubis_day_run, RUBIS, DAY_RUN, AdwWindow)

/* A modal window over @parent that asks how to do @actions (element-type RubisActionRow), does them
 * and says what was done. Letters are written into the dossier first: whatever happens at the
 * printer, they wait to be posted until it has done its work, and are not proposed again.
 */
GtkWidget *rubis_day_run_new (GtkWindow *parent, RubisSession *session, GPtrArray *actions);

G_END_DECLS
