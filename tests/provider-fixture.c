#include "provider-fixture.h"

#include <stdarg.h>
#include <string.h>

#include "rubis-http.h"
#include "rubis-test-server.h"

const TestProvider test_providers[N_TEST_PROVIDERS] = {
  { "graph", RUBIS_TRANSPORT_GRAPH, "/send", TRUE },
  { "gmail", RUBIS_TRANSPORT_GMAIL, "messages/send", TRUE },
  { "brevo", RUBIS_TRANSPORT_BREVO, "POST /v3/smtp/email", FALSE },
  { "mailjet", RUBIS_TRANSPORT_MAILJET, "/v3.1/send", FALSE },
};

static RubisTestServer *server;

void
provider_assert_no_secret (const char *text)
{
  static const char *const secrets[]
      = { TEST_TOKEN, "renewed-token", "brevo-key", "mailjet-key", "mailjet-secret" };
  g_autofree char *basic = g_base64_encode ((const guchar *)"mailjet-key:mailjet-secret", 26);

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (text, secrets[i]));
  g_assert_null (strstr (text, basic));
}

static GBytes *
ask (const char *name, GBytes *body)
{
  g_autoptr (RubisHttp) http = rubis_http_new (30, NULL);
  g_autofree char *url = g_strconcat (rubis_test_server_get_string (server, "url"), "/control/", name, NULL);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("POST", url);
  g_autoptr (RubisHttpResponse) response = NULL;

  rubis_http_request_set_body (request, "application/json", body);
  response = rubis_http_send (http, request, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  return g_bytes_ref (response->body);
}

void
provider_reset (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) answer = NULL;

  if (server == NULL)
    server = rubis_test_server_new ("fake-providers.py", NULL);
  answer = ask ("reset", nothing);
}

void
provider_stop (void)
{
  g_clear_pointer (&server, rubis_test_server_free);
}

static JsonNode *
parse (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static JsonNode *
control (const char *name, const char *format, va_list arguments)
{
  char *text = format != NULL ? g_strdup_vprintf (format, arguments) : g_strdup ("");
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  g_autoptr (GBytes) answer = ask (name, body);

  return parse (answer);
}

JsonNode *
provider_control (const char *name, const char *body, ...)
{
  va_list arguments;
  JsonNode *node;

  va_start (arguments, body);
  node = control (name, body, arguments);
  va_end (arguments);
  return node;
}

void
provider_set (const char *name, const char *body, ...)
{
  va_list arguments;

  va_start (arguments, body);
  json_node_unref (control (name, body, arguments));
  va_end (arguments);
}

GBytes *
provider_make_message (const char *message_id, const char *options)
{
  char *text = g_strdup_printf ("{\"id\": \"%s\"%s}", message_id, options);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  return ask ("make", body);
}

JsonObject *
provider_decode (GBytes *message)
{
  g_autoptr (GBytes) answer = ask ("decode", message);
  g_autoptr (JsonNode) node = parse (answer);

  return json_node_dup_object (node);
}

guint
provider_count_sent (void)
{
  g_autoptr (JsonNode) sent = provider_control ("sent", NULL);

  return json_array_get_length (json_node_get_array (sent));
}

JsonObject *
provider_get_sent (guint i)
{
  g_autoptr (JsonNode) sent = provider_control ("sent", NULL);

  return json_object_ref (json_array_get_object_element (json_node_get_array (sent), i));
}

void
provider_set_clock (gint64 offset)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, (double)offset);
  g_autofree char *text = g_date_time_format (then, "%a, %d %b %Y %H:%M:%S GMT");

  provider_set ("options", "{\"date\": \"%s\"}", text);
}

RubisSender *
provider_new_sender (const TestProvider *provider)
{
  RubisSender *sender = rubis_sender_new (provider->kind);

  rubis_sender_set (sender, name, "Comptabilité");
  rubis_sender_set (sender, email, "compta@exemple.fr");
  rubis_sender_set (sender, server, rubis_test_server_get_string (server, "url"));
  return sender;
}

RubisCredentials *
provider_new_credentials (const TestProvider *provider)
{
  if (provider->kind == RUBIS_TRANSPORT_BREVO)
    return rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "brevo-key", NULL);
  if (provider->kind == RUBIS_TRANSPORT_MAILJET)
    return rubis_test_credentials_new (RUBIS_SECRET_KEY, "mailjet-key", RUBIS_SECRET_PASSWORD,
                                       "mailjet-secret", NULL);
  return rubis_test_credentials_new (RUBIS_SECRET_ACCESS_TOKEN, TEST_TOKEN, "renewed-token", "renewed-token",
                                     NULL);
}

RubisTransport *
provider_new_transport (const TestProvider *provider)
{
  g_autoptr (RubisSender) sender = provider_new_sender (provider);
  g_autoptr (RubisCredentials) credentials = provider_new_credentials (provider);
  g_autoptr (GError) error = NULL;
  RubisTransport *transport = rubis_transport_new (sender, credentials, &error);

  g_assert_no_error (error);
  return transport;
}

RubisMailbox *
provider_new_mailbox (const TestProvider *provider)
{
  g_autoptr (RubisSender) sender = provider_new_sender (provider);
  g_autoptr (RubisCredentials) credentials = provider_new_credentials (provider);
  g_autoptr (GError) error = NULL;
  RubisMailbox *mailbox = rubis_mailbox_new (sender, credentials, &error);

  g_assert_no_error (error);
  return mailbox;
}

RubisParcel *
provider_new_parcel (GBytes *message, const char *id)
{
  RubisParcel *parcel = rubis_parcel_new (RUBIS_PARCEL_EMAIL, id, message);

  rubis_parcel_set (parcel, message_id, "relance.1@exemple.fr");
  rubis_parcel_set (parcel, from_email, "compta@exemple.fr");
  rubis_parcel_set (parcel, to_email, "zoe.muller@client.example");
  return parcel;
}
