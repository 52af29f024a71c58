/* Letters with ten items, a PDF each or all in one file, and their baseline: the same text, lines and QR
 * code drawn by Pango and Cairo alone, from positions known beforehand. "html" writes the letter's body for
 * other programs to convert.
 *
 *   bench-letters rubis N | raw N | rubis-batch N | raw-batch N | html FILE
 */
#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <pango/pangocairo.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "letter-fixture.h"
#include "rubis-barcode.h"

#define TEMPLATE "fr/relance-1-courrier.md"
#define N_ITEMS 10
#define WIDTH (210 * 72 / 25.4)
#define HEIGHT (297 * 72 / 25.4)
/* Points between letters from which a word is set on its own, as the cells of a table are. */
#define GAP 4

/* A piece of text in one font. */
typedef struct {
  char *text;
  int page;
  int font;
  double x;
  double baseline;
} Run;

typedef struct {
  int n_pages;
  GArray *runs;     /* (element-type Run) */
  GPtrArray *fonts; /* (element-type PangoFontDescription) */
  GPtrArray *names; /* (element-type utf8) of the fonts */
} Sample;

static RubisDocument *
fill_letter (RubisTemplate *template_)
{
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(GError) error = NULL;
  RubisDocument *document;

  letter_fixture_add_items (context, N_ITEMS);
  document = rubis_template_render (template_, context, RUBIS_RENDER_STRICT, &error);
  if (document == NULL)
    g_error ("%s", error->message);
  return document;
}

static GBytes *
write_letter (RubisLetterWriter *writer, RubisTemplate *template_, RubisLetterhead *letterhead,
              guint *n_pages)
{
  g_autoptr(RubisDocument) document = fill_letter (template_);
  g_autoptr(GError) error = NULL;
  GBytes *pdf = rubis_letter_writer_write (writer, document, letterhead, NULL, n_pages, &error);

  if (pdf == NULL)
    g_error ("%s", error->message);
  return pdf;
}

static void
write_letters (int n)
{
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisTemplate) template_ = letter_fixture_template (TEMPLATE);
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (FALSE);
  gsize size = 0;
  guint n_pages = 0;
  BenchClock clock;

  g_bytes_unref (write_letter (writer, template_, letterhead, &n_pages));
  bench_start (&clock);
  for (int i = 0; i < n; i++)
    {
      g_autoptr(GBytes) pdf = write_letter (writer, template_, letterhead, NULL);

      size += g_bytes_get_size (pdf);
    }
  bench_stop (&clock);
  bench_print (&clock, "%d letters of %u pages, %zu bytes each", n, n_pages, size / (gsize) n);
}

static char *
make_path (void)
{
  return g_strdup_printf ("%s/bench-letters-%d.pdf", g_get_tmp_dir (), (int) getpid ());
}

static void
write_batch (int n)
{
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisTemplate) template_ = letter_fixture_template (TEMPLATE);
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (FALSE);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = make_path ();
  gboolean done;
  GStatBuf info;
  BenchClock clock;

  g_bytes_unref (write_letter (writer, template_, letterhead, NULL));
  bench_start (&clock);
  done = rubis_letter_writer_begin_batch (writer, path, "Lettres", rubis_date_from_ymd (2026, 11, 2), &error);
  for (int i = 0; done && i < n; i++)
    {
      g_autoptr(RubisDocument) document = fill_letter (template_);

      done = rubis_letter_writer_append (writer, document, letterhead, NULL, NULL, &error);
    }
  if (!done || !rubis_letter_writer_end_batch (writer, &error) || g_stat (path, &info) != 0)
    g_error ("%s", error != NULL ? error->message : path);
  bench_stop (&clock);
  bench_print (&clock, "%d letters in a file, %d bytes each", n, (int) (info.st_size / n));
  g_unlink (path);
}

static void
write_html (const char *path)
{
  g_autoptr(RubisTemplate) template_ = letter_fixture_template (TEMPLATE);
  g_autoptr(RubisDocument) document = fill_letter (template_);
  g_autofree char *html = rubis_document_to_html (document, 0x2a4a6b);

  if (!g_file_set_contents (path, html, -1, NULL))
    g_error ("%s cannot be written", path);
}

static int
find_font (Sample *sample, const PopplerTextAttributes *attributes)
{
  g_autofree char *name = g_strdup_printf ("%s %.1f", attributes->font_name, attributes->font_size);
  PangoFontDescription *font;
  guint index;

  if (g_ptr_array_find_with_equal_func (sample->names, name, g_str_equal, &index))
    return (int) index;
  font = pango_font_description_from_string ("Liberation Sans");
  pango_font_description_set_size (font, (int) (attributes->font_size * PANGO_SCALE));
  if (strstr (attributes->font_name, "Bold") != NULL)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  g_ptr_array_add (sample->fonts, font);
  g_ptr_array_add (sample->names, g_steal_pointer (&name));
  return (int) sample->names->len - 1;
}

static void
add_run (Sample *sample, GString *text, int font, double x, double baseline)
{
  Run run = { g_strdup (text->str), sample->n_pages, font, x, baseline };

  if (text->len > 0)
    g_array_append_val (sample->runs, run);
  g_string_truncate (text, 0);
}

