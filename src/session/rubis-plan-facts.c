#include "rubis-plan-facts.h"

#include "rubis-plans.h"

RubisPolicy *
rubis_plan_policy (RubisLibrary *library)
{
  return g_hash_table_lookup (library->policies, RUBIS_PLAN_POLICY);
}

const RubisStep *
rubis_plan_notice_step (const RubisPolicy *policy)
{
  for (int i = rubis_policy_get_n_steps (policy) - 1; i >= 0; i--)
    {
      const RubisStep *step = rubis_policy_get_step (policy, i);

      if (step->channel == RUBIS_CHANNEL_REGISTERED && step->deadline_days > 0)
        return step;
    }
  return NULL;
}

/* --- One plan ------------------------------------------------------------------------------ */

void
rubis_plan_facts_free (RubisPlanFacts *self)
{
  rubis_plan_record_free (self->record);
  g_array_unref (self->shares);
  g_free (self);
}

/* The item that was dunned last since the plan was agreed tells what was done. */
static const RubisPlanItemRecord *
find_last_dunned (const RubisPlanRecord *plan)
{
  const RubisPlanItemRecord *found = NULL;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const RubisPlanItemRecord *item = &g_array_index (plan->items, RubisPlanItemRecord, i);

      if (item->current_level == RUBIS_LEVEL_NONE || item->level_date == RUBIS_DATE_NONE
          || item->level_date < plan->agreed_on)
        continue;
      if (found == NULL || item->level_date > found->level_date
          || (item->level_date == found->level_date && item->current_level > found->current_level))
        found = item;
    }
  return found;
}

/* The agreed days run from the first presentation of the letter that was posted (C. civ. 1344, 1305-4). */
static void
find_notice (RubisPlanFacts *self, const RubisStep *step)
{
  RubisDate first = self->verdict.next_date + step->delay;
  const RubisRegisteredCourse *course = NULL;
  RubisDate start;

  for (guint i = 0; i < self->record->letters->len; i++)
    {
      const RubisPlanLetter *letter = &g_array_index (self->record->letters, RubisPlanLetter, i);

      if (letter->level == step->rank && letter->course.written_on >= first
          && letter->course.state != RUBIS_REGISTERED_WRONG_ADDRESS)
        course = &letter->course;
    }
  if (course == NULL)
    return;
  start = course->presented_on != RUBIS_DATE_NONE ? course->presented_on : course->closed_on;
  self->notice_date = course->written_on;
  if (course->deposited_on == RUBIS_DATE_NONE)
    self->notice = RUBIS_PLAN_NOTICE_WRITTEN;
  else if (start == RUBIS_DATE_NONE)
    self->notice = RUBIS_PLAN_NOTICE_POSTED;
  else
    {
      self->notice = RUBIS_PLAN_NOTICE_PRESENTED;
      self->notice_until = start + MAX (self->record->notice_days, step->deadline_days);
    }
}

/* A step that was done before it could be reached for this instalment was done for an earlier one. */
static void
find_level (RubisPlanFacts *self, const RubisPolicy *policy)
{
  const RubisPlanItemRecord *last = find_last_dunned (self->record);
  const RubisStep *notice = rubis_plan_notice_step (policy);

  for (int i = 0; last != NULL && i < rubis_policy_get_n_steps (policy); i++)
    {
      const RubisStep *step = rubis_policy_get_step (policy, i);

      if (step->rank > last->current_level || last->level_date < self->verdict.next_date + step->delay)
        continue;
      self->level = step->rank;
      self->level_date = last->level_date;
    }
  self->notice_done = notice != NULL && self->level >= notice->rank;
  if (self->notice_done)
    find_notice (self, notice);
}

/* The claim takes the items oldest first, as payments do. */
static void
spread_claim (RubisPlanFacts *self)
{
  gint64 left = self->verdict.claim;

  for (guint i = 0; i < self->record->items->len; i++)
    {
      const RubisPlanItemRecord *item = &g_array_index (self->record->items, RubisPlanItemRecord, i);
      gint64 undisputed = MAX (0, item->part.open - item->disputed);
      gint64 share = MAX (0, MIN (MIN (rubis_plan_part_left (&item->part), undisputed), left));

      g_array_append_val (self->shares, share);
      left -= share;
    }
}

RubisPlanFacts *
rubis_plan_facts_new (RubisPlanRecord *record, const RubisPolicy *policy, RubisDate today)
{
  RubisPlanFacts *self = g_new0 (RubisPlanFacts, 1);

  self->record = record;
  self->level = RUBIS_LEVEL_NONE;
  self->level_date = self->notice_date = self->notice_until = RUBIS_DATE_NONE;
  self->shares = g_array_new (FALSE, FALSE, sizeof (gint64));
  rubis_plan_judge ((const RubisInstalment *)(gpointer)record->instalments->data, record->instalments->len,
                    rubis_plan_record_get_paid (record), rubis_plan_record_get_credited (record),
                    record->grace_days, today, &self->verdict);
  if (policy != NULL && self->verdict.standing != RUBIS_PLAN_DONE)
    find_level (self, policy);
  spread_claim (self);
  return self;
}

