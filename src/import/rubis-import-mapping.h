/* rubis-import-mapping.h: which column of a file feeds which field, and how its values read.
 *
 * A mapping is proposed by rubis_import_file_guess_mapping(), corrected by the user, and kept as text
 * under the fingerprint of the file's header.
 */
#pragma once

#include "rubis-import-field.h"
#include "rubis-money.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_IMPORT_DATES_AUTO = 0,    /* as detected */
  RUBIS_IMPORT_DATES_DAY_FIRST,   /* 31/12/2026, 31.12.26, 31122026, 28 janv. 2021 */
  RUBIS_IMPORT_DATES_MONTH_FIRST, /* 12/31/2026, Jan 28 2021 */
  RUBIS_IMPORT_DATES_YEAR_FIRST,  /* 2026-12-31, 20261231, with or without time */
} RubisImportDates;

typedef enum
{
  RUBIS_IMPORT_DECIMAL_AUTO = 0, /* as detected */
  RUBIS_IMPORT_DECIMAL_COMMA,
  RUBIS_IMPORT_DECIMAL_POINT,
} RubisImportDecimal;

/* STOCK: the file holds all open items, what is absent was paid. DELTA: it holds some. */
typedef enum
{
  RUBIS_IMPORT_MODE_STOCK = 0,
  RUBIS_IMPORT_MODE_DELTA = 1,
} RubisImportMode;

#define RUBIS_IMPORT_MAX_COLUMNS 512

typedef struct _RubisImportMapping RubisImportMapping;

RubisImportMapping *rubis_import_mapping_new (void);
RubisImportMapping *rubis_import_mapping_copy (const RubisImportMapping *mapping);
void rubis_import_mapping_free (RubisImportMapping *mapping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisImportMapping, rubis_import_mapping_free)

/* @column counts from 0. Setting a field takes it from the column that had it; only IGNORE and
 * AGING_BUCKET may be set on several columns.
 */
void rubis_import_mapping_set_field (RubisImportMapping *mapping, guint column, RubisImportField field);
RubisImportField rubis_import_mapping_get_field (const RubisImportMapping *mapping, guint column);
/* The column that feeds @field, or -1. */
int rubis_import_mapping_get_column (const RubisImportMapping *mapping, RubisImportField field);

/* How one column writes its dates or amounts, when the user knows better than the detection. */
void rubis_import_mapping_set_dates (RubisImportMapping *mapping, guint column, RubisImportDates dates);
RubisImportDates rubis_import_mapping_get_dates (const RubisImportMapping *mapping, guint column);
void rubis_import_mapping_set_decimal (RubisImportMapping *mapping, guint column, RubisImportDecimal decimal);
RubisImportDecimal rubis_import_mapping_get_decimal (const RubisImportMapping *mapping, guint column);

/* The currency of rows that name none; code[0] == '\0' (the default) leaves it to the dossier. */
void rubis_import_mapping_set_currency (RubisImportMapping *mapping, RubisCurrency currency);
RubisCurrency rubis_import_mapping_get_currency (const RubisImportMapping *mapping);

/* The item type of a code of the source system ("VTE", "FA"); compared without regard to case. */
void rubis_import_mapping_set_type_code (RubisImportMapping *mapping, const char *code, RubisItemType type);
gboolean rubis_import_mapping_get_type_code (const RubisImportMapping *mapping, const char *code,
                                             RubisItemType *type);

/* TRUE: the file writes invoices negative and credits positive, as a supplier's ledger does. */
void rubis_import_mapping_set_negated (RubisImportMapping *mapping, gboolean negated);
gboolean rubis_import_mapping_get_negated (const RubisImportMapping *mapping);

/* Days after the issue date for items without a due date (default 30, the French default of
 * article L441-10 of the Code de commerce); such due dates are marked as computed.
 */
void rubis_import_mapping_set_default_days (RubisImportMapping *mapping, int days);
int rubis_import_mapping_get_default_days (const RubisImportMapping *mapping);

/* TRUE: settled items are read too, with nothing open (default for text and sheets; FALSE for a FEC). */
void rubis_import_mapping_set_settled (RubisImportMapping *mapping, gboolean settled);
gboolean rubis_import_mapping_get_settled (const RubisImportMapping *mapping);

void rubis_import_mapping_set_mode (RubisImportMapping *mapping, RubisImportMode mode);
RubisImportMode rubis_import_mapping_get_mode (const RubisImportMapping *mapping);

/* Text form (key file), so that a mapping can be remembered and given by hand; columns are named by
 * their header where @names (nullable, @n_names) gives one, by their number otherwise.
 */
char *rubis_import_mapping_to_text (const RubisImportMapping *mapping, const char *const *names,
                                    guint n_names);
/* Reads a text form for a file whose columns are @names; a name that the file has not is an error
 * (G_IO_ERROR_INVALID_DATA) that says which. Returns a new mapping, or NULL.
 */
RubisImportMapping *rubis_import_mapping_from_text (const char *text, const char *const *names, guint n_names,
                                                    GError **error);

G_END_DECLS
