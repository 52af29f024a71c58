/* rubis-ar24-transport.h: electronic registered letters (LRE) by AR24.
 *
 * sender->service is the user's number with the provider; secrets: "password" the token, "key" the private
 * key.
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_AR24_TRANSPORT (rubis_ar24_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisAr24Transport, rubis_ar24_transport, RUBIS, AR24_TRANSPORT, RubisTransport)

/* Price of one, excluding VAT, minor units of EUR, as far as it is published (to be checked: undated source).
 */
#define RUBIS_AR24_PRICE 399

G_END_DECLS
