/* Registered letters that the agenda writes: their numbers, and their beginning. */
#include "rubis-agenda-private.h"
#include "rubis-registered-private.h"

static gboolean
is_held_by (GPtrArray *actions, const char *number)
{
  for (guint i = 0; i < actions->len; i++)
    {
      const RubisActionRow *action = g_ptr_array_index (actions, i);

      if (g_str_equal (action->registered_number, number))
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_registered_assign_numbers (RubisDatabase *db, GPtrArray *actions, GError **error)
{
  g_autoptr(GPtrArray) stock = rubis_store_list_stock (db, error);
  guint next = 0;

  if (stock == NULL)
    return FALSE;
  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = g_ptr_array_index (actions, i);

      if (action->channel != RUBIS_CHANNEL_REGISTERED || action->state != RUBIS_ACTION_TO_DO)
        continue;
      /* What was printed with a number keeps it, unless the form was used for another letter since. */
      if (g_ptr_array_find_with_equal_func (stock, action->registered_number, g_str_equal, NULL))
        continue;
      while (next < stock->len && is_held_by (actions, g_ptr_array_index (stock, next)))
        next++;
      rubis_action_row_set (action, registered_number, next < stock->len ? g_ptr_array_index (stock, next) : "");
    }
  return TRUE;
}

gboolean
rubis_registered_begin (RubisDatabase *db, const RubisDocumentRecord *document, const char *number, int deadline_days,
                        GError **error)
{
  RubisRegisteredRecord record = {
    .account_id = document->account_id,
    .document_id = document->id,
    .number = (char *) number,
    .number_printed = *number != '\0',
    .guarantee = (char *) "R1",
    .with_receipt = TRUE,
    .deadline_days = deadline_days,
    .course = { .state = RUBIS_REGISTERED_WRITTEN },
  };

  return rubis_store_insert_registered (db, &record, error);
}
