#include "rubis-template-editing-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-hashtag.h"
#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-settings.h"
#include "rubis-store-templates.h"
#include "rubis-template-text.h"

/* Versions that are put in together, or taken out again. */
typedef struct
{
  GPtrArray *versions; /* (element-type RubisTemplateVersion) */
  gboolean present;
} VersionState;

static void
version_state_free (gpointer data)
{
  VersionState *state = data;

  g_ptr_array_unref (state->versions);
  g_free (state);
}

static gboolean
take_out (RubisDatabase *db, const RubisTemplateVersion *version, GError **error)
{
  gboolean removed;

  if (!rubis_store_remove_template_version (db, version->id, version->language, version->version, &removed,
                                            error))
    return FALSE;
  if (!removed)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_LATER,
                 _ ("Version %d of “%s” made documents already: save the text that you want instead."),
                 version->version, version->id);
  return removed;
}

static gboolean
swap_versions (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  VersionState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);

  for (guint i = 0; i < state->versions->len; i++)
    {
      const RubisTemplateVersion *version = g_ptr_array_index (state->versions, i);

      if (state->present ? !take_out (db, version, error)
                         : !rubis_store_insert_template_version (db, version, error))
        return FALSE;
    }
  if (!rubis_journaled_edit_note (session, db, edit, 0, error)
      || !rubis_session_reload_library (session, error))
    return FALSE;
  state->present = !state->present;
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_template_versions_add (RubisSession *self, GPtrArray *versions, const char *label, const char *detail,
                             GError **error)
{
  VersionState *state = g_new0 (VersionState, 1);

  state->versions = versions;
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, "template", detail, swap_versions, state, version_state_free),
      error);
}

/* What a text must be before it may make documents. */
static gboolean
check_text (const char *text, const char *id, const char *language, const char *origin, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (RubisTemplate) parsed = rubis_template_new (text, origin, &parse_error);

  if (parsed == NULL)
    {
      g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, parse_error->message);
      return FALSE;
    }
  if (g_str_equal (rubis_template_get_id (parsed), id)
      && g_str_equal (rubis_template_get_language (parsed), language))
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("The text names itself “%s” (%s): it cannot be a version of “%s” (%s)."),
               rubis_template_get_id (parsed), rubis_template_get_language (parsed), id, language);
  return FALSE;
}

RubisTemplateVersion *
rubis_template_version_load_newest (RubisSession *self, const char *id, const char *language, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GPtrArray) versions = NULL;

  if (db == NULL)
    return NULL;
  versions = rubis_store_list_template_versions (db, id, language, error);
  rubis_session_return_reader (self, db);
  return versions != NULL && versions->len > 0 ? g_ptr_array_steal_index (versions, 0) : NULL;
}

RubisTemplateVersion *
rubis_template_version_new (const char *id, const char *language, int version, const char *text,
                            const char *note)
{
  RubisTemplateVersion *self = g_new0 (RubisTemplateVersion, 1);

  self->id = g_strdup (id);
  self->language = g_strdup (language);
  self->version = version;
  self->body = g_strdup (text);
  self->saved_at = rubis_session_now ();
  self->saved_by = g_strdup (g_get_user_name ());
  self->note = g_strdup (note != NULL ? note : "");
  return self;
}

static gboolean
fail_not_found (const char *id, GError **error)
{
  if (*error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no template “%s”."), id);
  return FALSE;
}

gboolean
rubis_session_save_template (RubisSession *self, const char *id, const char *language, const char *text,
                             const char *note, GError **error)
{
  g_autoptr (RubisTemplateVersion) newest = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *origin = g_strdup_printf ("%s (%s)", id, language);
  g_autofree char *label = NULL;
  GPtrArray *versions;
  int version;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && text != NULL, FALSE);

  newest = rubis_template_version_load_newest (self, id, language, &local_error);
  if (newest == NULL)
    {
      fail_not_found (id, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_str_equal (newest->body, text) && !newest->withdrawn)
    return TRUE;
  if (!check_text (text, id, language, origin, error))
    return FALSE;
  version = newest->version + 1;
  versions = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_template_version_free);
  g_ptr_array_add (versions, rubis_template_version_new (id, language, version, text, note));
  label = g_strdup_printf (_ ("Template %s: version %d"), origin, version);
  return rubis_template_versions_add (self, versions, label, note, error);
}

gboolean
rubis_session_restore_template (RubisSession *self, const char *id, const char *language, int version,
                                GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *note = g_strdup_printf (_ ("Version %d again"), version);

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  text = rubis_session_load_template (self, id, language, version, error);
  return text != NULL && rubis_session_save_template (self, id, language, text, note, error);
}

/* "Relance très ferme" -> "relance-tres-ferme". (transfer full) */
static char *
make_id (const char *name)
{
  g_autofree char *folded = rubis_hashtag_fold (name);
  GString *id = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (id, *p);
      else if (id->len > 0 && id->str[id->len - 1] != '-')
        g_string_append_c (id, '-');
    }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  if (id->len == 0)
    g_string_append (id, "modele");
  return g_string_free (id, FALSE);
}

