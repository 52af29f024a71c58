#include "rubis-api.h"

#include <string.h>

#include <libsoup/soup.h>

/* Seconds without a byte. */
#define TIMEOUT 60
#define UNAUTHORIZED 401

struct _RubisApi
{
  const RubisSender *sender;
  RubisCredentials *credentials;
  char *base;
  RubisApiLogin login;
  char *key_header;
  GHashTable *headers;
  RubisHttp *http;
};

/* Tests of servers that hang do not wait so long. */
static guint
get_timeout (void)
{
  const char *text = g_getenv ("RUBIS_NETWORK_TIMEOUT");
  guint64 seconds;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, TIMEOUT, &seconds, NULL))
    return (guint)seconds;
  return TIMEOUT;
}

/* "https://host/path" without the slash at its end; https unless @address says otherwise. */
static char *
make_base (const char *address)
{
  char *base = strstr (address, "://") != NULL ? g_strdup (address) : g_strconcat ("https://", address, NULL);

  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  return base;
}

RubisApi *
rubis_api_new (const RubisSender *sender, RubisCredentials *credentials, const char *base,
               RubisApiLogin login, const char *key_header)
{
  RubisApi *self = g_new0 (RubisApi, 1);

  self->sender = sender;
  self->credentials = credentials;
  self->base = make_base (*sender->server != '\0' ? sender->server : base);
  self->login = login;
  self->key_header = g_strdup (key_header);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->http = rubis_http_new (get_timeout (), NULL);
  return self;
}

void
rubis_api_free (RubisApi *self)
{
  if (self == NULL)
    return;
  g_free (self->base);
  g_free (self->key_header);
  g_hash_table_unref (self->headers);
  rubis_http_free (self->http);
  g_free (self);
}

void
rubis_api_set_header (RubisApi *self, const char *name, const char *value)
{
  g_hash_table_insert (self->headers, g_strdup (name), g_strdup (value));
}

static RubisHttpRequest *
new_request (RubisApi *self, const char *method, const char *url)
{
  RubisHttpRequest *request = rubis_http_request_new (method, url);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    rubis_http_request_set_header (request, name, value);
  return request;
}

RubisHttpRequest *
rubis_api_request_new (RubisApi *self, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat (self->base, path, NULL);

  return new_request (self, method, url);
}

RubisHttpRequest *
rubis_api_request_new_for_url (RubisApi *self, const char *method, const char *url)
{
  if (!g_str_has_prefix (url, self->base) || url[strlen (self->base)] != '/')
    return NULL;
  return new_request (self, method, url);
}

void
rubis_api_request_take_json (RubisHttpRequest *request, GBytes *json)
{
  rubis_http_request_set_body (request, "application/json", json);
  g_bytes_unref (json);
}

static gboolean
log_in_by_basic (RubisApi *self, RubisHttpRequest *request, GError **error)
{
  char *password = rubis_credentials_lookup (self->credentials, self->sender, RUBIS_SECRET_PASSWORD, error);
  char *key;

  if (password == NULL)
    return FALSE;
  key = rubis_credentials_lookup (self->credentials, self->sender, RUBIS_SECRET_KEY, NULL);
  rubis_http_request_set_basic (request, key != NULL ? key : self->sender->user, password);
  rubis_secret_free (key);
  rubis_secret_free (password);
  return TRUE;
}

static gboolean
log_in (RubisApi *self, RubisHttpRequest *request, gboolean renew, GCancellable *cancellable, GError **error)
{
  char *secret;

  if (self->login == RUBIS_API_BASIC)
    return log_in_by_basic (self, request, error);
  if (self->login == RUBIS_API_BEARER)
    secret = rubis_credentials_get_bearer (self->credentials, self->sender, renew, cancellable, error);
  else
    secret = rubis_credentials_lookup (self->credentials, self->sender, RUBIS_SECRET_PASSWORD, error);
  if (secret == NULL)
    return FALSE;
  if (self->login == RUBIS_API_BEARER)
    rubis_http_request_set_bearer (request, secret);
  else
    rubis_http_request_set_header (request, self->key_header, secret);
  rubis_secret_free (secret);
  return TRUE;
}

RubisHttpResponse *
rubis_api_call (RubisApi *self, RubisHttpRequest *request, GCancellable *cancellable, GError **error)
{
  RubisHttpResponse *response;

  if (!log_in (self, request, FALSE, cancellable, error))
    return NULL;
  response = rubis_http_send (self->http, request, cancellable);
  if (self->login != RUBIS_API_BEARER || response->outcome != RUBIS_HTTP_ANSWERED
      || response->status != UNAUTHORIZED)
    return response;
  rubis_http_response_free (response);
  if (!log_in (self, request, TRUE, cancellable, error))
    return NULL;
  return rubis_http_send (self->http, request, cancellable);
}

RubisHttpResponse *
rubis_api_call_open (RubisApi *self, RubisHttpRequest *request, GCancellable *cancellable)
{
  return rubis_http_send (self->http, request, cancellable);
}

gboolean
rubis_api_is_success (const RubisHttpResponse *response)
{
  return response != NULL && response->outcome == RUBIS_HTTP_ANSWERED && response->status >= 200
         && response->status < 300;
}

gint64
rubis_api_get_server_time (const RubisHttpResponse *response)
{
  const char *text = g_hash_table_lookup (response->headers, "date");
  g_autoptr (GDateTime) moment = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return moment != NULL ? g_date_time_to_unix (moment) : 0;
}

RubisJsonAnswer *
rubis_api_read_json (const RubisHttpResponse *response)
{
  g_autoptr (GBytes) text = NULL;

  if (rubis_api_is_success (response))
    return rubis_json_answer_new (response->body);
  text = g_bytes_new (response->text, strlen (response->text));
  return rubis_json_answer_new (text);
}
