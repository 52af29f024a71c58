/* rubis-sms-provider.h: how one provider of SMS is asked, and how its answers read.
 *
 * Private to the transports of SMS: rubis-sms-transport.c talks, the providers say what.
 */
#pragma once

#include "rubis-http.h"
#include "rubis-json-answer.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

/* What a request is made of. Secrets are asked from the transport when they are needed. */
typedef struct
{
  const RubisSender *sender;
  const char *base;   /* address of the API, without a slash at its end */
  const char *secret; /* RUBIS_SECRET_PASSWORD */
  const char *key;    /* RUBIS_SECRET_KEY, "" where the provider has none */
  gint64 now;         /* seconds since 1970 by the provider's clock, where it matters */
} RubisSmsCall;

typedef struct
{
  const char *base; /* its own address */
  gboolean needs_service;
  gboolean needs_key;
  gboolean needs_clock; /* requests are signed with the provider's time */
  RubisHttpRequest *(*make_send) (const RubisSmsCall *call, const RubisParcel *parcel, const char *text);
  /* Completes what a complete answer with status 2xx says. */
  void (*read_send) (RubisJsonAnswer *json, RubisDelivery *delivery);
  RubisHttpRequest *(*make_test) (const RubisSmsCall *call);
  /* (nullable) What became of a message, and (nullable) of one whose fate is unknown. The readers set the
   * fate; UNKNOWN stays where the answer does not tell. */
  RubisHttpRequest *(*make_follow) (const RubisSmsCall *call, const RubisParcel *parcel);
  void (*read_follow) (RubisJsonAnswer *json, RubisDelivery *delivery);
  RubisHttpRequest *(*make_look_up) (const RubisSmsCall *call, const RubisParcel *parcel);
  void (*read_look_up) (RubisJsonAnswer *json, const RubisParcel *parcel, const char *text,
                        RubisDelivery *delivery);
  const char *error_path; /* of the sentence in an error's JSON */
} RubisSmsProvider;

extern const RubisSmsProvider rubis_sms_ovh;
extern const RubisSmsProvider rubis_sms_brevo;
extern const RubisSmsProvider rubis_sms_twilio;
extern const RubisSmsProvider rubis_sms_smsmode;

/* The headers that sign a request to OVH: @timestamp of its clock. Vectors: domain-facts,
 * http-signature-examples. */
char *rubis_sms_ovh_sign (const char *secret, const char *consumer_key, const char *method, const char *url,
                          const char *body, gint64 timestamp);

/* For providers that know their customer by a key in the header @key_header and answer in JSON. */
RubisHttpRequest *rubis_sms_new_request (const RubisSmsCall *call, const char *key_header, const char *method,
                                         const char *path);
/* The member "messageId" of the answer; without it nobody knows whether the message was taken. */
void rubis_sms_read_message_id (RubisJsonAnswer *json, RubisDelivery *delivery);
/* "33612345678" of "+33612345678" (unowned) */
const char *rubis_sms_skip_plus (const char *phone);

G_END_DECLS
