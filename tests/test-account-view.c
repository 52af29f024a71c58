#include "rubis-account-view.h"

#include <math.h>

#include "rubis-habit-fill.h"
#include "rubis-import-preview.h"
#include "rubis-plans.h"
#include "rubis-template-check.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  fixture->account = rubis_test_add_account (fixture->session, "C1", "Garçon SAS");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void exec (Fixture *fixture, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
exec (Fixture *fixture, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  rubis_test_exec (fixture->session, sql);
}

/* An invoice that was paid on @paid, a day that somebody stated. */
static void
add_paid (Fixture *fixture, gint64 account, const char *number, const char *due, const char *paid,
          gint64 amount, const char *currency)
{
  gint64 item
      = rubis_test_add_item (fixture->session, account, number, RUBIS_ITEM_INVOICE, due, amount, 0, currency);

  exec (fixture, "UPDATE item SET cleared_batch = NULL, cleared_date = %d WHERE id = %" G_GINT64_FORMAT,
        rubis_date_parse_iso (paid), item);
  exec (fixture, "UPDATE allocation SET date = %d WHERE item_id = %" G_GINT64_FORMAT,
        rubis_date_parse_iso (paid), item);
}

static RubisPayingHabit
load_habit (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  RubisPayingHabit habit;

  rubis_session_load_paying_habit (fixture->session, fixture->account, &habit, &error);
  g_assert_no_error (error);
  return habit;
}

/* --- the worked figures of the domain --- */

static gint64
cents (const char *text)
{
  gint64 minor = 0;

  g_assert_true (rubis_money_parse (text, RUBIS_CURRENCY_EUR, &minor, NULL));
  return minor;
}

/* The day on which payments and credit notes brought an invoice to zero; NONE: it is open. */
static RubisDate
find_settled (JsonObject *facts, const char *id, gint64 amount)
{
  const char *lists[] = { "payments", "credit_notes" };
  RubisDate last = RUBIS_DATE_NONE;

  for (gsize l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      JsonArray *list = json_object_get_array_member (facts, lists[l]);

      for (guint i = 0; i < json_array_get_length (list); i++)
        {
          JsonObject *one = json_array_get_object_element (list, i);

          if (!g_str_equal (json_object_get_string_member (one, "invoice"), id))
            continue;
          amount -= cents (json_object_get_string_member (one, "amount"));
          last = MAX (last, rubis_date_parse_iso (json_object_get_string_member (one, "date")));
        }
    }
  return amount == 0 ? last : RUBIS_DATE_NONE;
}

static void
add_portfolio (Fixture *fixture, JsonObject *facts)
{
  JsonArray *invoices = json_object_get_array_member (facts, "invoices");

  for (guint i = 0; i < json_array_get_length (invoices); i++)
    {
      JsonObject *invoice = json_array_get_object_element (invoices, i);
      const char *id = json_object_get_string_member (invoice, "id");
      const char *due = json_object_get_string_member (invoice, "due_date");
      gint64 amount = cents (json_object_get_string_member (invoice, "amount"));
      RubisDate settled = find_settled (facts, id, amount);
      g_autofree char *day = rubis_date_to_iso (settled);

      if (settled == RUBIS_DATE_NONE)
        rubis_test_add_item (fixture->session, fixture->account, id, RUBIS_ITEM_INVOICE, due, amount, amount,
                             NULL);
      else
        add_paid (fixture, fixture->account, id, due, day, amount, NULL);
    }
}

static void
test_worked_figures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = rubis_test_shared ("domain/kpi-examples.json");
  g_autoptr (JsonObject) root = NULL;
  JsonObject *portfolio;
  JsonObject *expected;
  RubisPayingHabit habit;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  portfolio = json_array_get_object_element (json_object_get_array_member (root, "portfolios"),
                                             GPOINTER_TO_UINT (data));
  expected = json_object_get_object_member (portfolio, "expected");
  rubis_session_set_today (fixture->session,
                           rubis_date_parse_iso (json_object_get_string_member (portfolio, "as_of")));
  add_portfolio (fixture, json_object_get_object_member (portfolio, "data"));
  habit = load_habit (fixture);
  g_assert_cmpint (habit.n, ==, json_object_get_int_member (expected, "settled_count"));
  g_assert_cmpint (lround (habit.average_delay * 100), ==,
                   cents (json_object_get_string_member (expected, "avg_days_late_weighted")));
}

