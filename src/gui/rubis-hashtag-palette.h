/* rubis-hashtag-palette.h: all hashtags by family, with a search.
 *
 * Signal "chosen" (const char *name): by Enter or a double click.
 */
#pragma once

#include <adwaita.h>

#include "rubis-template-preview.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_HASHTAG_PALETTE (rubis_hashtag_palette_get_type ())
G_DECLARE_FINAL_TYPE (RubisHashtagPalette, rubis_hashtag_palette, RUBIS, HASHTAG_PALETTE, AdwBin)

/* (element-type RubisHashtagEntry) */
void rubis_hashtag_palette_set_hashtags (RubisHashtagPalette *self, GPtrArray *hashtags);
/* Empties the search and puts the cursor there. */
void rubis_hashtag_palette_begin (RubisHashtagPalette *self);

G_END_DECLS
