#include "rubis-postal-form.h"

#include "rubis-barcode.h"
#include "rubis-letter-private.h"
#include "rubis-pdf-finish.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define MARGIN RUBIS_MM (20)
#define WIDTH (RUBIS_PAGE_WIDTH - 2 * MARGIN)
#define BARCODE_WIDTH RUBIS_MM (60)
#define BARCODE_HEIGHT RUBIS_MM (15)
#define FACT_WIDTH 160.0
#define FACT_GAP 7.0

/* Of the list. */
#define ROW_HEIGHT 34.0
#define ROW_BARCODE_WIDTH 108.0
#define ROW_BARCODE_HEIGHT 15.0
#define STAMP_HEIGHT 96.0
#define TABLE_BOTTOM (RUBIS_PAGE_HEIGHT - RUBIS_MM (20))

typedef struct
{
  RubisTypesetter *type;
  cairo_t *cr;
  double y;
} Pen;

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_colour (cairo_t *cr, guint32 colour)
{
  cairo_set_source_rgb (cr, (colour >> 16) / 255.0, ((colour >> 8) & 0xff) / 255.0, (colour & 0xff) / 255.0);
}

static void
draw_rule (Pen *pen, double y, guint32 colour, double width)
{
  set_colour (pen->cr, colour);
  cairo_set_line_width (pen->cr, width);
  cairo_move_to (pen->cr, MARGIN, y);
  cairo_line_to (pen->cr, MARGIN + WIDTH, y);
  cairo_stroke (pen->cr);
}

static void
show (Pen *pen, RubisTypeStyle style, const char *text, double x, double y, double width)
{
  rubis_typesetter_show (pen->type, pen->cr, style, text, x, y, RUBIS_ALIGN_LEFT, width, FALSE);
}

/* A paragraph whose top is at @y; returns its height. */
static double
show_paragraph (Pen *pen, RubisTypeStyle style, const char *text, double x, double y, double width)
{
  PangoLayout *layout = rubis_typesetter_borrow (pen->type, style, width);
  int height = 0;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (pen->cr, x, y);
  pango_cairo_show_layout (pen->cr, layout);
  return (double)height / PANGO_SCALE;
}

static gboolean
draw_barcode (Pen *pen, const char *text, double x, double y, double width, double height, GError **error)
{
  if (rubis_barcode_draw_code128 (text, pen->cr, x, y, width, height) > 0)
    return TRUE;
  g_set_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_DRAW, _ ("“%s” cannot be written as a bar code"),
               text);
  return FALSE;
}

static void
draw_title (Pen *pen, const char *title)
{
  set_colour (pen->cr, 0x000000);
  pen->y = MARGIN + 14;
  show (pen, RUBIS_TYPE_NAME, title, MARGIN, pen->y, WIDTH);
  pen->y += 12;
  draw_rule (pen, pen->y, 0x000000, 1.0);
  pen->y += 14;
}

/* Draws a file by @draw on a fresh surface. */
typedef gboolean (*DrawFunc) (Pen *pen, gconstpointer facts, GError **error);