/* --- what says nothing of how a customer pays (trap 5.55) --- */

static void
assert_nothing_known (Fixture *fixture)
{
  RubisPayingHabit habit = load_habit (fixture);
  g_autofree char *text = rubis_paying_habit_describe (&habit, NULL);

  g_assert_cmpint (habit.n, ==, 0);
  g_assert_cmpstr (text, ==, "");
}

static void
test_trap_unpaid (Fixture *fixture, gconstpointer data)
{
  rubis_test_add_item (fixture->session, fixture->account, "F-1", RUBIS_ITEM_INVOICE, "2026-01-10", 1000,
                       1000, NULL);
  rubis_test_add_item (fixture->session, fixture->account, "F-2", RUBIS_ITEM_INVOICE, "2026-08-10", 1000, 400,
                       NULL);
  assert_nothing_known (fixture);
}

static void
test_trap_other_types (Fixture *fixture, gconstpointer data)
{
  add_paid (fixture, fixture->account, "O-1", "2026-08-10", "2026-09-10", 1000, NULL);
  add_paid (fixture, fixture->account, "F-2", "2026-08-10", "2026-09-10", 1000, NULL);
  add_paid (fixture, fixture->account, "F-3", "2026-08-10", "2026-09-10", 1000, NULL);
  add_paid (fixture, fixture->account, "F-4", "2026-08-10", "2026-05-20", 1000, NULL);
  exec (fixture, "UPDATE item SET type = %d WHERE number = 'O-1'", RUBIS_ITEM_MISC);
  exec (fixture, "UPDATE item SET opening = 1 WHERE number = 'F-2'");
  exec (fixture, "UPDATE item SET cancelled = 1 WHERE number = 'F-3'");
  /* Paid six months ago to the day: out of the six months, in those before. */
  g_assert_cmpint (load_habit (fixture).n_before, ==, 1);
  assert_nothing_known (fixture);
}

/* Settled by a credit note alone: nobody paid. By a payment for the rest: somebody did. */
static void
test_trap_credit_notes (Fixture *fixture, gconstpointer data)
{
  gint64 credit = rubis_test_add_item (fixture->session, fixture->account, "A-1", RUBIS_ITEM_CREDIT,
                                       "2026-09-01", -1000, -1000, NULL);

  add_paid (fixture, fixture->account, "F-1", "2026-08-10", "2026-09-10", 1000, NULL);
  exec (fixture,
        "UPDATE allocation SET credit_item_id = %" G_GINT64_FORMAT " WHERE item_id <> credit_item_id "
        "OR credit_item_id IS NULL",
        credit);
  assert_nothing_known (fixture);
  exec (fixture, "INSERT INTO allocation (item_id, amount, date, source) SELECT id, 1, cleared_date, 'user' "
                 "FROM item WHERE number = 'F-1'");
  exec (fixture, "UPDATE allocation SET amount = 999 WHERE credit_item_id IS NOT NULL");
  g_assert_cmpint (load_habit (fixture).n, ==, 1);
}

static gint64
add_batch (Fixture *fixture, const char *as_of)
{
  exec (fixture,
        "INSERT INTO import_batch (kind, mode, file_name, sha256, fingerprint, as_of, imported_at, "
        "imported_by, n_rows, "
        "n_new, n_changed, n_cleared, n_unchanged, n_rejected) VALUES ('items', 'stock', 'x', '', '', %d, "
        "'', '', 0, 0, "
        "0, 0, 0, 0)",
        rubis_date_parse_iso (as_of));
  return rubis_test_query (fixture->session, "SELECT max (id) FROM import_batch");
}

