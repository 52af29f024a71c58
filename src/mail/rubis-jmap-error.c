#include "rubis-jmap-error.h"

#include <glib/gi18n-lib.h>

#include "rubis-http-private.h"

RubisDelivery *
rubis_jmap_judge_item (const RubisParcel *parcel, const char *from, const char *type, const char *words,
                       const char *text)
{
  static const char *const about_message[] = { "tooLarge", "invalidEmail", "noRecipients", NULL };
  static const char *const about_sender[] = { "forbiddenFrom", "forbiddenMailFrom", "forbidden", NULL };
  static const char *const about_server[] = { "overQuota", "rateLimit", "limit", "singleton", NULL };
  g_autofree char *sentence = NULL;
  g_autofree char *reason = NULL;
  RubisDelivery *delivery;
  RubisFate fate = RUBIS_FATE_REFUSED;
  gboolean wide = FALSE;

  if (g_str_equal (type, "invalidRecipients") || g_str_equal (type, "tooManyRecipients"))
    sentence = g_strdup_printf (_ ("The server refuses the address %s: check it."), parcel->to_email);
  else if (g_str_equal (type, "forbiddenToSend") && words[0] == '4')
    {
      sentence = g_strdup (_ ("The server does not take the message just now: it is tried again later."));
      fate = RUBIS_FATE_NOT_SENT;
    }
  else if (g_str_equal (type, "forbiddenToSend") || g_strv_contains (about_message, type))
    sentence = g_strdup (_ ("The server refuses the message."));
  else if (g_str_equal (type, "invalidProperties"))
    {
      /* The draft is there no more; the next attempt makes another. */
      sentence = g_strdup (_ ("The server does not take the message just now: it is tried again later."));
      fate = RUBIS_FATE_NOT_SENT;
    }
  else if (g_strv_contains (about_sender, type))
    {
      sentence = g_strdup_printf (
          _ ("The server does not let this login send as %s: check the sender’s address."), from);
      fate = RUBIS_FATE_NOT_SENT;
      wide = TRUE;
    }
  else if (g_strv_contains (about_server, type))
    {
      sentence = g_strdup (_ ("The server takes no more messages for now: it is tried again later."));
      fate = RUBIS_FATE_NOT_SENT;
      wide = TRUE;
    }
  else if (g_str_equal (type, "serverFail"))
    {
      /* RFC 8620, 3.6.2: nothing was changed; Cyrus says so when it does not reach the server behind it. */
      sentence = g_strdup (_ ("The JMAP server does not send at the moment: it is tried again later."));
      fate = RUBIS_FATE_NOT_SENT;
      wide = TRUE;
    }
  else
    {
      /* It was cut off from the server behind it: that one may have the message. */
      sentence = g_strdup (
          _ ("The server could not finish sending, and it is not known whether the message left."));
      fate = RUBIS_FATE_UNKNOWN;
    }
  reason = rubis_http_with_words (sentence, words[0] != '\0' ? words : type);
  delivery = rubis_delivery_new (fate, reason, text);
  delivery->sender_wide = wide;
  return delivery;
}
