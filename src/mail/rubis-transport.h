/* rubis-transport.h: carries parcels to a server. Each provider is a subclass in a file of its own.
 *
 * A transport is made, used and freed in one thread; it keeps its connection from parcel to parcel. All calls
 * block, until @cancellable at the longest; each has a time limit of its own.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-credentials.h"
#include "rubis-delivery.h"
#include "rubis-parcel.h"

G_BEGIN_DECLS

#define RUBIS_TRANSPORT_ERROR (rubis_transport_error_quark ())
typedef enum
{
  RUBIS_TRANSPORT_ERROR_SETTINGS,    /* something that it needs is missing or wrong */
  RUBIS_TRANSPORT_ERROR_UNREACHABLE, /* no server, no network */
  RUBIS_TRANSPORT_ERROR_CERTIFICATE,
  RUBIS_TRANSPORT_ERROR_LOGIN,
  RUBIS_TRANSPORT_ERROR_SERVER, /* it answers with an error, or with something else than its protocol */
} RubisTransportError;
GQuark rubis_transport_error_quark (void);

#define RUBIS_TYPE_TRANSPORT (rubis_transport_get_type ())
G_DECLARE_DERIVABLE_TYPE (RubisTransport, rubis_transport, RUBIS, TRANSPORT, GObject)

struct _RubisTransportClass
{
  GObjectClass parent_class;

  RubisDelivery *(*send) (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable);
  RubisDelivery *(*look_up) (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable);
  RubisDelivery *(*follow) (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable);
  gboolean (*test) (RubisTransport *self, GCancellable *cancellable, GError **error);
  gint64 (*quote) (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable,
                   GError **error);
};

/* A transport for @sender, whose settings are copied. RUBIS_TRANSPORT_ERROR_SETTINGS names what is missing.
 * @credentials: (nullable) referenced; folders need none.
 */
RubisTransport *rubis_transport_new (const RubisSender *sender, RubisCredentials *credentials,
                                     GError **error);
/* For subclasses. (unowned) */
const RubisSender *rubis_transport_get_sender (RubisTransport *self);
RubisCredentials *rubis_transport_get_credentials (RubisTransport *self);

/* Hands @parcel to the server. Never fails without a delivery: its fate is what is certain. */
RubisDelivery *rubis_transport_send (RubisTransport *self, const RubisParcel *parcel,
                                     GCancellable *cancellable);
/* Whether a parcel whose fate is unknown was taken: SENT or NOT_SENT when the server says so, else UNKNOWN.
 */
RubisDelivery *rubis_transport_look_up (RubisTransport *self, const RubisParcel *parcel,
                                        GCancellable *cancellable);
/* What became of a parcel that was taken: SENT when there is nothing new; UNKNOWN when the server does not
 * say. */
RubisDelivery *rubis_transport_follow (RubisTransport *self, const RubisParcel *parcel,
                                       GCancellable *cancellable);
/* Connects and logs in, sends nothing. */
gboolean rubis_transport_test (RubisTransport *self, GCancellable *cancellable, GError **error);
/* What @parcel will cost, minor units of EUR; -1 without error when the provider does not say beforehand. */
gint64 rubis_transport_quote (RubisTransport *self, const RubisParcel *parcel, GCancellable *cancellable,
                              GError **error);

G_END_DECLS
