/* The outbox: what leaves, what does not, and what is known of it. */
#include "rubis-account-card.h"
#include "rubis-agenda-list.h"
#include "rubis-senders-private.h"
#include "rubis-store-check.h"
#include "rubis-test-credentials.h"
#include "rubis-test-session.h"
#include "rubis-test-transport.h"
#include "rubis-test.h"

/* Friday, 20 November 2026, 10:00 UTC. */
#define NOW G_GINT64_CONSTANT (1795168800)
#define MINUTE 60

typedef struct
{
  char *folder;
  RubisSession *session;
  RubisTestEnd end;
  RubisSender *sender;
  gint64 now;
  GThread *closing;
} Fixture;

static gint64
get_now (gpointer user_data)
{
  return ((Fixture *)user_data)->now;
}

/* Three customers who are to be written to, and a sender with a recall window of ten minutes. */
static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "Alpha", "Beta", "Gamma" };
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "x", NULL);
  g_autoptr (GError) error = NULL;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  f->now = NOW;
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *code = g_strdup_printf ("C%u", i + 1);
      g_autofree char *number = g_strdup_printf ("F%u", i + 1);
      gint64 id = rubis_test_add_account (f->session, code, names[i]);

      rubis_test_add_item (f->session, id, number, RUBIS_ITEM_INVOICE, "2026-11-10", 120000, 120000, NULL);
    }
  rubis_test_exec (f->session, "UPDATE account SET email = lower (name) || '@client.example'");
  f->sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);
  rubis_sender_set (f->sender, name, "Mail");
  rubis_sender_set (f->sender, email, "credit@verrerie.example");
  rubis_sender_set (f->sender, server, "localhost");
  f->sender->security = RUBIS_SECURITY_NONE;
  f->sender->auth = RUBIS_AUTH_NONE;
  f->sender->recall_minutes = 10;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, &error));
  g_assert_no_error (error);
  rubis_session_set_credentials (f->session, credentials);
  rubis_test_end_init (&f->end);
  rubis_session_set_transport_factory (f->session, rubis_test_transport_make, &f->end);
}

/* Everything that the check of dossiers asks holds after each test. */
static void
tear_down (Fixture *f, gconstpointer data)
{
  RubisStore *store = rubis_session_lock (f->session);
  g_autoptr (GPtrArray) results = rubis_store_check (rubis_store_get_database (store), NULL);

  rubis_session_unlock (f->session);
  for (guint i = 0; i < results->len; i++)
    {
      const RubisCheckResult *result = g_ptr_array_index (results, i);

      /* The invoices of these dossiers came by no import. */
      if (result->n_faults > 0)
        g_error ("%s: %s", result->id, result->first);
    }
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_sender_free (f->sender);
  rubis_test_end_clear (&f->end);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static void
confirm_all (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, &error);
  const RubisRunOptions options = { .now = f->now };
  g_autoptr (RubisRunReport) report = NULL;

  g_assert_no_error (error);
  report = rubis_session_perform_with (f->session, rows, &options, NULL, &error);
  g_assert_no_error (error);
}

