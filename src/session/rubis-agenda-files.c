#include "rubis-agenda-files.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-agenda-recheck.h"
#include "rubis-email.h"
#include "rubis-postage.h"
#include "rubis-post-private.h"
#include "rubis-store-post.h"
#include "rubis-store-registered.h"
#include "rubis-text.h"

struct _RubisAgendaFiles {
  RubisSession *session;     /* (unowned) */
  RubisLetterWriter *writer; /* (owned) */
  GHashTable *letterheads;   /* (owned) language -> (owned) RubisLetterhead */
  gboolean open;
  char *temporary;           /* (owned) (nullable) a file that is gone with this */
};

static RubisAgendaFiles *
files_new (RubisSession *session, const char *path, const char *title, GError **error)
{
  g_autoptr(RubisAgendaFiles) self = g_new0 (RubisAgendaFiles, 1);

  self->session = session;
  self->writer = rubis_letter_writer_new ();
  self->letterheads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) rubis_letterhead_unref);
  if (!rubis_letter_writer_begin_batch (self->writer, path, title, rubis_session_get_today (session), error))
    return NULL;
  self->open = TRUE;
  return g_steal_pointer (&self);
}

RubisAgendaFiles *
rubis_agenda_files_new_joined (RubisSession *session, const char *path, GError **error)
{
  return files_new (session, path, _("Letters of the day"), error);
}

RubisAgendaFiles *
rubis_agenda_files_new_temporary (RubisSession *session, const char *title, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "rubis-XXXXXX.pdf", NULL);
  int fd = g_mkstemp (path);
  RubisAgendaFiles *self;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("No temporary file could be made."));
      return NULL;
    }
  g_close (fd, NULL);
  self = files_new (session, path, title, error);
  if (self != NULL)
    self->temporary = g_steal_pointer (&path);
  else
    g_unlink (path);
  return self;
}

GBytes *
rubis_agenda_files_finish_bytes (RubisAgendaFiles *self, GError **error)
{
  char *contents = NULL;
  gsize length = 0;

  g_return_val_if_fail (self->temporary != NULL, NULL);

  if (!rubis_agenda_files_finish (self, error) || !g_file_get_contents (self->temporary, &contents, &length, error))
    return NULL;
  return g_bytes_new_take (contents, length);
}

void
rubis_agenda_files_free (RubisAgendaFiles *self)
{
  if (self->open)
    rubis_letter_writer_end_batch (self->writer, NULL);
  rubis_letter_writer_free (self->writer);
  g_hash_table_unref (self->letterheads);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self);
}

gboolean
rubis_agenda_files_append (RubisAgendaFiles *self, RubisFilledDocument *filled, guint *n_pages, GError **error)
{
  RubisLetterhead *letterhead = g_hash_table_lookup (self->letterheads, filled->language);

  if (letterhead == NULL)
    {
      letterhead = rubis_agenda_make_letterhead (self->session, filled->language, error);
      if (letterhead == NULL)
        return FALSE;
      g_hash_table_insert (self->letterheads, g_strdup (filled->language), letterhead);
    }
  return rubis_letter_writer_append (self->writer, filled->document, letterhead, NULL, n_pages, error);
}

gboolean
rubis_agenda_files_append_pdf (RubisAgendaFiles *self, GBytes *pdf, gboolean duplex, guint *n_pages, GError **error)
{
  guint drawn = 0;

  if (!rubis_letter_writer_append_pdf (self->writer, pdf, &drawn, error))
    return FALSE;
  if (n_pages != NULL)
    *n_pages = drawn;
  return !duplex || drawn % 2 == 0 || rubis_letter_writer_append_blank (self->writer, error);
}

gboolean
rubis_agenda_files_finish (RubisAgendaFiles *self, GError **error)
{
  self->open = FALSE;
  return rubis_letter_writer_end_batch (self->writer, error);
}

/* A name that every file system takes. */
static char *
make_file_name (const RubisActionRow *action, RubisDate today, const char *extension)
{
  g_autofree char *date = rubis_date_to_iso (today);
  g_autofree char *code = rubis_text_fold (action->account_code);
  const char *template_id = action->template_id[0] != '\0' ? action->template_id : "document";

  g_strcanon (code, "abcdefghijklmnopqrstuvwxyz0123456789-_.", '-');
  g_strdelimit (code, ".", '-');
  return g_strdup_printf ("%s-%.40s-%s-%s%s", date, code, template_id, action->currency.code, extension);
}

