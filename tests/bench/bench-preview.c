/* What a keystroke in the composer costs for a letter of two pages: the template is parsed, filled and drawn
 * as PDF, Poppler opens it and makes the picture of a page; medians. Its baseline: Poppler alone.
 *
 *   bench-preview rubis N | raw N
 */
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "letter-fixture.h"
#include "rubis-pdf.h"

#define TEMPLATE "fr/relance-4.md"
#define N_ITEMS 26
/* Pixels a point: a page as wide as the preview of a window of 1920 pixels. */
#define SCALE 1.25

typedef struct {
  RubisLetterWriter *writer;
  RubisLetterhead *letterhead;
  RubisDocumentContext *context;
  char *text;
} Composer;

static GBytes *
write_letter (Composer *composer, const char *typed, guint *n_pages)
{
  g_autofree char *text = g_strconcat (composer->text, "\n\n", typed, "\n", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisTemplate) template_ = rubis_template_new (text, TEMPLATE, &error);
  g_autoptr(RubisDocument) document = NULL;
  RubisLetterOptions options = { 0 };
  GBytes *pdf;

  if (template_ == NULL)
    g_error ("%s", error->message);
  document = rubis_template_render (template_, composer->context, RUBIS_RENDER_PREVIEW, &error);
  if (document == NULL)
    g_error ("%s", error->message);
  pdf = rubis_letter_writer_write (composer->writer, document, composer->letterhead, &options, n_pages, &error);
  if (pdf == NULL)
    g_error ("%s", error->message);
  return pdf;
}

static void
show_page (GBytes *pdf)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisPdf) document = rubis_pdf_new (pdf, &error);
  cairo_surface_t *picture;

  if (document == NULL)
    g_error ("%s", error->message);
  picture = rubis_pdf_render_page (document, 0, SCALE, &error);
  if (picture == NULL)
    g_error ("%s", error->message);
  cairo_surface_destroy (picture);
}

/* The same by Poppler's own functions. */
static void
show_page_raw (GBytes *pdf)
{
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, NULL);
  PopplerPage *page = poppler_document_get_page (document, 0);
  double width, height;
  cairo_surface_t *picture;
  cairo_t *cr;

  poppler_page_get_size (page, &width, &height);
  picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) (width * SCALE), (int) (height * SCALE));
  cr = cairo_create (picture);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, SCALE, SCALE);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
  g_object_unref (page);
  g_object_unref (document);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const BenchClock *first = a;
  const BenchClock *second = b;

  return first->wall < second->wall ? -1 : 1;
}

int
main (int argc, char **argv)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "templates", TEMPLATE, NULL);
  g_autoptr(GArray) clocks = g_array_new (FALSE, FALSE, sizeof (BenchClock));
  g_autoptr(GString) typed = g_string_new ("Nous ");
  g_autoptr(GBytes) first = NULL;
  Composer composer = { rubis_letter_writer_new (), letter_fixture_letterhead (TRUE), letter_fixture_context ("fr") };
  const BenchClock *median;
  guint n_pages = 0;
  int n;

  if (argc != 3 || (n = atoi (argv[2])) < 1)
    g_error ("usage: bench-preview rubis|raw N");
  if (!g_file_get_contents (path, &composer.text, NULL, NULL))
    g_error ("%s cannot be read", path);
  letter_fixture_add_items (composer.context, N_ITEMS);
  first = write_letter (&composer, typed->str, &n_pages);
  for (int i = 0; i < n; i++)
    {
      BenchClock clock;

      g_string_append_c (typed, i % 7 == 6 ? ' ' : (char) ('a' + i % 26));
      bench_start (&clock);
      if (strcmp (argv[1], "raw") == 0)
        show_page_raw (first);
      else
        {
          g_autoptr(GBytes) pdf = write_letter (&composer, typed->str, NULL);

          show_page (pdf);
        }
      bench_stop (&clock);
      g_array_append_val (clocks, clock);
    }
  g_array_sort (clocks, compare);
  median = &g_array_index (clocks, BenchClock, clocks->len / 2);
  bench_print (median, "median of %d keystrokes, a letter of %u pages", n, n_pages);
  rubis_letter_writer_free (composer.writer);
  rubis_letterhead_unref (composer.letterhead);
  rubis_document_context_unref (composer.context);
  g_free (composer.text);
  return 0;
}
