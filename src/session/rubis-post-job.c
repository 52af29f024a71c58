#include "rubis-post-job.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-files.h"
#include "rubis-agenda-recheck.h"
#include "rubis-post-private.h"
#include "rubis-store-registered.h"

void
rubis_post_job_free (RubisPostJob *self)
{
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_array_unref (self->document_ids);
  g_ptr_array_unref (self->left_out);
  g_free (self);
}

void
rubis_print_job_free (RubisPrintJob *self)
{
  g_free (self->at);
  g_free (self->printer);
  g_free (self->state);
  g_free (self);
}

gboolean
rubis_post_is_at_printer (const RubisPostRecord *record)
{
  return record->to_post && g_str_equal (record->job_state, "sent");
}

gboolean
rubis_post_may_be_stale (const RubisPostRecord *record)
{
  return record->outbox_id != 0 && (record->to_post || g_str_equal (record->outbox_state, "queued"));
}

gboolean
rubis_post_recheck (RubisSession *session, RubisDatabase *db, const RubisPostRecord *record, char **why,
                    GError **error)
{
  RubisOutboxRecord *queued = rubis_store_load_outbox (db, record->outbox_id, error);
  gboolean done;

  *why = NULL;
  if (queued == NULL)
    return FALSE;
  done = rubis_agenda_recheck (session, db, queued, why, error);
  rubis_outbox_record_free (queued);
  return done;
}

/* --- joining --- */

static GError *
no_document_error (void)
{
  return g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such document."));
}

/* NULL and @error also when there is none. */
static RubisDocumentRecord *
load_document (RubisDatabase *db, gint64 id, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  RubisDocumentRecord *document = rubis_store_load_document (db, id, &load_error);

  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (document == NULL)
    g_propagate_error (error, no_document_error ());
  return document;
}

/* Why a letter does not leave by now; "" when it does. */
static gboolean
judge_again (RubisSession *session, RubisDatabase *db, gboolean held, RubisPostLetter *letter, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisPostRecord) record = rubis_store_load_post (db, letter->document_id, &load_error);
  char *why = NULL;

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (record == NULL)
    why = g_strdup (_ ("It was called off."));
  else if (rubis_post_is_at_printer (record))
    why = g_strdup_printf (_ ("It went to the printer: say first how job %d came out."), (int)record->job_id);
  else if (rubis_post_may_be_stale (record))
    {
      if (held)
        why = g_strdup (_ ("Dunning is held back today."));
      else if (!rubis_post_recheck (session, db, record, &why, error))
        return FALSE;
    }
  g_free (letter->refused);
  letter->refused = why != NULL ? why : g_strdup ("");
  return TRUE;
}

static gboolean
add_letter (RubisPostJob *job, RubisDatabase *db, RubisAgendaFiles *files, const RubisPostLetter *letter,
            GError **error)
{
  g_autoptr (RubisDocumentRecord) document = load_document (db, letter->document_id, error);
  guint n_pages = 0;

  if (document == NULL
      || !rubis_agenda_files_append_pdf (files, document->content, job->duplex, &n_pages, error))
    return FALSE;
  g_array_append_val (job->document_ids, letter->document_id);
  job->n_letters++;
  job->n_pages += (int)n_pages;
  job->n_sheets += rubis_postage_count_sheets ((int)n_pages, job->duplex);
  job->postage += letter->postage.price;
  return TRUE;
}

