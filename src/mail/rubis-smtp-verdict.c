#include "rubis-smtp-verdict.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-curl-error.h"

#define MAX_ANSWER 1000

static RubisDelivery *
new_delivery (const RubisSmtpVerdict *verdict, RubisFate fate, gboolean sender_wide, const char *reason)
{
  g_autofree char *answer = g_utf8_make_valid (verdict->talk->reply->str, -1);
  RubisDelivery *delivery;

  if (strlen (answer) > MAX_ANSWER)
    *g_utf8_find_prev_char (answer, answer + MAX_ANSWER) = '\0';
  delivery = rubis_delivery_new (fate, reason, answer);
  delivery->sender_wide = sender_wide;
  return delivery;
}

/* The recipient that the last RCPT named. (transfer full) */
static char *
dup_recipient (const RubisSmtpVerdict *verdict)
{
  const char *start = strchr (verdict->talk->argument->str, '<');
  const char *end = start != NULL ? strchr (start, '>') : NULL;

  if (strcmp (verdict->talk->verb, "RCPT") != 0 || end == NULL)
    return g_strdup (verdict->recipient);
  return g_strndup (start + 1, (gsize)(end - start - 1));
}

/* Whether a line of the reply has the status @status (RFC 3463): "550-5.4.5 Daily limit". */
static gboolean
has_status (const RubisCurlTalk *talk, const char *status)
{
  g_auto (GStrv) lines = g_strsplit (talk->reply->str, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      if (strlen (*line) > 4 && g_str_has_prefix (*line + 4, status)
          && !g_ascii_isdigit ((*line)[4 + strlen (status)]))
        return TRUE;
    }
  return FALSE;
}

/* Too large, here or at the recipient's. */
static gboolean
is_too_large (const RubisCurlTalk *talk)
{
  return has_status (talk, "5.3.4") || has_status (talk, "5.2.3")
         || (talk->code == 552 && !has_status (talk, "5.2.2"));
}

/* The recipient's server knows nobody of that name, or the domain takes no mail (RFC 3463, X.1.1 to X.1.3, X.1.6, X.1.10). */
static gboolean
is_unknown (const RubisCurlTalk *talk)
{
  return strcmp (talk->verb, "RCPT") == 0
         && (has_status (talk, "5.1.1") || has_status (talk, "5.1.2") || has_status (talk, "5.1.3")
             || has_status (talk, "5.1.6") || has_status (talk, "5.1.10"));
}

/* Reasons that hold for every message of the sender, wherever they were said. */
static gboolean
concerns_sender (const RubisCurlTalk *talk)
{
  g_autofree char *said = g_ascii_strdown (talk->reply->str, -1);

  /* "relay access denied": it does not know the sender, whoever the recipient. */
  if (strcmp (talk->verb, "RCPT") == 0 && talk->code >= 500 && strstr (said, "relay") != NULL)
    return TRUE;
  /* 421: the server goes; 530, 535, 538: no login; 5.4.5: the day's quota (Google). */
  return talk->code == 421 || talk->code == 530 || talk->code == 535 || talk->code == 538
         || has_status (talk, "5.4.5");
}

