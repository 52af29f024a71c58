/* rubis-open-document.h: shows a document that left, or waits, as pages in a window. */
#pragma once

#include <gtk/gtk.h>

#include "rubis-session.h"

G_BEGIN_DECLS

/* @title: of the window; @failure: what is said when it cannot be shown */
void rubis_open_document (GtkWidget *widget, RubisSession *session, gint64 document_id, const char *title,
                          const char *failure);

G_END_DECLS
