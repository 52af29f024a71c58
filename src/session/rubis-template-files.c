#include "rubis-template-files.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-import-preview.h"
#include "rubis-session-private.h"
#include "rubis-template-editing-private.h"

/* A template is a page of text; anything larger is another file. */
#define MAX_SIZE (1024 * 1024)

static gboolean
write_text (const char *path, const char *text, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                                  error);
}

gboolean
rubis_session_export_template (RubisSession *self, const char *id, const char *language, const char *path,
                               GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && path != NULL, FALSE);

  text = rubis_session_load_template (self, id, language, 0, error);
  return text != NULL && write_text (path, text, error);
}

int
rubis_session_export_templates (RubisSession *self, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && folder != NULL, -1);

  entries = rubis_session_list_templates (self, FALSE, error);
  if (entries == NULL)
    return -1;
  for (guint i = 0; i < entries->len; i++)
    {
      const RubisTemplateEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *below = g_build_filename (folder, entry->language, NULL);
      g_autofree char *name = g_strconcat (entry->id, ".md", NULL);
      g_autofree char *path = g_build_filename (below, name, NULL);

      if (g_mkdir_with_parents (below, 0777) != 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                       _ ("The folder “%s” could not be made: %s"), below, g_strerror (errno));
          return -1;
        }
      if (!rubis_session_export_template (self, entry->id, entry->language, path, error))
        return -1;
    }
  return (int)entries->len;
}

/* --- import --- */

typedef struct
{
  RubisSession *session;
  GPtrArray *versions; /* (element-type RubisTemplateVersion) */
  GHashTable *seen;    /* "id/language" -> path, to name two files of one template */
} Import;

static gboolean
is_template_name (const char *name)
{
  return g_str_has_suffix (name, ".md") || g_str_has_suffix (name, ".txt");
}

static char *
read_text (const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  gsize length;
  const char *start;

  if (!g_file_get_contents (path, &contents, &length, error))
    return NULL;
  start = g_str_has_prefix (contents, "\xef\xbb\xbf") ? contents + 3 : contents;
  if (length <= MAX_SIZE && strlen (contents) == length && g_utf8_validate (start, -1, NULL))
    return g_strdup (start);
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("“%s” is not a text in UTF-8."),
               path);
  return NULL;
}

static gboolean
import_file (Import *import, const char *path, GError **error)
{
  g_autofree char *text = read_text (path, error);
  g_autofree char *origin = g_path_get_basename (path);
  g_autofree char *key = NULL;
  g_autoptr (RubisTemplate) parsed = NULL;
  g_autoptr (RubisTemplateVersion) newest = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *id, *language;

  if (text == NULL)
    return FALSE;
  parsed = rubis_template_new (text, origin, &local_error);
  if (parsed == NULL)
    {
      g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, local_error->message);
      return FALSE;
    }
  id = rubis_template_get_id (parsed);
  language = rubis_template_get_language (parsed);
  key = g_strdup_printf ("%s/%s", id, language);
  if (g_hash_table_contains (import->seen, key))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("“%s” and “%s” are the same template (%s, %s): keep one of them."),
                   (const char *)g_hash_table_lookup (import->seen, key), path, id, language);
      return FALSE;
    }
  g_hash_table_insert (import->seen, g_steal_pointer (&key), g_strdup (path));
  newest = rubis_template_version_load_newest (import->session, id, language, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (newest == NULL || newest->withdrawn || !g_str_equal (newest->body, text))
    g_ptr_array_add (
        import->versions,
        rubis_template_version_new (id, language, newest != NULL ? newest->version + 1 : 1, text, origin));
  return TRUE;
}

static gboolean
import_path (Import *import, const char *path, int depth, GError **error)
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return import_file (import, path, error);
  folder = g_dir_open (path, 0, error);
  if (folder == NULL)
    return FALSE;
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_with_data (names, (GCompareDataFunc)(void (*) (void))g_strcmp0, NULL);
  for (guint i = 0; i < names->len; i++)
    {
      const char *child = g_ptr_array_index (names, i);
      g_autofree char *below = g_build_filename (path, child, NULL);
      gboolean descend = depth > 0 && g_file_test (below, G_FILE_TEST_IS_DIR);

      if ((descend || is_template_name (child)) && !import_path (import, below, depth - 1, error))
        return FALSE;
    }
  return TRUE;
}

int
rubis_session_import_templates (RubisSession *self, const char *const *paths, GError **error)
{
  Import import = { .session = self };
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GHashTable) seen = NULL;
  g_autofree char *label = NULL;
  int n;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && paths != NULL, -1);

  import.versions = versions = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_template_version_free);
  import.seen = seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (int i = 0; paths[i] != NULL; i++)
    {
      if (!import_path (&import, paths[i], 2, error))
        return -1;
    }
  if (g_hash_table_size (seen) == 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("There is no template in “%s”: they are text files named .md."), paths[0]);
      return -1;
    }
  n = (int)versions->len;
  if (n == 0)
    return 0;
  label = g_strdup_printf (ngettext ("%d template imported", "%d templates imported", (gulong)n), n);
  return rubis_template_versions_add (self, g_steal_pointer (&versions), label, NULL, error) ? n : -1;
}
