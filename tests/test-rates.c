#include "rubis-rates.h"

#include "rubis-test.h"

static RubisRates *
load_shipped (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "data", "rates.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  RubisRates *rates;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  rates = rubis_rates_new_from_data (text, (gssize)length, &error);
  g_assert_no_error (error);
  return rates;
}

static void
assert_rate (RubisRates *rates, RubisRateSeries series, const char *day, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RubisRate rate;

  g_test_message ("%s on %s", rubis_rate_series_to_id (series), day);
  g_assert_true (rubis_rates_lookup (rates, series, rubis_date_parse_iso (day), &rate, &error));
  g_assert_no_error (error);
  text = rubis_rate_to_string (rate);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_shipped (void)
{
  g_autoptr (RubisRates) rates = load_shipped ();

  /* The value of the half-year's first day, not the one announced in between. */
  assert_rate (rates, RUBIS_RATE_ECB_MRO, "2011-07-31", "1.25");
  assert_rate (rates, RUBIS_RATE_ECB_MRO, "2022-12-31", "0.00");
  assert_rate (rates, RUBIS_RATE_ECB_MRO, "2023-01-01", "2.50");
  assert_rate (rates, RUBIS_RATE_ECB_MRO, "2024-07-01", "4.25");
  assert_rate (rates, RUBIS_RATE_ECB_MRO, "2026-11-21", "2.40");
  assert_rate (rates, RUBIS_RATE_FR_LEGAL_OTHER, "2010-08-01", "0.65");
  assert_rate (rates, RUBIS_RATE_FR_LEGAL_OTHER, "2026-12-31", "2.75");
  assert_rate (rates, RUBIS_RATE_FR_LEGAL_INDIVIDUAL, "2024-07-01", "8.16");
  assert_rate (rates, RUBIS_RATE_DE_BASE, "2022-12-31", "-0.88");
  assert_rate (rates, RUBIS_RATE_UK_BASE, "2025-07-01", "4.25");
  assert_rate (rates, RUBIS_RATE_CH_LEGAL, "2150-01-01", "5.00");
  g_assert_cmpint (rubis_rates_first_unknown (rates, RUBIS_RATE_CH_LEGAL), ==, RUBIS_DATE_NONE);
}

static void
test_unknown (void)
{
  g_autoptr (RubisRates) rates = load_shipped ();
  g_autoptr (GError) after = NULL;
  g_autoptr (GError) before = NULL;
  RubisRate rate = 7;

  g_assert_false (
      rubis_rates_lookup (rates, RUBIS_RATE_ECB_MRO, rubis_date_from_ymd (2027, 3, 1), &rate, &after));
  g_assert_error (after, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_UNKNOWN);
  g_assert_cmpstr (
      after->message, ==,
      "ECB main refinancing rate: the rate is not known from 1\u00a0January 2027 on; add it, or compute to "
      "an earlier day");
  g_assert_cmpint (rate, ==, 7);
  g_assert_false (
      rubis_rates_lookup (rates, RUBIS_RATE_UK_BASE, rubis_date_from_ymd (2017, 12, 31), &rate, &before));
  g_assert_error (before, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_UNKNOWN);
  g_assert_cmpstr (before->message, ==,
                   "Bank of England base rate: the rate is not known before 1\u00a0January 2018");
  g_assert_cmpint (rubis_rates_first_unknown (rates, RUBIS_RATE_ECB_MRO), ==,
                   rubis_date_from_ymd (2027, 1, 1));
}

static void
test_add (void)
{
  g_autoptr (RubisRates) rates = load_shipped ();
  g_autoptr (GError) gap = NULL;
  g_autoptr (GError) day = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (
      rubis_rates_add_half_year (rates, RUBIS_RATE_ECB_MRO, rubis_date_from_ymd (2027, 7, 1), 26500, &gap));
  g_assert_error (gap, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_GAP);
  g_assert_false (
      rubis_rates_add_half_year (rates, RUBIS_RATE_ECB_MRO, rubis_date_from_ymd (2026, 9, 16), 1, &day));
  g_assert_error (day, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_GAP);
  g_assert_true (
      rubis_rates_add_half_year (rates, RUBIS_RATE_ECB_MRO, rubis_date_from_ymd (2027, 1, 1), 26500, &error));
  g_assert_no_error (error);
  assert_rate (rates, RUBIS_RATE_ECB_MRO, "2027-06-30", "2.65");
  assert_rate (rates, RUBIS_RATE_ECB_MRO, "2026-12-31", "2.40");
  g_assert_cmpint (rubis_rates_first_unknown (rates, RUBIS_RATE_ECB_MRO), ==,
                   rubis_date_from_ymd (2027, 7, 1));
  g_assert_true (
      rubis_rates_add_half_year (rates, RUBIS_RATE_ECB_MRO, rubis_date_from_ymd (2027, 1, 1), 27000, &error));
  assert_rate (rates, RUBIS_RATE_ECB_MRO, "2027-06-30", "2.70");
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gboolean ok;
    RubisRate rate;
    const char *printed;
  } cases[] = {
    { "12.40", TRUE, 124000, "12.40" },
    { "5", TRUE, 50000, "5.00" },
    { "-0.88", TRUE, -8800, "-0.88" },
    { "0.0001", TRUE, 1, "0.0001" },
    { "2.125", TRUE, 21250, "2.125" },
    { "0.00001", FALSE, 0, NULL },
    { "", FALSE, 0, NULL },
    { "12,40", FALSE, 0, NULL },
    { "12.", FALSE, 0, NULL },
    { ".5", FALSE, 0, NULL },
    { "99999999999999", FALSE, 0, NULL },
    { "1e3", FALSE, 0, NULL },
    { "1000.0001", FALSE, 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisRate rate = 0;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (rubis_rate_parse (cases[i].text, &rate), ==, cases[i].ok);
      if (cases[i].ok)
        {
          g_autofree char *printed = rubis_rate_to_string (rate);

          g_assert_cmpint (rate, ==, cases[i].rate);
          g_assert_cmpstr (printed, ==, cases[i].printed);
        }
    }
}

static void
test_bad_tables (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "*“ecb-mro” is missing*" },
    { "no group\n", "Table of rates: *" },
    { "[ecb-mro]\n2026-01-01=2,15\nuntil=2026-06-30\n", "*“2026-01-01=2,15”*" },
    { "[ecb-mro]\n2026-02-30=2.15\nuntil=2026-06-30\n", "*“2026-02-30=2.15”*" },
    { "[ecb-mro]\n2026-01-01=2.15\nuntil=soon\n", "*“until=soon”*" },
    { "[ecb-mro]\n2026-01-01=2.15\n", "*“until” on or after*" },
    { "[ecb-mro]\nuntil=2026-06-30\n", "*it needs rows*" },
    { "[ecb-mro]\n2026-01-01=2.15\nuntil=2025-12-31\n", "*“until” on or after*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rubis_rates_new_from_data (cases[i].text, -1, &error));
      g_assert_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_FORMAT);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_error ("case %u: %s", (guint)i, error->message);
    }
}

