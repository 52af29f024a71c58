#include "rubis-tree-plan.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-store-accounts.h"
#include "rubis-text.h"

/* What is needed while the records come in, one account after the other. */
typedef struct {
  RubisTreePlan *plan;
  RubisDate today;
  RubisCurrency currency;
  guint all;
  guint stopped;
  guint settled;
  GHashTable *groups;      /* group id (as gsize) -> position + 1 */
  GArray *parents;         /* (element-type guint) position -> position of the parent group, NOWHERE */
  gint64 account_id;       /* of the record before */
  gint64 first_group;      /* that the account's records come with first */
  guint account;           /* position */
  gboolean is_stopped;
  GArray *in_groups;       /* (element-type guint) positions of the account's groups */
} Builder;

#define NOWHERE G_MAXUINT

static void
plan_node_free (gpointer data)
{
  RubisPlanNode *node = data;

  g_free (node->name);
  g_free (node->code);
  g_free (node->search_key);
  g_clear_pointer (&node->children, g_array_unref);
  g_free (node);
}

void
rubis_tree_plan_free (RubisTreePlan *self)
{
  g_ptr_array_unref (self->nodes);
  g_array_unref (self->roots);
  g_free (self);
}

static RubisPlanNode *
node_at (Builder *builder, guint position)
{
  return g_ptr_array_index (builder->plan->nodes, position);
}

static guint
add_node (Builder *builder, RubisNodeKind kind, gint64 id, const char *name, const char *code)
{
  RubisPlanNode *node = g_new0 (RubisPlanNode, 1);

  node->kind = kind;
  node->id = id;
  node->name = g_strdup (name);
  node->code = g_strdup (code);
  if (kind != RUBIS_NODE_ACCOUNT && kind != RUBIS_NODE_ALL)
    node->children = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (builder->plan->nodes, node);
  return builder->plan->nodes->len - 1;
}

static RubisNodeState
judge_account (const RubisPlanNode *node, gboolean stopped, gboolean with_agent)
{
  if (with_agent)
    return RUBIS_NODE_STATE_LEGAL;
  if (stopped)
    return RUBIS_NODE_STATE_STOP;
  if (node->days_late > 90)
    return RUBIS_NODE_STATE_LATE_OVER;
  if (node->days_late > 60)
    return RUBIS_NODE_STATE_LATE_90;
  if (node->days_late > 30)
    return RUBIS_NODE_STATE_LATE_60;
  if (node->days_late > 0)
    return RUBIS_NODE_STATE_LATE_30;
  return node->n_items > 0 ? RUBIS_NODE_STATE_NOT_DUE : RUBIS_NODE_STATE_NONE;
}

/* A sum that 64 bits cannot hold stays at what it was: no ledger comes near. */
static void
add_account_to (Builder *builder, guint position, const RubisPlanNode *account)
{
  RubisPlanNode *node = node_at (builder, position);

  rubis_money_add (node->overdue, account->overdue, &node->overdue);
  rubis_money_add (node->balance, account->balance, &node->balance);
  node->other_currencies |= account->other_currencies;
  node->days_late = MAX (node->days_late, account->days_late);
  node->n_items += account->n_items;
  node->n_accounts++;
  node->state = MAX (node->state, account->state);
}

/* The account's groups and all above them, each once. */
static void
add_to_groups (Builder *builder, const RubisPlanNode *account)
{
  g_autoptr(GArray) visited = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < builder->in_groups->len; i++)
    {
      for (guint group = g_array_index (builder->in_groups, guint, i); group != NOWHERE;
           group = g_array_index (builder->parents, guint, group))
        {
          gboolean known = FALSE;

          for (guint v = 0; v < visited->len && !known; v++)
            known = g_array_index (visited, guint, v) == group;
          if (known)
            break;
          g_array_append_val (visited, group);
          add_account_to (builder, group, account);
        }
    }
}

/* All records of the account have come: it finds its place. */
static void
place_account (Builder *builder)
{
  RubisPlanNode *account;

  if (builder->account_id == 0)
    return;
  account = node_at (builder, builder->account);
  add_account_to (builder, builder->all, account);
  add_to_groups (builder, account);
  if (account->n_items == 0 || builder->is_stopped)
    {
      guint section = account->n_items == 0 ? builder->settled : builder->stopped;

      add_account_to (builder, section, account);
      g_array_append_val (node_at (builder, section)->children, builder->account);
    }
  else if (builder->in_groups->len == 0)
    g_array_append_val (builder->plan->roots, builder->account);
  else
    {
      for (guint i = 0; i < builder->in_groups->len; i++)
        g_array_append_val (node_at (builder, g_array_index (builder->in_groups, guint, i))->children,
                            builder->account);
    }
}

static void
begin_account (Builder *builder, const RubisTreeRecord *record)
{
  RubisPlanNode *node;

  place_account (builder);
  builder->account_id = record->account_id;
  builder->first_group = record->group_id;
  builder->account = add_node (builder, RUBIS_NODE_ACCOUNT, record->account_id, record->name, record->code);
  builder->is_stopped = record->stop;
  g_array_set_size (builder->in_groups, 0);
  node = node_at (builder, builder->account);
  node->search_key = g_strdup (record->search_key);
  node->n_accounts = 1;
}

