/* The dossier's policies, templates and rates, parsed. */
#include "rubis-session-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-plan-facts.h"
#include "rubis-policies-resource.h"
#include "rubis-store-settings.h"
#include "rubis-store-templates.h"
#include "rubis-template-list.h"
#include "rubis-templates-resource.h"

static void
session_template_free (gpointer data)
{
  RubisSessionTemplate *template_ = data;

  g_clear_pointer (&template_->template_, rubis_template_unref);
  g_free (template_->error);
  g_free (template_->body);
  g_free (template_);
}

RubisLibrary *
rubis_library_ref (RubisLibrary *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
rubis_library_unref (RubisLibrary *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_hash_table_unref (self->policies);
  g_ptr_array_unref (self->ordered);
  g_hash_table_unref (self->templates);
  g_clear_pointer (&self->rates, rubis_rates_free);
  g_free (self);
}

static gboolean
load_policies (RubisLibrary *self, RubisDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) bodies = rubis_store_list_policies (db, error);

  if (bodies == NULL)
    return FALSE;
  for (guint i = 0; i < bodies->len; i++)
    {
      RubisPolicy *policy = rubis_policy_new_from_data (g_ptr_array_index (bodies, i), -1,
                                                        rubis_format_ui_language (), error);

      if (policy == NULL)
        return FALSE;
      g_hash_table_insert (self->policies, (gpointer)rubis_policy_get_id (policy), policy);
      g_ptr_array_add (self->ordered, policy);
      if (self->policy == NULL)
        self->policy = policy;
    }
  if (self->policy == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("The dossier has no policy."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_templates (RubisLibrary *self, RubisDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) records = rubis_store_list_templates (db, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const RubisTemplateRecord *record = g_ptr_array_index (records, i);
      RubisSessionTemplate *template_ = g_new0 (RubisSessionTemplate, 1);
      g_autofree char *origin = g_strdup_printf ("%s (%s)", record->id, record->language);
      g_autoptr (GError) template_error = NULL;

      template_->template_ = rubis_template_new (record->body, origin, &template_error);
      template_->error = template_error != NULL ? g_strdup (template_error->message) : NULL;
      template_->version = record->version;
      template_->body = g_strdup (record->body);
      g_hash_table_insert (self->templates, g_strdup_printf ("%s/%s", record->id, record->language),
                           template_);
    }
  return TRUE;
}

RubisLibrary *
rubis_library_load (RubisDatabase *db, GError **error)
{
  g_autoptr (RubisLibrary) self = g_new0 (RubisLibrary, 1);
  g_autoptr (GBytes) rates = NULL;

  self->ref_count = 1;
  self->policies = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rubis_policy_unref);
  self->ordered = g_ptr_array_new ();
  self->templates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, session_template_free);
  rates = g_resource_lookup_data (rubis_policies_get_resource (), "/fr/rubis/data/rates.ini", 0, error);
  if (rates == NULL)
    return NULL;
  self->rates
      = rubis_rates_new_from_data (g_bytes_get_data (rates, NULL), (gssize)g_bytes_get_size (rates), error);
  if (self->rates == NULL || !load_policies (self, db, error) || !load_templates (self, db, error))
    return NULL;
  return g_steal_pointer (&self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The shipped policies, of which those that @known (nullable) (element-type utf8) holds are left as they are. @n_added:
 * (out)
 */
static gboolean
install_policies (RubisDatabase *db, GHashTable *known, guint *n_added, GError **error)
{
  GResource *resource = rubis_policies_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, "/fr/rubis/policies", 0, error);

  if (names == NULL)
    return FALSE;
  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
  for (int i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/fr/rubis/policies/", names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, 0, error);
      g_autoptr (RubisPolicy) policy = NULL;
      g_autofree char *body = NULL;

      if (bytes == NULL)
        return FALSE;
      body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      policy = rubis_policy_new_from_data (body, -1, "en", error);
      if (policy == NULL)
        return FALSE;
      if (known != NULL && g_hash_table_contains (known, rubis_policy_get_id (policy)))
        continue;
      if (!rubis_store_set_policy (db, rubis_policy_get_id (policy), rubis_policy_get_name (policy), i, body, error))
        return FALSE;
      (*n_added)++;
    }
  return TRUE;
}

#define TEMPLATES_FOLDER "/fr/rubis/templates/"

static char *
load_shipped (const char *file, GError **error)
{
  g_autofree char *path = g_strconcat (TEMPLATES_FOLDER, file, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (rubis_templates_get_resource (), path, 0, error);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

/* A shipped template that the dossier lacks, or has as an earlier Rubis shipped it. */
typedef struct
{
  char *file;  /* "fr/relance-1.md" */
  int version; /* that it gets */
} Missing;

static void
missing_free (gpointer data)
{
  Missing *missing = data;

  g_free (missing->file);
  g_free (missing);
}

static gboolean
install_template (RubisDatabase *db, const Missing *missing, GError **error)
{
  g_autofree char *body = load_shipped (missing->file, error);
  g_autoptr (RubisTemplate) template_ = body != NULL ? rubis_template_new (body, missing->file, error) : NULL;
  RubisTemplateVersion version = { .version = missing->version, .body = body };

  if (template_ == NULL)
    return FALSE;
  version.id = (char *)rubis_template_get_id (template_);
  version.language = (char *)rubis_template_get_language (template_);
  version.saved_at = version.saved_by = version.note = (char *)"";
  return missing->version > 1 ? rubis_store_insert_template_version (db, &version, error)
                              : rubis_store_add_template (db, version.id, version.language, body, error);
}

/* The newest version of each template that the dossier has, by "fr/relance-1.md". */
static GHashTable *
list_present (RubisDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) newest = rubis_store_list_newest_templates (db, error);
  GHashTable *present;

  if (newest == NULL)
    return NULL;
  present
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)rubis_template_version_free);
  while (newest->len > 0)
    {
      RubisTemplateVersion *version = g_ptr_array_steal_index (newest, newest->len - 1);

      g_hash_table_insert (present, g_strconcat (version->language, "/", version->id, ".md", NULL), version);
    }
  return present;
}

