/* rubis-graph-draft.h: puts a message among the drafts of a mailbox of Microsoft 365. */
#pragma once

#include "rubis-graph.h"
#include "rubis-parcel.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;         /* of Graph; "" when there is none */
  char *message_id; /* its Message-ID without angle brackets, as Graph shows it */
  gboolean sent;    /* no draft any more */
} RubisGraphDraft;

void rubis_graph_draft_free (RubisGraphDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisGraphDraft, rubis_graph_draft_free)

/* Makes the draft of @parcel, with its attachments. NULL and @delivery when it could not be made; nothing has
 * left then. */
RubisGraphDraft *rubis_graph_draft_new (RubisApi *api, const RubisSender *sender, const RubisParcel *parcel,
                                        GCancellable *cancellable, RubisDelivery **delivery);
/* The draft, or the message sent, that an earlier attempt has made, by the parcel's provider_id or
 * Message-ID; with an empty id when there is none. NULL and @delivery when the mailbox could not be asked.
 * @asked: (out) (transfer full) the answer.
 */
RubisGraphDraft *rubis_graph_draft_find (RubisApi *api, const RubisSender *sender, const RubisParcel *parcel,
                                         GCancellable *cancellable, RubisHttpResponse **asked,
                                         RubisDelivery **delivery);
/* Whether all attachments of @parcel are with the draft. */
gboolean rubis_graph_draft_is_complete (RubisApi *api, const RubisGraphDraft *self, const RubisParcel *parcel,
                                        GCancellable *cancellable);
/* Takes the draft away again; it is no harm when that fails. */
void rubis_graph_draft_delete (RubisApi *api, const RubisGraphDraft *self, GCancellable *cancellable);

G_END_DECLS
