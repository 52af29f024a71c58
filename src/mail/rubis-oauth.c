#include "rubis-oauth-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Without expires_in a token is taken for one of this many seconds. */
#define DEFAULT_LIFE 3600
/* Seconds without a byte from the server. */
#define TIMEOUT 30
#define MAX_LINE 200
/* RFC 8628: seconds between two questions, where the server does not say; and what "slow_down" adds. */
#define DEFAULT_INTERVAL 5
#define SLOWER 5
#define DEFAULT_DEVICE_LIFE 900

G_DEFINE_QUARK (rubis - oauth - error - quark, rubis_oauth_error)

void
rubis_oauth_tokens_free (RubisOauthTokens *self)
{
  if (self == NULL)
    return;
  rubis_secret_free (self->access_token);
  rubis_secret_free (self->refresh_token);
  g_free (self);
}

/* --- Requests -------------------------------------------------------------------------------- */

char *
rubis_oauth_make_form (const char *name, ...)
{
  GString *form = g_string_sized_new (4096);
  va_list arguments;

  va_start (arguments, name);
  for (; name != NULL; name = va_arg (arguments, const char *))
    {
      const char *value = va_arg (arguments, const char *);

      if (value == NULL)
        continue;
      if (form->len > 0)
        g_string_append_c (form, '&');
      g_string_append (form, name);
      g_string_append_c (form, '=');
      g_string_append_uri_escaped (form, value, NULL, FALSE);
    }
  va_end (arguments);
  return g_string_free (form, FALSE);
}

static void
free_form (gpointer form)
{
  rubis_secret_free (form);
}

RubisHttpResponse *
rubis_oauth_post (const char *url, char *form, GCancellable *cancellable)
{
  g_autoptr (RubisHttp) http = rubis_http_new (TIMEOUT, NULL);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("POST", url);
  g_autoptr (GBytes) body = g_bytes_new_with_free_func (form, strlen (form), free_form, form);

  rubis_http_request_set_header (request, "Accept", "application/json");
  rubis_http_request_set_body (request, "application/x-www-form-urlencoded", body);
  return rubis_http_send (http, request, cancellable);
}

char *
rubis_oauth_dup_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gsize end = strcspn (valid, "\r\n");

  valid[end] = '\0';
  return g_utf8_strlen (valid, -1) <= MAX_LINE ? g_steal_pointer (&valid)
                                               : g_utf8_substring (valid, 0, MAX_LINE);
}

gboolean
rubis_oauth_check_client (const RubisOauthProvider *provider, const RubisSender *sender, GError **error)
{
  if (*sender->client_id != '\0')
    return TRUE;
  if (*provider->registration != '\0')
    g_set_error (
        error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT,
        _ ("%s only lets registered applications send. Register one for your company at %s (kind: "
           "desktop application, redirect address http://%s) and put its application (client) ID into "
           "the settings of “%s”."),
        provider->label, provider->registration, provider->redirect_host, sender->name);
  else
    g_set_error (
        error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT,
        _ ("%s only lets registered applications send. Ask whoever runs it for an application (client) "
           "ID with the redirect address http://%s, and put it into the settings of “%s”."),
        provider->label, provider->redirect_host, sender->name);
  return FALSE;
}

static void
set_provider_error (const RubisOauthProvider *provider, const char *code, const char *description,
                    GError **error)
{
  g_autofree char *line = rubis_oauth_dup_line (*description != '\0' ? description : code);

  if (g_str_equal (code, "invalid_client") || g_str_equal (code, "unauthorized_client"))
    g_set_error (
        error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT,
        _ ("%s does not accept the application (client) ID or its secret: check them in the settings. "
           "(%s)"),
        provider->label, line);
  else if (g_str_equal (code, "access_denied") || g_str_equal (code, "consent_required"))
    g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_DENIED,
                 _ ("%s was told not to let Rubis send: the user or the administrator said no. (%s)"),
                 provider->label, line);
  else if (g_str_equal (code, "invalid_grant") || g_str_equal (code, "expired_token"))
    g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_EXPIRED,
                 _ ("%s says that this sign-in has ended: start it again. (%s)"), provider->label, line);
  else
    g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_SERVER, _ ("%s refused the sign-in: %s"),
                 provider->label, line);
}

