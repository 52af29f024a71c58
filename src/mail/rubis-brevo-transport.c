#include "rubis-brevo-transport.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-api-fault.h"
#include "rubis-api.h"
#include "rubis-mail-json.h"

#define BASE "https://api.brevo.com"
#define EVENTS "/v3/smtp/statistics/events"
/* Days back for which events are asked. */
#define EVENT_DAYS "30"
/* Seconds after which the events show a message that was taken; less than the idempotency key is remembered.
 */
#define SHOWN_AFTER 900
/* Characters of a person's name that Brevo takes. */
#define MAX_NAME 70
/* Brevo's word for a key that it has seen. */
#define DUPLICATE "duplicate_parameter"

static const RubisApiCode codes[] = {
  { "unauthorized", RUBIS_API_FAULT_LOGIN },
  { "permission_denied", RUBIS_API_FAULT_RIGHTS },
  { "account_under_validation", RUBIS_API_FAULT_RIGHTS },
  { "not_enough_credits", RUBIS_API_FAULT_QUOTA },
  { "too_many_requests", RUBIS_API_FAULT_RATE },
  { NULL, RUBIS_API_FAULT_NONE },
};

/* What the events of a message say, the later ones weighing more. */
static const struct
{
  const char *event;
  RubisFate fate;
} events[] = {
  { "requests", RUBIS_FATE_SENT },
  { "deferred", RUBIS_FATE_SENT },
  { "softBounces", RUBIS_FATE_BOUNCED_SOFT },
  { "error", RUBIS_FATE_BOUNCED_SOFT },
  { "delivered", RUBIS_FATE_DELIVERED },
  { "opened", RUBIS_FATE_DELIVERED },
  { "clicks", RUBIS_FATE_DELIVERED },
  { "loadedByProxy", RUBIS_FATE_DELIVERED },
  { "unsubscribed", RUBIS_FATE_DELIVERED },
  { "spam", RUBIS_FATE_DELIVERED },
  { "bounces", RUBIS_FATE_BOUNCED_HARD },
  { "hardBounces", RUBIS_FATE_BOUNCED_HARD },
  { "invalid", RUBIS_FATE_BOUNCED_HARD },
  { "blocked", RUBIS_FATE_BOUNCED_HARD },
};

struct _RubisBrevoTransport
{
  RubisTransport parent_instance;

  RubisApi *api; /* (owned) (nullable) made when first needed */
};

G_DEFINE_FINAL_TYPE (RubisBrevoTransport, rubis_brevo_transport, RUBIS_TYPE_TRANSPORT)

static RubisApi *
get_api (RubisTransport *transport)
{
  RubisBrevoTransport *self = RUBIS_BREVO_TRANSPORT (transport);

  if (self->api == NULL)
    self->api = rubis_api_new (rubis_transport_get_sender (transport),
                               rubis_transport_get_credentials (transport), BASE, RUBIS_API_KEY, "api-key");
  return self->api;
}

/* @code: (out) Brevo's own */
static RubisApiFault
get_fault (const RubisHttpResponse *response, char **code, char **words)
{
  g_autoptr (RubisJsonAnswer) json = rubis_api_read_json (response);
  RubisApiFault fault;

  *code = rubis_json_answer_dup (json, "code");
  *words = rubis_json_answer_dup (json, "message");
  fault = rubis_api_fault_of_code (codes, *code, response->status);
  if (fault == RUBIS_API_FAULT_MESSAGE && strstr (*words, "sender") != NULL)
    return RUBIS_API_FAULT_FROM;
  return fault;
}

static RubisDelivery *
judge (const RubisSender *sender, const RubisHttpResponse *response, gboolean submits)
{
  g_autofree char *code = NULL;
  g_autofree char *words = NULL;
  RubisApiFault fault = get_fault (response, &code, &words);

  if (submits && response->outcome == RUBIS_HTTP_ANSWERED && g_str_equal (code, DUPLICATE))
    return rubis_delivery_new (RUBIS_FATE_SENT, NULL, response->text);
  return rubis_api_judge (sender, response, fault, submits, words);
}

/* A UUID (of names, RFC 4122 version 5) that is the same at each attempt. */
static char *
make_key (const char *parcel_id)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, parcel_id, -1);

  hash[12] = '5';
  hash[16] = "89ab"[g_ascii_xdigit_value (hash[16]) & 3];
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hash, hash + 8, hash + 12, hash + 16, hash + 20);
}

