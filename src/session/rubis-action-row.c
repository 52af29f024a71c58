#include "rubis-agenda-private.h"

G_DEFINE_FINAL_TYPE (RubisActionRow, rubis_action_row, G_TYPE_OBJECT)

static void
rubis_action_row_finalize (GObject *object)
{
  RubisActionRow *self = RUBIS_ACTION_ROW (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->policy_id);
  g_free (self->step_name);
  g_free (self->language);
  g_free (self->template_id);
  g_array_unref (self->item_ids);
  g_array_unref (self->levels);
  g_ptr_array_unref (self->numbers);
  g_ptr_array_unref (self->reasons);
  g_free (self->error);
  g_free (self->key);
  g_free (self->registered_number);
  G_OBJECT_CLASS (rubis_action_row_parent_class)->finalize (object);
}

static void
rubis_action_row_class_init (RubisActionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_action_row_finalize;
}

static void
rubis_action_row_init (RubisActionRow *self)
{
  self->account_code = g_strdup ("");
  self->account_name = g_strdup ("");
  self->policy_id = g_strdup ("");
  self->step_name = g_strdup ("");
  self->language = g_strdup ("");
  self->template_id = g_strdup ("");
  self->error = g_strdup ("");
  self->key = g_strdup ("");
  self->registered_number = g_strdup ("");
  self->item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->levels = g_array_new (FALSE, FALSE, sizeof (int));
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->reasons = g_ptr_array_new_with_free_func (g_free);
}

RubisActionRow *
rubis_action_row_new (void)
{
  return g_object_new (RUBIS_TYPE_ACTION_ROW, NULL);
}

RubisActionRow *
rubis_agenda_copy_row (const RubisActionRow *row)
{
  RubisActionRow *copy = rubis_action_row_new ();

  copy->state = row->state;
  copy->account_id = row->account_id;
  copy->plan_id = row->plan_id;
  copy->rank = row->rank;
  copy->channel = row->channel;
  copy->validation = row->validation;
  copy->currency = row->currency;
  copy->amount = row->amount;
  copy->credits = row->credits;
  copy->n_items = row->n_items;
  copy->days_late = row->days_late;
  copy->reason_mask = row->reason_mask;
  copy->event_id = row->event_id;
  rubis_action_row_set (copy, account_code, row->account_code);
  rubis_action_row_set (copy, account_name, row->account_name);
  rubis_action_row_set (copy, policy_id, row->policy_id);
  rubis_action_row_set (copy, step_name, row->step_name);
  rubis_action_row_set (copy, language, row->language);
  rubis_action_row_set (copy, template_id, row->template_id);
  rubis_action_row_set (copy, error, row->error);
  rubis_action_row_set (copy, key, row->key);
  rubis_action_row_set (copy, registered_number, row->registered_number);
  g_array_append_vals (copy->item_ids, row->item_ids->data, row->item_ids->len);
  g_array_append_vals (copy->levels, row->levels->data, row->levels->len);
  g_ptr_array_extend (copy->numbers, row->numbers, (GCopyFunc) (gpointer) g_strdup, NULL);
  g_ptr_array_extend (copy->reasons, row->reasons, (GCopyFunc) (gpointer) g_strdup, NULL);
  return copy;
}

gboolean
rubis_agenda_add_done (RubisSession *self, RubisDatabase *db, GPtrArray *rows, GError **error)
{
  g_autoptr(GPtrArray) records = rubis_store_list_outbox_on (db, rubis_session_get_today (self), error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const RubisOutboxRecord *record = g_ptr_array_index (records, i);
      RubisActionRow *row = rubis_action_row_new ();

      row->state = RUBIS_ACTION_DONE;
      row->account_id = record->account_id;
      row->currency = record->currency;
      row->rank = record->rank;
      row->channel = (RubisChannel) record->channel;
      row->amount = record->amount;
      row->n_items = record->n_items;
      row->event_id = record->event_id;
      rubis_action_row_set (row, account_code, record->account_code);
      rubis_action_row_set (row, account_name, record->account_name);
      rubis_action_row_set (row, step_name, record->step_name);
      rubis_action_row_set (row, key, record->key);
      g_ptr_array_add (rows, row);
    }
  return TRUE;
}
