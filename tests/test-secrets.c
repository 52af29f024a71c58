/* Secrets in a real keyring, and leave to send from an authorization server. */
#include <string.h>

#include "rubis-http.h"
#include "rubis-oauth.h"
#include "rubis-secret-store.h"
#include "rubis-test-server.h"
#include "rubis-test.h"

typedef struct
{
  RubisTestServer *keyring;
  RubisTestServer *oauth;
  RubisCredentials *credentials;
  RubisSender *sender;
} Fixture;

/* Gives a command whose answer says nothing. */
static void
command (RubisTestServer *server, const char *text)
{
  g_autoptr (JsonObject) answer = rubis_test_server_command (server, "%s", text);

  g_assert_false (json_object_has_member (answer, "error"));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->keyring = rubis_test_server_new ("keyring.py", NULL);
  if (f->keyring == NULL)
    return;
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", rubis_test_server_get_string (f->keyring, "address"), TRUE);
  f->oauth = rubis_test_server_new ("oauth.py", NULL);
  f->credentials = rubis_secret_store_new ("6f1d5a34-dossier");
  f->sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);
  f->sender->id = 7;
  f->sender->auth = RUBIS_AUTH_OAUTH;
  rubis_sender_set (f->sender, name, "Relances");
  rubis_sender_set (f->sender, email, "relances@dupont.fr");
  rubis_sender_set (f->sender, service, rubis_test_server_get_string (f->oauth, "issuer"));
  rubis_sender_set (f->sender, client_id, rubis_test_server_get_string (f->oauth, "client"));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->credentials);
  rubis_sender_free (f->sender);
  rubis_test_server_free (f->oauth);
  rubis_test_server_free (f->keyring);
}

/* --- Keyring ---------------------------------------------------------------------------------- */

static void
assert_secret (RubisCredentials *credentials, const RubisSender *sender, const char *name,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *secret = rubis_credentials_lookup (credentials, sender, name, &error);

  g_assert_cmpstr (secret, ==, expected);
  if (expected == NULL)
    g_assert_error (error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_MISSING);
  else
    g_assert_no_error (error);
  rubis_secret_free (secret);
}

static void
store (Fixture *f, const char *name, const char *secret)
{
  g_autoptr (GError) error = NULL;

  rubis_credentials_store (f->credentials, f->sender, name, secret, &error);
  g_assert_no_error (error);
}

/* Found again by another run of the program; not by another dossier, another sender or another name. */
static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisCredentials) again = NULL;
  g_autoptr (RubisCredentials) elsewhere = NULL;
  g_autoptr (RubisSender) other = NULL;

  if (f->keyring == NULL)
    return;
  again = rubis_secret_store_new ("6f1d5a34-dossier");
  elsewhere = rubis_secret_store_new ("another-dossier");
  other = rubis_sender_copy (f->sender);
  other->id = 8;
  assert_secret (f->credentials, f->sender, RUBIS_SECRET_PASSWORD, NULL);
  store (f, RUBIS_SECRET_PASSWORD, "p4ss wörd €");
  store (f, RUBIS_SECRET_KEY, "second half");
  assert_secret (again, f->sender, RUBIS_SECRET_PASSWORD, "p4ss wörd €");
  assert_secret (again, f->sender, RUBIS_SECRET_KEY, "second half");
  assert_secret (elsewhere, f->sender, RUBIS_SECRET_PASSWORD, NULL);
  assert_secret (again, other, RUBIS_SECRET_PASSWORD, NULL);
  store (f, RUBIS_SECRET_PASSWORD, "new");
  assert_secret (again, f->sender, RUBIS_SECRET_PASSWORD, "new");
}

/* After the keyring was closed and opened again, as at the next login. */
static void
test_kept_over_login (Fixture *f, gconstpointer data)
{
  if (f->keyring == NULL)
    return;
  store (f, RUBIS_SECRET_PASSWORD, "for tomorrow");
  command (f->keyring, "unlock");
  assert_secret (f->credentials, f->sender, RUBIS_SECRET_PASSWORD, "for tomorrow");
}

