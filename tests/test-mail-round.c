/* A reminder from the window to the customer's mailbox, over Exim and Dovecot: what was shown is what
 * arrived, once, and the copies of the dossier and of the folder of sent messages are the same bytes.
 */
#include <string.h>
#include <utime.h>

#include "email-fixture.h"
#include "rubis-inbox.h"
#include "rubis-outbox.h"
#include "rubis-senders-private.h"
#include "rubis-test-mail.h"
#include "rubis-test.h"

typedef struct
{
  EmailFixture email;
  RubisTestServer *exim;    /* (owned) (nullable) */
  RubisTestServer *dovecot; /* (owned) (nullable) */
  RubisActionPreview *shown;
  gint64 now;
} Fixture;

static gint64
get_now (gpointer user_data)
{
  return ((Fixture *)user_data)->now;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *certificates = NULL;
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  EmailMaking making;

  email_fixture_set_up (&f->email, NULL);
  f->now = NOW;
  f->exim = rubis_test_server_new ("exim.py", NULL);
  if (f->exim == NULL)
    return;
  certificates = g_path_get_dirname (rubis_test_server_get_string (f->exim, "ca"));
  f->dovecot = rubis_test_server_new ("dovecot.py", "--certificates", certificates, "--mail",
                                      rubis_test_server_get_string (f->exim, "mail"), "--as",
                                      rubis_test_server_get_string (f->exim, "mail_user"), NULL);
  if (f->dovecot == NULL)
    return;
  sender = rubis_test_mail_new_sender (f->exim);
  rubis_test_mail_set_imap (sender, f->dovecot);
  /* The mailbox that answers and returns come to. */
  rubis_sender_set (sender, email, "alice@example.test");
  rubis_sender_set (sender, from_name, "Zoé Müller, crédit clients");
  rubis_sender_set (sender, reply_to, "reponses@example.test");
  rubis_sender_set (sender, signature, "Zoé Müller\n04 72 00 00 00");
  g_assert_true (rubis_session_save_sender (f->email.session, sender, &error));
  g_assert_no_error (error);
  credentials = rubis_test_mail_new_credentials (f->exim);
  rubis_session_set_credentials (f->email.session, credentials);
  rubis_test_exec (f->email.session, "UPDATE account SET email = 'bob@example.test'");
  email_fixture_keep_copy (&f->email, f->email.item, "FA-2026/0014", 20000);
  /* The key that signs the links of answers is there from the first email on. */
  email_fixture_begin (&making, &f->email);
  email_fixture_end (&making);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->shown, rubis_action_preview_free);
  g_clear_pointer (&f->dovecot, rubis_test_server_free);
  g_clear_pointer (&f->exim, rubis_test_server_free);
  email_fixture_tear_down (&f->email, NULL);
}

/* A person looks at today's email and says yes. */
static void
approve (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisActionRow) action = email_fixture_load_action (&f->email);
  g_autoptr (GPtrArray) actions = g_ptr_array_new ();
  const RubisRunOptions options = { .now = f->now };
  g_autoptr (RubisRunReport) report = NULL;

  f->shown = rubis_session_preview_action (f->email.session, action, &error);
  g_assert_no_error (error);
  g_ptr_array_add (actions, action);
  report = rubis_session_perform_with (f->email.session, actions, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->done->len, ==, 1);
}

