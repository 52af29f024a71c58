/* rubis-agenda-recheck.h: whether a document that waited may still leave.
 *
 * Private to session.
 */
#pragma once

#include "rubis-agenda-private.h"
#include "rubis-store-events.h"
#include "rubis-store-outbox.h"

G_BEGIN_DECLS

/* Whether all that waits has to go on waiting: dunning is paused, or the data are too old. */
gboolean rubis_agenda_is_held (RubisSession *session, RubisDatabase *db, gboolean *held, GError **error);
/* Whether what the queued document claims is still owed and nothing was stopped, promised or paid since.
 * @why: (out) (nullable) the reason when it is not, as the user reads it. FALSE on error only.
 */
gboolean rubis_agenda_recheck (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued, char **why,
                               GError **error);
/* Journals @why it did not leave and gives its items back the level they had: nobody has read it. The account was not
 * contacted by it. Within a transaction.
 */
gboolean rubis_agenda_void (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued,
                            const char *why, GError **error);
/* The same, and takes it out of the outbox. */
gboolean rubis_agenda_call_off (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued,
                                const char *why, GError **error);

G_END_DECLS
