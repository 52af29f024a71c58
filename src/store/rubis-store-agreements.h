/* rubis-store-agreements.h: disputes and promises to pay.
 *
 * Each function also brings the item's projection (disputed, promise_date) up to date. All
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

/* A promise to pay items by @date; open promises on the same items are replaced, not deleted.
 * @item_ids: (element-type gint64)
 */
gboolean rubis_store_add_promise (RubisDatabase *db, gint64 account_id, GArray *item_ids, RubisDate date,
                                  gint64 amount, const char *currency, RubisDate given_on, gint64 *id, GError **error);
/* @state: "kept", "partial", "broken", "replaced", or "open" again. A broken promise stays in the item's projection, so that its
 * date is what eligibility judges; a kept one leaves it.
 */
gboolean rubis_store_set_promise_state (RubisDatabase *db, gint64 id, const char *state, GError **error);

/* Who gave a promise, and by which channel. */
gboolean rubis_store_set_promise_source (RubisDatabase *db, gint64 id, int channel, const char *given_by,
                                         GError **error);
/* A promise as it stands. */
typedef struct {
  gint64 id;
  char state[12];
} RubisPromiseMark;
/* The open and broken promises on any of @item_ids. (transfer full) (element-type RubisPromiseMark) */
GArray *rubis_store_list_promises_of (RubisDatabase *db, GArray *item_ids, GError **error);
/* A dispute in the customer's words. */
gboolean rubis_store_set_dispute_description (RubisDatabase *db, gint64 id, const char *description, GError **error);

/* A direct debit of the item came back: direct debit no longer excuses it. */
gboolean rubis_store_set_debit_returned (RubisDatabase *db, gint64 item_id, gboolean returned, GError **error);

G_END_DECLS
