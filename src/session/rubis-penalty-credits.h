/* rubis-penalty-credits.h: the credits that a letter deducts, and the interest they stop.
 *
 * A letter deducts the open credit notes and unallocated payments from what it claims; interest on that same money
 * would be claimed too much. So they are set against the late items of the letter, the oldest first (C.civ 1342-10): a
 * credit note from the origin of the item, for it most often corrects an invoice; a payment from its own day, against
 * the principal first. Strictly an unallocated credit stops no interest until it is allocated, and C.civ 1343-1 lets a
 * creditor set payments against interest first: both would claim more, and a letter never claims too much. The agenda
 * and letters made by hand follow the same rule, for both are filled by rubis_agenda_fill_document().
 *
 * Private to session.
 */
#pragma once

#include "rubis-interest.h"
#include "rubis-store-items.h"

G_BEGIN_DECLS

typedef struct _RubisPenaltyCredits RubisPenaltyCredits;
RubisPenaltyCredits *rubis_penalty_credits_new (void);
void rubis_penalty_credits_free (RubisPenaltyCredits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPenaltyCredits, rubis_penalty_credits_free)

/* @item: with a negative open amount, which the letter deducts */
void rubis_penalty_credits_add (RubisPenaltyCredits *self, const RubisItemRecord *item);
/* Uses up credits in @currency for a late @principal: what interest is computed with. (transfer full) (element-type
 * RubisInterestEvent)
 */
GArray *rubis_penalty_credits_take (RubisPenaltyCredits *self, RubisCurrency currency, gint64 principal);

G_END_DECLS
