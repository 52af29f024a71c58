/* The secrets of senders: never in the dossier, only the name under which the keyring has them. */
#include "rubis-senders-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-import-preview.h"
#include "rubis-oauth.h"
#include "rubis-secret-store.h"
#include "rubis-session-private.h"
#include "rubis-store-senders.h"
#include "rubis-store-settings.h"

#define DOSSIER_ID "dossier.id"
#define MAX_SECRET 16384
/* The user reads, finds a phone for the second factor, types. */
#define SIGN_IN_SECONDS 600

static G_DEFINE_QUARK (rubis - session - credentials, credentials)

    /* --- The name of the dossier ------------------------------------------------------------------ */

    /* Within a transaction. */
    static char *read_or_make_id (RubisDatabase *db, GError **error)
{
  g_autofree char *id = rubis_store_get_setting (db, DOSSIER_ID, error);

  if (id == NULL || *id != '\0')
    return g_steal_pointer (&id);
  g_free (id);
  id = g_uuid_string_random ();
  return rubis_store_set_setting (db, DOSSIER_ID, id, error) ? g_steal_pointer (&id) : NULL;
}

char *
rubis_session_ensure_dossier_id (RubisSession *self, GError **error)
{
  RubisStore *store;
  char *id = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  store = rubis_session_lock (self);
  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else if (rubis_store_begin (store, error))
    {
      id = read_or_make_id (rubis_store_get_database (store), error);
      if (id == NULL)
        rubis_store_rollback (store);
      else if (!rubis_store_commit (store, error))
        g_clear_pointer (&id, g_free);
    }
  rubis_session_unlock (self);
  return id;
}

/* --- Credentials ------------------------------------------------------------------------------ */

void
rubis_session_set_credentials (RubisSession *self, RubisCredentials *credentials)
{
  g_return_if_fail (RUBIS_IS_SESSION (self));

  g_object_set_qdata_full (G_OBJECT (self), credentials_quark (),
                           credentials != NULL ? g_object_ref (credentials) : NULL, g_object_unref);
}

RubisCredentials *
rubis_session_get_credentials (RubisSession *self, GError **error)
{
  static GMutex mutex;
  RubisCredentials *credentials;
  g_autofree char *id = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  g_mutex_lock (&mutex);
  credentials = g_object_get_qdata (G_OBJECT (self), credentials_quark ());
  if (credentials != NULL)
    g_object_ref (credentials);
  else if ((id = rubis_session_ensure_dossier_id (self, error)) != NULL)
    {
      credentials = rubis_secret_store_new (id);
      rubis_session_set_credentials (self, credentials);
    }
  g_mutex_unlock (&mutex);
  return credentials;
}

/* What it waited for (a password, a sign-in) may have come: it may send again. */
static gboolean
stop_waiting (RubisSession *self, const RubisSender *sender, GError **error)
{
  RubisStore *store = rubis_session_lock (self);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else if (rubis_store_begin (store, error))
    {
      done = rubis_store_set_sender_wait (rubis_store_get_database (store), sender->id, 0, "", error);
      if (!done)
        rubis_store_rollback (store);
      else
        done = rubis_store_commit (store, error);
    }
  rubis_session_unlock (self);
  if (done)
    rubis_session_mark_changed (self);
  return done;
}

/* Under the id 0 any new sender would find it. */
static gboolean
check_stored (const RubisSender *sender, GError **error)
{
  if (sender->id != 0)
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("Save the sender “%s” before its password."), sender->name);
  return FALSE;
}

gboolean
rubis_session_store_secret (RubisSession *self, const RubisSender *sender, const char *name,
                            const char *secret, GError **error)
{
  g_autoptr (RubisCredentials) credentials = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && sender != NULL && name != NULL && secret != NULL, FALSE);

  if (!check_stored (sender, error))
    return FALSE;
  if (*secret == '\0' || strlen (secret) > MAX_SECRET || strpbrk (secret, "\r\n") != NULL
      || !g_utf8_validate (secret, -1, NULL))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("A password or key is one line of text that is not empty."));
      return FALSE;
    }
  credentials = rubis_session_get_credentials (self, error);
  return credentials != NULL && rubis_credentials_store (credentials, sender, name, secret, error)
         && stop_waiting (self, sender, error);
}

gboolean
rubis_session_has_secret (RubisSession *self, const RubisSender *sender, const char *name, GError **error)
{
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (GError) failure = NULL;
  char *secret;
  gboolean has;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && sender != NULL && name != NULL, FALSE);

  if (sender->id == 0)
    return FALSE;
  credentials = rubis_session_get_credentials (self, error);
  if (credentials == NULL)
    return FALSE;
  secret = rubis_credentials_lookup (credentials, sender, name, &failure);
  has = secret != NULL;
  rubis_secret_free (secret);
  if (failure != NULL && !g_error_matches (failure, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_MISSING))
    g_propagate_error (error, g_steal_pointer (&failure));
  return has;
}

