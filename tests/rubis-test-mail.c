#include "rubis-test-mail.h"

#include <string.h>

#include "rubis-test-credentials.h"

#define TRIES 1500
#define TRY_MICROSECONDS 10000

RubisSender *
rubis_test_mail_new_sender (RubisTestServer *server)
{
  RubisSender *sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);

  rubis_sender_set (sender, name, "Comptabilité");
  rubis_sender_set (sender, email, "compta@example.test");
  rubis_sender_set (sender, server, rubis_test_server_get_string (server, "host"));
  rubis_sender_set (sender, user, rubis_test_server_get_string (server, "user"));
  sender->port = rubis_test_server_get_int (server, "port");
  sender->security = RUBIS_SECURITY_STARTTLS;
  g_setenv ("RUBIS_CA_FILE", rubis_test_server_get_string (server, "ca"), TRUE);
  return sender;
}

void
rubis_test_mail_set_imap (RubisSender *sender, RubisTestServer *server)
{
  rubis_sender_set (sender, imap_server, rubis_test_server_get_string (server, "host"));
  sender->imap_port = rubis_test_server_get_int (server, "port");
  sender->imap_security = RUBIS_SECURITY_STARTTLS;
}

RubisCredentials *
rubis_test_mail_new_credentials (RubisTestServer *server)
{
  return rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, rubis_test_server_get_string (server, "password"),
                                     NULL);
}

RubisParcel *
rubis_test_mail_new_parcel (const char *to, const char *name)
{
  static const char head[]
      = "From: =?utf-8?Q?Soci=C3=A9t=C3=A9_G=C3=A9n=C3=A9rale?= <compta@example.test>\r\n"
        "To: =?utf-8?B?Wm/DqyBNw7xsbGVy?= <alice@example.test>\r\n"
        "Subject: =?utf-8?Q?Relance_n=C2=B0_2_:_votre_facture_=C3=A9chue?=\r\n"
        "Date: Sun, 29 Mar 2026 12:00:00 +0200\r\n";
  static const char body[]
      = "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=\"=_a\"\r\n\r\n"
        "--=_a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
        "quoted-printable\r\n\r\n"
        ".\r\n..\r\n.point\r\nFrom here\r\nReste d=C3=BB : 1=E2=80=AF234,56=C2=A0=E2=82=AC\r\n \r\n"
        "--=_a\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename*=utf-8''Relev%C3%A9.pdf\r\n\r\n";
  g_autoptr (GString) text = g_string_new (head);
  g_autofree char *id = g_strconcat (name, "@exemple.fr", NULL);
  g_autoptr (GBytes) content = NULL;
  RubisParcel *parcel;

  g_string_append_printf (text, "Message-ID: <%s>\r\n%s", id, body);
  for (int line = 0; line < 2000; line++)
    g_string_append (text, "JVBERi0xLjcKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2cvUGFnZXMgMiAwIFI+\r\n");
  g_string_append (text, "--=_a--\r\n.\r\n");
  content = g_bytes_new (text->str, text->len);
  parcel = rubis_parcel_new (RUBIS_PARCEL_EMAIL, "rubis-0badcafe-1", content);
  rubis_parcel_set (parcel, message_id, id);
  rubis_parcel_set (parcel, from_email, "compta@example.test");
  rubis_parcel_set (parcel, to_email, to);
  return parcel;
}

RubisDelivery *
rubis_test_mail_send (const RubisSender *sender, RubisCredentials *credentials, const RubisParcel *parcel)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisTransport) transport = rubis_transport_new (sender, credentials, &error);

  g_assert_no_error (error);
  return rubis_transport_send (transport, parcel, NULL);
}

GPtrArray *
rubis_test_mail_wait_for_files (const char *maildir, const char *folder, guint n)
{
  g_autofree char *path = g_build_filename (maildir, folder, NULL);

  for (int i = 0; i < TRIES; i++)
    {
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        g_ptr_array_add (files, g_build_filename (path, name, NULL));
      if (files->len >= n)
        {
          g_assert_cmpuint (files->len, ==, n);
          return g_steal_pointer (&files);
        }
      g_usleep (TRY_MICROSECONDS);
    }
  g_error ("%s never held %u files", path, n);
}

void
rubis_test_mail_drop (const char *maildir, const char *name, const char *message)
{
  g_autofree char *temporary = g_build_filename (maildir, "tmp", name, NULL);
  g_autofree char *path = g_build_filename (maildir, "new", name, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (temporary);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (temporary, message, -1, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
  g_file_move (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}
