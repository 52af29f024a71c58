/* rubis-brevo-transport.h: sends through Brevo's transactional email (Brevo documentation, "smtp/email").
 *
 * Brevo remembers the idempotency key of a message for half an hour, and reports what became of it as events.
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_BREVO_TRANSPORT (rubis_brevo_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisBrevoTransport, rubis_brevo_transport, RUBIS, BREVO_TRANSPORT, RubisTransport)

G_END_DECLS
