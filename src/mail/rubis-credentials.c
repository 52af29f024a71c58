#include "rubis-credentials.h"

#include <string.h>

G_DEFINE_QUARK (rubis-credentials-error-quark, rubis_credentials_error)
G_DEFINE_ABSTRACT_TYPE (RubisCredentials, rubis_credentials, G_TYPE_OBJECT)

static void
rubis_credentials_class_init (RubisCredentialsClass *klass)
{
}

static void
rubis_credentials_init (RubisCredentials *self)
{
}

char *
rubis_credentials_lookup (RubisCredentials *self, const RubisSender *sender, const char *name, GError **error)
{
  return RUBIS_CREDENTIALS_GET_CLASS (self)->lookup (self, sender, name, error);
}

gboolean
rubis_credentials_store (RubisCredentials *self, const RubisSender *sender, const char *name,
                         const char *secret, GError **error)
{
  return RUBIS_CREDENTIALS_GET_CLASS (self)->store (self, sender, name, secret, error);
}

gboolean
rubis_credentials_clear (RubisCredentials *self, const RubisSender *sender, GError **error)
{
  return RUBIS_CREDENTIALS_GET_CLASS (self)->clear (self, sender, error);
}

char *
rubis_credentials_get_bearer (RubisCredentials *self, const RubisSender *sender, gboolean renew,
                              GCancellable *cancellable, GError **error)
{
  return RUBIS_CREDENTIALS_GET_CLASS (self)->get_bearer (self, sender, renew, cancellable, error);
}

void
rubis_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
