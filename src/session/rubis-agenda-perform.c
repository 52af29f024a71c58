/* Doing the day's actions: through the outbox. */
#include "rubis-agenda-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-files.h"
#include "rubis-call-result.h"
#include "rubis-calls-private.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-letter-writer.h"
#include "rubis-notice-private.h"
#include "rubis-registered-private.h"
#include "rubis-store-post.h"
#include "rubis-store-senders.h"

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
  GHashTable *contacted;       /* (owned) account -> (unowned) the first RubisActionRow by which it hears of us */
  RubisRunReport *report;      /* (unowned) */
  const RubisRunOptions *options;
  RubisSender *sender;         /* (owned) (nullable) of emails, once one was needed */
  RubisSender *sms_sender;     /* (owned) (nullable) of SMS: without one they are sent by hand */
  gint64 now;
  RubisProgress *progress;     /* (nullable) */
} Run;

/* What an action leaves as. */
typedef struct {
  RubisDocumentRecord *document; /* (owned) (nullable) none for calls and decisions */
  RubisActionPaper *paper;       /* (owned) (nullable) what it was made of */
  RubisEmail *email;             /* (owned) (nullable) */
  RubisSmsMessage *sms;          /* (owned) (nullable) */
} Leaving;

static void
leaving_clear (Leaving *self)
{
  g_clear_pointer (&self->document, rubis_document_record_free);
  g_clear_pointer (&self->paper, rubis_action_paper_free);
  g_clear_pointer (&self->email, rubis_email_free);
  g_clear_pointer (&self->sms, rubis_sms_message_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Leaving, leaving_clear)

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
char *
rubis_agenda_summarise (const RubisActionRow *action, const char *note)
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
  g_autofree char *summary = rubis_agenda_summarise (action, run->options->note);
  g_autofree char *amount = rubis_money_to_string (action->amount, action->currency);
  g_autofree char *data = g_strdup_printf ("{\"step\":%d,\"channel\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\","
                                           "\"plan\":%" G_GINT64_FORMAT "}",
                                           action->rank, rubis_channel_to_id (action->channel), amount,
                                           action->currency.code, action->plan_id);
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

/* The sender of the run's emails. */
static gboolean
find_sender (Run *run, GError **error)
{
  g_autoptr(GError) choose_error = NULL;

  if (run->sender != NULL)
    return TRUE;
  run->sender = rubis_store_choose_sender (run->db, RUBIS_PARCEL_EMAIL, g_get_user_name (), 0, &choose_error);
  if (run->sender != NULL)
    return TRUE;
  if (choose_error != NULL)
    g_propagate_error (error, g_steal_pointer (&choose_error));
  else
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                 _("No sender carries emails: add one, or switch one on."));
  return FALSE;
}

static RubisEmail *
make_email (Run *run, const RubisActionRow *action, RubisActionPaper *paper, GError **error)
{
  RubisEmailOptions options = { .key = action->key, .now = run->now };

  if (!find_sender (run, error))
    return NULL;
  options.sender = run->sender;
  options.unattended = run->options->unattended && action->validation == RUBIS_VALIDATION_AUTO;
  options.outbox_id = rubis_store_next_outbox_id (run->db, error);
  if (options.outbox_id == 0 || !rubis_email_ensure_answer_key (run->db, error))
    return NULL;
  return rubis_email_make_for_action (run->maker, action, paper, &options, error);
}

static gboolean
make_sms (Run *run, const RubisActionRow *action, Leaving *leaving, GError **error)
{
  leaving->paper = rubis_agenda_maker_fill (run->maker, action, error);
  if (leaving->paper == NULL)
    return FALSE;
  leaving->sms = rubis_sms_message_new (leaving->paper, run->sms_sender, error);
  if (leaving->sms == NULL)
    return FALSE;
  leaving->document = rubis_agenda_make_sms_record (run->maker, action, leaving->paper, leaving->sms);
  return TRUE;
}

/* What leaves for an action; nothing for calls and decisions. */
static gboolean
make_leaving (Run *run, const RubisActionRow *action, Leaving *leaving, GError **error)
{
  gboolean email = action->channel == RUBIS_CHANNEL_EMAIL;

  if (action->channel == RUBIS_CHANNEL_SMS && run->sms_sender != NULL && action->template_id[0] != '\0')
    return make_sms (run, action, leaving, error);
  if (!rubis_channel_is_letter (action->channel) && !email)
    return TRUE;
  leaving->paper = rubis_agenda_maker_fill (run->maker, action, error);
  if (leaving->paper == NULL || !rubis_notice_may_leave (run->session, action, leaving->paper->filled, error))
    return FALSE;
  if (email)
    leaving->email = make_email (run, action, leaving->paper, error);
  if (email && leaving->email == NULL)
    return FALSE;
  leaving->document = rubis_agenda_make_record (run->maker, action, leaving->paper, leaving->email, error);
  return leaving->document != NULL;
}

