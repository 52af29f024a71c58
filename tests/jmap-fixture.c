#include "jmap-fixture.h"

#include <string.h>
#include <unistd.h>

#include "rubis-message.h"

RubisTestServer *jmap_sink;
RubisTestServer *jmap_cyrus;

RubisSender *
jmap_new_sender (const char *server, RubisAuth auth)
{
  RubisSender *sender = rubis_sender_new (RUBIS_TRANSPORT_JMAP);

  sender->auth = auth;
  rubis_sender_set (sender, name, "Compta");
  rubis_sender_set (sender, email, FROM);
  rubis_sender_set (sender, server, server);
  rubis_sender_set (sender, user, rubis_test_server_get_string (jmap_cyrus, "user"));
  return sender;
}

RubisTransport *
jmap_new_transport (const RubisSender *sender, const char *password, const char *token, const char *renewed,
                    RubisCredentials **credentials)
{
  g_autoptr (RubisCredentials) secrets = rubis_test_credentials_new (
      RUBIS_SECRET_PASSWORD, password, RUBIS_SECRET_ACCESS_TOKEN, token, "renewed-token", renewed, NULL);
  g_autoptr (GError) error = NULL;
  RubisTransport *transport = rubis_transport_new (sender, secrets, &error);

  g_assert_no_error (error);
  if (credentials != NULL)
    *credentials = g_object_ref (secrets);
  return transport;
}

RubisTransport *
jmap_new_basic (const char *member)
{
  g_autoptr (RubisSender) sender
      = jmap_new_sender (rubis_test_server_get_string (jmap_cyrus, member), RUBIS_AUTH_PASSWORD);

  return jmap_new_transport (sender, rubis_test_server_get_string (jmap_cyrus, "password"), "", "", NULL);
}

RubisParcel *
jmap_new_parcel (void)
{
  static guint n;
  g_autoptr (RubisMessage) message = rubis_message_new ();
  g_autofree char *id = g_strdup_printf ("%u.%d.c1042@example.test", ++n, (int)getpid ());
  g_autofree char *parcel_id = g_strdup_printf ("rubis-0badcafe-%u", n);
  g_autoptr (GBytes) copy = g_bytes_new_static ("%PDF-1.7 not really\r\n.\r\n\0\xff", 26);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  RubisParcel *parcel;

  rubis_message_set (message, from_name, "Société Générale d’Électricité");
  rubis_message_set (message, from_email, FROM);
  rubis_message_set (message, to_name, "Zoë Müller");
  rubis_message_set (message, to_email, TO);
  rubis_message_set (message, subject, SUBJECT);
  rubis_message_set (message, id, id);
  rubis_message_set (message, language, "fr");
  rubis_message_set (message, text, TEXT);
  rubis_message_set (message, html, "<html><body><p>Reste dû : 1 234,56 €</p></body></html>");
  message->time = 1774773000;
  message->zone = 120;
  rubis_message_attach (message, "Relevé d’échéances.pdf", "application/pdf", copy);
  content = rubis_message_write (message, &error);
  g_assert_no_error (error);
  parcel = rubis_parcel_new (RUBIS_PARCEL_EMAIL, parcel_id, content);
  rubis_parcel_set (parcel, message_id, id);
  rubis_parcel_set (parcel, from_email, FROM);
  rubis_parcel_set (parcel, to_email, TO);
  return parcel;
}

guint
jmap_count_stored (const RubisParcel *parcel, JsonObject **last)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_file_get_contents (rubis_test_server_get_string (jmap_sink, "stored"), &text, NULL, NULL);
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_autoptr (JsonNode) node = json_from_string (*line, NULL);

      if (node == NULL
          || strstr (json_object_get_string_member (json_node_get_object (node), "message_id"),
                     parcel->message_id)
                 == NULL)
        continue;
      n++;
      if (last != NULL && *last != NULL)
        json_object_unref (*last);
      if (last != NULL)
        *last = json_object_ref (json_node_get_object (node));
    }
  return n;
}

