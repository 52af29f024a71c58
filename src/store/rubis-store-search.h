/* rubis-store-search.h: what the search over everything reads. */
#pragma once

#include "rubis-database.h"
#include "rubis-fuzzy.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* What is found by the words of its own. */
typedef enum
{
  RUBIS_SEARCH_ACCOUNTS,
  RUBIS_SEARCH_GROUPS,
  RUBIS_SEARCH_CONTACTS,
  RUBIS_SEARCH_DISPUTES,
  RUBIS_SEARCH_ACTORS,
} RubisSearchTable;
#define RUBIS_N_SEARCH_TABLES 5

/* Words of a row; a dispute has several such lines, of its description and of its comments. Borrowed. */
typedef struct
{
  gint64 id;
  const char *text;
  const char *context;   /* what it is found by as well */
  const char *phones[2]; /* telephone and mobile of a contact, telephone and SIREN of an account, telephone */
} RubisSearchText;
typedef void (*RubisSearchTextFunc) (const RubisSearchText *text, gpointer user_data);
gboolean rubis_store_each_search_text (RubisDatabase *db, RubisSearchTable table, RubisSearchTextFunc func,
                                       gpointer user_data, GError **error);

/* A number that changes whenever something was written through another connection than @db. */
gboolean rubis_store_get_data_version (RubisDatabase *db, gint64 *version, GError **error);

/* A row as it is shown. Borrowed. */
typedef struct
{
  gint64 id;
  gint64 account_id; /* 0: of none */
  const char
      *name; /* account, actor: its name; contact: first and last name; dispute: description; event: summary */
  const char *code; /* account: its code; contact: job; actor: role; group: tree; dispute: reason; event: kind */
  const char
      *place; /* account: city; contact, actor: email, else telephone; dispute: state; event: what it says besides */
  const char *account; /* name of the account of what is not one; number of the accounts of a group */
  const char *account_code;
  RubisDate date;         /* of an event; opening of a dispute; NONE */
  RubisCurrency currency; /* of a dispute */
  gint64 amount;          /* overdue of an account, in the currency given; contested amount of a dispute */
} RubisSearchRow;
typedef void (*RubisSearchRowFunc) (const RubisSearchRow *row, gpointer user_data);
/* The row of that id, not called back when there is none. @currency: that in which amounts of accounts are
 * summed. */
gboolean rubis_store_load_search_row (RubisDatabase *db, RubisSearchTable table, gint64 id, RubisDate today,
                                      const char *currency, RubisSearchRowFunc func, gpointer user_data,
                                      GError **error);

/* An item that may be meant. Borrowed. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  const char *number;
  int instalment;
  const char *order_ref;
  RubisCurrency currency;
  gint64 total;
  gint64 open;
} RubisSearchItem;
typedef void (*RubisSearchItemFunc) (const RubisSearchItem *item, gpointer user_data);
/* Items whose number or order reference begins with @typed, or has its last four characters at its end,
 * newest first; among few items those that have it anywhere. The caller looks at them closely. An item may
 * come twice.
 */
gboolean rubis_store_each_item_by_number (RubisDatabase *db, const char *typed, RubisSearchItemFunc func,
                                          gpointer user_data, GError **error);
/* Items whose total or open amount is from @low to @high minor units, credits as well; the lowest first. */
gboolean rubis_store_each_item_by_amount (RubisDatabase *db, gint64 low, gint64 high,
                                          RubisSearchItemFunc func, gpointer user_data, GError **error);

/* Events in whose text each typed word is, or one like it; at most @limit, the newest first. */
gboolean rubis_store_each_event_by_words (RubisDatabase *db, const RubisFuzzy *typed, int limit,
                                          RubisSearchRowFunc func, gpointer user_data, GError **error);

G_END_DECLS
