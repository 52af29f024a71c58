/* rubis-import-file-private.h: what the parts of the layer know of an open file. */
#pragma once

#include "rubis-import-dates.h"
#include "rubis-import-file.h"
#include "rubis-import-number.h"
#include "rubis-import-table.h"
#include "rubis-import-workbook.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_IMPORT_FORMAT_CSV,
  RUBIS_IMPORT_FORMAT_XLSX,
  RUBIS_IMPORT_FORMAT_FEC,
} RubisImportFormat;

/* What is known of a column beyond its public face. */
typedef struct
{
  RubisImportNumberStats numbers;
  RubisImportDateStats dates;
  guint n_filled;
  guint n_text; /* neither number nor date */
} RubisImportProfile;

/* Data rows kept for the guesses that compare cells. */
#define RUBIS_IMPORT_HEAD_ROWS 200

struct _RubisImportFile
{
  char *path;
  RubisImportScan scan;
  RubisImportFormat format;
  RubisImportKind kind;
  char separator;
  gboolean quotes;
  gint64 header_line;
  gint64 forced_header; /* the header line that the user chose, or 0 */
  GPtrArray *columns; /* (owned) (element-type RubisImportColumn) */
  GArray *profiles;   /* (owned) (element-type RubisImportProfile), one for each column */
  GPtrArray *head;    /* (owned) (element-type GStrv), first data rows, each as wide as the header */
  char *preamble;     /* folded text of the lines above the header */
  char *fingerprint;
  RubisImportWorkbook *book; /* (owned) (nullable) */
  guint sheet;
};

/* A new reader from the first line of the text or the chosen sheet. */
RubisImportTable *rubis_import_file_new_table (const RubisImportFile *file, GError **error);
/* Finds the header and looks at the columns' values. FALSE when there is no table. */
gboolean rubis_import_file_lay_out (RubisImportFile *file, GError **error);
/* The separator of delimited text, and whether it is a FEC. */
gboolean rubis_import_file_find_separator (RubisImportFile *file, GError **error);
/* How many known names the best line among the first of @table has, and which line it is. */
guint rubis_import_find_header (RubisImportTable *table, gint64 *line, GError **error);
/* The number of filled cells, and the first of them when there is one. */
guint rubis_import_count_filled (const RubisImportRecord *record, guint *first);
/* TRUE for a cell of dashes, as printed reports have between their parts. */
gboolean rubis_import_is_rule (const RubisImportCell *cell);
/* TRUE for the header once more: a report that is printed in pages repeats it. */
gboolean rubis_import_repeats_header (const RubisImportFile *file, const RubisImportRecord *record);
/* Sets the kind from the columns that could be mapped; refuses bank statements and the like. */
gboolean rubis_import_file_classify (RubisImportFile *file, GError **error);

G_END_DECLS