static void
add_files (JsonBuilder *builder, GPtrArray *files)
{
  if (files->len == 0)
    return;
  json_builder_set_member_name (builder, "attachment");
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    {
      const RubisMailFile *file = files->pdata[i];

      json_builder_begin_object (builder);
      rubis_mail_json_add_string (builder, "name", *file->name != '\0' ? file->name : "file");
      rubis_mail_json_add_bytes (builder, "content", file->content);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
shorten_names (GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++)
    {
      RubisMailPerson *person = people->pdata[i];
      char *end = g_utf8_strlen (person->name, -1) > MAX_NAME
                      ? g_utf8_offset_to_pointer (person->name, MAX_NAME)
                      : NULL;

      if (end != NULL)
        *end = '\0';
    }
}

/* Brevo carries no pictures in a text, nor long names. */
static GBytes *
make_body (RubisMailFields *fields, const RubisParcel *parcel)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *key = make_key (parcel->id);

  rubis_mail_fields_take_pictures_out (fields);
  shorten_names (fields->from);
  shorten_names (fields->to);
  shorten_names (fields->cc);
  shorten_names (fields->reply_to);
  json_builder_begin_object (builder);
  rubis_mail_json_add_person (builder, "sender", fields->from, "name", "email");
  rubis_mail_json_add_people (builder, "to", fields->to, "name", "email");
  rubis_mail_json_add_people (builder, "cc", fields->cc, "name", "email");
  rubis_mail_json_add_person (builder, "replyTo", fields->reply_to, "name", "email");
  rubis_mail_json_add_string (builder, "subject", fields->subject);
  rubis_mail_json_add_string (builder, "textContent", fields->text);
  rubis_mail_json_add_string (builder, "htmlContent", fields->html);
  json_builder_set_member_name (builder, "headers");
  json_builder_begin_object (builder);
  rubis_mail_json_add_headers (builder, fields->headers);
  rubis_mail_json_add_string (builder, "idempotencyKey", key);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, parcel->id);
  json_builder_end_array (builder);
  add_files (builder, fields->files);
  json_builder_end_object (builder);
  return rubis_json_build (builder);
}

/* SENT, as Brevo's message @id, which is its Message-ID too. */
static RubisDelivery *
make_sent (const char *id, const char *answer)
{
  RubisDelivery *delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, answer);
  const char *start = *id == '<' ? id + 1 : id;

  g_free (delivery->provider_id);
  delivery->provider_id = g_strdup (id);
  g_free (delivery->message_id);
  delivery->message_id = g_strndup (start, strcspn (start, ">"));
  return delivery;
}

static RubisDelivery *
rubis_brevo_transport_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  g_autoptr (RubisMailFields) fields = rubis_mail_fields_new (parcel->content);
  g_autoptr (RubisHttpRequest) request
      = rubis_api_request_new (get_api (transport), "POST", "/v3/smtp/email");
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *id = NULL;

  if (fields == NULL)
    return rubis_delivery_new (RUBIS_FATE_REFUSED, _ ("This is not a readable email"), NULL);
  rubis_api_request_take_json (request, make_body (fields, parcel));
  response = rubis_api_call (get_api (transport), request, cancellable, &error);
  if (response == NULL)
    return rubis_api_judge_login (g_steal_pointer (&error));
  if (!rubis_api_is_success (response))
    return judge (sender, response, TRUE);
  json = rubis_api_read_json (response);
  id = rubis_json_answer_dup (json, "messageId");
  if (*id == '\0')
    return rubis_api_judge (sender, response, RUBIS_API_FAULT_STRANGE, TRUE, NULL);
  return make_sent (id, response->text);
}

/* Whether @tag, one word or an array of them as text, names the parcel. */
static gboolean
has_tag (const char *tag, const char *parcel_id)
{
  g_auto (GStrv) words = g_strsplit_set (tag, "[]\", ", -1);

  return g_strv_contains ((const char *const *)words, parcel_id);
}

static char *
make_path (const RubisParcel *parcel)
{
  gboolean known = *parcel->provider_id != '\0';
  g_autofree char *value = g_uri_escape_string (known ? parcel->provider_id : parcel->to_email, NULL, FALSE);

  return g_strconcat (EVENTS "?days=" EVENT_DAYS, known ? "&messageId=" : "&email=", value, NULL);
}

static gsize
get_weight (const char *event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    {
      if (g_str_equal (events[i].event, event))
        return i;
    }
  return 0;
}

