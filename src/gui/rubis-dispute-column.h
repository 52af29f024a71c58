/* rubis-dispute-column.h: a column of the board of disputes: its state, how many and how much, and the cards.
 *
 * Signals: "picked" (RubisDispute) when a card is selected; "opened" (RubisDispute) by Enter or a double
 * click; "dropped" (RubisDispute) when a card of another column is let go over this one; "menu"
 * (RubisDispute).
 */
#pragma once

#include <adwaita.h>

#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_COLUMN (rubis_dispute_column_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputeColumn, rubis_dispute_column, RUBIS, DISPUTE_COLUMN, AdwBin)

/* @hint: (nullable) said under the title */
GtkWidget *rubis_dispute_column_new (const char *title, const char *hint);
/* @disputes: (element-type RubisDispute) those of this column */
void rubis_dispute_column_set_disputes (RubisDisputeColumn *self, GPtrArray *disputes, RubisCurrency own);
/* (transfer none) (nullable) */
RubisDispute *rubis_dispute_column_get_selected (RubisDisputeColumn *self);
/* The card of that dispute; FALSE when it is not here. */
gboolean rubis_dispute_column_select (RubisDisputeColumn *self, gint64 id, gboolean focus);
/* The card at that place, or the last one, gets the focus; FALSE when there is none. */
gboolean rubis_dispute_column_focus_near (RubisDisputeColumn *self, guint index);
/* Place of the selected card, -1. */
int rubis_dispute_column_get_index (RubisDisputeColumn *self);
void rubis_dispute_column_unselect (RubisDisputeColumn *self);
/* The selected card, to point at. (transfer none) (nullable) */
GtkWidget *rubis_dispute_column_get_card (RubisDisputeColumn *self);

G_END_DECLS
