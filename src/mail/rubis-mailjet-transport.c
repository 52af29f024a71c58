#include "rubis-mailjet-transport.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-api-fault.h"
#include "rubis-api.h"
#include "rubis-mail-json.h"

#define BASE "https://api.mailjet.com"
/* Seconds after which a message that was taken is shown for sure. */
#define SHOWN_AFTER 600

static const RubisApiCode codes[] = {
  { "send-0008", RUBIS_API_FAULT_FROM },  { "mj-0003", RUBIS_API_FAULT_MESSAGE },
  { "mj-0004", RUBIS_API_FAULT_MESSAGE }, { "mj-0013", RUBIS_API_FAULT_MESSAGE },
  { NULL, RUBIS_API_FAULT_NONE },
};

struct _RubisMailjetTransport
{
  RubisTransport parent_instance;

  RubisApi *api; /* (owned) (nullable) made when first needed */
};

G_DEFINE_FINAL_TYPE (RubisMailjetTransport, rubis_mailjet_transport, RUBIS_TYPE_TRANSPORT)

static RubisApi *
get_api (RubisTransport *transport)
{
  RubisMailjetTransport *self = RUBIS_MAILJET_TRANSPORT (transport);

  if (self->api == NULL)
    self->api = rubis_api_new (rubis_transport_get_sender (transport),
                               rubis_transport_get_credentials (transport), BASE, RUBIS_API_BASIC, NULL);
  return self->api;
}

/* Mailjet speaks of the message in one form, of the account in another. */
static RubisApiFault
get_fault (const RubisHttpResponse *response, char **words)
{
  g_autoptr (RubisJsonAnswer) json = rubis_api_read_json (response);
  g_autofree char *code = rubis_json_answer_dup (json, "Messages.0.Errors.0.ErrorCode");
  g_autofree char *related = rubis_json_answer_dup (json, "Messages.0.Errors.0.ErrorRelatedTo.0");
  gint64 status = rubis_json_answer_get_int (json, "Messages.0.Errors.0.StatusCode");
  RubisApiFault fault;

  *words = rubis_json_answer_dup (json, "Messages.0.Errors.0.ErrorMessage");
  if (**words == '\0')
    {
      g_free (*words);
      *words = rubis_json_answer_dup (json, "ErrorMessage");
    }
  fault = rubis_api_fault_of_code (codes, code, status > 0 ? (guint)status : response->status);
  if (fault == RUBIS_API_FAULT_MESSAGE && g_str_has_prefix (related, "To"))
    return RUBIS_API_FAULT_RECIPIENT;
  return fault;
}

static RubisDelivery *
judge (const RubisSender *sender, const RubisHttpResponse *response, gboolean submits)
{
  g_autofree char *words = NULL;
  RubisApiFault fault = get_fault (response, &words);

  return rubis_api_judge (sender, response, fault, submits, words);
}

/* @inlined: those that the text shows, else the others */
static void
add_files (JsonBuilder *builder, const char *member, GPtrArray *files, gboolean inlined)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    {
      const RubisMailFile *file = files->pdata[i];

      if ((*file->cid != '\0') != inlined)
        continue;
      json_builder_begin_object (builder);
      rubis_mail_json_add_string (builder, "ContentType", file->type);
      rubis_mail_json_add_string (builder, "Filename", *file->name != '\0' ? file->name : "file");
      rubis_mail_json_add_string (builder, "ContentID", file->cid);
      rubis_mail_json_add_bytes (builder, "Base64Content", file->content);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static GBytes *
make_body (const RubisMailFields *fields, const RubisParcel *parcel)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "SandboxMode");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, "Messages");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  rubis_mail_json_add_person (builder, "From", fields->from, "Name", "Email");
  rubis_mail_json_add_people (builder, "To", fields->to, "Name", "Email");
  rubis_mail_json_add_people (builder, "Cc", fields->cc, "Name", "Email");
  rubis_mail_json_add_person (builder, "ReplyTo", fields->reply_to, "Name", "Email");
  rubis_mail_json_add_string (builder, "Subject", fields->subject);
  rubis_mail_json_add_string (builder, "TextPart", fields->text);
  rubis_mail_json_add_string (builder, "HTMLPart", fields->html);
  rubis_mail_json_add_string (builder, "CustomID", parcel->id);
  json_builder_set_member_name (builder, "Headers");
  json_builder_begin_object (builder);
  rubis_mail_json_add_headers (builder, fields->headers);
  json_builder_end_object (builder);
  /* Whether it was read or clicked is nobody's business. */
  rubis_mail_json_add_string (builder, "TrackOpens", "disabled");
  rubis_mail_json_add_string (builder, "TrackClicks", "disabled");
  add_files (builder, "InlinedAttachments", fields->files, TRUE);
  add_files (builder, "Attachments", fields->files, FALSE);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return rubis_json_build (builder);
}

