/* rubis-api-fault.h: what the error of a provider means: a fate, and a sentence that names the way out. */
#pragma once

#include "rubis-http.h"
#include "rubis-parcel.h"
#include "rubis-sender.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_API_FAULT_NONE,
  RUBIS_API_FAULT_LOGIN,     /* key, password or token not accepted */
  RUBIS_API_FAULT_RIGHTS,    /* the account may not do this */
  RUBIS_API_FAULT_FROM,      /* the account may not write from this address */
  RUBIS_API_FAULT_QUOTA,     /* what it may send in a day, or has paid for, is used up */
  RUBIS_API_FAULT_RATE,      /* too much in a short time */
  RUBIS_API_FAULT_SIZE,      /* this message is too big */
  RUBIS_API_FAULT_RECIPIENT, /* an address that it does not take */
  RUBIS_API_FAULT_MESSAGE,   /* something else about this message */
  RUBIS_API_FAULT_BUSY,      /* not now; nothing was taken */
  RUBIS_API_FAULT_BROKEN,    /* an error of its own, at any moment of its work */
  RUBIS_API_FAULT_STRANGE,   /* an answer that is not of its protocol */
} RubisApiFault;

/* A provider's own word for an error; the last of a table has no code. */
typedef struct
{
  const char *code;
  RubisApiFault fault;
} RubisApiCode;

/* What HTTP itself says. */
RubisApiFault rubis_api_fault_of_status (guint status);
/* The same, unless @code is in @codes. */
RubisApiFault rubis_api_fault_of_code (const RubisApiCode *codes, const char *code, guint status);

/* A sentence for the user. @words: of the provider (nullable). (transfer full) */
char *rubis_api_fault_explain (RubisApiFault fault, const RubisSender *sender, const char *words);

/* What became of a parcel by an answer that is no success, or by no answer. @submits: whether the request was
 * the one that lets it leave: without an answer to any other one, nothing has left. @words: (nullable)
 */
RubisDelivery *rubis_api_judge (const RubisSender *sender, const RubisHttpResponse *response,
                                RubisApiFault fault, gboolean submits, const char *words);
/* No secret to log in with: nothing left. @error: (transfer full) */
RubisDelivery *rubis_api_judge_login (GError *error);
/* The same as an answer to a question: what it does not say stays unknown. @delivery: (transfer full) */
RubisDelivery *rubis_api_make_unknown (RubisDelivery *delivery);
/* What it means that a provider, asked by @response, does not know a parcel whose fate is unknown: not sent
 * when the last attempt is more than @delay seconds ago by the provider's clock, else still unknown.
 */
RubisDelivery *rubis_api_judge_absent (const RubisSender *sender, const RubisHttpResponse *response,
                                       const RubisParcel *parcel, int delay);
/* What a provider reports of a parcel that it took. @words: the recipient's server's (nullable) */
RubisDelivery *rubis_api_judge_event (const RubisSender *sender, RubisFate fate, const char *words);
/* The same as RUBIS_TRANSPORT_ERROR. */
void rubis_api_set_error (const RubisSender *sender, const RubisHttpResponse *response, RubisApiFault fault,
                          const char *words, GError **error);

G_END_DECLS
