/* rubis-account-address-private.h: an address between its record and what was typed. */
#pragma once

#include "rubis-account-address.h"
#include "rubis-store-accounts.h"

G_BEGIN_DECLS

/* (transfer full) */
RubisAccountAddress *rubis_account_address_new (const RubisAccountRecord *account);
/* Puts what was typed into @account, as the dossier keeps it: without stray spaces, the country as code
 * when it is known.
 */
void rubis_account_address_apply (const RubisAccountAddress *self, RubisAccountRecord *account);

G_END_DECLS
