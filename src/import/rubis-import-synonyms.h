/* rubis-import-synonyms.h: column names of accounting software in four languages (private). */
#pragma once

#include "rubis-import-field.h"

G_BEGIN_DECLS

typedef struct
{
  RubisImportField field;
  int score;
  const char *names; /* parted by | */
} RubisImportSynonym;

extern const RubisImportSynonym rubis_import_synonyms[];
extern const guint rubis_import_n_synonyms;
/* Columns that say nothing for receivables: net amounts, taxes, quantities. */
extern const char *const rubis_import_useless_names;
/* A name with one of these words is no amount including VAT unless it is listed as a whole. */
extern const char *const rubis_import_useless_words;

G_END_DECLS
