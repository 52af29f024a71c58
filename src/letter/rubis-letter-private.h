/* rubis-letter-private.h: one letter while it is laid out and drawn.
 *
 * A document becomes a list of boxes (lines, rows, blocks) in a column; the boxes are set on pages;
 * the pages are drawn. Lengths are points from the top left corner of the sheet.
 */
#pragma once

#include "rubis-letter-writer.h"
#include "rubis-letterhead-private.h"
#include "rubis-sheet.h"
#include "rubis-typesetter.h"

G_BEGIN_DECLS

#define RUBIS_GREY 0x5f6875
#define RUBIS_HAIRLINE 0xd3d8de
#define RUBIS_ALERT 0xb3261e

typedef enum
{
  RUBIS_BOX_LINE, /* a line of a paragraph */
  RUBIS_BOX_TABLE_HEAD,
  RUBIS_BOX_TABLE_ROW,
  RUBIS_BOX_TABLE_TOTAL,
  RUBIS_BOX_GRAND_TOTAL, /* with penalties and indemnities */
  RUBIS_BOX_CARRIED,     /* "à reporter": the sum of the rows so far, at the foot of a page */
  RUBIS_BOX_BROUGHT,     /* "report": the same sum, at the head of the next one */
  RUBIS_BOX_GRID_HEAD,
  RUBIS_BOX_GRID_ROW,
  RUBIS_BOX_PAYMENT,
  RUBIS_BOX_SIGNATURE,
  RUBIS_BOX_IMAGE,
  RUBIS_BOX_RULE,
  RUBIS_BOX_BREAK, /* a forced new page */
} RubisBoxKind;

/* How a table is set: the same for all of its boxes. */
typedef struct
{
  RubisItemTable *table; /* (unowned) */
  RubisTypeStyle style;
  RubisTypeStyle bold;
  RubisTypeStyle head;
  double gap;       /* between columns, at least */
  gboolean stacked; /* the customer's reference stands under the number, for want of room */
  RubisColumn columns[RUBIS_N_COLUMNS];
  guint n_columns;
  double left[RUBIS_N_COLUMNS]; /* edges of the text of each column */
  double right[RUBIS_N_COLUMNS];
} RubisTableGrid;

/* How a RubisGrid is set. */
typedef struct
{
  RubisGrid *grid; /* (unowned) */
  RubisTypeStyle style;
  RubisTypeStyle bold;
  RubisTypeStyle head;
  double leading;
  double *left;          /* (owned); edges of the text of each column */
  double *right;         /* (owned) */
  PangoLayout **layouts; /* (owned), the typesetter's; of each cell, NULL of one that is a line */
  PangoLayout **titles;  /* (owned), the typesetter's */
} RubisGridLayout;

typedef struct
{
  RubisBoxKind kind;
  gboolean keep; /* stays on the page of the box before it */
  double space;  /* before it, dropped at the top of a page */
  double height;
  double indent;
  PangoLayout *layout; /* of a line */
  int line;
  gboolean listed; /* stands in a list */
  guint heading;   /* level of a heading, from 1 */
  char *mark;      /* (owned); bullet or number before a line */
  RubisTableGrid *grid;
  RubisGridLayout *cells;
  guint n_lines; /* of a row of cells, from line on */
  guint group;
  guint row; /* of a row; of the sums: how many rows they add up */
  const RubisBlock *block;
  guint page; /* set by rubis_letter_paginate() */
  double y;
} RubisBox;

typedef struct
{
  RubisTypesetter *type;
  RubisDocument *document;
  RubisLetterhead *letterhead; /* (nullable) */
  const char *language;
  RubisLetterOptions options;
  gboolean tagged; /* the file says what its parts are */
  RubisSheet sheet;
  guint32 accent;
  guint32 ink;
  GHashTable *images; /* (element-type GBytes cairo_surface_t), the writer's */
  GArray *boxes;      /* (owned) (element-type RubisBox); as they flow */
  GArray *placed;     /* (owned) (element-type RubisBox); on their pages */
  GPtrArray *grids;   /* (owned) (element-type RubisTableGrid) */
  GPtrArray *cells;   /* (owned) (element-type RubisGridLayout) */
  double top;         /* of the body on the first page */
  double squeeze;     /* factor of all vertical spaces: below 1 to spare a nearly empty page */
  guint n_pages;
} RubisLetter;

