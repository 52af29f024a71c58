#include "rubis-penalty-detail.h"

#include "rubis-format.h"
#include "rubis-words.h"

void
rubis_penalty_detail_append (GString *lines, const char *number, const RubisInterestResult *result,
                             RubisCurrency currency, const char *language)
{
  g_return_if_fail (lines != NULL);
  g_return_if_fail (number != NULL);
  g_return_if_fail (result != NULL);

  for (guint i = 0; i < result->segments->len; i++)
    {
      const RubisInterestSegment *segment = &g_array_index (result->segments, RubisInterestSegment, i);
      g_autofree char *from = rubis_format_date_short (segment->from, language);
      g_autofree char *to = rubis_format_date_short (segment->to, language);
      g_autofree char *rate = rubis_format_rate (segment->rate * 100 / RUBIS_RATE_PERCENT, language);
      g_autofree char *principal = rubis_format_amount (segment->principal, currency, language);
      g_autofree char *interest = rubis_format_amount (segment->interest, currency, language);

      g_string_append_printf (lines, "%s%s%s%s – %s, %d\u00a0%s × %s × %s = %s", lines->len > 0 ? "\n" : "", number,
                              rubis_words_get (RUBIS_WORD_COLON, language), from, to, segment->days,
                              rubis_words_get (RUBIS_WORD_DAYS_UNIT, language), rate, principal, interest);
    }
}

void
rubis_penalty_detail_append_contested (GString *lines, const char *number, gint64 contested, RubisCurrency currency,
                                       const char *language)
{
  g_autofree char *amount = NULL;

  g_return_if_fail (lines != NULL);
  g_return_if_fail (number != NULL);

  amount = rubis_format_amount (contested, currency, language);
  g_string_append_printf (lines, "%s%s%s%s (%s)", lines->len > 0 ? "\n" : "", number,
                          rubis_words_get (RUBIS_WORD_COLON, language),
                          rubis_words_get (RUBIS_WORD_WITHOUT_CONTESTED, language), amount);
}