/* Of the events of @parcel the one that weighs most, or SENT for a look-up; NULL when there is none. */
static RubisDelivery *
judge_events (const RubisSender *sender, const RubisParcel *parcel, gboolean look_up, RubisJsonAnswer *json)
{
  gsize heaviest = 0;
  g_autofree char *id = NULL;
  g_autofree char *words = NULL;
  RubisDelivery *delivery;

  for (guint i = 0; i < rubis_json_answer_get_length (json, "events"); i++)
    {
      g_autofree char *tag_path = g_strdup_printf ("events.%u.tag", i);
      g_autofree char *id_path = g_strdup_printf ("events.%u.messageId", i);
      g_autofree char *event_path = g_strdup_printf ("events.%u.event", i);
      g_autofree char *reason_path = g_strdup_printf ("events.%u.reason", i);
      g_autofree char *tag = rubis_json_answer_dup (json, tag_path);
      g_autofree char *message = rubis_json_answer_dup (json, id_path);
      g_autofree char *event = rubis_json_answer_dup (json, event_path);
      gsize weight = get_weight (event);

      if (!has_tag (tag, parcel->id)
          && (*parcel->provider_id == '\0' || !g_str_equal (message, parcel->provider_id)))
        continue;
      if (id != NULL && weight <= heaviest)
        continue;
      g_free (id);
      id = g_steal_pointer (&message);
      g_free (words);
      words = rubis_json_answer_dup (json, reason_path);
      heaviest = weight;
    }
  if (id == NULL)
    return NULL;
  if (look_up || events[heaviest].fate == RUBIS_FATE_SENT)
    return make_sent (id, NULL);
  delivery = rubis_api_judge_event (sender, events[heaviest].fate, words);
  g_free (delivery->provider_id);
  delivery->provider_id = g_steal_pointer (&id);
  return delivery;
}

/* @look_up: whether it was taken is asked, else what became of it. */
static RubisDelivery *
ask_events (RubisTransport *transport, const RubisParcel *parcel, gboolean look_up, GCancellable *cancellable)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  g_autofree char *path = make_path (parcel);
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (get_api (transport), "GET", path);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = rubis_api_call (get_api (transport), request, cancellable, &error);
  g_autoptr (RubisJsonAnswer) json = NULL;
  RubisDelivery *delivery;

  if (response == NULL)
    return rubis_api_make_unknown (rubis_api_judge_login (g_steal_pointer (&error)));
  json = rubis_api_read_json (response);
  if (!rubis_api_is_success (response) || !rubis_json_answer_is_valid (json))
    return rubis_api_make_unknown (judge (sender, response, FALSE));
  delivery = judge_events (sender, parcel, look_up, json);
  if (delivery != NULL)
    return delivery;
  return look_up ? rubis_api_judge_absent (sender, response, parcel, SHOWN_AFTER)
                 : rubis_delivery_new (RUBIS_FATE_SENT, NULL, NULL);
}

static RubisDelivery *
rubis_brevo_transport_look_up (RubisTransport *transport, const RubisParcel *parcel,
                               GCancellable *cancellable)
{
  return ask_events (transport, parcel, TRUE, cancellable);
}

static RubisDelivery *
rubis_brevo_transport_follow (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  return ask_events (transport, parcel, FALSE, cancellable);
}

static gboolean
rubis_brevo_transport_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (get_api (transport), "GET", "/v3/account");
  g_autoptr (RubisHttpResponse) response = rubis_api_call (get_api (transport), request, cancellable, error);
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *code = NULL;
  g_autofree char *words = NULL;
  RubisApiFault fault;

  if (response == NULL)
    return FALSE;
  json = rubis_api_read_json (response);
  if (rubis_api_is_success (response) && rubis_json_answer_has (json, "email"))
    return TRUE;
  fault = get_fault (response, &code, &words);
  rubis_api_set_error (rubis_transport_get_sender (transport), response, fault, words, error);
  return FALSE;
}

static void
rubis_brevo_transport_finalize (GObject *object)
{
  rubis_api_free (RUBIS_BREVO_TRANSPORT (object)->api);
  G_OBJECT_CLASS (rubis_brevo_transport_parent_class)->finalize (object);
}

static void
rubis_brevo_transport_class_init (RubisBrevoTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_brevo_transport_finalize;
  transport_class->send = rubis_brevo_transport_send;
  transport_class->look_up = rubis_brevo_transport_look_up;
  transport_class->follow = rubis_brevo_transport_follow;
  transport_class->test = rubis_brevo_transport_test;
}

static void
rubis_brevo_transport_init (RubisBrevoTransport *self)
{
}
