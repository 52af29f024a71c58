/* rubis-letter-head.c: what stands above the subject of the first page. */
#include "rubis-letter-private.h"

#include "rubis-barcode.h"
#include "rubis-format.h"
#include "rubis-letterhead-private.h"
#include "rubis-words.h"

#define ADDRESS_STEP RUBIS_MM (4)
#define REFERENCE_LEADING 11.5
#define REFERENCE_VALUE 62.0
#define BARCODE_HEIGHT RUBIS_MM (8)
#define BARCODE_QUIET RUBIS_MM (3.3)
/* Between pieces of the sender's address that share a line. */
#define DOT "  ·  "

/* The lines of the sender's address, several to a row where they fit, when there are more than @n_rows; NULL
 * when that is not enough.
 */
static char **
pack_lines (RubisLetter *self, char **lines, RubisTypeStyle style, guint n_rows)
{
  guint n_lines = g_strv_length (lines);
  guint n_packed = 0;
  g_autoptr (GStrvBuilder) rows = g_strv_builder_new ();

  for (guint i = 0; i < n_lines; n_packed++)
    {
      g_autofree char *row = g_strdup (lines[i++]);

      /* As few joined lines as will do: the last ones. */
      while (i < n_lines && n_lines - i > n_rows - MIN (n_packed + 1, n_rows))
        {
          g_autofree char *joined = g_strconcat (row, DOT, lines[i], NULL);

          if (rubis_typesetter_measure (self->type, style, joined) > self->sheet.head_line)
            break;
          g_free (row);
          row = g_steal_pointer (&joined);
          i++;
        }
      g_strv_builder_add (rows, row);
    }
  return n_packed <= n_rows ? g_strv_builder_end (rows) : NULL;
}

/* The sender's address from @y on, in small type, else in tiny type, else cut at the end. */
static void
draw_sender_lines (RubisLetter *self, cairo_t *cr, double x, double y, RubisAlign align)
{
  static const struct
  {
    RubisTypeStyle style;
    double leading;
  } ways[] = { { RUBIS_TYPE_SMALL, 11.2 }, { RUBIS_TYPE_TINY, 9 } };
  double room = self->sheet.head.y + self->sheet.head.height - y;
  g_auto (GStrv) rows = NULL;
  guint way;

  for (way = 0; way < G_N_ELEMENTS (ways) && rows == NULL; way++)
    rows = pack_lines (self, self->letterhead->address, ways[way].style,
                       (guint)MAX (room / ways[way].leading + 1, 1));
  way--;
  if (rows == NULL)
    rows = g_strdupv (self->letterhead->address);
  rubis_letter_set_colour (cr, RUBIS_GREY);
  for (guint i = 0; rows[i] != NULL && i * ways[way].leading <= MAX (room, 0); i++)
    rubis_typesetter_show (self->type, cr, ways[way].style, rows[i], x, y + i * ways[way].leading, align,
                           self->sheet.head_line, FALSE);
}

static gboolean
draw_letterhead (RubisLetter *self, cairo_t *cr, GError **error)
{
  const RubisLetterhead *letterhead = self->letterhead;
  const RubisZone *head = &self->sheet.head;
  RubisAlign align = self->sheet.centred ? RUBIS_ALIGN_CENTER : RUBIS_ALIGN_LEFT;
  RubisAlign logo_align = letterhead->logo_place == RUBIS_LOGO_RIGHT ? RUBIS_ALIGN_RIGHT : align;
  double x = self->sheet.centred ? head->x + head->width / 2 : head->x;
  double y = head->y + (letterhead->logo != NULL ? 0 : 3);

  if (letterhead->logo != NULL
      && !rubis_letter_show_image (self, cr, letterhead->logo, &self->sheet.logo, logo_align, error))
    return FALSE;
  y += rubis_typesetter_get_size (RUBIS_TYPE_NAME) * 0.8;
  rubis_letter_begin (self, cr, "P");
  rubis_letter_set_colour (cr, self->accent);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_NAME, letterhead->name, x, y, align, head->width, FALSE);
  draw_sender_lines (self, cr, x, y + 14, align);
  rubis_letter_end (self, cr, "P");
  return TRUE;
}

/* The largest type in which the lines fit the window unbroken, else the largest in which they fit
 * broken, else the smallest, cut at the end.
 */
static PangoLayout *
fit_address (RubisLetter *self, const char *address, double *step)
{
  static const double sizes[] = { 10, 9.5, 9, 8.5, 8, 7.5, 7 };
  const RubisZone *zone = &self->sheet.address;
  PangoLayout *layout = rubis_typesetter_borrow (self->type, RUBIS_TYPE_BODY, zone->width);
  PangoFontDescription *font
      = pango_font_description_copy (rubis_typesetter_get_font (self->type, RUBIS_TYPE_BODY));
  int n_typed = 1;

  for (const char *p = address; *p != '\0'; p++)
    n_typed += *p == '\n';
  pango_layout_set_text (layout, address, -1);
  for (int unbroken = 1; unbroken >= 0; unbroken--)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          double line_height = sizes[i] * 1.12;
          int n_lines;

          pango_font_description_set_size (font, (int)(sizes[i] * PANGO_SCALE));
          pango_layout_set_font_description (layout, font);
          n_lines = pango_layout_get_line_count (layout);
          *step
              = n_lines > 1 ? MIN (ADDRESS_STEP, (zone->height - line_height) / (n_lines - 1)) : ADDRESS_STEP;
          if (*step >= sizes[i] * 1.02 && (!unbroken || n_lines == n_typed))
            {
              pango_font_description_free (font);
              return layout;
            }
        }
    }
  pango_font_description_free (font);
  *step = 7 * 1.1;
  return layout;
}

