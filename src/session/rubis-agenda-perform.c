/* Doing the day's actions: through the outbox. */
#include "rubis-agenda-private.h"


#include <glib/gi18n-lib.h>

#include "rubis-agenda-files.h"
#include "rubis-format.h"
#include "rubis-letter-writer.h"
#include "rubis-notice-private.h"
#include "rubis-registered-private.h"
#include "rubis-store-post.h"

static void
run_entry_free (gpointer data)
{
  RubisRunEntry *entry = data;

  g_free (entry->account_code);
  g_free (entry->step_name);
  g_free (entry->file);
  g_ptr_array_unref (entry->numbers);
  g_ptr_array_unref (entry->warnings);
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

/* A run, from begin to commit. */
typedef struct {
  RubisSession *session;
  RubisDatabase *db;
  RubisAgendaMaker *maker;     /* (owned) */
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

/* The document of an action, as it leaves. NULL without error for calls and decisions. @paper: (out) (transfer full)
 * what it was made of.
 */
static RubisDocumentRecord *
make_document (Run *run, const RubisActionRow *action, RubisActionPaper **paper, gboolean *failed, GError **error)
{
  RubisDocumentRecord *record = NULL;

  *failed = FALSE;
  if (!rubis_channel_is_letter (action->channel) && action->channel != RUBIS_CHANNEL_EMAIL)
    return NULL;
  *paper = rubis_agenda_maker_fill (run->maker, action, error);
  if (*paper != NULL && rubis_notice_may_leave (run->session, action, (*paper)->filled, error))
    record = rubis_agenda_make_record (run->maker, action, *paper, error);
  *failed = record == NULL;
  return record;
}

static gboolean
store_action (Run *run, const RubisActionRow *action, RubisDocumentRecord *document, GPtrArray *warnings,
              GError **error)
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
          && !rubis_registered_begin (run->db, document, action->registered_number, rubis_agenda_maker_find_step (run->maker, action),
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
  entry->warnings = warnings != NULL ? g_ptr_array_ref (warnings) : g_ptr_array_new ();
  g_ptr_array_add (run->report->done, entry);
  return TRUE;
}

/* FALSE only when the dossier could not be written; what a rule or a missing value forbids is refused. */
static gboolean
perform_one (Run *run, RubisActionRow *action, GError **error)
{
  g_autoptr(RubisDocumentRecord) document = NULL;
  g_autoptr(RubisActionPaper) paper = NULL;
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
  document = make_document (run, now, &paper, &failed, &document_error);
  if (failed)
    {
      refuse (run, action, document_error->message);
      return TRUE;
    }
  return rubis_notice_journal (run->session, run->db, now, paper != NULL ? paper->filled->missing : NULL, error)
         && store_action (run, now, document, paper != NULL ? paper->enclosures->warnings : NULL, error);
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
      run.maker = rubis_agenda_maker_new (self, run.db);
      run.current = g_hash_table_new (g_str_hash, g_str_equal);
      ok = perform_all (&run, actions, error);
      if (ok)
        ok = rubis_store_commit (store, error);
      else
        rubis_store_rollback (store);
      g_clear_pointer (&run.current, g_hash_table_unref);
      g_clear_pointer (&run.agenda, g_ptr_array_unref);
      g_clear_pointer (&run.maker, rubis_agenda_maker_free);
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
