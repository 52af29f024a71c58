/* rubis-store-bulk.h: what edits of many accounts and items read and write. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

/* "" when it has none. (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
char *rubis_store_get_item_sales_rep (RubisDatabase *db, gint64 item_id, GError **error);
gboolean rubis_store_set_item_sales_rep (RubisDatabase *db, gint64 item_id, const char *name, GError **error);
/* The accounts of some items, each once, in the order of the items. (transfer full) (element-type gint64) */
GArray *rubis_store_list_item_accounts (RubisDatabase *db, GArray *item_ids, GError **error);
/* The accounts of a group and of those below it, each once; 0: all accounts. (transfer full) (element-type
 * gint64) */
GArray *rubis_store_list_group_accounts (RubisDatabase *db, gint64 group_id, GError **error);

G_END_DECLS
