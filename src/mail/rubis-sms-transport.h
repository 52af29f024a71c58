/* rubis-sms-transport.h: SMS by one of the providers over HTTP, by the transport of its sender.
 *
 * The sender's from_name is the name that the telephone shows: 3 to 11 letters and digits. Its price is the
 * number of parts times the sender's unit price.
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SMS_TRANSPORT (rubis_sms_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisSmsTransport, rubis_sms_transport, RUBIS, SMS_TRANSPORT, RubisTransport)

G_END_DECLS
