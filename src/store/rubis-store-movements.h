/* rubis-store-movements.h: what moved the balance of an account: items and their allocations, by date. */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef struct {
  RubisDate date;       /* of issue (else first seen), or of the allocation */
  RubisCurrency currency;
  gboolean allocation;  /* of an item; else the item itself */
  RubisItemType type;   /* of the item */
  char *number;         /* of the item */
  gint64 amount;        /* what it adds to what is owed; an allocation takes away */
  gint64 counterpart;   /* of an allocation: the other item that it was set against, 0: a payment seen in the file */
} RubisMovement;
void rubis_movement_free (RubisMovement *self);

/* All movements of an account by date, items before allocations; down-payment requests are not owed and are left out.
 * Their sum is the balance of the account. (transfer full) (element-type RubisMovement)
 */
GPtrArray *rubis_store_list_movements (RubisDatabase *db, gint64 account_id, GError **error);

typedef struct {
  char *number;
  RubisItemType type;
  gint64 amount; /* of the payment that went to the item */
} RubisPaidItem;
void rubis_paid_item_free (RubisPaidItem *self);

/* The items that a payment or credit was set against. (transfer full) (element-type RubisPaidItem) */
GPtrArray *rubis_store_list_paid_items (RubisDatabase *db, gint64 payment_id, GError **error);

G_END_DECLS
