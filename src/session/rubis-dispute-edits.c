/* Opening and changing disputes. */
#include "rubis-disputes-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-attachments-private.h"
#include "rubis-choices-private.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-store-actors.h"
#include "rubis-store-items.h"

static void
take_text (char **to, const char *from)
{
  g_free (*to);
  *to = g_strdup (from);
}

/* --- Checking what is typed ----------------------------------------------------------------------- */

static gboolean
set_error (GError **error, int code, const char *text)
{
  g_set_error_literal (error, RUBIS_SESSION_ERROR, code, text);
  return FALSE;
}

typedef struct
{
  gint64 account_id;
  gint64 open;
  char *number;
  RubisCurrency currency;
} ItemNote;

static gboolean
note_item (const RubisItemRecord *item, gpointer user_data)
{
  ItemNote *note = user_data;

  note->account_id = item->account_id;
  note->open = item->open;
  note->currency = item->currency;
  note->number = g_strdup (item->number);
  return FALSE;
}

/* What may be contested of @note: what is open and not contested in another dispute. */
static gboolean
check_share (RubisDatabase *db, const RubisDisputeRecord *record, const ItemNote *note,
             RubisDisputeShare *share, GError **error)
{
  g_autofree char *left = NULL;
  gint64 contested = 0;

  if (note->open <= 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("Nothing is open on %s: there is nothing to contest."), note->number);
      return FALSE;
    }
  if (!rubis_store_sum_contested (db, share->item_id, record->id, &contested, error))
    return FALSE;
  if (contested >= note->open)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("%s is contested in full already: change the dispute that there is."), note->number);
      return FALSE;
    }
  if (share->amount == 0)
    share->amount = note->open - contested;
  if (share->amount > 0 && share->amount <= note->open - contested)
    return TRUE;
  left = rubis_format_amount (note->open - contested, note->currency, rubis_format_ui_language ());
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("Of %s, between 0.01 and %s can be contested: that is what is open and not contested yet."),
               note->number, left);
  return FALSE;
}

/* Items of one account and one currency, each once. */
static gboolean
take_items (RubisDatabase *db, RubisDisputeRecord *record, GArray *items, GError **error)
{
  g_array_set_size (record->shares, 0);
  if (items->len == 0)
    return set_error (error, RUBIS_SESSION_ERROR_VALUE, _ ("Say which invoices are contested."));
  for (guint i = 0; i < items->len; i++)
    {
      const RubisDisputePart *part = &g_array_index (items, RubisDisputePart, i);
      RubisDisputeShare share = { part->item_id, part->amount };
      ItemNote note = { 0 };
      g_autofree char *number = NULL;
      gboolean found = FALSE;
      gboolean fits;

      if (!rubis_store_visit_item (db, part->item_id, note_item, &note, &found, error))
        return FALSE;
      number = note.number;
      if (!found || note.account_id != record->account_id)
        return set_error (error, RUBIS_SESSION_ERROR_VALUE, _ ("A dispute is about items of one account."));
      if (i == 0)
        record->currency = note.currency;
      if (!rubis_currency_equal (record->currency, note.currency))
        return set_error (error, RUBIS_SESSION_ERROR_VALUE,
                          _ ("A dispute is about items in one currency: open one for each."));
      fits = check_share (db, record, &note, &share, error);
      if (!fits)
        return FALSE;
      for (guint k = 0; k < record->shares->len; k++)
        {
          if (g_array_index (record->shares, RubisDisputeShare, k).item_id != share.item_id)
            continue;
          g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("%s is named twice."),
                       number);
          return FALSE;
        }
      g_array_append_val (record->shares, share);
    }
  return TRUE;
}

gboolean
rubis_session_get_contestable (RubisSession *self, gint64 item_id, gint64 *amount, RubisCurrency *currency,
                               GError **error)
{
  ItemNote note = { 0 };
  gint64 contested = 0;
  gboolean found = FALSE;
  gboolean done;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  done = rubis_store_visit_item (db, item_id, note_item, &note, &found, error)
         && rubis_store_sum_contested (db, item_id, 0, &contested, error);
  rubis_session_return_reader (self, db);
  g_free (note.number);
  if (done && !found)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This item is not in the dossier any more."));
  if (amount != NULL)
    *amount = MAX (0, note.open - contested);
  if (currency != NULL)
    *currency = note.currency;
  return done && found;
}

