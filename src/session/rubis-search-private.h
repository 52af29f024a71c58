/* rubis-search-private.h: what the files of the search share. */
#pragma once

#include "rubis-search-index.h"
#include "rubis-search.h"
#include "rubis-store.h"

G_BEGIN_DECLS

/* An answer without words yet: give it title and detail. */
RubisFound *rubis_found_new (RubisFoundKind kind, gint64 id, int score);

/* The items that @text means by number, order reference or amount, of the accounts that its words name; best
 * first, at most @limit, added to @found. (element-type RubisFound)
 */
gboolean rubis_search_find_items (RubisSession *session, RubisDatabase *db, const char *text, int limit,
                                  GCancellable *cancellable, GPtrArray *found, GError **error);

G_END_DECLS