/* Of the text. */
double rubis_letter_get_width (const RubisLetter *self);

/* rubis-letter-structure.c */
/* An element of the structure of a tagged PDF, of the names of ISO 32000-1, 14.8.4. */
void rubis_letter_begin (const RubisLetter *self, cairo_t *cr, const char *element);
void rubis_letter_end (const RubisLetter *self, cairo_t *cr, const char *element);
/* The elements that are open around the boxes of a page. */
typedef struct
{
  const char *block;     /* "L" or "Table" */
  const char *paragraph; /* "P", "H2", "LI" */
  gconstpointer key;     /* what the block holds */
  PangoLayout *layout;   /* of the paragraph */
} RubisStructure;
/* Before a box: closes what ends, opens what begins; after the last box of a page: NULL. */
void rubis_letter_enter_box (const RubisLetter *self, cairo_t *cr, RubisStructure *structure,
                             const RubisBox *box);

/* rubis-letter-flow.c */
void rubis_letter_flow (RubisLetter *self);
/* A new box at the end; borrowed until the next one. */
RubisBox *rubis_letter_add_box (RubisLetter *self, RubisBoxKind kind, double space, double height);

/* rubis-letter-paginate.c */
void rubis_letter_paginate (RubisLetter *self);

/* rubis-letter-table.c */
void rubis_letter_flow_table (RubisLetter *self, RubisItemTable *table);
void rubis_letter_draw_table_box (RubisLetter *self, const RubisBox *box, cairo_t *cr);
double rubis_letter_table_row_height (void);

/* rubis-letter-grid.c */
void rubis_letter_flow_grid (RubisLetter *self, RubisGrid *grid);
void rubis_letter_draw_grid_box (RubisLetter *self, const RubisBox *box, cairo_t *cr);
double rubis_letter_get_grid_head_height (const RubisGridLayout *cells);
void rubis_grid_layout_free (RubisGridLayout *self);

/* rubis-letter-blocks.c */
double rubis_letter_measure_payment (RubisLetter *self);
gboolean rubis_letter_draw_payment (RubisLetter *self, const RubisBox *box, cairo_t *cr, GError **error);
double rubis_letter_measure_signature (RubisLetter *self);
gboolean rubis_letter_draw_signature (RubisLetter *self, const RubisBox *box, cairo_t *cr, GError **error);
gboolean rubis_letter_draw_image (RubisLetter *self, const RubisBox *box, cairo_t *cr, GError **error);
/* Draws an image file as large as it goes into @zone, at its top. */
gboolean rubis_letter_show_image (RubisLetter *self, cairo_t *cr, GBytes *image, const RubisZone *zone,
                                  RubisAlign align, GError **error);

/* rubis-letter-head.c: letterhead, address, references and date of the first page */
gboolean rubis_letter_draw_head (RubisLetter *self, cairo_t *cr, GError **error);

/* rubis-letter-envelope.c: what the windows of envelopes show of the first page */
void rubis_letter_draw_envelopes (RubisLetter *self, cairo_t *cr);

/* rubis-letter-page.c */
/* Where the body of the first page may start. */
double rubis_letter_measure_head (RubisLetter *self);
gboolean rubis_letter_draw_page_frame (RubisLetter *self, guint page, cairo_t *cr, GError **error);

void rubis_letter_set_colour (cairo_t *cr, guint32 rgb);
void rubis_letter_draw_line (cairo_t *cr, double x1, double x2, double y, double width, guint32 rgb);

G_END_DECLS
