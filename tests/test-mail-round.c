/* A reminder from the window to the customer's mailbox, over Exim and Dovecot: what was shown is what
 * arrived, once, and the copies of the dossier and of the folder of sent messages are the same bytes.
 */
#include <string.h>

#include "email-fixture.h"
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

  g_assert_cmpstr (writer, ==, "Zoé Müller, crédit clients <compta@example.test>");
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
  g_test_add ("/mail-round/no-secret", Fixture, NULL, set_up, test_no_secret, tear_down);
  return g_test_run ();
}
