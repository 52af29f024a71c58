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

/* How sure it is that the credit note is of the dispute: 0 not at all. */
static gboolean
weigh (RubisDatabase *db, const Credit *credit, const RubisDisputeRecord *record, int *weight, GError **error)
{
  gboolean awaited = g_str_equal (record->state, "credit_awaited");
  gboolean exact = awaited && record->outcome_amount == credit->credit.amount;
  gboolean allocated = FALSE;

  *weight = 0;
  if (!rubis_currency_equal (record->currency, credit->credit.currency))
    return TRUE;
  if (!rubis_store_is_credit_of_dispute (db, credit->credit.id, record->id, &allocated, error))
    return FALSE;
  if (allocated || names_item (db, credit, record))
    *weight = exact ? 4 : awaited ? 3 : 2;
  else if (exact)
    *weight = 1;
  return TRUE;
}

/* The dispute that the credit note ends. Of several for which the amount alone speaks, none is guessed.
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

/* @credit: (nullable) by which; @note: also what the journal says of it */
static gboolean
close_dispute (RubisSession *session, RubisDatabase *db, gint64 batch_id, RubisDisputeRecord *record,
               RubisDisputeState state, const RubisDisputeCredit *credit, const char *note, GError **error)
{
  if (!rubis_store_keep_dispute (db, batch_id, record, error))
    return FALSE;
  set_text (&record->state, rubis_dispute_state_to_id (state));
  set_text (&record->closed_by, g_get_user_name ());
  set_text (&record->close_note, note);
  record->outcome_amount = credit != NULL ? credit->amount : record->outcome_amount;
  record->credit_item_id = credit != NULL ? credit->id : 0;
  record->closed_on = rubis_session_get_today (session);
  return rubis_store_save_dispute (db, record, error)
         && journal (session, db, batch_id, record->account_id, note, error);
}

static gboolean
take_credit (RubisSession *session, RubisDatabase *db, gint64 batch_id, const Credit *credit, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = NULL;
  g_autofree char *numbers = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *note = NULL;

  if (!find_dispute (db, credit, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  numbers = rubis_dispute_dup_numbers (db, record);
  amount = rubis_format_amount (credit->credit.amount, credit->credit.currency, rubis_format_ui_language ());
  note = g_strdup_printf (_ ("Dispute on %s closed as founded by the credit note %s of %s"), numbers,
                          credit->number, amount);
  return close_dispute (session, db, batch_id, record, RUBIS_DISPUTE_FOUNDED, &credit->credit, note, error);
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
                        awaited ? RUBIS_DISPUTE_FOUNDED : RUBIS_DISPUTE_ABANDONED, NULL, note, error);
}

gboolean
rubis_disputes_follow_import (RubisSession *session, RubisDatabase *db, gint64 batch_id, GError **error)
{
  g_autoptr (GArray) credits = g_array_new (FALSE, FALSE, sizeof (Credit));
  g_autoptr (GArray) settled = NULL;

  g_array_set_clear_func (credits, credit_clear);
  if (!rubis_store_each_dispute_credit (db, batch_id, add_credit, credits, error))
    return FALSE;
  for (guint i = 0; i < credits->len; i++)
    {
      if (!take_credit (session, db, batch_id, &g_array_index (credits, Credit, i), error))
        return FALSE;
    }
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

gboolean
rubis_disputes_undo_import (RubisSession *session, RubisDatabase *db, gint64 batch_id, GError **error)
{
  g_autoptr (GPtrArray) kept = rubis_store_take_kept_disputes (db, batch_id, error);

  if (kept == NULL)
    return FALSE;
  for (guint i = 0; i < kept->len; i++)
    {
      RubisDisputeRecord *record = g_ptr_array_index (kept, i);
      g_autofree char *numbers = rubis_dispute_dup_numbers (db, record);
      g_autofree char *account = rubis_dispute_dup_account (db, record->account_id);
      g_autofree char *summary = g_strdup_printf (_ ("Dispute on %s open again: %s"), numbers, account);

      if (!rubis_store_save_dispute (db, record, error)
          || !journal (session, db, batch_id, record->account_id, summary, error))
        return FALSE;
    }
  return TRUE;
}
