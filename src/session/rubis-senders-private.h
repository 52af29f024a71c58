/* rubis-senders-private.h: how session reaches the secrets of senders.
 *
 * Private to session and its tests.
 */
#pragma once

#include "rubis-credentials.h"
#include "rubis-senders.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

/* The secrets of the dossier's senders: of the Secret Service, unless a test has put others. The dossier gets
 * the name under which they are kept at the first call. (transfer full)
 */
RubisCredentials *rubis_session_get_credentials (RubisSession *self, GError **error);
void rubis_session_set_credentials (RubisSession *self, RubisCredentials *credentials);

/* The random name of the dossier (setting "dossier.id"), made at the first call, in a transaction of its own.
 * (transfer full)
 */
char *rubis_session_ensure_dossier_id (RubisSession *self, GError **error);

/* Forgets the secrets of a sender that may have some; nothing is wrong where there is no Secret Service. */
gboolean rubis_session_forget_secrets (RubisSession *self, const RubisSender *sender, GError **error);

/* The transport of @sender with the session's credentials; .eml files go to the dossier's folder unless the
 * sender has one. (transfer full)
 */
RubisTransport *rubis_session_open_transport (RubisSession *self, const RubisSender *sender, GError **error);

G_END_DECLS
