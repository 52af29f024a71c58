/* rubis-dispute-mover.h: moving a dispute to another state; what ends it is asked in place. */
#pragma once

#include <adwaita.h>

#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_MOVER (rubis_dispute_mover_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputeMover, rubis_dispute_mover, RUBIS, DISPUTE_MOVER, GtkPopover)

/* Moves @dispute to @state at once, or asks for the outcome in a popover on @widget at @area when the dispute
 * ends or a credit note is to come (RUBIS_DISPUTE_FOUNDED: any end). Then a toast with Undo; the session
 * emits "changed". Returns the popover, NULL when nothing is asked. (transfer none) (nullable)
 */
RubisDisputeMover *rubis_dispute_mover_move (GtkWidget *widget, const GdkRectangle *area,
                                             RubisSession *session, RubisDispute *dispute,
                                             RubisDisputeState state);

G_END_DECLS
