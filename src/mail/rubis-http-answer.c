/* What an answer means, in words and as a fate. */
#include "rubis-credentials.h"
#include "rubis-http-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT 4000
#define MAX_WORDS 300
/* Shorter ones are no secrets and could be anywhere in a text. */
#define MIN_SECRET 4

void
rubis_http_response_free (RubisHttpResponse *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->body);
  g_hash_table_unref (self->headers);
  g_free (self->url);
  g_free (self->reason);
  g_free (self->text);
  g_free (self);
}

char *
rubis_http_response_dup_text (const RubisHttpResponse *self)
{
  return g_strdup (self->text);
}

char *
rubis_http_explain_certificate (GTlsCertificateFlags flags, gboolean self_signed, const char *host)
{
  const GTlsCertificateFlags unsafe
      = G_TLS_CERTIFICATE_REVOKED | G_TLS_CERTIFICATE_INSECURE | G_TLS_CERTIFICATE_GENERIC_ERROR;
  GString *text = g_string_new (NULL);

  if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0 && self_signed)
    g_string_append_printf (text,
                            _ ("The certificate of “%s” is self-signed: anybody could have made it. Ask the "
                               "server’s administrator for a recognised one."),
                            host);
  else if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    g_string_append_printf (text,
                            _ ("The certificate of “%s” is signed by an authority that this computer does "
                               "not know: ask the server’s administrator."),
                            host);
  if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    g_string_append_printf (
        text, _ (" The certificate of “%s” is for another host: check the server’s name."), host);
  if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
    g_string_append_printf (text,
                            _ (" The certificate of “%s” has expired: check the date of this computer, or "
                               "ask the server’s administrator."),
                            host);
  if ((flags & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    g_string_append_printf (
        text, _ (" The certificate of “%s” is not valid yet: check the date of this computer."), host);
  if ((flags & unsafe) != 0)
    g_string_append_printf (
        text, _ (" The certificate of “%s” is revoked or unsafe: ask the server’s administrator."), host);
  return g_strstrip (g_string_free (text, FALSE));
}

static void
blot_out (GString *text, const char *secret)
{
  if (secret != NULL && strlen (secret) >= MIN_SECRET)
    g_string_replace (text, secret, "…", 0);
}

/* A login as user:password in base64: the password may come back as it is. */
static void
blot_out_basic (GString *text, const char *coded)
{
  gsize length;
  char *login = (char *)g_base64_decode (coded, &length);
  const char *colon = memchr (login, ':', length);

  if (colon != NULL)
    {
      char *password = g_strndup (colon + 1, length - (gsize)(colon + 1 - login));

      blot_out (text, password);
      rubis_secret_free (password);
    }
  explicit_bzero (login, length);
  g_free (login);
}

static gboolean
is_secret_header (const char *name)
{
  static const char *const words[]
      = { "auth", "key", "token", "secret", "consumer", "signature", "password" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (lower, words[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

char *
rubis_http_redact (char *text, GBytes *body, GHashTable *headers)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  /* Some more than is kept: a secret may lie across the end. */
  g_autofree char *valid = g_utf8_make_valid (data != NULL ? data : "", (gssize)MIN (size, 3 * MAX_TEXT));
  GString *shown = g_string_new (valid);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_free (text);
  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const char *space = strchr (value, ' ');

      if (!is_secret_header (name))
        continue;
      blot_out (shown, space != NULL ? space + 1 : value);
      if (g_str_has_prefix (value, "Basic "))
        blot_out_basic (shown, space + 1);
    }
  if (shown->len > MAX_TEXT)
    g_string_truncate (shown,
                       (gsize)(g_utf8_find_prev_char (shown->str, shown->str + MAX_TEXT) - shown->str));
  return g_string_free (shown, FALSE);
}

char *
rubis_http_with_words (const char *sentence, const char *what)
{
  g_autofree char *line = what != NULL ? g_utf8_make_valid (what, -1) : g_strdup ("");
  g_autofree char *shown = NULL;

  g_strstrip (g_strdelimit (line, "\r\n\t", ' '));
  if (line[0] == '\0')
    return g_strdup (sentence);
  shown = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), MAX_WORDS));
  /* Translators: a sentence, and the words of the server */
  return g_strdup_printf (_ ("%s It says: %s"), sentence, shown);
}

