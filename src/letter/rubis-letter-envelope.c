/* rubis-letter-envelope.c: tints for the eye, over the first page of a preview. */
#include "rubis-letter-private.h"

#include <glib/gi18n-lib.h>

#define CLEAR_TINT 0xd97706
#define ADDRESS_TINT 0x1a7f37
#define LABEL_LEADING 8.4

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

/* The outline of each window and its name, where the page has room for names. */
static void
draw_windows (RubisLetter *self, cairo_t *cr)
{
  const RubisSheet *sheet = &self->sheet;
  const RubisZone *clear = &sheet->clear;
  gboolean under = sheet->notes.height > 0;
  guint n_envelopes;
  const RubisEnvelope *envelopes = rubis_sheet_get_envelopes (sheet->position, &n_envelopes);
  double x = under ? sheet->left : MIN (clear->x + clear->width, sheet->right) - 3;
  double y = under ? clear->y + clear->height : clear->y;

  cairo_set_line_width (cr, 0.8);
  for (guint i = 0; i < n_envelopes; i++)
    {
      RubisZone window = find_window (sheet, &envelopes[i]);
      g_autofree char *label = g_strdup_printf (_ ("Window of a %s envelope"), envelopes[i].name);

      set_tint (cr, tints[i % G_N_ELEMENTS (tints)], 0.8);
      add_zone (cr, &window);
      cairo_stroke (cr);
      show_label (self, cr, label, x, y + LABEL_LEADING * (i + 1),
                  under ? RUBIS_ALIGN_LEFT : RUBIS_ALIGN_RIGHT, tints[i % G_N_ELEMENTS (tints)]);
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
  show_label (self, cr, _ ("To be kept clear"), sheet->clear.x + 4, sheet->clear.y + LABEL_LEADING,
              RUBIS_ALIGN_LEFT, CLEAR_TINT);
  show_label (self, cr, _ ("Always visible"), sheet->address.x + sheet->address.width - 2,
              sheet->address.y + sheet->address.height + LABEL_LEADING, RUBIS_ALIGN_RIGHT, ADDRESS_TINT);
  cairo_restore (cr);
}
