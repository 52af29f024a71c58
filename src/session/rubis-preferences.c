#include "rubis-preferences.h"

#define MAX_RECENT 10
#define RECENT_GROUP "recent"
#define RECENT_KEY "dossiers"

struct _RubisPreferences {
  char *path;
  GKeyFile *file; /* (owned) */
};

/* Read again before each change, so that two windows do not undo each other's. */
static void
load (RubisPreferences *self)
{
  g_key_file_unref (self->file);
  self->file = g_key_file_new ();
  if (!g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_KEEP_COMMENTS, NULL))
    {
      /* A file that is cut short may have filled some groups already. */
      g_key_file_unref (self->file);
      self->file = g_key_file_new ();
    }
}

static void
save (RubisPreferences *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr(GError) error = NULL;
  gsize length;
  g_autofree char *data = g_key_file_to_data (self->file, &length, NULL);

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (self->path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("Preferences were not saved: %s", error->message);
}

RubisPreferences *
rubis_preferences_new (void)
{
  RubisPreferences *self = g_new0 (RubisPreferences, 1);

  self->path = g_build_filename (g_get_user_config_dir (), "rubis", "preferences.ini", NULL);
  self->file = g_key_file_new ();
  load (self);
  return self;
}

void
rubis_preferences_free (RubisPreferences *self)
{
  g_key_file_unref (self->file);
  g_free (self->path);
  g_free (self);
}

char *
rubis_preferences_get_string (RubisPreferences *self, const char *group, const char *key)
{
  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, NULL);

  return g_key_file_get_string (self->file, group, key, NULL);
}

int
rubis_preferences_get_int (RubisPreferences *self, const char *group, const char *key, int fallback)
{
  g_autoptr(GError) error = NULL;
  int value;

  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, fallback);

  value = g_key_file_get_integer (self->file, group, key, &error);
  return error == NULL ? value : fallback;
}

gboolean
rubis_preferences_get_boolean (RubisPreferences *self, const char *group, const char *key, gboolean fallback)
{
  g_autoptr(GError) error = NULL;
  gboolean value;

  g_return_val_if_fail (self != NULL && group != NULL && key != NULL, fallback);

  value = g_key_file_get_boolean (self->file, group, key, &error);
  return error == NULL ? value : fallback;
}

void
rubis_preferences_set_string (RubisPreferences *self, const char *group, const char *key, const char *value)
{
  g_return_if_fail (self != NULL && group != NULL && key != NULL);

  load (self);
  if (value != NULL)
    g_key_file_set_string (self->file, group, key, value);
  else
    g_key_file_remove_key (self->file, group, key, NULL);
  save (self);
}

void
rubis_preferences_set_int (RubisPreferences *self, const char *group, const char *key, int value)
{
  g_return_if_fail (self != NULL && group != NULL && key != NULL);

  load (self);
  g_key_file_set_integer (self->file, group, key, value);
  save (self);
}

void
rubis_preferences_set_boolean (RubisPreferences *self, const char *group, const char *key, gboolean value)
{
  g_return_if_fail (self != NULL && group != NULL && key != NULL);

  load (self);
  g_key_file_set_boolean (self->file, group, key, value);
  save (self);
}

char **
rubis_preferences_get_recent (RubisPreferences *self)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) uris = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  uris = g_key_file_get_string_list (self->file, RECENT_GROUP, RECENT_KEY, NULL, NULL);
  for (int i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      g_autofree char *path = g_filename_from_uri (uris[i], NULL, NULL);

      if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

void
rubis_preferences_add_recent (RubisPreferences *self, const char *path)
{
  g_autofree char *absolute = NULL;
  g_autofree char *uri = NULL;
  g_auto(GStrv) old = NULL;
  g_autoptr(GPtrArray) uris = g_ptr_array_new ();

  g_return_if_fail (self != NULL && path != NULL);

  /* As URIs: a key file holds UTF-8 only, and a file name may be anything. */
  absolute = g_canonicalize_filename (path, NULL);
  uri = g_filename_to_uri (absolute, NULL, NULL);
  load (self);
  old = g_key_file_get_string_list (self->file, RECENT_GROUP, RECENT_KEY, NULL, NULL);
  g_ptr_array_add (uris, uri);
  for (int i = 0; old != NULL && old[i] != NULL && uris->len < MAX_RECENT; i++)
    {
      if (!g_str_equal (old[i], uri))
        g_ptr_array_add (uris, old[i]);
    }
  g_key_file_set_string_list (self->file, RECENT_GROUP, RECENT_KEY, (const char *const *) uris->pdata, uris->len);
  save (self);
}
