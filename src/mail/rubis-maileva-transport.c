#include "rubis-maileva-transport.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-http.h"
#include "rubis-json-answer.h"
#include "rubis-money.h"
#include "rubis-multipart.h"

#define BASE "https://api.maileva.com"
#define TOKEN_BASE "https://connexion.maileva.com"
#define TOKEN_PATH "/auth/realms/services/protocol/openid-connect/token"
#define TIMEOUT 60
/* A draft that is still one after this was never submitted. */
#define SETTLED_SECONDS 600
#define MAX_LINE 38
#define N_LINES 6
#define PAGE 500
/* How long the provider keeps the letter: years. */
#define ARCHIVING 3

struct _RubisMailevaTransport
{
  RubisTransport parent_instance;

  RubisHttp *http; /* (owned) (nullable) */
  char *token;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RubisMailevaTransport, rubis_maileva_transport, RUBIS_TYPE_TRANSPORT)

static const char *
get_base (RubisTransport *transport)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);

  return sender->server[0] != '\0' ? sender->server : BASE;
}

/* The sandbox has an address of its own for tokens; any other server gives them itself. */
static char *
make_token_url (RubisTransport *transport)
{
  const char *base = get_base (transport);

  if (g_str_equal (base, BASE))
    return g_strdup (TOKEN_BASE TOKEN_PATH);
  if (g_str_equal (base, "https://api.sandbox.maileva.net"))
    return g_strdup ("https://connexion.sandbox.maileva.net" TOKEN_PATH);
  return g_strconcat (base, TOKEN_PATH, NULL);
}

static RubisDelivery *
fail_all (const char *reason)
{
  RubisDelivery *delivery = rubis_delivery_new (RUBIS_FATE_NOT_SENT, reason, NULL);

  delivery->sender_wide = TRUE;
  return delivery;
}

static RubisDelivery *
judge (const RubisHttpResponse *response, gboolean submits)
{
  g_autoptr (RubisJsonAnswer) json = rubis_json_answer_new (response->body);
  g_autofree char *message = rubis_json_answer_dup (json, "errors.0.message");
  g_autofree char *code = rubis_json_answer_dup (json, "errors.0.code");
  g_autofree char *both = code[0] != '\0' ? g_strdup_printf ("%s (%s)", message, code) : g_strdup (message);

  return rubis_http_judge (response, submits, both);
}

static gboolean
succeeded (const RubisHttpResponse *response)
{
  return response->outcome == RUBIS_HTTP_ANSWERED && response->status / 100 == 2;
}

static RubisHttpRequest *
make_token_request (RubisTransport *transport, const char *secret, char *password)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  g_autofree char *url = make_token_url (transport);
  RubisHttpRequest *request = rubis_http_request_new ("POST", url);
  g_autofree char *user = g_uri_escape_string (sender->user, NULL, FALSE);
  char *escaped = g_uri_escape_string (password, NULL, FALSE);
  char *form = g_strdup_printf ("grant_type=password&username=%s&password=%s", user, escaped);
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));

  rubis_secret_free (escaped);
  rubis_secret_free (form);
  rubis_http_request_set_basic (request, sender->service, secret);
  rubis_http_request_set_body (request, "application/x-www-form-urlencoded", body);
  return request;
}