/* The letters from @attributes->start_index to end_index as runs. */
static void
add_runs (Sample *sample, const char *text, const PopplerRectangle *boxes,
          const PopplerTextAttributes *attributes)
{
  g_autoptr(GString) piece = g_string_new (NULL);
  int font = find_font (sample, attributes);
  double start = 0;
  double baseline = 0;

  for (int i = attributes->start_index; i <= attributes->end_index; i++)
    {
      gunichar c = g_utf8_get_char (g_utf8_offset_to_pointer (text, i));

      if (piece->len > 0 && (c == '\n' || boxes[i].x1 - boxes[i - 1].x2 > GAP || boxes[i].y1 > baseline))
        add_run (sample, piece, font, start, baseline);
      if (c == '\n' || (piece->len == 0 && c == ' '))
        continue;
      if (piece->len == 0)
        {
          start = boxes[i].x1;
          baseline = boxes[i].y2 - attributes->font_size * 0.21;
        }
      g_string_append_unichar (piece, c);
    }
  add_run (sample, piece, font, start, baseline);
}

static void
read_page (Sample *sample, PopplerPage *page)
{
  g_autofree char *text = poppler_page_get_text (page);
  g_autofree PopplerRectangle *boxes = NULL;
  guint n_boxes = 0;
  GList *attributes = poppler_page_get_text_attributes (page);

  poppler_page_get_text_layout (page, &boxes, &n_boxes);
  for (GList *l = attributes; l != NULL; l = l->next)
    add_runs (sample, text, boxes, l->data);
  poppler_page_free_text_attributes (attributes);
  sample->n_pages++;
}

/* Where the text of the very same letter stands. */
static void
read_sample (Sample *sample)
{
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisTemplate) template_ = letter_fixture_template (TEMPLATE);
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (FALSE);
  g_autoptr(GBytes) pdf = write_letter (writer, template_, letterhead, NULL);
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, NULL);

  sample->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  sample->fonts = g_ptr_array_new ();
  sample->names = g_ptr_array_new ();
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);

      read_page (sample, page);
      g_object_unref (page);
    }
  g_object_unref (document);
}

static cairo_status_t
count_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_rules (cairo_t *cr)
{
  for (int i = 0; i < N_ITEMS + 6; i++)
    {
      cairo_move_to (cr, 71, 330 + 15 * i);
      cairo_line_to (cr, 539, 330 + 15 * i);
      cairo_stroke (cr);
    }
}

static void
draw_letter (const Sample *sample, PangoLayout **layouts, cairo_t *cr)
{
  int page = 0;

  draw_rules (cr);
  rubis_barcode_draw_qr (LETTER_FIXTURE_QR, cr, 71, 600, 85, NULL);
  for (guint i = 0; i < sample->runs->len; i++)
    {
      const Run *run = &g_array_index (sample->runs, Run, i);
      PangoLayout *layout = layouts[run->font];

      for (; page < run->page; page++)
        cairo_show_page (cr);
      pango_layout_set_text (layout, run->text, -1);
      cairo_move_to (cr, run->x, run->baseline);
      pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, 0));
    }
  cairo_show_page (cr);
}

static gsize
draw_file (const Sample *sample, PangoLayout **layouts)
{
  g_autoptr(GByteArray) bytes = g_byte_array_sized_new (64 * 1024);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (count_bytes, bytes, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  draw_letter (sample, layouts, cr);
  cairo_surface_finish (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bytes->len;
}

static void
draw_letters (const Sample *sample, PangoLayout **layouts, int n)
{
  gsize size = 0;
  BenchClock clock;

  draw_file (sample, layouts);
  bench_start (&clock);
  for (int i = 0; i < n; i++)
    size += draw_file (sample, layouts);
  bench_stop (&clock);
  bench_print (&clock, "%d letters of %d pages, %u pieces of text in %u fonts, %zu bytes each", n,
               sample->n_pages, sample->runs->len, sample->fonts->len, size / (gsize) n);
}

static void
draw_batch (const Sample *sample, PangoLayout **layouts, int n)
{
  g_autofree char *path = make_path ();
  cairo_surface_t *surface;
  cairo_t *cr;
  GStatBuf info;
  BenchClock clock;

  draw_file (sample, layouts);
  bench_start (&clock);
  surface = cairo_pdf_surface_create (path, WIDTH, HEIGHT);
  cr = cairo_create (surface);
  for (int i = 0; i < n; i++)
    draw_letter (sample, layouts, cr);
  cairo_surface_finish (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (g_stat (path, &info) != 0)
    g_error ("%s cannot be written", path);
  bench_stop (&clock);
  bench_print (&clock, "%d letters in a file, %d bytes each", n, (int) (info.st_size / n));
  g_unlink (path);
}

static void
run_raw (gboolean batch, int n)
{
  Sample sample = { 0 };
  PangoFontMap *font_map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  PangoContext *context = pango_font_map_create_context (font_map);
  g_autofree PangoLayout **layouts = NULL;

  read_sample (&sample);
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (font_map), 72);
  layouts = g_new (PangoLayout *, sample.fonts->len);
  for (guint i = 0; i < sample.fonts->len; i++)
    {
      layouts[i] = pango_layout_new (context);
      pango_layout_set_font_description (layouts[i], sample.fonts->pdata[i]);
    }
  if (batch)
    draw_batch (&sample, layouts, n);
  else
    draw_letters (&sample, layouts, n);
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    g_error ("usage: bench-letters rubis|raw|rubis-batch|raw-batch N, or html FILE");
  if (strcmp (argv[1], "html") == 0)
    write_html (argv[2]);
  else if (strcmp (argv[1], "rubis-batch") == 0)
    write_batch (atoi (argv[2]));
  else if (strcmp (argv[1], "rubis") == 0)
    write_letters (atoi (argv[2]));
  else
    run_raw (strcmp (argv[1], "raw-batch") == 0, atoi (argv[2]));
  return 0;
}
