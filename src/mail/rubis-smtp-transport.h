/* rubis-smtp-transport.h: emails by SMTP, with STARTTLS or TLS from the beginning.
 *
 * The fate of a message follows from what was said (RFC 5321): an answer after the body decides; without one
 * the message is unknown once its last byte was handed over, and certainly not taken before. Several
 * recipients (separated by commas) are all accepted or none is written to.
 *
 * When the sender has an IMAP server, a copy of what was sent goes to its folder of sent messages, unless the
 * provider puts it there itself; a failure there is only noted in the answer. look_up() searches that folder
 * and the inbox for the Message-ID.
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SMTP_TRANSPORT (rubis_smtp_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisSmtpTransport, rubis_smtp_transport, RUBIS, SMTP_TRANSPORT, RubisTransport)

G_END_DECLS
