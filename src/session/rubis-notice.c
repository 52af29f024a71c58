#include "rubis-notice-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-store-events.h"
#include "rubis-template-check.h"

/* Confirmations are typed in the window's thread and asked for in the one that does the work. */
static GMutex lock;

/* The keys of the actions that were confirmed. The lock is held. */
static GHashTable *
get_confirmed (RubisSession *self)
{
  static const char *const name = "rubis-confirmed-notices";
  GHashTable *confirmed = g_object_get_data (G_OBJECT (self), name);

  if (confirmed == NULL)
    {
      confirmed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (self), name, confirmed, (GDestroyNotify) g_hash_table_unref);
    }
  return confirmed;
}

const char *
rubis_notice_get_word (RubisActionRow *action)
{
  g_return_val_if_fail (RUBIS_IS_ACTION_ROW (action), "");

  return action->account_code;
}

gboolean
rubis_session_is_notice_confirmed (RubisSession *self, RubisActionRow *action)
{
  gboolean confirmed;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  g_mutex_lock (&lock);
  confirmed = g_hash_table_contains (get_confirmed (self), action->key);
  g_mutex_unlock (&lock);
  return confirmed;
}

gboolean
rubis_session_confirm_notice (RubisSession *self, RubisActionRow *action, const char *typed, GError **error)
{
  g_autofree char *word = NULL;
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);
  g_return_val_if_fail (RUBIS_IS_ACTION_ROW (action), FALSE);
  g_return_val_if_fail (typed != NULL, FALSE);

  word = g_strstrip (g_utf8_casefold (typed, -1));
  wanted = g_utf8_casefold (rubis_notice_get_word (action), -1);
  if (!g_str_equal (word, wanted))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("To send this formal notice although it is incomplete, type %s."),
                   rubis_notice_get_word (action));
      return FALSE;
    }
  g_mutex_lock (&lock);
  g_hash_table_add (get_confirmed (self), g_strdup (action->key));
  g_mutex_unlock (&lock);
  return TRUE;
}

GPtrArray *
rubis_notice_list_missing (RubisTemplate *template_, RubisDocumentContext *context, const RubisCompany *company)
{
  g_autoptr(GPtrArray) problems = rubis_template_missing_elements (template_, context);
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);

  /* Every paper of a French business bears it (C. com. R123-237). */
  if (rubis_template_get_kind (template_) == RUBIS_TEMPLATE_FORMAL && g_strcmp0 (company->country, "FR") == 0
      && company->siren[0] == '\0')
    g_ptr_array_add (missing, g_strdup (_("a formal notice of a French company bears its SIREN: add it to your "
                                           "company")));
  for (guint i = 0; i < problems->len; i++)
    {
      const RubisTemplateProblem *problem = g_ptr_array_index (problems, i);

      g_ptr_array_add (missing, g_strdup (problem->message));
    }
  return missing;
}

static char *
join (GPtrArray *missing)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < missing->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", (const char *) g_ptr_array_index (missing, i));
  return g_string_free (text, FALSE);
}

gboolean
rubis_notice_may_leave (RubisSession *self, const RubisActionRow *action, const RubisFilledDocument *filled,
                        GError **error)
{
  g_autofree char *missing = NULL;

  if (filled->missing->len == 0 || rubis_session_is_notice_confirmed (self, (RubisActionRow *) action))
    return TRUE;
  missing = join (filled->missing);
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
               _("This formal notice lacks what it must hold: %s. Complete the template, or confirm by typing %s."),
               missing, rubis_notice_get_word ((RubisActionRow *) action));
  return FALSE;
}

gboolean
rubis_notice_journal (RubisSession *self, RubisDatabase *db, const RubisActionRow *action, GPtrArray *missing,
                      GError **error)
{
  g_autofree char *elements = NULL;
  g_autofree char *summary = NULL;
  g_autoptr(RubisEventRecord) event = NULL;

  if (missing == NULL || missing->len == 0)
    return TRUE;
  elements = join (missing);
  summary = g_strdup_printf (_("Incomplete formal notice confirmed by typing %s; it lacks: %s"),
                             rubis_notice_get_word ((RubisActionRow *) action), elements);
  event = rubis_session_new_event (self, "notice-confirmed", action->account_id, summary, NULL);
  return rubis_store_append_event (db, event, error);
}

GPtrArray *
rubis_session_check_formal_notice (RubisSession *self, RubisActionRow *action, GError **error)
{
  g_autoptr(RubisActionPreview) preview = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);
  g_return_val_if_fail (RUBIS_IS_ACTION_ROW (action), NULL);

  preview = rubis_session_preview_action (self, action, error);
  return preview != NULL ? g_ptr_array_ref (preview->missing) : NULL;
}
