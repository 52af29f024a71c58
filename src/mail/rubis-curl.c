#include "rubis-curl.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "rubis-curl-error.h"

/* RFC 5321 4.5.3.2 asks for minutes: filters look at a message before the server answers. */
#define DEFAULT_PATIENCE 180
#define CONNECT_SECONDS 30
#define MAX_REPLY 4000
#define GOODBYE_SECONDS 2
/* Without a byte for so long, or for so long in all, a transfer is given up. */
#define WHOLE_SECONDS 1800

struct _RubisCurl
{
  RubisCurlProtocol protocol;
  RubisSender *sender;           /* (owned) */
  RubisCredentials *credentials; /* (owned) */
  CURL *handle;                  /* (owned) */
  const char *host;              /* (unowned) */
  int port;
  RubisSecurity security;
  guint patience;
  char words[CURL_ERROR_SIZE];
  gboolean has_secret;
  gboolean leaving;          /* the last command was QUIT */
  GArray *sockets;           /* (owned) (element-type int) that are open */
  gboolean closing;          /* no further connection is made */
  gboolean healthy;          /* the last transfer ended well */
  GCancellable *cancellable; /* (unowned) while a transfer runs */
  RubisCurlTalk talk;
};

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* Reads one line of SMTP: "250-SIZE 1000", "550 no". */
static void
hear_smtp (RubisCurlTalk *talk, const char *line, gsize length)
{
  gboolean last = length == 3 || (length > 3 && line[3] != '-');

  if (length < 3 || !g_ascii_isdigit (line[0]) || strncmp (line, "334", 3) == 0)
    return;
  if (talk->whole)
    g_string_truncate (talk->reply, 0);
  if (talk->reply->len + length < MAX_REPLY)
    {
      if (talk->reply->len > 0)
        g_string_append_c (talk->reply, '\n');
      g_string_append_len (talk->reply, line, (gssize)length);
    }
  talk->whole = last;
  if (length > 9 && g_ascii_strncasecmp (line + 4, "SIZE ", 5) == 0)
    talk->size = g_ascii_strtoull (line + 9, NULL, 10);
  if (!last)
    return;
  talk->code = (guint)g_ascii_strtoull (line, NULL, 10);
  if (talk->body)
    talk->verdict = talk->code;
  else if (talk->code == 354)
    talk->body = TRUE;
  if (talk->code == 235)
    talk->login = TRUE;
}

static size_t
on_header (char *data, size_t size, size_t count, void *user_data)
{
  RubisCurl *self = user_data;
  gsize length = size * count;

  while (length > 0 && (data[length - 1] == '\r' || data[length - 1] == '\n'))
    length--;
  /* The farewell is no answer to what was asked before it. */
  if (self->protocol == RUBIS_CURL_SMTP && !self->leaving)
    hear_smtp (&self->talk, data, length);
  return size * count;
}

static size_t
on_data (char *data, size_t size, size_t count, void *user_data)
{
  return size * count;
}

/* Notes the commands, never what follows AUTH. */
static int
on_debug (CURL *handle, curl_infotype type, char *data, size_t size, void *user_data)
{
  static const char *const verbs[] = { "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET" };
  RubisCurl *self = user_data;
  gsize length = 0;

  if (type == CURLINFO_TEXT
      && g_strstr_len (data, (gssize)size, "No known authentication mechanisms") != NULL)
    self->talk.no_mechanism = TRUE;
  if (type != CURLINFO_HEADER_OUT)
    return 0;
  while (length < size && g_ascii_isalpha (data[length]))
    length++;
  self->leaving = length == 4 && strncmp (data, "QUIT", 4) == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (length != strlen (verbs[i]) || strncmp (data, verbs[i], length) != 0)
        continue;
      g_strlcpy (self->talk.verb, verbs[i], sizeof self->talk.verb);
      if (strcmp (verbs[i], "MAIL") == 0 || strcmp (verbs[i], "RCPT") == 0)
        {
          g_string_truncate (self->talk.argument, 0);
          g_string_append_len (self->talk.argument, data, (gssize)size);
        }
    }
  return 0;
}

