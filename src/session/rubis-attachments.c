#include "rubis-attachments.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-attachments-private.h"
#include "rubis-copy-index.h"
#include "rubis-disputes.h"
#include "rubis-import-preview.h"
#include "rubis-pdf-text.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-attachments.h"
#include "rubis-store-items.h"
#include "rubis-store-settings.h"

#define SETTING_FOLDER "copies.folder"
#define SETTING_LIMIT "copies.limit"
#define SETTING_MERGED "copies.merged"
#define DEFAULT_LIMIT (5 * 1024 * 1024)
/* What is kept in the dossier travels with each of its backups. */
#define MAX_FILE (30 * 1024 * 1024)

void
rubis_attachment_free (RubisAttachment *self)
{
  g_free (self->number);
  g_free (self->kind);
  g_free (self->title);
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self->added_by);
  g_free (self->warning);
  g_free (self);
}

/* --- adding and removing --- */

/* An attachment that is put in, or taken out and kept for undo. */
typedef struct
{
  RubisAttachmentRecord *record;
  gboolean present;
} AttachmentState;

static void
attachment_state_free (gpointer data)
{
  AttachmentState *state = data;

  rubis_attachment_record_free (state->record);
  g_free (state);
}

static gboolean
swap_attachment (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  AttachmentState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  gint64 id = state->record->id;
  gboolean done;

  if (!state->present)
    done = rubis_store_insert_attachment (db, state->record, error);
  else if (state->record->dispute_id != 0 && journaled->n_swaps > 0)
    done = rubis_store_void_attachment (db, id, error);
  else
    done = rubis_store_delete_attachment (db, id, error);

  if (!done || !rubis_journaled_edit_note (session, db, edit, state->record->account_id, error))
    return FALSE;
  state->present = !state->present;
  journaled->n_swaps++;
  return TRUE;
}

/* @label, @record: (transfer full) */
static gboolean
edit_attachment (RubisSession *self, char *label, const char *kind, RubisAttachmentRecord *record,
                 gboolean present, GError **error)
{
  g_autofree char *owned_label = label;
  AttachmentState *state = g_new0 (AttachmentState, 1);

  state->record = record;
  state->present = present;
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (owned_label, kind, record->file_name,
                                                          swap_attachment, state, attachment_state_free),
                                error);
}

GBytes *
rubis_attachment_read_file (const char *path, GError **error)
{
  g_autoptr (GMappedFile) mapped = NULL;
  g_autofree char *name = g_path_get_basename (path);
  char *content = NULL;
  gsize length = 0;

  mapped = g_mapped_file_new (path, FALSE, error);
  if (mapped == NULL)
    return NULL;
  if (g_mapped_file_get_length (mapped) == 0 || g_mapped_file_get_length (mapped) > MAX_FILE)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   g_mapped_file_get_length (mapped) == 0
                       ? _ ("“%s” is empty.")
                       : _ ("“%s” is larger than 30 MB: keep a smaller copy."),
                   name);
      return NULL;
    }
  if (!g_file_get_contents (path, &content, &length, error))
    return NULL;
  return g_bytes_new_take (content, length);
}

static const char *
find_media_type (const char *name, GBytes *content)
{
  gsize length;
  const char *data = g_bytes_get_data (content, &length);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (length >= 5 && memcmp (data, "%PDF-", 5) == 0)
    return "application/pdf";
  if (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  return g_str_has_suffix (lower, ".txt") ? "text/plain" : "application/octet-stream";
}

static gboolean
note_number (const RubisItemRecord *item, gpointer user_data)
{
  RubisAttachmentRecord *record = user_data;

  if (record->account_id == item->account_id)
    {
      g_free (record->number);
      record->number = g_strdup (item->number);
    }
  return TRUE;
}

/* The item has to be one of the account. */
static gboolean
load_number (RubisSession *self, RubisAttachmentRecord *record, GError **error)
{
  RubisDatabase *db;
  gboolean found = FALSE;
  gboolean done;

  if (record->item_id == 0)
    return TRUE;
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  done = rubis_store_visit_item (db, record->item_id, note_number, record, &found, error);
  rubis_session_return_reader (self, db);
  if (done && record->number[0] == '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This item is not one of the account."));
      done = FALSE;
    }
  return done;
}

/* Whose it is can be told of PDFs with text only; scans are taken as they are. */
static void
inspect (RubisAttachmentRecord *record, const char *customer)
{
  g_autofree char *text = NULL;
  guint n_pages = 0;

  record->named = TRUE;
  if (!g_str_equal (record->media_type, "application/pdf"))
    return;
  text = rubis_pdf_read_text (record->content, RUBIS_COPY_PAGES, &n_pages, NULL);
  record->n_pages = (int)n_pages;
  if (text != NULL && *text != '\0')
    record->named = rubis_copy_text_names (text, record->number, customer);
}

RubisAttachmentRecord *
rubis_attachment_prepare (RubisSession *self, gint64 account_id, gint64 item_id, const char *kind, const char *path,
                          GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_edits_load_account (self, account_id, error);
  g_autoptr (RubisAttachmentRecord) record = NULL;

  if (account == NULL)
    return NULL;
  record = g_new0 (RubisAttachmentRecord, 1);
  record->account_id = account_id;
  record->item_id = item_id;
  record->number = g_strdup ("");
  record->content = rubis_attachment_read_file (path, error);
  if (record->content == NULL || !load_number (self, record, error))
    return NULL;
  record->file_name = g_path_get_basename (path);
  record->media_type = g_strdup (find_media_type (record->file_name, record->content));
  record->kind = g_strdup (kind != NULL ? kind : item_id != 0 ? "invoice" : "other");
  record->title = item_id != 0 ? g_strdup (record->number) : g_strdup (record->file_name);
  record->added_on = rubis_session_get_today (self);
  record->added_by = g_strdup (g_get_user_name ());
  inspect (record, account->name);
  return g_steal_pointer (&record);
}

gint64
rubis_session_attach (RubisSession *self, gint64 account_id, gint64 item_id, const char *kind,
                      const char *path, GError **error)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (self) && path != NULL, 0);

  return rubis_attachment_keep (self, account_id, item_id, 0, kind, path, error);
}

