/* rubis-import-sniff.h: what a file is, from its bytes (private to the layer). */
#pragma once

#include "rubis-import-decoder.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_IMPORT_CONTAINER_TEXT, /* delimited text, perhaps a FEC */
  RUBIS_IMPORT_CONTAINER_XLSX,
} RubisImportContainer;

/* Reads the head of @path, whose encoding is known. FALSE with RUBIS_IMPORT_ERROR that says what the
 * file is and what to do, when it is neither text nor a workbook.
 */
gboolean rubis_import_sniff (const char *path, const RubisImportScan *scan, RubisImportContainer *container,
                             GError **error);

G_END_DECLS
