/* rubis-jmap-mailbox.h: reads the inbox of a JMAP server (RFC 8621).
 *
 * Its cursor is "SECONDS STATE": the server's time of the last reading, and the state of its emails then.
 */
#pragma once

#include "rubis-mailbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_JMAP_MAILBOX (rubis_jmap_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (RubisJmapMailbox, rubis_jmap_mailbox, RUBIS, JMAP_MAILBOX, RubisMailbox)

G_END_DECLS
