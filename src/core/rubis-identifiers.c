#include "rubis-identifiers.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-checksum.h"
#include "rubis-text.h"

#define NBSP "\u00a0"
#define LA_POSTE_SIREN "356000000"

static const struct
{
  const char *id;
  const char *label;
} reasons[RUBIS_N_ID_REASONS] = {
  [RUBIS_ID_OK] = { "ok", "" },
  [RUBIS_ID_FORMAT] = { "format", N_ ("It has a character that cannot be there") },
  [RUBIS_ID_COUNTRY] = { "country", N_ ("Its first two letters are not a known country") },
  [RUBIS_ID_LENGTH] = { "length", N_ ("It is too short or too long") },
  [RUBIS_ID_LUHN] = { "luhn", N_ ("Its last digit does not match the others") },
  [RUBIS_ID_LA_POSTE] = { "la_poste", N_ ("It is not a SIRET of La Poste") },
  [RUBIS_ID_SIREN] = { "siren", N_ ("The SIREN in it is wrong") },
  [RUBIS_ID_KEY] = { "key", N_ ("Its key does not match the SIREN") },
  [RUBIS_ID_CHECK] = { "check", N_ ("Its check digits do not match the rest") },
  [RUBIS_ID_RIB_KEY] = { "rib_key", N_ ("The key of the bank account (RIB) does not match the rest") },
};

const char *
rubis_id_reason_to_id (RubisIdReason reason)
{
  g_return_val_if_fail ((guint)reason < RUBIS_N_ID_REASONS, NULL);

  return reasons[reason].id;
}

const char *
rubis_id_reason_to_label (RubisIdReason reason)
{
  g_return_val_if_fail ((guint)reason < RUBIS_N_ID_REASONS, NULL);

  /* The translation of an empty text is the header of the catalogue. */
  return reason == RUBIS_ID_OK ? "" : _ (reasons[reason].label);
}

char *
rubis_identifier_normalise (const char *text)
{
  g_autofree char *spaced = NULL;
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  spaced = rubis_text_normalise_spaces (text);
  out = g_string_sized_new (strlen (spaced));
  for (const char *p = spaced; *p != '\0'; p++)
    {
      if (*p != ' ' && *p != '.' && *p != '-')
        g_string_append_c (out, g_ascii_toupper (*p));
    }
  return g_string_free (out, FALSE);
}

static RubisIdReason
check_digits (const char *text, gsize length)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p))
        return RUBIS_ID_FORMAT;
    }
  return strlen (text) == length ? RUBIS_ID_OK : RUBIS_ID_LENGTH;
}

RubisIdReason
rubis_siren_check (const char *siren)
{
  g_autofree char *clean = NULL;
  RubisIdReason reason;

  g_return_val_if_fail (siren != NULL, RUBIS_ID_FORMAT);

  clean = rubis_identifier_normalise (siren);
  reason = check_digits (clean, 9);
  if (reason != RUBIS_ID_OK)
    return reason;
  return rubis_checksum_luhn (clean) ? RUBIS_ID_OK : RUBIS_ID_LUHN;
}

RubisIdReason
rubis_siret_check (const char *siret)
{
  g_autofree char *clean = NULL;
  g_autofree char *siren = NULL;
  RubisIdReason reason;

  g_return_val_if_fail (siret != NULL, RUBIS_ID_FORMAT);

  clean = rubis_identifier_normalise (siret);
  reason = check_digits (clean, 14);
  if (reason != RUBIS_ID_OK)
    return reason;
  siren = g_strndup (clean, 9);
  if (rubis_checksum_luhn (clean) && rubis_checksum_luhn (siren))
    return RUBIS_ID_OK;
  if (strcmp (siren, LA_POSTE_SIREN) == 0)
    {
      int sum = 0;

      for (const char *p = clean; *p != '\0'; p++)
        sum += *p - '0';
      return sum % 5 == 0 ? RUBIS_ID_OK : RUBIS_ID_LA_POSTE;
    }
  return RUBIS_ID_LUHN;
}

char *
rubis_vat_from_siren (const char *siren)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (siren != NULL, NULL);

  if (rubis_siren_check (siren) != RUBIS_ID_OK)
    return NULL;
  clean = rubis_identifier_normalise (siren);
  return g_strdup_printf ("FR%02d%s", (12 + 3 * rubis_checksum_mod97 (clean)) % 97, clean);
}

char *
rubis_siren_from_any (const char *text)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  clean = rubis_identifier_normalise (text);
  if (rubis_siren_check (clean) == RUBIS_ID_OK)
    return g_steal_pointer (&clean);
  if (rubis_siret_check (clean) == RUBIS_ID_OK)
    return g_strndup (clean, 9);
  if (g_str_has_prefix (clean, "FR") && rubis_vat_check (clean) == RUBIS_ID_OK
      && rubis_siren_check (clean + 4) == RUBIS_ID_OK)
    return g_strdup (clean + 4);
  return NULL;
}

char *
rubis_siren_format (const char *siren)
{
  char *clean;
  char *grouped;

  g_return_val_if_fail (siren != NULL, NULL);

  clean = rubis_identifier_normalise (siren);
  if (check_digits (clean, 9) != RUBIS_ID_OK)
    return clean;
  grouped = g_strdup_printf ("%.3s" NBSP "%.3s" NBSP "%s", clean, clean + 3, clean + 6);
  g_free (clean);
  return grouped;
}

char *
rubis_siret_format (const char *siret)
{
  char *clean;
  char *grouped;

  g_return_val_if_fail (siret != NULL, NULL);

  clean = rubis_identifier_normalise (siret);
  if (check_digits (clean, 14) != RUBIS_ID_OK)
    return clean;
  grouped
      = g_strdup_printf ("%.3s" NBSP "%.3s" NBSP "%.3s" NBSP "%s", clean, clean + 3, clean + 6, clean + 9);
  g_free (clean);
  return grouped;
}
