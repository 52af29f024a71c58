/* rubis-oauth.h: leave to send, given by the user in a browser instead of a password.
 *
 * Authorization code with PKCE over a loopback address (RFC 6749, 7636, 8252), device code (RFC 8628),
 * renewal. Rubis has no application of its own at any provider: the company registers one and gives its
 * client id. Calls block; tokens are wiped when they are freed.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-credentials.h"
#include "rubis-sender.h"

G_BEGIN_DECLS

#define RUBIS_OAUTH_ERROR (rubis_oauth_error_quark ())
typedef enum
{
  RUBIS_OAUTH_ERROR_CLIENT,  /* no client id, or the provider does not accept it; the text says where to get
                                one */
  RUBIS_OAUTH_ERROR_DENIED,  /* the user, or the company's administrator, said no */
  RUBIS_OAUTH_ERROR_EXPIRED, /* nobody signed in in time */
  RUBIS_OAUTH_ERROR_SERVER,  /* no answer, or not one of the protocol */
} RubisOauthError;
GQuark rubis_oauth_error_quark (void);

/* Where to sign in and what to ask for. Strings are never NULL. */
typedef struct
{
  char *label;     /* "Microsoft" */
  char *issuer;    /* compared with what comes back; "": not known */
  char *authorize; /* address */
  char *token;
  char *device; /* "": codes are not offered */
  char *scope;
  char *extra;         /* further parameters of the address, "a=b&c=d" */
  char *redirect_host; /* "127.0.0.1" or "localhost", as the provider wants it */
  char *registration;  /* where an application is registered */
} RubisOauthProvider;

/* From the shipped table, by transport and server; else asked from the server that @sender's service names
 * (RFC 8414, OpenID). RUBIS_OAUTH_ERROR_CLIENT when it is not known where to sign in.
 */
RubisOauthProvider *rubis_oauth_provider_find (const RubisSender *sender, GCancellable *cancellable,
                                               GError **error);
void rubis_oauth_provider_free (RubisOauthProvider *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisOauthProvider, rubis_oauth_provider_free)

typedef struct
{
  char *access_token;
  char *refresh_token; /* (nullable) none came */
  gint64 expires_at;   /* seconds since 1970 */
} RubisOauthTokens;
void rubis_oauth_tokens_free (RubisOauthTokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisOauthTokens, rubis_oauth_tokens_free)

/* BASE64URL(SHA256(@verifier)), RFC 7636. (transfer full) */
char *rubis_oauth_make_challenge (const char *verifier);

/* Opens an address in the user's browser; FALSE: could not. */
typedef gboolean (*RubisOauthOpenFunc) (const char *uri, gpointer user_data);
/* @seconds: to wait for the user. RUBIS_OAUTH_ERROR, G_IO_ERROR_CANCELLED. @client_secret: (nullable) */
RubisOauthTokens *rubis_oauth_authorize (const RubisOauthProvider *provider, const RubisSender *sender,
                                         const char *client_secret, guint seconds, RubisOauthOpenFunc open,
                                         gpointer user_data, GCancellable *cancellable, GError **error);

/* Called once with what the user types, and where. */
typedef void (*RubisOauthShowFunc) (const char *code, const char *uri, gpointer user_data);
RubisOauthTokens *rubis_oauth_authorize_device (const RubisOauthProvider *provider, const RubisSender *sender,
                                                const char *client_secret, RubisOauthShowFunc show,
                                                gpointer user_data, GCancellable *cancellable,
                                                GError **error);

/* RUBIS_CREDENTIALS_ERROR_REVOKED when the user has to sign in again, _OFFLINE when it could not be asked.
 * The tokens have the old refresh token when no new one came.
 */
RubisOauthTokens *rubis_oauth_renew (const RubisOauthProvider *provider, const RubisSender *sender,
                                     const char *client_secret, const char *refresh_token,
                                     GCancellable *cancellable, GError **error);

/* Stores them, the refresh token first: it may serve only once. */
gboolean rubis_oauth_keep (RubisCredentials *credentials, const RubisSender *sender,
                           const RubisOauthTokens *tokens, GError **error);

G_END_DECLS
