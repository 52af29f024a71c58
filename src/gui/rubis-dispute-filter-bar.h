/* rubis-dispute-filter-bar.h: which disputes to show: by reason, colleague, lateness, state and text.
 *
 * Signal "changed".
 */
#pragma once

#include <adwaita.h>

#include "rubis-dispute-lists.h"
#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_FILTER_BAR (rubis_dispute_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputeFilterBar, rubis_dispute_filter_bar, RUBIS, DISPUTE_FILTER_BAR, AdwBin)

/* What a line of the statistics stands for. */
typedef struct
{
  RubisDisputeGrouping by;
  const char *id;
  const char *label;
  RubisDate from; /* opened or closed from this day */
  RubisDate to;   /* to this one */
} RubisDisputeSlice;

/* Whose filters are kept. */
void rubis_dispute_filter_bar_set_session (RubisDisputeFilterBar *self, RubisSession *session);
void rubis_dispute_filter_bar_set_lists (RubisDisputeFilterBar *self, const RubisDisputeLists *lists);
/* The board shows every state; only the list asks for some. */
void rubis_dispute_filter_bar_set_states_shown (RubisDisputeFilterBar *self, gboolean shown);
/* Fills all but the scope; @states 0 stands for every one. The text belongs to the bar. */
void rubis_dispute_filter_bar_get (RubisDisputeFilterBar *self, RubisDisputeFilter *filter);
/* The rest of the filter, which the dossier is not asked: whether @dispute is in the slice. */
gboolean rubis_dispute_filter_bar_matches (RubisDisputeFilterBar *self, RubisDispute *dispute);
gboolean rubis_dispute_filter_bar_is_narrowed (RubisDisputeFilterBar *self);
void rubis_dispute_filter_bar_reset (RubisDisputeFilterBar *self);
/* Shows nothing but @slice. */
void rubis_dispute_filter_bar_set_slice (RubisDisputeFilterBar *self, const RubisDisputeSlice *slice);
void rubis_dispute_filter_bar_focus_text (RubisDisputeFilterBar *self);

G_END_DECLS
