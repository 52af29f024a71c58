/* rubis-search-palette.h: the search over everything (Ctrl+K), over the window: accounts, items, people,
 * history, disputes, groups, and what the program can do, as it is typed.
 *
 * The cursor stays in the entry; arrows choose, Enter opens, Escape or a click beside closes and gives the
 * focus back. Signal "found-activated" (RubisFound, gboolean): something of the dossier was chosen; TRUE: its
 * account is to be called. Actions run themselves.
 */
#pragma once

#include <adwaita.h>

#include "rubis-search.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SEARCH_PALETTE (rubis_search_palette_get_type ())
G_DECLARE_FINAL_TYPE (RubisSearchPalette, rubis_search_palette, RUBIS, SEARCH_PALETTE, AdwBin)

/* Opens with an empty entry, recent finds and frequent actions. @places: what can be gone to. @account_id:
 * the one shown, which some actions are about; 0: none.
 */
void rubis_search_palette_open (RubisSearchPalette *self, RubisSession *session, AdwViewStack *places,
                                gint64 account_id);
void rubis_search_palette_close (RubisSearchPalette *self);
/* Forgets what was found: the dossier is another one, or none. */
void rubis_search_palette_forget (RubisSearchPalette *self);

G_END_DECLS
