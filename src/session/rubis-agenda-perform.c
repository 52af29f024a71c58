/* Doing the day's actions: previewing, and sending through the outbox. */
#include "rubis-agenda-private.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-agenda-files.h"
#include "rubis-format.h"
#include "rubis-letter-writer.h"
#include "rubis-notice-private.h"
#include "rubis-registered-private.h"
#include "rubis-store-post.h"

/* Steps from this rank on carry the statement with the email. */
#define STATEMENT_FROM_RANK 2

void
rubis_action_preview_free (RubisActionPreview *self)
{
  g_free (self->subject);
  g_free (self->recipient);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->text);
  g_free (self->html);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->missing);
  g_free (self);
}

static RubisActionPreview *
preview_new (RubisChannel channel)
{
  RubisActionPreview *preview = g_new0 (RubisActionPreview, 1);

  preview->channel = channel;
  preview->text = g_strdup ("");
  preview->warnings = g_ptr_array_new_with_free_func (g_free);
  preview->missing = g_ptr_array_new_with_free_func (g_free);
  return preview;
}

static void
run_entry_free (gpointer data)
{
  RubisRunEntry *entry = data;

  g_free (entry->account_code);
  g_free (entry->step_name);
  g_free (entry->file);
  g_ptr_array_unref (entry->numbers);
  g_free (entry);
}

void
rubis_run_report_free (RubisRunReport *self)
{
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->refused);
  g_free (self->joined_file);
  g_free (self);
}

gboolean
rubis_channel_is_letter (RubisChannel channel)
{
  return channel == RUBIS_CHANNEL_LETTER || channel == RUBIS_CHANNEL_REGISTERED;
}

/* The step of an action in its policy. (unowned) of @library */
static const RubisStep *
find_step (RubisLibrary *library, const RubisActionRow *action)
{
  return rubis_policy_get_step_by_rank (rubis_library_get_policy (library, action->policy_id), action->rank);
}

static RubisFilledDocument *
fill_action (RubisSession *self, RubisDatabase *db, RubisLibrary *library, const RubisActionRow *action, GError **error)
{
  RubisDocumentRequest request = {
    .account_id = action->account_id,
    .currency = action->currency,
    .template_id = action->template_id,
    .step = find_step (library, action),
    .item_ids = action->item_ids,
    .registered_number = action->registered_number,
  };

  return rubis_agenda_fill_document (self, db, &request, error);
}

static GBytes *
write_statement_in (RubisSession *self, RubisDatabase *db, gint64 account_id, RubisLetterWriter *writer, GError **error)
{
  RubisDocumentRequest request = { .account_id = account_id, .template_id = "releve" };
  g_autoptr(RubisFilledDocument) filled = rubis_agenda_fill_document (self, db, &request, error);
  g_autoptr(RubisLetterhead) letterhead = NULL;

  if (filled == NULL)
    return NULL;
  letterhead = rubis_agenda_make_letterhead (self, filled->language, error);
  return letterhead != NULL
           ? rubis_letter_writer_write (writer, filled->document, letterhead, NULL, NULL, error)
           : NULL;
}

/* Whether the email of an action carries the statement. */
static gboolean
carries_statement (const RubisActionRow *action)
{
  return action->channel == RUBIS_CHANNEL_EMAIL && action->rank >= STATEMENT_FROM_RANK;
}

