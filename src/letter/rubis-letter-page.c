/* rubis-letter-page.c: what stands around the body: subject, marks, heads of the next pages, feet. */
#include "rubis-letter-private.h"

#include "rubis-format.h"
#include "rubis-words.h"

#define SUBJECT_LEADING 14.5
#define TITLE_LEADING 22
#define LEGAL_LEADING 8.6
/* Ends of the marks at the left edge. */
#define MARK_LEFT RUBIS_MM (5)
#define FOLD_RIGHT RUBIS_MM (9)
#define PUNCH_RIGHT RUBIS_MM (11)

double
rubis_letter_get_width (const RubisLetter *self)
{
  return self->sheet.right - self->sheet.left;
}

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
is_paper (const RubisLetter *self)
{
  return self->options.form == RUBIS_LETTER_FORM_PAPER;
}

static PangoLayout *
set_subject (RubisLetter *self)
{
  PangoLayout *layout = rubis_typesetter_borrow (
      self->type, is_paper (self) ? RUBIS_TYPE_NAME : RUBIS_TYPE_SUBJECT, rubis_letter_get_width (self));
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
  return self->options.form == RUBIS_LETTER_FORM_LETTER ? self->sheet.subject_top : RUBIS_MM (20);
}

double
rubis_letter_measure_head (RubisLetter *self)
{
  double top = get_subject_top (self);

  if (*rubis_document_get_subject (self->document) == '\0')
    return top;
  if (is_paper (self))
    return top + pango_layout_get_line_count (set_subject (self)) * TITLE_LEADING + 14;
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
  rubis_letter_set_colour (cr, self->ink);
  rubis_letter_begin (self, cr, "H1");
  for (int i = 0; i < n_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle extents;

      pango_layout_line_get_extents (line, NULL, &extents);
      if (is_paper (self))
        cairo_move_to (
            cr, self->sheet.left + (rubis_letter_get_width (self) - (double)extents.width / PANGO_SCALE) / 2,
            y + i * TITLE_LEADING);
      else
        cairo_move_to (cr, self->sheet.left, y + i * SUBJECT_LEADING);
      pango_cairo_show_layout_line (cr, line);
    }
  rubis_letter_end (self, cr, "H1");
}

static void
draw_marks (RubisLetter *self, cairo_t *cr)
{
  const RubisSheet *sheet = &self->sheet;

  for (gsize i = 0; i < G_N_ELEMENTS (sheet->folds); i++)
    rubis_letter_draw_line (cr, MARK_LEFT, FOLD_RIGHT, sheet->folds[i], 0.4, RUBIS_GREY);
  if (sheet->punch > 0)
    rubis_letter_draw_line (cr, MARK_LEFT, PUNCH_RIGHT, sheet->punch, 0.4, RUBIS_GREY);
}

static void
draw_foot (RubisLetter *self, guint page, cairo_t *cr)
{
  g_autofree char *number = g_strdup_printf (
      "%s\u00a0%u/%u", rubis_words_get (RUBIS_WORD_PAGE, self->language), page + 1, self->n_pages);
  double y = self->sheet.foot_baseline;

  if (self->letterhead != NULL)
    {
      rubis_letter_draw_line (cr, self->sheet.left, self->sheet.right, self->sheet.foot_baseline - 10, 0.4,
                              RUBIS_HAIRLINE);
      rubis_letter_set_colour (cr, RUBIS_GREY);
      for (guint i = 0; self->letterhead->legal[i] != NULL; i++)
        {
          rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TINY, self->letterhead->legal[i],
                                 self->sheet.left, y, RUBIS_ALIGN_LEFT,
                                 rubis_letter_get_width (self) - RUBIS_MM (20), FALSE);
          y += LEGAL_LEADING;
        }
    }
  rubis_letter_set_colour (cr, RUBIS_GREY);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TINY, number, self->sheet.right,
                         self->sheet.foot_baseline, RUBIS_ALIGN_RIGHT, 0, FALSE);
}

/* Whose letter this is, on the pages after the first. */
static void
draw_next_head (RubisLetter *self, cairo_t *cr)
{
  g_auto (GStrv) recipient = g_strsplit (rubis_document_get_recipient (self->document), "\n", 2);
  g_autofree char *date = rubis_format_date_long (rubis_document_get_date (self->document), self->language);
  const char *name = recipient[0] != NULL ? recipient[0] : "";
  const char *left = is_paper (self) ? name : self->letterhead != NULL ? self->letterhead->name : NULL;
  g_autofree char *right
      = *name != '\0' && !is_paper (self) ? g_strconcat (name, "  ·  ", date, NULL) : g_strdup (date);
  double room = rubis_letter_get_width (self) * (is_paper (self) ? 0.75 : 0.5) - 6;

  if (left != NULL)
    {
      rubis_letter_set_colour (cr, self->accent);
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL_BOLD, left, self->sheet.left, RUBIS_MM (17),
                             RUBIS_ALIGN_LEFT, room, FALSE);
    }
  rubis_letter_set_colour (cr, RUBIS_GREY);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL, right, self->sheet.right, RUBIS_MM (17),
                         RUBIS_ALIGN_RIGHT, rubis_letter_get_width (self) / 2 - 6, FALSE);
  rubis_letter_draw_line (cr, self->sheet.left, self->sheet.right, RUBIS_MM (20), 0.4, RUBIS_HAIRLINE);
}

gboolean
rubis_letter_draw_page_frame (RubisLetter *self, guint page, cairo_t *cr, GError **error)
{
  gboolean letter = self->options.form == RUBIS_LETTER_FORM_LETTER;

  if (page == 0 && letter && !rubis_letter_draw_head (self, cr, error))
    return FALSE;
  if (page == 0)
    draw_subject (self, cr);
  else
    draw_next_head (self, cr);
  if (letter || self->n_pages > 1)
    draw_foot (self, page, cr);
  if (page > 0 || !letter)
    return TRUE;
  if (!self->options.without_folds && (self->letterhead == NULL || !self->letterhead->without_folds))
    draw_marks (self, cr);
  if (self->options.envelope)
    rubis_letter_draw_envelopes (self, cr);
  return TRUE;
}