static gboolean
store_document (Run *run, const RubisActionRow *action, RubisDocumentRecord *document, gint64 event_id,
                GError **error)
{
  document->event_id = event_id;
  if (!rubis_store_insert_document (run->db, document, error))
    return FALSE;
  if (rubis_channel_is_letter (action->channel) && !rubis_store_set_to_post (run->db, document->id, TRUE, error))
    return FALSE;
  return action->channel != RUBIS_CHANNEL_REGISTERED
         || rubis_registered_begin (run->db, document, action->registered_number,
                                    rubis_agenda_maker_find_step (run->maker, action), error);
}

/* What a confirmed email waits for: the end of the window in which it can be taken back. */
static void
fill_outbox (Run *run, const RubisEmail *email, RubisOutboxRecord *outbox)
{
  outbox->state = (char *) "approved";
  outbox->sender_id = run->sender->id;
  outbox->send_after = run->now + run->sender->recall_minutes * 60;
  outbox->recipient = email->to_email;
  outbox->from_email = email->from_email;
  outbox->subject = email->subject;
  outbox->message_id = email->message_id;
  outbox->thread_id = email->thread_id;
}

static void
fill_sms_outbox (Run *run, const RubisSmsMessage *sms, RubisOutboxRecord *outbox)
{
  outbox->state = (char *) "approved";
  outbox->sender_id = run->sms_sender->id;
  outbox->send_after = run->now + run->sms_sender->recall_minutes * 60;
  outbox->recipient = sms->phone;
  outbox->subject = outbox->step_name;
  outbox->price = MAX (sms->price, 0);
}

static void
add_entry (Run *run, const RubisActionRow *action, const Leaving *leaving, const RubisOutboxRecord *outbox)
{
  RubisRunEntry *entry = g_new0 (RubisRunEntry, 1);
  GPtrArray *warnings = leaving->email != NULL   ? leaving->email->warnings
                        : leaving->paper != NULL ? leaving->paper->enclosures->warnings
                                                 : NULL;

  entry->account_id = action->account_id;
  entry->account_code = g_strdup (action->account_code);
  entry->rank = action->rank;
  entry->step_name = g_strdup (action->step_name);
  entry->channel = action->channel;
  entry->currency = action->currency;
  entry->amount = action->amount;
  entry->n_pages = leaving->document != NULL ? leaving->document->n_pages : 0;
  entry->document_id = outbox->document_id;
  rubis_outbox_state_from_id (outbox->state, &entry->state);
  entry->send_after = outbox->send_after;
  entry->numbers = g_ptr_array_ref (action->numbers);
  entry->warnings = warnings != NULL ? g_ptr_array_ref (warnings) : g_ptr_array_new ();
  g_ptr_array_add (run->report->done, entry);
}

static gboolean
store_leaving (Run *run, const RubisActionRow *action, Leaving *leaving, GError **error)
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
    /* What has a document still has to leave. */
    .state = (char *) (leaving->document != NULL ? "queued" : "sent"),
    .date = rubis_session_get_today (run->session),
  };

  if (event_id == 0)
    return FALSE;
  if (leaving->document != NULL)
    {
      if (!store_document (run, action, leaving->document, event_id, error))
        return FALSE;
      outbox.document_id = leaving->document->id;
    }
  if (leaving->email != NULL)
    fill_outbox (run, leaving->email, &outbox);
  if (leaving->sms != NULL)
    fill_sms_outbox (run, leaving->sms, &outbox);
  if (!rubis_store_insert_outbox (run->db, &outbox, error))
    return FALSE;
  add_entry (run, action, leaving, &outbox);
  return TRUE;
}

/* Made on the phone before: only what came of it is noted. */
static gboolean
store_call (Run *run, RubisActionRow *action, const Leaving *leaving, GError **error)
{
  g_autoptr(RubisCallEffect) effect = rubis_call_effect_new (action->account_id,
                                                             rubis_call_result_to_id (RUBIS_CALL_NO_COMMITMENT));
  const RubisOutboxRecord outbox = { .state = (char *) "sent" };

  effect->named = FALSE;
  effect->action = g_object_ref (action);
  effect->call->note = g_strdup (run->options->note);
  if (!rubis_call_effect_apply (effect, run->session, run->db, FALSE, error))
    return FALSE;
  add_entry (run, action, leaving, &outbox);
  return TRUE;
}

