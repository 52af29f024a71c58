/* From a dispute to the colleague who resolves it and back: the request, its links, and what the answer does.
 */
#include <string.h>

#include "email-fixture.h"
#include "rubis-actors.h"
#include "rubis-disputes.h"
#include "rubis-import-preview.h"
#include "rubis-inbox.h"

static gint64
add_actor (EmailFixture *f, const char *email)
{
  g_autoptr (RubisActor) actor = rubis_actor_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  rubis_actor_set (actor, name, "Inès Noël");
  rubis_actor_set (actor, email, email);
  id = rubis_session_set_actor (f->session, actor, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
open_dispute (EmailFixture *f, gint64 resolver)
{
  RubisDisputePart part = { f->item, 12345 };
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof part);
  g_autoptr (GError) error = NULL;
  RubisDisputeInput input = { .account_id = f->account,
                              .items = parts,
                              .reason = "price",
                              .description = "Remise #Gold oubliée <b>",
                              .resolver_id = resolver,
                              .due_date = RUBIS_TEST_TODAY + 5 };
  gint64 id;

  g_array_append_val (parts, part);
  id = rubis_session_open_dispute (f->session, &input, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
ask (EmailFixture *f, gint64 dispute, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 id = rubis_session_ask_resolver (f->session, dispute, text, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
refuse (EmailFixture *f, gint64 dispute, const char *said)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_ask_resolver (f->session, dispute, NULL, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_assert_nonnull (strstr (error->message, said));
}

static gint64
read_clock (gpointer data)
{
  return NOW;
}

static void
approve_and_send (EmailFixture *f, gint64 outbox_id)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  RubisSendOptions options = { .clock = read_clock, .hurry = TRUE };

  g_array_append_val (ids, outbox_id);
  g_assert_cmpint (rubis_session_approve_outbox (f->session, ids, NOW, &error), ==, 1);
  g_assert_no_error (error);
  report = rubis_session_send_outbox (f->session, &options, NULL, &error);
  g_assert_no_error (error);
}

/* The request as it left. (transfer full) */
static JsonObject *
send_request (EmailFixture *f, gint64 dispute)
{
  g_autoptr (GBytes) sent = NULL;

  approve_and_send (f, ask (f, dispute, NULL));
  sent = email_fixture_load_sent (f);
  return rubis_test_read_message (sent);
}

static RubisInboxRow *
take (EmailFixture *f, GBytes *message)
{
  static int n = 0;
  g_autofree char *uid = g_strdup_printf ("colleague-%d", ++n);
  g_autoptr (GError) error = NULL;
  RubisInboxRow *row;
  gint64 id = 0;

  rubis_session_take_message (f->session, 0, uid, message, NOW, &id, &error);
  g_assert_no_error (error);
  row = rubis_session_load_inbox (f->session, id, &error);
  g_assert_no_error (error);
  return row;
}

/* What @from writes in the thread of the request. (transfer full) */
static RubisInboxRow *
take_reply (EmailFixture *f, const char *from, const char *words)
{
  RubisStore *store = rubis_session_lock (f->session);
  RubisStatement *statement
      = rubis_database_get (rubis_store_get_database (store), "SELECT message_id FROM outbox", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpint (rubis_statement_step (statement, NULL), ==, RUBIS_STEP_ROW);
  text = g_strdup_printf ("From: Ines <%s>\r\nTo: credit@verrerie.example\r\nSubject: Re: litige\r\n"
                          "In-Reply-To: <%s>\r\nDate: Fri, 20 Nov 2026 14:03:00 +0100\r\n"
                          "Message-ID: <w-%s>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
                          from, rubis_statement_text (statement, 0), from, words);
  rubis_statement_reset (statement);
  rubis_session_unlock (f->session);
  bytes = g_bytes_new (text, strlen (text));
  return take (f, bytes);
}

static RubisProposal *
only_proposal (RubisInboxRow *row, RubisAnswerKind kind)
{
  RubisProposal *proposal;

  g_assert_cmpuint (row->proposals->len, ==, 1);
  proposal = g_ptr_array_index (row->proposals, 0);
  g_assert_cmpint (proposal->kind, ==, kind);
  return proposal;
}

static void
apply (EmailFixture *f, RubisInboxRow *row, RubisAnswerKind kind, const char *noted)
{
  RubisProposal *proposal = only_proposal (row, kind);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  g_assert_true (rubis_session_apply_proposal (f->session, proposal->id, proposal, &said, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (said, noted));
}

static RubisDispute *
load (EmailFixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RubisDispute *dispute = rubis_session_load_dispute (f->session, id, &error);

  g_assert_no_error (error);
  return dispute;
}

/* To the colleague, with all that he needs; the customer's account is not written to by it. */
static void
test_request (EmailFixture *f, gconstpointer data)
{
  gint64 dispute = open_dispute (f, add_actor (f, "ines@verrerie.example"));
  g_autofree char *photo = g_build_filename (f->folder, "photo.txt", NULL);
  g_autoptr (JsonObject) read = NULL;
  g_autoptr (RubisDispute) asked = NULL;
  g_autoptr (GPtrArray) thread = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *plain;

  g_assert_true (g_file_set_contents (photo, "cassé", -1, NULL));
  g_assert_cmpint (rubis_session_attach_to_dispute (f->session, dispute, photo, &error), >, 0);
  email_fixture_keep_copy (f, f->item, "FA-2026/0014", 2000);
  read = send_request (f, dispute);
  text = json_to_string (json_node_init_object (json_node_alloc (), read), FALSE);
  plain = json_object_get_string_member (rubis_test_find_part (email_fixture_get_body (read), "text/plain"),
                                         "text");
  g_assert_nonnull (strstr (text, "ines@verrerie.example"));
  g_assert_null (strstr (text, "compta@beta.example"));
  g_assert_nonnull (strstr (plain, "€123.45 contested"));
  g_assert_nonnull (strstr (plain, "Remise #Gold oubliée <b>"));
  g_assert_nonnull (strstr (plain, "by 25\302\240November 2026"));
  g_assert_nonnull (strstr (text, "photo.txt"));
  g_assert_nonnull (strstr (text, "FA-2026-0014"));
  asked = load (f, dispute);
  g_assert_cmpint (asked->asked_on, ==, RUBIS_TEST_TODAY);
  g_assert_cmpint (asked->state, ==, RUBIS_DISPUTE_EXAMINED);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT coalesce (last_contact, 0) FROM account"), ==, 0);
  g_assert_cmpint (
      rubis_test_query (f->session,
                        "SELECT count (*) FROM event WHERE kind IN ('email', 'message', 'outbox')"),
      ==, 0);
  thread = rubis_session_load_thread (f->session, f->account, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (thread->len, ==, 0);
}

static void
test_refusals (EmailFixture *f, gconstpointer data)
{
  gint64 nobody = open_dispute (f, 0);
  gint64 dispute;
  gint64 outbox;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisDisputeMove closed = { .state = RUBIS_DISPUTE_ABANDONED };

  refuse (f, nobody, "colleague");
  g_assert_true (rubis_session_move_dispute (f->session, nobody, &closed, &error));
  refuse (f, nobody, "closed");
  dispute = open_dispute (f, add_actor (f, ""));
  refuse (f, dispute, "Inès Noël");
  rubis_test_exec (f->session, "UPDATE internal_actor SET email = 'ines@verrerie.example'");
  outbox = ask (f, dispute, "Regarde ce #Prix stp");
  refuse (f, dispute, "outbox");
  g_array_append_val (ids, outbox);
  g_assert_cmpint (rubis_session_approve_outbox (f->session, ids, NOW, &error), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT max (asked_on) FROM dispute"), ==, RUBIS_TEST_TODAY);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, &error), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT coalesce (max (asked_on), 0) FROM dispute"), ==, 0);
  /* It may be asked again. */
  ask (f, dispute, NULL);
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM outbox WHERE recipient = 'ines@verrerie.example' "
                                     "AND state = 'draft' AND dispute_id IS NOT NULL"),
                   ==, 1);
}

/* Founded, with an amount: the credit note is awaited; the words are kept; undo takes both back. */
static void
test_founded (EmailFixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, add_actor (f, "ines@verrerie.example"));
  g_autoptr (JsonObject) read = send_request (f, id);
  g_autoptr (GBytes) answer
      = email_fixture_write_answer (email_fixture_get_link (read, 0), " avoir de 100,00 €", "");
  g_autoptr (RubisInboxRow) row = take (f, answer);
  g_autoptr (RubisDispute) founded = NULL;
  g_autoptr (RubisDispute) again = NULL;
  g_autoptr (GError) error = NULL;
  const RubisDisputeComment *comment;

  g_assert_cmpint (row->account_id, ==, f->account);
  g_assert_cmpstr (row->matched_by, ==, "token");
  g_assert_cmpint (row->dispute_id, ==, id);
  g_assert_nonnull (strstr (row->warning, "none of your colleagues"));
  apply (f, row, RUBIS_ANSWER_FOUNDED, "€100.00");
  founded = load (f, id);
  g_assert_cmpint (founded->state, ==, RUBIS_DISPUTE_CREDIT_AWAITED);
  g_assert_cmpint (founded->outcome_amount, ==, 10000);
  g_assert_cmpuint (founded->comments->len, ==, 1);
  comment = g_ptr_array_index (founded->comments, 0);
  g_assert_cmpstr (comment->author, ==, "Bêta & Fils");
  g_assert_nonnull (strstr (comment->text, "100,00"));
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM event WHERE kind = 'dispute' AND summary LIKE "
                                     "'Dispute on FA-2026/0014 founded, credit note of €100.00 awaited%' "
                                     "AND instr (data, '100,00') > 0"),
                   ==, 1);
  g_free (rubis_session_undo (f->session, &error));
  g_assert_no_error (error);
  again = load (f, id);
  g_assert_cmpint (again->state, ==, RUBIS_DISPUTE_EXAMINED);
  g_assert_cmpuint (again->comments->len, ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM proposal WHERE state = 'open'"), ==,
                   1);
}

static void
test_unfounded (EmailFixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, add_actor (f, "ines@verrerie.example"));
  g_autoptr (JsonObject) read = send_request (f, id);
  g_autoptr (GBytes) answer
      = email_fixture_write_answer (email_fixture_get_link (read, 1), " prix du devis", "");
  g_autoptr (RubisInboxRow) row = take (f, answer);
  g_autoptr (RubisDispute) closed = NULL;
  g_autoptr (RubisInboxRow) late = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  apply (f, row, RUBIS_ANSWER_UNFOUNDED, "unfounded");
  closed = load (f, id);
  g_assert_cmpint (closed->state, ==, RUBIS_DISPUTE_UNFOUNDED);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT resumed_date FROM item WHERE disputed = 0"), ==,
                   RUBIS_TEST_TODAY);
  /* What ended is not opened again by an answer that crossed it. */
  late = take_reply (f, "ines@verrerie.example", "C'est fondé");
  g_assert_false (rubis_session_apply_proposal (f->session, only_proposal (late, RUBIS_ANSWER_FOUNDED)->id,
                                                NULL, &said, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_assert_nonnull (strstr (error->message, "FA-2026/0014 is closed"));
}

static void
test_more_time (EmailFixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, add_actor (f, "ines@verrerie.example"));
  g_autoptr (JsonObject) read = send_request (f, id);
  g_autoptr (GBytes) answer
      = email_fixture_write_answer (email_fixture_get_link (read, 2), " le 4 décembre", "");
  g_autoptr (RubisInboxRow) row = take (f, answer);
  g_autoptr (RubisDispute) later = NULL;

  apply (f, row, RUBIS_ANSWER_MORE_TIME, "2026");
  later = load (f, id);
  g_assert_cmpint (later->due_date, ==, rubis_date_from_ymd (2026, 12, 4));
  g_assert_cmpint (later->state, ==, RUBIS_DISPUTE_EXAMINED);
}

