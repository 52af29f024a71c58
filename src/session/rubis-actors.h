/* rubis-actors.h: the colleagues of a dossier. */
#pragma once

#include "rubis-actor.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* By name; @all: those switched off too. (transfer full) (element-type RubisActor) */
GPtrArray *rubis_session_list_actors (RubisSession *self, gboolean all, GError **error);
/* Errors: G_IO_ERROR_NOT_FOUND. (transfer full) */
RubisActor *rubis_session_load_actor (RubisSession *self, gint64 id, GError **error);
/* By name or code, whatever the case and the accents; 0 and G_IO_ERROR_NOT_FOUND naming those there are. */
gint64 rubis_session_find_actor (RubisSession *self, const char *name, GError **error);
/* Adds (@actor->id 0) or changes; journaled, undoable. A name is needed, an email and a phone number are
 * checked, and no two colleagues have the same name or code (RUBIS_SESSION_ERROR_VALUE). Returns its id, 0 on
 * error.
 */
gint64 rubis_session_set_actor (RubisSession *self, const RubisActor *actor, GError **error);
/* The one who answers for an account: the actor whose code or name is its sales representative. 0: none,
 * without error.
 */
gint64 rubis_session_guess_actor (RubisSession *self, gint64 account_id, GError **error);

G_END_DECLS