static RubisSendReport *
send_with (Fixture *f, RubisSendOptions options)
{
  g_autoptr (GError) error = NULL;
  RubisSendReport *report;

  options.clock = get_now;
  options.clock_data = f;
  report = rubis_session_send_outbox (f->session, &options, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static RubisSendReport *
send_due (Fixture *f)
{
  return send_with (f, (RubisSendOptions){ .hurry = FALSE });
}

static void
send_later (Fixture *f, gint64 seconds)
{
  g_autoptr (RubisSendReport) report = NULL;

  f->now += seconds;
  report = send_due (f);
}

static gint64
count (Fixture *f, const char *state)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM outbox WHERE state = '%s'", state);

  return rubis_test_query (f->session, sql);
}

static GArray *
all_ids (Fixture *f)
{
  g_autoptr (GPtrArray) rows = rubis_session_list_outbox (f->session, 0, 0, 0, NULL, 0, NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rows->len; i++)
    g_array_append_val (ids, ((RubisOutboxRow *)g_ptr_array_index (rows, i))->id);
  return ids;
}

static guint
count_proposed (Fixture *f)
{
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += ((RubisActionRow *)g_ptr_array_index (rows, i))->state == RUBIS_ACTION_TO_DO;
  return n;
}

static void
test_window (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSendReport) early = NULL;
  g_autoptr (RubisSendReport) later = NULL;
  g_autoptr (GPtrArray) attempts = NULL;
  const RubisOutboxRow *row;

  confirm_all (f);
  g_assert_cmpint (count (f, "approved"), ==, 3);
  early = send_due (f);
  g_assert_cmpint (early->n_sent, ==, 0);
  g_assert_cmpint (early->n_waiting, ==, 3);
  g_assert_cmpint (early->next, ==, NOW + 10 * MINUTE);
  f->now = NOW + 10 * MINUTE;
  later = send_due (f);
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
  send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

/* A payment, a stop and a changed amount within the window: none of the three leaves. */
static void
test_paid_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSendReport) report = NULL;

  confirm_all (f);
  rubis_test_exec (
      f->session,
      "INSERT INTO allocation (item_id, amount, date, source) SELECT id, 120000, 0, 'user' FROM item "
      "WHERE number = 'F1'; UPDATE item SET open = 0 WHERE number = 'F1';"
      "UPDATE account SET stop = 1 WHERE code = 'C2';"
      "INSERT INTO allocation (item_id, amount, date, source) SELECT id, 20000, 0, 'user' FROM item "
      "WHERE number = 'F3'; UPDATE item SET open = 100000 WHERE number = 'F3'");
  f->now += 10 * MINUTE;
  report = send_due (f);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  g_assert_cmpint (report->n_called_off, ==, 3);
  g_assert_cmpint (count (f, "cancelled"), ==, 3);
  /* Nobody has read anything: no level, no contact. */
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level >= 0"), ==, 0);
  g_assert_cmpint (
      rubis_test_query (f->session, "SELECT count (*) FROM account WHERE last_contact IS NOT NULL"), ==, 0);
  /* What is still owed is proposed anew. */
  g_assert_cmpuint (count_proposed (f), ==, 1);
}

static void
test_recall (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  confirm_all (f);
  g_assert_cmpuint (count_proposed (f), ==, 0);
  ids = all_ids (f);
  g_array_set_size (ids, 1);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 1);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 0);
  g_assert_cmpuint (count_proposed (f), ==, 1);
  /* Escape: all whose window still runs. */
  g_assert_cmpint (rubis_session_recall_all (f->session, f->now, NULL), ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level >= 0"), ==, 0);
  g_assert_cmpuint (count_proposed (f), ==, 3);
  send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  /* Confirmed once more, they leave once. */
  confirm_all (f);
  send_later (f, 3600);
  send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

/* Escape is too late for what has left. */
static void
test_recall_too_late (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  confirm_all (f);
  send_later (f, 10 * MINUTE);
  ids = all_ids (f);
  g_assert_cmpint (rubis_session_recall_all (f->session, f->now, NULL), ==, 0);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 0);
  g_assert_cmpint (count (f, "sent"), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1"), ==, 3);
}

static void
keep_one (Fixture *f)
{
  g_autoptr (GArray) ids = all_ids (f);

  g_array_remove_index (ids, 0);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 2);
}

