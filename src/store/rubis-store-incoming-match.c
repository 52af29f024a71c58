/* Whose a message is, and what it says of addresses and of the message that it answers. */
#include "rubis-store-incoming.h"

static gboolean
read_found (RubisStatement *statement, RubisReturnAddress *found, GError **error)
{
  RubisRow row = rubis_statement_step (statement, error);

  *found = (RubisReturnAddress){ 0 };
  if (row == RUBIS_STEP_ROW)
    *found = (RubisReturnAddress){ .outbox_id = rubis_statement_int (statement, 0),
                                   .account_id = rubis_statement_int (statement, 1),
                                   .event_id = rubis_statement_int (statement, 2) };
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_find_outbox_by_message_id (RubisDatabase *db, const char *message_id, RubisReturnAddress *found,
                                       const char **by, GError **error)
{
  static const struct
  {
    const char *by;
    const char *sql;
  } ways[] = {
    { "message-id",
      "SELECT id, account_id, coalesce (event_id, 0) FROM outbox WHERE message_id = $1 AND message_id <> '' "
      "ORDER BY id DESC LIMIT 1" },
    { "message-id",
      "SELECT id, account_id, coalesce (event_id, 0) FROM outbox "
      "WHERE provider_id IN ($1, '<' || $1 || '>') AND provider_id <> '' ORDER BY id DESC LIMIT 1" },
    { "thread",
      "SELECT id, account_id, coalesce (event_id, 0) FROM outbox WHERE thread_id = $1 AND thread_id <> '' "
      "AND state NOT IN ('draft', 'approved', 'queued', 'cancelled') ORDER BY id DESC LIMIT 1" },
  };

  *found = (RubisReturnAddress){ 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (ways) && found->outbox_id == 0 && *message_id != '\0'; i++)
    {
      RubisStatement *statement = rubis_database_get (db, ways[i].sql, error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "s", message_id);
      if (!read_found (statement, found, error))
        return FALSE;
      *by = ways[i].by;
    }
  return TRUE;
}

gboolean
rubis_store_find_dispute_of_message (RubisDatabase *db, const char *message_id, gint64 *dispute_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT coalesce ((SELECT dispute_id FROM outbox WHERE dispute_id IS NOT NULL AND (message_id = $1 "
      "OR provider_id IN ($1, '<' || $1 || '>') OR thread_id = $1) ORDER BY id DESC LIMIT 1), "
      "(SELECT dispute_id FROM incoming WHERE message_id = $1 AND dispute_id IS NOT NULL ORDER BY id DESC LIMIT 1), 0)",
      error);
  RubisRow row;

  *dispute_id = 0;
  if (*message_id == '\0')
    return TRUE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "s", message_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *dispute_id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_find_request_of_dispute (RubisDatabase *db, gint64 dispute_id, RubisReturnAddress *found, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT id, account_id, coalesce (event_id, 0) FROM outbox WHERE dispute_id = $1 "
      "AND state NOT IN ('draft', 'approved', 'cancelled') ORDER BY id DESC LIMIT 1",
      error);

  *found = (RubisReturnAddress){ 0 };
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", dispute_id);
  return read_found (statement, found, error);
}

gboolean
rubis_store_find_answer_to (RubisDatabase *db, gint64 outbox_id, gint64 *incoming_id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT coalesce (min (id), 0) FROM incoming WHERE outbox_id = $1 "
                            "AND matched_by IN ('message-id', 'token')",
                            error);
  RubisRow row;

  *incoming_id = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", outbox_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *incoming_id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_find_outbox_by_recipient (RubisDatabase *db, const char *email, RubisReturnAddress *found,
                                      GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT id, account_id, coalesce (event_id, 0) FROM outbox WHERE lower (recipient) = lower ($1) "
      "AND recipient <> '' AND channel = 0 AND state IN ('sent', 'delivered', 'unknown', 'bounced_soft', "
      "'bounced_hard') AND (SELECT count (DISTINCT account_id) FROM outbox "
      "WHERE lower (recipient) = lower ($1) AND channel = 0) = 1 ORDER BY id DESC LIMIT 1",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "s", email);
  return read_found (statement, found, error);
}

gboolean
rubis_store_find_outbox_by_id (RubisDatabase *db, gint64 id, RubisReturnAddress *found, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT id, account_id, coalesce (event_id, 0) FROM outbox WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return read_found (statement, found, error);
}

gboolean
rubis_store_find_incoming_account (RubisDatabase *db, const char *message_id, gint64 *account_id,
                                   GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT account_id FROM incoming WHERE message_id = $1 AND message_id <> '' AND account_id IS NOT NULL "
      "LIMIT 1",
      error);
  RubisRow row;

  *account_id = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "s", message_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *account_id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

static GArray *
read_ids (RubisStatement *statement, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

GArray *
rubis_store_find_accounts_by_email (RubisDatabase *db, const char *email, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT id FROM account WHERE email <> '' AND lower (email) = lower ($1) UNION "
      "SELECT account_id FROM contact WHERE removed = 0 AND email <> '' AND lower (email) = lower ($1) "
      "ORDER BY 1",
      error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "s", email);
  return read_ids (statement, error);
}

gboolean
rubis_store_each_invoice_of (RubisDatabase *db, gint64 account_id, RubisOpenItemFunc func, gpointer user_data,
                             GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT id, number, currency, open, due_date FROM item WHERE account_id = $1 AND open > 0 "
      "AND cancelled = 0 AND type IN (0, 3) ORDER BY due_date, id",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", account_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisOpenItem item = { .item_id = rubis_statement_int (statement, 0),
                             .number = rubis_statement_text (statement, 1),
                             .open = rubis_statement_int (statement, 3),
                             .due_date = rubis_statement_date (statement, 4) };

      g_strlcpy (item.currency.code, rubis_statement_text (statement, 2), sizeof item.currency.code);
      func (&item, user_data);
    }
  return row == RUBIS_STEP_DONE;
}

