/* rubis-test-registered.h: dossiers in which formal notices are due, for the tests of registered letters. */
#pragma once

#include "rubis-registered.h"
#include "rubis-test-session.h"

G_BEGIN_DECLS

/* A dossier of rubis_test_session_new() whose company can write letters. */
RubisSession *rubis_test_registered_new (const char *folder);
/* An account whose invoice has reached the formal notice on RUBIS_TEST_TODAY. */
gint64 rubis_test_add_debtor (RubisSession *session, const char *code, const char *name, const char *number);
/* Does all registered letters of the day; returns how many. @folder: nullable, then they are printed. */
guint rubis_test_write_notices (RubisSession *session, const char *folder);
/* The newest registered letter of an account. (transfer full) */
RubisRegisteredLetter *rubis_test_get_registered (RubisSession *session, gint64 account_id);
/* Notes a state of one letter, which must succeed. */
void rubis_test_advance (RubisSession *session, gint64 id, RubisRegisteredState state, RubisDate date);

G_END_DECLS
