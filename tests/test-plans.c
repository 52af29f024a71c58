/* Payment plans in a dossier: agreed, dunned by their instalments day by day, undone, broken. */
#include <string.h>

#include "rubis-agenda-list.h"
#include "rubis-attachments.h"
#include "rubis-import-preview.h"
#include "rubis-pdf-text.h"
#include "rubis-plans.h"
#include "rubis-session-why.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 items[2];  /* 600.00, and 500.00 of which 200.00 are contested */
  GString *journal; /* what left, day by day */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  f->journal = g_string_new (NULL);
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = '04 72 00 00 00' WHERE key = 'company.phone';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  f->account = rubis_test_add_account (f->session, "C1", "Garçon SAS");
  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon', "
                   "language = 'fr', email = 'compta@garcon.example'");
  f->items[0] = rubis_test_add_item (f->session, f->account, "F-1", RUBIS_ITEM_INVOICE, "2026-08-31", 60000,
                                     60000, NULL);
  f->items[1] = rubis_test_add_item (f->session, f->account, "F-2", RUBIS_ITEM_INVOICE, "2026-09-30", 50000,
                                     50000, NULL);
  rubis_test_exec (f->session, "UPDATE item SET disputed = 20000, contested = 20000 WHERE number = 'F-2';"
                               "UPDATE item SET level = 3, level_date = due_date + 40");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  g_string_free (f->journal, TRUE);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

/* Three instalments of 300.00 from 1 December on: all that is overdue and not contested. */
static RubisPlanInput
usual_input (Fixture *f)
{
  return (RubisPlanInput){ .account_id = f->account,
                           .n_instalments = 3,
                           .first_date = rubis_date_from_ymd (2026, 12, 1),
                           .interval = RUBIS_INTERVAL_MONTH,
                           .interest = RUBIS_PLAN_INTEREST_SUSPENDED,
                           .grace_days = -1,
                           .notice_days = -1,
                           .given_by = "Paul Garçon" };
}

static gint64
agree (Fixture *f)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GError) error = NULL;
  gint64 id = rubis_session_add_plan (f->session, &input, &error);

  g_assert_no_error (error);
  return id;
}

static RubisPlanRow *
load (Fixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RubisPlanRow *plan = rubis_session_load_plan (f->session, id, &error);

  g_assert_no_error (error);
  return plan;
}

static void
assert_state (Fixture *f, gint64 id, const char *expected)
{
  g_autoptr (RubisPlanRow) plan = load (f, id);

  g_assert_cmpstr (rubis_plan_row_get_state_id (plan), ==, expected);
}

static void
assert_levels (Fixture *f, gint64 first, gint64 second)
{
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F-1'"), ==, first);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F-2'"), ==, second);
}

static void
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *what = rubis_session_undo (f->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (what);
}

static void
redo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *what = rubis_session_redo (f->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (what);
}

static void
pay (Fixture *f, int item, gint64 amount)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO allocation (item_id, amount, date, source) VALUES (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
      ", %d, 'user'); UPDATE item SET open = open - %" G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT,
      f->items[item], amount, rubis_session_get_today (f->session), amount, f->items[item]);

  rubis_test_exec (f->session, sql);
}

/* The data are of the day. */
static void
go_to (Fixture *f, RubisDate date)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE import_batch SET as_of = %d", date);

  rubis_session_set_today (f->session, date);
  rubis_test_exec (f->session, sql);
}

/* Does what each day asks for, and notes it. */
static void
live (Fixture *f, const char *from, const char *to)
{
  for (RubisDate date = rubis_date_parse_iso (from); date <= rubis_date_parse_iso (to); date++)
    {
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GPtrArray) todo = g_ptr_array_new ();
      g_autoptr (RubisRunReport) report = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *day = rubis_date_to_iso (date);

      go_to (f, date);
      rows = rubis_session_compute_agenda (f->session, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          RubisActionRow *row = g_ptr_array_index (rows, i);
          g_autofree char *amount = rubis_money_to_string (row->amount, row->currency);

          if (row->state != RUBIS_ACTION_TO_DO)
            continue;
          g_assert_cmpstr (row->error, ==, "");
          g_string_append_printf (f->journal, "%s %d %s %s\n", day, row->rank,
                                  rubis_channel_to_id (row->channel), amount);
          g_ptr_array_add (todo, row);
        }
      if (todo->len == 0)
        continue;
      report = rubis_session_perform (f->session, todo, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->refused->len, ==, 0);
    }
}