/* An id that no template has, in any language. */
static char *
find_free_id (RubisSession *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) entries = rubis_session_list_templates (self, TRUE, error);
  g_autofree char *base = make_id (name);

  if (entries == NULL)
    return NULL;
  for (int n = 1;; n++)
    {
      g_autofree char *id = n == 1 ? g_strdup (base) : g_strdup_printf ("%s-%d", base, n);
      gboolean taken = FALSE;

      for (guint i = 0; i < entries->len; i++)
        taken = taken || g_str_equal (((RubisTemplateEntry *)g_ptr_array_index (entries, i))->id, id);
      if (!taken)
        return g_steal_pointer (&id);
    }
}

char *
rubis_session_copy_template (RubisSession *self, const char *id, const char *language, const char *name,
                             const char *new_language, GError **error)
{
  gboolean translation = !g_str_equal (language, new_language);
  g_autoptr (RubisTemplateVersion) there = NULL;
  g_autoptr (RubisTemplateText) text = NULL;
  g_autofree char *body = rubis_session_load_template (self, id, language, 0, error);
  g_autofree char *new_id = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *label = NULL;
  GPtrArray *versions;

  if (body == NULL)
    return NULL;
  /* The language of a template picks itself by the id: the same letter in two languages has one. */
  new_id = translation ? g_strdup (id) : find_free_id (self, name, error);
  if (new_id == NULL)
    return NULL;
  there = translation ? rubis_template_version_load_newest (self, new_id, new_language, NULL) : NULL;
  if (there != NULL && !there->withdrawn)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("“%s” is there in that language already."), id);
      return NULL;
    }
  text = rubis_template_text_new (body);
  rubis_template_text_set (text, "id", new_id);
  rubis_template_text_set (text, "name", name);
  rubis_template_text_set (text, "language", new_language);
  joined = rubis_template_text_join (text);
  if (!check_text (joined, new_id, new_language, name, error))
    return NULL;
  versions = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_template_version_free);
  g_ptr_array_add (versions, rubis_template_version_new (
                                 new_id, new_language, there != NULL ? there->version + 1 : 1, joined, NULL));
  label = g_strdup_printf (_ ("New template: %s (%s)"), name, new_language);
  if (!rubis_template_versions_add (self, versions, label, NULL, error))
    return NULL;
  return g_steal_pointer (&new_id);
}

/* --- withdrawing --- */

typedef struct
{
  char *id;
  char *language;
  gboolean withdrawn;
} WithdrawState;

static void
withdraw_state_free (gpointer data)
{
  WithdrawState *state = data;

  g_free (state->id);
  g_free (state->language);
  g_free (state);
}

static gboolean
swap_withdrawn (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  WithdrawState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);

  if (!rubis_store_set_template_withdrawn (db, state->id, state->language, state->withdrawn, error)
      || !rubis_journaled_edit_note (session, db, edit, 0, error)
      || !rubis_session_reload_library (session, error))
    return FALSE;
  state->withdrawn = !state->withdrawn;
  journaled->n_swaps++;
  return TRUE;
}

/* A step without its text could not be done. */
static gboolean
check_not_needed (RubisSession *self, const char *id, const char *language, GError **error)
{
  g_autoptr (GPtrArray) entries = rubis_session_list_templates (self, FALSE, error);
  const char *steps = "";

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const RubisTemplateEntry *entry = g_ptr_array_index (entries, i);

      if (!g_str_equal (entry->id, id))
        continue;
      if (!g_str_equal (entry->language, language))
        return TRUE;
      steps = entry->steps;
    }
  if (*steps == '\0')
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
               _ ("This template is used by: %s. Give these steps another one first."), steps);
  return FALSE;
}

gboolean
rubis_session_withdraw_template (RubisSession *self, const char *id, const char *language, gboolean withdrawn,
                                 GError **error)
{
  g_autoptr (RubisTemplateVersion) newest = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *label = NULL;
  WithdrawState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  newest = rubis_template_version_load_newest (self, id, language, &local_error);
  if (newest == NULL)
    {
      fail_not_found (id, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (newest->withdrawn == withdrawn)
    return TRUE;
  if (withdrawn && !check_not_needed (self, id, language, error))
    return FALSE;
  state = g_new0 (WithdrawState, 1);
  state->id = g_strdup (id);
  state->language = g_strdup (language);
  state->withdrawn = withdrawn;
  label = g_strdup_printf (
      withdrawn ? _ ("Template withdrawn: %s (%s)") : _ ("Template offered again: %s (%s)"), id, language);
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, "template", NULL, swap_withdrawn, state, withdraw_state_free),
      error);
}

/* --- drafts --- */

typedef struct
{
  char *key;
  const char *text;
} Draft;

static gboolean
write_draft (RubisStore *store, gpointer user_data, GError **error)
{
  const Draft *draft = user_data;

  return rubis_store_set_setting (rubis_store_get_database (store), draft->key, draft->text, error);
}

gboolean
rubis_session_keep_template_draft (RubisSession *self, const char *id, const char *language, const char *text,
                                   GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s%s/%s", RUBIS_TEMPLATE_DRAFT_PREFIX, id, language);
  Draft draft = { key, text != NULL ? text : "" };
  RubisStore *store = rubis_session_lock (self);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, write_draft, &draft, error);
  rubis_session_unlock (self);
  return done;
}

char *
rubis_session_load_template_draft (RubisSession *self, const char *id, const char *language, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s%s/%s", RUBIS_TEMPLATE_DRAFT_PREFIX, id, language);
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autofree char *text = NULL;

  if (db == NULL)
    return NULL;
  text = rubis_store_get_setting (db, key, error);
  rubis_session_return_reader (self, db);
  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}
