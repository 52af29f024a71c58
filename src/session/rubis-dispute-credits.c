/* What an import brings to disputes: the credit note that was awaited, or the payment of what was contested.
 */
#include "rubis-disputes-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-copy-index.h"
#include "rubis-format.h"
#include "rubis-store-items.h"

/* A credit note that is looked at; its texts are copies. */
typedef struct
{
  RubisDisputeCredit credit;
  char *number;
  char *words; /* in which the number of an invoice may stand */
} Credit;

static void
credit_clear (gpointer data)
{
  Credit *self = data;

  g_free (self->number);
  g_free (self->words);
}

static void
add_credit (const RubisDisputeCredit *credit, gpointer user_data)
{
  Credit copy = { .credit = *credit,
                  .number = g_strdup (credit->number),
                  .words = g_strdup_printf ("%s %s", credit->order_ref, credit->label) };

  g_array_append_val ((GArray *)user_data, copy);
}

static void
add_id (const RubisDisputeLine *line, gpointer ids)
{
  g_array_append_val ((GArray *)ids, line->record->id);
}

/* Whether the credit note says of which of the invoices it is. */
static gboolean
names_item (RubisDatabase *db, const Credit *credit, const RubisDisputeRecord *record)
{
  for (guint i = 0; i < record->shares->len; i++)
    {
      g_autofree char *number = NULL;
      gint64 owner = 0;

      if (rubis_store_get_item_name (db, g_array_index (record->shares, RubisDisputeShare, i).item_id, &owner,
                                     &number, NULL)
          && rubis_copy_text_names (credit->words, number, NULL))
        return TRUE;
    }
  return FALSE;
}

/* An item that the words of a credit note name, and that the dispute does not contest. */
typedef struct
{
  const Credit *credit;
  const RubisDisputeRecord *record;
  gboolean found;
} OtherItem;

static gboolean
is_contested (const RubisDisputeRecord *record, gint64 item_id)
{
  for (guint i = 0; i < record->shares->len; i++)
    {
      if (g_array_index (record->shares, RubisDisputeShare, i).item_id == item_id)
        return TRUE;
    }
  return FALSE;
}

static gboolean
look_at_other (const RubisItemRecord *item, gpointer user_data)
{
  OtherItem *other = user_data;

  if (item->id == other->credit->credit.id || is_contested (other->record, item->id))
    return TRUE;
  other->found = rubis_copy_text_names (other->credit->words, item->number, NULL);
  return !other->found;
}

/* What has to be credited until the dispute ends, without what was credited already. */
static gboolean
get_missing (RubisDatabase *db, const RubisDisputeRecord *record, gint64 *missing, GError **error)
{
  gboolean awaited = g_str_equal (record->state, "credit_awaited") && record->outcome_amount > 0;
  gint64 came = 0;

  if (!rubis_store_sum_dispute_credits (db, record->id, &came, error))
    return FALSE;
  *missing = (awaited ? record->outcome_amount : rubis_dispute_sum (record)) - came;
  return TRUE;
}

/* How sure it is that the credit note is of the dispute: 0 not at all. The amount alone speaks only where the
 * credit note is of no other item. */
static gboolean
weigh (RubisDatabase *db, const Credit *credit, const RubisDisputeRecord *record, int *weight, GError **error)
{
  gboolean awaited = g_str_equal (record->state, "credit_awaited");
  OtherItem other = { credit, record, FALSE };
  gboolean allocated = FALSE;
  gint64 missing = 0;
  gboolean exact;

  *weight = 0;
  if (!rubis_currency_equal (record->currency, credit->credit.currency))
    return TRUE;
  if (!rubis_store_is_credit_of_dispute (db, credit->credit.id, record->id, &allocated, &other.found, error)
      || !get_missing (db, record, &missing, error))
    return FALSE;
  exact = awaited && missing == credit->credit.amount;
  if (allocated || names_item (db, credit, record))
    {
      *weight = exact ? 4 : awaited ? 3 : 2;
      return TRUE;
    }
  if (!exact)
    return TRUE;
  if (!other.found && !rubis_store_each_item_of (db, record->account_id, TRUE, look_at_other, &other, error))
    return FALSE;
  *weight = other.found ? 0 : 1;
  return TRUE;
}

/* The dispute that the credit note is of. Of several for which the amount alone speaks, none is guessed.
 * @found: (out) (transfer full) (nullable) */
static gboolean
find_dispute (RubisDatabase *db, const Credit *credit, RubisDisputeRecord **found, GError **error)
{
  const RubisDisputeQuery query = { .account_id = credit->credit.account_id };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RubisDisputeRecord) best = NULL;
  int best_weight = 0;
  gboolean several = FALSE;

  *found = NULL;
  if (!rubis_store_each_dispute (db, &query, add_id, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (RubisDisputeRecord) record
          = rubis_store_load_dispute (db, g_array_index (ids, gint64, i), FALSE, error);
      int weight = 0;

      if (record == NULL || !weigh (db, credit, record, &weight, error))
        return FALSE;
      several = weight == best_weight ? several || weight == 1 : several && weight < best_weight;
      if (weight <= best_weight)
        continue;
      best_weight = weight;
      g_clear_pointer (&best, rubis_dispute_record_free);
      best = g_steal_pointer (&record);
    }
  if (!(several && best_weight == 1))
    *found = g_steal_pointer (&best);
  return TRUE;
}

