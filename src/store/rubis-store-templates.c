#include "rubis-store-templates.h"

#define COLUMNS "t.id, t.language, t.version, t.body, t.saved_at, t.saved_by, t.note, t.withdrawn"

void
rubis_template_version_free (RubisTemplateVersion *self)
{
  g_free (self->id);
  g_free (self->language);
  g_free (self->body);
  g_free (self->saved_at);
  g_free (self->saved_by);
  g_free (self->note);
  g_free (self);
}

static GPtrArray *
read_versions (RubisStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) versions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_template_version_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisTemplateVersion *version = g_new0 (RubisTemplateVersion, 1);

      version->id = g_strdup (rubis_statement_text (statement, 0));
      version->language = g_strdup (rubis_statement_text (statement, 1));
      version->version = (int)rubis_statement_int (statement, 2);
      version->body = g_strdup (rubis_statement_text (statement, 3));
      version->saved_at = g_strdup (rubis_statement_text (statement, 4));
      version->saved_by = g_strdup (rubis_statement_text (statement, 5));
      version->note = g_strdup (rubis_statement_text (statement, 6));
      version->withdrawn = rubis_statement_int (statement, 7) != 0;
      g_ptr_array_add (versions, version);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&versions) : NULL;
}

GPtrArray *
rubis_store_list_newest_templates (RubisDatabase *db, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT " COLUMNS " FROM template t WHERE t.version = (SELECT max (n.version) FROM template n "
      "WHERE n.id = t.id AND n.language = t.language) ORDER BY t.id, t.language",
      error);

  return statement != NULL ? read_versions (statement, error) : NULL;
}

GPtrArray *
rubis_store_list_template_versions (RubisDatabase *db, const char *id, const char *language, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT " COLUMNS " FROM template t WHERE t.id = $1 AND t.language = $2 ORDER BY t.version DESC",
      error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "tt", id, language);
  return read_versions (statement, error);
}

gboolean
rubis_store_insert_template_version (RubisDatabase *db, const RubisTemplateVersion *version, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "INSERT INTO template (id, language, version, body, saved_at, saved_by, note, withdrawn) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ttnttttn", version->id, version->language, version->version,
                        version->body, version->saved_at, version->saved_by, version->note,
                        version->withdrawn ? 1 : 0);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_remove_template_version (RubisDatabase *db, const char *id, const char *language, int version,
                                     gboolean *removed, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "DELETE FROM template WHERE id = $1 AND language = $2 AND version = $3 AND NOT EXISTS "
      "(SELECT 1 FROM document d WHERE d.template_id = $1 AND d.language = $2 AND d.template_version = $3)",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ttn", id, language, version);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  *removed = rubis_database_n_changes (db) == 1;
  return TRUE;
}

gboolean
rubis_store_set_template_withdrawn (RubisDatabase *db, const char *id, const char *language,
                                    gboolean withdrawn, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "UPDATE template SET withdrawn = $3 WHERE id = $1 AND language = $2 AND version = "
      "(SELECT max (n.version) FROM template n WHERE n.id = $1 AND n.language = $2)",
      error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ttn", id, language, withdrawn ? 1 : 0);
  return rubis_statement_run (statement, error);
}

GHashTable *
rubis_store_count_template_documents (RubisDatabase *db, const char *id, const char *language, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT template_version, count (*) FROM document WHERE template_id = $1 AND language = $2 "
      "GROUP BY template_version",
      error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "tt", id, language);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_hash_table_insert (counts, GINT_TO_POINTER ((int)rubis_statement_int (statement, 0)),
                         GINT_TO_POINTER ((int)rubis_statement_int (statement, 1)));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&counts) : NULL;
}
