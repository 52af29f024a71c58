/* The forms and check digits of VAT ids, by country; declared in rubis-identifiers.h. */
#include "rubis-identifiers.h"

#include <string.h>

#include "rubis-checksum.h"

/* Sum of the first @n digits, each times its weight. */
static int
weighted (const char *digits, const int *weights, int n)
{
  int sum = 0;

  for (int i = 0; i < n; i++)
    sum += (digits[i] - '0') * weights[i];
  return sum;
}

static int
number (const char *digits, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    value = value * 10 + (digits[i] - '0');
  return value;
}

static RubisIdReason
verdict (gboolean matches)
{
  return matches ? RUBIS_ID_OK : RUBIS_ID_CHECK;
}

static int
french_key_value (char c)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  const char *found = strchr (alphabet, c);

  return found != NULL ? (int)(found - alphabet) : -1;
}

static RubisIdReason
check_fr (const char *rest)
{
  int first = french_key_value (rest[0]);
  int second = french_key_value (rest[1]);
  const char *siren = rest + 2;
  int key;

  if (first < 0 || second < 0 || strspn (siren, "0123456789") != 9)
    return RUBIS_ID_FORMAT;
  /* Monegasque companies have no SIREN, but a number that starts with 000. */
  if (strncmp (siren, "000", 3) != 0 && !rubis_checksum_luhn (siren))
    return RUBIS_ID_SIREN;
  if (first < 10 && second < 10)
    return (12 + 3 * rubis_checksum_mod97 (siren)) % 97 == first * 10 + second ? RUBIS_ID_OK : RUBIS_ID_KEY;
  key = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
  return (number (siren, 9) + 1 + key / 11) % 11 == key % 11 ? RUBIS_ID_OK : RUBIS_ID_KEY;
}

static RubisIdReason
check_de (const char *rest)
{
  int product = 10;

  for (int i = 0; i < 8; i++)
    {
      int sum = (rest[i] - '0' + product) % 10;

      product = 2 * (sum == 0 ? 10 : sum) % 11;
    }
  return verdict ((11 - product) % 10 == rest[8] - '0');
}

static RubisIdReason
check_be (const char *rest)
{
  return verdict (rest[0] <= '1' && 97 - number (rest, 8) % 97 == number (rest + 8, 2));
}

static RubisIdReason
check_lu (const char *rest)
{
  return verdict (number (rest, 6) % 89 == number (rest + 6, 2));
}

static RubisIdReason
check_it (const char *rest)
{
  return verdict (rubis_checksum_luhn (rest));
}

