/* rubis-notice-private.h: what performing and printing ask of formal notices. */
#pragma once

#include "rubis-agenda-private.h"
#include "rubis-notice.h"

G_BEGIN_DECLS

/* What a filled formal notice lacks. (transfer full) (element-type utf8) */
GPtrArray *rubis_notice_list_missing (RubisTemplate *template_, RubisDocumentContext *context,
                                      const RubisCompany *company);
/* FALSE (RUBIS_SESSION_ERROR_RULE, with what is missing) for a notice that nobody has confirmed. */
gboolean rubis_notice_may_leave (RubisSession *self, const RubisActionRow *action, const RubisFilledDocument *filled,
                                 GError **error);
/* Journals that a notice leaves without @missing, on purpose. @missing: (nullable) */
gboolean rubis_notice_journal (RubisSession *self, RubisDatabase *db, const RubisActionRow *action, GPtrArray *missing,
                               GError **error);

G_END_DECLS
