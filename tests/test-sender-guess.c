/* What an address tells of its provider, without the network and with an answer of the DNS. */
#include <string.h>

#include "rubis-import-preview.h"
#include "rubis-policies-resource.h"
#include "rubis-sender-check.h"
#include "rubis-sender-needs.h"
#include "rubis-senders.h"

/* --- A resolver that knows three domains -------------------------------------------------------- */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
  guint n_questions;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static GList *
look_up (GResolver *resolver, const char *name, GResolverRecordType type, GCancellable *cancellable,
         GError **error)
{
  static const char *const exchangers[][2] = {
    { "dupont.fr", "dupont-fr.mail.protection.outlook.com." },
    { "martin.fr", "mx1.mail.ovh.net" },
    { "durand.fr", "mail.durand.fr" },
  };

  TEST_RESOLVER (resolver)->n_questions++;
  g_assert_cmpint (type, ==, G_RESOLVER_RECORD_MX);
  for (gsize i = 0; i < G_N_ELEMENTS (exchangers); i++)
    {
      if (g_str_equal (exchangers[i][0], name))
        return g_list_prepend (NULL, g_variant_ref_sink (g_variant_new ("(qs)", 10, exchangers[i][1])));
    }
  if (g_str_equal (name, "broken.fr"))
    g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "no network");
  else
    g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such domain");
  return NULL;
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_records = look_up;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* --- Tests -------------------------------------------------------------------------------------- */

static void
test_known (void)
{
  static const struct
  {
    const char *email;
    RubisTransportKind transport;
    const char *server;
    const char *user;
    const char *advice; /* a word of it; NULL: none */
  } cases[] = {
    { "a@gmail.com", RUBIS_TRANSPORT_SMTP, "smtp.gmail.com", "", "app password" },
    { "a@Outlook.fr", RUBIS_TRANSPORT_GRAPH, "", "", "application (client) ID" },
    { "a@orange.fr", RUBIS_TRANSPORT_SMTP, "smtp.orange.fr", "", NULL },
    { "compta@free.fr", RUBIS_TRANSPORT_SMTP, "smtp.free.fr", "compta", "switched on" },
    { "a@fastmail.com", RUBIS_TRANSPORT_JMAP, "api.fastmail.com", "", "API token" },
    { "a@proton.me", RUBIS_TRANSPORT_SMTP, "127.0.0.1", "", "Bridge" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisSender) sender = rubis_sender_guess (cases[i].email);
      g_autofree char *advice = rubis_sender_dup_advice (sender);

      g_assert_cmpint (sender->transport, ==, cases[i].transport);
      g_assert_cmpstr (sender->email, ==, cases[i].email);
      g_assert_cmpstr (sender->server, ==, cases[i].server);
      g_assert_cmpstr (sender->user, ==, cases[i].user);
      g_assert_cmpint (advice != NULL, ==, cases[i].advice != NULL);
      if (advice != NULL)
        g_assert_nonnull (strstr (advice, cases[i].advice));
    }
}

static void
test_unknown (void)
{
  static const char *const emails[]
      = { "a@dupont.fr", "gmail.com", "@gmail.com", "", "a@gmail.com@x", "a b@gmail.com" };

  for (gsize i = 0; i < G_N_ELEMENTS (emails); i++)
    g_assert_null (rubis_sender_guess (emails[i]));
}

/* Each line of the table can be saved as it is, and says what it asks for. */
static void
test_table (void)
{
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (rubis_policies_get_resource (), "/fr/rubis/data/mail-providers.ini", 0, NULL);
  g_autoptr (GKeyFile) table = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) groups = NULL;

  g_assert_true (g_key_file_load_from_bytes (table, bytes, G_KEY_FILE_NONE, &error));
  groups = g_key_file_get_groups (table, NULL);
  g_assert_cmpint (g_strv_length (groups), >, 15);
  for (int i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) domains = g_key_file_get_string_list (table, groups[i], "domains", NULL, NULL);

      for (int j = 0; domains[j] != NULL; j++)
        {
          g_autofree char *email = g_strconcat ("compta@", domains[j], NULL);
          g_autoptr (RubisSender) sender = rubis_sender_guess (email);
          g_autoptr (GArray) needs = rubis_sender_list_needs (sender);
          g_autofree char *advice = rubis_sender_dup_advice (sender);

          rubis_sender_check (sender, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpint (needs->len, >, 0);
          g_assert_cmpint (advice != NULL, ==, g_key_file_has_key (table, groups[i], "advice", NULL));
        }
    }
}