gint64
rubis_attachment_keep (RubisSession *self, gint64 account_id, gint64 item_id, gint64 dispute_id, const char *kind,
                       const char *path, GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_edits_load_account (self, account_id, error);
  RubisAttachmentRecord *kept
      = account != NULL ? rubis_attachment_prepare (self, account_id, item_id, kind, path, error) : NULL;
  char *label;

  if (kept == NULL)
    return 0;
  kept->dispute_id = dispute_id;
  label = g_strdup_printf (_ ("File kept: %s, %s"), kept->file_name, account->name);
  return edit_attachment (self, label, "attachment", kept, FALSE, error) ? kept->id : 0;
}

gboolean
rubis_session_remove_attachment (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  RubisAttachmentRecord *record;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  record = rubis_store_load_attachment (db, id, &load_error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (record == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such file."));
  if (record == NULL)
    return FALSE;
  return edit_attachment (self, g_strdup_printf (_ ("File removed: %s"), record->file_name), "attachment",
                          record, TRUE, error);
}

/* --- looking --- */

static char *
describe_warning (const RubisAttachmentRecord *record)
{
  if (!g_str_equal (record->media_type, "application/pdf"))
    return g_strdup (g_str_has_prefix (record->media_type, "image/")
                         ? ""
                         : _ ("This is no PDF and no picture: it is kept, but not sent with letters."));
  if (record->n_pages == 0)
    return g_strdup (_ ("It is protected or damaged: it is kept, but not sent with letters."));
  return g_strdup (record->named ? "" : _ ("Its text has neither the number nor the customer’s name."));
}

static RubisAttachment *
make_attachment (const RubisAttachmentRecord *record)
{
  RubisAttachment *attachment = g_new0 (RubisAttachment, 1);

  attachment->id = record->id;
  attachment->account_id = record->account_id;
  attachment->item_id = record->item_id;
  attachment->number = g_strdup (record->number);
  attachment->kind = g_strdup (record->kind);
  attachment->title = g_strdup (record->title);
  attachment->file_name = g_strdup (record->file_name);
  attachment->media_type = g_strdup (record->media_type);
  attachment->n_pages = record->n_pages;
  attachment->size = record->size;
  attachment->added_on = record->added_on;
  attachment->added_by = g_strdup (record->added_by);
  attachment->warning = describe_warning (record);
  return attachment;
}

/* @records: (transfer full) (nullable) */
static GPtrArray *
make_attachments (GPtrArray *records)
{
  GPtrArray *attachments;

  if (records == NULL)
    return NULL;
  attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_attachment_free);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (attachments, make_attachment (g_ptr_array_index (records, i)));
  g_ptr_array_unref (records);
  return attachments;
}

GPtrArray *
rubis_session_list_attachments (RubisSession *self, gint64 account_id, gint64 item_id, GError **error)
{
  RubisDatabase *db;
  GPtrArray *records;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  records = rubis_store_list_attachments (db, account_id, item_id, error);
  rubis_session_return_reader (self, db);
  return make_attachments (records);
}

GPtrArray *
rubis_session_list_dispute_attachments (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db;
  GPtrArray *records;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  records = rubis_store_list_dispute_attachments (db, id, error);
  rubis_session_return_reader (self, db);
  return make_attachments (records);
}

GBytes *
rubis_session_load_attachment (RubisSession *self, gint64 id, char **file_name, GError **error)
{
  RubisDatabase *db;
  g_autoptr (RubisAttachmentRecord) record = NULL;
  g_autoptr (GError) load_error = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  record = rubis_store_load_attachment (db, id, &load_error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (record == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such file."));
  if (record == NULL)
    return NULL;
  if (file_name != NULL)
    *file_name = g_strdup (record->file_name);
  return g_bytes_ref (record->content);
}

/* A search for the item that a file's name speaks of. */
typedef struct
{
  const char *name;
  gint64 id;
  gboolean several;
} ItemGuess;

static gboolean
compare_item (const RubisItemRecord *item, gpointer user_data)
{
  ItemGuess *guess = user_data;

  if (rubis_copy_text_names (guess->name, item->number, NULL))
    {
      guess->several = guess->several || (guess->id != 0 && guess->id != item->id);
      guess->id = item->id;
    }
  return TRUE;
}

gint64
rubis_session_guess_item (RubisSession *self, gint64 account_id, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  RubisDatabase *db = rubis_session_take_reader (self, NULL);
  ItemGuess guess = { name, 0, FALSE };

  if (db == NULL)
    return 0;
  rubis_store_each_item_of (db, account_id, TRUE, compare_item, &guess, NULL);
  rubis_session_return_reader (self, db);
  return guess.several ? 0 : guess.id;
}

/* --- settings --- */

/* A change of a setting. */
typedef struct
{
  RubisSession *session;
  const char *key;
  const char *value;
  const char *summary;
  gboolean forget; /* what was read of the folder before */
} SettingEdit;

static gboolean
write_setting (RubisStore *store, gpointer user_data, GError **error)
{
  SettingEdit *edit = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (edit->session, "company", 0, edit->summary, NULL);

  return rubis_store_set_setting (db, edit->key, edit->value, error)
         && (!edit->forget || rubis_store_clear_copies (db, error))
         && rubis_store_append_event (db, event, error);
}

static gboolean
change_setting (RubisSession *self, const char *key, const char *value, const char *summary, gboolean forget,
                GError **error)
{
  RubisStore *store = rubis_session_lock (self);
  SettingEdit edit = { self, key, value, summary, forget };
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, write_setting, &edit, error);
  rubis_session_unlock (self);
  rubis_session_mark_changed (self);
  return done;
}

static char *
get_setting (RubisSession *self, const char *key)
{
  RubisDatabase *db = rubis_session_take_reader (self, NULL);
  char *value = NULL;

  if (db != NULL)
    {
      value = rubis_store_get_setting (db, key, NULL);
      rubis_session_return_reader (self, db);
    }
  return value != NULL ? value : g_strdup ("");
}

char *
rubis_session_get_copies_folder (RubisSession *self)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  return get_setting (self, SETTING_FOLDER);
}

gboolean
rubis_session_set_copies_folder (RubisSession *self, const char *folder, GError **error)
{
  g_autofree char *full = NULL;
  g_autofree char *summary = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && folder != NULL, FALSE);

  full = *folder != '\0' ? g_canonicalize_filename (folder, NULL) : g_strdup ("");
  if (*full != '\0' && !g_file_test (full, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no folder “%s”."), full);
      return FALSE;
    }
  summary = g_strdup_printf (_ ("Folder of copies of invoices: %s"), *full != '\0' ? full : _ ("none"));
  return change_setting (self, SETTING_FOLDER, full, summary, TRUE, error);
}

gint64
rubis_session_get_attachment_limit (RubisSession *self)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), DEFAULT_LIMIT);

  value = get_setting (self, SETTING_LIMIT);
  return *value != '\0' ? g_ascii_strtoll (value, NULL, 10) : DEFAULT_LIMIT;
}

gboolean
rubis_session_set_attachment_limit (RubisSession *self, gint64 bytes, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, bytes);
  g_autofree char *size = g_format_size ((guint64)MAX (bytes, 0));
  g_autofree char *summary = g_strdup_printf (_ ("Copies may have up to: %s"), size);

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  if (bytes < 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("A size cannot be negative."));
      return FALSE;
    }
  return change_setting (self, SETTING_LIMIT, value, summary, FALSE, error);
}

gboolean
rubis_session_get_attachments_merged (RubisSession *self)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), TRUE);

  value = get_setting (self, SETTING_MERGED);
  return !g_str_equal (value, "0");
}

gboolean
rubis_session_set_attachments_merged (RubisSession *self, gboolean merged, GError **error)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  return change_setting (self, SETTING_MERGED, merged ? "1" : "0",
                         merged ? _ ("Emails carry one PDF of all copies")
                                : _ ("Emails carry each copy by itself"),
                         FALSE, error);
}
