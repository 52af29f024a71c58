/* What is certain of a message when the server fails: each row of the table of verdicts, against a server
 * that fails there and keeps a list of what it took.
 */
#include <string.h>

#include "rubis-test-credentials.h"
#include "rubis-test-mail.h"

static void
set_fault (RubisTestServer *server, const char *fault)
{
  json_object_unref (rubis_test_server_command (server, "fault %s", fault));
}

static int
count (RubisTestServer *server, const char *what)
{
  g_autoptr (JsonObject) counts = rubis_test_server_command (server, "count");

  return (int)json_object_get_int_member (counts, what);
}

static void
assert_no_secret (RubisTestServer *server, RubisDelivery *delivery)
{
  static const char *const secrets[] = { "password", "token" };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      const char *secret = rubis_test_server_get_string (server, secrets[i]);
      g_autofree char *encoded = g_base64_encode ((const guchar *)secret, strlen (secret));

      g_assert_null (strstr (delivery->reason, secret));
      g_assert_null (strstr (delivery->answer, secret));
      g_assert_null (strstr (delivery->answer, encoded));
    }
}

typedef struct
{
  const char *fault;
  const char *to;
  RubisFate fate;
  gboolean sender_wide;
  int stored;
  const char *reason; /* part of it */
  const char *answer; /* its beginning; NULL: whatever */
} Row;

#define ONE "alice@example.test"
#define TWO "alice@example.test,bob@example.test"
#define CUT "“localhost” cut the connection: it is tried again later."

static const Row rows[] = {
  { "none", ONE, RUBIS_FATE_SENT, FALSE, 1, "", "250 2.0.0 OK stored as" },
  { "slow", ONE, RUBIS_FATE_SENT, FALSE, 1, "", "250 2.0.0 OK stored as" },
  { "cut-connect", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "cut the connection", "" },
  { "421-connect", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "fault 421 at connect", "421 " },
  { "554-connect", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "fault 554 at connect", "554 " },
  { "cut-ehlo", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, CUT, NULL },
  { "cut-starttls", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "", NULL },
  { "454-starttls", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "offers no encryption", NULL },
  { "cut-auth", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, CUT, NULL },
  { "535-auth", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "refuses the password of “alice”", "535 " },
  { "454-auth", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "cannot check the login of “alice” just now", "454 " },
  { "cut-mail", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, CUT, NULL },
  { "550-mail", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "does not let this sender write as “compta@example.test”",
    "550 " },
  { "451-mail", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "takes no messages from “compta@example.test” just now",
    "451 " },
  { "530-mail", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "takes no messages from this sender just now", "530 " },
  { "552-mail", ONE, RUBIS_FATE_REFUSED, FALSE, 0, "too large for the mail server", "552 " },
  { "cut-rcpt", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, CUT, NULL },
  { "550-rcpt", ONE, RUBIS_FATE_REFUSED, FALSE, 0, "The address “alice@example.test” is refused", "550 " },
  { "451-rcpt", ONE, RUBIS_FATE_NOT_SENT, FALSE, 0, "“alice@example.test” cannot be written to just now",
    "451 " },
  { "421-rcpt", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "takes no messages from this sender just now", "421 " },
  { "550-rcpt2", TWO, RUBIS_FATE_REFUSED, FALSE, 0, "The address “bob@example.test” is refused", "550 " },
  { "451-rcpt2", TWO, RUBIS_FATE_NOT_SENT, FALSE, 0, "“bob@example.test” cannot be written to just now",
    "451 " },
  { "cut-data", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, CUT, NULL },
  { "554-data", ONE, RUBIS_FATE_REFUSED, FALSE, 0, "The mail server refuses the email", "554 " },
  { "451-data", ONE, RUBIS_FATE_NOT_SENT, FALSE, 0, "does not take the email just now", "451 " },
  { "cut-body", ONE, RUBIS_FATE_NOT_SENT, FALSE, 0, CUT, NULL },
  { "554-message", ONE, RUBIS_FATE_REFUSED, FALSE, 0, "The mail server refuses the email",
    "554 5.7.1 fault" },
  { "451-message", ONE, RUBIS_FATE_NOT_SENT, FALSE, 0, "does not take the email just now",
    "451 4.7.1 fault" },
  { "421-message", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "takes no messages from this sender",
    "421 4.7.1 fault" },
  { "552-message", ONE, RUBIS_FATE_REFUSED, FALSE, 0, "too large for the mail server", "552 " },
  { "cut-message", ONE, RUBIS_FATE_UNKNOWN, FALSE, 0, "Nobody knows whether “localhost” took the email",
    "354 " },
  { "cut-stored", ONE, RUBIS_FATE_UNKNOWN, FALSE, 1, "Nobody knows whether “localhost” took the email",
    "354 " },
  { "hang-connect", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "did not answer in time", "" },
  { "hang-rcpt", ONE, RUBIS_FATE_NOT_SENT, TRUE, 0, "did not answer in time", NULL },
  { "hang-message", ONE, RUBIS_FATE_UNKNOWN, FALSE, 0, "Nobody knows whether “localhost” took the email",
    "354 " },
  { "hang-stored", ONE, RUBIS_FATE_UNKNOWN, FALSE, 1, "Nobody knows whether “localhost” took the email",
    "354 " },
};