/* Signs in; NULL when that is done, else why it cannot be. */
static RubisDelivery *
sign_in (RubisMailevaTransport *self, GCancellable *cancellable)
{
  RubisTransport *transport = RUBIS_TRANSPORT (self);
  const RubisSender *sender = rubis_transport_get_sender (transport);
  RubisCredentials *credentials = rubis_transport_get_credentials (transport);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpRequest) request = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  char *password;
  char *secret;

  if (self->token != NULL)
    return NULL;
  if (self->http == NULL)
    self->http = rubis_http_new (TIMEOUT, NULL);
  password = rubis_credentials_lookup (credentials, sender, RUBIS_SECRET_PASSWORD, &error);
  secret = password != NULL ? rubis_credentials_lookup (credentials, sender, RUBIS_SECRET_KEY, &error) : NULL;
  if (secret != NULL)
    request = make_token_request (transport, secret, password);
  rubis_secret_free (password);
  rubis_secret_free (secret);
  if (request == NULL)
    return fail_all (error->message);
  response = rubis_http_send (self->http, request, cancellable);
  json = rubis_json_answer_new (response->body);
  if (succeeded (response) && rubis_json_answer_has (json, "access_token"))
    {
      self->token = rubis_json_answer_dup (json, "access_token");
      return NULL;
    }
  if (response->status == 400 || response->status == 401)
    return fail_all (_ ("Maileva refuses the name or password: type them again in the sender’s settings"));
  {
    RubisDelivery *delivery = judge (response, FALSE);

    if (delivery->fate == RUBIS_FATE_SENT)
      {
        rubis_delivery_free (delivery);
        return fail_all (_ ("Maileva answered with something that cannot be read."));
      }
    delivery->sender_wide = TRUE;
    return delivery;
  }
}

static RubisHttpResponse *
call (RubisMailevaTransport *self, RubisParcelKind kind, const char *method, const char *path,
      const char *content_type, GBytes *body, GCancellable *cancellable)
{
  g_autofree char *url
      = g_strconcat (get_base (RUBIS_TRANSPORT (self)),
                     kind == RUBIS_PARCEL_REGISTERED ? "/registered_mail/v2" : "/mail/v2", path, NULL);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new (method, url);
  RubisHttpResponse *response;

  rubis_http_request_set_bearer (request, self->token);
  if (body != NULL)
    rubis_http_request_set_body (request, content_type, body);
  response = rubis_http_send (self->http, request, cancellable);
  /* The next call signs in again. */
  if (response->status == 401)
    g_clear_pointer (&self->token, rubis_secret_free);
  return response;
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* The lines of an address as the provider counts them: name first, postcode and town in the sixth, the
 * country apart. FALSE when a line is too long or there are too many.
 */
static gboolean
add_address (JsonBuilder *builder, const char *prefix, const char *address, char **wrong)
{
  g_auto (GStrv) lines = g_strsplit (address, "\n", -1);
  guint n = g_strv_length (lines);
  g_autofree char *country_name = g_strconcat (prefix, "country_code", NULL);

  if (n < 3 || n - 1 > N_LINES)
    {
      *wrong = g_strdup (n < 3 ? _ ("The address is incomplete: name, street, postcode and town are needed.")
                               : _ ("The address has too many lines: six at most."));
      return FALSE;
    }
  for (guint i = 0; i + 1 < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%saddress_line_%u", prefix, i + 2 == n ? N_LINES : i + 1);

      if (g_utf8_strlen (lines[i], -1) > MAX_LINE)
        {
          *wrong = g_strdup_printf (
              _ ("The line “%s” of the address is longer than 38 characters: shorten it"), lines[i]);
          return FALSE;
        }
      add_text (builder, name, lines[i]);
    }
  add_text (builder, country_name, lines[n - 1]);
  return TRUE;
}

static GBytes *
make_sending (const RubisSender *sender, const RubisParcel *parcel, char **wrong)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "name", parcel->title);
  add_text (builder, "custom_id", parcel->id);
  add_text (builder, "custom_data", parcel->reference);
  add_text (builder, "notification_email", sender->email);
  add_boolean (builder, "color_printing", parcel->colour);
  add_boolean (builder, "duplex_printing", parcel->duplex);
  add_boolean (builder, "optional_address_sheet", FALSE);
  if (parcel->kind == RUBIS_PARCEL_REGISTERED)
    {
      add_boolean (builder, "acknowledgement_of_receipt", TRUE);
      add_boolean (builder, "acknowledgement_of_receipt_scanning", TRUE);
    }
  else
    add_text (builder, "postage_type", "ECONOMIC");
  json_builder_set_member_name (builder, "archiving_duration");
  json_builder_add_int_value (builder, ARCHIVING);
  if (!add_address (builder, "sender_", parcel->return_address, wrong))
    return NULL;
  json_builder_end_object (builder);
  return rubis_json_build (builder);
}

