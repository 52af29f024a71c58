/* rubis-workbook.h: writes a spreadsheet (XLSX) of tables with typed cells.
 *
 * A sheet is a frozen head of columns and rows under it; a cell is of the type of its column. The
 * same content and date give the same bytes.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-money.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_CELL_TEXT,
  RUBIS_CELL_COUNT, /* a whole number */
  RUBIS_CELL_MONEY,
  RUBIS_CELL_DATE,
  RUBIS_CELL_RATE, /* a percentage */
} RubisCellKind;

typedef struct _RubisWorkbook RubisWorkbook;

/* @author: (nullable). The file says that it was made on @date, never by the clock. NULL and @error when no
 * temporary file can be made.
 */
RubisWorkbook *rubis_workbook_new (const char *title, const char *author, RubisDate date, GError **error);
void rubis_workbook_free (RubisWorkbook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisWorkbook, rubis_workbook_free)

/* A new sheet; what a sheet's name may not hold is left out of @name. */
void rubis_workbook_add_sheet (RubisWorkbook *self, const char *name);
/* A column of the sheet; before its rows. @width in characters. */
void rubis_workbook_add_column (RubisWorkbook *self, const char *title, RubisCellKind kind, int width);

/* A new row; then its cells from the left. */
void rubis_workbook_add_row (RubisWorkbook *self);
/* NULL and "" leave the cell empty. */
void rubis_workbook_add_text (RubisWorkbook *self, const char *text);
void rubis_workbook_add_count (RubisWorkbook *self, gint64 count);
void rubis_workbook_add_money (RubisWorkbook *self, gint64 minor, RubisCurrency currency);
/* RUBIS_DATE_NONE leaves the cell empty. */
void rubis_workbook_add_date (RubisWorkbook *self, RubisDate date);
/* @ten_thousandths of a percent: 124000 is 12.40 %. */
void rubis_workbook_add_rate (RubisWorkbook *self, gint64 ten_thousandths);
void rubis_workbook_add_empty (RubisWorkbook *self);

/* A row with the sum of each column of money that is in one currency, as a formula with its value. */
void rubis_workbook_add_totals (RubisWorkbook *self, const char *label);

/* The file; NULL and @error when it cannot be made. Nothing may be added after. */
GBytes *rubis_workbook_finish (RubisWorkbook *self, GError **error);

G_END_DECLS
