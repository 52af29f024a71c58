/* Sending and reading through a real JMAP server (Cyrus). */
#include "jmap-fixture.h"
#include "rubis-mailbox.h"
#include "rubis-raw-server.h"
#include "rubis-test.h"

#include <string.h>

/* Read by Python's parser, the message says what was written. */
static void
assert_message (GBytes *content)
{
  g_autofree char *script
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "tests", "read-message.py", NULL);
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "python3", script, NULL);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (RubisJsonAnswer) read = NULL;
  g_autofree char *from = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  g_assert_true (g_subprocess_communicate (process, content, NULL, &output, NULL, NULL));
  read = rubis_json_answer_new (output);
  from = rubis_json_answer_dup (read, "from.name");
  text = rubis_json_answer_dup (read, "body.parts.0.parts.0.text");
  name = rubis_json_answer_dup (read, "body.parts.1.name");
  g_assert_cmpstr (from, ==, "Société Générale d’Électricité");
  g_assert_cmpstr (text, ==, TEXT);
  g_assert_cmpstr (name, ==, "Relevé d’échéances.pdf");
  g_assert_cmpuint (rubis_json_answer_get_length (read, "defects"), ==, 0);
}

static void
test_send (void)
{
  g_autoptr (RubisTransport) transport = jmap_new_basic ("url");
  g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisDelivery) looked_up = NULL;
  g_autoptr (RubisDelivery) followed = NULL;
  g_autoptr (JsonObject) stored = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  const guint n_sent = jmap_count_in ("sent", FALSE);
  guchar *bytes;
  gsize size;

  g_assert_true (rubis_transport_test (transport, NULL, &error));
  g_assert_no_error (error);
  delivery = rubis_transport_send (transport, parcel, NULL);
  jmap_assert_fate (delivery, RUBIS_FATE_SENT);
  g_assert_cmpuint (jmap_count_stored (parcel, &stored), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (stored, "from"), ==, FROM);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (stored, "to"), 0), ==, TO);
  bytes = g_base64_decode (json_object_get_string_member (stored, "content"), &size);
  content = g_bytes_new_take (bytes, size);
  g_assert_true (g_bytes_equal (content, parcel->content));
  assert_message (content);
  /* It is kept among the messages sent, and no draft is left. */
  g_assert_cmpuint (jmap_count_in ("sent", FALSE), ==, n_sent + 1);
  g_assert_cmpuint (jmap_count_in ("drafts", FALSE), ==, 0);
  looked_up = rubis_transport_look_up (transport, parcel, NULL);
  g_assert_cmpint (looked_up->fate, ==, RUBIS_FATE_SENT);
  /* Cyrus forgets a submission that is over. */
  g_assert_cmpstr (delivery->provider_id, !=, "");
  rubis_parcel_set (parcel, provider_id, delivery->provider_id);
  followed = rubis_transport_follow (transport, parcel, NULL);
  g_assert_cmpint (followed->fate, ==, RUBIS_FATE_UNKNOWN);
}

static void
test_twice (void)
{
  g_autoptr (RubisTransport) transport = jmap_new_basic ("url");
  g_autoptr (RubisParcel) parcel = jmap_new_parcel ();

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (RubisDelivery) delivery = NULL;

      /* The server knows the same bytes again, and the message by its id. */
      parcel->first_attempt = i < 2 ? 0 : 1774773000;
      delivery = rubis_transport_send (transport, parcel, NULL);
      jmap_assert_fate (delivery, RUBIS_FATE_SENT);
    }
  g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, 1);
}

