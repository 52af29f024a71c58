/* SMS by OVHcloud: JSON, each request signed with the clock of the API. */
#include "rubis-sms-provider.h"

#include <string.h>

#include "rubis-sms.h"

/* Minutes for which the network keeps trying: two days. */
#define VALIDITY 2880

char *
rubis_sms_ovh_sign (const char *secret, const char *consumer_key, const char *method, const char *url,
                    const char *body, gint64 timestamp)
{
  char *text = g_strdup_printf ("%s+%s+%s+%s+%s+%" G_GINT64_FORMAT, secret, consumer_key, method, url, body,
                                timestamp);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA1, text, -1);

  rubis_secret_free (text);
  return g_strconcat ("$1$", digest, NULL);
}

static RubisHttpRequest *
make_signed (const RubisSmsCall *call, const char *method, const char *path, GBytes *body)
{
  g_autofree char *url = g_strconcat (call->base, path, NULL);
  g_autofree char *text
      = body != NULL ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)) : g_strdup ("");
  g_autofree char *signature = rubis_sms_ovh_sign (call->secret, call->key, method, url, text, call->now);
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, call->now);
  RubisHttpRequest *request = rubis_http_request_new (method, url);

  rubis_http_request_set_header (request, "X-Ovh-Application", call->sender->client_id);
  rubis_http_request_set_header (request, "X-Ovh-Consumer", call->key);
  rubis_http_request_set_header (request, "X-Ovh-Timestamp", timestamp);
  rubis_http_request_set_header (request, "X-Ovh-Signature", signature);
  if (body != NULL)
    rubis_http_request_set_body (request, "application/json", body);
  return request;
}

static char *
make_path (const RubisSmsCall *call, const char *rest)
{
  g_autofree char *service = g_uri_escape_string (call->sender->service, NULL, FALSE);

  return g_strconcat ("/sms/", service, rest, NULL);
}

static RubisHttpRequest *
make_send (const RubisSmsCall *call, const RubisParcel *parcel, const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *path = make_path (call, "/jobs");
  g_autoptr (GBytes) body = NULL;
  RubisSmsLength length;

  rubis_sms_measure (text, &length);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "receivers");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, parcel->to_phone);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, text);
  json_builder_set_member_name (builder, "sender");
  json_builder_add_string_value (builder, parcel->from_email);
  json_builder_set_member_name (builder, "noStopClause");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "priority");
  json_builder_add_string_value (builder, "high");
  json_builder_set_member_name (builder, "charset");
  json_builder_add_string_value (builder, "UTF-8");
  json_builder_set_member_name (builder, "coding");
  json_builder_add_string_value (builder, length.unicode ? "8bit" : "7bit");
  json_builder_set_member_name (builder, "validityPeriod");
  json_builder_add_int_value (builder, VALIDITY);
  json_builder_end_object (builder);
  body = rubis_json_build (builder);
  return make_signed (call, "POST", path, body);
}

static void
read_send (RubisJsonAnswer *json, RubisDelivery *delivery)
{
  if (rubis_json_answer_get_length (json, "ids") > 0)
    {
      g_free (delivery->provider_id);
      delivery->provider_id = rubis_json_answer_dup (json, "ids.0");
    }
  else
    delivery->fate = rubis_json_answer_get_length (json, "invalidReceivers") > 0 ? RUBIS_FATE_REFUSED
                                                                                 : RUBIS_FATE_UNKNOWN;
}

static RubisHttpRequest *
make_test (const RubisSmsCall *call)
{
  g_autofree char *path = make_path (call, "");

  return make_signed (call, "GET", path, NULL);
}

const RubisSmsProvider rubis_sms_ovh = {
  .base = "https://eu.api.ovh.com/1.0",
  .needs_service = TRUE,
  .needs_key = TRUE,
  .needs_clock = TRUE,
  .make_send = make_send,
  .read_send = read_send,
  .make_test = make_test,
  .error_path = "message",
};
