#include "rubis-store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-dossier-lock.h"
#include "rubis-schema-resource.h"

#define SCHEMA_VERSION 4
/* From which on the journal can be searched by its words. */
#define EVENT_SEARCH_VERSION 4

struct _RubisStore {
  char *path;
  RubisDossierLock *lock;  /* (owned) */
  RubisDatabase *database; /* (owned) */
};

G_DEFINE_QUARK (rubis-store-error-quark, rubis_store_error)

int
rubis_store_schema_version (void)
{
  return SCHEMA_VERSION;
}

static gboolean
run_schema_file (RubisDatabase *database, const char *name, GError **error)
{
  g_autofree char *resource_path = g_strconcat ("/fr/rubis/schema/", name, NULL);
  g_autoptr(GBytes) sql = g_resource_lookup_data (rubis_schema_get_resource (), resource_path, 0, error);
  g_autofree char *text = NULL;

  if (sql == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
  return rubis_database_exec (database, text, error);
}

/* Applies the numbered files after @version, each in a transaction of its own. */
static gboolean
apply_schema (RubisDatabase *database, int version, GError **error)
{
  for (int next = version + 1; next <= SCHEMA_VERSION; next++)
    {
      g_autofree char *name = g_strdup_printf ("%03d.sql", next);
      g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = %d;", next,
                                               RUBIS_STORE_APPLICATION_ID);

      if (!rubis_database_begin (database, error))
        return FALSE;
      if (!run_schema_file (database, name, error)
          || (next == EVENT_SEARCH_VERSION && !run_schema_file (database, "event-search.sql", error))
          || !run_schema_file (database, "item-indexes.sql", error) || !rubis_database_exec (database, mark, error))
        {
          rubis_database_rollback (database);
          return FALSE;
        }
      if (!rubis_database_commit (database, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
configure_writer (RubisDatabase *database, GError **error)
{
  return rubis_database_exec (database,
                              "PRAGMA foreign_keys = ON;"
                              "PRAGMA journal_mode = WAL;"
                              "PRAGMA synchronous = FULL;"
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA cache_size = -131072;",
                              error);
}

static void
set_read_only_folder (const char *name, const char *detail, GError **error)
{
  g_set_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_READ_ONLY,
               _("“%s” cannot be opened: its folder is read-only (%s). Copy the dossier where you may write."), name,
               detail);
}

static gboolean
take_lock (RubisStore *self, GError **error)
{
  g_autofree char *holder = NULL;
  g_autoptr(GError) lock_error = NULL;
  g_autofree char *name = g_filename_display_basename (self->path);

  self->lock = rubis_dossier_lock_take (self->path, &holder, &lock_error);
  if (self->lock != NULL)
    return TRUE;
  if (holder != NULL)
    g_set_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_LOCKED,
                 _("“%s” is open in %s. Close it there first."), name, holder);
  else if (g_error_matches (lock_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_propagate_error (error, g_steal_pointer (&lock_error));
  else
    set_read_only_folder (name, lock_error->message, error);
  return FALSE;
}

RubisStore *
rubis_store_create (const char *path, GError **error)
{
  g_autoptr(RubisStore) self = g_new0 (RubisStore, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” already exists: choose another name."), name);
      return NULL;
    }
  {
    g_autofree char *folder = g_path_get_dirname (path);

    if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
      {
        g_autofree char *name = g_filename_display_name (folder);

        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The folder “%s” does not exist."), name);
        return NULL;
      }
  }
  if (!take_lock (self, error))
    return NULL;
  self->database = rubis_database_open (path, RUBIS_DATABASE_CREATE, error);
  if (self->database == NULL)
    return NULL;
  if (configure_writer (self->database, error) && apply_schema (self->database, 0, error))
    return g_steal_pointer (&self);
  rubis_store_discard (g_steal_pointer (&self));
  return NULL;
}

void
rubis_store_discard (RubisStore *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  g_clear_pointer (&self->database, rubis_database_free);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (self->path, suffixes[i], NULL);

      g_unlink (file);
    }
  rubis_store_free (self);
}

static void
set_not_a_dossier (const char *name, GError **error)
{
  g_set_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_NOT_A_DOSSIER,
               _("“%s” is not a Rubis dossier. To read an export, open a dossier and import the file."), name);
}

static void
set_damaged (const char *name, GError **error)
{
  g_set_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_DAMAGED, _("“%s” is damaged. Restore the last backup."),
               name);
}

/* Whether a file starts as databases do; FALSE for a folder, and for what cannot be read. */
static gboolean
starts_as_database (const char *path, GError **error)
{
  static const char magic[16] = "SQLite format 3";
  g_autofree char *name = g_filename_display_basename (path);
  char start[sizeof magic] = { 0 };
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  ssize_t length;

  if (fd < 0)
    {
      g_set_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_READ_ONLY, _("“%s” cannot be read: %s"), name,
                   g_strerror (errno));
      return FALSE;
    }
  length = read (fd, start, sizeof start);
  close (fd);
  if (length == sizeof start && memcmp (start, magic, sizeof magic) == 0)
    return TRUE;
  set_not_a_dossier (name, error);
  return FALSE;
}

