#include "rubis-template-list.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-session-private.h"
#include "rubis-store-settings.h"
#include "rubis-store-templates.h"
#include "rubis-template-editing.h"
#include "rubis-template-text.h"

#define NO_STEP 1000

void
rubis_template_entry_free (RubisTemplateEntry *self)
{
  g_free (self->id);
  g_free (self->language);
  g_free (self->name);
  g_free (self->steps);
  g_free (self->saved_at);
  g_free (self->saved_by);
  g_free (self->error);
  g_free (self);
}

void
rubis_template_version_entry_free (RubisTemplateVersionEntry *self)
{
  g_free (self->text);
  g_free (self->saved_at);
  g_free (self->saved_by);
  g_free (self->note);
  g_free (self);
}

const char *
rubis_template_group_to_label (RubisTemplateGroup group)
{
  switch (group)
    {
    case RUBIS_TEMPLATE_GROUP_BEFORE_DUE:
      return _ ("Before the due date");
    case RUBIS_TEMPLATE_GROUP_REMINDERS:
      return _ ("Reminders");
    case RUBIS_TEMPLATE_GROUP_FORMAL:
      return _ ("Formal notice");
    case RUBIS_TEMPLATE_GROUP_STATEMENTS:
      return _ ("Statements of account");
    case RUBIS_TEMPLATE_GROUP_THANKS:
      return _ ("Thanks");
    case RUBIS_TEMPLATE_GROUP_AGREEMENTS:
      return _ ("Agreements");
    case RUBIS_TEMPLATE_GROUP_RECEIPTS:
      return _ ("Receipts");
    case RUBIS_TEMPLATE_GROUP_LEGAL:
      return _ ("Legal action");
    case RUBIS_TEMPLATE_GROUP_INTERNAL:
      return _ ("Internal documents");
    case RUBIS_TEMPLATE_GROUP_SCRIPTS:
      return _ ("Telephone");
    case RUBIS_TEMPLATE_GROUP_OTHER:
    default:
      return _ ("Other documents");
    }
}

const char *const *
rubis_template_get_languages (void)
{
  static const char *const languages[] = { "fr", "en", "de", "es", "it", "nl", NULL };

  return languages;
}

const char *
rubis_session_get_own_language (RubisSession *self)
{
  static const struct
  {
    const char *country;
    const char *language;
  } countries[] = {
    { "FR", "fr" }, { "BE", "fr" }, { "LU", "fr" }, { "MC", "fr" }, { "CH", "fr" }, { "DE", "de" },
    { "AT", "de" }, { "ES", "es" }, { "IT", "it" }, { "NL", "nl" }, { "", "fr" },
  };
  g_autoptr (RubisCompany) company = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  company = rubis_session_dup_company (self);
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      if (g_str_equal (countries[i].country, company->country))
        return countries[i].language;
    }
  return "en";
}

const char *
rubis_template_language_to_label (const char *language)
{
  static const struct
  {
    const char *language;
    const char *label;
  } labels[] = {
    { "fr", N_ ("French") },  { "en", N_ ("English") }, { "de", N_ ("German") },
    { "es", N_ ("Spanish") }, { "it", N_ ("Italian") }, { "nl", N_ ("Dutch") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (labels[i].language, language))
        return _ (labels[i].label);
    }
  return language;
}

