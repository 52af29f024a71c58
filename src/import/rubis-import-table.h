/* rubis-import-table.h: a text file or a sheet as records of cells (private to the layer). */
#pragma once

#include <gio/gio.h>

#include "rubis-import-decoder.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_IMPORT_CELL_TEXT,
  RUBIS_IMPORT_CELL_NUMBER, /* a number of a sheet, written with a decimal point */
  RUBIS_IMPORT_CELL_DATE,   /* a date of a sheet, written YYYY-MM-DD */
} RubisImportCellKind;

typedef struct
{
  const char *text; /* NUL-terminated, trimmed */
  guint32 length;
  RubisImportCellKind kind;
} RubisImportCell;

/* One record, valid until the next is read. All its text lies between @start and @end. */
typedef struct
{
  gint64 line;
  guint n_cells;
  RubisImportCell *cells;
  char *start;
  char *end;
} RubisImportRecord;

typedef enum
{
  RUBIS_IMPORT_NEXT_RECORD,
  RUBIS_IMPORT_NEXT_END,
  RUBIS_IMPORT_NEXT_ERROR,
} RubisImportNext;

typedef struct _RubisImportTable RubisImportTable;
struct _RubisImportTable
{
  RubisImportNext (*next) (RubisImportTable *table, RubisImportRecord *record, GError **error);
  /* Bytes read so far, on the scale of the file's size. */
  guint64 (*tell) (RubisImportTable *table);
  void (*free) (RubisImportTable *table);
};

static inline RubisImportNext
rubis_import_table_next (RubisImportTable *table, RubisImportRecord *record, GError **error)
{
  return table->next (table, record, error);
}

static inline void
rubis_import_table_free (RubisImportTable *table)
{
  if (table != NULL)
    table->free (table);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisImportTable, rubis_import_table_free)

/* Delimited text. @quotes FALSE: a quote is a character like any other unless it wraps a whole field. */
RubisImportTable *rubis_import_csv_new (const char *path, const RubisImportScan *scan, char separator,
                                        gboolean quotes, GError **error);
/* Goes on from the first whole line after a byte of the file; line numbers are then meaningless. */
gboolean rubis_import_csv_seek (RubisImportTable *table, guint64 offset, GError **error);

G_END_DECLS
