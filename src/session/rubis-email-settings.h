/* rubis-email-settings.h: what emails of the dossier have in common. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Whether emails carry links for answers ("Payé le…", rubis-answer-links.h); yes unless switched off. Formal
 * notices never do.
 */
gboolean rubis_session_get_answer_links (RubisSession *self);
/* Journaled, undoable. */
gboolean rubis_session_set_answer_links (RubisSession *self, gboolean links, GError **error);

G_END_DECLS
