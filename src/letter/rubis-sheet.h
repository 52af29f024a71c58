/* rubis-sheet.h: where things stand on an A4 sheet, and which envelopes show what of it. Used by this
 * layer only. Lengths are points from the top left corner of the sheet, those of envelopes millimetres.
 */
#pragma once

#include "rubis-letterhead.h"

G_BEGIN_DECLS

#define RUBIS_MM(mm) ((mm)*72.0 / 25.4)
#define RUBIS_PAGE_WIDTH RUBIS_MM (210)
#define RUBIS_PAGE_HEIGHT RUBIS_MM (297)

typedef struct
{
  double x, y, width, height;
} RubisZone;

typedef struct
{
  RubisAddressPosition position;
  double left; /* of the text of all pages */
  double right;
  double top_next;  /* of the body on the pages after the first */
  double bottom;    /* of the body */
  double head_top;  /* of the letterhead */
  RubisZone head;   /* of the name and the address of the sender; without the logo */
  double head_line; /* longest line of the sender's address */
  gboolean centred; /* the name and the address of the sender */
  RubisZone logo;   /* the most that a logo may take */
  RubisZone address;
  RubisZone notes; /* DIN 5008: notes of the post above the address; else empty */
  RubisZone clear; /* nothing but the address may stand here */
  RubisZone references;
  double date_x;
  double date_baseline;
  double subject_top;
  double foot_baseline; /* of the first line of the footer */
  double folds[2];
  double punch; /* mark between the holes; 0: none */
} RubisSheet;

/* The sheet of @facts with @n_footer_lines under the rule of the footer. */
void rubis_sheet_init (RubisSheet *self, const RubisLetterheadFacts *facts, guint n_footer_lines);

/* An envelope with a window; @x from its left edge, @bottom from its bottom edge, in millimetres. */
typedef struct
{
  const char *name;
  double width, height;
  double window_x, window_bottom, window_width, window_height;
} RubisEnvelope;

/* The window envelopes that a position is made for. Static. */
const RubisEnvelope *rubis_sheet_get_envelopes (RubisAddressPosition position, guint *n_envelopes);
/* What of the folded sheet shows in the window: at least, wherever the sheet slid to (@always), or at
 * most, over all places (@ever). Each may be NULL.
 */
void rubis_sheet_look_through (const RubisSheet *self, const RubisEnvelope *envelope, RubisZone *always,
                               RubisZone *ever);

G_END_DECLS
