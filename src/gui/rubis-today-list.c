#include "rubis-today-list.h"

#include "rubis-sums.h"

struct _RubisTodayList {
  GObject parent_instance;

  GListStore *shown;                          /* (owned) (element-type RubisTodayEntry) */
  GPtrArray *actions;                         /* (owned) (element-type RubisActionRow) of all accounts */
  GPtrArray *tasks;                           /* (owned) (element-type RubisTask) of all accounts */
  GHashTable *known_tasks;                    /* (owned) key -> RubisTask: all of the day, done ones too */
  RubisDate task_day;
  GHashTable *accounts;                       /* (owned) (nullable) */
  GPtrArray *groups[RUBIS_N_TODAY_KINDS];     /* (owned) (element-type RubisTodayEntry) */
  RubisTodayEntry *heads[RUBIS_N_TODAY_KINDS]; /* (owned) */
  GHashTable *ticks;                          /* (owned) key of an action -> ticked by the user or not */
};

G_DEFINE_FINAL_TYPE (RubisTodayList, rubis_today_list, G_TYPE_OBJECT)

enum { TICKS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What leaves by itself after a confirmation is ticked at once; what a person decides is not. */
static gboolean
is_ticked_at_first (RubisActionRow *action)
{
  gboolean document = action->channel == RUBIS_CHANNEL_EMAIL || action->channel == RUBIS_CHANNEL_LETTER;

  return document && action->validation != RUBIS_VALIDATION_MANUAL;
}

static void
update_head (RubisTodayList *self, RubisTodayKind kind)
{
  RubisTodayEntry *head = self->heads[kind];
  g_autoptr(GArray) sums = rubis_sums_new ();

  head->n_actions = self->groups[kind]->len;
  head->n_ticked = 0;
  for (guint i = 0; i < self->groups[kind]->len; i++)
    {
      RubisTodayEntry *entry = self->groups[kind]->pdata[i];

      head->n_ticked += entry->ticked ? 1 : 0;
      if (entry->action != NULL)
        rubis_sums_add (sums, entry->action->currency, entry->action->amount);
      else if (entry->task->amount != 0)
        rubis_sums_add (sums, entry->task->currency, entry->task->amount);
    }
  g_free (head->sums);
  head->sums = rubis_sums_to_text (sums);
  rubis_today_entry_emit_changed (head);
}

static gboolean
is_in_scope (RubisTodayList *self, const gint64 *account_id)
{
  return self->accounts == NULL || g_hash_table_contains (self->accounts, account_id);
}

/* Puts what is to be seen in place with one change of the list. */
static void
show (RubisTodayList *self)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  for (guint kind = 0; kind < RUBIS_N_TODAY_KINDS; kind++)
    {
      if (self->groups[kind]->len == 0)
        continue;
      g_ptr_array_add (all, self->heads[kind]);
      if (self->heads[kind]->unfolded)
        g_ptr_array_extend (all, self->groups[kind], NULL, NULL);
    }
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)), all->pdata, all->len);
}

static void
add_tasks (RubisTodayList *self)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      RubisTask *task = self->tasks->pdata[i];
      RubisTodayKind kind = rubis_today_kind_of_task (task);

      if (is_in_scope (self, &task->account_id))
        g_ptr_array_add (self->groups[kind], rubis_today_entry_new (kind, NULL, task));
    }
}

static void
rebuild (RubisTodayList *self)
{
  for (guint kind = 0; kind < RUBIS_N_TODAY_KINDS; kind++)
    g_ptr_array_set_size (self->groups[kind], 0);
  add_tasks (self);
  for (guint i = 0; i < self->actions->len; i++)
    {
      RubisActionRow *action = self->actions->pdata[i];
      RubisTodayKind kind = rubis_today_kind_of_action (action);
      RubisTodayEntry *entry;
      gpointer known;

      if (!is_in_scope (self, &action->account_id))
        continue;
      entry = rubis_today_entry_new (kind, action, NULL);
      if (rubis_today_entry_can_tick (entry))
        entry->ticked = g_hash_table_lookup_extended (self->ticks, action->key, NULL, &known)
                            ? GPOINTER_TO_INT (known)
                            : is_ticked_at_first (action);
      g_ptr_array_add (self->groups[kind], entry);
    }
  for (guint kind = 0; kind < RUBIS_N_TODAY_KINDS; kind++)
    update_head (self, kind);
  show (self);
  g_signal_emit (self, signals[TICKS_CHANGED], 0);
}

