/* rubis-sender-login.h: what a stored sender logs in with: passwords and keys, or a sign-in in the browser.
 *
 * Goes to the Secret Service of the desktop and nowhere else; what was given is never shown. Signal
 * "changed": something was given.
 */
#pragma once

#include <adwaita.h>

#include "rubis-senders.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SENDER_LOGIN (rubis_sender_login_get_type ())
G_DECLARE_FINAL_TYPE (RubisSenderLogin, rubis_sender_login, RUBIS, SENDER_LOGIN, AdwBin)

GtkWidget *rubis_sender_login_new (void);
/* @sender: (nullable) stored; copied */
void rubis_sender_login_set_sender (RubisSenderLogin *self, RubisSession *session, const RubisSender *sender);
/* Whether the sender needs to log in at all. */
gboolean rubis_sender_login_is_needed (const RubisSender *sender);
/* Gives the keyring what is typed and not given yet; FALSE when nothing is typed. */
gboolean rubis_sender_login_store (RubisSenderLogin *self);

G_END_DECLS
