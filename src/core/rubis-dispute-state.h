/* rubis-dispute-state.h: where a dispute stands, and where it may go from there.
 *
 * The first three are open: what is contested stays out of dunning. Closing as founded with a credit note
 * that has not come yet makes it "credit awaited"; the credit note, when imported, closes it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_DISPUTE_OPEN,           /* told, nobody has looked into it yet */
  RUBIS_DISPUTE_EXAMINED,       /* with its resolver */
  RUBIS_DISPUTE_CREDIT_AWAITED, /* founded: a credit note is to come */
  RUBIS_DISPUTE_FOUNDED,
  RUBIS_DISPUTE_UNFOUNDED, /* the customer owes what it contested */
  RUBIS_DISPUTE_ABANDONED, /* withdrawn by the customer, or given up */
} RubisDisputeState;
#define RUBIS_N_DISPUTE_STATES 6

/* "credit_awaited", as in the dossier (static) */
const char *rubis_dispute_state_to_id (RubisDisputeState state);
gboolean rubis_dispute_state_from_id (const char *id, RubisDisputeState *state);
/* For people, translated. (static) */
const char *rubis_dispute_state_to_label (RubisDisputeState state);
/* Whether what is contested stays out of dunning. */
gboolean rubis_dispute_state_is_open (RubisDisputeState state);
/* Whether a person may move a dispute from @from to @to; a closed one may be opened again. */
gboolean rubis_dispute_state_can_follow (RubisDisputeState from, RubisDisputeState to);

G_END_DECLS