guint
jmap_count_in (const char *role, gboolean unread)
{
  g_autoptr (RubisSender) sender
      = jmap_new_sender (rubis_test_server_get_string (jmap_cyrus, "url"), RUBIS_AUTH_PASSWORD);
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (
      RUBIS_SECRET_PASSWORD, rubis_test_server_get_string (jmap_cyrus, "password"), NULL);
  g_autoptr (RubisJmap) jmap = rubis_jmap_new (sender, credentials);
  g_autoptr (RubisJsonAnswer) boxes = NULL;
  g_autoptr (RubisJsonAnswer) answer = NULL;
  g_autofree char *mailbox = NULL;
  RubisDelivery *failure = NULL;
  JsonBuilder *calls = rubis_jmap_begin_calls ();

  g_assert_true (rubis_jmap_open (jmap, NULL, &failure));
  rubis_jmap_add_call (calls, "Mailbox/get",
                       rubis_jmap_node ("{\"accountId\":%s}", rubis_jmap_get_account (jmap)));
  boxes = rubis_jmap_call (jmap, calls, FALSE, NULL, NULL, &failure);
  mailbox = rubis_jmap_find_mailbox (boxes, 0, role);
  calls = rubis_jmap_begin_calls ();
  rubis_jmap_add_call (calls, "Email/query",
                       rubis_jmap_node (unread ? "{\"accountId\":%s,\"filter\":{\"inMailbox\":%s,"
                                                 "\"notKeyword\":\"$seen\"}}"
                                               : "{\"accountId\":%s,\"filter\":{\"inMailbox\":%s}}",
                                        rubis_jmap_get_account (jmap), mailbox));
  answer = rubis_jmap_call (jmap, calls, FALSE, NULL, NULL, &failure);
  g_assert_true (rubis_jmap_check_method (jmap, answer, 0, &failure));
  return rubis_json_answer_get_length (answer, "methodResponses.0.1.ids");
}

void
jmap_assert_fate (const RubisDelivery *delivery, RubisFate fate)
{
  if (delivery->fate != fate)
    g_error ("%s instead of %s: %s\n%s", rubis_fate_to_id (delivery->fate), rubis_fate_to_id (fate),
             delivery->reason, delivery->answer);
  g_assert_cmpint (delivery->reason[0] == '\0', ==, fate == RUBIS_FATE_SENT);
  g_assert_null (strstr (delivery->reason, rubis_test_server_get_string (jmap_cyrus, "password")));
  g_assert_null (strstr (delivery->answer, rubis_test_server_get_string (jmap_cyrus, "password")));
}

void
jmap_assert_says (const RubisDelivery *delivery, const char *words)
{
  if (strstr (delivery->reason, words) == NULL)
    g_error ("“%s” is not in “%s”", words, delivery->reason);
}

void
jmap_fault (const char *name)
{
  g_autoptr (JsonObject) answer = rubis_test_server_command (jmap_sink, "fault %s", name);
}

void
jmap_tell_cyrus (const char *command)
{
  g_autoptr (JsonObject) answer = rubis_test_server_command (jmap_cyrus, "%s", command);
}

static gboolean
start_cyrus (int smtp_port)
{
  g_autofree char *port = g_strdup_printf ("%d", smtp_port);

  jmap_cyrus = rubis_test_server_new ("cyrus.py", "--smtp-port", port, "--upload", "1024", NULL);
  if (jmap_cyrus != NULL)
    g_setenv ("RUBIS_CA_FILE", rubis_test_server_get_string (jmap_cyrus, "ca"), TRUE);
  return jmap_cyrus != NULL;
}

gboolean
jmap_fixture_start (void)
{
  jmap_sink
      = rubis_test_server_new ("faulty-smtp.py", "--tls", "none", "--no-login", "--mechanisms", "none", NULL);
  return jmap_sink != NULL && start_cyrus (rubis_test_server_get_int (jmap_sink, "port"));
}

gboolean
jmap_fixture_start_without_sink (void)
{
  /* Nobody listens at the first port. */
  return start_cyrus (1);
}

void
jmap_stop_sink (void)
{
  g_clear_pointer (&jmap_sink, rubis_test_server_free);
}

void
jmap_fixture_stop (void)
{
  g_clear_pointer (&jmap_cyrus, rubis_test_server_free);
  g_clear_pointer (&jmap_sink, rubis_test_server_free);
}
