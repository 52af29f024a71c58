/* bench-letters: letters per second on one core, beside a minimal Pango and Cairo program that draws
 * the same page (same texts, table, QR code and fonts; font map and layout reused).
 *
 *   RUBIS_SOURCE_DIR=. bench-letters [COUNT]
 *
 * Prints one line per figure: name, value, unit, ratio to the baseline. Time is that of the processor.
 */
#include "letter-fixture.h"
#include "rubis-pdf.h"
#include "rubis-qr.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define N_ITEMS 8

typedef struct {
  PangoLayout *layout;
  PangoFontDescription *regular;
  PangoFontDescription *bold;
  GPtrArray *lines; /* (element-type utf8); the lines of the page, cells separated by tabs */
  RubisItemTable *table;
} Minimal;

static double
now (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
}

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
show (Minimal *self, cairo_t *cr, const PangoFontDescription *font, const char *text, double x, double y)
{
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_text (self->layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, self->layout);
}

/* The rows of the table, cell by cell, with a rule under each. */
static void
draw_table (Minimal *self, cairo_t *cr, double y)
{
  guint n_columns = rubis_item_table_get_n_columns (self->table);

  for (guint row = 0; row < rubis_item_table_get_n_rows (self->table, 0); row++)
    {
      for (guint i = 0; i < n_columns; i++)
        {
          g_autofree char *cell =
            rubis_item_table_dup_cell (self->table, 0, row, rubis_item_table_get_column (self->table, i));

          show (self, cr, self->regular, cell, 75 + 78 * i, y);
        }
      y += 16.5;
      cairo_set_line_width (cr, 0.4);
      cairo_move_to (cr, 71, y);
      cairo_line_to (cr, 538, y);
      cairo_stroke (cr);
    }
}

static gsize
draw_minimal (Minimal *self)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, 595.28, 841.89);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < self->lines->len; i++)
    show (self, cr, i % 8 == 0 ? self->bold : self->regular, g_ptr_array_index (self->lines, i), 71,
          40 + 12.0 * i);
  draw_table (self, cr, 330);
  g_assert_true (rubis_qr_draw (LETTER_FIXTURE_QR, cr, 455, 500, 71, NULL));
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bytes->len;
}

/* The lines that the letter shows outside of its table, as read back from its PDF. */
static GPtrArray *
read_lines (GBytes *pdf)
{
  g_autoptr(RubisPdf) reader = rubis_pdf_new (pdf, NULL);
  g_autofree char *text = rubis_pdf_dup_page_text (reader, 0);
  g_auto(GStrv) all = g_strsplit (text, "\n", -1);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (*all[i] != '\0' && strstr (all[i], "FA-2026-") == NULL)
        g_ptr_array_add (lines, g_strdup (all[i]));
    }
  return lines;
}

static double
run_minimal (GBytes *sample, RubisItemTable *table, int count)
{
  PangoFontMap *font_map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  PangoContext *context;
  Minimal self = { NULL };
  double start;

  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (font_map), 72);
  context = pango_font_map_create_context (font_map);
  self.layout = pango_layout_new (context);
  self.regular = pango_font_description_from_string ("Liberation Sans 9");
  self.bold = pango_font_description_from_string ("Liberation Sans Bold 9");
  self.lines = read_lines (sample);
  self.table = table;
  start = now ();
  for (int i = 0; i < count; i++)
    g_assert_cmpuint (draw_minimal (&self), >, 1000);
  start = now () - start;
  g_ptr_array_unref (self.lines);
  pango_font_description_free (self.regular);
  pango_font_description_free (self.bold);
  g_object_unref (self.layout);
  g_object_unref (context);
  g_object_unref (font_map);
  return count / start;
}

static double
run_single (RubisTemplate *template, RubisDocumentContext *context, RubisLetterhead *letterhead, int count)
{
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  double start = now ();

  for (int i = 0; i < count; i++)
    {
      g_autoptr(RubisDocument) document =
        rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);
      g_autoptr(GBytes) pdf = rubis_letter_writer_write (writer, document, letterhead, NULL, NULL, NULL);

      g_assert_nonnull (pdf);
    }
  return count / (now () - start);
}

static double
run_batch (RubisTemplate *template, RubisDocumentContext *context, RubisLetterhead *letterhead, int count)
{
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "bench-letters.pdf", NULL);
  RubisDate date = rubis_document_context_get_date (context);
  double start = now ();

  g_assert_true (rubis_letter_writer_begin_batch (writer, path, "bench", date, NULL));
  for (int i = 0; i < count; i++)
    {
      g_autoptr(RubisDocument) document =
        rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);

      g_assert_true (rubis_letter_writer_append (writer, document, letterhead, NULL, NULL, NULL));
    }
  g_assert_true (rubis_letter_writer_end_batch (writer, NULL));
  start = now () - start;
  remove (path);
  return count / start;
}

int
main (int argc, char **argv)
{
  int count = argc > 1 ? atoi (argv[1]) : 300;
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(RubisTemplate) template = letter_fixture_template ("fr/relance-1-courrier.md");
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (FALSE);
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisItemTable) table = NULL;
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GBytes) sample = NULL;
  double minimal, single, batch;

  letter_fixture_add_items (context, N_ITEMS);
  table = rubis_item_table_new (context, RUBIS_HASHTAG_LIST_SELECTED, RUBIS_LIST_PLAIN);
  document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);
  sample = rubis_letter_writer_write (writer, document, letterhead, NULL, NULL, NULL);
  minimal = run_minimal (sample, table, count);
  single = run_single (template, context, letterhead, count);
  batch = run_batch (template, context, letterhead, count);
  g_print ("letters-minimal\t%.0f\tletters/s\t1.00\n", minimal);
  g_print ("letters-single\t%.0f\tletters/s\t%.2f\n", single, single / minimal);
  g_print ("letters-batch\t%.0f\tletters/s\t%.2f\n", batch, batch / minimal);
  return EXIT_SUCCESS;
}
