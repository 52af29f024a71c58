/* What edits of disputes do and take back. */
#include "rubis-disputes-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-policy.h"
#include "rubis-store-items.h"

/* --- A change ------------------------------------------------------------------------------------- */

/* The level of an item before it began again. */
typedef struct
{
  gint64 item_id;
  int level;
  RubisDate date;
} ItemLevel;

RubisDisputeChange *
rubis_dispute_change_new (RubisDisputeRecord *record, RubisDisputeParts parts)
{
  RubisDisputeChange *self = g_new0 (RubisDisputeChange, 1);

  self->record = record;
  self->parts = parts;
  return self;
}

void
rubis_dispute_change_free (RubisDisputeChange *self)
{
  if (self == NULL)
    return;
  rubis_dispute_record_free (self->record);
  g_clear_pointer (&self->levels, g_array_unref);
  g_free (self);
}

static void
take_text (char **to, const char *from)
{
  g_free (*to);
  *to = g_strdup (from);
}

/* Puts the @parts of @from into @to. */
static void
copy_parts (RubisDisputeRecord *to, const RubisDisputeRecord *from, RubisDisputeParts parts)
{
  if ((parts & RUBIS_DISPUTE_PART_WORDS) != 0)
    {
      take_text (&to->reason, from->reason);
      take_text (&to->description, from->description);
      take_text (&to->product_line, from->product_line);
      to->keep_dunning = from->keep_dunning;
    }
  if ((parts & RUBIS_DISPUTE_PART_CARE) != 0)
    {
      to->resolver_id = from->resolver_id;
      to->due_date = from->due_date;
    }
  if ((parts & RUBIS_DISPUTE_PART_ITEMS) != 0)
    {
      g_array_unref (to->shares);
      to->shares = g_array_copy (from->shares);
    }
  if ((parts & RUBIS_DISPUTE_PART_STATE) != 0)
    {
      take_text (&to->state, from->state);
      take_text (&to->closed_by, from->closed_by);
      take_text (&to->close_note, from->close_note);
      to->outcome_amount = from->outcome_amount;
      to->credit_item_id = from->credit_item_id;
      to->closed_on = from->closed_on;
    }
  if ((parts & RUBIS_DISPUTE_PART_EXISTS) != 0)
    to->voided = from->voided;
}

static gboolean
note_level (const RubisItemRecord *item, gpointer levels)
{
  ItemLevel level = { item->id, item->level, item->level_date };

  if (item->level != RUBIS_LEVEL_NONE && item->open > 0)
    g_array_append_val (levels, level);
  return FALSE;
}

/* Its items have no level any more; the journal says so. */
static gboolean
reset_levels (RubisDisputeChange *self, RubisSession *session, RubisDatabase *db, GError **error)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (ItemLevel));
  g_autofree char *numbers = rubis_dispute_dup_numbers (db, self->record);
  g_autofree char *summary = g_strdup_printf (_ ("Dunning begins again at the first step: %s"), numbers);
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (session, "reset", self->record->account_id, summary, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < self->record->shares->len; i++)
    {
      const RubisDisputeShare *share = &g_array_index (self->record->shares, RubisDisputeShare, i);

      if (!rubis_store_visit_item (db, share->item_id, note_level, levels, &found, error))
        return FALSE;
    }
  if (levels->len == 0)
    return TRUE;
  if (!rubis_store_append_event (db, event, error))
    return FALSE;
  for (guint i = 0; i < levels->len; i++)
    {
      const ItemLevel *level = &g_array_index (levels, ItemLevel, i);

      if (!rubis_store_link_event_item (db, event->id, level->item_id, RUBIS_LEVEL_NONE,
                                        rubis_session_get_today (session), error))
        return FALSE;
    }
  self->reset_event = event->id;
  self->levels = g_steal_pointer (&levels);
  return TRUE;
}

static gboolean
give_levels_back (RubisDisputeChange *self, RubisDatabase *db, GError **error)
{
  if (!rubis_store_void_event (db, self->reset_event, self->record->account_id, error))
    return FALSE;
  for (guint i = 0; i < self->levels->len; i++)
    {
      const ItemLevel *level = &g_array_index (self->levels, ItemLevel, i);

      if (!rubis_store_restore_item_level (db, level->item_id, level->level, level->date, error))
        return FALSE;
    }
  self->reset_event = 0;
  g_clear_pointer (&self->levels, g_array_unref);
  return TRUE;
}

