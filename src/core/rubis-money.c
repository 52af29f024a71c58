#include "rubis-money.h"

#include <string.h>

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (rubis-money-error-quark, rubis_money_error)

/* ISO 4217 currencies whose minor unit is not a hundredth. */
static const struct {
  const char code[4];
  int exponent;
} exponents[] = {
  { "BHD", 3 }, { "BIF", 0 }, { "CLF", 4 }, { "CLP", 0 }, { "DJF", 0 }, { "GNF", 0 }, { "IQD", 3 },
  { "ISK", 0 }, { "JOD", 3 }, { "JPY", 0 }, { "KMF", 0 }, { "KRW", 0 }, { "KWD", 3 }, { "LYD", 3 },
  { "OMR", 3 }, { "PYG", 0 }, { "RWF", 0 }, { "TND", 3 }, { "UGX", 0 }, { "UYI", 0 }, { "UYW", 4 },
  { "VND", 0 }, { "VUV", 0 }, { "XAF", 0 }, { "XOF", 0 }, { "XPF", 0 },
};

gboolean
rubis_currency_parse (const char *code, RubisCurrency *currency)
{
  RubisCurrency parsed = { "" };

  g_return_val_if_fail (currency != NULL, FALSE);

  if (code == NULL || strlen (code) != 3)
    return FALSE;
  for (int i = 0; i < 3; i++)
    {
      if (!g_ascii_isalpha (code[i]))
        return FALSE;
      parsed.code[i] = g_ascii_toupper (code[i]);
    }
  *currency = parsed;
  return TRUE;
}

gboolean
rubis_currency_equal (RubisCurrency a, RubisCurrency b)
{
  return memcmp (a.code, b.code, 3) == 0;
}

int
rubis_currency_exponent (RubisCurrency currency)
{
  for (gsize i = 0; i < G_N_ELEMENTS (exponents); i++)
    {
      if (memcmp (exponents[i].code, currency.code, 3) == 0)
        return exponents[i].exponent;
    }
  return 2;
}

gboolean
rubis_money_add (gint64 a, gint64 b, gint64 *sum)
{
  gint64 result;

  if (__builtin_add_overflow (a, b, &result))
    return FALSE;
  *sum = result;
  return TRUE;
}

gboolean
rubis_money_subtract (gint64 a, gint64 b, gint64 *difference)
{
  gint64 result;

  if (__builtin_sub_overflow (a, b, &result))
    return FALSE;
  *difference = result;
  return TRUE;
}

gboolean
rubis_money_scale (gint64 amount, gint64 numerator, gint64 denominator, gint64 *scaled)
{
  __int128 product = (__int128) amount * numerator;
  __int128 half = denominator / 2;
  __int128 quotient;
  __int128 remainder;

  g_return_val_if_fail (denominator > 0, FALSE);

  quotient = product / denominator;
  remainder = product % denominator;
  if (remainder < 0)
    remainder = -remainder;
  /* An odd denominator has no exact half: its half rounded down is already below the middle. */
  if (remainder > half || (remainder == half && denominator % 2 == 0))
    quotient += product < 0 ? -1 : 1;
  if (quotient > G_MAXINT64 || quotient < G_MININT64)
    return FALSE;
  *scaled = (gint64) quotient;
  return TRUE;
}

static gboolean
parse_digits (const char *text, int exponent, gint64 *minor, GError **error)
{
  const char *p = text;
  gboolean negative = FALSE;
  gint64 value = 0;
  int decimals = -1;
  int n_digits = 0;

  if (*p == '-' || *p == '+')
    negative = *p++ == '-';
  for (; *p != '\0'; p++)
    {
      if (*p == '.' && decimals < 0)
        {
          decimals = 0;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        {
          g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_FORMAT, _("“%s” is not an amount"), text);
          return FALSE;
        }
      n_digits++;
      if (decimals >= exponent)
        {
          /* Zeros past the last minor unit say nothing; anything else would be lost. */
          if (*p == '0')
            continue;
          g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_PRECISE, _("“%s” has more decimals than the currency"),
                       text);
          return FALSE;
        }
      if (__builtin_mul_overflow (value, 10, &value) || __builtin_add_overflow (value, *p - '0', &value))
        {
          g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE, _("“%s” is too large"), text);
          return FALSE;
        }
      if (decimals >= 0)
        decimals++;
    }
  if (n_digits == 0)
    {
      g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_FORMAT, _("“%s” is not an amount"), text);
      return FALSE;
    }
  for (int i = MAX (decimals, 0); i < exponent; i++)
    {
      if (__builtin_mul_overflow (value, 10, &value))
        {
          g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE, _("“%s” is too large"), text);
          return FALSE;
        }
    }
  *minor = negative ? -value : value;
  return TRUE;
}

gboolean
rubis_money_parse (const char *text, RubisCurrency currency, gint64 *minor, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (minor != NULL, FALSE);

  return parse_digits (text, rubis_currency_exponent (currency), minor, error);
}

char *
rubis_money_to_string (gint64 minor, RubisCurrency currency)
{
  int exponent = rubis_currency_exponent (currency);
  guint64 magnitude = minor < 0 ? (guint64) 0 - (guint64) minor : (guint64) minor;
  guint64 unit = 1;

  for (int i = 0; i < exponent; i++)
    unit *= 10;
  if (exponent == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, minor < 0 ? "-" : "", magnitude);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, minor < 0 ? "-" : "", magnitude / unit,
                          exponent, magnitude % unit);
}
