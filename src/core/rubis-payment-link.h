/* rubis-payment-link.h: the address of the page where customers pay online, from what the company says of it.
 *
 * A pattern is an https: address in which {reference}, {amount} and {currency} stand for the customer's
 * account, what is asked ("1234.56") and its ISO 4217 code.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @pattern is such an address; "" is one. */
gboolean rubis_payment_link_check (const char *pattern);
/* @amount: (nullable) the page asks for it. Values are percent-encoded. (transfer full) (nullable) NULL for
 * "" and for what is no pattern.
 */
char *rubis_payment_link_make (const char *pattern, const char *reference, const char *amount,
                               const char *currency);

G_END_DECLS
