#include "rubis-email-settings.h"

#include <glib/gi18n-lib.h>

#include "rubis-session-edits-private.h"
#include "rubis-store-settings.h"

#define SETTING_ANSWER_LINKS "email.answer-links"

static gboolean
swap_answer_links (RubisSession *self, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (GError) load_error = NULL;
  g_autofree char *old = rubis_store_get_setting (db, SETTING_ANSWER_LINKS, &load_error);

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (!rubis_store_set_setting (db, SETTING_ANSWER_LINKS, journaled->state, error)
      || !rubis_journaled_edit_note (self, db, edit, 0, error))
    return FALSE;
  journaled->n_swaps++;
  g_free (journaled->state);
  journaled->state = old != NULL ? g_steal_pointer (&old) : g_strdup ("1");
  return TRUE;
}

gboolean
rubis_session_get_answer_links (RubisSession *self)
{
  RubisDatabase *db;
  g_autofree char *value = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), TRUE);

  db = rubis_session_take_reader (self, NULL);
  if (db == NULL)
    return TRUE;
  value = rubis_store_get_setting (db, SETTING_ANSWER_LINKS, NULL);
  rubis_session_return_reader (self, db);
  return g_strcmp0 (value, "0") != 0;
}

gboolean
rubis_session_set_answer_links (RubisSession *self, gboolean links, GError **error)
{
  const char *label = links ? _ ("Emails carry links for answers") : _ ("Emails carry no links for answers");

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  if (rubis_session_get_answer_links (self) == links)
    return TRUE;
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, "setting", NULL, swap_answer_links,
                                                          g_strdup (links ? "1" : "0"), g_free),
                                error);
}
