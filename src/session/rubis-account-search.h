/* rubis-account-search.h: finding an account by name or code, as it is typed. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *code;
  char *name;
  gint64 overdue; /* minor units of the dossier's currency */
} RubisFoundAccount;
void rubis_found_account_free (RubisFoundAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisFoundAccount, rubis_found_account_free)

/* At most @limit accounts whose name or code holds @text whatever the case and the accents ("": all), those
 * that owe most overdue first. (transfer full) (element-type RubisFoundAccount)
 */
GPtrArray *rubis_session_search_accounts (RubisSession *self, const char *text, int limit, GError **error);
/* (transfer full) Errors: G_IO_ERROR_NOT_FOUND. Its overdue amount is not computed. */
RubisFoundAccount *rubis_session_get_account (RubisSession *self, gint64 account_id, GError **error);

G_END_DECLS
