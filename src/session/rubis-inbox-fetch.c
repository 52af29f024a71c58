/* Where messages come from: the mailboxes of senders, and files. */
#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-inbox-private.h"
#include "rubis-mailbox.h"
#include "rubis-senders-private.h"
#include "rubis-store-senders.h"

/* What is taken in one transaction. */
#define MAX_MESSAGES 200
#define MAX_BYTES (48 * 1024 * 1024)
/* A file larger than this is no message. */
#define MAX_FILE (64 * 1024 * 1024)
/* The first time, answers to what left lately are looked for. */
#define FIRST_DAYS 14
#define DAY 86400

RubisFetchReport *
rubis_fetch_report_new (void)
{
  RubisFetchReport *report = g_new0 (RubisFetchReport, 1);

  report->problems = g_ptr_array_new_with_free_func (g_free);
  return report;
}

void
rubis_fetch_report_free (RubisFetchReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->problems);
  g_free (self);
}

void
rubis_inbox_count (RubisFetchReport *report, const RubisIncomingRecord *record)
{
  RubisIncomingKind kind = RUBIS_INCOMING_OTHER;

  report->n_read++;
  if (record == NULL || record->id == 0)
    return;
  rubis_incoming_kind_from_id (record->kind, &kind);
  report->n_new++;
  report->n_unmatched += record->account_id == 0 ? 1 : 0;
  report->n_bounces += kind == RUBIS_INCOMING_BOUNCE_HARD || kind == RUBIS_INCOMING_BOUNCE_SOFT ? 1 : 0;
  report->n_replies += kind == RUBIS_INCOMING_REPLY ? 1 : 0;
  report->n_auto += kind == RUBIS_INCOMING_AUTO_REPLY ? 1 : 0;
}

/* --- One message -------------------------------------------------------------------------------- */

typedef struct
{
  RubisSession *session;
  RubisInboxParcel parcel;
  RubisIncomingRecord *record;
  GError *parse_error;
} TakeWork;

static gboolean
take_in_transaction (RubisStore *store, gpointer user_data, GError **error)
{
  TakeWork *work = user_data;

  return rubis_inbox_take (work->session, rubis_store_get_database (store), &work->parcel, &work->record,
                           &work->parse_error, error);
}

/* Runs @func within a transaction of the session. */
static gboolean
transact (RubisSession *session, RubisStoreFunc func, gpointer data, GError **error)
{
  RubisStore *store = rubis_session_lock (session);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, func, data, error);
  rubis_session_unlock (session);
  return done;
}

/* @record: (out) (transfer full) (nullable) */
static gboolean
take_one (RubisSession *self, const RubisInboxParcel *parcel, RubisIncomingRecord **record, GError **error)
{
  TakeWork work = { .session = self, .parcel = *parcel };

  *record = NULL;
  if (!transact (self, take_in_transaction, &work, error))
    {
      g_clear_error (&work.parse_error);
      rubis_incoming_record_free (work.record);
      return FALSE;
    }
  if (work.parse_error != NULL)
    {
      g_propagate_error (error, work.parse_error);
      return FALSE;
    }
  if (work.record->id != 0)
    rubis_session_mark_changed (self);
  *record = work.record;
  return TRUE;
}

gboolean
rubis_session_take_message (RubisSession *self, gint64 sender_id, const char *uid, GBytes *message,
                            gint64 now, gint64 *id, GError **error)
{
  const RubisInboxParcel parcel = { .sender_id = sender_id, .uid = uid, .bytes = message, .now = now };
  g_autoptr (RubisIncomingRecord) record = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && uid != NULL && message != NULL, FALSE);

  *id = 0;
  if (!take_one (self, &parcel, &record, error))
    return FALSE;
  *id = record->id;
  return TRUE;
}

/* --- Files -------------------------------------------------------------------------------------- */

static gboolean
take_file (RubisSession *self, const char *path, gint64 now, RubisFetchReport *report, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, NULL, error);
  g_autoptr (RubisIncomingRecord) record = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *uid = NULL;
  RubisInboxParcel parcel = { .now = now };
  gboolean taken;

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY || g_file_info_get_size (info) > MAX_FILE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("This is no email message"));
      return FALSE;
    }
  bytes = g_file_load_bytes (file, NULL, NULL, error);
  if (bytes == NULL)
    return FALSE;
  uid = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  parcel.uid = uid;
  parcel.bytes = bytes;
  taken = take_one (self, &parcel, &record, error);
  if (taken)
    rubis_inbox_count (report, record);
  return taken;
}

RubisFetchReport *
rubis_session_take_messages (RubisSession *self, const char *const *paths, gint64 now, GError **error)
{
  g_autoptr (RubisFetchReport) report = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && paths != NULL, NULL);

  report = rubis_fetch_report_new ();
  for (int i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GError) file_error = NULL;
      g_autofree char *name = g_filename_display_basename (paths[i]);

      if (take_file (self, paths[i], now, report, &file_error))
        continue;
      if (g_error_matches (file_error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        {
          g_propagate_error (error, g_steal_pointer (&file_error));
          return NULL;
        }
      g_ptr_array_add (report->problems, g_strdup_printf (_ ("%s: %s"), name, file_error->message));
    }
  return g_steal_pointer (&report);
}

/* --- Mailboxes ----------------------------------------------------------------------------------- */

