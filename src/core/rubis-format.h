/* rubis-format.h: amounts and dates as people read them, in the language of a document.
 *
 * The language is an argument ("fr", "en", "de", "es", "it", "nl"; unknown ones read as "en"): a
 * French window can show an English letter. All strings returned are new.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* "1 234,56" (fr, narrow no-break space), "1,234.56" (en), with a real minus sign. */
char *rubis_format_number (gint64 minor, RubisCurrency currency, const char *language);
/* The number with its currency: "1 234,56 €" (fr), "€1,234.56" (en); other codes are spelled. */
char *rubis_format_amount (gint64 minor, RubisCurrency currency, const char *language);
/* "02/11/2026" (fr, en, es, it), "02.11.2026" (de), "02-11-2026" (nl); "" for no date. */
char *rubis_format_date_short (RubisDate date, const char *language);
/* "2 novembre 2026", "1er mai 2026" (fr), "2 November 2026" (en); "" for no date. */
char *rubis_format_date_long (RubisDate date, const char *language);
/* A count with thousands separators. */
char *rubis_format_count (gint64 count, const char *language);
/* A rate in hundredths of a percent: 1240 -> "12,40 %" (fr), "12.40%" (en). */
char *rubis_format_rate (gint64 hundredths, const char *language);
/* The language of the user interface among those above, from gettext's answer. */
const char *rubis_format_ui_language (void);

G_END_DECLS
