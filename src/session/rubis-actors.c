#include "rubis-actors.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-actors.h"
#include "rubis-text.h"

/* What saving puts in, then what it took out. */
typedef struct
{
  RubisActor *actor; /* (owned) its id is 0 before it is stored for the first time */
  gboolean removed;
} ActorState;

static void
actor_state_free (gpointer data)
{
  ActorState *state = data;

  rubis_actor_free (state->actor);
  g_free (state);
}

/* One whose adding is undone is only marked: the journal speaks of it. */
static gboolean
swap_actor (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  ActorState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisActor) before = NULL;
  gboolean removed = TRUE;

  if (state->actor->id == 0)
    {
      if (!rubis_store_insert_actor (db, state->actor, error))
        return FALSE;
      before = rubis_actor_copy (state->actor);
    }
  else
    {
      before = rubis_store_load_actor (db, state->actor->id, &removed, error);
      if (before == NULL || !rubis_store_update_actor (db, state->actor, state->removed, error))
        return FALSE;
    }
  if (!rubis_journaled_edit_note (session, db, edit, 0, error))
    return FALSE;
  rubis_actor_free (state->actor);
  state->actor = g_steal_pointer (&before);
  state->removed = removed;
  journaled->n_swaps++;
  return TRUE;
}

GPtrArray *
rubis_session_list_actors (RubisSession *self, gboolean all, GError **error)
{
  RubisDatabase *db;
  GPtrArray *actors;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  actors = rubis_store_list_actors (db, all, error);
  rubis_session_return_reader (self, db);
  return actors;
}

RubisActor *
rubis_session_load_actor (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  RubisActor *actor;
  RubisDatabase *db;
  gboolean removed = FALSE;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  actor = rubis_store_load_actor (db, id, &removed, &load_error);
  rubis_session_return_reader (self, db);
  if (actor != NULL && removed)
    g_clear_pointer (&actor, rubis_actor_free);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (actor == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("This colleague is not in the dossier any more."));
  return actor;
}

/* @text as it is compared; nobody is found by an empty one. */
static gboolean
is_called (const char *name, const char *folded)
{
  g_autofree char *key = rubis_text_fold (name);

  return *folded != '\0' && g_str_equal (key, folded);
}

/* The actor with that name or, @by_code, that code. (unowned) (nullable) */
static RubisActor *
find_in (GPtrArray *actors, const char *text, gboolean by_name, gboolean by_code)
{
  g_autofree char *folded = rubis_text_fold (text);

  for (guint i = 0; i < actors->len; i++)
    {
      RubisActor *actor = g_ptr_array_index (actors, i);

      if ((by_name && is_called (actor->name, folded)) || (by_code && is_called (actor->code, folded)))
        return actor;
    }
  return NULL;
}

static void
set_not_found (const char *name, GPtrArray *actors, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < actors->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((const RubisActor *)g_ptr_array_index (actors, i))->name);
  if (actors->len == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("There is no colleague “%s”: none was added to this dossier yet."), name);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no colleague “%s”. There are: %s."),
                 name, names->str);
}

gint64
rubis_session_find_actor (RubisSession *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) actors = NULL;
  const RubisActor *found;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && name != NULL, 0);

  actors = rubis_session_list_actors (self, TRUE, error);
  if (actors == NULL)
    return 0;
  found = find_in (actors, name, TRUE, FALSE);
  if (found == NULL)
    found = find_in (actors, name, FALSE, TRUE);
  if (found != NULL)
    return found->id;
  set_not_found (name, actors, error);
  return 0;
}

static gboolean
check_actor (const RubisActor *actor, GPtrArray *actors, GError **error)
{
  const RubisActor *same;

  if (*actor->name == '\0')
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("A colleague needs a name."));
      return FALSE;
    }
  if (!rubis_session_check_email (actor->email, error) || !rubis_session_check_phone (actor->phone, error))
    return FALSE;
  same = find_in (actors, actor->name, TRUE, FALSE);
  if (same != NULL && same->id != actor->id)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("There is already a colleague “%s”: choose another name."), same->name);
      return FALSE;
    }
  same = find_in (actors, actor->code, FALSE, TRUE);
  if (same != NULL && same->id != actor->id)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("The code “%s” is that of %s: choose another code."), actor->code, same->name);
      return FALSE;
    }
  return TRUE;
}

/* Without blanks at the ends. (transfer full) */
static RubisActor *
dup_typed (const RubisActor *actor)
{
  RubisActor *typed = rubis_actor_copy (actor);

  g_strstrip (typed->name);
  g_strstrip (typed->email);
  g_strstrip (typed->phone);
  g_strstrip (typed->role);
  g_strstrip (typed->code);
  g_strstrip (typed->note);
  return typed;
}

static const RubisActor *
find_by_id (GPtrArray *actors, gint64 id)
{
  for (guint i = 0; i < actors->len; i++)
    {
      const RubisActor *actor = g_ptr_array_index (actors, i);

      if (actor->id == id)
        return actor;
    }
  return NULL;
}

static gboolean
is_same (const RubisActor *a, const RubisActor *b)
{
  return g_str_equal (a->name, b->name) && g_str_equal (a->email, b->email)
         && g_str_equal (a->phone, b->phone) && g_str_equal (a->role, b->role)
         && g_str_equal (a->code, b->code) && g_str_equal (a->note, b->note) && !a->active == !b->active;
}

/* What the journal says of the change; addresses of people stay out of it. (transfer full) */
static char *
make_label (const RubisActor *before, const RubisActor *after)
{
  if (before == NULL)
    return g_strdup_printf (_ ("Colleague added: %s"), after->name);
  if (before->active && !after->active)
    return g_strdup_printf (_ ("Colleague switched off: %s"), after->name);
  if (!before->active && after->active)
    return g_strdup_printf (_ ("Colleague switched on: %s"), after->name);
  return g_strdup_printf (_ ("Colleague changed: %s"), after->name);
}

gint64
rubis_session_set_actor (RubisSession *self, const RubisActor *actor, GError **error)
{
  g_autoptr (GPtrArray) actors = NULL;
  g_autoptr (RubisActor) typed = NULL;
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;
  const RubisActor *before = NULL;
  ActorState *state;
  gint64 id;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && actor != NULL, 0);

  id = actor->id;
  actors = rubis_session_list_actors (self, TRUE, error);
  typed = dup_typed (actor);
  if (actors == NULL || !check_actor (typed, actors, error))
    return 0;
  before = id != 0 ? find_by_id (actors, id) : NULL;
  if (id != 0 && before == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("This colleague is not in the dossier any more."));
      return 0;
    }
  if (before != NULL && is_same (before, typed))
    return id;
  label = make_label (before, typed);
  name = g_strdup (typed->name);
  state = g_new0 (ActorState, 1);
  state->actor = g_steal_pointer (&typed);
  if (!rubis_session_do_edit (
          self, rubis_journaled_edit_new (label, "actor", NULL, swap_actor, state, actor_state_free), error))
    return 0;
  return id != 0 ? id : rubis_session_find_actor (self, name, error);
}

gint64
rubis_session_guess_actor (RubisSession *self, gint64 account_id, GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;
  g_autoptr (GPtrArray) actors = NULL;
  const RubisActor *found;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), 0);

  account = rubis_edits_load_account (self, account_id, error);
  actors = account != NULL ? rubis_session_list_actors (self, FALSE, error) : NULL;
  if (actors == NULL)
    return 0;
  found = find_in (actors, account->sales_rep, FALSE, TRUE);
  if (found == NULL)
    found = find_in (actors, account->sales_rep, TRUE, FALSE);
  return found != NULL ? found->id : 0;
}