/* What a person sees in the keyring's own program names the program, the sender and its address. */
static void
test_label (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) list = NULL;
  JsonObject *item;
  JsonObject *attributes;

  if (f->keyring == NULL)
    return;
  store (f, RUBIS_SECRET_PASSWORD, "x1y2z3");
  list = rubis_test_server_command (f->keyring, "list");
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (list, "items")), ==, 1);
  item = json_array_get_object_element (json_object_get_array_member (list, "items"), 0);
  g_assert_cmpstr (json_object_get_string_member (item, "label"), ==,
                   "Rubis – Password: Relances (relances@dupont.fr)");
  attributes = json_object_get_object_member (item, "attributes");
  g_assert_cmpstr (json_object_get_string_member (attributes, "application"), ==, "rubis");
  g_assert_cmpstr (json_object_get_string_member (attributes, "dossier"), ==, "6f1d5a34-dossier");
  g_assert_cmpstr (json_object_get_string_member (attributes, "sender"), ==, "7");
  g_assert_cmpstr (json_object_get_string_member (attributes, "name"), ==, "password");
}

/* Only those of that sender. */
static void
test_cleared (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) other = NULL;
  g_autoptr (GError) error = NULL;

  if (f->keyring == NULL)
    return;
  other = rubis_sender_copy (f->sender);
  other->id = 8;
  store (f, RUBIS_SECRET_PASSWORD, "a");
  store (f, RUBIS_SECRET_REFRESH_TOKEN, "b");
  g_assert_true (rubis_credentials_store (f->credentials, other, RUBIS_SECRET_PASSWORD, "c", NULL));
  g_assert_true (rubis_credentials_clear (f->credentials, f->sender, &error));
  g_assert_no_error (error);
  assert_secret (f->credentials, f->sender, RUBIS_SECRET_PASSWORD, NULL);
  assert_secret (f->credentials, f->sender, RUBIS_SECRET_REFRESH_TOKEN, NULL);
  assert_secret (f->credentials, other, RUBIS_SECRET_PASSWORD, "c");
}

/* All that one can do fails with @code, in words that say @way_out. */
static void
assert_all_fail (Fixture *f, int code, const char *way_out)
{
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_assert_null (rubis_credentials_lookup (f->credentials, f->sender, RUBIS_SECRET_PASSWORD, &error));
      else if (i == 1)
        g_assert_false (
            rubis_credentials_store (f->credentials, f->sender, RUBIS_SECRET_PASSWORD, "s3cr3t", &error));
      else
        g_assert_false (rubis_credentials_clear (f->credentials, f->sender, &error));
      g_assert_error (error, RUBIS_CREDENTIALS_ERROR, code);
      g_assert_nonnull (strstr (error->message, way_out));
      g_assert_null (strstr (error->message, "s3cr3t"));
    }
}

/* A locked keyring is not an empty one. */
static void
test_locked (Fixture *f, gconstpointer data)
{
  if (f->keyring == NULL)
    return;
  store (f, RUBIS_SECRET_PASSWORD, "kept");
  command (f->keyring, "lock");
  assert_all_fail (f, RUBIS_CREDENTIALS_ERROR_LOCKED, "locked");
  command (f->keyring, "unlock");
  assert_secret (f->credentials, f->sender, RUBIS_SECRET_PASSWORD, "kept");
}

/* Refused, with what to install; found as soon as it is there. */
static void
test_absent (Fixture *f, gconstpointer data)
{
  if (f->keyring == NULL)
    return;
  store (f, RUBIS_SECRET_PASSWORD, "kept");
  command (f->keyring, "stop");
  assert_all_fail (f, RUBIS_CREDENTIALS_ERROR_NO_SERVICE, "gnome-keyring");
  command (f->keyring, "start");
  assert_secret (f->credentials, f->sender, RUBIS_SECRET_PASSWORD, "kept");
}

