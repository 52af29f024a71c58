/* rubis-session-check.h: does the dossier agree with itself? */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Asks all questions of integrity; reads only. @sound: (out) whether every answer is fine.
 * (transfer full) a record {"ok", "checks": [{"check", "ok", "faults", "text"}]}
 */
GVariant *rubis_session_check (RubisSession *self, gboolean *sound, GError **error);

/* Whether an error says that the dossier cannot be opened, read or written. */
gboolean rubis_session_error_is_of_dossier (const GError *error);

G_END_DECLS
