/* rubis-ar24-cipher.h: how AR24 signs requests and hides its answers (AES-256-CBC).
 *
 * Vectors: domain-facts, http-signature-examples.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The header "signature" for @date ("YYYY-MM-DD HH:MM:SS", Paris). (transfer full) */
char *rubis_ar24_sign (const char *private_key, const char *date);
/* The text of an answer to a request of @date; NULL when it is not one. (transfer full) */
char *rubis_ar24_read (const char *private_key, const char *date, const char *base64);

G_END_DECLS
