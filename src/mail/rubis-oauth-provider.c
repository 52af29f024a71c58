/* Where users sign in. */
#include "rubis-oauth-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-mail-resource.h"

#define TIMEOUT 30

/* Of a server that tells what may be asked for, these are. */
static const char *const wanted_scopes[] = { "offline_access",
                                             "openid",
                                             "email",
                                             "mail",
                                             "urn:ietf:params:jmap:core",
                                             "urn:ietf:params:jmap:mail",
                                             "urn:ietf:params:jmap:submission",
                                             NULL };

void
rubis_oauth_provider_free (RubisOauthProvider *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->issuer);
  g_free (self->authorize);
  g_free (self->token);
  g_free (self->device);
  g_free (self->scope);
  g_free (self->extra);
  g_free (self->redirect_host);
  g_free (self->registration);
  g_free (self);
}

static GKeyFile *
load_table (void)
{
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (rubis_mail_get_resource (), "/fr/rubis/mail/oauth-providers.ini", 0, NULL);
  GKeyFile *table = g_key_file_new ();

  g_key_file_load_from_bytes (table, bytes, G_KEY_FILE_NONE, NULL);
  return table;
}

static gboolean
has_host (GKeyFile *table, const char *group, const char *host)
{
  g_auto (GStrv) hosts = g_key_file_get_string_list (table, group, "hosts", NULL, NULL);

  for (int i = 0; hosts != NULL && hosts[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (hosts[i], host) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The group of the table that serves @sender. (transfer full) (nullable) */
static char *
find_group (GKeyFile *table, const RubisSender *sender)
{
  g_auto (GStrv) groups = g_key_file_get_groups (table, NULL);

  for (int i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *transport = g_key_file_get_string (table, groups[i], "transport", NULL);

      if (g_str_equal (transport, rubis_transport_to_id (sender->transport))
          || has_host (table, groups[i], sender->server))
        return g_strdup (groups[i]);
    }
  return NULL;
}

/* "" when there is none. */
static char *
get_text (GKeyFile *table, const char *group, const char *key, const char *tenant)
{
  g_autofree char *text = group != NULL ? g_key_file_get_string (table, group, key, NULL) : NULL;
  GString *filled = g_string_new (text);

  g_string_replace (filled, "{tenant}", tenant, 0);
  return g_string_free (filled, FALSE);
}

static char *
get_scope (GKeyFile *table, const char *group, const RubisSender *sender)
{
  g_autofree char *key = g_strconcat ("scope.", rubis_transport_to_id (sender->transport), NULL);

  return get_text (table, group, key, "");
}

static gboolean
is_tenant (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.')
        return FALSE;
    }
  return *text != '\0';
}

static RubisOauthProvider *
make_from_table (GKeyFile *table, const char *group, const RubisSender *sender, GError **error)
{
  const char *tenant = *sender->service != '\0' ? sender->service : "common";
  RubisOauthProvider *provider;

  if (!is_tenant (tenant))
    {
      g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT,
                   _ ("“%s” is no name of an organisation: write its domain or its id, or nothing."), tenant);
      return NULL;
    }
  provider = g_new0 (RubisOauthProvider, 1);
  provider->label = get_text (table, group, "label", tenant);
  provider->issuer = g_strdup ("");
  provider->authorize = get_text (table, group, "authorize", tenant);
  provider->token = get_text (table, group, "token", tenant);
  provider->device = get_text (table, group, "device", tenant);
  provider->scope = get_scope (table, group, sender);
  provider->extra = get_text (table, group, "extra", tenant);
  provider->redirect_host = get_text (table, group, "redirect", tenant);
  provider->registration = get_text (table, group, "registration", tenant);
  return provider;
}

/* --- Servers that describe themselves -------------------------------------------------------- */

/* RFC 8414: the well-known part stands between the host and the path of the issuer; OpenID puts it last. */
static char *
make_well_known (const char *issuer, gboolean openid)
{
  g_autofree char *plain = g_strdup (issuer);
  const char *path;

  while (g_str_has_suffix (plain, "/"))
    plain[strlen (plain) - 1] = '\0';
  if (openid)
    return g_strconcat (plain, "/.well-known/openid-configuration", NULL);
  path = strchr (strstr (plain, "://") + 3, '/');
  return g_strdup_printf ("%.*s/.well-known/oauth-authorization-server%s",
                          (int)(path != NULL ? path - plain : (gssize)strlen (plain)), plain,
                          path != NULL ? path : "");
}

/* NULL: no description there. @reason: (out) why */
static RubisJsonAnswer *
fetch_description (const char *issuer, gboolean openid, char **reason, GCancellable *cancellable)
{
  g_autofree char *url = make_well_known (issuer, openid);
  g_autoptr (RubisHttp) http = rubis_http_new (TIMEOUT, NULL);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("GET", url);
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) answer = NULL;

  request->redirects = TRUE;
  response = rubis_http_send (http, request, cancellable);
  answer = rubis_json_answer_new (response->body);
  g_free (*reason);
  *reason = response->outcome == RUBIS_HTTP_ANSWERED ? g_strdup_printf (_ ("status %u"), response->status)
                                                     : g_strdup (response->reason);
  if (response->outcome != RUBIS_HTTP_ANSWERED || response->status != 200
      || !rubis_json_answer_has (answer, "token_endpoint")
      || !rubis_json_answer_has (answer, "authorization_endpoint"))
    return NULL;
  return g_steal_pointer (&answer);
}

