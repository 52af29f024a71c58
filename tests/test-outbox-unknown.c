/* Messages of which nobody knows whether they left: they do not leave again before somebody knows. */
#include "outbox-fixture.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

/* What may have left is not sent again before the server or a person has said so. */
static void
test_unknown (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  outbox_confirm_all (f);
  outbox_keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "unknown"), ==, 1);
  for (int i = 0; i < 5; i++)
    outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 1);
  g_assert_cmpint (outbox_count (f, "unknown"), ==, 1);
  ids = outbox_all_ids (f);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 0);
  g_assert_cmpint (rubis_session_retry_outbox (f->session, ids, f->now, NULL), ==, 0);
  g_assert_cmpint (rubis_session_settle_outbox (f->session, ids, FALSE, f->now, NULL), ==, 1);
  outbox_send_later (f, 0);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 1);
  g_assert_cmpuint (f->end.received->len, ==, 2);
}

static void
test_unknown_settled_as_sent (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  outbox_confirm_all (f);
  outbox_keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  outbox_send_later (f, 10 * MINUTE);
  ids = outbox_all_ids (f);
  g_assert_cmpint (rubis_session_settle_outbox (f->session, ids, TRUE, f->now, NULL), ==, 1);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 1);
  outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 1);
}

static void
test_look_up (Fixture *f, gconstpointer data)
{
  outbox_confirm_all (f);
  for (int i = 0; i < 2; i++)
    rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  outbox_send_later (f, 10 * MINUTE);
  /* After two in a row the sender is left alone for a while. */
  g_assert_cmpuint (f->end.received->len, ==, 2);
  /* The server has the first; of the second it says too early that it has it not. */
  g_queue_push_tail (&f->end.looked_up, rubis_delivery_new (RUBIS_FATE_SENT, NULL, NULL));
  g_queue_push_tail (&f->end.looked_up, rubis_delivery_new (RUBIS_FATE_NOT_SENT, NULL, NULL));
  outbox_send_later (f, MINUTE);
  g_assert_cmpint (outbox_count (f, "unknown"), ==, 1);
  g_queue_push_tail (&f->end.looked_up, rubis_delivery_new (RUBIS_FATE_NOT_SENT, NULL, NULL));
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "unknown"), ==, 0);
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 3);
  g_assert_cmpuint (f->end.received->len, ==, 4);
}

/* What a server recognises without an id is not taken for sent when it is another message of ours. */
static void
test_look_up_twin (Fixture *f, gconstpointer data)
{
  rubis_test_exec (f->session, "UPDATE account SET email = 'same@client.example', name = 'Same'");
  outbox_confirm_all (f);
  rubis_test_exec (f->session, "UPDATE outbox SET subject = 'Same'");
  rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "unknown"), ==, 1);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 2);
  rubis_test_exec (f->session, "UPDATE outbox SET provider_id = 'p' || id WHERE state = 'sent'");
  for (int i = 0; i < 2; i++)
    {
      RubisDelivery *found = rubis_delivery_new (RUBIS_FATE_SENT, NULL, NULL);

      found->alike = TRUE;
      g_free (found->provider_id);
      found->provider_id = g_strdup (i == 0 ? "p2" : "p7");
      g_queue_push_tail (&f->end.looked_up, found);
      outbox_send_later (f, 10 * MINUTE);
      g_assert_cmpint (outbox_count (f, "unknown"), ==, 1 - i);
    }
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

/* A server that does not answer is not asked about everything: each question may take minutes. */
static void
test_silent_server (Fixture *f, gconstpointer data)
{
  outbox_confirm_all (f);
  for (int i = 0; i < 3; i++)
    rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  outbox_send_later (f, 10 * MINUTE);
  outbox_send_later (f, 2 * MINUTE);
  g_assert_cmpint (outbox_count (f, "unknown"), ==, 3);
  f->end.n_asked = 0;
  outbox_send_later (f, 3600);
  g_assert_cmpint (f->end.n_asked, ==, 2);
}

/* Rubis died while a server was being asked: nobody knows. */
static void
test_crash (Fixture *f, gconstpointer data)
{
  outbox_confirm_all (f);
  outbox_keep_one (f);
  rubis_test_exec (
      f->session,
      "INSERT INTO outbox_attempt (outbox_id, sender_id, began_at, transport) SELECT id, sender_id, "
      "1795168800, 'smtp' FROM outbox WHERE state = 'approved';"
      "UPDATE outbox SET state = 'sending', n_attempts = 1 WHERE state = 'approved'");
  /* Nothing else is due: the window looks at it without being asked, and asks again ten minutes later. */
  g_assert_cmpint (rubis_session_get_next_sending (f->session, f->now, NULL), ==, f->now);
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "unknown"), ==, 1);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  g_assert_cmpint (f->end.n_asked, ==, 1);
  g_assert_cmpint (rubis_session_get_next_sending (f->session, f->now, NULL), ==, f->now + 10 * MINUTE);
  /* Nobody can be asked through a sender that is switched off. */
  f->sender->active = FALSE;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, NULL));
  g_assert_cmpint (rubis_session_get_next_sending (f->session, f->now, NULL), ==, 0);
  f->sender->active = TRUE;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, NULL));
  g_assert_cmpint (rubis_session_get_next_sending (f->session, f->now, NULL), ==, f->now + 10 * MINUTE);
  /* After a day only a person can tell. */
  g_assert_cmpint (rubis_session_get_next_sending (f->session, f->now + 86400, NULL), ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/outbox-unknown/unknown", test_unknown },
    { "/outbox-unknown/unknown-settled-as-sent", test_unknown_settled_as_sent },
    { "/outbox-unknown/look-up", test_look_up },
    { "/outbox-unknown/look-up-twin", test_look_up_twin },
    { "/outbox-unknown/silent-server", test_silent_server },
    { "/outbox-unknown/crash", test_crash },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, outbox_set_up, tests[i].func, outbox_tear_down);
  return g_test_run ();
}
