#include "rubis-store-outbox.h"

#include "rubis-text.h"

#define OUTBOX_COLUMNS                                                                                       \
  "o.id, o.send_key, o.account_id, a.code, a.name, o.currency, o.rank, o.step_name, o.channel, o.amount, "   \
  "o.n_items, coalesce (o.document_id, 0), coalesce (o.event_id, 0), o.state, o.created, "                   \
  "coalesce (o.sender_id, 0), coalesce (s.name, ''), o.recipient, o.from_email, o.subject, o.message_id, "   \
  "o.provider_id, o.thread_id, o.send_after, o.n_attempts, o.sent_at, o.polled_at, o.reason, o.price, "      \
  "o.draft, coalesce (o.dispute_id, 0)"
#define OUTBOX_TABLES                                                                                        \
  "FROM outbox o JOIN account a ON a.id = o.account_id LEFT JOIN sender s ON s.id = o.sender_id "
/* Emails, SMS and what a provider posts; letters for the printer, calls and decisions have no sender. */
#define BY_SENDER                                                                                            \
  "(o.sender_id IS NOT NULL OR (o.channel IN (0, 5) AND o.document_id IS NOT NULL)) "

void
rubis_outbox_record_free (RubisOutboxRecord *self)
{
  g_free (self->key);
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->step_name);
  g_free (self->state);
  g_free (self->sender_name);
  g_free (self->recipient);
  g_free (self->from_email);
  g_free (self->subject);
  g_free (self->message_id);
  g_free (self->provider_id);
  g_free (self->thread_id);
  g_free (self->reason);
  g_free (self->draft);
  g_free (self);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

