#include "rubis-agenda-files.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-message.h"
#include "rubis-text.h"

struct _RubisAgendaFiles {
  RubisSession *session;     /* (unowned) */
  RubisLetterWriter *writer; /* (owned) */
  GHashTable *letterheads;   /* (owned) language -> (owned) RubisLetterhead */
  gboolean open;
};

RubisAgendaFiles *
rubis_agenda_files_new_joined (RubisSession *session, const char *path, GError **error)
{
  g_autoptr(RubisAgendaFiles) self = g_new0 (RubisAgendaFiles, 1);

  self->session = session;
  self->writer = rubis_letter_writer_new ();
  self->letterheads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) rubis_letterhead_unref);
  if (!rubis_letter_writer_begin_batch (self->writer, path, _("Letters of the day"),
                                        rubis_session_get_today (session), error))
    return NULL;
  self->open = TRUE;
  return g_steal_pointer (&self);
}

void
rubis_agenda_files_free (RubisAgendaFiles *self)
{
  if (self->open)
    rubis_letter_writer_end_batch (self->writer, NULL);
  rubis_letter_writer_free (self->writer);
  g_hash_table_unref (self->letterheads);
  g_free (self);
}

gboolean
rubis_agenda_files_append (RubisAgendaFiles *self, RubisFilledDocument *filled, GError **error)
{
  RubisLetterhead *letterhead = g_hash_table_lookup (self->letterheads, filled->language);

  if (letterhead == NULL)
    {
      letterhead = rubis_agenda_make_letterhead (self->session, filled->language, error);
      if (letterhead == NULL)
        return FALSE;
      g_hash_table_insert (self->letterheads, g_strdup (filled->language), letterhead);
    }
  return rubis_letter_writer_append (self->writer, filled->document, letterhead, NULL, NULL, error);
}

gboolean
rubis_agenda_files_append_pdf (RubisAgendaFiles *self, GBytes *pdf, GError **error)
{
  return rubis_letter_writer_append_pdf (self->writer, pdf, NULL, error);
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

static GBytes *
make_email (RubisSession *session, const RubisActionRow *action, RubisFilledDocument *filled, GBytes *statement,
            GError **error)
{
  g_autoptr(RubisCompany) company = rubis_session_dup_company (session);
  g_autofree char *text = rubis_document_to_text (filled->document, 76);
  g_autofree char *html = rubis_document_to_html (filled->document, rubis_agenda_parse_accent (company->accent));
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, action->key, -1);
  const char *at = strrchr (company->email, '@');
  g_autofree char *id = g_strdup_printf ("%.32s@%s", digest, at != NULL ? at + 1 : "rubis.invalid");
  g_autofree char *attachment = g_strdup_printf ("%s %s.pdf", _("Statement"), action->account_code);
  g_autoptr(RubisMessage) message = rubis_message_new ();

  if (company->email[0] == '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("Emails need the address of your company: add it to your company's details."));
      return NULL;
    }
  rubis_message_set (message, from_name, company->name);
  rubis_message_set (message, from_email, company->email);
  rubis_message_set (message, to_name, filled->contact[0] != '\0' ? filled->contact : filled->account->name);
  rubis_message_set (message, to_email, filled->email);
  rubis_message_set (message, subject, rubis_document_get_subject (filled->document));
  rubis_message_set (message, id, id);
  rubis_message_set (message, language, filled->language);
  rubis_message_set (message, text, text);
  rubis_message_set (message, html, html);
  message->date = rubis_session_get_today (session);
  if (statement != NULL)
    rubis_message_attach_pdf (message, attachment, statement);
  return rubis_message_write (message, error);
}