static gboolean
add_letters (RubisSession *session, RubisDatabase *db, RubisPostJob *job, RubisAgendaFiles *files,
             GPtrArray *letters, RubisProgress *progress, GError **error)
{
  gboolean held = FALSE;

  if (!rubis_agenda_is_held (session, db, &held, error))
    return FALSE;
  for (guint i = 0; i < letters->len; i++)
    {
      RubisPostLetter *letter = g_ptr_array_index (letters, i);

      if (progress != NULL && g_cancellable_set_error_if_cancelled (progress->cancellable, error))
        return FALSE;
      if (!judge_again (session, db, held, letter, error))
        return FALSE;
      if (*letter->refused != '\0')
        g_ptr_array_add (job->left_out, g_object_ref (letter));
      else if (!add_letter (job, db, files, letter, error))
        return FALSE;
      if (progress != NULL && progress->func != NULL)
        progress->func ((double)(i + 1) / letters->len, NULL, progress->user_data);
    }
  if (job->n_letters > 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no letter to print."));
  return FALSE;
}

RubisPostJob *
rubis_session_join_post (RubisSession *self, GPtrArray *letters, gboolean duplex, RubisProgress *progress,
                         GError **error)
{
  g_autoptr (RubisPostJob) job = g_new0 (RubisPostJob, 1);
  g_autoptr(RubisAgendaFiles) files = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && letters != NULL, NULL);

  job->duplex = duplex;
  job->document_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  job->left_out = g_ptr_array_new_with_free_func (g_object_unref);
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  files = rubis_agenda_files_new_temporary (self, _("Letters of the day"), error);
  if (files != NULL && add_letters (self, db, job, files, letters, progress, error))
    job->pdf = rubis_agenda_files_finish_bytes (files, error);
  rubis_session_return_reader (self, db);
  return job->pdf != NULL ? g_steal_pointer (&job) : NULL;
}

static gboolean
contains_id (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return TRUE;
    }
  return FALSE;
}

RubisPostJob *
rubis_session_join_documents (RubisSession *self, GArray *document_ids, gboolean duplex,
                              RubisProgress *progress, GError **error)
{
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (GPtrArray) letters = g_ptr_array_new ();

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && document_ids != NULL, NULL);

  batch = rubis_session_load_post (self, RUBIS_DATE_NONE, duplex, NULL, error);
  if (batch == NULL)
    return NULL;
  for (guint i = 0; i < batch->letters->len; i++)
    {
      RubisPostLetter *letter = g_ptr_array_index (batch->letters, i);

      if (contains_id (document_ids, letter->document_id))
        g_ptr_array_add (letters, letter);
    }
  return rubis_session_join_post (self, letters, duplex, progress, error);
}

/* --- the printer --- */

/* What one transaction of this file is about. */
typedef struct
{
  RubisSession *session;
  const RubisPostJob *job;     /* beginning */
  RubisPrintJobRecord *record; /* beginning: (unowned) */
  gint64 job_id;               /* ending */
  gboolean printed;            /* ending */
} PrintEdit;

/* Runs @func in a transaction on the dossier. */
static gboolean
transact (RubisSession *session, RubisStoreFunc func, PrintEdit *edit, GError **error)
{
  RubisStore *store = rubis_session_lock (session);
  gboolean done = FALSE;

  edit->session = session;
  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, func, edit, error);
  /* What was called off gave its items back their levels. */
  if (done && edit->job != NULL && edit->job->left_out->len > 0)
    rubis_session_forget_edits (session);
  rubis_session_unlock (session);
  rubis_session_mark_changed (session);
  return done;
}

/* A letter that is no longer owed does not wait any longer; one that is held back, or that lies in a printer,
 * does. What was saved as a file before may have left: it counts as sent, but is not printed again. */
static gboolean
call_off (RubisSession *session, RubisDatabase *db, const RubisPostLetter *letter, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisPostRecord) record = rubis_store_load_post (db, letter->document_id, &load_error);
  g_autofree char *why = NULL;
  RubisOutboxRecord *queued;
  gboolean done;

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (record == NULL || rubis_post_is_at_printer (record) || !rubis_post_may_be_stale (record))
    return TRUE;
  queued = rubis_store_load_outbox (db, record->outbox_id, error);
  if (queued == NULL)
    return FALSE;
  done = rubis_agenda_recheck (session, db, queued, &why, error);
  if (done && why != NULL)
    done = g_str_equal (record->outbox_state, "queued")
               ? rubis_agenda_call_off (session, db, queued, why, error)
               : rubis_store_set_to_post (db, record->document_id, FALSE, error);
  rubis_outbox_record_free (queued);
  return done;
}

