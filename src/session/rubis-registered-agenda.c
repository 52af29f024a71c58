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

/* The address block that the letter bears, a line each. (transfer full) */
static char *
make_recipient (RubisDatabase *db, const RubisDocumentRecord *document, const RubisStep *step, GError **error)
{
  g_autoptr(RubisAccountRecord) account = rubis_store_load_account (db, document->account_id, error);
  g_autoptr(GPtrArray) contacts = rubis_store_list_contacts (db, document->account_id, error);
  g_autoptr(RubisPostalBlock) block = NULL;

  if (account == NULL || contacts == NULL)
    return NULL;
  block = rubis_agenda_make_postal_block (
    account,
    rubis_agenda_choose_recipient (contacts, step != NULL ? step->role : RUBIS_CONTACT_ACCOUNTS_PAYABLE),
    document->language);
  return g_strjoinv ("\n", block->lines);
}

gboolean
rubis_registered_begin (RubisDatabase *db, const RubisDocumentRecord *document, const char *number,
                        const RubisStep *step, GError **error)
{
  g_autofree char *recipient = make_recipient (db, document, step, error);
  RubisRegisteredRecord record = {
    .account_id = document->account_id,
    .document_id = document->id,
    .number = (char *) number,
    .number_printed = *number != '\0',
    .guarantee = (char *) "R1",
    .with_receipt = TRUE,
    .recipient = recipient,
    .deadline_days = step != NULL ? step->deadline_days : 0,
    .course = { .state = RUBIS_REGISTERED_WRITTEN },
  };

  return recipient != NULL && rubis_store_insert_registered (db, &record, error);
}