static void
assert_rule (gboolean done, GError **error, const char *word)
{
  g_assert_false (done);
  g_assert_error (*error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_assert_nonnull (strstr ((*error)->message, word));
  g_clear_error (error);
}

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

/* --- Tests --- */

static void
test_agreed (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (RubisPlanRow) plan = load (f, id);

  g_assert_cmpint (plan->verdict.total, ==, 90000);
  g_assert_cmpuint (plan->instalments->len, ==, 3);
  g_assert_cmpint (g_array_index (plan->instalments, RubisInstalment, 2).amount, ==, 30000);
  g_assert_cmpint (plan->grace_days, ==, 5);
  g_assert_cmpint (plan->notice_days, ==, 8);
  g_assert_cmpstr (plan->given_by, ==, "Paul Garçon");
  g_assert_cmpuint (plan->item_ids->len, ==, 2);
  assert_state (f, id, "active");
  /* Dunning begins anew, and the journal says so of each item (5.45). */
  assert_levels (f, -1, -1);
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM event_item x JOIN event e ON e.id = x.event_id "
                                     "WHERE e.kind = 'plan' AND x.level = -1"),
                   ==, 2);
}

static void
test_last_balances (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  RubisInstalment typed[]
      = { { rubis_date_from_ymd (2026, 12, 10), 12345 }, { rubis_date_from_ymd (2027, 1, 10), 0 } };
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));
  g_autoptr (GArray) made = NULL;
  g_autoptr (GError) error = NULL;
  RubisCurrency currency;
  gint64 total = 0;

  g_array_append_vals (given, typed, 2);
  input.instalments = given;
  made = rubis_session_preview_plan (f->session, &input, &total, &currency, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total, ==, 90000);
  g_assert_cmpint (g_array_index (made, RubisInstalment, 1).amount, ==, 77655);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM plan"), ==, 0);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  input.first_date = rubis_date_from_ymd (2026, 11, 19);
  g_assert_cmpint (rubis_session_add_plan (f->session, &input, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  input = usual_input (f);
  g_array_append_val (ids, f->items[1]);
  input.item_ids = ids;
  rubis_test_exec (f->session, "UPDATE item SET disputed = 50000 WHERE number = 'F-2'");
  assert_rule (rubis_session_add_plan (f->session, &input, &error) != 0, &error, "F-2 is contested in full");
  rubis_test_exec (f->session, "UPDATE item SET disputed = 20000 WHERE number = 'F-2'");
  agree (f);
  assert_rule (rubis_session_add_plan (f->session, &input, &error) != 0, &error,
               "F-2 is in a payment plan already");
}

static void
test_undone (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (GPtrArray) plans = NULL;

  undo (f);
  assert_levels (f, 3, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (in_plan) FROM item"), ==, 0);
  plans = rubis_session_list_plans (f->session, 0, 0, TRUE, NULL);
  g_assert_cmpuint (plans->len, ==, 0);
  redo (f);
  assert_levels (f, -1, -1);
  assert_state (f, id, "active");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (in_plan) FROM item"), ==, 2);
}

/* The former level comes back, with a fresh delay. */
static void
test_cancelled (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  go_to (f, rubis_date_from_ymd (2026, 11, 25));
  g_assert_true (rubis_session_cancel_plan (f->session, id, "settled otherwise", NULL));
  assert_state (f, id, "cancelled");
  assert_levels (f, 3, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level_date FROM item WHERE number = 'F-1'"), ==,
                   rubis_date_from_ymd (2026, 11, 25));
  live (f, "2026-11-26", "2026-12-02");
  g_assert_cmpstr (f->journal->str, ==, "2026-12-02 4 letter 900.00\n");
}

static void
test_cancel_undone (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  g_assert_true (rubis_session_cancel_plan (f->session, id, NULL, NULL));
  undo (f);
  assert_state (f, id, "active");
  assert_levels (f, -1, -1);
}

static void
test_signed (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autofree char *scan = g_build_filename (f->folder, "accord.png", NULL);
  g_autoptr (RubisPlanRow) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;

  g_assert_true (g_file_set_contents (scan, "\x89PNG\r\n\x1a\nscan", -1, NULL));
  g_assert_false (rubis_session_sign_plan (f->session, id, RUBIS_TEST_TODAY + 1, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_true (rubis_session_sign_plan (f->session, id, RUBIS_TEST_TODAY, scan, &error));
  plan = load (f, id);
  g_assert_cmpint (plan->signed_on, ==, RUBIS_TEST_TODAY);
  files = rubis_session_list_attachments (f->session, f->account, 0, &error);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpstr (((RubisAttachment *)g_ptr_array_index (files, 0))->kind, ==, "agreement");
  undo (f);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM attachment"), ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM plan WHERE signed_on IS NULL"), ==,
                   1);
}

/* 5.12: the instalments are what falls due; nothing else leaves. */
static void
test_followed (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  live (f, "2026-11-20", "2026-12-23");
  g_assert_cmpstr (f->journal->str, ==,
                   "2026-11-30 0 email 300.00\n"
                   "2026-12-07 1 email 300.00\n"
                   "2026-12-14 2 registered 300.00\n"
                   "2026-12-23 3 decision 300.00\n");
  assert_state (f, id, "late");
}

/* Paid meanwhile: the next instalment begins at its notice, though the items were put on formal notice
 * before. */
static void
test_next_instalment (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  live (f, "2026-11-20", "2026-12-15");
  g_string_truncate (f->journal, 0);
  pay (f, 0, 30000);
  assert_state (f, id, "active");
  live (f, "2026-12-16", "2027-01-12");
  g_assert_cmpstr (f->journal->str, ==,
                   "2026-12-29 0 email 300.00\n"
                   "2027-01-07 1 email 300.00\n"
                   "2027-01-12 2 registered 300.00\n");
}

/* A partial payment: the rest of the instalment is claimed. */
static void
test_partly_paid (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (RubisPlanRow) plan = NULL;

  pay (f, 1, 12050);
  live (f, "2026-12-01", "2026-12-07");
  g_assert_cmpstr (f->journal->str, ==, "2026-12-01 0 email 179.50\n2026-12-07 1 email 179.50\n");
  plan = load (f, id);
  g_assert_cmpint (g_array_index (plan->paid, gint64, 0), ==, 12050);
}

/* The rows of a day's agenda that are to be done. (transfer full) */
static GPtrArray *
list_to_do (Fixture *f, RubisDate date)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *todo = g_ptr_array_new_with_free_func (g_object_unref);

  go_to (f, date);
  rows = rubis_session_compute_agenda (f->session, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (rows, i);

      if (row->state == RUBIS_ACTION_TO_DO)
        g_ptr_array_add (todo, g_object_ref (row));
    }
  return todo;
}

/* A late instalment and an invoice beside the plan: two reminders, but not on one day. */
static void
test_one_contact (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) todo = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (RubisRunReport) report = NULL;
  g_autoptr (GError) error = NULL;
  RubisDate date = rubis_date_from_ymd (2026, 12, 1);
  int days = 0;

  g_array_append_val (ids, f->items[0]);
  input.item_ids = ids;
  g_assert_cmpint (rubis_session_add_plan (f->session, &input, &error), >, 0);
  rubis_test_exec (f->session, "UPDATE item SET disputed = 0, contested = 0, level = -1, level_date = NULL "
                               "WHERE number = 'F-2'");
  for (todo = list_to_do (f, date); todo->len < 2; todo = list_to_do (f, ++date))
    {
      g_assert_cmpint (++days, <, 30);
      g_ptr_array_unref (todo);
    }
  report = rubis_session_perform (f->session, todo, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->refused->len, ==, 1);
  g_assert_nonnull (strstr (((RubisActionRow *)report->refused->pdata[0])->error, "waits a few days"));
  after = list_to_do (f, date + 1);
  g_assert_cmpuint (after->len, ==, 0);
  for (days = 5, rest = list_to_do (f, date + days); rest->len == 0; rest = list_to_do (f, date + ++days))
    {
      g_assert_cmpint (days, <, 12);
      g_ptr_array_unref (rest);
    }
}