RubisOauthTokens *
rubis_oauth_read_tokens (const RubisOauthProvider *provider, const RubisHttpResponse *response, char **code,
                         GError **error)
{
  g_autoptr (RubisJsonAnswer) answer = rubis_json_answer_new (response->body);
  g_autofree char *refusal = rubis_json_answer_dup (answer, "error");
  g_autofree char *description = rubis_json_answer_dup (answer, "error_description");
  RubisOauthTokens *tokens;
  gint64 life;

  if (code != NULL)
    *code = g_strdup (refusal);
  if (response->outcome != RUBIS_HTTP_ANSWERED)
    g_set_error_literal (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_SERVER, response->reason);
  else if (*refusal != '\0')
    set_provider_error (provider, refusal, description, error);
  else if (response->status / 100 != 2 || !rubis_json_answer_has (answer, "access_token"))
    g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_SERVER,
                 _ ("%s gave no answer that could be understood (status %u): try again later."),
                 provider->label, response->status);
  else
    {
      tokens = g_new0 (RubisOauthTokens, 1);
      tokens->access_token = rubis_json_answer_dup (answer, "access_token");
      if (rubis_json_answer_has (answer, "refresh_token"))
        tokens->refresh_token = rubis_json_answer_dup (answer, "refresh_token");
      life = rubis_json_answer_get_int (answer, "expires_in");
      tokens->expires_at = g_get_real_time () / G_USEC_PER_SEC + (life > 0 ? life : DEFAULT_LIFE);
      return tokens;
    }
  return NULL;
}

/* --- Renewal --------------------------------------------------------------------------------- */

static void
set_renewal_error (const RubisOauthProvider *provider, const RubisSender *sender, const GError *failure,
                   GError **error)
{
  switch (failure->code)
    {
    case RUBIS_OAUTH_ERROR_SERVER:
      g_set_error (error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_OFFLINE,
                   _ ("The permission to send could not be renewed just now: %s"), failure->message);
      break;
    default:
      g_set_error (error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_REVOKED,
                   _ ("%s wants you to sign in again for the sender “%s”. (%s)"), provider->label,
                   sender->name, failure->message);
      break;
    }
}

RubisOauthTokens *
rubis_oauth_renew (const RubisOauthProvider *provider, const RubisSender *sender, const char *client_secret,
                   const char *refresh_token, GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (GError) failure = NULL;
  RubisOauthTokens *tokens;

  response = rubis_oauth_post (provider->token,
                               rubis_oauth_make_form ("grant_type", "refresh_token", "refresh_token",
                                                      refresh_token, "client_id", sender->client_id,
                                                      "client_secret", client_secret, NULL),
                               cancellable);
  tokens = rubis_oauth_read_tokens (provider, response, NULL, &failure);
  if (tokens == NULL)
    set_renewal_error (provider, sender, failure, error);
  else if (tokens->refresh_token == NULL)
    tokens->refresh_token = g_strdup (refresh_token);
  return tokens;
}

gboolean
rubis_oauth_keep (RubisCredentials *credentials, const RubisSender *sender, const RubisOauthTokens *tokens,
                  GError **error)
{
  char *access = g_strdup_printf ("%" G_GINT64_FORMAT " %s", tokens->expires_at, tokens->access_token);
  gboolean kept;

  kept = (tokens->refresh_token == NULL
          || rubis_credentials_store (credentials, sender, RUBIS_SECRET_REFRESH_TOKEN, tokens->refresh_token,
                                      error))
         && rubis_credentials_store (credentials, sender, RUBIS_SECRET_ACCESS_TOKEN, access, error);
  rubis_secret_free (access);
  return kept;
}

/* --- Device code ----------------------------------------------------------------------------- */

typedef struct
{
  char *device_code;
  int interval; /* seconds */
  gint64 until; /* monotonic time, microseconds */
} DeviceCode;