/* One who has no key cannot say how a dispute ended. */
static void
test_forged (EmailFixture *f, gconstpointer data)
{
  static const char message[]
      = "From: x@evil.example\r\nTo: credit@verrerie.example\r\nSubject: RBS-L1-F-7QK2M9XWDA\r\n"
        "Date: Fri, 20 Nov 2026 14:03:00 +0100\r\nMessage-ID: <f@evil.example>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nRBS-D1-F-7QK2M9XWDA RBS-L1-F-7QK2M9XWDA\r\n";
  gint64 id = open_dispute (f, add_actor (f, "ines@verrerie.example"));
  g_autoptr (JsonObject) read = send_request (f, id);
  g_autofree char *subject
      = g_strdup (json_object_get_string_member (email_fixture_get_link (read, 0), "subject"));
  g_autofree char *changed = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RubisInboxRow) row = NULL;
  char *mark = strstr (subject, "RBS-");

  g_assert_nonnull (mark);
  /* The same reference with the other answer and its old signature. */
  changed = g_strdup (mark);
  *strstr (changed, "-F-") = '-';
  strstr (changed, "-F-")[1] = 'U';
  text = g_strdup_printf ("From: x@evil.example\r\nTo: credit@verrerie.example\r\nSubject: %s\r\n"
                          "Date: Fri, 20 Nov 2026 14:03:00 +0100\r\nMessage-ID: <f@evil.example>\r\n"
                          "Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
                          changed, message);
  bytes = g_bytes_new (text, strlen (text));
  row = take (f, bytes);
  g_assert_nonnull (strstr (row->warning, "Rubis did not make"));
  g_assert_cmpuint (row->proposals->len, ==, 0);
  g_assert_cmpint (
      rubis_test_query (f->session, "SELECT count (*) FROM incoming WHERE dispute_id IS NOT NULL"), ==, 0);
}

