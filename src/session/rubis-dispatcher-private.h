/* rubis-dispatcher-private.h: one run of the outbox: what leaves, by whom, and what became of it.
 *
 * Each message goes through two transactions: one that judges it and notes the attempt, one that notes what
 * the server said; the second takes out the next message at once. Between them the dossier is free.
 */
#pragma once

#include "rubis-delivery.h"
#include "rubis-outbox-private.h"
#include "rubis-parcel.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

/* Makes the transports of senders; tests put others. @credentials: (nullable) */
typedef RubisTransport *(*RubisTransportFactory) (const RubisSender *sender, RubisCredentials *credentials,
                                                  gpointer user_data, GError **error);
void rubis_session_set_transport_factory (RubisSession *self, RubisTransportFactory factory,
                                          gpointer user_data);

/* A sender during a run. */
typedef struct
{
  RubisSender *sender;       /* (owned) as it was when its last message was judged */
  RubisTransport *transport; /* (owned) (nullable) its connection is kept from message to message */
  gboolean stopped;          /* nothing more in this run */
  int n_unknown;             /* sent in a row */
  int n_silent;              /* asked in a row without an answer */
} RubisLane;

/* A message whose attempt is noted, and is not known to have ended. */
typedef struct
{
  gint64 outbox_id;
  RubisLane *lane;             /* (unowned) */
  RubisAttemptRecord *attempt; /* (owned) */
  RubisParcel *parcel;         /* (owned) */
  RubisDelivery *delivery;     /* (owned) (nullable) until the server said something */
} RubisFlight;
void rubis_flight_free (RubisFlight *self);

typedef struct
{
  RubisSession *session; /* (unowned) */
  const RubisSendOptions *options;
  RubisProgress *progress;       /* (nullable) */
  RubisSendReport *report;       /* (unowned) */
  GHashTable *lanes;             /* (owned) sender id -> (owned) RubisLane */
  GArray *touched;               /* (owned) (element-type gint64) */
  RubisCredentials *credentials; /* (owned) */
  char *dossier_id;              /* its first letters are in the ids of parcels */
} RubisDispatch;

/* @self: with session, report and options set. */
void rubis_dispatch_init (RubisDispatch *self);
void rubis_dispatch_clear (RubisDispatch *self);
/* One transaction, with the session locked. */
gboolean rubis_dispatch_transact (RubisDispatch *self, RubisStoreFunc func, gpointer data, GError **error);

/* Ids of messages that this process is handing over just now; what is "sending" and not among them was left
 * by a crash. With the session locked. (unowned) */
GHashTable *rubis_dispatch_get_in_flight (RubisSession *session);
RubisTransport *rubis_dispatch_make_transport (RubisDispatch *self, const RubisSender *sender,
                                               GError **error);
gint64 rubis_dispatch_now (const RubisDispatch *self);
void rubis_dispatch_touch (RubisDispatch *self, gint64 outbox_id);
/* A sentence about a sender, said once. */
void rubis_dispatch_add_problem (RubisDispatch *self, const char *sentence);
/* The lane of a sender, with the sender as it is now. NULL without error: there is none any more. */
RubisLane *rubis_dispatch_get_lane (RubisDispatch *self, RubisDatabase *db, gint64 sender_id, GError **error);
/* Stops what the sender sends until @until, 0: for this run. */
gboolean rubis_dispatch_stop_lane (RubisDispatch *self, RubisDatabase *db, RubisLane *lane, gint64 until,
                                   const char *reason, GError **error);

typedef enum
{
  RUBIS_TAKE_NOT_NOW, /* it waits, was called off, or has gone */
  RUBIS_TAKE_TAKEN,
  RUBIS_TAKE_NEXT_TURN, /* it leaves by another way than what is being taken: not yet touched */
} RubisTake;
/* Judges a message anew, and when it may leave notes the attempt: within a transaction. @files: whether only
 * what becomes a file may be taken. @flight: (out) (transfer full) when taken. FALSE on error only.
 */
gboolean rubis_dispatch_take (RubisDispatch *self, RubisDatabase *db, gint64 outbox_id, gboolean files,
                              RubisTake *take, RubisFlight **flight, GError **error);
/* The parcel of a message. @attempts: those before. */
RubisParcel *rubis_dispatch_make_parcel (RubisDispatch *self, RubisDatabase *db,
                                         const RubisOutboxRecord *record, const RubisLane *lane,
                                         GPtrArray *attempts, GError **error);
/* Notes what the server said: within a transaction. */
gboolean rubis_dispatch_note (RubisDispatch *self, RubisDatabase *db, RubisFlight *flight, GError **error);

/* What a crash left in "sending" becomes unknown. */
gboolean rubis_dispatch_recover (RubisDispatch *self, GError **error);
/* Seconds between two questions about the same message. */
#define RUBIS_DISPATCH_ASK_EVERY 600
/* Whether the server is still asked about an unknown message by itself: after a day only a person can tell. */
gboolean rubis_dispatch_may_ask_again (const RubisOutboxRecord *record, gint64 now);
/* Asks the servers about what is unknown. */
gboolean rubis_dispatch_look_up (RubisDispatch *self, GError **error);

/* When the sender's hours and days let something leave, from @now on; 0: never. */
gint64 rubis_sender_next_open (const RubisSender *sender, gint64 now);
/* @free_at: (out) when the limits let the sender send again; @now when they do. */
gboolean rubis_sender_check_limits (RubisDatabase *db, const RubisSender *sender, gint64 now, gint64 *free_at,
                                    GError **error);

G_END_DECLS
