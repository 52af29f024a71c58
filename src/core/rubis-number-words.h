/* rubis-number-words.h: numbers and amounts in letters, as an acknowledgement of debt writes them.
 *
 * C.civ 1376: the debtor writes the sum in figures and in letters, and the letters prevail. The languages are those of
 * documents (fr, en, de, es, it, nl; others read as English). French has its hyphens below one hundred
 * only ("deux cent vingt-trois", "vingt et un"), as accountants and lawyers write, Dutch puts a space after "duizend". All strings returned are new.
 */
#pragma once

#include "rubis-money.h"

G_BEGIN_DECLS

/* The largest number that is spelled. */
#define RUBIS_NUMBER_WORDS_MAX G_GUINT64_CONSTANT (999999999999)

/* "mille deux cent trente-quatre", "eintausendzweihundertvierunddreißig"; the digits above RUBIS_NUMBER_WORDS_MAX. */
char *rubis_number_words_spell (guint64 number, const char *language);
/* "mille deux cent trente-quatre euros et cinquante-six centimes". Euros, dollars, pounds and Swiss francs have names;
 * another currency is written by its code, its cents as a fraction ("mille deux cents CAD et 50/100"). @minor must not
 * be negative: nobody acknowledges a negative debt.
 */
char *rubis_number_words_spell_amount (gint64 minor, RubisCurrency currency, const char *language);

G_END_DECLS
