/* What came back, taken into a dossier: whose it is, what it changes at once, and what a person applies. */
#include "rubis-inbox.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

#include <string.h>

#include <cairo-pdf.h>

#include "rubis-agenda-list.h"
#include "rubis-answer-token.h"
#include "rubis-attachments.h"
#include "rubis-email.h"
#include "rubis-import-preview.h"

#define NOW G_GINT64_CONSTANT (1795168800) /* 20 November 2026 */
#define MESSAGE_ID "20261116.rbs7k2.4f1c@verrerie-duval.example"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 item;
} Fixture;

/* A reminder that left by email for the only invoice of an account. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = NULL;

  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  fixture->account = rubis_test_add_account (fixture->session, "C01", "Garage Petit");
  fixture->item = rubis_test_add_item (fixture->session, fixture->account, "F-1042", RUBIS_ITEM_INVOICE,
                                       "2026-10-20", 120000, 120000, NULL);
  sql = g_strdup_printf ("UPDATE account SET email = 'compta@garage-petit.example' WHERE id = %d;"
                         "INSERT INTO event (at, date, kind, account_id, actor, summary, data, hash) VALUES "
                         "('2026-11-16T09:00:00Z', %d, "
                         "'email', %d, 'test', 'x', '{}', '');"
                         "INSERT INTO event_item SELECT max (id), %d, 1 FROM event;"
                         "UPDATE item SET level = 1, level_date = %d WHERE id = %d;"
                         "INSERT INTO outbox (send_key, account_id, currency, rank, step_name, channel, "
                         "amount, n_items, event_id, state, "
                         "created, changed, recipient, subject, message_id, sent_at) SELECT 'k1', %d, 'EUR', "
                         "1, 'Relance 1', 0, 120000, 1, "
                         "max (id), 'sent', %d, %d, 'compta@garage-petit.example', 'Relance', '" MESSAGE_ID
                         "', %" G_GINT64_FORMAT " FROM event",
                         (int)fixture->account, RUBIS_TEST_TODAY - 4, (int)fixture->account,
                         (int)fixture->item, RUBIS_TEST_TODAY - 4, (int)fixture->item, (int)fixture->account,
                         RUBIS_TEST_TODAY - 4, RUBIS_TEST_TODAY - 4, NOW - 4 * 86400);
  rubis_test_exec (fixture->session, sql);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* @sender_id 0: a file. Returns its number, 0 when it was not kept. */
static gint64
take_bytes (Fixture *fixture, const char *uid, const char *content, gint64 sender_id)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr (GError) error = NULL;
  gint64 id = -1;

  rubis_session_take_message (fixture->session, sender_id, uid, bytes, NOW, &id, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
take_file (Fixture *fixture, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".eml", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("RUBIS_TEST_DATA"), "inbox", file, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  return take_bytes (fixture, name, content, 0);
}

/* An answer to the reminder. */
static gint64
take_reply (Fixture *fixture, const char *from, const char *text, gboolean in_reply)
{
  static int n = 0;
  g_autofree char *uid = g_strdup_printf ("r%d", ++n);
  g_autofree char *content = g_strdup_printf (
      "From: %s\r\nTo: credit@verrerie-duval.example\r\nSubject: Re: Relance\r\nDate: Fri, 20 Nov 2026 "
      "10:00:00 +0100\r\n"
      "Message-ID: <%s@customer.example>\r\n%sContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
      from, uid, in_reply ? "In-Reply-To: <" MESSAGE_ID ">\r\n" : "", text);

  return take_bytes (fixture, uid, content, 0);
}

static RubisInboxRow *
load (Fixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RubisInboxRow *row = rubis_session_load_inbox (fixture->session, id, &error);

  g_assert_no_error (error);
  return row;
}

static void
assert_outbox (Fixture *fixture, const char *state)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM outbox WHERE state = '%s'", state);

  g_assert_cmpint (rubis_test_query (fixture->session, sql), ==, 1);
}

static void
apply_first (Fixture *fixture, gint64 id)
{
  g_autoptr (RubisInboxRow) row = load (fixture, id);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (row->proposals->len, >, 0);
  rubis_session_apply_proposal (fixture->session, ((RubisProposal *)row->proposals->pdata[0])->id, NULL, NULL,
                                &error);
  g_assert_no_error (error);
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = rubis_session_undo (fixture->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (label);
}

static void
redo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = rubis_session_redo (fixture->session, &error);

  g_assert_no_error (error);
}

