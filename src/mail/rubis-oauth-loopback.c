/* Signing in with the browser: it comes back to an address of this machine. RFC 6749 4.1, 7636, 8252. */
#include "rubis-oauth-private.h"

#include <string.h>
#include <sys/random.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define VERIFIER_BYTES 48
#define STATE_BYTES 24

/* One sign-in that waits for the browser. */
typedef struct
{
  const RubisOauthProvider *provider;
  char *state;
  char *code;        /* (nullable) */
  GError *error;     /* (nullable) */
  gboolean answered; /* the browser came back */
  gboolean done;     /* and has its page; or nobody waits any more */
} Loopback;

static char *
encode_base64url (const guint8 *bytes, gsize n)
{
  char *text = g_base64_encode (bytes, n);

  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static char *
make_random (gsize n)
{
  guint8 bytes[VERIFIER_BYTES];

  g_assert (n <= sizeof bytes && getrandom (bytes, n, 0) == (gssize)n);
  return encode_base64url (bytes, n);
}

char *
rubis_oauth_make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize n = sizeof digest;

  g_checksum_update (checksum, (const guchar *)verifier, -1);
  g_checksum_get_digest (checksum, digest, &n);
  return encode_base64url (digest, n);
}

/* --- The page in the browser ------------------------------------------------------------------ */

/* Nothing of what the browser was sent with stands in the page. */
static void
answer_page (SoupServerMessage *message, guint status, const char *title, const char *text)
{
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_text = g_markup_escape_text (text, -1);
  char *page = g_strdup_printf (
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>Rubis</title>"
      "<style>body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:18vh auto;padding:0 1.5em}"
      "h1{font-size:1.4em;font-weight:600}</style></head><body><h1>%s</h1><p>%s</p></body></html>\n",
      safe_title, safe_text);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page,
                                    strlen (page));
}

static void
take_refusal (Loopback *self, const char *code, const char *description)
{
  g_autofree char *line
      = rubis_oauth_dup_line (description != NULL && *description != '\0' ? description : code);

  if (g_str_equal (code, "access_denied"))
    g_set_error (&self->error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_DENIED,
                 _ ("%s was told not to let Rubis send: the user or the administrator said no. (%s)"),
                 self->provider->label, line);
  else
    g_set_error (&self->error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_SERVER, _ ("%s refused the sign-in: %s"),
                 self->provider->label, line);
}

/* Whether the request comes from the sign-in that was begun: state (RFC 6749 10.12), issuer (RFC 9207). */
static gboolean
is_ours (Loopback *self, GHashTable *query)
{
  const char *state = g_hash_table_lookup (query, "state");
  const char *issuer = g_hash_table_lookup (query, "iss");

  return g_strcmp0 (state, self->state) == 0
         && (issuer == NULL || *self->provider->issuer == '\0'
             || g_str_equal (issuer, self->provider->issuer));
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  Loopback *self = user_data;
  const char *code = query != NULL ? g_hash_table_lookup (query, "code") : NULL;
  const char *refusal = query != NULL ? g_hash_table_lookup (query, "error") : NULL;

  if (!g_str_equal (path, "/") || soup_server_message_get_method (message) != SOUP_METHOD_GET
      || (code == NULL && refusal == NULL))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  if (self->answered || !is_ours (self, query))
    {
      answer_page (
          message, SOUP_STATUS_BAD_REQUEST, _ ("Not this sign-in"),
          _ ("This page does not belong to the sign-in that Rubis waits for. Go back to Rubis and start "
             "it again."));
      return;
    }
  self->answered = TRUE;
  if (refusal != NULL)
    {
      take_refusal (self, refusal, g_hash_table_lookup (query, "error_description"));
      answer_page (message, SOUP_STATUS_OK, _ ("Rubis may not send"),
                   _ ("Nothing was changed. You can close this page and go back to Rubis."));
      return;
    }
  self->code = g_strdup (code);
  answer_page (message, SOUP_STATUS_OK, _ ("You are signed in"),
               _ ("You can close this page and go back to Rubis."));
}

/* The browser has its page. */
static void
on_finished (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  Loopback *self = user_data;

  self->done = self->done || self->answered;
}

/* --- Waiting ---------------------------------------------------------------------------------- */

static gboolean
on_time_out (gpointer user_data)
{
  Loopback *self = user_data;

  if (!self->answered)
    g_set_error (&self->error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_EXPIRED,
                 _ ("Nobody signed in at %s in time: start it again."), self->provider->label);
  self->done = TRUE;
  return G_SOURCE_REMOVE;
}

/* From any thread: the waiting one looks. */
static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_main_context_wakeup (user_data);
}

