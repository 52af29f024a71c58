#include "rubis-sheet.h"

#include <string.h>

#define MARGIN_LEFT 25.0
#define MARGIN_RIGHT 20.0
#define MARGIN_TOP 14.0
#define MARGIN_TOP_LOW 9.0 /* where the letterhead must be low */
/* Where what stands above an address at the right must end: 3 mm above the window of a DL envelope. */
#define ABOVE_WINDOW 36.5
#define MARGIN_BOTTOM 10.0
#define LOGO_HEIGHT 16.0
#define LOGO_WIDTH 60.0
#define FOOT_LEADING 8.6 /* points */
/* Between the last line of the body and the first of the footer. */
#define FOOT_GAP 7.5
#define BODY_TOP_NEXT 30.0
#define NAME_HEIGHT 32.0 /* points: the name of the sender and a line under it */

/* In millimetres. The zones of France: NF Z 10-011 and the sizes of its envelopes; of Germany: DIN 5008
 * and DIN 680 (window 90 × 45, 20 from the left, 15 from the bottom); of Switzerland: SN 010130.
 */
static const struct
{
  RubisZone address;
  RubisZone notes;
  RubisZone clear;
  double date_x, date_baseline;
  double subject_top;
  double folds[2];
  double punch;
} positions[RUBIS_N_ADDRESS_POSITIONS] = {
  [RUBIS_ADDRESS_FRANCE]
  = { { 110, 55, 80, 24 }, { 0 }, { 98, 45, 112, 40 }, 110, 91.5, 97.5, { 99, 198 }, 0 },
  /* 66 mm wide, so that it shows in a C5/6 envelope too, in which the sheet slides sideways. */
  [RUBIS_ADDRESS_DIN_B]
  = { { 25, 62.7, 66, 27.3 }, { 25, 50, 66, 12.7 }, { 0, 45, 112, 45 }, 125, 96, 103, { 105, 210 }, 148.5 },
  [RUBIS_ADDRESS_DIN_A]
  = { { 25, 44.7, 66, 27.3 }, { 25, 32, 66, 12.7 }, { 0, 27, 112, 45 }, 125, 78, 85, { 87, 192 }, 148.5 },
  [RUBIS_ADDRESS_SWISS]
  = { { 118, 49.5, 75, 29 }, { 0 }, { 112, 45, 98, 40 }, 118, 91.5, 97.5, { 99, 198 }, 0 },
};

static const RubisEnvelope french[] = {
  { "DL 35", 220, 110, 100, 20, 100, 35 },
  { "DL 45", 220, 110, 100, 20, 100, 45 },
  { "C5/6", 229, 114, 109, 20, 100, 45 },
};
static const RubisEnvelope german[] = {
  { "DL", 220, 110, 20, 15, 90, 45 },
  { "C5/6", 229, 114, 20, 15, 90, 45 },
};
/* Window 12 mm from the right edge. */
static const RubisEnvelope swiss[] = {
  { "C5/6", 229, 114, 117, 20, 100, 45 },
};

static RubisZone
scale_zone (RubisZone zone)
{
  return (RubisZone){ RUBIS_MM (zone.x), RUBIS_MM (zone.y), RUBIS_MM (zone.width), RUBIS_MM (zone.height) };
}

/* @value millimetres, or @fallback when it is 0, between @low and @high. */
static double
choose (double value, double fallback, double low, double high)
{
  return RUBIS_MM (CLAMP (value > 0 ? value : fallback, low, high));
}

static gboolean
is_din (const RubisSheet *self)
{
  return self->position == RUBIS_ADDRESS_DIN_A || self->position == RUBIS_ADDRESS_DIN_B;
}

/* The room of the logo and of the sender's name above or beside the address. */
static void
set_head (RubisSheet *self, const RubisLetterheadFacts *facts)
{
  double above = is_din (self) ? self->clear.y - RUBIS_MM (1.5) : RUBIS_MM (ABOVE_WINDOW);
  double room = above - self->head_top - (facts->logo_place == RUBIS_LOGO_CENTER ? NAME_HEIGHT : 0);
  gboolean beside = !is_din (self) && facts->logo_place != RUBIS_LOGO_CENTER;
  RubisZone *logo = &self->logo;
  RubisZone *head = &self->head;

  *logo = (RubisZone){ self->left, self->head_top, RUBIS_MM (LOGO_WIDTH),
                       MIN (choose (facts->logo_height, LOGO_HEIGHT, 6, 40), room) };
  /* Beside an address at the right the text may go on down to the references. */
  *head = (RubisZone){ self->left, self->head_top, self->right - self->left, 0 };
  self->centred = facts->logo_place == RUBIS_LOGO_CENTER;
  if (facts->logo != NULL)
    {
      if (self->centred)
        logo->x = (self->left + self->right - logo->width) / 2;
      else if (facts->logo_place == RUBIS_LOGO_RIGHT)
        {
          logo->x = self->right - logo->width;
          head->width = logo->x - self->left - 12;
        }
      else if (is_din (self))
        {
          head->x = self->references.x;
          head->width = self->right - head->x;
        }
      else
        head->width = self->clear.x - RUBIS_MM (1) - self->left;
      if (self->centred || (beside && facts->logo_place == RUBIS_LOGO_LEFT))
        head->y += logo->height + 3;
    }
  head->height = (beside ? self->references.y - RUBIS_MM (1) : above) - head->y;
  self->head_line = beside ? MIN (head->width, self->clear.x - RUBIS_MM (1) - self->left) : head->width;
}