static void
test_logins (void)
{
  const char *good = rubis_test_server_get_string (jmap_cyrus, "good");
  const struct
  {
    const char *token;
    const char *renewed;
    RubisFate fate;
    guint n_renewals;
  } cases[] = {
    { good, "", RUBIS_FATE_SENT, 0 },
    { rubis_test_server_get_string (jmap_cyrus, "expired"), good, RUBIS_FATE_SENT, 1 },
    { rubis_test_server_get_string (jmap_cyrus, "forged"),
      rubis_test_server_get_string (jmap_cyrus, "expired"), RUBIS_FATE_NOT_SENT, 1 },
  };
  g_autoptr (RubisSender) sender
      = jmap_new_sender (rubis_test_server_get_string (jmap_cyrus, "url"), RUBIS_AUTH_OAUTH);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisCredentials *credentials;
      g_autoptr (RubisTransport) transport
          = jmap_new_transport (sender, "", cases[i].token, cases[i].renewed, &credentials);
      g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
      g_autoptr (RubisDelivery) delivery = rubis_transport_send (transport, parcel, NULL);

      jmap_assert_fate (delivery, cases[i].fate);
      g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, cases[i].fate == RUBIS_FATE_SENT);
      g_assert_cmpuint (rubis_test_credentials_get_n_renewals (RUBIS_TEST_CREDENTIALS (credentials)), ==,
                        cases[i].n_renewals);
      g_assert_cmpint (delivery->sender_wide, ==, cases[i].fate == RUBIS_FATE_NOT_SENT);
      g_assert_null (strstr (delivery->answer, cases[i].token));
      g_object_unref (credentials);
    }
}

/* A server that is not asked anything, and why. */
static void
assert_refuses (const RubisSender *sender, const char *password, RubisTransportError code, const char *words)
{
  g_autoptr (RubisTransport) transport = jmap_new_transport (sender, password, "", "", NULL);
  g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
  g_autoptr (RubisDelivery) delivery = rubis_transport_send (transport, parcel, NULL);
  g_autoptr (GError) error = NULL;

  jmap_assert_fate (delivery, RUBIS_FATE_NOT_SENT);
  g_assert_true (delivery->sender_wide);
  jmap_assert_says (delivery, words);
  g_assert_false (rubis_transport_test (transport, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, (int)code);
  g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, 0);
}

static void
test_refused_logins (void)
{
  g_autoptr (RubisSender) sender
      = jmap_new_sender (rubis_test_server_get_string (jmap_cyrus, "url"), RUBIS_AUTH_PASSWORD);

  assert_refuses (sender, "wrong-one", RUBIS_TRANSPORT_ERROR_LOGIN, "refuses the login");
  g_unsetenv ("RUBIS_CA_FILE");
  assert_refuses (sender, rubis_test_server_get_string (jmap_cyrus, "password"),
                  RUBIS_TRANSPORT_ERROR_CERTIFICATE, "an authority that this computer does not know");
  g_setenv ("RUBIS_CA_FILE", rubis_test_server_get_string (jmap_cyrus, "ca"), TRUE);
  rubis_sender_set (sender, server, "http://mail.example.test");
  assert_refuses (sender, "secret", RUBIS_TRANSPORT_ERROR_UNREACHABLE, "without encryption");
  rubis_sender_set (sender, server, "");
  assert_refuses (sender, "secret", RUBIS_TRANSPORT_ERROR_SETTINGS, "needs the name");
}

static void
test_no_jmap_server (void)
{
  g_autoptr (RubisSender) sender = jmap_new_sender ("", RUBIS_AUTH_PASSWORD);
  const char *answers[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>Hi</html>",
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      RubisRawServer *raw = rubis_raw_server_start (RUBIS_RAW_GET, answers[i], NULL);
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", rubis_raw_server_get_port (raw));
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (GError) error = NULL;

      rubis_sender_set (sender, server, url);
      transport = jmap_new_transport (sender, "secret", "", "", NULL);
      g_assert_false (rubis_transport_test (transport, NULL, &error));
      g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER);
      g_assert_nonnull (strstr (error->message, "is no JMAP server"));
      rubis_raw_server_stop (raw);
    }
}

