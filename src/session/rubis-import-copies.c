#include "rubis-import-copies.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-attachments-private.h"
#include "rubis-copy-index.h"
#include "rubis-import-preview.h"
#include "rubis-pdf-text.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-attachments.h"
#include "rubis-store-items.h"

/* Names of items that a reason lists. */
#define MAX_NAMES 4

void
rubis_import_copy_free (RubisImportCopy *self)
{
  g_free (self->path);
  g_free (self->number);
  g_free (self->customer);
  g_free (self->reason);
  g_free (self->sha256);
  g_free (self);
}

const char *
rubis_copy_state_get_name (RubisCopyState state)
{
  static const char *const names[] = { "recognised", "kept-before", "unknown", "ambiguous", "unreadable" };

  return names[state];
}

gboolean
rubis_copy_is_left (const RubisImportCopy *copy)
{
  return copy->state > RUBIS_COPY_KEPT_BEFORE;
}

/* --- which files --- */

static gboolean
is_pdf (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".pdf");
}

void
rubis_import_sort_paths (GPtrArray *paths, GPtrArray *tables, GPtrArray *pdfs)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          g_autoptr (GPtrArray) inside = rubis_copy_list_folder (path);

          if (inside->len == 0)
            g_ptr_array_add (tables, g_strdup (path));
          g_ptr_array_extend_and_steal (pdfs, g_steal_pointer (&inside));
        }
      else
        g_ptr_array_add (is_pdf (path) ? pdfs : tables, g_strdup (path));
    }
}

/* --- what the files say --- */

/* An item that a file may be the copy of. */
typedef struct
{
  gint64 item_id;
  gint64 account_id;
  RubisItemType type;
  int fiscal_year; /* numbers may start again */
  gboolean open;
  char *number;
  char *key;
} Candidate;

/* A file while its item is looked for. */
typedef struct
{
  RubisImportCopy *copy; /* (unowned) */
  char *text;            /* (nullable) NULL: it cannot be read */
  GHashTable *name_keys;
  GHashTable *text_keys;
} Reading;

/* The whole search. */
typedef struct
{
  RubisSession *session;
  GHashTable *wanted;    /* (element-type utf8 GPtrArray) the candidates (owned) of each key */
  GHashTable *customers; /* (element-type gint64 utf8) the names of accounts */
  GHashTable *sums;      /* (element-type utf8 utf8) what is kept already */
} Search;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->number);
  g_free (candidate->key);
  g_free (candidate);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->text);
  g_clear_pointer (&reading->name_keys, g_hash_table_unref);
  g_clear_pointer (&reading->text_keys, g_hash_table_unref);
  g_free (reading);
}

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->wanted, g_hash_table_unref);
  g_clear_pointer (&search->customers, g_hash_table_unref);
  g_clear_pointer (&search->sums, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* @reason: (transfer full) */
static void
leave (RubisImportCopy *copy, RubisCopyState state, char *reason)
{
  copy->state = state;
  g_free (copy->reason);
  copy->reason = reason;
}

static void
want_keys (GHashTable *wanted, GHashTable *keys)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_hash_table_contains (wanted, key))
        g_hash_table_insert (wanted, g_strdup (key), g_ptr_array_new_with_free_func (candidate_free));
    }
}

/* Reads one file; what cannot be read is left with the reason. */
static Reading *
read_copy (Search *search, RubisImportCopy *copy)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autofree char *name = g_path_get_basename (copy->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = rubis_attachment_read_file (copy->path, &error);
  g_autofree char *shown = g_filename_display_name (name);
  char *suffix = strrchr (shown, '.');
  guint n_pages = 0;

  reading->copy = copy;
  if (content == NULL)
    {
      leave (copy, RUBIS_COPY_UNREADABLE, g_strdup (error->message));
      return reading;
    }
  g_free (copy->sha256);
  copy->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  reading->text = rubis_pdf_read_text (content, RUBIS_COPY_PAGES, &n_pages, NULL);
  copy->n_pages = (int)n_pages;
  if (reading->text == NULL)
    {
      leave (copy, RUBIS_COPY_UNREADABLE,
             g_strdup (_ ("It is damaged or protected: have it made again, or print it into a new PDF.")));
      return reading;
    }
  if (suffix != NULL)
    *suffix = '\0';
  reading->name_keys = rubis_copy_collect_keys (shown, TRUE);
  reading->text_keys = rubis_copy_collect_keys (reading->text, FALSE);
  want_keys (search->wanted, reading->name_keys);
  want_keys (search->wanted, reading->text_keys);
  return reading;
}

/* --- the items --- */