/* What Today lists as an address to be found. */
static int
count_tasks (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) agenda = rubis_session_compute_agenda (fixture->session, NULL, &error);
  int n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < agenda->len; i++)
    {
      const RubisActionRow *row = g_ptr_array_index (agenda, i);

      n += row->state == RUBIS_ACTION_TO_DO && g_str_equal (row->step_name, "Email address to be found") ? 1
                                                                                                         : 0;
    }
  return n;
}

/* Nobody read it: the level goes back, the address is marked, and the journal does not keep it. */
static void
test_hard_bounce (Fixture *fixture, gconstpointer data)
{
  gint64 id = take_file (fixture, "postfix-user-unknown");
  g_autoptr (RubisInboxRow) row = load (fixture, id);

  g_assert_cmpint (row->kind, ==, RUBIS_INCOMING_BOUNCE_HARD);
  g_assert_cmpint (row->account_id, ==, fixture->account);
  g_assert_cmpstr (row->matched_by, ==, "message-id");
  g_assert_cmpstr (row->state, ==, "new");
  assert_outbox (fixture, "bounced_hard");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT email_bad FROM account"), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT level FROM item"), ==, -1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM outbox WHERE send_key = 'k1'"),
                   ==, 0);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM event WHERE kind = 'bounce'"),
                   ==, 2);
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM event WHERE summary LIKE '%petit.example%' "
                                     "OR data LIKE '%petit.example%'"),
                   ==, 0);
  g_assert_cmpint (count_tasks (fixture), ==, 1);
  /* A new address ends the mark and the task. */
  rubis_test_exec (fixture->session, "UPDATE account SET email = 'neu@garage-petit.example'");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT email_bad FROM account"), ==, 0);
  g_assert_cmpint (count_tasks (fixture), ==, 0);
}

/* A report about the message @original_id to @address that came back. */
static gint64
take_report (Fixture *fixture, const char *uid, const char *original_id, const char *address)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("RUBIS_TEST_DATA"), "inbox", "postfix-user-unknown.eml", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GString) report = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  report = g_string_new (content);
  g_assert_cmpuint (g_string_replace (report, MESSAGE_ID, original_id, 0), >, 0);
  g_assert_cmpuint (g_string_replace (report, "compta@garage-petit.example", address, 0), >, 0);
  g_assert_cmpuint (g_string_replace (report, "dsn-postfix-user-unknown", uid, 0), >, 0);
  return take_bytes (fixture, uid, report->str, 0);
}

/* "It is paid", signed, about the message of the fixture. */
static char *
make_token (Fixture *fixture)
{
  gint64 outbox_id = rubis_test_query (fixture->session, "SELECT id FROM outbox");
  RubisDatabase *db = rubis_store_get_database (rubis_session_lock (fixture->session));
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rubis_email_ensure_answer_key (db, &error));
  key = rubis_email_load_answer_key (db, &error);
  g_assert_no_error (error);
  rubis_session_unlock (fixture->session);
  return rubis_answer_token_make (key, RUBIS_TOKEN_CUSTOMER, outbox_id, 'P');
}

/* What somebody wrote to the same address by another program came back: our message did not. */
static void
test_foreign_bounce (Fixture *fixture, gconstpointer data)
{
  gint64 id = take_report (fixture, "d1", "private.1@home.example", "compta@garage-petit.example");
  g_autoptr (RubisInboxRow) row = load (fixture, id);

  g_assert_cmpint (row->account_id, ==, fixture->account);
  assert_outbox (fixture, "sent");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT level FROM item"), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT email_bad FROM account"), ==, 1);
  g_assert_cmpint (count_tasks (fixture), ==, 1);
}

/* What was sent again has a new Message-ID; a late report about the first copy tells nothing of the second.
 */
static void
test_late_report (Fixture *fixture, gconstpointer data)
{
  gint64 id;
  g_autoptr (RubisInboxRow) row = NULL;

  rubis_test_exec (
      fixture->session,
      "UPDATE outbox SET message_id = 'second.4f1c@verrerie-duval.example', thread_id = '" MESSAGE_ID "'");
  id = take_report (fixture, "d1", MESSAGE_ID, "compta@garage-petit.example");
  row = load (fixture, id);
  g_assert_cmpint (row->account_id, ==, fixture->account);
  assert_outbox (fixture, "sent");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT level FROM item"), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT email_bad FROM account"), ==, 1);
  take_report (fixture, "d2", "second.4f1c@verrerie-duval.example", "compta@garage-petit.example");
  assert_outbox (fixture, "bounced_hard");
}

