#include "rubis-facts.h"

#include <string.h>

#include "rubis-agenda-private.h"

const char *
rubis_facts_get_phone (const RubisContactRecord *contact)
{
  return *contact->phone != '\0' ? contact->phone : contact->mobile;
}

guint
rubis_facts_reach_of (GPtrArray *contacts)
{
  guint reach = 0;

  for (guint i = 0; i < contacts->len; i++)
    {
      const RubisContactRecord *contact = g_ptr_array_index (contacts, i);

      if (*contact->email != '\0' && !contact->bounced)
        reach |= RUBIS_REACH_EMAIL;
      if (*rubis_facts_get_phone (contact) != '\0')
        reach |= RUBIS_REACH_PHONE;
    }
  return reach;
}

static void
add_reach (gint64 account_id, gboolean by_email, gboolean by_phone, gpointer user_data)
{
  GHashTable *reach = user_data;
  guint bits = (by_email ? RUBIS_REACH_EMAIL : 0) | (by_phone ? RUBIS_REACH_PHONE : 0);

  if (bits != 0)
    g_hash_table_insert (reach, GSIZE_TO_POINTER ((gsize) account_id), GUINT_TO_POINTER (bits));
}

GHashTable *
rubis_facts_load_reach (RubisDatabase *db, GError **error)
{
  g_autoptr(GHashTable) reach = g_hash_table_new (NULL, NULL);

  if (!rubis_store_each_contact_reach (db, add_reach, reach, error))
    return NULL;
  return g_steal_pointer (&reach);
}

guint
rubis_facts_get_reach (GHashTable *reach, gint64 account_id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (reach, GSIZE_TO_POINTER ((gsize) account_id)));
}

gboolean
rubis_facts_has_postal_address (const RubisAccountRecord *account)
{
  g_auto(GStrv) lines = g_strsplit (account->address, "\n", -1);
  int n_lines = 0;

  for (int i = 0; lines[i] != NULL; i++)
    n_lines += *g_strstrip (lines[i]) != '\0' ? 1 : 0;
  return n_lines >= 2 || (n_lines == 1 && *account->city != '\0');
}

void
rubis_facts_from_account (const RubisAccountRecord *account, guint reach, RubisAccountFacts *facts)
{
  *facts = (RubisAccountFacts){
    .kind = account->kind,
    .insolvency = account->insolvency,
    .stop = account->stop,
    .stop_until = account->stop_until,
    .with_agent = account->with_agent,
    .direct_debit = account->means == RUBIS_MEANS_DIRECT_DEBIT,
    .has_email = (*account->email != '\0' && !account->email_bad) || (reach & RUBIS_REACH_EMAIL) != 0,
    .has_address = !account->address_bad && rubis_facts_has_postal_address (account),
    .has_phone = *account->phone != '\0' || (reach & RUBIS_REACH_PHONE) != 0,
    .last_contact = account->last_contact,
  };
}

/* A plan takes the place of the item's own due date, level and claim. */
static void
follow_plan (const RubisPlanFacts *plan, guint index, RubisItemFacts *facts)
{
  facts->plan = TRUE;
  facts->due_date = plan->verdict.next_date;
  facts->plan_share = g_array_index (plan->shares, gint64, index);
  /* What the instalments do not ask for yet waits for them. */
  facts->plan_until = facts->plan_share > 0 ? plan->verdict.until : RUBIS_DATE_NONE;
  facts->level = plan->level;
  facts->level_date = plan->level_date;
  facts->notice_until = plan->notice_until;
  facts->notice_pending = plan->notice_done && plan->notice_until == RUBIS_DATE_NONE;
}

void
rubis_facts_from_item (const RubisItemRecord *record, const RubisPlanTable *plans, RubisItemFacts *facts)
{
  const RubisPlanItemRecord *former;
  const RubisPlanFacts *plan;
  guint index = 0;

  *facts = (RubisItemFacts){
    .type = record->type,
    .due_date = record->due_date,
    .total = record->total,
    .open = record->open,
    .disputed = record->disputed,
    .contested = record->contested,
    .stop = record->stop,
    .stop_until = record->stop_until,
    .direct_debit = record->means == RUBIS_MEANS_DIRECT_DEBIT,
    .other_means = record->means != RUBIS_MEANS_DIRECT_DEBIT && record->means != RUBIS_MEANS_UNKNOWN,
    .debit_returned = record->debit_returned,
    .draft = record->type == RUBIS_ITEM_DRAFT,
    .with_agent = record->with_agent,
    .promise_date = record->promise_date,
    .resumed_date = record->resumed_date,
    .plan_until = RUBIS_DATE_NONE,
    .notice_until = record->notice_until,
    .first_seen = record->first_seen,
    .level = record->level,
    .level_date = record->level_date,
  };
  plan = record->in_plan && plans != NULL ? rubis_plan_table_find (plans, record->id, &index) : NULL;
  former = record->in_plan && plans != NULL ? rubis_plan_table_find_former (plans, record->id) : NULL;
  /* A credit that an agreement deducted is no other debt's. */
  if (plan != NULL && record->open < 0)
    facts->open -= rubis_plan_part_left (&g_array_index (plan->record->items, RubisPlanItemRecord, index).part);
  else if (plan != NULL)
    follow_plan (plan, index, facts);
  else if (former != NULL)
    facts->level = former->level;
}

