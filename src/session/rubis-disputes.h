/* rubis-disputes.h: disputes from their opening to their outcome.
 *
 * What is contested leaves dunning at once, the rest of the item stays in it. Every edit is one transaction,
 * journaled and undoable.
 */
#pragma once

#include "rubis-attachments.h"
#include "rubis-dispute-state.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* A contested part of an item. */
typedef struct
{
  gint64 item_id;
  gint64 amount; /* contested, minor units */
  char *number;
  gint64 open; /* of the item now */
  gint64 total;
  RubisDate due_date;
} RubisDisputeItem;

typedef struct
{
  gint64 id;
  gint64 at; /* seconds since 1970 */
  RubisDate date;
  char *author;
  char *text;
} RubisDisputeComment;

#define RUBIS_TYPE_DISPUTE (rubis_dispute_get_type ())
G_DECLARE_FINAL_TYPE (RubisDispute, rubis_dispute, RUBIS, DISPUTE, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisDispute
{
  GObject parent_instance;

  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  RubisDisputeState state;
  char *reason; /* id */
  char *reason_label;
  char *description; /* in the customer's words */
  char *product_line;
  RubisCurrency currency;
  gint64 amount;         /* Σ contested */
  gint64 outcome_amount; /* of the credit note expected or received */
  gint64 credit_item_id; /* the credit note that closed it; 0: none */
  gint64 resolver_id;    /* 0: nobody yet */
  char *resolver;        /* name, "" */
  RubisDate opened_on;
  char *opened_by;
  RubisDate due_date; /* to be resolved by; RUBIS_DATE_NONE */
  RubisDate asked_on; /* the resolver was asked; RUBIS_DATE_NONE */
  RubisDate closed_on;
  char *closed_by;
  char *close_note;
  gboolean keep_dunning;
  int days;      /* from its opening to its end, or to today */
  int days_late; /* after @due_date, 0 when it is not, or is closed */
  RubisDate
      expected_on; /* of an open one: by the average of its reason; RUBIS_DATE_NONE when nothing is known */
  int n_attachments;
  int n_comments;
  GPtrArray *numbers;    /* (element-type utf8) of its items */
  GPtrArray *items;      /* (nullable) (element-type RubisDisputeItem) when loaded alone */
  gboolean nothing_open; /* all its items are settled; known when loaded alone */
  GPtrArray *comments;   /* (nullable) (element-type RubisDisputeComment) oldest first, when loaded alone */
};

/* Which disputes to list; all zero: the open ones of everybody. */
typedef struct
{
  gint64 group_id;
  gint64 account_id;
  gint64 item_id;        /* 0: any; else those that contest it */
  guint states;          /* bits 1 << RubisDisputeState; 0: the open ones */
  const char *reason;    /* (nullable) id */
  gint64 resolver_id;    /* 0: any; -1: nobody's */
  gboolean late;         /* only those after their day */
  RubisDate closed_from; /* 0: any; else closed ones only since then */
  const char *text;      /* (nullable) in account, numbers, description, comments */
} RubisDisputeFilter;

/* By due date, then age. (transfer full) (element-type RubisDispute) */
GPtrArray *rubis_session_list_disputes (RubisSession *self, const RubisDisputeFilter *filter, GError **error);
/* With items and comments. Errors: G_IO_ERROR_NOT_FOUND. (transfer full) */
RubisDispute *rubis_session_load_dispute (RubisSession *self, gint64 id, GError **error);

typedef struct
{
  gint64 account_id;
  GArray *items;            /* (element-type RubisDisputePart) of one currency */
  const char *reason;       /* id */
  const char *description;  /* (nullable) */
  const char *product_line; /* (nullable) */
  gint64 resolver_id;       /* 0: nobody yet */
  RubisDate due_date;       /* RUBIS_DATE_NONE: opened plus the days of the reason */
  gboolean keep_dunning;
  gint64 call_id;     /* 0: none */
  gint64 incoming_id; /* 0: none */
} RubisDisputeInput;
typedef struct
{
  gint64 item_id;
  gint64 amount; /* 0: all that is open and not contested yet */
} RubisDisputePart;

/* What of an item may be contested: what is open and not contested yet. @amount, @currency: (out) (optional). Errors:
 * G_IO_ERROR_NOT_FOUND.
 */
gboolean rubis_session_get_contestable (RubisSession *self, gint64 item_id, gint64 *amount, RubisCurrency *currency,
                                        GError **error);
/* Returns its id, 0 on error. Errors: RUBIS_SESSION_ERROR_VALUE (more than is open, unknown reason, day in
 * the past), RUBIS_SESSION_ERROR_RULE (nothing open, contested already).
 */
gint64 rubis_session_open_dispute (RubisSession *self, const RubisDisputeInput *input, GError **error);
/* Changes what @input says of reason, words, line, items (NULL: as they are), resolver (-1: as it is), day
 * (NONE: as it is) and reminders.
 */
gboolean rubis_session_change_dispute (RubisSession *self, gint64 id, const RubisDisputeInput *input,
                                       GError **error);
/* Moves it. Founded with a @credit over 0 awaits that credit note; with 0 none is expected, and it is closed
 * at once (one that awaited a credit note keeps its amount). Credit awaited with 0: of all that is contested.
 * @restart: the items begin at the first step again (unfounded and abandoned); otherwise they go on where
 * they were after a fresh delay. @note: (nullable) why it ended, or a comment when it does not end. Errors:
 * RUBIS_SESSION_ERROR_RULE (it cannot go there from where it is; opened again with nothing open any more),
 * RUBIS_SESSION_ERROR_VALUE (more credit than is contested).
 */
typedef struct
{
  RubisDisputeState state;
  gint64 credit;
  gboolean restart;
  const char *note;
} RubisDisputeMove;
gboolean rubis_session_move_dispute (RubisSession *self, gint64 id, const RubisDisputeMove *move,
                                     GError **error);
gboolean rubis_session_comment_dispute (RubisSession *self, gint64 id, const char *text, GError **error);
/* Several at once: one transaction, one undo. @resolver_id -1 and @due_date RUBIS_DATE_NONE: unchanged */
gboolean rubis_session_assign_disputes (RubisSession *self, GArray *ids, gint64 resolver_id,
                                        RubisDate due_date, GError **error);
/* A file with it; undoable. Returns the attachment's id. */
gint64 rubis_session_attach_to_dispute (RubisSession *self, gint64 id, const char *path, GError **error);
/* (transfer full) (element-type RubisAttachment) */
GPtrArray *rubis_session_list_dispute_attachments (RubisSession *self, gint64 id, GError **error);

/* An email to the resolver with the list of items and signed answer links, as a draft in the outbox; @text:
 * (nullable) in place of the template's words. Returns the outbox id. Errors: RUBIS_SESSION_ERROR_RULE when
 * there is no resolver, or no address.
 */
gint64 rubis_session_ask_resolver (RubisSession *self, gint64 id, const char *text, GError **error);

/* Statistics: disputes opened or closed from @from to @to (both in it). */
typedef enum
{
  RUBIS_DISPUTES_BY_REASON,
  RUBIS_DISPUTES_BY_RESOLVER,
  RUBIS_DISPUTES_BY_ACCOUNT,
  RUBIS_DISPUTES_BY_PRODUCT_LINE,
} RubisDisputeGrouping;
typedef struct
{
  char *id;
  char *label;
  RubisCurrency currency;
  int n_opened;
  gint64 amount; /* contested in those opened */
  int n_open;    /* still open now */
  gint64 open_amount;
  int n_closed;
  int n_founded;       /* of the closed */
  gint64 credited;     /* Σ outcome of the founded */
  double average_days; /* to resolve, of the closed; 0 when none */
} RubisDisputeStat;
void rubis_dispute_stat_free (RubisDisputeStat *self);
/* Largest amount first. (transfer full) (element-type RubisDisputeStat) */
GPtrArray *rubis_session_list_dispute_stats (RubisSession *self, RubisDisputeGrouping by, RubisDate from,
                                             RubisDate to, GError **error);

G_END_DECLS
