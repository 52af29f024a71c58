/* The outbox with providers over HTTP: whatever is lost between them, a message is received once, and once
 * more only when it came back and a person wants it. */
#include "provider-fixture.h"
#include "rubis-agenda-list.h"
#include "rubis-outbox.h"
#include "rubis-senders-private.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

#include <string.h>

/* Friday, 20 November 2026, 10:00 UTC. */
#define NOW G_GINT64_CONSTANT (1795168800)

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 now;
} Fixture;

static gint64
get_now (gpointer user_data)
{
  return ((Fixture *)user_data)->now;
}

/* The clock of the provider is ours. */
static void
set_now (Fixture *f, gint64 now)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (now);
  g_autofree char *text = g_date_time_format (moment, "%a, %d %b %Y %H:%M:%S GMT");

  f->now = now;
  provider_set ("options", "{\"date\": \"%s\"}", text);
}

/* A customer who is to be written to, and a sender that does it at once. */
static Fixture *
set_up (const TestProvider *provider)
{
  Fixture *f = g_new0 (Fixture, 1);
  g_autoptr (RubisCredentials) credentials = provider_new_credentials (provider);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  provider_reset ();
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  set_now (f, NOW);
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'compta@exemple.fr' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  id = rubis_test_add_account (f->session, "C1", "Alpha");
  rubis_test_add_item (f->session, id, "F1", RUBIS_ITEM_INVOICE, "2026-11-10", 120000, 120000, NULL);
  rubis_test_exec (f->session, "UPDATE account SET email = 'zoe.muller@client.example'");
  sender = provider_new_sender (provider);
  sender->recall_minutes = 0;
  rubis_session_set_credentials (f->session, credentials);
  g_assert_true (rubis_session_save_sender (f->session, sender, &error));
  g_assert_no_error (error);
  return f;
}

static void
tear_down (Fixture *f)
{
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, tear_down)

static void
confirm (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, &error);
  const RubisRunOptions options = { .now = f->now };
  g_autoptr (RubisRunReport) report = NULL;

  g_assert_no_error (error);
  report = rubis_session_perform_with (f->session, rows, &options, NULL, &error);
  g_assert_no_error (error);
}

static void
send_after (Fixture *f, gint64 seconds)
{
  const RubisSendOptions options = { .clock = get_now, .clock_data = f };
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (GError) error = NULL;

  set_now (f, f->now + seconds);
  report = rubis_session_send_outbox (f->session, &options, NULL, &error);
  g_assert_no_error (error);
}

static RubisOutboxRow *
get_row (Fixture *f)
{
  g_autoptr (GPtrArray) rows = rubis_session_list_outbox (f->session, 0, 0, 0, NULL, 0, NULL);

  g_assert_cmpuint (rows->len, ==, 1);
  return g_object_ref (g_ptr_array_index (rows, 0));
}

#define assert_state(f, expected)                                                                            \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autoptr (RubisOutboxRow) state_row = get_row (f);                                                      \
    g_assert_cmpstr (rubis_outbox_state_to_id (state_row->state), ==, rubis_outbox_state_to_id (expected));  \
  }                                                                                                          \
  G_STMT_END

