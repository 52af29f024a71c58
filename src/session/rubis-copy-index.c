#include "rubis-copy-index.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-attachments.h"
#include "rubis-pdf-text.h"
#include "rubis-store-attachments.h"
#include "rubis-text.h"

/* Parts of a number that stand apart: "FA 2026 0012". */
#define MAX_PARTS 4
/* A shorter number is found in every other text. */
#define MIN_KEY 3
#define MAX_KEY 40
#define MAX_WORDS 400
/* In a text short numbers are amounts, days and quantities. */
#define MIN_TEXT_KEY 4
#define MAX_DEPTH 4
#define MAX_FILES 200000
/* Files that are read within one transaction. */
#define CHUNK 50

struct _RubisCopyIndex
{
  char *folder;
  GHashTable *files;   /* (owned) (element-type utf8 CopyFile) by path below the folder */
  GHashTable *by_name; /* (owned) key (owned) -> (unowned) path */
  GHashTable *by_text; /* (owned) key (owned) -> (unowned) path */
};

typedef struct
{
  char *path;
  gint64 size;
  gint64 changed;
} CopyFile;

static void
copy_file_free (gpointer data)
{
  CopyFile *file = data;

  g_free (file->path);
  g_free (file);
}

/* --- words --- */

char *
rubis_copy_key (const char *number)
{
  g_autofree char *folded = rubis_text_fold (number);
  g_autoptr (GString) key = g_string_new (NULL);
  gboolean digit = FALSE;

  for (const char *p = folded; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p))
        continue;
      g_string_append_c (key, g_ascii_tolower (*p));
      digit = digit || g_ascii_isdigit (*p);
    }
  return g_strdup (digit && key->len >= MIN_KEY && key->len <= MAX_KEY ? key->str : "");
}

typedef void (*WordFunc) (const char *word, gpointer user_data);

/* Calls back with each run of letters and digits that has a digit, and with up to MAX_PARTS of them that one
 * sign keeps apart: "FA-2026-0012". @blanks: a blank may keep them apart too.
 */
static void
each_word (const char *text, gboolean blanks, WordFunc func, gpointer user_data)
{
  g_autofree char *folded = rubis_text_fold (text);
  const char *starts[MAX_PARTS] = { NULL };
  const char *p = folded;

  while (TRUE)
    {
      const char *end;

      while (*p != '\0' && !g_ascii_isalnum (*p))
        p++;
      if (*p == '\0')
        return;
      for (end = p; g_ascii_isalnum (*end);)
        end++;
      /* What stands before belongs to it when there is one sign between. */
      if (p < folded + 2 || !g_ascii_isalnum (p[-2]) || (!blanks && p[-1] == ' '))
        memset (starts, 0, sizeof starts);
      memmove (starts + 1, starts, sizeof starts - sizeof *starts);
      starts[0] = p;
      for (int i = 0; i < MAX_PARTS && starts[i] != NULL && end - starts[i] <= MAX_KEY + MAX_PARTS; i++)
        {
          g_autofree char *word = g_strndup (starts[i], (gsize)(end - starts[i]));
          g_autofree char *key = rubis_copy_key (word);

          if (*key != '\0')
            func (key, user_data);
        }
      p = end;
    }
}

typedef struct
{
  const char *key;
  gboolean found;
} WordSearch;

static void
compare_word (const char *word, gpointer user_data)
{
  WordSearch *search = user_data;

  search->found = search->found || g_str_equal (word, search->key);
}

/* Names of companies are compared without signs, blanks and legal forms at the end ("Garçon SAS"). */
static gboolean
has_name (const char *folded, const char *customer)
{
  static const char *const forms[]
      = { " sas", " sarl", " sa", " eurl", " sasu", " snc", " gmbh", " ltd", " bv", " srl" };
  g_autofree char *name = rubis_text_fold (customer);

  g_strstrip (name);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (g_str_has_suffix (name, forms[i]))
        {
          name[strlen (name) - strlen (forms[i])] = '\0';
          break;
        }
    }
  return strlen (name) >= MIN_KEY && strstr (folded, name) != NULL;
}

