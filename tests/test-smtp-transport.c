/* Emails through a real server: Exim, with STARTTLS or TLS and a login, into a Maildir. */
#include <string.h>

#include "rubis-test-credentials.h"
#include "rubis-test-mail.h"
#include "rubis-test.h"

static RubisTransport *
new_transport (const RubisSender *sender, RubisCredentials *credentials)
{
  g_autoptr (GError) error = NULL;
  RubisTransport *transport = rubis_transport_new (sender, credentials, &error);

  g_assert_no_error (error);
  return transport;
}

static void
assert_fate (RubisDelivery *delivery, RubisFate fate, gboolean sender_wide, const char *words)
{
  if (words == NULL)
    g_assert_cmpstr (delivery->reason, ==, "");
  else if (strstr (delivery->reason, words) == NULL)
    g_error ("“%s” does not say “%s”", delivery->reason, words);
  g_assert_cmpstr (rubis_fate_to_id (delivery->fate), ==, rubis_fate_to_id (fate));
  g_assert_cmpint (delivery->sender_wide, ==, sender_wide);
  g_assert_null (strstr (delivery->reason, "Motdepasse"));
  g_assert_null (strstr (delivery->answer, "Motdepasse"));
  g_assert_null (strstr (delivery->answer, "334"));
  g_assert_null (strstr (delivery->answer, "235"));
}

static char *
parse_mail (GBytes *message)
{
  g_autofree char *script
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "tests", "read-message.py", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                              "python3", script, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, message, NULL, &output, NULL, &error));
  g_assert_true (g_subprocess_get_successful (process));
  return g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

static JsonObject *
parse (GBytes *message)
{
  g_autofree char *json = parse_mail (message);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static char *
dup_body (JsonObject *message)
{
  return json_to_string (json_object_get_member (message, "body"), FALSE);
}

/* What came is what was handed over, byte for byte, below the trace of its way. */
static void
assert_received (const char *path, const RubisParcel *parcel)
{
  g_autofree char *stored = NULL;
  g_autoptr (GString) sent = g_string_new_len (g_bytes_get_data (parcel->content, NULL),
                                               (gssize)g_bytes_get_size (parcel->content));
  g_autoptr (GString) came = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) received = NULL;
  g_autoptr (JsonObject) wanted = parse (parcel->content);
  g_autofree char *received_body = NULL;
  g_autofree char *wanted_body = dup_body (wanted);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &stored, NULL, &error);
  g_assert_no_error (error);
  /* A Maildir keeps lines as files do. */
  g_string_replace (sent, "\r\n", "\n", 0);
  g_assert_true (g_str_has_suffix (stored, sent->str));
  g_assert_nonnull (strstr (stored, "esmtpsa"));
  came = g_string_new (stored);
  g_string_replace (came, "\n", "\r\n", 0);
  bytes = g_bytes_new (came->str, came->len);
  received = parse (bytes);
  received_body = dup_body (received);
  g_assert_cmpstr (received_body, ==, wanted_body);
  g_assert_nonnull (strstr (received_body, "Reste dû : 1\u202f234,56\u00a0€"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (received, "defects")), ==, 0);
}

static char *
get_maildir (RubisTestServer *exim, const char *user)
{
  return g_build_filename (rubis_test_server_get_string (exim, "mail"), user, "Maildir", NULL);
}

