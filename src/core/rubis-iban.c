#include "rubis-iban.h"

#include <string.h>

#include "rubis-checksum.h"

#define NBSP "\u00a0"
/* Country, check digits, and the longest account there is. */
#define IBAN_MAX 34

/* The IBAN registry. */
static const struct
{
  char country[3];
  guint8 length;
} lengths[] = {
  { "AD", 24 }, { "AE", 23 }, { "AL", 28 }, { "AT", 20 }, { "AZ", 28 }, { "BA", 20 }, { "BE", 16 },
  { "BG", 22 }, { "BH", 22 }, { "BR", 29 }, { "BY", 28 }, { "CH", 21 }, { "CR", 22 }, { "CY", 28 },
  { "CZ", 24 }, { "DE", 22 }, { "DK", 18 }, { "DO", 28 }, { "EE", 20 }, { "EG", 29 }, { "ES", 24 },
  { "FI", 18 }, { "FO", 18 }, { "FR", 27 }, { "GB", 22 }, { "GE", 22 }, { "GI", 23 }, { "GL", 18 },
  { "GR", 27 }, { "GT", 28 }, { "HR", 21 }, { "HU", 28 }, { "IE", 22 }, { "IL", 23 }, { "IQ", 23 },
  { "IS", 26 }, { "IT", 27 }, { "JO", 30 }, { "KW", 30 }, { "KZ", 20 }, { "LB", 28 }, { "LC", 32 },
  { "LI", 21 }, { "LT", 20 }, { "LU", 20 }, { "LV", 21 }, { "MC", 27 }, { "MD", 24 }, { "ME", 22 },
  { "MK", 19 }, { "MR", 27 }, { "MT", 31 }, { "MU", 30 }, { "NL", 18 }, { "NO", 15 }, { "PK", 24 },
  { "PL", 28 }, { "PS", 29 }, { "PT", 25 }, { "QA", 29 }, { "RO", 24 }, { "RS", 22 }, { "SA", 24 },
  { "SC", 31 }, { "SE", 24 }, { "SI", 19 }, { "SK", 24 }, { "SM", 27 }, { "SV", 28 }, { "TL", 23 },
  { "TN", 24 }, { "TR", 26 }, { "UA", 29 }, { "VA", 22 }, { "VG", 24 }, { "XK", 20 },
};

static gsize
country_length (const char *iban)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      if (strncmp (lengths[i].country, iban, 2) == 0)
        return lengths[i].length;
    }
  return 0;
}

/* Letters of the account number count as A, J = 1, B, K, S = 2 … I, R, Z = 9. */
static int
rib_digit (char c)
{
  static const char digits[] = "12345678912345678923456789";

  return (g_ascii_isdigit (c) ? c : digits[c - 'A']) - '0';
}

/* 89 × bank + 15 × branch + 3 × account + key is a multiple of 97. */
static gboolean
rib_key_matches (const char *bban)
{
  static const struct
  {
    int length;
    int factor;
  } parts[] = { { 5, 89 }, { 5, 15 }, { 11, 3 }, { 2, 1 } };
  int sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      int part = 0;

      for (int n = 0; n < parts[i].length; n++)
        part = (part * 10 + rib_digit (*bban++)) % 97;
      sum += part * parts[i].factor;
    }
  return sum % 97 == 0;
}

RubisIdReason
rubis_iban_check (const char *iban)
{
  g_autofree char *clean = NULL;
  g_autofree char *turned = NULL;
  gsize length;

  g_return_val_if_fail (iban != NULL, RUBIS_ID_FORMAT);

  clean = rubis_identifier_normalise (iban);
  length = strlen (clean);
  for (gsize i = 0; i < length; i++)
    {
      if (i < 2   ? !g_ascii_isupper (clean[i])
          : i < 4 ? !g_ascii_isdigit (clean[i])
                  : !g_ascii_isalnum (clean[i]))
        return RUBIS_ID_FORMAT;
    }
  if (length < 4)
    return length < 2 ? RUBIS_ID_FORMAT : RUBIS_ID_LENGTH;
  if (country_length (clean) == 0)
    return RUBIS_ID_COUNTRY;
  if (length != country_length (clean))
    return RUBIS_ID_LENGTH;
  turned = g_strdup_printf ("%s%.4s", clean + 4, clean);
  if (rubis_checksum_mod97 (turned) != 1)
    return RUBIS_ID_CHECK;
  if ((g_str_has_prefix (clean, "FR") || g_str_has_prefix (clean, "MC")) && !rib_key_matches (clean + 4))
    return RUBIS_ID_RIB_KEY;
  return RUBIS_ID_OK;
}

char *
rubis_iban_format (const char *iban)
{
  g_autofree char *clean = NULL;
  GString *out;

  g_return_val_if_fail (iban != NULL, NULL);

  clean = rubis_identifier_normalise (iban);
  if (!g_str_is_ascii (clean))
    return g_steal_pointer (&clean);
  out = g_string_sized_new (IBAN_MAX + IBAN_MAX / 2);
  for (gsize i = 0; clean[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append (out, NBSP);
      g_string_append_c (out, clean[i]);
    }
  return g_string_free (out, FALSE);
}

char *
rubis_iban_mask (const char *iban)
{
  g_autofree char *clean = NULL;
  gsize length;

  g_return_val_if_fail (iban != NULL, NULL);

  clean = rubis_identifier_normalise (iban);
  length = strlen (clean);
  if (length < 12 || !g_str_is_ascii (clean))
    return g_strdup ("••••");
  return g_strdup_printf ("%.4s" NBSP "••••" NBSP "%s", clean, clean + length - 4);
}

RubisIdReason
rubis_bic_check (const char *bic)
{
  g_autofree char *clean = NULL;
  gsize length;

  g_return_val_if_fail (bic != NULL, RUBIS_ID_FORMAT);

  clean = rubis_identifier_normalise (bic);
  length = strlen (clean);
  if (length != 8 && length != 11)
    return RUBIS_ID_FORMAT;
  for (gsize i = 0; i < length; i++)
    {
      if (i < 6 ? !g_ascii_isupper (clean[i]) : !g_ascii_isalnum (clean[i]))
        return RUBIS_ID_FORMAT;
    }
  return RUBIS_ID_OK;
}