/* A day of payment that is only the day of an import is known as well as the imports follow each other. */
static void
test_trap_days_of_imports (Fixture *fixture, gconstpointer data)
{
  gint64 first = add_batch (fixture, "2026-06-01");
  gint64 soon = add_batch (fixture, "2026-07-01");
  gint64 late = add_batch (fixture, "2026-09-01");

  exec (fixture, "UPDATE import_batch SET undone_at = 'x' WHERE as_of = %d", RUBIS_TEST_TODAY);
  add_paid (fixture, fixture->account, "F-1", "2026-05-20", "2026-06-01", 1000, NULL);
  add_paid (fixture, fixture->account, "F-2", "2026-05-20", "2026-07-01", 1000, NULL);
  add_paid (fixture, fixture->account, "F-3", "2026-05-20", "2026-09-01", 1000, NULL);
  exec (fixture, "UPDATE item SET first_batch = %" G_GINT64_FORMAT, first);
  exec (fixture, "UPDATE item SET cleared_batch = %" G_GINT64_FORMAT " WHERE number = 'F-1'", first);
  exec (fixture, "UPDATE item SET cleared_batch = %" G_GINT64_FORMAT " WHERE number = 'F-3'", late);
  exec (fixture, "UPDATE item SET open = 1 WHERE number = 'F-2'");
  /* The first import found F-1 paid; two months passed before F-3 was missing. */
  assert_nothing_known (fixture);
  exec (fixture, "UPDATE item SET open = 0, cleared_batch = %" G_GINT64_FORMAT " WHERE number = 'F-2'", soon);
  g_assert_cmpint (load_habit (fixture).n, ==, 1);
  g_assert_cmpint (lround (load_habit (fixture).average_delay), ==, 42);
  /* A file that states the day of payment is believed. */
  exec (fixture, "UPDATE item SET cleared_date = cleared_date - 1 WHERE number = 'F-3'");
  g_assert_cmpint (load_habit (fixture).n, ==, 2);
}

static void
test_habit_words (Fixture *fixture, gconstpointer data)
{
  RubisPromiseCounts promises = { .n_kept = 2, .n_broken = 1, .n_open = 4 };
  RubisPayingHabit habit;
  g_autofree char *text = NULL;
  g_autofree char *both = NULL;

  /* 9,000 cents 10 days late and 1,000 on the day: 9 days, weighted. */
  add_paid (fixture, fixture->account, "F-1", "2026-11-01", "2026-11-11", 9000, NULL);
  add_paid (fixture, fixture->account, "F-2", "2026-11-05", "2026-11-05", 1000, NULL);
  add_paid (fixture, fixture->account, "F-3", "2026-03-05", "2026-03-01", 1000, NULL);
  /* Amounts in dollars are not added to those in euros: both count by their number. */
  habit = load_habit (fixture);
  g_assert_cmpint (lround (habit.average_delay * 100), ==, 900);
  add_paid (fixture, fixture->account, "F-4", "2026-11-05", "2026-11-20", 1, "USD");
  habit = load_habit (fixture);
  g_assert_cmpint (lround (habit.average_delay * 100), ==, 1100);
  text = rubis_paying_habit_describe (&habit, NULL);
  g_assert_cmpstr (text, ==,
                   "Pays 11 days after the due date on average (3 invoices paid in six months). "
                   "Later than in the six months before: 4 days before the due date.");
  g_assert_cmpint (habit.n_months[RUBIS_HABIT_MONTHS - 1], ==, 3);
  g_assert_cmpint (habit.n_months[3], ==, 1);
  g_assert_cmpint (lround (habit.months[3]), ==, -4);
  g_assert_true (isnan (habit.months[0]));
  habit = (RubisPayingHabit){ 0 };
  both = rubis_paying_habit_describe (&habit, &promises);
  g_assert_cmpstr (both, ==, "Promises kept: 2 of 3.");
}

/* --- the view --- */

static RubisAccountView *
load_view (Fixture *fixture, gint64 group_id, gint64 account_id)
{
  g_autoptr (GError) error = NULL;
  RubisAccountView *view = rubis_session_load_view (fixture->session, group_id, account_id, &error);

  g_assert_no_error (error);
  return view;
}

