/* rubis-http-private.h: the words of rubis-http.h. */
#pragma once

#include "rubis-http.h"

G_BEGIN_DECLS

/* What is wrong with a certificate, and the way out. (transfer full) */
char *rubis_http_explain_certificate (GTlsCertificateFlags flags, gboolean self_signed, const char *host);

/* The beginning of @body as text without the secrets of @headers, in place of @text. (transfer full) */
char *rubis_http_redact (char *text, GBytes *body, GHashTable *headers);

/* @sentence, and what the server says of it in its own @words (nullable). (transfer full) */
char *rubis_http_with_words (const char *sentence, const char *words);

G_END_DECLS