static RubisDelivery *
judge_size (const RubisSmtpVerdict *verdict)
{
  g_autofree char *size = g_format_size_full (verdict->size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *most = g_format_size_full (verdict->talk->size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *words = rubis_curl_error_dup_words (verdict->talk->reply->str);
  g_autofree char *reason = NULL;

  if (verdict->talk->size > 0 && verdict->size > verdict->talk->size)
    reason = g_strdup_printf (
        _ ("The email weighs %s and “%s” takes at most %s: send fewer or smaller attachments."), size,
        verdict->host, most);
  else
    reason = g_strdup_printf (_ ("The email is too large for the mail server (%s): send fewer or smaller "
                                 "attachments. It says: %s"),
                              size, words);
  return new_delivery (verdict, RUBIS_FATE_REFUSED, FALSE, reason);
}

/* The server answered a command, or the whole message, with an error. */
static RubisDelivery *
judge_answer (const RubisSmtpVerdict *verdict)
{
  const RubisCurlTalk *talk = verdict->talk;
  g_autofree char *words = rubis_curl_error_dup_words (talk->reply->str);
  g_autofree char *recipient = dup_recipient (verdict);
  g_autofree char *reason = NULL;
  gboolean later = talk->code < 500;
  RubisDelivery *delivery;

  if (concerns_sender (talk))
    {
      reason = g_strdup_printf (_ ("“%s” takes no messages from this sender just now: %s"), verdict->host,
                                words);
      return new_delivery (verdict, RUBIS_FATE_NOT_SENT, TRUE, reason);
    }
  if (!later && is_too_large (talk))
    return judge_size (verdict);
  /* A full mailbox is emptied some day. */
  if (has_status (talk, "5.2.2") || has_status (talk, "4.2.2"))
    {
      reason = g_strdup_printf (_ ("The mailbox of “%s” is full, it is tried again later: %s"), recipient,
                                words);
      return new_delivery (verdict, RUBIS_FATE_NOT_SENT, FALSE, reason);
    }
  if (strcmp (talk->verb, "MAIL") == 0)
    {
      reason = later ? g_strdup_printf (_ ("“%s” takes no messages from “%s” just now: %s"), verdict->host,
                                        verdict->from, words)
                     : g_strdup_printf (
                         _ ("“%s” does not let this sender write as “%s”: correct its address or its "
                            "login. It says: %s"),
                         verdict->host, verdict->from, words);
      return new_delivery (verdict, RUBIS_FATE_NOT_SENT, TRUE, reason);
    }
  if (strcmp (talk->verb, "RCPT") == 0)
    reason = later ? g_strdup_printf (_ ("“%s” cannot be written to just now, it is tried again later: %s"),
                                      recipient, words)
                   : g_strdup_printf (
                       _ ("The address “%s” is refused: correct it in the contacts of the account. The "
                          "mail server says: %s"),
                       recipient, words);
  else
    reason = later ? g_strdup_printf (
                 _ ("The mail server does not take the email just now, it is tried again later: "
                    "%s"),
                 words)
                   : g_strdup_printf (
                       _ ("The mail server refuses the email: change it, or ask your provider. It says: "
                          "%s"),
                       words);
  delivery = new_delivery (verdict, later ? RUBIS_FATE_NOT_SENT : RUBIS_FATE_REFUSED, FALSE, reason);
  delivery->bad_email = !later && is_unknown (talk);
  return delivery;
}

static gboolean
answered_command (const RubisCurlTalk *talk)
{
  return talk->whole && talk->code >= 400
         && (strcmp (talk->verb, "MAIL") == 0 || strcmp (talk->verb, "RCPT") == 0
             || strcmp (talk->verb, "DATA") == 0);
}

RubisDelivery *
rubis_smtp_verdict_judge (const RubisSmtpVerdict *verdict)
{
  const RubisCurlTalk *talk = verdict->talk;
  const char *words = verdict->error != NULL ? verdict->error->message : "";
  g_autofree char *reason = NULL;

  if (talk->verdict >= 200 && talk->verdict < 300)
    return new_delivery (verdict, RUBIS_FATE_SENT, FALSE, NULL);
  if (talk->verdict >= 400)
    return judge_answer (verdict);
  if (talk->body && verdict->handed_over)
    {
      reason = g_strdup_printf (
          _ ("Nobody knows whether “%s” took the email: all of it was handed over and no answer "
             "came. Look for it among the messages sent before it is sent again."),
          verdict->host);
      return new_delivery (verdict, RUBIS_FATE_UNKNOWN, FALSE, reason);
    }
  if (answered_command (talk))
    return judge_answer (verdict);
  if (verdict->result == CURLE_ABORTED_BY_CALLBACK || talk->body)
    return new_delivery (verdict, RUBIS_FATE_NOT_SENT, FALSE, words);
  return new_delivery (verdict, RUBIS_FATE_NOT_SENT, TRUE, words);
}
