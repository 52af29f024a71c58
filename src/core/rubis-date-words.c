#include "rubis-date-words.h"

#include <string.h>

#include "rubis-answer-date.h"
#include "rubis-date-entry.h"
#include "rubis-text.h"

/* "+10", "+2s" */
static RubisDate
parse_offset (const char *text, RubisDate today)
{
  char *end = NULL;
  gint64 count;
  g_autofree char *unit = NULL;

  if (*text != '+' || !g_ascii_isdigit (text[1]))
    return RUBIS_DATE_NONE;
  count = g_ascii_strtoll (text + 1, &end, 10);
  unit = g_strstrip (g_ascii_strdown (end, -1));
  if (count > 999)
    return RUBIS_DATE_NONE;
  if (*unit == '\0' || *unit == 'j' || *unit == 'd')
    return today + (RubisDate)count;
  if (*unit == 's' || *unit == 'w')
    return today + 7 * (RubisDate)count;
  return *unit == 'm' ? rubis_date_add_months (today, (int)count) : RUBIS_DATE_NONE;
}

/* "12/11", "12.11", "15": the next one. */
static RubisDate
parse_short (const char *text, RubisDate today)
{
  int year, month, day;
  gint64 wanted_day, wanted_month = 0;
  char *end = NULL;

  if (!g_ascii_isdigit (*text))
    return RUBIS_DATE_NONE;
  wanted_day = g_ascii_strtoll (text, &end, 10);
  if (*end != '\0' && strchr ("/.-", *end) != NULL && g_ascii_isdigit (end[1]))
    wanted_month = g_ascii_strtoll (end + 1, &end, 10);
  if (*end != '\0' || wanted_day > 31 || wanted_month > 12)
    return RUBIS_DATE_NONE;
  rubis_date_to_ymd (today, &year, &month, &day);
  /* At most four years on: the 29th of February. */
  for (int i = 0; i < 60; i++, month++)
    {
      RubisDate found;

      if (month > 12)
        {
          month = 1;
          year++;
        }
      if (wanted_month != 0 && month != wanted_month)
        continue;
      found = rubis_date_from_ymd (year, month, (int)wanted_day);
      if (found != RUBIS_DATE_NONE && found >= today)
        return found;
    }
  return RUBIS_DATE_NONE;
}

RubisDate
rubis_date_words_parse (const char *text, RubisDate today)
{
  g_autofree char *typed = NULL;
  g_autofree char *folded = NULL;
  RubisDate date;

  g_return_val_if_fail (text != NULL, RUBIS_DATE_NONE);

  typed = g_strstrip (g_strdup (text));
  date = rubis_date_entry_parse (typed);
  if (date == RUBIS_DATE_NONE)
    date = parse_offset (typed, today);
  if (date == RUBIS_DATE_NONE)
    date = parse_short (typed, today);
  if (date != RUBIS_DATE_NONE || *typed == '\0')
    return date;
  folded = rubis_text_fold (typed);
  return rubis_answer_date_find (folded, today, RUBIS_SENSE_FUTURE, NULL, NULL);
}
