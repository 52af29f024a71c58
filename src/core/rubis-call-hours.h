/* rubis-call-hours.h: where a customer's clock stands, and when it may be called.
 *
 * Pure: a zone is a name of the IANA database, an hour is given as minutes of a civil day.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

/* The zone of a country's capital, "Europe/Paris" for "" and codes that are not known; overseas France by its
 * own codes (RE, GP…) and, for "FR" and "", by the first three digits of the postcode (971 to 988). (static)
 */
const char *rubis_call_hours_get_zone (const char *country, const char *postcode);

typedef enum
{
  RUBIS_CALL_HOURS_OPEN,  /* Monday to Friday, from nine to seven in the evening */
  RUBIS_CALL_HOURS_EARLY, /* before nine */
  RUBIS_CALL_HOURS_LATE,  /* from seven in the evening */
  RUBIS_CALL_HOURS_WEEKEND,
  RUBIS_CALL_HOURS_HOLIDAY, /* of the customer's country */
} RubisCallHours;

/* @date and @minute (0 to 1439) of the customer. */
RubisCallHours rubis_call_hours_judge (RubisDate date, int minute, const char *country);

/* "14:05" of 845. (transfer full) */
char *rubis_call_hours_format_minute (int minute);
/* "14:05", "14h05", "14h", "9", of a day; FALSE for anything else. */
gboolean rubis_call_hours_parse_minute (const char *text, int *minute);

G_END_DECLS
