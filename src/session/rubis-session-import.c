/* Importing files: opening, previewing, applying, taking back. */
#include "rubis-import-preview-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-disputes-private.h"
#include "rubis-format.h"
#include "rubis-import-merge.h"
#include "rubis-session-private.h"
#include "rubis-store-imports.h"
#include "rubis-store-items.h"
#include "rubis-store-settings.h"

/* Rejected lines kept for the list. */
#define MAX_REJECTS 10000
/* More than this share of what was open may not disappear unasked. */
#define BRAKE_PERCENT 30
/* Items that the refusal to take an import back names. */
#define MAX_NAMED 5

RubisImportPreview *
rubis_session_open_import (RubisSession *self, const char *path, GError **error)
{
  g_autoptr(RubisImportFile) file = NULL;
  g_autoptr(RubisImportPreview) preview = NULL;
  g_autofree char *remembered = NULL;
  RubisImportMapping *mapping;
  RubisStore *store;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _("“%s” is a folder without copies of invoices in PDF. Choose the tables in it themselves."), name);
      return NULL;
    }
  file = rubis_import_file_open (path, error);
  if (file == NULL)
    return NULL;
  mapping = rubis_import_file_guess_mapping (file);
  preview = rubis_import_preview_new (g_steal_pointer (&file), mapping);
  store = rubis_session_lock (self);
  if (store != NULL)
    remembered = rubis_store_get_mapping (rubis_store_get_database (store),
                                          rubis_import_file_get_fingerprint (preview->file), NULL);
  rubis_session_unlock (self);
  /* What was remembered for a header that has changed since is no help. */
  if (remembered != NULL)
    rubis_import_preview_set_mapping (preview, remembered, NULL);
  return g_steal_pointer (&preview);
}

typedef struct {
  RubisImportPreview *preview;
  RubisImportMerge *merge;
  RubisProgress *progress;
} Reading;

static gboolean
take_row (const RubisImportRow *row, gpointer user_data, GError **error)
{
  Reading *reading = user_data;

  return rubis_import_merge_row (reading->merge, row, error);
}

static void
take_reject (const RubisImportReject *reject, gpointer user_data)
{
  Reading *reading = user_data;
  RubisImportRejectRow *row;

  if (!reject->kept)
    {
      reading->preview->n_rejected++;
      rubis_import_merge_reject (reading->merge, reject);
    }
  if (reading->preview->rejects->len >= MAX_REJECTS)
    return;
  row = g_new0 (RubisImportRejectRow, 1);
  row->line = reject->line;
  row->column = g_strdup (reject->column);
  row->value = g_strdup (reject->value);
  row->code = g_strdup (reject->code);
  row->message = g_strdup (reject->message);
  row->kept = reject->kept;
  g_ptr_array_add (reading->preview->rejects, row);
}

static void
report_progress (guint64 done, guint64 total, gpointer user_data)
{
  Reading *reading = user_data;

  if (reading->progress != NULL && reading->progress->func != NULL)
    reading->progress->func (total > 0 ? (double) done / (double) total : -1, NULL, reading->progress->user_data);
}

/* Lines of a list that are neither items nor rejected: an invoice written on several lines, totals. */
static void
add_merged_note (RubisImportPreview *preview, const RubisImportFacts *facts)
{
  gint64 merged = (gint64) facts->rows - (gint64) facts->items - (gint64) facts->rejected;

  if (merged > 0 && g_str_equal (preview->kind, "items"))
    g_ptr_array_add (preview->notes,
                     g_strdup_printf (ngettext ("%d line belongs to the invoice of another line, or is a total: it makes no "
                                                "item of its own.",
                                                "%d lines belong to the invoice of another line, or are totals: they make "
                                                "no items of their own.",
                                                (gulong) merged),
                                      (int) merged));
}

