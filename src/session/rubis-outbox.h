/* rubis-outbox.h: what leaves: messages, their states, and sending them.
 *
 * draft: prepared, waits for a person. approved: a person said yes, the recall window runs. queued: waits for
 * its turn (hours, limits, another try). sending: a server is being asked; after a crash it becomes unknown.
 * Then sent, delivered, bounced_soft, bounced_hard, refused, unknown, cancelled. Times are seconds since
 * 1970, and arguments.
 */
#pragma once

#include "rubis-senders.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_OUTBOX_DRAFT,
  RUBIS_OUTBOX_APPROVED,
  RUBIS_OUTBOX_QUEUED,
  RUBIS_OUTBOX_SENDING,
  RUBIS_OUTBOX_SENT,
  RUBIS_OUTBOX_DELIVERED,
  RUBIS_OUTBOX_BOUNCED_SOFT,
  RUBIS_OUTBOX_BOUNCED_HARD,
  RUBIS_OUTBOX_REFUSED,
  RUBIS_OUTBOX_UNKNOWN,
  RUBIS_OUTBOX_CANCELLED,
} RubisOutboxState;
#define RUBIS_N_OUTBOX_STATES 11
/* "bounced_hard", as in the dossier (static) */
const char *rubis_outbox_state_to_id (RubisOutboxState state);
gboolean rubis_outbox_state_from_id (const char *id, RubisOutboxState *state);
/* For people, translated. (static) */
const char *rubis_outbox_state_to_label (RubisOutboxState state);

#define RUBIS_TYPE_OUTBOX_ROW (rubis_outbox_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisOutboxRow, rubis_outbox_row, RUBIS, OUTBOX_ROW, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisOutboxRow
{
  GObject parent_instance;

  gint64 id;
  RubisOutboxState state;
  gint64 account_id;
  char *account_code;
  char *account_name;
  RubisChannel channel;
  char *step_name;
  char *recipient;
  char *subject;
  RubisCurrency currency;
  gint64 amount;
  int n_items;
  gint64 document_id; /* 0: none */
  gint64 event_id;
  RubisDate created;
  gint64 send_after; /* approved, queued: not before */
  gint64 leaves_at;  /* what waits, once explained: the first moment when it may leave; 0: nobody can tell */
  gint64 sent_at;    /* 0: did not leave */
  int n_attempts;
  gint64 sender_id;
  char *sender_name;
  char *message_id;
  char *provider_id;
  char *reason; /* why it is in its state; "" */
  gint64 price; /* minor units of the dossier's currency */
};

/* Those in any of @states (bits by RubisOutboxState; 0: all), newest first. @group_id, @account_id: 0 for
 * all. @text: (nullable) in account, subject, recipient. @limit: 0 for all. (transfer full) (element-type
 * RubisOutboxRow)
 */
GPtrArray *rubis_session_list_outbox (RubisSession *self, guint states, gint64 group_id, gint64 account_id,
                                      const char *text, int limit, GError **error);
RubisOutboxRow *rubis_session_load_outbox (RubisSession *self, gint64 id, GError **error);
/* Notes in each of @rows (element-type RubisOutboxRow) that waits at @now when it may leave, and as its reason
 * what keeps it: weekend, holiday, hours and limits of its sender, something held. Days are those of the session.
 */
gboolean rubis_session_explain_outbox (RubisSession *self, GPtrArray *rows, gint64 now, GError **error);
/* How many are in each state. @counts: array of RUBIS_N_OUTBOX_STATES */
gboolean rubis_session_count_outbox (RubisSession *self, gint64 *counts, GError **error);

/* An attempt to hand a message over. */
typedef struct
{
  gint64 began_at;
  gint64 ended_at; /* 0: nobody knows how it ended */
  char *transport;
  char *fate;
  char *answer;
  char *reason;
} RubisOutboxAttempt;
void rubis_outbox_attempt_free (RubisOutboxAttempt *self);
/* Oldest first. (transfer full) (element-type RubisOutboxAttempt) */
GPtrArray *rubis_session_list_attempts (RubisSession *self, gint64 outbox_id, GError **error);

/* What a person does. @ids: (element-type gint64). Each is one transaction, journaled; what is no longer in a
 * state that allows it is left alone. Return how many were changed, -1 on error.
 */