static GBytes *
make_recipient (const RubisParcel *parcel, char **wrong)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "custom_id", parcel->id);
  if (!add_address (builder, "", parcel->address, wrong))
    return NULL;
  json_builder_end_object (builder);
  return rubis_json_build (builder);
}

/* The sending of an earlier attempt: of those that were submitted the first, else a draft. (nullable) */
static char *
find_sending (RubisMailevaTransport *self, const RubisParcel *parcel, gboolean *submitted, gboolean *asked,
              GCancellable *cancellable)
{
  g_autofree char *draft = NULL;
  guint n = PAGE;

  *submitted = FALSE;
  *asked = FALSE;
  for (guint start = 1; n == PAGE; start += PAGE)
    {
      g_autofree char *path = g_strdup_printf ("/sendings?start_index=%u&count=%u", start, PAGE);
      g_autoptr (RubisHttpResponse) response
          = call (self, parcel->kind, "GET", path, NULL, NULL, cancellable);
      g_autoptr (RubisJsonAnswer) json = rubis_json_answer_new (response->body);

      if (!succeeded (response) || !rubis_json_answer_is_valid (json))
        return NULL;
      n = rubis_json_answer_get_length (json, "sendings");
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *id_path = g_strdup_printf ("sendings.%u.id", i);
          g_autofree char *custom_path = g_strdup_printf ("sendings.%u.custom_id", i);
          g_autofree char *status_path = g_strdup_printf ("sendings.%u.status", i);
          g_autofree char *custom = rubis_json_answer_dup (json, custom_path);
          g_autofree char *status = rubis_json_answer_dup (json, status_path);

          if (!g_str_equal (custom, parcel->id))
            continue;
          if (!g_str_equal (status, "DRAFT"))
            {
              *submitted = TRUE;
              *asked = TRUE;
              return rubis_json_answer_dup (json, id_path);
            }
          g_free (draft);
          draft = rubis_json_answer_dup (json, id_path);
        }
    }
  *asked = TRUE;
  return g_steal_pointer (&draft);
}

static RubisDelivery *
refuse (const char *reason)
{
  return rubis_delivery_new (RUBIS_FATE_REFUSED, reason, NULL);
}

/* Everything before it is submitted; the id of the draft, or NULL and why not. */
static char *
prepare (RubisMailevaTransport *self, const RubisParcel *parcel, GCancellable *cancellable,
         RubisDelivery **failed)
{
  const RubisSender *sender = rubis_transport_get_sender (RUBIS_TRANSPORT (self));
  g_autofree char *wrong = NULL;
  g_autoptr (GBytes) sending = make_sending (sender, parcel, &wrong);
  g_autoptr (GBytes) recipient = sending != NULL ? make_recipient (parcel, &wrong) : NULL;
  g_autoptr (RubisMultipart) form = rubis_multipart_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) metadata = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *id = NULL;
  const char *steps[2];

  if (recipient == NULL)
    {
      *failed = refuse (wrong);
      return NULL;
    }
  response = call (self, parcel->kind, "POST", "/sendings", "application/json", sending, cancellable);
  json = rubis_json_answer_new (response->body);
  id = rubis_json_answer_dup (json, "id");
  if (!succeeded (response) || id[0] == '\0')
    {
      *failed = judge (response, FALSE);
      return NULL;
    }
  metadata = g_bytes_new_static ("{\"priority\":1,\"name\":\"lettre.pdf\"}",
                                 strlen ("{\"priority\":1,\"name\":\"lettre.pdf\"}"));
  rubis_multipart_add (form, "document", "lettre.pdf", "application/pdf", parcel->content);
  rubis_multipart_add (form, "metadata", NULL, "application/json", metadata);
  body = rubis_multipart_finish (form);
  steps[0] = "documents";
  steps[1] = "recipients";
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sendings/%s/%s", id, steps[i]);
      g_autoptr (RubisHttpResponse) answer
          = call (self, parcel->kind, "POST", path,
                  i == 0 ? rubis_multipart_get_content_type (form) : "application/json",
                  i == 0 ? body : recipient, cancellable);

      if (!succeeded (answer))
        {
          *failed = judge (answer, FALSE);
          return NULL;
        }
    }
  return g_steal_pointer (&id);
}

