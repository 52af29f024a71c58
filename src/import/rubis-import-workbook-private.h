/* rubis-import-workbook-private.h: what the reader of a sheet knows of its workbook (private). */
#pragma once

#include <libxml/xmlreader.h>
#include <zip.h>

#include "rubis-import-workbook.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *part; /* path in the archive */
  gboolean hidden;
} RubisImportSheet;

struct _RubisImportWorkbook
{
  char *path;
  guint64 file_size;
  zip_t *archive;
  GPtrArray *sheets; /* (owned) (element-type RubisImportSheet) */
  GString *strings;  /* shared strings, each NUL-terminated */
  GArray *offsets;   /* (owned) (element-type guint32), start of each */
  GByteArray *dates; /* for each cell style: 1 when it shows a date */
  gboolean since_1904;
};

/* An XML part being read out of the archive. */
typedef struct
{
  zip_file_t *file;
  guint64 size;  /* as the archive says */
  guint64 done;  /* bytes inflated so far */
  guint64 limit; /* more than this is an attack, not a part */
  gboolean too_large;
  xmlTextReaderPtr reader;
} RubisImportPart;

/* FALSE with @error when the archive has no such part. @limit bounds what may come out of it. */
gboolean rubis_import_part_open (RubisImportPart *part, zip_t *archive, const char *name, guint64 limit,
                                 GError **error);
void rubis_import_part_close (RubisImportPart *part);
/* The next node: 1, 0 at the end, −1 on broken XML, a document type or a part that is too large. */
int rubis_import_part_read (RubisImportPart *part, const char *path, GError **error);
/* TRUE when the current node is the start of an element with that local name. */
gboolean rubis_import_part_is (const RubisImportPart *part, const char *name);
gboolean rubis_import_part_is_end (const RubisImportPart *part, const char *name);
/* A copy of an attribute, by local name; NULL when it is absent. */
char *rubis_import_part_dup_attribute (const RubisImportPart *part, const char *name);

G_END_DECLS
