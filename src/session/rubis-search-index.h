/* rubis-search-index.h: the names of a dossier in memory, for its search.
 *
 * Read when it is first asked, and again after anything was written: it is never out of date, and costs
 * imports and edits nothing.
 */
#pragma once

#include "rubis-fuzzy.h"
#include "rubis-session.h"
#include "rubis-store-search.h"

G_BEGIN_DECLS

typedef struct _RubisSearchIndex RubisSearchIndex;

RubisSearchIndex *rubis_search_index_new (void);
/* Lets go of its connection; it may be asked again. */
void rubis_search_index_clear (RubisSearchIndex *self);
void rubis_search_index_free (RubisSearchIndex *self);

/* One of the things that were found. */
typedef struct
{
  gint64 id;
  int rating; /* as of rubis_fuzzy_rate() */
} RubisSearchHit;

/* Makes it ready, from any thread; waits for others who search. */
gboolean rubis_search_index_prepare (RubisSearchIndex *self, RubisSession *session, GCancellable *cancellable,
                                     GError **error);
/* The best @limit rows of @table by their words, each once up to a @limit of 100. (transfer full)
 * (element-type RubisSearchHit) */
GArray *rubis_search_index_find (RubisSearchIndex *self, RubisSearchTable table, const RubisFuzzy *typed,
                                 guint limit);
/* Those with a telephone or a number of a register that holds @digits, from rubis_typed_digits(). */
GArray *rubis_search_index_find_digits (RubisSearchIndex *self, RubisSearchTable table, const char *digits,
                                        guint limit);

G_END_DECLS