static gboolean
journal (RubisSession *session, RubisDatabase *db, gint64 batch_id, gint64 account_id, const char *summary,
         GError **error)
{
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (session, "dispute", account_id, summary, NULL);

  event->batch_id = batch_id;
  return rubis_store_append_event (db, event, error);
}

static void
set_text (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* @note: also what the journal says of it. Nobody closed it by hand. */
static gboolean
close_dispute (RubisSession *session, RubisDatabase *db, gint64 batch_id, RubisDisputeRecord *record,
               RubisDisputeState state, const char *note, GError **error)
{
  if (!rubis_store_keep_dispute (db, batch_id, record, error))
    return FALSE;
  set_text (&record->state, rubis_dispute_state_to_id (state));
  set_text (&record->closed_by, "");
  set_text (&record->close_note, note);
  record->closed_on = rubis_session_get_today (session);
  return TRUE;
}

static gboolean
save (RubisSession *session, RubisDatabase *db, gint64 batch_id, RubisDisputeRecord *record, const char *note,
      GError **error)
{
  return rubis_store_save_dispute (db, record, error)
         && journal (session, db, batch_id, record->account_id, note, error);
}

/* Whether what came ends it is for a person to say, from today on. */
static gboolean
put_into_today (RubisSession *session, RubisDatabase *db, gint64 batch_id, RubisDisputeRecord *record,
                const char *note, GError **error)
{
  RubisDate today = rubis_session_get_today (session);

  if (!rubis_store_keep_dispute (db, batch_id, record, error))
    return FALSE;
  if (record->due_date == RUBIS_DATE_NONE || record->due_date > today)
    record->due_date = today;
  return save (session, db, batch_id, record, note, error);
}

static gboolean
take_credit (RubisSession *session, RubisDatabase *db, gint64 batch_id, const Credit *credit, GError **error)
{
  const char *language = rubis_format_ui_language ();
  g_autoptr (RubisDisputeRecord) record = NULL;
  g_autofree char *numbers = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *note = NULL;
  gint64 missing = 0;
  gint64 came = 0;

  if (!find_dispute (db, credit, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  if (!get_missing (db, record, &missing, error)
      || !rubis_store_sum_dispute_credits (db, record->id, &came, error))
    return FALSE;
  numbers = rubis_dispute_dup_numbers (db, record);
  amount = rubis_format_amount (credit->credit.amount, credit->credit.currency, language);
  if (credit->credit.amount < missing)
    {
      rest = rubis_format_amount (missing - credit->credit.amount, credit->credit.currency, language);
      note = g_strdup_printf (
          _ ("Dispute on %s: the credit note %s of %s is %s less than what is contested or "
             "awaited, to be judged"),
          numbers, credit->number, amount, rest);
      return rubis_store_add_dispute_credit (db, record->id, credit->credit.id, error)
             && put_into_today (session, db, batch_id, record, note, error);
    }
  note = g_strdup_printf (_ ("Dispute on %s closed as founded by the credit note %s of %s"), numbers,
                          credit->number, amount);
  if (!close_dispute (session, db, batch_id, record, RUBIS_DISPUTE_FOUNDED, note, error))
    return FALSE;
  record->outcome_amount = came + credit->credit.amount;
  record->credit_item_id = credit->credit.id;
  return save (session, db, batch_id, record, note, error);
}

/* Accounting software that has set the credit note off already shows only that less is open. What falls by
 * just what is awaited ends it, unless that is also all that was owed beside it: the customer may have paid
 * that.
 */
static gboolean
take_fall (RubisSession *session, RubisDatabase *db, gint64 batch_id, const RubisDisputeFall *fall,
           GError **error)
{
  g_autoptr (RubisDisputeRecord) record = rubis_store_load_dispute (db, fall->id, FALSE, error);
  gint64 beside = fall->open_before - fall->contested;
  g_autofree char *numbers = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *note = NULL;
  gint64 missing = 0;

  if (record == NULL || !get_missing (db, record, &missing, error))
    return FALSE;
  if (fall->fallen != missing && fall->fallen <= beside)
    return TRUE;
  numbers = rubis_dispute_dup_numbers (db, record);
  amount = rubis_format_amount (fall->fallen, record->currency, rubis_format_ui_language ());
  if (fall->fallen != missing || beside == missing)
    {
      note = g_strdup_printf (
          _ ("Dispute on %s: %s less is open, which may be the credit note, to be judged"), numbers, amount);
      return put_into_today (session, db, batch_id, record, note, error);
    }
  note = g_strdup_printf (_ ("Dispute on %s closed as founded: %s less is open, as the credit note awaited"),
                          numbers, amount);
  return close_dispute (session, db, batch_id, record, RUBIS_DISPUTE_FOUNDED, note, error)
         && save (session, db, batch_id, record, note, error);
}

static gboolean
take_falls (RubisSession *session, RubisDatabase *db, gint64 batch_id, GError **error)
{
  g_autoptr (GArray) falls = rubis_store_list_dispute_falls (db, batch_id, error);

  for (guint i = 0; falls != NULL && i < falls->len; i++)
    {
      if (!take_fall (session, db, batch_id, &g_array_index (falls, RubisDisputeFall, i), error))
        return FALSE;
    }
  return falls != NULL;
}

/* Nothing is open any more: a credit note was awaited and the accounts are square, or the customer paid what
 * it contested. */
static gboolean
take_settled (RubisSession *session, RubisDatabase *db, gint64 batch_id, gint64 id, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = rubis_store_load_dispute (db, id, FALSE, error);
  g_autofree char *numbers = NULL;
  g_autofree char *note = NULL;
  gboolean awaited;

  if (record == NULL)
    return FALSE;
  awaited = g_str_equal (record->state, "credit_awaited");
  numbers = rubis_dispute_dup_numbers (db, record);
  note = g_strdup_printf (awaited ? _ ("Dispute on %s closed as founded: nothing is open any more")
                                  : _ ("Dispute on %s abandoned: the customer paid what it contested"),
                          numbers);
  return close_dispute (session, db, batch_id, record,
                        awaited ? RUBIS_DISPUTE_FOUNDED : RUBIS_DISPUTE_ABANDONED, note, error)
         && save (session, db, batch_id, record, note, error);
}

static gboolean
open_again (RubisSession *session, RubisDatabase *db, gint64 batch_id, RubisDisputeRecord *record,
            GError **error)
{
  g_autofree char *numbers = rubis_dispute_dup_numbers (db, record);
  g_autofree char *account = rubis_dispute_dup_account (db, record->account_id);
  g_autofree char *summary = g_strdup_printf (_ ("Dispute on %s open again: %s"), numbers, account);

  return save (session, db, batch_id, record, summary, error);
}

/* What was thought to be paid is open again, and contested as before. */
static gboolean
take_returned (RubisSession *session, RubisDatabase *db, gint64 batch_id, GError **error)
{
  g_autoptr (GPtrArray) returned = rubis_store_list_returned_disputes (db, batch_id, error);

  for (guint i = 0; returned != NULL && i < returned->len; i++)
    {
      RubisDisputeRecord *record = g_ptr_array_index (returned, i);
      g_autoptr (RubisDisputeRecord) closed = rubis_store_load_dispute (db, record->id, FALSE, error);

      if (closed == NULL || !rubis_store_keep_dispute (db, batch_id, closed, error)
          || !open_again (session, db, batch_id, record, error))
        return FALSE;
    }
  return returned != NULL;
}

gboolean
rubis_disputes_follow_import (RubisSession *session, RubisDatabase *db, gint64 batch_id, GError **error)
{
  g_autoptr (GArray) credits = g_array_new (FALSE, FALSE, sizeof (Credit));
  g_autoptr (GArray) settled = NULL;

  g_array_set_clear_func (credits, credit_clear);
  if (!take_returned (session, db, batch_id, error)
      || !rubis_store_each_dispute_credit (db, batch_id, add_credit, credits, error))
    return FALSE;
  for (guint i = 0; i < credits->len; i++)
    {
      if (!take_credit (session, db, batch_id, &g_array_index (credits, Credit, i), error))
        return FALSE;
    }
  if (!take_falls (session, db, batch_id, error))
    return FALSE;
  settled = rubis_store_list_settled_disputes (db, batch_id, error);
  if (settled == NULL)
    return FALSE;
  for (guint i = 0; i < settled->len; i++)
    {
      if (!take_settled (session, db, batch_id, g_array_index (settled, gint64, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Before an import it stood as @record says. */
static gboolean
take_back (RubisSession *session, RubisDatabase *db, gint64 batch_id, RubisDisputeRecord *record,
           GError **error)
{
  g_autoptr (RubisDisputeRecord) now = rubis_store_load_dispute (db, record->id, FALSE, error);
  g_autofree char *numbers = NULL;
  g_autofree char *account = NULL;
  g_autofree char *summary = NULL;

  if (now == NULL)
    return FALSE;
  if (now->closed_on != RUBIS_DATE_NONE)
    return open_again (session, db, batch_id, record, error);
  if (record->closed_on != RUBIS_DATE_NONE)
    return save (session, db, batch_id, record, record->close_note, error);
  numbers = rubis_dispute_dup_numbers (db, record);
  account = rubis_dispute_dup_account (db, record->account_id);
  summary = g_strdup_printf (_ ("Dispute on %s without its credit note again: %s"), numbers, account);
  return save (session, db, batch_id, record, summary, error);
}

gboolean
rubis_disputes_undo_import (RubisSession *session, RubisDatabase *db, gint64 batch_id, GError **error)
{
  g_autoptr (GPtrArray) kept = rubis_store_take_kept_disputes (db, batch_id, error);

  for (guint i = 0; kept != NULL && i < kept->len; i++)
    {
      if (!take_back (session, db, batch_id, g_ptr_array_index (kept, i), error))
        return FALSE;
    }
  return kept != NULL;
}