typedef struct
{
  char *uid;
  GBytes *bytes;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->uid);
  g_bytes_unref (waiting->bytes);
  g_free (waiting);
}

/* The reading of one mailbox. */
typedef struct
{
  RubisSession *session;
  const RubisSender *sender;
  RubisProgress *progress; /* (nullable) */
  gint64 now;
  GPtrArray *waiting; /* (element-type Waiting) read and not taken yet */
  gsize n_bytes;
  const char *cursor; /* (nullable) with the last ones: where the next reading goes on */
  RubisFetchReport *report;
  GPtrArray *records; /* (element-type RubisIncomingRecord) of the transaction */
} Reading;

static gboolean
take_waiting (RubisStore *store, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  RubisDatabase *db = rubis_store_get_database (store);

  g_ptr_array_set_size (reading->records, 0);
  for (guint i = 0; i < reading->waiting->len; i++)
    {
      const Waiting *waiting = g_ptr_array_index (reading->waiting, i);
      const RubisInboxParcel parcel = {
        .sender_id = reading->sender->id, .uid = waiting->uid, .bytes = waiting->bytes, .now = reading->now
      };
      g_autoptr (GError) parse_error = NULL;
      RubisIncomingRecord *record = NULL;

      if (!rubis_inbox_take (reading->session, db, &parcel, &record, &parse_error, error))
        return FALSE;
      /* What cannot be read as a message is nothing that answers us. */
      g_ptr_array_add (reading->records, record);
    }
  return reading->cursor == NULL
         || rubis_store_set_sender_cursor (db, reading->sender->id, reading->cursor, reading->now, error);
}

/* Takes what was read; with the last ones, the cursor is written in the same transaction. */
static gboolean
flush (Reading *reading, GError **error)
{
  if (!transact (reading->session, take_waiting, reading, error))
    return FALSE;
  for (guint i = 0; i < reading->records->len; i++)
    rubis_inbox_count (reading->report, g_ptr_array_index (reading->records, i));
  g_ptr_array_set_size (reading->waiting, 0);
  reading->n_bytes = 0;
  return TRUE;
}

static gboolean
read_message (const char *uid, GBytes *message, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->uid = g_strdup (uid);
  waiting->bytes = g_bytes_ref (message);
  g_ptr_array_add (reading->waiting, waiting);
  reading->n_bytes += g_bytes_get_size (message);
  if (reading->progress != NULL && reading->progress->func != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Reading the answers to %s…"), reading->sender->name);

      reading->progress->func (-1, text, reading->progress->user_data);
    }
  if (reading->waiting->len < MAX_MESSAGES && reading->n_bytes < MAX_BYTES)
    return TRUE;
  return flush (reading, error);
}

static void
free_record (gpointer data)
{
  rubis_incoming_record_free (data);
}

static gboolean
read_mailbox (RubisSession *self, const RubisSender *sender, RubisCredentials *credentials, gint64 now,
              RubisProgress *progress, RubisFetchReport *report, GError **error)
{
  g_autoptr (RubisMailbox) mailbox = rubis_mailbox_new (sender, credentials, error);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (waiting_free);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_record);
  g_autofree char *cursor = NULL;
  Reading reading = { .session = self,
                      .sender = sender,
                      .progress = progress,
                      .now = now,
                      .waiting = waiting,
                      .report = report,
                      .records = records };

  if (mailbox == NULL)
    return FALSE;
  cursor = rubis_mailbox_read (mailbox, sender->cursor, now - FIRST_DAYS * DAY, read_message, &reading,
                               progress != NULL ? progress->cancellable : NULL, error);
  if (cursor == NULL)
    {
      g_autoptr (GError) flush_error = NULL;

      /* What came before it broke off is not lost; the cursor stays, and they are known the next time. */
      if (reading.waiting->len > 0 && !flush (&reading, &flush_error))
        g_debug ("%s", flush_error->message);
      return FALSE;
    }
  reading.cursor = cursor;
  return flush (&reading, error);
}

/* What concerns all senders alike is said once. */
static void
add_problem (RubisFetchReport *report, const RubisSender *sender, const GError *error)
{
  gboolean of_all = g_error_matches (error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_NO_SERVICE);
  char *text
      = of_all ? g_strdup (error->message) : g_strdup_printf (_ ("%s: %s"), sender->name, error->message);

  if (of_all && g_ptr_array_find_with_equal_func (report->problems, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (report->problems, text);
}

RubisFetchReport *
rubis_session_fetch_inbox (RubisSession *self, gint64 now, RubisProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) senders = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisFetchReport) report = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  senders = rubis_session_list_senders (self, error);
  if (senders == NULL)
    return NULL;
  report = rubis_fetch_report_new ();
  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (senders, i);
      g_autoptr (GError) read_error = NULL;

      if (!sender->active || !rubis_sender_has_mailbox (sender))
        continue;
      if (credentials == NULL)
        credentials = rubis_session_get_credentials (self, error);
      if (credentials == NULL)
        return NULL;
      if (!read_mailbox (self, sender, credentials, now, progress, report, &read_error))
        {
          if (g_error_matches (read_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            {
              g_propagate_error (error, g_steal_pointer (&read_error));
              return NULL;
            }
          add_problem (report, sender, read_error);
        }
    }
  if (report->n_new > 0)
    rubis_session_mark_changed (self);
  return g_steal_pointer (&report);
}
