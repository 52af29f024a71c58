#include "rubis-calls.h"

#include <string.h>

#include "rubis-call-hours.h"
#include "rubis-callback-watch.h"
#include "rubis-eligibility.h"
#include "rubis-call-result.h"
#include "rubis-choices.h"
#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-tasks.h"
#include "rubis-test.h"

/* The shipped policy asks for a call 16 days after the due date, and a week after the email before. */
typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 item;
} Fixture;

/* The second reminder left ten days ago. */
static void
add_reminder (Fixture *f)
{
  RubisStore *store = rubis_session_lock (f->session);
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (f->session, "email", f->account, "Relance 2", "{}");
  g_autoptr (GError) error = NULL;

  event->date = RUBIS_TEST_TODAY - 10;
  g_assert_true (rubis_store_begin (store, &error));
  g_assert_true (rubis_store_append_event (db, event, &error));
  g_assert_true (rubis_store_link_event_item (db, event->id, f->item, 2, event->date, &error));
  g_assert_true (rubis_store_touch_account (db, f->account, event->date, &error));
  g_assert_true (rubis_store_commit (store, &error));
  rubis_session_unlock (f->session);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  f->account = rubis_test_add_account (f->session, "C1", "Garçon SAS");
  f->item = rubis_test_add_item (f->session, f->account, "F-1", RUBIS_ITEM_INVOICE, "2026-11-01", 123456,
                                 123456, NULL);
  rubis_test_exec (f->session, "UPDATE account SET phone = '04 72 00 00 00', email = 'a@client.example'");
  add_reminder (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  g_object_unref (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static GPtrArray *
list_calls (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = rubis_session_list_calls (f->session, NULL, NULL, &error);

  g_assert_no_error (error);
  return entries;
}

/* The account as it is called now, by hand when nothing asks for it. */
static RubisCallEntry *
get_entry (Fixture *f)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_val (ids, f->account);
  entries = rubis_session_list_calls (f->session, ids, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  return g_object_ref (entries->pdata[0]);
}

static gint64
note (Fixture *f, const char *result, RubisDate callback, int minute)
{
  const RubisCallOutcome outcome = { .result = result,
                                     .seconds = 150,
                                     .note = "Mme Roux",
                                     .callback_date = callback,
                                     .callback_minute = minute,
                                     .callback_reason = "après validation" };
  g_autoptr (RubisCallEntry) entry = get_entry (f);
  g_autoptr (GError) error = NULL;
  gint64 id = rubis_session_note_call (f->session, entry, &outcome, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static gint64
level (Fixture *f)
{
  return rubis_test_query (f->session, "SELECT level FROM item");
}

static gint64
last_contact (Fixture *f)
{
  return rubis_test_query (f->session, "SELECT last_contact FROM account");
}

static void
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rubis_session_undo (f->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (text);
}

/* The step that asked for the call is done by it, once; its undo brings all back, and redo does it again. */
static void
test_step_done (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) before = list_calls (f);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *redone = NULL;
  const RubisCallEntry *entry;

  g_assert_cmpuint (before->len, ==, 1);
  entry = before->pdata[0];
  g_assert_cmpint (entry->cause, ==, RUBIS_CALL_FOR_STEP);
  g_assert_cmpint (entry->amount, ==, 123456);
  g_assert_cmpint (entry->days_late, ==, 19);
  note (f, "no_commitment", RUBIS_DATE_NONE, -1);
  g_assert_cmpint (level (f), ==, 3);
  g_assert_cmpint (last_contact (f), ==, RUBIS_TEST_TODAY);
  after = list_calls (f);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM event WHERE kind = 'call' AND summary LIKE "
                                     "'%1,234.56%1 item — Spoken to, no commitment. Mme Roux'"),
                   ==, 1);
  undo (f);
  g_assert_cmpint (level (f), ==, 2);
  g_assert_cmpint (last_contact (f), ==, RUBIS_TEST_TODAY - 10);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM call WHERE voided = 1"), ==, 1);
  again = list_calls (f);
  g_assert_cmpuint (again->len, ==, 1);
  redone = rubis_session_redo (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (level (f), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM call WHERE voided = 0"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, 1);
}

/* Without a number the step becomes a letter, and is no call of the day; whoever found the number elsewhere
 * and called has done the step, and no letter leaves. */
static void
test_no_number (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) actions = NULL;
  g_autoptr (GError) error = NULL;

  rubis_test_exec (f->session, "UPDATE account SET phone = '', email = '', address = '1 rue X', postcode = "
                               "'69001', city = 'Lyon'");
  actions = rubis_session_compute_agenda (f->session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (actions->len, ==, 1);
  g_assert_cmpint (((RubisActionRow *)actions->pdata[0])->channel, ==, RUBIS_CHANNEL_LETTER);
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 0);
  note (f, "no_commitment", RUBIS_DATE_NONE, -1);
  g_assert_cmpint (level (f), ==, 3);
  g_assert_cmpint (
      rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'sent' AND channel = 3"), ==,
      1);
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 7);
  g_clear_pointer (&actions, g_ptr_array_unref);
  actions = rubis_session_compute_agenda (f->session, NULL, &error);
  for (guint i = 0; i < actions->len; i++)
    g_assert_cmpint (((RubisActionRow *)actions->pdata[i])->rank, !=, 3);
}

/* A result that the user added says itself whether somebody was spoken to. */
static void
test_own_result (Fixture *f, gconstpointer data)
{
  const RubisChoice barred = { .label = (char *)"Standard closed", .days = 2, .active = TRUE };
  RubisChoice changed = { .label = (char *)"Standard closed", .days = 2, .active = TRUE, .contact = TRUE };
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  g_assert_true (rubis_session_set_choice (f->session, RUBIS_CHOICES_CALL_RESULT, &barred, &id, &error));
  g_assert_no_error (error);
  note (f, id, RUBIS_DATE_NONE, -1);
  g_assert_cmpint (level (f), ==, 2);
  undo (f);
  changed.id = id;
  g_assert_true (rubis_session_set_choice (f->session, RUBIS_CHOICES_CALL_RESULT, &changed, NULL, &error));
  note (f, id, RUBIS_DATE_NONE, -1);
  g_assert_cmpint (level (f), ==, 3);
  undo (f);
  undo (f);
  g_assert_false (rubis_session_is_call_contact (f->session, id));
  g_assert_true (rubis_session_is_call_contact (f->session, "promised"));
  g_assert_false (rubis_session_is_call_contact (f->session, "no_answer"));
}

/* Trap 5.46: a message left counts for the days between contacts, and leaves the step to be done. */
static void
test_voicemail (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  RubisDate again = rubis_session_suggest_callback (f->session, f->account, "voicemail");
  const RubisCallEntry *entry;

  /* Saturday is no day for calls. */
  g_assert_cmpint (again, ==, rubis_date_from_ymd (2026, 11, 23));
  note (f, "voicemail", again, -1);
  g_assert_cmpint (level (f), ==, 2);
  g_assert_cmpint (last_contact (f), ==, RUBIS_TEST_TODAY);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox"), ==, 0);
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 0);
  rubis_session_set_today (f->session, again);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpint (entry->cause, ==, RUBIS_CALL_FOR_CALLBACK);
  /* Spoken to by the second call, the customer has heard of the step. */
  note (f, "waiting_approval", RUBIS_DATE_NONE, -1);
  g_assert_cmpint (level (f), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM callback WHERE state = 'done'"), ==,
                   1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (seconds) FROM call WHERE voided = 0"), ==, 300);
}

/* Nobody answers at the hour that was named, and nothing else was agreed: the call is still to be made. */
static void
test_callback (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  const RubisCallEntry *entry;
  gint64 id = rubis_session_add_callback (f->session, f->account, 0, RUBIS_TEST_TODAY, 14 * 60 + 30,
                                          "Mme Roux", &error);

  g_assert_no_error (error);
  next = rubis_session_describe_next (f->session, f->account, &error);
  g_assert_cmpstr (next, ==, "To call back on 20/11/2026 at 14:30");
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpint (entry->cause, ==, RUBIS_CALL_FOR_CALLBACK);
  g_assert_cmpint (entry->callback_id, ==, id);
  g_assert_cmpint (entry->minute, ==, 870);
  g_assert_cmpstr (entry->why, ==, "To be called back today at 14:30, Mme Roux");
  note (f, "no_answer", RUBIS_DATE_NONE, -1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM callback WHERE state = 'open'"), ==,
                   1);
  note (f, "no_answer", RUBIS_TEST_TODAY + 3, 600);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM callback WHERE state = 'done'"), ==,
                   1);
  undo (f);
  g_assert_cmpint (
      rubis_test_query (f->session, "SELECT count (*) FROM callback WHERE state = 'open' AND minute = 870"),
      ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM callback WHERE state = 'open'"), ==,
                   1);
  g_assert_true (rubis_session_cancel_callback (f->session, id, &error));
  g_assert_false (rubis_session_cancel_callback (f->session, id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* A day that has passed, and an end that nobody knows, are refused and change nothing. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  RubisCallOutcome outcome = { .result = "hung_up", .callback_date = RUBIS_DATE_NONE, .callback_minute = -1 };
  g_autoptr (RubisCallEntry) entry = get_entry (f);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_note_call (f->session, entry, &outcome, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  outcome.result = "call_back";
  outcome.callback_date = RUBIS_TEST_TODAY - 1;
  g_assert_cmpint (rubis_session_note_call (f->session, entry, &outcome, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_cmpint (
      rubis_session_add_callback (f->session, f->account, 0, RUBIS_TEST_TODAY - 1, -1, NULL, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM call"), ==, 0);
}

/* Two calls of a day: the first by voicemail, the second is spoken to; the step is done once. */
static void
test_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) made = NULL;
  g_autoptr (GError) error = NULL;
  const RubisCallRecord *newest;

  note (f, "voicemail", RUBIS_DATE_NONE, -1);
  note (f, "payment_sent", RUBIS_DATE_NONE, -1);
  note (f, "payment_sent", RUBIS_DATE_NONE, -1);
  g_assert_cmpint (level (f), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox"), ==, 1);
  made = rubis_session_list_calls_made (f->session, f->account, RUBIS_TEST_TODAY, RUBIS_TEST_TODAY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (made->len, ==, 3);
  newest = made->pdata[0];
  g_assert_cmpstr (newest->result_label, ==, "Payment already sent");
  undo (f);
  undo (f);
  g_assert_cmpint (level (f), ==, 2);
  g_assert_cmpint (last_contact (f), ==, RUBIS_TEST_TODAY);
}

#define WORDS "\n“Lundi, sûr” said Mme Roux on 20/11/2026, on the phone"

/* @promised above all; @said in the script. */
static void
check_sheet (Fixture *f, gboolean broken, const char *promised, const char *said)
{
  g_autoptr (RubisCallEntry) entry = get_entry (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisCallSheet) sheet = rubis_session_load_call_sheet (f->session, entry, &error);
  g_autoptr (GString) script = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpint (((const RubisCallItem *)sheet->items->pdata[0])->promise_broken, ==, broken);
  g_assert_cmpstr (sheet->promised, ==, promised);
  for (guint i = 0; i < sheet->script->len; i++)
    g_string_append (script, ((const RubisScriptSection *)sheet->script->pdata[i])->text);
  g_assert_nonnull (strstr (script->str, said));
}

/* A broken promise is dealt with by speaking to the customer, not by a message. */
static void
test_broken_promise (Fixture *f, gconstpointer data)
{
  const RubisPromiseInput input = { .account_id = f->account,
                                    .date = RUBIS_TEST_TODAY + 3,
                                    .amount = 100000,
                                    .channel = RUBIS_CHANNEL_CALL,
                                    .given_by = "Mme Roux",
                                    .quote = "Lundi, sûr" };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pay_part = NULL;
  const RubisCallEntry *entry;

  g_assert_cmpint (rubis_session_add_promise (f->session, &input, &error), >, 0);
  g_assert_no_error (error);
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 5);
  check_sheet (f, FALSE, "Promise: €1,000.00 for 23/11/2026" WORDS, "");
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 14);
  rubis_test_exec (f->session, "UPDATE import_batch SET as_of = as_of + 14");
  check_sheet (f, TRUE, "Broken promise: €1,000.00 for 23/11/2026" WORDS, "Nous ne l’avons pas reçu.");
  /* Whoever paid a part is not told that nothing came. */
  pay_part
      = g_strdup_printf ("INSERT INTO allocation (item_id, amount, date, source) SELECT id, 60000, %d, 'erp' "
                         "FROM item; UPDATE item SET open = open - 60000",
                         RUBIS_TEST_TODAY + 2);
  rubis_test_exec (f->session, pay_part);
  check_sheet (f, TRUE, "Promise kept in part: €600.00 of €1,000.00 for 23/11/2026" WORDS,
               "il manque 400,00");
  rubis_test_exec (f->session, "DELETE FROM allocation; UPDATE item SET open = open + 60000");
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpint (entry->cause, ==, RUBIS_CALL_FOR_BROKEN_PROMISE);
  g_assert_cmpstr (entry->why, ==, "€1,000.00 promised for 23/11/2026 did not come");
  note (f, "voicemail", RUBIS_DATE_NONE, -1);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 1);
  note (f, "no_commitment", RUBIS_DATE_NONE, -1);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 0);
  undo (f);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 1);
}

static void
assert_task (Fixture *f, int held, const char *detail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = rubis_session_list_tasks (f->session, 0, 0, &error);
  const RubisTask *task;

  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  task = tasks->pdata[0];
  g_assert_cmpint (task->kind, ==, RUBIS_TASK_BROKEN_PROMISE);
  g_assert_cmpint (task->held, ==, held);
  g_assert_true (g_str_has_prefix (task->detail, detail));
}

/* Who must not be dunned is not called for a broken promise either; Today says why. */
static void
test_broken_promise_held (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *hold, *end;
    int reason;
  } holds[] = {
    { "UPDATE account SET stop = 1", "UPDATE account SET stop = 0", RUBIS_REASON_ACCOUNT_STOP },
    { "UPDATE party SET insolvency = 2", "UPDATE party SET insolvency = 0", RUBIS_REASON_INSOLVENCY },
    { "UPDATE item SET with_agent = 1", "UPDATE item SET with_agent = 0", RUBIS_REASON_WITH_AGENT },
    { "UPDATE item SET disputed = open", "UPDATE item SET disputed = 0", RUBIS_REASON_DISPUTE },
  };
  const RubisPromiseInput input
      = { .account_id = f->account, .date = RUBIS_TEST_TODAY + 3, .amount = 100000 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_add_promise (f->session, &input, &error), >, 0);
  g_assert_no_error (error);
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 14);
  rubis_test_exec (f->session, "UPDATE import_batch SET as_of = as_of + 14");
  assert_task (f, 0, "Promised on");
  for (gsize i = 0; i < G_N_ELEMENTS (holds); i++)
    {
      g_autoptr (GPtrArray) entries = NULL;

      rubis_test_exec (f->session, holds[i].hold);
      entries = list_calls (f);
      g_assert_cmpuint (entries->len, ==, 0);
      assert_task (f, holds[i].reason, rubis_reason_to_text ((RubisReason)holds[i].reason));
      rubis_test_exec (f->session, holds[i].end);
    }
}

/* The customer asked for the call: it is made, and who makes it knows what not to speak of. */
static void
test_callback_held (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  const RubisCallEntry *entry;

  g_autoptr (GError) error = NULL;

  rubis_session_add_callback (f->session, f->account, 0, RUBIS_TEST_TODAY, -1, "Mme Roux", &error);
  g_assert_no_error (error);
  rubis_test_exec (f->session, "UPDATE account SET stop = 1");
  entries = list_calls (f);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpint (entry->cause, ==, RUBIS_CALL_FOR_CALLBACK);
  g_assert_true (g_str_has_suffix (entry->why, "Dunning of this account is stopped"));
  rubis_test_exec (f->session, "UPDATE account SET stop = 0; UPDATE item SET open = 0");
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = list_calls (f);
  entry = entries->pdata[0];
  g_assert_true (g_str_has_suffix (entry->why, "Nothing is left to pay"));
  rubis_test_exec (f->session, "UPDATE item SET open = total");
}

/* The email says what was agreed, in the customer's language. */
static void
test_summary (Fixture *f, gconstpointer data)
{
  const RubisPromiseInput input
      = { .account_id = f->account, .date = RUBIS_TEST_TODAY + 5, .amount = 100000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) promises = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RubisCallEntry) entry = get_entry (f);
  RubisCallOutcome outcome = { .result = "promised",
                               .promise_ids = promises,
                               .callback_date = RUBIS_TEST_TODAY + 6,
                               .callback_minute = 9 * 60 };
  g_autofree char *subject = NULL;
  g_autofree char *text = NULL;
  gint64 promise = rubis_session_add_promise (f->session, &input, &error);
  gint64 call;

  g_assert_no_error (error);
  g_array_append_val (promises, promise);
  call = rubis_session_note_call (f->session, entry, &outcome, &error);
  g_assert_no_error (error);
  g_assert_true (rubis_session_write_call_summary (f->session, call, &subject, &text, &error));
  g_assert_cmpstr (subject, ==, "Notre échange téléphonique — Verrerie Duval");
  g_assert_nonnull (strstr (text, "notre échange téléphonique du 20\u00a0novembre 2026"));
  g_assert_nonnull (
      strstr (text, "- vous réglerez 1\u202f000,00\u00a0€ le 25\u00a0novembre 2026 au plus tard (F-1)"));
  g_assert_nonnull (strstr (text, "- nous nous rappellerons le 26\u00a0novembre 2026 à 09:00."));
  g_assert_nonnull (strstr (text, "Voici ce que j’en ai retenu :"));
  undo (f);
  g_assert_false (rubis_session_write_call_summary (f->session, call, &subject, &text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Nothing was agreed: nothing is announced. */
static void
test_short_summary (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *text = NULL;
  gint64 call = note (f, "no_commitment", RUBIS_DATE_NONE, -1);

  g_assert_true (rubis_session_write_call_summary (f->session, call, &subject, &text, &error));
  g_assert_cmpstr (text, ==,
                   "Bonjour,\n\nJe vous remercie de notre échange téléphonique du 20\u00a0novembre 2026.\n\n"
                   "Si quelque chose n’est pas exact, répondez simplement à ce message.\n");
}

/* What may be claimed comes first, who can be called comes before who cannot, and numbers can be dialled. */
static void
test_sheet (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisCallEntry) entry = NULL;
  g_autoptr (RubisCallSheet) sheet = NULL;
  g_autoptr (GError) error = NULL;
  const RubisCallItem *item;
  const RubisCallContact *contact;
  const RubisScriptSection *section;
  guint n_objections = 0;

  rubis_test_add_item (f->session, f->account, "F-0", RUBIS_ITEM_INVOICE, "2026-10-01", 5000, 5000, NULL);
  rubis_test_add_item (f->session, f->account, "F-2", RUBIS_ITEM_INVOICE, "2026-12-01", 7000, 7000, NULL);
  rubis_test_exec (
      f->session,
      "UPDATE item SET disputed = 5000 WHERE number = 'F-0';"
      "INSERT INTO dispute (account_id, reason, description, opened_on, opened_by, state, currency) "
      "SELECT account_id, 'price', '', 20000, 'x', 'open', 'EUR' FROM item WHERE number = 'F-0';"
      "INSERT INTO dispute_item SELECT 1, id, 5000 FROM item WHERE number = 'F-0';"
      "UPDATE account SET country = '', postcode = '97410';"
      "INSERT INTO contact (account_id, last_name, email) VALUES (1, 'Sans', 'sans@client.example');"
      "INSERT INTO contact (account_id, last_name, phone, mobile) VALUES (1, 'Roux', '+33 6 12 34 56 78', "
      "'06 99 00 11 22')");
  entry = get_entry (f);
  sheet = rubis_session_load_call_sheet (f->session, entry, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sheet->time_zone, ==, "Indian/Reunion");
  g_assert_cmpuint (sheet->items->len, ==, 3);
  item = sheet->items->pdata[0];
  g_assert_cmpstr (item->number, ==, "F-1");
  g_assert_cmpint (item->days_late, ==, 19);
  item = sheet->items->pdata[1];
  g_assert_cmpstr (item->number, ==, "F-0");
  g_assert_cmpint (item->disputed, ==, 5000);
  contact = sheet->contacts->pdata[0];
  g_assert_cmpstr (contact->name, ==, "Roux");
  g_assert_cmpstr (contact->uri, ==, "tel:+33612345678");
  contact = sheet->contacts->pdata[1];
  g_assert_cmpstr (contact->uri, ==, "tel:+33699001122");
  contact = sheet->contacts->pdata[2];
  g_assert_cmpstr (contact->uri, ==, "tel:+33472000000");
  contact = sheet->contacts->pdata[3];
  g_assert_cmpstr (contact->uri, ==, "");
  for (guint i = 0; i < sheet->script->len; i++)
    {
      section = sheet->script->pdata[i];
      n_objections += section->level == 3 ? 1 : 0;
      g_assert_null (strchr (section->text, '#'));
    }
  g_assert_cmpuint (n_objections, >=, 6);
}

static void
test_hours (void)
{
  const RubisDate friday = rubis_date_from_ymd (2026, 11, 20);
  int minute;
  g_autofree char *text = rubis_call_hours_format_minute (545);

  g_assert_cmpstr (rubis_call_hours_get_zone ("", ""), ==, "Europe/Paris");
  g_assert_cmpstr (rubis_call_hours_get_zone ("FR", "97200"), ==, "America/Martinique");
  g_assert_cmpstr (rubis_call_hours_get_zone ("FR", "98800"), ==, "Pacific/Noumea");
  g_assert_cmpstr (rubis_call_hours_get_zone ("RE", ""), ==, "Indian/Reunion");
  /* A German postcode is none of Réunion's. */
  g_assert_cmpstr (rubis_call_hours_get_zone ("DE", "97420"), ==, "Europe/Berlin");
  g_assert_cmpint (rubis_call_hours_judge (friday, 8 * 60 + 59, "FR"), ==, RUBIS_CALL_HOURS_EARLY);
  g_assert_cmpint (rubis_call_hours_judge (friday, 9 * 60, "FR"), ==, RUBIS_CALL_HOURS_OPEN);
  g_assert_cmpint (rubis_call_hours_judge (friday, 19 * 60, "FR"), ==, RUBIS_CALL_HOURS_LATE);
  g_assert_cmpint (rubis_call_hours_judge (friday + 1, 600, "FR"), ==, RUBIS_CALL_HOURS_WEEKEND);
  g_assert_cmpint (rubis_call_hours_judge (rubis_date_from_ymd (2026, 11, 11), 600, ""), ==,
                   RUBIS_CALL_HOURS_HOLIDAY);
  g_assert_cmpint (rubis_call_hours_judge (rubis_date_from_ymd (2026, 11, 11), 600, "DE"), ==,
                   RUBIS_CALL_HOURS_OPEN);
  g_assert_cmpstr (text, ==, "09:05");
  g_assert_true (rubis_call_hours_parse_minute ("14h30", &minute));
  g_assert_cmpint (minute, ==, 870);
  g_assert_true (rubis_call_hours_parse_minute (" 9 ", &minute));
  g_assert_cmpint (minute, ==, 540);
  g_assert_true (rubis_call_hours_parse_minute ("14 h", &minute));
  g_assert_cmpint (minute, ==, 840);
  g_assert_false (rubis_call_hours_parse_minute ("24:00", &minute));
  g_assert_false (rubis_call_hours_parse_minute ("14:60", &minute));
  g_assert_false (rubis_call_hours_parse_minute ("", &minute));
}

static void
assert_rings (RubisCallbackWatch *watch, GPtrArray *callbacks, RubisDate today, int minute,
              const char *expected)
{
  g_autoptr (GArray) rings = rubis_callback_watch_take_due (watch, callbacks, today, minute);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rings->len; i++)
    {
      const RubisCallbackRing *ring = &g_array_index (rings, RubisCallbackRing, i);

      g_string_append_printf (text, "%d%s ", (int)ring->callback->id, ring->passed ? "!" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* By a clock of the test: each once, at its minute; what passed while nobody watched is said as such. */
static void
test_watch (void)
{
  RubisCallback all[] = { { .id = 1, .date = RUBIS_TEST_TODAY - 1, .minute = 600 },
                          { .id = 2, .date = RUBIS_TEST_TODAY, .minute = 540 },
                          { .id = 3, .date = RUBIS_TEST_TODAY, .minute = 870 },
                          { .id = 4, .date = RUBIS_TEST_TODAY, .minute = -1 },
                          { .id = 5, .date = RUBIS_TEST_TODAY + 1, .minute = 500 } };
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new ();
  g_autoptr (RubisCallbackWatch) watch = rubis_callback_watch_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_ptr_array_add (callbacks, &all[i]);
  assert_rings (watch, callbacks, RUBIS_TEST_TODAY, 600, "1! 2! ");
  assert_rings (watch, callbacks, RUBIS_TEST_TODAY, 869, "");
  assert_rings (watch, callbacks, RUBIS_TEST_TODAY, 870, "3 ");
  assert_rings (watch, callbacks, RUBIS_TEST_TODAY, 871, "");
  /* The computer slept over night. */
  assert_rings (watch, callbacks, RUBIS_TEST_TODAY + 1, 510, "5 ");
}

/* Each shipped zone is one that the system knows. */
static void
test_zones (void)
{
  static const char *const countries[] = { "FR", "DE", "GB", "CH", "UA", "PF", "GF", "NC", "US", "MA" };

  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      const char *id = rubis_call_hours_get_zone (countries[i], "");
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (id);

      g_assert_nonnull (zone);
    }
}

#define ADD(name, func) g_test_add ("/calls/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("step-done", test_step_done);
  ADD ("no-number", test_no_number);
  ADD ("own-result", test_own_result);
  ADD ("voicemail-leaves-the-step", test_voicemail);
  ADD ("callback", test_callback);
  ADD ("refused", test_refused);
  ADD ("twice-a-day", test_twice);
  ADD ("broken-promise", test_broken_promise);
  ADD ("broken-promise-held", test_broken_promise_held);
  ADD ("callback-held", test_callback_held);
  ADD ("summary", test_summary);
  ADD ("short-summary", test_short_summary);
  ADD ("sheet", test_sheet);
  g_test_add_func ("/calls/hours", test_hours);
  g_test_add_func ("/calls/zones", test_zones);
  g_test_add_func ("/calls/watch", test_watch);
  return g_test_run ();
}