static gboolean
store_action (Run *run, RubisActionRow *action, Leaving *leaving, GError **error)
{
  if (action->channel == RUBIS_CHANNEL_CALL)
    return store_call (run, action, leaving, error);
  return store_leaving (run, action, leaving, error);
}

/* A plan has its own reminders: they do not come on the day on which the account is written to for the rest. In
 * another currency it is.
 */
static gboolean
is_crowded (Run *run, const RubisActionRow *action)
{
  const RubisActionRow *first
    = g_hash_table_lookup (run->contacted, GSIZE_TO_POINTER ((gsize) action->account_id));
  g_autoptr(RubisLibrary) library = rubis_session_get_library (run->session);

  return first != NULL && first->plan_id != action->plan_id && action->channel != RUBIS_CHANNEL_DECISION
         && rubis_policy_get_min_contact_days (rubis_library_get_policy (library, action->policy_id)) > 0;
}

static gboolean
store_and_note (Run *run, RubisActionRow *action, Leaving *leaving, GError **error)
{
  gpointer account = GSIZE_TO_POINTER ((gsize) action->account_id);

  if (!store_action (run, action, leaving, error))
    return FALSE;
  if (action->channel != RUBIS_CHANNEL_DECISION && !g_hash_table_contains (run->contacted, account))
    g_hash_table_insert (run->contacted, account, action);
  return TRUE;
}

/* FALSE only when the dossier could not be written; what a rule or a missing value forbids is refused. */
static gboolean
perform_one (Run *run, RubisActionRow *action, GError **error)
{
  g_auto(Leaving) leaving = { NULL };
  g_autoptr(GError) document_error = NULL;
  RubisActionRow *now = g_hash_table_lookup (run->current, action->key);
  gboolean sent = FALSE;

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
  if (is_crowded (run, now))
    {
      refuse (run, action, now->plan_id != 0
                             ? _("The account is written to today for its other items: its plan waits a few days.")
                             : _("The account is written to today for its payment plan: the rest waits a few days."));
      return TRUE;
    }
  rubis_action_row_set (now, registered_number, action->registered_number);
  if (!make_leaving (run, now, &leaving, &document_error))
    {
      refuse (run, action, document_error->message);
      return TRUE;
    }
  return rubis_notice_journal (run->session, run->db, now,
                               leaving.paper != NULL ? leaving.paper->filled->missing : NULL, error)
         && store_and_note (run, now, &leaving, error);
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

/* Whether @action goes rather than @other where only one may. */
static gboolean
goes_rather (const RubisActionRow *action, const RubisActionRow *other)
{
  return action->rank != other->rank ? action->rank > other->rank : action->amount > other->amount;
}

/* In their order; where a plan's reminder and one for the rest would leave on one day, the higher step comes first.
 * (transfer container)
 */
static GPtrArray *
put_in_order (GPtrArray *actions)
{
  g_autoptr(GHashTable) first = g_hash_table_new (g_direct_hash, g_direct_equal);
  GPtrArray *order = g_ptr_array_copy (actions, NULL, NULL);

  g_ptr_array_set_free_func (order, NULL);
  for (guint i = 0; i < order->len; i++)
    {
      RubisActionRow *action = g_ptr_array_index (order, i);
      gpointer account = GSIZE_TO_POINTER ((gsize) action->account_id);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (first, account));
      RubisActionRow *other = place > 0 ? g_ptr_array_index (order, place - 1) : NULL;

      if (action->state != RUBIS_ACTION_TO_DO || action->channel == RUBIS_CHANNEL_DECISION)
        continue;
      if (other == NULL)
        g_hash_table_insert (first, account, GUINT_TO_POINTER (i + 1));
      else if (other->plan_id != action->plan_id && goes_rather (action, other))
        {
          order->pdata[place - 1] = action;
          order->pdata[i] = other;
        }
    }
  return order;
}

