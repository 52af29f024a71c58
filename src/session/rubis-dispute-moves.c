/* Where disputes go, and how they end. */
#include "rubis-disputes-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-store-items.h"

static void
take_text (char **to, const char *from)
{
  g_free (*to);
  *to = g_strdup (from);
}

static gboolean
set_rule_error (GError **error, const char *text)
{
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE, text);
  return FALSE;
}

static gboolean
note_open (const RubisItemRecord *item, gpointer open)
{
  *(gint64 *)open = item->open;
  return FALSE;
}

/* What it contests has to be owed still, and not be contested by another one meanwhile. */
static gboolean
check_reopening (RubisDatabase *db, const RubisDisputeRecord *record, GError **error)
{
  gboolean any = FALSE;

  for (guint i = 0; i < record->shares->len; i++)
    {
      const RubisDisputeShare *share = &g_array_index (record->shares, RubisDisputeShare, i);
      gint64 contested = 0;
      gint64 open = 0;
      gboolean found = FALSE;

      if (!rubis_store_visit_item (db, share->item_id, note_open, &open, &found, error)
          || !rubis_store_sum_contested (db, share->item_id, record->id, &contested, error))
        return FALSE;
      any = any || open > 0;
      if (open > 0 && contested + MIN (share->amount, open) > open)
        return set_rule_error (error,
                               _ ("Another dispute contests the same amount already: change that one."));
    }
  return any || set_rule_error (error, _ ("Nothing is open any more on what it contested: it stays closed."));
}

static gboolean
check_credit (const RubisDisputeRecord *record, gint64 credit, GError **error)
{
  g_autofree char *contested = NULL;

  if (credit >= 0 && credit <= rubis_dispute_sum (record))
    return TRUE;
  contested = rubis_format_amount (rubis_dispute_sum (record), record->currency, rubis_format_ui_language ());
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("The credit note of a dispute is between 0 and what is contested, %s."), contested);
  return FALSE;
}

/* @to of @record, with what goes with it. */
static void
put_state (RubisSession *session, RubisDisputeRecord *record, RubisDisputeState from, RubisDisputeState to,
           const RubisDisputeMove *move)
{
  gboolean open = rubis_dispute_state_is_open (to);

  take_text (&record->state, rubis_dispute_state_to_id (to));
  record->closed_on = open ? RUBIS_DATE_NONE : rubis_session_get_today (session);
  take_text (&record->closed_by, open ? "" : g_get_user_name ());
  take_text (&record->close_note, open || move->note == NULL ? "" : move->note);
  record->credit_item_id = 0;
  if (to == RUBIS_DISPUTE_CREDIT_AWAITED)
    record->outcome_amount = move->credit > 0 ? move->credit : rubis_dispute_sum (record);
  else if (to != RUBIS_DISPUTE_FOUNDED || from != RUBIS_DISPUTE_CREDIT_AWAITED)
    record->outcome_amount = 0;
}

RubisDisputeChange *
rubis_dispute_plan_move (RubisSession *session, RubisDatabase *db, const RubisDisputeRecord *before,
                         const RubisDisputeMove *move, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = rubis_dispute_record_copy (before);
  RubisDisputeState from = RUBIS_DISPUTE_OPEN;
  RubisDisputeState to = move->state;
  RubisDisputeChange *change;

  rubis_dispute_state_from_id (record->state, &from);
  if (to == RUBIS_DISPUTE_FOUNDED && move->credit > 0)
    to = RUBIS_DISPUTE_CREDIT_AWAITED;
  if (from != to && !rubis_dispute_state_can_follow (from, to))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("This dispute ended as “%s”: open it again before you say that it ended otherwise."),
                   rubis_dispute_state_to_label (from));
      return NULL;
    }
  if (!check_credit (record, move->credit, error)
      || (!rubis_dispute_state_is_open (from) && rubis_dispute_state_is_open (to)
          && !check_reopening (db, record, error)))
    return NULL;
  put_state (session, record, from, to, move);
  change = rubis_dispute_change_new (g_steal_pointer (&record), RUBIS_DISPUTE_PART_STATE);
  change->restart
      = move->restart && (to == RUBIS_DISPUTE_UNFOUNDED || to == RUBIS_DISPUTE_ABANDONED) && from != to;
  return change;
}

char *
rubis_dispute_describe_move (RubisDatabase *db, const RubisDisputeRecord *record)
{
  RubisDisputeState state = RUBIS_DISPUTE_OPEN;
  g_autofree char *numbers = rubis_dispute_dup_numbers (db, record);
  g_autofree char *account = rubis_dispute_dup_account (db, record->account_id);
  g_autofree char *amount = NULL;

  rubis_dispute_state_from_id (record->state, &state);
  switch (state)
    {
    case RUBIS_DISPUTE_EXAMINED:
      return g_strdup_printf (_ ("Dispute on %s being examined: %s"), numbers, account);
    case RUBIS_DISPUTE_CREDIT_AWAITED:
      amount = rubis_format_amount (record->outcome_amount, record->currency, rubis_format_ui_language ());
      return g_strdup_printf (_ ("Dispute on %s founded, credit note of %s awaited: %s"), numbers, amount,
                              account);
    case RUBIS_DISPUTE_FOUNDED:
      return g_strdup_printf (_ ("Dispute on %s closed as founded: %s"), numbers, account);
    case RUBIS_DISPUTE_UNFOUNDED:
      return g_strdup_printf (_ ("Dispute on %s closed as unfounded: %s"), numbers, account);
    case RUBIS_DISPUTE_ABANDONED:
      return g_strdup_printf (_ ("Dispute on %s abandoned: %s"), numbers, account);
    case RUBIS_DISPUTE_OPEN:
    default:
      return g_strdup_printf (_ ("Dispute on %s open again: %s"), numbers, account);
    }
}

gboolean
rubis_session_move_dispute (RubisSession *self, gint64 id, const RubisDisputeMove *move, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_dispute_change_free);
  g_autoptr (RubisDisputeRecord) before = NULL;
  RubisDisputeCommentRecord *comment = NULL;
  RubisDisputeChange *change = NULL;
  RubisDisputeState state = RUBIS_DISPUTE_OPEN;
  RubisDatabase *db;
  char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && move != NULL, FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  before = rubis_dispute_load (db, id, error);
  if (before != NULL)
    change = rubis_dispute_plan_move (self, db, before, move, error);
  if (change != NULL)
    {
      label = rubis_dispute_describe_move (db, change->record);
      g_ptr_array_add (changes, change);
    }
  rubis_session_return_reader (self, db);
  if (change == NULL)
    return FALSE;
  if (g_str_equal (before->state, change->record->state)
      && before->outcome_amount == change->record->outcome_amount)
    {
      g_free (label);
      return TRUE;
    }
  rubis_dispute_state_from_id (change->record->state, &state);
  if (rubis_dispute_state_is_open (state) && move->note != NULL && *move->note != '\0')
    comment = rubis_dispute_comment_new (self, id, g_get_user_name (), move->note);
  return rubis_dispute_do (self, label, move->note, g_steal_pointer (&changes), comment, error);
}