RubisDocumentRecord *
rubis_agenda_make_record (RubisSession *session, const RubisActionRow *action, RubisFilledDocument *filled,
                          RubisLetterWriter *writer, GBytes *statement, GError **error)
{
  g_autoptr(RubisDocumentRecord) record = g_new0 (RubisDocumentRecord, 1);
  gboolean email = action->channel == RUBIS_CHANNEL_EMAIL;
  guint n_pages = 0;

  if (email)
    record->content = make_email (session, action, filled, statement, error);
  else
    {
      g_autoptr(RubisLetterhead) letterhead = rubis_agenda_make_letterhead (session, filled->language, error);

      if (letterhead != NULL)
        record->content = rubis_letter_writer_write (writer, filled->document, letterhead, NULL, &n_pages, error);
    }
  if (record->content == NULL)
    return NULL;
  record->account_id = action->account_id;
  record->kind = g_strdup (rubis_channel_to_id (action->channel));
  record->template_id = g_strdup (filled->template_id);
  record->template_version = filled->template_version;
  record->language = g_strdup (filled->language);
  record->currency = g_strdup (action->currency.code);
  record->amount = action->amount;
  record->date = rubis_session_get_today (session);
  record->subject = g_strdup (rubis_document_get_subject (filled->document));
  record->recipient = g_strdup (email ? filled->email : filled->account->name);
  record->file_name = make_file_name (action, record->date, email ? ".eml" : ".pdf");
  record->media_type = g_strdup (email ? "message/rfc822" : "application/pdf");
  record->n_pages = (int) n_pages;
  return g_steal_pointer (&record);
}

/* Whole or not at all: a file that is cut off in the middle never has its name. */
static gboolean
write_file (const char *folder, const char *name, GBytes *content, char **path, GError **error)
{
  g_autofree char *full = g_build_filename (folder, name, NULL);

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

/* Writes one queued document where it belongs. */
static gboolean
deliver_one (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued, const char *folder,
             const char *outgoing, RubisAgendaFiles *joined, RubisRunReport *report, GError **error)
{
  g_autoptr(RubisDocumentRecord) document = rubis_store_load_document (db, queued->document_id, error);
  gboolean letter = rubis_channel_is_letter ((RubisChannel) queued->channel);
  g_autofree char *path = NULL;

  if (document == NULL)
    return FALSE;
  if (letter && folder == NULL)
    return TRUE;
  if (!write_file (letter ? folder : outgoing, document->file_name, document->content, &path, error))
    return FALSE;
  note_file (report, document->id, path);
  return !letter || rubis_agenda_files_append_pdf (joined, document->content, error);
}

static gboolean
has_letters (GPtrArray *queued)
{
  for (guint i = 0; i < queued->len; i++)
    {
      const RubisOutboxRecord *record = g_ptr_array_index (queued, i);

      if (rubis_channel_is_letter ((RubisChannel) record->channel))
        return TRUE;
    }
  return FALSE;
}

static gboolean
mark_sent (RubisStore *store, gpointer user_data, GError **error)
{
  GPtrArray *queued = user_data;

  for (guint i = 0; i < queued->len; i++)
    {
      const RubisOutboxRecord *record = g_ptr_array_index (queued, i);

      if (!rubis_store_set_outbox_state (rubis_store_get_database (store), record->id, "sent", record->date, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_agenda_deliver (RubisSession *session, RubisStore *store, const char *folder, RubisRunReport *report,
                      GError **error)
{
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr(GPtrArray) queued = rubis_store_list_outbox (db, "queued", error);
  g_autofree char *outgoing = rubis_session_get_outgoing_folder (session);
  g_autofree char *date = rubis_date_to_iso (rubis_session_get_today (session));
  g_autofree char *joined_path = NULL;
  g_autoptr(RubisAgendaFiles) joined = NULL;

  if (queued == NULL)
    return FALSE;
  if (queued->len == 0)
    return TRUE;
  if (!make_folder (outgoing, error) || (folder != NULL && !make_folder (folder, error)))
    return FALSE;
  if (folder != NULL && has_letters (queued))
    {
      g_autofree char *name = g_strdup_printf ("%s-%s.pdf", date, _("to-print"));

      joined_path = g_build_filename (folder, name, NULL);
      joined = rubis_agenda_files_new_joined (session, joined_path, error);
      if (joined == NULL)
        return FALSE;
    }
  for (guint i = 0; i < queued->len; i++)
    {
      if (!deliver_one (session, db, g_ptr_array_index (queued, i), folder, outgoing, joined, report, error))
        return FALSE;
    }
  if (joined != NULL && !rubis_agenda_files_finish (joined, error))
    return FALSE;
  if (!rubis_store_transact (store, mark_sent, queued, error))
    return FALSE;
  report->joined_file = g_steal_pointer (&joined_path);
  return TRUE;
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