/* What the user changed or withdrew stays as it is. */
static gboolean
is_superseded (const RubisTemplateVersion *version, const char *body)
{
  return *version->saved_by == '\0' && !version->withdrawn && !g_str_equal (version->body, body);
}

static gboolean
add_missing (GPtrArray *missing, GHashTable *present, const char *language, GError **error)
{
  g_autofree char *folder = g_strconcat (TEMPLATES_FOLDER, language, NULL);
  g_auto (GStrv) names = g_resource_enumerate_children (rubis_templates_get_resource (), folder, 0, error);

  if (names == NULL)
    return FALSE;
  for (int i = 0; names[i] != NULL; i++)
    {
      g_autofree char *file = g_strconcat (language, "/", names[i], NULL);
      const RubisTemplateVersion *version = g_hash_table_lookup (present, file);
      g_autofree char *body = load_shipped (file, error);
      Missing *one;

      if (body == NULL)
        return FALSE;
      if (version != NULL && !is_superseded (version, body))
        continue;
      one = g_new0 (Missing, 1);
      one->file = g_steal_pointer (&file);
      one->version = version != NULL ? version->version + 1 : 1;
      g_ptr_array_add (missing, one);
    }
  return TRUE;
}

/* (transfer full) (element-type Missing) */
static GPtrArray *
list_missing (RubisDatabase *db, GError **error)
{
  g_autoptr (GHashTable) present = list_present (db, error);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (missing_free);

  if (present == NULL)
    return NULL;
  for (const char *const *language = rubis_template_get_languages (); *language != NULL; language++)
    {
      if (!add_missing (missing, present, *language, error))
        return NULL;
    }
  return g_steal_pointer (&missing);
}

static gboolean
install_missing (RubisDatabase *db, GPtrArray *missing, GError **error)
{
  for (guint i = 0; i < missing->len; i++)
    {
      if (!install_template (db, g_ptr_array_index (missing, i), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_library_install (RubisDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) missing = list_missing (db, error);

  guint n_policies = 0;

  return missing != NULL && install_policies (db, NULL, &n_policies, error) && install_missing (db, missing, error);
}

typedef struct
{
  RubisSession *session;
  GPtrArray *missing;
} Completion;

static gboolean
complete_in (RubisStore *store, gpointer user_data, GError **error)
{
  const Completion *completion = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisLibrary) library = rubis_session_get_library (completion->session);
  guint n = completion->missing->len;
  g_autofree char *summary = NULL;
  g_autoptr (RubisEventRecord) event = NULL;

  if (!install_policies (db, library->policies, &n, error) || !install_missing (db, completion->missing, error))
    return FALSE;
  summary = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u template or policy shipped with Rubis added",
                                          "%u templates and policies shipped with Rubis added", n),
                             n);
  event = rubis_session_new_event (completion->session, "template", 0, summary, NULL);
  return rubis_store_append_event (db, event, error);
}

/* Of the shipped policies only the one for payment plans came after the first dossiers. */
static gboolean
lacks_policy (RubisSession *session)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (session);

  return rubis_plan_policy (library) == NULL;
}

gboolean
rubis_library_complete (RubisSession *session, GError **error)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr (GPtrArray) missing = list_missing (rubis_store_get_database (store), error);
  Completion completion = { session, missing };
  gboolean ok = missing != NULL;

  /* The usual opening writes nothing. */
  if (ok && (missing->len > 0 || lacks_policy (session)))
    ok = rubis_store_transact (store, complete_in, &completion, error)
         && rubis_session_reload_library (session, error);
  rubis_session_unlock (session);
  return ok;
}

RubisPolicy *
rubis_library_get_policy (RubisLibrary *self, const char *id)
{
  RubisPolicy *policy = id != NULL ? g_hash_table_lookup (self->policies, id) : NULL;

  return policy != NULL ? policy : self->policy;
}

RubisSessionTemplate *
rubis_library_get_template (RubisLibrary *self, const char *id, const char *language)
{
  /* A foreign customer reads English rather than French. */
  const char *const tries[] = { language, "en", "fr" };

  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (tries); i++)
    {
      g_autofree char *key = g_strdup_printf ("%s/%s", id, tries[i]);
      RubisSessionTemplate *found = g_hash_table_lookup (self->templates, key);

      if (found != NULL)
        return found;
    }
  return NULL;
}
