#include "rubis-format.h"
#include "rubis-money.h"
#include "rubis-test.h"

static RubisCurrency
currency (const char *code)
{
  RubisCurrency parsed;

  g_assert_true (rubis_currency_parse (code, &parsed));
  return parsed;
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    const char *code;
    gint64 minor;
    int error; /* -1: none */
  } cases[] = {
    { "1234.56", "EUR", 123456, -1 },
    { "-0.5", "EUR", -50, -1 },
    { "+7", "EUR", 700, -1 },
    { ".25", "EUR", 25, -1 },
    { "1500", "JPY", 1500, -1 },
    { "1500.00", "JPY", 1500, -1 },
    { "1.234", "TND", 1234, -1 },
    { "12.3400", "EUR", 1234, -1 },
    { "12.345", "EUR", 0, RUBIS_MONEY_ERROR_PRECISE },
    { "0.1", "JPY", 0, RUBIS_MONEY_ERROR_PRECISE },
    { "", "EUR", 0, RUBIS_MONEY_ERROR_FORMAT },
    { "-", "EUR", 0, RUBIS_MONEY_ERROR_FORMAT },
    { "1,5", "EUR", 0, RUBIS_MONEY_ERROR_FORMAT },
    { "92233720368547758.07", "EUR", G_MAXINT64, -1 },
    { "92233720368547758.08", "EUR", 0, RUBIS_MONEY_ERROR_RANGE },
    { "99999999999999999999", "JPY", 0, RUBIS_MONEY_ERROR_RANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 minor = 0;
      gboolean ok = rubis_money_parse (cases[i].text, currency (cases[i].code), &minor, &error);

      g_test_message ("%s %s", cases[i].text, cases[i].code);
      if (cases[i].error < 0)
        {
          g_assert_no_error (error);
          g_assert_true (ok);
          g_assert_cmpint (minor, ==, cases[i].minor);
        }
      else
        {
          g_assert_false (ok);
          g_assert_error (error, RUBIS_MONEY_ERROR, cases[i].error);
        }
    }
}

static void
test_to_string (void)
{
  static const struct {
    gint64 minor;
    const char *code;
    const char *text;
  } cases[] = {
    { 123456, "EUR", "1234.56" }, { -50, "EUR", "-0.50" },  { 0, "EUR", "0.00" }, { 1500, "JPY", "1500" },
    { -1, "TND", "-0.001" },      { G_MININT64, "JPY", "-9223372036854775808" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rubis_money_to_string (cases[i].minor, currency (cases[i].code));

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_arithmetic (void)
{
  gint64 result = 7;

  g_assert_true (rubis_money_add (3, 4, &result));
  g_assert_cmpint (result, ==, 7);
  g_assert_false (rubis_money_add (G_MAXINT64, 1, &result));
  g_assert_false (rubis_money_subtract (G_MININT64, 1, &result));
  g_assert_cmpint (result, ==, 7);

  /* Half away from zero, on both sides. */
  g_assert_true (rubis_money_scale (5, 1, 2, &result));
  g_assert_cmpint (result, ==, 3);
  g_assert_true (rubis_money_scale (-5, 1, 2, &result));
  g_assert_cmpint (result, ==, -3);
  g_assert_true (rubis_money_scale (7, 1, 3, &result));
  g_assert_cmpint (result, ==, 2);
  g_assert_true (rubis_money_scale (8, 1, 3, &result));
  g_assert_cmpint (result, ==, 3);
  g_assert_true (rubis_money_scale (1825, 1000, 3650000, &result));
  g_assert_cmpint (result, ==, 1);
  g_assert_false (rubis_money_scale (G_MAXINT64, 3, 2, &result));
}

static void
test_format (void)
{
  g_autofree char *fr = rubis_format_amount (-123456789, currency ("EUR"), "fr");
  g_autofree char *en = rubis_format_amount (123456, currency ("GBP"), "en");
  g_autofree char *usd = rubis_format_amount (123456, currency ("USD"), "fr");
  g_autofree char *yen = rubis_format_amount (1234567, currency ("JPY"), "en");
  g_autofree char *rate = rubis_format_rate (1240, "fr");

  g_assert_cmpstr (fr, ==, "−1\u202f234\u202f567,89\u00a0€");
  g_assert_cmpstr (en, ==, "£1,234.56");
  g_assert_cmpstr (usd, ==, "1\u202f234,56\u00a0USD");
  g_assert_cmpstr (yen, ==, "JPY\u00a01,234,567");
  g_assert_cmpstr (rate, ==, "12,40\u00a0%");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/money/parse", test_parse);
  g_test_add_func ("/core/money/to-string", test_to_string);
  g_test_add_func ("/core/money/arithmetic", test_arithmetic);
  g_test_add_func ("/core/money/format", test_format);
  return g_test_run ();
}
