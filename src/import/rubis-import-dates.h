/* rubis-import-dates.h: dates as files write them (private to the layer). */
#pragma once

#include "rubis-date.h"
#include "rubis-import-mapping.h"

G_BEGIN_DECLS

/* The ways to write a date; a column has one. */
typedef enum
{
  RUBIS_IMPORT_DATE_YMD,    /* 2026-01-31, 2026/1/31, with or without a time */
  RUBIS_IMPORT_DATE_DMY,    /* 31/01/2026, 31.1.26 */
  RUBIS_IMPORT_DATE_MDY,    /* 1/31/2026 */
  RUBIS_IMPORT_DATE_NAMED,  /* Jan 28 2021, 28 janv. 2021 */
  RUBIS_IMPORT_DATE_YMD8,   /* 20260131 */
  RUBIS_IMPORT_DATE_DMY8,   /* 31012026 */
  RUBIS_IMPORT_DATE_DMY6,   /* 310126 */
  RUBIS_IMPORT_DATE_SERIAL, /* days of a spreadsheet since 1899-12-30 */
} RubisImportDateForm;
#define RUBIS_N_IMPORT_DATE_FORMS 8

typedef struct
{
  guint n_cells;
  guint n_spelled; /* dates of any form that cannot be a plain number */
  guint n_any;     /* dates of any form */
  guint n_typed;   /* cells that a sheet knows to be dates: they say nothing of the texts beside them */
  guint valid[RUBIS_N_IMPORT_DATE_FORMS];
} RubisImportDateStats;

/* RUBIS_DATE_NONE when @text is not a date of that form, or names a day that does not exist. */
RubisDate rubis_import_date_parse (const char *text, gsize length, RubisImportDateForm form);
/* TRUE for the ways to write "no date": "", "-", "00/00/0000", "0000-00-00". */
gboolean rubis_import_date_is_none (const char *text, gsize length);

/* Adds one filled cell to @stats. */
void rubis_import_date_observe (RubisImportDateStats *stats, const char *text, gsize length);
/* Adds one cell that is a date by its type. */
void rubis_import_date_observe_typed (RubisImportDateStats *stats);
/* The form most cells have. When the header says date (@named), forms of digits only count too and every
 * second cell must be a date; otherwise four cells in five. @ambiguous: day and month could be swapped.
 */
gboolean rubis_import_date_decide (const RubisImportDateStats *stats, gboolean digits,
                                   RubisImportDateForm *form, gboolean *ambiguous);

RubisImportDates rubis_import_date_order (RubisImportDateForm form);
/* @form with the user's order. */
RubisImportDateForm rubis_import_date_reorder (RubisImportDateForm form, RubisImportDates dates);

G_END_DECLS
