#include "rubis-store-settings.h"

void
rubis_template_record_free (RubisTemplateRecord *self)
{
  g_free (self->id);
  g_free (self->language);
  g_free (self->body);
  g_free (self);
}

/* The text of the one row that @sql finds for @key. @found: whether there was one. */
static char *
get_text (RubisDatabase *db, const char *sql, const char *key, gboolean *found, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, sql, error);
  char *text = NULL;
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", key);
  row = rubis_statement_step (statement, error);
  *found = row == RUBIS_STEP_ROW;
  if (row == RUBIS_STEP_ROW)
    text = g_strdup (rubis_statement_text (statement, 0));
  else if (row == RUBIS_STEP_DONE)
    text = g_strdup ("");
  rubis_statement_reset (statement);
  return text;
}

char *
rubis_store_get_setting (RubisDatabase *db, const char *key, GError **error)
{
  gboolean found;

  return get_text (db, "SELECT value FROM setting WHERE key = $1", key, &found, error);
}

gboolean
rubis_store_set_setting (RubisDatabase *db, const char *key, const char *value, GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "INSERT INTO setting (key, value) VALUES ($1, $2) "
                                                  "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                                  error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "tt", key, value);
  return rubis_statement_run (statement, error);
}

GHashTable *
rubis_store_list_settings (RubisDatabase *db, const char *prefix, GError **error)
{
  g_autoptr(GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  RubisStatement *statement = rubis_database_get (
    db, "SELECT key, value FROM setting WHERE substr (key, 1, length ($1)) = $1", error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", prefix);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_hash_table_insert (settings, g_strdup (rubis_statement_text (statement, 0)),
                         g_strdup (rubis_statement_text (statement, 1)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&settings) : NULL;
}

GBytes *
rubis_store_get_image (RubisDatabase *db, const char *name, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT content FROM image WHERE name = $1", error);
  GBytes *image = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "t", name);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    image = rubis_statement_blob (statement, 0);
  rubis_statement_reset (statement);
  return image;
}

gboolean
rubis_store_set_image (RubisDatabase *db, const char *name, GBytes *image, GError **error)
{
  RubisStatement *statement;

  if (image == NULL)
    {
      statement = rubis_database_get (db, "DELETE FROM image WHERE name = $1", error);
      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "t", name);
    }
  else
    {
      statement = rubis_database_get (db,
                                      "INSERT INTO image (name, content) VALUES ($1, $2) "
                                      "ON CONFLICT (name) DO UPDATE SET content = excluded.content",
                                      error);
      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "tb", name, image);
    }
  return rubis_statement_run (statement, error);
}

GPtrArray *
rubis_store_list_policies (RubisDatabase *db, GError **error)
{
  g_autoptr(GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  RubisStatement *statement = rubis_database_get (db, "SELECT body FROM policy ORDER BY position, id", error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (bodies, g_strdup (rubis_statement_text (statement, 0)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&bodies) : NULL;
}

gboolean
rubis_store_set_policy (RubisDatabase *db, const char *id, const char *name, int position, const char *body,
                        GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO policy (id, name, position, body) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position, body = excluded.body",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ttnt", id, name, position, body);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_remove_policy (RubisDatabase *db, const char *id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "DELETE FROM policy WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", id);
  return rubis_statement_run (statement, error);
}

GPtrArray *
rubis_store_list_templates (RubisDatabase *db, GError **error)
{
  g_autoptr(GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_template_record_free);
  RubisStatement *statement = rubis_database_get (
    db,
    "SELECT t.id, t.language, t.version, t.body FROM template t WHERE t.version = (SELECT max (n.version) "
    "FROM template n WHERE n.id = t.id AND n.language = t.language) AND t.withdrawn = 0 ORDER BY t.id, t.language",
    error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisTemplateRecord *record = g_new0 (RubisTemplateRecord, 1);

      record->id = g_strdup (rubis_statement_text (statement, 0));
      record->language = g_strdup (rubis_statement_text (statement, 1));
      record->version = (int) rubis_statement_int (statement, 2);
      record->body = g_strdup (rubis_statement_text (statement, 3));
      g_ptr_array_add (templates, record);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&templates) : NULL;
}

gboolean
rubis_store_add_template (RubisDatabase *db, const char *id, const char *language, const char *body, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db,
    "INSERT INTO template (id, language, version, body) "
    "SELECT $1, $2, 1 + coalesce ((SELECT max (version) FROM template WHERE id = $1 AND language = $2), 0), $3 "
    "WHERE NOT EXISTS (SELECT 1 FROM template t WHERE t.id = $1 AND t.language = $2 AND t.body = $3 AND t.version = "
    "(SELECT max (version) FROM template WHERE id = $1 AND language = $2))",
    error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ttt", id, language, body);
  return rubis_statement_run (statement, error);
}

char *
rubis_store_get_mapping (RubisDatabase *db, const char *fingerprint, GError **error)
{
  gboolean found = FALSE;
  g_autofree char *body = get_text (db, "SELECT body FROM import_mapping WHERE fingerprint = $1", fingerprint, &found,
                                    error);

  return found ? g_steal_pointer (&body) : NULL;
}

gboolean
rubis_store_set_mapping (RubisDatabase *db, const char *fingerprint, const char *body, GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "INSERT INTO import_mapping (fingerprint, body) VALUES ($1, $2) "
                                                  "ON CONFLICT (fingerprint) DO UPDATE SET body = excluded.body",
                                                  error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "tt", fingerprint, body);
  return rubis_statement_run (statement, error);
}
