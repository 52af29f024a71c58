#include "rubis-store-movements.h"

#include <string.h>

void
rubis_movement_free (RubisMovement *self)
{
  g_free (self->number);
  g_free (self);
}

static void
set_currency (RubisMovement *movement, const char *code)
{
  if (!rubis_currency_parse (code, &movement->currency))
    movement->currency = RUBIS_CURRENCY_EUR;
}

static int
compare_movements (gconstpointer a, gconstpointer b)
{
  const RubisMovement *x = *(const RubisMovement *const *)a;
  const RubisMovement *y = *(const RubisMovement *const *)b;

  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  if (x->allocation != y->allocation)
    return x->allocation ? 1 : -1;
  return strcmp (x->number, y->number);
}

GPtrArray *
rubis_store_list_movements (RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) movements = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_movement_free);
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT coalesce (i.issue_date, i.first_seen), coalesce (i.issue_date, i.first_seen), i.currency, 0, "
      "i.type, "
      "i.number, i.total, 0 FROM item i WHERE i.account_id = $1 AND i.type <> $2 "
      "UNION ALL "
      "SELECT a.date, coalesce (i.issue_date, i.first_seen), i.currency, 1, i.type, i.number, -a.amount, "
      "coalesce (a.credit_item_id, 0) FROM allocation a JOIN item i ON i.id = a.item_id "
      "WHERE i.account_id = $1 AND i.type <> $2",
      error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "in", account_id, (int)RUBIS_ITEM_DOWN_PAYMENT);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisMovement *movement = g_new0 (RubisMovement, 1);

      /* Nothing is paid before it is owed: a file may be older than an item that it settles. */
      movement->date = rubis_statement_date (statement, 0);
      if (rubis_statement_int (statement, 7) == 0)
        movement->date = MAX (movement->date, rubis_statement_date (statement, 1));
      set_currency (movement, rubis_statement_text (statement, 2));
      movement->allocation = rubis_statement_int (statement, 3) != 0;
      movement->type = (RubisItemType)rubis_statement_int (statement, 4);
      movement->number = g_strdup (rubis_statement_text (statement, 5));
      movement->amount = rubis_statement_int (statement, 6);
      movement->counterpart = rubis_statement_int (statement, 7);
      g_ptr_array_add (movements, movement);
    }
  if (row != RUBIS_STEP_DONE)
    return NULL;
  g_ptr_array_sort (movements, compare_movements);
  return g_steal_pointer (&movements);
}

void
rubis_paid_item_free (RubisPaidItem *self)
{
  g_free (self->number);
  g_free (self);
}

GPtrArray *
rubis_store_list_paid_items (RubisDatabase *db, gint64 payment_id, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_paid_item_free);
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT i.number, i.type, a.amount FROM allocation a JOIN item i ON i.id = a.item_id "
      "WHERE a.credit_item_id = $1 AND a.amount > 0 ORDER BY i.due_date, i.id, a.id",
      error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", payment_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisPaidItem *item = g_new0 (RubisPaidItem, 1);

      item->number = g_strdup (rubis_statement_text (statement, 0));
      item->type = (RubisItemType)rubis_statement_int (statement, 1);
      item->amount = rubis_statement_int (statement, 2);
      g_ptr_array_add (items, item);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&items) : NULL;
}