/* Sentences on what the file holds that is not in its counters. */
static void
add_notes (RubisImportPreview *preview, const RubisImportFacts *facts)
{
  const char *language = rubis_format_ui_language ();
  GPtrArray *notes = preview->notes;

  if (facts->computed_due_dates > 0)
    g_ptr_array_add (notes, g_strdup_printf (ngettext ("%d due date was computed from payment terms.",
                                                       "%d due dates were computed from payment terms.",
                                                       (gulong) facts->computed_due_dates),
                                             (int) facts->computed_due_dates));
  add_merged_note (preview, facts);
  if (!g_str_equal (preview->kind, "fec"))
    return;
  if (facts->debit != facts->credit)
    {
      g_autofree char *debit = rubis_format_number (facts->debit, RUBIS_CURRENCY_EUR, language);
      g_autofree char *credit = rubis_format_number (facts->credit, RUBIS_CURRENCY_EUR, language);

      g_ptr_array_add (notes, g_strdup_printf (_("Debit %s and credit %s of the ledger differ: it may be incomplete."),
                                               debit, credit));
    }
  if (facts->unbalanced_letters > 0)
    g_ptr_array_add (notes, g_strdup_printf (ngettext ("%d matched group does not sum to zero: its other lines are outside "
                                                       "the file.",
                                                       "%d matched groups do not sum to zero: their other lines are "
                                                       "outside the file.",
                                                       (gulong) facts->unbalanced_letters),
                                             (int) facts->unbalanced_letters));
  if (facts->provisional_lines > 0)
    g_ptr_array_add (notes, g_strdup_printf (ngettext ("%d line is provisional (not validated).",
                                                       "%d lines are provisional (not validated).",
                                                       (gulong) facts->provisional_lines),
                                             (int) facts->provisional_lines));
  if (facts->advances != 0)
    {
      g_autofree char *amount = rubis_format_amount (-facts->advances, RUBIS_CURRENCY_EUR, language);

      g_ptr_array_add (notes, g_strdup_printf (_("Advances received (account 419), not deducted: %s."), amount));
    }
}

/* The open total of the dossier, by currency, before the import. */
static gboolean
load_amounts (RubisImportPreview *preview, RubisDatabase *db, GError **error)
{
  RubisItemQuery query = { .due_from = RUBIS_DATE_NONE, .due_to = RUBIS_DATE_NONE };
  g_autoptr(GArray) sums = rubis_store_sum_items (db, &query, error);

  if (sums == NULL)
    return FALSE;
  for (guint i = 0; i < sums->len; i++)
    {
      const RubisItemSumRecord *sum = &g_array_index (sums, RubisItemSumRecord, i);
      RubisImportAmount amount = { .currency = sum->currency, .before = sum->open, .after = sum->open };

      g_array_append_val (preview->amounts, amount);
    }
  return TRUE;
}

/* Whether the whole state of the dossier is in such a file. */
static gboolean
clears_absent (RubisImportPreview *preview)
{
  return !preview->options.delta && !g_str_equal (preview->kind, "customers")
         && !g_str_equal (preview->kind, "payments");
}

/* The reading itself, for the preview (@batch_id 0) and for the import. */
static gboolean
read_into (RubisSession *self, RubisImportPreview *preview, RubisDatabase *db, RubisImportMerge *merge,
           RubisProgress *progress, GError **error)
{
  const RubisImportCallbacks callbacks = { .row = take_row, .reject = take_reject, .progress = report_progress };
  Reading reading = { .preview = preview, .merge = merge, .progress = progress };
  RubisImportFacts facts;
  gboolean ok;

  rubis_import_facts_init (&facts);
  ok = load_amounts (preview, db, error)
       && rubis_import_file_read (preview->file, preview->mapping, rubis_session_get_today (self), &callbacks, &reading,
                                  &facts, progress != NULL ? progress->cancellable : NULL, error)
       && rubis_import_merge_finish (merge, clears_absent (preview), error);
  if (ok)
    {
      gint64 n_unread = rubis_import_merge_count_unread (merge);

      preview->n_rows = (gint64) facts.rows;
      if (n_unread > 0)
        g_ptr_array_add (preview->notes,
                         g_strdup_printf (ngettext ("%d item stays open: its line could not be read.",
                                                    "%d items stay open: their lines could not be read.",
                                                    (gulong) n_unread),
                                          (int) n_unread));
      add_notes (preview, &facts);
    }
  rubis_import_facts_clear (&facts);
  return ok;
}

