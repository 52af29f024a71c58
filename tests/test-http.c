/* Requests to a real HTTP server over TLS, and to a raw socket that breaks off at each step. */
#include "rubis-http.h"
#include "rubis-test.h"
#include "rubis-raw-server.h"

#include <libsoup/soup.h>
#include <string.h>

/* Seconds without a byte; the whole request may take five times as long. */
#define PATIENCE 2
/* More than the kernel keeps for a connection. */
#define LARGE (16 * 1024 * 1024)

static char *certificates;

/* A server in a thread of its own. */
typedef struct
{
  GThread *thread;
  GMainContext *context;
  gint stopped;
  SoupServer *soup;
  const char *certificate; /* (nullable) name in the folder of certificates */
  char *url;
  gint n_requests;
  GMutex mutex;
  GCond ready;
} Server;

static void
handle (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Server *server = user_data;
  SoupMessageHeaders *answer = soup_server_message_get_response_headers (message);
  const char *authorization
      = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *said = g_strdup_printf ("%s %s %.*s", soup_server_message_get_method (message),
                                           authorization != NULL ? authorization : "-",
                                           (int)soup_server_message_get_request_body (message)->length,
                                           soup_server_message_get_request_body (message)->data);

  g_atomic_int_inc (&server->n_requests);
  soup_server_message_set_status (message, 200, NULL);
  if (g_str_has_prefix (path, "/status/"))
    soup_server_message_set_status (message, (guint)atoi (path + strlen ("/status/")), NULL);
  if (g_str_equal (path, "/here") || g_str_equal (path, "/elsewhere"))
    {
      g_autofree char *there = g_strdup_printf ("http://localhost%s", strrchr (server->url, ':'));
      g_autofree char *echo = g_strconcat (there, "echo", NULL);

      soup_server_message_set_status (message, 302, NULL);
      soup_message_headers_replace (answer, "Location", g_str_equal (path, "/here") ? "/echo" : echo);
    }
  if (g_str_equal (path, "/status/429"))
    soup_message_headers_replace (answer, "Retry-After", "17");
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, said, strlen (said));
}

