#include "rubis-http.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

#include "rubis-credentials.h"
#include "rubis-http-private.h"

#define MAX_ANSWER ((gsize)64 * 1024 * 1024)
#define CHUNK (64 * 1024)
#define MAX_REDIRECTS 8
/* A whole request may take so many times the limit of inactivity. */
#define TOTAL_FACTOR 5

struct _RubisHttp
{
  GMainContext *context;  /* (owned) of the session */
  SoupSession *session;   /* (owned) */
  GTlsDatabase *database; /* (owned) (nullable) of further authorities */
  guint timeout;
  gsize max_answer;
};

/* One request on the wire. */
typedef struct
{
  RubisHttp *http;
  SoupMessage *message;      /* (owned) */
  GCancellable *cancellable; /* (owned) of this request */
  GInputStream *stream;      /* (owned) of the answer's body */
  GByteArray *body;          /* (owned) */
  GError *error;             /* (owned) */
  gboolean done;
  gsize size;        /* of the request's body */
  gsize n_written;   /* of them */
  gboolean has_left; /* all that was to be sent */
  gboolean late;
  gboolean too_long;
  GTlsCertificateFlags flags;
  gboolean self_signed;
} Exchange;

RubisHttp *
rubis_http_new (guint timeout, const char *ca_file)
{
  RubisHttp *self = g_new0 (RubisHttp, 1);
  const char *authorities = ca_file != NULL ? ca_file : g_getenv ("RUBIS_CA_FILE");
  const char *limit = g_getenv ("RUBIS_NETWORK_TIMEOUT");

  self->timeout = limit != NULL && atoi (limit) > 0 ? (guint)atoi (limit) : timeout;
  self->max_answer = MAX_ANSWER;
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session
      = soup_session_new_with_options ("timeout", self->timeout, "user-agent", "Rubis/" RUBIS_VERSION, NULL);
  /* Logins are ours; a 401 is an answer as any other. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  g_main_context_pop_thread_default (self->context);
  if (authorities != NULL && authorities[0] != '\0')
    {
      g_autofree char *path = g_canonicalize_filename (authorities, NULL);
      g_autoptr (GError) error = NULL;

      self->database = g_tls_file_database_new (path, &error);
      if (self->database == NULL)
        g_message ("%s: %s", path, error->message);
    }
  return self;
}

void
rubis_http_free (RubisHttp *self)
{
  if (self == NULL)
    return;
  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_clear_object (&self->database);
  g_free (self);
}

void
rubis_http_set_max_answer (RubisHttp *self, gsize size)
{
  self->max_answer = size;
}

RubisHttpRequest *
rubis_http_request_new (const char *method, const char *url)
{
  RubisHttpRequest *self = g_new0 (RubisHttpRequest, 1);

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)rubis_secret_free);
  return self;
}

void
rubis_http_request_free (RubisHttpRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->url);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self);
}

void
rubis_http_request_set_header (RubisHttpRequest *self, const char *name, const char *value)
{
  g_hash_table_insert (self->headers, g_strdup (name), g_strdup (value));
}

void
rubis_http_request_set_bearer (RubisHttpRequest *self, const char *token)
{
  g_hash_table_insert (self->headers, g_strdup ("Authorization"), g_strconcat ("Bearer ", token, NULL));
}

void
rubis_http_request_set_basic (RubisHttpRequest *self, const char *user, const char *password)
{
  char *login = g_strconcat (user, ":", password, NULL);
  char *coded = g_base64_encode ((const guchar *)login, strlen (login));

  g_hash_table_insert (self->headers, g_strdup ("Authorization"), g_strconcat ("Basic ", coded, NULL));
  rubis_secret_free (login);
  rubis_secret_free (coded);
}

void
rubis_http_request_set_body (RubisHttpRequest *self, const char *content_type, GBytes *body)
{
  g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
}

/* What is known of the answer so far. */
static RubisHttpResponse *
response_new (const char *url)
{
  RubisHttpResponse *response = g_new0 (RubisHttpResponse, 1);

  response->body = g_bytes_new_static ("", 0);
  response->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  response->url = g_strdup (url);
  response->retry_after = -1;
  response->reason = g_strdup ("");
  response->text = g_strdup ("");
  return response;
}

static RubisHttpResponse *
not_sent (const char *url, char *reason)
{
  RubisHttpResponse *response = response_new (url);

  g_free (response->reason);
  response->reason = reason;
  return response;
}

/* Whether the certificate is good when the further authorities are counted, else what is wrong with it. */
static gboolean
check_certificate (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags flags,
                   Exchange *exchange)
{
  g_autofree char *subject = NULL;
  g_autofree char *issuer = NULL;

  if (exchange->http->database != NULL && (flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    {
      GUri *uri = soup_message_get_uri (message);
      g_autoptr (GSocketConnectable) identity
          = g_network_address_new (g_uri_get_host (uri), (guint16)MAX (g_uri_get_port (uri), 0));

      flags = g_tls_database_verify_chain (exchange->http->database, certificate,
                                           G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                           G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
    }
  g_object_get (certificate, "subject-name", &subject, "issuer-name", &issuer, NULL);
  exchange->self_signed = g_strcmp0 (subject, issuer) == 0;
  exchange->flags = flags;
  return flags == 0;
}

/* HTTP/1.1 only: it is for this protocol that one knows what has left when a connection breaks. */
static void
before_handshake (SoupMessage *message, GSocketClientEvent event, GIOStream *connection, gpointer user_data)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && G_IS_TLS_CONNECTION (connection))
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
}

/* A request without a body is complete with its headers. */
static void
on_wrote_headers (SoupMessage *message, Exchange *exchange)
{
  exchange->has_left = exchange->size == 0;
}

/* Counted, because the signal of the whole body comes a moment after its last byte has left. */
static void
on_wrote_data (SoupMessage *message, guint size, Exchange *exchange)
{
  exchange->n_written += size;
  exchange->has_left = exchange->n_written >= exchange->size;
}

static void
on_wrote_body (SoupMessage *message, Exchange *exchange)
{
  exchange->has_left = TRUE;
}

static void
on_restarted (SoupMessage *message, Exchange *exchange)
{
  exchange->has_left = FALSE;
  exchange->n_written = 0;
}

static void read_on (Exchange *exchange);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &exchange->error);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      exchange->done = TRUE;
      return;
    }
  g_byte_array_append (exchange->body, g_bytes_get_data (bytes, NULL), (guint)g_bytes_get_size (bytes));
  if (exchange->body->len > exchange->http->max_answer)
    {
      exchange->too_long = TRUE;
      exchange->done = TRUE;
      return;
    }
  read_on (exchange);
}

