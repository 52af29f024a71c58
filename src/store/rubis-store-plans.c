#include "rubis-store-plans.h"

#define REFRESH_PLAN                                                                                         \
  "UPDATE item SET in_plan = EXISTS (SELECT 1 FROM plan_item x JOIN plan p ON p.id = x.plan_id "             \
  "WHERE x.item_id = item.id AND p.state = 'active' AND p.voided = 0) "                                      \
  "WHERE id IN (SELECT item_id FROM plan_item WHERE plan_id = $1)"

#define PLAN_COLUMNS                                                                                         \
  "SELECT p.id, p.account_id, a.code, a.name, a.insurer, p.currency, p.agreed_on, p.state, p.name, "         \
  "p.given_by, "                                                                                             \
  "p.interest, p.grace_days, p.notice_days, p.accelerates, p.signed_on, p.ended_on, p.end_note, "            \
  "p.insurer_told_on, "                                                                                      \
  "coalesce (p.document_id, 0), coalesce (p.call_id, 0) FROM plan p JOIN account a ON a.id = p.account_id "

static void
plan_item_clear (gpointer data)
{
  RubisPlanItemRecord *item = data;

  g_free (item->number);
}

RubisPlanRecord *
rubis_plan_record_new (void)
{
  RubisPlanRecord *self = g_new0 (RubisPlanRecord, 1);

  self->agreed_on = self->signed_on = self->ended_on = self->insurer_told_on = RUBIS_DATE_NONE;
  self->instalments = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));
  self->items = g_array_new (FALSE, FALSE, sizeof (RubisPlanItemRecord));
  g_array_set_clear_func (self->items, plan_item_clear);
  self->letters = g_array_new (FALSE, FALSE, sizeof (RubisPlanLetter));
  return self;
}

void
rubis_plan_record_free (RubisPlanRecord *self)
{
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->insurer);
  g_free (self->state);
  g_free (self->name);
  g_free (self->given_by);
  g_free (self->interest);
  g_free (self->end_note);
  g_array_unref (self->instalments);
  g_array_unref (self->items);
  g_array_unref (self->letters);
  g_free (self);
}

gint64
rubis_plan_record_get_left (const RubisPlanRecord *self)
{
  gint64 left = 0;

  for (guint i = 0; i < self->items->len; i++)
    left += rubis_plan_part_left (&g_array_index (self->items, RubisPlanItemRecord, i).part);
  return left;
}

gint64
rubis_plan_record_get_paid (const RubisPlanRecord *self)
{
  gint64 amount = 0;

  for (guint i = 0; i < self->items->len; i++)
    amount += g_array_index (self->items, RubisPlanItemRecord, i).part.amount;
  return amount - rubis_plan_record_get_left (self);
}

gint64
rubis_plan_record_get_credited (const RubisPlanRecord *self)
{
  gint64 credited = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const RubisPlanPart *part = &g_array_index (self->items, RubisPlanItemRecord, i).part;

      if (part->amount > 0)
        credited += CLAMP (part->credited, 0, part->amount - rubis_plan_part_left (part));
    }
  return credited;
}

static gboolean
run_with_id (RubisDatabase *db, const char *sql, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}

static gboolean
refresh (RubisDatabase *db, gint64 id, GError **error)
{
  return run_with_id (db, REFRESH_PLAN, id, error);
}

/* --- Writing ------------------------------------------------------------------------------- */