gboolean
rubis_copy_text_names (const char *text, const char *number, const char *customer)
{
  g_autofree char *plain = rubis_text_normalise_spaces (text);
  g_autofree char *folded = rubis_text_fold (plain);
  g_autofree char *key = rubis_copy_key (number != NULL ? number : "");
  WordSearch search = { key, FALSE };

  if (customer != NULL && has_name (folded, customer))
    return TRUE;
  if (*key == '\0')
    return FALSE;
  each_word (text, TRUE, compare_word, &search);
  return search.found;
}

/* --- files --- */

static void
scan (GHashTable *files, const char *folder, const char *below, int depth)
{
  g_autofree char *path = g_build_filename (folder, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && g_hash_table_size (files) < MAX_FILES)
    {
      g_autofree char *relative = *below != '\0' ? g_build_filename (below, name, NULL) : g_strdup (name);
      g_autofree char *full = g_build_filename (folder, relative, NULL);
      g_autofree char *lower = g_ascii_strdown (name, -1);
      GStatBuf info;

      if (g_stat (full, &info) != 0 || *name == '.')
        continue;
      if (S_ISDIR (info.st_mode) && depth < MAX_DEPTH)
        scan (files, folder, relative, depth + 1);
      else if (S_ISREG (info.st_mode) && g_str_has_suffix (lower, ".pdf")
               && g_utf8_validate (relative, -1, NULL))
        {
          CopyFile *file = g_new0 (CopyFile, 1);

          file->path = g_steal_pointer (&relative);
          file->size = info.st_size;
          file->changed = info.st_mtime;
          g_hash_table_replace (files, file->path, file);
        }
    }
}

static GHashTable *
scan_folder (const char *folder)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, copy_file_free);

  if (*folder != '\0')
    scan (files, folder, "", 0);
  return files;
}

/* Two files of one number: the shorter name, then the first of the alphabet, so that it is always the same
 * one. */
static void
add_key (GHashTable *keys, const char *key, const char *path)
{
  const char *other = g_hash_table_lookup (keys, key);

  if (other != NULL
      && (strlen (other) < strlen (path) || (strlen (other) == strlen (path) && strcmp (other, path) <= 0)))
    return;
  g_hash_table_replace (keys, g_strdup (key), (gpointer)path);
}

typedef struct
{
  GHashTable *keys;
  const char *path;
} Adding;

static void
add_word (const char *word, gpointer user_data)
{
  Adding *adding = user_data;

  add_key (adding->keys, word, adding->path);
}

RubisCopyIndex *
rubis_copy_index_load (RubisDatabase *db, const char *folder, GError **error)
{
  g_autoptr (GHashTable) read = rubis_store_list_copies (db, error);
  RubisCopyIndex *self;
  GHashTableIter iter;
  gpointer value;

  if (read == NULL)
    return NULL;
  self = g_new0 (RubisCopyIndex, 1);
  self->folder = g_strdup (folder);
  self->files = scan_folder (folder);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CopyFile *file = value;
      const RubisCopyRecord *record = g_hash_table_lookup (read, file->path);
      g_autofree char *name = g_path_get_basename (file->path);
      Adding adding = { self->by_name, file->path };

      name[strlen (name) - strlen (".pdf")] = '\0';
      each_word (name, TRUE, add_word, &adding);
      if (record == NULL || record->size != file->size || record->changed != file->changed)
        continue;
      {
        g_auto (GStrv) words = g_strsplit (record->words, " ", -1);

        for (guint i = 0; words[i] != NULL; i++)
          add_key (self->by_text, words[i], file->path);
      }
    }
  return self;
}

void
rubis_copy_index_free (RubisCopyIndex *self)
{
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_text);
  g_hash_table_unref (self->files);
  g_free (self->folder);
  g_free (self);
}

guint
rubis_copy_index_get_n_files (RubisCopyIndex *self)
{
  return g_hash_table_size (self->files);
}

