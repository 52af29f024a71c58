/* The contacts of accounts. */
#include "rubis-store-accounts.h"

void
rubis_contact_record_free (RubisContactRecord *self)
{
  g_free (self->salutation);
  g_free (self->first_name);
  g_free (self->last_name);
  g_free (self->job);
  g_free (self->role);
  g_free (self->email);
  g_free (self->phone);
  g_free (self);
}

GPtrArray *
rubis_store_list_contacts (RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr(GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_contact_record_free);
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT id, salutation, first_name, last_name, job, role, email, phone, bounced FROM contact "
    "WHERE account_id = $1 ORDER BY id",
    error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", account_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisContactRecord *contact = g_new0 (RubisContactRecord, 1);

      contact->id = rubis_statement_int (statement, 0);
      contact->account_id = account_id;
      contact->salutation = g_strdup (rubis_statement_text (statement, 1));
      contact->first_name = g_strdup (rubis_statement_text (statement, 2));
      contact->last_name = g_strdup (rubis_statement_text (statement, 3));
      contact->job = g_strdup (rubis_statement_text (statement, 4));
      contact->role = g_strdup (rubis_statement_text (statement, 5));
      contact->email = g_strdup (rubis_statement_text (statement, 6));
      contact->phone = g_strdup (rubis_statement_text (statement, 7));
      contact->bounced = rubis_statement_int (statement, 8) != 0;
      g_ptr_array_add (contacts, contact);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&contacts) : NULL;
}

gboolean
rubis_store_insert_contact (RubisDatabase *db, RubisContactRecord *contact, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO contact (account_id, salutation, first_name, last_name, job, role, email, phone) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isssssss", contact->account_id, contact->salutation, contact->first_name,
                        contact->last_name, contact->job, contact->role, contact->email, contact->phone);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  contact->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_delete_contact (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "DELETE FROM contact WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_each_contact_reach (RubisDatabase *db, RubisContactReachFunc func, gpointer user_data, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT account_id, max (email <> '' AND bounced = 0), max (phone <> '') FROM contact GROUP BY account_id", error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return FALSE;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    func (rubis_statement_int (statement, 0), rubis_statement_int (statement, 1) != 0,
          rubis_statement_int (statement, 2) != 0, user_data);
  return row == RUBIS_STEP_DONE;
}
