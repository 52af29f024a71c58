/* rubis-date-words.h: a coming day as people type it: "vendredi", "fin de mois", "+10", "12/11",
 * "12/11/2026".
 *
 * For entries of promises, instalments and callbacks. Pure.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

/* As seen from @today: "12/11" and "15" are the next such day, today included; "+10" is in ten days, "+2s",
 * "+2w" in two weeks, "+1m" in a month. RUBIS_DATE_NONE when @text names no day.
 */
RubisDate rubis_date_words_parse (const char *text, RubisDate today);

G_END_DECLS
