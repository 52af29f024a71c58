/* rubis-curl-error.h: what went wrong with a mail server, in words for the user and with the way out. */
#pragma once

#include "rubis-curl.h"

G_BEGIN_DECLS

typedef struct
{
  CURLcode result;
  CURL *handle;
  const char *words; /* of libcurl; may be "" */
  const RubisSender *sender;
  const char *host;
  int port;
  const RubisCurlTalk *talk;
} RubisCurlFailure;

/* Sets a RUBIS_TRANSPORT_ERROR, or G_IO_ERROR_CANCELLED. */
void rubis_curl_error_set (const RubisCurlFailure *failure, GError **error);

/* What a server said on one line of UTF-8, at most 300 bytes. (transfer full) */
char *rubis_curl_error_dup_words (const char *reply);

G_END_DECLS
