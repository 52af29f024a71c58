#include "rubis-transport.h"

#include <glib/gi18n-lib.h>

#include "rubis-ar24-transport.h"
#include "rubis-brevo-transport.h"
#include "rubis-folder-transport.h"
#include "rubis-gmail-transport.h"
#include "rubis-graph-transport.h"
#include "rubis-jmap-transport.h"
#include "rubis-maileva-transport.h"
#include "rubis-mailjet-transport.h"
#include "rubis-sms-transport.h"
#include "rubis-smtp-transport.h"

typedef struct
{
  RubisSender *sender;           /* (owned) */
  RubisCredentials *credentials; /* (owned) */
} RubisTransportPrivate;

G_DEFINE_QUARK (rubis-transport-error-quark, rubis_transport_error)
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RubisTransport, rubis_transport, G_TYPE_OBJECT)

static RubisDelivery *
say_unknown (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable)
{
  return rubis_delivery_new (RUBIS_FATE_UNKNOWN,
                             _ ("This server cannot be asked whether it took the message."), NULL);
}

static RubisDelivery *
follow_nothing (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable)
{
  return rubis_delivery_new (RUBIS_FATE_UNKNOWN, NULL, NULL);
}

static gint64
quote_nothing (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable, GError **error)
{
  return -1;
}

static void
rubis_transport_finalize (GObject *object)
{
  RubisTransportPrivate *priv = rubis_transport_get_instance_private (RUBIS_TRANSPORT (object));

  rubis_sender_free (priv->sender);
  g_clear_object (&priv->credentials);
  G_OBJECT_CLASS (rubis_transport_parent_class)->finalize (object);
}

static void
rubis_transport_class_init (RubisTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_transport_finalize;
  klass->look_up = say_unknown;
  klass->follow = follow_nothing;
  klass->quote = quote_nothing;
}

static void
rubis_transport_init (RubisTransport *self)
{
}

/* One line for each transport; G_TYPE_INVALID where there is none. */
static GType
get_type_of (RubisTransportKind kind)
{
  switch ((int)kind)
    {
    case RUBIS_TRANSPORT_FOLDER:
      return RUBIS_TYPE_FOLDER_TRANSPORT;
    case RUBIS_TRANSPORT_GRAPH:
      return RUBIS_TYPE_GRAPH_TRANSPORT;
    case RUBIS_TRANSPORT_GMAIL:
      return RUBIS_TYPE_GMAIL_TRANSPORT;
    case RUBIS_TRANSPORT_BREVO:
      return RUBIS_TYPE_BREVO_TRANSPORT;
    case RUBIS_TRANSPORT_MAILJET:
      return RUBIS_TYPE_MAILJET_TRANSPORT;
    case RUBIS_TRANSPORT_SMS_OVH:
    case RUBIS_TRANSPORT_SMS_BREVO:
    case RUBIS_TRANSPORT_SMS_TWILIO:
    case RUBIS_TRANSPORT_SMS_SMSMODE:
      return RUBIS_TYPE_SMS_TRANSPORT;
    case RUBIS_TRANSPORT_MAILEVA:
      return RUBIS_TYPE_MAILEVA_TRANSPORT;
    case RUBIS_TRANSPORT_AR24:
      return RUBIS_TYPE_AR24_TRANSPORT;
    case RUBIS_TRANSPORT_SMTP:
      return RUBIS_TYPE_SMTP_TRANSPORT;
    case RUBIS_TRANSPORT_JMAP:
      return RUBIS_TYPE_JMAP_TRANSPORT;
    default:
      return G_TYPE_INVALID;
    }
}

RubisTransport *
rubis_transport_new (const RubisSender *sender, RubisCredentials *credentials, GError **error)
{
  GType type = get_type_of (sender->transport);
  RubisTransport *self;
  RubisTransportPrivate *priv;

  if (type == G_TYPE_INVALID)
    {
      g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
                   _ ("The sender “%s” has no way to send: choose another"), sender->name);
      return NULL;
    }
  self = g_object_new (type, NULL);
  priv = rubis_transport_get_instance_private (self);
  priv->sender = rubis_sender_copy (sender);
  priv->credentials = credentials != NULL ? g_object_ref (credentials) : NULL;
  return self;
}

const RubisSender *
rubis_transport_get_sender (RubisTransport *self)
{
  RubisTransportPrivate *priv = rubis_transport_get_instance_private (self);

  return priv->sender;
}

RubisCredentials *
rubis_transport_get_credentials (RubisTransport *self)
{
  RubisTransportPrivate *priv = rubis_transport_get_instance_private (self);

  return priv->credentials;
}

RubisDelivery *
rubis_transport_send (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable)
{
  return RUBIS_TRANSPORT_GET_CLASS (self)->send (self, parcel, cancellable);
}

RubisDelivery *
rubis_transport_look_up (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable)
{
  return RUBIS_TRANSPORT_GET_CLASS (self)->look_up (self, parcel, cancellable);
}

RubisDelivery *
rubis_transport_follow (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable)
{
  return RUBIS_TRANSPORT_GET_CLASS (self)->follow (self, parcel, cancellable);
}

gboolean
rubis_transport_test (RubisTransport *self, GCancellable *cancellable, GError **error)
{
  return RUBIS_TRANSPORT_GET_CLASS (self)->test (self, cancellable, error);
}

gint64
rubis_transport_quote (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable,
                       GError **error)
{
  return RUBIS_TRANSPORT_GET_CLASS (self)->quote (self, parcel, cancellable, error);
}
