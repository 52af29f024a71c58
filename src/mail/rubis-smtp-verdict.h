/* rubis-smtp-verdict.h: what became of a message, from what an SMTP server said. */
#pragma once

#include "rubis-curl.h"
#include "rubis-delivery.h"

G_BEGIN_DECLS

typedef struct
{
  CURLcode result;
  const GError *error; /* (nullable) of the connection, in words */
  const RubisCurlTalk *talk;
  gboolean handed_over; /* the last byte of the message was given to libcurl */
  const char *host;
  const char *recipient;
  const char *from;
  gsize size; /* bytes of the message */
} RubisSmtpVerdict;

/* (transfer full) */
RubisDelivery *rubis_smtp_verdict_judge (const RubisSmtpVerdict *verdict);

G_END_DECLS
