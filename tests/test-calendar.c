#include "rubis-calendar.h"

#include <stdlib.h>
#include <string.h>

#include "rubis-test.h"

static RubisDate
date (const char *iso)
{
  RubisDate parsed = rubis_date_parse_iso (iso);

  g_assert_cmpint (parsed, !=, RUBIS_DATE_NONE);
  return parsed;
}

static RubisCalendar
calendar_of (const char *id)
{
  RubisCalendar calendar = RUBIS_CALENDAR_NONE;

  g_assert_true (rubis_calendar_from_id (id, &calendar));
  return calendar;
}

static void
test_easter (void)
{
  static const char *const sundays[] = { "1900-04-15", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23",
                                         "2019-04-21", "2026-04-05", "2038-04-25", "2199-04-14" };

  for (gsize i = 0; i < G_N_ELEMENTS (sundays); i++)
    {
      g_autofree char *found = rubis_date_to_iso (rubis_calendar_easter (atoi (sundays[i])));

      g_assert_cmpstr (found, ==, sundays[i]);
    }
}

static void
test_two_on_one_day (void)
{
  g_auto (GStrv) names = rubis_calendar_holiday_names (RUBIS_CALENDAR_FR, date ("2008-05-01"));
  g_auto (GStrv) none = rubis_calendar_holiday_names (RUBIS_CALENDAR_FR, date ("2008-05-02"));
  g_autoptr (GArray) year = rubis_calendar_holidays (RUBIS_CALENDAR_FR, 2008);

  g_assert_cmpint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "Fête du Travail");
  g_assert_cmpstr (names[1], ==, "Ascension");
  g_assert_cmpint (g_strv_length (none), ==, 0);
  g_assert_cmpint (year->len, ==, 11);
}

static void
test_substitutes (void)
{
  /* 1 January 2022 and 25 December 2021 were Saturdays, 25 December 2022 a Sunday. */
  g_assert_true (rubis_calendar_is_holiday (RUBIS_CALENDAR_GB, date ("2022-01-03")));
  g_assert_false (rubis_calendar_is_holiday (RUBIS_CALENDAR_GB, date ("2022-01-01")));
  g_assert_true (rubis_calendar_is_holiday (RUBIS_CALENDAR_GB, date ("2021-12-27")));
  g_assert_true (rubis_calendar_is_holiday (RUBIS_CALENDAR_GB, date ("2021-12-28")));
  g_assert_true (rubis_calendar_is_holiday (RUBIS_CALENDAR_GB, date ("2022-12-26")));
  g_assert_true (rubis_calendar_is_holiday (RUBIS_CALENDAR_GB, date ("2022-12-27")));
  g_assert_true (rubis_calendar_is_holiday (RUBIS_CALENDAR_GB, date ("2023-01-02")));
  /* 27 April 2025 was a Sunday. */
  g_assert_true (rubis_calendar_is_holiday (RUBIS_CALENDAR_NL, date ("2025-04-26")));
  g_assert_false (rubis_calendar_is_holiday (RUBIS_CALENDAR_NL, date ("2025-04-27")));
  g_assert_false (rubis_calendar_is_holiday (RUBIS_CALENDAR_IT, date ("2025-10-04")));
  g_assert_true (rubis_calendar_is_holiday (RUBIS_CALENDAR_IT, date ("2026-10-04")));
}

static void
test_business_days (void)
{
  const RubisCalendar fr = RUBIS_CALENDAR_FR;

  g_assert_cmpint (rubis_calendar_next_business_day (fr, RUBIS_WORKDAYS_OUVRE, date ("2026-05-01")), ==,
                   date ("2026-05-04"));
  g_assert_cmpint (rubis_calendar_next_business_day (fr, RUBIS_WORKDAYS_OUVRABLE, date ("2026-05-01")), ==,
                   date ("2026-05-02"));
  g_assert_cmpint (rubis_calendar_next_business_day (fr, RUBIS_WORKDAYS_OUVRE, date ("2026-05-04")), ==,
                   date ("2026-05-04"));
  g_assert_cmpint (rubis_calendar_previous_business_day (fr, RUBIS_WORKDAYS_OUVRE, date ("2026-11-01")), ==,
                   date ("2026-10-30"));
  g_assert_cmpint (rubis_calendar_add_business_days (fr, RUBIS_WORKDAYS_OUVRE, date ("2026-05-15"), -6), ==,
                   date ("2026-05-05"));
  g_assert_cmpint (rubis_calendar_add_business_days (fr, RUBIS_WORKDAYS_OUVRE, date ("2026-05-01"), 0), ==,
                   date ("2026-05-01"));
  g_assert_cmpint (
      rubis_calendar_count_business_days (fr, RUBIS_WORKDAYS_OUVRE, date ("2026-04-30"), date ("2026-05-31")),
      ==, 17);
  g_assert_cmpint (
      rubis_calendar_count_business_days (fr, RUBIS_WORKDAYS_OUVRE, date ("2026-05-31"), date ("2026-04-30")),
      ==, -17);
  g_assert_cmpint (rubis_calendar_add_business_days (fr, RUBIS_WORKDAYS_OUVRE, RUBIS_DATE_MAX, 1), ==,
                   RUBIS_DATE_NONE);
}