gboolean
rubis_store_insert_outbox (RubisDatabase *db, RubisOutboxRecord *record, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO outbox (send_key, account_id, currency, rank, step_name, channel, amount, n_items, "
      "document_id, event_id, state, created, changed, sender_id, recipient, from_email, subject, "
      "message_id, thread_id, send_after, reason, price, draft, dispute_id) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif ($9, 0), nullif ($10, 0), $11, $12, $12, "
      "nullif ($13, 0), $14, $15, $16, $17, $18, $19, $20, $21, $22, nullif ($23, 0))",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "sisnsniniisditttttititi", record->key, record->account_id,
                        record->currency.code, record->rank, record->step_name, record->channel,
                        record->amount, record->n_items, record->document_id, record->event_id, record->state,
                        record->date, record->sender_id, or_empty (record->recipient),
                        or_empty (record->from_email), or_empty (record->subject),
                        or_empty (record->message_id), or_empty (record->thread_id), record->send_after,
                        or_empty (record->reason), record->price, or_empty (record->draft), record->dispute_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  record->id = rubis_database_last_id (db);
  return TRUE;
}

gint64
rubis_store_next_outbox_id (RubisDatabase *db, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT coalesce (max (id), 0) + 1 FROM outbox", error);
  gint64 id = 0;

  if (statement == NULL)
    return 0;
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return id;
}

static RubisOutboxRecord *
read_record (RubisStatement *row)
{
  RubisOutboxRecord *record = g_new0 (RubisOutboxRecord, 1);
  int c = 0;

  record->id = rubis_statement_int (row, c++);
  record->key = g_strdup (rubis_statement_text (row, c++));
  record->account_id = rubis_statement_int (row, c++);
  record->account_code = g_strdup (rubis_statement_text (row, c++));
  record->account_name = g_strdup (rubis_statement_text (row, c++));
  g_strlcpy (record->currency.code, rubis_statement_text (row, c++), sizeof record->currency.code);
  record->rank = (int)rubis_statement_int (row, c++);
  record->step_name = g_strdup (rubis_statement_text (row, c++));
  record->channel = (int)rubis_statement_int (row, c++);
  record->amount = rubis_statement_int (row, c++);
  record->n_items = (int)rubis_statement_int (row, c++);
  record->document_id = rubis_statement_int (row, c++);
  record->event_id = rubis_statement_int (row, c++);
  record->state = g_strdup (rubis_statement_text (row, c++));
  record->date = rubis_statement_date (row, c++);
  record->sender_id = rubis_statement_int (row, c++);
  record->sender_name = g_strdup (rubis_statement_text (row, c++));
  record->recipient = g_strdup (rubis_statement_text (row, c++));
  record->from_email = g_strdup (rubis_statement_text (row, c++));
  record->subject = g_strdup (rubis_statement_text (row, c++));
  record->message_id = g_strdup (rubis_statement_text (row, c++));
  record->provider_id = g_strdup (rubis_statement_text (row, c++));
  record->thread_id = g_strdup (rubis_statement_text (row, c++));
  record->send_after = rubis_statement_int (row, c++);
  record->n_attempts = (int)rubis_statement_int (row, c++);
  record->sent_at = rubis_statement_int (row, c++);
  record->polled_at = rubis_statement_int (row, c++);
  record->reason = g_strdup (rubis_statement_text (row, c++));
  record->price = rubis_statement_int (row, c++);
  record->draft = g_strdup (rubis_statement_text (row, c++));
  record->dispute_id = rubis_statement_int (row, c++);
  return record;
}

static GPtrArray *
read_outbox (RubisStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_outbox_record_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (records, read_record (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
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

GPtrArray *
rubis_store_list_outbox_on (RubisDatabase *db, RubisDate date, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT " OUTBOX_COLUMNS " " OUTBOX_TABLES "WHERE o.created = $1 "
                            "AND o.state NOT IN ('draft', 'cancelled', 'refused') ORDER BY o.id",
                            error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "d", date);
  return read_outbox (statement, error);
}

GPtrArray *
rubis_store_list_letters_queued (RubisDatabase *db, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT " OUTBOX_COLUMNS " " OUTBOX_TABLES
      "WHERE o.state = 'queued' AND o.sender_id IS NULL AND o.channel IN (1, 2) ORDER BY o.id",
      error);

  return statement != NULL ? read_outbox (statement, error) : NULL;
}

/* "%text%" with the signs of LIKE taken as they are. */
static char *
make_pattern (const char *text)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '%' || *p == '_' || *p == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

GPtrArray *
rubis_store_search_outbox (RubisDatabase *db, const char *const *states, gint64 group_id, gint64 account_id,
                           const char *text, int limit, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT " OUTBOX_COLUMNS " " OUTBOX_TABLES "WHERE " BY_SENDER);
  g_autofree char *folded = rubis_text_fold (or_empty (text));
  g_autofree char *key = make_pattern (folded);
  g_autofree char *plain = make_pattern (or_empty (text));
  g_autoptr (RubisStatement) statement = NULL;

  if (states != NULL)
    {
      g_string_append (sql, "AND o.state IN (");
      for (guint i = 0; states[i] != NULL; i++)
        g_string_append_printf (sql, "%s'%s'", i > 0 ? ", " : "", states[i]);
      g_string_append (sql, ") ");
    }
  if (account_id != 0)
    g_string_append (sql, "AND o.account_id = $2 ");
  if (group_id != 0)
    g_string_append (sql,
                     "AND o.account_id IN (SELECT m.account_id FROM account_group_member m JOIN "
                     "account_group_closure c ON c.descendant_id = m.group_id WHERE c.ancestor_id = $1) ");
  if (*or_empty (text) != '\0')
    g_string_append (sql, "AND (a.search_key LIKE $3 ESCAPE '\\' OR o.subject LIKE $4 ESCAPE '\\' "
                          "OR o.recipient LIKE $4 ESCAPE '\\') ");
  g_string_append (sql, "ORDER BY o.id DESC LIMIT $5");
  statement = rubis_database_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "iittn", group_id, account_id, key, plain, limit > 0 ? limit : -1);
  return read_outbox (statement, error);
}

RubisOutboxRecord *
rubis_store_load_outbox (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "SELECT " OUTBOX_COLUMNS " " OUTBOX_TABLES "WHERE o.id = $1", error);
  g_autoptr (GPtrArray) records = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  records = read_outbox (statement, error);
  return records != NULL && records->len > 0 ? g_ptr_array_steal_index (records, 0) : NULL;
}

