/* rubis-phone.h: telephone numbers as networks take them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "+33612345678" for "06 12 34 56 78", "0033 6.12.34.56.78" or "+33 (0)6 12 34 56 78"; a number without its
 * country is of
 * @country (ISO code, "" for FR). NULL when it is no number (E.164: 8 to 15 digits) or the country's prefix
 * is not known. (transfer full)
 */
char *rubis_phone_to_international (const char *typed, const char *country);
/* Whether texts can reach an international number, as far as its country tells (France: 6 and 7). */
gboolean rubis_phone_takes_sms (const char *international);

G_END_DECLS