gboolean
rubis_session_forget_secrets (RubisSession *self, const RubisSender *sender, GError **error)
{
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (GError) failure = NULL;

  if (sender->auth == RUBIS_AUTH_NONE && *sender->imap_server == '\0')
    return TRUE;
  credentials = rubis_session_get_credentials (self, error);
  if (credentials == NULL)
    return FALSE;
  if (rubis_credentials_clear (credentials, sender, &failure)
      || g_error_matches (failure, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_NO_SERVICE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

RubisTransport *
rubis_session_open_transport (RubisSession *self, const RubisSender *sender, GError **error)
{
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisSender) copy = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && sender != NULL, NULL);

  credentials = rubis_session_get_credentials (self, error);
  if (credentials == NULL)
    return NULL;
  copy = rubis_sender_copy (sender);
  if (*copy->folder == '\0')
    {
      g_free (copy->folder);
      copy->folder = rubis_session_get_outgoing_folder (self);
    }
  return rubis_transport_new (copy, credentials, error);
}

/* --- Signing in ------------------------------------------------------------------------------- */

typedef struct
{
  RubisOauthProvider *provider;  /* (owned) */
  RubisCredentials *credentials; /* (owned) */
  char *client_secret;           /* (owned) (nullable) */
} SignIn;

static void
sign_in_clear (SignIn *self)
{
  rubis_oauth_provider_free (self->provider);
  g_clear_object (&self->credentials);
  rubis_secret_free (self->client_secret);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, sign_in_clear)

/* The keyring is asked first: a sign-in whose tokens cannot be kept would be in vain. */
static gboolean
prepare (RubisSession *self, const RubisSender *sender, SignIn *sign_in, GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!check_stored (sender, error))
    return FALSE;
  if (sender->auth != RUBIS_AUTH_OAUTH)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("“%s” logs in with a password: there is nothing to sign in for in a browser."),
                   sender->name);
      return FALSE;
    }
  sign_in->credentials = rubis_session_get_credentials (self, error);
  if (sign_in->credentials == NULL)
    return FALSE;
  sign_in->client_secret
      = rubis_credentials_lookup (sign_in->credentials, sender, RUBIS_SECRET_CLIENT, &failure);
  if (failure != NULL && !g_error_matches (failure, RUBIS_CREDENTIALS_ERROR, RUBIS_CREDENTIALS_ERROR_MISSING))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  sign_in->provider = rubis_oauth_provider_find (sender, cancellable, error);
  return sign_in->provider != NULL;
}

/* @tokens: (transfer full) (nullable) */
static gboolean
keep (RubisSession *self, const RubisSender *sender, SignIn *sign_in, RubisOauthTokens *tokens,
      GError **error)
{
  g_autoptr (RubisOauthTokens) owned = tokens;

  return tokens != NULL && rubis_oauth_keep (sign_in->credentials, sender, tokens, error)
         && stop_waiting (self, sender, error);
}

/* An application that is missing or wrong is a setting to mend. */
static gboolean
finish (gboolean done, GError *failure, GError **error)
{
  g_autoptr (GError) owned = failure;

  if (g_error_matches (failure, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT))
    g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, failure->message);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&owned));
  return done;
}

gboolean
rubis_session_authorize_sender (RubisSession *self, const RubisSender *sender, RubisOpenUriFunc open,
                                gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_auto (SignIn) sign_in = { 0 };
  GError *failure = NULL;
  gboolean done;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && sender != NULL && open != NULL, FALSE);

  done = prepare (self, sender, &sign_in, cancellable, &failure)
         && keep (self, sender, &sign_in,
                  rubis_oauth_authorize (sign_in.provider, sender, sign_in.client_secret, SIGN_IN_SECONDS,
                                         open, user_data, cancellable, &failure),
                  &failure);
  return finish (done, failure, error);
}

gboolean
rubis_session_authorize_by_code (RubisSession *self, const RubisSender *sender, RubisShowCodeFunc show,
                                 gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_auto (SignIn) sign_in = { 0 };
  GError *failure = NULL;
  gboolean done;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && sender != NULL && show != NULL, FALSE);

  done = prepare (self, sender, &sign_in, cancellable, &failure)
         && keep (self, sender, &sign_in,
                  rubis_oauth_authorize_device (sign_in.provider, sender, sign_in.client_secret, show,
                                                user_data, cancellable, &failure),
                  &failure);
  return finish (done, failure, error);
}
