/* rubis-store-check.h: does a dossier agree with itself? */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

/* One question asked of the dossier. */
typedef struct {
  const char *id;        /* stable: "pages", "references", "open"…; static */
  gint64 n_faults;       /* 0: fine */
  char *first;           /* (owned) "" or what the first fault is about */
} RubisCheckResult;
void rubis_check_result_free (RubisCheckResult *self);

/* Asks them all: pages and indexes fit together; references lead somewhere; what is open is the
 * total less its allocations; levels and last contacts are what the journal says; the outbox has
 * its documents; the documents have their SHA-256; the journal's chain is whole.
 * (transfer full) (element-type RubisCheckResult)
 */
GPtrArray *rubis_store_check (RubisDatabase *db, GError **error);

G_END_DECLS
