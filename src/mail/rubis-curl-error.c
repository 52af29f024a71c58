#include "rubis-curl-error.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_WORDS 300

/* X509_verify_cert_error(3) */
#define X509_GOOD 0
#define X509_NOT_NOTED 1
#define X509_NOT_YET_VALID 9
#define X509_EXPIRED 10
#define X509_SELF_SIGNED 18

char *
rubis_curl_error_dup_words (const char *reply)
{
  g_autofree char *line = g_utf8_make_valid (reply, -1);
  const char *end;

  g_strdelimit (line, "\r\n\t", ' ');
  if (strlen (line) <= MAX_WORDS)
    return g_steal_pointer (&line);
  end = g_utf8_find_prev_char (line, line + MAX_WORDS);
  return g_strdup_printf ("%.*s…", (int)(end - line), line);
}

static char *
describe_certificate (const RubisCurlFailure *failure)
{
  long verified = 0;

  curl_easy_getinfo (failure->handle, CURLINFO_SSL_VERIFYRESULT, &verified);
  switch (verified)
    {
    case X509_EXPIRED:
      return g_strdup_printf (
          _ ("The certificate of “%s” has expired: its operator has to renew it. No password "
             "was given to it."),
          failure->host);
    case X509_NOT_YET_VALID:
      return g_strdup_printf (
          _ ("The certificate of “%s” is not valid yet: check the date of this computer."), failure->host);
    case X509_SELF_SIGNED:
      return g_strdup_printf (
          _ ("“%s” shows a certificate that it signed itself, so nobody vouches that it is your "
             "mail server: check its name, or ask its operator for a certificate of a known "
             "authority."),
          failure->host);
    /* libcurl looks at the name after the signature, before it notes that this is good. */
    case X509_GOOD:
    case X509_NOT_NOTED:
      return g_strdup_printf (
          _ ("“%s” shows a certificate made for another server: check the name of the server "
             "with your provider. No password was given to it."),
          failure->host);
    default:
      return g_strdup_printf (
          _ ("The certificate of “%s” comes from an authority that this computer does not know: "
             "ask its operator, or your administrator, to mend it."),
          failure->host);
    }
}

static void
set_certificate_error (const RubisCurlFailure *failure, GError **error)
{
  g_autofree char *words = describe_certificate (failure);

  g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_CERTIFICATE, words);
}

static char *
describe_login (const RubisCurlFailure *failure)
{
  const RubisSender *sender = failure->sender;
  const char *user = sender->user[0] != '\0' ? sender->user : sender->email;
  gboolean oauth = sender->auth == RUBIS_AUTH_OAUTH;

  if (failure->talk->code >= 400 && failure->talk->code < 500)
    return g_strdup_printf (_ ("“%s” cannot check the login of “%s” just now: it is tried again later."),
                            failure->host, user);
  if (failure->talk->no_mechanism && !oauth)
    return g_strdup_printf (
        _ ("“%s” takes no password from “%s”: choose signing in by the browser (OAuth) for this sender."),
        failure->host, user);
  if (failure->talk->no_mechanism)
    return g_strdup_printf (
        _ ("“%s” does not let “%s” sign in by the browser (OAuth): choose a password for this sender."),
        failure->host, user);
  if (oauth)
    return g_strdup_printf (
        _ ("“%s” no longer accepts that “%s” is signed in: sign in again in the settings of the sender."),
        failure->host, user);
  return g_strdup_printf (
      _ ("“%s” refuses the password of “%s”: give it again in the settings of the sender. Many "
         "providers want a password made for applications."),
      failure->host, user);
}

static void
set_login_error (const RubisCurlFailure *failure, GError **error)
{
  g_autofree char *words = describe_login (failure);

  g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN, words);
}

static void
set_server_error (const RubisCurlFailure *failure, GError **error)
{
  g_autofree char *reply
      = rubis_curl_error_dup_words (failure->talk->reply->len > 0 ? failure->talk->reply->str
                                    : failure->words[0] != '\0'   ? failure->words
                                                                  : curl_easy_strerror (failure->result));

  g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
               _ ("“%s” answers with an error: %s"), failure->host, reply);
}

/* No connection came about, or no answer. */
static void
set_unreachable_error (const RubisCurlFailure *failure, GError **error)
{
  switch ((int)failure->result)
    {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_UNREACHABLE,
                   _ ("The mail server “%s” cannot be found: check its name, and whether this computer "
                      "is connected to the network."),
                   failure->host);
      break;
    case CURLE_COULDNT_CONNECT:
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_UNREACHABLE,
          _ ("“%s” takes no connections at port %d: check the port and the encryption, or wait until the "
             "server runs again."),
          failure->host, failure->port);
      break;
    default:
      g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_UNREACHABLE,
                   _ ("“%s” did not answer in time: it is tried again later."), failure->host);
      break;
    }
}

void
rubis_curl_error_set (const RubisCurlFailure *failure, GError **error)
{
  switch ((int)failure->result)
    {
    case CURLE_ABORTED_BY_CALLBACK:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was stopped."));
      break;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
      set_unreachable_error (failure, error);
      break;
    case CURLE_PEER_FAILED_VERIFICATION:
      set_certificate_error (failure, error);
      break;
    case CURLE_URL_MALFORMAT:
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
          _ ("“%s” is not the name of a mail server: correct it in the settings of the sender “%s”."),
          failure->host, failure->sender->name);
      break;
    case CURLE_SSL_CACERT_BADFILE:
      g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_CERTIFICATE,
                           _ ("The file of trusted authorities cannot be read."));
      break;
    case CURLE_SSL_CONNECT_ERROR:
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
          _ ("No encrypted connection to “%s” comes about at port %d: check the port, and whether it wants "
             "TLS from the beginning or STARTTLS."),
          failure->host, failure->port);
      break;
    case CURLE_USE_SSL_FAILED:
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
          _ ("“%s” offers no encryption at port %d, so no password is given to it: check the port, or ask "
             "your provider."),
          failure->host, failure->port);
      break;
    case CURLE_LOGIN_DENIED:
    case CURLE_AUTH_ERROR:
      set_login_error (failure, error);
      break;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
      if (failure->talk->code >= 400)
        set_server_error (failure, error);
      else
        g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_UNREACHABLE,
                     _ ("“%s” cut the connection: it is tried again later."), failure->host);
      break;
    default:
      set_server_error (failure, error);
    }
}