/* --- Signing in ------------------------------------------------------------------------------- */

/* RFC 7636 appendix B, and a vector computed by other means. */
static void
test_challenge (void)
{
  g_autofree char *path = rubis_test_shared ("domain/http-signature-examples.json");
  g_autoptr (JsonObject) examples = NULL;
  g_autofree char *challenge = rubis_oauth_make_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  JsonArray *vectors;

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  if (path == NULL)
    return;
  examples = rubis_test_load_json (path);
  vectors = json_object_get_array_member (examples, "pkce_s256");
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);
      g_autofree char *computed
          = rubis_oauth_make_challenge (rubis_test_string (vector, "code_verifier", NULL));

      g_assert_cmpstr (computed, ==, rubis_test_string (vector, "code_challenge", NULL));
    }
}

/* The user's browser: opens the address and follows it to its end. */
typedef struct
{
  char *uri;
  RubisHttpResponse *last;
  GCancellable *cancellable; /* cancelled once the page is there */
} Browser;

static gpointer
browse (gpointer data)
{
  Browser *browser = data;
  g_autoptr (RubisHttp) http = rubis_http_new (30, NULL);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("GET", browser->uri);

  request->redirects = TRUE;
  browser->last = rubis_http_send (http, request, NULL);
  if (browser->cancellable != NULL)
    g_cancellable_cancel (browser->cancellable);
  return NULL;
}

typedef struct
{
  Browser browser;
  GThread *thread;
} Visit;

static gboolean
open_browser (const char *uri, gpointer user_data)
{
  Visit *visit = user_data;

  visit->browser.uri = g_strdup (uri);
  visit->thread = g_thread_new ("browser", browse, &visit->browser);
  return TRUE;
}

static gboolean
open_nothing (const char *uri, gpointer user_data)
{
  if (user_data != NULL)
    g_cancellable_cancel (user_data);
  return FALSE;
}

/* Signs in; @page: (out) what the browser showed at last. @cancel: when the page is there */
static RubisOauthTokens *
sign_in (Fixture *f, const char *client_secret, gboolean cancel, char **page, GError **error)
{
  g_autoptr (RubisOauthProvider) provider = rubis_oauth_provider_find (f->sender, NULL, error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Visit visit = { { 0 } };
  RubisOauthTokens *tokens;

  g_assert_nonnull (provider);
  visit.browser.cancellable = cancel ? cancellable : NULL;
  tokens = rubis_oauth_authorize (provider, f->sender, client_secret, 60, open_browser, &visit, cancellable,
                                  error);
  g_thread_join (visit.thread);
  *page = rubis_http_response_dup_text (visit.browser.last);
  rubis_http_response_free (visit.browser.last);
  g_free (visit.browser.uri);
  return tokens;
}

static char *
get_bearer (Fixture *f, gboolean renew, GError **error)
{
  return rubis_credentials_get_bearer (f->credentials, f->sender, renew, NULL, error);
}

/* The newest token that the server gave: "access" or "refresh". */
static char *
get_newest (Fixture *f, const char *kind)
{
  g_autoptr (JsonObject) log = rubis_test_server_command (f->oauth, "log");
  JsonArray *tokens = json_object_get_array_member (log, kind);

  return g_strdup (json_array_get_string_element (tokens, json_array_get_length (tokens) - 1));
}

static void
assert_bearer (Fixture *f, gboolean renew)
{
  g_autoptr (GError) error = NULL;
  char *bearer = get_bearer (f, renew, &error);
  g_autofree char *newest = get_newest (f, "access");

  g_assert_no_error (error);
  g_assert_cmpstr (bearer, ==, newest);
  rubis_secret_free (bearer);
}

static void
keep_sign_in (Fixture *f)
{
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisOauthTokens) tokens = sign_in (f, NULL, FALSE, &page, &error);

  g_assert_no_error (error);
  g_assert_true (rubis_oauth_keep (f->credentials, f->sender, tokens, &error));
}

