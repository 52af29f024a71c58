/* rubis-letterhead-private.h: what the page takes from a letterhead. */
#pragma once

#include "rubis-sheet.h"

#include <cairo.h>

G_BEGIN_DECLS

#define RUBIS_INK 0x1d2430

struct _RubisLetterhead
{
  gatomicrefcount ref_count;
  char *name;
  char **address; /* lines, with telephone and email at the end */
  char *sender;   /* name and address on one line */
  char **legal;   /* lines of the footer */
  char *language;
  GBytes *logo; /* (nullable); the file as given */
  char *font;   /* (nullable) */
  guint32 accent;
  guint32 ink;
  RubisSheet sheet;
  RubisLogoPlace logo_place;
  double signature_height; /* points */
  gboolean without_folds;
};

/* The picture in @image as a surface; NULL and @error
 * when it cannot be read. The caller owns it.
 */
cairo_surface_t *rubis_letterhead_load_image (GBytes *image, GError **error);

G_END_DECLS
