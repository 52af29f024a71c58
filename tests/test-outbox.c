/* The outbox: what leaves, what does not, and what is known of it. */
#include <string.h>

#include "rubis-account-card.h"
#include "outbox-fixture.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

static void
test_window (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSendReport) early = NULL;
  g_autoptr (RubisSendReport) later = NULL;
  g_autoptr (GPtrArray) attempts = NULL;
  const RubisOutboxRow *row;

  outbox_confirm_all (f);
  g_assert_cmpint (outbox_count (f, "approved"), ==, 3);
  early = outbox_send_due (f);
  g_assert_cmpint (early->n_sent, ==, 0);
  g_assert_cmpint (early->n_waiting, ==, 3);
  g_assert_cmpint (early->next, ==, NOW + 10 * MINUTE);
  f->now = NOW + 10 * MINUTE;
  later = outbox_send_due (f);
  g_assert_cmpint (later->n_sent, ==, 3);
  g_assert_cmpint (later->next, ==, 0);
  g_assert_cmpuint (later->rows->len, ==, 3);
  g_assert_cmpuint (f->end.received->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (f->end.subjects, 0), ==, "alpha@client.example");
  /* One connection for all. */
  g_assert_cmpint (f->end.n_connections, ==, 1);
  row = g_ptr_array_index (later->rows, 0);
  g_assert_cmpint (row->state, ==, RUBIS_OUTBOX_SENT);
  g_assert_cmpint (row->sent_at, ==, f->now);
  attempts = rubis_session_list_attempts (f->session, row->id, NULL);
  g_assert_cmpuint (attempts->len, ==, 1);
  g_assert_cmpstr (((RubisOutboxAttempt *)g_ptr_array_index (attempts, 0))->answer, ==, "250 taken");
  outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

/* A payment, a stop and a changed amount within the window: none of the three leaves. */
static void
test_paid_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSendReport) report = NULL;

  outbox_confirm_all (f);
  rubis_test_exec (
      f->session,
      "INSERT INTO allocation (item_id, amount, date, source) SELECT id, 120000, 0, 'user' FROM item "
      "WHERE number = 'F1'; UPDATE item SET open = 0 WHERE number = 'F1';"
      "UPDATE account SET stop = 1 WHERE code = 'C2';"
      "INSERT INTO allocation (item_id, amount, date, source) SELECT id, 20000, 0, 'user' FROM item "
      "WHERE number = 'F3'; UPDATE item SET open = 100000 WHERE number = 'F3'");
  f->now += 10 * MINUTE;
  report = outbox_send_due (f);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  g_assert_cmpint (report->n_called_off, ==, 3);
  g_assert_cmpint (outbox_count (f, "cancelled"), ==, 3);
  /* Nobody has read anything: no level, no contact. */
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level >= 0"), ==, 0);
  g_assert_cmpint (
      rubis_test_query (f->session, "SELECT count (*) FROM account WHERE last_contact IS NOT NULL"), ==, 0);
  /* What is still owed is proposed anew. */
  g_assert_cmpuint (outbox_count_proposed (f), ==, 1);
}

static void
test_recall (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  outbox_confirm_all (f);
  g_assert_cmpuint (outbox_count_proposed (f), ==, 0);
  ids = outbox_all_ids (f);
  g_array_set_size (ids, 1);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 1);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 0);
  g_assert_cmpuint (outbox_count_proposed (f), ==, 1);
  /* Escape: all whose window still runs. */
  g_assert_cmpint (rubis_session_recall_all (f->session, f->now, NULL), ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level >= 0"), ==, 0);
  g_assert_cmpuint (outbox_count_proposed (f), ==, 3);
  outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  /* Confirmed once more, they leave once. */
  outbox_confirm_all (f);
  outbox_send_later (f, 3600);
  outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

/* A second reminder that is taken back, or comes back, leaves the first one's level and day as they were: it
 * is due at once, not after another interval. */
static void
test_recall_second (Fixture *f, gconstpointer data)
{
  gint64 first;

  outbox_confirm_all (f);
  outbox_send_later (f, 10 * MINUTE);
  first = rubis_test_query (f->session, "SELECT min (level_date) FROM item WHERE level = 1");
  rubis_test_exec (f->session, "UPDATE import_batch SET as_of = as_of + 14");
  rubis_session_set_today (f->session, rubis_session_get_today (f->session) + 14);
  f->now += 14 * 86400;
  g_assert_cmpuint (outbox_count_proposed (f), ==, 3);
  outbox_confirm_all (f);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 2"), ==, 3);
  g_assert_cmpint (rubis_session_recall_all (f->session, f->now, NULL), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1"), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT max (level_date) FROM item WHERE level = 1"), ==,
                   first);
  g_assert_cmpuint (outbox_count_proposed (f), ==, 3);
}

