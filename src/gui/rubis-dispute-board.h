/* rubis-dispute-board.h: disputes as cards in columns by state; a card is dragged, or moved by keys.
 *
 * Arrows go from card to card and from column to column, Ctrl+Left and Ctrl+Right move the card, "m" and
 * Shift+F10 open its menu, Enter opens it. Signals: "picked" (RubisDispute), "opened" (RubisDispute), "moved"
 * (RubisDispute, RubisDisputeState as int: where the user wants it; RUBIS_DISPUTE_FOUNDED for any end),
 * "menu" (RubisDispute).
 */
#pragma once

#include <adwaita.h>

#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_BOARD (rubis_dispute_board_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputeBoard, rubis_dispute_board, RUBIS, DISPUTE_BOARD, AdwBin)

GtkWidget *rubis_dispute_board_new (void);
/* @disputes: (element-type RubisDispute). The card that was selected is again, wherever it is now. */
void rubis_dispute_board_set_disputes (RubisDisputeBoard *self, GPtrArray *disputes, RubisCurrency own);
/* (transfer none) (nullable) */
RubisDispute *rubis_dispute_board_get_selected (RubisDisputeBoard *self);
gboolean rubis_dispute_board_select (RubisDisputeBoard *self, gint64 id, gboolean focus);
/* The selected card, to point at. (transfer none) (nullable) */
GtkWidget *rubis_dispute_board_get_card (RubisDisputeBoard *self);

G_END_DECLS
