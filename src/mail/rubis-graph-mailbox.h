/* rubis-graph-mailbox.h: reads the inbox of a mailbox of Microsoft 365 through Graph (documentation,
 * "message: delta"). The cursor is Graph's delta link. */
#pragma once

#include "rubis-mailbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_GRAPH_MAILBOX (rubis_graph_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (RubisGraphMailbox, rubis_graph_mailbox, RUBIS, GRAPH_MAILBOX, RubisMailbox)

G_END_DECLS