static gboolean
add_parts (RubisDatabase *db, const RubisPlanRecord *plan, GError **error)
{
  for (guint i = 0; i < plan->instalments->len; i++)
    {
      const RubisInstalment *instalment = &g_array_index (plan->instalments, RubisInstalment, i);
      RubisStatement *statement = rubis_database_get (
          db, "INSERT INTO plan_instalment (plan_id, due_date, amount) VALUES ($1, $2, $3)", error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "idi", plan->id, instalment->date, instalment->amount);
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  for (guint i = 0; i < plan->items->len; i++)
    {
      const RubisPlanItemRecord *item = &g_array_index (plan->items, RubisPlanItemRecord, i);
      RubisStatement *statement = rubis_database_get (
          db,
          "INSERT INTO plan_item (plan_id, item_id, amount, excluded, level, level_date) "
          "SELECT $1, id, $3, $4, $5, level_date FROM item WHERE id = $2",
          error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "iiiin", plan->id, item->item_id, item->part.amount,
                            item->part.excluded, item->level);
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

gboolean
rubis_store_add_plan (RubisDatabase *db, RubisPlanRecord *plan, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO plan (account_id, currency, agreed_on, state, name, given_by, interest, grace_days, "
      "notice_days, "
      "accelerates, call_id) VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8, $9, nullif ($10, 0))",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isdsssnnni", plan->account_id, plan->currency.code, plan->agreed_on,
                        or_empty (plan->name), or_empty (plan->given_by),
                        plan->interest != NULL ? plan->interest : "runs", plan->grace_days, plan->notice_days,
                        (int)plan->accelerates, plan->call_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  plan->id = rubis_database_last_id (db);
  return add_parts (db, plan, error) && refresh (db, plan->id, error);
}

gboolean
rubis_store_void_plan (RubisDatabase *db, gint64 id, gboolean voided, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE plan SET voided = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", id, (int)voided);
  return rubis_statement_run (statement, error) && refresh (db, id, error);
}

gboolean
rubis_store_restore_plan_levels (RubisDatabase *db, gint64 id, GError **error)
{
  return run_with_id (
      db,
      "UPDATE item SET level = x.level, level_date = x.level_date FROM plan_item x "
      "WHERE x.plan_id = $1 AND x.item_id = item.id AND NOT EXISTS (SELECT 1 FROM event_item y "
      "WHERE y.item_id = item.id AND y.level IS NOT NULL "
      "AND y.event_id NOT IN (SELECT event_id FROM void_event))",
      id, error);
}

static gboolean
read_int (RubisStatement *statement, gint64 *value, GError **error)
{
  RubisRow row = rubis_statement_step (statement, error);

  if (row == RUBIS_STEP_ROW)
    *value = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_find_event_plan (RubisDatabase *db, gint64 event_id, gint64 *plan_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT coalesce ((SELECT coalesce (json_extract (data, '$.plan'), 0) FROM event "
      "WHERE id = $1 AND json_valid (data) AND json_extract (data, '$.step') IS NOT NULL), -1)",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", event_id);
  return read_int (statement, plan_id, error);
}

gboolean
rubis_store_find_former_level (RubisDatabase *db, gint64 id, gint64 item_id, int *level, GError **error)
{
  /* The copy that the plan keeps is for items whose journal does not tell: of older dossiers. */
  RubisStatement *statement = rubis_database_get (
      db,
      "WITH agreed (event_id) AS (SELECT min (y.event_id) FROM event_item y "
      "JOIN event e ON e.id = y.event_id JOIN plan p ON p.id = $1 WHERE y.item_id = $2 "
      "AND y.level = -1 AND e.kind = 'plan' AND e.date >= p.agreed_on "
      "AND y.event_id NOT IN (SELECT event_id FROM void_event)), "
      "earlier AS (SELECT y.event_id, y.level FROM event_item y, agreed a WHERE y.item_id = $2 "
      "AND y.level IS NOT NULL AND y.event_id < a.event_id) "
      "SELECT CASE WHEN EXISTS (SELECT 1 FROM earlier) "
      "THEN coalesce ((SELECT level FROM earlier WHERE event_id NOT IN "
      "(SELECT event_id FROM void_event) ORDER BY event_id DESC LIMIT 1), -1) "
      "ELSE coalesce ((SELECT level FROM plan_item WHERE plan_id = $1 AND item_id = $2), -1) END",
      error);
  gint64 found = 0;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", id, item_id);
  if (!read_int (statement, &found, error))
    return FALSE;
  *level = (int)found;
  return TRUE;
}

gboolean
rubis_store_set_plan_state (RubisDatabase *db, gint64 id, const char *state, RubisDate ended_on,
                            const char *note, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "UPDATE plan SET state = $2, ended_on = $3, end_note = $4 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isds", id, state, ended_on, or_empty (note));
  return rubis_statement_run (statement, error) && refresh (db, id, error);
}

static gboolean
set_date (RubisDatabase *db, const char *sql, gint64 id, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "id", id, date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_plan_signed (RubisDatabase *db, gint64 id, RubisDate date, GError **error)
{
  return set_date (db, "UPDATE plan SET signed_on = $2 WHERE id = $1", id, date, error);
}

gboolean
rubis_store_set_plan_insurer_told (RubisDatabase *db, gint64 id, RubisDate date, GError **error)
{
  return set_date (db, "UPDATE plan SET insurer_told_on = $2 WHERE id = $1", id, date, error);
}

gboolean
rubis_store_set_plan_document (RubisDatabase *db, gint64 id, gint64 document_id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE plan SET document_id = nullif ($2, 0) WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", id, document_id);
  return rubis_statement_run (statement, error);
}

/* --- Reading ------------------------------------------------------------------------------- */

static RubisPlanRecord *
read_plan (RubisStatement *row)
{
  RubisPlanRecord *plan = rubis_plan_record_new ();
  int c = 0;

  plan->id = rubis_statement_int (row, c++);
  plan->account_id = rubis_statement_int (row, c++);
  plan->account_code = g_strdup (rubis_statement_text (row, c++));
  plan->account_name = g_strdup (rubis_statement_text (row, c++));
  plan->insurer = g_strdup (rubis_statement_text (row, c++));
  g_strlcpy (plan->currency.code, rubis_statement_text (row, c++), sizeof plan->currency.code);
  plan->agreed_on = rubis_statement_date (row, c++);
  plan->state = g_strdup (rubis_statement_text (row, c++));
  plan->name = g_strdup (rubis_statement_text (row, c++));
  plan->given_by = g_strdup (rubis_statement_text (row, c++));
  plan->interest = g_strdup (rubis_statement_text (row, c++));
  plan->grace_days = (int)rubis_statement_int (row, c++);
  plan->notice_days = (int)rubis_statement_int (row, c++);
  plan->accelerates = rubis_statement_int (row, c++) != 0;
  plan->signed_on = rubis_statement_date (row, c++);
  plan->ended_on = rubis_statement_date (row, c++);
  plan->end_note = g_strdup (rubis_statement_text (row, c++));
  plan->insurer_told_on = rubis_statement_date (row, c++);
  plan->document_id = rubis_statement_int (row, c++);
  plan->call_id = rubis_statement_int (row, c++);
  return plan;
}

static gboolean
load_instalments (RubisDatabase *db, RubisPlanRecord *plan, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT due_date, amount FROM plan_instalment WHERE plan_id = $1 ORDER BY due_date", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", plan->id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisInstalment instalment
          = { rubis_statement_date (statement, 0), rubis_statement_int (statement, 1) };

      g_array_append_val (plan->instalments, instalment);
    }
  return row == RUBIS_STEP_DONE;
}

/* All credit notes that were set against the item since the agreement, but those that it deducted. */
static gboolean
sum_credits (RubisDatabase *db, const RubisPlanRecord *plan, gint64 item_id, gint64 *sum, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT coalesce (sum (a.amount), 0) FROM allocation a JOIN item c ON c.id = a.credit_item_id "
      "WHERE a.item_id = $1 AND a.date > $2 AND c.type = $3 "
      "AND c.id NOT IN (SELECT item_id FROM plan_item WHERE plan_id = $4)",
      error);
  RubisRow row;

  *sum = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "idni", item_id, plan->agreed_on, (int)RUBIS_ITEM_CREDIT, plan->id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *sum = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

/* The credit notes of dispute d. */
#define CREDITS_OF_D                                                                                         \
  "(SELECT d.credit_item_id UNION SELECT k.item_id FROM dispute_credit k WHERE k.dispute_id = d.id)"

/* Of each dispute of an item: what it contests of it; its share of what was conceded, which is spread over
 * the items once; what its credit notes took of the item; what they took of whatever (−1: there is none);
 * whether the file said of what; whether the item fell by the very share. */
#define DISPUTES_OF_ITEM                                                                                     \
  "SELECT s.*, EXISTS (SELECT 1 FROM allocation a WHERE a.item_id = $1 AND a.date > $2 "                     \
  "AND a.credit_item_id IS NULL AND a.amount = s.share) FROM (SELECT y.amount, d.state = 'founded', "        \
  "d.opened_on <= $2, "                                                                                      \
  "max (0, min (y.amount, d.outcome_amount - coalesce ((SELECT sum (z.amount) FROM dispute_item z "          \
  "WHERE z.dispute_id = d.id AND z.item_id < y.item_id), 0))) AS share, "                                    \
  "coalesce ((SELECT sum (a.amount) FROM allocation a WHERE a.item_id = y.item_id AND a.date > $2 "          \
  "AND a.credit_item_id IN " CREDITS_OF_D "), 0) AS linked, "                                                \
  "coalesce ((SELECT sum (c.open - c.total) FROM item c WHERE c.id IN " CREDITS_OF_D "), -1), "              \
  "EXISTS (SELECT 1 FROM allocation a WHERE a.item_id IN " CREDITS_OF_D                                      \
  " AND a.credit_item_id IS NOT NULL) "                                                                      \
  "FROM dispute_item y JOIN dispute d ON d.id = y.dispute_id WHERE y.item_id = $1 AND d.voided = 0 "         \
  "AND (d.closed_on IS NULL OR d.closed_on >= $2) "                                                          \
  "AND coalesce (d.credit_item_id, 0) NOT IN (SELECT item_id FROM plan_item WHERE plan_id = $3)) s ORDER "   \
  "BY s.linked DESC"

typedef struct
{
  gint64 unknown;  /* credit notes on the item of which no dispute is known */
  gint64 conceded; /* of what the agreement left out */
  gint64 credited; /* of the plan's own part, by disputes that came later */
} Credits;

/* A dispute that was founded lowers the debt once its credit note was set against it, not before. */
static void
add_dispute (Credits *credits, RubisStatement *row)
{
  gint64 contested = rubis_statement_int (row, 0);
  gboolean founded = rubis_statement_int (row, 1) != 0;
  gboolean known = rubis_statement_int (row, 2) != 0;
  gint64 share = rubis_statement_int (row, 3);
  gint64 linked = MIN (rubis_statement_int (row, 4), contested);
  gint64 used = rubis_statement_int (row, 5);
  gboolean links = rubis_statement_int (row, 6) != 0;
  gboolean fell_by_it = rubis_statement_int (row, 7) != 0;
  gint64 *sum = known ? &credits->conceded : &credits->credited;

  if (linked > 0)
    {
      credits->unknown -= linked;
      *sum += linked;
    }
  else if (founded && used >= 0)
    *sum += links ? 0 : MIN (share, used);
  else if (founded && credits->unknown > 0)
    {
      gint64 taken = MIN (credits->unknown, share);

      credits->unknown -= taken;
      *sum += taken;
    }
  else if (founded && fell_by_it)
    *sum += share;
}

/* What was credited since the agreement is no payment of the plan. */
static gboolean
load_credits (RubisDatabase *db, const RubisPlanRecord *plan, RubisPlanItemRecord *item, GError **error)
{
  RubisPlanPart *part = &item->part;
  Credits credits = { 0 };
  RubisStatement *statement;
  RubisRow row;

  if (part->open >= part->amount + part->excluded)
    return TRUE;
  if (!sum_credits (db, plan, item->item_id, &credits.unknown, error))
    return FALSE;
  statement = rubis_database_get (db, DISPUTES_OF_ITEM, error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "idi", item->item_id, plan->agreed_on, plan->id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    add_dispute (&credits, statement);
  part->conceded = MIN (credits.conceded, part->excluded);
  part->credited = MAX (0, credits.unknown) + credits.credited + credits.conceded - part->conceded;
  return row == RUBIS_STEP_DONE;
}

/* The last day before which something was left of it. */
static gboolean
load_paid_on (RubisDatabase *db, RubisPlanItemRecord *item, GError **error)
{
  const RubisPlanPart *part = &item->part;
  RubisStatement *statement;
  RubisRow row;

  if (part->amount < 0 || rubis_plan_part_left (part) > 0)
    return TRUE;
  statement = rubis_database_get (
      db,
      "SELECT max (a.date) FROM allocation a WHERE a.item_id = $1 AND $2 < (SELECT sum (b.amount) "
      "FROM allocation b WHERE b.item_id = $1 AND b.date >= a.date)",
      error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", item->item_id,
                        MAX (0, part->excluded - part->conceded) - part->open);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    item->paid_on = rubis_statement_date (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

static gboolean
load_items (RubisDatabase *db, RubisPlanRecord *plan, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT x.item_id, i.number, i.type, i.due_date, i.disputed, x.amount, x.excluded, "
      "i.open, x.level, i.level, i.level_date, i.issue_date, i.total FROM plan_item x JOIN "
      "item i ON i.id = "
      "x.item_id WHERE x.plan_id = $1 "
      "ORDER BY i.due_date, i.id",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", plan->id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisPlanItemRecord item = {
        .item_id = rubis_statement_int (statement, 0),
        .number = g_strdup (rubis_statement_text (statement, 1)),
        .type = (RubisItemType)rubis_statement_int (statement, 2),
        .due_date = rubis_statement_date (statement, 3),
        .disputed = rubis_statement_int (statement, 4),
        .part = { .amount = rubis_statement_int (statement, 5),
                  .excluded = rubis_statement_int (statement, 6),
                  .open = rubis_statement_int (statement, 7) },
        .level = (int)rubis_statement_int (statement, 8),
        .current_level = (int)rubis_statement_int (statement, 9),
        .level_date = rubis_statement_date (statement, 10),
        .issue_date = rubis_statement_date (statement, 11),
        .total = rubis_statement_int (statement, 12),
        .paid_on = RUBIS_DATE_NONE,
      };

      g_array_append_val (plan->items, item);
    }
  if (row != RUBIS_STEP_DONE)
    return FALSE;
  for (guint i = 0; i < plan->items->len; i++)
    {
      RubisPlanItemRecord *item = &g_array_index (plan->items, RubisPlanItemRecord, i);

      if (!load_credits (db, plan, item, error) || !load_paid_on (db, item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_letters (RubisDatabase *db, RubisPlanRecord *plan, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT DISTINCT x.level, r.state, e.date, r.printed_on, r.deposited_on, r.presented_on, r.closed_on "
      "FROM plan_item p JOIN event_item x ON x.item_id = p.item_id JOIN event e ON e.id = x.event_id "
      "JOIN document d ON d.event_id = e.id JOIN registered_letter r ON r.document_id = d.id "
      "WHERE p.plan_id = $1 AND e.date >= $2 AND x.level IS NOT NULL "
      "AND e.id NOT IN (SELECT event_id FROM void_event) ORDER BY e.date, e.id",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "id", plan->id, plan->agreed_on);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisPlanLetter letter
          = { .level = (int)rubis_statement_int (statement, 0),
              .course = { .written_on = rubis_statement_date (statement, 2),
                          .printed_on = rubis_statement_date (statement, 3),
                          .deposited_on = rubis_statement_date (statement, 4),
                          .presented_on = rubis_statement_date (statement, 5),
                          .closed_on = rubis_statement_date (statement, 6) } };

      rubis_registered_state_from_id (rubis_statement_text (statement, 1), &letter.course.state);
      g_array_append_val (plan->letters, letter);
    }
  return row == RUBIS_STEP_DONE;
}

static GPtrArray *
read_plans (RubisDatabase *db, RubisStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_plan_record_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (plans, read_plan (statement));
  if (row != RUBIS_STEP_DONE)
    return NULL;
  for (guint i = 0; i < plans->len; i++)
    {
      RubisPlanRecord *plan = g_ptr_array_index (plans, i);

      if (!load_instalments (db, plan, error) || !load_items (db, plan, error) || !load_letters (db, plan, error))
        return NULL;
    }
  return g_steal_pointer (&plans);
}

GPtrArray *
rubis_store_list_plans (RubisDatabase *db, gint64 group_id, gint64 account_id, gboolean all, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      PLAN_COLUMNS
      "WHERE p.voided = 0 AND ($3 = 1 OR (p.state = 'active' AND EXISTS (SELECT 1 FROM plan_item x "
      "JOIN item i ON i.id = x.item_id WHERE x.plan_id = p.id AND i.open > 0))) AND ($2 = 0 OR p.account_id "
      "= $2) "
      "AND ($1 = 0 OR p.account_id IN (SELECT m.account_id FROM account_group_member m "
      "JOIN account_group_closure c ON c.descendant_id = m.group_id WHERE c.ancestor_id = $1)) "
      "ORDER BY p.agreed_on DESC, p.id DESC",
      error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "iin", group_id, account_id, (int)all);
  return read_plans (db, statement, error);
}

RubisPlanRecord *
rubis_store_load_plan (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, PLAN_COLUMNS "WHERE p.id = $1 AND p.voided = 0", error);
  g_autoptr (GPtrArray) plans = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  plans = read_plans (db, statement, error);
  return plans != NULL && plans->len > 0 ? g_ptr_array_steal_index (plans, 0) : NULL;
}

gboolean
rubis_store_find_plan_of (RubisDatabase *db, gint64 item_id, gint64 *plan_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "SELECT p.id FROM plan_item x JOIN plan p ON p.id = "
                                                  "x.plan_id WHERE x.item_id = $1 AND p.state = 'active' "
                                                  "AND p.voided = 0 ORDER BY p.id DESC LIMIT 1",
                                                  error);
  RubisRow row;

  *plan_id = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", item_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *plan_id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}
