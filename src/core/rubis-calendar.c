#include "rubis-calendar.h"

#include <string.h>

typedef enum
{
  FIXED,        /* month, day */
  EASTER,       /* days after Easter Sunday */
  FIRST_MONDAY, /* of the month */
  LAST_MONDAY,
  NEW_YEAR_SUBSTITUTE,  /* 1 January, or the Monday after the weekend */
  CHRISTMAS_SUBSTITUTE, /* month, day; two days later when in a weekend */
  SATURDAY_IF_SUNDAY,   /* month, day */
} Shape;

typedef struct
{
  guint calendars; /* bits, 1 << RubisCalendar */
  Shape shape;
  int month; /* or days after Easter */
  int day;
  const char *name;
  int since; /* first year; 0: always */
} Rule;

#define IN(c) (1u << RUBIS_CALENDAR_##c)
#define FRANCE (IN (FR) | IN (FR_AM))

static const Rule rules[] = {
  { FRANCE, FIXED, 1, 1, "Jour de l'An", 0 },
  { IN (FR_AM), EASTER, -2, 0, "Vendredi saint", 0 },
  { FRANCE, EASTER, 1, 0, "Lundi de Pâques", 0 },
  { FRANCE, FIXED, 5, 1, "Fête du Travail", 0 },
  { FRANCE, FIXED, 5, 8, "Victoire 1945", 1982 },
  { FRANCE, EASTER, 39, 0, "Ascension", 0 },
  { FRANCE, EASTER, 50, 0, "Lundi de Pentecôte", 0 },
  { FRANCE, FIXED, 7, 14, "Fête nationale", 0 },
  { FRANCE, FIXED, 8, 15, "Assomption", 0 },
  { FRANCE, FIXED, 11, 1, "Toussaint", 0 },
  { FRANCE, FIXED, 11, 11, "Armistice 1918", 0 },
  { FRANCE, FIXED, 12, 25, "Noël", 0 },
  { IN (FR_AM), FIXED, 12, 26, "Saint-Étienne", 0 },

  { IN (TARGET), FIXED, 1, 1, "New Year", 0 },
  { IN (TARGET), EASTER, -2, 0, "Good Friday", 0 },
  { IN (TARGET), EASTER, 1, 0, "Easter Monday", 0 },
  { IN (TARGET), FIXED, 5, 1, "Labour Day", 0 },
  { IN (TARGET), FIXED, 12, 25, "Christmas", 0 },
  { IN (TARGET), FIXED, 12, 26, "26 December", 0 },

  { IN (DE), FIXED, 1, 1, "Neujahr", 0 },
  { IN (DE), EASTER, -2, 0, "Karfreitag", 0 },
  { IN (DE), EASTER, 1, 0, "Ostermontag", 0 },
  { IN (DE), FIXED, 5, 1, "Tag der Arbeit", 0 },
  { IN (DE), EASTER, 39, 0, "Christi Himmelfahrt", 0 },
  { IN (DE), EASTER, 50, 0, "Pfingstmontag", 0 },
  { IN (DE), FIXED, 10, 3, "Tag der Deutschen Einheit", 1990 },
  { IN (DE), FIXED, 12, 25, "1. Weihnachtstag", 0 },
  { IN (DE), FIXED, 12, 26, "2. Weihnachtstag", 0 },

  { IN (BE) | IN (LU), FIXED, 1, 1, "Jour de l'An", 0 },
  { IN (BE) | IN (LU), EASTER, 1, 0, "Lundi de Pâques", 0 },
  { IN (BE) | IN (LU), FIXED, 5, 1, "Fête du Travail", 0 },
  { IN (LU), FIXED, 5, 9, "Journée de l'Europe", 2019 },
  { IN (BE) | IN (LU), EASTER, 39, 0, "Ascension", 0 },
  { IN (BE) | IN (LU), EASTER, 50, 0, "Lundi de Pentecôte", 0 },
  { IN (LU), FIXED, 6, 23, "Fête nationale", 0 },
  { IN (BE), FIXED, 7, 21, "Fête nationale", 0 },
  { IN (BE) | IN (LU), FIXED, 8, 15, "Assomption", 0 },
  { IN (BE) | IN (LU), FIXED, 11, 1, "Toussaint", 0 },
  { IN (BE), FIXED, 11, 11, "Armistice", 0 },
  { IN (BE) | IN (LU), FIXED, 12, 25, "Noël", 0 },
  { IN (LU), FIXED, 12, 26, "Saint-Étienne", 0 },

  { IN (IT), FIXED, 1, 1, "Capodanno", 0 },
  { IN (IT), FIXED, 1, 6, "Epifania", 0 },
  { IN (IT), EASTER, 1, 0, "Lunedì dell'Angelo", 0 },
  { IN (IT), FIXED, 4, 25, "Festa della Liberazione", 0 },
  { IN (IT), FIXED, 5, 1, "Festa del Lavoro", 0 },
  { IN (IT), FIXED, 6, 2, "Festa della Repubblica", 0 },
  { IN (IT), FIXED, 8, 15, "Assunzione", 0 },
  { IN (IT), FIXED, 10, 4, "San Francesco d'Assisi", 2026 },
  { IN (IT), FIXED, 11, 1, "Ognissanti", 0 },
  { IN (IT), FIXED, 12, 8, "Immacolata Concezione", 0 },
  { IN (IT), FIXED, 12, 25, "Natale", 0 },
  { IN (IT), FIXED, 12, 26, "Santo Stefano", 0 },

  { IN (ES), FIXED, 1, 1, "Año Nuevo", 0 },
  { IN (ES), FIXED, 1, 6, "Epifanía del Señor", 0 },
  { IN (ES), EASTER, -2, 0, "Viernes Santo", 0 },
  { IN (ES), FIXED, 5, 1, "Fiesta del Trabajo", 0 },
  { IN (ES), FIXED, 8, 15, "Asunción de la Virgen", 0 },
  { IN (ES), FIXED, 10, 12, "Fiesta Nacional de España", 0 },
  { IN (ES), FIXED, 11, 1, "Todos los Santos", 0 },
  { IN (ES), FIXED, 12, 6, "Día de la Constitución", 0 },
  { IN (ES), FIXED, 12, 8, "Inmaculada Concepción", 0 },
  { IN (ES), FIXED, 12, 25, "Navidad", 0 },

  { IN (NL), FIXED, 1, 1, "Nieuwjaarsdag", 0 },
  { IN (NL), EASTER, 1, 0, "Tweede paasdag", 0 },
  { IN (NL), SATURDAY_IF_SUNDAY, 4, 27, "Koningsdag", 2014 },
  { IN (NL), EASTER, 39, 0, "Hemelvaartsdag", 0 },
  { IN (NL), EASTER, 50, 0, "Tweede pinksterdag", 0 },
  { IN (NL), FIXED, 12, 25, "Eerste kerstdag", 0 },
  { IN (NL), FIXED, 12, 26, "Tweede kerstdag", 0 },

  { IN (CH), FIXED, 8, 1, "Fête nationale", 1994 },

  { IN (GB), NEW_YEAR_SUBSTITUTE, 1, 1, "New Year's Day", 0 },
  { IN (GB), EASTER, -2, 0, "Good Friday", 0 },
  { IN (GB), EASTER, 1, 0, "Easter Monday", 0 },
  { IN (GB), FIRST_MONDAY, 5, 0, "Early May bank holiday", 1978 },
  { IN (GB), LAST_MONDAY, 5, 0, "Spring bank holiday", 0 },
  { IN (GB), LAST_MONDAY, 8, 0, "Summer bank holiday", 0 },
  { IN (GB), CHRISTMAS_SUBSTITUTE, 12, 25, "Christmas Day", 0 },
  { IN (GB), CHRISTMAS_SUBSTITUTE, 12, 26, "Boxing Day", 0 },
};