static RubisActionPreview *
preview_filled (RubisSession *self, RubisDatabase *db, const RubisActionRow *action, RubisFilledDocument *filled,
                GError **error)
{
  g_autoptr(RubisActionPreview) preview = preview_new (action->channel);
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  guint n_pages = 0;

  preview->subject = g_strdup (rubis_document_get_subject (filled->document));
  g_ptr_array_unref (preview->missing);
  preview->missing = g_ptr_array_ref (filled->missing);
  if (rubis_channel_is_letter (action->channel))
    {
      g_autoptr(RubisLetterhead) letterhead = rubis_agenda_make_letterhead (self, filled->language, error);

      preview->recipient = g_strdup (filled->account->name);
      if (letterhead == NULL)
        return NULL;
      preview->pdf = rubis_letter_writer_write (writer, filled->document, letterhead, NULL, &n_pages, error);
      preview->n_pages = (int) n_pages;
      return preview->pdf != NULL ? g_steal_pointer (&preview) : NULL;
    }
  preview->recipient = g_strdup (action->channel == RUBIS_CHANNEL_CALL ? filled->phone : filled->email);
  g_free (preview->text);
  preview->text = rubis_document_to_text (filled->document, 76);
  if (action->channel == RUBIS_CHANNEL_EMAIL)
    {
      g_autoptr(RubisCompany) company = rubis_session_dup_company (self);

      preview->html = rubis_document_to_html (filled->document, rubis_agenda_parse_accent (company->accent));
      if (carries_statement (action))
        {
          preview->pdf = write_statement_in (self, db, action->account_id, writer, error);
          if (preview->pdf == NULL)
            return NULL;
        }
    }
  return g_steal_pointer (&preview);
}

RubisActionPreview *
rubis_session_preview_action (RubisSession *self, RubisActionRow *action, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(RubisLibrary) library = NULL;
  RubisActionPreview *preview = NULL;

  if (db == NULL)
    return NULL;
  library = rubis_session_get_library (self);
  if (action->template_id[0] == '\0')
    {
      preview = preview_new (action->channel);
      preview->subject = g_strdup (action->step_name);
      preview->recipient = g_strdup (action->account_name);
    }
  else
    {
      g_autoptr(RubisFilledDocument) filled = fill_action (self, db, library, action, error);

      if (filled != NULL)
        preview = preview_filled (self, db, action, filled, error);
    }
  rubis_session_return_reader (self, db);
  return preview;
}

GBytes *
rubis_session_join_letters (RubisSession *self, GPtrArray *actions, RubisProgress *progress, int *n_letters,
                            GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "rubis-XXXXXX.pdf", NULL);
  int fd = g_mkstemp (path);
  RubisDatabase *db;
  g_autoptr(RubisAgendaFiles) files = NULL;
  g_autoptr(RubisLibrary) library = rubis_session_get_library (self);
  g_autoptr(GError) held_back = NULL;
  GBytes *joined = NULL;
  char *contents = NULL;
  gsize length = 0;
  int n = 0;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("No temporary file could be made."));
      return NULL;
    }
  g_close (fd, NULL);
  db = rubis_session_take_reader (self, error);
  files = db != NULL && rubis_registered_assign_numbers (db, actions, error)
            ? rubis_agenda_files_new_joined (self, path, error)
            : NULL;
  for (guint i = 0; files != NULL && i < actions->len; i++)
    {
      RubisActionRow *action = g_ptr_array_index (actions, i);
      g_autoptr(RubisFilledDocument) filled = NULL;

      if (!rubis_channel_is_letter (action->channel) || action->state != RUBIS_ACTION_TO_DO)
        continue;
      filled = fill_action (self, db, library, action, error);
      /* What will not be done is not printed either. */
      g_clear_error (&held_back);
      if (filled != NULL && !rubis_notice_may_leave (self, action, filled, &held_back))
        continue;
      if (filled == NULL || !rubis_agenda_files_append (files, filled, error))
        g_clear_pointer (&files, rubis_agenda_files_free);
      n++;
      if (progress != NULL && progress->func != NULL)
        progress->func ((double) (i + 1) / actions->len, NULL, progress->user_data);
    }
  if (files != NULL && n == 0 && held_back != NULL)
    g_propagate_error (error, g_steal_pointer (&held_back));
  else if (files != NULL && n == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no letter to print among the selected actions."));
  else if (files != NULL && rubis_agenda_files_finish (files, error)
           && g_file_get_contents (path, &contents, &length, error))
    joined = g_bytes_new_take (contents, length);
  if (db != NULL)
    rubis_session_return_reader (self, db);
  g_unlink (path);
  if (n_letters != NULL)
    *n_letters = n;
  return joined;
}

