/* rubis-dispute-pane.h: one dispute, edited in place: items, reason, colleague, day, words, comments, files,
 * outcome.
 *
 * Signal "closed": the user is done with it.
 */
#pragma once

#include <adwaita.h>

#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTE_PANE (rubis_dispute_pane_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputePane, rubis_dispute_pane, RUBIS, DISPUTE_PANE, AdwBin)

void rubis_dispute_pane_set_session (RubisDisputePane *self, RubisSession *session);
/* Keeps what was being typed in the one before. 0: none */
void rubis_dispute_pane_show (RubisDisputePane *self, gint64 id);
gint64 rubis_dispute_pane_get_id (RubisDisputePane *self);
/* Reads it again; what is being typed stays. */
void rubis_dispute_pane_refresh (RubisDisputePane *self);
/* Keeps what was being typed. */
void rubis_dispute_pane_flush (RubisDisputePane *self);

G_END_DECLS
