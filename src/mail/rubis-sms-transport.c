#include "rubis-sms-transport.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-sms-provider.h"
#include "rubis-sms.h"

#define TIMEOUT 30
#define MIN_NAME 3
#define MAX_NAME 11
/* E.164, with its plus sign. */
#define MAX_NUMBER 16
/* unit_price counts thousandths of a cent */
#define UNITS_OF_CENT 1000

struct _RubisSmsTransport
{
  RubisTransport parent_instance;

  RubisHttp *http; /* (owned) (nullable) */
  gint64 clock_offset;
  gboolean clock_known;
};

G_DEFINE_FINAL_TYPE (RubisSmsTransport, rubis_sms_transport, RUBIS_TYPE_TRANSPORT)

/* A request in the making, with the secrets that it needs. */
typedef struct
{
  RubisSmsTransport *self;
  const RubisSmsProvider *provider;
  RubisSmsCall call;
  char *base;
  char *secret;
  char *key;
} Talk;

static const RubisSmsProvider *
get_provider (RubisTransportKind kind)
{
  switch ((int)kind)
    {
    case RUBIS_TRANSPORT_SMS_OVH:
      return &rubis_sms_ovh;
    case RUBIS_TRANSPORT_SMS_BREVO:
      return &rubis_sms_brevo;
    case RUBIS_TRANSPORT_SMS_TWILIO:
      return &rubis_sms_twilio;
    case RUBIS_TRANSPORT_SMS_SMSMODE:
      return &rubis_sms_smsmode;
    default:
      g_return_val_if_reached (&rubis_sms_ovh);
    }
}

