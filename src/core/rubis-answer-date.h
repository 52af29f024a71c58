/* rubis-answer-date.h: days as people write them in messages: "vendredi", "fin de mois", "by the 15th".
 *
 * Works on text folded by rubis_text_fold(). French, English, German, Spanish, Italian, Dutch. Pure.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* In which direction a day without a month or week lies. */
typedef enum
{
  RUBIS_SENSE_FUTURE, /* "le 12": the next one, the day itself included */
  RUBIS_SENSE_PAST,   /* the last one, the day itself included */
} RubisDateSense;

/* The first day that @folded names, as seen from the day @written; RUBIS_DATE_NONE when it names none. @start
 * and
 * @end: (out) (nullable) byte offsets of its words.
 */
RubisDate rubis_answer_date_find (const char *folded, RubisDate written, RubisDateSense sense, gsize *start,
                                  gsize *end);

/* The first amount that @text gives with a currency sign or code, minor units; 0 when there is none or it is
 * in another currency than @currency. */
gint64 rubis_answer_amount_find (const char *text, RubisCurrency currency);

G_END_DECLS
