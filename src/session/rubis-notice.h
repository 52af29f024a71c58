/* rubis-notice.h: formal notices that lack something that a formal notice must hold.
 *
 * Such a notice is neither printed nor done before a person has typed the code of the account; that
 * confirmation is journaled with what was missing when the notice leaves.
 */
#pragma once

#include "rubis-agenda-list.h"

G_BEGIN_DECLS

/* What the formal notice of @action lacks, in sentences; empty for any other action, and when nothing is
 * missing. (transfer full) (element-type utf8)
 */
GPtrArray *rubis_session_check_formal_notice (RubisSession *self, RubisActionRow *action, GError **error);
/* What has to be typed to send it all the same. Borrowed from @action. */
const char *rubis_notice_get_word (RubisActionRow *action);
/* Lets the notice of @action leave although elements are missing. Refused (RUBIS_SESSION_ERROR_VALUE) unless
 * @typed is rubis_notice_get_word(), in capitals or not. Holds until the dossier is closed.
 */
gboolean rubis_session_confirm_notice (RubisSession *self, RubisActionRow *action, const char *typed, GError **error);
gboolean rubis_session_is_notice_confirmed (RubisSession *self, RubisActionRow *action);

G_END_DECLS
