#include "rubis-moment.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

gint64
rubis_moment_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

RubisDate
rubis_moment_get_day (gint64 at)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (at);

  return rubis_date_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                              g_date_time_get_day_of_month (local));
}

char *
rubis_moment_format (gint64 at, gint64 now)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (at);
  g_autofree char *time = g_date_time_format (local, "%H:%M");
  g_autofree char *day = NULL;

  if (at == 0)
    return g_strdup ("");
  if (rubis_moment_get_day (at) == rubis_moment_get_day (now))
    return g_steal_pointer (&time);
  if (at > now && now != 0)
    /* Translators: strftime: a day to come and its time: "lundi 23/11 à 08:00". */
    return g_date_time_format (local, _ ("%A %d/%m at %H:%M"));
  day = rubis_ui_format_date (rubis_moment_get_day (at));
  return g_strdup_printf ("%s %s", day, time);
}

char *
rubis_moment_format_rest (gint64 at, gint64 now)
{
  gint64 rest = at - now;

  if (rest <= 0)
    return NULL;
  if (rest < MINUTE)
    /* Translators: seconds. */
    return g_strdup_printf (_ ("%d s"), (int)rest);
  /* The last moments count; before, seconds would only flicker. */
  if (rest < 2 * MINUTE)
    /* Translators: minutes and seconds. */
    return g_strdup_printf (_ ("%d min %02d s"), (int)(rest / MINUTE), (int)(rest % MINUTE));
  if (rest < HOUR)
    /* Translators: minutes. */
    return g_strdup_printf (_ ("%d min"), (int)(rest / MINUTE));
  if (rest < DAY)
    /* Translators: hours and minutes. */
    return g_strdup_printf (_ ("%d h %02d min"), (int)(rest / HOUR), (int)(rest % HOUR / MINUTE));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong)(rest / DAY)), (int)(rest / DAY));
}
