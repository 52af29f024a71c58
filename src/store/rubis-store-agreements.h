/* rubis-store-agreements.h: disputes.
 *
 * Each function also brings the item's projection (disputed) up to date. All
 * are called inside a transaction.
 */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

/* Opens a dispute on @amount (minor units, positive) of an item. @id: (out). */
gboolean rubis_store_open_dispute (RubisDatabase *db, gint64 account_id, gint64 item_id, gint64 amount,
                                   const char *reason, RubisDate date, const char *actor, gint64 *id, GError **error);
/* @state: "founded", "unfounded" or "abandoned"; "open" again with RUBIS_DATE_NONE */
gboolean rubis_store_close_dispute (RubisDatabase *db, gint64 id, const char *state, RubisDate date, GError **error);

/* A dispute in the customer's words. */
gboolean rubis_store_set_dispute_description (RubisDatabase *db, gint64 id, const char *description, GError **error);

/* A direct debit of the item came back: direct debit no longer excuses it. */
gboolean rubis_store_set_debit_returned (RubisDatabase *db, gint64 item_id, gboolean returned, GError **error);

G_END_DECLS