/* A host without an address: the session is where the standard says, beside the port. */
static void
test_addresses (void)
{
  const char *url = rubis_test_server_get_string (jmap_cyrus, "url");
  const char *endings[] = { "", "/", "/jmap/", "/.well-known/jmap" };
  g_autoptr (RubisSender) sender = jmap_new_sender ("127.0.0.1", RUBIS_AUTH_PASSWORD);
  const char *password = rubis_test_server_get_string (jmap_cyrus, "password");
  g_autoptr (RubisTransport) by_host = NULL;
  g_autoptr (GError) error = NULL;

  sender->port = (int)g_ascii_strtoll (strrchr (url, ':') + 1, NULL, 10);
  by_host = jmap_new_transport (sender, password, "", "", NULL);
  g_assert_true (rubis_transport_test (by_host, NULL, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *server = g_strconcat (url, endings[i], NULL);
      g_autoptr (RubisTransport) transport = NULL;

      rubis_sender_set (sender, server, server);
      transport = jmap_new_transport (sender, password, "", "", NULL);
      g_assert_true (rubis_transport_test (transport, NULL, &error));
      g_assert_no_error (error);
    }
}

typedef struct
{
  GPtrArray *subjects;
  GPtrArray *uids;
} Inbox;

static gboolean
take (const char *uid, GBytes *message, gpointer user_data, GError **error)
{
  Inbox *inbox = user_data;
  gsize size;
  const char *data = g_bytes_get_data (message, &size);
  g_autofree char *text = g_strndup (data, size);
  const char *subject = strstr (text, "Subject: ");

  g_assert_nonnull (subject);
  g_ptr_array_add (inbox->subjects, g_strndup (subject + 9, strcspn (subject + 9, "\r")));
  g_ptr_array_add (inbox->uids, g_strdup (uid));
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Reads after @cursor, which moves on; what came must be these subjects, in any order. */
static void
assert_reads (char **cursor, const char *subjects)
{
  g_autoptr (RubisSender) sender
      = jmap_new_sender (rubis_test_server_get_string (jmap_cyrus, "url"), RUBIS_AUTH_PASSWORD);
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (
      RUBIS_SECRET_PASSWORD, rubis_test_server_get_string (jmap_cyrus, "password"), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisMailbox) mailbox = rubis_mailbox_new (sender, credentials, &error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) uids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  Inbox inbox = { found, uids };
  char *next;

  g_assert_no_error (error);
  next = rubis_mailbox_read (mailbox, *cursor, 0, take, &inbox, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (found, compare);
  g_ptr_array_add (found, NULL);
  joined = g_strjoinv (", ", (char **)found->pdata);
  g_assert_cmpstr (joined, ==, subjects);
  g_free (*cursor);
  *cursor = next;
}

static void
deliver (const char *subject)
{
  g_autofree char *folder = rubis_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "message", NULL);
  g_autofree char *command = g_strconcat ("deliver ", path, NULL);
  g_autofree char *message
      = g_strdup_printf ("From: zoe.muller@client.example\r\nTo: " FROM "\r\nSubject: %s\r\n"
                         "Message-ID: <%s@client.example>\r\nDate: Sun, 22 Nov 2026 09:00:00 +0100\r\n"
                         "Content-Type: text/plain; charset=utf-8\r\n\r\nPay\303\251 hier.\r\n",
                         subject, subject);

  g_assert_true (g_file_set_contents (path, message, -1, NULL));
  jmap_tell_cyrus (command);
  rubis_test_remove_tree (folder);
}

/* Removes a message from the mailbox, for good. */
static void
destroy (const char *subject)
{
  g_autoptr (RubisSender) sender
      = jmap_new_sender (rubis_test_server_get_string (jmap_cyrus, "url"), RUBIS_AUTH_PASSWORD);
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (
      RUBIS_SECRET_PASSWORD, rubis_test_server_get_string (jmap_cyrus, "password"), NULL);
  g_autoptr (RubisJmap) jmap = rubis_jmap_new (sender, credentials);
  g_autoptr (RubisJsonAnswer) answer = NULL;
  RubisDelivery *failure = NULL;
  JsonBuilder *calls = rubis_jmap_begin_calls ();

  g_assert_true (rubis_jmap_open (jmap, NULL, &failure));
  rubis_jmap_add_call (calls, "Email/query",
                       rubis_jmap_node ("{\"accountId\":%s,\"filter\":{\"header\":[\"Subject\",%s]}}",
                                        rubis_jmap_get_account (jmap), subject));
  rubis_jmap_add_call (
      calls, "Email/set",
      rubis_jmap_node ("{\"accountId\":%s,\"#destroy\":{\"resultOf\":\"Email/query\",\"name\":"
                       "\"Email/query\",\"path\":\"/ids\"}}",
                       rubis_jmap_get_account (jmap)));
  answer = rubis_jmap_call (jmap, calls, FALSE, NULL, NULL, &failure);
  g_assert_cmpuint (rubis_json_answer_get_length (answer, "methodResponses.1.1.destroyed"), ==, 1);
}

static void
test_mailbox (void)
{
  g_autofree char *cursor = g_strdup ("");
  g_autofree char *old = NULL;
  g_autofree char *oldest = NULL;
  g_autofree char *lost = NULL;
  const guint n_unread = jmap_count_in ("inbox", TRUE);

  assert_reads (&cursor, "Welcome");
  old = g_strdup (cursor);
  oldest = g_strdup (cursor);
  assert_reads (&cursor, "");
  deliver ("answer-1");
  deliver ("bounce-2");
  assert_reads (&cursor, "answer-1, bounce-2");
  assert_reads (&cursor, "");
  /* An older cursor gives the same again: none is left out. */
  assert_reads (&old, "answer-1, bounce-2");
  /* The server cannot say what changed: what came these days is read again. */
  deliver ("answer-3");
  lost = g_strdup_printf ("%" G_GINT64_FORMAT " no-state", g_ascii_strtoll (cursor, NULL, 10));
  assert_reads (&lost, "Welcome, answer-1, answer-3, bounce-2");
  assert_reads (&lost, "");
  assert_reads (&cursor, "answer-3");
  /* It does not know any more what was removed since then. */
  destroy ("answer-1");
  assert_reads (&cursor, "");
  jmap_tell_cyrus ("forget");
  assert_reads (&oldest, "Welcome, answer-3, bounce-2");
  assert_reads (&oldest, "");
  assert_reads (&cursor, "");
  /* Nothing was marked as read. */
  g_assert_cmpuint (jmap_count_in ("inbox", TRUE), ==, n_unread + 2);
}

static void
test_mailbox_refused (void)
{
  g_autoptr (RubisSender) sender
      = jmap_new_sender (rubis_test_server_get_string (jmap_cyrus, "url"), RUBIS_AUTH_PASSWORD);
  g_autoptr (RubisCredentials) credentials
      = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "wrong-one", NULL);
  g_autoptr (RubisMailbox) mailbox = rubis_mailbox_new (sender, credentials, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (rubis_mailbox_read (mailbox, "", 0, take, NULL, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN);
  g_assert_null (strstr (error->message, "wrong-one"));
}

/* The servers cannot run here. */
static void
test_nothing (void)
{
  g_test_skip ("no Cyrus here");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!jmap_fixture_start ())
    g_test_add_func ("/jmap/servers", test_nothing);
  else
    {
      g_test_add_func ("/jmap/mailbox", test_mailbox);
      g_test_add_func ("/jmap/mailbox-refused", test_mailbox_refused);
      g_test_add_func ("/jmap/send", test_send);
      g_test_add_func ("/jmap/twice", test_twice);
      g_test_add_func ("/jmap/logins", test_logins);
      g_test_add_func ("/jmap/refused-logins", test_refused_logins);
      g_test_add_func ("/jmap/no-jmap-server", test_no_jmap_server);
      g_test_add_func ("/jmap/addresses", test_addresses);
    }
  status = g_test_run ();
  jmap_fixture_stop ();
  return status;
}
