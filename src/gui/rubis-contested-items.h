/* rubis-contested-items.h: the items of a dispute, each with a tick and the part that is contested.
 *
 * Signals: "changed" while the user ticks and types; "entered" when a change is to be kept (Enter, or the
 * focus left).
 */
#pragma once

#include <adwaita.h>

#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_CONTESTED_ITEMS (rubis_contested_items_get_type ())
G_DECLARE_FINAL_TYPE (RubisContestedItems, rubis_contested_items, RUBIS, CONTESTED_ITEMS, AdwBin)

GtkWidget *rubis_contested_items_new (void);
void rubis_contested_items_clear (RubisContestedItems *self);
/* @amount: contested of @open, minor units. All lines have one currency: those of another one than the first
 * are left out, and FALSE is returned.
 */
gboolean rubis_contested_items_add (RubisContestedItems *self, const RubisDisputeItem *item,
                                    RubisCurrency currency, gboolean ticked);
/* (element-type RubisDisputePart) those that are ticked; NULL when an amount is wrong or none is ticked,
 * which is marked in its line and said by @error. (transfer full)
 */
GArray *rubis_contested_items_read (RubisContestedItems *self, GError **error);
/* What is ticked, as far as amounts can be read: "2 items, 340,00 €". (transfer full) */
char *rubis_contested_items_describe (RubisContestedItems *self);
/* Something was typed or ticked that was not entered. */
gboolean rubis_contested_items_get_touched (RubisContestedItems *self);
guint rubis_contested_items_get_n_lines (RubisContestedItems *self);

G_END_DECLS