/* A body that does not fit into what is on its way at once: being cut in its middle is then certain. */
static RubisParcel *
new_large_parcel (void)
{
  g_autoptr (RubisParcel) small = rubis_test_mail_new_parcel (ONE, "c0ffee.large");
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GBytes) content = NULL;
  RubisParcel *parcel;

  for (int i = 0; i < 100; i++)
    g_byte_array_append (bytes, g_bytes_get_data (small->content, NULL),
                         (guint)g_bytes_get_size (small->content));
  content = g_byte_array_free_to_bytes (bytes);
  parcel = rubis_parcel_new (RUBIS_PARCEL_EMAIL, small->id, content);
  rubis_parcel_set (parcel, from_email, small->from_email);
  rubis_parcel_set (parcel, to_email, small->to_email);
  rubis_parcel_set (parcel, message_id, small->message_id);
  return parcel;
}

static void
test_verdicts (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("faulty-smtp.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;

  if (server == NULL)
    return;
  sender = rubis_test_mail_new_sender (server);
  credentials = rubis_test_mail_new_credentials (server);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      gboolean large = g_str_has_suffix (row->fault, "-body");
      g_autoptr (RubisParcel) parcel
          = large ? new_large_parcel () : rubis_test_mail_new_parcel (row->to, "c0ffee.1");
      g_autoptr (RubisDelivery) delivery = NULL;
      int before = count (server, "stored");

      if (g_str_has_prefix (row->fault, "hang-"))
        g_setenv ("RUBIS_NETWORK_TIMEOUT", "4", TRUE);
      set_fault (server, row->fault);
      delivery = rubis_test_mail_send (sender, credentials, parcel);
      g_test_message ("%s: %s, %s (%s)", row->fault, rubis_fate_to_id (delivery->fate), delivery->reason,
                      delivery->answer);
      g_assert_cmpstr (rubis_fate_to_id (delivery->fate), ==, rubis_fate_to_id (row->fate));
      g_assert_cmpint (delivery->sender_wide, ==, row->sender_wide);
      g_assert_nonnull (strstr (delivery->reason, row->reason));
      g_assert_cmpint (delivery->reason[0] == '\0', ==, row->fate == RUBIS_FATE_SENT);
      g_assert_true (row->answer == NULL || g_str_has_prefix (delivery->answer, row->answer));
      g_assert_cmpint (count (server, "stored") - before, ==, row->stored);
      assert_no_secret (server, delivery);
    }
  g_unsetenv ("RUBIS_NETWORK_TIMEOUT");
}

