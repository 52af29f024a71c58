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
/* Reads the figures again. */
void rubis_status_line_refresh (RubisStatusLine *self);

G_END_DECLS
