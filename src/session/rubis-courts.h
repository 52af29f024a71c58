/* rubis-courts.h: which court knows of a claim, as far as a place tells. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Seats that know of claims between traders in the department of a French postcode, as a request names
 * them ("tribunal de commerce de Dijon"): several where the law has several, none where the place tells
 * nothing. (transfer full) (element-type utf8) NULL and @error when the table cannot be read.
 */
GPtrArray *rubis_courts_list_commercial (const char *postcode, GError **error);

/* "69", "2A", "971"; "" for what is no French postcode. (transfer full) */
char *rubis_courts_dup_department (const char *postcode);

G_END_DECLS
