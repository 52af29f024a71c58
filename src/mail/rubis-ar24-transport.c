#include "rubis-ar24-transport.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-ar24-cipher.h"
#include "rubis-http.h"
#include "rubis-json-answer.h"
#include "rubis-multipart.h"

#define BASE "https://app.ar24.fr/api"
#define TIMEOUT 60
#define PARIS "Europe/Paris"

struct _RubisAr24Transport
{
  RubisTransport parent_instance;

  RubisHttp *http; /* (owned) (nullable) */
  char *base;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RubisAr24Transport, rubis_ar24_transport, RUBIS_TYPE_TRANSPORT)

/* One call: its secrets and its date, which signs it. */
typedef struct
{
  RubisAr24Transport *self;
  const RubisSender *sender;
  char *token;
  char *private_key;
  char *date;
} Call;

static void
call_clear (Call *call)
{
  rubis_secret_free (call->token);
  rubis_secret_free (call->private_key);
  g_free (call->date);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static gboolean
call_begin (Call *call, RubisAr24Transport *self, GError **error)
{
  RubisTransport *transport = RUBIS_TRANSPORT (self);
  RubisCredentials *credentials = rubis_transport_get_credentials (transport);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (PARIS);
  g_autoptr (GDateTime) now = NULL;

  call->self = self;
  call->sender = rubis_transport_get_sender (transport);
  if (call->sender->service[0] == '\0' || zone == NULL)
    {
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
          zone == NULL
              ? _ ("This machine does not know the time of Paris, by which AR24 signs: install tzdata")
              : _ ("The sender “%s” lacks the name of its account with the provider: add it to its settings"),
          call->sender->name);
      return FALSE;
    }
  call->token = rubis_credentials_lookup (credentials, call->sender, RUBIS_SECRET_PASSWORD, error);
  if (call->token == NULL)
    return FALSE;
  call->private_key = rubis_credentials_lookup (credentials, call->sender, RUBIS_SECRET_KEY, error);
  if (call->private_key == NULL)
    return FALSE;
  now = g_date_time_new_now (zone);
  call->date = g_date_time_format (now, "%Y-%m-%d %H:%M:%S");
  if (self->http == NULL)
    self->http = rubis_http_new (TIMEOUT, NULL);
  if (self->base == NULL)
    self->base = g_strdup (call->sender->server[0] != '\0' ? call->sender->server : BASE);
  return TRUE;
}

static RubisHttpResponse *
call_post (Call *call, const char *path, RubisMultipart *form, GCancellable *cancellable)
{
  g_autofree char *url = g_strconcat (call->self->base, path, NULL);
  g_autofree char *signature = rubis_ar24_sign (call->private_key, call->date);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("POST", url);
  g_autoptr (GBytes) body = NULL;

  rubis_multipart_add_text (form, "token", call->token);
  rubis_multipart_add_text (form, "date", call->date);
  rubis_multipart_add_text (form, "id_user", call->sender->service);
  body = rubis_multipart_finish (form);
  rubis_http_request_set_header (request, "signature", signature);
  rubis_http_request_set_body (request, rubis_multipart_get_content_type (form), body);
  return rubis_http_send (call->self->http, request, cancellable);
}

static RubisHttpResponse *
call_get (Call *call, const char *path, const char *id, GCancellable *cancellable)
{
  g_autofree char *date = g_uri_escape_string (call->date, NULL, FALSE);
  g_autofree char *token = g_uri_escape_string (call->token, NULL, FALSE);
  g_autofree char *user = g_uri_escape_string (call->sender->service, NULL, FALSE);
  g_autofree char *id_part = id != NULL ? g_uri_escape_string (id, NULL, FALSE) : NULL;
  g_autofree char *signature = rubis_ar24_sign (call->private_key, call->date);
  g_autofree char *url
      = g_strdup_printf ("%s%s?token=%s&date=%s&id_user=%s%s%s", call->self->base, path, token, date, user,
                         id_part != NULL ? "&id=" : "", id_part != NULL ? id_part : "");
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("GET", url);

  rubis_http_request_set_header (request, "signature", signature);
  return rubis_http_send (call->self->http, request, cancellable);
}