GPtrArray *
rubis_store_list_own_emails (RubisDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) emails = g_ptr_array_new_with_free_func (g_free);
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT value FROM setting WHERE key = 'company.email' AND value <> '' UNION "
                            "SELECT email FROM sender WHERE email <> '' UNION "
                            "SELECT reply_to FROM sender WHERE reply_to <> ''",
                            error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (emails, g_strdup (rubis_statement_text (statement, 0)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&emails) : NULL;
}

GArray *
rubis_store_mark_email_bad (RubisDatabase *db, const char *email, GError **error)
{
  static const char *const marks[] = {
    "UPDATE contact SET bounced = 1 WHERE email <> '' AND lower (email) = lower ($1)",
    "UPDATE account SET email_bad = 1 WHERE email <> '' AND lower (email) = lower ($1)",
  };
  g_autoptr (GArray) accounts = rubis_store_find_accounts_by_email (db, email, error);

  for (gsize i = 0; accounts != NULL && i < G_N_ELEMENTS (marks); i++)
    {
      RubisStatement *statement = rubis_database_get (db, marks[i], error);

      if (statement == NULL)
        return NULL;
      rubis_statement_bind (statement, "s", email);
      if (!rubis_statement_run (statement, error))
        return NULL;
    }
  return g_steal_pointer (&accounts);
}

/* The value of the first row's first column; FALSE when there is none. */
static gboolean
get_text (RubisDatabase *db, const char *sql, gint64 id, char **value, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  row = rubis_statement_step (statement, error);
  *value = row == RUBIS_STEP_ROW ? g_strdup (rubis_statement_text (statement, 0)) : NULL;
  rubis_statement_reset (statement);
  if (row == RUBIS_STEP_DONE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such row");
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_swap_email_mark (RubisDatabase *db, gint64 account_id, gint64 contact_id, int mark, int *before,
                             GError **error)
{
  gboolean of_contact = contact_id != 0;
  gint64 id = of_contact ? contact_id : account_id;
  g_autofree char *old = NULL;
  RubisStatement *statement;

  if (!get_text (db,
                 of_contact ? "SELECT bounced FROM contact WHERE id = $1"
                            : "SELECT email_bad FROM account WHERE id = $1",
                 id, &old, error))
    return FALSE;
  *before = (int)g_ascii_strtoll (old, NULL, 10);
  statement = rubis_database_get (db,
                                  of_contact ? "UPDATE contact SET bounced = $2 WHERE id = $1"
                                             : "UPDATE account SET email_bad = $2 WHERE id = $1",
                                  error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", id, mark);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_swap_contact_email (RubisDatabase *db, gint64 contact_id, const char *email, char **before,
                                GError **error)
{
  g_autofree char *old = NULL;
  RubisStatement *statement;

  if (!get_text (db, "SELECT email FROM contact WHERE id = $1", contact_id, &old, error))
    return FALSE;
  statement = rubis_database_get (db, "UPDATE contact SET email = $2 WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "is", contact_id, email);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  *before = g_steal_pointer (&old);
  return TRUE;
}

GHashTable *
rubis_store_list_lost_emails (RubisDatabase *db, GError **error)
{
  g_autoptr (GHashTable) lost = g_hash_table_new (NULL, NULL);
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT a.id FROM account a WHERE (a.email_bad <> 0 OR a.id IN (SELECT c.account_id FROM contact c "
      "WHERE c.removed = 0 AND c.bounced <> 0 AND c.email <> '')) AND (a.email = '' OR a.email_bad <> 0) "
      "AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.account_id = a.id AND c.removed = 0 AND c.email <> '' "
      "AND c.bounced = 0)",
      error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_hash_table_add (lost, GSIZE_TO_POINTER ((gsize)rubis_statement_int (statement, 0)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&lost) : NULL;
}