/* The same with the whole message below, and with it our signed links. */
static void
test_late_report_with_link (Fixture *fixture, gconstpointer data)
{
  static const char *const copies[] = { "first.1@verrerie-duval.example", MESSAGE_ID };
  static const char *const states[] = { "sent", "bounced_hard" };

  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autofree char *token = make_token (fixture);
      g_autofree char *uid = g_strdup_printf ("l%d", (int)i);
      g_autofree char *content = g_strdup_printf (
          "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
          "Message-ID: <%s@mx.example>\r\n"
          "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
          "--b\r\nContent-Type: text/plain\r\n\r\nIt came back. %s\r\n"
          "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
          "Final-Recipient: rfc822; other@garage-petit.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
          "--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <%s>\r\nSubject: Relance\r\n\r\n%s\r\n"
          "--b--\r\n",
          uid, token, copies[i], token);
      gint64 id = take_bytes (fixture, uid, content, 0);
      g_autoptr (RubisInboxRow) row = load (fixture, id);

      g_assert_cmpint (row->account_id, ==, fixture->account);
      assert_outbox (fixture, states[i]);
    }
}

/* The customer's mailbox forwards to an address that is gone: what we write to it does not arrive. */
static void
test_forwarded (Fixture *fixture, gconstpointer data)
{
  take_report (fixture, "d1", MESSAGE_ID, "anne@elsewhere.example");
  assert_outbox (fixture, "bounced_hard");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT email_bad FROM account"), ==, 1);
  g_assert_cmpint (count_tasks (fixture), ==, 1);
}

/* The account has the domain as people write it, the report as mail does. */
static void
test_international (Fixture *fixture, gconstpointer data)
{
  rubis_test_exec (fixture->session, "UPDATE account SET email = 'compta@épsilon.example';"
                                     "UPDATE outbox SET recipient = 'compta@xn--psilon-9ua.example'");
  take_report (fixture, "d1", MESSAGE_ID, "compta@xn--psilon-9ua.example");
  assert_outbox (fixture, "bounced_hard");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT email_bad FROM account"), ==, 1);
}

