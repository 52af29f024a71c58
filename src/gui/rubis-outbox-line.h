/* rubis-outbox-line.h: a line of the outbox: state, account, recipient and subject, amount, when it leaves.
 */
#pragma once

#include <adwaita.h>

#include "rubis-outbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_OUTBOX_LINE (rubis_outbox_line_get_type ())
G_DECLARE_FINAL_TYPE (RubisOutboxLine, rubis_outbox_line, RUBIS, OUTBOX_LINE, AdwBin)

GtkWidget *rubis_outbox_line_new (void);
/* @own: the currency that is not named. @held: nothing leaves now. */
void rubis_outbox_line_set_row (RubisOutboxLine *self, RubisOutboxRow *row, RubisCurrency own, gboolean held,
                                gint64 now);
/* The countdown goes on. */
void rubis_outbox_line_tick (RubisOutboxLine *self, gint64 now);

/* The icon of a state (static), and "error", "warning", "success" or NULL for its colour (static). */
const char *rubis_outbox_line_get_icon (RubisOutboxState state);
const char *rubis_outbox_line_get_class (RubisOutboxState state);
/* When it leaves or left, or why it does not, in words. (transfer full) */
char *rubis_outbox_line_describe (RubisOutboxRow *row, gboolean held, gint64 now);

G_END_DECLS
