#include "rubis-pdf.h"
#include "rubis-test.h"

#include <string.h>

#include <cairo-pdf.h>

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Two pages of 200 × 100 points: "Bonjour" at (20, 50), a black square, then "Page deux". */
static GBytes *
make_pdf (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, 200, 100);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, "Essai");
  cairo_select_font_face (cr, "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 12);
  cairo_move_to (cr, 20, 50);
  cairo_show_text (cr, "Bonjour");
  cairo_rectangle (cr, 150, 10, 20, 20);
  cairo_fill (cr);
  cairo_show_page (cr);
  cairo_move_to (cr, 20, 50);
  cairo_show_text (cr, "Page deux");
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_read (void)
{
  g_autoptr(GBytes) bytes = make_pdf ();
  g_autoptr(RubisPdf) pdf = rubis_pdf_new (bytes, NULL);
  g_autofree char *title = rubis_pdf_dup_title (pdf);
  g_autofree char *second = rubis_pdf_dup_page_text (pdf, 1);
  g_autofree char *none = rubis_pdf_dup_page_text (pdf, 2);
  g_autoptr(GArray) boxes = rubis_pdf_find (pdf, 0, "Bonjour");
  const RubisPdfBox *box;
  double width, height;

  g_assert_cmpuint (rubis_pdf_get_n_pages (pdf), ==, 2);
  g_assert_cmpstr (title, ==, "Essai");
  g_assert_cmpstr (second, ==, "Page deux");
  g_assert_cmpstr (none, ==, "");
  g_assert_true (rubis_pdf_get_page_size (pdf, 0, &width, &height));
  g_assert_cmpfloat (width, ==, 200);
  g_assert_cmpfloat (height, ==, 100);
  g_assert_false (rubis_pdf_get_page_size (pdf, 2, &width, &height));
  g_assert_cmpuint (boxes->len, ==, 1);
  box = &g_array_index (boxes, RubisPdfBox, 0);
  g_assert_cmpfloat_with_epsilon (box->x, 20, 2);
  g_assert_cmpfloat (box->y, <, 50);
  g_assert_cmpfloat (box->y + box->height, >, 50);
}

static void
test_render (void)
{
  g_autoptr(GBytes) bytes = make_pdf ();
  g_autoptr(RubisPdf) pdf = rubis_pdf_new (bytes, NULL);
  g_autoptr(GError) error = NULL;
  cairo_surface_t *surface = rubis_pdf_render_page (pdf, 0, 2, &error);
  const guint32 *pixels;
  int stride;

  g_assert_no_error (error);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 400);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 200);
  pixels = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface) / 4;
  g_assert_cmphex (pixels[40 * stride + 320], ==, 0xff000000);
  g_assert_cmphex (pixels[190 * stride + 390], ==, 0xffffffff);
  cairo_surface_destroy (surface);
  g_assert_null (rubis_pdf_render_page (pdf, 7, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (rubis_pdf_render_page (pdf, 0, 1000, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_draw_pages (void)
{
  g_autoptr(GBytes) bytes = make_pdf ();
  g_autoptr(RubisPdf) pdf = rubis_pdf_new (bytes, NULL);
  GByteArray *copied = g_byte_array_new ();
  g_autoptr(GBytes) copied_bytes = NULL;
  g_autoptr(RubisPdf) copy = NULL;
  g_autofree char *text = NULL;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, copied, 500, 500);
  cairo_t *cr = cairo_create (surface);
  double width, height;

  g_assert_cmpuint (rubis_pdf_draw_pages (pdf, cr), ==, 2);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  copied_bytes = g_byte_array_free_to_bytes (copied);
  copy = rubis_pdf_new (copied_bytes, NULL);
  g_assert_cmpuint (rubis_pdf_get_n_pages (copy), ==, 2);
  g_assert_true (rubis_pdf_get_page_size (copy, 1, &width, &height));
  g_assert_cmpfloat (width, ==, 200);
  text = rubis_pdf_dup_page_text (copy, 0);
  g_assert_cmpstr (text, ==, "Bonjour");
}

static void
test_errors (void)
{
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) text = g_bytes_new_static ("Bonjour", 7);
  g_autoptr(GError) error = NULL;

  g_assert_null (rubis_pdf_new (empty, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (rubis_pdf_new (text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (rubis_pdf_new_from_file ("/nonexistent.pdf", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf/read", test_read);
  g_test_add_func ("/pdf/render", test_render);
  g_test_add_func ("/pdf/draw-pages", test_draw_pages);
  g_test_add_func ("/pdf/errors", test_errors);
  return g_test_run ();
}