/* The same message is taken once, whether read from a mailbox or dropped as a file. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (take_file (fixture, "postfix-user-unknown"), !=, 0);
  g_assert_cmpint (take_file (fixture, "postfix-user-unknown"), ==, 0);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM incoming"), ==, 1);
}

static void
test_soft_bounce (Fixture *fixture, gconstpointer data)
{
  take_file (fixture, "postfix-full");
  assert_outbox (fixture, "bounced_soft");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT max (email_bad) FROM account"), ==, 0);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT level FROM item"), ==, 1);
}

static void
keep_copy (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "F-1042.pdf", NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GError) error = NULL;

  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_cmpint (
      rubis_session_attach (fixture->session, fixture->account, fixture->item, "invoice", path, &error), >,
      0);
  g_assert_no_error (error);
}

/* Invoices that nobody spoke of are not chosen for one that is not there, or is another account's. */
static void
test_unknown_number (Fixture *fixture, gconstpointer data)
{
  gint64 other = rubis_test_add_account (fixture->session, "C02", "Autre");
  gint64 id;
  g_autoptr (RubisInboxRow) row = NULL;
  g_autoptr (RubisInboxRow) assigned = NULL;
  const RubisProposal *proposal;
  g_autoptr (GError) error = NULL;

  rubis_test_add_item (fixture->session, other, "F-1043", RUBIS_ITEM_INVOICE, "2026-10-20", 500, 500, NULL);
  id = take_reply (fixture, "compta@garage-petit.example", "La facture F-1043 a été réglée hier.", TRUE);
  row = load (fixture, id);
  g_assert_cmpint (row->account_id, ==, fixture->account);
  proposal = g_ptr_array_index (row->proposals, 0);
  g_assert_cmpint (proposal->kind, ==, RUBIS_ANSWER_PAID);
  g_assert_cmpuint (proposal->item_ids->len, ==, 0);
  g_assert_nonnull (strstr (row->warning, "It names F-1043, "));
  g_assert_false (rubis_session_apply_proposal (fixture->session, proposal->id, NULL, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  rubis_session_assign_incoming (fixture->session, id, other, &error);
  g_assert_no_error (error);
  assigned = load (fixture, id);
  proposal = g_ptr_array_index (assigned->proposals, 0);
  g_assert_cmpuint (proposal->item_ids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (proposal->numbers, 0), ==, "F-1043");
  g_assert_cmpstr (assigned->warning, ==, "");
}

/* A payment lies behind, whatever day was typed. */
static void
test_paid_ahead (Fixture *fixture, gconstpointer data)
{
  gint64 id = take_reply (fixture, "compta@garage-petit.example", "Virement fait hier.", TRUE);
  g_autoptr (RubisInboxRow) row = load (fixture, id);
  RubisProposal *proposal = g_ptr_array_index (row->proposals, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *noted = NULL;

  g_assert_cmpint (proposal->kind, ==, RUBIS_ANSWER_PAID);
  proposal->date = RUBIS_TEST_TODAY + 1;
  g_assert_false (rubis_session_apply_proposal (fixture->session, proposal->id, proposal, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "still to come"));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM item WHERE stop = 1"), ==, 0);
  g_clear_error (&error);
  proposal->date = RUBIS_TEST_TODAY;
  rubis_session_apply_proposal (fixture->session, proposal->id, proposal, &noted, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (noted, "C01 Garage Petit: payment of "));
  g_assert_nonnull (strstr (noted, "F-1042; no reminder until "));
}

/* Nothing is promised that is not there: a person is told what to do, and does it again. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  gint64 id;
  g_autoptr (RubisInboxRow) row = NULL;
  g_autoptr (GError) error = NULL;

  rubis_test_exec (fixture->session,
                   "UPDATE setting SET value = 'credit@verrerie-duval.example' WHERE key = 'company.email'");
  id = take_reply (fixture, "compta@garage-petit.example", "Merci de nous renvoyer la facture F-1042.", TRUE);
  row = load (fixture, id);
  g_assert_cmpint (((RubisProposal *)row->proposals->pdata[0])->kind, ==, RUBIS_ANSWER_COPY);
  g_assert_false (rubis_session_apply_proposal (
      fixture->session, ((RubisProposal *)row->proposals->pdata[0])->id, NULL, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_assert_nonnull (strstr (error->message, "There is no copy of these invoices"));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM outbox WHERE state = 'draft'"),
                   ==, 0);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM proposal WHERE state = 'open'"),
                   ==, 1);
  keep_copy (fixture);
  rubis_test_add_item (fixture->session, fixture->account, "F-1043", RUBIS_ITEM_INVOICE, "2026-10-20", 5000,
                       5000, NULL);
  rubis_test_exec (fixture->session,
                   "INSERT INTO proposal_item (proposal_id, item_id) SELECT p.id, i.id FROM "
                   "proposal p, item i WHERE i.number = 'F-1043'");
  apply_first (fixture, id);
  assert_outbox (fixture, "draft");
  /* One of the two is missing: whoever approves it reads so. */
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM outbox WHERE reason = 'The copy of F-1043 "
                                     "is not with it.'"),
                   ==, 1);
}

/* Too large, or refused by a policy: the address may be right. */
static void
test_policy_bounce (Fixture *fixture, gconstpointer data)
{
  take_file (fixture, "office365-policy");
  assert_outbox (fixture, "bounced_hard");
  /* Nor is it proposed to the same address again, day after day. */
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT level FROM item"), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT max (email_bad) FROM account"), ==, 0);
}

static void
test_receipts (Fixture *fixture, gconstpointer data)
{
  take_file (fixture, "postfix-delayed");
  assert_outbox (fixture, "sent");
  take_file (fixture, "mdn-read");
  assert_outbox (fixture, "delivered");
}

/* An absence is no answer. */
static void
test_automatic (Fixture *fixture, gconstpointer data)
{
  g_autofree char *content = g_strdup_printf (
      "From: Compta <compta@garage-petit.example>\r\nSubject: Absence\r\nAuto-Submitted: auto-replied\r\n"
      "In-Reply-To: <%s>\r\n\r\nNous avons payé. Je suis absent jusqu'au 24 novembre, contacter "
      "b@garage-petit.example.\r\n",
      MESSAGE_ID);
  g_autoptr (RubisInboxRow) row = load (fixture, take_bytes (fixture, "a1", content, 0));

  g_assert_cmpint (row->kind, ==, RUBIS_INCOMING_AUTO_REPLY);
  g_assert_cmpuint (row->proposals->len, ==, 0);
  g_assert_cmpstr (row->state, ==, "done");
}