/* Persons: 8 digits (or X, Y, Z and 7) and a letter; companies: a letter, 7 digits, and a digit or letter. */
static RubisIdReason
check_es (const char *rest)
{
  static const char person_letters[] = "TRWAGMYFPDXBNJZSQVHLCKE";
  static const char company_letters[] = "JABCDEFGHI";
  gboolean foreigner = strchr ("XYZ", rest[0]) != NULL;
  int sum = 0;
  int digit;

  if (strspn (rest + 1, "0123456789") < 7)
    return RUBIS_ID_FORMAT;
  if (g_ascii_isdigit (rest[0]) || foreigner)
    {
      int value = number (rest + 1, 7) + (foreigner ? rest[0] - 'X' : rest[0] - '0') * 10000000;

      return verdict (person_letters[value % 23] == rest[8]);
    }
  for (int i = 1; i <= 7; i++)
    {
      digit = rest[i] - '0';
      sum += i % 2 == 1 ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
  digit = (10 - sum % 10) % 10;
  return verdict (rest[8] == '0' + digit || rest[8] == company_letters[digit]);
}

/* The older numbers pass a weighted sum, those of sole traders since 2020 mod 97. */
static RubisIdReason
check_nl (const char *rest)
{
  static const int weights[] = { 9, 8, 7, 6, 5, 4, 3, 2 };
  g_autofree char *full = NULL;

  if (strspn (rest, "0123456789") != 9 || rest[9] != 'B' || strspn (rest + 10, "0123456789") != 2)
    return RUBIS_ID_FORMAT;
  if (weighted (rest, weights, 8) % 11 == rest[8] - '0')
    return RUBIS_ID_OK;
  full = g_strconcat ("NL", rest, NULL);
  return verdict (rubis_checksum_mod97 (full) == 1);
}

static RubisIdReason
check_pt (const char *rest)
{
  static const int weights[] = { 9, 8, 7, 6, 5, 4, 3, 2 };

  return verdict ((11 - weighted (rest, weights, 8) % 11) % 11 % 10 == rest[8] - '0');
}

static RubisIdReason
check_at (const char *rest)
{
  int sum = 4;

  if (rest[0] != 'U' || strspn (rest + 1, "0123456789") != 8)
    return RUBIS_ID_FORMAT;
  for (int i = 1; i <= 7; i++)
    {
      int digit = (rest[i] - '0') * (i % 2 == 0 ? 2 : 1);

      sum += digit / 10 + digit % 10;
    }
  return verdict ((10 - sum % 10) % 10 == rest[8] - '0');
}

static RubisIdReason
check_pl (const char *rest)
{
  static const int weights[] = { 6, 5, 7, 2, 3, 4, 5, 6, 7 };

  return verdict (weighted (rest, weights, 9) % 11 == rest[9] - '0');
}

/* "CHE123456788", with or without the letters of the tax in one of its languages. */
static RubisIdReason
check_ch (const char *rest)
{
  static const int weights[] = { 5, 4, 3, 2, 7, 6, 5, 4 };
  const char *tail;

  if (rest[0] != 'E')
    return RUBIS_ID_FORMAT;
  if (strspn (rest + 1, "0123456789") != 9)
    return RUBIS_ID_LENGTH;
  tail = rest + 10;
  if (*tail != '\0' && strcmp (tail, "MWST") != 0 && strcmp (tail, "TVA") != 0 && strcmp (tail, "IVA") != 0)
    return RUBIS_ID_FORMAT;
  return verdict ((11 - weighted (rest + 1, weights, 8) % 11) % 11 == rest[9] - '0');
}

/* Lengths after the prefix; digits says that nothing but digits may follow. */
static const struct
{
  char country[3];
  int min;
  int max;
  gboolean digits;
  RubisIdReason (*check) (const char *rest); /* (nullable) */
} forms[] = {
  { "AT", 9, 9, FALSE, check_at },   { "BE", 10, 10, TRUE, check_be },  { "BG", 9, 10, TRUE, NULL },
  { "CH", 10, 14, FALSE, check_ch }, { "CY", 9, 9, FALSE, NULL },       { "CZ", 8, 10, TRUE, NULL },
  { "DE", 9, 9, TRUE, check_de },    { "DK", 8, 8, TRUE, NULL },        { "EE", 9, 9, TRUE, NULL },
  { "EL", 9, 9, TRUE, NULL },        { "ES", 9, 9, FALSE, check_es },   { "FI", 8, 8, TRUE, NULL },
  { "FR", 11, 11, FALSE, check_fr }, { "GB", 5, 12, FALSE, NULL },      { "HR", 11, 11, TRUE, NULL },
  { "HU", 8, 8, TRUE, NULL },        { "IE", 8, 9, FALSE, NULL },       { "IT", 11, 11, TRUE, check_it },
  { "LT", 9, 12, TRUE, NULL },       { "LU", 8, 8, TRUE, check_lu },    { "LV", 11, 11, TRUE, NULL },
  { "MT", 8, 8, TRUE, NULL },        { "NL", 12, 12, FALSE, check_nl }, { "PL", 10, 10, TRUE, check_pl },
  { "PT", 9, 9, TRUE, check_pt },    { "RO", 2, 10, TRUE, NULL },       { "SE", 12, 12, TRUE, NULL },
  { "SI", 8, 8, TRUE, NULL },        { "SK", 10, 10, TRUE, NULL },      { "XI", 5, 12, FALSE, NULL },
};

RubisIdReason
rubis_vat_check (const char *vat)
{
  g_autofree char *clean = NULL;
  const char *rest;
  int length;

  g_return_val_if_fail (vat != NULL, RUBIS_ID_FORMAT);

  clean = rubis_identifier_normalise (vat);
  for (const char *p = clean; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p))
        return RUBIS_ID_FORMAT;
    }
  if (!g_ascii_isalpha (clean[0]) || !g_ascii_isalpha (clean[1]))
    return RUBIS_ID_FORMAT;
  rest = clean + 2;
  length = (int)strlen (rest);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (strncmp (clean, forms[i].country, 2) != 0)
        continue;
      if (forms[i].digits && strspn (rest, "0123456789") != (gsize)length)
        return RUBIS_ID_FORMAT;
      if (length < forms[i].min || length > forms[i].max)
        return RUBIS_ID_LENGTH;
      return forms[i].check != NULL ? forms[i].check (rest) : RUBIS_ID_OK;
    }
  return RUBIS_ID_COUNTRY;
}
