/* SMS by Twilio: a form with the account's SID; a message has a page of its own. */
#include "rubis-sms-provider.h"

#include <string.h>

static RubisHttpRequest *
make_request (const RubisSmsCall *call, const char *method, const char *rest)
{
  g_autofree char *sid = g_uri_escape_string (call->sender->service, NULL, FALSE);
  g_autofree char *url = g_strconcat (call->base, "/2010-04-01/Accounts/", sid, rest, NULL);
  RubisHttpRequest *request = rubis_http_request_new (method, url);

  rubis_http_request_set_basic (request, call->sender->service, call->secret);
  return request;
}

static void
add_field (GString *form, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
}

static RubisHttpRequest *
make_send (const RubisSmsCall *call, const RubisParcel *parcel, const char *text)
{
  RubisHttpRequest *request = make_request (call, "POST", "/Messages.json");
  GString *form = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;

  add_field (form, "To", parcel->to_phone);
  add_field (form, "From", parcel->from_email);
  add_field (form, "Body", text);
  body = g_string_free_to_bytes (form);
  rubis_http_request_set_body (request, "application/x-www-form-urlencoded", body);
  return request;
}

static RubisFate
fate_of (const char *status)
{
  if (g_str_equal (status, "delivered") || g_str_equal (status, "read"))
    return RUBIS_FATE_DELIVERED;
  if (g_str_equal (status, "undelivered") || g_str_equal (status, "failed"))
    return RUBIS_FATE_BOUNCED_HARD;
  return status[0] != '\0' ? RUBIS_FATE_SENT : RUBIS_FATE_UNKNOWN;
}

static void
read_send (RubisJsonAnswer *json, RubisDelivery *delivery)
{
  g_free (delivery->provider_id);
  delivery->provider_id = rubis_json_answer_dup (json, "sid");
  if (delivery->provider_id[0] == '\0')
    delivery->fate = RUBIS_FATE_UNKNOWN;
}

static RubisHttpRequest *
make_test (const RubisSmsCall *call)
{
  return make_request (call, "GET", ".json");
}

static RubisHttpRequest *
make_follow (const RubisSmsCall *call, const RubisParcel *parcel)
{
  g_autofree char *id = g_uri_escape_string (parcel->provider_id, NULL, FALSE);
  g_autofree char *rest = g_strconcat ("/Messages/", id, ".json", NULL);

  return make_request (call, "GET", rest);
}

static void
read_follow (RubisJsonAnswer *json, RubisDelivery *delivery)
{
  g_autofree char *status = rubis_json_answer_dup (json, "status");

  delivery->fate = fate_of (status);
}

static RubisHttpRequest *
make_look_up (const RubisSmsCall *call, const RubisParcel *parcel)
{
  g_autofree char *to = g_uri_escape_string (parcel->to_phone, NULL, FALSE);
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (parcel->first_attempt);
  g_autofree char *from = g_date_time_format (day, "%Y-%m-%d");
  g_autofree char *rest = g_strdup_printf ("/Messages.json?PageSize=100&To=%s&DateSent%%3E=%s", to, from);

  return make_request (call, "GET", rest);
}

/* The same words to the same telephone since the first attempt: nobody else sends them. */
static void
read_look_up (RubisJsonAnswer *json, const RubisParcel *parcel, const char *text, RubisDelivery *delivery)
{
  guint n = rubis_json_answer_get_length (json, "messages");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *body_path = g_strdup_printf ("messages.%u.body", i);
      g_autofree char *status_path = g_strdup_printf ("messages.%u.status", i);
      g_autofree char *sid_path = g_strdup_printf ("messages.%u.sid", i);
      g_autofree char *body = rubis_json_answer_dup (json, body_path);
      g_autofree char *status = rubis_json_answer_dup (json, status_path);

      if (!g_str_equal (body, text))
        continue;
      delivery->fate = fate_of (status);
      g_free (delivery->provider_id);
      delivery->provider_id = rubis_json_answer_dup (json, sid_path);
      return;
    }
}

const RubisSmsProvider rubis_sms_twilio = {
  .base = "https://api.twilio.com",
  .needs_service = TRUE,
  .make_send = make_send,
  .read_send = read_send,
  .make_test = make_test,
  .make_follow = make_follow,
  .read_follow = read_follow,
  .make_look_up = make_look_up,
  .read_look_up = read_look_up,
  .error_path = "message",
};
