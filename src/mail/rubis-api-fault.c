#include "rubis-api-fault.h"

#include "rubis-api.h"
#include "rubis-transport.h"

#include <glib/gi18n-lib.h>

/* Seconds to wait when what may be sent in a day is used up and the provider does not say for how long. */
#define QUOTA_WAIT 3600

RubisApiFault
rubis_api_fault_of_status (guint status)
{
  switch (status)
    {
    case 401:
    case 407:
      return RUBIS_API_FAULT_LOGIN;
    case 402:
      return RUBIS_API_FAULT_QUOTA;
    case 403:
      return RUBIS_API_FAULT_RIGHTS;
    case 413:
      return RUBIS_API_FAULT_SIZE;
    case 429:
      return RUBIS_API_FAULT_RATE;
    case 408:
    case 409:
    case 425:
    case 503:
      return RUBIS_API_FAULT_BUSY;
    default:
      if (status >= 500)
        return RUBIS_API_FAULT_BROKEN;
      return status >= 400 ? RUBIS_API_FAULT_MESSAGE : RUBIS_API_FAULT_STRANGE;
    }
}

RubisApiFault
rubis_api_fault_of_code (const RubisApiCode *codes, const char *code, guint status)
{
  for (const RubisApiCode *row = codes; row->code != NULL; row++)
    {
      if (g_ascii_strcasecmp (row->code, code) == 0)
        return row->fault;
    }
  return rubis_api_fault_of_status (status);
}

/* @label: the provider. (transfer full) */
static char *
make_sentence (RubisApiFault fault, const char *label)
{
  switch (fault)
    {
    case RUBIS_API_FAULT_LOGIN:
      return g_strdup_printf (
          _ ("%s no longer accepts the login of this sender: sign in again, or give the key anew, in the "
             "settings of the senders."),
          label);
    case RUBIS_API_FAULT_RIGHTS:
      return g_strdup_printf (
          _ ("%s does not let this account do that: check its rights and its state with the provider."),
          label);
    case RUBIS_API_FAULT_FROM:
      return g_strdup_printf (
          _ ("%s does not let this account write from the sender’s address: validate the address with the "
             "provider, or correct it in the settings of the senders."),
          label);
    case RUBIS_API_FAULT_QUOTA:
      return g_strdup_printf (
          _ ("What this account may send through %s is used up for now: the messages wait and are tried "
             "again; if it lasts, see your plan with the provider."),
          label);
    case RUBIS_API_FAULT_RATE:
      return g_strdup_printf (
          _ ("%s asks for a pause: the messages wait and leave by themselves afterwards."), label);
    case RUBIS_API_FAULT_SIZE:
      return g_strdup_printf (
          _ ("The message is too big for %s: take out attachments or let them be merged."), label);
    case RUBIS_API_FAULT_RECIPIENT:
      return g_strdup_printf (_ ("%s refuses the recipient’s address: correct it in the account’s contacts."),
                              label);
    case RUBIS_API_FAULT_MESSAGE:
      return g_strdup_printf (
          _ ("%s refuses this message: read what it says, correct the message and send it again."), label);
    case RUBIS_API_FAULT_BUSY:
      return g_strdup_printf (
          _ ("%s is not available just now: nothing left, the message is tried again later."), label);
    case RUBIS_API_FAULT_BROKEN:
      return g_strdup_printf (_ ("%s reports an error of its own."), label);
    case RUBIS_API_FAULT_NONE:
    case RUBIS_API_FAULT_STRANGE:
    default:
      return g_strdup_printf (
          _ ("%s gave an answer that is not of its protocol: check the server’s address and what stands "
             "between it and this computer."),
          label);
    }
}

/* (transfer full) @words: (nullable) of the provider */
static char *
with_words (const char *sentence, const char *words)
{
  if (words == NULL || *words == '\0')
    return g_strdup (sentence);
  /* Translators: a sentence, and the words of the server */
  return g_strdup_printf (_ ("%s It says: %s"), sentence, words);
}

char *
rubis_api_fault_explain (RubisApiFault fault, const RubisSender *sender, const char *words)
{
  g_autofree char *sentence = make_sentence (fault, rubis_transport_to_label (sender->transport));

  return with_words (sentence, words);
}

