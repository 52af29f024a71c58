/* rubis-session-edits-private.h: edits that write a line into the journal, and checks of what is typed. */
#pragma once

#include "rubis-session-private.h"
#include "rubis-store-accounts.h"

G_BEGIN_DECLS

/* Data of an edit that is journaled each time it is done, undone and done again. */
typedef struct {
  char *kind;              /* of the event when it is done */
  char *detail;            /* (nullable) what the event says besides the label */
  int n_swaps;             /* how often it was done or undone */
  gpointer state;          /* (owned) what the swap function puts in, then what it took out */
  GDestroyNotify destroy_state;
} RubisJournaledEdit;

/* (transfer full) @state: (transfer full). The label is also what the journal says. */
RubisEdit *rubis_journaled_edit_new (const char *label, const char *kind, const char *detail, RubisEditFunc swap,
                                     gpointer state, GDestroyNotify destroy_state);
/* Writes the journal line of this swap; called once by each swap function, last, for each account that
 * it concerns (@account_id 0: none).
 */
gboolean rubis_journaled_edit_note (RubisSession *session, RubisDatabase *db, RubisEdit *edit, gint64 account_id,
                                    GError **error);
/* The same, for an event to which items are linked. @event_id: (out) */
gboolean rubis_journaled_edit_note_event (RubisSession *session, RubisDatabase *db, RubisEdit *edit, gint64 account_id,
                                          gint64 *event_id, GError **error);

/* RUBIS_SESSION_ERROR_VALUE unless "" or one address. */
gboolean rubis_session_check_email (const char *email, GError **error);
/* RUBIS_SESSION_ERROR_VALUE unless "" or a number that can be dialled. */
gboolean rubis_session_check_phone (const char *phone, GError **error);

/* The account as it was committed last. (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
RubisAccountRecord *rubis_edits_load_account (RubisSession *self, gint64 account_id, GError **error);
/* A stop does not end in the past. */
gboolean rubis_edits_check_until (RubisSession *self, gboolean stop, RubisDate until, GError **error);
/* "quality of the delivery, until 30/11/2026"; either part may be missing. (transfer full) */
char *rubis_edits_describe_stop (const char *reason, RubisDate until);

G_END_DECLS