/* The server of the recipient knows nobody of that name: the address is marked, nothing is proposed to it again. */
static void
test_unknown_address (Fixture *f, gconstpointer data)
{
  RubisDelivery *delivery;

  outbox_confirm_all (f);
  outbox_keep_one (f);
  delivery = rubis_test_end_answer (&f->end, RUBIS_FATE_REFUSED, "550 5.1.1 unknown");
  delivery->bad_email = TRUE;
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "refused"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account WHERE email_bad <> 0"), ==, 1);
}

/* Escape is too late for what has left. */
static void
test_recall_too_late (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  outbox_confirm_all (f);
  outbox_send_later (f, 10 * MINUTE);
  ids = outbox_all_ids (f);
  g_assert_cmpint (rubis_session_recall_all (f->session, f->now, NULL), ==, 0);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 0);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1"), ==, 3);
}

/* A server that is sure it did not take the message is asked again, later and later, and not for ever. */
static void
test_retries (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;
  gint64 last = 0;

  outbox_confirm_all (f);
  outbox_keep_one (f);
  f->now += 10 * MINUTE;
  for (int i = 1; i <= 5; i++)
    {
      g_autoptr (RubisSendReport) report = NULL;

      rubis_test_end_answer (&f->end, RUBIS_FATE_NOT_SENT, "The mailbox is busy.");
      report = outbox_send_due (f);
      g_assert_cmpuint (f->end.received->len, ==, (guint)i);
      if (i == 5)
        break;
      g_assert_cmpint (report->n_failed, ==, 1);
      g_assert_cmpint (report->next - f->now, >, last);
      last = report->next - f->now;
      outbox_send_later (f, last - 1);
      g_assert_cmpuint (f->end.received->len, ==, (guint)i);
      f->now += 1;
    }
  g_assert_cmpint (outbox_count (f, "refused"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level >= 0"), ==, 0);
  g_assert_cmpuint (outbox_count_proposed (f), ==, 3);
  /* Tried once more by a person: the level is there again, and the agenda does not propose it besides. */
  ids = outbox_all_ids (f);
  g_assert_cmpint (rubis_session_retry_outbox (f->session, ids, f->now, NULL), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1"), ==, 1);
  g_assert_cmpuint (outbox_count_proposed (f), ==, 2);
  outbox_send_later (f, 0);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 1);
  /* The same message: the same key for a server that knows it. */
  g_assert_cmpstr (g_ptr_array_index (f->end.received, 0), ==, g_ptr_array_index (f->end.received, 5));
}

/* Retried after the agenda has done it anew: nothing leaves twice. */
static void
test_retry_replaced (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  outbox_confirm_all (f);
  outbox_keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_REFUSED, "No such mailbox.");
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "refused"), ==, 1);
  ids = outbox_all_ids (f);
  outbox_confirm_all (f);
  g_assert_cmpint (rubis_session_retry_outbox (f->session, ids, f->now, NULL), ==, 0);
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 3);
  g_assert_cmpint (outbox_count (f, "refused"), ==, 1);
}

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSendReport) report = NULL;

  outbox_confirm_all (f);
  outbox_keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_NOT_SENT, "Too many.")->retry_after = 7200;
  f->now += 10 * MINUTE;
  report = outbox_send_due (f);
  g_assert_cmpint (report->next, ==, f->now + 7200);
}