/* In words, in the thread of the request; nothing of it is the customer's. */
static void
test_words (EmailFixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, add_actor (f, "ines@verrerie.example"));
  g_autoptr (JsonObject) read = send_request (f, id);
  g_autoptr (RubisInboxRow) row = NULL;
  g_autoptr (GPtrArray) thread = NULL;
  g_autoptr (RubisDispute) kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (read);
  row = take_reply (f, "Ines@Verrerie.example", "Je regarde avec l'atelier et je te dis.");
  g_assert_cmpstr (row->warning, ==, "");
  apply (f, row, RUBIS_ANSWER_REMARK, "comment");
  kept = load (f, id);
  g_assert_cmpuint (kept->comments->len, ==, 1);
  g_assert_cmpstr (((RubisDisputeComment *)g_ptr_array_index (kept->comments, 0))->author, ==, "Ines");
  thread = rubis_session_load_thread (f->session, f->account, &error);
  g_assert_cmpuint (thread->len, ==, 0);
}

/* The customer to whom the request was passed on says nothing for us: what it writes is its own answer. A
 * stranger is looked at twice.
 */
static void
test_others (EmailFixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, add_actor (f, "ines@verrerie.example"));
  g_autoptr (JsonObject) read = send_request (f, id);
  g_autoptr (RubisInboxRow) customer = NULL;
  g_autoptr (RubisInboxRow) stranger = NULL;
  g_autoptr (GPtrArray) thread = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (read);
  customer = take_reply (f, "compta@beta.example", "Le litige est fondé, avoir de 300 euros.");
  g_assert_cmpint (customer->dispute_id, ==, 0);
  g_assert_cmpint (customer->account_id, ==, f->account);
  for (guint i = 0; i < customer->proposals->len; i++)
    {
      const RubisProposal *proposal = g_ptr_array_index (customer->proposals, i);

      g_assert_cmpint (proposal->kind, !=, RUBIS_ANSWER_FOUNDED);
    }
  thread = rubis_session_load_thread (f->session, f->account, &error);
  g_assert_cmpuint (thread->len, ==, 1);
  stranger = take_reply (f, "eve@evil.example", "Le litige est fondé.");
  g_assert_cmpint (stranger->dispute_id, ==, id);
  g_assert_nonnull (strstr (stranger->warning, "none of your colleagues"));
}

