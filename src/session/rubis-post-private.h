/* rubis-post-private.h: what the files of the post share. */
#pragma once

#include "rubis-session-private.h"
#include "rubis-store-post.h"

G_BEGIN_DECLS

/* Whether a letter went to a printer, and nobody said yet how it came out: it may be on paper. */
gboolean rubis_post_is_at_printer (const RubisPostRecord *record);
/* Whether a letter waits, so that it may have been paid since it was written; also one that was saved as a
 * file. */
gboolean rubis_post_may_be_stale (const RubisPostRecord *record);
/* Judges again a letter that waits in the outbox. @why: (out) (transfer full) NULL when it may leave. */
gboolean rubis_post_recheck (RubisSession *session, RubisDatabase *db, const RubisPostRecord *record,
                             char **why, GError **error);

G_END_DECLS
