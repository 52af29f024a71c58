/* rubis-item-row-private.h: making rows of the store's lines; private to session. */
#pragma once

#include "rubis-item-row.h"
#include "rubis-store-items.h"

G_BEGIN_DECLS

/* A row with copies of all that @line says. */
RubisItemRow *rubis_item_row_new_from_line (const RubisItemLine *line, RubisDate today);
/* What stands for an item that is gone until the list is loaded again. */
RubisItemRow *rubis_item_row_new_missing (gint64 id);
/* @text: (transfer full) what the item has in a custom field, for people */
void rubis_item_row_take_value (RubisItemRow *self, gint64 field_id, char *text);

G_END_DECLS
