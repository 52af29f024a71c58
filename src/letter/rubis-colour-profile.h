/* rubis-colour-profile.h: what the colours of a PDF mean. Used by this layer only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUBIS_COLOUR_PROFILE_NAME "sRGB IEC61966-2.1"

/* An ICC profile (version 4.2) of sRGB: primaries of IEC 61966-2-1 adapted to D50, parametric curve. */
GBytes *rubis_colour_profile_new (void);

G_END_DECLS
