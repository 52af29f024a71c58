/* rubis-typed-number.h: what digits typed into a search may mean: an amount, a number of an invoice, a
 * telephone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An amount as far as it was typed: "1 234,5" is 1234 and one decimal, 5. */
typedef struct
{
  gint64 whole;
  gint64 decimals;
  int n_decimals;
} RubisTypedAmount;

/* The amounts that @text may be, in any usual form: "1 234,50", "1.234,50 €", "1,234.5", "EUR 1234", "-1234".
 * The sign is dropped. "1.234" is two amounts. Returns how many of @amounts were filled, 0 when @text is no
 * amount.
 */
guint rubis_typed_amount_read (const char *text, RubisTypedAmount amounts[2]);
/* The amounts in minor units of a currency of @exponent decimals that begin as @typed does: "1234" is 1234.00
 * to 1234.99. FALSE when it has more decimals than the currency, or is too large.
 */
gboolean rubis_typed_amount_range (const RubisTypedAmount *typed, int exponent, gint64 *low, gint64 *high);

/* How well @typed is found in a number of a document: its end ("1042" in "F-2026-01042"), its parts
 * without the zeros between ("F 1042"), its beginning, or a part of it, whatever the case and the signs
 * between. 0 (not) to 1000.
 */
int rubis_typed_number_rate (const char *typed, const char *number);

/* The digits of a telephone or a register number without what people leave out or add: spaces, dots, "+33",
 * the zero in front. "" when @text has other signs than those. (transfer full)
 */
char *rubis_typed_digits (const char *text);

G_END_DECLS