static RubisDocumentRecord *
new_record (RubisAgendaMaker *maker, const RubisActionRow *action, const RubisActionPaper *paper, const char *extension)
{
  RubisDocumentRecord *record = g_new0 (RubisDocumentRecord, 1);
  const RubisFilledDocument *filled = paper->filled;

  record->account_id = action->account_id;
  record->kind = g_strdup (rubis_channel_to_id (action->channel));
  record->template_id = g_strdup (filled->template_id);
  record->template_version = filled->template_version;
  record->language = g_strdup (filled->language);
  record->currency = g_strdup (action->currency.code);
  record->amount = action->amount;
  record->date = rubis_session_get_today (rubis_agenda_maker_get_session (maker));
  record->file_name = make_file_name (action, record->date, extension);
  return record;
}

RubisDocumentRecord *
rubis_agenda_make_record (RubisAgendaMaker *maker, const RubisActionRow *action, RubisActionPaper *paper,
                          const RubisEmail *email, GError **error)
{
  RubisFilledDocument *filled = paper->filled;
  guint n_pages = 0;
  GBytes *content = email != NULL ? g_bytes_ref (email->content)
                                  : rubis_agenda_maker_write_letter (maker, paper, &n_pages, error);
  RubisDocumentRecord *record;

  if (content == NULL)
    return NULL;
  record = new_record (maker, action, paper, email != NULL ? ".eml" : ".pdf");
  record->content = content;
  record->subject = g_strdup (email != NULL ? email->subject : rubis_document_get_subject (filled->document));
  record->recipient = g_strdup (email != NULL ? email->to_email : filled->account->name);
  record->media_type = g_strdup (email != NULL ? "message/rfc822" : "application/pdf");
  record->n_pages = (int) n_pages;
  return record;
}

RubisDocumentRecord *
rubis_agenda_make_sms_record (RubisAgendaMaker *maker, const RubisActionRow *action, const RubisActionPaper *paper,
                              const RubisSmsMessage *sms)
{
  RubisDocumentRecord *record = new_record (maker, action, paper, ".txt");

  record->content = g_bytes_new (sms->text, strlen (sms->text));
  record->subject = g_strdup (action->step_name);
  record->recipient = g_strdup (sms->phone);
  record->media_type = g_strdup ("text/plain");
  return record;
}

/* Whether nothing is lost when @content is written to @path. */
static gboolean
is_free (const char *path, GBytes *content)
{
  g_autofree char *there = NULL;
  gsize length = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  return g_file_get_contents (path, &there, &length, NULL) && length == g_bytes_get_size (content)
         && memcmp (there, g_bytes_get_data (content, NULL), length) == 0;
}

/* The file of that name, or "name-2" when another document has it: codes that differ may fold to one name. */
static char *
choose_path (const char *folder, const char *name, GBytes *content)
{
  const char *dot = strrchr (name, '.');
  gsize stem = dot != NULL ? (gsize) (dot - name) : strlen (name);
  char *path = g_build_filename (folder, name, NULL);

  for (int n = 2; !is_free (path, content); n++)
    {
      g_autofree char *other = g_strdup_printf ("%.*s-%d%s", (int) stem, name, n, name + stem);

      g_free (path);
      path = g_build_filename (folder, other, NULL);
    }
  return path;
}

