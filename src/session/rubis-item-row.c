#include "rubis-item-row-private.h"

G_DEFINE_FINAL_TYPE (RubisItemRow, rubis_item_row, G_TYPE_OBJECT)

static void
rubis_item_row_finalize (GObject *object)
{
  RubisItemRow *self = RUBIS_ITEM_ROW (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->number);
  g_free (self->order_ref);
  g_free (self->label);
  g_free (self->sales_rep);
  g_clear_pointer (&self->values, g_hash_table_unref);
  G_OBJECT_CLASS (rubis_item_row_parent_class)->finalize (object);
}

static void
rubis_item_row_class_init (RubisItemRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_item_row_finalize;
}

static void
rubis_item_row_init (RubisItemRow *self)
{
  self->issue_date = RUBIS_DATE_NONE;
  self->due_date = RUBIS_DATE_NONE;
  self->level = RUBIS_LEVEL_NONE;
  self->level_date = RUBIS_DATE_NONE;
}

RubisItemRow *
rubis_item_row_new (void)
{
  return g_object_new (RUBIS_TYPE_ITEM_ROW, NULL);
}

RubisItemRow *
rubis_item_row_new_from_line (const RubisItemLine *line, RubisDate today)
{
  const RubisItemRecord *item = &line->item;
  RubisItemRow *self = rubis_item_row_new ();

  self->id = item->id;
  self->account_id = item->account_id;
  self->account_code = g_strdup (line->account_code);
  self->account_name = g_strdup (line->account_name);
  self->number = g_strdup (item->number);
  self->order_ref = g_strdup (item->order_ref);
  self->label = g_strdup (item->label);
  self->sales_rep = g_strdup (item->sales_rep);
  self->type = item->type;
  self->issue_date = item->issue_date;
  self->due_date = item->due_date;
  self->due_date_computed = item->due_computed;
  self->currency = item->currency;
  self->total = item->total;
  self->open = item->open;
  /* Only what is still owed can be late. */
  if (item->open > 0 && item->due_date != RUBIS_DATE_NONE)
    self->days_late = today - item->due_date;
  self->level = item->level;
  self->level_date = item->level_date;
  self->means = item->means;
  self->stop = item->stop && (item->stop_until == RUBIS_DATE_NONE || today <= item->stop_until);
  self->disputed = item->contested > 0;
  self->contested = item->contested;
  self->promised = item->promise_date != RUBIS_DATE_NONE && item->promise_date >= today;
  self->promise_passed = item->promise_date != RUBIS_DATE_NONE && item->promise_date < today && item->open > 0;
  self->leading = line->leading;
  return self;
}

RubisItemRow *
rubis_item_row_new_missing (gint64 id)
{
  RubisItemRow *self = rubis_item_row_new ();

  self->id = id;
  self->account_code = g_strdup ("");
  self->account_name = g_strdup ("");
  self->number = g_strdup ("");
  self->order_ref = g_strdup ("");
  self->label = g_strdup ("");
  self->sales_rep = g_strdup ("");
  return self;
}

void
rubis_item_row_take_value (RubisItemRow *self, gint64 field_id, char *text)
{
  if (self->values == NULL)
    self->values = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_hash_table_insert (self->values, g_memdup2 (&field_id, sizeof field_id), text);
}

const char *
rubis_item_row_get_value (RubisItemRow *self, gint64 field_id)
{
  const char *text;

  g_return_val_if_fail (RUBIS_IS_ITEM_ROW (self), NULL);

  text = self->values != NULL ? g_hash_table_lookup (self->values, &field_id) : NULL;
  return text != NULL ? text : "";
}