gboolean
rubis_store_outbox_has (RubisDatabase *db, const char *key, gboolean *found, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT 1 FROM outbox WHERE send_key = $1", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", key);
  row = rubis_statement_step (statement, error);
  *found = row == RUBIS_STEP_ROW;
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

GHashTable *
rubis_store_count_outbox_states (RubisDatabase *db, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT o.state, count (*) FROM outbox o WHERE " BY_SENDER "GROUP BY o.state", error);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_hash_table_insert (counts, g_strdup (rubis_statement_text (statement, 0)),
                         GINT_TO_POINTER ((int)rubis_statement_int (statement, 1)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&counts) : NULL;
}

GArray *
rubis_store_list_outbox_due (RubisDatabase *db, gint64 now, gboolean any_time, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT o.id FROM outbox o WHERE o.state IN ('approved', 'queued') AND " BY_SENDER
      "AND (o.send_after <= $1 OR ($2 AND o.state = 'approved')) ORDER BY o.send_after, o.id",
      error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "in", now, any_time ? 1 : 0);
  return read_ids (statement, error);
}

gboolean
rubis_store_queue_approved (RubisDatabase *db, gint64 now, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "UPDATE outbox SET state = 'queued' WHERE state = 'approved' AND send_after <= $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", now);
  return rubis_statement_run (statement, error);
}

GArray *
rubis_store_list_outbox_ids (RubisDatabase *db, const char *state, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT o.id FROM outbox o WHERE o.state = $1 AND " BY_SENDER "ORDER BY o.id", error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", state);
  return read_ids (statement, error);
}

gboolean
rubis_store_set_outbox_state (RubisDatabase *db, gint64 id, const char *state, RubisDate date, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE outbox SET state = $2, changed = $3 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "itd", id, state, date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_update_outbox (RubisDatabase *db, const RubisOutboxRecord *record, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "UPDATE outbox SET state = $2, changed = $3, sender_id = nullif ($4, 0), event_id = nullif ($5, 0), "
      "document_id = nullif ($6, 0), recipient = $7, from_email = $8, subject = $9, message_id = $10, "
      "provider_id = $11, send_after = $12, sent_at = $13, polled_at = $14, reason = $15, price = $16 WHERE "
      "id = $1",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "itdiiitttttiiiti", record->id, record->state, date, record->sender_id,
                        record->event_id, record->document_id, or_empty (record->recipient),
                        or_empty (record->from_email), or_empty (record->subject),
                        or_empty (record->message_id), or_empty (record->provider_id), record->send_after,
                        record->sent_at, record->polled_at, or_empty (record->reason), record->price);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_set_outbox_key_free (RubisDatabase *db, gint64 id, gboolean free, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "UPDATE outbox SET send_key = CASE WHEN $2 THEN send_key || '#' || id "
                            "ELSE substr (send_key, 1, length (send_key) - length ('#' || id)) END "
                            "WHERE id = $1 AND $2 <> (send_key LIKE '%#' || id)",
                            error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", id, free ? 1 : 0);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_cancel_outbox (RubisDatabase *db, gint64 id, RubisDate date, const char *why, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "UPDATE outbox SET state = 'cancelled', changed = $2, reason = $3 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "idt", id, date, why);
  return rubis_statement_run (statement, error) && rubis_store_set_outbox_key_free (db, id, TRUE, error);
}

