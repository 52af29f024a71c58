/* rubis-store-disputes.h: disputes, what they contest, and what was said of them.
 *
 * Each function that writes also brings the items' projections (disputed, contested, resumed_date) up to
 * date. All of those are called inside a transaction.
 */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* The contested part of an item, minor units. */
typedef struct
{
  gint64 item_id;
  gint64 amount;
} RubisDisputeShare;

/* A row of the dispute table. Texts are never NULL. */
typedef struct
{
  gint64 id; /* 0: not in the dossier yet */
  gint64 account_id;
  char *reason;
  char *description;
  char *product_line;
  RubisCurrency currency;
  char *state;
  gint64 resolver_id; /* 0: nobody */
  RubisDate opened_on;
  char *opened_by;
  RubisDate due_date;
  RubisDate asked_on;
  gint64 outcome_amount;
  gint64 credit_item_id; /* 0: none */
  RubisDate closed_on;
  char *closed_by;
  char *close_note;
  gboolean keep_dunning;
  gint64 call_id;
  gint64 incoming_id;
  gboolean voided;
  GArray *shares; /* (element-type RubisDisputeShare) */
} RubisDisputeRecord;
/* With empty texts and no shares. */
RubisDisputeRecord *rubis_dispute_record_new (void);
RubisDisputeRecord *rubis_dispute_record_copy (const RubisDisputeRecord *self);
void rubis_dispute_record_free (RubisDisputeRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDisputeRecord, rubis_dispute_record_free)

/* Adds it, or writes all of it in place of what it was. Sets @record->id. */
gboolean rubis_store_save_dispute (RubisDatabase *db, RubisDisputeRecord *record, GError **error);
/* (transfer full) (nullable) NULL without error when there is none, or its opening was undone and not @voided
 */
RubisDisputeRecord *rubis_store_load_dispute (RubisDatabase *db, gint64 id, gboolean voided, GError **error);
/* The resolver was asked on @date: an open dispute is examined from then on. */
gboolean rubis_store_set_dispute_asked (RubisDatabase *db, gint64 id, RubisDate date, GError **error);
/* A request was taken back: the day is that of the last one that was not. */
gboolean rubis_store_refresh_dispute_asked (RubisDatabase *db, gint64 id, GError **error);

/* What a list of disputes shows; all zero: the open ones. */
typedef struct
{
  gint64 id;       /* 0: any; else this one, in whatever state */
  gint64 group_id; /* 0: any */
  gint64 account_id;
  gint64 item_id;        /* 0: any; else those that contest it */
  const char *states;    /* (nullable) "open|examined"; NULL: the open ones */
  const char *reason;    /* (nullable) */
  gint64 resolver_id;    /* 0: any; -1: nobody's */
  RubisDate due_before;  /* 0: any */
  RubisDate closed_from; /* 0: any; closed ones since then, open ones all */
  const char *text;      /* (nullable) in account, numbers, description, comments */
} RubisDisputeQuery;

/* A line of a list: the row with what it leads to. Texts are borrowed until the next step. */
typedef struct
{
  const RubisDisputeRecord *record; /* without shares */
  const char *account_code;
  const char *account_name;
  const char *resolver;
  gint64 amount;
  int n_attachments;
  int n_comments;
} RubisDisputeLine;
typedef void (*RubisDisputeFunc) (const RubisDisputeLine *line, gpointer user_data);
/* By due date, those without one last, then by age. */
gboolean rubis_store_each_dispute (RubisDatabase *db, const RubisDisputeQuery *query, RubisDisputeFunc func,
                                   gpointer user_data, GError **error);

/* What a dispute contests, with the item as it stands; the number is borrowed. */
typedef struct
{
  gint64 item_id;
  gint64 amount;
  const char *number;
  gint64 open;
  gint64 total;
  RubisDate due_date;
} RubisDisputeItemLine;
typedef void (*RubisDisputeItemFunc) (const RubisDisputeItemLine *line, gpointer user_data);
gboolean rubis_store_each_dispute_item (RubisDatabase *db, gint64 id, RubisDisputeItemFunc func,
                                        gpointer user_data, GError **error);
