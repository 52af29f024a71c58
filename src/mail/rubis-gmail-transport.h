/* rubis-gmail-transport.h: sends through the Gmail API.
 *
 * Gmail may put a Message-ID of its own in place of ours: it is asked after sending, and a message whose fate
 * is unknown is recognised by more than its id (Gmail API documentation, "users.messages").
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_GMAIL_TRANSPORT (rubis_gmail_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisGmailTransport, rubis_gmail_transport, RUBIS, GMAIL_TRANSPORT, RubisTransport)

G_END_DECLS
