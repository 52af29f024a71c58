/* rubis-item-table.h: the items that a document lists, as rows by currency with their totals.
 *
 * The three writers ask it for the same cells, so that an email and a letter never differ.
 */
#pragma once

#include "rubis-document-context.h"

G_BEGIN_DECLS

typedef struct _RubisItemTable RubisItemTable;

typedef enum {
  RUBIS_COLUMN_NUMBER,
  RUBIS_COLUMN_ORDER_REF, /* only when a row has one */
  RUBIS_COLUMN_ISSUE_DATE,
  RUBIS_COLUMN_DUE_DATE,
  RUBIS_COLUMN_DAYS_LATE, /* only when a row is late */
  RUBIS_COLUMN_LEVEL,     /* only where payment is asked for and levels differ */
  RUBIS_COLUMN_TOTAL,
  RUBIS_COLUMN_DISPUTED,  /* only when a part is contested */
  RUBIS_COLUMN_OPEN,
  RUBIS_COLUMN_PENALTY,   /* only with penalties */
  RUBIS_COLUMN_INDEMNITY, /* only with penalties */
} RubisColumn;
#define RUBIS_N_COLUMNS 11

/* The rows of @list in @context, which must have been completed. Never NULL; may have no row.
 * Sums cannot overflow: the context has checked them.
 */
RubisItemTable *rubis_item_table_new (RubisDocumentContext *context, RubisHashtag list,
                                      RubisListModifiers modifiers);
RubisItemTable *rubis_item_table_ref (RubisItemTable *self);
void rubis_item_table_unref (RubisItemTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisItemTable, rubis_item_table_unref)

guint rubis_item_table_get_n_columns (RubisItemTable *self);
RubisColumn rubis_item_table_get_column (RubisItemTable *self, guint index);
/* The heading in the document's language. Static. */
const char *rubis_item_table_get_heading (RubisItemTable *self, RubisColumn column);
/* Whether the column holds amounts or counts: aligned at the right. */
gboolean rubis_item_table_is_numeric (RubisColumn column);
/* Whether the column holds amounts: summed. */
gboolean rubis_item_table_is_amount (RubisColumn column);

/* One group per currency, in the order of first appearance. */
guint rubis_item_table_get_n_groups (RubisItemTable *self);
RubisCurrency rubis_item_table_get_currency (RubisItemTable *self, guint group);
guint rubis_item_table_get_n_rows (RubisItemTable *self, guint group);
/* Borrowed. */
const RubisDocumentItem *rubis_item_table_get_row (RubisItemTable *self, guint group, guint row);
/* What the cell shows; "" for nothing. */
char *rubis_item_table_dup_cell (RubisItemTable *self, guint group, guint row, RubisColumn column);
/* The amount in a cell of an amount column. */
gint64 rubis_item_table_get_amount (RubisItemTable *self, guint group, guint row, RubisColumn column);
/* The sum of an amount column over the rows [0, n_rows) of a group: what is carried forward. */
gint64 rubis_item_table_get_sum (RubisItemTable *self, guint group, guint n_rows, RubisColumn column);
/* "Total", "Total EUR" when there are several currencies. */
char *rubis_item_table_dup_total_label (RubisItemTable *self, guint group);
/* What is asked for: open amounts less contested ones, plus penalties and indemnities where shown. */
gint64 rubis_item_table_get_grand_total (RubisItemTable *self, guint group);
/* Whether that differs from the total of the open amounts. */
gboolean rubis_item_table_has_grand_total (RubisItemTable *self);
/* The language in which the cells are written. */
const char *rubis_item_table_get_language (RubisItemTable *self);

G_END_DECLS