/* A server that is sure it did not take the message is asked again, later and later, and not for ever. */
static void
test_retries (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;
  gint64 last = 0;

  confirm_all (f);
  keep_one (f);
  f->now += 10 * MINUTE;
  for (int i = 1; i <= 5; i++)
    {
      g_autoptr (RubisSendReport) report = NULL;

      rubis_test_end_answer (&f->end, RUBIS_FATE_NOT_SENT, "The mailbox is busy.");
      report = send_due (f);
      g_assert_cmpuint (f->end.received->len, ==, (guint)i);
      if (i == 5)
        break;
      g_assert_cmpint (report->n_failed, ==, 1);
      g_assert_cmpint (report->next - f->now, >, last);
      last = report->next - f->now;
      send_later (f, last - 1);
      g_assert_cmpuint (f->end.received->len, ==, (guint)i);
      f->now += 1;
    }
  g_assert_cmpint (count (f, "refused"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level >= 0"), ==, 0);
  g_assert_cmpuint (count_proposed (f), ==, 3);
  /* Tried once more by a person: the level is there again, and the agenda does not propose it besides. */
  ids = all_ids (f);
  g_assert_cmpint (rubis_session_retry_outbox (f->session, ids, f->now, NULL), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1"), ==, 1);
  g_assert_cmpuint (count_proposed (f), ==, 2);
  send_later (f, 0);
  g_assert_cmpint (count (f, "sent"), ==, 1);
  /* The same message: the same key for a server that knows it. */
  g_assert_cmpstr (g_ptr_array_index (f->end.received, 0), ==, g_ptr_array_index (f->end.received, 5));
}

/* Retried after the agenda has done it anew: nothing leaves twice. */
static void
test_retry_replaced (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  confirm_all (f);
  keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_REFUSED, "No such mailbox.");
  send_later (f, 10 * MINUTE);
  g_assert_cmpint (count (f, "refused"), ==, 1);
  ids = all_ids (f);
  confirm_all (f);
  g_assert_cmpint (rubis_session_retry_outbox (f->session, ids, f->now, NULL), ==, 0);
  send_later (f, 10 * MINUTE);
  g_assert_cmpint (count (f, "sent"), ==, 3);
  g_assert_cmpint (count (f, "refused"), ==, 1);
}

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSendReport) report = NULL;

  confirm_all (f);
  keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_NOT_SENT, "Too many.")->retry_after = 7200;
  f->now += 10 * MINUTE;
  report = send_due (f);
  g_assert_cmpint (report->next, ==, f->now + 7200);
}

/* A wrong password is not the fault of the messages: all wait, none is used up. */
static void
test_sender_fails (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSendReport) report = NULL;

  confirm_all (f);
  f->now += 10 * MINUTE;
  for (int i = 0; i < 7; i++)
    {
      g_clear_pointer (&report, rubis_send_report_free);
      rubis_test_end_answer (&f->end, RUBIS_FATE_NOT_SENT, "The password is wrong.")->sender_wide = TRUE;
      report = send_due (f);
      g_assert_cmpuint (f->end.received->len, ==, (guint)i + 1);
      g_assert_cmpuint (report->problems->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (report->problems, 0), "The password is wrong."));
      g_assert_cmpint (report->next, >, f->now);
      f->now = report->next;
    }
  g_assert_cmpint (count (f, "queued"), ==, 3);
  send_later (f, 0);
  g_assert_cmpint (count (f, "sent"), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (wait_until) FROM sender"), ==, 0);
}

/* What may have left is not sent again before the server or a person has said so. */
static void
test_unknown (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  confirm_all (f);
  keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  send_later (f, 10 * MINUTE);
  g_assert_cmpint (count (f, "unknown"), ==, 1);
  for (int i = 0; i < 5; i++)
    send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 1);
  g_assert_cmpint (count (f, "unknown"), ==, 1);
  ids = all_ids (f);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 0);
  g_assert_cmpint (rubis_session_retry_outbox (f->session, ids, f->now, NULL), ==, 0);
  g_assert_cmpint (rubis_session_settle_outbox (f->session, ids, FALSE, f->now, NULL), ==, 1);
  send_later (f, 0);
  g_assert_cmpint (count (f, "sent"), ==, 1);
  g_assert_cmpuint (f->end.received->len, ==, 2);
}