/* Adding and counting answer each other, in every calendar. */
static void
test_add_and_count (void)
{
  for (int c = 0; c < RUBIS_N_CALENDARS; c++)
    {
      for (int n = -300; n <= 300; n += 7)
        {
          RubisDate from = date ("2026-05-08") + n;
          RubisDate to = rubis_calendar_add_business_days ((RubisCalendar)c, RUBIS_WORKDAYS_OUVRE, from, 40);

          g_assert_true (rubis_calendar_is_business_day ((RubisCalendar)c, RUBIS_WORKDAYS_OUVRE, to));
          g_assert_cmpint (
              rubis_calendar_count_business_days ((RubisCalendar)c, RUBIS_WORKDAYS_OUVRE, from, to), ==, 40);
        }
    }
}

static void
test_countries (void)
{
  g_assert_cmpint (rubis_calendar_for_country ("FR"), ==, RUBIS_CALENDAR_FR);
  g_assert_cmpint (rubis_calendar_for_country ("de"), ==, RUBIS_CALENDAR_DE);
  g_assert_cmpint (rubis_calendar_for_country ("GB"), ==, RUBIS_CALENDAR_GB);
  g_assert_cmpint (rubis_calendar_for_country ("US"), ==, RUBIS_CALENDAR_NONE);
  g_assert_cmpint (rubis_calendar_for_country (""), ==, RUBIS_CALENDAR_NONE);
  g_assert_cmpint (rubis_calendar_for_country ("none"), ==, RUBIS_CALENDAR_NONE);
  for (int c = 0; c < RUBIS_N_CALENDARS; c++)
    g_assert_cmpint (calendar_of (rubis_calendar_to_id ((RubisCalendar)c)), ==, c);
}

static void
check_year (const char *id, const char *year, JsonArray *expected)
{
  g_autoptr (GArray) found = rubis_calendar_holidays (calendar_of (id), atoi (year));

  g_test_message ("%s %s", id, year);
  g_assert_cmpint (found->len, ==, json_array_get_length (expected));
  for (guint i = 0; i < found->len; i++)
    {
      const RubisHoliday *holiday = &g_array_index (found, RubisHoliday, i);
      JsonNode *node = json_array_get_element (expected, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          JsonObject *row = json_node_get_object (node);

          g_assert_cmpint (holiday->date, ==, date (rubis_test_string (row, "date", "")));
          g_assert_cmpstr (holiday->name, ==, rubis_test_string (row, "name", ""));
        }
      else
        g_assert_cmpint (holiday->date, ==, date (json_node_get_string (node)));
    }
}

static void
check_operation (JsonObject *row)
{
  RubisCalendar calendar = calendar_of (rubis_test_string (row, "calendar", ""));
  RubisWorkdays days = strcmp (rubis_test_string (row, "days", ""), "ouvrable") == 0 ? RUBIS_WORKDAYS_OUVRABLE
                                                                                     : RUBIS_WORKDAYS_OUVRE;
  RubisDate day = date (rubis_test_string (row, "date", ""));
  const char *op = rubis_test_string (row, "op", "");
  RubisDate found;

  g_test_message ("%s", rubis_test_string (row, "id", ""));
  if (strcmp (op, "count") == 0)
    {
      g_assert_cmpint (rubis_calendar_count_business_days (calendar, days, day,
                                                           date (json_object_get_string_member (row, "arg"))),
                       ==, json_object_get_int_member (row, "expected"));
      return;
    }
  if (strcmp (op, "next") == 0)
    found = rubis_calendar_next_business_day (calendar, days, day);
  else if (strcmp (op, "previous") == 0)
    found = rubis_calendar_previous_business_day (calendar, days, day);
  else
    found = rubis_calendar_add_business_days (calendar, days, day,
                                              (int)json_object_get_int_member (row, "arg"));
  g_assert_cmpint (found, ==, date (rubis_test_string (row, "expected", "")));
}

static void
check_calendars (JsonObject *calendars, gboolean years_outside)
{
  g_autoptr (GList) outer = json_object_get_members (calendars);

  for (GList *o = outer; o != NULL; o = o->next)
    {
      JsonObject *inside = json_object_get_object_member (calendars, o->data);
      g_autoptr (GList) inner = json_object_get_members (inside);

      for (GList *i = inner; i != NULL; i = i->next)
        check_year (years_outside ? i->data : o->data, years_outside ? o->data : i->data,
                    json_object_get_array_member (inside, i->data));
    }
}

static void
test_examples (void)
{
  g_autofree char *path = rubis_test_shared ("domain/holidays-examples.json");
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GList) years = NULL;
  JsonObject *easter;
  JsonArray *operations;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  easter = json_object_get_object_member (root, "easter");
  years = json_object_get_members (easter);
  for (GList *y = years; y != NULL; y = y->next)
    g_assert_cmpint (rubis_calendar_easter (atoi (y->data)), ==,
                     date (rubis_test_string (easter, y->data, "")));
  check_calendars (json_object_get_object_member (root, "calendars"), FALSE);
  check_calendars (json_object_get_object_member (root, "other_countries_national_only"), TRUE);
  operations = json_object_get_array_member (root, "operations");
  g_assert_cmpint (json_array_get_length (operations), >=, 16);
  for (guint i = 0; i < json_array_get_length (operations); i++)
    check_operation (json_array_get_object_element (operations, i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/calendar/easter", test_easter);
  g_test_add_func ("/core/calendar/two-on-one-day", test_two_on_one_day);
  g_test_add_func ("/core/calendar/substitutes", test_substitutes);
  g_test_add_func ("/core/calendar/business-days", test_business_days);
  g_test_add_func ("/core/calendar/add-and-count", test_add_and_count);
  g_test_add_func ("/core/calendar/countries", test_countries);
  g_test_add_func ("/core/calendar/examples", test_examples);
  return g_test_run ();
}
