/* rubis-field-fill.h: the fields that users added to accounts, in letters and emails. */
#pragma once

#include "rubis-document-context.h"
#include "rubis-session-private.h"

G_BEGIN_DECLS

/* #ChampClient1 is the value of the first field of accounts, in their order, and so on; what is not set stays
 * without a value.
 */
gboolean rubis_field_fill (RubisSession *session, RubisDatabase *db, gint64 account_id, const char *language,
                           RubisDocumentContext *context, GError **error);

G_END_DECLS
