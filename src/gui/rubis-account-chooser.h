/* rubis-account-chooser.h: a button that names an account, and a search to take another.
 *
 * Property "account-id" (gint64, 0: none).
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ACCOUNT_CHOOSER (rubis_account_chooser_get_type ())
G_DECLARE_FINAL_TYPE (RubisAccountChooser, rubis_account_chooser, RUBIS, ACCOUNT_CHOOSER, AdwBin)

/* @session: (nullable) The first account, by what it owes, is taken when none is set. */
void rubis_account_chooser_set_session (RubisAccountChooser *self, RubisSession *session);
void rubis_account_chooser_set_account (RubisAccountChooser *self, gint64 account_id);
/* Takes no account by itself; nothing is chosen until the user does, also again after this. */
void rubis_account_chooser_clear (RubisAccountChooser *self);
gint64 rubis_account_chooser_get_account (RubisAccountChooser *self);

G_END_DECLS
