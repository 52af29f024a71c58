/* The outbox: what has to wait, what is unknown, and what is said of it. */
#include <string.h>

#include "outbox-fixture.h"
#include "rubis-inbox.h"
#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

/* What a customer has answered cannot be said not to have left: it would leave twice. */
static void
test_unknown_answered (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  outbox_confirm_all (f);
  outbox_keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  outbox_send_later (f, 10 * MINUTE);
  ids = outbox_all_ids (f);
  rubis_test_exec (
      f->session,
      "INSERT INTO incoming (id, uid, received, fetched_at, from_email, from_name, subject, kind, "
      "account_id, outbox_id, matched_by, text, state, sha256, content) SELECT 7, '1', 0, 0, recipient, "
      "'', 'Re', 'reply', account_id, id, 'message-id', 'Paid.', 'new', "
      "'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', x'00' FROM outbox "
      "WHERE state = 'unknown'");
  g_assert_cmpint (rubis_session_settle_outbox (f->session, ids, FALSE, f->now, &error), ==, -1);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_assert_nonnull (strstr (error->message, "number 7"));
  g_assert_cmpint (outbox_count (f, "unknown"), ==, 1);
  g_assert_cmpint (rubis_session_settle_outbox (f->session, ids, TRUE, f->now, NULL), ==, 1);
  outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 1);
}

/* Said not to have left, then answered: the answer is right, and it does not leave a second time. */
static void
test_answered_later (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GBytes) content = NULL;
  gint64 id = 0;
  g_autoptr (RubisOutboxRow) row = NULL;
  g_autofree char *text = NULL;

  outbox_confirm_all (f);
  outbox_keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  outbox_send_later (f, 10 * MINUTE);
  ids = outbox_all_ids (f);
  g_assert_cmpint (rubis_session_settle_outbox (f->session, ids, FALSE, f->now, NULL), ==, 1);
  for (guint i = 0; i < ids->len && row == NULL; i++)
    {
      row = rubis_session_load_outbox (f->session, g_array_index (ids, gint64, i), NULL);
      if (row->state != RUBIS_OUTBOX_QUEUED)
        g_clear_object (&row);
    }
  g_assert_nonnull (row);
  text = g_strdup_printf (
      "From: %s\r\nTo: credit@verrerie.example\r\nSubject: Re: %s\r\nMessage-ID: <1@x.example>\r\n"
      "In-Reply-To: <%s>\r\nDate: Fri, 20 Nov 2026 20:00:00 +0000\r\n\r\nWe have received it.\r\n",
      row->recipient, "reminder", row->message_id);
  content = g_bytes_new (text, strlen (text));
  g_assert_true (rubis_session_take_message (f->session, 0, "1", content, f->now, &id, NULL));
  g_assert_cmpint (id, >, 0);
  outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 1);
  g_assert_cmpint (outbox_count (f, "delivered"), ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/outbox/unknown-answered", test_unknown_answered },
    { "/outbox/answered-later", test_answered_later },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, outbox_set_up, tests[i].func, outbox_tear_down);
  return g_test_run ();
}
