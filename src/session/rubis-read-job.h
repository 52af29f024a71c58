/* rubis-read-job.h: a search in the dossier that runs beside the window and may be superseded.
 *
 * Private to session, main thread only. It has a reading connection of its own, so that it waits
 * neither for the work that writes nor for other searches.
 */
#pragma once

#include "rubis-session-private.h"

G_BEGIN_DECLS

typedef struct _RubisReadJob RubisReadJob;

/* Runs in a thread, on one moment of the dossier; returns the result or NULL with @error. */
typedef gpointer (*RubisReadFunc) (RubisDatabase *reader, gpointer data, GError **error);
/* Called on the main thread. @result: (transfer full), NULL when it failed. Not called once cancelled. */
typedef void (*RubisReadDone) (gpointer result, gpointer owner);

/* (transfer full) @data (transfer full) is freed with the job. End it with rubis_read_job_end(). */
RubisReadJob *rubis_read_job_start (RubisSession *session, RubisReadFunc func, gpointer data,
                                    GDestroyNotify destroy_data, GDestroyNotify destroy_result, RubisReadDone done,
                                    gpointer owner);
/* Stops it if it still runs, and lets go of it: @done is not called any more. */
void rubis_read_job_end (RubisReadJob *self);

G_END_DECLS
