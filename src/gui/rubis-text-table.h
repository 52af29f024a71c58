/* rubis-text-table.h: a plain table of texts, for lists that are only read. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct {
  const char *title;     /* translated */
  int width;             /* pixels; 0: what is left */
  gboolean numeric;      /* right-aligned, figures of one width */
} RubisTextColumn;

#define RUBIS_TYPE_TEXT_TABLE (rubis_text_table_get_type ())
G_DECLARE_FINAL_TYPE (RubisTextTable, rubis_text_table, RUBIS, TEXT_TABLE, AdwBin)

/* Sets the columns, once. */
void rubis_text_table_set_columns (RubisTextTable *self, const RubisTextColumn *columns, guint n_columns,
                                   const char *accessible_name);
/* @rows: (element-type GStrv) one string a column; a copy is made */
void rubis_text_table_set_rows (RubisTextTable *self, GPtrArray *rows);

G_END_DECLS
