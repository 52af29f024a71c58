/* rubis-hand-over-private.h: what the outbox has to know of letters that a provider posts. */
#pragma once

#include "rubis-delivery.h"
#include "rubis-hand-over.h"
#include "rubis-parcel.h"
#include "rubis-store-outbox.h"

G_BEGIN_DECLS

/* Addresses, title and reference of a letter's parcel. Within or outside a transaction. */
gboolean rubis_hand_over_fill_parcel (RubisSession *session, RubisDatabase *db,
                                      const RubisOutboxRecord *record, RubisParcel *parcel, GError **error);
/* The letter waits for the printer again: refused, or taken back. Within a transaction; @why is journaled. */
gboolean rubis_hand_over_give_back (RubisSession *session, RubisDatabase *db, RubisOutboxRecord *record,
                                    const char *why, GError **error);
/* Notes what the provider told of a parcel that is a letter: its number, its course; nothing of other
 * parcels. Outside a transaction; leaves alone what a person has noted otherwise.
 */
gboolean rubis_hand_over_learn (RubisSession *session, gint64 outbox_id, const RubisParcel *parcel,
                                const RubisDelivery *delivery, GError **error);

G_END_DECLS
