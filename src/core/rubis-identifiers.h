/* rubis-identifiers.h: numbers of companies: SIREN, SIRET, VAT.
 *
 * Checks are of form and check digits only; nothing is asked from anyone. Every function takes
 * what people type: spaces (of any kind), dots and hyphens are ignored, case too.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with an identifier, in the order of the checks. */
typedef enum
{
  RUBIS_ID_OK = 0,
  RUBIS_ID_FORMAT = 1,  /* a character that cannot be there */
  RUBIS_ID_COUNTRY = 2, /* no such country */
  RUBIS_ID_LENGTH = 3,
  RUBIS_ID_LUHN = 4,
  RUBIS_ID_LA_POSTE = 5, /* establishment of La Poste whose digits do not sum to a multiple of five */
  RUBIS_ID_SIREN = 6,    /* the SIREN inside is wrong */
  RUBIS_ID_KEY = 7,      /* the key of a French VAT id */
  RUBIS_ID_CHECK = 8,    /* check digits */
  RUBIS_ID_RIB_KEY = 9,  /* the key of a French or Monegasque bank account */
} RubisIdReason;
#define RUBIS_N_ID_REASONS 10

/* "ok", "format", "country", "length", "luhn", "la_poste", "siren", "key", "check", "rib_key". */
const char *rubis_id_reason_to_id (RubisIdReason reason);
/* A sentence for people, in the language of the interface; "" for RUBIS_ID_OK. */
const char *rubis_id_reason_to_label (RubisIdReason reason);

/* Upper case, without spaces, dots and hyphens; nothing is checked. New string. */
char *rubis_identifier_normalise (const char *text);

/* Nine digits that pass Luhn. */
RubisIdReason rubis_siren_check (const char *siren);
/* Fourteen digits, of which the first nine and all pass Luhn; those of La Poste sum to a multiple of 5. */
RubisIdReason rubis_siret_check (const char *siret);
/* VAT id with its country prefix. French, German, Belgian, Luxembourgish, Italian, Spanish, Dutch,
 * Portuguese, Austrian, Polish and Swiss check digits are computed; others are accepted by form.
 */
RubisIdReason rubis_vat_check (const char *vat);

/* The French VAT id of a SIREN, "FR44732829320"; NULL when the SIREN is wrong. New string. */
char *rubis_vat_from_siren (const char *siren);
/* The nine digits of a valid SIREN, SIRET or French VAT id; NULL for anything else. New string. */
char *rubis_siren_from_any (const char *text);

/* Grouped for reading: "732 829 320", "732 829 320 00074" (no-break spaces); text of another length is
 * only normalised. New string.
 */
char *rubis_siren_format (const char *siren);
char *rubis_siret_format (const char *siret);

G_END_DECLS
