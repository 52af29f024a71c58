/* rubis-postal-number.h: numbers of registered and tracked items.
 *
 * The check digit of La Poste's national numbers was inferred from real ones, not published: a
 * mismatch is a warning, never a refusal. International numbers follow UPU S10.
 */
#pragma once

#include "rubis-identifiers.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_POSTAL_NUMBER_NATIONAL = 0, /* "1A 787 789 3287 8" */
  RUBIS_POSTAL_NUMBER_S10 = 1,      /* "RR347017466FR" */
} RubisPostalNumberKind;

/* RUBIS_ID_LENGTH, RUBIS_ID_FORMAT, RUBIS_ID_CHECK or RUBIS_ID_OK, as typed (rubis_identifier_normalise()
 * gives the form to store). @kind may be NULL.
 */
RubisIdReason rubis_postal_number_check (const char *number, RubisPostalNumberKind *kind);
/* The number @offset forms further on in the same roll, with its check digit. NULL when the rule does not fit
 * @number, so that those that follow cannot be told, or when the serial number runs over. New string.
 */
char *rubis_postal_number_follow (const char *number, guint offset);
/* As printed on the slip: groups of 2, 3, 3, 4, 1; other texts are only normalised. New string. */
char *rubis_postal_number_format (const char *number);

G_END_DECLS