/* Messages follow each other on one connection; when the server hangs up between two, on another. */
static void
test_connection (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("faulty-smtp.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel (ONE, "c0ffee.1");
  static const char *const faults[] = { "none", "none", "550-rcpt 1", "none", "cut-mail 1", "421-mail 1" };
  static const int connections[] = { 1, 1, 1, 2, 3, 4 };

  if (server == NULL)
    return;
  sender = rubis_test_mail_new_sender (server);
  credentials = rubis_test_mail_new_credentials (server);
  transport = rubis_transport_new (sender, credentials, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (RubisDelivery) delivery = NULL;

      set_fault (server, faults[i]);
      delivery = rubis_transport_send (transport, parcel, NULL);
      g_test_message ("%s: %s", faults[i], delivery->reason);
      g_assert_cmpint (delivery->fate, ==, i == 2 ? RUBIS_FATE_REFUSED : RUBIS_FATE_SENT);
      g_assert_cmpint (count (server, "connections"), ==, connections[i]);
    }
  g_assert_cmpint (count (server, "stored"), ==, 5);
}

/* A token that ended is renewed once; one that stays refused is the user's to mend. */
static void
test_bearer (gconstpointer data)
{
  const char *mechanism = data;
  g_autoptr (RubisTestServer) server
      = rubis_test_server_new ("faulty-smtp.py", "--mechanisms", mechanism, NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel (ONE, "c0ffee.1");
  g_autoptr (RubisDelivery) renewed = NULL;
  g_autoptr (RubisDelivery) refused = NULL;
  g_autoptr (RubisDelivery) password = NULL;
  g_autoptr (RubisCredentials) wrong = NULL;

  if (server == NULL)
    return;
  sender = rubis_test_mail_new_sender (server);
  sender->auth = RUBIS_AUTH_OAUTH;
  credentials = rubis_test_credentials_new (RUBIS_SECRET_ACCESS_TOKEN, "jeton-fini", "renewed-token",
                                            rubis_test_server_get_string (server, "token"), NULL);
  transport = rubis_transport_new (sender, credentials, NULL);
  renewed = rubis_transport_send (transport, parcel, NULL);
  g_assert_cmpstr (renewed->reason, ==, "");
  g_assert_cmpint (renewed->fate, ==, RUBIS_FATE_SENT);
  g_assert_cmpuint (rubis_test_credentials_get_n_renewals (RUBIS_TEST_CREDENTIALS (credentials)), ==, 1);
  assert_no_secret (server, renewed);

  wrong = rubis_test_credentials_new (RUBIS_SECRET_ACCESS_TOKEN, "jeton-fini", NULL);
  refused = rubis_test_mail_send (sender, wrong, parcel);
  g_assert_cmpint (refused->fate, ==, RUBIS_FATE_NOT_SENT);
  g_assert_true (refused->sender_wide);
  g_assert_cmpstr (
      refused->reason, ==,
      "“localhost” no longer accepts that “alice” is signed in: sign in again in the settings of "
      "the sender.");
  g_assert_cmpuint (rubis_test_credentials_get_n_renewals (RUBIS_TEST_CREDENTIALS (wrong)), ==, 1);
  g_assert_null (strstr (refused->answer, "jeton"));

  sender->auth = RUBIS_AUTH_PASSWORD;
  g_object_unref (wrong);
  wrong = rubis_test_mail_new_credentials (server);
  password = rubis_test_mail_send (sender, wrong, parcel);
  g_assert_true (password->sender_wide);
  g_assert_cmpstr (password->reason, ==,
                   "“localhost” takes no password from “alice”: choose signing in by the browser (OAuth) for "
                   "this sender.");
}

typedef struct
{
  RubisTestServer *server;
  GCancellable *cancellable;
} Stopping;

/* Stops as soon as the server hangs. */
static gpointer
cancel_then (gpointer data)
{
  Stopping *stopping = data;

  while (count (stopping->server, "left") > 0)
    g_usleep (10000);
  g_cancellable_cancel (stopping->cancellable);
  return NULL;
}

/* Stopping while the server thinks: before the message it is not sent, after it nobody knows. */
static void
test_cancel (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("faulty-smtp.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel (ONE, "c0ffee.1");
  static const char *const faults[] = { "hang-mail 1", "hang-stored 1" };

  if (server == NULL)
    return;
  sender = rubis_test_mail_new_sender (server);
  credentials = rubis_test_mail_new_credentials (server);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (RubisTransport) transport = rubis_transport_new (sender, credentials, NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (RubisDelivery) delivery = NULL;
      Stopping stopping = { .server = server, .cancellable = cancellable };
      GThread *thread = NULL;

      set_fault (server, faults[i]);
      thread = g_thread_new ("cancel", cancel_then, &stopping);
      delivery = rubis_transport_send (transport, parcel, cancellable);
      g_thread_join (thread);
      g_assert_cmpint (delivery->fate, ==, i == 0 ? RUBIS_FATE_NOT_SENT : RUBIS_FATE_UNKNOWN);
      g_assert_false (delivery->sender_wide);
      g_assert_nonnull (strstr (delivery->reason, i == 0 ? "It was stopped." : "Nobody knows"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp-faults/verdicts", test_verdicts);
  g_test_add_func ("/smtp-faults/connection", test_connection);
  g_test_add_data_func ("/smtp-faults/bearer/xoauth2", "XOAUTH2", test_bearer);
  g_test_add_data_func ("/smtp-faults/bearer/oauthbearer", "OAUTHBEARER", test_bearer);
  g_test_add_func ("/smtp-faults/cancel", test_cancel);
  return g_test_run ();
}
