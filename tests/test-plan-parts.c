/* What payment plans take of their items: beside disputes, credit notes and promises. */
#include <string.h>

#include "plan-fixture.h"
#include "rubis-calls.h"
#include "rubis-import-preview.h"
#include "rubis-promises.h"
#include "rubis-test-session.h"

/* F-2's contested 200.00, known when the plan was agreed, are conceded: "credit note made". */
static void
concede (Fixture *f, const char *credit)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO dispute (account_id, reason, description, opened_on, opened_by, state, outcome_amount, "
      "closed_on, credit_item_id, currency) SELECT account_id, 'price', '', %1$d - 5, 'x', 'founded', 20000, "
      "%1$d + 1, %2$s, 'EUR' FROM item WHERE number = 'F-2'; "
      "INSERT INTO dispute_item (dispute_id, item_id, amount) SELECT d.id, i.id, 20000 FROM dispute d, item "
      "i WHERE i.number = 'F-2'; UPDATE item SET disputed = 0, contested = 0",
      RUBIS_TEST_TODAY, credit);

  rubis_test_exec (f->session, sql);
}

/* A credit note of the account, of which @used was lettered, and @amount of it set against an item; the file
 * says of which (@linked) or not. */
static void
credit (Fixture *f, int item, gint64 total, gint64 amount, gboolean linked)
{
  gint64 id = rubis_test_add_item (f->session, f->account, "A-1", RUBIS_ITEM_CREDIT, "2026-11-20", -total,
                                   -total, NULL);
  RubisDate today = rubis_session_get_today (f->session);
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO allocation (item_id, amount, date, source, credit_item_id) VALUES "
      "(%1$" G_GINT64_FORMAT ", %3$" G_GINT64_FORMAT ", %4$d, 'erp', %5$s), "
      "(%2$" G_GINT64_FORMAT ", -%3$" G_GINT64_FORMAT ", %4$d, 'erp', %6$s); "
      "UPDATE item SET open = open - %3$" G_GINT64_FORMAT " WHERE id = %1$" G_GINT64_FORMAT "; "
      "UPDATE item SET open = open + %3$" G_GINT64_FORMAT " WHERE id = %2$" G_GINT64_FORMAT,
      f->items[item], id, amount, today, linked ? "(SELECT max (id) FROM item)" : "NULL",
      linked ? "(SELECT id FROM item WHERE number = 'F-2')" : "NULL");

  if (amount != 0)
    rubis_test_exec (f->session, sql);
}

static void
assert_paid (Fixture *f, gint64 id, gint64 first, gint64 last)
{
  g_autoptr (RubisPlanRow) plan = load (f, id);

  g_assert_cmpint (g_array_index (plan->paid, gint64, 0), ==, first);
  g_assert_cmpint (g_array_index (plan->paid, gint64, 2), ==, last);
}

/* What is conceded of the contested part eats no instalment before its credit note is lettered. */
static void
test_conceded (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  go_to (f, RUBIS_TEST_TODAY + 1);
  concede (f, "NULL");
  pay (f, 1, 30000);
  assert_paid (f, id, 30000, 0);
  go_to (f, RUBIS_TEST_TODAY + 2);
  pay (f, 1, 20000);
  assert_paid (f, id, 30000, 0);
  pay (f, 0, 60000);
  assert_state (f, id, "completed");
}

/* The same with a credit note that is there, not lettered, then lettered without a word of which invoice. */
static void
test_conceded_by_credit (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  go_to (f, RUBIS_TEST_TODAY + 1);
  credit (f, 1, 20000, 0, FALSE);
  concede (f, "(SELECT id FROM item WHERE number = 'A-1')");
  pay (f, 1, 30000);
  assert_paid (f, id, 30000, 0);
  pay (f, 1, 20000);
  rubis_test_exec (f->session, "INSERT INTO allocation (item_id, amount, date, source) SELECT id, -20000, "
                               "first_seen, 'erp' FROM item WHERE number = 'A-1'; "
                               "UPDATE item SET open = 0 WHERE number = 'A-1'");
  assert_paid (f, id, 30000, 0);
}

/* 200.00 conceded of the 300.00 that a dispute contests on two invoices are conceded once. */
static void
test_conceded_once (Fixture *f, gconstpointer data)
{
  gint64 id;

  rubis_test_exec (f->session, "UPDATE item SET disputed = 10000, contested = 10000 WHERE number = 'F-1'");
  id = agree (f);
  go_to (f, RUBIS_TEST_TODAY + 1);
  concede (f, "NULL");
  rubis_test_exec (f->session, "INSERT INTO dispute_item (dispute_id, item_id, amount) SELECT d.id, i.id, "
                               "10000 FROM dispute d, item i WHERE i.number = 'F-1'");
  pay (f, 0, 10000);
  pay (f, 1, 10000);
  pay (f, 1, 26000);
  assert_paid (f, id, 26000, 0);
}

