#include "rubis-sender.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_RECALL_MINUTES 10
#define DEFAULT_PER_MINUTE 30
#define DEFAULT_PER_DAY 500
/* domain-facts 5.5: mail systems refuse much more. */
#define DEFAULT_MAX_SIZE (10 * 1024 * 1024)
#define MINUTES_OF_DAY 1440
#define ALL_DAYS 127

static const struct
{
  const char *id;
  const char *label;
  guint carries; /* bits by RubisParcelKind */
} transports[RUBIS_N_TRANSPORTS] = {
  [RUBIS_TRANSPORT_FOLDER] = { "folder", N_ ("Folder of .eml files"), 1 << RUBIS_PARCEL_EMAIL },
  [RUBIS_TRANSPORT_SMTP] = { "smtp", N_ ("Mail server (SMTP)"), 1 << RUBIS_PARCEL_EMAIL },
  [RUBIS_TRANSPORT_JMAP] = { "jmap", N_ ("Mail server (JMAP)"), 1 << RUBIS_PARCEL_EMAIL },
  [RUBIS_TRANSPORT_GRAPH] = { "graph", "Microsoft 365", 1 << RUBIS_PARCEL_EMAIL },
  [RUBIS_TRANSPORT_GMAIL] = { "gmail", "Gmail", 1 << RUBIS_PARCEL_EMAIL },
  [RUBIS_TRANSPORT_BREVO] = { "brevo", "Brevo", 1 << RUBIS_PARCEL_EMAIL },
  [RUBIS_TRANSPORT_MAILJET] = { "mailjet", "Mailjet", 1 << RUBIS_PARCEL_EMAIL },
  [RUBIS_TRANSPORT_SMS_OVH] = { "sms-ovh", N_ ("SMS by OVHcloud"), 1 << RUBIS_PARCEL_SMS },
  [RUBIS_TRANSPORT_SMS_BREVO] = { "sms-brevo", N_ ("SMS by Brevo"), 1 << RUBIS_PARCEL_SMS },
  [RUBIS_TRANSPORT_SMS_TWILIO] = { "sms-twilio", N_ ("SMS by Twilio"), 1 << RUBIS_PARCEL_SMS },
  [RUBIS_TRANSPORT_SMS_SMSMODE] = { "sms-smsmode", N_ ("SMS by smsmode"), 1 << RUBIS_PARCEL_SMS },
  [RUBIS_TRANSPORT_MAILEVA]
  = { "maileva", N_ ("Letters by Maileva"), 1 << RUBIS_PARCEL_LETTER | 1 << RUBIS_PARCEL_REGISTERED },
  [RUBIS_TRANSPORT_AR24]
  = { "ar24", N_ ("Electronic registered letters by AR24"), 1 << RUBIS_PARCEL_ELECTRONIC_REGISTERED },
  [RUBIS_TRANSPORT_LAPOSTE] = { "laposte", N_ ("Tracking by La Poste"), 0 },
};

static const char *const securities[] = {
  [RUBIS_SECURITY_TLS] = "tls",
  [RUBIS_SECURITY_STARTTLS] = "starttls",
  [RUBIS_SECURITY_NONE] = "none",
};

static const char *const auths[] = {
  [RUBIS_AUTH_PASSWORD] = "password",
  [RUBIS_AUTH_OAUTH] = "oauth",
  [RUBIS_AUTH_NONE] = "none",
};

const char *
rubis_transport_to_id (RubisTransportKind transport)
{
  return transports[transport].id;
}

