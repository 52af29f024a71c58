#include "rubis-date-words.h"
#include "rubis-date.h"
#include "rubis-format.h"
#include "rubis-test.h"

/* Every day of the accepted span, against GLib's calendar. */
static void
test_whole_span (void)
{
  g_autoptr(GDate) reference = g_date_new_dmy (1, G_DATE_JANUARY, 1900);

  for (RubisDate date = RUBIS_DATE_MIN; date <= RUBIS_DATE_MAX; date++)
    {
      int year, month, day;

      rubis_date_to_ymd (date, &year, &month, &day);
      g_assert_cmpint (year, ==, g_date_get_year (reference));
      g_assert_cmpint (month, ==, (int) g_date_get_month (reference));
      g_assert_cmpint (day, ==, g_date_get_day (reference));
      g_assert_cmpint (rubis_date_weekday (date), ==, (int) g_date_get_weekday (reference));
      g_assert_cmpint (rubis_date_from_ymd (year, month, day), ==, date);
      g_date_add_days (reference, 1);
    }
  g_assert_cmpint (g_date_get_year (reference), ==, 2200);
}

static void
test_iso (void)
{
  static const char *const bad[] = { "", "2026-02-30", "2026-13-01", "2026-1-01", "02/11/2026", "2026-01-01T00:00", "1899-12-31" };
  g_autofree char *text = rubis_date_to_iso (rubis_date_parse_iso ("2024-02-29"));

  g_assert_cmpstr (text, ==, "2024-02-29");
  g_assert_cmpint (rubis_date_parse_iso ("1970-01-01"), ==, 0);
  g_assert_cmpint (rubis_date_parse_iso (NULL), ==, RUBIS_DATE_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (rubis_date_parse_iso (bad[i]), ==, RUBIS_DATE_NONE);
}

static void
test_months (void)
{
  g_assert_cmpint (rubis_date_add_months (rubis_date_parse_iso ("2026-01-31"), 1), ==, rubis_date_parse_iso ("2026-02-28"));
  g_assert_cmpint (rubis_date_add_months (rubis_date_parse_iso ("2024-03-31"), -1), ==, rubis_date_parse_iso ("2024-02-29"));
  g_assert_cmpint (rubis_date_add_months (rubis_date_parse_iso ("2026-11-15"), 14), ==, rubis_date_parse_iso ("2028-01-15"));
  g_assert_cmpint (rubis_date_end_of_month (rubis_date_parse_iso ("2028-02-03")), ==, rubis_date_parse_iso ("2028-02-29"));
}

static void
test_format (void)
{
  g_autofree char *first = rubis_format_date_long (rubis_date_parse_iso ("2026-05-01"), "fr");
  g_autofree char *german = rubis_format_date_short (rubis_date_parse_iso ("2026-11-02"), "de");
  g_autofree char *none = rubis_format_date_long (RUBIS_DATE_NONE, "fr");

  g_assert_cmpstr (first, ==, "1er\u00a0mai 2026");
  g_assert_cmpstr (german, ==, "02.11.2026");
  g_assert_cmpstr (none, ==, "");
}

/* Friday, 20 November 2026. */
static void
test_words (void)
{
  static const struct
  {
    const char *typed;
    const char *date;
  } cases[] = {
    { "vendredi", "2026-11-27" },    { "lundi", "2026-11-23" },       { "demain", "2026-11-21" },
    { "fin de mois", "2026-11-30" }, { "+10", "2026-11-30" },         { "+2s", "2026-12-04" },
    { "+1m", "2026-12-20" },         { "12/11", "2027-11-12" },       { "20/11", "2026-11-20" },
    { "5/12", "2026-12-05" },        { "15", "2026-12-15" },          { "31", "2026-12-31" },
    { "29/2", "2028-02-29" },        { "12/11/2026", "2026-11-12" },  { " 2026-12-01 ", "2026-12-01" },
    { "friday", "2026-11-27" },      { "", "" },                      { "bientôt", "" },
    { "32/11", "" },                 { "+", "" },                     { "31/4", "" },
  };
  RubisDate today = rubis_date_from_ymd (2026, 11, 20);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = rubis_date_to_iso (rubis_date_words_parse (cases[i].typed, today));

      if (g_strcmp0 (found, cases[i].date) != 0)
        g_test_message ("“%s”", cases[i].typed);
      g_assert_cmpstr (found, ==, cases[i].date);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/date/whole-span", test_whole_span);
  g_test_add_func ("/core/date/iso", test_iso);
  g_test_add_func ("/core/date/months", test_months);
  g_test_add_func ("/core/date/format", test_format);
  g_test_add_func ("/core/date/words", test_words);
  return g_test_run ();
}
