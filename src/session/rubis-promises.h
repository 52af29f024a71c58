/* rubis-promises.h: promises to pay, and whether they were kept. Journaled, undoable. */
#pragma once

#include "rubis-promise.h"
#include "rubis-session.h"
#include "rubis-types.h"
#include "rubis-unallocated.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PROMISE_ROW (rubis_promise_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisPromiseRow, rubis_promise_row, RUBIS, PROMISE_ROW, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisPromiseRow
{
  GObject parent_instance;

  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  RubisPromiseState state; /* computed on the session's day */
  RubisDate date;          /* promised */
  RubisDate until;         /* with the grace days */
  RubisCurrency currency;
  gint64 amount;           /* promised on its items */
  gint64 given;            /* promised at first; more than @amount when a later promise took over some of its items */
  gint64 paid;             /* of @amount, in time */
  gint64 open;             /* what is open on its items now */
  gboolean verified;       /* FALSE: the data are older than @until, or a payment in time is not allocated */
  RubisUnallocated unallocated; /* of a broken one: payments since it was given */
  gboolean seen;           /* broken, and somebody dealt with it */
  RubisChannel channel;
  char *given_by;
  RubisDate given_on;
  char *quote;             /* in the customer's words */
  char *note;
  GPtrArray *numbers;      /* (element-type utf8) without what a later promise took over */
  GArray *item_ids;        /* (element-type gint64) */
};

/* Broken, or kept in part. */
gboolean rubis_promise_row_is_broken (const RubisPromiseRow *self);
/* What else is to be known of it: that a later promise reduced it, that a payment is not allocated; NULL: nothing.
 * (transfer full) (nullable) */
char *rubis_promise_row_describe (const RubisPromiseRow *self);
/* "“...” said Mme Roux on 2 November, on the phone": the customer's words as far as they are known, who said them
 * and how. @given_on: its day as text. (transfer full)
 */
char *rubis_promise_row_quote (const RubisPromiseRow *self, const char *given_on);

typedef struct
{
  gint64 group_id;
  gint64 account_id;
  guint states;          /* bits 1 << RubisPromiseState; 0: open, partial and broken ones that wait */
  RubisDate from;        /* of the promised day; 0: any */
  RubisDate to;
} RubisPromiseFilter;
/* By promised day. (transfer full) (element-type RubisPromiseRow) */
GPtrArray *rubis_session_list_promises (RubisSession *self, const RubisPromiseFilter *filter, GError **error);
RubisPromiseRow *rubis_session_load_promise (RubisSession *self, gint64 id, GError **error);

typedef struct
{
  gint64 account_id;
  GArray *item_ids;     /* (nullable) (element-type gint64) NULL: all that is overdue and not contested */
  RubisCurrency currency; /* code "": that of the items, or the dossier's */
  RubisDate date;
  gint64 amount;        /* 0: all that is claimable on the items */
  RubisChannel channel;
  const char *given_by; /* (nullable) */
  gint64 contact_id;    /* 0: none */
  const char *quote;    /* (nullable) */
  const char *note;     /* (nullable) */
  gint64 call_id;       /* 0: none */
} RubisPromiseInput;
/* Open promises on the same items are replaced. Returns its id, 0 on error: RUBIS_SESSION_ERROR_VALUE (day passed, more
 * than is open), RUBIS_SESSION_ERROR_RULE (nothing open).
 */
gint64 rubis_session_add_promise (RubisSession *self, const RubisPromiseInput *input, GError **error);
/* Neither kept nor broken: dunning goes on, except of what an earlier promise, whose day has not passed, held
 * before: that one holds again. @note: (nullable)
 */
gboolean rubis_session_withdraw_promise (RubisSession *self, gint64 id, const char *note, GError **error);
/* A broken one that somebody dealt with leaves Today. */
gboolean rubis_session_mark_promises_seen (RubisSession *self, GArray *ids, GError **error);

/* How a customer keeps its word. */
typedef struct
{
  int n_kept;
  int n_partial;
  int n_broken;
  int n_open;
} RubisPromiseCounts;
/* "3 kept, 1 broken": those that were judged; "" when none was. (transfer full) */
char *rubis_promise_counts_describe (const RubisPromiseCounts *self);
/* Counts @row in, unless a payment that is not allocated may have kept it. */
void rubis_promise_counts_add (RubisPromiseCounts *self, const RubisPromiseRow *row);
gboolean rubis_session_count_promises (RubisSession *self, gint64 account_id, RubisPromiseCounts *counts,
                                       GError **error);

G_END_DECLS