static curl_socket_t
on_open_socket (void *user_data, curlsocktype purpose, struct curl_sockaddr *address)
{
  RubisCurl *self = user_data;
  int opened;

  if (self->closing)
    return CURL_SOCKET_BAD;
  opened = socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (opened >= 0)
    g_array_append_val (self->sockets, opened);
  return opened;
}

static int
on_close_socket (void *user_data, curl_socket_t closed)
{
  RubisCurl *self = user_data;

  for (guint i = 0; i < self->sockets->len; i++)
    {
      if (g_array_index (self->sockets, int, i) == closed)
        {
          g_array_remove_index_fast (self->sockets, i);
          break;
        }
    }
  return close (closed);
}

/* libcurl says goodbye to a server, and waits for its answer as long as for any other: not here. */
static void
hang_up (RubisCurl *self)
{
  for (guint i = 0; i < self->sockets->len; i++)
    shutdown (g_array_index (self->sockets, int, i), SHUT_RDWR);
}

static int
on_progress (void *user_data, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
  RubisCurl *self = user_data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    return 0;
  hang_up (self);
  return 1;
}

static guint
read_patience (void)
{
  const char *text = g_getenv ("RUBIS_NETWORK_TIMEOUT");
  guint64 seconds = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;

  return seconds > 0 && seconds < WHOLE_SECONDS ? (guint)seconds : DEFAULT_PATIENCE;
}