void
rubis_sheet_init (RubisSheet *self, const RubisLetterheadFacts *facts, guint n_footer_lines)
{
  double top;

  memset (self, 0, sizeof *self);
  self->position = CLAMP ((int)facts->position, 0, RUBIS_N_ADDRESS_POSITIONS - 1);
  top = self->position == RUBIS_ADDRESS_DIN_A || facts->logo_place == RUBIS_LOGO_CENTER ? MARGIN_TOP_LOW
                                                                                        : MARGIN_TOP;
  self->left = choose (facts->margin_left, MARGIN_LEFT, 12, 45);
  self->right = RUBIS_PAGE_WIDTH - choose (facts->margin_right, MARGIN_RIGHT, 7, 45);
  self->head_top = choose (facts->margin_top, top, 5, top == MARGIN_TOP_LOW ? 12 : 25);
  self->top_next = RUBIS_MM (BODY_TOP_NEXT);
  self->address = scale_zone (positions[self->position].address);
  self->notes = scale_zone (positions[self->position].notes);
  self->clear = scale_zone (positions[self->position].clear);
  self->date_x = RUBIS_MM (positions[self->position].date_x);
  self->date_baseline = RUBIS_MM (positions[self->position].date_baseline);
  self->subject_top = RUBIS_MM (positions[self->position].subject_top);
  self->folds[0] = RUBIS_MM (positions[self->position].folds[0]);
  self->folds[1] = RUBIS_MM (positions[self->position].folds[1]);
  self->punch = RUBIS_MM (positions[self->position].punch);
  self->foot_baseline = RUBIS_PAGE_HEIGHT - choose (facts->margin_bottom, MARGIN_BOTTOM, 5, 40)
                        - (MAX (n_footer_lines, 1) - 1) * FOOT_LEADING;
  self->bottom = self->foot_baseline - RUBIS_MM (FOOT_GAP);
  if (is_din (self))
    self->references = (RubisZone){ self->date_x, self->notes.y, self->right - self->date_x,
                                    self->clear.height - RUBIS_MM (5) };
  else
    self->references = (RubisZone){ self->left, RUBIS_MM (57), self->clear.x - RUBIS_MM (1) - self->left,
                                    RUBIS_MM (38.5) };
  set_head (self, facts);
}

const RubisEnvelope *
rubis_sheet_get_envelopes (RubisAddressPosition position, guint *n_envelopes)
{
  switch (position)
    {
    case RUBIS_ADDRESS_DIN_A:
    case RUBIS_ADDRESS_DIN_B:
      *n_envelopes = G_N_ELEMENTS (german);
      return german;
    case RUBIS_ADDRESS_SWISS:
      *n_envelopes = G_N_ELEMENTS (swiss);
      return swiss;
    case RUBIS_ADDRESS_FRANCE:
    default:
      *n_envelopes = G_N_ELEMENTS (french);
      return french;
    }
}

/* Folded, the sheet stands on its first fold and is as high as its highest third; it slides to the right
 * and upwards in what the envelope is larger.
 */
void
rubis_sheet_look_through (const RubisSheet *self, const RubisEnvelope *envelope, RubisZone *always,
                          RubisZone *ever)
{
  double thirds[] = { self->folds[0], self->folds[1] - self->folds[0], RUBIS_PAGE_HEIGHT - self->folds[1] };
  double folded = MAX (thirds[0], MAX (thirds[1], thirds[2]));
  double slack_x = RUBIS_MM (envelope->width) - RUBIS_PAGE_WIDTH;
  double slack_y = RUBIS_MM (envelope->height) - folded;
  RubisZone window = { RUBIS_MM (envelope->window_x),
                       self->folds[0] - RUBIS_MM (envelope->window_bottom + envelope->window_height),
                       RUBIS_MM (envelope->window_width), RUBIS_MM (envelope->window_height) };

  if (always != NULL)
    *always = (RubisZone){ window.x, window.y + slack_y, window.width - slack_x, window.height - slack_y };
  if (ever != NULL)
    *ever = (RubisZone){ window.x - slack_x, window.y, window.width + slack_x, window.height + slack_y };
}
