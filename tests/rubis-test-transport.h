/* rubis-test-transport.h: a way to send whose answers a test tells. */
#pragma once

#include "rubis-dispatcher-private.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TEST_TRANSPORT (rubis_test_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisTestTransport, rubis_test_transport, RUBIS, TEST_TRANSPORT, RubisTransport)

/* What is at the other end. */
typedef struct
{
  GQueue answers;      /* (element-type RubisDelivery) one for each sending; none left: SENT */
  GQueue looked_up;    /* (element-type RubisDelivery) one for each question; none left: UNKNOWN */
  GPtrArray *received; /* (element-type utf8) ids of parcels that were given */
  GPtrArray *subjects; /* (element-type utf8) their recipients */
  int n_connections;
  int n_asked;                         /* what became of a parcel */
  void (*during) (gpointer user_data); /* (nullable) called while a parcel is being handed over */
  gpointer during_data;
} RubisTestEnd;
void rubis_test_end_init (RubisTestEnd *self);
void rubis_test_end_clear (RubisTestEnd *self);
/* @reason: (nullable) */
RubisDelivery *rubis_test_end_answer (RubisTestEnd *self, RubisFate fate, const char *reason);

/* A RubisTransportFactory; @user_data is a RubisTestEnd. Folders stay what they are. */
RubisTransport *rubis_test_transport_make (const RubisSender *sender, RubisCredentials *credentials,
                                           gpointer user_data, GError **error);

G_END_DECLS
