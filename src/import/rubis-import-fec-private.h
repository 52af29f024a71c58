/* rubis-import-fec-private.h: what reading a FEC gathers before items can be told (private). */
#pragma once

#include "rubis-import-fec.h"
#include "rubis-import-sink.h"

G_BEGIN_DECLS

/* What else stands in an entry tells what its customer line is. */
typedef enum
{
  RUBIS_FEC_SEES_SALES = 1 << 0, /* 70x */
  RUBIS_FEC_SEES_VAT = 1 << 1,   /* 445x */
  RUBIS_FEC_SEES_BANK = 1 << 2,  /* 51x, 53x */
} RubisFecSight;

typedef struct
{
  guint64 key;
  gint64 balance;
  guint sight; /* RubisFecSight */
} RubisFecEntry;

typedef struct
{
  char *code;
  char *name;
} RubisFecCustomer;

typedef struct
{
  gint64 line;
  RubisFecCustomer *customer; /* (unowned) */
  guint64 entry;
  gint64 amount; /* debit − credit, hundredths */
  RubisDate date;
  RubisDate due;
  RubisDate settled_on; /* of a lettered line */
  const char *journal;  /* the strings are in the book's chunk */
  const char *entry_number;
  const char *piece;
  const char *invoice;
  const char *label;
  RubisPaymentMeans means;
  gboolean lettered;
  gboolean sales;   /* journal of sales */
  gboolean opening; /* journal of opening entries */
  gboolean draft;   /* account 413 */
} RubisFecLine;

typedef struct
{
  GStringChunk *strings;
  GHashTable *entries;   /* (owned) key -> (owned) RubisFecEntry */
  GHashTable *customers; /* (owned) code -> (owned) RubisFecCustomer */
  GPtrArray *order;      /* (owned) (element-type RubisFecCustomer), as they come in the file */
  GHashTable *letters;   /* (owned) "code\nletter" -> (owned) gint64 */
  GArray *lines;         /* (owned) (element-type RubisFecLine) */
} RubisFecBook;

/* Gives the customers and the items of @book to @sink. */
gboolean rubis_fec_book_emit (RubisFecBook *book, const RubisImportMapping *mapping, RubisImportSink *sink,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
