/* rubis-import-plan.h: a mapping made ready to turn records into rows (private to the layer). */
#pragma once

#include "rubis-import-file-private.h"
#include "rubis-import-sink.h"
#include "rubis-payment-terms.h"

G_BEGIN_DECLS

#define RUBIS_IMPORT_SCRATCH 64

typedef struct
{
  const RubisImportFile *file;
  const RubisImportMapping *mapping;
  RubisImportSink *sink;
  int column[RUBIS_N_IMPORT_FIELDS]; /* column of each field, or -1 */
  RubisImportDateForm forms[RUBIS_IMPORT_MAX_COLUMNS];
  RubisImportDecimal decimals[RUBIS_IMPORT_MAX_COLUMNS];
  RubisImportMemo *types;
  RubisImportMemo *statuses;
  RubisImportMemo *means;
  RubisImportMemo *sides;
  RubisImportMemo *flags;
  RubisImportMemo *currencies;
  GPtrArray *currency_list; /* (owned) (element-type RubisCurrency), what the memo's numbers stand for */
  GHashTable *terms;        /* (owned) (element-type utf8 RubisPaymentTerms) (nullable values) */
  char scratch[2][3][RUBIS_IMPORT_SCRATCH]; /* digits that a sheet lost: company id, postcode, phone */
  guint turn;                               /* which half of the scratch the next row may use */
} RubisImportPlan;

void rubis_import_plan_init (RubisImportPlan *plan, const RubisImportFile *file,
                             const RubisImportMapping *mapping, RubisImportSink *sink);
void rubis_import_plan_clear (RubisImportPlan *plan);

/* Fills @row from @record. FALSE when the record was rejected (and reported). */
gboolean rubis_import_plan_build (RubisImportPlan *plan, const RubisImportRecord *record,
                                  RubisImportRow *row);
/* The customer part alone. */
void rubis_import_plan_build_customer (RubisImportPlan *plan, const RubisImportRecord *record,
                                       RubisImportRow *row);
/* The amount of one cell; FALSE when it was rejected. An empty cell is 0 and not @filled. */
gboolean rubis_import_plan_amount (RubisImportPlan *plan, const RubisImportRecord *record, int column,
                                   RubisCurrency currency, gint64 *amount, gboolean *filled);
/* The cell of a field, or NULL when the file has no such column. */
const RubisImportCell *rubis_import_plan_cell (const RubisImportPlan *plan, const RubisImportRecord *record,
                                               RubisImportField field);
/* Refuses @record because of one cell. Returns FALSE. */
gboolean rubis_import_plan_reject (RubisImportPlan *plan, const RubisImportRecord *record, int column,
                                   const char *code, const char *message);

G_END_DECLS