/* Whole or not at all: a file that is cut off in the middle never has its name. */
static gboolean
write_file (const char *folder, const char *name, GBytes *content, char **path, GError **error)
{
  g_autofree char *full = choose_path (folder, name, content);

  if (!g_file_set_contents_full (full, g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return FALSE;
  *path = g_steal_pointer (&full);
  return TRUE;
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The folder “%s” could not be made."), folder);
  return FALSE;
}

static void
note_file (RubisRunReport *report, gint64 document_id, const char *path)
{
  for (guint i = 0; i < report->done->len; i++)
    {
      RubisRunEntry *entry = g_ptr_array_index (report->done, i);

      if (entry->document_id == document_id)
        {
          g_free (entry->file);
          entry->file = g_strdup (path);
        }
    }
}

/* Writes one queued letter into the folder. */
static gboolean
deliver_one (RubisDatabase *db, const RubisOutboxRecord *queued, const char *folder, RubisAgendaFiles *joined,
             RubisRunReport *report, GError **error)
{
  g_autoptr(RubisDocumentRecord) document = rubis_store_load_document (db, queued->document_id, error);
  g_autofree char *path = NULL;

  if (document == NULL)
    return FALSE;
  /* It was printed. */
  if (folder == NULL)
    return TRUE;
  if (!write_file (folder, document->file_name, document->content, &path, error))
    return FALSE;
  note_file (report, document->id, path);
  return rubis_agenda_files_append_pdf (joined, document->content, FALSE, NULL, error);
}

/* A delivery: what leaves, and what was called off. */
typedef struct {
  RubisSession *session;
  GPtrArray *queued;     /* (owned) (element-type RubisOutboxRecord) */
  GPtrArray *leaving;    /* (owned) (unowned elements) */
  const RubisRunOptions *options;
  RubisRunReport *report;
} Delivery;

static gboolean
is_of_this_run (const RubisRunReport *report, gint64 document_id)
{
  for (guint i = 0; i < report->done->len; i++)
    {
      const RubisRunEntry *entry = g_ptr_array_index (report->done, i);

      if (entry->document_id == document_id)
        return TRUE;
    }
  return FALSE;
}

/* Whether the letters of this run came out of a printer already. */
static gboolean
was_printed (const RubisRunOptions *options)
{
  return options->printer != NULL || (options->folder == NULL && !options->keep_letters);
}

/* The letters of this run do not wait any more: they are noted as one print job. */
static gboolean
note_print_job (Delivery *delivery, RubisDatabase *db, GError **error)
{
  const RubisRunOptions *options = delivery->options;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *now = rubis_session_now ();
  RubisPrintJobRecord job = { .at = now, .printer = (char *) (options->printer != NULL ? options->printer : ""),
                              .duplex = options->duplex, .copies = MAX (options->copies, 1),
                              .state = (char *) "printed" };

  for (guint i = 0; i < delivery->leaving->len; i++)
    {
      const RubisOutboxRecord *record = g_ptr_array_index (delivery->leaving, i);
      g_autoptr(RubisDocumentRecord) document = NULL;

      if (!is_of_this_run (delivery->report, record->document_id))
        continue;
      document = rubis_store_load_document (db, record->document_id, error);
      if (document == NULL || !rubis_store_set_to_post (db, document->id, FALSE, error)
          || !rubis_store_print_registered (db, document->id, rubis_session_get_today (delivery->session), error))
        return FALSE;
      job.n_letters++;
      job.n_pages += document->n_pages;
      job.n_sheets += rubis_postage_count_sheets (document->n_pages, options->duplex);
      g_array_append_val (ids, document->id);
    }
  job.date = rubis_session_get_today (delivery->session);
  return ids->len == 0 || rubis_store_insert_print_job (db, &job, ids, error);
}

static gboolean
mark_sent (RubisStore *store, gpointer user_data, GError **error)
{
  Delivery *delivery = user_data;

  for (guint i = 0; i < delivery->leaving->len; i++)
    {
      const RubisOutboxRecord *record = g_ptr_array_index (delivery->leaving, i);

      if (!rubis_store_set_outbox_state (rubis_store_get_database (store), record->id, "sent",
                                         rubis_session_get_today (delivery->session), error))
        return FALSE;
    }
  return !was_printed (delivery->options)
         || note_print_job (delivery, rubis_store_get_database (store), error);
}

void
rubis_agenda_report_called_off (RubisRunReport *report, const RubisOutboxRecord *queued, const char *why)
{
  g_autoptr(RubisActionRow) row = rubis_action_row_new ();

  row->state = RUBIS_ACTION_REFUSED;
  row->account_id = queued->account_id;
  row->currency = queued->currency;
  row->amount = queued->amount;
  row->n_items = queued->n_items;
  row->rank = queued->rank;
  row->channel = (RubisChannel) queued->channel;
  rubis_action_row_set (row, account_code, queued->account_code);
  rubis_action_row_set (row, account_name, queued->account_name);
  rubis_action_row_set (row, step_name, queued->step_name);
  rubis_action_row_set (row, error, why);
  g_ptr_array_add (report->refused, g_steal_pointer (&row));
}

/* Whether a letter lies in a printer, and nobody said how it came out: it neither leaves again nor is called off. */
static gboolean
is_at_printer (RubisDatabase *db, const RubisOutboxRecord *record, gboolean *at_printer, GError **error)
{
  g_autoptr(GError) load_error = NULL;
  g_autoptr(RubisPostRecord) letter
    = record->document_id != 0 ? rubis_store_load_post (db, record->document_id, &load_error) : NULL;

  *at_printer = letter != NULL && rubis_post_is_at_printer (letter);
  if (load_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&load_error));
  return FALSE;
}

/* What was made in this run leaves as it is. What waited from before is looked at again: nothing stale leaves. */
static gboolean
choose_leaving (RubisStore *store, gpointer user_data, GError **error)
{
  Delivery *delivery = user_data;
  RubisDatabase *db = rubis_store_get_database (store);

  for (guint i = 0; i < delivery->queued->len; i++)
    {
      RubisOutboxRecord *record = g_ptr_array_index (delivery->queued, i);
      g_autofree char *why = NULL;
      gboolean at_printer = FALSE;

      if (!is_at_printer (db, record, &at_printer, error))
        return FALSE;
      if (at_printer)
        continue;
      if (!is_of_this_run (delivery->report, record->document_id)
          && !rubis_agenda_recheck (delivery->session, db, record, &why, error))
        return FALSE;
      if (why == NULL)
        {
          g_ptr_array_add (delivery->leaving, record);
          continue;
        }
      if (!rubis_agenda_call_off (delivery->session, db, record, why, error))
        return FALSE;
      rubis_agenda_report_called_off (delivery->report, record, why);
    }
  return TRUE;
}

/* What is not of this run goes on waiting, and so do letters that are kept for the post. */
static void
leave_waiting (Delivery *delivery)
{
  gboolean keep = delivery->options->keep_letters && delivery->options->folder == NULL;

  for (guint i = delivery->queued->len; i > 0; i--)
    {
      const RubisOutboxRecord *record = g_ptr_array_index (delivery->queued, i - 1);

      if (keep || !is_of_this_run (delivery->report, record->document_id))
        g_ptr_array_remove_index (delivery->queued, i - 1);
    }
}

/* One file for the printer and run. A delivery that was cut off takes the name again, one that was not keeps it. */
static char *
make_joined_path (RubisSession *session, RubisDatabase *db, const char *folder, GError **error)
{
  RubisDate today = rubis_session_get_today (session);
  g_autofree char *date = rubis_date_to_iso (today);
  g_autofree char *name = NULL;
  gint64 n_letters = 0;

  if (!rubis_store_count_letters_sent_on (db, today, &n_letters, error))
    return NULL;
  if (n_letters == 0)
    name = g_strdup_printf ("%s-%s.pdf", date, _("to-print"));
  else
    name = g_strdup_printf ("%s-%s-%d.pdf", date, _("to-print"), (int) n_letters + 1);
  return g_build_filename (folder, name, NULL);
}

static gboolean
write_files (Delivery *delivery, RubisStore *store, const char *folder, GError **error)
{
  RubisDatabase *db = rubis_store_get_database (store);
  g_autofree char *joined_path = NULL;
  g_autoptr(RubisAgendaFiles) joined = NULL;

  if (folder != NULL && !make_folder (folder, error))
    return FALSE;
  if (folder != NULL)
    {
      joined_path = make_joined_path (delivery->session, db, folder, error);
      joined = joined_path != NULL ? rubis_agenda_files_new_joined (delivery->session, joined_path, error) : NULL;
      if (joined == NULL)
        return FALSE;
    }
  for (guint i = 0; i < delivery->leaving->len; i++)
    {
      if (!deliver_one (db, g_ptr_array_index (delivery->leaving, i), folder, joined, delivery->report, error))
        return FALSE;
    }
  if (joined != NULL && !rubis_agenda_files_finish (joined, error))
    return FALSE;
  if (!rubis_store_transact (store, mark_sent, delivery, error))
    return FALSE;
  delivery->report->joined_file = g_steal_pointer (&joined_path);
  return TRUE;
}

gboolean
rubis_agenda_deliver (RubisSession *session, RubisStore *store, const RubisRunOptions *options,
                      RubisRunReport *report, GError **error)
{
  const char *folder = options->folder;
  g_autoptr(GPtrArray) queued = rubis_store_list_letters_queued (rubis_store_get_database (store), error);
  g_autoptr(GPtrArray) leaving = g_ptr_array_new ();
  Delivery delivery = { .session = session, .queued = queued, .leaving = leaving, .options = options,
                        .report = report };
  gboolean held = FALSE;

  if (queued == NULL)
    return FALSE;
  if (queued->len == 0)
    return TRUE;
  if (!rubis_agenda_is_held (session, rubis_store_get_database (store), &held, error))
    return FALSE;
  /* Without a folder the letters of this run were printed; older ones wait until there is one. */
  if (held || folder == NULL)
    leave_waiting (&delivery);
  if (queued->len == 0)
    return TRUE;
  return rubis_store_transact (store, choose_leaving, &delivery, error)
         && (leaving->len == 0 || write_files (&delivery, store, folder, error));
}

char *
rubis_session_get_outgoing_folder (RubisSession *self)
{
  const char *path = rubis_session_get_path (self);

  if (g_str_has_suffix (path, ".rubis"))
    {
      g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".rubis"));

      return g_strconcat (stem, ".outgoing", NULL);
    }
  return g_strconcat (path, ".outgoing", NULL);
}