static void
draw_address (RubisLetter *self, cairo_t *cr)
{
  const RubisZone *zone = &self->sheet.address;
  g_autofree char *address = g_strstrip (g_strdup (rubis_document_get_recipient (self->document)));
  PangoLayout *layout;
  double step;
  double y;
  int n_lines;

  if (*address == '\0')
    return;
  layout = fit_address (self, address, &step);
  n_lines = pango_layout_get_line_count (layout);
  y = zone->y + (double)pango_layout_get_baseline (layout) / PANGO_SCALE;
  rubis_letter_set_colour (cr, RUBIS_INK);
  for (int i = 0; i < n_lines && y <= zone->y + zone->height - 1.5; i++)
    {
      cairo_move_to (cr, zone->x, y);
      pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, i));
      y += step;
    }
}

/* DIN 5008: the sender on one small line at the top of the address field. */
static void
draw_sender (RubisLetter *self, cairo_t *cr)
{
  const RubisZone *notes = &self->sheet.notes;
  double y = notes->y - 3;

  if (self->letterhead == NULL || notes->height <= 0)
    return;
  rubis_letter_set_colour (cr, RUBIS_GREY);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TINY, self->letterhead->sender, notes->x, y,
                         RUBIS_ALIGN_LEFT, notes->width, FALSE);
  rubis_letter_draw_line (cr, notes->x, notes->x + notes->width, y + 2, 0.4, RUBIS_HAIRLINE);
}

/* The bar code of a reference below @y; where the next line may stand. */
static double
draw_barcode (RubisLetter *self, cairo_t *cr, const char *code, double y)
{
  const RubisZone *zone = &self->sheet.references;
  double top = y - REFERENCE_LEADING + 5;

  cairo_set_source_rgb (cr, 0, 0, 0);
  if (rubis_barcode_draw_code128 (code, cr, zone->x + BARCODE_QUIET, top, zone->width - 2 * BARCODE_QUIET,
                                  BARCODE_HEIGHT)
      <= 0)
    return y;
  return top + BARCODE_HEIGHT + REFERENCE_LEADING;
}

/* A long label, the kind of posting, takes a line of its own; DIN 5008 has a place for it above the
 * address.
 */
static double
draw_posting (RubisLetter *self, cairo_t *cr, const RubisReference *reference, double y)
{
  gboolean noted = self->sheet.notes.height > 0;
  const RubisZone *zone = noted ? &self->sheet.notes : &self->sheet.references;
  double line = noted ? zone->y + zone->height - 3 - (*reference->value != '\0' ? REFERENCE_LEADING : 0) : y;

  rubis_letter_set_colour (cr, self->ink);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL_BOLD, reference->label, zone->x, line,
                         RUBIS_ALIGN_LEFT, zone->width, FALSE);
  line += REFERENCE_LEADING;
  if (*reference->value != '\0')
    {
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL, reference->value, zone->x, line,
                             RUBIS_ALIGN_LEFT, zone->width, FALSE);
      line += REFERENCE_LEADING;
    }
  line = noted ? y : line;
  return reference->code != NULL ? draw_barcode (self, cr, reference->code, line) : line;
}

static void
draw_references (RubisLetter *self, cairo_t *cr)
{
  GPtrArray *references = rubis_document_get_references (self->document);
  const RubisZone *zone = &self->sheet.references;
  double y = zone->y + 8;

  for (guint i = 0; i < references->len && y < zone->y + zone->height; i++)
    {
      const RubisReference *reference = g_ptr_array_index (references, i);

      if (rubis_typesetter_measure (self->type, RUBIS_TYPE_SMALL, reference->label) > REFERENCE_VALUE)
        {
          y = draw_posting (self, cr, reference, y);
          continue;
        }
      rubis_letter_set_colour (cr, RUBIS_GREY);
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL, reference->label, zone->x, y, RUBIS_ALIGN_LEFT,
                             REFERENCE_VALUE, FALSE);
      rubis_letter_set_colour (cr, self->ink);
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL, reference->value, zone->x + REFERENCE_VALUE, y,
                             RUBIS_ALIGN_LEFT, zone->width - REFERENCE_VALUE, FALSE);
      y += REFERENCE_LEADING;
    }
}

static void
draw_date (RubisLetter *self, cairo_t *cr)
{
  const char *place = rubis_document_get_place (self->document);
  g_autofree char *date = rubis_format_date_long (rubis_document_get_date (self->document), self->language);
  g_autofree char *text
      = *place != '\0' ? g_strconcat (place, rubis_words_get (RUBIS_WORD_DATE_ON, self->language), date, NULL)
                       : g_strdup (date);

  rubis_letter_set_colour (cr, self->ink);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_BODY, text, self->sheet.date_x, self->sheet.date_baseline,
                         RUBIS_ALIGN_LEFT, self->sheet.right - self->sheet.date_x, FALSE);
}

gboolean
rubis_letter_draw_head (RubisLetter *self, cairo_t *cr, GError **error)
{
  if (self->letterhead != NULL && !draw_letterhead (self, cr, error))
    return FALSE;
  draw_sender (self, cr);
  rubis_letter_begin (self, cr, "P");
  draw_address (self, cr);
  rubis_letter_end (self, cr, "P");
  rubis_letter_begin (self, cr, "P");
  draw_references (self, cr);
  rubis_letter_end (self, cr, "P");
  rubis_letter_begin (self, cr, "P");
  draw_date (self, cr);
  rubis_letter_end (self, cr, "P");
  return TRUE;
}
