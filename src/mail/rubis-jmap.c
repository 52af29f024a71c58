#include "rubis-jmap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Seconds without a byte from the server. */
#define TIMEOUT 60
#define CORE "urn:ietf:params:jmap:core"
#define MAIL "urn:ietf:params:jmap:mail"
#define SUBMISSION "urn:ietf:params:jmap:submission"
#define REQUEST_ERROR "urn:ietf:params:jmap:error:"
#define UNAUTHORIZED 401

struct _RubisJmap
{
  const RubisSender *sender;
  RubisCredentials *credentials; /* (owned) */
  RubisHttp *http;               /* (owned) */
  char *url;                     /* (owned) (nullable) of the open session */
  char *account;                 /* (owned) */
  char *api_url;                 /* (owned) these three are relative to url, and templates */
  char *upload_url;
  char *download_url;
  gboolean can_submit;
  gint64 max_upload;
  RubisTransportError code; /* of the last failure */
};

RubisJmap *
rubis_jmap_new (const RubisSender *sender, RubisCredentials *credentials)
{
  RubisJmap *self = g_new0 (RubisJmap, 1);

  self->sender = sender;
  self->credentials = g_object_ref (credentials);
  self->http = rubis_http_new (TIMEOUT, NULL);
  return self;
}

void
rubis_jmap_close (RubisJmap *self)
{
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->api_url, g_free);
  g_clear_pointer (&self->upload_url, g_free);
  g_clear_pointer (&self->download_url, g_free);
}

void
rubis_jmap_free (RubisJmap *self)
{
  if (self == NULL)
    return;
  rubis_jmap_close (self);
  rubis_http_free (self->http);
  g_object_unref (self->credentials);
  g_free (self);
}

const char *
rubis_jmap_get_account (RubisJmap *self)
{
  return self->account;
}

gboolean
rubis_jmap_can_submit (RubisJmap *self)
{
  return self->can_submit;
}

gint64
rubis_jmap_get_max_upload (RubisJmap *self)
{
  return self->max_upload;
}

RubisDelivery *
rubis_jmap_fail (RubisJmap *self, RubisTransportError code, const char *reason, const char *answer)
{
  RubisDelivery *failure = rubis_delivery_new (RUBIS_FATE_NOT_SENT, reason, answer);

  failure->sender_wide = TRUE;
  self->code = code;
  return failure;
}

static RubisDelivery *
fail_by_credentials (RubisJmap *self, const GError *error)
{
  gboolean offline = g_error_matches (error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_OFFLINE);

  return rubis_jmap_fail (self, offline ? RUBIS_TRANSPORT_ERROR_UNREACHABLE : RUBIS_TRANSPORT_ERROR_LOGIN,
                          error->message, NULL);
}

static gboolean
log_in (RubisJmap *self, RubisHttpRequest *request, gboolean renew, GCancellable *cancellable, GError **error)
{
  const RubisSender *sender = self->sender;
  const char *user = sender->user[0] != '\0' ? sender->user : sender->email;
  char *secret;

  if (sender->auth == RUBIS_AUTH_NONE)
    return TRUE;
  if (sender->auth == RUBIS_AUTH_OAUTH)
    secret = rubis_credentials_get_bearer (self->credentials, sender, renew, cancellable, error);
  else
    secret = rubis_credentials_lookup (self->credentials, sender, RUBIS_SECRET_PASSWORD, error);
  if (secret == NULL)
    return FALSE;
  if (sender->auth == RUBIS_AUTH_OAUTH)
    rubis_http_request_set_bearer (request, secret);
  else
    rubis_http_request_set_basic (request, user, secret);
  rubis_secret_free (secret);
  return TRUE;
}

/* Sends with the login, renewed once when the server finds that it has ended. NULL with @failure when there
 * is no login. */
static RubisHttpResponse *
exchange (RubisJmap *self, RubisHttpRequest *request, GCancellable *cancellable, RubisDelivery **failure)
{
  g_autoptr (GError) error = NULL;
  RubisHttpResponse *response = NULL;

  if (log_in (self, request, FALSE, cancellable, &error))
    response = rubis_http_send (self->http, request, cancellable);
  if (response != NULL && response->outcome == RUBIS_HTTP_ANSWERED && response->status == UNAUTHORIZED
      && self->sender->auth == RUBIS_AUTH_OAUTH)
    {
      g_clear_pointer (&response, rubis_http_response_free);
      if (log_in (self, request, TRUE, cancellable, &error))
        response = rubis_http_send (self->http, request, cancellable);
    }
  if (response == NULL)
    *failure = fail_by_credentials (self, error);
  return response;
}