static void
read_on (Exchange *exchange)
{
  g_input_stream_read_bytes_async (exchange->stream, CHUNK, G_PRIORITY_DEFAULT, exchange->cancellable,
                                   on_read, exchange);
}

static void
on_headers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &exchange->error);
  if (exchange->stream != NULL)
    read_on (exchange);
  else
    exchange->done = TRUE;
}

static gboolean
on_late (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->late = TRUE;
  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, GCancellable *own)
{
  g_cancellable_cancel (own);
}

/* Runs the request to its end. */
static void
run (Exchange *exchange, GCancellable *cancellable)
{
  RubisHttp *http = exchange->http;
  g_autoptr (GSource) timer = g_timeout_source_new_seconds (http->timeout * TOTAL_FACTOR);
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), exchange->cancellable, NULL);
  g_source_set_callback (timer, on_late, exchange, NULL);
  g_source_attach (timer, http->context);
  g_signal_connect (exchange->message, "accept-certificate", G_CALLBACK (check_certificate), exchange);
  g_signal_connect (exchange->message, "network-event", G_CALLBACK (before_handshake), NULL);
  g_signal_connect (exchange->message, "wrote-headers", G_CALLBACK (on_wrote_headers), exchange);
  g_signal_connect (exchange->message, "wrote-body-data", G_CALLBACK (on_wrote_data), exchange);
  g_signal_connect (exchange->message, "wrote-body", G_CALLBACK (on_wrote_body), exchange);
  g_signal_connect (exchange->message, "restarted", G_CALLBACK (on_restarted), exchange);
  g_main_context_push_thread_default (http->context);
  soup_session_send_async (http->session, exchange->message, G_PRIORITY_DEFAULT, exchange->cancellable,
                           on_headers, exchange);
  while (!exchange->done)
    g_main_context_iteration (http->context, TRUE);
  g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->stream);
  while (g_main_context_iteration (http->context, FALSE))
    ;
  g_main_context_pop_thread_default (http->context);
  g_source_destroy (timer);
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
}