/* FALSE: cancelled. */
static gboolean
wait_seconds (int seconds, GCancellable *cancellable, GError **error)
{
  GPollFD poll = { 0 };

  if (g_cancellable_make_pollfd (cancellable, &poll))
    {
      g_poll (&poll, 1, seconds * 1000);
      g_cancellable_release_fd (cancellable);
    }
  else
    g_usleep ((gulong)seconds * G_USEC_PER_SEC);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
ask_device_code (const RubisOauthProvider *provider, const RubisSender *sender, DeviceCode *device,
                 RubisOauthShowFunc show, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisHttpResponse) response
      = rubis_oauth_post (provider->device,
                          rubis_oauth_make_form ("client_id", sender->client_id, "scope",
                                                 *provider->scope != '\0' ? provider->scope : NULL, NULL),
                          cancellable);
  g_autoptr (RubisJsonAnswer) answer = rubis_json_answer_new (response->body);
  g_autofree char *code = rubis_json_answer_dup (answer, "user_code");
  g_autofree char *uri = rubis_json_answer_dup (
      answer, rubis_json_answer_has (answer, "verification_uri") ? "verification_uri" : "verification_url");
  gint64 life = rubis_json_answer_get_int (answer, "expires_in");

  if (response->outcome != RUBIS_HTTP_ANSWERED || response->status / 100 != 2 || *code == '\0'
      || *uri == '\0')
    {
      rubis_oauth_tokens_free (rubis_oauth_read_tokens (provider, response, NULL, error));
      if (error != NULL && *error == NULL)
        g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_SERVER,
                     _ ("%s gave no answer that could be understood (status %u): try again later."),
                     provider->label, response->status);
      return FALSE;
    }
  device->device_code = rubis_json_answer_dup (answer, "device_code");
  device->interval = rubis_json_answer_has (answer, "interval")
                         ? (int)CLAMP (rubis_json_answer_get_int (answer, "interval"), 1, 60)
                         : DEFAULT_INTERVAL;
  device->until = g_get_monotonic_time () + (life > 0 ? life : DEFAULT_DEVICE_LIFE) * G_USEC_PER_SEC;
  show (code, uri, user_data);
  return TRUE;
}

/* NULL without error: nobody has signed in yet. */
static RubisOauthTokens *
poll_device (const RubisOauthProvider *provider, const RubisSender *sender, const char *client_secret,
             DeviceCode *device, GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisHttpResponse) response
      = rubis_oauth_post (provider->token,
                          rubis_oauth_make_form ("grant_type", "urn:ietf:params:oauth:grant-type:device_code",
                                                 "device_code", device->device_code, "client_id",
                                                 sender->client_id, "client_secret", client_secret, NULL),
                          cancellable);
  g_autofree char *code = NULL;
  g_autoptr (GError) failure = NULL;
  RubisOauthTokens *tokens = rubis_oauth_read_tokens (provider, response, &code, &failure);

  if (tokens != NULL)
    return tokens;
  if (g_str_equal (code, "slow_down"))
    device->interval += SLOWER;
  /* The network may come back before the code ends. */
  if (g_str_equal (code, "authorization_pending") || g_str_equal (code, "slow_down")
      || (response->outcome != RUBIS_HTTP_ANSWERED && !response->certificate))
    return NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static RubisOauthTokens *
wait_for_device (const RubisOauthProvider *provider, const RubisSender *sender, const char *client_secret,
                 DeviceCode *device, GCancellable *cancellable, GError **error)
{
  while (wait_seconds (device->interval, cancellable, error))
    {
      g_autoptr (GError) failure = NULL;
      RubisOauthTokens *tokens;

      if (g_get_monotonic_time () > device->until)
        {
          g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_EXPIRED,
                       _ ("Nobody signed in at %s in time: start it again."), provider->label);
          return NULL;
        }
      tokens = poll_device (provider, sender, client_secret, device, cancellable, &failure);
      if (tokens != NULL)
        return tokens;
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return NULL;
}

RubisOauthTokens *
rubis_oauth_authorize_device (const RubisOauthProvider *provider, const RubisSender *sender,
                              const char *client_secret, RubisOauthShowFunc show, gpointer user_data,
                              GCancellable *cancellable, GError **error)
{
  DeviceCode device = { 0 };
  RubisOauthTokens *tokens = NULL;

  if (!rubis_oauth_check_client (provider, sender, error))
    return NULL;
  if (*provider->device == '\0')
    {
      g_set_error (
          error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT,
          _ ("%s offers no code to type in another browser: sign in with the browser of this computer."),
          provider->label);
      return NULL;
    }
  if (ask_device_code (provider, sender, &device, show, user_data, cancellable, error))
    tokens = wait_for_device (provider, sender, client_secret, &device, cancellable, error);
  rubis_secret_free (device.device_code);
  return tokens;
}
