/* rubis-letter-page.c: what stands around the body: letterhead, window address, marks, feet. */
#include "rubis-letter-private.h"

#include "rubis-format.h"
#include "rubis-letterhead-private.h"
#include "rubis-words.h"

/* The block that shows in the window of every French envelope (NF Z 10-011): 80 × 24 mm at (110, 55). */
#define WINDOW_X RUBIS_MM (110)
#define WINDOW_Y RUBIS_MM (55)
#define WINDOW_WIDTH RUBIS_MM (80)
#define WINDOW_HEIGHT RUBIS_MM (24)
/* Nothing else may stand from x 100 on between y 45 and 85 mm: the sheet slides in the envelope. */
#define CLEAR_X RUBIS_MM (98)
#define CLEAR_BOTTOM RUBIS_MM (85)
#define ADDRESS_STEP RUBIS_MM (4)

#define HEAD_TOP RUBIS_MM (14)
#define LOGO_HEIGHT RUBIS_MM (16)
#define LOGO_WIDTH RUBIS_MM (60)
#define HEAD_LEADING 11.2
#define REFERENCES_TOP RUBIS_MM (57)
#define REFERENCE_LEADING 11.5
#define REFERENCE_VALUE 62.0
#define DATE_BASELINE RUBIS_MM (91.5)
#define SUBJECT_TOP RUBIS_MM (97.5)
#define SUBJECT_LEADING 14.5
#define LEGAL_BASELINE RUBIS_MM (284)
#define LEGAL_LEADING 8.6

void
rubis_letter_set_colour (cairo_t *cr, guint32 rgb)
{
  cairo_set_source_rgb (cr, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

void
rubis_letter_draw_line (cairo_t *cr, double x1, double x2, double y, double width, guint32 rgb)
{
  rubis_letter_set_colour (cr, rgb);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, x1, y);
  cairo_line_to (cr, x2, y);
  cairo_stroke (cr);
}

static gboolean
draw_letterhead (RubisLetter *self, cairo_t *cr, GError **error)
{
  double y = HEAD_TOP;

  if (self->letterhead->logo != NULL)
    {
      if (!rubis_letter_show_image (self, cr, self->letterhead->logo, RUBIS_LEFT, y, LOGO_WIDTH,
                                    LOGO_HEIGHT, error))
        return FALSE;
      y += LOGO_HEIGHT + 3;
    }
  else
    y += 3;
  y += rubis_typesetter_get_size (RUBIS_TYPE_NAME) * 0.8;
  rubis_letter_set_colour (cr, self->accent);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_NAME, self->letterhead->name, RUBIS_LEFT, y,
                         RUBIS_ALIGN_LEFT,
                         self->letterhead->logo != NULL ? CLEAR_X - RUBIS_LEFT : RUBIS_COLUMN_WIDTH, FALSE);
  y += 14;
  rubis_letter_set_colour (cr, RUBIS_GREY);
  for (guint i = 0; self->letterhead->address[i] != NULL && y < REFERENCES_TOP - HEAD_LEADING; i++)
    {
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL, self->letterhead->address[i], RUBIS_LEFT, y,
                             RUBIS_ALIGN_LEFT, CLEAR_X - RUBIS_LEFT, FALSE);
      y += HEAD_LEADING;
    }
  return TRUE;
}

/* The largest type in which the lines fit the window unbroken, else the largest in which they fit
 * broken, else the smallest, cut at the end.
 */
