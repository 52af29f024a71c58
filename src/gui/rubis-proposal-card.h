/* rubis-proposal-card.h: what an answer proposes, with the sentence that says so, to be corrected and
 * applied.
 *
 * Signals "apply" and "dismiss": the user decided.
 */
#pragma once

#include <adwaita.h>

#include "rubis-inbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PROPOSAL_CARD (rubis_proposal_card_get_type ())
G_DECLARE_FINAL_TYPE (RubisProposalCard, rubis_proposal_card, RUBIS, PROPOSAL_CARD, AdwBin)

/* @proposal: copied. @items: (element-type RubisItemRow) (nullable) open items of the account, to choose
 * from. @reasons: (element-type RubisChoice) (nullable) those of disputes.
 * @known: whether the account is known; without it nothing can be applied. */
GtkWidget *rubis_proposal_card_new (const RubisProposal *proposal, GPtrArray *items, GPtrArray *reasons,
                                    gboolean known);
gint64 rubis_proposal_card_get_id (RubisProposalCard *self);
RubisAnswerKind rubis_proposal_card_get_kind (RubisProposalCard *self);
/* As the user corrected it; NULL after saying in place what is wrong. (transfer full) */
RubisProposal *rubis_proposal_card_dup_corrected (RubisProposalCard *self);
/* Says in place why it was not applied. */
void rubis_proposal_card_show_problem (RubisProposalCard *self, const char *text);

G_END_DECLS