static void
set_options (RubisCurl *self)
{
  const char *ca_file = g_getenv ("RUBIS_CA_FILE");

  curl_easy_setopt (self->handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->handle, CURLOPT_ERRORBUFFER, self->words);
  curl_easy_setopt (self->handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (self->handle, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (self->handle, CURLOPT_WRITEFUNCTION, on_data);
  curl_easy_setopt (self->handle, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt (self->handle, CURLOPT_DEBUGFUNCTION, on_debug);
  curl_easy_setopt (self->handle, CURLOPT_DEBUGDATA, self);
  curl_easy_setopt (self->handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (self->handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (self->handle, CURLOPT_XFERINFODATA, self);
  curl_easy_setopt (self->handle, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
  curl_easy_setopt (self->handle, CURLOPT_OPENSOCKETDATA, self);
  curl_easy_setopt (self->handle, CURLOPT_CLOSESOCKETFUNCTION, on_close_socket);
  curl_easy_setopt (self->handle, CURLOPT_CLOSESOCKETDATA, self);
  curl_easy_setopt (self->handle, CURLOPT_CONNECTTIMEOUT, (long)MIN (CONNECT_SECONDS, self->patience));
  curl_easy_setopt (self->handle, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
  curl_easy_setopt (self->handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt (self->handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (self->handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (self->handle, CURLOPT_SSL_VERIFYHOST, 2L);
  /* The system's authorities stay trusted by their folder. */
  if (ca_file != NULL && ca_file[0] != '\0')
    curl_easy_setopt (self->handle, CURLOPT_CAINFO, ca_file);
  if (is_this_machine (self->host))
    curl_easy_setopt (self->handle, CURLOPT_PROXY, "");
  rubis_curl_set_patience (self, self->patience);
}

RubisCurl *
rubis_curl_new (RubisCurlProtocol protocol, const RubisSender *sender, RubisCredentials *credentials)
{
  static gsize ready = 0;
  RubisCurl *self = g_new0 (RubisCurl, 1);

  if (g_once_init_enter (&ready))
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&ready, 1);
    }
  self->protocol = protocol;
  self->sender = rubis_sender_copy (sender);
  self->credentials = g_object_ref (credentials);
  self->host = protocol == RUBIS_CURL_SMTP ? self->sender->server : self->sender->imap_server;
  self->security = protocol == RUBIS_CURL_SMTP ? sender->security : sender->imap_security;
  self->port = protocol == RUBIS_CURL_SMTP ? sender->port : sender->imap_port;
  if (self->port == 0 && protocol == RUBIS_CURL_SMTP)
    self->port
        = self->security == RUBIS_SECURITY_TLS ? 465 : (self->security == RUBIS_SECURITY_STARTTLS ? 587 : 25);
  else if (self->port == 0)
    self->port = self->security == RUBIS_SECURITY_TLS ? 993 : 143;
  self->patience = read_patience ();
  self->sockets = g_array_new (FALSE, FALSE, sizeof (int));
  self->talk.argument = g_string_new (NULL);
  self->talk.reply = g_string_new (NULL);
  self->handle = curl_easy_init ();
  set_options (self);
  return self;
}

/* Takes leave of an SMTP server that waits for the next message, for a moment only. */
static void
say_goodbye (RubisCurl *self)
{
  struct pollfd waited = { .fd = -1, .events = POLLIN };

  if (self->protocol != RUBIS_CURL_SMTP || !self->healthy || self->sockets->len != 1)
    return;
  waited.fd = g_array_index (self->sockets, int, 0);
  /* It took leave itself. */
  if (poll (&waited, 1, 0) != 0)
    return;
  self->closing = TRUE;
  rubis_curl_set_patience (self, MIN (self->patience, GOODBYE_SECONDS));
  curl_easy_setopt (self->handle, CURLOPT_UPLOAD, 0L);
  curl_easy_setopt (self->handle, CURLOPT_NOBODY, 1L);
  curl_easy_setopt (self->handle, CURLOPT_CUSTOMREQUEST, "QUIT");
  curl_easy_perform (self->handle);
}

void
rubis_curl_free (RubisCurl *self)
{
  if (self == NULL)
    return;
  say_goodbye (self);
  hang_up (self);
  curl_easy_cleanup (self->handle);
  g_array_unref (self->sockets);
  g_string_free (self->talk.argument, TRUE);
  g_string_free (self->talk.reply, TRUE);
  g_object_unref (self->credentials);
  rubis_sender_free (self->sender);
  g_free (self);
}

CURL *
rubis_curl_get_handle (RubisCurl *self)
{
  return self->handle;
}

const char *
rubis_curl_get_host (RubisCurl *self)
{
  return self->host;
}

const RubisCurlTalk *
rubis_curl_get_talk (RubisCurl *self)
{
  return &self->talk;
}

guint
rubis_curl_get_patience (RubisCurl *self)
{
  return self->patience;
}

void
rubis_curl_set_patience (RubisCurl *self, guint seconds)
{
  self->patience = seconds;
  curl_easy_setopt (self->handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)seconds);
  curl_easy_setopt (self->handle, CURLOPT_LOW_SPEED_TIME, (long)seconds);
}

static gboolean
set_server (RubisCurl *self, GError **error)
{
  static const char *const schemes[][2]
      = { [RUBIS_CURL_SMTP] = { "smtp", "smtps" }, [RUBIS_CURL_IMAP] = { "imap", "imaps" } };
  /* The name that the client gives itself in EHLO: nothing of this computer. */
  static const char *const paths[] = { [RUBIS_CURL_SMTP] = "%5B127.0.0.1%5D", [RUBIS_CURL_IMAP] = "" };
  gboolean tls = self->security == RUBIS_SECURITY_TLS;
  gboolean brackets = strchr (self->host, ':') != NULL;
  g_autofree char *url = NULL;

  if (self->host[0] == '\0' || strpbrk (self->host, " /@?#%\\\"\r\n\t[]") != NULL)
    {
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
          _ ("“%s” is not the name of a mail server: correct it in the settings of the sender “%s”."),
          self->host, self->sender->name);
      return FALSE;
    }
  if (self->security == RUBIS_SECURITY_NONE && !is_this_machine (self->host))
    {
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
          _ ("Without encryption everybody on the way could read the messages to “%s”: choose TLS or "
             "STARTTLS for the sender “%s”."),
          self->host, self->sender->name);
      return FALSE;
    }
  url = g_strdup_printf ("%s://%s%s%s:%d/%s", schemes[self->protocol][tls], brackets ? "[" : "", self->host,
                         brackets ? "]" : "", self->port, paths[self->protocol]);
  curl_easy_setopt (self->handle, CURLOPT_URL, url);
  curl_easy_setopt (self->handle, CURLOPT_USE_SSL,
                    (long)(self->security == RUBIS_SECURITY_NONE ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  return TRUE;
}

/* The mailbox may have a password of its own; that of Brevo or Mailjet is a key of something else. */
static char *
look_up_password (RubisCurl *self, GError **error)
{
  if (self->protocol == RUBIS_CURL_IMAP)
    {
      g_autoptr (GError) own_error = NULL;
      char *own
          = rubis_credentials_lookup (self->credentials, self->sender, RUBIS_SECRET_MAILBOX, &own_error);

      if (own != NULL)
        return own;
      if (self->sender->transport != RUBIS_TRANSPORT_SMTP
          || !g_error_matches (own_error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_MISSING))
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return NULL;
        }
    }
  return rubis_credentials_lookup (self->credentials, self->sender, RUBIS_SECRET_PASSWORD, error);
}

static gboolean
set_login (RubisCurl *self, gboolean renew, GCancellable *cancellable, GError **error)
{
  const RubisSender *sender = self->sender;
  const char *user = sender->user[0] != '\0' ? sender->user : sender->email;
  gboolean oauth = sender->auth == RUBIS_AUTH_OAUTH;
  char *secret;

  if (sender->auth == RUBIS_AUTH_NONE || (self->has_secret && !oauth))
    return TRUE;
  secret = oauth ? rubis_credentials_get_bearer (self->credentials, sender, renew, cancellable, error)
                 : look_up_password (self, error);
  if (secret == NULL)
    return FALSE;
  curl_easy_setopt (self->handle, CURLOPT_USERNAME, user);
  if (oauth)
    {
      curl_easy_setopt (self->handle, CURLOPT_XOAUTH2_BEARER, secret);
      curl_easy_setopt (self->handle, CURLOPT_LOGIN_OPTIONS, "AUTH=OAUTHBEARER;AUTH=XOAUTH2");
    }
  else
    {
      curl_easy_setopt (self->handle, CURLOPT_PASSWORD, secret);
      if (self->protocol == RUBIS_CURL_SMTP)
        curl_easy_setopt (self->handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
    }
  rubis_secret_free (secret);
  self->has_secret = TRUE;
  return TRUE;
}

static void
forget_talk (RubisCurlTalk *talk)
{
  talk->verb[0] = '\0';
  g_string_truncate (talk->argument, 0);
  g_string_truncate (talk->reply, 0);
  talk->whole = TRUE;
  talk->code = 0;
  talk->body = FALSE;
  talk->verdict = 0;
  talk->login = FALSE;
  talk->no_mechanism = FALSE;
}

static CURLcode
perform_once (RubisCurl *self, gboolean renew, GCancellable *cancellable, GError **error)
{
  CURLcode result;

  forget_talk (&self->talk);
  self->leaving = FALSE;
  self->words[0] = '\0';
  if (!set_server (self, error) || !set_login (self, renew, cancellable, error))
    return CURLE_FAILED_INIT;
  self->cancellable = cancellable;
  result = curl_easy_perform (self->handle);
  self->cancellable = NULL;
  self->healthy = result == CURLE_OK;
  return result;
}

static gboolean
is_login_refused (CURLcode result)
{
  return result == CURLE_LOGIN_DENIED || result == CURLE_AUTH_ERROR;
}

CURLcode
rubis_curl_perform (RubisCurl *self, GCancellable *cancellable, GError **error)
{
  CURLcode result = perform_once (self, FALSE, cancellable, error);

  if (result == CURLE_FAILED_INIT)
    return result;
  if (is_login_refused (result) && self->sender->auth == RUBIS_AUTH_OAUTH)
    {
      result = perform_once (self, TRUE, cancellable, error);
      if (result == CURLE_FAILED_INIT)
        return result;
    }
  /* Another one may have been given meanwhile. */
  if (is_login_refused (result))
    self->has_secret = FALSE;
  if (result != CURLE_OK)
    {
      const RubisCurlFailure failure = { .result = result,
                                         .handle = self->handle,
                                         .words = self->words,
                                         .sender = self->sender,
                                         .host = self->host,
                                         .port = self->port,
                                         .talk = &self->talk };

      rubis_curl_error_set (&failure, error);
    }
  return result;
}