static const char *const ids[RUBIS_N_CALENDARS] = {
  "none", "FR", "FR-AM", "TARGET", "DE", "BE", "LU", "IT", "ES", "NL", "CH", "GB-EAW",
};

const char *
rubis_calendar_to_id (RubisCalendar calendar)
{
  g_return_val_if_fail ((guint)calendar < RUBIS_N_CALENDARS, NULL);

  return ids[calendar];
}

gboolean
rubis_calendar_from_id (const char *id, RubisCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, FALSE);

  for (guint i = 0; id != NULL && i < RUBIS_N_CALENDARS; i++)
    {
      if (strcmp (ids[i], id) == 0)
        {
          *calendar = (RubisCalendar)i;
          return TRUE;
        }
    }
  return FALSE;
}

RubisCalendar
rubis_calendar_for_country (const char *country)
{
  g_autofree char *upper = NULL;
  RubisCalendar calendar = RUBIS_CALENDAR_NONE;

  g_return_val_if_fail (country != NULL, RUBIS_CALENDAR_NONE);

  upper = g_ascii_strup (country, -1);
  if (strcmp (upper, "GB") == 0)
    return RUBIS_CALENDAR_GB;
  /* Monaco's banks and post follow the French calendar. */
  if (strcmp (upper, "MC") == 0)
    return RUBIS_CALENDAR_FR;
  if (strlen (upper) == 2)
    rubis_calendar_from_id (upper, &calendar);
  return calendar;
}

RubisDate
rubis_calendar_easter (int year)
{
  int a = year % 19;
  int b = year / 100, c = year % 100;
  int d = b / 4, e = b % 4;
  int f = (b + 8) / 25;
  int g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30;
  int i = c / 4, k = c % 4;
  int l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int n = h + l - 7 * m + 114;

  return rubis_date_from_ymd (year, n / 31, n % 31 + 1);
}

