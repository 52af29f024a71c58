/* rubis-imap-mailbox.h: reads the inbox of a sender over IMAP.
 *
 * The cursor is "UIDVALIDITY:UID"; a uid has the same form. When the server gave new numbers to its messages
 * the reading begins again at `since`. Of a message over 25 MB only the beginning is given: its writer's
 * words, not all of its attachments.
 */
#pragma once

#include "rubis-mailbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_IMAP_MAILBOX (rubis_imap_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (RubisImapMailbox, rubis_imap_mailbox, RUBIS, IMAP_MAILBOX, RubisMailbox)

G_END_DECLS