/* Payments bear the number of what they pay in many exports: they have no copies. */
static gboolean
note_item (const RubisItemRecord *item, gpointer user_data)
{
  Search *search = user_data;
  g_autofree char *key = NULL;
  GPtrArray *candidates;
  Candidate *candidate;

  if (item->type == RUBIS_ITEM_PAYMENT)
    return TRUE;
  key = rubis_copy_key (item->number);
  candidates = g_hash_table_lookup (search->wanted, key);
  if (candidates == NULL)
    return TRUE;
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *other = g_ptr_array_index (candidates, i);

      /* The instalments of one invoice have one copy: it hangs on the first that is open. */
      if (other->account_id != item->account_id || other->type != item->type
          || other->fiscal_year != item->fiscal_year || !g_str_equal (other->number, item->number))
        continue;
      if (!other->open && item->open != 0)
        {
          other->item_id = item->id;
          other->open = TRUE;
        }
      return TRUE;
    }
  candidate = g_new0 (Candidate, 1);
  candidate->item_id = item->id;
  candidate->account_id = item->account_id;
  candidate->type = item->type;
  candidate->fiscal_year = item->fiscal_year;
  candidate->open = item->open != 0;
  candidate->number = g_strdup (item->number);
  candidate->key = g_steal_pointer (&key);
  g_ptr_array_add (candidates, candidate);
  return TRUE;
}

/* The name of an account, "" when it is gone. (unowned) */
static const char *
get_customer (Search *search, gint64 account_id)
{
  const char *name = g_hash_table_lookup (search->customers, &account_id);

  if (name == NULL)
    {
      g_autoptr (RubisAccountRecord) account = rubis_edits_load_account (search->session, account_id, NULL);
      char *copy = g_strdup (account != NULL ? account->name : "");

      g_hash_table_insert (search->customers, g_memdup2 (&account_id, sizeof account_id), copy);
      name = copy;
    }
  return name;
}

/* "0012" within "FA-2026-0012" is no number of its own. */
static gboolean
is_part (GPtrArray *found, const Candidate *candidate)
{
  for (guint i = 0; i < found->len; i++)
    {
      const Candidate *other = g_ptr_array_index (found, i);

      if (strlen (other->key) > strlen (candidate->key) && strstr (other->key, candidate->key) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The items whose numbers are among @keys, without those that are a part of another's number.
 * @text: (nullable) only those whose customer is named in it. (transfer container)
 */
static GPtrArray *
find_candidates (Search *search, GHashTable *keys, const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GPtrArray *whole = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      GPtrArray *candidates = g_hash_table_lookup (search->wanted, key);

      for (guint i = 0; i < candidates->len; i++)
        {
          Candidate *candidate = g_ptr_array_index (candidates, i);

          if (text == NULL
              || rubis_copy_text_names (text, NULL, get_customer (search, candidate->account_id)))
            g_ptr_array_add (found, candidate);
        }
    }
  for (guint i = 0; i < found->len; i++)
    {
      if (!is_part (found, g_ptr_array_index (found, i)))
        g_ptr_array_add (whole, g_ptr_array_index (found, i));
    }
  return whole;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = *(Candidate *const *)a;
  const Candidate *second = *(Candidate *const *)b;
  int order = strcmp (first->number, second->number);

  return order != 0 ? order : (first->item_id > second->item_id) - (first->item_id < second->item_id);
}

static void
leave_ambiguous (Search *search, RubisImportCopy *copy, GPtrArray *candidates)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_ptr_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < MIN (candidates->len, MAX_NAMES); i++)
    {
      const Candidate *candidate = g_ptr_array_index (candidates, i);

      g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "", candidate->number,
                              get_customer (search, candidate->account_id));
    }
  if (candidates->len > MAX_NAMES)
    g_string_append (names, "…");
  leave (copy, RUBIS_COPY_AMBIGUOUS,
         g_strdup_printf (_ ("It fits several items: %s. Drop it on the right one."), names->str));
}

static void
recognise (Search *search, RubisImportCopy *copy, const Candidate *candidate, gboolean by_text)
{
  copy->state = RUBIS_COPY_RECOGNISED;
  copy->by_text = by_text;
  copy->item_id = candidate->item_id;
  copy->account_id = candidate->account_id;
  g_free (copy->number);
  copy->number = g_strdup (candidate->number);
  g_free (copy->customer);
  copy->customer = g_strdup (get_customer (search, candidate->account_id));
  g_hash_table_insert (search->sums, g_strdup (copy->sha256), g_strdup (candidate->number));
}

static void
match_by_text (Search *search, Reading *reading)
{
  g_autoptr (GPtrArray) found = find_candidates (search, reading->text_keys, reading->text);

  if (found->len == 1)
    recognise (search, reading->copy, g_ptr_array_index (found, 0), TRUE);
  else if (found->len > 1)
    leave_ambiguous (search, reading->copy, found);
  else
    leave (reading->copy, RUBIS_COPY_UNKNOWN,
           g_strdup (*reading->text == '\0'
                         ? _ ("Its name has no number of an item, and it is a scan without text. Drop it on "
                              "its item.")
                         : _ ("Neither its name nor its text has the number of an item and its customer. "
                              "Drop it on its item.")));
}

