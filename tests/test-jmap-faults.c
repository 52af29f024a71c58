/* A JMAP server (Cyrus), or what stands before or behind it, fails at each step. */
#include "jmap-fixture.h"
#include "rubis-test.h"

#include <string.h>

/* Seconds until a silent server is given up; a busy one answers sooner. */
#define PATIENCE "3"

/* The connection breaks at each step; the message leaves once, and nobody believes otherwise. */
static void
test_cuts (void)
{
  const char *steps[] = { ".well-known", "Mailbox/get", "/upload/", "Email/import", "EmailSubmission/set" };
  const char *times[] = { "before", "after", "half", "hang" };

  g_setenv ("RUBIS_NETWORK_TIMEOUT", PATIENCE, TRUE);
  for (gsize step = 0; step < G_N_ELEMENTS (steps); step++)
    for (gsize time = 0; time < G_N_ELEMENTS (times); time++)
      {
        g_autoptr (RubisTransport) transport = jmap_new_basic ("proxy");
        g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
        g_autofree char *cut = g_strdup_printf ("cut %s %s 2", times[time], steps[step]);
        gboolean submits = g_str_equal (steps[step], "EmailSubmission/set");
        g_autoptr (RubisDelivery) first = NULL;
        g_autoptr (RubisDelivery) second = NULL;

        /* It takes its time: two places of different kinds will do. */
        if (g_str_equal (times[time], "hang") && !submits && step != 1)
          continue;
        g_test_message ("%s", cut);
        jmap_tell_cyrus (cut);
        first = rubis_transport_send (transport, parcel, NULL);
        jmap_tell_cyrus ("cut none");
        jmap_assert_fate (first, submits ? RUBIS_FATE_UNKNOWN : RUBIS_FATE_NOT_SENT);
        parcel->first_attempt = 1774773000;
        if (submits)
          {
            gboolean sent = !g_str_equal (times[time], "before");

            g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, sent);
            second = rubis_transport_look_up (transport, parcel, NULL);
            g_assert_cmpint (second->fate, ==, sent ? RUBIS_FATE_SENT : RUBIS_FATE_NOT_SENT);
            g_clear_pointer (&second, rubis_delivery_free);
          }
        second = rubis_transport_send (transport, parcel, NULL);
        jmap_assert_fate (second, RUBIS_FATE_SENT);
        g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, 1);
        g_assert_cmpuint (jmap_count_in ("drafts", FALSE), ==, 0);
      }
  g_unsetenv ("RUBIS_NETWORK_TIMEOUT");
}

/* The server behind the JMAP server refuses, or breaks off. */
static void
test_refusals (void)
{
  const struct
  {
    const char *fault;
    RubisFate fate;
    const char *words;
    guint n_stored;
  } cases[] = {
    { "550-rcpt", RUBIS_FATE_REFUSED, "refuses the address " TO, 0 },
    { "451-rcpt", RUBIS_FATE_NOT_SENT, "tried again later", 0 },
    { "554-message", RUBIS_FATE_REFUSED, "refuses the message", 0 },
    { "451-message", RUBIS_FATE_NOT_SENT, "tried again later", 0 },
    { "cut-message", RUBIS_FATE_UNKNOWN, "not known whether the message left", 0 },
    { "cut-stored", RUBIS_FATE_UNKNOWN, "not known whether the message left", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisTransport) transport = jmap_new_basic ("url");
      g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
      const guint n_drafts = jmap_count_in ("drafts", FALSE);
      g_autoptr (RubisDelivery) delivery = NULL;
      g_autoptr (RubisDelivery) looked_up = NULL;

      g_test_message ("%s", cases[i].fault);
      jmap_fault (cases[i].fault);
      delivery = rubis_transport_send (transport, parcel, NULL);
      jmap_fault ("none");
      g_test_message ("%s", delivery->answer);
      jmap_assert_fate (delivery, cases[i].fate);
      jmap_assert_says (delivery, cases[i].words);
      g_assert_false (delivery->sender_wide);
      g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, cases[i].n_stored);
      looked_up = rubis_transport_look_up (transport, parcel, NULL);
      /* Cyrus itself cannot know what the other server did with it: nor does Rubis claim to. */
      g_assert_cmpint (looked_up->fate, ==,
                       cases[i].fate == RUBIS_FATE_UNKNOWN ? RUBIS_FATE_UNKNOWN : RUBIS_FATE_NOT_SENT);
      g_assert_cmpuint (jmap_count_in ("drafts", FALSE), ==,
                        n_drafts + (cases[i].fate == RUBIS_FATE_UNKNOWN));
      if (cases[i].fate == RUBIS_FATE_NOT_SENT)
        {
          g_autoptr (RubisDelivery) again = rubis_transport_send (transport, parcel, NULL);

          jmap_assert_fate (again, RUBIS_FATE_SENT);
          g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, 1);
        }
    }
}

