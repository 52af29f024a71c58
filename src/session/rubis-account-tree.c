#include "rubis-account-tree.h"

#include <string.h>

#include "rubis-read-job.h"
#include "rubis-text.h"
#include "rubis-tree-plan.h"

struct _RubisAccountTree {
  GObject parent_instance;

  RubisSession *session;   /* (owned) */
  RubisReadJob *job;       /* (owned) (nullable) */
  guint start_id;          /* source that starts the next job */
  GHashTable *nodes;       /* key of kind and id -> (owned) RubisAccountNode */
  GPtrArray *all;          /* (owned) (element-type RubisAccountNode) all nodes in the order of the plan */
  GPtrArray *keys;         /* (owned) (element-type utf8) their search keys; NULL: not searched */
  GPtrArray *tops;         /* (owned) (element-type RubisAccountNode) the roots without a search */
  GListStore *roots;       /* (owned) */
  char *search;            /* folded; "": none */
};

static guint loaded_signal;
static guint node_changed_signal;

G_DEFINE_FINAL_TYPE (RubisAccountNode, rubis_account_node, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (RubisAccountTree, rubis_account_tree, G_TYPE_OBJECT)

static void
rubis_account_node_finalize (GObject *object)
{
  RubisAccountNode *self = RUBIS_ACCOUNT_NODE (object);

  g_free (self->name);
  g_free (self->code);
  g_clear_object (&self->children);
  G_OBJECT_CLASS (rubis_account_node_parent_class)->finalize (object);
}

static void
rubis_account_node_class_init (RubisAccountNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_account_node_finalize;
  node_changed_signal = g_signal_new ("changed", RUBIS_TYPE_ACCOUNT_NODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);
}

static void
rubis_account_node_init (RubisAccountNode *self)
{
}

static gpointer
make_key (RubisNodeKind kind, gint64 id)
{
  return GSIZE_TO_POINTER ((gsize) id * 8 + (gsize) kind);
}

/* Takes over what the plan says; TRUE when that differs from what the node said before. */
static gboolean
update_node (RubisAccountNode *node, const RubisPlanNode *plan)
{
  if (g_strcmp0 (node->name, plan->name) == 0 && g_strcmp0 (node->code, plan->code) == 0
      && node->overdue == plan->overdue && node->balance == plan->balance
      && node->other_currencies == plan->other_currencies && node->days_late == plan->days_late
      && node->n_accounts == plan->n_accounts && node->n_items == plan->n_items && node->state == plan->state)
    return FALSE;
  g_free (node->name);
  node->name = g_strdup (plan->name);
  g_free (node->code);
  node->code = g_strdup (plan->code);
  node->overdue = plan->overdue;
  node->balance = plan->balance;
  node->other_currencies = plan->other_currencies;
  node->days_late = plan->days_late;
  node->n_accounts = plan->n_accounts;
  node->n_items = plan->n_items;
  node->state = plan->state;
  return TRUE;
}

static RubisAccountNode *
make_node (const RubisPlanNode *plan)
{
  RubisAccountNode *node = g_object_new (RUBIS_TYPE_ACCOUNT_NODE, NULL);

  node->kind = plan->kind;
  node->id = plan->id;
  if (plan->children != NULL)
    node->children = g_list_store_new (RUBIS_TYPE_ACCOUNT_NODE);
  update_node (node, plan);
  return node;
}

/* Takes out of @store what @wanted does not hold, in runs. */
static void
remove_others (GListStore *store, GHashTable *wanted)
{
  guint end = g_list_model_get_n_items (G_LIST_MODEL (store));

  while (end > 0)
    {
      guint first = end;

      while (first > 0)
        {
          g_autoptr(RubisAccountNode) node = g_list_model_get_item (G_LIST_MODEL (store), first - 1);

          if (g_hash_table_contains (wanted, node))
            break;
          first--;
        }
      if (first < end)
        g_list_store_splice (store, first, end - first, NULL, 0);
      end = first > 0 ? first - 1 : 0;
    }
}

/* Makes @store hold @nodes in their order. What stays where it was is not touched, so that views keep
 * what they know of it (unfolded, selected).
 */
static void
fill_store (GListStore *store, GPtrArray *nodes)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) present = g_hash_table_new (NULL, NULL);
  guint n_present;

  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_add (wanted, g_ptr_array_index (nodes, i));
  remove_others (store, wanted);
  n_present = g_list_model_get_n_items (G_LIST_MODEL (store));
  for (guint i = 0; i < n_present; i++)
    {
      g_autoptr(RubisAccountNode) node = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_hash_table_add (present, node);
    }
  for (guint i = 0; i < nodes->len;)
    {
      g_autoptr(RubisAccountNode) here = g_list_model_get_item (G_LIST_MODEL (store), i);
      guint end = i;

      if (here == g_ptr_array_index (nodes, i))
        {
          i++;
          continue;
        }
      while (end < nodes->len && !g_hash_table_contains (present, g_ptr_array_index (nodes, end)))
        end++;
      if (end == i)
        {
          /* The order itself has changed: the rest is put in anew. */
          g_list_store_splice (store, i, g_list_model_get_n_items (G_LIST_MODEL (store)) - i, nodes->pdata + i,
                               nodes->len - i);
          return;
        }
      g_list_store_splice (store, i, 0, nodes->pdata + i, end - i);
      i = end;
    }
}