/* Successes come encrypted, errors in clear: what the provider says, as JSON, and whether it is a success. */
static RubisJsonAnswer *
call_read (Call *call, const RubisHttpResponse *response, char **answer, gboolean *success)
{
  gsize size;
  const char *data = g_bytes_get_data (response->body, &size);
  g_autofree char *body = g_strndup (data != NULL ? data : "", size);
  g_autofree char *clear
      = body[0] == '{' ? g_strdup (body) : rubis_ar24_read (call->private_key, call->date, body);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *status = NULL;
  RubisJsonAnswer *json;

  bytes = g_bytes_new (clear != NULL ? clear : "", clear != NULL ? strlen (clear) : 0);
  json = rubis_json_answer_new (bytes);
  status = rubis_json_answer_dup (json, "status");
  *success = g_str_equal (status, "SUCCESS");
  *answer = clear != NULL ? g_steal_pointer (&clear) : g_strdup ("");
  return json;
}

/* The fate of a call that was not a success. */
static RubisDelivery *
call_judge (const RubisHttpResponse *response, RubisJsonAnswer *json, const char *answer, gboolean submits)
{
  g_autofree char *message = rubis_json_answer_dup (json, "message");
  RubisDelivery *delivery;

  if (response->outcome != RUBIS_HTTP_ANSWERED || response->status / 100 != 2)
    return rubis_http_judge (response, submits, message);
  if (!rubis_json_answer_is_valid (json))
    return rubis_delivery_new (submits ? RUBIS_FATE_UNKNOWN : RUBIS_FATE_NOT_SENT,
                               _ ("AR24 answered with something that cannot be read."), answer);
  delivery = rubis_delivery_new (RUBIS_FATE_REFUSED, NULL, answer);
  g_free (delivery->reason);
  delivery->reason = g_strdup_printf (_ ("AR24 refuses the letter: %s"), message);
  return delivery;
}

/* The file goes first: a letter exists only once POST /mail was answered. */
static char *
upload (Call *call, const RubisParcel *parcel, GCancellable *cancellable, RubisDelivery **failed)
{
  g_autoptr (RubisMultipart) form = rubis_multipart_new ();
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *id = NULL;
  gboolean success;

  rubis_multipart_add (form, "file", "lettre.pdf", "application/pdf", parcel->content);
  response = call_post (call, "/attachment", form, cancellable);
  json = call_read (call, response, &answer, &success);
  id = rubis_json_answer_dup (json, "result.file_id");
  if (success && id[0] != '\0')
    return g_steal_pointer (&id);
  *failed = call_judge (response, json, answer, FALSE);
  return NULL;
}

static void
add_recipient (RubisMultipart *form, const RubisParcel *parcel)
{
  const char *space = strrchr (parcel->to_name, ' ');
  g_autofree char *first
      = space != NULL ? g_strndup (parcel->to_name, (gsize)(space - parcel->to_name)) : g_strdup ("");

  rubis_multipart_add_text (form, "to_firstname", first);
  rubis_multipart_add_text (form, "to_lastname", space != NULL ? space + 1 : parcel->to_name);
  rubis_multipart_add_text (form, "to_company", parcel->to_company);
  rubis_multipart_add_text (form, "to_email", parcel->to_email);
  rubis_multipart_add_text (form, "dest_statut", parcel->to_professional ? "professionnel" : "particulier");
}

static RubisDelivery *
ar24_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  g_auto (Call) call = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisMultipart) form = rubis_multipart_new ();
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *file_id = NULL;
  g_autofree char *answer = NULL;
  RubisDelivery *delivery = NULL;
  gboolean success;

  if (!call_begin (&call, RUBIS_AR24_TRANSPORT (transport), &error))
    {
      delivery = rubis_delivery_new (RUBIS_FATE_NOT_SENT, error->message, NULL);
      delivery->sender_wide = TRUE;
      return delivery;
    }
  file_id = upload (&call, parcel, cancellable, &delivery);
  if (file_id == NULL)
    return delivery;
  rubis_multipart_add_text (form, "eidas", "1");
  add_recipient (form, parcel);
  rubis_multipart_add_text (form, "content", parcel->title);
  rubis_multipart_add_text (form, "ref_dossier", parcel->id);
  rubis_multipart_add_text (form, "attachment[0]", file_id);
  response = call_post (&call, "/mail", form, cancellable);
  json = call_read (&call, response, &answer, &success);
  if (!success)
    return call_judge (response, json, answer, TRUE);
  delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, answer);
  g_free (delivery->provider_id);
  delivery->provider_id = rubis_json_answer_dup (json, "result.id");
  delivery->price = RUBIS_AR24_PRICE;
  return delivery;
}