static gboolean
perform_all (Run *run, GPtrArray *actions, GError **error)
{
  g_autoptr(GError) choose_error = NULL;
  g_autoptr(GPtrArray) order = NULL;

  run->sms_sender = rubis_store_choose_sender (run->db, RUBIS_PARCEL_SMS, g_get_user_name (), 0, &choose_error);
  if (choose_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&choose_error));
      return FALSE;
    }
  if (!load_current (run, error) || !rubis_registered_assign_numbers (run->db, actions, error))
    return FALSE;
  order = put_in_order (actions);
  for (guint i = 0; i < order->len; i++)
    {
      RubisActionRow *action = g_ptr_array_index (order, i);

      if (run->progress != NULL && g_cancellable_set_error_if_cancelled (run->progress->cancellable, error))
        return FALSE;
      if (action->state == RUBIS_ACTION_REFUSED)
        g_ptr_array_add (run->report->refused, g_object_ref (action));
      else if (action->state == RUBIS_ACTION_TO_DO && !perform_one (run, action, error))
        return FALSE;
      if (run->progress != NULL && run->progress->func != NULL)
        run->progress->func ((double) (i + 1) / order->len, NULL, run->progress->user_data);
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

static gint64
get_run_time (gpointer user_data)
{
  const Run *run = user_data;

  return run->now;
}

static RubisRunEntry *
find_entry (const RubisRunReport *report, gint64 document_id)
{
  for (guint i = 0; i < report->done->len; i++)
    {
      RubisRunEntry *entry = g_ptr_array_index (report->done, i);

      if (entry->document_id != 0 && entry->document_id == document_id)
        return entry;
    }
  return NULL;
}

static void
report_row (RubisRunReport *report, const RubisOutboxRow *row)
{
  RubisRunEntry *entry = find_entry (report, row->document_id);

  if (entry != NULL)
    {
      entry->state = row->state;
      entry->send_after = row->send_after;
      /* A folder's own id of a message is the path of its file. */
      if (row->state == RUBIS_OUTBOX_SENT)
        entry->file = g_strdup (row->provider_id);
    }
  else if (row->state == RUBIS_OUTBOX_CANCELLED || row->state == RUBIS_OUTBOX_REFUSED)
    {
      const RubisOutboxRecord record = { .account_id = row->account_id,
                                         .account_code = row->account_code,
                                         .account_name = row->account_name,
                                         .currency = row->currency,
                                         .amount = row->amount,
                                         .n_items = row->n_items,
                                         .channel = (int) row->channel,
                                         .step_name = row->step_name };

      rubis_agenda_report_called_off (report, &record, row->reason);
    }
}

/* Emails of folders become files at once. */
static gboolean
write_emails (Run *run, GError **error)
{
  RubisSendOptions options = { .clock = get_run_time, .clock_data = run, .folders_only = TRUE };
  g_autoptr(RubisSendReport) sent = rubis_session_send_outbox (run->session, &options, run->progress, error);

  if (sent == NULL)
    return FALSE;
  for (guint i = 0; i < sent->rows->len; i++)
    report_row (run->report, g_ptr_array_index (sent->rows, i));
  if (sent->n_failed == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", (const char *) g_ptr_array_index (sent->problems, 0));
  return FALSE;
}

/* From begin to commit. */
static gboolean
run_all (Run *run, RubisStore *store, GPtrArray *actions, GError **error)
{
  gboolean ok;

  if (!rubis_store_begin (store, error))
    return FALSE;
  run->db = rubis_store_get_database (store);
  run->maker = rubis_agenda_maker_new (run->session, run->db);
  run->current = g_hash_table_new (g_str_hash, g_str_equal);
  run->contacted = g_hash_table_new (g_direct_hash, g_direct_equal);
  ok = perform_all (run, actions, error);
  if (ok)
    ok = rubis_store_commit (store, error);
  else
    rubis_store_rollback (store);
  g_clear_pointer (&run->current, g_hash_table_unref);
  g_clear_pointer (&run->contacted, g_hash_table_unref);
  g_clear_pointer (&run->agenda, g_ptr_array_unref);
  g_clear_pointer (&run->maker, rubis_agenda_maker_free);
  g_clear_pointer (&run->sender, rubis_sender_free);
  g_clear_pointer (&run->sms_sender, rubis_sender_free);
  return ok;
}

RubisRunReport *
rubis_session_perform_with (RubisSession *self, GPtrArray *actions, const RubisRunOptions *options,
                            RubisProgress *progress, GError **error)
{
  g_autoptr(RubisRunReport) report = g_new0 (RubisRunReport, 1);
  RubisStore *store = rubis_session_lock (self);
  Run run = { .session = self, .report = report, .options = options, .progress = progress };
  gboolean ok = FALSE;

  run.now = options->now != 0 ? options->now : g_get_real_time () / G_USEC_PER_SEC;
  report->done = g_ptr_array_new_with_free_func (run_entry_free);
  report->refused = g_ptr_array_new_with_free_func (g_object_unref);
  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The dossier is closed."));
  else if (run_all (&run, store, actions, error))
    {
      rubis_session_forget_edits (self);
      ok = rubis_agenda_deliver (self, store, options, report, error);
    }
  rubis_session_unlock (self);
  ok = ok && write_emails (&run, error);
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
