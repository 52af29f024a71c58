/* rubis-import-values.h: the words of other columns than dates and amounts (private to the layer). */
#pragma once

#include "rubis-money.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_IMPORT_STATUS_UNKNOWN,
  RUBIS_IMPORT_STATUS_OPEN,
  RUBIS_IMPORT_STATUS_PAID,
  RUBIS_IMPORT_STATUS_VOID, /* cancelled: nothing is owed */
} RubisImportStatus;

/* "Facture", "AVO", "Credit memo", "Rechnung", "DR"… FALSE when the word is not known. */
gboolean rubis_import_value_type (const char *text, RubisItemType *type);
RubisImportStatus rubis_import_value_status (const char *text);
RubisPaymentMeans rubis_import_value_means (const char *text);
/* +1 for debit, −1 for credit, 0 when @text is neither. */
int rubis_import_value_side (const char *text);
/* "oui", "yes", "x", "1", "vrai", a reason in words… */
gboolean rubis_import_value_flag (const char *text);
/* A code or a sign: "EUR", "€", "euros". */
gboolean rubis_import_value_currency (const char *text, RubisCurrency *currency);
/* TRUE for "Total", "Sous-total client", "Summe"… at the head of a line. */
gboolean rubis_import_value_is_total (const char *text);

/* A small table from the texts of one column to numbers, since a column has few different texts. */
typedef struct _RubisImportMemo RubisImportMemo;

typedef int (*RubisImportMemoFunc) (const char *text, gpointer data);

RubisImportMemo *rubis_import_memo_new (RubisImportMemoFunc func, gpointer data);
void rubis_import_memo_free (RubisImportMemo *memo);
int rubis_import_memo_get (RubisImportMemo *memo, const char *text, gsize length);

/* Distinct strings, counted by their 64-bit hashes. */
typedef struct
{
  guint64 *slots;
  gsize n_slots;
  gsize n_used;
} RubisImportDistinct;

void rubis_import_distinct_add (RubisImportDistinct *distinct, const char *text);
/* Makes room for @n strings at once. */
void rubis_import_distinct_reserve (RubisImportDistinct *distinct, gsize n);
/* Tells the processor that this hash is wanted soon: a large table is far away. */
void rubis_import_distinct_expect (const RubisImportDistinct *distinct, guint64 hash);
/* The same by a hash made with rubis_import_hash(). FALSE when it was there already. */
gboolean rubis_import_distinct_add_hash (RubisImportDistinct *distinct, guint64 hash);
/* Goes on with @seed, which is 0 at the start. */
guint64 rubis_import_hash (guint64 seed, const void *bytes, gsize length);
void rubis_import_distinct_clear (RubisImportDistinct *distinct);

G_END_DECLS