gboolean
rubis_transport_from_id (const char *id, RubisTransportKind *transport)
{
  for (gsize i = 0; i < RUBIS_N_TRANSPORTS; i++)
    {
      if (g_str_equal (transports[i].id, id))
        {
          *transport = (RubisTransportKind)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_transport_to_label (RubisTransportKind transport)
{
  return _ (transports[transport].label);
}

gboolean
rubis_transport_carries (RubisTransportKind transport, RubisParcelKind kind)
{
  return (transports[transport].carries & (1u << kind)) != 0;
}

static gboolean
find_id (const char *const *ids, gsize n, const char *id, int *value)
{
  for (gsize i = 0; i < n; i++)
    {
      if (g_str_equal (ids[i], id))
        {
          *value = (int)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_security_to_id (RubisSecurity security)
{
  return securities[security];
}

gboolean
rubis_security_from_id (const char *id, RubisSecurity *security)
{
  int value = 0;

  if (!find_id (securities, G_N_ELEMENTS (securities), id, &value))
    return FALSE;
  *security = (RubisSecurity)value;
  return TRUE;
}

const char *
rubis_auth_to_id (RubisAuth auth)
{
  return auths[auth];
}

gboolean
rubis_auth_from_id (const char *id, RubisAuth *auth)
{
  int value = 0;

  if (!find_id (auths, G_N_ELEMENTS (auths), id, &value))
    return FALSE;
  *auth = (RubisAuth)value;
  return TRUE;
}

RubisSender *
rubis_sender_new (RubisTransportKind transport)
{
  RubisSender *self = g_new0 (RubisSender, 1);
  gboolean folder = transport == RUBIS_TRANSPORT_FOLDER;
  gboolean oauth = transport == RUBIS_TRANSPORT_GRAPH || transport == RUBIS_TRANSPORT_GMAIL;

  self->name = g_strdup ("");
  self->transport = transport;
  self->actor = g_strdup ("");
  self->email = g_strdup ("");
  self->from_name = g_strdup ("");
  self->reply_to = g_strdup ("");
  self->signature = g_strdup ("");
  self->server = g_strdup ("");
  self->security = folder ? RUBIS_SECURITY_NONE : RUBIS_SECURITY_TLS;
  self->auth = folder ? RUBIS_AUTH_NONE : oauth ? RUBIS_AUTH_OAUTH : RUBIS_AUTH_PASSWORD;
  self->user = g_strdup ("");
  self->service = g_strdup ("");
  self->client_id = g_strdup ("");
  self->folder = g_strdup ("");
  self->imap_server = g_strdup ("");
  self->imap_security = RUBIS_SECURITY_TLS;
  self->cursor = g_strdup ("");
  self->recall_minutes = folder ? 0 : DEFAULT_RECALL_MINUTES;
  self->until_minute = MINUTES_OF_DAY;
  self->days = ALL_DAYS;
  self->per_minute = folder ? 0 : DEFAULT_PER_MINUTE;
  self->per_day = folder ? 0 : DEFAULT_PER_DAY;
  self->max_size = DEFAULT_MAX_SIZE;
  self->active = TRUE;
  self->wait_reason = g_strdup ("");
  return self;
}

RubisSender *
rubis_sender_copy (const RubisSender *self)
{
  RubisSender *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->actor = g_strdup (self->actor);
  copy->email = g_strdup (self->email);
  copy->from_name = g_strdup (self->from_name);
  copy->reply_to = g_strdup (self->reply_to);
  copy->signature = g_strdup (self->signature);
  copy->server = g_strdup (self->server);
  copy->user = g_strdup (self->user);
  copy->service = g_strdup (self->service);
  copy->client_id = g_strdup (self->client_id);
  copy->folder = g_strdup (self->folder);
  copy->imap_server = g_strdup (self->imap_server);
  copy->cursor = g_strdup (self->cursor);
  copy->wait_reason = g_strdup (self->wait_reason);
  return copy;
}

void
rubis_sender_free (RubisSender *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->actor);
  g_free (self->email);
  g_free (self->from_name);
  g_free (self->reply_to);
  g_free (self->signature);
  g_free (self->server);
  g_free (self->user);
  g_free (self->service);
  g_free (self->client_id);
  g_free (self->folder);
  g_free (self->imap_server);
  g_free (self->cursor);
  g_free (self->wait_reason);
  g_free (self);
}

gboolean
rubis_sender_has_mailbox (const RubisSender *self)
{
  switch (self->transport)
    {
    case RUBIS_TRANSPORT_JMAP:
    case RUBIS_TRANSPORT_GRAPH:
    case RUBIS_TRANSPORT_GMAIL:
      return TRUE;
    case RUBIS_TRANSPORT_SMTP:
    case RUBIS_TRANSPORT_BREVO:
    case RUBIS_TRANSPORT_MAILJET:
      return self->imap_server[0] != '\0';
    case RUBIS_TRANSPORT_FOLDER:
    case RUBIS_TRANSPORT_SMS_OVH:
    case RUBIS_TRANSPORT_SMS_BREVO:
    case RUBIS_TRANSPORT_SMS_TWILIO:
    case RUBIS_TRANSPORT_SMS_SMSMODE:
    case RUBIS_TRANSPORT_MAILEVA:
    case RUBIS_TRANSPORT_AR24:
    case RUBIS_TRANSPORT_LAPOSTE:
    default:
      return FALSE;
    }
}
