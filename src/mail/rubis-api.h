/* rubis-api.h: the requests of one sender to the HTTP API of its provider.
 *
 * Puts together the address and the login, and renews a token once when the provider answers 401. Used in one
 * thread; calls block.
 */
#pragma once

#include "rubis-credentials.h"
#include "rubis-http.h"
#include "rubis-json-answer.h"

G_BEGIN_DECLS

typedef struct _RubisApi RubisApi;

typedef enum
{
  RUBIS_API_BEARER, /* the OAuth token of the sender */
  RUBIS_API_KEY,    /* the secret "password" in a header of its own */
  RUBIS_API_BASIC,  /* the secret "key" (else the sender's user) and the secret "password" */
} RubisApiLogin;

/* @base: "https://api.brevo.com", unless the sender names another server. @key_header: of RUBIS_API_KEY,
 * (nullable). @sender and @credentials must outlive it.
 */
RubisApi *rubis_api_new (const RubisSender *sender, RubisCredentials *credentials, const char *base,
                         RubisApiLogin login, const char *key_header);
void rubis_api_free (RubisApi *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisApi, rubis_api_free)

/* A header that every request carries. */
void rubis_api_set_header (RubisApi *self, const char *name, const char *value);
/* A request to @path, "/v3/account" with its query, below the base address. */
RubisHttpRequest *rubis_api_request_new (RubisApi *self, const char *method, const char *path);
/* A request to an address that the provider gave; NULL when it is not the provider's own: the login goes to
 * nobody else. */
RubisHttpRequest *rubis_api_request_new_for_url (RubisApi *self, const char *method, const char *url);
/* @json: (transfer full) becomes the body. */
void rubis_api_request_take_json (RubisHttpRequest *request, GBytes *json);

/* NULL with RUBIS_CREDENTIALS_ERROR when nothing was sent because there is no secret to log in with. */
RubisHttpResponse *rubis_api_call (RubisApi *self, RubisHttpRequest *request, GCancellable *cancellable,
                                   GError **error);
/* The same without a login, for addresses that carry their own. */
RubisHttpResponse *rubis_api_call_open (RubisApi *self, RubisHttpRequest *request, GCancellable *cancellable);

/* Whether it was answered by a status from 200 to 299. @response: (nullable) */
gboolean rubis_api_is_success (const RubisHttpResponse *response);
/* Seconds since 1970 by the clock of the server that answered; 0 when it does not say. */
gint64 rubis_api_get_server_time (const RubisHttpResponse *response);

/* The JSON of an answer; of an error, without the secrets of the request that it may repeat. */
RubisJsonAnswer *rubis_api_read_json (const RubisHttpResponse *response);

G_END_DECLS