/* The server behind the JMAP server has it and does not say so: Cyrus waits, Rubis does not believe anything.
 */
static void
test_silence (void)
{
  g_autoptr (RubisTransport) transport = jmap_new_basic ("url");
  g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisDelivery) looked_up = NULL;

  g_setenv ("RUBIS_NETWORK_TIMEOUT", PATIENCE, TRUE);
  jmap_fault ("hang-stored");
  delivery = rubis_transport_send (transport, parcel, NULL);
  jmap_assert_fate (delivery, RUBIS_FATE_UNKNOWN);
  g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, 1);
  looked_up = rubis_transport_look_up (transport, parcel, NULL);
  jmap_assert_fate (looked_up, RUBIS_FATE_UNKNOWN);
  g_unsetenv ("RUBIS_NETWORK_TIMEOUT");
  /* Cyrus keeps the account for itself as long as it waits. */
  jmap_fixture_stop ();
  g_assert_true (jmap_fixture_start ());
}

static void
test_too_large (void)
{
  g_autoptr (RubisTransport) transport = jmap_new_basic ("proxy");
  g_autofree char *text = g_strnfill (2 * 1024 * 1024, 'x');
  g_autoptr (GBytes) content = g_bytes_new (text, 2 * 1024 * 1024);
  g_autoptr (RubisParcel) parcel = rubis_parcel_new (RUBIS_PARCEL_EMAIL, "rubis-0badcafe-0", content);
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (JsonObject) before = rubis_test_server_command (jmap_cyrus, "requests /upload/");
  g_autoptr (JsonObject) after = NULL;

  rubis_parcel_set (parcel, message_id, "large@example.test");
  rubis_parcel_set (parcel, from_email, FROM);
  rubis_parcel_set (parcel, to_email, TO);
  delivery = rubis_transport_send (transport, parcel, NULL);
  jmap_assert_fate (delivery, RUBIS_FATE_REFUSED);
  jmap_assert_says (delivery, "larger than the server takes");
  after = rubis_test_server_command (jmap_cyrus, "requests /upload/");
  g_assert_cmpint (json_object_get_int_member (after, "requests"), ==,
                   json_object_get_int_member (before, "requests"));
}