/* @before: who had it, and may have been switched off since. */
static gboolean
check_resolver (RubisDatabase *db, gint64 id, gint64 before, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisActor) actor = NULL;
  gboolean removed = FALSE;

  if (id == 0)
    return TRUE;
  actor = rubis_store_load_actor (db, id, &removed, &load_error);
  if (actor != NULL && !removed && (actor->active || id == before))
    return TRUE;
  if (actor != NULL && !removed)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("%s is switched off: choose another colleague, or switch this one on again."), actor->name);
      return FALSE;
    }
  if (load_error == NULL)
    return set_error (error, RUBIS_SESSION_ERROR_VALUE, _ ("There is no such colleague."));
  g_propagate_error (error, g_steal_pointer (&load_error));
  return FALSE;
}

static gboolean
check_day (RubisSession *session, RubisDate date, GError **error)
{
  g_autofree char *day = NULL;

  if (date == RUBIS_DATE_NONE || date >= rubis_session_get_today (session))
    return TRUE;
  day = rubis_format_date_short (date, rubis_format_ui_language ());
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("A dispute cannot be resolved by %s, which has passed: choose a later day."), day);
  return FALSE;
}

/* The days of the reason. @before: (nullable) that it had, which may have been switched off since. @days: (out)
 */
static gboolean
check_reason (RubisDatabase *db, const char *reason, const char *before, int *days, GError **error)
{
  g_autoptr (RubisChoice) choice = rubis_choices_find (db, RUBIS_CHOICES_DISPUTE_REASON, reason);

  if (choice == NULL)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("There is no reason “%s”: choose one of the list, or add it there first."), reason);
      return FALSE;
    }
  if (!choice->active && g_strcmp0 (reason, before) != 0)
    {
      g_set_error (
          error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
          _ ("The reason “%s” is switched off: choose another one, or offer it again in the list of reasons."),
          choice->label);
      return FALSE;
    }
  *days = choice->days;
  return TRUE;
}

/* --- Opening -------------------------------------------------------------------------------------- */

RubisDisputeRecord *
rubis_dispute_plan (RubisSession *session, RubisDatabase *db, const RubisDisputeInput *input, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = rubis_dispute_record_new ();
  int days = 0;

  if (input->reason == NULL || *input->reason == '\0')
    {
      set_error (error, RUBIS_SESSION_ERROR_VALUE, _ ("Say why it is contested."));
      return NULL;
    }
  record->account_id = input->account_id;
  record->opened_on = rubis_session_get_today (session);
  if (!check_reason (db, input->reason, NULL, &days, error) || !take_items (db, record, input->items, error)
      || !check_resolver (db, input->resolver_id, 0, error) || !check_day (session, input->due_date, error))
    return NULL;
  take_text (&record->reason, input->reason);
  take_text (&record->description, input->description != NULL ? input->description : "");
  take_text (&record->product_line, input->product_line != NULL ? input->product_line : "");
  take_text (&record->opened_by, g_get_user_name ());
  g_strstrip (record->description);
  g_strstrip (record->product_line);
  record->resolver_id = input->resolver_id;
  record->due_date = input->due_date != RUBIS_DATE_NONE ? input->due_date : record->opened_on + days;
  record->keep_dunning = input->keep_dunning;
  record->call_id = input->call_id;
  record->incoming_id = input->incoming_id;
  return g_steal_pointer (&record);
}

/* "Price, 1 200,00 EUR: the price of the order was lower" (transfer full) */
static char *
describe (RubisDatabase *db, const RubisDisputeRecord *record)
{
  g_autofree char *reason = rubis_choices_dup_label (db, RUBIS_CHOICES_DISPUTE_REASON, record->reason);
  g_autofree char *amount
      = rubis_format_amount (rubis_dispute_sum (record), record->currency, rubis_format_ui_language ());

  if (*record->description == '\0')
    return g_strdup_printf ("%s, %s", reason, amount);
  /* Translators: reason of a dispute, amount, the customer's words */
  return g_strdup_printf (_ ("%s, %s: %s"), reason, amount, record->description);
}