static void
test_verdicts (void)
{
  g_assert_cmpint (rubis_answer_read_verdict ("Bonjour, c'est fondé, je fais le nécessaire"), ==,
                   RUBIS_ANSWER_FOUNDED);
  g_assert_cmpint (rubis_answer_read_verdict ("Litige non fondé : le bon est signé"), ==,
                   RUBIS_ANSWER_UNFOUNDED);
  g_assert_cmpint (rubis_answer_read_verdict ("This is unfounded."), ==, RUBIS_ANSWER_UNFOUNDED);
  g_assert_cmpint (rubis_answer_read_verdict ("We will issue a credit note"), ==, RUBIS_ANSWER_FOUNDED);
  g_assert_cmpint (rubis_answer_read_verdict ("Il me faut plus de temps"), ==, RUBIS_ANSWER_MORE_TIME);
  g_assert_cmpint (rubis_answer_read_verdict ("Il me faut plus de temps pour dire s'il est fondé"), ==,
                   RUBIS_ANSWER_REMARK);
  g_assert_cmpint (rubis_answer_read_verdict ("Je regarde"), ==, RUBIS_ANSWER_REMARK);
}

#define ADD(path, func)                                                                                      \
  g_test_add ("/dispute-request/" path, EmailFixture, NULL, email_fixture_set_up, func,                      \
              email_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("request", test_request);
  ADD ("refusals", test_refusals);
  ADD ("founded", test_founded);
  ADD ("unfounded", test_unfounded);
  ADD ("more-time", test_more_time);
  ADD ("forged", test_forged);
  ADD ("words", test_words);
  ADD ("others", test_others);
  g_test_add_func ("/dispute-request/verdicts", test_verdicts);
  return g_test_run ();
}
