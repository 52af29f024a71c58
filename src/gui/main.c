/* main.c: the window program. The clock is read here, and nowhere else. */
#include <locale.h>

#include <glib/gi18n.h>

#include "rubis-application.h"
#include "rubis-process.h"

static RubisDate
read_clock (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  return rubis_date_from_ymd (g_date_time_get_year (now), g_date_time_get_month (now),
                              g_date_time_get_day_of_month (now));
}

int
main (int argc, char **argv)
{
  g_autoptr(RubisApplication) application = NULL;
  const char *locale_dir = g_getenv ("RUBIS_LOCALE_DIR");

  rubis_process_keep_private ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : RUBIS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = rubis_application_new (read_clock);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