char *
rubis_copy_index_find (RubisCopyIndex *self, const char *number, gboolean *by_text)
{
  g_autofree char *key = rubis_copy_key (number);
  const char *path = *key != '\0' ? g_hash_table_lookup (self->by_name, key) : NULL;

  *by_text = path == NULL;
  if (path == NULL && *key != '\0')
    path = g_hash_table_lookup (self->by_text, key);
  return path != NULL ? g_build_filename (self->folder, path, NULL) : NULL;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
rubis_copy_list_folder (const char *folder)
{
  g_autoptr (GHashTable) files = scan_folder (folder);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (paths, g_build_filename (folder, path, NULL));
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

/* --- reading the texts --- */

static void
collect_word (const char *word, gpointer user_data)
{
  GHashTable *words = user_data;

  if (g_hash_table_size (words) < MAX_WORDS && strlen (word) >= MIN_TEXT_KEY)
    g_hash_table_add (words, g_strdup (word));
}

static void
collect_name_word (const char *word, gpointer user_data)
{
  g_hash_table_add (user_data, g_strdup (word));
}

GHashTable *
rubis_copy_collect_keys (const char *text, gboolean is_name)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  each_word (text, is_name, is_name ? collect_name_word : collect_word, keys);
  return keys;
}

/* A file that cannot be read has no words; it is not tried again until it changes. */
static char *
read_words (const char *path)
{
  g_autoptr (GHashTable) words = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_autofree char *text = bytes != NULL ? rubis_pdf_read_text (bytes, RUBIS_COPY_PAGES, NULL, NULL) : NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  GHashTableIter iter;
  gpointer word;

  words = rubis_copy_collect_keys (text != NULL ? text : "", FALSE);
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", (char *)word);
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* What was read and has to be kept. */
static gboolean
keep_copies (RubisStore *store, gpointer user_data, GError **error)
{
  GPtrArray *records = user_data;

  for (guint i = 0; i < records->len; i++)
    {
      if (!rubis_store_put_copy (rubis_store_get_database (store), g_ptr_array_index (records, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget_copies (RubisStore *store, gpointer user_data, GError **error)
{
  GPtrArray *paths = user_data;

  for (guint i = 0; i < paths->len; i++)
    {
      if (!rubis_store_delete_copy (rubis_store_get_database (store), g_ptr_array_index (paths, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Writes a few at a time: the dossier is free for the user between two turns. */
static gboolean
write_copies (RubisSession *session, RubisStoreFunc func, GPtrArray *records, GError **error)
{
  RubisStore *store = rubis_session_lock (session);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, func, records, error);
  rubis_session_unlock (session);
  g_ptr_array_set_size (records, 0);
  return done;
}

/* Files that are new or changed, and records of files that are gone. */
static void
compare_folder (GHashTable *files, GHashTable *known, GPtrArray *to_read, GPtrArray *gone)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CopyFile *file = value;
      const RubisCopyRecord *record = g_hash_table_lookup (known, file->path);

      if (record == NULL || record->size != file->size || record->changed != file->changed)
        g_ptr_array_add (to_read, value);
    }
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_hash_table_contains (files, key))
        g_ptr_array_add (gone, key);
    }
}

static gboolean
read_copies (RubisSession *session, const char *folder, GPtrArray *to_read, RubisProgress *progress,
             int *n_read, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_copy_record_free);

  for (guint i = 0; i < to_read->len; i++)
    {
      const CopyFile *file = g_ptr_array_index (to_read, i);
      g_autofree char *path = g_build_filename (folder, file->path, NULL);
      RubisCopyRecord *record = g_new0 (RubisCopyRecord, 1);

      record->path = g_strdup (file->path);
      record->size = file->size;
      record->changed = file->changed;
      record->words = read_words (path);
      g_ptr_array_add (records, record);
      *n_read += 1;
      if ((records->len == CHUNK || i + 1 == to_read->len)
          && !write_copies (session, keep_copies, records, error))
        return FALSE;
      if (progress == NULL)
        continue;
      if (progress->func != NULL)
        progress->func ((double)(i + 1) / to_read->len, NULL, progress->user_data);
      if (g_cancellable_set_error_if_cancelled (progress->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_session_index_copies (RubisSession *self, RubisProgress *progress, int *n_read, GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GHashTable) files = NULL;
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GPtrArray) to_read = g_ptr_array_new ();
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  RubisDatabase *db;
  int n = 0;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  folder = rubis_session_get_copies_folder (self);
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  known = rubis_store_list_copies (db, error);
  rubis_session_return_reader (self, db);
  if (known == NULL)
    return FALSE;
  files = scan_folder (folder);
  compare_folder (files, known, to_read, gone);
  if (gone->len > 0 && !write_copies (self, forget_copies, gone, error))
    return FALSE;
  if (!read_copies (self, folder, to_read, progress, &n, error))
    return FALSE;
  if (n_read != NULL)
    *n_read = n;
  return TRUE;
}
