/* Mailboxes of a real server: Dovecot, with STARTTLS or TLS, a password or a token. */
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "rubis-test-credentials.h"
#include "rubis-test-mail.h"
#include "rubis-test.h"

#define NOW 1795000000
#define DAY (24 * 60 * 60)

typedef struct
{
  GPtrArray *uids;     /* (element-type utf8) */
  GPtrArray *messages; /* (element-type GBytes) */
  guint stop_after;    /* 0: never */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->uids, g_ptr_array_unref);
  g_clear_pointer (&reading->messages, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
note_message (const char *uid, GBytes *message, gpointer user_data, GError **error)
{
  Reading *reading = user_data;

  g_ptr_array_add (reading->uids, g_strdup (uid));
  g_ptr_array_add (reading->messages, g_bytes_ref (message));
  if (reading->stop_after == 0 || reading->uids->len < reading->stop_after)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "enough");
  return FALSE;
}

static char *
read_mail (const RubisSender *sender, RubisCredentials *credentials, const char *cursor, Reading *reading,
           GError **error)
{
  g_autoptr (RubisMailbox) mailbox = rubis_mailbox_new (sender, credentials, error);

  g_assert_nonnull (mailbox);
  reading_clear (reading);
  reading->uids = g_ptr_array_new_with_free_func (g_free);
  reading->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  return rubis_mailbox_read (mailbox, cursor, NOW - 30 * DAY, note_message, reading, NULL, error);
}

static RubisSender *
new_sender (RubisTestServer *dovecot)
{
  RubisSender *sender = rubis_test_mail_new_sender (dovecot);

  rubis_test_mail_set_imap (sender, dovecot);
  return sender;
}

/* As a server gives a message that lies in a file. */
static char *
to_network (const char *message)
{
  GString *text = g_string_new (message);

  g_string_replace (text, "\n", "\r\n", 0);
  return g_string_free (text, FALSE);
}

/* @days ago it came. */
static void
drop (RubisTestServer *dovecot, const char *name, const char *message, int days)
{
  const char *maildir = rubis_test_server_get_string (dovecot, "maildir");
  g_autofree char *path = g_build_filename (maildir, "new", name, NULL);
  struct utimbuf times = { .actime = NOW - days * DAY, .modtime = NOW - days * DAY };

  rubis_test_mail_drop (maildir, name, message);
  g_assert_cmpint (utime (path, &times), ==, 0);
}

/* No message has the flag S, in "name:2,S". */
static void
assert_unseen (RubisTestServer *dovecot)
{
  static const char *const folders[] = { "new", "cur" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path
          = g_build_filename (rubis_test_server_get_string (dovecot, "maildir"), folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (dir)) != NULL)
        {
          const char *flags = strstr (name, ":2,");

          g_assert_true (flags == NULL || strchr (flags, 'S') == NULL);
        }
    }
}

#define PLAIN "From: a@client.example\nSubject: Re: Relance\nMessage-ID: <1@client.example>\n\nPayé hier. é\n"
/* Everything in it that looks like an answer of the server. */
#define TRICKY                                                                                               \
  "From: b@client.example\nSubject: x {10}\n\nR1 OK done\nR3 OK done\nR4 BAD no\nA003 OK done\n"             \
  "* 1 FETCH (UID 9 BODY[] {5}\n+ go on\n)\n* BYE\n.\n{100000}\n"

