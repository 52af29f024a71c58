#include "rubis-account-card.h"

#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct {
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
  rubis_test_exec (fixture->session,
                   "UPDATE account SET email = 'compta@garcon.fr', phone = '0472000000', address = '4 rue du Lac', "
                   "postcode = '69003', city = 'Lyon', country = 'FR', terms = 'net:30', note = 'calls back'");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static gint64
add_item (Fixture *fixture, const char *number, RubisItemType type, const char *due, gint64 total, gint64 open,
          const char *currency)
{
  return rubis_test_add_item (fixture->session, fixture->account, number, type, due, total, open, currency);
}

static RubisAccountCard *
load_card (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  RubisAccountCard *card = rubis_session_load_account (fixture->session, fixture->account, &error);

  g_assert_no_error (error);
  return card;
}

static void
test_balances (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisAccountCard) card = NULL;
  const RubisBalance *euros;
  const RubisBalance *dollars;
  RubisItemRow *first;

  add_item (fixture, "U-1", RUBIS_ITEM_INVOICE, "2026-11-19", 900, 900, "USD");
  add_item (fixture, "F-1", RUBIS_ITEM_INVOICE, "2026-11-20", 1000, 1000, NULL);
  add_item (fixture, "F-2", RUBIS_ITEM_INVOICE, "2026-10-21", 2000, 1500, NULL);
  add_item (fixture, "F-3", RUBIS_ITEM_INVOICE, "2026-10-20", 3000, 3000, NULL);
  add_item (fixture, "F-4", RUBIS_ITEM_INVOICE, "2026-08-21", 4000, 4000, NULL);
  add_item (fixture, "F-5", RUBIS_ITEM_INVOICE, "2026-01-01", 5000, 5000, NULL);
  add_item (fixture, "A-1", RUBIS_ITEM_CREDIT, "2026-01-01", -700, -700, NULL);
  add_item (fixture, "D-1", RUBIS_ITEM_DOWN_PAYMENT, "2026-01-01", 9999, 9999, NULL);
  rubis_test_exec (fixture->session, "UPDATE item SET disputed = 400, contested = 400 WHERE number = 'F-4'");

  card = load_card (fixture);
  g_assert_cmpuint (card->balances->len, ==, 2);
  euros = &g_array_index (card->balances, RubisBalance, 0);
  dollars = &g_array_index (card->balances, RubisBalance, 1);
  g_assert_cmpstr (euros->currency.code, ==, "EUR");
  g_assert_cmpint (euros->not_due, ==, 1000);
  g_assert_cmpint (euros->buckets[0], ==, 1000);
  g_assert_cmpint (euros->buckets[1], ==, 1500);
  g_assert_cmpint (euros->buckets[2], ==, 3000);
  g_assert_cmpint (euros->buckets[3], ==, 0);
  g_assert_cmpint (euros->buckets[4], ==, 9000);
  g_assert_cmpint (euros->overdue, ==, 13500);
  g_assert_cmpint (euros->unapplied, ==, 700);
  g_assert_cmpint (euros->balance, ==, 13800);
  g_assert_cmpint (euros->balance, ==, euros->not_due + euros->overdue - euros->unapplied);
  g_assert_cmpint (euros->disputed, ==, 400);
  g_assert_cmpint (dollars->balance, ==, 900);
  g_assert_cmpint (card->days_late, ==, 323);

  g_assert_cmpuint (card->items->len, ==, 8);
  first = g_ptr_array_index (card->items, 0);
  g_assert_cmpint (first->due_date, ==, rubis_date_from_ymd (2026, 1, 1));
}