static void
rubis_today_list_finalize (GObject *object)
{
  RubisTodayList *self = RUBIS_TODAY_LIST (object);

  g_object_unref (self->shown);
  g_ptr_array_unref (self->actions);
  g_ptr_array_unref (self->tasks);
  g_hash_table_unref (self->known_tasks);
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  g_hash_table_unref (self->ticks);
  for (guint kind = 0; kind < RUBIS_N_TODAY_KINDS; kind++)
    {
      g_ptr_array_unref (self->groups[kind]);
      g_object_unref (self->heads[kind]);
    }
  G_OBJECT_CLASS (rubis_today_list_parent_class)->finalize (object);
}

static void
rubis_today_list_class_init (RubisTodayListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_today_list_finalize;
  signals[TICKS_CHANGED] = g_signal_new ("ticks-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
rubis_today_list_init (RubisTodayList *self)
{
  self->shown = g_list_store_new (RUBIS_TYPE_TODAY_ENTRY);
  self->actions = g_ptr_array_new_with_free_func (g_object_unref);
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->known_tasks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->ticks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint kind = 0; kind < RUBIS_N_TODAY_KINDS; kind++)
    {
      self->groups[kind] = g_ptr_array_new_with_free_func (g_object_unref);
      self->heads[kind] = rubis_today_entry_new (kind, NULL, NULL);
      /* What is held back is many lines that ask for nothing. */
      self->heads[kind]->unfolded = kind != RUBIS_TODAY_REFUSED && kind != RUBIS_TODAY_DONE;
    }
}

RubisTodayList *
rubis_today_list_new (void)
{
  return g_object_new (RUBIS_TYPE_TODAY_LIST, NULL);
}

GListModel *
rubis_today_list_get_model (RubisTodayList *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_LIST (self), NULL);

  return G_LIST_MODEL (self->shown);
}

void
rubis_today_list_set_actions (RubisTodayList *self, GPtrArray *actions)
{
  gboolean only_refused = TRUE;
  gboolean first;

  g_return_if_fail (RUBIS_IS_TODAY_LIST (self));
  g_return_if_fail (actions != NULL);

  first = self->actions->len == 0;
  g_ptr_array_set_size (self->actions, 0);
  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = actions->pdata[i];

      g_ptr_array_add (self->actions, g_object_ref (action));
      only_refused &= action->state == RUBIS_ACTION_REFUSED;
    }
  /* When all of a day is held back, why is what one wants to see. */
  if (first && only_refused)
    self->heads[RUBIS_TODAY_REFUSED]->unfolded = TRUE;
  rebuild (self);
}

static char *
make_task_key (RubisTask *task)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, rubis_task_kind_to_id (task->kind), task->object_id);
}

void
rubis_today_list_set_tasks (RubisTodayList *self, GPtrArray *tasks, RubisDate today)
{
  g_return_if_fail (RUBIS_IS_TODAY_LIST (self));
  g_return_if_fail (tasks != NULL);

  if (today != self->task_day)
    g_hash_table_remove_all (self->known_tasks);
  self->task_day = today;
  g_ptr_array_set_size (self->tasks, 0);
  for (guint i = 0; i < tasks->len; i++)
    {
      RubisTask *task = tasks->pdata[i];

      g_ptr_array_add (self->tasks, g_object_ref (task));
      g_hash_table_replace (self->known_tasks, make_task_key (task), g_object_ref (task));
    }
  rebuild (self);
}

/* Those of the day that are not there any more. */
static guint
count_done_tasks (RubisTodayList *self)
{
  GHashTableIter iter;
  gpointer task;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->known_tasks);
  while (g_hash_table_iter_next (&iter, NULL, &task))
    n += is_in_scope (self, &((RubisTask *) task)->account_id) ? 1 : 0;
  for (guint i = 0; i < self->tasks->len; i++)
    n -= is_in_scope (self, &((RubisTask *) self->tasks->pdata[i])->account_id) ? 1 : 0;
  return n;
}

void
rubis_today_list_set_accounts (RubisTodayList *self, GHashTable *accounts)
{
  g_return_if_fail (RUBIS_IS_TODAY_LIST (self));

  if (accounts != NULL)
    g_hash_table_ref (accounts);
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  self->accounts = accounts;
  rebuild (self);
}

/* TRUE when something changed; the head is left to the caller. */
static gboolean
tick (RubisTodayList *self, RubisTodayEntry *entry, gboolean ticked)
{
  if (!rubis_today_entry_can_tick (entry) || entry->ticked == ticked)
    return FALSE;
  entry->ticked = ticked;
  g_hash_table_insert (self->ticks, g_strdup (entry->action->key), GINT_TO_POINTER (ticked));
  rubis_today_entry_emit_changed (entry);
  return TRUE;
}

static gboolean
tick_group (RubisTodayList *self, RubisTodayKind kind, gboolean ticked)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->groups[kind]->len; i++)
    changed |= tick (self, self->groups[kind]->pdata[i], ticked);
  if (changed)
    update_head (self, kind);
  return changed;
}