static void
add_brake (RubisImportPreview *preview, RubisImportBrake brake, const char *text)
{
  char *joined = preview->brake_text[0] != '\0' ? g_strconcat (preview->brake_text, "\n", text, NULL) : g_strdup (text);

  preview->brakes |= brake;
  g_free (preview->brake_text);
  preview->brake_text = joined;
}

static void
check_cleared (RubisImportPreview *preview, gint64 open_items, gint64 open_amount)
{
  /* Rounded up: 30.1 % is more than 30 %. */
  gint64 by_number = open_items > 0 ? (preview->n_cleared * 100 + open_items - 1) / open_items : 0;
  gint64 by_amount
    = open_amount > 0 ? (gint64) (((__int128) preview->cleared_amount * 100 + open_amount - 1) / open_amount) : 0;

  preview->cleared_percent = MAX (by_number, by_amount);
  if (preview->cleared_percent > BRAKE_PERCENT)
    {
      g_autofree char *text = g_strdup_printf (
        _("This would settle %d items, %d %% of what is open. If the file is only a part of the open items, choose "
          "“changes only”."),
        (int) preview->n_cleared, (int) preview->cleared_percent);

      add_brake (preview, RUBIS_BRAKE_CLEARED, text);
    }
}

static void
check_control_total (RubisSession *self, RubisImportPreview *preview)
{
  RubisCurrency currency = rubis_session_get_currency (self);
  const char *language = rubis_format_ui_language ();
  gint64 after = 0;

  if (!preview->options.has_control_total)
    return;
  for (guint i = 0; i < preview->amounts->len; i++)
    {
      const RubisImportAmount *amount = &g_array_index (preview->amounts, RubisImportAmount, i);

      if (rubis_currency_equal (amount->currency, currency))
        after = amount->after;
    }
  if (after != preview->options.control_total)
    {
      g_autofree char *found = rubis_format_amount (after, currency, language);
      g_autofree char *typed = rubis_format_amount (preview->options.control_total, currency, language);
      g_autofree char *text = g_strdup_printf (_("The open total would be %s, your control total is %s."), found, typed);

      add_brake (preview, RUBIS_BRAKE_CONTROL_TOTAL, text);
    }
}

static gboolean
check_brakes (RubisSession *self, RubisImportPreview *preview, RubisDatabase *db, gint64 open_items,
              gint64 open_amount, const char *sha256, gint64 own_batch, GError **error)
{
  gint64 same = 0;

  if (!rubis_store_find_batch (db, sha256, &same, error))
    return FALSE;
  if (preview->n_rows == 0 || preview->n_rows == preview->n_rejected)
    add_brake (preview, RUBIS_BRAKE_NOTHING, _("No line of the file could be read."));
  if (clears_absent (preview))
    check_cleared (preview, open_items, open_amount);
  check_control_total (self, preview);
  if (same != 0 && same != own_batch)
    {
      if (preview->n_new + preview->n_changed + preview->n_cleared > 0)
        add_brake (preview, RUBIS_BRAKE_SAME_FILE,
                   _("This very file was imported before: importing it again would bring back an older state."));
      else
        g_ptr_array_add (preview->notes, g_strdup (_("This very file was imported before: it changes nothing.")));
    }
  return TRUE;
}

/* SHA-256 of the file, in a thread of its own: it takes as long as reading. */
static gpointer
hash_file (gpointer data)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *path = data;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree guchar *buffer = g_malloc (1 << 20);
  gssize length = 0;

  while (stream != NULL && (length = g_input_stream_read (G_INPUT_STREAM (stream), buffer, 1 << 20, NULL, NULL)) > 0)
    g_checksum_update (sum, buffer, length);
  return stream != NULL && length == 0 ? g_strdup (g_checksum_get_string (sum)) : g_strdup ("");
}

