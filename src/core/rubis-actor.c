#include "rubis-actor.h"

RubisActor *
rubis_actor_new (void)
{
  RubisActor *self = g_new0 (RubisActor, 1);

  self->name = g_strdup ("");
  self->email = g_strdup ("");
  self->phone = g_strdup ("");
  self->role = g_strdup ("");
  self->code = g_strdup ("");
  self->note = g_strdup ("");
  self->active = TRUE;
  return self;
}

RubisActor *
rubis_actor_copy (const RubisActor *self)
{
  RubisActor *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->email = g_strdup (self->email);
  copy->phone = g_strdup (self->phone);
  copy->role = g_strdup (self->role);
  copy->code = g_strdup (self->code);
  copy->note = g_strdup (self->note);
  return copy;
}

void
rubis_actor_free (RubisActor *self)
{
  g_free (self->name);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->role);
  g_free (self->code);
  g_free (self->note);
  g_free (self);
}