static void
test_unknown_settled_as_sent (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  confirm_all (f);
  keep_one (f);
  rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  send_later (f, 10 * MINUTE);
  ids = all_ids (f);
  g_assert_cmpint (rubis_session_settle_outbox (f->session, ids, TRUE, f->now, NULL), ==, 1);
  g_assert_cmpint (count (f, "sent"), ==, 1);
  send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 1);
}

static void
test_look_up (Fixture *f, gconstpointer data)
{
  confirm_all (f);
  for (int i = 0; i < 2; i++)
    rubis_test_end_answer (&f->end, RUBIS_FATE_UNKNOWN, "The connection broke.");
  send_later (f, 10 * MINUTE);
  /* After two in a row the sender is left alone for a while. */
  g_assert_cmpuint (f->end.received->len, ==, 2);
  /* The server has the first; of the second it says too early that it has it not. */
  g_queue_push_tail (&f->end.looked_up, rubis_delivery_new (RUBIS_FATE_SENT, NULL, NULL));
  g_queue_push_tail (&f->end.looked_up, rubis_delivery_new (RUBIS_FATE_NOT_SENT, NULL, NULL));
  send_later (f, MINUTE);
  g_assert_cmpint (count (f, "unknown"), ==, 1);
  g_queue_push_tail (&f->end.looked_up, rubis_delivery_new (RUBIS_FATE_NOT_SENT, NULL, NULL));
  send_later (f, 10 * MINUTE);
  g_assert_cmpint (count (f, "unknown"), ==, 0);
  send_later (f, 10 * MINUTE);
  g_assert_cmpint (count (f, "sent"), ==, 3);
  g_assert_cmpuint (f->end.received->len, ==, 4);
}

/* Rubis died while a server was being asked: nobody knows. */
static void
test_crash (Fixture *f, gconstpointer data)
{
  confirm_all (f);
  keep_one (f);
  rubis_test_exec (
      f->session,
      "INSERT INTO outbox_attempt (outbox_id, sender_id, began_at, transport) SELECT id, sender_id, "
      "1795168800, 'smtp' FROM outbox WHERE state = 'approved';"
      "UPDATE outbox SET state = 'sending', n_attempts = 1 WHERE state = 'approved'");
  send_later (f, 10 * MINUTE);
  g_assert_cmpint (count (f, "unknown"), ==, 1);
  g_assert_cmpuint (f->end.received->len, ==, 0);
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
  confirm_all (f);
  f->now += 10 * MINUTE;
  report = send_due (f);
  g_assert_cmpint (report->n_sent, ==, 1);
  g_assert_cmpint (report->next, ==, f->now + MINUTE);
  f->now += MINUTE;
  second = send_due (f);
  g_assert_cmpint (second->n_sent, ==, 1);
  /* The third leaves after midnight. */
  g_assert_cmpint (second->next, ==, NOW + 14 * 3600);
  send_later (f, 3600);
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
  confirm_all (f);
  f->now += 10 * MINUTE;
  report = send_due (f);
  g_assert_cmpint (report->n_sent, ==, 0);
  g_assert_cmpint (report->next, ==, NOW + 4 * 3600);
  f->now = report->next;
  send_later (f, 0);
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

  confirm_all (f);
  g_assert_true (rubis_session_set_outbox_hold (f->session, TRUE, &error));
  g_assert_true (rubis_session_get_outbox_hold (f->session));
  f->now += 10 * MINUTE;
  {
    g_autoptr (RubisSendReport) report = send_due (f);

    g_assert_cmpuint (f->end.received->len, ==, 0);
    g_assert_cmpint (report->n_waiting, ==, 3);
    g_assert_cmpint (report->next, ==, 0);
    g_assert_cmpuint (report->problems->len, ==, 1);
  }
  /* Also for somebody in a hurry. */
  {
    g_autoptr (RubisSendReport) report = send_with (f, (RubisSendOptions){ .hurry = TRUE });

    g_assert_cmpint (report->n_sent, ==, 0);
  }
  g_free (rubis_session_undo (f->session, NULL));
  g_assert_false (rubis_session_get_outbox_hold (f->session));
  send_later (f, 0);
  g_assert_cmpuint (f->end.received->len, ==, 3);
}

