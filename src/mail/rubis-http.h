/* rubis-http.h: one HTTP request and what is certain of it.
 *
 * TLS only, but for this machine. Redirects are followed only when asked, for a GET, and take the request's
 * headers along only within one domain; a POST is never sent again by itself. Used in one thread; calls
 * block.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-delivery.h"

G_BEGIN_DECLS

typedef struct _RubisHttp RubisHttp;

/* @timeout: seconds without a byte from the server, unless the environment's RUBIS_NETWORK_TIMEOUT says
 * otherwise (tests); a whole request may take five times as long. @ca_file: (nullable) further authorities
 * that are trusted (tests); the environment's RUBIS_CA_FILE when NULL.
 */
RubisHttp *rubis_http_new (guint timeout, const char *ca_file);
void rubis_http_free (RubisHttp *self);
/* The longest answer that is read, bytes (64 MB unless said); a longer one is UNKNOWN. */
void rubis_http_set_max_answer (RubisHttp *self, gsize size);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisHttp, rubis_http_free)

typedef struct
{
  char *method;
  char *url;
  GHashTable *headers; /* name -> value */
  GBytes *body;        /* (nullable) */
  char *content_type;  /* (nullable) */
  gboolean redirects;  /* of a GET */
} RubisHttpRequest;
RubisHttpRequest *rubis_http_request_new (const char *method, const char *url);
void rubis_http_request_free (RubisHttpRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisHttpRequest, rubis_http_request_free)
void rubis_http_request_set_header (RubisHttpRequest *self, const char *name, const char *value);
/* "Authorization: Bearer …" */
void rubis_http_request_set_bearer (RubisHttpRequest *self, const char *token);
/* "Authorization: Basic …" */
void rubis_http_request_set_basic (RubisHttpRequest *self, const char *user, const char *password);
/* @content_type: copied; @body: referenced */
void rubis_http_request_set_body (RubisHttpRequest *self, const char *content_type, GBytes *body);

typedef enum
{
  RUBIS_HTTP_NOT_SENT, /* the request did not leave completely: no connection, no TLS, cut before its end */
  RUBIS_HTTP_ANSWERED, /* a complete answer, whatever its status */
  RUBIS_HTTP_UNKNOWN,  /* the request left and no complete answer came */
} RubisHttpOutcome;

typedef struct
{
  RubisHttpOutcome outcome;
  guint status;         /* 0 without an answer */
  GBytes *body;         /* never NULL; what came of it */
  GHashTable *headers;  /* lower-case name -> value */
  char *url;            /* at last, after redirects */
  int retry_after;      /* seconds, from Retry-After (a number or a date); -1: not said */
  gboolean certificate; /* not sent because of the server's certificate */
  char *reason;         /* not sent, unknown: what happened, a sentence for the user; "" when answered */
  char *text;           /* the body's beginning for people, without the request's secrets */
} RubisHttpResponse;
void rubis_http_response_free (RubisHttpResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisHttpResponse, rubis_http_response_free)

/* Never NULL. @cancellable: (nullable) cancelled is UNKNOWN once the request left. */
RubisHttpResponse *rubis_http_send (RubisHttp *self, const RubisHttpRequest *request,
                                    GCancellable *cancellable);

/* The fate that an answer means where the provider says nothing else: 2xx SENT; 401, 402, 403, 407, 429
 * NOT_SENT for the whole sender, as 3xx; 408, 425, 503 NOT_SENT; other 5xx NOT_SENT, but UNKNOWN when
 * @submits (a gateway may have passed it on), as an incomplete answer; other 4xx REFUSED. @submits: whether
 * the request is the one that makes the parcel leave. @what: the server's own words (nullable).
 */
RubisDelivery *rubis_http_judge (const RubisHttpResponse *response, gboolean submits, const char *what);

/* The body as UTF-8 text, at most 4,000 bytes, for an answer that is kept: the secrets of the request's
 * headers are left out of it, but not those that the server gives (never keep the answers of OAuth).
 * (transfer full)
 */
char *rubis_http_response_dup_text (const RubisHttpResponse *self);

G_END_DECLS