static RubisDelivery *
judge_incomplete (const RubisHttpResponse *response, gboolean submits)
{
  gboolean unknown = response->outcome == RUBIS_HTTP_UNKNOWN && submits;
  g_autofree char *reason = g_strconcat (
      response->reason, " ",
      unknown ? _ ("It is not known whether it took what was sent.") : _ ("Nothing was sent."), NULL);
  RubisDelivery *delivery
      = rubis_delivery_new (unknown ? RUBIS_FATE_UNKNOWN : RUBIS_FATE_NOT_SENT, reason, response->text);

  /* Without the server nothing else leaves either; a lost answer says nothing of the next parcel. */
  delivery->sender_wide = response->outcome == RUBIS_HTTP_NOT_SENT;
  return delivery;
}

/* A sentence for a status that is no success; NULL for a plain one. */
static const char *
explain_status (guint status)
{
  switch (status)
    {
    case 401:
      return _ ("The server refuses the login: check the user and the password or key, or sign in again.");
    case 402:
      return _ ("The provider’s account has no credit left.");
    case 403:
      return _ ("The server does not allow it: check the rights of the account or key.");
    case 407:
      return _ ("The network’s proxy asks for a login: ask your network’s administrator.");
    case 413:
      return _ ("The server finds it too large: send fewer or smaller attachments.");
    case 408:
    case 425:
    case 503:
      return _ ("The server is not available just now: it is tried again later.");
    case 429:
      return _ ("The server asks to send more slowly: it is tried again later.");
    default:
      return NULL;
    }
}

static gboolean
concerns_sender (guint status)
{
  return status < 400 || status == 401 || status == 402 || status == 403 || status == 407 || status == 429
         || status >= 500;
}

static RubisFate
fate_of (guint status, gboolean submits)
{
  switch (status)
    {
    case 303:
      return submits ? RUBIS_FATE_UNKNOWN : RUBIS_FATE_NOT_SENT;
    case 401:
    case 402:
    case 403:
    case 407:
    case 408:
    case 425:
    case 429:
    case 503:
      return RUBIS_FATE_NOT_SENT;
    default:
      if (status < 400)
        return RUBIS_FATE_NOT_SENT;
      if (status < 500)
        return RUBIS_FATE_REFUSED;
      return submits ? RUBIS_FATE_UNKNOWN : RUBIS_FATE_NOT_SENT;
    }
}

RubisDelivery *
rubis_http_judge (const RubisHttpResponse *response, gboolean submits, const char *what)
{
  guint status = response->status;
  gboolean good = status >= 200 && status < 300;
  RubisFate fate = good ? RUBIS_FATE_SENT : fate_of (status, submits);
  const char *known = explain_status (status);
  g_autofree char *sentence = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *answer = NULL;
  RubisDelivery *delivery;

  /* The status of an error says it all, even when its text was cut. */
  if (response->outcome != RUBIS_HTTP_ANSWERED && status < 400)
    return judge_incomplete (response, submits);
  answer = g_strdup_printf ("HTTP %u\n%s", status, response->text);
  if (good)
    {
      delivery = rubis_delivery_new (fate, NULL, answer);
      delivery->retry_after = response->retry_after;
      return delivery;
    }
  if (known != NULL)
    sentence = g_strdup (known);
  else if (status < 400)
    sentence = g_strdup_printf (
        _ ("The server sends to another address (HTTP %u): check the sender’s server."), status);
  else if (fate == RUBIS_FATE_UNKNOWN)
    sentence = g_strdup_printf (
        _ ("The server failed (HTTP %u), and it is not known whether it took what was sent."), status);
  else if (fate == RUBIS_FATE_NOT_SENT)
    sentence = g_strdup_printf (_ ("The server failed (HTTP %u): it is tried again later."), status);
  else
    sentence = g_strdup_printf (_ ("The server refuses it (HTTP %u)."), status);
  reason = rubis_http_with_words (sentence, what);
  delivery = rubis_delivery_new (fate, reason, answer);
  delivery->sender_wide = fate != RUBIS_FATE_UNKNOWN && concerns_sender (status);
  delivery->retry_after = response->retry_after;
  return delivery;
}
