/* rubis-senders.h: the senders of a dossier, their secrets and how they are set up. */
#pragma once

#include "rubis-session.h"

#include "rubis-sender.h"

G_BEGIN_DECLS

/* By position. (transfer full) (element-type RubisSender) */
GPtrArray *rubis_session_list_senders (RubisSession *self, GError **error);
/* By id or name. (transfer full) G_IO_ERROR_NOT_FOUND */
RubisSender *rubis_session_find_sender (RubisSession *self, const char *name, GError **error);
/* Adds (id 0, then set) or changes a sender; undoable, journaled. Errors name the field. */
gboolean rubis_session_save_sender (RubisSession *self, RubisSender *sender, GError **error);
/* Its messages that wait go to the one that fits next, or wait; its secrets are forgotten. */
gboolean rubis_session_remove_sender (RubisSession *self, gint64 id, GError **error);
/* The sender that carries a @kind of parcel for the user at work; NULL without error when there is none. */
RubisSender *rubis_session_choose_sender (RubisSession *self, RubisParcelKind kind, GError **error);

/* Gives the desktop's Secret Service a secret of a sender (RUBIS_SECRET_*). Errors say what to do when there
 * is no such service or it is locked.
 */
gboolean rubis_session_store_secret (RubisSession *self, const RubisSender *sender, const char *name,
                                     const char *secret, GError **error);
/* Whether it was given; FALSE with @error when that cannot be known. */
gboolean rubis_session_has_secret (RubisSession *self, const RubisSender *sender, const char *name,
                                   GError **error);

/* What the address alone tells: from the table of providers, without the network. (transfer full) (nullable)
 * NULL: not known */
RubisSender *rubis_sender_guess (const char *email);
/* The same, with the mail exchanger of the address's domain asked from the network (DNS): only when the user
 * said so. (transfer full) (nullable) NULL with an error, or without one: not known
 */
RubisSender *rubis_sender_guess_online (const char *email, GCancellable *cancellable, GError **error);
/* Who runs its servers and what the user has to do there first ("create an app password"). (transfer full)
 * (nullable) NULL: nothing is known
 */
char *rubis_sender_dup_advice (const RubisSender *sender);

/* Checks the settings of a sender step by step; nothing is sent. @report: called for each step, from this
 * thread. */
gboolean rubis_session_test_sender (RubisSession *self, const RubisSender *sender, RubisProgress *progress,
                                    GError **error);
/* Sends a trial message to @recipient and says what the server answered. (transfer full) */
char *rubis_session_send_trial (RubisSession *self, const RubisSender *sender, const char *recipient,
                                gint64 now, GCancellable *cancellable, GError **error);

/* Asks the user's browser for leave to send (OAuth 2 with PKCE on a loopback address); stores the tokens.
 * Blocks until the browser comes back. @open: opens an address; FALSE: the user has to (then it was shown by
 * @show).
 */
typedef gboolean (*RubisOpenUriFunc) (const char *uri, gpointer user_data);
gboolean rubis_session_authorize_sender (RubisSession *self, const RubisSender *sender, RubisOpenUriFunc open,
                                         gpointer user_data, GCancellable *cancellable, GError **error);
/* The same by a code that is typed in another device's browser. @show: called once with code and address. */
typedef void (*RubisShowCodeFunc) (const char *code, const char *uri, gpointer user_data);
gboolean rubis_session_authorize_by_code (RubisSession *self, const RubisSender *sender,
                                          RubisShowCodeFunc show, gpointer user_data,
                                          GCancellable *cancellable, GError **error);

G_END_DECLS
