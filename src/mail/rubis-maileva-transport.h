/* rubis-maileva-transport.h: letters and registered letters printed and posted by Maileva.
 *
 * sender->service is the client id, sender->user the user's name, sender->email where notices of the provider
 * go; secrets: "password" of the user, "key" the client secret. A letter is paid once it is submitted; before
 * that it is a draft without effect.
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_MAILEVA_TRANSPORT (rubis_maileva_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisMailevaTransport, rubis_maileva_transport, RUBIS, MAILEVA_TRANSPORT,
                      RubisTransport)

G_END_DECLS