static PangoLayout *
fit_address (RubisLetter *self, const char *address, double *step)
{
  static const double sizes[] = { 10, 9.5, 9, 8.5, 8, 7.5, 7 };
  PangoLayout *layout = rubis_typesetter_borrow (self->type, RUBIS_TYPE_BODY, WINDOW_WIDTH);
  PangoFontDescription *font =
    pango_font_description_copy (rubis_typesetter_get_font (self->type, RUBIS_TYPE_BODY));
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

          pango_font_description_set_size (font, (int) (sizes[i] * PANGO_SCALE));
          pango_layout_set_font_description (layout, font);
          n_lines = pango_layout_get_line_count (layout);
          *step =
            n_lines > 1 ? MIN (ADDRESS_STEP, (WINDOW_HEIGHT - line_height) / (n_lines - 1)) : ADDRESS_STEP;
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
  g_autofree char *address = g_strstrip (g_strdup (rubis_document_get_recipient (self->document)));
  PangoLayout *layout;
  double step;
  double y;
  int n_lines;

  if (*address == '\0')
    return;
  layout = fit_address (self, address, &step);
  n_lines = pango_layout_get_line_count (layout);
  y = WINDOW_Y + (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
  rubis_letter_set_colour (cr, RUBIS_INK);
  for (int i = 0; i < n_lines && y <= WINDOW_Y + WINDOW_HEIGHT - 1.5; i++)
    {
      cairo_move_to (cr, WINDOW_X, y);
      pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, i));
      y += step;
    }
}

static void
draw_references (RubisLetter *self, cairo_t *cr)
{
  GPtrArray *references = rubis_document_get_references (self->document);
  double y = REFERENCES_TOP + 8;

  for (guint i = 0; i < references->len && y < CLEAR_BOTTOM; i++)
    {
      const RubisReference *reference = g_ptr_array_index (references, i);
      gboolean wide =
        rubis_typesetter_measure (self->type, RUBIS_TYPE_SMALL, reference->label) > REFERENCE_VALUE;

      /* A long label, the kind of posting, takes a line of its own. */
      rubis_letter_set_colour (cr, wide ? RUBIS_INK : RUBIS_GREY);
      rubis_typesetter_show (self->type, cr, wide ? RUBIS_TYPE_SMALL_BOLD : RUBIS_TYPE_SMALL,
                             reference->label, RUBIS_LEFT, y, RUBIS_ALIGN_LEFT, CLEAR_X - RUBIS_LEFT,
                             FALSE);
      if (wide && *reference->value != '\0')
        y += REFERENCE_LEADING;
      rubis_letter_set_colour (cr, RUBIS_INK);
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL, reference->value,
                             wide ? RUBIS_LEFT : RUBIS_LEFT + REFERENCE_VALUE, y, RUBIS_ALIGN_LEFT,
                             CLEAR_X - RUBIS_LEFT - (wide ? 0 : REFERENCE_VALUE), FALSE);
      y += REFERENCE_LEADING;
    }
}

static void
draw_date (RubisLetter *self, cairo_t *cr)
{
  const char *place = rubis_document_get_place (self->document);
  g_autofree char *date = rubis_format_date_long (rubis_document_get_date (self->document), self->language);
  g_autofree char *text =
    *place != '\0' ? g_strconcat (place, rubis_words_get (RUBIS_WORD_DATE_ON, self->language), date, NULL)
                   : g_strdup (date);

  rubis_letter_set_colour (cr, RUBIS_INK);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_BODY, text, WINDOW_X, DATE_BASELINE, RUBIS_ALIGN_LEFT,
                         RUBIS_RIGHT - WINDOW_X, FALSE);
}

static PangoLayout *
set_subject (RubisLetter *self)
{
  PangoLayout *layout = rubis_typesetter_borrow (self->type, RUBIS_TYPE_SUBJECT, RUBIS_COLUMN_WIDTH);
  gboolean letter = self->options.form == RUBIS_LETTER_FORM_LETTER;
  g_autofree char *text = g_strconcat (letter ? rubis_words_get (RUBIS_WORD_SUBJECT, self->language) : "",
                                       letter ? rubis_words_get (RUBIS_WORD_COLON, self->language) : "",
                                       rubis_document_get_subject (self->document), NULL);

  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_subject_top (RubisLetter *self)
{
  return self->options.form == RUBIS_LETTER_FORM_LETTER ? SUBJECT_TOP : RUBIS_MM (20);
}

double
rubis_letter_measure_head (RubisLetter *self)
{
  double top = get_subject_top (self);

  if (*rubis_document_get_subject (self->document) == '\0')
    return top;
  return top + pango_layout_get_line_count (set_subject (self)) * SUBJECT_LEADING + 10;
}

static void
draw_subject (RubisLetter *self, cairo_t *cr)
{
  PangoLayout *layout;
  double y = get_subject_top (self) + 11;
  int n_lines;

  if (*rubis_document_get_subject (self->document) == '\0')
    return;
  layout = set_subject (self);
  n_lines = pango_layout_get_line_count (layout);
  rubis_letter_set_colour (cr, RUBIS_INK);
  for (int i = 0; i < n_lines; i++)
    {
      cairo_move_to (cr, RUBIS_LEFT, y + i * SUBJECT_LEADING);
      pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, i));
    }
}

