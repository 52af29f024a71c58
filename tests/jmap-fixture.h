/* jmap-fixture.h: a real JMAP server (Cyrus), which hands on to an SMTP server that fails when it is told to.
 */
#pragma once

#include "rubis-jmap.h"
#include "rubis-test-credentials.h"
#include "rubis-test-server.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

#define FROM "alice@example.test"
#define TO "zoe.muller@client.example"
#define SUBJECT "Relance n° 2 : votre facture FA-2026-00412 échue"
#define TEXT "Bonjour,\n\nReste dû : 1 234,56 €.\n.\nFrom here\n"

extern RubisTestServer *jmap_sink;
extern RubisTestServer *jmap_cyrus;

/* FALSE when they cannot run here. */
gboolean jmap_fixture_start (void);
/* Cyrus has no server to send through. */
gboolean jmap_fixture_start_without_sink (void);
void jmap_stop_sink (void);
void jmap_fixture_stop (void);

RubisSender *jmap_new_sender (const char *server, RubisAuth auth);
/* @credentials: (out) (optional) */
RubisTransport *jmap_new_transport (const RubisSender *sender, const char *password, const char *token,
                                    const char *renewed, RubisCredentials **credentials);
/* By password. @member: of Cyrus, "url" or "proxy" */
RubisTransport *jmap_new_basic (const char *member);
/* A message that was never seen before. */
RubisParcel *jmap_new_parcel (void);
/* What the SMTP server stored with this Message-ID: how often, and the last one. */
guint jmap_count_stored (const RubisParcel *parcel, JsonObject **last);
/* How many messages lie in a mailbox of Cyrus; @unread: without having been read. */
guint jmap_count_in (const char *role, gboolean unread);
/* Also that no secret is told. */
void jmap_assert_fate (const RubisDelivery *delivery, RubisFate fate);
void jmap_assert_says (const RubisDelivery *delivery, const char *words);
/* Commands of the two servers. */
void jmap_fault (const char *name);
void jmap_tell_cyrus (const char *command);

G_END_DECLS
