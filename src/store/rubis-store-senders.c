#include "rubis-store-senders.h"

#define SENDER_COLUMNS                                                                                       \
  "id, name, transport, position, actor, email, from_name, reply_to, signature, server, port, security, "    \
  "auth, user, service, client_id, folder, imap_server, imap_port, imap_security, recall_minutes, "          \
  "from_minute, until_minute, days, per_minute, per_day, max_size, active, wait_until, wait_reason, "        \
  "unit_price, cursor, fetched, removed"

#define REMOVED_COLUMN 33

/* An id of a newer program is read as the default: such a dossier is not opened for writing. */
static RubisSender *
read_sender (RubisStatement *row)
{
  RubisTransportKind transport = RUBIS_TRANSPORT_FOLDER;
  RubisSender *sender;

  rubis_transport_from_id (rubis_statement_text (row, 2), &transport);
  sender = rubis_sender_new (transport);
  sender->id = rubis_statement_int (row, 0);
  rubis_sender_set (sender, name, rubis_statement_text (row, 1));
  sender->position = (int)rubis_statement_int (row, 3);
  rubis_sender_set (sender, actor, rubis_statement_text (row, 4));
  rubis_sender_set (sender, email, rubis_statement_text (row, 5));
  rubis_sender_set (sender, from_name, rubis_statement_text (row, 6));
  rubis_sender_set (sender, reply_to, rubis_statement_text (row, 7));
  rubis_sender_set (sender, signature, rubis_statement_text (row, 8));
  rubis_sender_set (sender, server, rubis_statement_text (row, 9));
  sender->port = (int)rubis_statement_int (row, 10);
  rubis_security_from_id (rubis_statement_text (row, 11), &sender->security);
  rubis_auth_from_id (rubis_statement_text (row, 12), &sender->auth);
  rubis_sender_set (sender, user, rubis_statement_text (row, 13));
  rubis_sender_set (sender, service, rubis_statement_text (row, 14));
  rubis_sender_set (sender, client_id, rubis_statement_text (row, 15));
  rubis_sender_set (sender, folder, rubis_statement_text (row, 16));
  rubis_sender_set (sender, imap_server, rubis_statement_text (row, 17));
  sender->imap_port = (int)rubis_statement_int (row, 18);
  rubis_security_from_id (rubis_statement_text (row, 19), &sender->imap_security);
  sender->recall_minutes = (int)rubis_statement_int (row, 20);
  sender->from_minute = (int)rubis_statement_int (row, 21);
  sender->until_minute = (int)rubis_statement_int (row, 22);
  sender->days = (guint)rubis_statement_int (row, 23);
  sender->per_minute = (int)rubis_statement_int (row, 24);
  sender->per_day = (int)rubis_statement_int (row, 25);
  sender->max_size = rubis_statement_int (row, 26);
  sender->active = rubis_statement_int (row, 27) != 0;
  sender->wait_until = rubis_statement_int (row, 28);
  rubis_sender_set (sender, wait_reason, rubis_statement_text (row, 29));
  sender->unit_price = rubis_statement_int (row, 30);
  rubis_sender_set (sender, cursor, rubis_statement_text (row, 31));
  sender->fetched = rubis_statement_int (row, 32);
  return sender;
}

GPtrArray *
rubis_store_list_senders (RubisDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_sender_free);
  RubisStatement *statement = rubis_database_get (
      db, "SELECT " SENDER_COLUMNS " FROM sender WHERE removed = 0 ORDER BY position, id", error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (senders, read_sender (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&senders) : NULL;
}

RubisSender *
rubis_store_load_sender (RubisDatabase *db, gint64 id, gboolean *removed, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "SELECT " SENDER_COLUMNS " FROM sender WHERE id = $1", error);
  RubisSender *sender = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    {
      sender = read_sender (statement);
      if (removed != NULL)
        *removed = rubis_statement_int (statement, REMOVED_COLUMN) != 0;
    }
  rubis_statement_reset (statement);
  return sender;
}

RubisSender *
rubis_store_choose_sender (RubisDatabase *db, RubisParcelKind kind, const char *actor, gint64 without,
                           GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT " SENDER_COLUMNS " FROM sender WHERE removed = 0 AND active <> 0 "
                            "AND actor IN ('', $1) AND id <> $2 ORDER BY actor = '', position, id",
                            error);
  RubisSender *sender = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "ti", actor, without);
  while (sender == NULL && rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    {
      sender = read_sender (statement);
      if (!rubis_transport_carries (sender->transport, kind))
        g_clear_pointer (&sender, rubis_sender_free);
    }
  rubis_statement_reset (statement);
  return sender;
}