gboolean
rubis_store_count_letters_sent_on (RubisDatabase *db, RubisDate date, gint64 *n_letters, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT count (*) FROM outbox WHERE state = 'sent' AND document_id IS NOT NULL AND channel IN (1, 2) "
      "AND changed = $1",
      error);
  RubisRow row;

  *n_letters = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "d", date);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *n_letters = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_has_twin (RubisDatabase *db, const RubisOutboxRecord *record, const char *provider_id,
                      const char *message_id, gboolean *twin, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT EXISTS (SELECT 1 FROM outbox WHERE id <> $1 AND state IN ('unknown', 'sending') "
      "AND lower (recipient) = lower ($2) AND subject = $3) "
      "OR EXISTS (SELECT 1 FROM outbox WHERE id <> $1 AND provider_id = $4 AND provider_id <> '') "
      "OR EXISTS (SELECT 1 FROM outbox WHERE id <> $1 AND message_id = $5 AND message_id <> '')",
      error);
  RubisRow row;

  *twin = FALSE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "issss", record->id, record->recipient, record->subject, provider_id,
                        message_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *twin = rubis_statement_int (statement, 0) != 0;
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_find_thread (RubisDatabase *db, gint64 account_id, char **thread_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT o.thread_id FROM (SELECT thread_id FROM outbox WHERE account_id = $1 AND thread_id <> '' "
      "AND dispute_id IS NULL "
      "AND state IN ('sent', 'delivered', 'bounced_soft') ORDER BY id DESC LIMIT 1) o "
      "WHERE EXISTS (SELECT 1 FROM outbox p JOIN event_item e ON e.event_id = p.event_id JOIN item i ON i.id "
      "= e.item_id "
      "WHERE p.account_id = $1 AND p.thread_id = o.thread_id AND i.open > 0)",
      error);
  RubisRow row;

  *thread_id = NULL;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", account_id);
  row = rubis_statement_step (statement, error);
  *thread_id = g_strdup (row == RUBIS_STEP_ROW ? rubis_statement_text (statement, 0) : "");
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_find_dispute_requests (RubisDatabase *db, gint64 dispute_id, char **thread_id, int *n, gboolean *waiting,
                                   GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT coalesce ((SELECT thread_id FROM outbox WHERE dispute_id = $1 AND thread_id <> '' "
      "AND state IN ('sent', 'delivered', 'bounced_soft') ORDER BY id DESC LIMIT 1), ''), "
      "(SELECT count (*) FROM outbox WHERE dispute_id = $1), "
      "EXISTS (SELECT 1 FROM outbox WHERE dispute_id = $1 AND state = 'draft')",
      error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", dispute_id);
  row = rubis_statement_step (statement, error);
  if (thread_id != NULL)
    *thread_id = g_strdup (row == RUBIS_STEP_ROW ? rubis_statement_text (statement, 0) : "");
  if (n != NULL)
    *n = row == RUBIS_STEP_ROW ? (int)rubis_statement_int (statement, 1) : 0;
  if (waiting != NULL)
    *waiting = row == RUBIS_STEP_ROW && rubis_statement_int (statement, 2) != 0;
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_set_email_bad (RubisDatabase *db, gint64 account_id, const char *email, GError **error)
{
  static const char *const sql[] = {
    "UPDATE account SET email_bad = 1 WHERE id = $1 AND lower (email) = lower ($2)",
    "UPDATE contact SET bounced = 1 WHERE account_id = $1 AND lower (email) = lower ($2)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      RubisStatement *statement = rubis_database_get (db, sql[i], error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "it", account_id, email);
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

GArray *
rubis_store_list_outbox_to_follow (RubisDatabase *db, gint64 now, gint64 since, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT o.id FROM outbox o JOIN sender s ON s.id = o.sender_id WHERE o.state IN ('sent', "
      "'bounced_soft') "
      "AND o.sent_at > $2 AND s.removed = 0 AND s.transport NOT IN ('folder', 'smtp', 'jmap', 'graph', "
      "'gmail') "
      /* Emails and SMS every quarter of an hour on the first day, then four times a day; letters after an
       * hour, then twice a day. */
      "AND CASE WHEN o.channel IN (1, 2) THEN CASE WHEN o.polled_at = 0 THEN o.sent_at + 3600 "
      "ELSE o.polled_at + 43200 END WHEN $1 - o.sent_at < 86400 THEN max (o.polled_at, o.sent_at) + 900 "
      "ELSE o.polled_at + 21600 END <= $1 ORDER BY o.id",
      error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "ii", now, since);
  return read_ids (statement, error);
}