static RubisTransportError
code_of (const RubisHttpResponse *response)
{
  if (response->certificate)
    return RUBIS_TRANSPORT_ERROR_CERTIFICATE;
  if (response->status == 401 || response->status == 403)
    return RUBIS_TRANSPORT_ERROR_LOGIN;
  return response->status == 0 ? RUBIS_TRANSPORT_ERROR_UNREACHABLE : RUBIS_TRANSPORT_ERROR_SERVER;
}

/* What an answer without success means. @upload: it may be about the message; else it is about the server. */
static RubisDelivery *
judge (RubisJmap *self, const RubisHttpResponse *response, gboolean upload, gboolean submits)
{
  g_autoptr (RubisJsonAnswer) problem = rubis_json_answer_new (response->body);
  g_autofree char *type = rubis_json_answer_dup (problem, "type");
  g_autofree char *detail = rubis_json_answer_dup (problem, "detail");
  RubisDelivery *failure = rubis_http_judge (response, submits, detail[0] != '\0' ? detail : type);

  self->code = code_of (response);
  if (failure->fate == RUBIS_FATE_REFUSED && (!upload || g_str_has_prefix (type, REQUEST_ERROR)))
    {
      failure->fate = RUBIS_FATE_NOT_SENT;
      failure->sender_wide = TRUE;
    }
  /* What the server said of its session may no longer hold. */
  rubis_jmap_close (self);
  return failure;
}

static gboolean
is_success (const RubisHttpResponse *response)
{
  return response->outcome == RUBIS_HTTP_ANSWERED && response->status >= 200 && response->status < 300;
}

/* Where the session is looked for: the address given, or the well-known one of a host. */
static char *
make_session_url (const RubisSender *sender)
{
  const char *scheme = strstr (sender->server, "://");
  g_autofree char *port = sender->port > 0 ? g_strdup_printf (":%d", sender->port) : g_strdup ("");
  g_autofree char *base
      = scheme != NULL ? g_strdup (sender->server) : g_strconcat ("https://", sender->server, port, NULL);
  const char *path = strchr (strstr (base, "://") + 3, '/');

  if (path != NULL && path[1] != '\0')
    return g_steal_pointer (&base);
  return g_strconcat (base, path != NULL ? "" : "/", ".well-known/jmap", NULL);
}

static void
replace_variable (GString *url, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_replace (url, name, escaped, 0);
}

/* A template of the session as an address; "" when it is none. */
static char *
expand (RubisJmap *self, const char *template, const char *blob)
{
  g_autoptr (GString) relative = g_string_new (template);
  char *url;

  replace_variable (relative, "{accountId}", self->account);
  replace_variable (relative, "{blobId}", blob);
  replace_variable (relative, "{type}", "message/rfc822");
  replace_variable (relative, "{name}", "message.eml");
  url = g_uri_resolve_relative (self->url, relative->str, G_URI_FLAGS_ENCODED, NULL);
  return url != NULL ? url : g_strdup ("");
}

/* The account that the server names for mail, else the first that has mail. (transfer full) */
static char *
find_account (RubisJsonAnswer *session)
{
  JsonNode *node = rubis_json_answer_get_node (session, "accounts");
  g_autofree char *primary = rubis_json_answer_dup (session, "primaryAccounts." MAIL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *account;

  if (primary[0] != '\0' || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&primary);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &account))
    {
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (account) ? json_node_get_object (account) : NULL;
      JsonNode *capabilities = object != NULL ? json_object_get_member (object, "accountCapabilities") : NULL;

      if (capabilities != NULL && JSON_NODE_HOLDS_OBJECT (capabilities)
          && json_object_has_member (json_node_get_object (capabilities), MAIL))
        return g_strdup (name);
    }
  return g_steal_pointer (&primary);
}

/* Whether the account has the capability to send; its id may hold a dot, so that it is no path. */
static gboolean
account_can_submit (RubisJsonAnswer *session, const char *id)
{
  JsonNode *node = rubis_json_answer_get_node (session, "accounts");
  JsonNode *account = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                          ? json_object_get_member (json_node_get_object (node), id)
                          : NULL;
  JsonNode *capabilities
      = account != NULL && JSON_NODE_HOLDS_OBJECT (account)
            ? json_object_get_member (json_node_get_object (account), "accountCapabilities")
            : NULL;

  return capabilities != NULL && JSON_NODE_HOLDS_OBJECT (capabilities)
         && json_object_has_member (json_node_get_object (capabilities), SUBMISSION);
}