/* From the click to the token that sends. The server checks code, redirect address and PKCE. */
static void
test_code (Fixture *f, gconstpointer data)
{
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisOauthTokens) tokens = NULL;
  g_autoptr (JsonObject) log = NULL;
  JsonObject *asked;

  if (f->keyring == NULL)
    return;
  tokens = sign_in (f, NULL, FALSE, &page, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (page, "You are signed in"));
  g_assert_nonnull (tokens->refresh_token);
  g_assert_true (rubis_oauth_keep (f->credentials, f->sender, tokens, &error));
  assert_bearer (f, FALSE);
  log = rubis_test_server_command (f->oauth, "log");
  asked = json_array_get_object_element (json_object_get_array_member (log, "log"), 0);
  g_assert_cmpstr (rubis_test_string (asked, "scope", ""), ==, "offline_access mail");
  g_assert_cmpstr (rubis_test_string (asked, "login_hint", ""), ==, "relances@dupont.fr");
  g_assert_true (g_str_has_prefix (rubis_test_string (asked, "redirect_uri", ""), "http://127.0.0.1:"));
}

static void
test_code_with_secret (Fixture *f, gconstpointer data)
{
  g_autofree char *page = NULL;
  g_autofree char *other_page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisOauthTokens) tokens = NULL;
  g_autoptr (RubisOauthTokens) none = NULL;

  if (f->keyring == NULL)
    return;
  command (f->oauth, "secret on");
  tokens = sign_in (f, rubis_test_server_get_string (f->oauth, "secret"), FALSE, &page, &error);
  g_assert_no_error (error);
  none = sign_in (f, "wrong", FALSE, &other_page, &error);
  g_assert_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT);
  g_assert_null (strstr (error->message, "wrong"));
}

static void
test_denied (Fixture *f, gconstpointer data)
{
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;

  if (f->keyring == NULL)
    return;
  command (f->oauth, "user deny");
  g_assert_null (sign_in (f, NULL, FALSE, &page, &error));
  g_assert_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "The administrator said no"));
  g_assert_null (strstr (error->message, "Trace"));
  g_assert_nonnull (strstr (page, "may not send"));
}

/* A code that somebody else slips in is not taken; the sign-in goes on waiting. */
static void
test_wrong_state (Fixture *f, gconstpointer data)
{
  static const char *const ways[] = { "user wrong-state", "user wrong-issuer" };

  if (f->keyring == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *page = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) log = NULL;

      command (f->oauth, ways[i]);
      g_assert_null (sign_in (f, NULL, TRUE, &page, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_nonnull (strstr (page, "Not this sign-in"));
      log = rubis_test_server_command (f->oauth, "log");
      g_assert_cmpint (json_array_get_length (json_object_get_array_member (log, "access")), ==, 0);
    }
}

/* Cancelled, never done, and without an application. */
static void
test_given_up (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisOauthProvider) provider = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  if (f->keyring == NULL)
    return;
  provider = rubis_oauth_provider_find (f->sender, NULL, NULL);
  g_assert_null (
      rubis_oauth_authorize (provider, f->sender, NULL, 60, open_nothing, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (rubis_oauth_authorize (provider, f->sender, NULL, 1, open_nothing, NULL, NULL, &error));
  g_assert_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_EXPIRED);
  g_clear_error (&error);
  rubis_sender_set (f->sender, client_id, "");
  g_assert_null (rubis_oauth_authorize (provider, f->sender, NULL, 60, open_nothing, NULL, NULL, &error));
  g_assert_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT);
  g_assert_nonnull (strstr (error->message, "application (client) ID"));
}

