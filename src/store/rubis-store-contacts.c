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
  g_free (self->mobile);
  g_free (self->note);
  g_free (self);
}

#define CONTACT_COLUMNS                                                                                      \
  "id, account_id, salutation, first_name, last_name, job, role, email, phone, mobile, note, bounced"

static RubisContactRecord *
read_contact (RubisStatement *row)
{
  RubisContactRecord *contact = g_new0 (RubisContactRecord, 1);

  contact->id = rubis_statement_int (row, 0);
  contact->account_id = rubis_statement_int (row, 1);
  contact->salutation = g_strdup (rubis_statement_text (row, 2));
  contact->first_name = g_strdup (rubis_statement_text (row, 3));
  contact->last_name = g_strdup (rubis_statement_text (row, 4));
  contact->job = g_strdup (rubis_statement_text (row, 5));
  contact->role = g_strdup (rubis_statement_text (row, 6));
  contact->email = g_strdup (rubis_statement_text (row, 7));
  contact->phone = g_strdup (rubis_statement_text (row, 8));
  contact->mobile = g_strdup (rubis_statement_text (row, 9));
  contact->note = g_strdup (rubis_statement_text (row, 10));
  contact->bounced = rubis_statement_int (row, 11) != 0;
  return contact;
}

GPtrArray *
rubis_store_list_contacts (RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr(GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_contact_record_free);
  RubisStatement *statement = rubis_database_get (
    db, "SELECT " CONTACT_COLUMNS " FROM contact WHERE account_id = $1 AND removed = 0 ORDER BY id", error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", account_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (contacts, read_contact (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&contacts) : NULL;
}

RubisContactRecord *
rubis_store_load_contact (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement
    = rubis_database_get (db, "SELECT " CONTACT_COLUMNS " FROM contact WHERE id = $1 AND removed = 0", error);
  RubisContactRecord *contact = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    contact = read_contact (statement);
  rubis_statement_reset (statement);
  return contact;
}

/* Who makes a contact of a file or an answer says nothing of a mobile number or a note. */
gboolean
rubis_store_insert_contact (RubisDatabase *db, RubisContactRecord *contact, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO contact (account_id, salutation, first_name, last_name, job, role, email, phone, mobile, note) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce ($9, ''), coalesce ($10, ''))",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isssssssss", contact->account_id, contact->salutation, contact->first_name,
                        contact->last_name, contact->job, contact->role, contact->email, contact->phone,
                        contact->mobile, contact->note);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  contact->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_update_contact (RubisDatabase *db, const RubisContactRecord *contact, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "UPDATE contact SET salutation = $2, first_name = $3, last_name = $4, job = $5, role = $6, email = $7, "
    "phone = $8, mobile = coalesce ($9, ''), note = coalesce ($10, '') WHERE id = $1",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isssssssss", contact->id, contact->salutation, contact->first_name,
                        contact->last_name, contact->job, contact->role, contact->email, contact->phone,
                        contact->mobile, contact->note);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_contact_removed (RubisDatabase *db, gint64 id, gboolean removed, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE contact SET removed = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", id, (int) removed);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_each_contact_reach (RubisDatabase *db, RubisContactReachFunc func, gpointer user_data, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT account_id, max (email <> '' AND bounced = 0), max (phone <> '' OR mobile <> '') FROM contact "
    "WHERE removed = 0 GROUP BY account_id",
    error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return FALSE;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    func (rubis_statement_int (statement, 0), rubis_statement_int (statement, 1) != 0,
          rubis_statement_int (statement, 2) != 0, user_data);
  return row == RUBIS_STEP_DONE;
}
