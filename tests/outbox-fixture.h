/* outbox-fixture.h: three customers who are to be written to, a sender with a recall window of ten minutes,
 * and a server whose answers a test tells.
 */
#pragma once

#include "rubis-outbox.h"
#include "rubis-test-transport.h"

G_BEGIN_DECLS

/* Friday, 20 November 2026, 10:00 UTC. */
#define NOW G_GINT64_CONSTANT (1795168800)
#define MINUTE 60

typedef struct
{
  char *folder;
  RubisSession *session;
  RubisTestEnd end;
  RubisSender *sender;
  gint64 now;
  GThread *closing;
} Fixture;

void outbox_set_up (Fixture *f, gconstpointer data);
/* Everything that the check of dossiers asks holds after each test. */
void outbox_tear_down (Fixture *f, gconstpointer data);

/* The clock of a Fixture. */
gint64 outbox_get_now (gpointer user_data);
/* Does all that the agenda proposes. */
void outbox_confirm_all (Fixture *f);
RubisSendReport *outbox_send_with (Fixture *f, RubisSendOptions options);
RubisSendReport *outbox_send_due (Fixture *f);
void outbox_send_later (Fixture *f, gint64 seconds);
/* Messages in a state. */
gint64 outbox_count (Fixture *f, const char *state);
GArray *outbox_all_ids (Fixture *f);
/* What the agenda proposes. */
guint outbox_count_proposed (Fixture *f);
/* Takes back all but one. */
void outbox_keep_one (Fixture *f);

G_END_DECLS
