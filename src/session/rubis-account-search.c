#include "rubis-account-search.h"

#include <glib/gi18n-lib.h>

#include "rubis-session-private.h"
#include "rubis-store-account-search.h"
#include "rubis-store-accounts.h"
#include "rubis-text.h"

void
rubis_found_account_free (RubisFoundAccount *self)
{
  g_free (self->code);
  g_free (self->name);
  g_free (self);
}

static RubisFoundAccount *
make_found (gint64 id, const char *code, const char *name, gint64 overdue)
{
  RubisFoundAccount *found = g_new0 (RubisFoundAccount, 1);

  found->id = id;
  found->code = g_strdup (code);
  found->name = g_strdup (name);
  found->overdue = overdue;
  return found;
}

GPtrArray *
rubis_session_search_accounts (RubisSession *self, const char *text, int limit, GError **error)
{
  g_autofree char *folded = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  RubisDatabase *db;
  GPtrArray *found;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && text != NULL, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  folded = rubis_text_fold (text);
  matches = rubis_store_search_accounts (db, g_strstrip (folded), rubis_session_get_today (self),
                                         rubis_session_get_currency (self).code, limit, error);
  rubis_session_return_reader (self, db);
  if (matches == NULL)
    return NULL;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_found_account_free);
  for (guint i = 0; i < matches->len; i++)
    {
      const RubisAccountMatch *match = g_ptr_array_index (matches, i);

      g_ptr_array_add (found, make_found (match->id, match->code, match->name, match->overdue));
    }
  return found;
}

RubisFoundAccount *
rubis_session_get_account (RubisSession *self, gint64 account_id, GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;
  g_autoptr (GError) load_error = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  account = rubis_store_load_account (db, account_id, &load_error);
  rubis_session_return_reader (self, db);
  if (account != NULL)
    return make_found (account->id, account->code, account->name, 0);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such account."));
  return NULL;
}
