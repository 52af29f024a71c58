/* rubis-gmail-mailbox.h: reads the inbox through the Gmail API (documentation, "synchronizing clients"). The
 * cursor is Gmail's history id. */
#pragma once

#include "rubis-mailbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_GMAIL_MAILBOX (rubis_gmail_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (RubisGmailMailbox, rubis_gmail_mailbox, RUBIS, GMAIL_MAILBOX, RubisMailbox)

G_END_DECLS
