/* rubis-import-number.h: amounts as files write them (private to the layer). */
#pragma once

#include "rubis-import-mapping.h"

G_BEGIN_DECLS

/* What the cells of one column say of its decimal mark. */
typedef struct
{
  guint n_cells;  /* numbers of any form */
  guint n_point;  /* cells where only a decimal point makes sense */
  guint n_comma;  /* cells where only a decimal comma makes sense */
  guint n_either; /* "1.234": thousands or three decimals */
  guint n_other;  /* not a number */
  guint n_money;  /* cells with a currency sign, a decimal mark or a minus */
} RubisImportNumberStats;

/* Adds one filled cell to @stats. */
void rubis_import_number_observe (RubisImportNumberStats *stats, const char *text, gsize length);
/* The mark of the column; AUTO when no cell has decimals. @ambiguous (nullable): nothing decided it. */
RubisImportDecimal rubis_import_number_decide (const RubisImportNumberStats *stats, gboolean *ambiguous);

typedef enum
{
  RUBIS_IMPORT_NUMBER_OK,
  RUBIS_IMPORT_NUMBER_EMPTY,
  RUBIS_IMPORT_NUMBER_BAD,
  RUBIS_IMPORT_NUMBER_RANGE,
} RubisImportNumberResult;

/* Reads "1 234,56", "(1,020.00)", "$13.50", "1234,56-", "12,00 C" … as minor units of @exponent
 * decimals. More decimals are rounded half away from zero, in decimal. A thousands mark must stand
 * before three digits: "1234.56" in a column of decimal commas is refused, not read as 123456.
 */
RubisImportNumberResult rubis_import_number_parse (const char *text, gsize length, RubisImportDecimal decimal,
                                                   int exponent, gint64 *minor);

G_END_DECLS
