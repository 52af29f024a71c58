/* rubis-item-ticks.h: open items of an account with a tick each: what a promise or a payment plan is about.
 *
 * Signal "changed": another choice.
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-money.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ITEM_TICKS (rubis_item_ticks_get_type ())
G_DECLARE_FINAL_TYPE (RubisItemTicks, rubis_item_ticks, RUBIS, ITEM_TICKS, GtkWidget)

/* @items: (element-type RubisItemRow); debits are shown. @chosen: (nullable) (element-type gint64) NULL: all
 * that is overdue. Chosen items that are not among @items stay chosen, unseen.
 */
void rubis_item_ticks_set_items (RubisItemTicks *self, GPtrArray *items, GArray *chosen, RubisCurrency own);
/* (transfer full) (element-type gint64) */
GArray *rubis_item_ticks_list_ids (RubisItemTicks *self);

G_END_DECLS
