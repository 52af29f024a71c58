/* rubis-letter-envelope.c: tints for the eye, over the first page of a preview. */
#include "rubis-letter-private.h"

#include <glib/gi18n-lib.h>

#define CLEAR_TINT 0xd97706
#define ADDRESS_TINT 0x1a7f37
#define LABEL_LEADING 9.2
#define LABEL_WIDTH 118.0

/* Of the outlines, an envelope each. */
static const guint32 tints[] = { 0x1c6fc4, 0x8a3ffc, 0xc01c5c };

static void
set_tint (cairo_t *cr, guint32 rgb, double alpha)
{
  cairo_set_source_rgba (cr, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0,
                         alpha);
}

static void
add_zone (cairo_t *cr, const RubisZone *zone)
{
  cairo_rectangle (cr, zone->x, zone->y, zone->width, zone->height);
}

/* The window where it stands when the sheet lies in the middle of its room. */
static RubisZone
find_window (const RubisSheet *sheet, const RubisEnvelope *envelope)
{
  RubisZone ever;
  double width = RUBIS_MM (envelope->window_width);
  double height = RUBIS_MM (envelope->window_height);

  rubis_sheet_look_through (sheet, envelope, NULL, &ever);
  return (RubisZone){ ever.x + (ever.width - width) / 2, ever.y + (ever.height - height) / 2, width, height };
}

static void
show_label (RubisLetter *self, cairo_t *cr, const char *text, double x, double y, RubisAlign align,
            guint32 rgb)
{
  rubis_letter_set_colour (cr, rgb);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TINY, text, x, y, align, 0, FALSE);
}

static void
draw_windows (RubisLetter *self, cairo_t *cr)
{
  guint n_envelopes;
  const RubisEnvelope *envelopes = rubis_sheet_get_envelopes (self->sheet.position, &n_envelopes);

  cairo_set_line_width (cr, 0.8);
  for (guint i = 0; i < n_envelopes; i++)
    {
      RubisZone window = find_window (&self->sheet, &envelopes[i]);

      set_tint (cr, tints[i % G_N_ELEMENTS (tints)], 0.8);
      add_zone (cr, &window);
      cairo_stroke (cr);
    }
}

/* The names of the windows, in the colours of their outlines, where no outline crosses them: on paper of
 * their own.
 */
static void
draw_legend (RubisLetter *self, cairo_t *cr)
{
  const RubisSheet *sheet = &self->sheet;
  const RubisZone *clear = &sheet->clear;
  gboolean under = sheet->notes.height > 0;
  guint n_envelopes;
  const RubisEnvelope *envelopes = rubis_sheet_get_envelopes (sheet->position, &n_envelopes);
  RubisZone legend = { under ? sheet->left : RUBIS_PAGE_WIDTH - RUBIS_MM (3) - LABEL_WIDTH,
                       under ? clear->y + clear->height + 2 : clear->y - 12, LABEL_WIDTH,
                       LABEL_LEADING * n_envelopes + 4 };

  cairo_set_source_rgba (cr, 1, 1, 1, 0.9);
  add_zone (cr, &legend);
  cairo_fill (cr);
  for (guint i = 0; i < n_envelopes; i++)
    {
      g_autofree char *label = g_strdup_printf (_ ("Window of a %s envelope"), envelopes[i].name);

      show_label (self, cr, label, legend.x + 4, legend.y + LABEL_LEADING * (i + 1), RUBIS_ALIGN_LEFT,
                  tints[i % G_N_ELEMENTS (tints)]);
    }
}

void
rubis_letter_draw_envelopes (RubisLetter *self, cairo_t *cr)
{
  const RubisSheet *sheet = &self->sheet;

  cairo_save (cr);
  set_tint (cr, CLEAR_TINT, 0.13);
  add_zone (cr, &sheet->clear);
  cairo_fill (cr);
  set_tint (cr, ADDRESS_TINT, 0.17);
  add_zone (cr, &sheet->address);
  cairo_fill (cr);
  draw_windows (self, cr);
  draw_legend (self, cr);
  show_label (self, cr, _ ("To be kept clear"), sheet->clear.x + 4, sheet->clear.y + LABEL_LEADING,
              RUBIS_ALIGN_LEFT, CLEAR_TINT);
  show_label (self, cr, _ ("Always visible"), sheet->address.x + sheet->address.width - 2,
              sheet->address.y + sheet->address.height + LABEL_LEADING, RUBIS_ALIGN_RIGHT, ADDRESS_TINT);
  cairo_restore (cr);
}