static gboolean
read_session (RubisJmap *self, const RubisHttpResponse *response, RubisDelivery **failure)
{
  g_autoptr (RubisJsonAnswer) session = rubis_json_answer_new (response->body);
  g_autofree char *reason = NULL;

  self->api_url = rubis_json_answer_dup (session, "apiUrl");
  self->upload_url = rubis_json_answer_dup (session, "uploadUrl");
  self->download_url = rubis_json_answer_dup (session, "downloadUrl");
  self->account = find_account (session);
  self->url = g_strdup (response->url);
  if (self->api_url[0] != '\0' && self->upload_url[0] != '\0' && self->account[0] != '\0')
    {
      self->can_submit = account_can_submit (session, self->account);
      self->max_upload = rubis_json_answer_get_int (session, "capabilities." CORE ".maxSizeUpload");
      return TRUE;
    }
  if (self->api_url[0] != '\0')
    reason = g_strdup (_ ("This login has no mailbox on the JMAP server: check the user."));
  else
    reason
        = g_strdup_printf (_ ("“%s” is no JMAP server: check its name, or give the address of its session."),
                           self->sender->server);
  *failure = rubis_jmap_fail (self, RUBIS_TRANSPORT_ERROR_SERVER, reason, response->text);
  rubis_jmap_close (self);
  return FALSE;
}

gboolean
rubis_jmap_open (RubisJmap *self, GCancellable *cancellable, RubisDelivery **failure)
{
  g_autofree char *url = NULL;
  g_autoptr (RubisHttpRequest) request = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;

  if (self->url != NULL)
    return TRUE;
  if (self->sender->server[0] == '\0')
    {
      *failure = rubis_jmap_fail (self, RUBIS_TRANSPORT_ERROR_SETTINGS,
                                  _ ("The sender needs the name of its JMAP server."), NULL);
      return FALSE;
    }
  url = make_session_url (self->sender);
  request = rubis_http_request_new ("GET", url);
  request->redirects = TRUE;
  rubis_http_request_set_header (request, "Accept", "application/json");
  response = exchange (self, request, cancellable, failure);
  if (response == NULL)
    return FALSE;
  if (is_success (response) || response->status == 404)
    return read_session (self, response, failure);
  *failure = judge (self, response, FALSE, FALSE);
  return FALSE;
}

JsonBuilder *
rubis_jmap_begin_calls (void)
{
  JsonBuilder *calls = json_builder_new_immutable ();

  json_builder_begin_array (calls);
  return calls;
}

void
rubis_jmap_add_call (JsonBuilder *calls, const char *name, JsonNode *arguments)
{
  json_builder_begin_array (calls);
  json_builder_add_string_value (calls, name);
  json_builder_add_value (calls, arguments);
  json_builder_add_string_value (calls, name);
  json_builder_end_array (calls);
}

/* The body of a request; takes @calls. */
static GBytes *
write_request (RubisJmap *self, JsonBuilder *calls)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_end_array (calls);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "using");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, CORE);
  json_builder_add_string_value (builder, MAIL);
  if (self->can_submit)
    json_builder_add_string_value (builder, SUBMISSION);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "methodCalls");
  json_builder_add_value (builder, json_builder_get_root (calls));
  json_builder_end_object (builder);
  g_object_unref (calls);
  return rubis_json_build (builder);
}

RubisJsonAnswer *
rubis_jmap_call (RubisJmap *self, JsonBuilder *calls, gboolean submits, GCancellable *cancellable,
                 RubisHttpResponse **response_out, RubisDelivery **failure)
{
  g_autofree char *url = expand (self, self->api_url, "");
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("POST", url);
  g_autoptr (GBytes) body = write_request (self, calls);
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) answer = NULL;

  rubis_http_request_set_body (request, "application/json", body);
  response = exchange (self, request, cancellable, failure);
  if (response == NULL)
    return NULL;
  if (!is_success (response))
    {
      *failure = judge (self, response, FALSE, submits);
      return NULL;
    }
  answer = rubis_json_answer_new (response->body);
  if (rubis_json_answer_get_length (answer, "methodResponses") == 0)
    {
      *failure = rubis_jmap_fail (self, RUBIS_TRANSPORT_ERROR_SERVER,
                                  _ ("The JMAP server gave an answer that is none."), response->text);
      if (submits)
        {
          (*failure)->fate = RUBIS_FATE_UNKNOWN;
          (*failure)->sender_wide = FALSE;
        }
      return NULL;
    }
  if (response_out != NULL)
    *response_out = g_steal_pointer (&response);
  return g_steal_pointer (&answer);
}

