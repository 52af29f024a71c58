/* rubis-import-header.h: what column names mean (private to the layer). */
#pragma once

#include "rubis-import-field.h"

G_BEGIN_DECLS

/* Lower case, no accents, words parted by one blank ("N° de Facture *" and "InvoiceNumber" become
 * "no facture" and "invoice no"): the form in which names are compared. New string.
 */
char *rubis_import_fold (const char *text);

/* One meaning that a name may have; @score is 1 (a stretch) to 100 (says just that). */
typedef struct
{
  RubisImportField field;
  int score;
} RubisImportMeaning;

#define RUBIS_IMPORT_MAX_MEANINGS 8

/* The meanings of a folded name, whole names first; their number. */
guint rubis_import_header_meanings (const char *folded,
                                    RubisImportMeaning meanings[RUBIS_IMPORT_MAX_MEANINGS]);
/* TRUE when @folded is a known name, or one that is known to be of no use ("montant ht"). */
gboolean rubis_import_header_is_known (const char *folded);
/* The first and last day of lateness of a bucket of an aged balance ("31-60", "Non échu", "+90"); @to is
 * G_MAXINT for the open end, negative days are not yet due.
 */
gboolean rubis_import_bucket_days (const char *name, int *from, int *to);

G_END_DECLS
