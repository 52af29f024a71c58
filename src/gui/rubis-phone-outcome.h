/* rubis-phone-outcome.h: what comes of a call, entered while talking: result, promise, dispute, next call,
 * note.
 *
 * Promises and disputes are noted at once, each with its undo; the rest when the call is saved. Signals
 * "agreed" (something was noted) and "problem" (string, nullable: what hinders, nothing any more).
 */
#pragma once

#include "rubis-phone-owed.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PHONE_OUTCOME (rubis_phone_outcome_get_type ())
G_DECLARE_FINAL_TYPE (RubisPhoneOutcome, rubis_phone_outcome, RUBIS, PHONE_OUTCOME, AdwBin)

/* Both are held until the next call of this; @owed tells which items are meant. NULL session: nothing any
 * more. */
void rubis_phone_outcome_set_session (RubisPhoneOutcome *self, RubisSession *session, RubisPhoneOwed *owed);
/* Begins with the next account: nothing chosen, nothing written but the note that was kept for it. */
void rubis_phone_outcome_start (RubisPhoneOutcome *self, gint64 account_id);
/* Whom the user speaks to. @name, @email: "" when not known */
void rubis_phone_outcome_set_contact (RubisPhoneOutcome *self, gint64 contact_id, const char *name,
                                      const char *email);
/* Chooses the result with that key, 0 for the first; FALSE when there is none. */
gboolean rubis_phone_outcome_choose (RubisPhoneOutcome *self, guint position);
/* What is to be noted; strings live until something changes. FALSE, with a "problem", while something is
 * missing. */
gboolean rubis_phone_outcome_fill (RubisPhoneOutcome *self, RubisCallOutcome *outcome);
/* Whether anything was chosen, written or agreed. */
gboolean rubis_phone_outcome_has_anything (RubisPhoneOutcome *self);
/* Takes back what was agreed last; FALSE when there is nothing. */
gboolean rubis_phone_outcome_undo (RubisPhoneOutcome *self);
/* Closes the forms that are open, keeping what was typed; FALSE when none is. */
gboolean rubis_phone_outcome_fold (RubisPhoneOutcome *self);
void rubis_phone_outcome_focus_results (RubisPhoneOutcome *self);
/* The keys of the results work with Alt alone while something is typed, and that is shown. */
void rubis_phone_outcome_show_typing (RubisPhoneOutcome *self, gboolean typing);
/* Keeps the note for the next time that the account is called, while the dossier is open. */
void rubis_phone_outcome_keep_note (RubisPhoneOutcome *self);
/* The note is in the dossier now. */
void rubis_phone_outcome_clear_note (RubisPhoneOutcome *self);

G_END_DECLS