/* By the word of the head, so that a template that cannot be read has its place too. */
static RubisTemplateGroup
find_group (const char *kind)
{
  static const struct
  {
    const char *kind;
    RubisTemplateGroup group;
  } groups[] = {
    { "", RUBIS_TEMPLATE_GROUP_REMINDERS },           { "reminder", RUBIS_TEMPLATE_GROUP_REMINDERS },
    { "notice", RUBIS_TEMPLATE_GROUP_BEFORE_DUE },    { "formal", RUBIS_TEMPLATE_GROUP_FORMAL },
    { "statement", RUBIS_TEMPLATE_GROUP_STATEMENTS }, { "thanks", RUBIS_TEMPLATE_GROUP_THANKS },
    { "agreement", RUBIS_TEMPLATE_GROUP_AGREEMENTS }, { "receipt", RUBIS_TEMPLATE_GROUP_RECEIPTS },
    { "legal", RUBIS_TEMPLATE_GROUP_LEGAL },          { "internal", RUBIS_TEMPLATE_GROUP_INTERNAL },
    { "script", RUBIS_TEMPLATE_GROUP_SCRIPTS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      if (g_str_equal (groups[i].kind, kind))
        return groups[i].group;
    }
  return RUBIS_TEMPLATE_GROUP_OTHER;
}

static void
note_step (RubisTemplateEntry *entry, GString *steps, const RubisStep *step)
{
  if (step == NULL
      || (g_strcmp0 (step->template_id, entry->id) != 0
          && g_strcmp0 (step->fallback_template_id, entry->id) != 0))
    return;
  entry->rank = MIN (entry->rank, step->rank);
  /* Several policies share most of their steps. */
  if (strstr (steps->str, step->name) == NULL)
    g_string_append_printf (steps, "%s%s", steps->len > 0 ? ", " : "", step->name);
}

static void
find_steps (RubisLibrary *library, RubisTemplateEntry *entry)
{
  GString *steps = g_string_new (NULL);

  entry->rank = NO_STEP;
  for (guint i = 0; i < library->ordered->len; i++)
    {
      const RubisPolicy *policy = g_ptr_array_index (library->ordered, i);

      for (int j = 0; j < rubis_policy_get_n_steps (policy); j++)
        note_step (entry, steps, rubis_policy_get_step (policy, j));
      note_step (entry, steps, rubis_policy_get_thanks (policy));
    }
  entry->steps = g_string_free (steps, FALSE);
}

static RubisTemplateEntry *
make_entry (RubisLibrary *library, GHashTable *drafts, const RubisTemplateVersion *version)
{
  RubisTemplateEntry *entry = g_new0 (RubisTemplateEntry, 1);
  g_autoptr (RubisTemplateText) text = rubis_template_text_new (version->body);
  const char *name = rubis_template_text_get (text, "name");
  g_autofree char *key = g_strdup_printf ("%s/%s", version->id, version->language);
  g_autofree char *draft = g_strconcat (RUBIS_TEMPLATE_DRAFT_PREFIX, key, NULL);
  const RubisSessionTemplate *parsed = g_hash_table_lookup (library->templates, key);
  const char *typed;

  entry->id = g_strdup (version->id);
  entry->language = g_strdup (version->language);
  entry->name = g_strdup (*name != '\0' ? name : version->id);
  entry->group = find_group (rubis_template_text_get (text, "kind"));
  rubis_channel_from_id (rubis_template_text_get (text, "channel"), &entry->channel);
  entry->version = version->version;
  entry->saved_at = g_strdup (version->saved_at);
  entry->saved_by = g_strdup (version->saved_by);
  entry->withdrawn = version->withdrawn;
  entry->error = parsed != NULL ? g_strdup (parsed->error) : NULL;
  typed = g_hash_table_lookup (drafts, draft);
  entry->has_draft = typed != NULL && *typed != '\0';
  find_steps (library, entry);
  return entry;
}

/* The language of the user first, then by code. */
static int
compare_languages (const char *a, const char *b)
{
  if (g_str_equal (a, b))
    return 0;
  if (g_str_equal (a, "fr"))
    return -1;
  if (g_str_equal (b, "fr"))
    return 1;
  return strcmp (a, b);
}

static int
compare_entries (gconstpointer pa, gconstpointer pb)
{
  const RubisTemplateEntry *a = *(const RubisTemplateEntry *const *)pa;
  const RubisTemplateEntry *b = *(const RubisTemplateEntry *const *)pb;
  int order;

  if (a->group != b->group)
    return a->group < b->group ? -1 : 1;
  if (a->rank != b->rank)
    return a->rank - b->rank;
  order = strcmp (a->id, b->id);
  return order != 0 ? order : compare_languages (a->language, b->language);
}

GPtrArray *
rubis_session_list_templates (RubisSession *self, gboolean with_withdrawn, GError **error)
{
  g_autoptr (RubisLibrary) library = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GHashTable) drafts = NULL;
  RubisDatabase *db;
  GPtrArray *entries;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  library = rubis_session_get_library (self);
  versions = rubis_store_list_newest_templates (db, error);
  drafts = versions != NULL ? rubis_store_list_settings (db, RUBIS_TEMPLATE_DRAFT_PREFIX, error) : NULL;
  rubis_session_return_reader (self, db);
  if (drafts == NULL)
    return NULL;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_template_entry_free);
  for (guint i = 0; i < versions->len; i++)
    {
      const RubisTemplateVersion *version = g_ptr_array_index (versions, i);

      if (with_withdrawn || !version->withdrawn)
        g_ptr_array_add (entries, make_entry (library, drafts, version));
    }
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

static GPtrArray *
read_versions (RubisSession *self, const char *id, const char *language, GHashTable **counts, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GPtrArray) versions = NULL;

  if (db == NULL)
    return NULL;
  versions = rubis_store_list_template_versions (db, id, language, error);
  if (versions != NULL && counts != NULL)
    {
      *counts = rubis_store_count_template_documents (db, id, language, error);
      if (*counts == NULL)
        g_clear_pointer (&versions, g_ptr_array_unref);
    }
  rubis_session_return_reader (self, db);
  return g_steal_pointer (&versions);
}

GPtrArray *
rubis_session_list_template_versions (RubisSession *self, const char *id, const char *language,
                                      GError **error)
{
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  GPtrArray *entries;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && id != NULL && language != NULL, NULL);

  versions = read_versions (self, id, language, &counts, error);
  if (versions == NULL)
    return NULL;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_template_version_entry_free);
  for (guint i = 0; i < versions->len; i++)
    {
      const RubisTemplateVersion *version = g_ptr_array_index (versions, i);
      RubisTemplateVersionEntry *entry = g_new0 (RubisTemplateVersionEntry, 1);

      entry->version = version->version;
      entry->text = g_strdup (version->body);
      entry->saved_at = g_strdup (version->saved_at);
      entry->saved_by = g_strdup (version->saved_by);
      entry->note = g_strdup (version->note);
      entry->n_documents = GPOINTER_TO_INT (g_hash_table_lookup (counts, GINT_TO_POINTER (version->version)));
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

char *
rubis_session_load_template (RubisSession *self, const char *id, const char *language, int version,
                             GError **error)
{
  g_autoptr (GPtrArray) versions = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && id != NULL && language != NULL, NULL);

  versions = read_versions (self, id, language, NULL, error);
  if (versions == NULL)
    return NULL;
  for (guint i = 0; i < versions->len; i++)
    {
      const RubisTemplateVersion *found = g_ptr_array_index (versions, i);

      if (version == 0 || found->version == version)
        return g_strdup (found->body);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no template “%s”."), id);
  return NULL;
}
