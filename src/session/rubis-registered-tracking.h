/* rubis-registered-tracking.h: asking La Poste where the registered letters are.
 *
 * The sender with the transport "laposte" has the key. What La Poste says is noted like what a person notes:
 * journaled, one undo for each letter.
 */
#pragma once

#include "rubis-registered.h"

G_BEGIN_DECLS

/* What was learned of a letter. */
typedef struct
{
  gint64 id;
  char *number;
  char *account_code;
  char *account_name;
  gboolean changed;
  RubisRegisteredState state; /* as it is now */
  RubisDate date;             /* of the state */
  char *words;                /* of La Poste; or why nothing was noted */
} RubisTrackedLetter;
void rubis_tracked_letter_free (RubisTrackedLetter *self);

/* Whether there is somebody to ask: a sender with the key. */
gboolean rubis_session_can_track (RubisSession *self);
/* Asks for the letters that are on their way and have a number; @ids: (nullable) (element-type gint64) these
 * only. Uses the network. Errors: RUBIS_SESSION_ERROR_RULE when nobody has a key; those of the server.
 * (transfer full) (element-type RubisTrackedLetter)
 */
GPtrArray *rubis_session_track_registered (RubisSession *self, GArray *ids, RubisProgress *progress,
                                           GError **error);

G_END_DECLS