/* @id: Mailjet's */
static RubisDelivery *
with_id (RubisDelivery *delivery, const char *id)
{
  g_free (delivery->provider_id);
  delivery->provider_id = g_strdup (id);
  return delivery;
}

static RubisDelivery *
rubis_mailjet_transport_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  g_autoptr (RubisMailFields) fields = rubis_mail_fields_new (parcel->content);
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (get_api (transport), "POST", "/v3.1/send");
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *status = NULL;
  g_autofree char *id = NULL;

  if (fields == NULL)
    return rubis_delivery_new (RUBIS_FATE_REFUSED, _ ("This is not a readable email"), NULL);
  rubis_api_request_take_json (request, make_body (fields, parcel));
  response = rubis_api_call (get_api (transport), request, cancellable, &error);
  if (response == NULL)
    return rubis_api_judge_login (g_steal_pointer (&error));
  json = rubis_api_read_json (response);
  status = rubis_json_answer_dup (json, "Messages.0.Status");
  id = rubis_json_answer_dup (json, "Messages.0.To.0.MessageID");
  if (rubis_api_is_success (response) && g_str_equal (status, "success") && *id != '\0')
    return with_id (rubis_delivery_new (RUBIS_FATE_SENT, NULL, response->text), id);
  return judge (sender, response, TRUE);
}

/* The answer to a question about messages; NULL and @delivery when there is none. */
static RubisHttpResponse *
ask (RubisTransport *transport, const char *path, GCancellable *cancellable, RubisDelivery **delivery)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (get_api (transport), "GET", path);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = rubis_api_call (get_api (transport), request, cancellable, &error);
  g_autoptr (RubisJsonAnswer) json = NULL;

  if (response == NULL)
    {
      *delivery = rubis_api_make_unknown (rubis_api_judge_login (g_steal_pointer (&error)));
      return NULL;
    }
  json = rubis_api_read_json (response);
  if (rubis_api_is_success (response) && rubis_json_answer_has (json, "Data"))
    return g_steal_pointer (&response);
  *delivery = rubis_api_make_unknown (judge (sender, response, FALSE));
  return NULL;
}

static RubisDelivery *
rubis_mailjet_transport_look_up (RubisTransport *transport, const RubisParcel *parcel,
                                 GCancellable *cancellable)
{
  RubisDelivery *delivery = NULL;
  g_autofree char *path = g_strconcat ("/v3/REST/message?CustomID=", parcel->id, NULL);
  g_autoptr (RubisHttpResponse) response = ask (transport, path, cancellable, &delivery);
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *id = NULL;

  if (response == NULL)
    return delivery;
  json = rubis_api_read_json (response);
  id = rubis_json_answer_dup (json, "Data.0.ID");
  if (*id != '\0')
    return with_id (rubis_delivery_new (RUBIS_FATE_SENT, NULL, NULL), id);
  return rubis_api_judge_absent (rubis_transport_get_sender (transport), response, parcel, SHOWN_AFTER);
}

