/* The inbox: its rows, reading them, closing and assigning them, and the account's thread. */
#include "rubis-inbox-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"
#include "rubis-text.h"

G_DEFINE_FINAL_TYPE (RubisInboxRow, rubis_inbox_row, G_TYPE_OBJECT)

static void
rubis_inbox_row_finalize (GObject *object)
{
  RubisInboxRow *self = RUBIS_INBOX_ROW (object);

  g_free (self->state);
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->matched_by);
  g_free (self->warning);
  g_free (self->from_email);
  g_free (self->from_name);
  g_free (self->subject);
  g_free (self->text);
  g_ptr_array_unref (self->proposals);
  G_OBJECT_CLASS (rubis_inbox_row_parent_class)->finalize (object);
}

static void
rubis_inbox_row_class_init (RubisInboxRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_inbox_row_finalize;
}

static void
rubis_inbox_row_init (RubisInboxRow *self)
{
  self->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_proposal_free);
}

void
rubis_proposal_free (RubisProposal *self)
{
  if (self == NULL)
    return;
  g_free (self->sentence);
  g_free (self->value);
  g_free (self->state);
  g_array_unref (self->item_ids);
  g_ptr_array_unref (self->numbers);
  g_free (self);
}

RubisProposal *
rubis_proposal_from_record (const RubisProposalRecord *record)
{
  RubisProposal *self = g_new0 (RubisProposal, 1);

  self->id = record->id;
  rubis_answer_kind_from_id (record->kind, &self->kind);
  self->sentence = g_strdup (record->sentence);
  self->by_token = record->by_token;
  self->date = record->date;
  self->amount = record->amount;
  self->currency = record->currency;
  self->value = g_strdup (record->value);
  self->state = g_strdup (record->state);
  self->item_ids = g_array_copy (record->item_ids);
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < record->numbers->len; i++)
    g_ptr_array_add (self->numbers, g_strdup (g_ptr_array_index (record->numbers, i)));
  return self;
}

/* (transfer full) */
static char *
warning_to_text (const char *warning)
{
  if (g_str_has_prefix (warning, RUBIS_INBOX_UNKNOWN_NUMBER))
    return g_strdup_printf (
        _ ("It names %s, which is no open invoice of this account: check which invoices it "
           "is about."),
        warning + strlen (RUBIS_INBOX_UNKNOWN_NUMBER));
  if (g_str_equal (warning, RUBIS_INBOX_STRANGER))
    return g_strdup (_ ("Its address is that of none of your colleagues: make sure who wrote it before you apply what "
                        "it says of the dispute."));
  return g_strdup (g_str_equal (warning, "forged")
                       ? _ ("It bears a reference that Rubis did not make: read it as an ordinary message, "
                            "and check who wrote it.")
                       : "");
}

static RubisInboxRow *
make_row (const RubisIncomingRecord *record)
{
  RubisInboxRow *row = g_object_new (RUBIS_TYPE_INBOX_ROW, NULL);

  row->id = record->id;
  rubis_incoming_kind_from_id (record->kind, &row->kind);
  row->state = g_strdup (record->state);
  row->account_id = record->account_id;
  row->account_code = g_strdup (record->account_code);
  row->account_name = g_strdup (record->account_name);
  row->outbox_id = record->outbox_id;
  row->dispute_id = record->dispute_id;
  row->matched_by = g_strdup (record->matched_by);
  row->warning = warning_to_text (record->warning);
  row->received = record->received;
  row->fetched_at = record->fetched_at;
  row->from_email = g_strdup (record->from_email);
  row->from_name = g_strdup (record->from_name);
  row->subject = g_strdup (record->subject);
  row->text = g_strdup (record->text);
  return row;
}

