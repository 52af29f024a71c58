/* rubis-credentials.h: the secrets of senders: asked when they are needed, never kept in the dossier.
 *
 * An abstract object: the desktop's Secret Service gives them (rubis-secret-store.h), tests give fixed ones.
 * Used from the thread that sends.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-sender.h"

G_BEGIN_DECLS

#define RUBIS_CREDENTIALS_ERROR (rubis_credentials_error_quark ())
typedef enum
{
  RUBIS_CREDENTIALS_ERROR_NO_SERVICE, /* no Secret Service on this desktop */
  RUBIS_CREDENTIALS_ERROR_LOCKED,
  RUBIS_CREDENTIALS_ERROR_MISSING, /* this secret was never given */
  RUBIS_CREDENTIALS_ERROR_REVOKED, /* the provider wants the user to sign in again */
  RUBIS_CREDENTIALS_ERROR_OFFLINE, /* a token could not be renewed just now */
} RubisCredentialsError;
GQuark rubis_credentials_error_quark (void);

#define RUBIS_TYPE_CREDENTIALS (rubis_credentials_get_type ())
G_DECLARE_DERIVABLE_TYPE (RubisCredentials, rubis_credentials, RUBIS, CREDENTIALS, GObject)

struct _RubisCredentialsClass
{
  GObjectClass parent_class;

  char *(*lookup) (RubisCredentials *self, const RubisSender *sender, const char *name, GError **error);
  gboolean (*store) (RubisCredentials *self, const RubisSender *sender, const char *name, const char *secret,
                     GError **error);
  gboolean (*clear) (RubisCredentials *self, const RubisSender *sender, GError **error);
  char *(*get_bearer) (RubisCredentials *self, const RubisSender *sender, gboolean renew,
                       GCancellable *cancellable, GError **error);
};

/* (transfer full); free with rubis_secret_free(). RUBIS_CREDENTIALS_ERROR when there is none. */
char *rubis_credentials_lookup (RubisCredentials *self, const RubisSender *sender, const char *name,
                                GError **error);
gboolean rubis_credentials_store (RubisCredentials *self, const RubisSender *sender, const char *name,
                                  const char *secret, GError **error);
/* Forgets all secrets of a sender. */
gboolean rubis_credentials_clear (RubisCredentials *self, const RubisSender *sender, GError **error);
/* The OAuth access token to send now; renewed when it has ended or @renew (after a 401). (transfer full) */
char *rubis_credentials_get_bearer (RubisCredentials *self, const RubisSender *sender, gboolean renew,
                                    GCancellable *cancellable, GError **error);

/* Overwrites and frees. @secret: (nullable) */
void rubis_secret_free (char *secret);

G_END_DECLS