/* A refresh token serves once: each renewal stores the next one before the token is used. */
static void
test_renewed (Fixture *f, gconstpointer data)
{
  if (f->keyring == NULL)
    return;
  command (f->oauth, "life 1");
  keep_sign_in (f);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *newest = NULL;

      assert_bearer (f, FALSE);
      newest = get_newest (f, "refresh");
      assert_secret (f->credentials, f->sender, RUBIS_SECRET_REFRESH_TOKEN, newest);
    }
  command (f->oauth, "life 3600");
  command (f->oauth, "rotate off");
  assert_bearer (f, FALSE);
  assert_bearer (f, FALSE);
  assert_bearer (f, TRUE);
}

/* Not renewed while it serves. */
static void
test_not_renewed (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) log = NULL;

  if (f->keyring == NULL)
    return;
  keep_sign_in (f);
  assert_bearer (f, FALSE);
  assert_bearer (f, FALSE);
  log = rubis_test_server_command (f->oauth, "log");
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (log, "access")), ==, 1);
}

static void
assert_no_bearer (Fixture *f, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (get_bearer (f, TRUE, &error));
  g_assert_error (error, RUBIS_CREDENTIALS_ERROR, code);
  g_assert_null (strstr (error->message, "refresh-"));
}

/* Told apart: sign in again, try later, never signed in. */
static void
test_not_renewable (Fixture *f, gconstpointer data)
{
  if (f->keyring == NULL)
    return;
  assert_no_bearer (f, RUBIS_CREDENTIALS_ERROR_MISSING);
  keep_sign_in (f);
  command (f->oauth, "token 503");
  assert_no_bearer (f, RUBIS_CREDENTIALS_ERROR_OFFLINE);
  command (f->oauth, "token garbage");
  assert_no_bearer (f, RUBIS_CREDENTIALS_ERROR_OFFLINE);
  command (f->oauth, "token hang-up");
  assert_no_bearer (f, RUBIS_CREDENTIALS_ERROR_OFFLINE);
  command (f->oauth, "token ok");
  assert_bearer (f, TRUE);
  command (f->oauth, "revoke");
  assert_no_bearer (f, RUBIS_CREDENTIALS_ERROR_REVOKED);
}

static gpointer
renew_elsewhere (gpointer data)
{
  Fixture *f = data;
  g_autoptr (RubisCredentials) other = rubis_secret_store_new ("6f1d5a34-dossier");

  return rubis_credentials_get_bearer (other, f->sender, TRUE, NULL, NULL);
}

/* Two programs renew at once: the one that comes second takes what the first one stored. */
static void
test_renewed_twice_at_once (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GThread *thread;
  char *here;
  char *there;

  if (f->keyring == NULL)
    return;
  keep_sign_in (f);
  command (f->oauth, "spent 0.5");
  thread = g_thread_new ("elsewhere", renew_elsewhere, f);
  here = get_bearer (f, TRUE, &error);
  there = g_thread_join (thread);
  g_assert_no_error (error);
  g_assert_nonnull (there);
  g_assert_cmpstr (here, !=, there);
  rubis_secret_free (here);
  rubis_secret_free (there);
  assert_bearer (f, TRUE);
}

/* A token that the user made and typed himself: it has no end. */
static void
test_typed_token (Fixture *f, gconstpointer data)
{
  char *bearer;

  if (f->keyring == NULL)
    return;
  rubis_sender_set (f->sender, client_id, "");
  store (f, RUBIS_SECRET_PASSWORD, "fmu1-typed");
  bearer = get_bearer (f, TRUE, NULL);
  g_assert_cmpstr (bearer, ==, "fmu1-typed");
  rubis_secret_free (bearer);
}

/* --- Codes ------------------------------------------------------------------------------------ */

static void
show_code (const char *code, const char *uri, gpointer user_data)
{
  GString *shown = user_data;

  g_string_append_printf (shown, "%s at %s", code, uri);
}

static RubisOauthTokens *
sign_in_by_code (Fixture *f, GString *shown, GError **error)
{
  g_autoptr (RubisOauthProvider) provider = rubis_oauth_provider_find (f->sender, NULL, error);

  g_assert_nonnull (provider);
  return rubis_oauth_authorize_device (provider, f->sender, NULL, show_code, shown, NULL, error);
}

