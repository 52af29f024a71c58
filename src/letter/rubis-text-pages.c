#include "rubis-text-pages.h"

#include "rubis-letter-private.h"
#include "rubis-letter-writer.h"
#include "rubis-letterhead-private.h"
#include "rubis-pdf-finish.h"

#include <string.h>

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define WIDTH RUBIS_MM (210)
#define HEIGHT RUBIS_MM (297)
#define LEFT RUBIS_MM (25)
#define TOP RUBIS_MM (28)
#define BOTTOM RUBIS_MM (272)
#define LABEL_WIDTH RUBIS_MM (28)
#define LINE_GAP 2.0
/* 76 signs, as long as a line of our emails, fit on the page. */
#define TABLE_FONT "Liberation Mono, monospace 9"

typedef struct
{
  RubisTypesetter *type;
  cairo_t *cr;
  double y;
  guint n_pages;
} Printer;

static void
turn_page (Printer *printer)
{
  cairo_show_page (printer->cr);
  printer->n_pages++;
  printer->y = TOP;
}

/* The paragraphs of @text that are tables, made by spaces, in a type in which all signs have one width. */
static PangoAttrList *
find_tables (const char *text)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (TABLE_FONT);

  for (const char *start = text; *start != '\0';)
    {
      const char *end = strstr (start, "\n\n");
      gsize length = end != NULL ? (gsize)(end - start) + 2 : strlen (start);

      if (g_strstr_len (start, (gssize)length, "   ") != NULL)
        {
          PangoAttribute *attribute = pango_attr_font_desc_new (font);

          attribute->start_index = (guint)(start - text);
          attribute->end_index = attribute->start_index + (guint)length;
          pango_attr_list_insert (attributes, attribute);
        }
      start += length;
    }
  return attributes;
}

/* Prints @text in a column that starts at @x, over as many pages as it takes. @attributes: (nullable) */
static void
print_text (Printer *printer, RubisTypeStyle style, const char *text, PangoAttrList *attributes, double x,
            guint32 colour)
{
  PangoLayout *layout = rubis_typesetter_borrow (printer->type, style, WIDTH - LEFT - x);
  int n_lines;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, attributes);
  n_lines = pango_layout_get_line_count (layout);
  for (int i = 0; i < n_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle logical;
      double height;

      pango_layout_line_get_extents (line, NULL, &logical);
      height = (double)logical.height / PANGO_SCALE + LINE_GAP;
      if (printer->y + height > BOTTOM)
        turn_page (printer);
      rubis_letter_set_colour (printer->cr, colour);
      cairo_move_to (printer->cr, x, printer->y - (double)logical.y / PANGO_SCALE);
      pango_cairo_show_layout_line (printer->cr, line);
      printer->y += height;
    }
}

static void
print_field (Printer *printer, const RubisTextField *field)
{
  double y = printer->y;
  guint page = printer->n_pages;

  if (field->value == NULL || *field->value == '\0')
    return;
  print_text (printer, RUBIS_TYPE_SMALL, field->label, NULL, LEFT, RUBIS_GREY);
  if (printer->n_pages == page)
    printer->y = y;
  print_text (printer, RUBIS_TYPE_BODY, field->value, NULL, LEFT + LABEL_WIDTH, RUBIS_INK);
}

static void
print_all (Printer *printer, const RubisTextPages *text)
{
  g_autoptr (PangoAttrList) tables = NULL;
  /* Lines of emails end by CR LF. */
  g_auto (GStrv) parts = g_strsplit (text->body, "\r", -1);
  g_autofree char *body = g_strjoinv ("", parts);

  print_text (printer, RUBIS_TYPE_NAME, text->title, NULL, LEFT, RUBIS_INK);
  printer->y += 8;
  for (gsize i = 0; i < text->n_fields; i++)
    print_field (printer, &text->fields[i]);
  printer->y += 8;
  rubis_letter_draw_line (printer->cr, LEFT, WIDTH - LEFT, printer->y, 0.4, RUBIS_HAIRLINE);
  printer->y += 14;
  tables = find_tables (body);
  print_text (printer, RUBIS_TYPE_BODY, body, tables, LEFT, RUBIS_INK);
  cairo_show_page (printer->cr);
  printer->n_pages++;
}

static cairo_status_t
write_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
rubis_text_pages_draw (const RubisTextPages *text, guint *n_pages, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (RubisTypesetter) type = NULL;
  Printer printer = { .y = TOP };
  RubisPdfFacts facts;
  cairo_surface_t *surface;
  cairo_status_t status;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (text->title != NULL && text->body != NULL, NULL);

  facts = (RubisPdfFacts){ .title = text->title,
                           .date = text->date,
                           .language = text->language != NULL ? text->language : "fr" };
  bytes = g_byte_array_sized_new (32 * 1024);
  type = rubis_typesetter_new (NULL);
  surface = cairo_pdf_surface_create_for_stream (write_bytes, bytes, WIDTH, HEIGHT);
  rubis_pdf_prepare (surface, &facts);
  printer.type = type;
  printer.cr = cairo_create (surface);
  print_all (&printer, text);
  cairo_surface_finish (surface);
  status = cairo_status (printer.cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_destroy (printer.cr);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_DRAW, _ ("The text cannot be printed: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  rubis_pdf_finish (bytes, &facts);
  if (n_pages != NULL)
    *n_pages = printer.n_pages;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
