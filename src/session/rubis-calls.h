/* rubis-calls.h: the phone session: whom to call, all that has to be in view, and what came of it. */
#pragma once

#include "rubis-account-card.h"
#include "rubis-agenda-list.h"
#include "rubis-promises.h"

G_BEGIN_DECLS

/* Why a call is in the queue. */
typedef enum
{
  RUBIS_CALL_FOR_CALLBACK, /* the customer named an hour */
  RUBIS_CALL_FOR_BROKEN_PROMISE,
  RUBIS_CALL_FOR_STEP, /* the scenario asks for it */
  RUBIS_CALL_BY_HAND,  /* the user chose the account */
} RubisCallCause;

#define RUBIS_TYPE_CALL_ENTRY (rubis_call_entry_get_type ())
G_DECLARE_FINAL_TYPE (RubisCallEntry, rubis_call_entry, RUBIS, CALL_ENTRY, GObject)

/* An account to call; one account is in the queue once, with its first cause. Read-only. Strings are never
 * NULL. */
struct _RubisCallEntry
{
  GObject parent_instance;

  RubisCallCause cause;
  gint64 account_id;
  char *account_code;
  char *account_name;
  RubisCurrency currency;
  gint64 amount; /* to be obtained */
  int days_late;
  char *why;              /* a sentence */
  int minute;             /* of the day that the customer named; -1: any */
  gint64 callback_id;     /* 0: none */
  gint64 promise_id;      /* 0: none */
  RubisActionRow *action; /* (nullable) (owned) the step that asks for it */
};

/* Callbacks whose hour has come or comes first, then broken promises, then steps by amount. @by_hand:
 * (nullable) (element-type gint64) accounts to call instead. (transfer full) (element-type RubisCallEntry)
 */
GPtrArray *rubis_session_list_calls (RubisSession *self, GArray *by_hand, RubisProgress *progress,
                                     GError **error);

/* What is owed, as the screen lists it. */
typedef struct
{
  gint64 item_id;
  char *number;
  RubisItemType type;
  RubisDate issue_date;
  RubisDate due_date;
  int days_late;
  RubisCurrency currency;
  gint64 total;
  gint64 open;
  gint64 disputed;
  RubisDate promise_date; /* RUBIS_DATE_NONE */
  gboolean promise_broken; /* its grace days have passed too */
  gboolean in_plan;
  int level;
} RubisCallItem;

/* A part of the script. */
typedef struct
{
  int level; /* of its heading: 1 or 2; 3 for an objection and its answer, 0 for what stands before the first
                heading */
  char *title; /* "" at level 0 */
  char *text;  /* paragraphs separated by empty lines; entries of lists begin with "• " */
} RubisScriptSection;

/* A number to dial. */
typedef struct
{
  gint64 contact_id; /* 0: the account's own number */
  char *name;
  char *role;  /* label */
  char *phone; /* as typed */
  char *uri;   /* "tel:+33472000000"; "" when it cannot be dialled */
  char *email;
} RubisCallContact;

/* All that one screen shows. Strings are never NULL. */
typedef struct
{
  RubisAccountCard *card; /* (owned) identity, balances, events, note */
  GPtrArray *contacts;    /* (element-type RubisCallContact) who is to be asked for first */
  GPtrArray *items; /* (element-type RubisCallItem) open ones, oldest due first; what may be claimed first */
  char *time_zone;  /* of the customer: "Europe/Paris" */
  char *country;    /* of the customer, ISO code; "" when not known */
  RubisPromiseCounts promises;
  GPtrArray *open_promises; /* (element-type RubisPromiseRow) running ones and broken ones that wait */
  char *promised;           /* they in words, with what came and the customer's words; "" */
  char *habits;             /* sentences: average delay, trend, promises kept */
  GPtrArray *script;        /* (element-type RubisScriptSection) filled, in the customer's language */
  char *payment_process;
} RubisCallSheet;
void rubis_call_sheet_free (RubisCallSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCallSheet, rubis_call_sheet_free)
RubisCallSheet *rubis_session_load_call_sheet (RubisSession *self, RubisCallEntry *entry, GError **error);

