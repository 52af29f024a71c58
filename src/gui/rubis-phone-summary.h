/* rubis-phone-summary.h: after a call: what comes next, and the email that confirms what was said.
 *
 * Signal "done": on to the next call.
 */
#pragma once

#include <adwaita.h>

#include "rubis-calls.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PHONE_SUMMARY (rubis_phone_summary_get_type ())
G_DECLARE_FINAL_TYPE (RubisPhoneSummary, rubis_phone_summary, RUBIS, PHONE_SUMMARY, AdwBin)

/* Shows what came of a call. @email: of whom was spoken to, "" for the account's */
void rubis_phone_summary_show (RubisPhoneSummary *self, RubisSession *session, RubisCallEntry *entry,
                               gint64 call_id, const char *email);
/* Ctrl+Enter: the email becomes a draft. */
void rubis_phone_summary_accept (RubisPhoneSummary *self);
/* Lets go of the session. */
void rubis_phone_summary_clear (RubisPhoneSummary *self);

G_END_DECLS
