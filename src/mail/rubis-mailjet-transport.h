/* rubis-mailjet-transport.h: sends through Mailjet's send API 3.1 (Mailjet documentation, "Send API v3.1").
 *
 * Mailjet remembers no key, but shows the messages of a custom id, by which one whose fate is unknown is
 * found.
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_MAILJET_TRANSPORT (rubis_mailjet_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisMailjetTransport, rubis_mailjet_transport, RUBIS, MAILJET_TRANSPORT,
                      RubisTransport)

G_END_DECLS