/* Noted as not having left, or not known: who answers has it, and it does not leave again. */
static void
test_left_after_all (Fixture *fixture, gconstpointer data)
{
  static const char *const states[] = { "queued", "unknown" };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "DELETE FROM outbox_attempt; UPDATE outbox SET state = '%s', n_attempts = 1, sent_at = 0;"
          "INSERT INTO outbox_attempt (outbox_id, began_at, ended_at, transport, fate) "
          "SELECT id, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 'smtp', '%s' FROM outbox",
          states[i], NOW - 3600, NOW - 3500, i == 0 ? "not-sent" : "unknown");

      rubis_test_exec (fixture->session, sql);
      take_reply (fixture, "compta@garage-petit.example", i == 0 ? "Bien reçu." : "Merci.", TRUE);
      assert_outbox (fixture, "delivered");
      g_assert_cmpint (rubis_test_query (fixture->session, "SELECT sent_at FROM outbox"), ==, NOW - 3600);
      g_assert_cmpint (
          rubis_test_query (fixture->session, "SELECT count (*) FROM outbox_attempt WHERE fate = 'sent'"), ==,
          1);
    }
  rubis_test_exec (fixture->session,
                   "UPDATE outbox SET state = 'queued'; UPDATE outbox_attempt SET fate = 'not-sent'");
  take_file (fixture, "postfix-user-unknown");
  assert_outbox (fixture, "bounced_hard");
}

/* The items wait for the money, so that no reminder crosses it. */
static void
test_paid (Fixture *fixture, gconstpointer data)
{
  gint64 id = take_reply (fixture, "x@elsewhere.example", "La facture a été réglée par virement hier.", TRUE);
  g_autoptr (RubisInboxRow) row = load (fixture, id);

  g_assert_cmpint (((RubisProposal *)row->proposals->pdata[0])->kind, ==, RUBIS_ANSWER_PAID);
  g_assert_cmpint (((RubisProposal *)row->proposals->pdata[0])->date, ==, RUBIS_TEST_TODAY - 1);
  g_assert_cmpuint (((RubisProposal *)row->proposals->pdata[0])->item_ids->len, ==, 1);
  apply_first (fixture, id);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT stop FROM item"), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT stop_until FROM item"), >=, RUBIS_TEST_TODAY);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM incoming WHERE state = 'done'"),
                   ==, 1);
  undo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT stop FROM item"), ==, 0);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM proposal WHERE state = 'open'"),
                   ==, 1);
  redo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT stop FROM item"), ==, 1);
}

static void
test_promise (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT count (*) FROM promise WHERE state = 'open' AND date = %d AND amount = "
                         "120000 AND channel = 0 AND given_by = 'Laure' AND voided = 0 AND quote = "
                         "'Paiement fin de mois.'",
                         RUBIS_TEST_TODAY + 10);

  apply_first (fixture,
               take_reply (fixture, "Laure <compta@garage-petit.example>", "Paiement fin de mois.", FALSE));
  g_assert_cmpint (rubis_test_query (fixture->session, sql), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT promise_date FROM item"), ==,
                   RUBIS_TEST_TODAY + 10);
  undo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT promise_date IS NULL FROM item"), ==, 1);
  redo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, sql), ==, 1);
}

static void
test_dispute (Fixture *fixture, gconstpointer data)
{
  apply_first (fixture, take_reply (fixture, "compta@garage-petit.example",
                                    "Nous n'avons pas reçu la marchandise de la facture F-1042.", FALSE));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT disputed FROM item"), ==, 120000);
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM dispute WHERE reason = 'delivery' AND "
                                     "description LIKE 'Nous n''avons pas%'"),
                   ==, 1);
  undo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT disputed FROM item"), ==, 0);
  redo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT disputed FROM item"), ==, 120000);
}

static void
test_new_address (Fixture *fixture, gconstpointer data)
{
  apply_first (fixture,
               take_reply (fixture, "compta@garage-petit.example",
                           "Merci d'envoyer désormais vos factures à factures@garage-petit.example", FALSE));
  g_assert_cmpint (
      rubis_test_query (fixture->session,
                        "SELECT count (*) FROM account WHERE email = 'factures@garage-petit.example'"),
      ==, 1);
  undo (fixture);
  g_assert_cmpint (
      rubis_test_query (fixture->session,
                        "SELECT count (*) FROM account WHERE email = 'compta@garage-petit.example'"),
      ==, 1);
}

