/* rubis-graph-transport.h: sends through Microsoft Graph, from a mailbox of Microsoft 365.
 *
 * The message is put among the drafts, then sent: until the second step nothing has left, and at any later
 * time the mailbox says by the Message-ID which of the two was done (Microsoft Graph documentation, "message:
 * send").
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_GRAPH_TRANSPORT (rubis_graph_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisGraphTransport, rubis_graph_transport, RUBIS, GRAPH_TRANSPORT, RubisTransport)

G_END_DECLS