static void
wait_for_browser (Loopback *self, GMainContext *context, guint seconds, GCancellable *cancellable)
{
  GSource *time_out = g_timeout_source_new_seconds (seconds);
  gulong handler = 0;

  g_source_set_callback (time_out, on_time_out, self, NULL);
  g_source_attach (time_out, context);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), context, NULL);
  while (!self->done && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (context, TRUE);
  if (!self->answered && self->error == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, &self->error);
  g_cancellable_disconnect (cancellable, handler);
  g_source_destroy (time_out);
  g_source_unref (time_out);
}

/* The address where the browser comes back, on a port that is free. (transfer full) */
static char *
listen_for_browser (SoupServer *server, const RubisOauthProvider *provider, GError **error)
{
  gboolean by_name = g_str_equal (provider->redirect_host, "localhost");
  g_autoptr (GError) failure = NULL;
  GSList *uris;
  char *address;

  /* A browser may take ::1 for "localhost". */
  if (!soup_server_listen_local (server, 0, by_name ? 0 : SOUP_SERVER_LISTEN_IPV4_ONLY, &failure))
    {
      g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_SERVER,
                   _ ("The browser could not come back to this computer: %s"), failure->message);
      return NULL;
    }
  uris = soup_server_get_uris (server);
  address = g_strdup_printf ("http://%s:%d", provider->redirect_host, g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return address;
}

static char *
make_address (const RubisOauthProvider *provider, const RubisSender *sender, const char *redirect,
              const char *state, const char *verifier)
{
  g_autofree char *challenge = rubis_oauth_make_challenge (verifier);
  g_autofree char *form = rubis_oauth_make_form (
      "response_type", "code", "client_id", sender->client_id, "redirect_uri", redirect, "scope",
      *provider->scope != '\0' ? provider->scope : NULL, "state", state, "code_challenge", challenge,
      "code_challenge_method", "S256", "login_hint", *sender->email != '\0' ? sender->email : NULL, NULL);

  return g_strconcat (provider->authorize, strchr (provider->authorize, '?') != NULL ? "&" : "?", form,
                      *provider->extra != '\0' ? "&" : "", provider->extra, NULL);
}

static RubisOauthTokens *
exchange (Loopback *self, const RubisSender *sender, const char *client_secret, const char *redirect,
          const char *verifier, GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisHttpResponse) response = rubis_oauth_post (
      self->provider->token,
      rubis_oauth_make_form ("grant_type", "authorization_code", "code", self->code, "redirect_uri", redirect,
                             "client_id", sender->client_id, "code_verifier", verifier, "client_secret",
                             client_secret, NULL),
      cancellable);

  return rubis_oauth_read_tokens (self->provider, response, NULL, error);
}

static RubisOauthTokens *
run (Loopback *self, GMainContext *context, const RubisSender *sender, const char *client_secret,
     guint seconds, RubisOauthOpenFunc open, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", NULL, NULL);
  char *verifier = make_random (VERIFIER_BYTES);
  g_autofree char *redirect = listen_for_browser (server, self->provider, error);
  RubisOauthTokens *tokens = NULL;

  if (redirect != NULL)
    {
      g_autofree char *address = make_address (self->provider, sender, redirect, self->state, verifier);

      soup_server_add_handler (server, NULL, on_request, self, NULL);
      g_signal_connect (server, "request-finished", G_CALLBACK (on_finished), self);
      g_signal_connect (server, "request-aborted", G_CALLBACK (on_finished), self);
      open (address, user_data);
      wait_for_browser (self, context, seconds, cancellable);
      soup_server_disconnect (server);
      if (self->error != NULL)
        g_propagate_error (error, g_steal_pointer (&self->error));
      else
        tokens = exchange (self, sender, client_secret, redirect, verifier, cancellable, error);
    }
  rubis_secret_free (verifier);
  return tokens;
}

RubisOauthTokens *
rubis_oauth_authorize (const RubisOauthProvider *provider, const RubisSender *sender,
                       const char *client_secret, guint seconds, RubisOauthOpenFunc open, gpointer user_data,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = NULL;
  Loopback self = { .provider = provider };
  RubisOauthTokens *tokens;

  if (!rubis_oauth_check_client (provider, sender, error))
    return NULL;
  context = g_main_context_new ();
  self.state = make_random (STATE_BYTES);
  g_main_context_push_thread_default (context);
  tokens = run (&self, context, sender, client_secret, seconds, open, user_data, cancellable, error);
  g_main_context_pop_thread_default (context);
  rubis_secret_free (self.state);
  rubis_secret_free (self.code);
  g_clear_error (&self.error);
  return tokens;
}