static void
test_sent (gconstpointer data)
{
  g_autoptr (Fixture) f = set_up (data);
  g_autoptr (RubisOutboxRow) row = NULL;

  confirm (f);
  send_after (f, 60);
  row = get_row (f);
  assert_state (f, RUBIS_OUTBOX_SENT);
  g_assert_cmpstr (row->provider_id, !=, "");
  g_assert_cmpuint (provider_count_sent (), ==, 1);
  send_after (f, 3600);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

/* Taken, but the answer was lost: the provider is asked, and says so. */
static void
test_lost_answer (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (Fixture) f = set_up (provider);

  confirm (f);
  provider_set ("fault", "{\"match\": \"%s\", \"how\": \"taken-cut\"}", provider->submits);
  send_after (f, 60);
  for (int i = 0; i < 6; i++)
    send_after (f, 1200);
  assert_state (f, RUBIS_OUTBOX_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

/* Lost on the way: once the provider says that it has no such message, it is sent. */
static void
test_lost_message (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (Fixture) f = set_up (provider);

  confirm (f);
  provider_set ("fault", "{\"match\": \"%s\", \"how\": \"garbage\"}", provider->submits);
  send_after (f, 60);
  assert_state (f, RUBIS_OUTBOX_UNKNOWN);
  g_assert_cmpuint (provider_count_sent (), ==, 0);
  for (int i = 0; i < 8; i++)
    send_after (f, 1800);
  assert_state (f, RUBIS_OUTBOX_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

/* It came back and a person sends it once more: the provider that knows the first one takes it as another,
 * also when the answer to it is lost.
 */
static void
test_once_more (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (Fixture) f = set_up (provider);
  g_autoptr (RubisOutboxRow) before = NULL;
  g_autoptr (RubisOutboxRow) after = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  JsonObject *first_fields;
  JsonObject *second_fields;

  confirm (f);
  send_after (f, 60);
  before = get_row (f);
  rubis_test_exec (f->session, "UPDATE outbox SET state = 'bounced_soft'");
  g_array_append_val (ids, before->id);
  set_now (f, f->now + 300);
  g_assert_cmpint (rubis_session_retry_outbox (f->session, ids, f->now, NULL), ==, 1);
  provider_set ("fault", "{\"match\": \"%s\", \"how\": \"taken-cut\"}", provider->submits);
  send_after (f, 60);
  g_assert_cmpuint (provider_count_sent (), ==, 2);
  for (int i = 0; i < 6; i++)
    send_after (f, 1200);
  assert_state (f, RUBIS_OUTBOX_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 2);
  after = get_row (f);
  g_assert_cmpstr (after->provider_id, !=, before->provider_id);
  g_assert_cmpint (after->document_id, !=, before->document_id);
  g_assert_cmpstr (after->message_id, !=, before->message_id);
  first = provider_get_sent (0);
  second = provider_get_sent (1);
  first_fields = json_object_get_object_member (first, "fields");
  second_fields = json_object_get_object_member (second, "fields");
  g_assert_true (json_object_equal (first_fields, second_fields));
}

static gint64
count_reminded (Fixture *f)
{
  return rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1");
}

/* Nobody has read it: once the address is right again it counts again, and leaves. */
static void
test_bounced_hard (void)
{
  g_autoptr (Fixture) f = set_up (&test_providers[2]);
  g_autoptr (RubisOutboxRow) row = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  confirm (f);
  send_after (f, 60);
  row = get_row (f);
  g_assert_cmpint (count_reminded (f), ==, 1);
  provider_set ("event",
                "{\"email\": \"zoe.muller@client.example\", \"messageId\": \"%s\", \"tag\": \"\", \"event\": "
                "\"hardBounces\", \"reason\": \"550 no such user\"}",
                row->provider_id);
  set_now (f, f->now + 7200);
  g_assert_cmpint (rubis_session_follow_outbox (f->session, f->now, NULL, &error), ==, 1);
  g_assert_no_error (error);
  assert_state (f, RUBIS_OUTBOX_BOUNCED_HARD);
  g_assert_cmpint (count_reminded (f), ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT email_bad FROM account"), ==, 1);
  rubis_test_exec (f->session, "UPDATE account SET email_bad = 0");
  g_array_append_val (ids, row->id);
  g_assert_cmpint (rubis_session_retry_outbox (f->session, ids, f->now, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (count_reminded (f), ==, 1);
  send_after (f, 60);
  assert_state (f, RUBIS_OUTBOX_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 2);
}

static void
add_for_each (const char *name, GTestDataFunc function)
{
  for (gsize i = 0; i < N_TEST_PROVIDERS; i++)
    {
      g_autofree char *path = g_strconcat ("/outbox-providers/", name, "/", test_providers[i].name, NULL);

      g_test_add_data_func (path, &test_providers[i], function);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  add_for_each ("sent", test_sent);
  add_for_each ("lost-answer", test_lost_answer);
  add_for_each ("lost-message", test_lost_message);
  add_for_each ("once-more", test_once_more);
  g_test_add_func ("/outbox-providers/bounced-hard", test_bounced_hard);
  status = g_test_run ();
  provider_stop ();
  return status;
}
