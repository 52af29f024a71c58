/* rubis-import-workbook.h: the sheets of an XLSX file as tables (private to the layer). */
#pragma once

#include "rubis-import-table.h"

G_BEGIN_DECLS

typedef struct _RubisImportWorkbook RubisImportWorkbook;

/* Reads the directory, the styles and the shared strings; sheets are streamed later. */
RubisImportWorkbook *rubis_import_workbook_open (const char *path, GError **error);
void rubis_import_workbook_free (RubisImportWorkbook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisImportWorkbook, rubis_import_workbook_free)

guint rubis_import_workbook_get_n_sheets (const RubisImportWorkbook *book);
const char *rubis_import_workbook_get_sheet_name (const RubisImportWorkbook *book, guint sheet);
gboolean rubis_import_workbook_is_hidden (const RubisImportWorkbook *book, guint sheet);
/* A new reader of one sheet; @book must outlive it. */
RubisImportTable *rubis_import_workbook_read_sheet (const RubisImportWorkbook *book, guint sheet,
                                                    GError **error);

G_END_DECLS
