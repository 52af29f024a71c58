/* provider-fixture.h: the fake of the providers of email over HTTP, and senders through them. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rubis-mailbox.h"
#include "rubis-test-credentials.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

/* One line for each provider. */
typedef struct
{
  const char *name;
  RubisTransportKind kind;
  const char *submits; /* part of the request that lets a message leave */
  gboolean tokens;     /* logs in by OAuth */
} TestProvider;
#define N_TEST_PROVIDERS 4
extern const TestProvider test_providers[N_TEST_PROVIDERS];

/* The secrets that the fake knows; none may be in a text. */
#define TEST_TOKEN "good-token"
void provider_assert_no_secret (const char *text);

/* Starts the fake, once; forgets everything that an earlier test said. */
void provider_reset (void);
void provider_stop (void);
/* Asks /control/@name of the fake; @body: (nullable) (printf) JSON. */
JsonNode *provider_control (const char *name, const char *body, ...) G_GNUC_PRINTF (2, 3);
/* The same, the answer is not read. */
void provider_set (const char *name, const char *body, ...) G_GNUC_PRINTF (2, 3);
/* An email that Python has written. @options: more members of the JSON, "" or ", \"size\": 3000000" */
GBytes *provider_make_message (const char *message_id, const char *options);
/* What Python reads in it. */
JsonObject *provider_decode (GBytes *message);
/* How many messages have left, whatever the provider; the answer of the last one. */
guint provider_count_sent (void);
JsonObject *provider_get_sent (guint i);
/* Moves the fake's clock, seconds from now. */
void provider_set_clock (gint64 offset);

RubisSender *provider_new_sender (const TestProvider *provider);
RubisCredentials *provider_new_credentials (const TestProvider *provider);
RubisTransport *provider_new_transport (const TestProvider *provider);
RubisMailbox *provider_new_mailbox (const TestProvider *provider);
RubisParcel *provider_new_parcel (GBytes *message, const char *id);

G_END_DECLS