static void
test_identity (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisAccountCard) card = load_card (fixture);
  RubisContactRow *contact = g_ptr_array_index (card->contacts, 0);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (card->code, ==, "C1");
  g_assert_cmpstr (card->address, ==, "4 rue du Lac\n69003 Lyon");
  g_assert_cmpstr (card->payment_terms, ==, "30 days");
  g_assert_cmpstr (card->language, ==, "fr");
  g_assert_cmpstr (card->note, ==, "calls back");
  g_assert_cmpstr (card->policy_id, ==, "standard-pme");
  g_assert_cmpstr (card->groups, ==, "");
  g_assert_cmpstr (contact->phone, ==, "0472000000");
  g_assert_cmpstr (card->next_action, ==, "");
  g_assert_cmpuint (card->why->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (card->why, 0), ==, "Nothing is overdue.");
  g_assert_null (rubis_session_load_account (fixture->session, 4711, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* All sentences, one a line. (transfer full) */
static char *
join (GPtrArray *sentences)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (sentences, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
explain (Fixture *fixture, gint64 item_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) sentences = rubis_session_explain_item (fixture->session, item_id, &error);

  g_assert_no_error (error);
  return join (sentences);
}

static void
test_why_today (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_item (fixture, "F-1", RUBIS_ITEM_INVOICE, "2026-10-01", 120000, 120000, NULL);
  g_autoptr(RubisAccountCard) card = load_card (fixture);
  g_autofree char *why = join (card->why);
  g_autofree char *item = explain (fixture, id);

  g_test_message ("%s%s%s", card->next_action, why, item);
  g_assert_true (g_str_has_prefix (card->next_action, "20/11/2026: "));
  g_assert_nonnull (strstr (why, "is proposed today.\nIt claims 1 item, "));
  g_assert_nonnull (strstr (why, "1,200.00"));
  g_assert_nonnull (strstr (item, "is proposed today."));
}

static void
test_why_not (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_item (fixture, "F-1", RUBIS_ITEM_INVOICE, "2026-10-01", 120000, 120000, NULL);
  g_autofree char *stopped = NULL;
  g_autofree char *promised = NULL;
  g_autofree char *credit = NULL;
  g_autofree char *why = NULL;
  g_autoptr(RubisAccountCard) card = NULL;
  g_autoptr(GError) error = NULL;

  rubis_test_exec (fixture->session, "UPDATE account SET stop = 1, stop_until = 20790");
  stopped = explain (fixture, id);
  g_test_message ("%s", stopped);
  /* Stopped until Thursday, 3 December: the next day takes it. */
  g_assert_true (g_str_has_prefix (stopped, "Dunning of this account is stopped, until 03/12/2026 (E05)\n"));
  g_assert_nonnull (strstr (stopped, "is proposed from 04/12/2026 on."));
  card = load_card (fixture);
  why = join (card->why);
  g_assert_true (g_str_has_prefix (card->next_action, "04/12/2026: "));
  g_assert_nonnull (strstr (why, "(E05)"));

  rubis_test_exec (fixture->session, "UPDATE account SET stop = 0; UPDATE item SET promise_date = 20800");
  promised = explain (fixture, id);
  g_assert_nonnull (strstr (promised, "(E14)"));

  id = add_item (fixture, "A-1", RUBIS_ITEM_CREDIT, "2026-10-01", -100, -100, NULL);
  credit = explain (fixture, id);
  g_assert_cmpstr (credit, ==, "Not a debt: credit, payment or down-payment request (E07)\n");
  g_assert_null (rubis_session_explain_item (fixture->session, 999, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Each currency is judged apart, and says so. */
static void
test_two_currencies (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisAccountCard) card = NULL;
  g_autofree char *why = NULL;

  add_item (fixture, "U-1", RUBIS_ITEM_INVOICE, "2026-12-20", 500000, 500000, "USD");
  add_item (fixture, "F-1", RUBIS_ITEM_INVOICE, "2026-10-01", 120000, 120000, NULL);
  card = load_card (fixture);
  why = join (card->why);
  g_test_message ("%s", why);
  g_assert_true (g_str_has_prefix (why, "EUR: "));
  g_assert_nonnull (strstr (why, "\nUSD: If nothing changes, "));
  g_assert_true (g_str_has_prefix (card->next_action, "20/11/2026: "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/account-card/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("balances", test_balances);
  ADD ("identity", test_identity);
  ADD ("why-today", test_why_today);
  ADD ("why-not", test_why_not);
  ADD ("two-currencies", test_two_currencies);
#undef ADD
  return g_test_run ();
}
