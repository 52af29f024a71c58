#include "rubis-store-events.h"

#include <string.h>

#define EVENT_COLUMNS                                                                                                  \
  "e.id, e.at, e.date, e.kind, coalesce (e.account_id, 0), coalesce (e.batch_id, 0), e.actor, e.summary, e.data, "     \
  "coalesce ((SELECT min (d.id) FROM document d WHERE d.event_id = e.id), 0)"

void
rubis_event_record_free (RubisEventRecord *self)
{
  g_free (self->at);
  g_free (self->kind);
  g_free (self->actor);
  g_free (self->summary);
  g_free (self->data);
  g_free (self);
}

/* Every field is preceded by its length, so that no two lines have the same text. */
static char *
hash_event (const char *previous, const RubisEventRecord *event)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *numbers = g_strdup_printf ("%" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                              event->id, event->date, event->account_id, event->batch_id);
  const char *const parts[] = { previous, numbers, event->at, event->kind, event->actor, event->summary, event->data };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *length = g_strdup_printf ("%zu:", strlen (parts[i]));

      g_checksum_update (sum, (const guchar *) length, -1);
      g_checksum_update (sum, (const guchar *) parts[i], -1);
    }
  return g_strdup (g_checksum_get_string (sum));
}

/* The last line's id and hash; 0 and "" for an empty journal. */
static gboolean
read_head (RubisDatabase *db, gint64 *id, char **hash, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT id, hash FROM event ORDER BY id DESC LIMIT 1", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  row = rubis_statement_step (statement, error);
  *id = row == RUBIS_STEP_ROW ? rubis_statement_int (statement, 0) : 0;
  *hash = g_strdup (row == RUBIS_STEP_ROW ? rubis_statement_text (statement, 1) : "");
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_append_event (RubisDatabase *db, RubisEventRecord *event, GError **error)
{
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  RubisStatement *statement;
  gint64 head;

  if (!read_head (db, &head, &previous, error))
    return FALSE;
  event->id = head + 1;
  hash = hash_event (previous, event);
  statement = rubis_database_get (
    db,
    "INSERT INTO event (id, at, date, kind, account_id, batch_id, actor, summary, data, hash) "
    "VALUES ($1, $2, $3, $4, nullif ($5, 0), nullif ($6, 0), $7, $8, $9, $10)",
    error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isdsiissss", event->id, event->at, event->date, event->kind, event->account_id,
                        event->batch_id, event->actor, event->summary, event->data, hash);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_link_event_item (RubisDatabase *db, gint64 event_id, gint64 item_id, int level, RubisDate date,
                             GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "INSERT INTO event_item (event_id, item_id, level) VALUES ($1, $2, nullif ($3, -2))", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iin", event_id, item_id, level);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  if (level == RUBIS_EVENT_NO_LEVEL)
    return TRUE;
  statement = rubis_database_get (db, "UPDATE item SET level = $2, level_date = $3 WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ind", item_id, level, date);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_touch_account (RubisDatabase *db, gint64 account_id, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "UPDATE account SET last_contact = max (coalesce (last_contact, $2), $2) WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "id", account_id, date);
  return rubis_statement_run (statement, error);
}

static gboolean
run_with_id (RubisDatabase *db, const char *sql, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", id);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_void_event (RubisDatabase *db, gint64 event_id, gint64 account_id, GError **error)
{
  return run_with_id (db, "INSERT INTO void_event (event_id) VALUES ($1) ON CONFLICT (event_id) DO NOTHING", event_id,
                      error)
         && run_with_id (db,
                         "UPDATE item SET (level, level_date) = (SELECT coalesce (max (x.level), -1), max (e.date) "
                         "FROM event_item x JOIN event e ON e.id = x.event_id WHERE x.item_id = item.id "
                         "AND x.event_id = (SELECT max (y.event_id) FROM event_item y WHERE y.item_id = item.id "
                         "AND y.level IS NOT NULL AND y.event_id NOT IN (SELECT event_id FROM void_event))) "
                         "WHERE id IN (SELECT item_id FROM event_item WHERE event_id = $1 AND level IS NOT NULL)",
                         event_id, error)
         && run_with_id (db,
                         "UPDATE account SET last_contact = (SELECT max (e.date) FROM event e WHERE e.account_id = $1 "
                         "AND e.kind IN ('email', 'letter', 'registered', 'call', 'visit', 'sms') "
                         "AND NOT EXISTS (SELECT 1 FROM void_event v WHERE v.event_id = e.id)) WHERE id = $1",
                         account_id, error);
}

static RubisEventRecord *
read_event (RubisStatement *row)
{
  RubisEventRecord *event = g_new0 (RubisEventRecord, 1);

  event->id = rubis_statement_int (row, 0);
  event->at = g_strdup (rubis_statement_text (row, 1));
  event->date = rubis_statement_date (row, 2);
  event->kind = g_strdup (rubis_statement_text (row, 3));
  event->account_id = rubis_statement_int (row, 4);
  event->batch_id = rubis_statement_int (row, 5);
  event->actor = g_strdup (rubis_statement_text (row, 6));
  event->summary = g_strdup (rubis_statement_text (row, 7));
  event->data = g_strdup (rubis_statement_text (row, 8));
  event->document_id = rubis_statement_int (row, 9);
  return event;
}

static GPtrArray *
read_events (RubisStatement *statement, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_event_record_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (events, read_event (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&events) : NULL;
}

GPtrArray *
rubis_store_list_events (RubisDatabase *db, gint64 account_id, int limit, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    account_id != 0
      ? "SELECT " EVENT_COLUMNS " FROM event e WHERE e.account_id = $1 ORDER BY e.id DESC LIMIT $2"
      : "SELECT " EVENT_COLUMNS " FROM event e WHERE $1 = 0 ORDER BY e.id DESC LIMIT $2",
    error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "in", account_id, limit > 0 ? limit : -1);
  return read_events (statement, error);
}

GPtrArray *
rubis_store_list_events_on (RubisDatabase *db, RubisDate date, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT " EVENT_COLUMNS " FROM event e WHERE e.date = $1 ORDER BY e.id", error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "d", date);
  return read_events (statement, error);
}

GPtrArray *
rubis_store_list_event_numbers (RubisDatabase *db, gint64 event_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT i.number FROM event_item x JOIN item i ON i.id = x.item_id WHERE x.event_id = $1 ORDER BY i.id", error);
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", event_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (numbers, g_strdup (rubis_statement_text (statement, 0)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&numbers) : NULL;
}

GArray *
rubis_store_list_event_items (RubisDatabase *db, gint64 event_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT item_id FROM event_item WHERE event_id = $1 AND level IS NOT NULL ORDER BY item_id", error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", event_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

gboolean
rubis_store_get_level_before (RubisDatabase *db, gint64 item_id, gint64 event_id, int *level, gboolean *newer,
                              GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT coalesce ((SELECT level FROM event_item WHERE item_id = $1 AND event_id < $2 AND level IS NOT NULL "
    "AND event_id NOT IN (SELECT event_id FROM void_event) ORDER BY event_id DESC LIMIT 1), -1), "
    "EXISTS (SELECT 1 FROM event_item WHERE item_id = $1 AND event_id > $2 AND level IS NOT NULL "
    "AND event_id NOT IN (SELECT event_id FROM void_event))",
    error);
  RubisRow row;

  *level = -1;
  *newer = FALSE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ii", item_id, event_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      *level = (int) rubis_statement_int (statement, 0);
      *newer = rubis_statement_int (statement, 1) != 0;
    }
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

gboolean
rubis_store_can_repeat_levels (RubisDatabase *db, gint64 event_id, gboolean *possible, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT NOT EXISTS (SELECT 1 FROM event_item x JOIN item i ON i.id = x.item_id WHERE x.event_id = $1 "
    "AND i.level >= x.level)",
    error);
  RubisRow row;

  *possible = FALSE;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", event_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *possible = rubis_statement_int (statement, 0) != 0;
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}

gboolean
rubis_store_repeat_levels (RubisDatabase *db, gint64 from, gint64 to, RubisDate date, GError **error)
{
  static const char *const sql[] = {
    "INSERT INTO event_item (event_id, item_id, level) SELECT $2, item_id, level FROM event_item WHERE event_id = $1 "
    "AND $3 IS NOT NULL",
    "UPDATE item SET level = x.level, level_date = $3 FROM event_item x WHERE x.event_id = $1 AND $2 <> 0 "
    "AND x.item_id = item.id AND x.level IS NOT NULL",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      RubisStatement *statement = rubis_database_get (db, sql[i], error);

      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "iid", from, to, date);
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_store_verify_journal (RubisDatabase *db, gint64 *n_events, gint64 *broken, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT " EVENT_COLUMNS ", e.hash FROM event e ORDER BY e.id",
                                                  error);
  g_autofree char *previous = g_strdup ("");
  RubisRow row = RUBIS_STEP_ERROR;

  *n_events = 0;
  *broken = 0;
  if (statement == NULL)
    return FALSE;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      g_autoptr(RubisEventRecord) event = read_event (statement);
      g_autofree char *hash = hash_event (previous, event);

      if (*broken == 0 && (event->id != *n_events + 1 || !g_str_equal (hash, rubis_statement_text (statement, 10))))
        *broken = event->id;
      (*n_events)++;
      g_free (previous);
      previous = g_strdup (rubis_statement_text (statement, 10));
    }
  return row == RUBIS_STEP_DONE;
}

GHashTable *
rubis_store_list_reminders_of (RubisDatabase *db, GArray *item_ids, GError **error)
{
  g_autoptr(GHashTable) events = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT event_id FROM event_item x WHERE item_id = $1 AND level >= 1 AND NOT EXISTS "
    "(SELECT 1 FROM void_event v WHERE v.event_id = x.event_id)",
    error);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < item_ids->len; i++)
    {
      RubisRow row;

      rubis_statement_bind (statement, "i", g_array_index (item_ids, gint64, i));
      while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
        {
          gint64 id = rubis_statement_int (statement, 0);

          g_hash_table_add (events, g_memdup2 (&id, sizeof id));
        }
      if (row == RUBIS_STEP_ERROR)
        return NULL;
    }
  return g_steal_pointer (&events);
}
