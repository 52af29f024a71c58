#include "rubis-dispute-lists.h"

#include <glib/gi18n-lib.h>

#include "rubis-actors.h"
#include "rubis-choices.h"

RubisDisputeLists *
rubis_dispute_lists_load (RubisSession *session, GError **error)
{
  g_autoptr (RubisDisputeLists) self = g_new0 (RubisDisputeLists, 1);

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self->reasons = rubis_session_list_choices (session, RUBIS_CHOICES_DISPUTE_REASON, FALSE, error);
  if (self->reasons == NULL)
    return NULL;
  self->actors = rubis_session_list_actors (session, FALSE, error);
  return self->actors != NULL ? g_steal_pointer (&self) : NULL;
}

void
rubis_dispute_lists_free (RubisDisputeLists *self)
{
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_clear_pointer (&self->actors, g_ptr_array_unref);
  g_free (self);
}

void
rubis_dispute_lists_fill_reasons (const RubisDisputeLists *self, RubisChoiceDrop *drop, const char *any,
                                  gboolean manage)
{
  g_return_if_fail (self != NULL);

  rubis_choice_drop_clear (drop);
  if (any != NULL)
    rubis_choice_drop_add (drop, "", any);
  for (guint i = 0; i < self->reasons->len; i++)
    {
      const RubisChoice *reason = self->reasons->pdata[i];

      rubis_choice_drop_add (drop, reason->id, reason->label);
    }
  if (manage)
    rubis_choice_drop_add_way (drop, _ ("Manage the Reasons…"), "win.choices", RUBIS_CHOICES_DISPUTE_REASON);
}

void
rubis_dispute_lists_fill_resolvers (const RubisDisputeLists *self, RubisChoiceDrop *drop, const char *any,
                                    gboolean manage)
{
  g_return_if_fail (self != NULL);

  rubis_choice_drop_clear (drop);
  if (any != NULL)
    rubis_choice_drop_add (drop, "", any);
  rubis_choice_drop_add (drop, "0", _ ("Nobody Yet"));
  for (guint i = 0; i < self->actors->len; i++)
    {
      const RubisActor *actor = self->actors->pdata[i];
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, actor->id);

      rubis_choice_drop_add (drop, id, actor->name);
    }
  if (manage)
    rubis_choice_drop_add_way (drop, _ ("Manage Colleagues…"), "win.actors", NULL);
}
