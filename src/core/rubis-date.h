/* rubis-date.h: civil dates, without time or zone.
 *
 * A date is the number of days since 1970-01-01, so that dates are compared and subtracted as
 * integers, and stored as such. "Today" is always an argument: nothing in core reads the clock.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gint32 RubisDate;

/* No date: sorts before every date. */
#define RUBIS_DATE_NONE G_MININT32
/* The span that Rubis accepts: 1900-01-01 to 2199-12-31. */
#define RUBIS_DATE_MIN ((RubisDate) -25567)
#define RUBIS_DATE_MAX ((RubisDate) 84005)

/* RUBIS_DATE_NONE when the day does not exist or lies outside the accepted span. */
RubisDate rubis_date_from_ymd (int year, int month, int day);
void rubis_date_to_ymd (RubisDate date, int *year, int *month, int *day);
/* 1 = Monday … 7 = Sunday (ISO 8601). */
int rubis_date_weekday (RubisDate date);
int rubis_date_days_in_month (int year, int month);
gboolean rubis_date_is_leap_year (int year);
/* Same day number @months later, or the last day of that month when there is none. */
RubisDate rubis_date_add_months (RubisDate date, int months);
RubisDate rubis_date_end_of_month (RubisDate date);

/* "YYYY-MM-DD"; RUBIS_DATE_NONE when @text is anything else. */
RubisDate rubis_date_parse_iso (const char *text);
/* "YYYY-MM-DD", or "" for RUBIS_DATE_NONE. */
char *rubis_date_to_iso (RubisDate date);

G_END_DECLS
