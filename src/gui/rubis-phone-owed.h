/* rubis-phone-owed.h: what a customer owes, item by item, to be ticked while talking.
 *
 * Signal "ticks-changed".
 */
#pragma once

#include <adwaita.h>

#include "rubis-calls.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PHONE_OWED (rubis_phone_owed_get_type ())
G_DECLARE_FINAL_TYPE (RubisPhoneOwed, rubis_phone_owed, RUBIS, PHONE_OWED, AdwBin)

/* @items: (element-type RubisCallItem) held, not copied. What is overdue and neither contested nor promised
 * is ticked. @own: the dossier's currency.
 */
void rubis_phone_owed_set_items (RubisPhoneOwed *self, GPtrArray *items, RubisCurrency own);
/* The ids of the ticked items. (transfer full) (element-type gint64) */
GArray *rubis_phone_owed_dup_ticked (RubisPhoneOwed *self);
/* What is open and not contested on the ticked items that share the currency of the first one. */
gint64 rubis_phone_owed_get_amount (RubisPhoneOwed *self, RubisCurrency *currency);
/* What may be contested of an item. */
gint64 rubis_phone_owed_get_contestable (RubisPhoneOwed *self, gint64 item_id);

G_END_DECLS
