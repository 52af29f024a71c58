/* rubis-reference.h: structured payment references, which come back unchanged in bank statements. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ISO 11649: "RF", two check digits and the reference (1 to 21 letters and digits; spaces, dots and
 * hyphens are left out). NULL when nothing usable remains or it is too long. New string.
 */
char *rubis_reference_rf_create (const char *reference);
gboolean rubis_reference_rf_check (const char *text);
/* Groups of four: "RF18 5390 0754 7034". New string. */
char *rubis_reference_rf_format (const char *text);

/* Belgium: ten digits and two of check, as "+++090/9337/55493+++". NULL when @base is not ten digits. */
char *rubis_reference_be_create (const char *base);
/* With +++ or *** around it, slashes, spaces, or bare. */
gboolean rubis_reference_be_check (const char *text);

/* Switzerland (QRR): 26 digits and one of check. NULL when @base is not 26 digits. */
char *rubis_reference_qrr_create (const char *base);
gboolean rubis_reference_qrr_check (const char *text);

G_END_DECLS