/* A wrong password is not the fault of the messages: all wait, none is used up. */
static void
test_sender_fails (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSendReport) report = NULL;

  outbox_confirm_all (f);
  f->now += 10 * MINUTE;
  for (int i = 0; i < 7; i++)
    {
      g_clear_pointer (&report, rubis_send_report_free);
      rubis_test_end_answer (&f->end, RUBIS_FATE_NOT_SENT, "The password is wrong.")->sender_wide = TRUE;
      report = outbox_send_due (f);
      g_assert_cmpuint (f->end.received->len, ==, (guint)i + 1);
      g_assert_cmpuint (report->problems->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (report->problems, 0), "The password is wrong."));
      g_assert_cmpint (report->next, >, f->now);
      f->now = report->next;
    }
  g_assert_cmpint (outbox_count (f, "queued"), ==, 3);
  outbox_send_later (f, 0);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (wait_until) FROM sender"), ==, 0);
}

static void
test_limits (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (RubisSendReport) second = NULL;

  f->sender->per_minute = 1;
  f->sender->per_day = 2;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, &error));
  outbox_confirm_all (f);
  f->now += 10 * MINUTE;
  report = outbox_send_due (f);
  g_assert_cmpint (report->n_sent, ==, 1);
  g_assert_cmpint (report->next, ==, f->now + MINUTE);
  f->now += MINUTE;
  second = outbox_send_due (f);
  g_assert_cmpint (second->n_sent, ==, 1);
  /* The third leaves after midnight; the day after is a Saturday, so on Monday. */
  g_assert_cmpint (second->next, ==, NOW + (2 * 24 + 14) * 3600);
  outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 2);
}

static void
test_hours (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSendReport) report = NULL;

  f->sender->from_minute = 14 * 60;
  f->sender->until_minute = 18 * 60;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, &error));
  outbox_confirm_all (f);
  f->now += 10 * MINUTE;
  report = outbox_send_due (f);
  g_assert_cmpint (report->n_sent, ==, 0);
  g_assert_cmpint (report->next, ==, NOW + 4 * 3600);
  f->now = report->next;
  outbox_send_later (f, 0);
  g_assert_cmpuint (f->end.received->len, ==, 3);
  /* Monday when Friday is over and the weekend is free. */
  f->sender->days = 0x1f;
  g_assert_cmpint (rubis_sender_next_open (f->sender, NOW + 9 * 3600), ==, NOW + (3 * 24 + 4) * 3600);
  f->sender->days = 0;
  g_assert_cmpint (rubis_sender_next_open (f->sender, NOW), ==, 0);
}

