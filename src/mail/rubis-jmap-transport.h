/* rubis-jmap-transport.h: sends emails through a JMAP server (RFC 8621).
 *
 * The message is first put among the drafts; then one request submits it and moves it among those sent. A
 * draft carries a keyword of Rubis from the moment when its submission begins, so that after a cut the
 * server's state tells whether it left, never began to leave, or perhaps left.
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_JMAP_TRANSPORT (rubis_jmap_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisJmapTransport, rubis_jmap_transport, RUBIS, JMAP_TRANSPORT, RubisTransport)

G_END_DECLS
