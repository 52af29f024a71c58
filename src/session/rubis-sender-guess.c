/* Settings of known mail providers. */
#include "rubis-senders.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-policies-resource.h"
#include "rubis-session-edits-private.h"

static const struct
{
  const char *id;
  const char *text; /* untranslated; %s: the provider */
} advices[] = {
  { "app-password",
    N_ ("%s takes an app password from programs: create one in the security settings of the account "
        "and enter it instead of the usual password.") },
  { "registration",
    N_ ("%s lets you sign in in the browser; your company registers an application there once and "
        "enters its application (client) ID here.") },
  { "switch-on",
    N_ ("%s lets programs send and read only after this was switched on in the settings of the account, "
        "on its web site.") },
  { "token",
    N_ ("%s takes an API token with access to email from programs: create one in the security settings of "
        "the account and enter it as the password.") },
  { "bridge",
    N_ ("%s is reached through Proton Mail Bridge, which must run on this computer: user name and password "
        "are those that Bridge shows.") },
};

static GKeyFile *
load_table (void)
{
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (rubis_policies_get_resource (), "/fr/rubis/data/mail-providers.ini", 0, NULL);
  GKeyFile *table = g_key_file_new ();

  g_key_file_load_from_bytes (table, bytes, G_KEY_FILE_NONE, NULL);
  return table;
}

static gboolean
has_suffix (const char *text, const char *suffix)
{
  gsize n = strlen (text);
  gsize n_suffix = strlen (suffix);

  return n >= n_suffix && g_ascii_strcasecmp (text + n - n_suffix, suffix) == 0;
}

