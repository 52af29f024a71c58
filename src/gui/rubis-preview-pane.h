/* rubis-preview-pane.h: what one action would send: a letter, an email or the script of a call. */
#pragma once

#include <adwaita.h>

#include "rubis-agenda-list.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PREVIEW_PANE (rubis_preview_pane_get_type ())
G_DECLARE_FINAL_TYPE (RubisPreviewPane, rubis_preview_pane, RUBIS, PREVIEW_PANE, AdwBin)

GtkWidget *rubis_preview_pane_new (void);
/* Writes the document of @action in the background and shows it. Signal "loaded" when it is there,
 * or could not be made.
 */
void rubis_preview_pane_load (RubisPreviewPane *self, RubisSession *session, RubisActionRow *action);
/* Shows a PDF that is there already. */
void rubis_preview_pane_set_pdf (RubisPreviewPane *self, GBytes *pdf);
/* The PDF shown, or attached: (transfer none) (nullable) */
GBytes *rubis_preview_pane_get_pdf (RubisPreviewPane *self);
/* TRUE when the document is there and could be made. */
gboolean rubis_preview_pane_is_ready (RubisPreviewPane *self);
/* The code that has to be typed before an incomplete formal notice may leave, while it is waited for; else NULL.
 * Borrowed.
 */
const char *rubis_preview_pane_get_awaited (RubisPreviewPane *self);

G_END_DECLS