/* Errors that Cyrus does not give on demand: an answer in its place. */
static const struct
{
  const char *step;
  const char *status;
  const char *body;
  RubisFate fate;
  gboolean sender_wide;
  const char *words;
} errors[] = {
  { ".well-known", "503 Service Unavailable\r\nRetry-After: 7", "", RUBIS_FATE_NOT_SENT, TRUE,
    "not available" },
  { "/upload/", "413 Content Too Large", "{\"type\":\"about:blank\",\"detail\":\"12 MB at most\"}",
    RUBIS_FATE_REFUSED, FALSE, "It says: 12 MB at most" },
  { "/upload/", "400 Bad Request",
    "{\"type\":\"urn:ietf:params:jmap:error:limit\",\"limit\":\"maxConcurrentUpload\"}", RUBIS_FATE_NOT_SENT,
    TRUE, "jmap:error:limit" },
  { "/upload/", "500 Internal Server Error", "", RUBIS_FATE_NOT_SENT, TRUE, "tried again later" },
  { "Email/import", "200 OK", "<html>", RUBIS_FATE_NOT_SENT, TRUE, "an answer that is none" },
  { "Email/import", "200 OK", "{\"methodResponses\":[[\"error\",{\"type\":\"serverUnavailable\"},\"0\"]]}",
    RUBIS_FATE_NOT_SENT, TRUE, "serverUnavailable" },
  { "Email/import", "200 OK",
    "{\"methodResponses\":[[\"Email/import\",{\"notCreated\":{\"m\":{\"type\":\"overQuota\"}}},\"0\"]]}",
    RUBIS_FATE_NOT_SENT, TRUE, "make room" },
  { "Email/import", "200 OK",
    "{\"methodResponses\":[[\"Email/import\",{\"notCreated\":{\"m\":{\"type\":\"invalidEmail\"}}},\"0\"]]}",
    RUBIS_FATE_REFUSED, FALSE, "invalidEmail" },
  { "EmailSubmission/set", "429 Too Many Requests\r\nRetry-After: 7",
    "{\"type\":\"urn:ietf:params:jmap:error:limit\"}", RUBIS_FATE_NOT_SENT, TRUE, "more slowly" },
  { "EmailSubmission/set", "500 Internal Server Error", "", RUBIS_FATE_UNKNOWN, FALSE, "not known" },
  { "EmailSubmission/set", "200 OK", "{\"methodResponses\":17}", RUBIS_FATE_UNKNOWN, FALSE,
    "an answer that is none" },
  { "EmailSubmission/set", "200 OK",
    "{\"methodResponses\":[[\"Email/set\",{},\"0\"],[\"error\",{\"type\":\"accountReadOnly\"},\"1\"]]}",
    RUBIS_FATE_NOT_SENT, TRUE, "accountReadOnly" },
  { "EmailSubmission/set", "200 OK",
    "{\"methodResponses\":[[\"Email/set\",{},\"0\"],[\"error\",{\"type\":\"serverPartialFail\"},\"1\"]]}",
    RUBIS_FATE_UNKNOWN, FALSE, "not known" },
  { "EmailSubmission/set", "200 OK",
    "{\"methodResponses\":[[\"Email/set\",{},\"0\"],[\"EmailSubmission/"
    "set\",{\"notCreated\":{\"s\":{\"type\":"
    "\"forbiddenFrom\"}}},\"1\"]]}",
    RUBIS_FATE_NOT_SENT, TRUE, "send as " FROM },
  { "EmailSubmission/set", "200 OK",
    "{\"methodResponses\":[[\"Email/set\",{},\"0\"],[\"EmailSubmission/"
    "set\",{\"notCreated\":{\"s\":{\"type\":"
    "\"somethingNew\"}}},\"1\"]]}",
    RUBIS_FATE_UNKNOWN, FALSE, "somethingNew" },
};

static void
test_errors (void)
{
  g_autofree char *folder = rubis_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "answer", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (RubisTransport) transport = jmap_new_basic ("proxy");
      g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
      g_autoptr (RubisDelivery) delivery = NULL;
      g_autofree char *command = g_strdup_printf ("reply %s %s", path, errors[i].step);
      g_autofree char *answer
          = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", errors[i].status,
                             strlen (errors[i].body), errors[i].body);

      g_assert_true (g_file_set_contents (path, answer, -1, NULL));
      jmap_tell_cyrus (command);
      delivery = rubis_transport_send (transport, parcel, NULL);
      jmap_tell_cyrus ("cut none");
      g_test_message ("case %" G_GSIZE_FORMAT ": %s", i, delivery->reason);
      jmap_assert_fate (delivery, errors[i].fate);
      jmap_assert_says (delivery, errors[i].words);
      g_assert_cmpint (delivery->sender_wide, ==, errors[i].sender_wide);
      g_assert_cmpint (delivery->retry_after, ==, strstr (errors[i].status, "Retry-After") != NULL ? 7 : -1);
      g_assert_cmpuint (jmap_count_stored (parcel, NULL), ==, 0);
    }
  rubis_test_remove_tree (folder);
}

