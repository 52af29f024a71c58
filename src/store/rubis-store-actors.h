/* rubis-store-actors.h: colleagues, in the dossier. */
#pragma once

#include "rubis-actor.h"
#include "rubis-database.h"

G_BEGIN_DECLS

/* By name; @all: those switched off too. (transfer full) (element-type RubisActor) */
GPtrArray *rubis_store_list_actors (RubisDatabase *db, gboolean all, GError **error);
/* @removed: (out) (nullable) whether its adding was undone. (transfer full) (nullable) NULL without error
 * when there is none.
 */
RubisActor *rubis_store_load_actor (RubisDatabase *db, gint64 id, gboolean *removed, GError **error);
/* Whether it is the address of a colleague, also of one who is switched off. */
gboolean rubis_store_is_actor_email (RubisDatabase *db, const char *email, gboolean *is_actor, GError **error);
/* Sets @actor->id. */
gboolean rubis_store_insert_actor (RubisDatabase *db, RubisActor *actor, GError **error);
gboolean rubis_store_update_actor (RubisDatabase *db, const RubisActor *actor, gboolean removed,
                                   GError **error);

G_END_DECLS
