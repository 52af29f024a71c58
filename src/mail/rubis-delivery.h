/* rubis-delivery.h: what became of a parcel. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_FATE_NOT_SENT,     /* certainly not taken; may be tried again later */
  RUBIS_FATE_REFUSED,      /* certainly not taken, and never will be as it is */
  RUBIS_FATE_UNKNOWN,      /* perhaps taken: never tried again before somebody or the server has said so */
  RUBIS_FATE_SENT,         /* taken */
  RUBIS_FATE_DELIVERED,    /* taken, and handed to the recipient */
  RUBIS_FATE_BOUNCED_SOFT, /* taken, came back for now */
  RUBIS_FATE_BOUNCED_HARD, /* taken, came back for ever */
} RubisFate;
/* "not-sent", "refused", "unknown", "sent", "delivered", "bounced-soft", "bounced-hard" (static) */
const char *rubis_fate_to_id (RubisFate fate);

typedef struct
{
  RubisFate fate;
  gboolean sender_wide; /* not sent, refused: for a reason that concerns the sender, not this parcel
                           (password, certificate, no server, quota): its other parcels wait too */
  gboolean alike;       /* looked up: recognised by recipient, subject and date alone, without an id, so that it may
                           be another message that has all three */
  gboolean bad_email;   /* refused because nobody has this address */
  int retry_after;      /* seconds that the server asked to wait; -1: it did not say */
  char *provider_id;    /* that the server gave; "" */
  char *message_id;     /* that the server put in place of ours, without angle brackets; "" */
  char *answer;         /* of the server, as it said it, without secrets; "" */
  char *reason;         /* a sentence for the user: what happened and the way out; "" when all is well */
  char *tracking;       /* number by which the post knows it; "" */
  char *course;         /* of a registered letter: a RubisRegisteredState by its id; "" */
  gint64 price;         /* minor units of EUR that the provider says it costs; -1: not said */
} RubisDelivery;

/* @reason, @answer: (nullable) copied */
RubisDelivery *rubis_delivery_new (RubisFate fate, const char *reason, const char *answer);
void rubis_delivery_free (RubisDelivery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDelivery, rubis_delivery_free)

G_END_DECLS