/* Two accounts of a group below the group, in two currencies, and one outside: every sum to the cent. */
static void
test_consolidated (Fixture *fixture, gconstpointer data)
{
  gint64 second = rubis_test_add_account (fixture->session, "C2", "Lefèvre SARL");
  gint64 outside = rubis_test_add_account (fixture->session, "C3", "Dehors SA");
  g_autoptr (RubisAccountView) view = NULL;
  g_autoptr (RubisAccountView) all = NULL;
  g_autoptr (GError) error = NULL;
  const RubisBalance *euros, *dollars;
  RubisExposureLine *line;
  gint64 group = 0;

  exec (fixture, "INSERT INTO account_group (id, tree, parent_id, name) VALUES (1, 't', NULL, 'Agences'), "
                 "(2, 't', 1, 'Évry')");
  exec (fixture, "INSERT INTO account_group_closure VALUES (1, 1, 0), (1, 2, 1), (2, 2, 0)");
  exec (fixture, "INSERT INTO account_group_member SELECT 2, id FROM account WHERE code <> 'C3'");
  rubis_test_add_item (fixture->session, fixture->account, "F-1", RUBIS_ITEM_INVOICE, "2026-11-19", 10001,
                       10001, NULL);
  rubis_test_add_item (fixture->session, fixture->account, "U-1", RUBIS_ITEM_INVOICE, "2026-07-01", 333, 333,
                       "USD");
  rubis_test_add_item (fixture->session, second, "F-2", RUBIS_ITEM_INVOICE, "2026-11-20", 20002, 20002, NULL);
  rubis_test_add_item (fixture->session, second, "F-3", RUBIS_ITEM_INVOICE, "2026-08-20", 30003, 30003, NULL);
  rubis_test_add_item (fixture->session, second, "A-1", RUBIS_ITEM_CREDIT, "2026-08-20", -4004, -4004, NULL);
  rubis_test_add_item (fixture->session, outside, "F-9", RUBIS_ITEM_INVOICE, "2026-08-20", 5, 5, NULL);
  exec (fixture, "UPDATE item SET contested = 700 WHERE number = 'F-3'");
  exec (fixture, "UPDATE item SET issue_date = %d", RUBIS_TEST_TODAY - 100);
  g_assert_true (rubis_session_find_group (fixture->session, "agences › evry", &group, &error));
  g_assert_cmpint (group, ==, 2);
  view = load_view (fixture, 1, 0);
  g_assert_cmpstr (view->name, ==, "Agences");
  g_assert_cmpuint (view->balances->len, ==, 2);
  euros = &g_array_index (view->balances, RubisBalance, 0);
  dollars = &g_array_index (view->balances, RubisBalance, 1);
  g_assert_cmpint (euros->balance, ==, 10001 + 20002 + 30003 - 4004);
  g_assert_cmpint (euros->overdue, ==, 40004);
  g_assert_cmpint (euros->not_due, ==, 20002);
  g_assert_cmpint (euros->unapplied, ==, 4004);
  g_assert_cmpint (euros->disputed, ==, 700);
  g_assert_cmpint (euros->buckets[1], ==, 10001);
  g_assert_cmpint (euros->buckets[4], ==, 30003);
  g_assert_cmpint (dollars->overdue, ==, 333);
  g_assert_cmpint (view->revenue, ==, 10001 + 20002 + 30003 - 4004);
  /* The largest first, and the dossier's currency. */
  g_assert_cmpuint (view->lines->len, ==, 3);
  line = g_ptr_array_index (view->lines, 0);
  g_assert_cmpstr (line->code, ==, "C2");
  g_assert_cmpint (line->balance, ==, 46001);
  g_assert_cmpint (line->days_late, ==, 92);
  line = g_ptr_array_index (view->lines, 2);
  g_assert_cmpstr (line->currency.code, ==, "USD");
  all = load_view (fixture, 0, 0);
  g_assert_cmpint (g_array_index (all->balances, RubisBalance, 0).balance, ==, 56002 + 5);
  g_assert_false (rubis_session_find_group (fixture->session, "Nulle part", &group, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Agences › Évry"));
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = rubis_session_undo (fixture->session, &error);

  g_assert_no_error (error);
}

static void
test_terms (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountView) view = NULL;
  g_autoptr (RubisAccountView) undone = NULL;

  g_assert_true (rubis_session_set_credit_limit (fixture->session, fixture->account, 2000000, &error));
  g_assert_true (rubis_session_set_insurer (fixture->session, fixture->account, " Atradius ", &error));
  g_assert_true (rubis_session_set_time_zone (fixture->session, fixture->account, "Europe/Lisbon", &error));
  g_assert_true (
      rubis_session_set_payment_process (fixture->session, fixture->account, "Chorus, le 30", &error));
  view = load_view (fixture, 0, fixture->account);
  g_assert_cmpint (view->credit_limit, ==, 2000000);
  g_assert_cmpstr (view->insurer, ==, "Atradius");
  g_assert_cmpstr (view->time_zone, ==, "Europe/Lisbon");
  g_assert_cmpstr (view->payment_process, ==, "Chorus, le 30");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM event WHERE kind = 'account'"),
                   ==, 4);
  g_assert_false (rubis_session_set_time_zone (fixture->session, fixture->account, "Mars/Olympus", &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_false (rubis_session_set_credit_limit (fixture->session, fixture->account, -2, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  for (int i = 0; i < 4; i++)
    undo (fixture);
  undone = load_view (fixture, 0, fixture->account);
  g_assert_cmpint (undone->credit_limit, ==, -1);
  g_assert_cmpstr (undone->insurer, ==, "");
  g_assert_cmpstr (undone->time_zone, ==, "");
  g_assert_cmpstr (undone->payment_process, ==, "");
}

/* Reasons are told by currency only where there are several; those of a plan by its name. */
static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountCard) card = NULL;
  RubisPlanInput plan = { .account_id = fixture->account,
                          .item_ids = ids,
                          .n_instalments = 2,
                          .grace_days = -1,
                          .notice_days = -1,
                          .first_date = RUBIS_TEST_TODAY + 30 };
  gint64 item = rubis_test_add_item (fixture->session, fixture->account, "F-1", RUBIS_ITEM_INVOICE,
                                     "2026-09-01", 10000, 10000, NULL);
  guint n_of_plan = 0;

  rubis_test_add_item (fixture->session, fixture->account, "F-2", RUBIS_ITEM_INVOICE, "2026-09-01", 5000,
                       5000, NULL);
  exec (fixture,
        "UPDATE account SET email = 'compta@garcon.fr', phone = '0472000000', address = '4 rue du Lac', "
        "postcode = '69003', city = 'Lyon', country = 'FR'");
  g_array_append_val (ids, item);
  g_assert_cmpint (rubis_session_add_plan (fixture->session, &plan, &error), >, 0);
  g_assert_no_error (error);
  card = rubis_session_load_account (fixture->session, fixture->account, &error);
  g_assert_cmpuint (card->why->len, >=, 2);
  for (guint i = 0; i < card->why->len; i++)
    {
      g_assert_false (g_str_has_prefix (card->why->pdata[i], "EUR"));
      n_of_plan += g_str_has_prefix (card->why->pdata[i], "Payment plan: ");
    }
  g_assert_cmpuint (n_of_plan, >, 0);
  g_assert_cmpuint (n_of_plan, <, card->why->len);
}

/* Documents say how the customer pays from three invoices on, in their language, and its limit. */
static void
test_hashtags (Fixture *fixture, gconstpointer data)
{
  const char *text = "---\nid: test\nname: Test\nlanguage: de\nchannel: letter\nkind: internal\n---\n"
                     "#RetardMoyen #ProfilPayeur #LimiteCredit\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisTemplate) template_ = rubis_template_new (text, "test.md", &error);
  RubisAccountRecord account = { .id = fixture->account, .credit_limit = 150000 };

  g_assert_no_error (error);
  for (int n = 2; n <= 3; n++)
    {
      g_autoptr (RubisDocumentContext) context
          = rubis_document_context_new ("de", RUBIS_TEST_TODAY, RUBIS_CURRENCY_EUR);
      RubisDatabase *db;
      g_autofree char *profile = NULL;
      g_autofree char *delay = NULL;
      g_autofree char *limit = NULL;

      while (rubis_test_query (fixture->session, "SELECT count (*) FROM item") < n)
        {
          gint64 count = rubis_test_query (fixture->session, "SELECT count (*) FROM item");
          g_autofree char *number = g_strdup_printf ("F-%" G_GINT64_FORMAT, count);

          add_paid (fixture, fixture->account, number, "2026-10-01", "2026-10-21", 1000, NULL);
        }
      db = rubis_session_take_reader (fixture->session, &error);
      g_assert_true (
          rubis_habit_fill (context, template_, db, &account, RUBIS_CURRENCY_EUR, RUBIS_TEST_TODAY, &error));
      rubis_session_return_reader (fixture->session, db);
      limit = rubis_template_dup_value (RUBIS_HASHTAG_CREDIT_LIMIT, context, RUBIS_CHANNEL_LETTER);
      g_assert_nonnull (strstr (limit, "1.500,00"));
      delay = rubis_template_dup_value (RUBIS_HASHTAG_AVERAGE_DELAY, context, RUBIS_CHANNEL_LETTER);
      profile = rubis_template_dup_value (RUBIS_HASHTAG_PAYER_PROFILE, context, RUBIS_CHANNEL_LETTER);
      g_assert_cmpstr (delay, ==, n < 3 ? NULL : "20");
      g_assert_cmpstr (profile, ==, n < 3 ? NULL : "stark säumig");
    }
}

/* A contact that is changed or removed comes back by undo as it was, and what names it keeps it. */
static void
test_contacts (Fixture *fixture, gconstpointer data)
{
  RubisContactInput typed = { .last_name = "Noël", .mobile = "06 12 34 56 78", .note = "le matin" };
  RubisContactInput changed
      = { .last_name = "Noël", .role = RUBIS_CONTACT_DIRECTOR, .mobile = "06 12 34 56 78" };
  RubisContactInput wrong = { .last_name = "Noël", .mobile = "téléphone" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountCard) card = NULL;
  const RubisContactRow *row;
  gint64 id;

  g_assert_true (rubis_session_add_contact (fixture->session, fixture->account, &typed, &error));
  id = rubis_test_query (fixture->session, "SELECT id FROM contact");
  g_assert_false (rubis_session_change_contact (fixture->session, id, &wrong, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_true (rubis_session_change_contact (fixture->session, id, &changed, &error));
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM contact WHERE role = 'director' "
                                     "AND note = ''"),
                   ==, 1);
  g_assert_true (rubis_session_remove_contact (fixture->session, id, &error));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM contact WHERE removed = 1"), ==,
                   1);
  g_assert_false (rubis_session_remove_contact (fixture->session, id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  undo (fixture);
  undo (fixture);
  card = rubis_session_load_account (fixture->session, fixture->account, NULL);
  g_assert_cmpuint (card->contacts->len, ==, 1);
  row = g_ptr_array_index (card->contacts, 0);
  g_assert_cmpint (row->id, ==, id);
  g_assert_cmpstr (row->mobile, ==, "06 12 34 56 78");
  g_assert_cmpstr (row->note, ==, "le matin");
  g_assert_cmpint (row->role_id, ==, RUBIS_CONTACT_ACCOUNTS_PAYABLE);
  rubis_test_check_dossier (fixture->session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add ("/account-view/" path, Fixture, data, set_up, func, tear_down)
  ADD ("habit/portfolio-k1", GUINT_TO_POINTER (0), test_worked_figures);
  ADD ("habit/portfolio-k2", GUINT_TO_POINTER (1), test_worked_figures);
  ADD ("habit/trap-5-55-unpaid", NULL, test_trap_unpaid);
  ADD ("habit/trap-5-55-other-types", NULL, test_trap_other_types);
  ADD ("habit/trap-5-55-credit-notes", NULL, test_trap_credit_notes);
  ADD ("habit/trap-5-55-days-of-imports", NULL, test_trap_days_of_imports);
  ADD ("habit/words", NULL, test_habit_words);
  ADD ("consolidated", NULL, test_consolidated);
  ADD ("terms", NULL, test_terms);
  ADD ("reasons", NULL, test_reasons);
  ADD ("hashtags", NULL, test_hashtags);
  ADD ("contacts", NULL, test_contacts);
  return g_test_run ();
}
