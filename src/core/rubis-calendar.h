/* rubis-calendar.h: public holidays and working days.
 *
 * National holidays only: regions, towns and one-off days are not known. France has its own
 * calendar for Bas-Rhin, Haut-Rhin and Moselle; TARGET is the one that euro transfers follow.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_CALENDAR_NONE = 0,   /* "none": weekends only */
  RUBIS_CALENDAR_FR = 1,     /* "FR": Code du travail, L3133-1 */
  RUBIS_CALENDAR_FR_AM = 2,  /* "FR-AM": also Good Friday and 26 December */
  RUBIS_CALENDAR_TARGET = 3, /* "TARGET" */
  RUBIS_CALENDAR_DE = 4,
  RUBIS_CALENDAR_BE = 5,
  RUBIS_CALENDAR_LU = 6,
  RUBIS_CALENDAR_IT = 7,
  RUBIS_CALENDAR_ES = 8,
  RUBIS_CALENDAR_NL = 9,
  RUBIS_CALENDAR_CH = 10,
  RUBIS_CALENDAR_GB = 11, /* "GB-EAW": England and Wales, with substitute days */
} RubisCalendar;
#define RUBIS_N_CALENDARS 12

typedef enum
{
  RUBIS_WORKDAYS_OUVRE = 0,    /* jours ouvrés: Monday to Friday */
  RUBIS_WORKDAYS_OUVRABLE = 1, /* jours ouvrables: Monday to Saturday */
} RubisWorkdays;

typedef struct
{
  RubisDate date;
  const char *name; /* in the country's language, static */
} RubisHoliday;

const char *rubis_calendar_to_id (RubisCalendar calendar);
gboolean rubis_calendar_from_id (const char *id, RubisCalendar *calendar);
/* The calendar of an ISO 3166 country; RUBIS_CALENDAR_NONE for those not known. */
RubisCalendar rubis_calendar_for_country (const char *country);

/* Easter Sunday of the Gregorian calendar (Meeus); RUBIS_DATE_NONE outside 1900 to 2199. */
RubisDate rubis_calendar_easter (int year);

/* A new array of RubisHoliday, by date; a date with two holidays is there twice. */
GArray *rubis_calendar_holidays (RubisCalendar calendar, int year);
/* The names of the holidays of @date, a new list, empty for an ordinary day. */
char **rubis_calendar_holiday_names (RubisCalendar calendar, RubisDate date);
gboolean rubis_calendar_is_holiday (RubisCalendar calendar, RubisDate date);
gboolean rubis_calendar_is_business_day (RubisCalendar calendar, RubisWorkdays days, RubisDate date);

/* @date itself when it is a business day, else the first one after (before) it. */
RubisDate rubis_calendar_next_business_day (RubisCalendar calendar, RubisWorkdays days, RubisDate date);
RubisDate rubis_calendar_previous_business_day (RubisCalendar calendar, RubisWorkdays days, RubisDate date);
/* The @n-th business day after @date, before it when @n is negative; @date itself is never counted,
 * and is returned for 0. RUBIS_DATE_NONE outside the accepted span.
 */
RubisDate rubis_calendar_add_business_days (RubisCalendar calendar, RubisWorkdays days, RubisDate date,
                                            int n);
/* The number of business days after @from up to @to included; negative when @to is before @from. */
int rubis_calendar_count_business_days (RubisCalendar calendar, RubisWorkdays days, RubisDate from,
                                        RubisDate to);

G_END_DECLS
