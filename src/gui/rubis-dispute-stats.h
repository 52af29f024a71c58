/* rubis-dispute-stats.h: disputes counted by reason, colleague, customer or product line, over a period.
 *
 * Signal "slice" (const RubisDisputeSlice *, as pointer): the user wants the disputes of a line.
 */
#pragma once

#include <adwaita.h>

#include "rubis-dispute-filter-bar.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_STATS (rubis_dispute_stats_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputeStats, rubis_dispute_stats, RUBIS, DISPUTE_STATS, AdwBin)

void rubis_dispute_stats_set_session (RubisDisputeStats *self, RubisSession *session);
void rubis_dispute_stats_refresh (RubisDisputeStats *self);

G_END_DECLS
