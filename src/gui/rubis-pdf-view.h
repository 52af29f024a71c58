/* rubis-pdf-view.h: the pages of a PDF, one under the other, in a scrolled area.
 *
 * Pages are drawn by Poppler in one background thread shared by all views and kept as textures
 * while they are near the visible part. Keys: Page Up, Page Down, Home, End, +, -, 0 (100 %),
 * w (width). Properties: "n-pages" (uint), "page" (uint, from 1, 0 while there is none).
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_PDF_VIEW (rubis_pdf_view_get_type ())
G_DECLARE_FINAL_TYPE (RubisPdfView, rubis_pdf_view, RUBIS, PDF_VIEW, AdwBin)

GtkWidget *rubis_pdf_view_new (void);
/* Shows another document; NULL for none. What cannot be read is said in place. */
void rubis_pdf_view_set_pdf (RubisPdfView *self, GBytes *pdf);
/* Shows the next version of the document that is shown: the place stays, and the old pages are seen
 * until the new ones are drawn.
 */
void rubis_pdf_view_replace_pdf (RubisPdfView *self, GBytes *pdf);
guint rubis_pdf_view_get_n_pages (RubisPdfView *self);
/* TRUE when the pages that are seen have been drawn. */
gboolean rubis_pdf_view_is_ready (RubisPdfView *self);

G_END_DECLS