/* Looks at a file without changing anything: is it a dossier that may be written, and of which version? */
static gboolean
inspect (const char *path, gint64 *version, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(RubisDatabase) database = NULL;
  g_autoptr(GError) open_error = NULL;
  gint64 application_id = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_MISSING,
                   _("There is no dossier “%s”. Check the name, or create it."), path);
      return FALSE;
    }
  if (!starts_as_database (path, error))
    return FALSE;
  if (g_access (path, W_OK) != 0)
    {
      g_set_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_READ_ONLY,
                   _("“%s” is read-only. Copy it where you may write, or ask for the right to change it."), name);
      return FALSE;
    }
  /* The lock and the log lie beside the dossier. */
  if (g_access (folder, W_OK) != 0)
    {
      set_read_only_folder (name, g_strerror (errno), error);
      return FALSE;
    }
  database = rubis_database_open (path, RUBIS_DATABASE_READ, &open_error);
  if (database == NULL || !rubis_database_query_int (database, "PRAGMA application_id", &application_id, &open_error)
      || !rubis_database_query_int (database, "PRAGMA user_version", version, &open_error))
    {
      if (g_error_matches (open_error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_DAMAGED))
        set_damaged (name, error);
      else
        g_propagate_error (error, g_steal_pointer (&open_error));
      return FALSE;
    }
  if (application_id != RUBIS_STORE_APPLICATION_ID)
    {
      set_not_a_dossier (name, error);
      return FALSE;
    }
  if (*version > SCHEMA_VERSION)
    {
      g_set_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_NEWER,
                   _("“%s” was written by a newer Rubis (format %d, this one reads up to %d). Update Rubis to open it."),
                   name, (int) *version, SCHEMA_VERSION);
      return FALSE;
    }
  return TRUE;
}

/* Pages up to which a dossier is checked whole at each opening; `rubisctl check` does so for any. */
#define MAX_PAGES_CHECKED 2000

static gboolean
check_readable (RubisDatabase *database, GError **error)
{
  g_autoptr(RubisStatement) check = NULL;
  gint64 n_tables = 0;
  gint64 n_pages = 0;

  if (!rubis_database_query_int (database, "SELECT count (*) FROM sqlite_schema", &n_tables, error)
      || !rubis_database_query_int (database, "PRAGMA page_count", &n_pages, error))
    return FALSE;
  if (n_pages > MAX_PAGES_CHECKED)
    return TRUE;
  check = rubis_database_prepare (database, "PRAGMA quick_check (1)", error);
  if (check == NULL || rubis_statement_step (check, error) != RUBIS_STEP_ROW)
    return FALSE;
  if (g_str_equal (rubis_statement_text (check, 0), "ok"))
    return TRUE;
  g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_DAMAGED, "%s", rubis_statement_text (check, 0));
  return FALSE;
}