/* Whether the list under @key names @host: as a whole, or by an end that begins with a point. */
static gboolean
names (GKeyFile *table, const char *group, const char *key, const char *host)
{
  g_auto (GStrv) list = g_key_file_get_string_list (table, group, key, NULL, NULL);

  for (int i = 0; list != NULL && list[i] != NULL; i++)
    {
      if (*list[i] == '.' ? has_suffix (host, list[i]) : g_ascii_strcasecmp (host, list[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (nullable) */
static char *
find_group (GKeyFile *table, const char *key, const char *host)
{
  g_auto (GStrv) groups = g_key_file_get_groups (table, NULL);

  for (int i = 0; groups[i] != NULL; i++)
    {
      if (names (table, groups[i], key, host))
        return g_strdup (groups[i]);
    }
  return NULL;
}

/* "" when there is none. */
static char *
get_text (GKeyFile *table, const char *group, const char *key)
{
  char *text = g_key_file_get_string (table, group, key, NULL);

  return text != NULL ? text : g_strdup ("");
}

static RubisSecurity
get_security (GKeyFile *table, const char *group, const char *key)
{
  g_autofree char *id = get_text (table, group, key);
  RubisSecurity security = RUBIS_SECURITY_TLS;

  rubis_security_from_id (id, &security);
  return security;
}

static RubisSender *
make_sender (GKeyFile *table, const char *group, const char *email)
{
  g_autofree char *transport = get_text (table, group, "transport");
  g_autofree char *server = get_text (table, group, "server");
  g_autofree char *imap_server = get_text (table, group, "imap_server");
  g_autofree char *user = get_text (table, group, "user");
  g_autofree char *auth = get_text (table, group, "auth");
  RubisTransportKind kind = RUBIS_TRANSPORT_SMTP;
  RubisSender *sender;

  rubis_transport_from_id (transport, &kind);
  sender = rubis_sender_new (kind);
  rubis_sender_set (sender, name, email);
  rubis_sender_set (sender, email, email);
  rubis_sender_set (sender, server, server);
  rubis_sender_set (sender, imap_server, imap_server);
  rubis_auth_from_id (auth, &sender->auth);
  sender->port = g_key_file_get_integer (table, group, "port", NULL);
  sender->security = get_security (table, group, "security");
  sender->imap_port = g_key_file_get_integer (table, group, "imap_port", NULL);
  sender->imap_security = get_security (table, group, "imap_security");
  if (g_str_equal (user, "local"))
    {
      g_free (sender->user);
      sender->user = g_strndup (email, (gsize)(strchr (email, '@') - email));
    }
  return sender;
}

/* NULL: no address. */
static const char *
find_domain (const char *email)
{
  const char *at = strrchr (email, '@');

  return at != NULL && at != email && rubis_session_check_email (email, NULL) ? at + 1 : NULL;
}

RubisSender *
rubis_sender_guess (const char *email)
{
  const char *domain = find_domain (email);
  g_autoptr (GKeyFile) table = NULL;
  g_autofree char *group = NULL;

  if (domain == NULL)
    return NULL;
  table = load_table ();
  group = find_group (table, "domains", domain);
  if (group == NULL)
    group = find_group (table, "suffix", domain);
  return group != NULL ? make_sender (table, group, email) : NULL;
}

/* The name of an exchanger, without the point that ends it in the DNS. */
static char *
dup_exchanger (GVariant *record)
{
  guint16 preference;
  const char *name;
  char *exchanger;

  g_variant_get (record, "(q&s)", &preference, &name);
  exchanger = g_strdup (name);
  if (g_str_has_suffix (exchanger, "."))
    exchanger[strlen (exchanger) - 1] = '\0';
  return exchanger;
}

static void
free_records (GList *records)
{
  g_list_free_full (records, (GDestroyNotify)g_variant_unref);
}

RubisSender *
rubis_sender_guess_online (const char *email, GCancellable *cancellable, GError **error)
{
  RubisSender *sender = rubis_sender_guess (email);
  const char *domain = find_domain (email);
  g_autoptr (GResolver) resolver = NULL;
  g_autoptr (GKeyFile) table = NULL;
  g_autoptr (GError) failure = NULL;
  GList *records;

  if (sender != NULL || !rubis_session_check_email (email, error) || domain == NULL)
    return sender;
  table = load_table ();
  resolver = g_resolver_get_default ();
  records = g_resolver_lookup_records (resolver, domain, G_RESOLVER_RECORD_MX, cancellable, &failure);
  for (GList *record = records; sender == NULL && record != NULL; record = record->next)
    {
      g_autofree char *exchanger = dup_exchanger (record->data);
      g_autofree char *group = find_group (table, "mx", exchanger);

      sender = group != NULL ? make_sender (table, group, email) : NULL;
    }
  free_records (records);
  if (failure != NULL && !g_error_matches (failure, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE,
                 _ ("The network could not be asked who carries the mail of %s: %s"), domain,
                 failure->message);
  return sender;
}

/* The group whose servers @sender uses. (transfer full) (nullable) */
static char *
find_group_of (GKeyFile *table, const RubisSender *sender)
{
  g_auto (GStrv) groups = g_key_file_get_groups (table, NULL);

  for (int i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *transport = get_text (table, groups[i], "transport");
      g_autofree char *server = get_text (table, groups[i], "server");

      if (g_str_equal (transport, rubis_transport_to_id (sender->transport))
          && g_ascii_strcasecmp (server, sender->server) == 0
          && (sender->port == 0 || sender->port == g_key_file_get_integer (table, groups[i], "port", NULL)
              || !g_key_file_has_key (table, groups[i], "port", NULL)))
        return g_strdup (groups[i]);
    }
  return NULL;
}

char *
rubis_sender_dup_advice (const RubisSender *sender)
{
  g_autoptr (GKeyFile) table = load_table ();
  g_autofree char *group = find_group_of (table, sender);
  g_autofree char *advice = group != NULL ? get_text (table, group, "advice") : NULL;

  for (gsize i = 0; advice != NULL && i < G_N_ELEMENTS (advices); i++)
    {
      g_autoptr (GString) text = NULL;

      if (!g_str_equal (advices[i].id, advice))
        continue;
      text = g_string_new (_ (advices[i].text));
      g_string_replace (text, "%s", group, 1);
      return g_strdup (text->str);
    }
  return NULL;
}
