/* rubis-status-line.h: the bottom line of the window: age of the data, counts, the running job. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_STATUS_LINE (rubis_status_line_get_type ())
G_DECLARE_FINAL_TYPE (RubisStatusLine, rubis_status_line, RUBIS, STATUS_LINE, AdwBin)

GtkWidget *rubis_status_line_new (void);
/* @session: (nullable) */
void rubis_status_line_set_session (RubisStatusLine *self, RubisSession *session);
/* What waits to leave. @text: (nullable) nothing does; @recall: it can be taken back, by the action win.recall. */
void rubis_status_line_set_waiting (RubisStatusLine *self, const char *text, gboolean recall);
/* What is exchanged with servers now, besides the jobs of the session. @fraction: below 0 when unknown. @text:
 * (nullable) nothing. */
void rubis_status_line_set_courier (RubisStatusLine *self, double fraction, const char *text);
/* Reads the figures again. */
void rubis_status_line_refresh (RubisStatusLine *self);

G_END_DECLS
