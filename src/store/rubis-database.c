#include "rubis-database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

struct _RubisDatabase {
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned) SQL text -> (owned) RubisStatement */
};

/* Parameters that a statement may have: $1 to $31. */
#define MAX_PARAMETERS 48

struct _RubisStatement {
  RubisDatabase *database; /* (unowned) */
  sqlite3_stmt *handle;    /* (owned) */
  int n_values;            /* highest number of a parameter */
  guint8 index[MAX_PARAMETERS]; /* by number: SQLite's index of the parameter, 0 when it is not used */
};

G_DEFINE_QUARK (rubis-database-error-quark, rubis_database_error)

static void
set_error (RubisDatabase *self, GError **error)
{
  const char *detail = sqlite3_errmsg (self->handle);

  switch (sqlite3_extended_errcode (self->handle) & 0xff)
    {
    case SQLITE_FULL:
      g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_FULL,
                   _("The disk is full: nothing was saved. Free some space and try again."));
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_READ_ONLY,
                   _("The file or its folder is read-only: nothing was saved. Copy it where you may write."));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_BUSY,
                   _("Another program is using the file: close it and try again."));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_DAMAGED, _("The file is damaged (%s)."), detail);
      break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_IO,
                   _("Reading or writing the file failed (%s): nothing was saved."), detail);
      break;
    case SQLITE_INTERRUPT:
      g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_CANCELLED, _("Cancelled"));
      break;
    case SQLITE_CONSTRAINT:
      g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_CONSTRAINT, "%s", detail);
      break;
    default:
      g_set_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_SQL, "%s", detail);
      break;
    }
}

/* Made here and not by SQLite, so that nobody else can read it even for a moment. */
static gboolean
create_private_file (const char *path, GError **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  int saved_errno = errno;
  g_autofree char *name = NULL;

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  name = g_filename_display_name (path);
  if (saved_errno == EEXIST)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” already exists: choose another name."), name);
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), _("“%s” could not be created: %s"), name,
                 g_strerror (saved_errno));
  return FALSE;
}

RubisDatabase *
rubis_database_open (const char *path, RubisDatabaseMode mode, GError **error)
{
  g_autoptr(RubisDatabase) self = g_new0 (RubisDatabase, 1);
  int flags = SQLITE_OPEN_NOMUTEX | (mode == RUBIS_DATABASE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);

  g_return_val_if_fail (path != NULL, NULL);

  if (mode == RUBIS_DATABASE_CREATE && !create_private_file (path, error))
    return NULL;

  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL,
                                            (GDestroyNotify) rubis_statement_free);
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, 2000);
  return g_steal_pointer (&self);
}