/* A name may be a coincidence: the text, when there is one, must not speak of something else. */
static void
match_copy (Search *search, Reading *reading)
{
  RubisImportCopy *copy = reading->copy;
  g_autoptr (GPtrArray) found = NULL;
  const char *kept;

  if (reading->text == NULL)
    return;
  kept = g_hash_table_lookup (search->sums, copy->sha256);
  if (kept != NULL)
    {
      g_free (copy->number);
      copy->number = g_strdup (kept);
      leave (copy, RUBIS_COPY_KEPT_BEFORE, g_strdup (_ ("The same file is kept already.")));
      return;
    }
  g_strstrip (reading->text);
  found = find_candidates (search, reading->name_keys, NULL);
  if (found->len > 1 && *reading->text != '\0')
    {
      g_autoptr (GPtrArray) named = find_candidates (search, reading->name_keys, reading->text);

      if (named->len == 1)
        {
          g_ptr_array_unref (found);
          found = g_steal_pointer (&named);
        }
    }
  if (found->len == 0)
    match_by_text (search, reading);
  else if (found->len > 1)
    leave_ambiguous (search, copy, found);
  else
    {
      const Candidate *candidate = g_ptr_array_index (found, 0);

      if (*reading->text == '\0'
          || rubis_copy_text_names (reading->text, candidate->number,
                                    get_customer (search, candidate->account_id)))
        recognise (search, copy, candidate, FALSE);
      else
        leave (copy, RUBIS_COPY_UNKNOWN,
               g_strdup_printf (_ ("Its name speaks of %s, but its text has neither this number nor the name "
                                   "of the customer. Drop it on its item."),
                                candidate->number));
    }
}

/* FALSE when it was cancelled. */
static gboolean
report (RubisProgress *progress, double fraction, GError **error)
{
  if (progress == NULL)
    return TRUE;
  if (progress->func != NULL)
    progress->func (fraction, NULL, progress->user_data);
  return !g_cancellable_set_error_if_cancelled (progress->cancellable, error);
}

/* Looks through all items once, whatever the number of files. */
static gboolean
load_items (Search *search, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (search->session, error);
  gboolean done = FALSE;

  if (db == NULL)
    return FALSE;
  search->sums = rubis_store_list_attachment_sums (db, error);
  if (search->sums != NULL)
    done = rubis_store_each_item (db, note_item, search, error);
  rubis_session_return_reader (search->session, db);
  return done;
}

static RubisImportCopy *
import_copy_new (const char *path)
{
  RubisImportCopy *copy = g_new0 (RubisImportCopy, 1);

  copy->path = g_strdup (path);
  copy->number = g_strdup ("");
  copy->customer = g_strdup ("");
  copy->reason = g_strdup ("");
  copy->sha256 = g_strdup ("");
  return copy;
}

GPtrArray *
rubis_session_match_copies (RubisSession *self, GPtrArray *pdfs, RubisProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) readings = g_ptr_array_new_with_free_func (reading_free);
  g_auto (Search) search = { self, NULL, NULL, NULL };

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && pdfs != NULL, NULL);

  copies = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_import_copy_free);
  search.wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  search.customers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < pdfs->len; i++)
    {
      RubisImportCopy *copy = import_copy_new (g_ptr_array_index (pdfs, i));

      g_ptr_array_add (copies, copy);
      g_ptr_array_add (readings, read_copy (&search, copy));
      if (!report (progress, (double)(i + 1) / pdfs->len, error))
        return NULL;
    }
  if (!load_items (&search, error))
    return NULL;
  for (guint i = 0; i < readings->len; i++)
    match_copy (&search, g_ptr_array_index (readings, i));
  return g_steal_pointer (&copies);
}

/* --- keeping --- */

/* One file of the edit. Its content is in memory only while it is undone: a dossier may get thousands. */
typedef struct
{
  RubisAttachmentRecord *record;
  char *path; /* (nullable) from which it is read the first time */
} KeptFile;

typedef struct
{
  GPtrArray *files; /* (element-type KeptFile) */
  gboolean present;
  RubisProgress *progress; /* (unowned) (nullable) the first time */
} KeepState;

static void
kept_file_free (gpointer data)
{
  KeptFile *file = data;

  rubis_attachment_record_free (file->record);
  g_free (file->path);
  g_free (file);
}

static void
keep_state_free (gpointer data)
{
  KeepState *state = data;

  g_ptr_array_unref (state->files);
  g_free (state);
}

