/* SMS by Brevo: JSON with an API key; the tag of a message finds it again among the events. */
#include "rubis-sms-provider.h"

static RubisHttpRequest *
make_request (const RubisSmsCall *call, const char *method, const char *path)
{
  return rubis_sms_new_request (call, "api-key", method, path);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static RubisHttpRequest *
make_send (const RubisSmsCall *call, const RubisParcel *parcel, const char *text)
{
  RubisHttpRequest *request = make_request (call, "POST", "/v3/transactionalSMS/send");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GBytes) body = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "sender", parcel->from_email);
  add_text (builder, "recipient", rubis_sms_skip_plus (parcel->to_phone));
  add_text (builder, "content", text);
  add_text (builder, "type", "transactional");
  add_text (builder, "tag", parcel->id);
  json_builder_end_object (builder);
  body = rubis_json_build (builder);
  rubis_http_request_set_body (request, "application/json", body);
  return request;
}

static RubisHttpRequest *
make_test (const RubisSmsCall *call)
{
  return make_request (call, "GET", "/v3/account");
}

static RubisHttpRequest *
make_events (const RubisSmsCall *call, const RubisParcel *parcel)
{
  g_autofree char *tag = g_uri_escape_string (parcel->id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/v3/transactionalSMS/statistics/events?days=30&tags=", tag, NULL);

  return make_request (call, "GET", path);
}

/* Newest first: the last word on a message is the strongest. */
static void
read_events (RubisJsonAnswer *json, RubisDelivery *delivery)
{
  static const struct
  {
    const char *event;
    RubisFate fate;
  } fates[] = {
    { "delivered", RUBIS_FATE_DELIVERED },
    { "hardBounces", RUBIS_FATE_BOUNCED_HARD },
    { "blocked", RUBIS_FATE_BOUNCED_HARD },
    { "rejected", RUBIS_FATE_BOUNCED_HARD },
    { "softBounces", RUBIS_FATE_BOUNCED_SOFT },
    { "accepted", RUBIS_FATE_SENT },
    { "sent", RUBIS_FATE_SENT },
    { "requests", RUBIS_FATE_SENT },
  };
  guint n = rubis_json_answer_get_length (json, "events");

  for (gsize f = 0; f < G_N_ELEMENTS (fates); f++)
    {
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *path = g_strdup_printf ("events.%u.event", i);
          g_autofree char *event = rubis_json_answer_dup (json, path);

          if (g_str_equal (event, fates[f].event))
            {
              delivery->fate = fates[f].fate;
              return;
            }
        }
    }
}

static void
read_look_up (RubisJsonAnswer *json, const RubisParcel *parcel, const char *text, RubisDelivery *delivery)
{
  g_autofree char *id = rubis_json_answer_dup (json, "events.0.messageId");

  read_events (json, delivery);
  if (delivery->fate == RUBIS_FATE_UNKNOWN)
    return;
  g_free (delivery->provider_id);
  delivery->provider_id = g_steal_pointer (&id);
}

const RubisSmsProvider rubis_sms_brevo = {
  .base = "https://api.brevo.com",
  .make_send = make_send,
  .read_send = rubis_sms_read_message_id,
  .make_test = make_test,
  .make_follow = make_events,
  .read_follow = read_events,
  .make_look_up = make_events,
  .read_look_up = read_look_up,
  .error_path = "message",
};