static void
keep_header (const char *name, const char *value, gpointer user_data)
{
  GHashTable *headers = user_data;

  g_hash_table_insert (headers, g_ascii_strdown (name, -1), g_utf8_make_valid (value, -1));
}

static int
read_retry_after (GHashTable *headers)
{
  const char *value = g_hash_table_lookup (headers, "retry-after");
  const char *now_text = g_hash_table_lookup (headers, "date");
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (value == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT, &seconds, NULL))
    return (int)seconds;
  until = soup_date_time_new_from_http_string (value);
  now = now_text != NULL ? soup_date_time_new_from_http_string (now_text) : NULL;
  if (until == NULL || now == NULL)
    return -1;
  return (int)CLAMP (g_date_time_difference (until, now) / G_USEC_PER_SEC, 0, G_MAXINT);
}

/* A sentence for what broke the exchange, before or after the request had left. */
static char *
explain (const Exchange *exchange, const char *host)
{
  const GError *error = exchange->error;

  if (exchange->flags != 0)
    return rubis_http_explain_certificate (exchange->flags, exchange->self_signed, host);
  if (exchange->too_long)
    return g_strdup_printf (_ ("“%s” answered with more than %u MB."), host,
                            (guint)(exchange->http->max_answer / (1024 * 1024)));
  if (exchange->late || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup_printf (_ ("“%s” did not answer in time."), host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup_printf (_ ("Stopped before “%s” had answered."), host);
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup_printf (_ ("The server “%s” is not known: check its name and the network."), host);
  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf (
        _ ("No secure connection with “%s” could be made: check the server and its port. (%s)"), host,
        error->message);
  if (error->domain == SOUP_SESSION_ERROR)
    return g_strdup_printf (_ ("“%s” gave no complete HTTP answer: check the server and its port."), host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup_printf (_ ("“%s” refuses the connection: check the server and its port."), host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return g_strdup_printf (_ ("“%s” cannot be reached: check the network."), host);
  return g_strdup_printf (_ ("The connection with “%s” broke. (%s)"), host, error->message);
}

static RubisHttpResponse *
collect (Exchange *exchange)
{
  GUri *uri = soup_message_get_uri (exchange->message);
  g_autofree char *url = g_uri_to_string (uri);
  RubisHttpResponse *response = response_new (url);

  response->status = soup_message_get_status (exchange->message);
  soup_message_headers_foreach (soup_message_get_response_headers (exchange->message), keep_header,
                                response->headers);
  response->retry_after = read_retry_after (response->headers);
  g_bytes_unref (response->body);
  response->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  if (exchange->error == NULL && !exchange->too_long)
    {
      response->outcome = RUBIS_HTTP_ANSWERED;
      return response;
    }
  response->outcome = exchange->has_left ? RUBIS_HTTP_UNKNOWN : RUBIS_HTTP_NOT_SENT;
  response->certificate = exchange->flags != 0;
  g_free (response->reason);
  response->reason = explain (exchange, g_uri_get_host (uri));
  return response;
}

static gboolean
is_this_machine (GUri *uri)
{
  static const char *const names[] = { "localhost", "127.0.0.1", "::1", NULL };

  return g_strv_contains (names, g_uri_get_host (uri));
}

/* NULL and @reason when @url must not be asked. */
static GUri *
check_url (const char *url, char **reason)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gboolean tls = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https");
  /* What follows may be a secret. */
  g_autofree char *shown = g_utf8_make_valid (url, (gssize)strcspn (url, "?#@"));

  if (host == NULL || host[0] == '\0' || (!tls && !g_str_equal (g_uri_get_scheme (uri), "http")))
    *reason = g_strdup_printf (
        _ ("The address “%s” is not one of a web server: it begins with https:// and names a host."), shown);
  else if (!tls && !is_this_machine (uri))
    *reason = g_strdup_printf (
        _ ("“%s” would be asked without encryption: use an address that begins with https://."), shown);
  else if (tls && !g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    *reason = g_strdup (_ ("HTTPS is not available on this computer: install the package glib-networking."));
  else
    return g_steal_pointer (&uri);
  return NULL;
}

/* FALSE when a header cannot be sent as it is. */
static gboolean
set_headers (SoupMessage *message, GHashTable *headers)
{
  SoupMessageHeaders *sent = soup_message_get_request_headers (message);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      for (const char *at = value; *at != '\0'; at++)
        {
          if (g_ascii_iscntrl (*at))
            return FALSE;
        }
      soup_message_headers_replace (sent, name, value);
    }
  return TRUE;
}

static RubisHttpResponse *
send_once (RubisHttp *self, const RubisHttpRequest *request, const char *url, gboolean with_headers,
           GCancellable *cancellable)
{
  char *reason = NULL;
  g_autoptr (GUri) uri = check_url (url, &reason);
  g_autoptr (SoupMessage) message = NULL;
  RubisHttpResponse *response;
  Exchange exchange = { .http = self };

  if (uri == NULL)
    return not_sent (url, reason);
  message = soup_message_new_from_uri (request->method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (with_headers && !set_headers (message, request->headers))
    return not_sent (url,
                     g_strdup (_ ("The key or token holds characters that cannot be sent: enter it again.")));
  if (request->body != NULL)
    {
      soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
      /* On a connection that has ended meanwhile libsoup would try a PUT again, without its body. */
      soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
    }
  exchange.message = message;
  exchange.size = request->body != NULL ? g_bytes_get_size (request->body) : 0;
  exchange.cancellable = g_cancellable_new ();
  exchange.body = g_byte_array_new ();
  run (&exchange, cancellable);
  response = collect (&exchange);
  response->text = rubis_http_redact (g_steal_pointer (&response->text), response->body, request->headers);
  g_clear_error (&exchange.error);
  g_object_unref (exchange.cancellable);
  return response;
}

static gboolean
is_redirect (const RubisHttpResponse *response)
{
  switch (response->status)
    {
    case SOUP_STATUS_MOVED_PERMANENTLY:
    case SOUP_STATUS_FOUND:
    case SOUP_STATUS_SEE_OTHER:
    case SOUP_STATUS_TEMPORARY_REDIRECT:
    case SOUP_STATUS_PERMANENT_REDIRECT:
      return response->outcome == RUBIS_HTTP_ANSWERED
             && g_hash_table_contains (response->headers, "location");
    default:
      return FALSE;
    }
}

/* Whether secrets given to @from may be given to @to: the same host, or hosts of one registered domain, and
 * never without the encryption that they had. */
static gboolean
is_same_domain (GUri *from, GUri *to)
{
  const char *from_domain = soup_tld_get_base_domain (g_uri_get_host (from), NULL);
  const char *to_domain = soup_tld_get_base_domain (g_uri_get_host (to), NULL);

  if (!g_str_equal (g_uri_get_scheme (from), g_uri_get_scheme (to)))
    return FALSE;
  if (g_ascii_strcasecmp (g_uri_get_host (from), g_uri_get_host (to)) == 0)
    return TRUE;
  return from_domain != NULL && to_domain != NULL && g_ascii_strcasecmp (from_domain, to_domain) == 0;
}

RubisHttpResponse *
rubis_http_send (RubisHttp *self, const RubisHttpRequest *request, GCancellable *cancellable)
{
  gboolean follow = request->redirects && g_str_equal (request->method, "GET");
  gboolean with_headers = TRUE;
  RubisHttpResponse *response = send_once (self, request, request->url, TRUE, cancellable);

  for (guint i = 0; follow && i < MAX_REDIRECTS && is_redirect (response); i++)
    {
      g_autoptr (RubisHttpResponse) last = g_steal_pointer (&response);
      g_autoptr (GUri) from = g_uri_parse (last->url, SOUP_HTTP_URI_FLAGS, NULL);
      g_autoptr (GUri) to = g_uri_parse_relative (from, g_hash_table_lookup (last->headers, "location"),
                                                  SOUP_HTTP_URI_FLAGS, NULL);
      g_autofree char *url = to != NULL ? g_uri_to_string (to) : g_strdup ("");

      if (to == NULL || g_uri_get_host (to) == NULL || !is_same_domain (from, to))
        with_headers = FALSE;
      response = send_once (self, request, url, with_headers, cancellable);
    }
  return response;
}
