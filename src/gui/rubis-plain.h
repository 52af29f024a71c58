/* rubis-plain.h: small things that several windows need. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Sets the description of a page to a text that may hold any character: libadwaita reads markup. */
void rubis_plain_set_description (AdwStatusPage *page, const char *text);
/* The same for the subtitle of a row. */
void rubis_plain_set_subtitle (AdwActionRow *row, const char *text);

/* TRUE when the work of @result was cancelled meanwhile: its answer, even a good one, is no longer
 * asked for.
 */
gboolean rubis_plain_is_abandoned (GAsyncResult *result);

G_END_DECLS