static gboolean
put_file (RubisDatabase *db, KeptFile *file, GError **error)
{
  g_autofree char *sum = NULL;
  gboolean done;

  if (file->path == NULL)
    return rubis_store_insert_attachment (db, file->record, error);
  file->record->content = rubis_attachment_read_file (file->path, error);
  if (file->record->content == NULL)
    return FALSE;
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->record->content);
  if (g_str_equal (sum, file->record->sha256))
    done = rubis_store_insert_attachment (db, file->record, error);
  else
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("“%s” has changed meanwhile: nothing was kept. Import it again."),
                   file->record->file_name);
      done = FALSE;
    }
  g_clear_pointer (&file->record->content, g_bytes_unref);
  return done;
}

static gboolean
take_file (RubisDatabase *db, KeptFile *file, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisAttachmentRecord) record = rubis_store_load_attachment (db, file->record->id, &load_error);

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (record == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such file."));
      return FALSE;
    }
  rubis_attachment_record_free (file->record);
  file->record = g_steal_pointer (&record);
  g_clear_pointer (&file->path, g_free);
  return rubis_store_delete_attachment (db, file->record->id, error);
}

/* One line of the journal for each account that got files. */
static gboolean
note_accounts (RubisSession *session, RubisDatabase *db, RubisEdit *edit, GPtrArray *files, GError **error)
{
  g_autoptr (GHashTable) noted = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < files->len; i++)
    {
      KeptFile *file = g_ptr_array_index (files, i);

      if (g_hash_table_add (noted, &file->record->account_id)
          && !rubis_journaled_edit_note (session, db, edit, file->record->account_id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
swap_files (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  KeepState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);

  for (guint i = 0; i < state->files->len; i++)
    {
      KeptFile *file = g_ptr_array_index (state->files, i);

      if (!(state->present ? take_file : put_file) (db, file, error)
          || !report (state->progress, (double)(i + 1) / state->files->len, error))
        return FALSE;
    }
  if (!note_accounts (session, db, edit, state->files, error))
    return FALSE;
  state->present = !state->present;
  state->progress = NULL;
  for (guint i = 0; state->present && i < state->files->len; i++)
    g_clear_pointer (&((KeptFile *)g_ptr_array_index (state->files, i))->record->content, g_bytes_unref);
  journaled->n_swaps++;
  return TRUE;
}

static KeptFile *
kept_file_new (RubisSession *session, const RubisImportCopy *copy)
{
  KeptFile *file = g_new0 (KeptFile, 1);
  RubisAttachmentRecord *record = g_new0 (RubisAttachmentRecord, 1);
  g_autofree char *name = g_path_get_basename (copy->path);

  record->account_id = copy->account_id;
  record->item_id = copy->item_id;
  record->number = g_strdup (copy->number);
  record->kind = g_strdup ("invoice");
  record->title = g_strdup (copy->number);
  record->file_name = g_filename_display_name (name);
  record->media_type = g_strdup ("application/pdf");
  record->n_pages = copy->n_pages;
  record->named = TRUE;
  record->added_on = rubis_session_get_today (session);
  record->added_by = g_strdup (g_get_user_name ());
  record->sha256 = g_strdup (copy->sha256);
  file->record = record;
  file->path = g_strdup (copy->path);
  return file;
}

gboolean
rubis_session_keep_copies (RubisSession *self, GPtrArray *copies, RubisProgress *progress, guint *n_kept,
                           GError **error)
{
  KeepState *state;
  g_autofree char *label = NULL;
  guint n = 0;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && copies != NULL, FALSE);

  state = g_new0 (KeepState, 1);
  state->files = g_ptr_array_new_with_free_func (kept_file_free);
  state->progress = progress;
  for (guint i = 0; i < copies->len; i++)
    {
      const RubisImportCopy *copy = g_ptr_array_index (copies, i);

      if (copy->state == RUBIS_COPY_RECOGNISED && !copy->kept)
        g_ptr_array_add (state->files, kept_file_new (self, copy));
    }
  n = state->files->len;
  if (n_kept != NULL)
    *n_kept = n;
  if (n == 0)
    {
      keep_state_free (state);
      return TRUE;
    }
  label = g_strdup_printf (ngettext ("%u copy of an invoice kept", "%u copies of invoices kept", n), n);
  if (!rubis_session_do_edit (
          self, rubis_journaled_edit_new (label, "attachment", NULL, swap_files, state, keep_state_free),
          error))
    return FALSE;
  for (guint i = 0; i < copies->len; i++)
    {
      RubisImportCopy *copy = g_ptr_array_index (copies, i);

      copy->kept = copy->kept || copy->state == RUBIS_COPY_RECOGNISED;
    }
  return TRUE;
}