static gboolean
matches (const char *key, char **words)
{
  for (int i = 0; words[i] != NULL; i++)
    {
      if (strstr (key, words[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* What the search finds, or the roots without one. (transfer full), unowned elements */
static GPtrArray *
list_roots (RubisAccountTree *self)
{
  g_autoptr(GPtrArray) found = NULL;
  g_auto(GStrv) words = NULL;

  if (*self->search == '\0')
    return g_ptr_array_ref (self->tops);
  found = g_ptr_array_new ();
  words = g_strsplit (self->search, " ", -1);
  for (guint i = 0; i < self->all->len; i++)
    {
      const char *key = g_ptr_array_index (self->keys, i);

      if (key != NULL && matches (key, words))
        g_ptr_array_add (found, g_ptr_array_index (self->all, i));
    }
  return g_steal_pointer (&found);
}

/* The node objects of positions of the plan. (transfer full), unowned elements */
static GPtrArray *
list_nodes (GPtrArray *nodes, GArray *positions)
{
  GPtrArray *list = g_ptr_array_sized_new (positions->len);

  for (guint i = 0; i < positions->len; i++)
    g_ptr_array_add (list, g_ptr_array_index (nodes, g_array_index (positions, guint, i)));
  return list;
}

/* Finds or makes the object of each node of the plan; those that changed are added to @changed. */
static void
adopt_nodes (RubisAccountTree *self, RubisTreePlan *plan, GPtrArray *changed)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->nodes);

  self->nodes = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_ptr_array_set_size (self->all, 0);
  g_ptr_array_set_size (self->keys, 0);
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      RubisPlanNode *planned = g_ptr_array_index (plan->nodes, i);
      gpointer key = make_key (planned->kind, planned->id);
      RubisAccountNode *node = g_hash_table_lookup (before, key);

      if (node == NULL)
        node = make_node (planned);
      else
        {
          g_object_ref (node);
          if (update_node (node, planned))
            g_ptr_array_add (changed, node);
        }
      g_hash_table_insert (self->nodes, key, node);
      g_ptr_array_add (self->all, node);
      g_ptr_array_add (self->keys, g_steal_pointer (&planned->search_key));
    }
}

static void
put_in_place (RubisAccountTree *self, RubisTreePlan *plan)
{
  g_autoptr(GPtrArray) changed = g_ptr_array_new ();
  g_autoptr(GPtrArray) roots = NULL;

  adopt_nodes (self, plan, changed);
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      RubisPlanNode *planned = g_ptr_array_index (plan->nodes, i);
      RubisAccountNode *node = g_ptr_array_index (self->all, i);

      if (planned->children != NULL)
        {
          g_autoptr(GPtrArray) children = list_nodes (self->all, planned->children);

          fill_store (node->children, children);
        }
    }
  g_ptr_array_unref (self->tops);
  self->tops = list_nodes (self->all, plan->roots);
  roots = list_roots (self);
  fill_store (self->roots, roots);
  for (guint i = 0; i < changed->len; i++)
    g_signal_emit (g_ptr_array_index (changed, i), node_changed_signal, 0);
}

typedef struct {
  RubisDate today;
  RubisCurrency currency;
} Question;

static gpointer
run_plan (RubisDatabase *reader, gpointer data, GError **error)
{
  const Question *question = data;

  return rubis_tree_plan_new (reader, question->today, question->currency, error);
}

static void
plan_done (gpointer result, gpointer owner)
{
  g_autoptr(RubisAccountTree) self = g_object_ref (owner);
  RubisTreePlan *plan = result;

  g_clear_pointer (&self->job, rubis_read_job_end);
  if (plan != NULL)
    {
      put_in_place (self, plan);
      rubis_tree_plan_free (plan);
    }
  g_signal_emit (self, loaded_signal, 0);
}

static gboolean
start_plan (gpointer data)
{
  RubisAccountTree *self = data;
  Question *question = g_new (Question, 1);

  self->start_id = 0;
  question->today = rubis_session_get_today (self->session);
  question->currency = rubis_session_get_currency (self->session);
  self->job = rubis_read_job_start (self->session, run_plan, question, g_free, (GDestroyNotify) rubis_tree_plan_free,
                                    plan_done, self);
  return G_SOURCE_REMOVE;
}

static void
load_soon (RubisAccountTree *self)
{
  g_clear_pointer (&self->job, rubis_read_job_end);
  if (self->start_id == 0)
    self->start_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, start_plan, self, NULL);
}