/* $1 to $30: the columns from "name" to "unit_price"; $31 the id, $32 whether it is removed. */
static void
bind_sender (RubisStatement *statement, const RubisSender *sender, gboolean removed)
{
  rubis_statement_bind (
      statement, "ttnttttttntttttttntnnnnnninitiin", sender->name, rubis_transport_to_id (sender->transport),
      sender->position, sender->actor, sender->email, sender->from_name, sender->reply_to, sender->signature,
      sender->server, sender->port, rubis_security_to_id (sender->security), rubis_auth_to_id (sender->auth),
      sender->user, sender->service, sender->client_id, sender->folder, sender->imap_server,
      sender->imap_port, rubis_security_to_id (sender->imap_security), sender->recall_minutes,
      sender->from_minute, sender->until_minute, (int)sender->days, sender->per_minute, sender->per_day,
      sender->max_size, sender->active ? 1 : 0, sender->wait_until, sender->wait_reason, sender->unit_price,
      sender->id, removed ? 1 : 0);
}

gboolean
rubis_store_insert_sender (RubisDatabase *db, RubisSender *sender, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO sender (name, transport, position, actor, email, from_name, reply_to, signature, server, "
      "port, security, auth, user, service, client_id, folder, imap_server, imap_port, imap_security, "
      "recall_minutes, from_minute, until_minute, days, per_minute, per_day, max_size, active, wait_until, "
      "wait_reason, unit_price) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
      "$16, $17, $18, "
      "$19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)",
      error);

  if (statement == NULL)
    return FALSE;
  bind_sender (statement, sender, FALSE);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  sender->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_update_sender (RubisDatabase *db, const RubisSender *sender, gboolean removed, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "UPDATE sender SET name = $1, transport = $2, position = $3, actor = $4, email = $5, from_name = $6, "
      "reply_to = $7, signature = $8, server = $9, port = $10, security = $11, auth = $12, user = $13, "
      "service = $14, client_id = $15, folder = $16, imap_server = $17, imap_port = $18, "
      "imap_security = $19, recall_minutes = $20, from_minute = $21, until_minute = $22, days = $23, "
      "per_minute = $24, per_day = $25, max_size = $26, active = $27, wait_until = $28, wait_reason = $29, "
      "unit_price = $30, removed = $32 WHERE id = $31",
      error);

  if (statement == NULL)
    return FALSE;
  bind_sender (statement, sender, removed);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_sender_cursor (RubisDatabase *db, gint64 id, const char *cursor, gint64 fetched,
                               GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE sender SET cursor = $2, fetched = $3 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iti", id, cursor, fetched);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_sender_wait (RubisDatabase *db, gint64 id, gint64 until, const char *reason, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE sender SET wait_until = $2, wait_reason = $3 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iit", id, until, reason);
  return rubis_statement_run (statement, error);
}

GArray *
rubis_store_list_waiting_of (RubisDatabase *db, gint64 sender_id, GError **error)
{
  g_autoptr (GArray) moves = g_array_new (FALSE, TRUE, sizeof (RubisSenderMove));
  RubisStatement *statement = rubis_database_get (db,
                                                  "SELECT id, channel FROM outbox WHERE sender_id = $1 "
                                                  "AND state IN ('draft', 'approved', 'queued') ORDER BY id",
                                                  error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", sender_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisSenderMove move = { .outbox_id = rubis_statement_int (statement, 0),
                               .channel = (int)rubis_statement_int (statement, 1) };

      g_array_append_val (moves, move);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&moves) : NULL;
}

gboolean
rubis_store_is_sending_by (RubisDatabase *db, gint64 sender_id, gboolean *sending, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT 1 FROM outbox WHERE sender_id = $1 AND state = 'sending' LIMIT 1", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", sender_id);
  row = rubis_statement_step (statement, error);
  *sending = row == RUBIS_STEP_ROW;
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

/* 0 also when it does not wait any more. */
static gboolean
get_waiting_sender (RubisDatabase *db, gint64 outbox_id, gint64 *sender_id, gboolean *waits, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT sender_id FROM outbox WHERE id = $1 AND state IN ('draft', 'approved', 'queued')", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", outbox_id);
  row = rubis_statement_step (statement, error);
  *waits = row == RUBIS_STEP_ROW;
  *sender_id = *waits ? rubis_statement_int (statement, 0) : 0;
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_swap_outbox_sender (RubisDatabase *db, RubisSenderMove *move, GError **error)
{
  RubisStatement *statement;
  gint64 before = 0;
  gboolean waits = FALSE;

  if (!get_waiting_sender (db, move->outbox_id, &before, &waits, error))
    return FALSE;
  if (!waits)
    return TRUE;
  statement = rubis_database_get (db, "UPDATE outbox SET sender_id = nullif ($2, 0) WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", move->outbox_id, move->sender_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  move->sender_id = before;
  return TRUE;
}