static gboolean
can_reach (const RubisContactRecord *contact, RubisReach by)
{
  if (by == RUBIS_REACH_EMAIL)
    return *contact->email != '\0' && !contact->bounced;
  return *rubis_facts_get_phone (contact) != '\0';
}

const RubisContactRecord *
rubis_facts_choose_contact (GPtrArray *contacts, RubisContactRole role, RubisReach by)
{
  const char *wanted[] = { rubis_contact_role_to_id (role),
                           rubis_contact_role_to_id (RUBIS_CONTACT_ACCOUNTS_PAYABLE), NULL };

  /* The last turn takes a contact of any role. */
  for (gsize turn = 0; turn < G_N_ELEMENTS (wanted); turn++)
    {
      for (guint i = 0; i < contacts->len; i++)
        {
          const RubisContactRecord *contact = g_ptr_array_index (contacts, i);

          if (can_reach (contact, by) && (wanted[turn] == NULL || g_str_equal (contact->role, wanted[turn])))
            return contact;
        }
    }
  return NULL;
}

static void
group_free (gpointer data)
{
  RubisFactsGroup *group = data;

  g_array_unref (group->items);
  g_free (group);
}

GPtrArray *
rubis_facts_groups_new (void)
{
  return g_ptr_array_new_with_free_func (group_free);
}

RubisFactsGroup *
rubis_facts_find_group (GPtrArray *groups, RubisCurrency currency, gint64 plan_id)
{
  for (guint i = 0; i < groups->len; i++)
    {
      RubisFactsGroup *group = g_ptr_array_index (groups, i);

      if (group->plan_id == plan_id && rubis_currency_equal (group->currency, currency))
        return group;
    }
  return NULL;
}

const RubisItemFacts *
rubis_facts_find_item (GPtrArray *groups, gint64 item_id, const RubisFactsGroup **group)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const RubisFactsGroup *one = g_ptr_array_index (groups, i);

      for (guint j = 0; j < one->items->len; j++)
        {
          const RubisAgendaItem *item = &g_array_index (one->items, RubisAgendaItem, j);

          if (item->id != item_id)
            continue;
          if (group != NULL)
            *group = one;
          return &item->facts;
        }
    }
  return NULL;
}

RubisFactsGroup *
rubis_facts_add_item (GPtrArray *groups, const RubisPlanTable *plans, const RubisItemRecord *record)
{
  guint index = 0;
  const RubisPlanFacts *plan = record->in_plan ? rubis_plan_table_find (plans, record->id, &index) : NULL;
  gint64 plan_id = plan != NULL && record->open > 0 ? plan->record->id : 0;
  RubisFactsGroup *group = rubis_facts_find_group (groups, record->currency, plan_id);
  RubisAgendaItem item = { .id = record->id, .due_date = record->due_date };

  if (group == NULL)
    {
      group = g_new0 (RubisFactsGroup, 1);
      group->currency = record->currency;
      group->plan_id = plan_id;
      group->items = g_array_new (FALSE, FALSE, sizeof (RubisAgendaItem));
      g_ptr_array_add (groups, group);
    }
  rubis_facts_from_item (record, plans, &item.facts);
  g_array_append_val (group->items, item);
  return group;
}

typedef struct {
  GPtrArray *groups;
  const RubisPlanTable *plans;
} Collection;

static gboolean
collect_item (const RubisItemRecord *record, gpointer user_data)
{
  const Collection *collection = user_data;

  rubis_facts_add_item (collection->groups, collection->plans, record);
  return TRUE;
}

GPtrArray *
rubis_facts_load_groups (RubisSession *session, RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr(RubisLibrary) library = rubis_session_get_library (session);
  g_autoptr(RubisPlanTable) plans
    = rubis_plan_table_load (db, library, account_id, rubis_session_get_today (session), error);
  g_autoptr(GPtrArray) groups = rubis_facts_groups_new ();
  Collection collection = { groups, plans };

  if (plans == NULL || !rubis_store_each_item_of (db, account_id, FALSE, collect_item, &collection, error))
    return NULL;
  return g_steal_pointer (&groups);
}

void
rubis_facts_sum (GPtrArray *groups, const RubisFactsGroup *group, RubisDate today, RubisAccountFacts *facts)
{
  const RubisFactsGroup *others
    = group->plan_id != 0 ? rubis_facts_find_group (groups, group->currency, 0) : NULL;
  gint64 credits = 0;

  /* A payment that is not allocated yet may well be the instalment. */
  if (others != NULL)
    {
      rubis_agenda_sum_account (facts, (const RubisAgendaItem *) (gpointer) others->items->data, others->items->len,
                                today);
      credits = facts->credits;
    }
  rubis_agenda_sum_account (facts, (const RubisAgendaItem *) (gpointer) group->items->data, group->items->len, today);
  if (!rubis_money_add (facts->credits, credits, &facts->credits))
    facts->credits = G_MAXINT64;
}

RubisPolicy *
rubis_facts_choose_policy (RubisLibrary *library, const char *policy_id, const RubisAccountFacts *facts,
                           const RubisFactsGroup *group)
{
  RubisPolicy *own = rubis_agenda_choose_policy (library, policy_id, facts);
  RubisPolicy *plan = group != NULL && group->plan_id != 0 ? rubis_plan_policy (library) : NULL;

  return plan != NULL && rubis_policy_get_active (own) ? plan : own;
}
