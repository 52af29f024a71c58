/* rubis-dispute-list.h: disputes as a table that can be sorted; several are given to a colleague, or a day,
 * at once.
 *
 * Signals: "picked" (RubisDispute), "opened" (RubisDispute).
 */
#pragma once

#include <adwaita.h>

#include "rubis-dispute-lists.h"
#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_LIST (rubis_dispute_list_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputeList, rubis_dispute_list, RUBIS, DISPUTE_LIST, AdwBin)

void rubis_dispute_list_set_session (RubisDisputeList *self, RubisSession *session);
void rubis_dispute_list_set_lists (RubisDisputeList *self, const RubisDisputeLists *lists);
/* @disputes: (element-type RubisDispute). What was selected stays so. */
void rubis_dispute_list_set_disputes (RubisDisputeList *self, GPtrArray *disputes);
/* The line touched last. (transfer full) (nullable) */
RubisDispute *rubis_dispute_list_dup_current (RubisDisputeList *self);

G_END_DECLS