static RubisSendReport *
send_due (Fixture *f)
{
  const RubisSendOptions options = { .clock = get_now, .clock_data = f };
  g_autoptr (GError) error = NULL;
  RubisSendReport *report = rubis_session_send_outbox (f->email.session, &options, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static char *
load_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  return content;
}

/* With the line ends of mail, whatever those of the file. (transfer full) */
static char *
load_mail (const char *path)
{
  g_autofree char *content = load_file (path);
  GString *mail = g_string_new (content);

  g_string_replace (mail, "\r\n", "\n", 0);
  g_string_replace (mail, "\n", "\r\n", 0);
  return g_string_free (mail, FALSE);
}

static void
assert_shown (Fixture *f, JsonObject *read)
{
  JsonObject *from = json_object_get_object_member (read, "from");
  JsonObject *body = email_fixture_get_body (read);
  g_autofree char *writer = g_strdup_printf ("%s <%s>", json_object_get_string_member (from, "name"),
                                             json_object_get_string_member (from, "email"));

  g_assert_cmpstr (writer, ==, "Zoé Müller, crédit clients <alice@example.test>");
  g_assert_cmpstr (f->shown->from, ==, writer);
  g_assert_cmpstr (f->shown->reply_to, ==, "reponses@example.test");
  g_assert_nonnull (strstr (rubis_test_get_header (read, "Reply-To"), "reponses@example.test"));
  g_assert_cmpstr (f->shown->recipient, ==,
                   json_object_get_string_member (json_object_get_object_member (read, "to"), "email"));
  g_assert_cmpstr (f->shown->subject, ==, rubis_test_get_header (read, "Subject"));
  g_assert_cmpstr (f->shown->text, ==,
                   json_object_get_string_member (rubis_test_find_part (body, "text/plain"), "text"));
  g_assert_cmpstr (f->shown->html, ==,
                   json_object_get_string_member (rubis_test_find_part (body, "text/html"), "text"));
  g_assert_nonnull (strstr (f->shown->text, "Zoé Müller\n04 72 00 00 00"));
  g_assert_cmpuint (f->shown->files->len, >=, 1);
  for (guint i = 0; i < f->shown->files->len; i++)
    {
      const RubisActionFile *file = g_ptr_array_index (f->shown->files, i);
      JsonObject *part = rubis_test_get_part (body, i + 1);
      gsize size = 0;
      g_autofree guchar *content = g_base64_decode (json_object_get_string_member (part, "base64"), &size);

      g_assert_cmpstr (json_object_get_string_member (part, "name"), ==, file->name);
      g_assert_cmpint ((gint64)size, ==, file->size);
      g_assert_cmpmem (content, 4, "%PDF", 4);
    }
}

static void
test_arrives (Fixture *f, gconstpointer data)
{
  g_autofree char *maildir = NULL;
  g_autofree char *received = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) read = NULL;
  g_autoptr (RubisSendReport) early = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (RubisSendReport) again = NULL;
  const RubisOutboxRow *row;

  if (f->dovecot == NULL)
    return;
  approve (f);
  /* The recall window runs: nothing leaves. */
  early = send_due (f);
  g_assert_cmpint (early->n_sent, ==, 0);
  g_assert_cmpint (early->n_waiting, ==, 1);
  f->now = early->next;
  report = send_due (f);
  g_assert_cmpint (report->n_sent, ==, 1);
  row = g_ptr_array_index (report->rows, 0);
  g_assert_cmpint (row->state, ==, RUBIS_OUTBOX_SENT);
  again = send_due (f);
  g_assert_cmpint (again->n_sent, ==, 0);

  maildir = g_build_filename (rubis_test_server_get_string (f->exim, "mail"), "bob", "Maildir", NULL);
  files = rubis_test_mail_wait_for_files (maildir, "new", 1);
  received = load_mail (g_ptr_array_index (files, 0));
  sent = email_fixture_load_sent (&f->email);
  kept = g_strndup (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent));
  g_assert_true (g_str_has_suffix (received, kept));
  copies
      = rubis_test_mail_wait_for_files (rubis_test_server_get_string (f->dovecot, "maildir"), ".Sent/cur", 1);
  copy = load_mail (g_ptr_array_index (copies, 0));
  g_assert_cmpstr (copy, ==, kept);

  bytes = g_bytes_new (received, strlen (received));
  read = rubis_test_read_message (bytes);
  rubis_test_assert_well_formed (read);
  assert_shown (f, read);
  g_assert_nonnull (strstr (rubis_test_get_header (read, "Message-ID"), row->message_id));
}

/* The messages in a Maildir came when the test says that it is now, whatever the machine's clock. */
static void
set_times (Fixture *f, const char *maildir, guint n)
{
  g_autoptr (GPtrArray) files = rubis_test_mail_wait_for_files (maildir, "new", n);
  const struct utimbuf times = { .actime = f->now, .modtime = f->now };

  for (guint i = 0; i < files->len; i++)
    g_assert_cmpint (utime (g_ptr_array_index (files, i), &times), ==, 0);
}

/* The only message of the inbox, read from the mailbox. */
static RubisInboxRow *
fetch_one (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisFetchReport) report = NULL;
  g_autoptr (RubisFetchReport) again = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  set_times (f, rubis_test_server_get_string (f->dovecot, "maildir"), 1);
  report = rubis_session_fetch_inbox (f->email.session, f->now, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report->problems->len; i++)
    g_error ("%s", (char *)g_ptr_array_index (report->problems, i));
  g_assert_cmpint (report->n_new, ==, 1);
  again = rubis_session_fetch_inbox (f->email.session, f->now, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->n_new, ==, 0);
  rows = rubis_session_list_inbox (f->email.session, TRUE, 0, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  return g_object_ref (g_ptr_array_index (rows, 0));
}

