#include "rubis-sms-provider.h"

RubisHttpRequest *
rubis_sms_new_request (const RubisSmsCall *call, const char *key_header, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat (call->base, path, NULL);
  RubisHttpRequest *request = rubis_http_request_new (method, url);

  rubis_http_request_set_header (request, key_header, call->secret);
  rubis_http_request_set_header (request, "Accept", "application/json");
  return request;
}

void
rubis_sms_read_message_id (RubisJsonAnswer *json, RubisDelivery *delivery)
{
  g_free (delivery->provider_id);
  delivery->provider_id = rubis_json_answer_dup (json, "messageId");
  if (delivery->provider_id[0] == '\0')
    delivery->fate = RUBIS_FATE_UNKNOWN;
}

const char *
rubis_sms_skip_plus (const char *phone)
{
  return phone[0] == '+' ? phone + 1 : phone;
}
