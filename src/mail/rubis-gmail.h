/* rubis-gmail.h: what sending and reading through the Gmail API share. */
#pragma once

#include "rubis-api-fault.h"
#include "rubis-api.h"

G_BEGIN_DECLS

#define RUBIS_GMAIL_USER "/gmail/v1/users/me/"

RubisApi *rubis_gmail_api_new (const RubisSender *sender, RubisCredentials *credentials);
/* What an answer that is no success means; @words: (out) Gmail's own. */
RubisApiFault rubis_gmail_get_fault (const RubisHttpResponse *response, char **words);
/* rubis_api_judge() */
RubisDelivery *rubis_gmail_judge (const RubisSender *sender, const RubisHttpResponse *response,
                                  gboolean submits);
/* base64url, as Gmail writes it. (transfer full) */
char *rubis_gmail_encode (GBytes *bytes);
GBytes *rubis_gmail_decode (const char *text);

G_END_DECLS