/* A message that came back: whether for good. */
static RubisFate
get_bounce (RubisTransport *transport, const char *id, GCancellable *cancellable)
{
  RubisDelivery *delivery = NULL;
  g_autofree char *path = g_strconcat ("/v3/REST/message/", id, NULL);
  g_autoptr (RubisHttpResponse) response = ask (transport, path, cancellable, &delivery);
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *status = NULL;

  if (response == NULL)
    {
      rubis_delivery_free (delivery);
      return RUBIS_FATE_BOUNCED_SOFT;
    }
  json = rubis_api_read_json (response);
  status = rubis_json_answer_dup (json, "Data.0.Status");
  if (g_str_equal (status, "hardbounced") || rubis_json_answer_get_boolean (json, "Data.0.StatePermanent"))
    return RUBIS_FATE_BOUNCED_HARD;
  return RUBIS_FATE_BOUNCED_SOFT;
}

/* What the history of the message @id says at last. */
static RubisDelivery *
judge_history (RubisTransport *transport, RubisJsonAnswer *json, const char *id, GCancellable *cancellable)
{
  RubisFate fate = RUBIS_FATE_SENT;
  g_autofree char *words = g_strdup ("");

  for (guint i = 0; i < rubis_json_answer_get_length (json, "Data"); i++)
    {
      g_autofree char *event_path = g_strdup_printf ("Data.%u.EventType", i);
      g_autofree char *state_path = g_strdup_printf ("Data.%u.State", i);
      g_autofree char *comment_path = g_strdup_printf ("Data.%u.Comment", i);
      g_autofree char *event = rubis_json_answer_dup (json, event_path);
      g_autofree char *state = rubis_json_answer_dup (json, state_path);
      g_autofree char *comment = rubis_json_answer_dup (json, comment_path);
      gboolean blocked = g_str_equal (event, "blocked");

      if (!blocked && !g_str_equal (event, "bounced"))
        {
          /* "sent", "opened", "clicked", "spam"…: the recipient's server has it. */
          if (fate == RUBIS_FATE_SENT && *event != '\0')
            fate = RUBIS_FATE_DELIVERED;
          continue;
        }
      fate = blocked ? RUBIS_FATE_BOUNCED_HARD : get_bounce (transport, id, cancellable);
      g_free (words);
      words = g_strstrip (g_strjoin (" ", state, comment, NULL));
    }
  return with_id (rubis_api_judge_event (rubis_transport_get_sender (transport), fate, words), id);
}

static RubisDelivery *
rubis_mailjet_transport_follow (RubisTransport *transport, const RubisParcel *parcel,
                                GCancellable *cancellable)
{
  RubisDelivery *delivery = NULL;
  g_autofree char *path = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;

  if (*parcel->provider_id == '\0')
    return rubis_mailjet_transport_look_up (transport, parcel, cancellable);
  path = g_strconcat ("/v3/REST/messagehistory/", parcel->provider_id, NULL);
  response = ask (transport, path, cancellable, &delivery);
  if (response == NULL)
    return delivery;
  json = rubis_api_read_json (response);
  return judge_history (transport, json, parcel->provider_id, cancellable);
}

static gboolean
rubis_mailjet_transport_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisHttpRequest) request
      = rubis_api_request_new (get_api (transport), "GET", "/v3/REST/myprofile");
  g_autoptr (RubisHttpResponse) response = rubis_api_call (get_api (transport), request, cancellable, error);
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *words = NULL;
  RubisApiFault fault;

  if (response == NULL)
    return FALSE;
  json = rubis_api_read_json (response);
  if (rubis_api_is_success (response) && rubis_json_answer_has (json, "Data"))
    return TRUE;
  fault = get_fault (response, &words);
  rubis_api_set_error (rubis_transport_get_sender (transport), response, fault, words, error);
  return FALSE;
}

static void
rubis_mailjet_transport_finalize (GObject *object)
{
  rubis_api_free (RUBIS_MAILJET_TRANSPORT (object)->api);
  G_OBJECT_CLASS (rubis_mailjet_transport_parent_class)->finalize (object);
}

static void
rubis_mailjet_transport_class_init (RubisMailjetTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_mailjet_transport_finalize;
  transport_class->send = rubis_mailjet_transport_send;
  transport_class->look_up = rubis_mailjet_transport_look_up;
  transport_class->follow = rubis_mailjet_transport_follow;
  transport_class->test = rubis_mailjet_transport_test;
}

static void
rubis_mailjet_transport_init (RubisMailjetTransport *self)
{
}
