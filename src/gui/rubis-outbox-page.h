/* rubis-outbox-page.h: the section "Outbox": what waits, leaves, left and came to nothing.
 *
 * Properties "group-id" and "account-id" (gint64, 0: all). Signal "account-activated" (gint64).
 * Actions: outbox.approve, .recall, .recall-all, .hurry, .retry, .it-left, .it-did-not-leave, .open,
 * .open-file, .find.
 */
#pragma once

#include <adwaita.h>

#include "rubis-outbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_OUTBOX_PAGE (rubis_outbox_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisOutboxPage, rubis_outbox_page, RUBIS, OUTBOX_PAGE, AdwBin)

/* @session: (nullable) */
void rubis_outbox_page_set_session (RubisOutboxPage *self, RubisSession *session);
/* How many messages the list shows. */
guint rubis_outbox_page_get_n_messages (RubisOutboxPage *self);
/* Puts the cursor into the search. */
void rubis_outbox_page_find (RubisOutboxPage *self);

G_END_DECLS
