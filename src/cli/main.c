/* rubisctl: the one place of the command line that reads the clock and the locale. */
#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-process.h"

/* Messages are UTF-8 and translated even where no locale is set up. */
static void
set_up_locale (const char *language)
{
  const char *folder = g_getenv ("RUBIS_LOCALE_DIR");
  const char *messages;

  if (language != NULL)
    g_setenv ("LANGUAGE", language, TRUE);
  if (setlocale (LC_ALL, "") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  messages = setlocale (LC_MESSAGES, NULL);
  if (messages == NULL || strcmp (messages, "C") == 0 || strcmp (messages, "POSIX") == 0)
    setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : RUBIS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

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
  rubis_process_keep_private ();
  g_set_prgname ("rubisctl");
  set_up_locale (rubis_cli_find_language (argc, argv));
  return rubis_cli_main (argc, argv, read_clock ());
}
