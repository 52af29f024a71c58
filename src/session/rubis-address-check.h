/* rubis-address-check.h: would letters arrive? The addresses of the dossier against the rules of the
 * post (NF Z 10-011), as letters print them.
 */
#pragma once

#include "rubis-account-address.h"
#include "rubis-letterhead-settings.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code; /* (static) stable: those of RubisPostalWarning, "no_address", "too_wide" */
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

/* Judges the addresses of a dossier on one paper, one after the other. One thread. */
typedef struct _RubisAddressChecker RubisAddressChecker;
/* @settings: (nullable) of a letterhead that is being chosen; NULL: that of the dossier. */
RubisAddressChecker *rubis_address_checker_new (RubisSession *session,
                                                const RubisLetterheadSettings *settings);
void rubis_address_checker_free (RubisAddressChecker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAddressChecker, rubis_address_checker_free)
/* The address of one account; without problems when it is fine. (transfer full) Errors:
 * G_IO_ERROR_NOT_FOUND.
 */
RubisAddressCheck *rubis_address_checker_check (RubisAddressChecker *self, gint64 account_id, GError **error);

/* The same as if the account had that address; NULL: its own. */
RubisAddressCheck *rubis_address_checker_check_typed (RubisAddressChecker *self, gint64 account_id,
                                                      const RubisAccountAddress *address, GError **error);

/* The same for a single account. */
RubisAddressCheck *rubis_session_check_address (RubisSession *self, gint64 account_id, GError **error);
/* Every account that owes something and whose address has a problem, by code. Reads only.
 * @n_checked: (out) (nullable) how many accounts were looked at.
 * (transfer full) (element-type RubisAddressCheck) Errors: G_IO_ERROR_CANCELLED, those of the store.
 */
GPtrArray *rubis_session_check_addresses (RubisSession *self, RubisProgress *progress, int *n_checked,
                                          GError **error);

G_END_DECLS
