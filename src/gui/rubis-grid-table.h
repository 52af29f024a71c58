/* rubis-grid-table.h: rows of the grid as a table for the clipboard. */
#pragma once

#include "rubis-grid-columns.h"

G_BEGIN_DECLS

/* Rows as tab-separated text with a line of titles, as spreadsheets take it. Amounts are plain
 * numbers with the decimal mark of the user's language and no thousands separators.
 * @columns: (element-type RubisGridColumn). @rows: (element-type RubisItemRow). (transfer full)
 */
char *rubis_grid_table_to_text (GArray *columns, GPtrArray *rows);
/* The same as an HTML table, numbers aligned right, for mails and documents. (transfer full) */
char *rubis_grid_table_to_html (GArray *columns, GPtrArray *rows);

G_END_DECLS
