#include "rubis-graph-transport.h"

#include <glib/gi18n-lib.h>

#include "rubis-graph-draft.h"

/* Seconds after which a message that an attempt has sent is no draft any more for sure. */
#define SHOWN_AFTER 300
#define TEST_PATH "/v1.0/me/mailFolders/drafts?$select=id"
#define ACCEPTED 202

struct _RubisGraphTransport
{
  RubisTransport parent_instance;

  RubisApi *api; /* (owned) (nullable) made when first needed */
};

G_DEFINE_FINAL_TYPE (RubisGraphTransport, rubis_graph_transport, RUBIS_TYPE_TRANSPORT)

static RubisApi *
get_api (RubisTransport *transport)
{
  RubisGraphTransport *self = RUBIS_GRAPH_TRANSPORT (transport);

  if (self->api == NULL)
    self->api = rubis_graph_api_new (rubis_transport_get_sender (transport),
                                     rubis_transport_get_credentials (transport));
  return self->api;
}

/* With the ids of @draft; the Message-ID only when it is not ours. */
static RubisDelivery *
add_ids (RubisDelivery *delivery, const RubisGraphDraft *draft, const RubisParcel *parcel)
{
  g_free (delivery->provider_id);
  delivery->provider_id = g_strdup (draft->id);
  if (*draft->message_id != '\0' && !g_str_equal (draft->message_id, parcel->message_id))
    {
      g_free (delivery->message_id);
      delivery->message_id = g_strdup (draft->message_id);
    }
  return delivery;
}

static RubisDelivery *
submit (RubisTransport *transport, const RubisGraphDraft *draft, GCancellable *cancellable)
{
  RubisApi *api = get_api (transport);
  g_autofree char *path = rubis_graph_message_path (draft->id, "/send");
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "POST", path);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;
  RubisDelivery *delivery;

  rubis_http_request_set_body (request, "application/json", nothing);
  response = rubis_api_call (api, request, cancellable, &error);
  if (response == NULL)
    return rubis_api_judge_login (g_steal_pointer (&error));
  if (response->outcome == RUBIS_HTTP_ANSWERED && response->status == ACCEPTED)
    return rubis_delivery_new (RUBIS_FATE_SENT, NULL, "202");
  delivery = rubis_graph_judge (rubis_transport_get_sender (transport), response, TRUE);
  /* What will never leave does not stay among the drafts, where somebody could send it. */
  if (delivery->fate == RUBIS_FATE_REFUSED)
    rubis_graph_draft_delete (api, draft, cancellable);
  return delivery;
}

/* The draft to send: the one that an earlier attempt has left, or a new one. */
static RubisGraphDraft *
prepare (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable,
         RubisDelivery **delivery)
{
  RubisApi *api = get_api (transport);
  const RubisSender *sender = rubis_transport_get_sender (transport);

  if (parcel->first_attempt != 0 || *parcel->provider_id != '\0')
    {
      g_autoptr (RubisHttpResponse) asked = NULL;
      g_autoptr (RubisGraphDraft) found
          = rubis_graph_draft_find (api, sender, parcel, cancellable, &asked, delivery);

      if (found == NULL)
        return NULL;
      if (*found->id != '\0'
          && (found->sent || rubis_graph_draft_is_complete (api, found, parcel, cancellable)))
        return g_steal_pointer (&found);
      if (*found->id != '\0')
        rubis_graph_draft_delete (api, found, cancellable);
    }
  return rubis_graph_draft_new (api, sender, parcel, cancellable, delivery);
}

static RubisDelivery *
rubis_graph_transport_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisDelivery *delivery = NULL;
  g_autoptr (RubisGraphDraft) draft = prepare (transport, parcel, cancellable, &delivery);

  if (draft == NULL)
    return delivery;
  if (draft->sent)
    delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, NULL);
  else
    delivery = submit (transport, draft, cancellable);
  return add_ids (delivery, draft, parcel);
}

static RubisDelivery *
rubis_graph_transport_look_up (RubisTransport *transport, const RubisParcel *parcel,
                               GCancellable *cancellable)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  RubisDelivery *delivery = NULL;
  g_autoptr (RubisHttpResponse) asked = NULL;
  g_autoptr (RubisGraphDraft) found
      = rubis_graph_draft_find (get_api (transport), sender, parcel, cancellable, &asked, &delivery);

  if (found == NULL)
    return rubis_api_make_unknown (delivery);
  if (found->sent)
    return add_ids (rubis_delivery_new (RUBIS_FATE_SENT, NULL, NULL), found, parcel);
  if (*found->id != '\0')
    return add_ids (rubis_api_judge_absent (sender, asked, parcel, SHOWN_AFTER), found, parcel);
  if (*parcel->provider_id != '\0')
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN,
                               _ ("The message is neither among the drafts nor among what was sent: somebody "
                                  "may have moved or deleted it. Ask the recipient, or look in the mailbox."),
                               NULL);
  return rubis_api_judge_absent (sender, asked, parcel, SHOWN_AFTER);
}

static gboolean
rubis_graph_transport_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  RubisApi *api = get_api (transport);
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "GET", TEST_PATH);
  g_autoptr (RubisHttpResponse) response = rubis_api_call (api, request, cancellable, error);
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *words = NULL;
  RubisApiFault fault;

  if (response == NULL)
    return FALSE;
  json = rubis_api_read_json (response);
  if (rubis_api_is_success (response) && rubis_json_answer_has (json, "id"))
    return TRUE;
  fault = rubis_graph_get_fault (response, &words);
  rubis_api_set_error (rubis_transport_get_sender (transport), response, fault, words, error);
  return FALSE;
}

static void
rubis_graph_transport_finalize (GObject *object)
{
  rubis_api_free (RUBIS_GRAPH_TRANSPORT (object)->api);
  G_OBJECT_CLASS (rubis_graph_transport_parent_class)->finalize (object);
}

static void
rubis_graph_transport_class_init (RubisGraphTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_graph_transport_finalize;
  transport_class->send = rubis_graph_transport_send;
  transport_class->look_up = rubis_graph_transport_look_up;
  transport_class->test = rubis_graph_transport_test;
}

static void
rubis_graph_transport_init (RubisGraphTransport *self)
{
}