/* A failure before the submission took nothing, whatever the request was answered. */
static RubisDelivery *
certainly_not_sent (RubisDelivery *delivery)
{
  if (delivery->fate != RUBIS_FATE_REFUSED)
    delivery->fate = RUBIS_FATE_NOT_SENT;
  return delivery;
}

static RubisDelivery *
taken (char *id, const char *answer)
{
  RubisDelivery *delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, answer);

  g_free (delivery->provider_id);
  delivery->provider_id = id;
  return delivery;
}

static RubisDelivery *
maileva_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisMailevaTransport *self = RUBIS_MAILEVA_TRANSPORT (transport);
  RubisDelivery *delivery = sign_in (self, cancellable);
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *answer = NULL;

  if (delivery != NULL)
    return delivery;
  if (parcel->first_attempt != 0)
    {
      gboolean submitted;
      gboolean asked;
      g_autofree char *earlier = find_sending (self, parcel, &submitted, &asked, cancellable);

      if (!asked)
        return rubis_delivery_new (RUBIS_FATE_NOT_SENT,
                                   _ ("Maileva could not be asked whether it has the letter already."), NULL);
      if (submitted)
        return taken (g_steal_pointer (&earlier), NULL);
    }
  id = prepare (self, parcel, cancellable, &delivery);
  if (id == NULL)
    return certainly_not_sent (delivery);
  path = g_strdup_printf ("/sendings/%s/submit", id);
  response = call (self, parcel->kind, "POST", path, NULL, NULL, cancellable);
  answer = rubis_http_response_dup_text (response);
  if (succeeded (response))
    return taken (g_steal_pointer (&id), answer);
  return judge (response, TRUE);
}

static RubisDelivery *
maileva_look_up (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisMailevaTransport *self = RUBIS_MAILEVA_TRANSPORT (transport);
  g_autoptr (RubisDelivery) failed = sign_in (self, cancellable);
  gboolean submitted = FALSE;
  gboolean asked = FALSE;
  g_autofree char *id = NULL;

  if (failed != NULL)
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, failed->reason, NULL);
  id = find_sending (self, parcel, &submitted, &asked, cancellable);
  if (submitted)
    return taken (g_steal_pointer (&id), NULL);
  if (asked && g_get_real_time () / G_USEC_PER_SEC - parcel->first_attempt > SETTLED_SECONDS)
    return rubis_delivery_new (RUBIS_FATE_NOT_SENT, NULL, NULL);
  return rubis_delivery_new (RUBIS_FATE_UNKNOWN,
                             asked ? _ ("Maileva does not have the letter yet: it will be asked again.")
                                   : _ ("Maileva could not be asked whether it has the letter already."),
                             NULL);
}

/* Delivery codes of the provider and what they are in the course of a registered letter. */
static const struct
{
  const char *code;
  RubisFate fate;
  const char *course;
} courses[] = {
  { "A06", RUBIS_FATE_SENT, "deposited" },
  { "P01", RUBIS_FATE_SENT, "presented" },
  { "P04", RUBIS_FATE_DELIVERED, "refused" },
  { "P05", RUBIS_FATE_DELIVERED, "refused" },
  { "N05", RUBIS_FATE_DELIVERED, "refused" },
  { "A17", RUBIS_FATE_DELIVERED, "not_claimed" },
  { "P03", RUBIS_FATE_DELIVERED, "not_claimed" },
  { "N03", RUBIS_FATE_DELIVERED, "not_claimed" },
  { "N07", RUBIS_FATE_BOUNCED_HARD, "wrong_address" },
  { "D01", RUBIS_FATE_DELIVERED, "received" },
  { "N01", RUBIS_FATE_DELIVERED, "received" },
};

