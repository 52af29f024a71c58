/* rubis-page-cache.h: the rows of a long list that were looked at lately.
 *
 * Private to session, main thread only. A list model keeps only what identifies its rows; the rows themselves
 * are read in pages when they are asked for, and the pages unused for longest make room.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RubisPageCache RubisPageCache;

/* Reads @n_rows rows from @first on. (transfer full) (element-type GObject) exactly @n_rows of them */
typedef GPtrArray *(*RubisPageFunc) (gpointer owner, guint first, guint n_rows);

RubisPageCache *rubis_page_cache_new (RubisPageFunc fetch, gpointer owner);
void rubis_page_cache_free (RubisPageCache *self);
/* Forgets the rows; the list has @n_rows now. */
void rubis_page_cache_reset (RubisPageCache *self, guint n_rows);
/* (transfer full) (nullable) NULL past the end */
gpointer rubis_page_cache_dup_row (RubisPageCache *self, guint position);

G_END_DECLS
