/* rubis-senders-private.h: how session reaches the secrets of senders.
 *
 * Private to session and its tests.
 */
#pragma once

#include "rubis-credentials.h"
#include "rubis-senders.h"

G_BEGIN_DECLS

/* The secrets of the dossier's senders: of the Secret Service, unless a test has put others. (transfer full)
 */
RubisCredentials *rubis_session_get_credentials (RubisSession *self);
void rubis_session_set_credentials (RubisSession *self, RubisCredentials *credentials);

G_END_DECLS