static void
test_wrong_person (Fixture *fixture, gconstpointer data)
{
  apply_first (fixture, take_reply (fixture, "compta@garage-petit.example",
                                    "Je ne suis pas la bonne personne.", FALSE));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT email_bad FROM account"), ==, 2);
  undo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT email_bad FROM account"), ==, 0);
}

/* Two accounts know the address: a person says whose it is, and what it proposes comes then. */
static void
test_ambiguous (Fixture *fixture, gconstpointer data)
{
  gint64 other = rubis_test_add_account (fixture->session, "C02", "Garage Petit Sud");
  g_autoptr (RubisInboxRow) row = NULL;
  g_autoptr (RubisInboxRow) assigned = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  rubis_test_exec (fixture->session, "UPDATE account SET email = 'compta@garage-petit.example'");
  id = take_reply (fixture, "compta@garage-petit.example", "Nous réglerons vendredi.", FALSE);
  row = load (fixture, id);
  g_assert_cmpint (row->account_id, ==, 0);
  g_assert_cmpuint (row->proposals->len, ==, 0);
  rubis_session_assign_incoming (fixture->session, id, fixture->account, &error);
  g_assert_no_error (error);
  assigned = load (fixture, id);
  g_assert_cmpint (assigned->account_id, ==, fixture->account);
  g_assert_cmpuint (assigned->proposals->len, ==, 1);
  g_assert_cmpint (other, !=, fixture->account);
  undo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM proposal"), ==, 0);
}

/* A mailbox holds private mail and newsletters: they stay where they are. */
static void
test_private (Fixture *fixture, gconstpointer data)
{
  gint64 sender = rubis_test_query (fixture->session, "SELECT min (id) FROM sender");

  g_assert_cmpint (take_bytes (fixture, "p1",
                               "From: friend@home.example\r\nSubject: Lunch\r\n\r\nSee you at noon?\r\n",
                               sender),
                   ==, 0);
  g_assert_cmpint (take_bytes (fixture, "p2",
                               "From: news@shop.example\r\nSubject: Sale\r\nList-Id: <x>\r\n\r\nBuy\r\n",
                               sender),
                   ==, 0);
  g_assert_cmpint (
      take_bytes (fixture, "p3",
                  "From: who@unknown.example\r\nSubject: F-1042\r\n\r\nF-1042 was paid yesterday.\r\n",
                  sender),
      !=, 0);
  g_assert_cmpint (
      rubis_test_query (fixture->session, "SELECT count (*) FROM incoming WHERE matched_by = 'number'"), ==,
      1);
}

static void
test_thread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  take_reply (fixture, "compta@garage-petit.example", "Nous réglerons vendredi.", TRUE);
  entries = rubis_session_load_thread (fixture->session, fixture->account, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_false (((RubisThreadEntry *)entries->pdata[0])->incoming);
  g_assert_true (((RubisThreadEntry *)entries->pdata[1])->incoming);
  g_assert_cmpstr (((RubisThreadEntry *)entries->pdata[1])->text, ==, "Nous réglerons vendredi.");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/inbox/hard-bounce", test_hard_bounce },
    { "/inbox/foreign-bounce", test_foreign_bounce },
    { "/inbox/late-report", test_late_report },
    { "/inbox/late-report-with-link", test_late_report_with_link },
    { "/inbox/forwarded", test_forwarded },
    { "/inbox/paid-ahead", test_paid_ahead },
    { "/inbox/unknown-number", test_unknown_number },
    { "/inbox/international", test_international },
    { "/inbox/copy", test_copy },
    { "/inbox/known", test_known },
    { "/inbox/soft-bounce", test_soft_bounce },
    { "/inbox/policy-bounce", test_policy_bounce },
    { "/inbox/receipts", test_receipts },
    { "/inbox/automatic", test_automatic },
    { "/inbox/left-after-all", test_left_after_all },
    { "/inbox/paid", test_paid },
    { "/inbox/promise", test_promise },
    { "/inbox/dispute", test_dispute },
    { "/inbox/new-address", test_new_address },
    { "/inbox/wrong-person", test_wrong_person },
    { "/inbox/ambiguous", test_ambiguous },
    { "/inbox/private", test_private },
    { "/inbox/thread", test_thread },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