static void
draw_folds (cairo_t *cr)
{
  static const double folds[] = { 99, 198 };

  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    rubis_letter_draw_line (cr, RUBIS_MM (5), RUBIS_MM (9), RUBIS_MM (folds[i]), 0.4, RUBIS_GREY);
}

static void
draw_foot (RubisLetter *self, guint page, cairo_t *cr)
{
  g_autofree char *number = g_strdup_printf (
    "%s\u00a0%u/%u", rubis_words_get (RUBIS_WORD_PAGE, self->language), page + 1, self->n_pages);
  double y = LEGAL_BASELINE;

  if (self->letterhead != NULL)
    {
      rubis_letter_draw_line (cr, RUBIS_LEFT, RUBIS_RIGHT, LEGAL_BASELINE - 10, 0.4, RUBIS_HAIRLINE);
      rubis_letter_set_colour (cr, RUBIS_GREY);
      for (guint i = 0; self->letterhead->legal[i] != NULL; i++)
        {
          rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TINY, self->letterhead->legal[i], RUBIS_LEFT, y,
                                 RUBIS_ALIGN_LEFT, RUBIS_COLUMN_WIDTH - RUBIS_MM (20), FALSE);
          y += LEGAL_LEADING;
        }
    }
  rubis_letter_set_colour (cr, RUBIS_GREY);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TINY, number, RUBIS_RIGHT, LEGAL_BASELINE,
                         RUBIS_ALIGN_RIGHT, 0, FALSE);
}

/* Whose letter this is, on the pages after the first. */
static void
draw_next_head (RubisLetter *self, cairo_t *cr)
{
  g_auto(GStrv) recipient = g_strsplit (rubis_document_get_recipient (self->document), "\n", 2);
  g_autofree char *date = rubis_format_date_long (rubis_document_get_date (self->document), self->language);
  const char *name = recipient[0] != NULL ? recipient[0] : "";
  g_autofree char *right = *name != '\0' ? g_strconcat (name, "  ·  ", date, NULL) : g_strdup (date);

  if (self->letterhead != NULL)
    {
      rubis_letter_set_colour (cr, self->accent);
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL_BOLD, self->letterhead->name, RUBIS_LEFT,
                             RUBIS_MM (17), RUBIS_ALIGN_LEFT, RUBIS_COLUMN_WIDTH / 2 - 6, FALSE);
    }
  rubis_letter_set_colour (cr, RUBIS_GREY);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL, right, RUBIS_RIGHT, RUBIS_MM (17),
                         RUBIS_ALIGN_RIGHT, RUBIS_COLUMN_WIDTH / 2 - 6, FALSE);
  rubis_letter_draw_line (cr, RUBIS_LEFT, RUBIS_RIGHT, RUBIS_MM (20), 0.4, RUBIS_HAIRLINE);
}

gboolean
rubis_letter_draw_page_frame (RubisLetter *self, guint page, cairo_t *cr, GError **error)
{
  gboolean letter = self->options.form == RUBIS_LETTER_FORM_LETTER;

  if (page == 0)
    draw_subject (self, cr);
  else
    draw_next_head (self, cr);
  if (letter || self->n_pages > 1)
    draw_foot (self, page, cr);
  if (page > 0 || !letter)
    return TRUE;
  if (self->letterhead != NULL && !draw_letterhead (self, cr, error))
    return FALSE;
  draw_address (self, cr);
  draw_references (self, cr);
  draw_date (self, cr);
  if (!self->options.without_folds)
    draw_folds (cr);
  return TRUE;
}
