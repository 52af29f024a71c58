/* rubis-actors.h: colleagues who resolve disputes and receive copies; they need no login. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  gint64 id;
  char *name;
  char *email;
  char *phone;
  char *role; /* as the user says it: "Ventes Sud", "ADV" */
  char *code; /* as files name a sales representative; "" */
  char *note;
  gboolean active;
  int n_open_disputes;
} RubisActor;
RubisActor *rubis_actor_copy (const RubisActor *self);
void rubis_actor_free (RubisActor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisActor, rubis_actor_free)

/* By name; @all: those switched off too. (transfer full) (element-type RubisActor) */
GPtrArray *rubis_session_list_actors (RubisSession *self, gboolean all, GError **error);
/* Errors: G_IO_ERROR_NOT_FOUND. (transfer full) */
RubisActor *rubis_session_load_actor (RubisSession *self, gint64 id, GError **error);
/* By name or code, whatever the case; 0 and G_IO_ERROR_NOT_FOUND naming those there are. */
gint64 rubis_session_find_actor (RubisSession *self, const char *name, GError **error);
/* Adds (@actor->id 0) or changes; journaled, undoable. A name is needed, an email is checked. Returns its id, 0 on error. */
gint64 rubis_session_set_actor (RubisSession *self, const RubisActor *actor, GError **error);
/* The one who answers for an account: the actor whose code is its sales representative. 0: none */
gint64 rubis_session_guess_actor (RubisSession *self, gint64 account_id, GError **error);

G_END_DECLS
