/* rubis-session.h: an open dossier and what is done with it.
 *
 * Every use case of the window and of the command line is a function on the session. Functions
 * here are synchronous and may be called from any thread (they take turns on the one writing
 * connection); windows call the long ones through rubis_session_run_async().
 */
#pragma once

#include <gio/gio.h>

#include "rubis-company.h"
#include "rubis-date.h"
#include "rubis-money.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SESSION (rubis_session_get_type ())
G_DECLARE_FINAL_TYPE (RubisSession, rubis_session, RUBIS, SESSION, GObject)

/* Progress of a long work: called from its thread. @fraction: 0 to 1, below 0 when unknown. */
typedef void (*RubisProgressFunc) (double fraction, const char *text, gpointer user_data);

typedef struct {
  RubisProgressFunc func;    /* (nullable) */
  gpointer user_data;
  GCancellable *cancellable; /* (nullable) */
} RubisProgress;

/* Creates a dossier at @path, with the shipped policies and templates, for the company given.
 * Errors: G_IO_ERROR_EXISTS, G_IO_ERROR_* of the file system, in plain words.
 */
RubisSession *rubis_session_create (const char *path, const RubisCompany *company, RubisDate today, GError **error);
/* Opens a dossier. Errors are RUBIS_STORE_ERROR (not a dossier, newer, locked by whom, damaged,
 * read-only) and G_IO_ERROR, in words for the user; nothing was changed then.
 */
RubisSession *rubis_session_open (const char *path, RubisDate today, GError **error);
/* Lets go of the file; later calls fail. Also done by the last unref. */
void rubis_session_close (RubisSession *self);

const char *rubis_session_get_path (RubisSession *self);
RubisDate rubis_session_get_today (RubisSession *self);
/* The window's day changes at midnight. */
void rubis_session_set_today (RubisSession *self, RubisDate today);
RubisCurrency rubis_session_get_currency (RubisSession *self);
/* Own company: a new copy. */
RubisCompany *rubis_session_dup_company (RubisSession *self);

/* What the bottom line of the window says. */
typedef struct {
  RubisDate data_date;      /* day of the last import; NONE: nothing imported yet */
  gint64 n_accounts;
  gint64 n_open_items;
  gint64 n_to_print;        /* letters written and not yet printed */
  gint64 n_outgoing;        /* messages that wait in the outbox, or are leaving */
  gint64 n_unknown;         /* messages of which nobody knows whether they left */
  char *last_import;        /* (nullable) file name of the last import */
} RubisStatus;
RubisStatus *rubis_session_get_status (RubisSession *self, GError **error);
void rubis_status_free (RubisStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisStatus, rubis_status_free)

/* Runs @func in the session's worker thread, one after the other. "changed" is emitted on the main
 * thread when the work changed the dossier. @title is shown in the bottom line while it runs
 * (NULL: not shown). Finish with rubis_session_run_finish(), which returns what @func returned.
 */
typedef gpointer (*RubisWorkFunc) (RubisSession *self, RubisProgress *progress, gpointer data, GError **error);
void rubis_session_run_async (RubisSession *self, const char *title, RubisWorkFunc func, gpointer data,
                              GDestroyNotify destroy_data, GDestroyNotify destroy_result, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gpointer rubis_session_run_finish (RubisSession *self, GAsyncResult *result, GError **error);

/* Properties (main thread): "job-title" (string, nullable: what runs), "job-fraction" (double),
 * "can-undo", "can-redo" (boolean), "undo-label", "redo-label" (string, nullable).
 * Signal "changed": something in the dossier changed.
 */
void rubis_session_cancel_job (RubisSession *self);

/* Undo and redo of the user's edits; the text names what was undone. (transfer full) */
char *rubis_session_undo (RubisSession *self, GError **error);
char *rubis_session_redo (RubisSession *self, GError **error);

G_END_DECLS