/* Every half-year of the shared table, and the default rates that derive from it. */
static void
test_shared_table (void)
{
  g_autofree char *path = rubis_test_shared ("domain/rates.json");
  g_autoptr (RubisRates) rates = load_shipped ();
  g_autoptr (JsonObject) root = NULL;
  JsonArray *rows;
  JsonObject *uk;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  rows = json_object_get_array_member (root, "ecb_mro_semesters");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      assert_rate (rates, RUBIS_RATE_ECB_MRO, rubis_test_string (row, "from", ""),
                   rubis_test_string (row, "rate", ""));
      assert_rate (rates, RUBIS_RATE_ECB_MRO, rubis_test_string (row, "to", ""),
                   rubis_test_string (row, "rate", ""));
    }
  rows = json_object_get_array_member (json_object_get_object_member (root, "fr"), "legal_interest");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *to = rubis_test_string (row, "to", "");

      assert_rate (rates, RUBIS_RATE_FR_LEGAL_OTHER, to, rubis_test_string (row, "other_creditor", ""));
      assert_rate (rates, RUBIS_RATE_FR_LEGAL_INDIVIDUAL, to,
                   rubis_test_string (row, "individual_creditor", ""));
    }
  uk = json_object_get_object_member (root, "uk");
  rows = json_object_get_array_member (uk, "reference_rates");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      assert_rate (rates, RUBIS_RATE_UK_BASE, rubis_test_string (row, "for_half_year", ""),
                   rubis_test_string (row, "rate", ""));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/rates/shipped", test_shipped);
  g_test_add_func ("/core/rates/unknown", test_unknown);
  g_test_add_func ("/core/rates/add", test_add);
  g_test_add_func ("/core/rates/parse", test_parse);
  g_test_add_func ("/core/rates/bad-tables", test_bad_tables);
  g_test_add_func ("/core/rates/shared-table", test_shared_table);
  return g_test_run ();
}
