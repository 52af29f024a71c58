/* rubis-contrast.h: colours that can be read on others (WCAG 2.1, 1.4.3). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What text of ordinary size needs. */
#define RUBIS_CONTRAST_TEXT 4.5

/* The contrast of two colours 0xRRGGBB: 1 to 21. */
double rubis_contrast_ratio (guint32 first, guint32 second);
/* @colour, mixed with as little black or white as it takes to have @ratio on @background. */
guint32 rubis_contrast_adjust (guint32 colour, guint32 background, double ratio);

G_END_DECLS
