#include "rubis-secret-store.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "rubis-oauth.h"

/* A token is renewed when it ends within this many seconds: a message takes a while. */
#define MARGIN 60

/* Attributes by which secrets are found; those of the keyring are not secret themselves. */
static const SecretSchema schema = {
  "fr.rubis.Sender",
  SECRET_SCHEMA_NONE,
  {
      { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "dossier", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "sender", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

struct _RubisSecretStore
{
  RubisCredentials parent_instance;

  char *dossier_id;
  GMutex renewal; /* held while a token is renewed: the old one serves only once */
};

G_DEFINE_FINAL_TYPE (RubisSecretStore, rubis_secret_store, RUBIS_TYPE_CREDENTIALS)

static GHashTable *
make_attributes (RubisSecretStore *self, const RubisSender *sender, const char *name)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (char *)"application", g_strdup ("rubis"));
  g_hash_table_insert (attributes, (char *)"dossier", g_strdup (self->dossier_id));
  g_hash_table_insert (attributes, (char *)"sender", g_strdup_printf ("%" G_GINT64_FORMAT, sender->id));
  if (name != NULL)
    g_hash_table_insert (attributes, (char *)"name", g_strdup (name));
  return attributes;
}

static void
set_locked (GError **error)
{
  g_set_error (
      error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_LOCKED,
      _ ("The keyring of this desktop is locked: unlock it (log in to the desktop, or open “Passwords "
         "and Keys”), then try again."));
}

/* @failure: (transfer full) as libsecret says it */
static void
set_failure (GError *failure, GError **error)
{
  g_autoptr (GError) owned = failure;

  if (g_error_matches (failure, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
      || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_locked (error);
  else
    g_set_error (
        error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_NO_SERVICE,
        _ ("This desktop offers no Secret Service, where passwords are kept; Rubis keeps them nowhere "
           "else. Install the package gnome-keyring (or KeePassXC, or KWallet with its Secret Service "
           "switched on), log in again, then try again."));
}

/* A service of its own for each call: a keyring that was started again is found at once. The end of the
 * desktop's bus does not end the program, which may be sending.
 */
static SecretService *
open_service (GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &failure);
  SecretService *service = NULL;

  if (bus != NULL)
    {
      g_dbus_connection_set_exit_on_close (bus, FALSE);
      service
          = secret_service_open_sync (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, NULL, &failure);
    }
  if (service == NULL)
    set_failure (g_steal_pointer (&failure), error);
  return service;
}

/* Asks the user to unlock the keyring where it is needed. NULL on error. (element-type SecretItem) */
static GList *
find_items (SecretService *service, GHashTable *attributes, gboolean *found, GError **error)
{
  g_autoptr (GError) failure = NULL;
  GList *items = secret_service_search_sync (
      service, &schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS,
      NULL, &failure);

  *found = failure == NULL;
  if (failure != NULL)
    set_failure (g_steal_pointer (&failure), error);
  return items;
}

static void
free_items (GList *items)
{
  g_list_free_full (items, g_object_unref);
}

/* The text of a secret, not NULL. */
static char *
dup_secret (SecretItem *item)
{
  g_autoptr (SecretValue) value = secret_item_get_secret (item);
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;

  return g_strdup (text != NULL ? text : "");
}

static void
set_missing (const RubisSender *sender, const char *name, GError **error)
{
  if (g_str_equal (name, RUBIS_SECRET_REFRESH_TOKEN) || g_str_equal (name, RUBIS_SECRET_ACCESS_TOKEN))
    g_set_error (error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_MISSING,
                 _ ("Nobody has signed in for the sender “%s”: sign in once in the browser."), sender->name);
  else
    g_set_error (error, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_MISSING,
                 _ ("The password or key of the sender “%s” was not given on this computer: enter it in its "
                    "settings."),
                 sender->name);
}

static char *
secret_store_lookup (RubisCredentials *credentials, const RubisSender *sender, const char *name,
                     GError **error)
{
  RubisSecretStore *self = RUBIS_SECRET_STORE (credentials);
  g_autoptr (GHashTable) attributes = make_attributes (self, sender, name);
  g_autoptr (SecretService) service = open_service (error);
  gboolean found = FALSE;
  GList *items;
  char *secret = NULL;

  if (service == NULL)
    return NULL;
  items = find_items (service, attributes, &found, error);
  if (!found)
    return NULL;
  if (items == NULL)
    set_missing (sender, name, error);
  else if (secret_item_get_locked (items->data))
    set_locked (error);
  else
    secret = dup_secret (items->data);
  free_items (items);
  return secret;
}

/* What the keyring's own program shows in its list. */
static char *
make_label (const RubisSender *sender, const char *name)
{
  const char *what = _ ("Password");

  if (g_str_equal (name, RUBIS_SECRET_KEY))
    what = _ ("Key");
  else if (g_str_equal (name, RUBIS_SECRET_CLIENT))
    what = _ ("Secret of the application");
  else if (g_str_equal (name, RUBIS_SECRET_MAILBOX))
    what = _ ("Password of the mailbox");
  else if (g_str_equal (name, RUBIS_SECRET_REFRESH_TOKEN) || g_str_equal (name, RUBIS_SECRET_ACCESS_TOKEN))
    what = _ ("Permission to send");
  /* Translators: what is kept in the desktop's keyring ("Password"), name and address of a sender. */
  return g_strdup_printf (_ ("Rubis – %s: %s (%s)"), what, sender->name,
                          *sender->email != '\0' ? sender->email
                                                 : rubis_transport_to_label (sender->transport));
}

/* FALSE: the user did not. */
static gboolean
unlock_default (SecretService *service)
{
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_sync (
      service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, NULL);
  g_autoptr (GList) objects = NULL;

  if (collection == NULL)
    return FALSE;
  objects = g_list_prepend (NULL, collection);
  return secret_service_unlock_sync (service, objects, NULL, NULL, NULL) > 0;
}

static gboolean
secret_store_store (RubisCredentials *credentials, const RubisSender *sender, const char *name,
                    const char *secret, GError **error)
{
  RubisSecretStore *self = RUBIS_SECRET_STORE (credentials);
  g_autoptr (GHashTable) attributes = make_attributes (self, sender, name);
  g_autoptr (SecretService) service = open_service (error);
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *label = NULL;

  if (service == NULL)
    return FALSE;
  label = make_label (sender, name);
  value = secret_value_new (secret, -1, "text/plain");
  if (secret_service_store_sync (service, &schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, NULL,
                                 &failure))
    return TRUE;
  if (g_error_matches (failure, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) && unlock_default (service))
    {
      g_clear_error (&failure);
      if (secret_service_store_sync (service, &schema, attributes, SECRET_COLLECTION_DEFAULT, label, value,
                                     NULL, &failure))
        return TRUE;
    }
  set_failure (g_steal_pointer (&failure), error);
  return FALSE;
}

static gboolean
secret_store_clear (RubisCredentials *credentials, const RubisSender *sender, GError **error)
{
  RubisSecretStore *self = RUBIS_SECRET_STORE (credentials);
  g_autoptr (GHashTable) attributes = make_attributes (self, sender, NULL);
  g_autoptr (SecretService) service = open_service (error);
  gboolean cleared = FALSE;
  GList *items;

  if (service == NULL)
    return FALSE;
  items = find_items (service, attributes, &cleared, error);
  for (GList *item = items; cleared && item != NULL; item = item->next)
    {
      g_autoptr (GError) failure = NULL;

      cleared = !secret_item_get_locked (item->data) && secret_item_delete_sync (item->data, NULL, &failure);
      if (failure != NULL)
        set_failure (g_steal_pointer (&failure), error);
      else if (!cleared)
        set_locked (error);
    }
  free_items (items);
  return cleared;
}

/* --- Tokens ---------------------------------------------------------------------------------- */

/* A secret that may be missing: NULL without error then. */
static char *
look_up_if_any (RubisSecretStore *self, const RubisSender *sender, const char *name, GError **error)
{
  g_autoptr (GError) failure = NULL;
  char *secret = secret_store_lookup (RUBIS_CREDENTIALS (self), sender, name, &failure);

  if (failure != NULL && !g_error_matches (failure, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_MISSING))
    g_propagate_error (error, g_steal_pointer (&failure));
  return secret;
}

/* The stored access token: "seconds-since-1970 token". NULL when there is none that still serves. */
static char *
take_valid (const char *stored)
{
  char *end = NULL;
  gint64 until = stored != NULL ? g_ascii_strtoll (stored, &end, 10) : 0;

  if (stored == NULL || *end != ' ' || until < g_get_real_time () / G_USEC_PER_SEC + MARGIN)
    return NULL;
  return g_strdup (end + 1);
}

static char *
renew (RubisSecretStore *self, const RubisSender *sender, const char *refresh_token,
       GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisOauthProvider) provider = rubis_oauth_provider_find (sender, cancellable, error);
  g_autoptr (RubisOauthTokens) tokens = NULL;
  g_autoptr (GError) failure = NULL;
  char *client_secret = NULL;

  if (provider == NULL)
    return NULL;
  client_secret = look_up_if_any (self, sender, RUBIS_SECRET_CLIENT, &failure);
  if (failure == NULL)
    tokens = rubis_oauth_renew (provider, sender, client_secret, refresh_token, cancellable, &failure);
  rubis_secret_free (client_secret);
  if (tokens == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (!rubis_oauth_keep (RUBIS_CREDENTIALS (self), sender, tokens, error))
    return NULL;
  return g_strdup (tokens->access_token);
}

/* The refresh token that another program stored in place of @used, a moment ago or within one. */
static char *
look_for_newer (RubisSecretStore *self, const RubisSender *sender, const char *used)
{
  for (int i = 0; i < 2; i++)
    {
      char *now = look_up_if_any (self, sender, RUBIS_SECRET_REFRESH_TOKEN, NULL);

      if (now != NULL && !g_str_equal (now, used))
        return now;
      rubis_secret_free (now);
      if (i == 0)
        g_usleep (G_USEC_PER_SEC);
    }
  return NULL;
}

/* Another program may have used the refresh token, which serves once. */
static char *
renew_or_take (RubisSecretStore *self, const RubisSender *sender, GCancellable *cancellable, GError **error)
{
  char *used = secret_store_lookup (RUBIS_CREDENTIALS (self), sender, RUBIS_SECRET_REFRESH_TOKEN, error);
  g_autoptr (GError) failure = NULL;
  char *newer = NULL;
  char *token;

  if (used == NULL)
    return NULL;
  token = renew (self, sender, used, cancellable, &failure);
  if (g_error_matches (failure, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_REVOKED))
    newer = look_for_newer (self, sender, used);
  if (newer != NULL)
    {
      g_clear_error (&failure);
      token = renew (self, sender, newer, cancellable, &failure);
    }
  rubis_secret_free (used);
  rubis_secret_free (newer);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return token;
}

/* A token that the user made at the provider and typed; it never ends. These providers give none. */
static char *
look_up_typed (RubisSecretStore *self, const RubisSender *sender, GError **error)
{
  if (sender->transport != RUBIS_TRANSPORT_GRAPH && sender->transport != RUBIS_TRANSPORT_GMAIL)
    return secret_store_lookup (RUBIS_CREDENTIALS (self), sender, RUBIS_SECRET_PASSWORD, error);
  set_missing (sender, RUBIS_SECRET_REFRESH_TOKEN, error);
  return NULL;
}

/* A sender without an application of its own has a token that the user typed. */
static char *
secret_store_get_bearer (RubisCredentials *credentials, const RubisSender *sender, gboolean renew_token,
                         GCancellable *cancellable, GError **error)
{
  RubisSecretStore *self = RUBIS_SECRET_STORE (credentials);
  g_autoptr (GError) failure = NULL;
  char *stored;
  char *token = NULL;

  if (*sender->client_id == '\0')
    return look_up_typed (self, sender, error);
  g_mutex_lock (&self->renewal);
  if (!renew_token)
    {
      stored = look_up_if_any (self, sender, RUBIS_SECRET_ACCESS_TOKEN, &failure);
      token = take_valid (stored);
      rubis_secret_free (stored);
    }
  if (token == NULL && failure == NULL)
    token = renew_or_take (self, sender, cancellable, &failure);
  g_mutex_unlock (&self->renewal);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return token;
}

static void
rubis_secret_store_finalize (GObject *object)
{
  RubisSecretStore *self = RUBIS_SECRET_STORE (object);

  g_free (self->dossier_id);
  g_mutex_clear (&self->renewal);
  G_OBJECT_CLASS (rubis_secret_store_parent_class)->finalize (object);
}

static void
rubis_secret_store_class_init (RubisSecretStoreClass *klass)
{
  RubisCredentialsClass *credentials_class = RUBIS_CREDENTIALS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_secret_store_finalize;
  credentials_class->lookup = secret_store_lookup;
  credentials_class->store = secret_store_store;
  credentials_class->clear = secret_store_clear;
  credentials_class->get_bearer = secret_store_get_bearer;
}

static void
rubis_secret_store_init (RubisSecretStore *self)
{
  g_mutex_init (&self->renewal);
}

RubisCredentials *
rubis_secret_store_new (const char *dossier_id)
{
  RubisSecretStore *self = g_object_new (RUBIS_TYPE_SECRET_STORE, NULL);

  self->dossier_id = g_strdup (dossier_id);
  return RUBIS_CREDENTIALS (self);
}
