/* rubis-agenda-recheck.h: whether a document that waited may still leave.
 *
 * Private to session.
 */
#pragma once

#include "rubis-agenda-private.h"
#include "rubis-store-events.h"

G_BEGIN_DECLS

/* Whether all that waits has to go on waiting: dunning is paused, or the data are too old. */
gboolean rubis_agenda_is_held (RubisSession *session, RubisDatabase *db, gboolean *held, GError **error);
/* Whether what the queued document claims is still owed and nothing was stopped, promised or paid since.
 * @why: (out) (nullable) the reason when it is not, as the user reads it. FALSE on error only.
 */
gboolean rubis_agenda_recheck (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued, char **why,
                               GError **error);
/* Takes the document out of the outbox, journals @why and gives its items back the level they had: nobody has
 * read it. Within a transaction.
 */
gboolean rubis_agenda_call_off (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued,
                                const char *why, GError **error);

G_END_DECLS