static void
read_recipient (RubisJsonAnswer *json, RubisDelivery *delivery)
{
  g_autofree char *code = rubis_json_answer_dup (json, "last_delivery_status");
  g_autofree char *price = rubis_json_answer_dup (json, "postage_price");
  RubisCurrency euro;

  g_free (delivery->tracking);
  delivery->tracking = rubis_json_answer_dup (json, "registered_number");
  for (gsize i = 0; i < G_N_ELEMENTS (courses); i++)
    {
      if (!g_str_equal (courses[i].code, code))
        continue;
      delivery->fate = courses[i].fate;
      g_free (delivery->course);
      delivery->course = g_strdup (courses[i].course);
    }
  if (price[0] == '\0' || !rubis_currency_parse ("EUR", &euro)
      || !rubis_money_parse (price, euro, &delivery->price, NULL))
    delivery->price = -1;
}

static RubisDelivery *
maileva_follow (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisMailevaTransport *self = RUBIS_MAILEVA_TRANSPORT (transport);
  g_autoptr (RubisDelivery) failed = NULL;
  g_autoptr (RubisHttpResponse) sending = NULL;
  g_autoptr (RubisHttpResponse) recipients = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autoptr (RubisJsonAnswer) list = NULL;
  g_autofree char *path = NULL;
  g_autofree char *list_path = NULL;
  g_autofree char *status = NULL;
  g_autofree char *answer = NULL;
  RubisDelivery *delivery;

  if (parcel->provider_id[0] == '\0')
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, NULL, NULL);
  failed = sign_in (self, cancellable);
  if (failed != NULL)
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, failed->reason, NULL);
  path = g_strdup_printf ("/sendings/%s", parcel->provider_id);
  sending = call (self, parcel->kind, "GET", path, NULL, NULL, cancellable);
  json = rubis_json_answer_new (sending->body);
  status = rubis_json_answer_dup (json, "status");
  if (!succeeded (sending) || status[0] == '\0')
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, sending->reason, NULL);
  if (g_str_equal (status, "REJECTED"))
    {
      answer = rubis_http_response_dup_text (sending);
      return rubis_delivery_new (RUBIS_FATE_BOUNCED_HARD, _ ("Maileva rejected the letter: read its answer"),
                                 answer);
    }
  list_path = g_strdup_printf ("/sendings/%s/recipients", parcel->provider_id);
  recipients
      = self->token != NULL ? call (self, parcel->kind, "GET", list_path, NULL, NULL, cancellable) : NULL;
  if (recipients == NULL || !succeeded (recipients))
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, NULL, NULL);
  answer = rubis_http_response_dup_text (recipients);
  delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, answer);
  list = rubis_json_answer_new (recipients->body);
  {
    JsonNode *node = rubis_json_answer_get_node (list, "recipients.0");

    if (node != NULL)
      {
        g_autofree char *text = json_to_string (node, FALSE);
        g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
        g_autoptr (RubisJsonAnswer) recipient = rubis_json_answer_new (bytes);

        read_recipient (recipient, delivery);
      }
  }
  return delivery;
}

static gboolean
maileva_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisDelivery) failed = sign_in (RUBIS_MAILEVA_TRANSPORT (transport), cancellable);

  if (failed == NULL)
    return TRUE;
  g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN, failed->reason);
  return FALSE;
}

static gint64
maileva_quote (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable,
               GError **error)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);

  /* unit_price counts thousandths of a cent */
  return sender->unit_price > 0 ? (sender->unit_price + 500) / 1000 : -1;
}

static void
rubis_maileva_transport_finalize (GObject *object)
{
  RubisMailevaTransport *self = RUBIS_MAILEVA_TRANSPORT (object);

  g_clear_pointer (&self->http, rubis_http_free);
  rubis_secret_free (self->token);
  G_OBJECT_CLASS (rubis_maileva_transport_parent_class)->finalize (object);
}

static void
rubis_maileva_transport_class_init (RubisMailevaTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_maileva_transport_finalize;
  transport_class->send = maileva_send;
  transport_class->look_up = maileva_look_up;
  transport_class->follow = maileva_follow;
  transport_class->test = maileva_test;
  transport_class->quote = maileva_quote;
}

static void
rubis_maileva_transport_init (RubisMailevaTransport *self)
{
}
