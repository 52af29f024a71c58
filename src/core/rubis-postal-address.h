/* rubis-postal-address.h: the address block of a letter posted in France (NF Z 10-011).
 *
 * Names keep the typed case; street, special and city lines are set in capitals without accents or
 * punctuation, and the street is abbreviated when longer than 32 characters. Warnings never block
 * printing.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is known of an address; every string may be NULL or empty. */
typedef struct
{
  const char *line1; /* company, or person */
  const char *line2; /* person, department, flat */
  const char *line3; /* building, entrance, zone */
  const char *street;
  const char *special; /* PO box, lieu-dit */
  const char *postcode;
  const char *city;
  const char *country; /* ISO 3166 code or a name; none: France */
} RubisPostalAddress;

typedef enum
{
  RUBIS_POSTAL_LINE1_OVER_38 = 1 << 0,
  RUBIS_POSTAL_LINE2_OVER_38 = 1 << 1,
  RUBIS_POSTAL_LINE3_OVER_38 = 1 << 2,
  RUBIS_POSTAL_STREET_OVER_38 = 1 << 3,
  RUBIS_POSTAL_SPECIAL_OVER_38 = 1 << 4,
  RUBIS_POSTAL_CITY_OVER_38 = 1 << 5,
  RUBIS_POSTAL_POSTCODE = 1 << 6, /* not five digits, in France */
  RUBIS_POSTAL_NO_NAME = 1 << 7,
  RUBIS_POSTAL_NO_CITY = 1 << 8,
  RUBIS_POSTAL_COUNTRY = 1 << 9, /* not known: printed as typed */
} RubisPostalWarning;
#define RUBIS_N_POSTAL_WARNINGS 10

typedef struct
{
  char **lines;   /* at most seven, never empty ones */
  guint warnings; /* bits of RubisPostalWarning */
} RubisPostalBlock;

RubisPostalBlock *rubis_postal_block_new (const RubisPostalAddress *address);
void rubis_postal_block_free (RubisPostalBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPostalBlock, rubis_postal_block_free)

/* Of one bit: "line1_over_38", "postcode"… */
const char *rubis_postal_warning_to_id (RubisPostalWarning warning);
/* Of one bit, a sentence in the language of the interface. */
const char *rubis_postal_warning_to_label (RubisPostalWarning warning);

G_END_DECLS
