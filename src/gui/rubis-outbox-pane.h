/* rubis-outbox-pane.h: a message of the outbox as it leaves, what the servers said, and what one can do.
 *
 * Its buttons are the actions "outbox.…" of the page that holds it.
 */
#pragma once

#include <adwaita.h>

#include "rubis-outbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_OUTBOX_PANE (rubis_outbox_pane_get_type ())
G_DECLARE_FINAL_TYPE (RubisOutboxPane, rubis_outbox_pane, RUBIS, OUTBOX_PANE, AdwBin)

/* @session: (nullable) */
void rubis_outbox_pane_set_session (RubisOutboxPane *self, RubisSession *session);
/* @row: (nullable) the message; @n_selected: how many lines are selected with it. */
void rubis_outbox_pane_set_row (RubisOutboxPane *self, RubisOutboxRow *row, guint n_selected);

G_END_DECLS