gboolean
rubis_session_preview_import (RubisSession *self, RubisImportPreview *preview, RubisProgress *progress, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  GThread *hashing;
  g_autofree char *sha256 = NULL;
  gint64 open_items = 0;
  gint64 open_amount = 0;
  gboolean ok;

  if (db == NULL)
    return FALSE;
  hashing = g_thread_new ("rubis-hash", hash_file, g_strdup (preview->path));
  rubis_import_preview_reset (preview);
  {
    g_autoptr(RubisImportMerge) merge = rubis_import_merge_new (db, 0, rubis_session_get_today (self),
                                                                rubis_session_get_currency (self), preview);

    ok = rubis_store_count_open_items (db, &open_items, &open_amount, error)
         && rubis_import_merge_prepare (merge, error) && read_into (self, preview, db, merge, progress, error);
  }
  sha256 = g_thread_join (hashing);
  ok = ok && check_brakes (self, preview, db, open_items, open_amount, sha256, 0, error);
  rubis_session_return_reader (self, db);
  return ok;
}

/* An import, from begin to commit. */
typedef struct {
  RubisSession *session;
  RubisStore *store;
  RubisImportPreview *preview;
  RubisProgress *progress;
  RubisBatchRecord *batch;
} Import;

/* Says of each dunned item that its due date was changed, forwards or back. */
static gboolean
journal_moved (Import *import, GArray *moved, GError **error)
{
  RubisDatabase *db = rubis_store_get_database (import->store);
  const char *language = rubis_format_ui_language ();

  for (guint i = 0; i < moved->len; i++)
    {
      const RubisImportMove *move = &g_array_index (moved, RubisImportMove, i);
      g_autofree char *from = rubis_format_date_short (move->from, language);
      g_autofree char *to = rubis_format_date_short (move->to, language);
      g_autofree char *number = NULL;
      g_autofree char *summary = NULL;
      g_autoptr(RubisEventRecord) event = NULL;
      gint64 account_id = 0;

      if (!rubis_store_get_item_name (db, move->item_id, &account_id, &number, error))
        return FALSE;
      summary = g_strdup_printf (_("%s: due date changed from %s to %s"), number, from, to);
      event = rubis_session_new_event (import->session, "due-date", account_id, summary, NULL);
      event->batch_id = import->batch->id;
      if (!rubis_store_append_event (db, event, error)
          || !rubis_store_link_event_item (db, event->id, move->item_id, RUBIS_EVENT_NO_LEVEL, RUBIS_DATE_NONE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
journal_import (Import *import, RubisImportMerge *merge, GError **error)
{
  RubisDatabase *db = rubis_store_get_database (import->store);
  RubisImportPreview *preview = import->preview;
  g_autofree char *summary = g_strdup_printf (
    _("Import of “%s”: %d new, %d changed, %d settled, %d unchanged, %d rejected"), import->batch->file_name,
    (int) preview->n_new, (int) preview->n_changed, (int) preview->n_cleared, (int) preview->n_unchanged,
    (int) preview->n_rejected);
  g_autofree char *data = g_strdup_printf ("{\"batch\":%" G_GINT64_FORMAT ",\"sha256\":\"%s\"}", import->batch->id,
                                           import->batch->sha256);
  g_autoptr(RubisEventRecord) event = rubis_session_new_event (import->session, "import", 0, summary, data);
  GArray *returned = rubis_import_merge_get_returned (merge);

  event->batch_id = import->batch->id;
  if (!rubis_store_append_event (db, event, error))
    return FALSE;
  for (guint i = 0; i < returned->len; i++)
    {
      if (!rubis_session_journal_returned (import->session, db, import->batch->id, g_array_index (returned, gint64, i),
                                           error))
        return FALSE;
    }
  return journal_moved (import, rubis_import_merge_get_moved (merge), error);
}

static gboolean
write_rejects (Import *import, GError **error)
{
  RubisDatabase *db = rubis_store_get_database (import->store);

  for (guint i = 0; i < import->preview->rejects->len; i++)
    {
      const RubisImportRejectRow *reject = g_ptr_array_index (import->preview->rejects, i);

      if (!rubis_store_insert_reject (db, import->batch->id, reject->line, reject->column, reject->value, reject->code,
                                      error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish_import (Import *import, RubisImportMerge *merge, GError **error)
{
  RubisDatabase *db = rubis_store_get_database (import->store);
  RubisImportPreview *preview = import->preview;
  RubisBatchRecord *batch = import->batch;
  g_autofree char *mapping = rubis_import_preview_get_mapping (preview);

  batch->n_rows = preview->n_rows;
  batch->n_new = preview->n_new;
  batch->n_changed = preview->n_changed;
  batch->n_cleared = preview->n_cleared;
  batch->n_unchanged = preview->n_unchanged;
  batch->n_rejected = preview->n_rejected;
  return rubis_store_finish_batch (db, batch, error) && write_rejects (import, error)
         && journal_import (import, merge, error)
         && rubis_disputes_follow_import (import->session, db, batch->id, error)
         && rubis_store_set_mapping (db, batch->fingerprint, mapping, error);
}

static gboolean
write_import (Import *import, GThread **hashing, GError **error)
{
  RubisDatabase *db = rubis_store_get_database (import->store);
  RubisImportPreview *preview = import->preview;
  g_autoptr(RubisImportMerge) merge = NULL;
  gint64 open_items = 0;
  gint64 open_amount = 0;
  g_autofree char *sha256 = NULL;

  if (!rubis_store_count_open_items (db, &open_items, &open_amount, error)
      || !rubis_store_insert_batch (db, import->batch, error))
    return FALSE;
  merge = rubis_import_merge_new (db, import->batch->id, import->batch->as_of,
                                  rubis_session_get_currency (import->session), preview);
  if (!rubis_import_merge_prepare (merge, error))
    return FALSE;
  if (rubis_import_merge_is_fresh (merge) && !rubis_store_drop_item_indexes (import->store, error))
    return FALSE;
  if (!read_into (import->session, preview, db, merge, import->progress, error))
    return FALSE;
  if (rubis_import_merge_is_fresh (merge) && !rubis_store_make_item_indexes (import->store, error))
    return FALSE;
  sha256 = g_thread_join (g_steal_pointer (hashing));
  if (!check_brakes (import->session, preview, db, open_items, open_amount, sha256, import->batch->id, error))
    return FALSE;
  if (preview->brakes != 0 && !preview->options.force)
    {
      g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_BRAKE, preview->brake_text);
      return FALSE;
    }
  g_free (import->batch->sha256);
  import->batch->sha256 = g_steal_pointer (&sha256);
  return rubis_store_set_batch_hash (db, import->batch->id, import->batch->sha256, error)
         && finish_import (import, merge, error);
}

static RubisBatchRecord *
new_batch (RubisSession *self, RubisImportPreview *preview)
{
  RubisBatchRecord *batch = g_new0 (RubisBatchRecord, 1);

  batch->kind = g_strdup (preview->kind);
  batch->delta = preview->options.delta;
  batch->file_name = g_filename_display_basename (preview->path);
  batch->sha256 = g_strdup ("");
  batch->fingerprint = g_strdup (rubis_import_file_get_fingerprint (preview->file));
  batch->as_of = rubis_session_get_today (self);
  batch->imported_at = rubis_session_now ();
  batch->imported_by = g_strdup (g_get_user_name ());
  return batch;
}

gboolean
rubis_session_apply_import (RubisSession *self, RubisImportPreview *preview, RubisProgress *progress, GError **error)
{
  g_autoptr(RubisBatchRecord) batch = new_batch (self, preview);
  Import import = { .session = self, .preview = preview, .progress = progress, .batch = batch };
  GThread *hashing;
  gboolean ok;

  import.store = rubis_session_lock (self);
  if (import.store == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The dossier is closed."));
      rubis_session_unlock (self);
      return FALSE;
    }
  rubis_import_preview_reset (preview);
  ok = rubis_store_begin (import.store, error);
  if (ok)
    {
      hashing = g_thread_new ("rubis-hash", hash_file, g_strdup (preview->path));
      ok = write_import (&import, &hashing, error);
      if (hashing != NULL)
        g_free (g_thread_join (hashing));
      if (ok)
        ok = rubis_store_commit (import.store, error);
      else
        rubis_store_rollback (import.store);
    }
  if (ok)
    {
      preview->batch_id = batch->id;
      rubis_session_forget_edits (self);
    }
  rubis_session_unlock (self);
  if (ok)
    rubis_session_mark_changed (self);
  return ok;
}

gboolean
rubis_session_journal_returned (RubisSession *self, RubisDatabase *db, gint64 batch_id, gint64 item_id, GError **error)
{
  g_autofree char *number = NULL;
  g_autofree char *summary = NULL;
  g_autoptr(RubisEventRecord) event = NULL;
  gint64 account_id = 0;

  if (!rubis_store_get_item_name (db, item_id, &account_id, &number, error))
    return FALSE;
  summary = g_strdup_printf (_("%s came back after it was settled"), number);
  event = rubis_session_new_event (self, "reappeared", account_id, summary, NULL);
  event->batch_id = batch_id;
  return rubis_store_append_event (db, event, error)
         && rubis_store_link_event_item (db, event->id, item_id, RUBIS_EVENT_NO_LEVEL, RUBIS_DATE_NONE, error);
}

typedef struct {
  RubisSession *session;
  gint64 batch_id;
} UndoImport;

/* Items that came with it go; those that something kept speaks of cannot. */
static gboolean
check_undo (RubisDatabase *db, const RubisBatchRecord *batch, GError **error)
{
  g_autoptr(GPtrArray) bound = NULL;
  g_autofree char *numbers = NULL;
  gboolean later = FALSE;

  if (!rubis_store_has_later_batch (db, batch->id, &later, error))
    return FALSE;
  if (later)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_LATER,
                   _("The import of “%s” cannot be taken back: another import came after it. Take that one back first, "
                     "or import a corrected file."),
                   batch->file_name);
      return FALSE;
    }
  bound = rubis_store_list_bound_items (db, batch->id, MAX_NAMED + 1, error);
  if (bound == NULL || bound->len == 0)
    return bound != NULL;
  if (bound->len > MAX_NAMED)
    {
      g_free (bound->pdata[MAX_NAMED]);
      bound->pdata[MAX_NAMED] = g_strdup ("…");
    }
  g_ptr_array_add (bound, NULL);
  numbers = g_strjoinv (", ", (char **) bound->pdata);
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_LATER,
               _("The import of “%s” cannot be taken back: it brought %s, on which there are reminders, disputes, "
                 "promises, plans or files since. Import a corrected file instead: what is wrong is changed, what is "
                 "missing there is settled."),
               batch->file_name, numbers);
  return FALSE;
}

static gboolean
undo_import (RubisStore *store, gpointer user_data, GError **error)
{
  UndoImport *undo = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr(GError) load_error = NULL;
  g_autoptr(RubisBatchRecord) batch = rubis_store_load_batch (db, undo->batch_id, &load_error);
  g_autoptr(RubisEventRecord) event = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *now = rubis_session_now ();

  if (batch == NULL || batch->undone)
    {
      if (load_error != NULL)
        g_propagate_error (error, g_steal_pointer (&load_error));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no import number %d to take back."),
                     (int) undo->batch_id);
      return FALSE;
    }
  if (!check_undo (db, batch, error))
    return FALSE;
  summary = g_strdup_printf (_("Import of “%s” taken back"), batch->file_name);
  event = rubis_session_new_event (undo->session, "undo-import", 0, summary, NULL);
  event->batch_id = batch->id;
  return rubis_disputes_undo_import (undo->session, db, batch->id, error)
         && rubis_store_undo_batch (db, batch->id, now, error) && rubis_store_append_event (db, event, error);
}

gboolean
rubis_session_undo_import (RubisSession *self, gint64 batch_id, GError **error)
{
  UndoImport undo = { .session = self, .batch_id = batch_id };
  RubisStore *store = rubis_session_lock (self);
  gboolean ok = store != NULL && rubis_store_transact (store, undo_import, &undo, error);

  if (ok)
    rubis_session_forget_edits (self);
  rubis_session_unlock (self);
  if (ok)
    rubis_session_mark_changed (self);
  return ok;
}