/* What a server says of a message that it took; Cyrus forgets it at once. */
static void
test_follow (void)
{
  const struct
  {
    const char *status;
    RubisFate fate;
    const char *answer;
  } cases[] = {
    { "{\"" TO "\":{\"smtpReply\":\"250 2.0.0 ok\",\"delivered\":\"yes\"}}", RUBIS_FATE_DELIVERED,
      "250 2.0.0 ok" },
    { "{\"" TO "\":{\"smtpReply\":\"250 ok\",\"delivered\":\"queued\"}}", RUBIS_FATE_SENT, "250 ok" },
    { "{\"" TO "\":{\"smtpReply\":\"550 5.1.1 no\",\"delivered\":\"no\"}}", RUBIS_FATE_BOUNCED_HARD,
      "550 5.1.1 no" },
    { "{\"" TO "\":{\"smtpReply\":\"452 4.2.2 full\",\"delivered\":\"no\"}}", RUBIS_FATE_BOUNCED_SOFT,
      "452 4.2.2 full" },
    /* Of several, the worst. */
    { "{\"a@b.example\":{\"delivered\":\"yes\"},\"" TO "\":{\"smtpReply\":\"550 no\",\"delivered\":\"no\"},"
      "\"c@b.example\":{\"delivered\":\"queued\"}}",
      RUBIS_FATE_BOUNCED_HARD, "550 no" },
    { "{\"" TO "\":{\"delivered\":\"unknown\"}}", RUBIS_FATE_UNKNOWN, "" },
    { "null", RUBIS_FATE_UNKNOWN, "" },
    { "[1,2]", RUBIS_FATE_UNKNOWN, "" },
    { "{\"" TO "\":{\"delivered\":[],\"smtpReply\":7},\"x\":\"y\"}", RUBIS_FATE_UNKNOWN, "" },
  };
  g_autofree char *folder = rubis_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "answer", NULL);
  g_autofree char *command = g_strdup_printf ("reply %s EmailSubmission/get", path);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisTransport) transport = jmap_new_basic ("proxy");
      g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
      g_autoptr (RubisDelivery) delivery = NULL;
      g_autofree char *body
          = g_strdup_printf ("{\"methodResponses\":[[\"EmailSubmission/"
                             "get\",{\"list\":[{\"id\":\"s1\",\"deliveryStatus\":%s}]},\"0\"]]}",
                             cases[i].status);
      g_autofree char *answer = g_strdup_printf (
          "HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", strlen (body), body);

      g_assert_true (g_file_set_contents (path, answer, -1, NULL));
      jmap_tell_cyrus (command);
      rubis_parcel_set (parcel, provider_id, "s1");
      delivery = rubis_transport_follow (transport, parcel, NULL);
      jmap_tell_cyrus ("cut none");
      g_assert_cmpint (delivery->fate, ==, cases[i].fate);
      g_assert_cmpstr (delivery->answer, ==, cases[i].answer);
    }
  rubis_test_remove_tree (folder);
}

static void
assert_waits (RubisTransport *transport, const char *words)
{
  g_autoptr (RubisParcel) parcel = jmap_new_parcel ();
  g_autoptr (RubisDelivery) delivery = rubis_transport_send (transport, parcel, NULL);

  jmap_assert_fate (delivery, RUBIS_FATE_NOT_SENT);
  g_assert_true (delivery->sender_wide);
  jmap_assert_says (delivery, words);
  g_assert_cmpuint (jmap_count_in ("drafts", FALSE), ==, 0);
}

/* Cyrus fails when it has lost the server behind it; from its next start on it does not offer to send. */
static void
test_server_down (void)
{
  g_autoptr (RubisTransport) before = NULL;
  g_autoptr (RubisTransport) after = NULL;
  g_autoptr (GError) error = NULL;

  jmap_fixture_stop ();
  g_assert_true (jmap_fixture_start ());
  before = jmap_new_basic ("url");
  g_assert_true (rubis_transport_test (before, NULL, &error));
  jmap_stop_sink ();
  assert_waits (before, "does not send at the moment");
  jmap_fixture_stop ();
  g_assert_true (jmap_fixture_start_without_sink ());
  after = jmap_new_basic ("url");
  assert_waits (after, "cannot send messages at the moment");
  g_assert_false (rubis_transport_test (after, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER);
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
    g_test_add_func ("/jmap-faults/servers", test_nothing);
  else
    {
      g_test_add_func ("/jmap-faults/cuts", test_cuts);
      g_test_add_func ("/jmap-faults/refusals", test_refusals);
      g_test_add_func ("/jmap-faults/silence", test_silence);
      g_test_add_func ("/jmap-faults/too-large", test_too_large);
      g_test_add_func ("/jmap-faults/errors", test_errors);
      g_test_add_func ("/jmap-faults/follow", test_follow);
      g_test_add_func ("/jmap-faults/server-down", test_server_down);
    }
  status = g_test_run ();
  jmap_fixture_stop ();
  return status;
}