/* An address that came back while its message waited is not written to. */
static void
test_bad_address (Fixture *f, gconstpointer data)
{
  confirm_all (f);
  rubis_test_exec (f->session, "UPDATE account SET email_bad = 1 WHERE code = 'C1'");
  send_later (f, 10 * MINUTE);
  g_assert_cmpuint (f->end.received->len, ==, 2);
  g_assert_cmpint (count (f, "refused"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE level = 1"), ==, 2);
}

/* Written in the name of one address, it does not leave by another. */
static void
test_other_sender (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  confirm_all (f);
  rubis_sender_set (f->sender, email, "compta@verrerie.example");
  g_assert_true (rubis_session_save_sender (f->session, f->sender, &error));
  send_later (f, 10 * MINUTE);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  g_assert_cmpint (count (f, "cancelled"), ==, 3);
  confirm_all (f);
  send_later (f, 10 * MINUTE);
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
  confirm_all (f);
  f->end.during = edit_meanwhile;
  f->end.during_data = f;
  send_later (f, 10 * MINUTE);
  g_assert_cmpint (count (f, "sent"), ==, 3);
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
  const RubisSendOptions options = { .clock = get_now, .clock_data = f };
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (GError) error = NULL;

  confirm_all (f);
  f->end.during = cancel;
  f->end.during_data = cancellable;
  f->now += 10 * MINUTE;
  report = rubis_session_send_outbox (f->session, &options, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->n_sent, ==, 1);
  g_assert_cmpint (count (f, "queued"), ==, 2);
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
  const RubisSendOptions options = { .clock = get_now, .clock_data = f };
  g_autofree char *path = g_strdup (rubis_session_get_path (f->session));
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (GError) error = NULL;

  confirm_all (f);
  f->end.during = close_meanwhile;
  f->end.during_data = f;
  f->now += 10 * MINUTE;
  report = rubis_session_send_outbox (f->session, &options, NULL, &error);
  g_thread_join (f->closing);
  g_assert_finalize_object (f->session);
  f->session = rubis_session_open (path, RUBIS_TEST_TODAY, &error);
  g_assert_cmpint (count (f, "sent"), ==, 1);
  g_assert_cmpint (count (f, "queued"), ==, 2);
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
  send_later (f, 3600);
  g_assert_cmpuint (f->end.received->len, ==, 0);
  ids = all_ids (f);
  g_assert_cmpint (rubis_session_approve_outbox (f->session, ids, f->now, &error), ==, 1);
  g_assert_no_error (error);
  /* A customer who has paid still gets the copy that he asked for. */
  rubis_test_exec (f->session, "UPDATE account SET stop = 1");
  send_later (f, 10 * MINUTE);
  row = rubis_session_load_outbox (f->session, id, &error);
  g_assert_cmpint (row->state, ==, RUBIS_OUTBOX_SENT);
  g_assert_cmpstr (row->subject, ==, "Your copies");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM document"), ==, 1);
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
    { "/outbox/recall-too-late", test_recall_too_late },
    { "/outbox/retries", test_retries },
    { "/outbox/retry-replaced", test_retry_replaced },
    { "/outbox/retry-after", test_retry_after },
    { "/outbox/sender-fails", test_sender_fails },
    { "/outbox/unknown", test_unknown },
    { "/outbox/unknown-settled-as-sent", test_unknown_settled_as_sent },
    { "/outbox/look-up", test_look_up },
    { "/outbox/crash", test_crash },
    { "/outbox/limits", test_limits },
    { "/outbox/hours", test_hours },
    { "/outbox/hold", test_hold },
    { "/outbox/bad-address", test_bad_address },
    { "/outbox/other-sender", test_other_sender },
    { "/outbox/not-locked", test_not_locked },
    { "/outbox/cancelled", test_cancelled },
    { "/outbox/closed", test_closed },
    { "/outbox/draft", test_draft },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