/* What of an item other disputes than @except contest. */
gboolean rubis_store_sum_contested (RubisDatabase *db, gint64 item_id, gint64 except, gint64 *amount,
                                    GError **error);
/* --- What imports bring --- */

/* A credit note that an import brought to an account with open disputes; texts are borrowed. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  RubisCurrency currency;
  gint64 amount; /* positive, minor units */
  const char *number;
  const char *order_ref;
  const char *label;
} RubisDisputeCredit;
typedef void (*RubisDisputeCreditFunc) (const RubisDisputeCredit *credit, gpointer user_data);
gboolean rubis_store_each_dispute_credit (RubisDatabase *db, gint64 batch_id, RubisDisputeCreditFunc func,
                                          gpointer user_data, GError **error);
/* Whether a credit note was set against an item of the dispute (@is_of), or against any (@is_used). */
gboolean rubis_store_is_credit_of_dispute (RubisDatabase *db, gint64 credit_id, gint64 dispute_id,
                                           gboolean *is_of, gboolean *is_used, GError **error);
/* It came for the dispute, and did not end it. */
gboolean rubis_store_add_dispute_credit (RubisDatabase *db, gint64 dispute_id, gint64 credit_id,
                                         GError **error);
/* What those amount to, positive. */
gboolean rubis_store_sum_dispute_credits (RubisDatabase *db, gint64 dispute_id, gint64 *amount,
                                          GError **error);
/* Open disputes nothing of which is open any more since @batch_id. (transfer full) (element-type gint64) */
GArray *rubis_store_list_settled_disputes (RubisDatabase *db, gint64 batch_id, GError **error);
/* What @batch_id took off the items of a dispute that awaits its credit note, without saying by what. Minor
 * units.
 */
typedef struct
{
  gint64 id;
  gint64 fallen;
  gint64 open_before;
  gint64 contested; /* of the items, by any dispute */
} RubisDisputeFall;
/* (transfer full) (element-type RubisDisputeFall) */
GArray *rubis_store_list_dispute_falls (RubisDatabase *db, gint64 batch_id, GError **error);
/* As they stood before: disputes that an earlier import closed because nothing of them was open, of which
 * @batch_id brought an item back. (transfer full) (element-type RubisDisputeRecord)
 */
GPtrArray *rubis_store_list_returned_disputes (RubisDatabase *db, gint64 batch_id, GError **error);
/* How a dispute stands, before an import closes it, opens it again or puts it into Today. */
gboolean rubis_store_keep_dispute (RubisDatabase *db, gint64 batch_id, const RubisDisputeRecord *record,
                                   GError **error);
/* What was kept: the disputes as they stood, those that were changed since left out; forgets it.
 * (transfer full) (element-type RubisDisputeRecord)
 */
GPtrArray *rubis_store_take_kept_disputes (RubisDatabase *db, gint64 batch_id, GError **error);

/* The number of days that closed disputes took on average, by reason. (transfer full) (element-type utf8
 * gpointer) the days are GINT_TO_POINTER; reasons of which none was closed are absent
 */
GHashTable *rubis_store_average_dispute_days (RubisDatabase *db, GError **error);

/* Gives an item the level again that a file brought, when the journal gives it none. */
gboolean rubis_store_restore_item_level (RubisDatabase *db, gint64 item_id, int level, RubisDate date,
                                         GError **error);

/* Something said of a dispute. Texts are never NULL. */
typedef struct
{
  gint64 id; /* set by inserting */
  gint64 dispute_id;
  gint64 at; /* seconds since 1970 */
  RubisDate date;
  char *author;
  char *text;
  gint64 incoming_id; /* 0: none */
} RubisDisputeCommentRecord;
void rubis_dispute_comment_record_free (RubisDisputeCommentRecord *self);
gboolean rubis_store_insert_dispute_comment (RubisDatabase *db, RubisDisputeCommentRecord *comment,
                                             GError **error);
/* Taken back by undo, or said again. */
gboolean rubis_store_void_dispute_comment (RubisDatabase *db, gint64 id, gboolean voided, GError **error);
/* Oldest first. (transfer full) (element-type RubisDisputeCommentRecord) */
GPtrArray *rubis_store_list_dispute_comments (RubisDatabase *db, gint64 dispute_id, GError **error);

G_END_DECLS
