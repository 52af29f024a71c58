/* rubis-post-private.h: what the files of the post share. */
#pragma once

#include "rubis-session-private.h"
#include "rubis-store-post.h"

G_BEGIN_DECLS

/* Judges again a letter that waits in the outbox. @why: (out) (transfer full) NULL when it may leave. */
gboolean rubis_post_recheck (RubisSession *session, RubisDatabase *db, const RubisPostRecord *record,
                             char **why, GError **error);

G_END_DECLS
