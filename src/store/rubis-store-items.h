/* rubis-store-items.h: items and their allocations. */
#pragma once

#include "rubis-database.h"
#include "rubis-field-test.h"
#include "rubis-money.h"
#include "rubis-types.h"

G_BEGIN_DECLS

/* A row of the item table. When loaded through a function that borrows, texts live until the next
 * step of the query.
 */
typedef struct {
  gint64 id;
  gint64 account_id;
  RubisItemType type;
  const char *number;
  int fiscal_year;
  int instalment;
  RubisDate issue_date;
  RubisDate due_date;
  gboolean due_computed;
  RubisCurrency currency;
  gint64 total;
  gint64 open;
  RubisPaymentMeans means;
  const char *order_ref;
  const char *sales_rep;
  const char *label;
  gboolean stop;
  RubisDate stop_until;
  gboolean debit_returned;
  gboolean with_agent;
  gint64 disputed;        /* in open disputes, and out of dunning */
  gint64 contested;       /* in open disputes, also those in which dunning goes on: no interest runs on it */
  RubisDate resumed_date; /* on which its last dispute ended */
  RubisDate promise_date;
  gboolean in_plan;
  RubisDate notice_until; /* of the posted formal notice */
  int level;
  RubisDate level_date;
  RubisDate first_seen;
  gint64 cleared_batch;
  RubisDate cleared_date;
} RubisItemRecord;

/* Calls back with each item; the record is borrowed. FALSE stops. */
typedef gboolean (*RubisItemFunc) (const RubisItemRecord *item, gpointer user_data);

/* Open items of an account (all: settled ones too), oldest due first. */
gboolean rubis_store_each_item_of (RubisDatabase *db, gint64 account_id, gboolean all, RubisItemFunc func,
                                   gpointer user_data, GError **error);
/* Every item with something open, by account and due date: the one scan that the agenda makes. Only what
 * decides whether it is dunned is filled in; texts other than the number are empty.
 */
gboolean rubis_store_each_open_item (RubisDatabase *db, RubisItemFunc func, gpointer user_data, GError **error);
/* Every item, settled ones too, by id. */
gboolean rubis_store_each_item (RubisDatabase *db, RubisItemFunc func, gpointer user_data, GError **error);
/* @found: whether there is such an item. */
gboolean rubis_store_visit_item (RubisDatabase *db, gint64 id, RubisItemFunc func, gpointer user_data, gboolean *found,
                                 GError **error);
/* Ids of the items with that number. (transfer full) (element-type gint64) */
GArray *rubis_store_find_items (RubisDatabase *db, const char *number, GError **error);

/* Adds an item and, when less than the total is open, the allocation that explains it, dated @as_of. Sets
 * @item->id. */
gboolean rubis_store_insert_item (RubisDatabase *db, RubisItemRecord *item, gint64 batch_id, RubisDate as_of,
                                  GError **error);
/* The item of that key, or @item->id 0. Texts of @item are borrowed until the next look-up. */
gboolean rubis_store_find_item (RubisDatabase *db, gint64 account_id, const char *number, int fiscal_year,
                                RubisItemType type, int instalment, RubisItemRecord *item, GError **error);
/* Keeps what an item was before @batch_id changed it (once a batch). */
gboolean rubis_store_keep_item (RubisDatabase *db, gint64 item_id, gint64 batch_id, GError **error);
/* Writes what an import may change: dates, total, open amount, texts; an allocation explains the
 * difference of the open amount. @old_open and @old_total: before.
 */
gboolean rubis_store_update_item (RubisDatabase *db, const RubisItemRecord *item, gint64 old_total, gint64 old_open,
                                  gint64 batch_id, RubisDate as_of, GError **error);
/* Says that an item was carried over from an earlier year: neither a sale of the day of its entry, nor a measure of how
 * its customer pays.
 */
gboolean rubis_store_mark_opening (RubisDatabase *db, gint64 item_id, GError **error);
/* What is open was paid: nothing is open any more. @source: "absent" or "erp". */
gboolean rubis_store_clear_item (RubisDatabase *db, gint64 item_id, gint64 open, gint64 batch_id, RubisDate as_of,
                                 const char *source, GError **error);
