/* rubis-inbox.h: what came back: bounces and answers, matched to accounts, with what they propose. */
#pragma once

#include "rubis-answer.h"
#include "rubis-incoming-kind.h"
#include "rubis-session.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  RubisAnswerKind kind;
  char *sentence;
  gboolean by_token;
  RubisDate date;
  gint64 amount;
  RubisCurrency currency;
  char *value;
  GArray *item_ids;   /* (element-type gint64) */
  GPtrArray *numbers; /* (element-type utf8) */
  char *state;        /* "open", "applied", "dismissed" */
} RubisProposal;
void rubis_proposal_free (RubisProposal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisProposal, rubis_proposal_free)

#define RUBIS_TYPE_INBOX_ROW (rubis_inbox_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisInboxRow, rubis_inbox_row, RUBIS, INBOX_ROW, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisInboxRow
{
  GObject parent_instance;

  gint64 id;
  RubisIncomingKind kind;
  char *state;       /* "new", "done", "dismissed" */
  gint64 account_id; /* 0: not known whose */
  char *account_code;
  char *account_name;
  gint64 outbox_id; /* 0: of no message in particular */
  gint64 dispute_id; /* of a colleague's answer: what it is about; 0: it is the customer's */
  char *matched_by; /* "token", "message-id", "thread", "failed-address", "address", "number", "user"; "" */
  char *warning;    /* for people: why to look twice; "" */
  RubisDate received;
  gint64 fetched_at;
  char *from_email;
  char *from_name;
  char *subject;
  char *text;
  GPtrArray *proposals; /* (element-type RubisProposal) */
};

/* Newest first; @only_new: what waits for a person. (transfer full) (element-type RubisInboxRow) */
GPtrArray *rubis_session_list_inbox (RubisSession *self, gboolean only_new, gint64 group_id,
                                     gint64 account_id, const char *text, GError **error);
RubisInboxRow *rubis_session_load_inbox (RubisSession *self, gint64 id, GError **error);
GBytes *rubis_session_load_incoming (RubisSession *self, gint64 id, GError **error);

typedef struct
{
  int n_read;
  int n_new; /* that were not known yet */
  int n_bounces;
  int n_replies;
  int n_auto;
  int n_unmatched;
  GPtrArray *problems; /* (element-type utf8) of mailboxes that could not be read */
} RubisFetchReport;
void rubis_fetch_report_free (RubisFetchReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisFetchReport, rubis_fetch_report_free)

/* Reads the mailboxes of all senders. @now: seconds since 1970 */
RubisFetchReport *rubis_session_fetch_inbox (RubisSession *self, gint64 now, RubisProgress *progress,
                                             GError **error);
/* Takes .eml files that were dropped. @paths: (array zero-terminated=1) */
RubisFetchReport *rubis_session_take_messages (RubisSession *self, const char *const *paths, gint64 now,
                                               GError **error);
/* One message from wherever. @sender_id 0: a file. @id: (out) 0 when it was known already */
gboolean rubis_session_take_message (RubisSession *self, gint64 sender_id, const char *uid, GBytes *message,
                                     gint64 now, gint64 *id, GError **error);

/* Applies a proposal, as the user corrected it; journaled, undoable. paid: noted, and its items wait for the
 * payment until
 * @date plus grace; promise, dispute: as such; copy: an email with the copies as a draft; wrong person, new
 * address: the contact. @corrected: (nullable) date, amount, items, value in place of what was read.
 * @noted: (out) (optional) (transfer full) what was noted, for whom and until when reminders stop, for people
 */
gboolean rubis_session_apply_proposal (RubisSession *self, gint64 proposal_id, const RubisProposal *corrected,
                                       char **noted, GError **error);
gboolean rubis_session_dismiss_proposal (RubisSession *self, gint64 proposal_id, GError **error);
/* Read, nothing to do (left). @done FALSE: waits again */
gboolean rubis_session_close_incoming (RubisSession *self, gint64 id, gboolean done, GError **error);
/* A person says whose it is. */
gboolean rubis_session_assign_incoming (RubisSession *self, gint64 id, gint64 account_id, GError **error);

/* Everything exchanged with an account by email, oldest first: what left and what came. */
typedef struct
{
  gboolean incoming;
  gint64 id;          /* of the outbox or the inbox */
  gint64 document_id; /* outgoing */
  gint64 at;          /* seconds since 1970 */
  RubisDate date;
  char *who;
  char *subject;
  char *text;
  char *state; /* of the outbox, or kind of what came: ids */
} RubisThreadEntry;
void rubis_thread_entry_free (RubisThreadEntry *self);
/* (transfer full) (element-type RubisThreadEntry) */
GPtrArray *rubis_session_load_thread (RubisSession *self, gint64 account_id, GError **error);

G_END_DECLS
