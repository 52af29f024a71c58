#include "rubis-qr-image.h"

#include "rubis-barcode.h"
#include "rubis-letter-writer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Pixels of a module: sharp on fine screens at half the size. */
#define MODULE 6
#define QUIET 4

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
rubis_qr_image_new (const char *payload, GError **error)
{
  g_autofree char *modules = rubis_barcode_qr_to_string (payload, strlen (payload), error);
  GByteArray *png;
  cairo_surface_t *surface;
  cairo_t *cr;
  int n_modules;
  int side;
  gboolean drawn;

  if (modules == NULL)
    return NULL;
  n_modules = (int)(strchrnul (modules, '\n') - modules);
  side = (n_modules + 2 * QUIET) * MODULE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, side, side);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  drawn = rubis_barcode_draw_qr (payload, cr, QUIET * MODULE, QUIET * MODULE, n_modules * MODULE, error);
  cairo_destroy (cr);
  png = g_byte_array_new ();
  if (drawn && cairo_surface_write_to_png_stream (surface, append, png) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_QR,
                   _ ("The payment QR code cannot be made: shorten the beneficiary or the reference"));
      drawn = FALSE;
    }
  cairo_surface_destroy (surface);
  if (drawn)
    return g_byte_array_free_to_bytes (png);
  g_byte_array_unref (png);
  return NULL;
}
