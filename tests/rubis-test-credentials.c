#include "rubis-test-credentials.h"

struct _RubisTestCredentials
{
  RubisCredentials parent_instance;

  GHashTable *secrets; /* (owned) */
  guint n_renewals;
};

G_DEFINE_FINAL_TYPE (RubisTestCredentials, rubis_test_credentials, RUBIS_TYPE_CREDENTIALS)

static char *
test_lookup (RubisCredentials *credentials, const RubisSender *sender, const char *name, GError **error)
{
  const char *secret = g_hash_table_lookup (RUBIS_TEST_CREDENTIALS (credentials)->secrets, name);

  if (secret == NULL)
    g_set_error (error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_MISSING, "no secret “%s”", name);
  return g_strdup (secret);
}

static gboolean
test_store (RubisCredentials *credentials, const RubisSender *sender, const char *name, const char *secret,
            GError **error)
{
  g_hash_table_insert (RUBIS_TEST_CREDENTIALS (credentials)->secrets, g_strdup (name), g_strdup (secret));
  return TRUE;
}

static gboolean
test_clear (RubisCredentials *credentials, const RubisSender *sender, GError **error)
{
  g_hash_table_remove_all (RUBIS_TEST_CREDENTIALS (credentials)->secrets);
  return TRUE;
}

static char *
test_get_bearer (RubisCredentials *credentials, const RubisSender *sender, gboolean renew,
                 GCancellable *cancellable, GError **error)
{
  RubisTestCredentials *self = RUBIS_TEST_CREDENTIALS (credentials);

  if (renew)
    self->n_renewals++;
  if (self->n_renewals > 0 && g_hash_table_contains (self->secrets, "renewed-token"))
    return test_lookup (credentials, sender, "renewed-token", error);
  return test_lookup (credentials, sender, RUBIS_SECRET_ACCESS_TOKEN, error);
}

static void
rubis_test_credentials_finalize (GObject *object)
{
  g_hash_table_unref (RUBIS_TEST_CREDENTIALS (object)->secrets);
  G_OBJECT_CLASS (rubis_test_credentials_parent_class)->finalize (object);
}

static void
rubis_test_credentials_class_init (RubisTestCredentialsClass *klass)
{
  RubisCredentialsClass *credentials_class = RUBIS_CREDENTIALS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_test_credentials_finalize;
  credentials_class->lookup = test_lookup;
  credentials_class->store = test_store;
  credentials_class->clear = test_clear;
  credentials_class->get_bearer = test_get_bearer;
}

static void
rubis_test_credentials_init (RubisTestCredentials *self)
{
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)rubis_secret_free);
}

RubisCredentials *
rubis_test_credentials_new (const char *name, ...)
{
  RubisTestCredentials *self = g_object_new (RUBIS_TYPE_TEST_CREDENTIALS, NULL);
  va_list arguments;

  va_start (arguments, name);
  for (; name != NULL; name = va_arg (arguments, const char *))
    g_hash_table_insert (self->secrets, g_strdup (name), g_strdup (va_arg (arguments, const char *)));
  va_end (arguments);
  return RUBIS_CREDENTIALS (self);
}

guint
rubis_test_credentials_get_n_renewals (RubisTestCredentials *self)
{
  return self->n_renewals;
}
