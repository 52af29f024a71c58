/* rubis-item-list.h: the items of the current scope, filter and order, as a list model.
 *
 * Holds the ordered row ids and a small cache of pages; a million items cost a few megabytes.
 * Sorting and filtering are done by the store, in the background; the list is replaced with one
 * items-changed. Main thread only.
 */
#pragma once

#include "rubis-field-test.h"
#include "rubis-item-row.h"
#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_ITEM_SORT_DUE_DATE,
  RUBIS_ITEM_SORT_NUMBER,
  RUBIS_ITEM_SORT_ACCOUNT,
  RUBIS_ITEM_SORT_TYPE,
  RUBIS_ITEM_SORT_ISSUE_DATE,
  RUBIS_ITEM_SORT_DAYS_LATE,
  RUBIS_ITEM_SORT_TOTAL,
  RUBIS_ITEM_SORT_OPEN,
  RUBIS_ITEM_SORT_CURRENCY,
  RUBIS_ITEM_SORT_LEVEL,
  RUBIS_ITEM_SORT_LEVEL_DATE,
  RUBIS_ITEM_SORT_ORDER_REF,
  RUBIS_ITEM_SORT_SALES_REP,
} RubisItemSort;

/* Which items to show; combined by AND. */
typedef enum {
  RUBIS_ITEM_STATE_OPEN,     /* open amount not zero */
  RUBIS_ITEM_STATE_OVERDUE,  /* debits past their due date */
  RUBIS_ITEM_STATE_NOT_DUE,
  RUBIS_ITEM_STATE_CREDITS,  /* open amounts below zero */
  RUBIS_ITEM_STATE_ALL,      /* settled ones too */
} RubisItemState;

typedef struct {
  RubisItemState state;
  int min_days_late;       /* 0: any */
  RubisDate due_from;      /* RUBIS_DATE_NONE: any; inclusive */
  RubisDate due_to;        /* RUBIS_DATE_NONE: any; inclusive */
  const char *text;        /* (nullable) in number, reference, label, account code or name */
  GPtrArray *tests;        /* (nullable) (element-type RubisFieldTest) on custom fields */
} RubisItemFilter;

/* A sum of open amounts in one currency. */
typedef struct {
  RubisCurrency currency;
  gint64 open;
  gint64 total;
  guint n_items;
} RubisItemSum;

#define RUBIS_TYPE_ITEM_LIST (rubis_item_list_get_type ())
G_DECLARE_FINAL_TYPE (RubisItemList, rubis_item_list, RUBIS, ITEM_LIST, GObject)

/* Implements GListModel of RubisItemRow. Starts loading at once: open items of all accounts by due
 * date. Signal "loaded" when a new order or filter has been put in place and its sums are known; the
 * rows are there before ("items-changed"). Property "loading" holds until then.
 */
RubisItemList *rubis_item_list_new (RubisSession *session);
/* @group_id and @account_id: 0 for all. */
void rubis_item_list_set_scope (RubisItemList *self, gint64 group_id, gint64 account_id);
void rubis_item_list_set_filter (RubisItemList *self, const RubisItemFilter *filter);
void rubis_item_list_set_sort (RubisItemList *self, RubisItemSort sort, gboolean descending);
void rubis_item_list_refresh (RubisItemList *self);
gboolean rubis_item_list_get_loading (RubisItemList *self);
/* The id of the item at @position, 0 when there is none; costs no query. */
gint64 rubis_item_list_get_id (RubisItemList *self, guint position);
/* G_MAXUINT when the item is not in the list. */
guint rubis_item_list_find (RubisItemList *self, gint64 item_id);
/* The sums of the whole list, by currency: (element-type RubisItemSum); the dossier's currency first. */
GArray *rubis_item_list_get_sums (RubisItemList *self);
/* The sums of some rows. (transfer full) (element-type RubisItemSum). @ids: (element-type gint64) */
GArray *rubis_item_list_sum_ids (RubisItemList *self, GArray *ids);

G_END_DECLS
