/* rubis-country.h: countries as they are typed, stored and printed on envelopes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The ISO 3166 code (static) of a code, or of a French, English or own name, in any case and with or
 * without accents: "Allemagne", "germany", "DEUTSCHLAND", "de" -> "DE". NULL when not known.
 */
const char *rubis_country_from_text (const char *text);

/* The French name in capitals, as the last line of an address posted in France: "ALLEMAGNE",
 * "ÉTATS-UNIS"; NULL for a code that is not known.
 */
const char *rubis_country_postal_name (const char *code);

/* TRUE for France, its overseas territories and Monaco: addresses without a country line. */
gboolean rubis_country_is_french_post (const char *code);

G_END_DECLS
