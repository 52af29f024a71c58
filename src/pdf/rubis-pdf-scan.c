#include "rubis-pdf-scan.h"

#include "rubis-pdf.h"

char *
rubis_pdf_scan_text (GBytes *pdf, guint max_pages, guint *n_pages, GError **error)
{
  g_autoptr(RubisPdf) file = rubis_pdf_new (pdf, error);
  GString *text;

  if (file == NULL)
    return NULL;
  *n_pages = rubis_pdf_get_n_pages (file);
  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (*n_pages, max_pages); i++)
    {
      g_autofree char *page = rubis_pdf_dup_page_text (file, i);

      g_string_append (text, page);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

#ifdef RUBIS_HAVE_ZBAR

#include <zbar.h>

gboolean
rubis_pdf_scan_reads_barcodes (void)
{
  return TRUE;
}

/* The page in grey, a byte for each pixel. (transfer full) */
static guchar *
to_grey (cairo_surface_t *surface, int width, int height)
{
  const guchar *rows = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guchar *grey = g_malloc ((gsize) width * (gsize) height);

  for (int y = 0; y < height; y++)
    {
      const guchar *row = rows + (gsize) y * (gsize) stride;

      for (int x = 0; x < width; x++)
        {
          const guchar *pixel = row + 4 * x;

          /* The middle of the three colours is enough for black on white. */
          grey[(gsize) y * (gsize) width + (gsize) x] = (guchar) ((pixel[0] + 2 * pixel[1] + pixel[2]) / 4);
        }
    }
  return grey;
}

static void
add_codes (zbar_image_t *image, GPtrArray *codes)
{
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL; symbol = zbar_symbol_next (symbol))
    {
      const char *text = zbar_symbol_get_data (symbol);

      if (g_utf8_validate (text, -1, NULL))
        g_ptr_array_add (codes, g_strdup (text));
    }
}

/* Reads the page at @scale pixels per point; FALSE when it cannot be drawn. */
static gboolean
scan_page (RubisPdf *self, guint page, double scale, GPtrArray *codes, GError **error)
{
  cairo_surface_t *surface = rubis_pdf_render_page (self, page, scale, error);
  zbar_image_scanner_t *scanner;
  zbar_image_t *image;
  guchar *grey;
  int width, height;

  if (surface == NULL)
    return FALSE;
  cairo_surface_flush (surface);
  width = cairo_image_surface_get_width (surface);
  height = cairo_image_surface_get_height (surface);
  grey = to_grey (surface, width, height);
  cairo_surface_destroy (surface);
  scanner = zbar_image_scanner_create ();
  /* Only the codes of postal forms: looking for the others takes time and finds what is none. */
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_CODE128, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_CODE39, ZBAR_CFG_ENABLE, 1);
  image = zbar_image_create ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned) width, (unsigned) height);
  zbar_image_set_data (image, grey, (unsigned long) width * (unsigned long) height, NULL);
  if (zbar_scan_image (scanner, image) > 0)
    add_codes (image, codes);
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  g_free (grey);
  return TRUE;
}

GPtrArray *
rubis_pdf_scan_barcodes (GBytes *pdf, guint max_pages, GError **error)
{
  g_autoptr(RubisPdf) file = rubis_pdf_new (pdf, error);
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  if (file == NULL)
    return NULL;
  for (guint i = 0; i < MIN (rubis_pdf_get_n_pages (file), max_pages); i++)
    {
      g_autoptr(GPtrArray) found = g_ptr_array_new ();

      /* 220 dots to the inch show most codes; small ones need more. */
      if (!scan_page (file, i, 3.0, found, error) || (found->len == 0 && !scan_page (file, i, 5.0, found, error)))
        {
          g_ptr_array_foreach (found, (GFunc) (gpointer) g_free, NULL);
          return NULL;
        }
      g_ptr_array_extend_and_steal (codes, g_steal_pointer (&found));
    }
  return g_steal_pointer (&codes);
}

#else

gboolean
rubis_pdf_scan_reads_barcodes (void)
{
  return FALSE;
}

GPtrArray *
rubis_pdf_scan_barcodes (GBytes *pdf, guint max_pages, GError **error)
{
  return g_ptr_array_new_with_free_func (g_free);
}

#endif