static void
rubis_account_tree_dispose (GObject *object)
{
  RubisAccountTree *self = RUBIS_ACCOUNT_TREE (object);

  g_clear_pointer (&self->job, rubis_read_job_end);
  g_clear_handle_id (&self->start_id, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_account_tree_parent_class)->dispose (object);
}

static void
rubis_account_tree_finalize (GObject *object)
{
  RubisAccountTree *self = RUBIS_ACCOUNT_TREE (object);

  g_object_unref (self->roots);
  g_ptr_array_unref (self->tops);
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->keys);
  g_hash_table_unref (self->nodes);
  g_free (self->search);
  G_OBJECT_CLASS (rubis_account_tree_parent_class)->finalize (object);
}

static void
rubis_account_tree_class_init (RubisAccountTreeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rubis_account_tree_dispose;
  object_class->finalize = rubis_account_tree_finalize;
  loaded_signal = g_signal_new ("loaded", RUBIS_TYPE_ACCOUNT_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
rubis_account_tree_init (RubisAccountTree *self)
{
  self->nodes = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->all = g_ptr_array_new ();
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->tops = g_ptr_array_new ();
  self->roots = g_list_store_new (RUBIS_TYPE_ACCOUNT_NODE);
  self->search = g_strdup ("");
}

RubisAccountTree *
rubis_account_tree_new (RubisSession *session)
{
  RubisAccountTree *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_ACCOUNT_TREE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (load_soon), self, G_CONNECT_SWAPPED);
  load_soon (self);
  return self;
}

GListModel *
rubis_account_tree_get_roots (RubisAccountTree *self)
{
  g_return_val_if_fail (RUBIS_IS_ACCOUNT_TREE (self), NULL);

  return G_LIST_MODEL (self->roots);
}

void
rubis_account_tree_set_search (RubisAccountTree *self, const char *text)
{
  g_autofree char *folded = NULL;
  g_autoptr(GPtrArray) roots = NULL;

  g_return_if_fail (RUBIS_IS_ACCOUNT_TREE (self) && text != NULL);

  folded = rubis_text_fold (text);
  if (g_str_equal (folded, self->search))
    return;
  g_free (self->search);
  self->search = g_steal_pointer (&folded);
  roots = list_roots (self);
  g_list_store_splice (self->roots, 0, g_list_model_get_n_items (G_LIST_MODEL (self->roots)), roots->pdata,
                       roots->len);
}

void
rubis_account_tree_refresh (RubisAccountTree *self)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_TREE (self));

  load_soon (self);
}
