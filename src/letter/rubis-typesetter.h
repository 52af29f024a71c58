/* rubis-typesetter.h: the fonts and layouts of one letter writer. Used by this layer only.
 *
 * Making a font map or a layout costs more than drawing a line: both are kept from letter to
 * letter. One thread.
 */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_TYPE_BODY,
  RUBIS_TYPE_BOLD,
  RUBIS_TYPE_SUBJECT,
  RUBIS_TYPE_HEADING,
  RUBIS_TYPE_NAME,  /* the own company */
  RUBIS_TYPE_SMALL, /* references, bank details */
  RUBIS_TYPE_SMALL_BOLD,
  RUBIS_TYPE_TABLE,
  RUBIS_TYPE_TABLE_BOLD,
  RUBIS_TYPE_TABLE_HEAD,
  RUBIS_TYPE_DENSE, /* a table with many columns */
  RUBIS_TYPE_DENSE_BOLD,
  RUBIS_TYPE_TINY, /* legal mentions */
} RubisTypeStyle;
#define RUBIS_N_TYPE_STYLES 13

typedef enum
{
  RUBIS_ALIGN_LEFT,
  RUBIS_ALIGN_RIGHT,
  RUBIS_ALIGN_CENTER
} RubisAlign;

typedef struct _RubisTypesetter RubisTypesetter;

/* @family: nullable; tried before the default families. */
RubisTypesetter *rubis_typesetter_new (const char *family);
void rubis_typesetter_free (RubisTypesetter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTypesetter, rubis_typesetter_free)

/* A layout for a paragraph, the typesetter's own; good until the next reset. @width in points. */
PangoLayout *rubis_typesetter_borrow (RubisTypesetter *self, RubisTypeStyle style, double width);
/* Takes all borrowed layouts back. */
void rubis_typesetter_reset (RubisTypesetter *self);

/* Font size in points. */
double rubis_typesetter_get_size (RubisTypeStyle style);
/* The width of @text on one line, in points. */
double rubis_typesetter_measure (RubisTypesetter *self, RubisTypeStyle style, const char *text);
/* Shows @text on one line. @x is its left end, right end or middle; what is wider than @max_width
 * (0: no limit) ends with an ellipsis. The same words come from a cache when @repeated.
 */
void rubis_typesetter_show (RubisTypesetter *self, cairo_t *cr, RubisTypeStyle style, const char *text,
                            double x, double baseline, RubisAlign align, double max_width, gboolean repeated);
/* The context, to make special layouts. Borrowed. */
PangoContext *rubis_typesetter_get_context (RubisTypesetter *self);
/* Borrowed; to be copied before changes. */
const PangoFontDescription *rubis_typesetter_get_font (RubisTypesetter *self, RubisTypeStyle style);

G_END_DECLS
