/* SMS by smsmode: JSON with an API key. */
#include "rubis-sms-provider.h"

static RubisHttpRequest *
make_request (const RubisSmsCall *call, const char *method, const char *path)
{
  return rubis_sms_new_request (call, "X-Api-Key", method, path);
}

static RubisHttpRequest *
make_send (const RubisSmsCall *call, const RubisParcel *parcel, const char *text)
{
  RubisHttpRequest *request = make_request (call, "POST", "/sms/v1/messages");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GBytes) body = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "recipient");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "to");
  json_builder_add_string_value (builder, rubis_sms_skip_plus (parcel->to_phone));
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "body");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, text);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "from");
  json_builder_add_string_value (builder, parcel->from_email);
  json_builder_end_object (builder);
  body = rubis_json_build (builder);
  rubis_http_request_set_body (request, "application/json", body);
  return request;
}

static RubisHttpRequest *
make_test (const RubisSmsCall *call)
{
  return make_request (call, "GET", "/sms/v1/messages?limit=1");
}

static RubisHttpRequest *
make_follow (const RubisSmsCall *call, const RubisParcel *parcel)
{
  g_autofree char *id = g_uri_escape_string (parcel->provider_id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/sms/v1/messages/", id, NULL);

  return make_request (call, "GET", path);
}

static void
read_follow (RubisJsonAnswer *json, RubisDelivery *delivery)
{
  g_autofree char *value = rubis_json_answer_dup (json, "status.value");

  if (g_str_equal (value, "DELIVERED"))
    delivery->fate = RUBIS_FATE_DELIVERED;
  else if (g_str_equal (value, "UNDELIVERABLE") || g_str_equal (value, "UNDELIVERED"))
    delivery->fate = RUBIS_FATE_BOUNCED_HARD;
  else if (value[0] != '\0')
    delivery->fate = RUBIS_FATE_SENT;
}

const RubisSmsProvider rubis_sms_smsmode = {
  .base = "https://rest.smsmode.com",
  .make_send = make_send,
  .read_send = rubis_sms_read_message_id,
  .make_test = make_test,
  .make_follow = make_follow,
  .read_follow = read_follow,
  .error_path = "message",
};