/* @amount: what was taken off when the item was last settled for being absent from a complete file; 0 when its
 * last allocation was another one.
 */
gboolean rubis_store_get_absence (RubisDatabase *db, gint64 item_id, gint64 *amount, GError **error);

/* A stop as it stands, and whose item it is. */
typedef struct {
  gint64 account_id;
  char *number;
  gboolean stop;
  char *reason;
  RubisDate until;
} RubisItemStop;
void rubis_item_stop_clear (RubisItemStop *self);
/* FALSE without error when there is no such item. Clear @item_stop with rubis_item_stop_clear(). */
gboolean rubis_store_load_item_stop (RubisDatabase *db, gint64 id, RubisItemStop *item_stop, GError **error);
/* Settles @amount of what is open on @item_id with the credit or payment @credit_id. */
gboolean rubis_store_allocate (RubisDatabase *db, gint64 item_id, gint64 credit_id, gint64 amount, gint64 batch_id,
                               RubisDate date, GError **error);

gboolean rubis_store_set_item_stop (RubisDatabase *db, gint64 id, gboolean stop, const char *reason, RubisDate until,
                                    GError **error);

/* A direct debit of the item came back: direct debit no longer excuses it. */
gboolean rubis_store_set_debit_returned (RubisDatabase *db, gint64 item_id, gboolean returned, GError **error);

/* The number of an item, with its account. (transfer full) */
gboolean rubis_store_get_item_name (RubisDatabase *db, gint64 id, gint64 *account_id, char **number, GError **error);
/* The highest item id, 0 in a dossier without items. */
gboolean rubis_store_last_item (RubisDatabase *db, gint64 *id, GError **error);
/* Number of open items and the sum of their absolute open amounts, for the import brakes. */
gboolean rubis_store_count_open_items (RubisDatabase *db, gint64 *n_items, gint64 *amount, GError **error);

/* What a list of items shows. */
typedef struct {
  gint64 account_id;     /* 0: any */
  gint64 group_id;       /* 0: any */
  int state;             /* 0 open, 1 overdue, 2 not due, 3 credits, 4 all */
  int min_days_late;
  RubisDate due_from;
  RubisDate due_to;
  const char *text;      /* (nullable) */
  GPtrArray *tests;      /* (nullable) (element-type RubisFieldTest) RUBIS_MAX_FIELD_TESTS at most */
  int sort;              /* index into the sort orders of rubis-store-item-list.c */
  gboolean descending;
  RubisDate today;
} RubisItemQuery;
#define RUBIS_N_ITEM_SORTS 13

typedef struct {
  RubisCurrency currency;
  gint64 open;
  gint64 total;
  guint n_items;
} RubisItemSumRecord;

/* The ordered ids: (transfer full) (element-type guint32); ids above 2^32 do not occur in a dossier. */
GArray *rubis_store_list_item_ids (RubisDatabase *db, const RubisItemQuery *query, GError **error);
/* (transfer full) (element-type RubisItemSumRecord) by currency */
GArray *rubis_store_sum_items (RubisDatabase *db, const RubisItemQuery *query, GError **error);

/* A line of a list: the item with its account. */
typedef struct {
  RubisItemRecord item;
  const char *account_code;
  const char *account_name;
  gboolean leading;
} RubisItemLine;
typedef void (*RubisItemLineFunc) (const RubisItemLine *line, gpointer user_data);
/* Calls back for each of the ids that exists, in no particular order. */
gboolean rubis_store_each_item_line (RubisDatabase *db, const guint32 *ids, guint n_ids, RubisDate today,
                                     RubisItemLineFunc func, gpointer user_data, GError **error);
/* (transfer full) (element-type RubisItemSumRecord) the sums of some items */
GArray *rubis_store_sum_item_ids (RubisDatabase *db, GArray *ids, GError **error);

G_END_DECLS