static void
talk_clear (Talk *talk)
{
  g_free (talk->base);
  rubis_secret_free (talk->secret);
  rubis_secret_free (talk->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

/* The provider's clock is asked once; signatures are refused when ours is wrong. */
static gboolean
learn_clock (Talk *talk, GCancellable *cancellable, RubisHttpResponse **answer)
{
  RubisSmsTransport *self = talk->self;
  g_autofree char *url = g_strconcat (talk->base, "/auth/time", NULL);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("GET", url);
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autofree char *text = NULL;

  if (self->clock_known)
    return TRUE;
  response = rubis_http_send (self->http, request, cancellable);
  text = rubis_http_response_dup_text (response);
  if (response->outcome != RUBIS_HTTP_ANSWERED || response->status != 200 || !g_ascii_isdigit (text[0]))
    {
      *answer = g_steal_pointer (&response);
      return FALSE;
    }
  self->clock_offset = g_ascii_strtoll (text, NULL, 10) - g_get_real_time () / G_USEC_PER_SEC;
  self->clock_known = TRUE;
  return TRUE;
}

/* Letters and digits, or a number that can be called back. */
static gboolean
is_name (const char *name)
{
  gboolean number = *name == '+';
  gsize length = strlen (name);

  for (const char *p = name + (number ? 1 : 0); *p != '\0'; p++)
    {
      if (number ? !g_ascii_isdigit (*p) : !g_ascii_isalnum (*p) && *p != ' ' && *p != '-')
        return FALSE;
    }
  return length >= MIN_NAME && length <= (number ? MAX_NUMBER : MAX_NAME);
}

static gboolean
check_settings (const RubisSender *sender, const RubisSmsProvider *provider, GError **error)
{
  if (provider->needs_service && sender->service[0] == '\0')
    {
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
          _ ("The sender “%s” lacks the name of its account with the provider: add it to its settings"),
          sender->name);
      return FALSE;
    }
  if (!is_name (sender->from_name))
    {
      g_set_error (
          error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
          _ ("“%s” cannot be the name that telephones show: 3 to 11 letters and digits, without accents"),
          sender->from_name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
talk_begin (Talk *talk, RubisSmsTransport *self, GError **error)
{
  RubisTransport *transport = RUBIS_TRANSPORT (self);
  const RubisSender *sender = rubis_transport_get_sender (transport);
  RubisCredentials *credentials = rubis_transport_get_credentials (transport);

  talk->self = self;
  talk->provider = get_provider (sender->transport);
  talk->base = g_strdup (sender->server[0] != '\0' ? sender->server : talk->provider->base);
  g_strchomp (talk->base);
  if (g_str_has_suffix (talk->base, "/"))
    talk->base[strlen (talk->base) - 1] = '\0';
  if (!check_settings (sender, talk->provider, error))
    return FALSE;
  talk->secret = rubis_credentials_lookup (credentials, sender, RUBIS_SECRET_PASSWORD, error);
  if (talk->secret == NULL)
    return FALSE;
  if (talk->provider->needs_key)
    {
      talk->key = rubis_credentials_lookup (credentials, sender, RUBIS_SECRET_KEY, error);
      if (talk->key == NULL)
        return FALSE;
    }
  if (self->http == NULL)
    self->http = rubis_http_new (TIMEOUT, NULL);
  talk->call.sender = sender;
  talk->call.base = talk->base;
  talk->call.secret = talk->secret;
  talk->call.key = talk->key != NULL ? talk->key : "";
  return TRUE;
}

/* NULL when the provider's clock could not be read: @answer is then what came instead. */
static gboolean
talk_set_clock (Talk *talk, GCancellable *cancellable, RubisHttpResponse **answer)
{
  if (!talk->provider->needs_clock)
    return TRUE;
  if (!learn_clock (talk, cancellable, answer))
    return FALSE;
  talk->call.now = g_get_real_time () / G_USEC_PER_SEC + talk->self->clock_offset;
  return TRUE;
}

static RubisDelivery *
fail_all (const char *reason)
{
  RubisDelivery *delivery = rubis_delivery_new (RUBIS_FATE_NOT_SENT, reason, NULL);

  delivery->sender_wide = TRUE;
  return delivery;
}

static RubisDelivery *
judge (const Talk *talk, const RubisHttpResponse *response, gboolean submits)
{
  g_autoptr (RubisJsonAnswer) json = rubis_json_answer_new (response->body);
  g_autofree char *what = rubis_json_answer_dup (json, talk->provider->error_path);

  return rubis_http_judge (response, submits, what);
}

static RubisDelivery *
sms_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  g_auto (Talk) talk = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisHttpRequest) request = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *text
      = g_strndup (g_bytes_get_data (parcel->content, NULL), g_bytes_get_size (parcel->content));
  RubisDelivery *delivery;

  if (!talk_begin (&talk, RUBIS_SMS_TRANSPORT (transport), &error))
    return fail_all (error->message);
  if (!talk_set_clock (&talk, cancellable, &response))
    return judge (&talk, response, FALSE);
  request = talk.provider->make_send (&talk.call, parcel, text);
  response = rubis_http_send (talk.self->http, request, cancellable);
  delivery = judge (&talk, response, TRUE);
  if (delivery->fate != RUBIS_FATE_SENT)
    return delivery;
  json = rubis_json_answer_new (response->body);
  talk.provider->read_send (json, delivery);
  if (delivery->fate == RUBIS_FATE_REFUSED)
    {
      g_free (delivery->reason);
      delivery->reason = g_strdup_printf (
          _ ("The provider refused the number %s: correct it in the account’s contacts"), parcel->to_phone);
    }
  else if (delivery->fate == RUBIS_FATE_UNKNOWN)
    {
      g_free (delivery->reason);
      delivery->reason = g_strdup (_ ("The provider answered without saying whether it took the message."));
    }
  return delivery;
}

/* Asks without sending: what does not answer leaves things as unknown as they were. */
static RubisDelivery *
ask (RubisTransport *transport, const RubisParcel *parcel, gboolean look_up, GCancellable *cancellable)
{
  g_auto (Talk) talk = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisHttpRequest) request = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *text
      = g_strndup (g_bytes_get_data (parcel->content, NULL), g_bytes_get_size (parcel->content));
  g_autofree char *answer = NULL;
  RubisDelivery *delivery;

  if (!talk_begin (&talk, RUBIS_SMS_TRANSPORT (transport), &error))
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, error->message, NULL);
  if (look_up ? talk.provider->make_look_up == NULL
              : talk.provider->make_follow == NULL || parcel->provider_id[0] == '\0')
    return rubis_delivery_new (
        RUBIS_FATE_UNKNOWN, look_up ? _ ("This server cannot be asked whether it took the message.") : NULL,
        NULL);
  if (!talk_set_clock (&talk, cancellable, &response))
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, response->reason, NULL);
  request = (look_up ? talk.provider->make_look_up : talk.provider->make_follow) (&talk.call, parcel);
  response = rubis_http_send (talk.self->http, request, cancellable);
  answer = rubis_http_response_dup_text (response);
  delivery = rubis_delivery_new (RUBIS_FATE_UNKNOWN, response->reason, answer);
  if (response->outcome != RUBIS_HTTP_ANSWERED || response->status / 100 != 2)
    return delivery;
  json = rubis_json_answer_new (response->body);
  if (look_up)
    talk.provider->read_look_up (json, parcel, text, delivery);
  else
    talk.provider->read_follow (json, delivery);
  return delivery;
}