static RubisDate
rule_date (const Rule *rule, int year)
{
  RubisDate date;
  int weekday;

  if (rule->shape == EASTER)
    return rubis_calendar_easter (year) + rule->month;
  date = rubis_date_from_ymd (year, rule->month, MAX (rule->day, 1));
  weekday = rubis_date_weekday (date);
  switch (rule->shape)
    {
    case FIRST_MONDAY:
      return date + (8 - weekday) % 7;
    case LAST_MONDAY:
      date = rubis_date_end_of_month (date);
      return date - (rubis_date_weekday (date) - 1);
    case NEW_YEAR_SUBSTITUTE:
      return weekday >= 6 ? date + 8 - weekday : date;
    case CHRISTMAS_SUBSTITUTE:
      return weekday >= 6 ? date + 2 : date;
    case SATURDAY_IF_SUNDAY:
      return weekday == 7 ? date - 1 : date;
    case FIXED:
    case EASTER:
    default:
      return date;
    }
}

static gboolean
rule_applies (const Rule *rule, RubisCalendar calendar, int year)
{
  return (rule->calendars & (1u << calendar)) != 0 && year >= rule->since;
}

static int
compare_holidays (gconstpointer a, gconstpointer b)
{
  RubisDate first = ((const RubisHoliday *)a)->date;
  RubisDate second = ((const RubisHoliday *)b)->date;

  return (first > second) - (first < second);
}

GArray *
rubis_calendar_holidays (RubisCalendar calendar, int year)
{
  GArray *holidays = g_array_new (FALSE, FALSE, sizeof (RubisHoliday));

  g_return_val_if_fail ((guint)calendar < RUBIS_N_CALENDARS, holidays);
  g_return_val_if_fail (year >= 1900 && year <= 2199, holidays);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (rule_applies (&rules[i], calendar, year))
        {
          RubisHoliday holiday = { rule_date (&rules[i], year), rules[i].name };

          g_array_append_val (holidays, holiday);
        }
    }
  g_array_sort (holidays, compare_holidays);
  return holidays;
}

char **
rubis_calendar_holiday_names (RubisCalendar calendar, RubisDate date)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  int year, month, day;

  g_return_val_if_fail ((guint)calendar < RUBIS_N_CALENDARS, g_strv_builder_end (names));
  g_return_val_if_fail (date >= RUBIS_DATE_MIN && date <= RUBIS_DATE_MAX, g_strv_builder_end (names));

  rubis_date_to_ymd (date, &year, &month, &day);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (rule_applies (&rules[i], calendar, year) && rule_date (&rules[i], year) == date)
        g_strv_builder_add (names, rules[i].name);
    }
  return g_strv_builder_end (names);
}

gboolean
rubis_calendar_is_holiday (RubisCalendar calendar, RubisDate date)
{
  int year, month, day;

  g_return_val_if_fail ((guint)calendar < RUBIS_N_CALENDARS, FALSE);
  g_return_val_if_fail (date >= RUBIS_DATE_MIN && date <= RUBIS_DATE_MAX, FALSE);

  rubis_date_to_ymd (date, &year, &month, &day);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (rule_applies (&rules[i], calendar, year) && rule_date (&rules[i], year) == date)
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_calendar_is_business_day (RubisCalendar calendar, RubisWorkdays days, RubisDate date)
{
  int last_weekday = days == RUBIS_WORKDAYS_OUVRABLE ? 6 : 5;

  return rubis_date_weekday (date) <= last_weekday && !rubis_calendar_is_holiday (calendar, date);
}

/* The first business day from @date on, in steps of @step days. */
static RubisDate
seek (RubisCalendar calendar, RubisWorkdays days, RubisDate date, int step)
{
  while (date >= RUBIS_DATE_MIN && date <= RUBIS_DATE_MAX)
    {
      if (rubis_calendar_is_business_day (calendar, days, date))
        return date;
      date += step;
    }
  return RUBIS_DATE_NONE;
}

RubisDate
rubis_calendar_next_business_day (RubisCalendar calendar, RubisWorkdays days, RubisDate date)
{
  return seek (calendar, days, date, 1);
}

RubisDate
rubis_calendar_previous_business_day (RubisCalendar calendar, RubisWorkdays days, RubisDate date)
{
  return seek (calendar, days, date, -1);
}

RubisDate
rubis_calendar_add_business_days (RubisCalendar calendar, RubisWorkdays days, RubisDate date, int n)
{
  int step = n < 0 ? -1 : 1;

  g_return_val_if_fail (date >= RUBIS_DATE_MIN && date <= RUBIS_DATE_MAX, RUBIS_DATE_NONE);

  for (int left = ABS (n); left > 0 && date != RUBIS_DATE_NONE; left--)
    date = seek (calendar, days, date + step, step);
  return date;
}

int
rubis_calendar_count_business_days (RubisCalendar calendar, RubisWorkdays days, RubisDate from, RubisDate to)
{
  int count = 0;

  g_return_val_if_fail (from >= RUBIS_DATE_MIN && from <= RUBIS_DATE_MAX, 0);
  g_return_val_if_fail (to >= RUBIS_DATE_MIN && to <= RUBIS_DATE_MAX, 0);

  if (to < from)
    return -rubis_calendar_count_business_days (calendar, days, to, from);
  for (RubisDate day = from + 1; day <= to; day++)
    {
      if (rubis_calendar_is_business_day (calendar, days, day))
        count++;
    }
  return count;
}