/* A run, from begin to commit. */
typedef struct {
  RubisSession *session;
  RubisDatabase *db;
  RubisLibrary *library;       /* (owned) */
  RubisLetterWriter *writer;   /* (owned) */
  GHashTable *current;         /* (owned) key -> (unowned) RubisActionRow of today's agenda */
  GPtrArray *agenda;           /* (owned) */
  RubisRunReport *report;      /* (unowned) */
  const char *note;            /* (nullable) */
  RubisProgress *progress;     /* (nullable) */
} Run;

static void
refuse (Run *run, RubisActionRow *action, const char *why)
{
  g_autoptr(RubisActionRow) refused = rubis_agenda_copy_row (action);

  refused->state = RUBIS_ACTION_REFUSED;
  rubis_action_row_set (refused, error, why);
  g_ptr_array_add (run->report->refused, g_steal_pointer (&refused));
}

static const char *
event_kind (RubisChannel channel)
{
  return rubis_channel_to_id (channel);
}

/* What the journal says: "Relance ferme, 1 234,56 €, 3 items". */
static char *
summarise (const RubisActionRow *action, const char *note)
{
  g_autofree char *amount = rubis_format_amount (action->amount, action->currency, rubis_format_ui_language ());
  g_autofree char *items = g_strdup_printf (ngettext ("%d item", "%d items", (gulong) action->n_items),
                                            action->n_items);

  if (note != NULL && *note != '\0')
    return g_strdup_printf ("%s, %s, %s — %s", action->step_name, amount, items, note);
  return g_strdup_printf ("%s, %s, %s", action->step_name, amount, items);
}

static gint64
journal_action (Run *run, const RubisActionRow *action, GError **error)
{
  g_autofree char *summary = summarise (action, run->note);
  g_autofree char *amount = rubis_money_to_string (action->amount, action->currency);
  g_autofree char *data = g_strdup_printf ("{\"step\":%d,\"channel\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\"}",
                                           action->rank, rubis_channel_to_id (action->channel), amount,
                                           action->currency.code);
  g_autoptr(RubisEventRecord) event = rubis_session_new_event (run->session, event_kind (action->channel),
                                                               action->account_id, summary, data);

  if (!rubis_store_append_event (run->db, event, error))
    return 0;
  for (guint i = 0; i < action->item_ids->len; i++)
    {
      if (!rubis_store_link_event_item (run->db, event->id, g_array_index (action->item_ids, gint64, i),
                                        g_array_index (action->levels, int, i), event->date, error))
        return 0;
    }
  /* The customer does not hear of a decision. */
  if (action->channel != RUBIS_CHANNEL_DECISION
      && !rubis_store_touch_account (run->db, action->account_id, event->date, error))
    return 0;
  return event->id;
}

/* The document of an action, as it leaves; @missing: what a confirmed notice lacks. NULL without error for calls
 * and decisions.
 */
static RubisDocumentRecord *
make_document (Run *run, const RubisActionRow *action, GPtrArray **missing, gboolean *failed, GError **error)
{
  g_autoptr(RubisFilledDocument) filled = NULL;
  RubisDocumentRecord *record = NULL;

  *failed = FALSE;
  if (!rubis_channel_is_letter (action->channel) && action->channel != RUBIS_CHANNEL_EMAIL)
    return NULL;
  filled = fill_action (run->session, run->db, run->library, action, error);
  if (filled != NULL && rubis_notice_may_leave (run->session, action, filled, error))
    {
      g_autoptr(GBytes) statement = NULL;

      *missing = g_ptr_array_ref (filled->missing);
      if (carries_statement (action))
        statement = write_statement_in (run->session, run->db, action->account_id, run->writer, error);
      if (statement != NULL || !carries_statement (action))
        record = rubis_agenda_make_record (run->session, action, filled, run->writer, statement, error);
    }
  *failed = record == NULL;
  return record;
}

