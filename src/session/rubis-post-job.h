/* rubis-post-job.h: letters on their way to a printer, and copies of what was printed before. */
#pragma once

#include "rubis-post-batch.h"

G_BEGIN_DECLS

/* Letters joined for the printer. */
typedef struct
{
  GBytes *pdf;
  GArray *document_ids; /* (element-type gint64) in the order of the pages */
  gboolean duplex;      /* letters of an odd number of pages have an empty one behind them */
  int n_letters;
  int n_pages; /* without the empty ones */
  int n_sheets;
  gint64 postage;      /* estimate */
  GPtrArray *left_out; /* (element-type RubisPostLetter) refused now: they are not in the PDF */
} RubisPostJob;
void rubis_post_job_free (RubisPostJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPostJob, rubis_post_job_free)

/* Joins @letters (element-type RubisPostLetter), in their order. What waited is judged again: a letter that
 * is no longer owed is left out. Reads only. Errors: G_IO_ERROR_NOT_FOUND when no letter is left. (transfer
 * full)
 */
RubisPostJob *rubis_session_join_post (RubisSession *self, GPtrArray *letters, gboolean duplex,
                                       RubisProgress *progress, GError **error);
/* The same for letters that wait, by their ids (element-type gint64): those that a run has just written. */
RubisPostJob *rubis_session_join_documents (RubisSession *self, GArray *document_ids, gboolean duplex,
                                            RubisProgress *progress, GError **error);
/* Notes, before the printer gets it, that a job is on its way; what is no longer owed is called off. Returns
 * the id of the job, 0 on error. @printer: name of the printer or file.
 */
gint64 rubis_session_begin_print_job (RubisSession *self, const RubisPostJob *job, const char *printer,
                                      int copies, GError **error);
/* Says how the job came out. Printed: its letters have left. Not: they go on waiting. A job that was answered
 * before is refused with G_IO_ERROR_NOT_FOUND.
 */
gboolean rubis_session_end_print_job (RubisSession *self, gint64 job_id, gboolean printed, GError **error);

/* How many letters wait of which nobody said how they came out of the printer. */
gboolean rubis_session_count_at_printer (RubisSession *self, guint *n_letters, GError **error);

/* A job as users read it. */
typedef struct
{
  gint64 id;
  char *at; /* "2026-11-20T08:12:03Z" */
  RubisDate date;
  char *printer;
  gboolean duplex;
  int copies;
  int n_letters;
  int n_pages;
  int n_sheets;
  gint64 postage;
  char *state; /* "sent" (nobody said yet how it came out), "printed", "failed" */
} RubisPrintJob;
void rubis_print_job_free (RubisPrintJob *self);

/* Newest first; @limit 0: all. (transfer full) (element-type RubisPrintJob) */
GPtrArray *rubis_session_list_print_jobs (RubisSession *self, int limit, GError **error);

/* A document as it left, byte for byte, for printing once more: journaled as a reprint, nothing else changes.
 * @file_name: (out) (transfer full) (nullable). Errors: G_IO_ERROR_NOT_FOUND.
 */
GBytes *rubis_session_reprint_document (RubisSession *self, gint64 document_id, char **file_name,
                                        GError **error);
/* The letters of a job once more, in the same order and on the same sheets; journaled as a reprint. */
GBytes *rubis_session_reprint_job (RubisSession *self, gint64 job_id, GError **error);

G_END_DECLS
