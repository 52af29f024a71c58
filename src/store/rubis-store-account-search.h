/* rubis-store-account-search.h: finding an account by what is typed. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *code;
  char *name;
  gint64 overdue; /* minor units of @currency */
} RubisAccountMatch;
void rubis_account_match_free (RubisAccountMatch *self);

/* Accounts whose name or code holds @text (folded; "": all), those that owe most overdue first. (transfer
 * full) (element-type RubisAccountMatch)
 */
GPtrArray *rubis_store_search_accounts (RubisDatabase *db, const char *text, RubisDate today,
                                        const char *currency, int limit, GError **error);

G_END_DECLS
