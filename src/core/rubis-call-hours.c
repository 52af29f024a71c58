#include "rubis-call-hours.h"

#include <string.h>

#include "rubis-calendar.h"

#define OPENS (9 * 60)
#define CLOSES (19 * 60)

/* By code. The zone is that of the capital: it tells the hour well enough to know whether people are at work.
 */
static const struct
{
  const char country[3];
  const char *zone;
} zones[] = {
  { "AD", "Europe/Andorra" },      { "AE", "Asia/Dubai" },
  { "AL", "Europe/Tirane" },       { "AR", "America/Argentina/Buenos_Aires" },
  { "AT", "Europe/Vienna" },       { "AU", "Australia/Sydney" },
  { "BA", "Europe/Sarajevo" },     { "BE", "Europe/Brussels" },
  { "BF", "Africa/Ouagadougou" },  { "BG", "Europe/Sofia" },
  { "BJ", "Africa/Porto-Novo" },   { "BL", "America/Guadeloupe" },
  { "BR", "America/Sao_Paulo" },   { "CA", "America/Toronto" },
  { "CD", "Africa/Kinshasa" },     { "CG", "Africa/Brazzaville" },
  { "CH", "Europe/Zurich" },       { "CI", "Africa/Abidjan" },
  { "CL", "America/Santiago" },    { "CM", "Africa/Douala" },
  { "CN", "Asia/Shanghai" },       { "CO", "America/Bogota" },
  { "CY", "Asia/Nicosia" },        { "CZ", "Europe/Prague" },
  { "DE", "Europe/Berlin" },       { "DJ", "Africa/Djibouti" },
  { "DK", "Europe/Copenhagen" },   { "DZ", "Africa/Algiers" },
  { "EE", "Europe/Tallinn" },      { "EG", "Africa/Cairo" },
  { "ES", "Europe/Madrid" },       { "FI", "Europe/Helsinki" },
  { "FR", "Europe/Paris" },        { "GA", "Africa/Libreville" },
  { "GB", "Europe/London" },       { "GF", "America/Cayenne" },
  { "GN", "Africa/Conakry" },      { "GP", "America/Guadeloupe" },
  { "GR", "Europe/Athens" },       { "HK", "Asia/Hong_Kong" },
  { "HR", "Europe/Zagreb" },       { "HU", "Europe/Budapest" },
  { "IE", "Europe/Dublin" },       { "IL", "Asia/Jerusalem" },
  { "IN", "Asia/Kolkata" },        { "IS", "Atlantic/Reykjavik" },
  { "IT", "Europe/Rome" },         { "JP", "Asia/Tokyo" },
  { "KE", "Africa/Nairobi" },      { "KM", "Indian/Comoro" },
  { "KR", "Asia/Seoul" },          { "KW", "Asia/Kuwait" },
  { "LB", "Asia/Beirut" },         { "LI", "Europe/Vaduz" },
  { "LT", "Europe/Vilnius" },      { "LU", "Europe/Luxembourg" },
  { "LV", "Europe/Riga" },         { "MA", "Africa/Casablanca" },
  { "MC", "Europe/Monaco" },       { "MD", "Europe/Chisinau" },
  { "ME", "Europe/Podgorica" },    { "MF", "America/Guadeloupe" },
  { "MG", "Indian/Antananarivo" }, { "MK", "Europe/Skopje" },
  { "ML", "Africa/Bamako" },       { "MQ", "America/Martinique" },
  { "MR", "Africa/Nouakchott" },   { "MT", "Europe/Malta" },
  { "MU", "Indian/Mauritius" },    { "MX", "America/Mexico_City" },
  { "MY", "Asia/Kuala_Lumpur" },   { "NC", "Pacific/Noumea" },
  { "NE", "Africa/Niamey" },       { "NG", "Africa/Lagos" },
  { "NL", "Europe/Amsterdam" },    { "NO", "Europe/Oslo" },
  { "NZ", "Pacific/Auckland" },    { "PF", "Pacific/Tahiti" },
  { "PL", "Europe/Warsaw" },       { "PM", "America/Miquelon" },
  { "PT", "Europe/Lisbon" },       { "QA", "Asia/Qatar" },
  { "RE", "Indian/Reunion" },      { "RO", "Europe/Bucharest" },
  { "RS", "Europe/Belgrade" },     { "RU", "Europe/Moscow" },
  { "SA", "Asia/Riyadh" },         { "SC", "Indian/Mahe" },
  { "SE", "Europe/Stockholm" },    { "SG", "Asia/Singapore" },
  { "SI", "Europe/Ljubljana" },    { "SK", "Europe/Bratislava" },
  { "SM", "Europe/San_Marino" },   { "SN", "Africa/Dakar" },
  { "TD", "Africa/Ndjamena" },     { "TG", "Africa/Lome" },
  { "TH", "Asia/Bangkok" },        { "TN", "Africa/Tunis" },
  { "TR", "Europe/Istanbul" },     { "TW", "Asia/Taipei" },
  { "UA", "Europe/Kyiv" },         { "US", "America/New_York" },
  { "VN", "Asia/Ho_Chi_Minh" },    { "WF", "Pacific/Wallis" },
  { "YT", "Indian/Mayotte" },      { "ZA", "Africa/Johannesburg" },
};

/* Of French postcodes. */
static const struct
{
  const char prefix[4];
  const char country[3];
} overseas[] = {
  { "971", "GP" }, { "972", "MQ" }, { "973", "GF" }, { "974", "RE" }, { "975", "PM" }, { "976", "YT" },
  { "977", "BL" }, { "978", "MF" }, { "986", "WF" }, { "987", "PF" }, { "988", "NC" },
};

const char *
rubis_call_hours_get_zone (const char *country, const char *postcode)
{
  g_return_val_if_fail (country != NULL && postcode != NULL, "Europe/Paris");

  if (*country == '\0' || g_str_equal (country, "FR"))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (overseas); i++)
        {
          if (strlen (postcode) == 5 && g_str_has_prefix (postcode, overseas[i].prefix))
            country = overseas[i].country;
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      if (g_str_equal (zones[i].country, country))
        return zones[i].zone;
    }
  return "Europe/Paris";
}

RubisCallHours
rubis_call_hours_judge (RubisDate date, int minute, const char *country)
{
  const char *known = *country != '\0' ? country : "FR";

  if (rubis_date_weekday (date) > 5)
    return RUBIS_CALL_HOURS_WEEKEND;
  if (rubis_calendar_is_holiday (rubis_calendar_for_country (known), date))
    return RUBIS_CALL_HOURS_HOLIDAY;
  if (minute < OPENS)
    return RUBIS_CALL_HOURS_EARLY;
  return minute < CLOSES ? RUBIS_CALL_HOURS_OPEN : RUBIS_CALL_HOURS_LATE;
}

char *
rubis_call_hours_format_minute (int minute)
{
  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

gboolean
rubis_call_hours_parse_minute (const char *text, int *minute)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  char *mark = strpbrk (typed, ":hH.");
  guint64 hour = 0;
  guint64 rest = 0;

  if (mark != NULL)
    *mark = '\0';
  g_strchomp (typed);
  if (!g_ascii_string_to_unsigned (typed, 10, 0, 23, &hour, NULL))
    return FALSE;
  if (mark != NULL && *g_strchug (mark + 1) != '\0'
      && !g_ascii_string_to_unsigned (mark + 1, 10, 0, 59, &rest, NULL))
    return FALSE;
  *minute = (int)(hour * 60 + rest);
  return TRUE;
}