static void
test_device (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *user;
    int error; /* -1: none */
  } cases[] = {
    { "device 2", -1 },
    { "device slow", -1 },
    { "device deny", RUBIS_OAUTH_ERROR_DENIED },
    { "device expire", RUBIS_OAUTH_ERROR_EXPIRED },
  };

  if (f->keyring == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) shown = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RubisOauthTokens) tokens = NULL;

      command (f->oauth, cases[i].user);
      tokens = sign_in_by_code (f, shown, &error);
      g_assert_true (g_str_has_prefix (shown->str, "BDWP-HQPK at http://127.0.0.1:"));
      if (cases[i].error < 0)
        {
          g_assert_no_error (error);
          g_assert_nonnull (tokens->refresh_token);
        }
      else
        g_assert_error (error, RUBIS_OAUTH_ERROR, cases[i].error);
    }
}

/* --- Providers -------------------------------------------------------------------------------- */

static RubisOauthProvider *
find (RubisTransportKind transport, const char *server, const char *service, GError **error)
{
  g_autoptr (RubisSender) sender = rubis_sender_new (transport);

  rubis_sender_set (sender, server, server);
  rubis_sender_set (sender, service, service);
  return rubis_oauth_provider_find (sender, NULL, error);
}

static void
test_providers (void)
{
  g_autoptr (RubisOauthProvider) graph = find (RUBIS_TRANSPORT_GRAPH, "", "dupont.fr", NULL);
  g_autoptr (RubisOauthProvider) gmail = find (RUBIS_TRANSPORT_GMAIL, "", "", NULL);
  g_autoptr (RubisOauthProvider) office = find (RUBIS_TRANSPORT_SMTP, "smtp.office365.com", "", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (graph->authorize, ==, "https://login.microsoftonline.com/dupont.fr/oauth2/v2.0/authorize");
  g_assert_nonnull (strstr (graph->scope, "offline_access"));
  g_assert_nonnull (strstr (graph->scope, "Mail.Send"));
  g_assert_cmpstr (graph->redirect_host, ==, "localhost");
  g_assert_cmpstr (gmail->redirect_host, ==, "127.0.0.1");
  g_assert_nonnull (strstr (gmail->extra, "access_type=offline"));
  g_assert_cmpstr (gmail->device, ==, "");
  g_assert_nonnull (strstr (office->authorize, "/common/"));
  g_assert_nonnull (strstr (office->scope, "SMTP.Send"));
  g_assert_null (find (RUBIS_TRANSPORT_SMTP, "smtp.dupont.fr", "", &error));
  g_assert_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT);
  g_clear_error (&error);
  g_assert_null (find (RUBIS_TRANSPORT_GRAPH, "", "../evil", &error));
  g_assert_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/secrets/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("kept", test_kept);
  ADD ("kept-over-login", test_kept_over_login);
  ADD ("label", test_label);
  ADD ("cleared", test_cleared);
  ADD ("locked", test_locked);
  ADD ("absent", test_absent);
  g_test_add_func ("/oauth/challenge", test_challenge);
  g_test_add_func ("/oauth/providers", test_providers);
  ADD ("oauth/code", test_code);
  ADD ("oauth/code-with-secret", test_code_with_secret);
  ADD ("oauth/denied", test_denied);
  ADD ("oauth/wrong-state", test_wrong_state);
  ADD ("oauth/given-up", test_given_up);
  ADD ("oauth/renewed", test_renewed);
  ADD ("oauth/not-renewed", test_not_renewed);
  ADD ("oauth/not-renewable", test_not_renewable);
  ADD ("oauth/renewed-twice-at-once", test_renewed_twice_at_once);
  ADD ("oauth/typed-token", test_typed_token);
  ADD ("oauth/device", test_device);
  return g_test_run ();
}
