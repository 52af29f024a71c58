/* Payment plans as they stand. */
#include "rubis-plans-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-plan-acceleration.h"

G_DEFINE_FINAL_TYPE (RubisPlanRow, rubis_plan_row, G_TYPE_OBJECT)

static void
rubis_plan_row_finalize (GObject *object)
{
  RubisPlanRow *self = RUBIS_PLAN_ROW (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->name);
  g_free (self->end_note);
  g_free (self->given_by);
  g_free (self->acceleration_bar);
  g_array_unref (self->instalments);
  g_array_unref (self->paid);
  g_ptr_array_unref (self->numbers);
  g_array_unref (self->item_ids);
  G_OBJECT_CLASS (rubis_plan_row_parent_class)->finalize (object);
}

static void
rubis_plan_row_class_init (RubisPlanRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_plan_row_finalize;
}

static void
rubis_plan_row_init (RubisPlanRow *self)
{
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->paid = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static const char *const interests[] = {
  [RUBIS_PLAN_INTEREST_RUNS] = "runs",
  [RUBIS_PLAN_INTEREST_SUSPENDED] = "suspended",
  [RUBIS_PLAN_INTEREST_WAIVED] = "waived",
};

const char *
rubis_plan_interest_to_id (RubisPlanInterest interest)
{
  g_return_val_if_fail ((gsize)interest < G_N_ELEMENTS (interests), "");

  return interests[interest];
}

gboolean
rubis_plan_interest_from_id (const char *id, RubisPlanInterest *interest)
{
  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (interests); i++)
    {
      if (g_str_equal (interests[i], id))
        {
          *interest = (RubisPlanInterest)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_plan_interest_to_label (RubisPlanInterest interest)
{
  switch (interest)
    {
    case RUBIS_PLAN_INTEREST_SUSPENDED:
      return _ ("Suspended while the plan is respected");
    case RUBIS_PLAN_INTEREST_WAIVED:
      return _ ("Waived if the plan is carried out");
    case RUBIS_PLAN_INTEREST_RUNS:
    default:
      return _ ("Goes on running");
    }
}

const char *
rubis_plan_row_get_state_id (const RubisPlanRow *self)
{
  switch (self->state)
    {
    case RUBIS_PLAN_COMPLETED:
      return "completed";
    case RUBIS_PLAN_BROKEN:
      return "broken";
    case RUBIS_PLAN_CANCELLED:
      return "cancelled";
    case RUBIS_PLAN_ACTIVE:
    default:
      return self->verdict.standing == RUBIS_PLAN_LATE ? "late" : "active";
    }
}

const char *
rubis_plan_row_get_state_label (const RubisPlanRow *self)
{
  switch (self->state)
    {
    case RUBIS_PLAN_COMPLETED:
      return _ ("Paid in full");
    case RUBIS_PLAN_BROKEN:
      return _ ("The whole fell due");
    case RUBIS_PLAN_CANCELLED:
      return _ ("Cancelled");
    case RUBIS_PLAN_ACTIVE:
    default:
      return self->verdict.standing == RUBIS_PLAN_LATE ? _ ("Instalment late") : _ ("Respected");
    }
}

static RubisPlanState
find_state (const RubisPlanFacts *facts)
{
  const char *stored = facts->record->state;

  if (g_str_equal (stored, "broken"))
    return RUBIS_PLAN_BROKEN;
  if (g_str_equal (stored, "cancelled"))
    return RUBIS_PLAN_CANCELLED;
  return facts->verdict.standing == RUBIS_PLAN_DONE || g_str_equal (stored, "done") ? RUBIS_PLAN_COMPLETED
                                                                                    : RUBIS_PLAN_ACTIVE;
}

static RubisPlanRow *
new_row (RubisSession *session, RubisDatabase *db, const RubisPlanFacts *facts, GError **error)
{
  const RubisPlanRecord *record = facts->record;
  g_autofree char *bar = NULL;
  RubisPlanRow *row;

  if (!rubis_plan_find_acceleration_bar (session, db, facts, &bar, error))
    return NULL;
  row = g_object_new (RUBIS_TYPE_PLAN_ROW, NULL);
  row->acceleration_bar = g_steal_pointer (&bar);
  row->id = record->id;
  row->account_id = record->account_id;
  row->account_code = g_strdup (record->account_code);
  row->account_name = g_strdup (record->account_name);
  row->name = g_strdup (record->name);
  row->state = find_state (facts);
  row->verdict = facts->verdict;
  row->notice_written = facts->notice != RUBIS_PLAN_NOTICE_NONE;
  row->notice_until = facts->notice_until;
  row->currency = record->currency;
  row->agreed_on = record->agreed_on;
  row->signed_on = record->signed_on;
  row->ended_on = record->ended_on;
  row->end_note = g_strdup (record->end_note);
  row->given_by = g_strdup (record->given_by);
  rubis_plan_interest_from_id (record->interest, &row->interest);
  row->grace_days = record->grace_days;
  row->notice_days = record->notice_days;
  row->accelerates = record->accelerates;
  row->insured = *record->insurer != '\0';
  row->insurer_told_on = record->insurer_told_on;
  row->document_id = record->document_id;
  row->instalments = g_array_copy (record->instalments);
  g_array_set_size (row->paid, record->instalments->len);
  rubis_plan_spread_paid ((const RubisInstalment *)(gpointer)record->instalments->data,
                          record->instalments->len, facts->verdict.paid, facts->verdict.credited,
                          (gint64 *)(gpointer)row->paid->data);
  for (guint i = 0; i < record->items->len; i++)
    {
      const RubisPlanItemRecord *item = &g_array_index (record->items, RubisPlanItemRecord, i);

      g_ptr_array_add (row->numbers, g_strdup (item->number));
      g_array_append_val (row->item_ids, item->item_id);
    }
  return row;
}

/* Late ones first, then those that run by their next instalment, then the ended ones, newest first. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const RubisPlanRow *left = *(RubisPlanRow *const *)a;
  const RubisPlanRow *right = *(RubisPlanRow *const *)b;
  gboolean left_late = left->state == RUBIS_PLAN_ACTIVE && left->verdict.standing == RUBIS_PLAN_LATE;
  gboolean right_late = right->state == RUBIS_PLAN_ACTIVE && right->verdict.standing == RUBIS_PLAN_LATE;

  if ((left->state == RUBIS_PLAN_ACTIVE) != (right->state == RUBIS_PLAN_ACTIVE))
    return left->state == RUBIS_PLAN_ACTIVE ? -1 : 1;
  if (left_late != right_late)
    return left_late ? -1 : 1;
  if (left->state == RUBIS_PLAN_ACTIVE && left->verdict.next_date != right->verdict.next_date)
    return left->verdict.next_date < right->verdict.next_date ? -1 : 1;
  return left->id < right->id ? 1 : left->id > right->id ? -1 : 0;
}

static GPtrArray *
list_in (RubisSession *self, RubisDatabase *db, gint64 group_id, gint64 account_id, gboolean all,
         GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (self);
  g_autoptr (GPtrArray) records = rubis_store_list_plans (db, group_id, account_id, all, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (records == NULL)
    return NULL;
  while (records->len > 0)
    {
      g_autoptr (RubisPlanFacts) facts
          = rubis_plan_facts_new (g_ptr_array_steal_index (records, records->len - 1),
                                  rubis_plan_policy (library), rubis_session_get_today (self));

      RubisPlanRow *row;

      if (!all && facts->verdict.standing == RUBIS_PLAN_DONE)
        continue;
      row = new_row (self, db, facts, error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}

GPtrArray *
rubis_session_list_plans (RubisSession *self, gint64 group_id, gint64 account_id, gboolean all,
                          GError **error)
{
  RubisDatabase *db;
  GPtrArray *rows = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  if (rubis_database_begin_read (db, error))
    {
      rows = list_in (self, db, group_id, account_id, all, error);
      rubis_database_end_read (db);
    }
  rubis_session_return_reader (self, db);
  return rows;
}

/* On a reader: that of @facts, and of its @row when it is asked for. */
static gboolean
load_in (RubisSession *self, RubisDatabase *db, gint64 id, RubisPlanFacts **facts, RubisPlanRow **row,
         GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (self);
  g_autoptr (GError) load_error = NULL;

  *facts = rubis_plan_facts_load (db, library, id, rubis_session_get_today (self), &load_error);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (*facts == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no payment plan no. %d."), (int)id);
  else if (row != NULL)
    *row = new_row (self, db, *facts, error);
  return *facts != NULL && (row == NULL || *row != NULL);
}

static gboolean
load_plan (RubisSession *self, gint64 id, RubisPlanFacts **facts, RubisPlanRow **row, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  gboolean done;

  if (db == NULL)
    return FALSE;
  done = rubis_database_begin_read (db, error);
  if (done)
    {
      done = load_in (self, db, id, facts, row, error);
      rubis_database_end_read (db);
    }
  rubis_session_return_reader (self, db);
  return done;
}

RubisPlanFacts *
rubis_plans_load (RubisSession *self, gint64 id, GError **error)
{
  RubisPlanFacts *facts = NULL;

  return load_plan (self, id, &facts, NULL, error) ? facts : NULL;
}

RubisPlanRow *
rubis_session_load_plan (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (RubisPlanFacts) facts = NULL;
  RubisPlanRow *row = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  return load_plan (self, id, &facts, &row, error) ? row : NULL;
}
