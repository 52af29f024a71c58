/* rubis-today-row.h: what one line of the list of the day looks like. */
#pragma once

#include <adwaita.h>

#include "rubis-today-entry.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TODAY_ROW (rubis_today_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisTodayRow, rubis_today_row, RUBIS, TODAY_ROW, AdwBin)

/* Signals: "tick" (gboolean), "unfold" (gboolean), "preview", "verb" (guint, a RubisTodayVerb of its task): what the user
 * wants of its entry.
 */
GtkWidget *rubis_today_row_new (void);
/* NULL: none, while the row waits to be used again. */
void rubis_today_row_set_entry (RubisTodayRow *self, RubisTodayEntry *entry);
RubisTodayEntry *rubis_today_row_get_entry (RubisTodayRow *self);

G_END_DECLS
