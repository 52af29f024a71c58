#include "rubis-test.h"

#include <glib/gstdio.h>

char *
rubis_test_data (const char *name)
{
  return g_build_filename (g_getenv ("RUBIS_TEST_DATA"), name, NULL);
}

char *
rubis_test_shared (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("RUBIS_SHARED_DIR"), name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip_printf ("no file shared/%s here", name);
      return NULL;
    }
  return g_steal_pointer (&path);
}

JsonObject *
rubis_test_load_json (const char *path)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  if (!json_parser_load_from_file (parser, path, &error))
    g_error ("%s: %s", path, error->message);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

const char *
rubis_test_string (JsonObject *object, const char *member, const char *fallback)
{
  if (!json_object_has_member (object, member) || json_object_get_null_member (object, member))
    return fallback;
  return json_object_get_string_member (object, member);
}

char *
rubis_test_make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *path = g_dir_make_tmp ("rubis-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

void
rubis_test_remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        rubis_test_remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}
