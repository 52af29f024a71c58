/* rubis-import-decimal.h: the numbers of a sheet, by decimal text (private to the layer). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for any number that rubis_import_decimal_tidy() writes. */
#define RUBIS_IMPORT_DECIMAL_SIZE 64

/* Writes what a spreadsheet shows for the binary number stored as @text: the 15 significant digits that it
 * vouches for ("33.450000000000003" becomes "33.45", "1.2E3" becomes "1200"). FALSE when @text is no
 * number of a sensible size.
 */
gboolean rubis_import_decimal_tidy (const char *text, char out[RUBIS_IMPORT_DECIMAL_SIZE]);

G_END_DECLS