gboolean
rubis_dispute_change_swap (RubisDisputeChange *self, RubisSession *session, RubisDatabase *db, GError **error)
{
  g_autoptr (RubisDisputeRecord) before = NULL;
  g_autoptr (RubisDisputeRecord) next = NULL;

  if (self->record->id == 0)
    {
      if (!rubis_store_save_dispute (db, self->record, error))
        return FALSE;
      self->record->voided = TRUE;
      self->parts = RUBIS_DISPUTE_PART_EXISTS;
      return TRUE;
    }
  before = rubis_store_load_dispute (db, self->record->id, TRUE, error);
  if (before == NULL)
    return FALSE;
  next = rubis_dispute_record_copy (before);
  copy_parts (next, self->record, self->parts);
  if (!rubis_store_save_dispute (db, next, error))
    return FALSE;
  if (self->restart
      && !(self->reset_event == 0 ? reset_levels (self, session, db, error)
                                  : give_levels_back (self, db, error)))
    return FALSE;
  rubis_dispute_record_free (self->record);
  self->record = g_steal_pointer (&before);
  return TRUE;
}

/* --- Edits ---------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *changes;                 /* (element-type RubisDisputeChange) */
  RubisDisputeCommentRecord *comment; /* (nullable) on the first of them */
  gboolean said;
} DisputeState;

static void
dispute_state_free (gpointer data)
{
  DisputeState *state = data;

  g_ptr_array_unref (state->changes);
  g_clear_pointer (&state->comment, rubis_dispute_comment_record_free);
  g_free (state);
}

gboolean
rubis_dispute_comment_swap (RubisDisputeCommentRecord *comment, gboolean said, RubisDatabase *db,
                            GError **error)
{
  if (comment->id == 0)
    return rubis_store_insert_dispute_comment (db, comment, error);
  return rubis_store_void_dispute_comment (db, comment->id, said, error);
}

static gboolean
swap_disputes (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  DisputeState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (GHashTable) accounts = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < state->changes->len; i++)
    {
      if (!rubis_dispute_change_swap (g_ptr_array_index (state->changes, i), session, db, error))
        return FALSE;
    }
  if (state->comment != NULL && !rubis_dispute_comment_swap (state->comment, state->said, db, error))
    return FALSE;
  for (guint i = 0; i < state->changes->len; i++)
    {
      RubisDisputeChange *change = g_ptr_array_index (state->changes, i);

      if (g_hash_table_add (accounts, &change->record->account_id)
          && !rubis_journaled_edit_note (session, db, edit, change->record->account_id, error))
        return FALSE;
    }
  state->said = !state->said;
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_dispute_do (RubisSession *session, char *label, const char *detail, GPtrArray *changes,
                  RubisDisputeCommentRecord *comment, GError **error)
{
  g_autofree char *owned = label;
  DisputeState *state = g_new0 (DisputeState, 1);

  state->changes = changes;
  state->comment = comment;
  return rubis_session_do_edit (
      session, rubis_journaled_edit_new (owned, "dispute", detail, swap_disputes, state, dispute_state_free),
      error);
}

char *
rubis_dispute_dup_numbers (RubisDatabase *db, const RubisDisputeRecord *record)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < record->shares->len; i++)
    {
      g_autofree char *number = NULL;
      gint64 owner = 0;

      if (rubis_store_get_item_name (db, g_array_index (record->shares, RubisDisputeShare, i).item_id, &owner,
                                     &number, NULL))
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? ", " : "", number);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

gint64
rubis_dispute_sum (const RubisDisputeRecord *record)
{
  gint64 sum = 0;

  for (guint i = 0; i < record->shares->len; i++)
    sum += g_array_index (record->shares, RubisDisputeShare, i).amount;
  return sum;
}

char *
rubis_dispute_dup_account (RubisDatabase *db, gint64 account_id)
{
  char *name = rubis_store_get_account_field (db, account_id, "name", NULL);

  return name != NULL ? name : g_strdup ("");
}

void
rubis_dispute_set_missing (GError **error, gint64 id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no dispute %s."), number);
}

RubisDisputeRecord *
rubis_dispute_load (RubisDatabase *db, gint64 id, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  RubisDisputeRecord *record = rubis_store_load_dispute (db, id, FALSE, &load_error);

  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (record == NULL)
    rubis_dispute_set_missing (error, id);
  return record;
}

RubisDisputeCommentRecord *
rubis_dispute_comment_new (RubisSession *session, gint64 dispute_id, const char *author, const char *text)
{
  RubisDisputeCommentRecord *comment = g_new0 (RubisDisputeCommentRecord, 1);

  comment->dispute_id = dispute_id;
  comment->at = g_get_real_time () / G_USEC_PER_SEC;
  comment->date = rubis_session_get_today (session);
  comment->author = g_strdup (author);
  comment->text = g_strdup (text);
  return comment;
}