static void
test_done (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  pay (f, 0, 60000);
  pay (f, 1, 30000);
  assert_state (f, id, "completed");
  /* What was contested stays outside: it is contested still. */
  live (f, "2026-11-20", "2027-02-10");
  g_assert_cmpstr (f->journal->str, ==, "");
  /* The payment is taken back: the plan runs again. */
  rubis_test_exec (f->session, "DELETE FROM allocation WHERE amount = 30000; "
                               "UPDATE item SET open = 50000 WHERE number = 'F-2'");
  assert_state (f, id, "late");
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

static void
test_accelerated (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (GError) error = NULL;

  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "late");
  live (f, "2026-11-20", "2026-12-08");
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "formal notice");
  live (f, "2026-12-09", "2026-12-22");
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "22/12/2026");
  go_to (f, rubis_date_from_ymd (2026, 12, 23));
  g_assert_true (rubis_session_accelerate_plan (f->session, id, "no answer", &error));
  assert_state (f, id, "broken");
  assert_levels (f, 3, 3);
  undo (f);
  assert_state (f, id, "late");
  assert_levels (f, 2, -1);
}

static void
test_no_clause (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GError) error = NULL;
  gint64 id;

  input.no_acceleration = TRUE;
  id = rubis_session_add_plan (f->session, &input, NULL);
  live (f, "2026-11-20", "2026-12-22");
  go_to (f, rubis_date_from_ymd (2026, 12, 30));
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "no clause");
}