void
rubis_database_free (RubisDatabase *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

gboolean
rubis_database_exec (RubisDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (self, error);
  return FALSE;
}

gboolean
rubis_database_query_int (RubisDatabase *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr(RubisStatement) statement = rubis_database_prepare (self, sql, error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *value = rubis_statement_int (statement, 0);
  return row != RUBIS_STEP_ERROR;
}

gint64
rubis_database_last_id (RubisDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

gint64
rubis_database_n_changes (RubisDatabase *self)
{
  return sqlite3_changes64 (self->handle);
}

void
rubis_database_interrupt (RubisDatabase *self)
{
  sqlite3_interrupt (self->handle);
}

gboolean
rubis_database_begin (RubisDatabase *self, GError **error)
{
  return rubis_database_exec (self, "BEGIN IMMEDIATE", error);
}

/* A statement left in the middle of its rows would keep its snapshot open, and the log from being
 * written back.
 */
static void
reset_statements (RubisDatabase *self)
{
  GHashTableIter iter;
  gpointer statement;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    rubis_statement_reset (statement);
}

gboolean
rubis_database_commit (RubisDatabase *self, GError **error)
{
  reset_statements (self);
  if (rubis_database_exec (self, "COMMIT", error))
    return TRUE;
  rubis_database_rollback (self);
  return FALSE;
}

void
rubis_database_rollback (RubisDatabase *self)
{
  reset_statements (self);
  /* Some failures have already ended the transaction. */
  if (rubis_database_in_transaction (self))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
rubis_database_begin_read (RubisDatabase *self, GError **error)
{
  return rubis_database_exec (self, "BEGIN", error);
}

void
rubis_database_end_read (RubisDatabase *self)
{
  rubis_database_rollback (self);
}

gboolean
rubis_database_in_transaction (RubisDatabase *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

gboolean
rubis_database_backup (RubisDatabase *self, const char *path, GError **error)
{
  g_autoptr(RubisDatabase) copy = rubis_database_open (path, RUBIS_DATABASE_CREATE, error);
  sqlite3_backup *backup;
  int result;

  if (copy == NULL)
    return FALSE;
  backup = sqlite3_backup_init (copy->handle, "main", self->handle, "main");
  if (backup == NULL)
    {
      set_error (copy, error);
      return FALSE;
    }
  result = sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  if (result == SQLITE_DONE)
    return TRUE;
  set_error (copy, error);
  g_unlink (path);
  return FALSE;
}

/* To SQLite "$2" is a name like any other: parameters get their index in the order in which they occur. */
static void
number_parameters (RubisStatement *self)
{
  int n_parameters = sqlite3_bind_parameter_count (self->handle);

  for (int i = 1; i <= n_parameters; i++)
    {
      const char *name = sqlite3_bind_parameter_name (self->handle, i);
      gint64 number = name != NULL ? g_ascii_strtoll (name + 1, NULL, 10) : 0;

      g_assert (number >= 1 && number < MAX_PARAMETERS);
      self->index[number] = (guint8) i;
      self->n_values = MAX (self->n_values, (int) number);
    }
}

RubisStatement *
rubis_database_prepare (RubisDatabase *self, const char *sql, GError **error)
{
  RubisStatement *statement;
  sqlite3_stmt *handle = NULL;

  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL) != SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }
  statement = g_new0 (RubisStatement, 1);
  statement->database = self;
  statement->handle = handle;
  number_parameters (statement);
  return statement;
}

RubisStatement *
rubis_database_get (RubisDatabase *self, const char *sql, GError **error)
{
  RubisStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      statement = rubis_database_prepare (self, sql, error);
      if (statement == NULL)
        return NULL;
      g_hash_table_insert (self->statements, (gpointer) sql, statement);
    }
  rubis_statement_reset (statement);
  return statement;
}

void
rubis_statement_free (RubisStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

void
rubis_statement_reset (RubisStatement *self)
{
  sqlite3_reset (self->handle);
}

/* Index 0 is no parameter: SQLite refuses it, the value is passed over. */
static void
bind_one (sqlite3_stmt *handle, int index, char type, va_list *values)
{
  switch (type)
    {
    case 'i':
      sqlite3_bind_int64 (handle, index, va_arg (*values, gint64));
      break;
    case 'n':
      sqlite3_bind_int (handle, index, va_arg (*values, int));
      break;
    case 'z':
      {
        int value = va_arg (*values, int);

        if (value == 0)
          sqlite3_bind_null (handle, index);
        else
          sqlite3_bind_int (handle, index, value);
        break;
      }
    case 't':
      sqlite3_bind_text (handle, index, va_arg (*values, const char *), -1, SQLITE_TRANSIENT);
      break;
    case 's':
      sqlite3_bind_text (handle, index, va_arg (*values, const char *), -1, SQLITE_STATIC);
      break;
    case 'd':
      {
        RubisDate date = va_arg (*values, RubisDate);

        if (date == RUBIS_DATE_NONE)
          sqlite3_bind_null (handle, index);
        else
          sqlite3_bind_int (handle, index, date);
        break;
      }
    case 'b':
      {
        GBytes *bytes = va_arg (*values, GBytes *);

        if (bytes == NULL)
          sqlite3_bind_null (handle, index);
        else
          sqlite3_bind_blob64 (handle, index, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), SQLITE_STATIC);
        break;
      }
    default:
      g_assert_not_reached ();
    }
}

void
rubis_statement_bind (RubisStatement *self, const char *types, ...)
{
  va_list values;

  g_assert (strlen (types) >= (gsize) self->n_values && strlen (types) < MAX_PARAMETERS);

  va_start (values, types);
  for (int i = 0; types[i] != '\0'; i++)
    bind_one (self->handle, self->index[i + 1], types[i], &values);
  va_end (values);
}

RubisRow
rubis_statement_step (RubisStatement *self, GError **error)
{
  int result = sqlite3_step (self->handle);

  if (result == SQLITE_ROW)
    return RUBIS_STEP_ROW;
  if (result == SQLITE_DONE)
    {
      sqlite3_reset (self->handle);
      return RUBIS_STEP_DONE;
    }
  set_error (self->database, error);
  sqlite3_reset (self->handle);
  return RUBIS_STEP_ERROR;
}

gboolean
rubis_statement_run (RubisStatement *self, GError **error)
{
  RubisRow row;

  do
    row = rubis_statement_step (self, error);
  while (row == RUBIS_STEP_ROW);
  return row == RUBIS_STEP_DONE;
}

gint64
rubis_statement_int (RubisStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

double
rubis_statement_double (RubisStatement *self, int column)
{
  return sqlite3_column_double (self->handle, column);
}

const char *
rubis_statement_text (RubisStatement *self, int column)
{
  const char *text = (const char *) sqlite3_column_text (self->handle, column);

  return text != NULL ? text : "";
}

gboolean
rubis_statement_is_null (RubisStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

RubisDate
rubis_statement_date (RubisStatement *self, int column)
{
  if (rubis_statement_is_null (self, column))
    return RUBIS_DATE_NONE;
  return (RubisDate) CLAMP (sqlite3_column_int64 (self->handle, column), RUBIS_DATE_MIN, RUBIS_DATE_MAX);
}

GBytes *
rubis_statement_blob (RubisStatement *self, int column)
{
  const void *data = sqlite3_column_blob (self->handle, column);
  int size = sqlite3_column_bytes (self->handle, column);

  if (rubis_statement_is_null (self, column))
    return NULL;
  return g_bytes_new (data, (gsize) size);
}
