/* rubis-disputes-private.h: edits of disputes, as the other files of session make them part of theirs. */
#pragma once

#include "rubis-disputes.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-disputes.h"

G_BEGIN_DECLS

/* Days that a colleague gets who asks for more time and does not say until when. */
#define RUBIS_DISPUTE_MORE_DAYS 7

/* What of a dispute a change puts in; the rest stays as it is. */
typedef enum
{
  RUBIS_DISPUTE_PART_WORDS = 1 << 0, /* reason, description, product line, reminders */
  RUBIS_DISPUTE_PART_CARE = 1 << 1,  /* resolver, day */
  RUBIS_DISPUTE_PART_ITEMS = 1 << 2,
  RUBIS_DISPUTE_PART_STATE = 1 << 3, /* with the outcome */
  RUBIS_DISPUTE_PART_EXISTS = 1 << 4,
} RubisDisputeParts;

/* A dispute that the next swap opens or changes, keeping what was there for the one after. */
typedef struct
{
  RubisDisputeRecord *record; /* (owned) */
  RubisDisputeParts parts;
  gboolean restart;   /* its items begin at the first step again */
  gint64 reset_event; /* 0: they do not at the moment */
  GArray *levels;     /* (owned) (nullable) of its items before */
} RubisDisputeChange;
/* @record: (transfer full) */
RubisDisputeChange *rubis_dispute_change_new (RubisDisputeRecord *record, RubisDisputeParts parts);
void rubis_dispute_change_free (RubisDisputeChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDisputeChange, rubis_dispute_change_free)
/* Inside a transaction. */
gboolean rubis_dispute_change_swap (RubisDisputeChange *self, RubisSession *session, RubisDatabase *db,
                                    GError **error);

/* What opens a dispute as @input says, after checking it. (transfer full) Errors: as
 * rubis_session_open_dispute(). */
RubisDisputeRecord *rubis_dispute_plan (RubisSession *session, RubisDatabase *db,
                                        const RubisDisputeInput *input, GError **error);
/* What moves @before as @move says, after checking it. (transfer full) Errors: as
 * rubis_session_move_dispute(). */
RubisDisputeChange *rubis_dispute_plan_move (RubisSession *session, RubisDatabase *db,
                                             const RubisDisputeRecord *before, const RubisDisputeMove *move,
                                             GError **error);
/* What the journal says of a move to where @record is. (transfer full) */
char *rubis_dispute_describe_move (RubisDatabase *db, const RubisDisputeRecord *record);
/* (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
RubisDisputeRecord *rubis_dispute_load (RubisDatabase *db, gint64 id, GError **error);
void rubis_dispute_set_missing (GError **error, gint64 id);
/* A remark of @author on the session's day. (transfer full) */
RubisDisputeCommentRecord *rubis_dispute_comment_new (RubisSession *session, gint64 dispute_id,
                                                      const char *author, const char *text);
/* Said at first, then taken back, then said again. Inside a transaction. */
gboolean rubis_dispute_comment_swap (RubisDisputeCommentRecord *comment, gboolean said, RubisDatabase *db,
                                     GError **error);
/* "F-1042, F-1043" (transfer full) */
char *rubis_dispute_dup_numbers (RubisDatabase *db, const RubisDisputeRecord *record);
gint64 rubis_dispute_sum (const RubisDisputeRecord *record);
/* The name of the account. (transfer full) */
char *rubis_dispute_dup_account (RubisDatabase *db, gint64 account_id);

/* Closes the disputes whose credit note @batch_id brought, and those nothing of which is open since; opens those
 * again of which an item came back. Inside its transaction.
 */
gboolean rubis_disputes_follow_import (RubisSession *session, RubisDatabase *db, gint64 batch_id, GError **error);
/* Puts them back to how they stood; before the items of the import go. */
gboolean rubis_disputes_undo_import (RubisSession *session, RubisDatabase *db, gint64 batch_id, GError **error);

/* An edit of several disputes (element-type RubisDisputeChange) and of a remark on the first of them,
 * journaled once an account. @changes, @comment: (transfer full) (comment nullable). @label: (transfer full)
 */
gboolean rubis_dispute_do (RubisSession *session, char *label, const char *detail, GPtrArray *changes,
                           RubisDisputeCommentRecord *comment, GError **error);

G_END_DECLS
