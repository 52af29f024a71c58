/* rubis-outbox-parcel.h: a message of the outbox as what a transport carries, and what a transport says of
 * it.
 *
 * Private to session.
 */
#pragma once

#include "rubis-delivery.h"
#include "rubis-outbox-private.h"
#include "rubis-parcel.h"

G_BEGIN_DECLS

/* What the message is to a sender (nullable: to any). FALSE when @sender does not carry it. */
gboolean rubis_outbox_get_parcel_kind (const RubisOutboxRecord *record, const RubisSender *sender,
                                       RubisParcelKind *kind);
/* The address that messages of @sender come from: its own, else the company's. (transfer full) NULL on error
 */
char *rubis_outbox_dup_from (RubisDatabase *db, const RubisSender *sender, GError **error);
/* The parcel of a message; its id and the attempts before are the dispatcher's. (transfer full) NULL on error
 */
RubisParcel *rubis_outbox_make_parcel (RubisSession *session, RubisDatabase *db,
                                       const RubisOutboxRecord *record, const RubisDocumentRecord *document,
                                       const RubisSender *sender, GError **error);
/* Notes in @record and the dossier what the provider says besides the fate: its price. Within a transaction;
 * @record is written by the caller.
 */
gboolean rubis_outbox_note_delivery (RubisSession *session, RubisDatabase *db, RubisOutboxRecord *record,
                                     const RubisDelivery *delivery, GError **error);

G_END_DECLS