/* A credit note lowers the debt: its last instalments; what was contested before it is none of the plan's. */
static void
test_credited (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (RubisPlanRow) plan = NULL;

  go_to (f, RUBIS_TEST_TODAY + 1);
  credit (f, 1, 35000, 35000, TRUE);
  assert_paid (f, id, 0, 30000);
  plan = load (f, id);
  g_assert_cmpint (plan->verdict.credited, ==, 30000);
  concede (f, "(SELECT id FROM item WHERE number = 'A-1')");
  assert_paid (f, id, 0, 15000);
  pay (f, 0, 30000);
  assert_paid (f, id, 30000, 15000);
}

static gint64
promise (Fixture *f, int item, RubisDate date)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisPromiseInput input
      = { .account_id = f->account, .item_ids = ids, .date = date, .channel = RUBIS_CHANNEL_CALL };
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_array_append_val (ids, f->items[item]);
  id = rubis_session_add_promise (f->session, &input, &error);
  g_assert_no_error (error);
  return id;
}

static void
assert_promise (Fixture *f, gint64 id, RubisPromiseState state, gint64 amount)
{
  g_autoptr (RubisPromiseRow) row = rubis_session_load_promise (f->session, id, NULL);

  g_assert_cmpstr (rubis_promise_state_to_id (row->state), ==, rubis_promise_state_to_id (state));
  g_assert_cmpint (row->amount, ==, amount);
}

/* 5.11: what was promised on its items is the plan's; undoing it gives the promise back. */
static void
test_replaces_promises (Fixture *f, gconstpointer data)
{
  gint64 id = promise (f, 0, RUBIS_TEST_TODAY + 5);

  agree (f);
  assert_promise (f, id, RUBIS_PROMISE_REPLACED, 60000);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item WHERE promise_date IS NOT NULL"),
                   ==, 0);
  undo (f);
  assert_promise (f, id, RUBIS_PROMISE_OPEN, 60000);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT promise_date FROM item WHERE number = 'F-1'"), ==,
                   RUBIS_TEST_TODAY + 5);
  redo (f);
  assert_promise (f, id, RUBIS_PROMISE_REPLACED, 60000);
  go_to (f, RUBIS_TEST_TODAY + 15);
  assert_promise (f, id, RUBIS_PROMISE_REPLACED, 60000);
}

/* One that was broken is dealt with by the plan. */
static void
test_answers_broken_promise (Fixture *f, gconstpointer data)
{
  gint64 id = promise (f, 0, RUBIS_TEST_TODAY);
  g_autoptr (RubisPromiseRow) row = NULL;

  go_to (f, RUBIS_TEST_TODAY + 8);
  agree (f);
  row = rubis_session_load_promise (f->session, id, NULL);
  g_assert_cmpstr (rubis_promise_state_to_id (row->state), ==, "broken");
  g_assert_true (row->seen);
  g_clear_object (&row);
  undo (f);
  row = rubis_session_load_promise (f->session, id, NULL);
  g_assert_false (row->seen);
}

/* A promise on the items of a plan is of its late instalment. */
static void
test_promised_instalment (Fixture *f, gconstpointer data)
{
  agree (f);
  go_to (f, rubis_date_from_ymd (2026, 12, 10));
  assert_promise (f, promise (f, 0, rubis_date_from_ymd (2026, 12, 12)), RUBIS_PROMISE_OPEN, 30000);
}

/* What is open beside a plan that was paid goes on from the level before it, and may be in another plan. */
static void
test_besides (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  RubisPlanInput input = usual_input (f);
  g_autoptr (GError) error = NULL;
  gint64 second;

  live (f, "2026-11-20", "2026-12-07");
  go_to (f, rubis_date_from_ymd (2026, 12, 8));
  pay (f, 0, 60000);
  pay (f, 1, 30000);
  assert_state (f, id, "completed");
  rubis_test_exec (f->session, "UPDATE item SET disputed = 0, contested = 0");
  g_string_truncate (f->journal, 0);
  live (f, "2026-12-09", "2026-12-30");
  g_assert_cmpstr (f->journal->str, ==, "2026-12-14 4 letter 200.00\n2026-12-21 5 registered 200.00\n");
  input.first_date = rubis_date_from_ymd (2027, 1, 10);
  second = rubis_session_add_plan (f->session, &input, &error);
  g_assert_no_error (error);
  assert_state (f, second, "active");
  assert_state (f, id, "completed");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM plan_item ORDER BY plan_id DESC"), ==, 5);
  g_assert_cmpint (rubis_session_add_plan (f->session, &input, &error), ==, 0);
  assert_rule (FALSE, &error, "Nothing is overdue");
}

static gint64
agree_total (Fixture *f)
{
  gint64 id = agree (f);
  g_autoptr (RubisPlanRow) plan = load (f, id);

  return plan->verdict.total;
}

