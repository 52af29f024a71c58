/* rubis-qr.h: QR codes of payment orders (EPC069-12: error correction M, version 13 at most). */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Draws the dark modules of @payload (UTF-8 bytes, no ECI) as rectangles in the current colour, into
 * the square of side @size whose top left corner is (@x, @y). The quiet zone of four modules around
 * it is the caller's. FALSE and @error when the payload does not fit.
 */
gboolean rubis_qr_draw (const char *payload, cairo_t *cr, double x, double y, double size, GError **error);

/* The modules as rows of '0' (light) and '1' (dark) separated by '\n', or NULL and @error. */
char *rubis_qr_to_string (const char *payload, gsize length, GError **error);

G_END_DECLS