/* A domain of the company's own: only the question to the network tells. */
static void
test_online (void)
{
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (RubisSender) graph = NULL;
  g_autoptr (RubisSender) ovh = NULL;
  g_autoptr (RubisSender) known = NULL;
  g_autoptr (GError) error = NULL;

  g_resolver_set_default (resolver);
  g_assert_null (rubis_sender_guess ("a@dupont.fr"));
  known = rubis_sender_guess_online ("a@gmail.com", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (TEST_RESOLVER (resolver)->n_questions, ==, 0);
  graph = rubis_sender_guess_online ("a@dupont.fr", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (graph->transport, ==, RUBIS_TRANSPORT_GRAPH);
  ovh = rubis_sender_guess_online ("a@martin.fr", NULL, &error);
  g_assert_cmpstr (ovh->server, ==, "ssl0.ovh.net");
  g_assert_cmpstr (ovh->email, ==, "a@martin.fr");
  g_assert_null (rubis_sender_guess_online ("a@durand.fr", NULL, &error));
  g_assert_null (rubis_sender_guess_online ("a@nowhere.fr", NULL, &error));
  g_assert_no_error (error);
  g_assert_null (rubis_sender_guess_online ("a@broken.fr", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE);
  g_clear_error (&error);
  g_assert_null (rubis_sender_guess_online ("nobody", NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

/* What is asked for, by transport. */
static void
test_needs (void)
{
  static const struct
  {
    RubisTransportKind transport;
    RubisAuth auth;
    const char *client_id;
    const char *names;
  } cases[] = {
    { RUBIS_TRANSPORT_FOLDER, RUBIS_AUTH_NONE, "", "" },
    { RUBIS_TRANSPORT_SMTP, RUBIS_AUTH_PASSWORD, "", "password " },
    { RUBIS_TRANSPORT_SMTP, RUBIS_AUTH_NONE, "", "" },
    { RUBIS_TRANSPORT_SMTP, RUBIS_AUTH_OAUTH, "x", "(client-secret) " },
    { RUBIS_TRANSPORT_JMAP, RUBIS_AUTH_OAUTH, "", "password " },
    { RUBIS_TRANSPORT_GRAPH, RUBIS_AUTH_OAUTH, "", "(client-secret) " },
    { RUBIS_TRANSPORT_MAILJET, RUBIS_AUTH_PASSWORD, "", "key password " },
    { RUBIS_TRANSPORT_SMS_OVH, RUBIS_AUTH_PASSWORD, "x", "password key " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisSender) sender = rubis_sender_new (cases[i].transport);
      g_autoptr (GString) names = g_string_new (NULL);
      g_autoptr (GArray) needs = NULL;

      sender->auth = cases[i].auth;
      rubis_sender_set (sender, client_id, cases[i].client_id);
      needs = rubis_sender_list_needs (sender);
      for (guint j = 0; j < needs->len; j++)
        {
          const RubisSenderNeed *need = &g_array_index (needs, RubisSenderNeed, j);

          g_string_append_printf (names, need->optional ? "(%s) " : "%s ", need->name);
        }
      g_assert_cmpstr (names->str, ==, cases[i].names);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sender-guess/known", test_known);
  g_test_add_func ("/sender-guess/unknown", test_unknown);
  g_test_add_func ("/sender-guess/table", test_table);
  g_test_add_func ("/sender-guess/online", test_online);
  g_test_add_func ("/sender-guess/needs", test_needs);
  return g_test_run ();
}