/* States of a letter at AR24. Silent for 15 days counts as not claimed (CPCE R53-3). */
static const struct
{
  const char *status;
  RubisFate fate;
  const char *course;
  const char *reason; /* untranslated; "" */
} states[] = {
  { "waiting", RUBIS_FATE_SENT, "", "" },
  { "sent", RUBIS_FATE_SENT, "deposited", "" },
  { "AR", RUBIS_FATE_DELIVERED, "received", "" },
  { "refused", RUBIS_FATE_DELIVERED, "refused",
    N_ ("The recipient refused the electronic registered letter.") },
  { "negligence", RUBIS_FATE_DELIVERED, "not_claimed",
    N_ ("The recipient let 15 days pass without claiming the electronic registered letter.") },
  { "bounced", RUBIS_FATE_BOUNCED_HARD, "wrong_address",
    N_ ("The electronic registered letter could not be delivered to this address.") },
  { "error", RUBIS_FATE_BOUNCED_HARD, "", N_ ("AR24 could not send the electronic registered letter.") },
};

static RubisDelivery *
read_status (const char *status, const char *answer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i].status, status))
        {
          RubisDelivery *delivery = rubis_delivery_new (
              states[i].fate, states[i].reason[0] != '\0' ? _ (states[i].reason) : NULL, answer);

          g_free (delivery->course);
          delivery->course = g_strdup (states[i].course);
          return delivery;
        }
    }
  return rubis_delivery_new (RUBIS_FATE_UNKNOWN, NULL, answer);
}

static RubisDelivery *
ar24_follow (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  g_auto (Call) call = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *status = NULL;
  gboolean success;

  if (parcel->provider_id[0] == '\0' || !call_begin (&call, RUBIS_AR24_TRANSPORT (transport), &error))
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, error != NULL ? error->message : NULL, NULL);
  response = call_get (&call, "/mail", parcel->provider_id, cancellable);
  json = call_read (&call, response, &answer, &success);
  if (!success)
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, response->reason, answer);
  status = rubis_json_answer_dup (json, "result.status");
  return read_status (status, answer);
}

static gboolean
ar24_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  g_auto (Call) call = { NULL };
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autofree char *answer = NULL;
  gboolean success;

  if (!call_begin (&call, RUBIS_AR24_TRANSPORT (transport), error))
    return FALSE;
  response = call_get (&call, "/user", NULL, cancellable);
  json = call_read (&call, response, &answer, &success);
  if (success)
    return TRUE;
  delivery = call_judge (response, json, answer, FALSE);
  g_set_error_literal (error, RUBIS_TRANSPORT_ERROR,
                       response->certificate                      ? RUBIS_TRANSPORT_ERROR_CERTIFICATE
                       : response->outcome != RUBIS_HTTP_ANSWERED ? RUBIS_TRANSPORT_ERROR_UNREACHABLE
                                                                  : RUBIS_TRANSPORT_ERROR_LOGIN,
                       delivery->reason);
  return FALSE;
}

static gint64
ar24_quote (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable, GError **error)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);

  /* unit_price counts thousandths of a cent */
  return sender->unit_price > 0 ? (sender->unit_price + 500) / 1000 : RUBIS_AR24_PRICE;
}

static void
rubis_ar24_transport_finalize (GObject *object)
{
  RubisAr24Transport *self = RUBIS_AR24_TRANSPORT (object);

  g_clear_pointer (&self->http, rubis_http_free);
  g_free (self->base);
  G_OBJECT_CLASS (rubis_ar24_transport_parent_class)->finalize (object);
}

static void
rubis_ar24_transport_class_init (RubisAr24TransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_ar24_transport_finalize;
  transport_class->send = ar24_send;
  transport_class->follow = ar24_follow;
  transport_class->test = ar24_test;
  transport_class->quote = ar24_quote;
}

static void
rubis_ar24_transport_init (RubisAr24Transport *self)
{
}
