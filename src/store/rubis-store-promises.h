/* rubis-store-promises.h: promises to pay, with their items and what was paid on them.
 *
 * What is stored is what people did; whether one was kept is judged by session. Each function also brings the
 * item's projection (promise_date) up to date. Those that write are called inside a transaction.
 */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"
#include "rubis-promise.h"
#include "rubis-types.h"

G_BEGIN_DECLS

/* A promise that was not undone. Strings are never NULL. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  RubisDate date;
  gint64 amount;
  RubisCurrency currency;
  RubisChannel channel;
  char *given_by;
  RubisDate given_on;
  char *quote;
  char *note;
  gint64 contact_id;      /* 0: none */
  gint64 call_id;         /* 0: none */
  gboolean replaced;      /* by another one, before its own day */
  gboolean reduced;       /* another one took over some of its items: the lists below are without them */
  gint64 replaced_by;     /* 0: none; of a broken one the promise that came after it */
  RubisDate withdrawn_on; /* RUBIS_DATE_NONE: not */
  gboolean seen;
  RubisDate last_call; /* of the account, with somebody who was spoken to; RUBIS_DATE_NONE: none */
  GPtrArray *numbers;  /* (element-type utf8) of its items */
  GArray *item_ids;    /* (element-type gint64) */
  gint64 open;         /* on its items now */
  GArray *payments;    /* (element-type RubisPromisePayment) from the day on which it was given */
} RubisPromiseRecord;
RubisPromiseRecord *rubis_promise_record_new (void);
void rubis_promise_record_free (RubisPromiseRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPromiseRecord, rubis_promise_record_free)

typedef struct
{
  gint64 id; /* 0: any, as the others */
  gint64 account_id;
  gint64 group_id;
  RubisDate from; /* of the promised day; 0: any */
  RubisDate to;
  gboolean unsettled; /* those that nobody replaced, withdrew or dealt with, and of which something is open */
} RubisPromiseQuery;
/* By promised day. (transfer full) (element-type RubisPromiseRecord) */
GPtrArray *rubis_store_list_promises (RubisDatabase *db, const RubisPromiseQuery *query, GError **error);
/* Day of the first import of items on or after @date; RUBIS_DATE_NONE: there is none. */
gboolean rubis_store_get_data_after (RubisDatabase *db, RubisDate date, RubisDate *first, GError **error);

/* Each open payment of the account that is dated from @from on, by day; @amount is positive. */
typedef void (*RubisUnallocatedFunc) (RubisDate date, gint64 amount, gpointer user_data);
gboolean rubis_store_each_unallocated (RubisDatabase *db, gint64 account_id, RubisCurrency currency,
                                       RubisDate from, RubisUnallocatedFunc func, gpointer user_data,
                                       GError **error);

/* Adds @promise over its item_ids; sets its id. */
gboolean rubis_store_add_promise (RubisDatabase *db, RubisPromiseRecord *promise, GError **error);
/* @id takes the place of @running ones on its items, and follows @broken ones. Both: (element-type gint64) */
gboolean rubis_store_replace_promises (RubisDatabase *db, gint64 id, GArray *running, GArray *broken,
                                       GError **error);
/* A payment plan takes the place of @running promises on its items; @taken: as below, is filled. */
gboolean rubis_store_yield_promises (RubisDatabase *db, gint64 plan_id, GArray *running, GArray *taken,
                                     GError **error);
/* The plan is undone: what @taken holds is as before. */
gboolean rubis_store_take_promises_back (RubisDatabase *db, GArray *taken, GError **error);
/* As if it had never been given: what it replaced is as before. */
gboolean rubis_store_set_promise_voided (RubisDatabase *db, gint64 id, gboolean voided, GError **error);
/* An item that a promise had taken from an earlier one, and how the earlier one stood. */
typedef struct
{
  gint64 promise_id; /* of the earlier one */
  gint64 item_id;
  gboolean replaced;
  gint64 replaced_by;
} RubisPromiseTaken;
/* @date: RUBIS_DATE_NONE: not withdrawn. @note: what it says from now on. @taken: (element-type RubisPromiseTaken) is
 * filled with what goes back to promises whose day has not passed; taken from it again when not withdrawn.
 */
gboolean rubis_store_set_promise_withdrawn (RubisDatabase *db, gint64 id, RubisDate date, const char *note,
                                            GArray *taken, GError **error);
gboolean rubis_store_set_promise_seen (RubisDatabase *db, gint64 id, gboolean seen, GError **error);

G_END_DECLS