/* (transfer full) what left */
static RubisOutboxRow *
send_one (Fixture *f)
{
  g_autoptr (RubisSendReport) report = NULL;

  approve (f);
  f->now += 3600;
  report = send_due (f);
  g_assert_cmpint (report->n_sent, ==, 1);
  return g_object_ref (g_ptr_array_index (report->rows, 0));
}

/* The customer answers by the same servers: the answer is that of the reminder, with what it says. */
static void
test_answer (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisOutboxRow) sent = NULL;
  g_autoptr (RubisInboxRow) row = NULL;
  g_autoptr (RubisSender) customer = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autofree char *text = NULL;

  if (f->dovecot == NULL)
    return;
  sent = send_one (f);
  text = g_strdup_printf (
      "From: Bob <bob@example.test>\r\nTo: alice@example.test\r\n"
      "Subject: =?utf-8?Q?RE=3A_Relance?=\r\nMessage-ID: <answer.1@client.example>\r\n"
      "In-Reply-To: <%s>\r\nDate: Fri, 20 Nov 2026 15:00:00 +0100\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
      "Bonjour,\r\n\r\nNous avons réglé cette facture par virement le 18/11/2026.\r\n\r\nBob\r\n",
      sent->message_id);
  content = g_bytes_new (text, strlen (text));
  customer = rubis_test_mail_new_sender (f->exim);
  credentials = rubis_test_mail_new_credentials (f->exim);
  parcel = rubis_parcel_new (RUBIS_PARCEL_EMAIL, "answer", content);
  rubis_parcel_set (parcel, from_email, "bob@example.test");
  rubis_parcel_set (parcel, to_email, "alice@example.test");
  delivery = rubis_test_mail_send (customer, credentials, parcel);
  g_assert_cmpint (delivery->fate, ==, RUBIS_FATE_SENT);

  row = fetch_one (f);
  g_assert_cmpint (row->kind, ==, RUBIS_INCOMING_REPLY);
  g_assert_cmpint (row->outbox_id, ==, sent->id);
  g_assert_cmpint (row->account_id, ==, f->email.account);
  g_assert_cmpstr (row->subject, ==, "RE: Relance");
  g_assert_cmpuint (row->proposals->len, ==, 1);
  g_assert_cmpint (((RubisProposal *)g_ptr_array_index (row->proposals, 0))->kind, ==, RUBIS_ANSWER_PAID);
}

/* Nobody has the address any more: Exim itself says so, and the reminder did not reach anybody. */
static void
test_bounce (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisOutboxRow) sent = NULL;
  g_autoptr (RubisOutboxRow) bounced = NULL;
  g_autoptr (RubisInboxRow) row = NULL;
  g_autoptr (GError) error = NULL;

  if (f->dovecot == NULL)
    return;
  rubis_test_exec (f->email.session, "UPDATE account SET email = 'partie@example.test'");
  sent = send_one (f);
  row = fetch_one (f);
  g_assert_cmpint (row->kind, ==, RUBIS_INCOMING_BOUNCE_HARD);
  g_assert_cmpint (row->outbox_id, ==, sent->id);
  g_assert_cmpint (row->account_id, ==, f->email.account);
  bounced = rubis_session_load_outbox (f->email.session, sent->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bounced->state, ==, RUBIS_OUTBOX_BOUNCED_HARD);
}

/* The password of the server is nowhere in the dossier. */
static void
test_no_secret (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  const char *password;
  const char *name;
  guint n_files = 0;

  if (f->dovecot == NULL)
    return;
  password = rubis_test_server_get_string (f->exim, "password");
  approve (f);
  f->now += 3600;
  report = send_due (f);
  g_assert_cmpint (report->n_sent, ==, 1);
  dir = g_dir_open (f->email.folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->email.folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length = 0;

      if (!g_file_get_contents (path, &content, &length, NULL))
        continue;
      n_files++;
      g_assert_null (memmem (content, length, password, strlen (password)));
    }
  g_assert_cmpuint (n_files, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mail-round/arrives", Fixture, NULL, set_up, test_arrives, tear_down);
  g_test_add ("/mail-round/answer", Fixture, NULL, set_up, test_answer, tear_down);
  g_test_add ("/mail-round/bounce", Fixture, NULL, set_up, test_bounce, tear_down);
  g_test_add ("/mail-round/no-secret", Fixture, NULL, set_up, test_no_secret, tear_down);
  return g_test_run ();
}
