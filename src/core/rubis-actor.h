/* rubis-actor.h: a colleague who resolves disputes and receives copies; needs no login. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  gint64 id; /* 0: not in the dossier yet */
  char *name;
  char *email;
  char *phone;
  char *role; /* as the user says it: "Ventes Sud", "ADV" */
  char *code; /* as files name a sales representative; "" */
  char *note;
  gboolean active; /* FALSE: not offered any more, kept for what is theirs */
  int n_open_disputes;
} RubisActor;

/* An active one with empty texts. (transfer full) */
RubisActor *rubis_actor_new (void);
/* (transfer full) */
RubisActor *rubis_actor_copy (const RubisActor *self);
void rubis_actor_free (RubisActor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisActor, rubis_actor_free)

/* Sets one of the texts: rubis_actor_set (actor, name, "…"). */
#define rubis_actor_set(self, field, value)                                                                  \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    char *_old = (self)->field;                                                                              \
    (self)->field = g_strdup (value);                                                                        \
    g_free (_old);                                                                                           \
  }                                                                                                          \
  G_STMT_END

G_END_DECLS