static void
test_received (gconstpointer data)
{
  gboolean tls = GPOINTER_TO_INT (data);
  g_autoptr (RubisTestServer) exim
      = rubis_test_server_new ("exim.py", "--tls", tls ? "implicit" : "starttls", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", "c0ffee.1");
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *maildir = NULL;

  if (exim == NULL)
    return;
  sender = rubis_test_mail_new_sender (exim);
  sender->security = tls ? RUBIS_SECURITY_TLS : RUBIS_SECURITY_STARTTLS;
  credentials = rubis_test_mail_new_credentials (exim);
  delivery = rubis_test_mail_send (sender, credentials, parcel);
  assert_fate (delivery, RUBIS_FATE_SENT, FALSE, NULL);
  g_assert_true (g_str_has_prefix (delivery->answer, "250 OK id="));
  maildir = get_maildir (exim, "alice");
  files = rubis_test_mail_wait_for_files (maildir, "new", 1);
  assert_received (g_ptr_array_index (files, 0), parcel);
}

static void
test_recipients (void)
{
  g_autoptr (RubisTestServer) exim = rubis_test_server_new ("exim.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autofree char *alice = NULL;
  g_autofree char *bob = NULL;
  static const struct
  {
    const char *to;
    RubisFate fate;
    const char *words;
  } cases[] = {
    { "refused@example.test", RUBIS_FATE_REFUSED,
      "The address “refused@example.test” is refused: correct it in the contacts of the account. The mail "
      "server says: 550 5.1.1 The mailbox of refused is unknown here" },
    { "later@example.test", RUBIS_FATE_NOT_SENT,
      "“later@example.test” cannot be written to just now, it is tried again later: 451 4.2.1" },
    /* One refused: nobody gets it. */
    { "bob@example.test, refused@example.test", RUBIS_FATE_REFUSED, "“refused@example.test” is refused" },
    { "later@example.test;bob@example.test", RUBIS_FATE_NOT_SENT, "“later@example.test” cannot" },
    { "bob@example.test\r\nRCPT TO:<alice@example.test>", RUBIS_FATE_REFUSED, "is not an email address" },
    { "bob", RUBIS_FATE_REFUSED, "“bob” is not an email address to write to" },
    { "", RUBIS_FATE_REFUSED, "“” is not an email address to write to" },
    { "alice@example.test, bob@example.test", RUBIS_FATE_SENT, NULL },
  };

  if (exim == NULL)
    return;
  sender = rubis_test_mail_new_sender (exim);
  credentials = rubis_test_mail_new_credentials (exim);
  transport = new_transport (sender, credentials);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel (cases[i].to, "c0ffee.2");
      g_autoptr (RubisDelivery) delivery = rubis_transport_send (transport, parcel, NULL);

      assert_fate (delivery, cases[i].fate, FALSE, cases[i].words);
    }
  alice = get_maildir (exim, "alice");
  bob = get_maildir (exim, "bob");
  g_ptr_array_unref (rubis_test_mail_wait_for_files (alice, "new", 1));
  g_ptr_array_unref (rubis_test_mail_wait_for_files (bob, "new", 1));
}

static void
test_password (void)
{
  g_autoptr (RubisTestServer) exim = rubis_test_server_new ("exim.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) wrong
      = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "Motdepasse-faux", NULL);
  g_autoptr (RubisCredentials) none = rubis_test_credentials_new ("other", "x", NULL);
  g_autoptr (RubisCredentials) right = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", "c0ffee.3");
  g_autoptr (RubisDelivery) refused = NULL;
  g_autoptr (RubisDelivery) missing = NULL;
  g_autoptr (RubisDelivery) sent = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *maildir = NULL;

  if (exim == NULL)
    return;
  sender = rubis_test_mail_new_sender (exim);
  transport = new_transport (sender, wrong);
  g_assert_false (rubis_transport_test (transport, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN);
  refused = rubis_transport_send (transport, parcel, NULL);
  assert_fate (refused, RUBIS_FATE_NOT_SENT, TRUE,
               "“localhost” refuses the password of “alice”: give it again in the settings of the sender.");
  missing = rubis_test_mail_send (sender, none, parcel);
  assert_fate (missing, RUBIS_FATE_NOT_SENT, TRUE, "no secret “password”");
  /* The user gives the right one: the same transport takes it. */
  g_assert_true (rubis_credentials_store (wrong, sender, RUBIS_SECRET_PASSWORD,
                                          rubis_test_server_get_string (exim, "password"), NULL));
  g_clear_error (&error);
  g_assert_true (rubis_transport_test (transport, NULL, &error));
  g_assert_no_error (error);
  sent = rubis_transport_send (transport, parcel, NULL);
  assert_fate (sent, RUBIS_FATE_SENT, FALSE, NULL);
  g_assert_true (rubis_transport_test (transport, NULL, &error));
  maildir = get_maildir (exim, "alice");
  /* The tests sent nothing. */
  g_ptr_array_unref (rubis_test_mail_wait_for_files (maildir, "new", 1));
}

static void
test_size (void)
{
  g_autoptr (RubisTestServer) exim = rubis_test_server_new ("exim.py", "--size", "100K", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", "c0ffee.4");
  g_autoptr (RubisDelivery) delivery = NULL;

  if (exim == NULL)
    return;
  sender = rubis_test_mail_new_sender (exim);
  credentials = rubis_test_mail_new_credentials (exim);
  delivery = rubis_test_mail_send (sender, credentials, parcel);
  assert_fate (delivery, RUBIS_FATE_REFUSED, FALSE, "“localhost” takes at most 100.0");
}

/* No password goes to a server that cannot prove who it is. */
static void
test_certificate (gconstpointer data)
{
  static const char *const words[][2] = {
    { "expired", "The certificate of “localhost” has expired" },
    { "other-host", "“localhost” shows a certificate made for another server" },
    { "self-signed", "“localhost” shows a certificate that it signed itself" },
  };
  const char *const *wanted = words[GPOINTER_TO_INT (data)];
  g_autoptr (RubisTestServer) exim = rubis_test_server_new ("exim.py", "--certificate", wanted[0], NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", "c0ffee.5");
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  if (exim == NULL)
    return;
  sender = rubis_test_mail_new_sender (exim);
  credentials = rubis_test_mail_new_credentials (exim);
  transport = new_transport (sender, credentials);
  g_assert_false (rubis_transport_test (transport, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_CERTIFICATE);
  delivery = rubis_transport_send (transport, parcel, NULL);
  assert_fate (delivery, RUBIS_FATE_NOT_SENT, TRUE, wanted[1]);
  g_assert_cmpstr (delivery->reason, ==, error->message);
  g_assert_true (g_file_get_contents (rubis_test_server_get_string (exim, "log"), &log, NULL, NULL));
  g_assert_null (strstr (log, " <= "));
}

/* An authority that the system does not know, and that nobody named. */
static void
test_unknown_authority (void)
{
  g_autoptr (RubisTestServer) exim = rubis_test_server_new ("exim.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", "c0ffee.6");
  g_autoptr (RubisDelivery) delivery = NULL;

  if (exim == NULL)
    return;
  sender = rubis_test_mail_new_sender (exim);
  g_unsetenv ("RUBIS_CA_FILE");
  credentials = rubis_test_mail_new_credentials (exim);
  delivery = rubis_test_mail_send (sender, credentials, parcel);
  assert_fate (delivery, RUBIS_FATE_NOT_SENT, TRUE,
               "The certificate of “localhost” comes from an authority that this computer does not know");
}

static void
test_no_encryption (void)
{
  g_autoptr (RubisTestServer) exim = rubis_test_server_new ("exim.py", "--tls", "none", "--no-login", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", "c0ffee.7");
  g_autoptr (RubisDelivery) starttls = NULL;
  g_autoptr (RubisDelivery) tls = NULL;
  g_autoptr (RubisDelivery) elsewhere = NULL;
  g_autoptr (RubisDelivery) here = NULL;
  g_autoptr (RubisDelivery) relayed = NULL;
  g_autoptr (GError) error = NULL;

  if (exim == NULL)
    return;
  sender = rubis_test_mail_new_sender (exim);
  credentials = rubis_test_mail_new_credentials (exim);
  starttls = rubis_test_mail_send (sender, credentials, parcel);
  assert_fate (starttls, RUBIS_FATE_NOT_SENT, TRUE, "“localhost” offers no encryption at port");
  sender->security = RUBIS_SECURITY_TLS;
  tls = rubis_test_mail_send (sender, credentials, parcel);
  assert_fate (tls, RUBIS_FATE_NOT_SENT, TRUE, "No encrypted connection to “localhost” comes about at port");
  sender->security = RUBIS_SECURITY_NONE;
  rubis_sender_set (sender, server, "192.0.2.1");
  elsewhere = rubis_test_mail_send (sender, credentials, parcel);
  assert_fate (elsewhere, RUBIS_FATE_NOT_SENT, TRUE, "Without encryption everybody on the way");
  rubis_sender_set (sender, server, "127.0.0.1");
  transport = new_transport (sender, credentials);
  g_assert_false (rubis_transport_test (transport, NULL, &error));
  g_assert_cmpstr (
      error->message, ==,
      "“127.0.0.1” asks for no login at this port: check the port, or choose “no login” for this "
      "sender.");
  sender->auth = RUBIS_AUTH_NONE;
  here = rubis_test_mail_send (sender, credentials, parcel);
  assert_fate (here, RUBIS_FATE_SENT, FALSE, NULL);
  /* Refused because of who sends: the address of the customer is not to blame. */
  rubis_parcel_set (parcel, to_email, "zoe@client.example");
  relayed = rubis_test_mail_send (sender, credentials, parcel);
  assert_fate (relayed, RUBIS_FATE_NOT_SENT, TRUE, "550 5.7.1 relay not permitted, log in first");
}

#define LONG_NAME "mail-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.invalid"

static void
test_no_server (void)
{
  static const struct
  {
    const char *server;
    const char *words;
  } cases[] = {
    /* A name longer than names can be: no server of names is asked. */
    { LONG_NAME, "The mail server “" LONG_NAME "” cannot be found" },
    { "", "“” is not the name of a mail server: correct it in the settings of the sender “Comptabilité”." },
    { "mail.example.test/x", "is not the name of a mail server" },
    { "user@localhost", "is not the name of a mail server" },
    { "localhost", "“localhost” takes no connections at port 1:" },
  };
  g_autoptr (RubisSender) sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);
  g_autoptr (RubisCredentials) credentials
      = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "Motdepasse", NULL);
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", "c0ffee.8");

  rubis_sender_set (sender, name, "Comptabilité");
  sender->port = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisDelivery) delivery = NULL;

      rubis_sender_set (sender, server, cases[i].server);
      delivery = rubis_test_mail_send (sender, credentials, parcel);
      assert_fate (delivery, RUBIS_FATE_NOT_SENT, TRUE, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/smtp/received/starttls", GINT_TO_POINTER (FALSE), test_received);
  g_test_add_data_func ("/smtp/received/tls", GINT_TO_POINTER (TRUE), test_received);
  g_test_add_func ("/smtp/recipients", test_recipients);
  g_test_add_func ("/smtp/password", test_password);
  g_test_add_func ("/smtp/size", test_size);
  g_test_add_data_func ("/smtp/certificate/expired", GINT_TO_POINTER (0), test_certificate);
  g_test_add_data_func ("/smtp/certificate/other-host", GINT_TO_POINTER (1), test_certificate);
  g_test_add_data_func ("/smtp/certificate/self-signed", GINT_TO_POINTER (2), test_certificate);
  g_test_add_func ("/smtp/certificate/unknown-authority", test_unknown_authority);
  g_test_add_func ("/smtp/no-encryption", test_no_encryption);
  g_test_add_func ("/smtp/no-server", test_no_server);
  return g_test_run ();
}