/* draft -> approved: the recall window begins at @now */
int rubis_session_approve_outbox (RubisSession *self, GArray *ids, gint64 now, GError **error);
/* draft, approved, queued -> cancelled; the items have the level again that they had. @why: (nullable) */
int rubis_session_recall_outbox (RubisSession *self, GArray *ids, const char *why, GError **error);
/* Everything whose recall window still runs at @now: what Escape does. */
int rubis_session_recall_all (RubisSession *self, gint64 now, GError **error);
/* refused, bounced -> queued, as a further attempt of the same message; rechecked when it leaves */
int rubis_session_retry_outbox (RubisSession *self, GArray *ids, gint64 now, GError **error);
/* unknown -> sent, or queued (the user saw that it never left); an error when it is said not to have left, and
 * its answer is in the inbox. How the attempt ended stays beside who settled it.
 */
int rubis_session_settle_outbox (RubisSession *self, GArray *ids, gboolean left, gint64 now, GError **error);
/* approved, queued -> leaves with the next sending, without waiting for the window to end */
int rubis_session_hurry_outbox (RubisSession *self, GArray *ids, gint64 now, GError **error);

/* The switch "hold everything": nothing leaves while it is on; journaled. */
gboolean rubis_session_get_outbox_hold (RubisSession *self);
gboolean rubis_session_set_outbox_hold (RubisSession *self, gboolean hold, GError **error);

typedef struct
{
  gint64 (*clock) (gpointer user_data); /* seconds since 1970, asked before each message */
  gpointer clock_data;
  gboolean hurry;        /* without waiting for recall windows */
  gboolean folders_only; /* only what becomes a file */
  GArray *ids;           /* (nullable) (element-type gint64) these only */
} RubisSendOptions;

typedef struct
{
  int n_sent;
  int n_waiting; /* not due yet, outside hours, over a limit, held */
  int n_refused;
  int n_unknown;
  int n_called_off;    /* paid, stopped… since */
  int n_failed;        /* will be tried again */
  gint64 next;         /* when something may leave, 0: nothing waits */
  GPtrArray *rows;     /* (element-type RubisOutboxRow) each that was touched, as it is now */
  GPtrArray *problems; /* (element-type utf8) sentences about senders */
} RubisSendReport;
void rubis_send_report_free (RubisSendReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisSendReport, rubis_send_report_free)

/* Sends what is due, one after the other, each rechecked in the transaction that takes it out. What a crash
 * left in "sending" becomes unknown first, and what is unknown is looked up where the server can tell. Never
 * waits for a limit or an hour to come: @next says when to call again. May be called from any thread; the
 * dossier is free for others while a server is being asked. Only one runs at a time (G_IO_ERROR_BUSY), but
 * for folders. Cancelling ends it after the message at hand.
 */
RubisSendReport *rubis_session_send_outbox (RubisSession *self, const RubisSendOptions *options,
                                            RubisProgress *progress, GError **error);
/* When rubis_session_send_outbox() may have something to do, hours and limits of the senders included (in the
 * past: at once); 0: never, as things are; -1 on error.
 */
gint64 rubis_session_get_next_sending (RubisSession *self, gint64 now, GError **error);
/* When the next message may leave, as people are told: without the questions that servers are asked; 0: none waits. */
gint64 rubis_session_get_next_leaving (RubisSession *self, gint64 now, GError **error);
/* Asks the servers what became of what they took. Returns how many changed, -1 on error. */
int rubis_session_follow_outbox (RubisSession *self, gint64 now, RubisProgress *progress, GError **error);

/* A message that is not a step of a scenario (copies asked for, request to a colleague): a draft. */
typedef struct
{
  gint64 account_id;
  RubisChannel channel;
  const char *key;         /* unique: what it is */
  const char *title;       /* step_name */
  const char *template_id; /* (nullable) else @text */
  const char *subject;
  const char *text;
  const char *to_email;    /* (nullable) the account's */
  GArray *item_ids;        /* (nullable) (element-type gint64) */
  gboolean copies;         /* with the copies of those invoices */
  const char *in_reply_to; /* (nullable) Message-ID */
  gint64 dispute_id;       /* not 0: to a colleague, about this dispute; no contact of the customer */
  const char *to_name;     /* (nullable) */
} RubisDraftRequest;
gint64 rubis_session_add_draft (RubisSession *self, const RubisDraftRequest *request, GError **error);

G_END_DECLS
