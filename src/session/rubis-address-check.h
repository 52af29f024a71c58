/* rubis-address-check.h: would letters arrive? The addresses of the dossier against the rules of the
 * post (NF Z 10-011), as letters print them.
 */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code; /* (static) stable: those of RubisPostalWarning and "no_address" */
  char *message;    /* a sentence */
} RubisAddressProblem;

typedef struct
{
  gint64 account_id;
  char *account_code;
  char *name;
  char *block;         /* what stands in the window of the envelope, lines separated by newlines */
  GPtrArray *problems; /* (element-type RubisAddressProblem), never empty in a list of checks */
} RubisAddressCheck;
void rubis_address_check_free (RubisAddressCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAddressCheck, rubis_address_check_free)

/* The address of one account; without problems when it is fine. (transfer full) Errors:
 * G_IO_ERROR_NOT_FOUND.
 */
RubisAddressCheck *rubis_session_check_address (RubisSession *self, gint64 account_id, GError **error);
/* Every account that owes something and whose address has a problem, by code. Reads only.
 * @n_checked: (out) (nullable) how many accounts were looked at.
 * (transfer full) (element-type RubisAddressCheck) Errors: G_IO_ERROR_CANCELLED, those of the store.
 */
GPtrArray *rubis_session_check_addresses (RubisSession *self, RubisProgress *progress, int *n_checked,
                                          GError **error);

G_END_DECLS