static void
test_hold (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  outbox_confirm_all (f);
  g_assert_true (rubis_session_set_outbox_hold (f->session, TRUE, &error));
  g_assert_true (rubis_session_get_outbox_hold (f->session));
  f->now += 10 * MINUTE;
  {
    g_autoptr (RubisSendReport) report = outbox_send_due (f);

    g_assert_cmpuint (f->end.received->len, ==, 0);
    g_assert_cmpint (report->n_waiting, ==, 3);
    g_assert_cmpint (report->next, ==, 0);
    g_assert_cmpuint (report->problems->len, ==, 1);
  }
  /* Also for somebody in a hurry. */
  {
    g_autoptr (RubisSendReport) report = outbox_send_with (f, (RubisSendOptions){ .hurry = TRUE });

    g_assert_cmpint (report->n_sent, ==, 0);
  }
  g_free (rubis_session_undo (f->session, NULL));
  g_assert_false (rubis_session_get_outbox_hold (f->session));
  outbox_send_later (f, 0);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

/* An address that came back while its message waited is not written to. */
static void
test_bad_address (Fixture *f, gconstpointer data)
{
  outbox_confirm_all (f);
  rubis_test_exec (f->session, "UPDATE account SET email_bad = 1 WHERE code = 'C1'");
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpuint (f->end.received->len, ==, 2);
  g_assert_cmpint (outbox_count (f, "refused"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1"), ==, 2);
}

/* An address that was corrected while its message waited: nothing goes to the old one, the agenda proposes
 * the same step for the new one.
 */
static void
test_corrected_address (Fixture *f, gconstpointer data)
{
  outbox_confirm_all (f);
  rubis_test_exec (f->session, "UPDATE account SET email = 'new@client.example' WHERE code = 'C1'");
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpuint (f->end.received->len, ==, 2);
  g_assert_false (
      g_ptr_array_find_with_equal_func (f->end.subjects, "alpha@client.example", g_str_equal, NULL));
  g_assert_cmpint (outbox_count (f, "cancelled"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1"), ==, 2);
  g_assert_cmpuint (outbox_count_proposed (f), ==, 1);
  outbox_confirm_all (f);
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpuint (f->end.received->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (f->end.subjects, 2), ==, "new@client.example");
}

/* The sender is gone: what was to leave through a server waits, says why, and leaves through the next server.
 */
static void
test_removed_sender (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSendReport) report = NULL;

  outbox_confirm_all (f);
  g_assert_true (rubis_session_remove_sender (f->session, f->sender->id, &error));
  f->now += 10 * MINUTE;
  report = outbox_send_due (f);
  g_assert_cmpint (report->n_sent, ==, 0);
  g_assert_cmpuint (report->problems->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (report->problems, 0), "No sender carries these messages"));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox_attempt"), ==, 0);
  g_assert_cmpint (outbox_count (f, "queued"), ==, 3);
  f->sender->id = 0;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, &error));
  g_assert_no_error (error);
  outbox_send_later (f, 0);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 3);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

/* Written in the name of one address, it does not leave by another. */
static void
test_other_sender (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  outbox_confirm_all (f);
  rubis_sender_set (f->sender, email, "compta@verrerie.example");
  g_assert_true (rubis_session_save_sender (f->session, f->sender, &error));
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  g_assert_cmpint (outbox_count (f, "cancelled"), ==, 3);
  outbox_confirm_all (f);
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

static gpointer
write_note (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GError) error = NULL;

  rubis_session_set_note (f->session, 1, "typed while an email left", &error);
  g_assert_no_error (error);
  return NULL;
}

static void
edit_meanwhile (gpointer data)
{
  g_thread_join (g_thread_new ("edit", write_note, data));
}

/* The user goes on working while a slow server is being asked. */
static void
test_not_locked (Fixture *f, gconstpointer data)
{
  outbox_confirm_all (f);
  f->end.during = edit_meanwhile;
  f->end.during_data = f;
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account WHERE note <> ''"), ==, 1);
}

static void
cancel (gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RubisProgress progress = { .cancellable = cancellable };
  const RubisSendOptions options = { .clock = outbox_get_now, .clock_data = f };
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (GError) error = NULL;

  outbox_confirm_all (f);
  f->end.during = cancel;
  f->end.during_data = cancellable;
  f->now += 10 * MINUTE;
  report = rubis_session_send_outbox (f->session, &options, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->n_sent, ==, 1);
  g_assert_cmpint (outbox_count (f, "queued"), ==, 2);
}

/* The window is closed while a server thinks: what it says is still noted. */
static gpointer
close_dossier (gpointer data)
{
  rubis_session_close (((Fixture *)data)->session);
  return NULL;
}

static void
close_meanwhile (gpointer data)
{
  Fixture *f = data;

  f->closing = g_thread_new ("close", close_dossier, f);
  g_usleep (50000);
}

static void
test_closed (Fixture *f, gconstpointer data)
{
  const RubisSendOptions options = { .clock = outbox_get_now, .clock_data = f };
  g_autofree char *path = g_strdup (rubis_session_get_path (f->session));
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (GError) error = NULL;

  outbox_confirm_all (f);
  f->end.during = close_meanwhile;
  f->end.during_data = f;
  f->now += 10 * MINUTE;
  report = rubis_session_send_outbox (f->session, &options, NULL, &error);
  g_thread_join (f->closing);
  g_assert_finalize_object (f->session);
  f->session = rubis_session_open (path, RUBIS_TEST_TODAY, &error);
  g_assert_cmpint (outbox_count (f, "sent"), ==, 1);
  g_assert_cmpint (outbox_count (f, "queued"), ==, 2);
}

static void
test_draft (Fixture *f, gconstpointer data)
{
  const RubisDraftRequest request = { .account_id = 1,
                                      .channel = RUBIS_CHANNEL_EMAIL,
                                      .key = "copies/1",
                                      .title = "Copies asked for",
                                      .subject = "Your copies",
                                      .text = "Here they are." };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (RubisOutboxRow) row = NULL;
  gint64 id = rubis_session_add_draft (f->session, &request, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rubis_session_add_draft (f->session, &request, NULL), ==, 0);
  outbox_send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  ids = outbox_all_ids (f);
  g_assert_cmpint (rubis_session_approve_outbox (f->session, ids, f->now, &error), ==, 1);
  g_assert_no_error (error);
  /* A customer who has paid still gets the copy that he asked for. */
  rubis_test_exec (f->session, "UPDATE account SET stop = 1");
  outbox_send_later (f, 10 * MINUTE);
  row = rubis_session_load_outbox (f->session, id, &error);
  g_assert_cmpint (row->state, ==, RUBIS_OUTBOX_SENT);
  g_assert_cmpstr (row->subject, ==, "Your copies");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM document"), ==, 1);
}

static void
test_draft_taken_back (Fixture *f, gconstpointer data)
{
  const RubisDraftRequest request = {
    .account_id = 1, .channel = RUBIS_CHANNEL_EMAIL, .key = "copies/1", .title = "Copies", .text = "Here."
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  rubis_session_add_draft (f->session, &request, &error);
  g_assert_no_error (error);
  ids = outbox_all_ids (f);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 1);
  g_assert_cmpint (rubis_session_approve_outbox (f->session, ids, f->now, NULL), ==, 0);
  /* Asked for again, it is written again. */
  g_assert_cmpint (rubis_session_add_draft (f->session, &request, NULL), >, 0);
  g_assert_cmpint (outbox_count (f, "draft"), ==, 1);
}

/* The agenda does not write drafts anew: one that cannot leave stays to be seen, with the reason. */
static void
test_draft_other_sender (Fixture *f, gconstpointer data)
{
  const RubisDraftRequest request = {
    .account_id = 1, .channel = RUBIS_CHANNEL_EMAIL, .key = "copies/1", .title = "Copies", .text = "Here."
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (RubisOutboxRow) row = NULL;
  gint64 id = rubis_session_add_draft (f->session, &request, &error);

  g_assert_no_error (error);
  ids = outbox_all_ids (f);
  g_assert_cmpint (rubis_session_approve_outbox (f->session, ids, f->now, NULL), ==, 1);
  rubis_sender_set (f->sender, email, "compta@verrerie.example");
  g_assert_true (rubis_session_save_sender (f->session, f->sender, NULL));
  outbox_send_later (f, 10 * MINUTE);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  row = rubis_session_load_outbox (f->session, id, &error);
  g_assert_cmpint (row->state, ==, RUBIS_OUTBOX_REFUSED);
  g_assert_nonnull (strstr (row->reason, "ask for it once more"));
  /* Asked for again, it leaves. */
  g_assert_cmpint (rubis_session_add_draft (f->session, &request, NULL), >, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/outbox/window", test_window },
    { "/outbox/paid-meanwhile", test_paid_meanwhile },
    { "/outbox/recall", test_recall },
    { "/outbox/recall-second", test_recall_second },
    { "/outbox/recall-too-late", test_recall_too_late },
    { "/outbox/unknown-address", test_unknown_address },
    { "/outbox/retries", test_retries },
    { "/outbox/retry-replaced", test_retry_replaced },
    { "/outbox/retry-after", test_retry_after },
    { "/outbox/sender-fails", test_sender_fails },
    { "/outbox/limits", test_limits },
    { "/outbox/hours", test_hours },
    { "/outbox/hold", test_hold },
    { "/outbox/bad-address", test_bad_address },
    { "/outbox/corrected-address", test_corrected_address },
    { "/outbox/removed-sender", test_removed_sender },
    { "/outbox/other-sender", test_other_sender },
    { "/outbox/not-locked", test_not_locked },
    { "/outbox/cancelled", test_cancelled },
    { "/outbox/closed", test_closed },
    { "/outbox/draft", test_draft },
    { "/outbox/draft-taken-back", test_draft_taken_back },
    { "/outbox/draft-other-sender", test_draft_other_sender },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, outbox_set_up, tests[i].func, outbox_tear_down);
  return g_test_run ();
}
