/* rubis-holds.h: whether anybody may be asked to pay at all, by whatever means.
 *
 * Private to session. The queue of calls and Today take their answer from here; it is that of eligibility.
 */
#pragma once

#include "rubis-eligibility.h"
#include "rubis-session-private.h"

G_BEGIN_DECLS

/* The reason for which none of the account's open items among @item_ids (nullable: all) may be claimed from
 * the customer: its stop, insolvency, an agent, a dispute on the whole… With all of them also that nothing is open.
 * @reason: (out) 0 when something may be.
 */
gboolean rubis_holds_find (RubisSession *session, RubisDatabase *db, gint64 account_id,
                           const GArray *item_ids, int *reason, GError **error);

G_END_DECLS
