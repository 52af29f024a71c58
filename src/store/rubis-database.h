/* rubis-database.h: one connection to SQLite, and its prepared statements.
 *
 * A connection belongs to one thread at a time. Statements are prepared once and kept with the
 * connection. Every error is a RUBIS_DATABASE_ERROR in plain words.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-date.h"

G_BEGIN_DECLS

#define RUBIS_DATABASE_ERROR (rubis_database_error_quark ())
typedef enum {
  RUBIS_DATABASE_ERROR_SQL,       /* a fault of ours */
  RUBIS_DATABASE_ERROR_DAMAGED,   /* not a database, or its pages do not fit together */
  RUBIS_DATABASE_ERROR_FULL,      /* disk full */
  RUBIS_DATABASE_ERROR_READ_ONLY,
  RUBIS_DATABASE_ERROR_BUSY,      /* another program holds it */
  RUBIS_DATABASE_ERROR_IO,        /* reading or writing failed */
  RUBIS_DATABASE_ERROR_CONSTRAINT,
  RUBIS_DATABASE_ERROR_CANCELLED, /* rubis_database_interrupt() was called */
} RubisDatabaseError;
GQuark rubis_database_error_quark (void);

typedef struct _RubisDatabase RubisDatabase;
typedef struct _RubisStatement RubisStatement;

typedef enum {
  RUBIS_DATABASE_READ,   /* must exist; never written to */
  RUBIS_DATABASE_WRITE,  /* must exist */
  RUBIS_DATABASE_CREATE, /* must not exist; readable by its owner only */
} RubisDatabaseMode;

RubisDatabase *rubis_database_open (const char *path, RubisDatabaseMode mode, GError **error);
void rubis_database_free (RubisDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDatabase, rubis_database_free)

/* Runs one or several statements without results. */
gboolean rubis_database_exec (RubisDatabase *self, const char *sql, GError **error);
/* The first column of the first row as an integer; @value untouched when there is no row. */
gboolean rubis_database_query_int (RubisDatabase *self, const char *sql, gint64 *value, GError **error);
gint64 rubis_database_last_id (RubisDatabase *self);
/* Rows changed by the last statement. */
gint64 rubis_database_n_changes (RubisDatabase *self);
/* Makes a running statement fail with CANCELLED; callable from any thread. */
void rubis_database_interrupt (RubisDatabase *self);

/* Transactions do not nest. A failed commit has rolled back. */
gboolean rubis_database_begin (RubisDatabase *self, GError **error);
gboolean rubis_database_commit (RubisDatabase *self, GError **error);
void rubis_database_rollback (RubisDatabase *self);
gboolean rubis_database_in_transaction (RubisDatabase *self);
/* Between these two, all queries of a reading connection see the dossier of one moment. */
gboolean rubis_database_begin_read (RubisDatabase *self, GError **error);
void rubis_database_end_read (RubisDatabase *self);

/* Copies the whole database, open transactions apart, to a new file. */
gboolean rubis_database_backup (RubisDatabase *self, const char *path, GError **error);

/* The statement for @sql, reset and without values; prepared at the first call and kept (@sql must
 * be a string that lives as long). Borrowed. NULL when it cannot be prepared.
 */
RubisStatement *rubis_database_get (RubisDatabase *self, const char *sql, GError **error);
/* A statement for SQL made at run time; free it with rubis_statement_free(). */
RubisStatement *rubis_database_prepare (RubisDatabase *self, const char *sql, GError **error);
void rubis_statement_free (RubisStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisStatement, rubis_statement_free)

/* Binds $1, $2… one letter each; a number that the statement does not use is passed over.
 * i gint64, n int, t const char * (copied; NULL is stored as NULL), s const char * (not copied: must
 * live until the statement was run), d RubisDate (NONE is NULL), b GBytes * (borrowed until run; NULL
 * is NULL), z int that is stored as NULL when 0.
 */
void rubis_statement_bind (RubisStatement *self, const char *types, ...);

typedef enum {
  RUBIS_STEP_ERROR = -1,
  RUBIS_STEP_DONE = 0,
  RUBIS_STEP_ROW = 1,
} RubisRow;

/* Advances to the next row; reset by DONE and ERROR. */
RubisRow rubis_statement_step (RubisStatement *self, GError **error);
/* Runs a statement without rows. */
gboolean rubis_statement_run (RubisStatement *self, GError **error);
void rubis_statement_reset (RubisStatement *self);

/* Columns of the current row, from 0. Texts are borrowed until the next step; NULL reads as "". */
gint64 rubis_statement_int (RubisStatement *self, int column);
double rubis_statement_double (RubisStatement *self, int column);
const char *rubis_statement_text (RubisStatement *self, int column);
gboolean rubis_statement_is_null (RubisStatement *self, int column);
/* NULL reads as RUBIS_DATE_NONE */
RubisDate rubis_statement_date (RubisStatement *self, int column);
/* (transfer full) (nullable) */
GBytes *rubis_statement_blob (RubisStatement *self, int column);

G_END_DECLS