static void
test_read (void)
{
  g_autoptr (RubisTestServer) dovecot = rubis_test_server_new ("dovecot.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autofree char *line = g_strnfill (200000, 'x');
  g_autofree char *long_line = g_strconcat ("Subject: long\n\n", line, "\n", NULL);
  const char *const messages[] = { PLAIN, TRICKY, long_line, "Subject: no end" };
  g_auto (Reading) reading = { .uids = NULL };
  g_autofree char *empty = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  if (dovecot == NULL)
    return;
  sender = new_sender (dovecot);
  credentials = rubis_test_mail_new_credentials (dovecot);
  empty = read_mail (sender, credentials, "", &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading.uids->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.test", (guint)i);

      drop (dovecot, name, messages[i], 1);
    }
  drop (dovecot, "9.test", "Subject: before the time asked for\n\n", 60);
  first = read_mail (sender, credentials, "", &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading.uids->len, ==, G_N_ELEMENTS (messages));
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *wanted = to_network (messages[i]);
      gboolean found = FALSE;

      for (guint j = 0; j < reading.messages->len; j++)
        {
          gsize length;
          const char *data = g_bytes_get_data (g_ptr_array_index (reading.messages, j), &length);

          found = found || (length == strlen (wanted) && memcmp (data, wanted, length) == 0);
        }
      g_assert_true (found);
    }
  second = read_mail (sender, credentials, first, &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (second, ==, first);
  g_assert_cmpuint (reading.uids->len, ==, 0);
  assert_unseen (dovecot);
}

/* What comes later is given once; when numbers change, all since the time asked for again. */
static void
test_cursor (void)
{
  g_autoptr (RubisTestServer) dovecot = rubis_test_server_new ("dovecot.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_auto (Reading) reading = { .uids = NULL };
  g_autofree char *cursor = NULL;
  g_autofree char *other = NULL;
  g_autofree char *again = NULL;
  g_autofree char *stopped = NULL;
  g_autofree char *nonsense = NULL;
  g_autoptr (GError) error = NULL;
  const char *colon;

  if (dovecot == NULL)
    return;
  sender = new_sender (dovecot);
  credentials = rubis_test_mail_new_credentials (dovecot);
  cursor = read_mail (sender, credentials, "", &reading, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 450; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.test", i);
      g_autofree char *message = g_strdup_printf ("Subject: %u\n\nx\n", i);

      drop (dovecot, name, message, i < 445 ? 1 : 60);
    }
  other = read_mail (sender, credentials, cursor, &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading.uids->len, ==, 450);
  g_assert_cmpstr (g_ptr_array_index (reading.uids, 449), ==, other);
  colon = strchr (other, ':');
  g_assert_cmpstr (colon, ==, ":450");

  again = read_mail (sender, credentials, "1:450", &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, other);
  g_assert_cmpuint (reading.uids->len, ==, 445);
  nonsense = read_mail (sender, credentials, "rubbish", &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading.uids->len, ==, 445);
  g_assert_cmpstr (nonsense, ==, other);

  reading.stop_after = 3;
  stopped = read_mail (sender, credentials, cursor, &reading, &error);
  g_assert_null (stopped);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (reading.uids->len, ==, 3);
  assert_unseen (dovecot);
}

static void
test_large (void)
{
  g_autoptr (RubisTestServer) dovecot = rubis_test_server_new ("dovecot.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_auto (Reading) reading = { .uids = NULL };
  g_autoptr (GString) message = g_string_new ("Subject: Re: Relance\n\nVirement fait.\n");
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;
  const char *data;
  gsize length;

  if (dovecot == NULL)
    return;
  while (message->len < 27 * 1024 * 1024)
    g_string_append (message, "JVBERi0xLjcKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2cvUGFnZXMgMiAwIFI+\n");
  sender = new_sender (dovecot);
  credentials = rubis_test_mail_new_credentials (dovecot);
  drop (dovecot, "1.test", message->str, 1);
  drop (dovecot, "2.test", PLAIN, 1);
  cursor = read_mail (sender, credentials, "", &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading.messages->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      data = g_bytes_get_data (g_ptr_array_index (reading.messages, i), &length);
      if (length > 1000)
        {
          g_assert_cmpuint (length, ==, 1024 * 1024);
          g_assert_nonnull (g_strstr_len (data, 100, "Virement fait."));
        }
    }
}

static void
assert_error (const RubisSender *sender, RubisCredentials *credentials, RubisTransportError code,
              const char *words)
{
  g_auto (Reading) reading = { .uids = NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (read_mail (sender, credentials, "", &reading, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, (int)code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_assert_null (strstr (error->message, "Motdepasse"));
  g_assert_null (strstr (error->message, "jeton"));
}

static void
test_login (void)
{
  g_autoptr (RubisTestServer) dovecot = rubis_test_server_new ("dovecot.py", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) right = NULL;
  g_autoptr (RubisCredentials) wrong = NULL;
  g_autoptr (RubisCredentials) own = NULL;
  g_autoptr (RubisCredentials) token = NULL;
  g_autoptr (RubisCredentials) renewed = NULL;
  g_auto (Reading) reading = { .uids = NULL };
  g_autofree char *tls = NULL;
  g_autofree char *with_own = NULL;
  g_autofree char *with_token = NULL;
  g_autofree char *with_renewed = NULL;
  g_autoptr (GError) error = NULL;
  const char *password;

  if (dovecot == NULL)
    return;
  sender = new_sender (dovecot);
  password = rubis_test_server_get_string (dovecot, "password");
  right = rubis_test_mail_new_credentials (dovecot);
  wrong = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "Motdepasse-faux", NULL);
  assert_error (sender, wrong, RUBIS_TRANSPORT_ERROR_LOGIN, "“localhost” refuses the password of “alice”");
  own = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "Motdepasse-smtp", RUBIS_SECRET_MAILBOX, password,
                                    NULL);
  with_own = read_mail (sender, own, "", &reading, &error);
  g_assert_no_error (error);

  sender->auth = RUBIS_AUTH_OAUTH;
  g_clear_object (&wrong);
  wrong = rubis_test_credentials_new (RUBIS_SECRET_ACCESS_TOKEN, "jeton-fini", NULL);
  assert_error (sender, wrong, RUBIS_TRANSPORT_ERROR_LOGIN,
                "“localhost” no longer accepts that “alice” is signed in");
  g_assert_cmpuint (rubis_test_credentials_get_n_renewals (RUBIS_TEST_CREDENTIALS (wrong)), ==, 1);
  token = rubis_test_credentials_new (RUBIS_SECRET_ACCESS_TOKEN, password, NULL);
  with_token = read_mail (sender, token, "", &reading, &error);
  g_assert_no_error (error);
  renewed
      = rubis_test_credentials_new (RUBIS_SECRET_ACCESS_TOKEN, "jeton-fini", "renewed-token", password, NULL);
  with_renewed = read_mail (sender, renewed, "", &reading, &error);
  g_assert_no_error (error);

  sender->auth = RUBIS_AUTH_PASSWORD;
  sender->imap_security = RUBIS_SECURITY_TLS;
  sender->imap_port = rubis_test_server_get_int (dovecot, "tls_port");
  tls = read_mail (sender, right, "", &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tls, ==, with_token);
}

static void
test_certificate (gconstpointer data)
{
  static const char *const words[][2] = {
    { "expired", "The certificate of “localhost” has expired" },
    { "other-host", "“localhost” shows a certificate made for another server" },
    { "self-signed", "“localhost” shows a certificate that it signed itself" },
  };
  const char *const *wanted = words[GPOINTER_TO_INT (data)];
  g_autoptr (RubisTestServer) dovecot
      = rubis_test_server_new ("dovecot.py", "--certificate", wanted[0], NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;

  if (dovecot == NULL)
    return;
  sender = new_sender (dovecot);
  credentials = rubis_test_mail_new_credentials (dovecot);
  assert_error (sender, credentials, RUBIS_TRANSPORT_ERROR_CERTIFICATE, wanted[1]);
}

/* Dovecot lets this machine log in without encryption: it is Rubis that does not. */
static void
test_no_encryption (void)
{
  g_autoptr (RubisTestServer) dovecot = rubis_test_server_new ("dovecot.py", "--no-tls", NULL);
  g_autoptr (RubisTestServer) smtp = rubis_test_server_new ("faulty-smtp.py", "--tls", "none", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_auto (Reading) reading = { .uids = NULL };
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  if (dovecot == NULL || smtp == NULL)
    return;
  sender = new_sender (dovecot);
  credentials = rubis_test_mail_new_credentials (dovecot);
  assert_error (sender, credentials, RUBIS_TRANSPORT_ERROR_SERVER,
                "“localhost” offers no encryption at port");
  sender->imap_security = RUBIS_SECURITY_NONE;
  cursor = read_mail (sender, credentials, "", &reading, &error);
  g_assert_no_error (error);
  rubis_sender_set (sender, imap_server, "192.0.2.1");
  assert_error (sender, credentials, RUBIS_TRANSPORT_ERROR_SETTINGS, "Without encryption everybody");
  /* Another server answers there. */
  rubis_sender_set (sender, imap_server, "localhost");
  sender->imap_port = rubis_test_server_get_int (smtp, "port");
  g_setenv ("RUBIS_NETWORK_TIMEOUT", "2", TRUE);
  assert_error (sender, credentials, RUBIS_TRANSPORT_ERROR_UNREACHABLE, "“localhost” did not answer in time");
  g_unsetenv ("RUBIS_NETWORK_TIMEOUT");
}

typedef struct
{
  RubisTestServer *exim;    /* (owned) (nullable) */
  RubisTestServer *dovecot; /* (owned) (nullable) shows what Exim delivered */
  RubisSender *sender;
  RubisCredentials *credentials;
} Office;

static void
office_clear (Office *office)
{
  g_clear_pointer (&office->dovecot, rubis_test_server_free);
  g_clear_pointer (&office->exim, rubis_test_server_free);
  g_clear_pointer (&office->sender, rubis_sender_free);
  g_clear_object (&office->credentials);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Office, office_clear)

/* A company's mail: what Exim delivers is read by IMAP. @option: (nullable) of Dovecot */
static gboolean
open_office (Office *office, const char *sent, const char *option)
{
  g_autofree char *certificates = NULL;

  office->exim = rubis_test_server_new ("exim.py", NULL);
  if (office->exim == NULL)
    return FALSE;
  certificates = g_path_get_dirname (rubis_test_server_get_string (office->exim, "ca"));
  office->dovecot
      = rubis_test_server_new ("dovecot.py", "--certificates", certificates, "--sent", sent, "--mail",
                               rubis_test_server_get_string (office->exim, "mail"), "--as",
                               rubis_test_server_get_string (office->exim, "mail_user"), option, NULL);
  if (office->dovecot == NULL)
    return FALSE;
  office->sender = rubis_test_mail_new_sender (office->exim);
  rubis_test_mail_set_imap (office->sender, office->dovecot);
  office->credentials = rubis_test_mail_new_credentials (office->exim);
  return TRUE;
}

/* From the company to its own mailbox, over both servers; the copy is among the messages sent. */
static void
test_round (void)
{
  g_auto (Office) office = { .exim = NULL };
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", "c0ffee.1");
  g_auto (Reading) reading = { .uids = NULL };
  g_autofree char *cursor = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *network = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  gsize received_length;
  const char *data = g_bytes_get_data (parcel->content, &length);
  const char *received;
  const char *maildir;

  if (!open_office (&office, "Sent", NULL))
    return;
  transport = rubis_transport_new (office.sender, office.credentials, NULL);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (RubisDelivery) delivery = rubis_transport_send (transport, parcel, NULL);

      g_assert_cmpint (delivery->fate, ==, RUBIS_FATE_SENT);
      g_assert_null (strstr (delivery->answer, "copy"));
    }
  maildir = rubis_test_server_get_string (office.dovecot, "maildir");
  g_ptr_array_unref (rubis_test_mail_wait_for_files (maildir, "new", 2));
  cursor = read_mail (office.sender, office.credentials, "", &reading, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading.messages->len, ==, 2);
  received = g_bytes_get_data (g_ptr_array_index (reading.messages, 0), &received_length);
  g_assert_cmpuint (received_length, >, length);
  g_assert_cmpmem (received + received_length - length, length, data, length);
  /* The same message is kept once, as read. */
  copies = rubis_test_mail_wait_for_files (maildir, ".Sent/cur", 1);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (copies, 0), ":2,S"));
  g_assert_true (g_file_get_contents (g_ptr_array_index (copies, 0), &copy, NULL, NULL));
  network = strstr (copy, "\r\n") != NULL ? g_strdup (copy) : to_network (copy);
  g_assert_cmpmem (network, strlen (network), data, length);
}

static RubisFate
look_up (Office *office, const char *name)
{
  g_autoptr (RubisTransport) transport = rubis_transport_new (office->sender, office->credentials, NULL);
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("alice@example.test", name);
  g_autoptr (RubisDelivery) delivery = rubis_transport_look_up (transport, parcel, NULL);

  g_assert_cmpint (delivery->reason[0] != '\0', ==, delivery->fate == RUBIS_FATE_UNKNOWN);
  return delivery->fate;
}

/* What lies in a folder proves that a message left; that nothing lies there proves nothing. */
static void
test_look_up (void)
{
  g_auto (Office) office = { .exim = NULL };
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("bob@example.test", "c0ffee.sent");
  g_autoptr (RubisDelivery) delivery = NULL;

  if (!open_office (&office, "Éléments envoyés", "--no-special-use"))
    return;
  g_assert_cmpint (look_up (&office, "c0ffee.sent"), ==, RUBIS_FATE_UNKNOWN);
  delivery = rubis_test_mail_send (office.sender, office.credentials, parcel);
  g_assert_cmpint (delivery->fate, ==, RUBIS_FATE_SENT);
  g_assert_null (strstr (delivery->answer, "copy"));
  g_assert_cmpint (look_up (&office, "c0ffee.sent"), ==, RUBIS_FATE_SENT);
  g_assert_cmpint (look_up (&office, "c0ffee.other"), ==, RUBIS_FATE_UNKNOWN);

  drop (office.dovecot, "bounce.test",
        "From: mailer-daemon@client.example\nSubject: failed\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nno\n--b\nContent-Type: text/rfc822-headers\n\n"
        "Message-ID: <c0ffee.bounced@exemple.fr>\n--b--\n",
        1);
  drop (office.dovecot, "answer.test",
        "From: a@client.example\nSubject: Re: x\nIn-Reply-To: <c0ffee.answered@exemple.fr>\n\nok\n", 1);
  g_assert_cmpint (look_up (&office, "c0ffee.bounced"), ==, RUBIS_FATE_SENT);
  g_assert_cmpint (look_up (&office, "c0ffee.answered"), ==, RUBIS_FATE_SENT);
  g_assert_cmpint (look_up (&office, "c0ffee.other"), ==, RUBIS_FATE_UNKNOWN);

  office.sender->imap_port = 1;
  g_assert_cmpint (look_up (&office, "c0ffee.sent"), ==, RUBIS_FATE_UNKNOWN);
}

/* No copy: the message has left all the same, and its answer says what is missing. */
static void
test_no_copy (void)
{
  g_auto (Office) office = { .exim = NULL };
  g_autoptr (RubisParcel) parcel = rubis_test_mail_new_parcel ("bob@example.test", "c0ffee.1");
  g_autoptr (RubisDelivery) no_folder = NULL;
  g_autoptr (RubisDelivery) no_server = NULL;

  if (!open_office (&office, "Ailleurs", "--no-special-use"))
    return;
  no_folder = rubis_test_mail_send (office.sender, office.credentials, parcel);
  g_assert_cmpint (no_folder->fate, ==, RUBIS_FATE_SENT);
  g_assert_cmpstr (no_folder->reason, ==, "");
  g_assert_true (g_str_has_prefix (no_folder->answer, "250 OK id="));
  g_assert_nonnull (strstr (no_folder->answer,
                            "\nNo copy was put among the messages sent: The mailbox has no "
                            "folder of sent messages."));
  office.sender->imap_port = 1;
  no_server = rubis_test_mail_send (office.sender, office.credentials, parcel);
  g_assert_cmpint (no_server->fate, ==, RUBIS_FATE_SENT);
  g_assert_nonnull (strstr (no_server->answer, "takes no connections at port 1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/read", test_read);
  g_test_add_func ("/imap/cursor", test_cursor);
  g_test_add_func ("/imap/large", test_large);
  g_test_add_func ("/imap/login", test_login);
  g_test_add_data_func ("/imap/certificate/expired", GINT_TO_POINTER (0), test_certificate);
  g_test_add_data_func ("/imap/certificate/other-host", GINT_TO_POINTER (1), test_certificate);
  g_test_add_data_func ("/imap/certificate/self-signed", GINT_TO_POINTER (2), test_certificate);
  g_test_add_func ("/imap/no-encryption", test_no_encryption);
  g_test_add_func ("/imap/round", test_round);
  g_test_add_func ("/imap/look-up", test_look_up);
  g_test_add_func ("/imap/no-copy", test_no_copy);
  return g_test_run ();
}