static gboolean
open_writer (RubisStore *self, GError **error)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autoptr(GError) open_error = NULL;

  self->database = rubis_database_open (self->path, RUBIS_DATABASE_WRITE, &open_error);
  if (self->database != NULL && configure_writer (self->database, &open_error)
      && check_readable (self->database, &open_error))
    return TRUE;
  if (g_error_matches (open_error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_DAMAGED))
    set_damaged (name, error);
  else
    g_propagate_error (error, g_steal_pointer (&open_error));
  return FALSE;
}

RubisStore *
rubis_store_open (const char *path, GError **error)
{
  g_autoptr(RubisStore) self = g_new0 (RubisStore, 1);
  gint64 version = 0;

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  if (!inspect (path, &version, error) || !take_lock (self, error) || !open_writer (self, error))
    return NULL;
  if (version < SCHEMA_VERSION)
    {
      g_autofree char *copy = g_strdup_printf ("%s.v%d.bak", path, (int) version);

      g_unlink (copy);
      if (!rubis_database_backup (self->database, copy, error) || !apply_schema (self->database, (int) version, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
rubis_store_free (RubisStore *self)
{
  if (self->database != NULL)
    {
      rubis_database_exec (self->database, "PRAGMA optimize", NULL);
      g_clear_pointer (&self->database, rubis_database_free);
    }
  g_clear_pointer (&self->lock, rubis_dossier_lock_free);
  g_free (self->path);
  g_free (self);
}

const char *
rubis_store_get_path (RubisStore *self)
{
  return self->path;
}

RubisDatabase *
rubis_store_get_database (RubisStore *self)
{
  return self->database;
}

RubisDatabase *
rubis_store_open_reader (RubisStore *self, GError **error)
{
  g_autoptr(RubisDatabase) reader = rubis_database_open (self->path, RUBIS_DATABASE_READ, error);

  /* Several readers live at once. A large cache of theirs would repeat that of the system, and reading is
   * faster with a small one, which stays in the processor's.
   */
  if (reader == NULL || !rubis_database_exec (reader, "PRAGMA query_only = ON; PRAGMA cache_size = -4096;", error))
    return NULL;
  return g_steal_pointer (&reader);
}

gboolean
rubis_store_begin (RubisStore *self, GError **error)
{
  rubis_dossier_lock_touch (self->lock);
  return rubis_database_begin (self->database, error);
}

gboolean
rubis_store_commit (RubisStore *self, GError **error)
{
  return rubis_database_commit (self->database, error);
}

void
rubis_store_rollback (RubisStore *self)
{
  rubis_database_rollback (self->database);
}

gboolean
rubis_store_transact (RubisStore *self, RubisStoreFunc func, gpointer user_data, GError **error)
{
  if (!rubis_store_begin (self, error))
    return FALSE;
  if (!func (self, user_data, error))
    {
      rubis_store_rollback (self);
      return FALSE;
    }
  return rubis_store_commit (self, error);
}

gboolean
rubis_store_drop_item_indexes (RubisStore *self, GError **error)
{
  return rubis_database_exec (self->database,
                              "DROP INDEX IF EXISTS item_key;"
                              "DROP INDEX IF EXISTS item_open_by_account;"
                              "DROP INDEX IF EXISTS item_open_by_due;"
                              "DROP INDEX IF EXISTS item_open_by_open;"
                              "DROP INDEX IF EXISTS item_by_number;"
                              "DROP INDEX IF EXISTS item_by_number_end;"
                              "DROP INDEX IF EXISTS item_by_order_end;"
                              "DROP INDEX IF EXISTS item_by_total;",
                              error);
}

gboolean
rubis_store_make_item_indexes (RubisStore *self, GError **error)
{
  return run_schema_file (self->database, "item-indexes.sql", error);
}