static RubisDelivery *
sms_look_up (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  return ask (transport, parcel, TRUE, cancellable);
}

static RubisDelivery *
sms_follow (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  return ask (transport, parcel, FALSE, cancellable);
}

static gboolean
sms_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  g_auto (Talk) talk = { NULL };
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisHttpRequest) request = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  gboolean login;

  if (!talk_begin (&talk, RUBIS_SMS_TRANSPORT (transport), error))
    return FALSE;
  if (talk_set_clock (&talk, cancellable, &response))
    {
      request = talk.provider->make_test (&talk.call);
      response = rubis_http_send (talk.self->http, request, cancellable);
    }
  if (response->outcome == RUBIS_HTTP_ANSWERED && response->status / 100 == 2)
    return TRUE;
  delivery = judge (&talk, response, FALSE);
  login = response->status == 401 || response->status == 403;
  g_set_error_literal (error, RUBIS_TRANSPORT_ERROR,
                       response->certificate                      ? RUBIS_TRANSPORT_ERROR_CERTIFICATE
                       : response->outcome != RUBIS_HTTP_ANSWERED ? RUBIS_TRANSPORT_ERROR_UNREACHABLE
                       : login                                    ? RUBIS_TRANSPORT_ERROR_LOGIN
                                                                  : RUBIS_TRANSPORT_ERROR_SERVER,
                       delivery->reason);
  return FALSE;
}

static gint64
sms_quote (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable, GError **error)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  g_autofree char *text
      = g_strndup (g_bytes_get_data (parcel->content, NULL), g_bytes_get_size (parcel->content));
  RubisSmsLength length;

  if (sender->unit_price == 0)
    return -1;
  rubis_sms_measure (text, &length);
  return (sender->unit_price * length.n_segments + UNITS_OF_CENT / 2) / UNITS_OF_CENT;
}

static void
rubis_sms_transport_finalize (GObject *object)
{
  g_clear_pointer (&RUBIS_SMS_TRANSPORT (object)->http, rubis_http_free);
  G_OBJECT_CLASS (rubis_sms_transport_parent_class)->finalize (object);
}

static void
rubis_sms_transport_class_init (RubisSmsTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_sms_transport_finalize;
  transport_class->send = sms_send;
  transport_class->look_up = sms_look_up;
  transport_class->follow = sms_follow;
  transport_class->test = sms_test;
  transport_class->quote = sms_quote;
}

static void
rubis_sms_transport_init (RubisSmsTransport *self)
{
}
