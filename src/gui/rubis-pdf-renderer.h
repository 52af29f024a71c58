/* rubis-pdf-renderer.h: the pages of one PDF as textures, drawn in the background.
 *
 * All renderers share one thread, the only one that touches Poppler for the window; each document
 * is opened, drawn and freed there. Everything here is called on the main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _RubisPdfRenderer RubisPdfRenderer;

/* Length of a page in points. */
typedef struct {
  double width;
  double height;
} RubisPdfPageSize;

RubisPdfRenderer *rubis_pdf_renderer_new (GBytes *pdf);
void rubis_pdf_renderer_free (RubisPdfRenderer *self);

/* Opens the document. Finish: (transfer full) (element-type RubisPdfPageSize) one per page. */
void rubis_pdf_renderer_open_async (RubisPdfRenderer *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
GArray *rubis_pdf_renderer_open_finish (GAsyncResult *result, GError **error);

/* Draws page @page (from 0) with @scale pixels to a point. Finish: (transfer full). */
void rubis_pdf_renderer_render_async (RubisPdfRenderer *self, guint page, double scale, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GdkTexture *rubis_pdf_renderer_render_finish (GAsyncResult *result, GError **error);

G_END_DECLS