static GBytes *
write_file (const RubisPdfFacts *facts, DrawFunc draw, gconstpointer data, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (64 * 1024);
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append_bytes, bytes, RUBIS_PAGE_WIDTH, RUBIS_PAGE_HEIGHT);
  Pen pen = { .type = rubis_typesetter_new (NULL) };
  cairo_status_t status;
  gboolean drawn;

  rubis_pdf_prepare (surface, facts);
  pen.cr = cairo_create (surface);
  drawn = draw (&pen, data, error);
  status = cairo_status (pen.cr);
  cairo_destroy (pen.cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  rubis_typesetter_free (pen.type);
  if (!drawn)
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_DRAW, _ ("The PDF cannot be made: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  rubis_pdf_finish (bytes, facts);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* --- The slip of a letter --- */

static double
draw_party (Pen *pen, const char *title, const char *lines, double x, double y)
{
  double width = WIDTH / 2 - 12;

  set_colour (pen->cr, RUBIS_GREY);
  show (pen, RUBIS_TYPE_SMALL_BOLD, title, x, y + 9, width);
  set_colour (pen->cr, 0x000000);
  return 18 + show_paragraph (pen, RUBIS_TYPE_BODY, lines, x, y + 16, width);
}

static gboolean
draw_number (Pen *pen, const RubisPostalSlip *slip, GError **error)
{
  if (*slip->number == '\0')
    return TRUE;
  if (!draw_barcode (pen, slip->number, MARGIN + 14, pen->y, BARCODE_WIDTH, BARCODE_HEIGHT, error))
    return FALSE;
  show (pen, RUBIS_TYPE_SUBJECT, slip->printed_number, MARGIN + BARCODE_WIDTH + 40,
        pen->y + BARCODE_HEIGHT / 2 + 4, WIDTH - BARCODE_WIDTH - 40);
  pen->y += BARCODE_HEIGHT + 18;
  draw_rule (pen, pen->y, RUBIS_HAIRLINE, 0.6);
  pen->y += 14;
  return TRUE;
}

static gboolean
draw_slip (Pen *pen, gconstpointer data, GError **error)
{
  const RubisPostalSlip *slip = data;
  double left, right;

  draw_title (pen, slip->title);
  if (!draw_number (pen, slip, error))
    return FALSE;
  left = draw_party (pen, slip->sender_title, slip->sender, MARGIN, pen->y);
  right = draw_party (pen, slip->recipient_title, slip->recipient, MARGIN + WIDTH / 2, pen->y);
  pen->y += MAX (left, right) + 14;
  draw_rule (pen, pen->y, RUBIS_HAIRLINE, 0.6);
  pen->y += 12;
  for (guint i = 0; i < slip->n_facts; i++)
    {
      double height;

      set_colour (pen->cr, RUBIS_GREY);
      show_paragraph (pen, RUBIS_TYPE_SMALL, slip->facts[i].label, MARGIN, pen->y + 1, FACT_WIDTH - 10);
      set_colour (pen->cr, 0x000000);
      height = show_paragraph (pen, RUBIS_TYPE_BODY, slip->facts[i].value, MARGIN + FACT_WIDTH, pen->y,
                               WIDTH - FACT_WIDTH);
      pen->y += height + FACT_GAP;
    }
  if (*slip->note != '\0')
    {
      draw_rule (pen, pen->y + 4, RUBIS_HAIRLINE, 0.6);
      set_colour (pen->cr, RUBIS_GREY);
      show_paragraph (pen, RUBIS_TYPE_SMALL, slip->note, MARGIN, pen->y + 14, WIDTH);
    }
  return TRUE;
}

GBytes *
rubis_postal_slip_write (const RubisPostalSlip *slip, GError **error)
{
  RubisPdfFacts facts;

  g_return_val_if_fail (slip != NULL, NULL);

  facts = (RubisPdfFacts){ .title = slip->title,
                           .author = slip->author,
                           .language = slip->language,
                           .date = slip->date,
                           .archival = TRUE };
  return write_file (&facts, draw_slip, slip, error);
}

/* --- The list for the post office --- */

/* Left edges of the columns, and the end of the last. */
static const double columns[] = { 0, 24, 152, 312, 354, 430, 456, WIDTH };

static void
show_cell (Pen *pen, RubisTypeStyle style, guint column, const char *text, double y)
{
  show (pen, style, text, MARGIN + columns[column], y, columns[column + 1] - columns[column] - 6);
}

/* A name on one line or two, in the middle of the row. */
static void
show_name (Pen *pen, const char *name)
{
  double width = columns[3] - columns[2] - 8;
  PangoLayout *layout = rubis_typesetter_borrow (pen->type, RUBIS_TYPE_TABLE_BOLD, width);
  int height = 0;

  pango_layout_set_height (layout, -2);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, name, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (pen->cr, MARGIN + columns[2], pen->y + (ROW_HEIGHT - (double)height / PANGO_SCALE) / 2);
  pango_cairo_show_layout (pen->cr, layout);
  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_NONE);
}

static void
draw_head (Pen *pen, const RubisDepositList *list)
{
  for (guint i = 0; i < G_N_ELEMENTS (list->columns); i++)
    show_cell (pen, RUBIS_TYPE_TABLE_HEAD, i, list->columns[i], pen->y + 9);
  pen->y += 15;
  draw_rule (pen, pen->y, 0x000000, 0.8);
  set_colour (pen->cr, 0x000000);
}

static gboolean
draw_row (Pen *pen, const RubisDepositLine *line, guint rank, GError **error)
{
  g_autofree char *index = g_strdup_printf ("%u", rank);
  double baseline = pen->y + ROW_HEIGHT / 2 + 3;

  if (!draw_barcode (pen, line->number, MARGIN + columns[1], pen->y + 4, ROW_BARCODE_WIDTH,
                     ROW_BARCODE_HEIGHT, error))
    return FALSE;
  show_cell (pen, RUBIS_TYPE_TABLE, 0, index, baseline);
  show_cell (pen, RUBIS_TYPE_TABLE, 1, line->printed_number, pen->y + ROW_BARCODE_HEIGHT + 14);
  show_name (pen, line->name);
  show_cell (pen, RUBIS_TYPE_TABLE, 3, line->postcode, baseline);
  show_cell (pen, RUBIS_TYPE_TABLE, 4, line->city, baseline);
  show_cell (pen, RUBIS_TYPE_TABLE, 5, line->guarantee, baseline);
  show_cell (pen, RUBIS_TYPE_TABLE, 6, line->receipt, baseline);
  pen->y += ROW_HEIGHT;
  draw_rule (pen, pen->y, RUBIS_HAIRLINE, 0.5);
  set_colour (pen->cr, 0x000000);
  return TRUE;
}

static void
draw_list_top (Pen *pen, const RubisDepositList *list, guint page, guint n_pages)
{
  g_autofree char *number = g_strdup_printf ("%s %u/%u", list->page, page, n_pages);

  draw_title (pen, list->title);
  rubis_typesetter_show (pen->type, pen->cr, RUBIS_TYPE_SMALL, number, MARGIN + WIDTH, MARGIN + 14,
                         RUBIS_ALIGN_RIGHT, 0, FALSE);
  if (page == 1)
    {
      rubis_typesetter_show (pen->type, pen->cr, RUBIS_TYPE_BOLD, list->day, MARGIN + WIDTH, pen->y + 9,
                             RUBIS_ALIGN_RIGHT, WIDTH / 2, FALSE);
      pen->y += show_paragraph (pen, RUBIS_TYPE_BODY, list->sender, MARGIN, pen->y - 2, WIDTH / 2) + 16;
    }
  draw_head (pen, list);
}

static void
draw_list_end (Pen *pen, const RubisDepositList *list)
{
  double top = pen->y + 30;

  show (pen, RUBIS_TYPE_BOLD, list->total, MARGIN, pen->y + 20, WIDTH);
  set_colour (pen->cr, 0x000000);
  cairo_set_line_width (pen->cr, 0.8);
  cairo_rectangle (pen->cr, MARGIN + WIDTH / 2, top, WIDTH / 2, STAMP_HEIGHT);
  cairo_stroke (pen->cr);
  set_colour (pen->cr, RUBIS_GREY);
  show (pen, RUBIS_TYPE_SMALL, list->stamp, MARGIN + WIDTH / 2 + 6, top + 12, WIDTH / 2 - 12);
}

/* How many pages the list takes: the first one has the sender on it, the last one the box. */
static guint
plan_pages (const RubisDepositList *list, double first_top, guint *n_first, guint *n_next, guint *n_last)
{
  double next_top = MARGIN + 14 + 26 + 15;
  guint left;

  *n_first = (guint)((TABLE_BOTTOM - first_top) / ROW_HEIGHT);
  *n_next = (guint)((TABLE_BOTTOM - next_top) / ROW_HEIGHT);
  *n_last = (guint)((TABLE_BOTTOM - next_top - STAMP_HEIGHT - 30) / ROW_HEIGHT);
  if (list->n_lines * ROW_HEIGHT + first_top + STAMP_HEIGHT + 30 <= TABLE_BOTTOM)
    return 1;
  left = list->n_lines - MIN (list->n_lines, *n_first);
  return 1 + (left <= *n_last ? 1 : 1 + (left - *n_last + *n_next - 1) / *n_next);
}

static double
measure_first_top (Pen *pen, const RubisDepositList *list)
{
  PangoLayout *layout = rubis_typesetter_borrow (pen->type, RUBIS_TYPE_BODY, WIDTH / 2);
  int height = 0;

  pango_layout_set_text (layout, list->sender, -1);
  pango_layout_get_size (layout, NULL, &height);
  return MARGIN + 14 + 26 + (double)height / PANGO_SCALE + 16 + 15;
}

static gboolean
draw_list (Pen *pen, gconstpointer data, GError **error)
{
  const RubisDepositList *list = data;
  guint n_first, n_next, n_last;
  guint n_pages = plan_pages (list, measure_first_top (pen, list), &n_first, &n_next, &n_last);
  guint next = 0;

  for (guint page = 1; page <= n_pages; page++)
    {
      guint room = page == 1 ? n_first : n_next;

      draw_list_top (pen, list, page, n_pages);
      for (guint i = 0; i < room && next < list->n_lines; i++, next++)
        {
          if (!draw_row (pen, &list->lines[next], next + 1, error))
            return FALSE;
        }
      if (page == n_pages)
        draw_list_end (pen, list);
      else
        cairo_show_page (pen->cr);
    }
  return TRUE;
}

GBytes *
rubis_deposit_list_write (const RubisDepositList *list, GError **error)
{
  RubisPdfFacts facts;

  g_return_val_if_fail (list != NULL && list->n_lines > 0, NULL);

  facts = (RubisPdfFacts){ .title = list->title,
                           .author = list->author,
                           .language = list->language,
                           .date = list->date,
                           .archival = TRUE };
  return write_file (&facts, draw_list, list, error);
}