static gboolean
store_action (Run *run, const RubisActionRow *action, RubisDocumentRecord *document, GError **error)
{
  gint64 event_id = journal_action (run, action, error);
  RubisOutboxRecord outbox = {
    .key = action->key,
    .account_id = action->account_id,
    .currency = action->currency,
    .rank = action->rank,
    .step_name = action->step_name,
    .channel = (int) action->channel,
    .amount = action->amount,
    .n_items = action->n_items,
    .event_id = event_id,
    /* What has a document still has to leave: a file is written after the commit. */
    .state = (char *) (document != NULL ? "queued" : "sent"),
    .date = rubis_session_get_today (run->session),
  };
  RubisRunEntry *entry;

  if (event_id == 0)
    return FALSE;
  if (document != NULL)
    {
      document->event_id = event_id;
      if (!rubis_store_insert_document (run->db, document, error))
        return FALSE;
      outbox.document_id = document->id;
      if (rubis_channel_is_letter (action->channel) && !rubis_store_set_to_post (run->db, document->id, TRUE, error))
        return FALSE;
      if (action->channel == RUBIS_CHANNEL_REGISTERED
          && !rubis_registered_begin (run->db, document, action->registered_number, find_step (run->library, action),
                                      error))
        return FALSE;
    }
  if (!rubis_store_insert_outbox (run->db, &outbox, error))
    return FALSE;
  entry = g_new0 (RubisRunEntry, 1);
  entry->account_id = action->account_id;
  entry->account_code = g_strdup (action->account_code);
  entry->rank = action->rank;
  entry->step_name = g_strdup (action->step_name);
  entry->channel = action->channel;
  entry->currency = action->currency;
  entry->amount = action->amount;
  entry->n_pages = document != NULL ? document->n_pages : 0;
  entry->document_id = document != NULL ? document->id : 0;
  entry->numbers = g_ptr_array_ref (action->numbers);
  g_ptr_array_add (run->report->done, entry);
  return TRUE;
}

/* FALSE only when the dossier could not be written; what a rule or a missing value forbids is refused. */
static gboolean
perform_one (Run *run, RubisActionRow *action, GError **error)
{
  g_autoptr(RubisDocumentRecord) document = NULL;
  g_autoptr(GPtrArray) missing = NULL;
  g_autoptr(GError) document_error = NULL;
  RubisActionRow *now = g_hash_table_lookup (run->current, action->key);
  gboolean sent = FALSE;
  gboolean failed;

  if (!rubis_store_outbox_has (run->db, action->key, &sent, error))
    return FALSE;
  if (sent)
    {
      refuse (run, action, _("This was already done."));
      return TRUE;
    }
  if (now == NULL || now->amount != action->amount)
    {
      refuse (run, action, _("The facts have changed since this was proposed: look at the new proposal."));
      return TRUE;
    }
  rubis_action_row_set (now, registered_number, action->registered_number);
  document = make_document (run, now, &missing, &failed, &document_error);
  if (failed)
    {
      refuse (run, action, document_error->message);
      return TRUE;
    }
  return rubis_notice_journal (run->session, run->db, now, missing, error) && store_action (run, now, document, error);
}

static gboolean
load_current (Run *run, GError **error)
{
  run->agenda = rubis_agenda_compute_in (run->session, run->db, NULL, error);
  if (run->agenda == NULL)
    return FALSE;
  for (guint i = 0; i < run->agenda->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (run->agenda, i);

      if (row->state == RUBIS_ACTION_TO_DO)
        g_hash_table_insert (run->current, row->key, row);
    }
  return TRUE;
}

static gboolean
perform_all (Run *run, GPtrArray *actions, GError **error)
{
  if (!load_current (run, error) || !rubis_registered_assign_numbers (run->db, actions, error))
    return FALSE;
  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = g_ptr_array_index (actions, i);

      if (run->progress != NULL && g_cancellable_set_error_if_cancelled (run->progress->cancellable, error))
        return FALSE;
      if (action->state == RUBIS_ACTION_REFUSED)
        g_ptr_array_add (run->report->refused, g_object_ref (action));
      else if (action->state == RUBIS_ACTION_TO_DO && !perform_one (run, action, error))
        return FALSE;
      if (run->progress != NULL && run->progress->func != NULL)
        run->progress->func ((double) (i + 1) / actions->len, NULL, run->progress->user_data);
    }
  return TRUE;
}

