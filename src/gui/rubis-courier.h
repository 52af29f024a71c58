/* rubis-courier.h: sends what is due and reads answers while a dossier is open, without being asked.
 *
 * Works in threads of its own: edits of the user do not wait for servers. Signals, on the main thread:
 * "changed" (what waits is other than before), "progress" (double fraction, string or NULL: what is done
 * now), "reported" (string: what left or did not), "fetched" (pointer RubisFetchReport, borrowed).
 */
#pragma once

#include "rubis-inbox.h"
#include "rubis-outbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_COURIER (rubis_courier_get_type ())
G_DECLARE_FINAL_TYPE (RubisCourier, rubis_courier, RUBIS, COURIER, GObject)

RubisCourier *rubis_courier_new (RubisSession *session);
/* Ends its work; nothing is sent any more. */
void rubis_courier_stop (RubisCourier *self);
/* Reads the mailboxes now. */
void rubis_courier_fetch (RubisCourier *self);
/* Interrupts what is done now; what was begun with a server is brought to its end. */
void rubis_courier_cancel (RubisCourier *self);
/* "3 emails leave from 14:10 on"; NULL when nothing waits to leave. @recall: (out) whether they can be taken
 * back. (transfer full) (nullable) */
char *rubis_courier_describe (RubisCourier *self, gboolean *recall);
/* Whether the mailbox of some sender can be read. */
gboolean rubis_courier_has_mailbox (RubisCourier *self);

G_END_DECLS