static gboolean
begin_job (RubisStore *store, gpointer user_data, GError **error)
{
  PrintEdit *edit = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  gboolean held = FALSE;

  if (!rubis_agenda_is_held (edit->session, db, &held, error))
    return FALSE;
  for (guint i = 0; !held && i < edit->job->left_out->len; i++)
    {
      if (!call_off (edit->session, db, g_ptr_array_index (edit->job->left_out, i), error))
        return FALSE;
    }
  return rubis_store_insert_print_job (db, edit->record, edit->job->document_ids, error);
}

gint64
rubis_session_begin_print_job (RubisSession *self, const RubisPostJob *job, const char *printer, int copies,
                               GError **error)
{
  g_autofree char *now = rubis_session_now ();
  RubisPrintJobRecord record
      = { .at = now, .printer = (char *)printer, .copies = MAX (copies, 1), .state = (char *)"sent" };
  PrintEdit edit = { .job = job, .record = &record };

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && job != NULL && printer != NULL, 0);

  record.date = rubis_session_get_today (self);
  record.duplex = job->duplex;
  record.n_letters = job->n_letters;
  record.n_pages = job->n_pages;
  record.n_sheets = job->n_sheets;
  record.postage = job->postage;
  return transact (self, begin_job, &edit, error) ? record.id : 0;
}

static char *
describe (const RubisPrintJobRecord *job, gboolean printed)
{
  g_autofree char *letters
      = g_strdup_printf (ngettext ("%d letter", "%d letters", (gulong)job->n_letters), job->n_letters);
  g_autofree char *pages
      = g_strdup_printf (ngettext ("%d page", "%d pages", (gulong)job->n_pages), job->n_pages);

  if (printed)
    /* Translators: the journal: number of letters, number of pages, printer or file. */
    return g_strdup_printf (_ ("Printed: %s, %s, %s"), letters, pages, job->printer);
  return g_strdup_printf (_ ("Not printed: %s, %s, %s"), letters, pages, job->printer);
}

/* The letter left by the printer. */
static gboolean
mark_printed (RubisSession *session, RubisDatabase *db, gint64 document_id, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisPostRecord) record = rubis_store_load_post (db, document_id, &load_error);

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  if (g_str_equal (record->outbox_state, "queued")
      && !rubis_store_set_outbox_state (db, record->outbox_id, "sent", rubis_session_get_today (session),
                                        error))
    return FALSE;
  return rubis_store_set_to_post (db, document_id, FALSE, error)
         && rubis_store_print_registered (db, document_id, rubis_session_get_today (session), error);
}

static gboolean
end_job (RubisStore *store, gpointer user_data, GError **error)
{
  PrintEdit *edit = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisPrintJobRecord) job = rubis_store_load_print_job (db, edit->job_id, &load_error);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (RubisEventRecord) event = NULL;
  g_autofree char *summary = NULL;

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (job == NULL || !g_str_equal (job->state, "sent"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("There is no print job that waits for an answer."));
      return FALSE;
    }
  ids = rubis_store_list_print_job_documents (db, job->id, error);
  if (ids == NULL
      || !rubis_store_set_print_job_state (db, job->id, edit->printed ? "printed" : "failed", error))
    return FALSE;
  for (guint i = 0; edit->printed && i < ids->len; i++)
    {
      if (!mark_printed (edit->session, db, g_array_index (ids, gint64, i), error))
        return FALSE;
    }
  summary = describe (job, edit->printed);
  event = rubis_session_new_event (edit->session, "print", 0, summary, NULL);
  return rubis_store_append_event (db, event, error);
}

gboolean
rubis_session_end_print_job (RubisSession *self, gint64 job_id, gboolean printed, GError **error)
{
  PrintEdit edit = { .job_id = job_id, .printed = printed };

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  return transact (self, end_job, &edit, error);
}

gboolean
rubis_session_count_at_printer (RubisSession *self, guint *n_letters, GError **error)
{
  RubisDatabase *db;
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && n_letters != NULL, FALSE);

  *n_letters = 0;
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  records = rubis_store_list_post (db, RUBIS_DATE_NONE, error);
  rubis_session_return_reader (self, db);
  for (guint i = 0; records != NULL && i < records->len; i++)
    *n_letters += rubis_post_is_at_printer (g_ptr_array_index (records, i)) ? 1 : 0;
  return records != NULL;
}