RubisRunReport *
rubis_session_perform (RubisSession *self, GPtrArray *actions, const char *folder, const char *note,
                       RubisProgress *progress, GError **error)
{
  const RubisRunOptions options = { .folder = folder, .note = note };

  return rubis_session_perform_with (self, actions, &options, progress, error);
}

RubisRunReport *
rubis_session_perform_with (RubisSession *self, GPtrArray *actions, const RubisRunOptions *options,
                            RubisProgress *progress, GError **error)
{
  g_autoptr(RubisRunReport) report = g_new0 (RubisRunReport, 1);
  RubisStore *store = rubis_session_lock (self);
  Run run = { .session = self, .report = report, .note = options->note, .progress = progress };
  gboolean ok = FALSE;

  report->done = g_ptr_array_new_with_free_func (run_entry_free);
  report->refused = g_ptr_array_new_with_free_func (g_object_unref);
  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The dossier is closed."));
  else if (rubis_store_begin (store, error))
    {
      run.db = rubis_store_get_database (store);
      run.library = rubis_session_get_library (self);
      run.writer = rubis_letter_writer_new ();
      run.current = g_hash_table_new (g_str_hash, g_str_equal);
      ok = perform_all (&run, actions, error);
      if (ok)
        ok = rubis_store_commit (store, error);
      else
        rubis_store_rollback (store);
      g_clear_pointer (&run.current, g_hash_table_unref);
      g_clear_pointer (&run.agenda, g_ptr_array_unref);
      g_clear_pointer (&run.writer, rubis_letter_writer_free);
      g_clear_pointer (&run.library, rubis_library_unref);
      if (ok)
        {
          rubis_session_forget_edits (self);
          ok = rubis_agenda_deliver (self, store, options, report, error);
        }
    }
  rubis_session_unlock (self);
  rubis_session_mark_changed (self);
  return ok ? g_steal_pointer (&report) : NULL;
}

GBytes *
rubis_session_load_document (RubisSession *self, gint64 document_id, char **media_type, char **file_name,
                             GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(RubisDocumentRecord) record = NULL;
  g_autoptr(GError) load_error = NULL;

  if (db == NULL)
    return NULL;
  record = rubis_store_load_document (db, document_id, &load_error);
  rubis_session_return_reader (self, db);
  if (record == NULL)
    {
      if (load_error != NULL)
        g_propagate_error (error, g_steal_pointer (&load_error));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no such document."));
      return NULL;
    }
  if (media_type != NULL)
    *media_type = g_strdup (record->media_type);
  if (file_name != NULL)
    *file_name = g_strdup (record->file_name);
  return g_bytes_ref (record->content);
}

GBytes *
rubis_session_write_statement (RubisSession *self, gint64 account_id, GError **error)
{
  return rubis_session_write_letter (self, account_id, "releve", NULL, error);
}

GBytes *
rubis_session_write_letter (RubisSession *self, gint64 account_id, const char *template_id, GArray *item_ids,
                            GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(RubisFilledDocument) filled = NULL;
  g_autoptr(RubisLetterhead) letterhead = NULL;
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisLibrary) library = rubis_session_get_library (self);
  RubisDocumentRequest request = { .account_id = account_id, .template_id = template_id, .item_ids = item_ids };

  if (db == NULL)
    return NULL;
  /* Outside the agenda the template's own step says its deadline and its penalties. */
  request.step = rubis_agenda_find_step_of_template (library, db, account_id, template_id);
  filled = rubis_agenda_fill_document (self, db, &request, error);
  rubis_session_return_reader (self, db);
  if (filled == NULL)
    return NULL;
  letterhead = rubis_agenda_make_letterhead (self, filled->language, error);
  return letterhead != NULL ? rubis_letter_writer_write (writer, filled->document, letterhead, NULL, NULL, error) : NULL;
}
