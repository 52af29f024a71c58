#include "rubis-limitation.h"

#include <string.h>

#include "rubis-test.h"

static RubisDate
date (JsonObject *object, const char *member)
{
  return rubis_date_parse_iso (rubis_test_string (object, member, ""));
}

static void
check_step (JsonObject *row, const RubisLimitationStep *step)
{
  const char *effect = rubis_test_string (row, "effect", "");

  g_assert_cmpstr (rubis_limitation_event_kind_to_id (step->event.kind), ==,
                   rubis_test_string (row, "event", ""));
  g_assert_cmpint (step->event.date, ==, date (row, "date"));
  if (g_str_has_prefix (effect, "none: already expired"))
    g_assert_cmpint (step->effect, ==, RUBIS_LIMITATION_TOO_LATE);
  else if (strcmp (effect, "none") == 0)
    g_assert_cmpint (step->effect, ==, RUBIS_LIMITATION_NO_EFFECT);
  else if (strcmp (effect, "interrupted") == 0)
    g_assert_cmpint (step->effect, ==, RUBIS_LIMITATION_INTERRUPTED);
  else
    {
      g_autofree char *suspended = g_strdup_printf ("suspended %d days", step->suspended_days);

      g_assert_cmpint (step->effect, ==, RUBIS_LIMITATION_SUSPENDED);
      g_assert_cmpstr (suspended, ==, effect);
    }
  if (json_object_has_member (row, "expires_end_of"))
    g_assert_cmpint (step->expires, ==, date (row, "expires_end_of"));
}

static void
check_example (JsonObject *example)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (RubisLimitationEvent));
  g_autoptr (GArray) trace = NULL;
  JsonArray *rows = json_object_get_array_member (example, "events");
  JsonArray *expected = json_object_get_array_member (example, "trace");
  RubisLimitationKind kind;

  g_test_message ("%s", rubis_test_string (example, "id", ""));
  g_assert_true (rubis_limitation_kind_from_id (rubis_test_string (example, "regime", ""), &kind));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      RubisLimitationEvent event = { .date = date (row, "date"), .until = date (row, "until") };

      g_assert_true (rubis_limitation_event_kind_from_id (rubis_test_string (row, "type", ""), &event.kind));
      g_array_append_val (events, event);
    }
  g_assert_cmpint (rubis_limitation_compute (kind, date (example, "start"),
                                             (const RubisLimitationEvent *)(gpointer)events->data,
                                             events->len, &trace),
                   ==, date (example, "expires_end_of"));
  /* The first row of the trace is the start. */
  g_assert_cmpint (trace->len + 1, ==, json_array_get_length (expected));
  for (guint i = 0; i < trace->len; i++)
    check_step (json_array_get_object_element (expected, i + 1),
                &g_array_index (trace, RubisLimitationStep, i));
}

static void
test_examples (void)
{
  g_autofree char *path = rubis_test_shared ("domain/terms-limitation-examples.json");
  g_autoptr (JsonObject) root = NULL;
  JsonArray *examples;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  examples = json_object_get_array_member (root, "limitation");
  g_assert_cmpint (json_array_get_length (examples), >=, 8);
  for (guint i = 0; i < json_array_get_length (examples); i++)
    check_example (json_array_get_object_element (examples, i));
}

static void
test_periods (void)
{
  static const struct
  {
    RubisLimitationKind kind;
    const char *start;
    const char *end;
  } cases[] = {
    { RUBIS_LIMITATION_B2B, "2021-05-31", "2026-05-31" },
    { RUBIS_LIMITATION_B2C, "2024-02-29", "2026-02-28" },
    { RUBIS_LIMITATION_B2C, "2022-02-28", "2024-02-28" },
    { RUBIS_LIMITATION_TRANSPORT, "2025-11-20", "2026-11-20" },
    { RUBIS_LIMITATION_RENT, "2023-01-05", "2026-01-05" },
    { RUBIS_LIMITATION_PUBLIC, "2022-03-15", "2026-12-31" },
    { RUBIS_LIMITATION_JUDGMENT, "2020-02-29", "2030-02-28" },
    { RUBIS_LIMITATION_TELECOM, "2025-06-01", "2026-06-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *end = rubis_date_to_iso (
          rubis_limitation_compute (cases[i].kind, rubis_date_parse_iso (cases[i].start), NULL, 0, NULL));

      g_assert_cmpstr (end, ==, cases[i].end);
    }
}

/* The last day still counts, the next one does not; events are taken by date. */
static void
test_events (void)
{
  RubisDate start = rubis_date_from_ymd (2021, 1, 31);
  const RubisLimitationEvent last_day
      = { RUBIS_LIMITATION_LAWSUIT, rubis_date_from_ymd (2026, 1, 31), RUBIS_DATE_NONE };
  const RubisLimitationEvent next_day
      = { RUBIS_LIMITATION_LAWSUIT, rubis_date_from_ymd (2026, 2, 1), RUBIS_DATE_NONE };
  const RubisLimitationEvent before_due
      = { RUBIS_LIMITATION_PARTIAL_PAYMENT, rubis_date_from_ymd (2021, 1, 2), RUBIS_DATE_NONE };
  const RubisLimitationEvent unordered[] = {
    { RUBIS_LIMITATION_ACKNOWLEDGMENT, rubis_date_from_ymd (2026, 3, 1), RUBIS_DATE_NONE },
    { RUBIS_LIMITATION_SUSPENSION, rubis_date_from_ymd (2023, 2, 1), rubis_date_from_ymd (2023, 5, 2) },
    { RUBIS_LIMITATION_SUSPENSION, rubis_date_from_ymd (2023, 4, 1), rubis_date_from_ymd (2023, 5, 12) },
  };

  g_assert_cmpint (rubis_limitation_compute (RUBIS_LIMITATION_B2B, start, &last_day, 1, NULL), ==,
                   rubis_date_from_ymd (2031, 1, 31));
  g_assert_cmpint (rubis_limitation_compute (RUBIS_LIMITATION_B2B, start, &next_day, 1, NULL), ==,
                   rubis_date_from_ymd (2026, 1, 31));
  g_assert_cmpint (rubis_limitation_compute (RUBIS_LIMITATION_B2B, start, &before_due, 1, NULL), ==,
                   rubis_date_from_ymd (2026, 1, 31));
  /* Overlapping suspensions count their days once: 100 days, to 11 May 2026; then the acknowledgment. */
  g_assert_cmpint (rubis_limitation_compute (RUBIS_LIMITATION_B2B, start, unordered + 1, 2, NULL), ==,
                   rubis_date_from_ymd (2026, 5, 11));
  g_assert_cmpint (rubis_limitation_compute (RUBIS_LIMITATION_B2B, start, unordered, 3, NULL), ==,
                   rubis_date_from_ymd (2031, 3, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/limitation/examples", test_examples);
  g_test_add_func ("/core/limitation/periods", test_periods);
  g_test_add_func ("/core/limitation/events", test_events);
  return g_test_run ();
}
