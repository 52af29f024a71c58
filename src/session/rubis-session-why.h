/* rubis-session-why.h: the answer of eligibility in words, for the command line. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Why an account is dunned on the session's day, or why not. Errors: G_IO_ERROR_NOT_FOUND.
 * (transfer full) a record {"account", "date", "eligible", "reasons": [{"code", "text", "until"}],
 * "next_date", "items"}; "until" is the last day on which the reason holds, "next_date" the first
 * day on which the answer becomes yes if nothing but time changes.
 */
GVariant *rubis_session_explain_account_record (RubisSession *self, const char *code, GError **error);

/* The same for an item. @number: of the item, or "number/2" for its second instalment. @account:
 * (nullable) code of its account; needed when two accounts have an item of that number. Errors:
 * G_IO_ERROR_NOT_FOUND; RUBIS_SESSION_ERROR_VALUE when several items have that number.
 */
GVariant *rubis_session_explain_item_record (RubisSession *self, const char *number, const char *account,
                                             GError **error);

G_END_DECLS
