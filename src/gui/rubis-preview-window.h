/* rubis-preview-window.h: what actions would send, before they do; and any other PDF. */
#pragma once

#include <adwaita.h>

#include "rubis-agenda-list.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PREVIEW_WINDOW (rubis_preview_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisPreviewWindow, rubis_preview_window, RUBIS, PREVIEW_WINDOW, AdwWindow)

/* Shows the documents of @actions (element-type RubisActionRow), starting with the one at @start. */
GtkWidget *rubis_preview_window_new (GtkWindow *parent, RubisSession *session, GPtrArray *actions, guint start);
/* Shows one PDF: a statement, or a document of the history. @file_name is proposed for saving. */
GtkWidget *rubis_preview_window_new_for_pdf (GtkWindow *parent, const char *title, const char *file_name, GBytes *pdf);

G_END_DECLS