static gboolean
add_proposals (RubisDatabase *db, RubisInboxRow *row, GError **error)
{
  g_autoptr (GPtrArray) records = rubis_store_list_proposals (db, row->id, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (row->proposals, rubis_proposal_from_record (g_ptr_array_index (records, i)));
  return TRUE;
}

/* @text: (nullable) */
static gboolean
is_wanted (const RubisIncomingRecord *record, const char *text)
{
  g_autofree char *all = NULL;
  g_autofree char *folded = NULL;

  if (text == NULL || *text == '\0')
    return TRUE;
  all = g_strjoin ("\n", record->account_code, record->account_name, record->from_email, record->from_name,
                   record->subject, record->text, NULL);
  folded = rubis_text_fold (all);
  return rubis_text_matches (folded, text);
}

static GPtrArray *
list_rows (RubisDatabase *db, gboolean only_new, gint64 group_id, gint64 account_id, const char *text,
           GError **error)
{
  g_autoptr (GPtrArray) records = rubis_store_list_incoming (db, only_new, group_id, account_id, error);
  g_autoptr (GPtrArray) rows = NULL;

  if (records == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    {
      const RubisIncomingRecord *record = g_ptr_array_index (records, i);

      if (!is_wanted (record, text))
        continue;
      g_ptr_array_add (rows, make_row (record));
      if (!add_proposals (db, g_ptr_array_index (rows, rows->len - 1), error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
rubis_session_list_inbox (RubisSession *self, gboolean only_new, gint64 group_id, gint64 account_id,
                          const char *text, GError **error)
{
  RubisDatabase *db;
  GPtrArray *rows;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  rows = list_rows (db, only_new, group_id, account_id, text, error);
  rubis_session_return_reader (self, db);
  return rows;
}

static void
set_missing (GError **error, gint64 id)
{
  if (error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no message %d among the answers."),
                 (int)id);
}

RubisInboxRow *
rubis_session_load_inbox (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (RubisIncomingRecord) record = NULL;
  g_autoptr (RubisInboxRow) row = NULL;
  g_autoptr (GError) load_error = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  record = rubis_store_load_incoming (db, id, &load_error);
  row = record != NULL ? make_row (record) : NULL;
  if (row != NULL && !add_proposals (db, row, &load_error))
    g_clear_object (&row);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (row == NULL)
    set_missing (error, id);
  return g_steal_pointer (&row);
}

GBytes *
rubis_session_load_incoming (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  RubisDatabase *db;
  GBytes *content;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  content = rubis_store_load_incoming_content (db, id, &load_error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (content == NULL)
    set_missing (error, id);
  return content;
}

/* --- Closing ----------------------------------------------------------------------------------- */

typedef struct
{
  gint64 id;
  char *state; /* that the next swap puts in */
} CloseState;

static void
close_state_free (gpointer data)
{
  CloseState *state = data;

  g_free (state->state);
  g_free (state);
}

static gboolean
swap_close (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  CloseState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisIncomingRecord) record = rubis_store_load_incoming (db, state->id, error);

  if (record == NULL)
    {
      set_missing (error, state->id);
      return FALSE;
    }
  if (!rubis_store_set_incoming_state (db, state->id, state->state, error)
      || !rubis_journaled_edit_note (session, db, edit, record->account_id, error))
    return FALSE;
  g_free (state->state);
  state->state = g_steal_pointer (&record->state);
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_session_close_incoming (RubisSession *self, gint64 id, gboolean done, GError **error)
{
  g_autoptr (RubisInboxRow) row = NULL;
  CloseState *state;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  row = rubis_session_load_inbox (self, id, error);
  if (row == NULL)
    return FALSE;
  if (g_str_equal (row->state, done ? "done" : "new"))
    return TRUE;
  state = g_new0 (CloseState, 1);
  state->id = id;
  state->state = g_strdup (done ? "done" : "new");
  label = g_strdup_printf (done ? _ ("Answer put away: %s") : _ ("Answer to be dealt with again: %s"),
                           row->subject);
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, "answer", NULL, swap_close, state, close_state_free), error);
}

/* --- Whose it is -------------------------------------------------------------------------------- */

typedef struct
{
  gint64 id;
  gint64 account_id; /* that the next swap puts in; 0: none */
  char *matched_by;
} AssignState;

static void
assign_state_free (gpointer data)
{
  AssignState *state = data;

  g_free (state->matched_by);
  g_free (state);
}

/* What it proposes depends on the account's items: it is read again. Applied proposals stay. */
static gboolean
propose_again (RubisSession *session, RubisDatabase *db, gint64 id, GError **error)
{
  g_autoptr (RubisIncomingRecord) record = rubis_store_load_incoming (db, id, error);
  g_autoptr (GPtrArray) proposals = rubis_store_list_proposals (db, id, error);
  g_autoptr (GBytes) content = rubis_store_load_incoming_content (db, id, error);
  g_autoptr (RubisIncomingMessage) message = NULL;

  if (record == NULL || proposals == NULL || content == NULL)
    return FALSE;
  for (guint i = 0; i < proposals->len; i++)
    {
      const RubisProposalRecord *proposal = g_ptr_array_index (proposals, i);

      if (!g_str_equal (proposal->state, "open"))
        return TRUE;
    }
  message = rubis_incoming_message_new (content, error);
  return message != NULL && rubis_store_delete_proposals (db, id, error)
         && rubis_inbox_propose (session, db, message, record, error);
}

static gboolean
swap_assign (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  AssignState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisIncomingRecord) record = rubis_store_load_incoming (db, state->id, error);

  if (record == NULL)
    {
      set_missing (error, state->id);
      return FALSE;
    }
  if (!rubis_store_set_incoming_account (db, state->id, state->account_id, state->matched_by, error)
      || !propose_again (session, db, state->id, error)
      || !rubis_journaled_edit_note (session, db, edit,
                                     state->account_id != 0 ? state->account_id : record->account_id, error))
    return FALSE;
  state->account_id = record->account_id;
  g_free (state->matched_by);
  state->matched_by = g_steal_pointer (&record->matched_by);
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_session_assign_incoming (RubisSession *self, gint64 id, gint64 account_id, GError **error)
{
  g_autoptr (RubisInboxRow) row = NULL;
  g_autoptr (RubisAccountRecord) account = NULL;
  AssignState *state;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  row = rubis_session_load_inbox (self, id, error);
  account = row != NULL ? rubis_edits_load_account (self, account_id, error) : NULL;
  if (account == NULL)
    return FALSE;
  if (row->account_id == account_id)
    return TRUE;
  for (guint i = 0; i < row->proposals->len; i++)
    {
      const RubisProposal *proposal = g_ptr_array_index (row->proposals, i);

      if (g_str_equal (proposal->state, "applied"))
        {
          g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                       _ ("What this answer proposes was applied to %s already: undo that first."),
                       row->account_name);
          return FALSE;
        }
    }
  state = g_new0 (AssignState, 1);
  state->id = id;
  state->account_id = account_id;
  state->matched_by = g_strdup ("user");
  label = g_strdup_printf (_ ("Answer given to %s"), account->name);
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, "answer", NULL, swap_assign, state, assign_state_free), error);
}

/* --- The thread -------------------------------------------------------------------------------- */

void
rubis_thread_entry_free (RubisThreadEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->who);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->state);
  g_free (self);
}

static void
add_exchange (const RubisExchangeRecord *record, gpointer user_data)
{
  RubisThreadEntry *entry = g_new0 (RubisThreadEntry, 1);

  entry->incoming = record->incoming;
  entry->id = record->id;
  entry->document_id = record->document_id;
  entry->at = record->at;
  entry->date = record->date;
  entry->who = g_strdup (record->who);
  entry->subject = g_strdup (record->subject);
  entry->text = g_strdup (record->text);
  entry->state = g_strdup (record->state);
  g_ptr_array_add (user_data, entry);
}

GPtrArray *
rubis_session_load_thread (RubisSession *self, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  RubisDatabase *db;
  gboolean done;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_thread_entry_free);
  done = rubis_store_each_exchange (db, account_id, add_exchange, entries, error);
  rubis_session_return_reader (self, db);
  return done ? g_steal_pointer (&entries) : NULL;
}