gboolean
rubis_jmap_check_method (RubisJmap *self, RubisJsonAnswer *answer, guint index, RubisDelivery **failure)
{
  g_autofree char *name_path = g_strdup_printf ("methodResponses.%u.0", index);
  g_autofree char *type_path = g_strdup_printf ("methodResponses.%u.1.type", index);
  g_autofree char *name = rubis_json_answer_dup (answer, name_path);
  g_autofree char *type = rubis_json_answer_dup (answer, type_path);
  g_autofree char *reason = NULL;

  if (name[0] != '\0' && !g_str_equal (name, "error"))
    return TRUE;
  if (name[0] == '\0')
    reason = g_strdup (_ ("The JMAP server gave an answer that is none."));
  else
    reason = g_strdup_printf (_ ("The JMAP server does not do what it is asked: %s"), type);
  *failure = rubis_jmap_fail (self, RUBIS_TRANSPORT_ERROR_SERVER, reason, type);
  return FALSE;
}

char *
rubis_jmap_upload (RubisJmap *self, GBytes *message, GCancellable *cancellable, RubisDelivery **failure)
{
  g_autofree char *url = expand (self, self->upload_url, "");
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("POST", url);
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) answer = NULL;
  g_autofree char *blob = NULL;

  rubis_http_request_set_body (request, "message/rfc822", message);
  response = exchange (self, request, cancellable, failure);
  if (response == NULL)
    return NULL;
  if (!is_success (response))
    {
      *failure = judge (self, response, TRUE, FALSE);
      return NULL;
    }
  answer = rubis_json_answer_new (response->body);
  blob = rubis_json_answer_dup (answer, "blobId");
  if (blob[0] != '\0')
    return g_steal_pointer (&blob);
  *failure = rubis_jmap_fail (self, RUBIS_TRANSPORT_ERROR_SERVER,
                              _ ("The JMAP server gave an answer that is none."), response->text);
  return NULL;
}

GBytes *
rubis_jmap_download (RubisJmap *self, const char *blob, GCancellable *cancellable, RubisDelivery **failure)
{
  g_autofree char *url = expand (self, self->download_url, blob);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("GET", url);
  g_autoptr (RubisHttpResponse) response = NULL;

  request->redirects = TRUE;
  response = exchange (self, request, cancellable, failure);
  if (response == NULL)
    return NULL;
  if (is_success (response))
    return g_bytes_ref (response->body);
  if (response->status != 404)
    *failure = judge (self, response, FALSE, FALSE);
  return NULL;
}

char *
rubis_jmap_find_mailbox (RubisJsonAnswer *answer, guint index, const char *role)
{
  g_autofree char *path = g_strdup_printf ("methodResponses.%u.1.list", index);
  guint n = rubis_json_answer_get_length (answer, path);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *role_path = g_strdup_printf ("%s.%u.role", path, i);
      g_autofree char *id_path = g_strdup_printf ("%s.%u.id", path, i);
      g_autofree char *found = rubis_json_answer_dup (answer, role_path);

      if (g_ascii_strcasecmp (found, role) == 0)
        return rubis_json_answer_dup (answer, id_path);
    }
  return NULL;
}

void
rubis_jmap_take_failure (RubisJmap *self, RubisDelivery *failure, GError **error)
{
  g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, self->code, failure->reason);
  rubis_delivery_free (failure);
}

static void
append_string (GString *text, const char *value)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *quoted = NULL;

  json_node_set_string (node, value);
  quoted = json_to_string (node, FALSE);
  g_string_append (text, quoted);
}

JsonNode *
rubis_jmap_node (const char *format, ...)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonNode *node;
  va_list arguments;

  va_start (arguments, format);
  for (const char *at = format; *at != '\0'; at++)
    {
      if (*at != '%')
        g_string_append_c (text, *at);
      else if (*++at == 's')
        append_string (text, va_arg (arguments, const char *));
      else
        g_string_append (text, va_arg (arguments, const char *));
    }
  va_end (arguments);
  node = json_from_string (text->str, NULL);
  g_assert (node != NULL);
  return node;
}