/* What came of a call. Promises, disputes and plans that were agreed in it are made by their own functions
 * while the user talks, each with its undo; they are named here.
 */
typedef struct
{
  gint64 began_at; /* seconds since 1970; 0: noted afterwards */
  int seconds;
  const char *result;          /* id of the list call_result */
  const char *note;            /* (nullable) */
  gint64 contact_id;           /* 0: none */
  const char *phone;           /* (nullable) dialled */
  RubisDate callback_date;     /* RUBIS_DATE_NONE: none */
  int callback_minute;         /* -1: any hour */
  const char *callback_reason; /* (nullable) */
  gint64 callback_contact_id;
  GArray *promise_ids; /* (nullable) (element-type gint64) that came of it; the same for the next two */
  GArray *dispute_ids;
  GArray *plan_ids;
} RubisCallOutcome;
/* Notes the call: one transaction. When a step asked for it and somebody was spoken to, the step is done for
 * its items; a message left or a call that nobody answered leaves it. Any call counts as a contact for the
 * days between reminders. The callback that caused it is settled when somebody was spoken to or another one
 * was agreed; the broken promise when somebody was spoken to. Undoable. Returns the id of the call, 0 on
 * error: RUBIS_SESSION_ERROR_VALUE (unknown result, a callback in the past).
 */
gint64 rubis_session_note_call (RubisSession *self, RubisCallEntry *entry, const RubisCallOutcome *outcome,
                                GError **error);
/* When to call again after @result, RUBIS_DATE_NONE: as the policy says. A working day of the customer's
 * country. */
RubisDate rubis_session_suggest_callback (RubisSession *self, gint64 account_id, const char *result);
/* What comes next for an account: "Call back on 24/11/2026 at 14:30", "28/11/2026: Relance 3 (letter)", ""
 * when nothing does. (transfer full) NULL on error.
 */
char *rubis_session_describe_next (RubisSession *self, gint64 account_id, GError **error);
/* What the summary email says: date, who, what was promised, contested, asked; to be read before it becomes a
 * draft by rubis_session_add_draft(). @subject, @text: (out) (transfer full)
 */
gboolean rubis_session_write_call_summary (RubisSession *self, gint64 call_id, char **subject, char **text,
                                           GError **error);

/* A call that was made. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  RubisDate date;
  gint64 began_at;
  int seconds;
  char *result;
  char *result_label;
  char *contact;
  char *note;
} RubisCallRecord;
void rubis_call_record_free (RubisCallRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCallRecord, rubis_call_record_free)
/* @account_id 0: all; newest first. (transfer full) (element-type RubisCallRecord) */
GPtrArray *rubis_session_list_calls_made (RubisSession *self, gint64 account_id, RubisDate from, RubisDate to,
                                          GError **error);

/* To call again. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  gint64 contact_id;
  char *contact;
  RubisDate date;
  int minute; /* -1: any hour */
  char *reason;
} RubisCallback;
void rubis_callback_free (RubisCallback *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCallback, rubis_callback_free)
/* Open ones up to @to (RUBIS_DATE_NONE: all), soonest first. (transfer full) (element-type RubisCallback) */
GPtrArray *rubis_session_list_callbacks (RubisSession *self, gint64 account_id, RubisDate to, GError **error);
/* Undoable. Returns its id. */
gint64 rubis_session_add_callback (RubisSession *self, gint64 account_id, gint64 contact_id, RubisDate date,
                                   int minute, const char *reason, GError **error);
gboolean rubis_session_cancel_callback (RubisSession *self, gint64 id, GError **error);

/* "tel:+33472000000" from a number as typed, by the account's country; NULL when it cannot be dialled. */
char *rubis_call_make_uri (const char *phone, const char *country);

G_END_DECLS