/* Nobody acknowledges more than it owes; where the credit is lettered changes nothing. */
static void
test_net_of_credits (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  rubis_test_add_item (f->session, f->account, "A-9", RUBIS_ITEM_CREDIT, "2026-11-01", -15000, -15000, NULL);
  g_assert_cmpint (agree_total (f), ==, 75000);
  id = rubis_test_query (f->session, "SELECT max (id) FROM plan");
  assert_paid (f, id, 0, 0);
  /* The plan disposes of it: an instalment is asked for in full. */
  live (f, "2026-11-20", "2026-12-01");
  g_assert_cmpstr (f->journal->str, ==, "2026-11-30 0 email 250.00\n");
  pay (f, 0, 15000);
  rubis_test_exec (f->session, "INSERT INTO allocation (item_id, amount, date, source) SELECT id, -15000, "
                               "first_seen, 'erp' FROM item WHERE number = 'A-9'; "
                               "UPDATE item SET open = 0 WHERE number = 'A-9'");
  assert_paid (f, id, 0, 0);
  pay (f, 0, 45000);
  pay (f, 1, 30000);
  assert_state (f, id, "completed");
}

/* Another debt that is overdue has its share of the credits first; they may cover all. */
static void
test_credits_of_others (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) made = NULL;
  g_autoptr (GError) error = NULL;
  RubisCurrency currency;
  gint64 total = 0;

  rubis_test_add_item (f->session, f->account, "A-9", RUBIS_ITEM_CREDIT, "2026-11-01", -40000, -40000, NULL);
  g_array_append_val (ids, f->items[0]);
  input.item_ids = ids;
  made = rubis_session_preview_plan (f->session, &input, &total, &currency, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total, ==, 50000);
  rubis_test_exec (f->session, "UPDATE item SET total = -90000, open = -90000 WHERE number = 'A-9'");
  input.item_ids = NULL;
  assert_rule (rubis_session_add_plan (f->session, &input, &error) != 0, &error, "nothing to spread");
}

/* A plan that was carried out is none to cancel. */
static void
test_done_not_cancelled (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (GError) error = NULL;

  pay (f, 0, 60000);
  pay (f, 1, 30000);
  assert_rule (rubis_session_cancel_plan (f->session, id, NULL, &error), &error, "paid in full");
  assert_state (f, id, "completed");
}

/* No number of days is negative; -1 says: the usual ones. */
static void
test_negative_days (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GError) error = NULL;

  input.grace_days = -3;
  g_assert_cmpint (rubis_session_add_plan (f->session, &input, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  input = usual_input (f);
  input.notice_days = -2;
  g_assert_cmpint (rubis_session_add_plan (f->session, &input, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

static char *
read_script (Fixture *f)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (RubisCallSheet) sheet = NULL;
  GString *text = g_string_new (NULL);

  g_array_append_val (ids, f->account);
  entries = rubis_session_list_calls (f->session, ids, NULL, &error);
  g_assert_no_error (error);
  sheet = rubis_session_load_call_sheet (f->session, entries->pdata[0], &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sheet->script->len; i++)
    g_string_append (text, ((RubisScriptSection *)sheet->script->pdata[i])->text);
  return g_string_free (text, FALSE);
}

/* Who calls asks for the late instalment beside the rest, not for what a plan that is kept spreads. */
static void
test_call (Fixture *f, gconstpointer data)
{
  g_autofree char *kept = NULL;
  g_autofree char *late = NULL;

  agree (f);
  rubis_test_add_item (f->session, f->account, "F-3", RUBIS_ITEM_INVOICE, "2026-11-01", 7000, 7000, NULL);
  go_to (f, rubis_date_from_ymd (2026, 11, 30));
  kept = read_script (f);
  g_assert_nonnull (strstr (kept, "70,00\u00a0€"));
  go_to (f, rubis_date_from_ymd (2026, 12, 10));
  late = read_script (f);
  g_assert_nonnull (strstr (late, "370,00\u00a0€"));
}

#define ADD(path, func) g_test_add ("/plan-parts/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("conceded", test_conceded);
  ADD ("conceded-by-credit-note", test_conceded_by_credit);
  ADD ("conceded-once", test_conceded_once);
  ADD ("credit-note-lowers-the-end", test_credited);
  ADD ("5.11-replaces-promises", test_replaces_promises);
  ADD ("answers-broken-promise", test_answers_broken_promise);
  ADD ("promise-of-an-instalment", test_promised_instalment);
  ADD ("besides-a-paid-plan", test_besides);
  ADD ("net-of-credits", test_net_of_credits);
  ADD ("credits-of-other-debts", test_credits_of_others);
  ADD ("done-is-not-cancelled", test_done_not_cancelled);
  ADD ("negative-days", test_negative_days);
  ADD ("late-instalment-on-the-phone", test_call);
  return g_test_run ();
}