GPtrArray *
rubis_session_list_print_jobs (RubisSession *self, int limit, GError **error)
{
  RubisDatabase *db;
  g_autoptr (GPtrArray) records = NULL;
  GPtrArray *jobs;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  records = rubis_store_list_print_jobs (db, limit, error);
  rubis_session_return_reader (self, db);
  if (records == NULL)
    return NULL;
  jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_print_job_free);
  for (guint i = 0; i < records->len; i++)
    {
      RubisPrintJobRecord *record = g_ptr_array_index (records, i);
      RubisPrintJob *job = g_new0 (RubisPrintJob, 1);

      job->id = record->id;
      job->at = g_steal_pointer (&record->at);
      job->date = record->date;
      job->printer = g_steal_pointer (&record->printer);
      job->duplex = record->duplex;
      job->copies = record->copies;
      job->n_letters = record->n_letters;
      job->n_pages = record->n_pages;
      job->n_sheets = record->n_sheets;
      job->postage = record->postage;
      job->state = g_steal_pointer (&record->state);
      g_ptr_array_add (jobs, job);
    }
  return jobs;
}

/* --- once more --- */

static gboolean
note_reprint (RubisSession *session, gint64 account_id, const char *summary, GError **error)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr (RubisEventRecord) event = NULL;
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else if (rubis_store_begin (store, error))
    {
      event = rubis_session_new_event (session, "reprint", account_id, summary, NULL);
      done = rubis_store_append_event (rubis_store_get_database (store), event, error);
      if (done)
        done = rubis_store_commit (store, error);
      else
        rubis_store_rollback (store);
    }
  rubis_session_unlock (session);
  rubis_session_mark_changed (session);
  return done;
}

GBytes *
rubis_session_reprint_document (RubisSession *self, gint64 document_id, char **file_name, GError **error)
{
  RubisDatabase *db;
  g_autoptr (RubisDocumentRecord) document = NULL;
  g_autofree char *summary = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  document = load_document (db, document_id, error);
  rubis_session_return_reader (self, db);
  if (document == NULL)
    return NULL;
  /* Translators: the journal: the subject of a document that was printed once more. */
  summary = g_strdup_printf (_ ("Printed again: %s"), document->subject);
  if (!note_reprint (self, document->account_id, summary, error))
    return NULL;
  if (file_name != NULL)
    *file_name = g_strdup (document->file_name);
  return g_bytes_ref (document->content);
}

static GBytes *
join_job (RubisSession *session, RubisDatabase *db, const RubisPrintJobRecord *job, GError **error)
{
  g_autoptr (GArray) ids = rubis_store_list_print_job_documents (db, job->id, error);
  g_autoptr(RubisAgendaFiles) files
    = ids != NULL ? rubis_agenda_files_new_temporary (session, _("Letters of the day"), error) : NULL;
  gboolean done = files != NULL;

  for (guint i = 0; done && i < ids->len; i++)
    {
      g_autoptr (RubisDocumentRecord) document = load_document (db, g_array_index (ids, gint64, i), error);

      done = document != NULL
             && rubis_agenda_files_append_pdf (files, document->content, job->duplex, NULL, error);
    }
  return done ? rubis_agenda_files_finish_bytes (files, error) : NULL;
}

GBytes *
rubis_session_reprint_job (RubisSession *self, gint64 job_id, GError **error)
{
  RubisDatabase *db;
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisPrintJobRecord) job = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *summary = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  job = rubis_store_load_print_job (db, job_id, &load_error);
  if (job != NULL)
    pdf = join_job (self, db, job, error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (job == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no print job %d."), (int)job_id);
  if (pdf == NULL)
    return NULL;
  summary = g_strdup_printf (_ ("Print job %d printed again"), (int)job_id);
  return note_reprint (self, 0, summary, error) ? g_steal_pointer (&pdf) : NULL;
}