static void
assert_holds (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in: %s", words, text);
}

/* Spaces of any kind are one. */
static char *
read_pdf (GBytes *pdf)
{
  g_autofree char *text = rubis_pdf_read_text (pdf, 10, NULL, NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  g_assert_nonnull (text);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (plain, c);
      else if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
        g_string_append_c (plain, ' ');
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static void
test_letter (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RubisActionPreview) preview = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  agree (f);
  pay (f, 0, 10000);
  live (f, "2026-11-20", "2026-12-11");
  go_to (f, rubis_date_from_ymd (2026, 12, 14));
  rows = rubis_session_compute_agenda (f->session, NULL, &error);
  g_assert_no_error (error);
  preview = rubis_session_preview_action (f->session, g_ptr_array_index (rows, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (preview->missing->len, ==, 0);
  text = read_pdf (preview->pdf);
  assert_holds (text, "1/3");
  assert_holds (text, "01/12/2026");
  assert_holds (text, "300,00 €");
  assert_holds (text, "100,00 €");
  g_assert_null (strstr (text, "2/3"));
  assert_holds (text, "payer la somme de 200,00 € au plus tard le 22 décembre 2026");
  assert_holds (text, "L’accord du 20 novembre 2026 prévoit la déchéance du terme");
  assert_holds (text, "délai de 8 jours");
  assert_holds (text, "soit 800,00 €");
  g_assert_null (strstr (text, "F-1"));
  g_assert_null (strstr (text, "31/08/2026"));
}

static void
test_agreement (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  /* What was paid since does not change what was agreed. */
  pay (f, 0, 10000);
  pdf = rubis_session_keep_plan_agreement (f->session, id, &error);
  g_assert_no_error (error);
  text = read_pdf (pdf);
  assert_holds (text, "la somme de 900,00 € (neuf cents euros)");
  assert_holds (text, "1er février 2027");
  assert_holds (text, "300,00 €");
  assert_holds (text, "F-2");
  assert_holds (text, "rétroactivement");
  assert_holds (text, "n’est pas payée 5 jours après sa date");
  assert_holds (text, "sans effet 8 jours");
  assert_holds (text, "n’emporte pas novation");
  assert_holds (text, "deux originaux");
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM plan p JOIN document d ON d.id = p.document_id "
                                     "WHERE d.kind = 'agreement' AND d.amount = 90000"),
                   ==, 1);
}

static void
test_insurer (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (RubisPlanRow) plan = NULL;

  rubis_test_exec (f->session, "UPDATE account SET insurer = 'Coface'");
  g_assert_true (rubis_session_note_insurer_told (f->session, id, RUBIS_TEST_TODAY, NULL));
  plan = load (f, id);
  g_assert_true (plan->insured);
  g_assert_cmpint (plan->insurer_told_on, ==, RUBIS_TEST_TODAY);
  undo (f);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM plan WHERE insurer_told_on IS NULL"),
                   ==, 1);
}

#define ADD(path, func) g_test_add ("/plans/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("agreed", test_agreed);
  ADD ("last-balances", test_last_balances);
  ADD ("refused", test_refused);
  ADD ("undone", test_undone);
  ADD ("cancelled", test_cancelled);
  ADD ("cancel-undone", test_cancel_undone);
  ADD ("signed", test_signed);
  ADD ("5.12-followed-by-instalments", test_followed);
  ADD ("one-contact-a-day", test_one_contact);
  ADD ("next-instalment-begins-anew", test_next_instalment);
  ADD ("partly-paid", test_partly_paid);
  ADD ("done", test_done);
  ADD ("conceded", test_conceded);
  ADD ("conceded-by-credit-note", test_conceded_by_credit);
  ADD ("credit-note-lowers-the-end", test_credited);
  ADD ("accelerated", test_accelerated);
  ADD ("no-clause", test_no_clause);
  ADD ("letter", test_letter);
  ADD ("agreement", test_agreement);
  ADD ("insurer", test_insurer);
  return g_test_run ();
}
