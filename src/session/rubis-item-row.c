#include "rubis-item-row.h"

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
