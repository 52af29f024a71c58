/* rubis-money-entry.h: amounts as people type them. */
#pragma once

#include "rubis-money.h"

G_BEGIN_DECLS

/* Reads "412 300,18", "412,300.18", "412300.18 €", "−12,5": spaces and currency signs are ignored, and
 * the last comma or point is the decimal mark when one or two figures follow it (three in currencies
 * of three decimals). Errors name what was typed.
 */
gboolean rubis_money_entry_parse (const char *text, RubisCurrency currency, gint64 *minor, GError **error);

G_END_DECLS
