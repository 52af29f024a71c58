/* rubis-test-session.h: small dossiers for the tests of session. */
#pragma once

#include "rubis-session-private.h"
#include "rubis-store-accounts.h"
#include "rubis-store-items.h"

G_BEGIN_DECLS

/* Friday, 20 November 2026: the day all these dossiers are worked on. */
#define RUBIS_TEST_TODAY rubis_date_from_ymd (2026, 11, 20)

/* A dossier "test.rubis" in @folder, of a French company, with data of the day. */
RubisSession *rubis_test_session_new (const char *folder);

/* Within a transaction of its own. */
gint64 rubis_test_add_account (RubisSession *session, const char *code, const char *name);
/* @due: ISO date or NULL; amounts in cents of @currency ("EUR" when NULL). */
gint64 rubis_test_add_item (RubisSession *session, gint64 account_id, const char *number, RubisItemType type,
                            const char *due, gint64 total, gint64 open, const char *currency);
/* Runs plain SQL on the writing connection. */
void rubis_test_exec (RubisSession *session, const char *sql);
gint64 rubis_test_query (RubisSession *session, const char *sql);
/* What must hold after everything: integrity, sums, journal. */
void rubis_test_check_dossier (RubisSession *session);

/* Iterates the main context until @object emits @signal (30 seconds at most). */
void rubis_test_wait_for (gpointer object, const char *signal_name);

/* Takes the last edit back, or does it again, and checks what it is called. */
void rubis_test_undo (RubisSession *session, const char *label);
void rubis_test_redo (RubisSession *session, const char *label);

G_END_DECLS
