/* rubis-account-disputes.h: the open disputes of an account, as a section of its panel, and the way to open
 * one. */
#pragma once

#include <adwaita.h>

#include "rubis-disputes.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ACCOUNT_DISPUTES (rubis_account_disputes_get_type ())
G_DECLARE_FINAL_TYPE (RubisAccountDisputes, rubis_account_disputes, RUBIS, ACCOUNT_DISPUTES, AdwBin)

/* Reads them as they are now. @account_id 0: none */
void rubis_account_disputes_show (RubisAccountDisputes *self, RubisSession *session, gint64 account_id);

/* "Dispute: price, 200,00 € contested, with M. Ventes". (transfer full) */
char *rubis_account_disputes_describe (RubisDispute *dispute);

G_END_DECLS
