#include "rubis-policy-files.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-policy.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-settings.h"

/* A policy and its place in the list. */
typedef struct {
  char *id;
  char *name;
  int position;
  char *body;
} Stored;

static void
stored_free (gpointer data)
{
  Stored *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

static Stored *
stored_new (const char *body, int position, GError **error)
{
  g_autoptr(RubisPolicy) policy = rubis_policy_new_from_data (body, -1, rubis_format_ui_language (), error);
  Stored *self;

  if (policy == NULL)
    return NULL;
  self = g_new0 (Stored, 1);
  self->id = g_strdup (rubis_policy_get_id (policy));
  self->name = g_strdup (rubis_policy_get_name (policy));
  self->position = position;
  self->body = g_strdup (body);
  return self;
}

/* The policies as @db has them, in order. */
static GPtrArray *
list_in (RubisDatabase *db, GError **error)
{
  g_autoptr(GPtrArray) bodies = rubis_store_list_policies (db, error);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (stored_free);

  for (guint i = 0; bodies != NULL && i < bodies->len; i++)
    {
      Stored *stored = stored_new (g_ptr_array_index (bodies, i), (int) i, error);

      if (stored == NULL)
        return NULL;
      g_ptr_array_add (list, stored);
    }
  return bodies != NULL ? g_steal_pointer (&list) : NULL;
}

static GPtrArray *
list_stored (RubisSession *self, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  GPtrArray *list = db != NULL ? list_in (db, error) : NULL;

  if (db != NULL)
    rubis_session_return_reader (self, db);
  return list;
}

static Stored *
find_stored (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++)
    {
      Stored *stored = g_ptr_array_index (list, i);

      if (g_str_equal (stored->id, id))
        return stored;
    }
  return NULL;
}

int
rubis_session_export_policies (RubisSession *self, const char *folder, GError **error)
{
  g_autoptr(GPtrArray) list = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), -1);
  g_return_val_if_fail (folder != NULL, -1);

  list = list_stored (self, error);
  if (list == NULL)
    return -1;
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("The folder %s cannot be made: %s"), folder,
                   g_strerror (errno));
      return -1;
    }
  for (guint i = 0; i < list->len; i++)
    {
      const Stored *stored = g_ptr_array_index (list, i);
      g_autofree char *name = g_strconcat (stored->id, ".ini", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_set_contents (path, stored->body, -1, error))
        return -1;
    }
  return (int) list->len;
}

/* Puts the policies of the edit in and keeps what was there in their place: nothing for one that is new. */
static gboolean
swap_policies (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  GPtrArray *wanted = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr(GPtrArray) present = list_in (db, error);

  if (present == NULL)
    return FALSE;
  for (guint i = 0; i < wanted->len; i++)
    {
      Stored *stored = g_ptr_array_index (wanted, i);
      const Stored *known = find_stored (present, stored->id);
      gboolean done = stored->body != NULL
                        ? rubis_store_set_policy (db, stored->id, stored->name, stored->position, stored->body, error)
                        : rubis_store_remove_policy (db, stored->id, error);

      if (!done)
        return FALSE;
      g_free (stored->body);
      stored->body = known != NULL ? g_strdup (known->body) : NULL;
      if (known != NULL)
        {
          g_free (stored->name);
          stored->name = g_strdup (known->name);
        }
    }
  return rubis_session_reload_library (session, error) && rubis_journaled_edit_note (session, db, edit, 0, error);
}

static gboolean
read_policy (const char *path, GPtrArray *stored, GPtrArray *changed, int *n_added, GError **error)
{
  g_autofree char *body = NULL;
  const Stored *known;
  Stored *read;

  if (!g_file_get_contents (path, &body, NULL, error))
    return FALSE;
  read = stored_new (body, 0, error);
  if (read == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      if (error != NULL && *error != NULL)
        {
          g_autoptr(GError) reason = g_steal_pointer (error);

          g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, reason->message);
        }
      return FALSE;
    }
  known = find_stored (stored, read->id);
  read->position = known != NULL ? known->position : (int) stored->len + (*n_added)++;
  if (known != NULL && g_str_equal (known->body, body))
    stored_free (read);
  else
    g_ptr_array_add (changed, read);
  return TRUE;
}

int
rubis_session_import_policies (RubisSession *self, const char *const *paths, gboolean dry_run, GError **error)
{
  g_autoptr(GPtrArray) stored = NULL;
  g_autoptr(GPtrArray) changed = g_ptr_array_new_with_free_func (stored_free);
  g_autofree char *label = NULL;
  int n_added = 0;
  int n;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), -1);
  g_return_val_if_fail (paths != NULL, -1);

  stored = list_stored (self, error);
  if (stored == NULL)
    return -1;
  for (int i = 0; paths[i] != NULL; i++)
    {
      if (!read_policy (paths[i], stored, changed, &n_added, error))
        return -1;
    }
  n = (int) changed->len;
  if (n == 0 || dry_run)
    return n;
  label = g_strdup_printf (ngettext ("%d policy imported", "%d policies imported", (gulong) n), n);
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, "policy", NULL, swap_policies,
                                                          g_steal_pointer (&changed),
                                                          (GDestroyNotify) g_ptr_array_unref),
                                error)
           ? n
           : -1;
}