static GPtrArray *
changes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_dispute_change_free);
}

gint64
rubis_session_open_dispute (RubisSession *self, const RubisDisputeInput *input, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *numbers = NULL;
  g_autofree char *account = NULL;
  g_autofree char *detail = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && input != NULL && input->items != NULL, 0);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return 0;
  record = rubis_dispute_plan (self, db, input, error);
  if (record != NULL)
    {
      numbers = rubis_dispute_dup_numbers (db, record);
      account = rubis_dispute_dup_account (db, record->account_id);
      detail = describe (db, record);
    }
  rubis_session_return_reader (self, db);
  if (record == NULL)
    return 0;
  changes = changes_new ();
  g_ptr_array_add (changes, rubis_dispute_change_new (g_steal_pointer (&record), RUBIS_DISPUTE_PART_EXISTS));
  /* The edit keeps the changes: the id is read from them while they are. */
  if (!rubis_dispute_do (self, g_strdup_printf (_ ("Dispute opened on %s: %s"), numbers, account), detail,
                         g_ptr_array_ref (changes), NULL, error))
    return 0;
  return ((RubisDisputeChange *)g_ptr_array_index (changes, 0))->record->id;
}

/* --- Changing ------------------------------------------------------------------------------------- */

static RubisDisputeChange *
plan_change (RubisSession *self, RubisDatabase *db, gint64 id, const RubisDisputeInput *input, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = rubis_dispute_load (db, id, error);
  RubisDisputeParts parts = RUBIS_DISPUTE_PART_WORDS | RUBIS_DISPUTE_PART_CARE;
  RubisDisputeState state;
  int days = 0;

  if (record == NULL)
    return NULL;
  rubis_dispute_state_from_id (record->state, &state);
  if (input->items != NULL && !rubis_dispute_state_is_open (state))
    {
      set_error (error, RUBIS_SESSION_ERROR_RULE,
                 _ ("This dispute is closed: open it again before you change what it contests."));
      return NULL;
    }
  if ((input->reason != NULL && !check_reason (db, input->reason, record->reason, &days, error))
      || (input->items != NULL && !take_items (db, record, input->items, error))
      || (input->resolver_id > 0 && !check_resolver (db, input->resolver_id, record->resolver_id, error))
      || (input->due_date != record->due_date && !check_day (self, input->due_date, error)))
    return NULL;
  if (input->items != NULL)
    parts |= RUBIS_DISPUTE_PART_ITEMS;
  if (input->reason != NULL)
    take_text (&record->reason, input->reason);
  if (input->description != NULL)
    take_text (&record->description, input->description);
  if (input->product_line != NULL)
    take_text (&record->product_line, input->product_line);
  if (input->resolver_id >= 0)
    record->resolver_id = input->resolver_id;
  if (input->due_date != RUBIS_DATE_NONE)
    record->due_date = input->due_date;
  record->keep_dunning = input->keep_dunning;
  return rubis_dispute_change_new (g_steal_pointer (&record), parts);
}

gboolean
rubis_session_change_dispute (RubisSession *self, gint64 id, const RubisDisputeInput *input, GError **error)
{
  g_autoptr (GPtrArray) changes = changes_new ();
  g_autofree char *numbers = NULL;
  g_autofree char *account = NULL;
  g_autofree char *detail = NULL;
  RubisDisputeChange *change;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && input != NULL, FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  change = plan_change (self, db, id, input, error);
  if (change != NULL)
    {
      numbers = rubis_dispute_dup_numbers (db, change->record);
      account = rubis_dispute_dup_account (db, change->record->account_id);
      detail = describe (db, change->record);
      g_ptr_array_add (changes, change);
    }
  rubis_session_return_reader (self, db);
  if (change == NULL)
    return FALSE;
  return rubis_dispute_do (self, g_strdup_printf (_ ("Dispute on %s changed: %s"), numbers, account), detail,
                           g_steal_pointer (&changes), NULL, error);
}