void
rubis_today_list_set_ticked (RubisTodayList *self, RubisTodayEntry *entry, gboolean ticked)
{
  gboolean changed;

  g_return_if_fail (RUBIS_IS_TODAY_LIST (self));
  g_return_if_fail (RUBIS_IS_TODAY_ENTRY (entry));

  if (rubis_today_entry_is_head (entry))
    changed = tick_group (self, entry->kind, ticked);
  else
    {
      changed = tick (self, entry, ticked);
      if (changed)
        update_head (self, entry->kind);
    }
  if (changed)
    g_signal_emit (self, signals[TICKS_CHANGED], 0);
}

void
rubis_today_list_set_all_ticked (RubisTodayList *self, gboolean ticked)
{
  gboolean changed = FALSE;

  g_return_if_fail (RUBIS_IS_TODAY_LIST (self));

  for (guint kind = 0; kind < RUBIS_N_TODAY_KINDS; kind++)
    changed |= tick_group (self, kind, ticked);
  if (changed)
    g_signal_emit (self, signals[TICKS_CHANGED], 0);
}

void
rubis_today_list_set_unfolded (RubisTodayList *self, RubisTodayEntry *entry, gboolean unfolded)
{
  GPtrArray *group;
  guint position;

  g_return_if_fail (RUBIS_IS_TODAY_LIST (self));
  g_return_if_fail (RUBIS_IS_TODAY_ENTRY (entry));

  if (entry->unfolded == unfolded)
    return;
  entry->unfolded = unfolded;
  rubis_today_entry_emit_changed (entry);
  if (!rubis_today_entry_is_head (entry) || !g_list_store_find (self->shown, entry, &position))
    return;
  group = self->groups[entry->kind];
  if (unfolded)
    g_list_store_splice (self->shown, position + 1, 0, group->pdata, group->len);
  else
    g_list_store_splice (self->shown, position + 1, group->len, NULL, 0);
}

static GPtrArray *
dup_actions (RubisTodayList *self, gboolean ticked_only)
{
  GPtrArray *actions = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint kind = RUBIS_TODAY_CALLS; kind < RUBIS_TODAY_ERRORS; kind++)
    {
      for (guint i = 0; i < self->groups[kind]->len; i++)
        {
          RubisTodayEntry *entry = self->groups[kind]->pdata[i];

          if (entry->ticked || !ticked_only)
            g_ptr_array_add (actions, g_object_ref (entry->action));
        }
    }
  return actions;
}

static char *
dup_sums (GPtrArray *actions)
{
  g_autoptr(GArray) sums = rubis_sums_new ();

  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = actions->pdata[i];

      rubis_sums_add (sums, action->currency, action->amount);
    }
  return rubis_sums_to_text (sums);
}

GPtrArray *
rubis_today_list_dup_ticked (RubisTodayList *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_LIST (self), NULL);

  return dup_actions (self, TRUE);
}

GPtrArray *
rubis_today_list_dup_to_do (RubisTodayList *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_LIST (self), NULL);

  return dup_actions (self, FALSE);
}

guint
rubis_today_list_get_n_ticked (RubisTodayList *self)
{
  guint n = 0;

  g_return_val_if_fail (RUBIS_IS_TODAY_LIST (self), 0);

  for (guint kind = 0; kind < RUBIS_N_TODAY_KINDS; kind++)
    n += self->heads[kind]->n_ticked;
  return n;
}

guint
rubis_today_list_get_n_to_do (RubisTodayList *self)
{
  guint n = 0;

  g_return_val_if_fail (RUBIS_IS_TODAY_LIST (self), 0);

  for (guint kind = 0; kind <= RUBIS_TODAY_ERRORS; kind++)
    n += self->groups[kind]->len;
  return n;
}

guint
rubis_today_list_get_n_done (RubisTodayList *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_LIST (self), 0);

  return self->groups[RUBIS_TODAY_DONE]->len + count_done_tasks (self);
}

char *
rubis_today_list_dup_ticked_sums (RubisTodayList *self)
{
  g_autoptr(GPtrArray) actions = NULL;

  g_return_val_if_fail (RUBIS_IS_TODAY_LIST (self), NULL);

  actions = dup_actions (self, TRUE);
  return dup_sums (actions);
}

char *
rubis_today_list_dup_to_do_sums (RubisTodayList *self)
{
  g_autoptr(GPtrArray) actions = NULL;

  g_return_val_if_fail (RUBIS_IS_TODAY_LIST (self), NULL);

  actions = dup_actions (self, FALSE);
  return dup_sums (actions);
}
