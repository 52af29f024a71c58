/* rubis-barcode.h: QR codes of payment orders and bar codes of registered numbers, as rectangles. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Draws the dark modules of @payload (UTF-8 bytes, no ECI) as rectangles in the current colour, into
 * the square of side @size whose top left corner is (@x, @y): EPC069-12, error correction M, version 13
 * at most. The quiet zone of four modules around it is the caller's. FALSE and @error when the payload does
 * not fit.
 */
gboolean rubis_barcode_draw_qr (const char *payload, cairo_t *cr, double x, double y, double size,
                                GError **error);

/* The modules of a QR code as rows of '0' (light) and '1' (dark) separated by '\n', or NULL and @error. */
char *rubis_barcode_qr_to_string (const char *payload, gsize length, GError **error);

/* Draws @text as Code 128 in the current colour, its first bar at @x, with modules as wide as @max_width
 * allows but no wider than 0.33 mm. The quiet zones of ten modules at both ends are the caller's. Returns
 * the width drawn; 0 when the text has no such code or does not fit in modules of 0.19 mm.
 */
double rubis_barcode_draw_code128 (const char *text, cairo_t *cr, double x, double y, double max_width,
                                   double height);

G_END_DECLS
