/* rubis-demo.h: the fictional company that new users try. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Creates a dossier at @path with a deterministic year of a fictional company, current to @today:
 * the same day gives the same facts. Errors as rubis_session_create().
 */
RubisSession *rubis_session_create_demo (const char *path, RubisDate today, RubisProgress *progress, GError **error);

G_END_DECLS
