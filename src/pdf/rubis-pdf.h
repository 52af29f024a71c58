/* rubis-pdf.h: reading PDF files: pages as pictures and as text.
 *
 * A document belongs to one thread. Pages count from 0; lengths are points (1/72 inch) from the
 * top left corner.
 */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RubisPdf RubisPdf;

typedef struct
{
  double x, y, width, height;
} RubisPdfBox;

/* Opens a PDF in memory; the bytes are kept. NULL and @error when it is none, damaged or encrypted. */
RubisPdf *rubis_pdf_new (GBytes *bytes, GError **error);
RubisPdf *rubis_pdf_new_from_file (const char *path, GError **error);
void rubis_pdf_free (RubisPdf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPdf, rubis_pdf_free)

guint rubis_pdf_get_n_pages (RubisPdf *self);
/* "" when the file has none. */
char *rubis_pdf_dup_title (RubisPdf *self);
/* FALSE when there is no such page. */
gboolean rubis_pdf_get_page_size (RubisPdf *self, guint page, double *width, double *height);

/* The page on white, as a new ARGB32 image surface of @scale pixels per point; NULL and @error when
 * there is no such page or no memory for it.
 */
cairo_surface_t *rubis_pdf_render_page (RubisPdf *self, guint page, double scale, GError **error);

/* The text of a page in reading order. */
char *rubis_pdf_dup_page_text (RubisPdf *self, guint page);
/* Where @text stands on a page: a new array of RubisPdfBox, one per line touched. */
GArray *rubis_pdf_find (RubisPdf *self, guint page, const char *text);

/* Draws one page with its top left corner at the origin of @cr, as for a printer: text stays text. FALSE
 * when there is no such page.
 */
gboolean rubis_pdf_draw_page (RubisPdf *self, guint page, cairo_t *cr);
/* Draws every page, one after the other, on the pages of a paginated surface (PDF or printer), each
 * of its own size when the surface is a PDF. Text stays text. Returns the number of pages drawn.
 */
guint rubis_pdf_draw_pages (RubisPdf *self, cairo_t *cr);

G_END_DECLS