gboolean
rubis_session_comment_dispute (RubisSession *self, gint64 id, const char *text, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *numbers = NULL;
  g_autofree char *account = NULL;
  GPtrArray *changes;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && text != NULL, FALSE);

  typed = g_strstrip (g_strdup (text));
  if (*typed == '\0')
    return set_error (error, RUBIS_SESSION_ERROR_VALUE, _ ("Write the comment first."));
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  record = rubis_dispute_load (db, id, error);
  if (record != NULL)
    {
      numbers = rubis_dispute_dup_numbers (db, record);
      account = rubis_dispute_dup_account (db, record->account_id);
    }
  rubis_session_return_reader (self, db);
  if (record == NULL)
    return FALSE;
  changes = changes_new ();
  g_ptr_array_add (changes, rubis_dispute_change_new (g_steal_pointer (&record), 0));
  return rubis_dispute_do (self, g_strdup_printf (_ ("Comment on the dispute on %s: %s"), numbers, account),
                           typed, changes, rubis_dispute_comment_new (self, id, g_get_user_name (), typed),
                           error);
}

static RubisDisputeChange *
plan_assignment (RubisDatabase *db, gint64 id, gint64 resolver_id, RubisDate due_date, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = rubis_dispute_load (db, id, error);

  if (record == NULL)
    return NULL;
  if (resolver_id >= 0)
    record->resolver_id = resolver_id;
  if (due_date != RUBIS_DATE_NONE)
    record->due_date = due_date;
  return rubis_dispute_change_new (g_steal_pointer (&record), RUBIS_DISPUTE_PART_CARE);
}

/* "Durand, by 30/11/2026" (transfer full) */
static char *
describe_care (RubisDatabase *db, gint64 resolver_id, RubisDate due_date)
{
  g_autoptr (RubisActor) actor = NULL;
  g_autofree char *day = NULL;
  const char *name;

  if (resolver_id > 0)
    actor = rubis_store_load_actor (db, resolver_id, NULL, NULL);
  name = actor != NULL ? actor->name : _ ("nobody");
  if (due_date == RUBIS_DATE_NONE)
    return g_strdup (name);
  day = rubis_format_date_short (due_date, rubis_format_ui_language ());
  if (resolver_id < 0)
    /* Translators: the day by which a dispute is to be resolved */
    return g_strdup_printf (_ ("by %s"), day);
  /* Translators: who resolves a dispute, and by which day */
  return g_strdup_printf (_ ("%s, by %s"), name, day);
}

gboolean
rubis_session_assign_disputes (RubisSession *self, GArray *ids, gint64 resolver_id, RubisDate due_date,
                               GError **error)
{
  g_autoptr (GPtrArray) changes = changes_new ();
  g_autofree char *detail = NULL;
  RubisDatabase *db;
  gboolean planned;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, FALSE);

  if (ids->len == 0 || (resolver_id < 0 && due_date == RUBIS_DATE_NONE))
    return TRUE;
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  planned
      = (resolver_id <= 0 || check_resolver (db, resolver_id, 0, error)) && check_day (self, due_date, error);
  for (guint i = 0; planned && i < ids->len; i++)
    {
      RubisDisputeChange *change
          = plan_assignment (db, g_array_index (ids, gint64, i), resolver_id, due_date, error);

      planned = change != NULL;
      if (planned)
        g_ptr_array_add (changes, change);
    }
  if (planned)
    detail = describe_care (db, resolver_id, due_date);
  rubis_session_return_reader (self, db);
  if (!planned)
    return FALSE;
  return rubis_dispute_do (
      self,
      g_strdup_printf (ngettext ("%u dispute assigned: %s", "%u disputes assigned: %s", ids->len), ids->len,
                       detail),
      NULL, g_steal_pointer (&changes), NULL, error);
}

gint64
rubis_session_attach_to_dispute (RubisSession *self, gint64 id, const char *path, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && path != NULL, 0);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return 0;
  record = rubis_dispute_load (db, id, error);
  rubis_session_return_reader (self, db);
  if (record == NULL)
    return 0;
  return rubis_attachment_keep (self, record->account_id, 0, id, "other", path, error);
}