RubisPlanFacts *
rubis_plan_facts_load (RubisDatabase *db, RubisLibrary *library, gint64 id, RubisDate today, GError **error)
{
  RubisPlanRecord *record = rubis_store_load_plan (db, id, error);

  return record != NULL ? rubis_plan_facts_new (record, rubis_plan_policy (library), today) : NULL;
}

gboolean
rubis_plan_find_interest_end (RubisDatabase *db, gint64 item_id, RubisDate until, RubisDate *end,
                              GError **error)
{
  g_autoptr (RubisPlanRecord) plan = NULL;
  g_autoptr (GError) load_error = NULL;
  RubisPlanInterest interest = RUBIS_PLAN_INTEREST_RUNS;
  gint64 plan_id = 0;

  *end = until;
  if (!rubis_store_find_plan_of (db, item_id, &plan_id, error))
    return FALSE;
  if (plan_id == 0)
    return TRUE;
  plan = rubis_store_load_plan (db, plan_id, &load_error);
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (plan != NULL && rubis_plan_interest_from_id (plan->interest, &interest))
    *end = rubis_plan_interest_until (interest, plan->agreed_on, until);
  return TRUE;
}

/* --- All of them --------------------------------------------------------------------------- */

typedef struct
{
  const RubisPlanFacts *facts;
  guint index;
} Place;

struct _RubisPlanTable
{
  GPtrArray *plans;   /* (element-type RubisPlanFacts) */
  GHashTable *places; /* item id -> (owned) Place */
  GHashTable *former; /* item id -> (unowned) RubisPlanItemRecord */
};

void
rubis_plan_table_free (RubisPlanTable *self)
{
  g_ptr_array_unref (self->plans);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->former);
  g_free (self);
}

static void
add_plan (RubisPlanTable *self, RubisPlanFacts *facts)
{
  g_ptr_array_add (self->plans, facts);
  for (guint i = 0; i < facts->record->items->len; i++)
    {
      const RubisPlanItemRecord *item = &g_array_index (facts->record->items, RubisPlanItemRecord, i);
      Place *place;

      /* What is open beside a plan that was paid is dunned as any item. */
      if (rubis_plan_part_left (&item->part) == 0)
        {
          if (item->level_date != RUBIS_DATE_NONE && item->level_date >= facts->record->agreed_on
              && item->level_date <= item->paid_on)
            g_hash_table_insert (self->former, GSIZE_TO_POINTER ((gsize)item->item_id), (gpointer)item);
          continue;
        }
      place = g_new (Place, 1);
      *place = (Place){ facts, i };
      g_hash_table_insert (self->places, GSIZE_TO_POINTER ((gsize)item->item_id), place);
    }
}

RubisPlanTable *
rubis_plan_table_load (RubisDatabase *db, RubisLibrary *library, gint64 account_id, RubisDate today,
                       GError **error)
{
  g_autoptr (GPtrArray) records = rubis_store_list_plans (db, 0, account_id, FALSE, error);
  RubisPlanTable *self;

  if (records == NULL)
    return NULL;
  self = g_new0 (RubisPlanTable, 1);
  self->plans = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_plan_facts_free);
  self->places = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  self->former = g_hash_table_new (NULL, NULL);
  while (records->len > 0)
    add_plan (self, rubis_plan_facts_new (g_ptr_array_steal_index (records, records->len - 1),
                                          rubis_plan_policy (library), today));
  return self;
}

const RubisPlanFacts *
rubis_plan_table_find (const RubisPlanTable *self, gint64 item_id, guint *index)
{
  const Place *place = g_hash_table_lookup (self->places, GSIZE_TO_POINTER ((gsize)item_id));

  if (place == NULL)
    return NULL;
  *index = place->index;
  return place->facts;
}

const RubisPlanItemRecord *
rubis_plan_table_find_former (const RubisPlanTable *self, gint64 item_id)
{
  return g_hash_table_lookup (self->former, GSIZE_TO_POINTER ((gsize)item_id));
}

gboolean
rubis_plan_table_is_late (const RubisPlanTable *self, gint64 item_id)
{
  guint index = 0;
  const RubisPlanFacts *facts = self != NULL ? rubis_plan_table_find (self, item_id, &index) : NULL;

  return facts != NULL && facts->verdict.standing == RUBIS_PLAN_LATE
         && g_array_index (facts->shares, gint64, index) > 0;
}
