#include "rubis-mailbox.h"

#include <glib/gi18n-lib.h>

#include "rubis-gmail-mailbox.h"
#include "rubis-graph-mailbox.h"
#include "rubis-imap-mailbox.h"
#include "rubis-jmap-mailbox.h"

typedef struct
{
  RubisSender *sender;           /* (owned) */
  RubisCredentials *credentials; /* (owned) */
} RubisMailboxPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RubisMailbox, rubis_mailbox, G_TYPE_OBJECT)

static void
rubis_mailbox_finalize (GObject *object)
{
  RubisMailboxPrivate *priv = rubis_mailbox_get_instance_private (RUBIS_MAILBOX (object));

  rubis_sender_free (priv->sender);
  g_clear_object (&priv->credentials);
  G_OBJECT_CLASS (rubis_mailbox_parent_class)->finalize (object);
}

static void
rubis_mailbox_class_init (RubisMailboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_mailbox_finalize;
}

static void
rubis_mailbox_init (RubisMailbox *self)
{
}

/* One line for each kind of mailbox; G_TYPE_INVALID where there is none. */
static GType
get_type_of (const RubisSender *sender)
{
  switch ((int)sender->transport)
    {
    case RUBIS_TRANSPORT_GRAPH:
      return RUBIS_TYPE_GRAPH_MAILBOX;
    case RUBIS_TRANSPORT_GMAIL:
      return RUBIS_TYPE_GMAIL_MAILBOX;
    case RUBIS_TRANSPORT_SMTP:
    case RUBIS_TRANSPORT_BREVO:
    case RUBIS_TRANSPORT_MAILJET:
      return RUBIS_TYPE_IMAP_MAILBOX;
    case RUBIS_TRANSPORT_JMAP:
      return RUBIS_TYPE_JMAP_MAILBOX;
    default:
      return G_TYPE_INVALID;
    }
}

RubisMailbox *
rubis_mailbox_new (const RubisSender *sender, RubisCredentials *credentials, GError **error)
{
  GType type = rubis_sender_has_mailbox (sender) ? get_type_of (sender) : G_TYPE_INVALID;
  RubisMailbox *self;
  RubisMailboxPrivate *priv;

  if (type == G_TYPE_INVALID)
    {
      g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
                   _ ("No answers can be read through the sender “%s”: give it a mailbox"), sender->name);
      return NULL;
    }
  self = g_object_new (type, NULL);
  priv = rubis_mailbox_get_instance_private (self);
  priv->sender = rubis_sender_copy (sender);
  priv->credentials = g_object_ref (credentials);
  return self;
}

const RubisSender *
rubis_mailbox_get_sender (RubisMailbox *self)
{
  RubisMailboxPrivate *priv = rubis_mailbox_get_instance_private (self);

  return priv->sender;
}

RubisCredentials *
rubis_mailbox_get_credentials (RubisMailbox *self)
{
  RubisMailboxPrivate *priv = rubis_mailbox_get_instance_private (self);

  return priv->credentials;
}

char *
rubis_mailbox_read (RubisMailbox *self, const char *cursor, gint64 since, RubisMailboxFunc func,
                    gpointer user_data, GCancellable *cancellable, GError **error)
{
  return RUBIS_MAILBOX_GET_CLASS (self)->read (self, cursor, since, func, user_data, cancellable, error);
}