static char *
choose_scope (RubisJsonAnswer *answer)
{
  GString *scope = g_string_new (NULL);
  guint n = rubis_json_answer_get_length (answer, "scopes_supported");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("scopes_supported.%u", i);
      g_autofree char *name = rubis_json_answer_dup (answer, path);

      if (g_strv_contains (wanted_scopes, name))
        g_string_append_printf (scope, "%s%s", scope->len > 0 ? " " : "", name);
    }
  return g_string_free (scope, FALSE);
}

static RubisOauthProvider *
discover (const RubisSender *sender, const char *known_scope, GCancellable *cancellable, GError **error)
{
  const char *issuer = sender->service;
  g_autofree char *reason = NULL;
  g_autoptr (RubisJsonAnswer) answer = fetch_description (issuer, FALSE, &reason, cancellable);
  g_autoptr (GUri) uri = g_uri_parse (issuer, G_URI_FLAGS_NONE, NULL);
  RubisOauthProvider *provider;

  if (answer == NULL)
    answer = fetch_description (issuer, TRUE, &reason, cancellable);
  if (answer == NULL)
    {
      g_set_error (error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_SERVER,
                   _ ("%s does not say how to sign in: check the address in “service”. (%s)"), issuer,
                   reason);
      return NULL;
    }
  provider = g_new0 (RubisOauthProvider, 1);
  provider->label = g_strdup (g_uri_get_host (uri));
  provider->issuer = rubis_json_answer_dup (answer, "issuer");
  provider->authorize = rubis_json_answer_dup (answer, "authorization_endpoint");
  provider->token = rubis_json_answer_dup (answer, "token_endpoint");
  provider->device = rubis_json_answer_dup (answer, "device_authorization_endpoint");
  provider->scope = *known_scope != '\0' ? g_strdup (known_scope) : choose_scope (answer);
  provider->extra = g_strdup ("");
  provider->redirect_host = g_strdup ("127.0.0.1");
  provider->registration = g_strdup ("");
  return provider;
}

RubisOauthProvider *
rubis_oauth_provider_find (const RubisSender *sender, GCancellable *cancellable, GError **error)
{
  g_autoptr (GKeyFile) table = load_table ();
  g_autofree char *group = find_group (table, sender);

  if (strstr (sender->service, "://") != NULL)
    {
      g_autofree char *scope = get_scope (table, group, sender);

      return discover (sender, scope, cancellable, error);
    }
  if (group != NULL)
    return make_from_table (table, group, sender, error);
  g_set_error (
      error, RUBIS_OAUTH_ERROR, RUBIS_OAUTH_ERROR_CLIENT,
      _ ("It is not known where the users of %s sign in: write the https:// address of that server into "
         "“service”, or choose a login by password."),
      sender->server);
  return NULL;
}
