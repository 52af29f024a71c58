/* rubis-filter-words.h: what a saved filter keeps, in words. */
#pragma once

#include "rubis-saved-filters.h"

G_BEGIN_DECLS

/* The place of RUBIS_FILTERS_… as its page is called, NULL when there is none of that id. (static) */
const char *rubis_filter_place_to_label (const char *place);
/* The state that items are filtered by ("open", "overdue"…), as its button says. (static) */
const char *rubis_filter_state_to_label (const char *state);
/* One of the buttons above the outbox or the answers, NULL when there are not so many. (static) */
const char *rubis_filter_chip_to_label (const char *place, guint chip);

/* "Late for 60 days, Sector: Building, with “glass”": what passes @body, that a filter of @place keeps.
 * (transfer full) (nullable) NULL on error
 */
char *rubis_session_describe_filter (RubisSession *self, const char *place, const char *body, GError **error);

G_END_DECLS
