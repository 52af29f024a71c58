/* The outbox: what has to wait, what is unknown, and what is said of it. */
#include <string.h>

#include "outbox-fixture.h"
#include "rubis-inbox.h"
#include "rubis-import-preview.h"
#include "rubis-plans.h"
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

/* The reason of each message that waits; all have the same, and the same moment. */
static char *
dup_reason (Fixture *f, gint64 *leaves_at)
{
  g_autoptr (GPtrArray) rows = rubis_session_list_outbox (
      f->session, 1u << RUBIS_OUTBOX_APPROVED | 1u << RUBIS_OUTBOX_QUEUED, 0, 0, NULL, 0, NULL);
  const RubisOutboxRow *row = g_ptr_array_index (rows, 0);

  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_true (rubis_session_explain_outbox (f->session, rows, f->now, NULL));
  for (guint i = 0; i < rows->len; i++)
    {
      g_assert_cmpstr (((RubisOutboxRow *)g_ptr_array_index (rows, i))->reason, ==, row->reason);
      g_assert_cmpint (((RubisOutboxRow *)g_ptr_array_index (rows, i))->leaves_at, ==, row->leaves_at);
    }
  *leaves_at = row->leaves_at;
  return g_strdup (row->reason);
}

static void
assert_waits (Fixture *f, const char *why, gint64 until)
{
  gint64 leaves_at = 0;
  g_autofree char *reason = dup_reason (f, &leaves_at);

  g_assert_nonnull (strstr (reason, why));
  g_assert_cmpint (leaves_at, ==, until);
  g_assert_cmpint (rubis_session_get_next_sending (f->session, f->now, NULL), ==, until);
}

/* Approved on a Friday, due on Saturday: Monday, at the hour when the sender begins. */
static void
test_weekend (Fixture *f, gconstpointer data)
{
  gint64 monday = NOW - 10 * 3600 + 3 * 86400;
  gint64 leaves_at = 0;
  g_autofree char *free_reason = NULL;

  outbox_confirm_all (f);
  free_reason = dup_reason (f, &leaves_at);
  g_assert_cmpstr (free_reason, ==, "");
  g_assert_cmpint (leaves_at, ==, NOW + 10 * MINUTE);
  f->now += 86400;
  rubis_session_set_today (f->session, rubis_session_get_today (f->session) + 1);
  outbox_send_later (f, 0);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  assert_waits (f, "23/11/2026", monday);
  f->sender->from_minute = 9 * 60;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, NULL));
  assert_waits (f, "weekend", monday + 9 * 3600);
  f->now = monday + 9 * 3600;
  rubis_session_set_today (f->session, rubis_session_get_today (f->session) + 2);
  outbox_send_later (f, 0);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

static void
test_reasons (Fixture *f, gconstpointer data)
{
  outbox_confirm_all (f);
  f->now += 10 * MINUTE;
  f->sender->from_minute = 14 * 60;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, NULL));
  assert_waits (f, "hour", NOW + 4 * 3600);
  g_assert_true (rubis_session_set_outbox_hold (f->session, TRUE, NULL));
  assert_waits (f, "held", 0);
  g_assert_true (rubis_session_set_outbox_hold (f->session, FALSE, NULL));
  rubis_test_exec (f->session, "UPDATE import_batch SET as_of = as_of - 300");
  assert_waits (f, "too old", 0);
  rubis_test_exec (f->session, "UPDATE import_batch SET as_of = as_of + 300");
  f->sender->active = FALSE;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, NULL));
  assert_waits (f, "switched off", 0);
}

/* C1 pays all on one day. */
static gint64
agree_plan (Fixture *f)
{
  const RubisPlanInput input
      = { .account_id = rubis_test_query (f->session, "SELECT id FROM account WHERE code = 'C1'"),
          .n_instalments = 1,
          .first_date = rubis_session_get_today (f->session),
          .notice_days = -1 };
  g_autoptr (GError) error = NULL;
  gint64 id = rubis_session_add_plan (f->session, &input, &error);

  g_assert_no_error (error);
  return id;
}

static void
cancel_plan (Fixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;

  rubis_session_cancel_plan (f->session, id, "", &error);
  g_assert_no_error (error);
}

/* The reminder of a plan that is no more does not leave, although the same amount is due. */
static void
test_plan_cancelled (Fixture *f, gconstpointer data)
{
  gint64 id = agree_plan (f);

  rubis_session_set_today (f->session, rubis_session_get_today (f->session) + 10);
  f->now += 10 * 24 * 60 * MINUTE;
  rubis_test_exec (f->session, "UPDATE import_batch SET as_of = as_of + 10");
  outbox_confirm_all (f);
  g_assert_cmpint (outbox_count (f, "approved"), ==, 3);
  cancel_plan (f, id);
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "cancelled"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'cancelled' AND "
                                                 "reason LIKE 'A payment plan for its items%'"),
                   ==, 1);
}

/* A reminder that a plan kept from leaving is not done when the plan ends. */
static void
test_plan_gives_no_level (Fixture *f, gconstpointer data)
{
  static const char *const level = "SELECT level FROM item WHERE number = 'F1'";
  gint64 id;

  outbox_confirm_all (f);
  g_assert_cmpint (rubis_test_query (f->session, level), ==, 1);
  id = agree_plan (f);
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "cancelled"), ==, 1);
  cancel_plan (f, id);
  g_assert_cmpint (rubis_test_query (f->session, level), ==, -1);
}

/* One that was sent before is. */
static void
test_plan_gives_level (Fixture *f, gconstpointer data)
{
  outbox_confirm_all (f);
  outbox_send_later (f, 10 * MINUTE);
  cancel_plan (f, agree_plan (f));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F1'"), ==, 1);
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
    { "/outbox/waits-for-monday", test_weekend },
    { "/outbox/waits-why", test_reasons },
    { "/outbox/plan-cancelled", test_plan_cancelled },
    { "/outbox/plan-gives-no-level", test_plan_gives_no_level },
    { "/outbox/plan-gives-level", test_plan_gives_level },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, outbox_set_up, tests[i].func, outbox_tear_down);
  return g_test_run ();
}