static RubisFate
fate_of (RubisApiFault fault, gboolean submits)
{
  switch (fault)
    {
    case RUBIS_API_FAULT_SIZE:
    case RUBIS_API_FAULT_RECIPIENT:
    case RUBIS_API_FAULT_MESSAGE:
      return RUBIS_FATE_REFUSED;
    case RUBIS_API_FAULT_LOGIN:
    case RUBIS_API_FAULT_RIGHTS:
    case RUBIS_API_FAULT_FROM:
    case RUBIS_API_FAULT_QUOTA:
    case RUBIS_API_FAULT_RATE:
    case RUBIS_API_FAULT_BUSY:
      return RUBIS_FATE_NOT_SENT;
    case RUBIS_API_FAULT_NONE:
    case RUBIS_API_FAULT_BROKEN:
    case RUBIS_API_FAULT_STRANGE:
    default:
      return submits ? RUBIS_FATE_UNKNOWN : RUBIS_FATE_NOT_SENT;
    }
}

/* The status and what was said with it. */
static char *
dup_answer (const RubisHttpResponse *response)
{
  g_autofree char *text = rubis_http_response_dup_text (response);

  return g_strdup_printf ("%u %s", response->status, text);
}

RubisDelivery *
rubis_api_judge (const RubisSender *sender, const RubisHttpResponse *response, RubisApiFault fault,
                 gboolean submits, const char *words)
{
  g_autofree char *reason = NULL;
  g_autofree char *answer = NULL;
  RubisDelivery *delivery;

  if (response->outcome != RUBIS_HTTP_ANSWERED)
    return rubis_http_judge (response, submits, NULL);
  reason = rubis_api_fault_explain (fault, sender, words);
  answer = dup_answer (response);
  delivery = rubis_delivery_new (fate_of (fault, submits), reason, answer);
  delivery->sender_wide = delivery->fate == RUBIS_FATE_NOT_SENT;
  delivery->retry_after = response->retry_after;
  if (fault == RUBIS_API_FAULT_QUOTA && delivery->retry_after < 0)
    delivery->retry_after = QUOTA_WAIT;
  return delivery;
}

RubisDelivery *
rubis_api_judge_login (GError *error)
{
  RubisDelivery *delivery = rubis_delivery_new (RUBIS_FATE_NOT_SENT, error->message, NULL);

  delivery->sender_wide = TRUE;
  g_error_free (error);
  return delivery;
}

RubisDelivery *
rubis_api_make_unknown (RubisDelivery *delivery)
{
  delivery->fate = RUBIS_FATE_UNKNOWN;
  return delivery;
}

void
rubis_api_set_error (const RubisSender *sender, const RubisHttpResponse *response, RubisApiFault fault,
                     const char *words, GError **error)
{
  g_autofree char *reason = NULL;
  RubisTransportError code;

  if (response->outcome != RUBIS_HTTP_ANSWERED)
    {
      code = response->certificate ? RUBIS_TRANSPORT_ERROR_CERTIFICATE : RUBIS_TRANSPORT_ERROR_UNREACHABLE;
      g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, code, response->reason);
      return;
    }
  reason = rubis_api_fault_explain (fault, sender, words);
  code = fault == RUBIS_API_FAULT_LOGIN || fault == RUBIS_API_FAULT_RIGHTS ? RUBIS_TRANSPORT_ERROR_LOGIN
                                                                           : RUBIS_TRANSPORT_ERROR_SERVER;
  g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, code, reason);
}

RubisDelivery *
rubis_api_judge_absent (const RubisSender *sender, const RubisHttpResponse *response,
                        const RubisParcel *parcel, int delay)
{
  gint64 now = rubis_api_get_server_time (response);
  const char *label = rubis_transport_to_label (sender->transport);
  g_autofree char *reason = NULL;
  RubisDelivery *delivery;

  if (parcel->last_attempt > 0 && now >= parcel->last_attempt + delay)
    {
      reason = g_strdup_printf (_ ("%s has no such message: it had not left."), label);
      return rubis_delivery_new (RUBIS_FATE_NOT_SENT, reason, NULL);
    }
  reason = g_strdup_printf (_ ("%s does not show the message, which may still appear: it is asked again "
                               "in some minutes."),
                            label);
  delivery = rubis_delivery_new (RUBIS_FATE_UNKNOWN, reason, NULL);
  delivery->retry_after = delay;
  return delivery;
}

RubisDelivery *
rubis_api_judge_event (const RubisSender *sender, RubisFate fate, const char *words)
{
  const char *label = rubis_transport_to_label (sender->transport);
  g_autofree char *reason = NULL;
  g_autofree char *full = NULL;

  if (fate == RUBIS_FATE_BOUNCED_HARD)
    reason
        = g_strdup_printf (_ ("%s could not deliver the message, for good: correct the recipient’s address, "
                              "or reach the recipient in another way."),
                           label);
  else if (fate == RUBIS_FATE_BOUNCED_SOFT)
    reason = g_strdup_printf (_ ("%s could not deliver the message for now: send it again later."), label);
  else
    return rubis_delivery_new (fate, NULL, words);
  full = with_words (reason, words);
  return rubis_delivery_new (fate, full, words);
}
