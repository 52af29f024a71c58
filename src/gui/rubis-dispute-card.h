/* rubis-dispute-card.h: a dispute on the board: who, how much, why, with whom, until when. Can be dragged. */
#pragma once

#include <gtk/gtk.h>

#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_CARD (rubis_dispute_card_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputeCard, rubis_dispute_card, RUBIS, DISPUTE_CARD, GtkListBoxRow)

/* @own: currency of the dossier, which amounts do not name. */
GtkWidget *rubis_dispute_card_new (RubisDispute *dispute, RubisCurrency own);
/* (transfer none) */
RubisDispute *rubis_dispute_card_get_dispute (RubisDisputeCard *self);

/* "5 days late", "due on 12/11/2026", "credit note of 200,00 € awaited", "closed on …": where it stands in
 * time. (transfer full)
 */
char *rubis_dispute_card_describe_day (RubisDispute *dispute);

G_END_DECLS