static gpointer
serve (gpointer data)
{
  Server *server = data;
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  server->context = g_main_context_new ();
  g_main_context_push_thread_default (server->context);
  server->soup = soup_server_new (NULL, NULL);
  if (server->certificate != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s-both.pem", certificates, server->certificate);
      g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

      g_assert_no_error (error);
      soup_server_set_tls_certificate (server->soup, certificate);
    }
  soup_server_add_handler (server->soup, NULL, handle, server, NULL);
  soup_server_listen_local (
      server->soup, 0,
      SOUP_SERVER_LISTEN_IPV4_ONLY | (server->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server->soup);
  g_mutex_lock (&server->mutex);
  server->url = g_uri_to_string (uris->data);
  g_cond_signal (&server->ready);
  g_mutex_unlock (&server->mutex);
  while (!g_atomic_int_get (&server->stopped))
    g_main_context_iteration (server->context, TRUE);
  soup_server_disconnect (server->soup);
  g_object_unref (server->soup);
  g_main_context_pop_thread_default (server->context);
  return NULL;
}

static Server *
start_server (const char *certificate)
{
  Server *server = g_new0 (Server, 1);

  server->certificate = certificate;
  g_mutex_init (&server->mutex);
  g_cond_init (&server->ready);
  server->thread = g_thread_new ("server", serve, server);
  g_mutex_lock (&server->mutex);
  while (server->url == NULL)
    g_cond_wait (&server->ready, &server->mutex);
  g_mutex_unlock (&server->mutex);
  return server;
}

static void
stop_server (Server *server)
{
  g_atomic_int_set (&server->stopped, TRUE);
  g_main_context_wakeup (server->context);
  g_thread_join (server->thread);
  g_main_context_unref (server->context);
  g_mutex_clear (&server->mutex);
  g_cond_clear (&server->ready);
  g_free (server->url);
  g_free (server);
}

static RubisHttp *
new_http (void)
{
  g_autofree char *authority = g_build_filename (certificates, "ca.pem", NULL);

  return rubis_http_new (PATIENCE, authority);
}

static RubisHttpRequest *
new_post (const char *url, gsize size)
{
  RubisHttpRequest *request = rubis_http_request_new ("POST", url);
  g_autofree char *text = g_strnfill (size, 'x');
  g_autoptr (GBytes) body = g_bytes_new (text, size);

  rubis_http_request_set_bearer (request, "s3cret-token");
  rubis_http_request_set_body (request, "application/json", body);
  return request;
}

static RubisHttpResponse *
post (const char *url, gsize size)
{
  g_autoptr (RubisHttp) http = new_http ();
  g_autoptr (RubisHttpRequest) request = new_post (url, size);

  return rubis_http_send (http, request, NULL);
}

static char *
at (const Server *server, const char *path)
{
  return g_strconcat (server->url, path, NULL);
}

static void
assert_says (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in “%s”", words, text);
  if (strstr (text, "s3cret") != NULL)
    g_error ("a secret is in “%s”", text);
}

static void
assert_body (const RubisHttpResponse *response, const char *text)
{
  gsize size;
  const char *data = g_bytes_get_data (response->body, &size);
  g_autofree char *body = g_strndup (data, size);

  g_assert_cmpint (response->outcome, ==, RUBIS_HTTP_ANSWERED);
  g_assert_cmpstr (body, ==, text);
}

static void
test_answers (void)
{
  Server *server = start_server ("good");
  g_autoptr (RubisHttp) http = new_http ();
  g_autofree char *url = at (server, "echo");
  g_autoptr (RubisHttpRequest) request = new_post (url, 3);
  g_autoptr (RubisHttpResponse) first = rubis_http_send (http, request, NULL);
  g_autoptr (RubisHttpResponse) second = NULL;

  assert_body (first, "POST Bearer s3cret-token xxx");
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (g_hash_table_lookup (first->headers, "content-type"), ==, "text/plain");
  g_assert_cmpint (first->retry_after, ==, -1);
  /* What is kept of it tells no secret, not even one that the server repeats. */
  assert_says (first->text, "POST Bearer … xxx");
  rubis_http_request_set_basic (request, "alice", "s3cret:word");
  second = rubis_http_send (http, request, NULL);
  assert_body (second, "POST Basic YWxpY2U6czNjcmV0OndvcmQ= xxx");
  assert_says (second->text, "POST Basic … xxx");
  g_assert_cmpint (server->n_requests, ==, 2);
  stop_server (server);
}

static void
test_redirects (void)
{
  Server *server = start_server (NULL);
  g_autoptr (RubisHttp) http = new_http ();
  const struct
  {
    const char *method;
    const char *path;
    guint status;
    const char *body;
  } cases[] = {
    /* A POST stays where it was sent. */
    { "POST", "here", 302, "POST Bearer s3cret-token " },
    { "GET", "here", 200, "GET Bearer s3cret-token " },
    /* A token stays with its host. */
    { "GET", "elsewhere", 200, "GET - " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = at (server, cases[i].path);
      g_autoptr (RubisHttpRequest) request = rubis_http_request_new (cases[i].method, url);
      g_autoptr (RubisHttpResponse) response = NULL;

      rubis_http_request_set_bearer (request, "s3cret-token");
      request->redirects = TRUE;
      response = rubis_http_send (http, request, NULL);
      assert_body (response, cases[i].body);
      g_assert_cmpuint (response->status, ==, cases[i].status);
      g_assert_true (g_str_has_suffix (response->url, cases[i].status == 200 ? "/echo" : "/here"));
    }
  stop_server (server);
}

static void
test_certificates (void)
{
  const struct
  {
    const char *certificate;
    const char *words;
  } cases[] = {
    { "expired", "has expired" },
    { "other-host", "is for another host" },
    { "self-signed", "is self-signed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Server *server = start_server (cases[i].certificate);
      g_autofree char *url = at (server, "echo");
      g_autoptr (RubisHttpResponse) response = post (url, 3);
      g_autoptr (RubisDelivery) delivery = rubis_http_judge (response, TRUE, NULL);

      g_assert_cmpint (response->outcome, ==, RUBIS_HTTP_NOT_SENT);
      g_assert_true (response->certificate);
      assert_says (response->reason, cases[i].words);
      assert_says (response->reason, "127.0.0.1");
      g_assert_cmpint (delivery->fate, ==, RUBIS_FATE_NOT_SENT);
      g_assert_true (delivery->sender_wide);
      assert_says (delivery->reason, "Nothing was sent.");
      g_assert_cmpint (server->n_requests, ==, 0);
      stop_server (server);
    }
}

static void
test_authority (void)
{
  Server *server = start_server ("good");
  g_autofree char *url = at (server, "echo");
  g_autofree char *authority = g_build_filename (certificates, "ca.pem", NULL);
  g_autoptr (RubisHttpRequest) request = new_post (url, 3);
  g_autoptr (RubisHttp) plain = rubis_http_new (PATIENCE, NULL);
  g_autoptr (RubisHttp) told = NULL;
  g_autoptr (RubisHttpResponse) refused = rubis_http_send (plain, request, NULL);
  g_autoptr (RubisHttpResponse) taken = NULL;

  g_assert_true (refused->certificate);
  assert_says (refused->reason, "an authority that this computer does not know");
  g_assert_cmpint (server->n_requests, ==, 0);
  g_setenv ("RUBIS_CA_FILE", authority, TRUE);
  told = rubis_http_new (PATIENCE, NULL);
  g_unsetenv ("RUBIS_CA_FILE");
  taken = rubis_http_send (told, request, NULL);
  g_assert_cmpint (taken->outcome, ==, RUBIS_HTTP_ANSWERED);
  stop_server (server);
}

static void
test_addresses (void)
{
  const struct
  {
    const char *url;
    const char *words;
  } cases[] = {
    { "", "not one of a web server" },
    { "not an address", "not one of a web server" },
    { "https://", "not one of a web server" },
    { "https://[::1", "not one of a web server" },
    { "file:///etc/passwd", "not one of a web server" },
    { "ftp://localhost/", "not one of a web server" },
    { "http://mail.example.test/?key=s3cret", "without encryption" },
    { "http://localhost.example.test/", "without encryption" },
    { "https://nowhere.invalid/", "is not known" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisHttpResponse) response = post (cases[i].url, 3);

      g_assert_cmpint (response->outcome, ==, RUBIS_HTTP_NOT_SENT);
      assert_says (response->reason, cases[i].words);
      g_assert_false (response->certificate);
    }
}

static void
test_key_with_line_break (void)
{
  Server *server = start_server (NULL);
  g_autoptr (RubisHttp) http = new_http ();
  g_autoptr (RubisHttpRequest) request = new_post (server->url, 3);
  g_autoptr (RubisHttpResponse) response = NULL;

  rubis_http_request_set_header (request, "api-key", "s3cret\r\nX-Other: 1");
  response = rubis_http_send (http, request, NULL);
  g_assert_cmpint (response->outcome, ==, RUBIS_HTTP_NOT_SENT);
  assert_says (response->reason, "enter it again");
  g_assert_cmpint (server->n_requests, ==, 0);
  stop_server (server);
}

static void
test_without_tls (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (RubisHttpResponse) response = NULL;

      g_setenv ("GIO_USE_TLS", "dummy", TRUE);
      response = post ("https://localhost/", 3);
      g_assert_cmpint (response->outcome, ==, RUBIS_HTTP_NOT_SENT);
      assert_says (response->reason, "install the package glib-networking");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* POSTs to a server that breaks off. */
static RubisHttpResponse *
post_to_raw (RubisRawFault fault, const char *answer, gsize size, gsize max_answer)
{
  g_autoptr (RubisHttp) http = new_http ();
  g_autoptr (GCancellable) client = g_cancellable_new ();
  RubisRawServer *raw = rubis_raw_server_start (fault, answer, client);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/send", rubis_raw_server_get_port (raw));
  g_autoptr (RubisHttpRequest) request = new_post (url, size);
  RubisHttpResponse *response;

  if (max_answer > 0)
    rubis_http_set_max_answer (http, max_answer);
  response = rubis_http_send (http, request, client);
  rubis_raw_server_stop (raw);
  assert_says (response->reason, "");
  return response;
}

static const struct
{
  RubisRawFault fault;
  const char *answer;
  gsize size;
  gsize max_answer;
  RubisHttpOutcome outcome;
  guint status;
  RubisFate fate;
  const char *words;
} faults[] = {
  { RUBIS_RAW_RESET_AT_ONCE, NULL, LARGE, 0, RUBIS_HTTP_NOT_SENT, 0, RUBIS_FATE_NOT_SENT, "broke" },
  { RUBIS_RAW_RESET_IN_BODY, NULL, LARGE, 0, RUBIS_HTTP_NOT_SENT, 0, RUBIS_FATE_NOT_SENT, "broke" },
  { RUBIS_RAW_SILENCE, NULL, LARGE, 0, RUBIS_HTTP_NOT_SENT, 0, RUBIS_FATE_NOT_SENT,
    "did not answer in time" },
  { RUBIS_RAW_CLOSE_AFTER_REQUEST, NULL, 18, 0, RUBIS_HTTP_UNKNOWN, 0, RUBIS_FATE_UNKNOWN, "broke" },
  { RUBIS_RAW_RESET_AFTER_REQUEST, NULL, 18, 0, RUBIS_HTTP_UNKNOWN, 0, RUBIS_FATE_UNKNOWN, "broke" },
  { RUBIS_RAW_SILENCE, NULL, 18, 0, RUBIS_HTTP_UNKNOWN, 0, RUBIS_FATE_UNKNOWN, "did not answer in time" },
  { RUBIS_RAW_CANCEL, NULL, 18, 0, RUBIS_HTTP_UNKNOWN, 0, RUBIS_FATE_UNKNOWN, "Stopped" },
  { RUBIS_RAW_DRIP, NULL, 18, 0, RUBIS_HTTP_UNKNOWN, 200, RUBIS_FATE_UNKNOWN, "did not answer in time" },
  { RUBIS_RAW_ANSWER, "SMTP? 220 hello\r\n", 18, 0, RUBIS_HTTP_UNKNOWN, 0, RUBIS_FATE_UNKNOWN,
    "no complete HTTP answer" },
  { RUBIS_RAW_ANSWER, "HTTP/1.1 202 Accepted\r\nContent-Length: 90\r\n\r\n{\"id\"", 18, 0, RUBIS_HTTP_UNKNOWN,
    202, RUBIS_FATE_UNKNOWN, "broke" },
  { RUBIS_RAW_ANSWER, "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"id\"", 18, 0,
    RUBIS_HTTP_UNKNOWN, 202, RUBIS_FATE_UNKNOWN, "broke" },
  { RUBIS_RAW_ANSWER, "HTTP/1.1 202 Accepted\r\nContent-Le", 18, 0, RUBIS_HTTP_UNKNOWN, 0, RUBIS_FATE_UNKNOWN,
    "no complete HTTP answer" },
  { RUBIS_RAW_ANSWER, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789", 18, 5, RUBIS_HTTP_UNKNOWN, 200,
    RUBIS_FATE_UNKNOWN, "answered with more than" },
  /* An error is an error, even without the end of its text. */
  { RUBIS_RAW_ANSWER, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 90\r\n\r\n{\"error\"", 18, 0,
    RUBIS_HTTP_UNKNOWN, 401, RUBIS_FATE_NOT_SENT, "broke" },
  { RUBIS_RAW_ANSWER, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789", 18, 9, RUBIS_HTTP_ANSWERED,
    200, RUBIS_FATE_SENT, "" },
};

static void
test_faults (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (RubisHttpResponse) response
          = post_to_raw (faults[i].fault, faults[i].answer, faults[i].size, faults[i].max_answer);
      g_autoptr (RubisDelivery) delivery = rubis_http_judge (response, TRUE, NULL);

      g_test_message ("case %" G_GSIZE_FORMAT ": %s", i, response->reason);
      g_assert_cmpint (response->outcome, ==, faults[i].outcome);
      g_assert_cmpuint (response->status, ==, faults[i].status);
      g_assert_cmpint (delivery->fate, ==, faults[i].fate);
      assert_says (response->reason, faults[i].words);
      if (faults[i].fate == RUBIS_FATE_UNKNOWN)
        {
          /* The same before the step that counts is no doubt. */
          g_autoptr (RubisDelivery) upload = rubis_http_judge (response, FALSE, NULL);

          assert_says (delivery->reason, "It is not known");
          g_assert_cmpint (upload->fate, ==, RUBIS_FATE_NOT_SENT);
          assert_says (upload->reason, "Nothing was sent.");
        }
    }
}

static void
test_no_server (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (RubisHttpResponse) response = NULL;

  g_socket_listener_close (listener);
  response = post (url, 18);
  g_assert_cmpint (response->outcome, ==, RUBIS_HTTP_NOT_SENT);
  assert_says (response->reason, "refuses the connection");
}

static void
test_other_protocol (void)
{
  Server *tls = start_server ("good");
  Server *plain = start_server (NULL);
  g_autofree char *to_tls = g_strconcat ("http", tls->url + strlen ("https"), NULL);
  g_autofree char *to_plain = g_strconcat ("https", plain->url + strlen ("http"), NULL);
  g_autoptr (RubisHttpResponse) first = post (to_tls, 18);
  g_autoptr (RubisHttpResponse) second = post (to_plain, 18);

  g_assert_cmpint (first->outcome, !=, RUBIS_HTTP_ANSWERED);
  g_assert_cmpint (second->outcome, ==, RUBIS_HTTP_NOT_SENT);
  g_assert_false (second->certificate);
  g_assert_cmpint (tls->n_requests + plain->n_requests, ==, 0);
  stop_server (tls);
  stop_server (plain);
}

static void
test_cancelled_before (void)
{
  Server *server = start_server ("good");
  g_autoptr (RubisHttp) http = new_http ();
  g_autoptr (RubisHttpRequest) request = new_post (server->url, 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RubisHttpResponse) response = NULL;

  g_cancellable_cancel (cancellable);
  response = rubis_http_send (http, request, cancellable);
  g_assert_cmpint (response->outcome, ==, RUBIS_HTTP_NOT_SENT);
  assert_says (response->reason, "Stopped");
  g_assert_cmpint (server->n_requests, ==, 0);
  stop_server (server);
}

static void
test_retry_after (void)
{
  const struct
  {
    const char *answer;
    int seconds;
  } cases[] = {
    { "Retry-After: 120\r\n", 120 },
    /* A date counts from the server's own clock, however wrong. */
    { "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:30:05 GMT\r\n", 125 },
    { "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:20:00 GMT\r\n", 0 },
    { "Retry-After: Wed, 21 Oct 2015 07:30:05 GMT\r\n", -1 },
    { "Retry-After: soon\r\n", -1 },
    { "Retry-After: -5\r\n", -1 },
    { "Retry-After: 99999999999999999999\r\n", -1 },
    { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = g_strconcat ("HTTP/1.1 429 Too Many Requests\r\n", cases[i].answer,
                                             "Content-Length: 4\r\n\r\nslow", NULL);
      g_autoptr (RubisHttpResponse) response = post_to_raw (RUBIS_RAW_ANSWER, answer, 18, 0);
      g_autoptr (RubisDelivery) delivery = rubis_http_judge (response, TRUE, "slow down,\nplease");

      g_assert_cmpint (response->outcome, ==, RUBIS_HTTP_ANSWERED);
      g_assert_cmpint (response->retry_after, ==, cases[i].seconds);
      g_assert_cmpint (delivery->retry_after, ==, cases[i].seconds);
      g_assert_cmpint (delivery->fate, ==, RUBIS_FATE_NOT_SENT);
      g_assert_true (delivery->sender_wide);
      assert_says (delivery->reason, "It says: slow down, please");
      g_assert_cmpstr (delivery->answer, ==, "HTTP 429\nslow");
    }
}

static void
test_judge (void)
{
  Server *server = start_server (NULL);
  const struct
  {
    guint status;
    RubisFate before; /* of a request that only prepares */
    RubisFate submits;
    gboolean sender_wide;
  } cases[] = {
    { 200, RUBIS_FATE_SENT, RUBIS_FATE_SENT, FALSE },
    { 202, RUBIS_FATE_SENT, RUBIS_FATE_SENT, FALSE },
    { 302, RUBIS_FATE_NOT_SENT, RUBIS_FATE_NOT_SENT, TRUE },
    { 303, RUBIS_FATE_NOT_SENT, RUBIS_FATE_UNKNOWN, TRUE },
    { 400, RUBIS_FATE_REFUSED, RUBIS_FATE_REFUSED, FALSE },
    { 401, RUBIS_FATE_NOT_SENT, RUBIS_FATE_NOT_SENT, TRUE },
    { 402, RUBIS_FATE_NOT_SENT, RUBIS_FATE_NOT_SENT, TRUE },
    { 403, RUBIS_FATE_NOT_SENT, RUBIS_FATE_NOT_SENT, TRUE },
    { 404, RUBIS_FATE_REFUSED, RUBIS_FATE_REFUSED, FALSE },
    { 408, RUBIS_FATE_NOT_SENT, RUBIS_FATE_NOT_SENT, FALSE },
    { 413, RUBIS_FATE_REFUSED, RUBIS_FATE_REFUSED, FALSE },
    { 422, RUBIS_FATE_REFUSED, RUBIS_FATE_REFUSED, FALSE },
    { 425, RUBIS_FATE_NOT_SENT, RUBIS_FATE_NOT_SENT, FALSE },
    { 429, RUBIS_FATE_NOT_SENT, RUBIS_FATE_NOT_SENT, TRUE },
    { 500, RUBIS_FATE_NOT_SENT, RUBIS_FATE_UNKNOWN, TRUE },
    { 502, RUBIS_FATE_NOT_SENT, RUBIS_FATE_UNKNOWN, TRUE },
    { 503, RUBIS_FATE_NOT_SENT, RUBIS_FATE_NOT_SENT, TRUE },
    { 504, RUBIS_FATE_NOT_SENT, RUBIS_FATE_UNKNOWN, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("status/%u", cases[i].status);
      g_autofree char *url = at (server, path);
      g_autoptr (RubisHttpResponse) response = post (url, 3);
      g_autoptr (RubisDelivery) before = rubis_http_judge (response, FALSE, NULL);
      g_autoptr (RubisDelivery) submits = rubis_http_judge (response, TRUE, NULL);

      g_assert_cmpuint (response->status, ==, cases[i].status);
      g_assert_cmpint (before->fate, ==, cases[i].before);
      g_assert_cmpint (submits->fate, ==, cases[i].submits);
      g_assert_cmpint (before->sender_wide, ==, cases[i].sender_wide);
      /* An unknown fate holds up nobody else. */
      g_assert_cmpint (submits->sender_wide, ==,
                       cases[i].sender_wide && cases[i].submits != RUBIS_FATE_UNKNOWN);
      g_assert_cmpint (submits->reason[0] == '\0', ==, cases[i].submits == RUBIS_FATE_SENT);
      assert_says (submits->answer, path + strlen ("status/"));
      g_assert_cmpint (response->retry_after, ==, cases[i].status == 429 ? 17 : -1);
    }
  stop_server (server);
}

/* The address sanitiser's leak checker breaks on the thread-local memory of a TLS server in the same process.
 */
const char *__asan_default_options (void);
const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

int
main (int argc, char **argv)
{
  g_autofree char *script
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "tests", "servers", "certificates.py", NULL);
  g_autofree char *folder = rubis_test_make_folder ();
  const char *arguments[] = { "python3", script, folder, NULL };
  int status;

  g_test_init (&argc, &argv, NULL);
  certificates = folder;
  if (!g_test_subprocess ())
    {
      g_assert_true (g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                                   NULL, &status, NULL));
      g_assert_true (g_spawn_check_wait_status (status, NULL));
    }
  g_test_add_func ("/http/answers", test_answers);
  g_test_add_func ("/http/redirects", test_redirects);
  g_test_add_func ("/http/certificates", test_certificates);
  g_test_add_func ("/http/authority", test_authority);
  g_test_add_func ("/http/addresses", test_addresses);
  g_test_add_func ("/http/key-with-line-break", test_key_with_line_break);
  g_test_add_func ("/http/without-tls", test_without_tls);
  g_test_add_func ("/http/faults", test_faults);
  g_test_add_func ("/http/no-server", test_no_server);
  g_test_add_func ("/http/other-protocol", test_other_protocol);
  g_test_add_func ("/http/cancelled-before", test_cancelled_before);
  g_test_add_func ("/http/retry-after", test_retry_after);
  g_test_add_func ("/http/judge", test_judge);
  status = g_test_run ();
  rubis_test_remove_tree (folder);
  return status;
}
