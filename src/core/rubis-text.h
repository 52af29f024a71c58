/* rubis-text.h: text as it is compared, cleaned and cut.
 *
 * Everything is UTF-8; bytes that are not are replaced by U+FFFD, never read past. All strings
 * returned are new, to be freed by the caller. No function depends on the locale.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The form in which two texts that a reader takes for the same are equal: lower case, without
 * accents, œ/æ/ß/ø/ł… spelled in plain letters, typographic quotes and dashes as ASCII, runs of
 * spaces of any kind as one space, none at the ends. "  Éclairage  & ŒUVRES" -> "eclairage & oeuvres".
 */
char *rubis_text_fold (const char *text);

/* rubis_text_fold() reduced to its letters and digits, for column headers and hashtags:
 * "N° de pièce" -> "ndepiece".
 */
char *rubis_text_key (const char *text);

/* TRUE when every word of @needle (as typed) is found somewhere in @folded, which comes from
 * rubis_text_fold(). An empty needle is found everywhere.
 */
gboolean rubis_text_matches (const char *folded, const char *needle);

/* Any run of spaces, tabs, line breaks, no-break spaces (wide and narrow), zero-width spaces and
 * byte-order marks becomes one space; those at the ends go. Letters are kept as they are.
 */
char *rubis_text_normalise_spaces (const char *text);

/* At most @max_chars characters; when something is cut, the last one is "…". Never separates a
 * letter from the accents that follow it. @max_chars must be positive.
 */
char *rubis_text_truncate (const char *text, gsize max_chars);

G_END_DECLS
