/* rubis-item-row-private.h: making rows of the store's lines; private to session. */
#pragma once

#include "rubis-item-row.h"
#include "rubis-store-items.h"

G_BEGIN_DECLS

/* A row with copies of all that @line says. */
RubisItemRow *rubis_item_row_new_from_line (const RubisItemLine *line, RubisDate today);
/* What stands for an item that is gone until the list is loaded again. */
RubisItemRow *rubis_item_row_new_missing (gint64 id);

G_END_DECLS
