/* rubis-account-address.h: the postal address of an account, line by line, as users correct it. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Strings are never NULL once loaded; to an edit NULL means empty. */
typedef struct
{
  char *line2; /* department, flat: what does not find a line of its own is here, after commas */
  char *line3; /* building, entrance, zone */
  char *street;
  char *postcode;
  char *city;
  char *country; /* ISO 3166 code, or a name; none: France */
} RubisAccountAddress;

void rubis_account_address_free (RubisAccountAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAccountAddress, rubis_account_address_free)

/* (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
RubisAccountAddress *rubis_session_load_account_address (RubisSession *self, gint64 account_id,
                                                         GError **error);
/* One journaled edit that can be undone; what is as it was is no edit. It ends the mark of an address from
 * which a letter came back. Files change the address again once they say something else than before. The
 * journal does not repeat the address. Errors: G_IO_ERROR_NOT_FOUND, those of the store.
 */
gboolean rubis_session_set_account_address (RubisSession *self, gint64 account_id,
                                            const RubisAccountAddress *address, GError **error);

G_END_DECLS