/* An account comes once for each of its groups and currencies. */
static void
add_record (const RubisTreeRecord *record, gpointer user_data)
{
  Builder *builder = user_data;
  RubisPlanNode *node;
  guint group;
  gboolean known = FALSE;

  if (record->account_id != builder->account_id)
    begin_account (builder, record);
  node = node_at (builder, builder->account);
  group = GPOINTER_TO_UINT (g_hash_table_lookup (builder->groups, GSIZE_TO_POINTER ((gsize) record->group_id)));
  if (group > 0)
    {
      group--;
      for (guint i = 0; i < builder->in_groups->len && !known; i++)
        known = g_array_index (builder->in_groups, guint, i) == group;
      if (!known)
        g_array_append_val (builder->in_groups, group);
    }
  if (record->group_id != builder->first_group || *record->currency == '\0')
    return;
  if (g_str_equal (record->currency, builder->currency.code))
    {
      node->overdue = record->overdue;
      node->balance = record->balance;
    }
  else
    node->other_currencies = TRUE;
  node->n_items += record->n_items;
  if (record->oldest_due != RUBIS_DATE_NONE)
    node->days_late = MAX (node->days_late, builder->today - record->oldest_due);
  node->state = judge_account (node, record->stop, record->with_agent);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const RubisGroupRecord *first = *(const RubisGroupRecord *const *) a;
  const RubisGroupRecord *second = *(const RubisGroupRecord *const *) b;
  g_autofree char *first_key = rubis_text_fold (first->name);
  g_autofree char *second_key = rubis_text_fold (second->name);
  int order = strcmp (first_key, second_key);

  return order != 0 ? order : (first->id > second->id) - (first->id < second->id);
}

/* Groups are sorted by name; those under others are listed there, the rest at the top. */
static gboolean
add_groups (Builder *builder, RubisDatabase *db, GError **error)
{
  g_autoptr(GPtrArray) groups = rubis_store_list_groups (db, error);
  guint first = builder->plan->nodes->len;

  if (groups == NULL)
    return FALSE;
  g_ptr_array_sort (groups, compare_groups);
  for (guint i = 0; i < groups->len; i++)
    {
      const RubisGroupRecord *record = g_ptr_array_index (groups, i);
      guint position = add_node (builder, RUBIS_NODE_GROUP, record->id, record->name, "");

      node_at (builder, position)->search_key = rubis_text_fold (record->name);
      g_hash_table_insert (builder->groups, GSIZE_TO_POINTER ((gsize) record->id), GUINT_TO_POINTER (position + 1));
    }
  g_array_set_size (builder->parents, builder->plan->nodes->len);
  for (guint i = 0; i < groups->len; i++)
    {
      const RubisGroupRecord *record = g_ptr_array_index (groups, i);
      guint position = first + i;
      guint parent = GPOINTER_TO_UINT (
        g_hash_table_lookup (builder->groups, GSIZE_TO_POINTER ((gsize) record->parent_id)));

      g_array_index (builder->parents, guint, position) = parent > 0 ? parent - 1 : NOWHERE;
      g_array_append_val (parent > 0 ? node_at (builder, parent - 1)->children : builder->plan->roots, position);
    }
  return TRUE;
}

static void
end_with_section (Builder *builder, guint section)
{
  if (node_at (builder, section)->n_accounts > 0)
    g_array_append_val (builder->plan->roots, section);
}

RubisTreePlan *
rubis_tree_plan_new (RubisDatabase *db, RubisDate today, RubisCurrency currency, GError **error)
{
  g_autoptr(RubisTreePlan) plan = g_new0 (RubisTreePlan, 1);
  g_autoptr(GHashTable) groups = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) parents = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr(GArray) in_groups = g_array_new (FALSE, FALSE, sizeof (guint));
  Builder builder = { .plan = plan, .today = today, .currency = currency, .groups = groups, .parents = parents,
                      .in_groups = in_groups };

  plan->nodes = g_ptr_array_new_with_free_func (plan_node_free);
  plan->roots = g_array_new (FALSE, FALSE, sizeof (guint));
  builder.all = add_node (&builder, RUBIS_NODE_ALL, 0, C_("accounts", "All"), "");
  /* Translators: accounts for which dunning is stopped. */
  builder.stopped = add_node (&builder, RUBIS_NODE_STOPPED, 0, C_("accounts", "Stopped"), "");
  /* Translators: accounts that owe nothing. */
  builder.settled = add_node (&builder, RUBIS_NODE_SETTLED, 0, C_("accounts", "Settled"), "");
  g_array_append_val (plan->roots, builder.all);
  if (!add_groups (&builder, db, error) || !rubis_store_each_tree_record (db, today, add_record, &builder, error))
    return NULL;
  place_account (&builder);
  end_with_section (&builder, builder.stopped);
  end_with_section (&builder, builder.settled);
  return g_steal_pointer (&plan);
}
