#include "rubis-date.h"

#include <string.h>

gboolean
rubis_date_is_leap_year (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
rubis_date_days_in_month (int year, int month)
{
  static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  g_return_val_if_fail (month >= 1 && month <= 12, 30);

  return month == 2 && rubis_date_is_leap_year (year) ? 29 : days[month - 1];
}

RubisDate
rubis_date_from_ymd (int year, int month, int day)
{
  int y, era, year_of_era, day_of_year, day_of_era;

  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > rubis_date_days_in_month (year, month))
    return RUBIS_DATE_NONE;

  /* Years from March on, so that the leap day is the last of its year. */
  y = month <= 2 ? year - 1 : year;
  era = y / 400;
  year_of_era = y - era * 400;
  day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

void
rubis_date_to_ymd (RubisDate date, int *year, int *month, int *day)
{
  int z = date + 719468;
  int era = z / 146097;
  int day_of_era = z - era * 146097;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted_month = (5 * day_of_year + 2) / 153;

  g_return_if_fail (date >= RUBIS_DATE_MIN && date <= RUBIS_DATE_MAX);

  *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

int
rubis_date_weekday (RubisDate date)
{
  /* 1970-01-01 was a Thursday. */
  int offset = (date + 3) % 7;

  return (offset < 0 ? offset + 7 : offset) + 1;
}

RubisDate
rubis_date_add_months (RubisDate date, int months)
{
  int year, month, day, index;

  rubis_date_to_ymd (date, &year, &month, &day);
  index = year * 12 + month - 1 + months;
  year = index / 12;
  month = index % 12 + 1;
  return rubis_date_from_ymd (year, month, MIN (day, rubis_date_days_in_month (year, month)));
}

RubisDate
rubis_date_end_of_month (RubisDate date)
{
  int year, month, day;

  rubis_date_to_ymd (date, &year, &month, &day);
  return rubis_date_from_ymd (year, month, rubis_date_days_in_month (year, month));
}

RubisDate
rubis_date_parse_iso (const char *text)
{
  static const char shape[] = "dddd-dd-dd";

  if (text == NULL || strlen (text) != strlen (shape))
    return RUBIS_DATE_NONE;
  for (int i = 0; shape[i] != '\0'; i++)
    {
      if (shape[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != '-')
        return RUBIS_DATE_NONE;
    }
  return rubis_date_from_ymd ((text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0',
                              (text[5] - '0') * 10 + text[6] - '0', (text[8] - '0') * 10 + text[9] - '0');
}

char *
rubis_date_to_iso (RubisDate date)
{
  int year, month, day;

  if (date == RUBIS_DATE_NONE)
    return g_strdup ("");
  rubis_date_to_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}
