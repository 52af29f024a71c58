#include "rubis-account-address.h"
#include "rubis-account-card.h"

#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct {
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 other;
  gint64 items[3];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  fixture->account = rubis_test_add_account (fixture->session, "C1", "Garçon SAS");
  fixture->other = rubis_test_add_account (fixture->session, "C2", "Lefèvre");
  fixture->items[0] = rubis_test_add_item (fixture->session, fixture->account, "F-1", RUBIS_ITEM_INVOICE, "2026-09-01",
                                           50000, 20000, NULL);
  fixture->items[1] = rubis_test_add_item (fixture->session, fixture->account, "F-2", RUBIS_ITEM_INVOICE, "2026-11-01",
                                           30000, 30000, NULL);
  fixture->items[2] = rubis_test_add_item (fixture->session, fixture->other, "F-3", RUBIS_ITEM_INVOICE, "2026-10-01",
                                           7000, 7000, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_check_dossier (fixture->session);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static RubisAccountCard *
load_card (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  RubisAccountCard *card = rubis_session_load_account (fixture->session, fixture->account, &error);

  g_assert_no_error (error);
  return card;
}

/* The account's lines of the journal, newest first: "kind: title (detail)". */
static void
assert_events (Fixture *fixture, const char *const *expected)
{
  g_autoptr(RubisAccountCard) card = load_card (fixture);

  for (guint i = 0; expected[i] != NULL; i++)
    {
      RubisEventRow *row = g_ptr_array_index (card->events, i);
      g_autofree char *text = g_strdup_printf ("%s: %s (%s)", row->kind, row->title, row->detail);

      g_assert_cmpstr (text, ==, expected[i]);
    }
  g_assert_cmpuint (card->events->len, ==, g_strv_length ((char **) expected));
}

static void
test_note (Fixture *fixture, gconstpointer data)
{
  static const char *const events[] = { "redo: Done again: Note changed: Garçon SAS (A \"promised\" 3/12)",
                                        "undo: Undone: Note changed: Garçon SAS ()",
                                        "note: Note changed: Garçon SAS (A \"promised\" 3/12)", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisAccountCard) done = NULL;
  g_autoptr(RubisAccountCard) undone = NULL;
  g_autoptr(RubisAccountCard) redone = NULL;

  g_assert_true (rubis_session_set_note (fixture->session, fixture->account, "A \"promised\" 3/12", &error));
  done = load_card (fixture);
  g_assert_cmpstr (done->note, ==, "A \"promised\" 3/12");
  /* The same again is no edit. */
  g_assert_true (rubis_session_set_note (fixture->session, fixture->account, "A \"promised\" 3/12", &error));
  rubis_test_undo (fixture->session, "Note changed: Garçon SAS");
  undone = load_card (fixture);
  g_assert_cmpstr (undone->note, ==, "");
  rubis_test_redo (fixture->session, "Note changed: Garçon SAS");
  redone = load_card (fixture);
  g_assert_cmpstr (redone->note, ==, "A \"promised\" 3/12");
  assert_events (fixture, events);

  g_assert_false (rubis_session_set_note (fixture->session, 999, "x", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_account_stop (Fixture *fixture, gconstpointer data)
{
  static const char *const events[] = { "unstop: Dunning resumed: Garçon SAS ()",
                                        "stop: Dunning stopped: Garçon SAS (dispute, until 30/11/2026)", NULL };
  RubisDate until = rubis_date_from_ymd (2026, 11, 30);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisAccountCard) stopped = NULL;
  g_autoptr(RubisAccountCard) resumed = NULL;
  g_autoptr(RubisAccountCard) undone = NULL;

  g_assert_false (rubis_session_set_account_stop (fixture->session, fixture->account, TRUE, "", RUBIS_TEST_TODAY - 1,
                                                  &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);

  g_assert_true (rubis_session_set_account_stop (fixture->session, fixture->account, TRUE, "dispute", until, &error));
  stopped = load_card (fixture);
  g_assert_true (stopped->stop);
  g_assert_cmpstr (stopped->stop_reason, ==, "dispute");
  g_assert_cmpint (stopped->stop_until, ==, until);
  g_assert_true (rubis_session_set_account_stop (fixture->session, fixture->account, FALSE, "ignored", until, &error));
  resumed = load_card (fixture);
  g_assert_false (resumed->stop);
  g_assert_cmpstr (resumed->stop_reason, ==, "");
  g_assert_cmpint (resumed->stop_until, ==, RUBIS_DATE_NONE);
  assert_events (fixture, events);

  rubis_test_undo (fixture->session, "Dunning resumed: Garçon SAS");
  undone = load_card (fixture);
  g_assert_true (undone->stop);
  g_assert_cmpstr (undone->stop_reason, ==, "dispute");
  g_assert_cmpint (undone->stop_until, ==, until);
  rubis_test_undo (fixture->session, "Dunning stopped: Garçon SAS");
  g_assert_null (rubis_session_undo (fixture->session, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM account WHERE stop <> 0 OR stop_reason <> '' "
                                                       "OR stop_until IS NOT NULL"), ==, 0);
}

static void
test_items_stop (Fixture *fixture, gconstpointer data)
{
  static const char *const events[] = { "undo: Undone: Dunning of 3 items stopped ()",
                                        "stop: Dunning of 3 items stopped (F-1, F-2, F-3 · delivery)",
                                        "stop: Dunning of 1 item stopped (F-2 · first)", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) one = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (one, fixture->items[1]);
  g_array_append_vals (ids, fixture->items, 3);
  g_assert_true (rubis_session_set_items_stop (fixture->session, one, TRUE, "first", RUBIS_DATE_NONE, &error));
  g_assert_true (rubis_session_set_items_stop (fixture->session, ids, TRUE, "delivery", RUBIS_DATE_NONE, &error));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM item WHERE stop = 1 AND stop_reason = "
                                                       "'delivery'"), ==, 3);
  /* One line for each account concerned. */
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM event"), ==, 3);
  rubis_test_undo (fixture->session, "Dunning of 3 items stopped");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM item WHERE stop = 1"), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM item WHERE stop_reason = 'first'"), ==,
                   1);
  assert_events (fixture, events);
  g_assert_true (rubis_session_set_items_stop (fixture->session, one, FALSE, NULL, RUBIS_DATE_NONE, &error));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM item WHERE stop <> 0 OR stop_reason <> ''"),
                   ==, 0);
}

static void
test_policy (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) policies = rubis_session_list_policies (fixture->session, &error);
  g_autoptr(RubisAccountCard) before = load_card (fixture);
  g_autoptr(RubisAccountCard) chosen = NULL;
  g_autoptr(RubisAccountCard) undone = NULL;

  g_assert_cmpuint (policies->len, ==, 8);
  g_assert_false (rubis_session_set_account_policy (fixture->session, fixture->account, "nonsense", &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_true (rubis_session_set_account_policy (fixture->session, fixture->account, "key-account", &error));
  chosen = load_card (fixture);
  g_assert_cmpstr (chosen->policy_id, ==, "key-account");
  rubis_test_undo (fixture->session, "Policy changed: Garçon SAS");
  undone = load_card (fixture);
  g_assert_cmpstr (undone->policy_id, ==, before->policy_id);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM account WHERE policy_id IS NOT NULL"), ==,
                   0);
}

static void
test_email_and_phone (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "x", "x@", "@x.fr", "a b@x.fr", "a@x", "a@x.fr, b@x.fr", "a@x.fr\nBcc: b@x.fr",
                                       "<a@x.fr>", "a@@x.fr", "a@x..fr", "a@.fr", NULL };
  static const char *const wrong_phones[] = { "12", "call me", "04+72", "0033 4 72 00 00 00 00 00", "04;72000000",
                                              NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisAccountCard) card = NULL;

  for (int i = 0; wrong[i] != NULL; i++)
    {
      g_assert_false (rubis_session_set_account_email (fixture->session, fixture->account, wrong[i], &error));
      g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
      g_clear_error (&error);
    }
  for (int i = 0; wrong_phones[i] != NULL; i++)
    {
      g_assert_false (rubis_session_set_account_phone (fixture->session, fixture->account, wrong_phones[i], &error));
      g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
      g_clear_error (&error);
    }
  g_assert_true (rubis_session_set_account_email (fixture->session, fixture->account, " compta+1@gar-con.fr ", &error));
  g_assert_true (rubis_session_set_account_phone (fixture->session, fixture->account, "+33 (0)4 72.00-00/00", &error));
  card = load_card (fixture);
  g_assert_cmpstr (card->email, ==, "compta+1@gar-con.fr");
  g_assert_cmpstr (card->phone, ==, "+33 (0)4 72.00-00/00");
  /* Without a contact, the company itself is shown as one. */
  g_assert_cmpuint (card->contacts->len, ==, 1);
  g_assert_cmpstr (((RubisContactRow *) g_ptr_array_index (card->contacts, 0))->email, ==, "compta+1@gar-con.fr");
  rubis_test_undo (fixture->session, "Phone number changed: Garçon SAS");
  rubis_test_undo (fixture->session, "Email address changed: Garçon SAS");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM account WHERE email <> '' OR phone <> ''"),
                   ==, 0);
  /* Addresses of people are not kept for ever. */
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM event WHERE data LIKE '%gar-con%'"), ==,
                   0);
}

static void
assert_address (Fixture *fixture, const char *address, const char *place, gint64 bad)
{
  g_autofree char *where = g_strdup_printf (
    "SELECT count (*) FROM account WHERE code = 'C1' AND address = '%s' AND postcode || ' ' || city || ' ' || country = '%s' "
    "AND address_bad = %" G_GINT64_FORMAT, address, place, bad);

  g_assert_cmpint (rubis_test_query (fixture->session, where), ==, 1);
}

static void
test_address (Fixture *fixture, gconstpointer data)
{
  RubisAccountAddress typed = { .line2 = (char *) "Service  comptabilité ", .street = (char *) " 12 rue Neuve", .postcode = (char *) "69003",
                                .city = (char *) "Lyon", .country = (char *) "allemagne" };
  g_autoptr(RubisAccountAddress) loaded = NULL;
  g_autoptr(GError) error = NULL;
  gint64 n_events;

  rubis_test_exec (fixture->session, "UPDATE account SET address = 'Bât. A' || char (10) || 'Hall 2' || char (10) || "
                                     "'Porte 3' || char (10) || '1 rue A', postcode = '69001', city = 'Lyon', "
                                     "address_bad = 1 WHERE code = 'C1'");
  loaded = rubis_session_load_account_address (fixture->session, fixture->account, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->line2, ==, "Bât. A, Hall 2");
  g_assert_cmpstr (loaded->line3, ==, "Porte 3");
  g_assert_cmpstr (loaded->street, ==, "1 rue A");
  g_assert_true (rubis_session_set_account_address (fixture->session, fixture->account, &typed, &error));
  g_assert_no_error (error);
  assert_address (fixture, "Service comptabilité\n12 rue Neuve", "69003 Lyon DE", 0);
  n_events = rubis_test_query (fixture->session, "SELECT count (*) FROM event");
  g_assert_true (rubis_session_set_account_address (fixture->session, fixture->account, &typed, &error));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM event"), ==, n_events);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM event WHERE data LIKE '%rue%' OR data "
                                                       "LIKE '%69003%'"), ==, 0);
  /* The address is as bad as it was. */
  rubis_test_undo (fixture->session, "Postal address changed: Garçon SAS");
  assert_address (fixture, "Bât. A\nHall 2\nPorte 3\n1 rue A", "69001 Lyon ", 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM account WHERE file_address <> ''"), ==, 0);
  rubis_test_redo (fixture->session, "Postal address changed: Garçon SAS");
  assert_address (fixture, "Service comptabilité\n12 rue Neuve", "69003 Lyon DE", 0);
}

static void
test_contact (Fixture *fixture, gconstpointer data)
{
  RubisContactInput nobody = { .salutation = "Mme", .role = RUBIS_CONTACT_ACCOUNTS_PAYABLE, .last_name = " " };
  RubisContactInput noel = { .salutation = "Mme", .first_name = "Ève", .last_name = "Noël",
                             .role = RUBIS_CONTACT_DIRECTOR, .email = "e.noel@garcon.fr" };
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisAccountCard) added = NULL;
  g_autoptr(RubisAccountCard) undone = NULL;
  g_autoptr(RubisAccountCard) redone = NULL;
  RubisContactRow *row;

  g_assert_false (rubis_session_add_contact (fixture->session, fixture->account, &nobody, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_true (rubis_session_add_contact (fixture->session, fixture->account, &noel, &error));
  added = load_card (fixture);
  g_assert_cmpuint (added->contacts->len, ==, 1);
  row = g_ptr_array_index (added->contacts, 0);
  g_assert_cmpstr (row->name, ==, "Mme Ève Noël");
  g_assert_cmpstr (row->role, ==, rubis_contact_role_to_label (RUBIS_CONTACT_DIRECTOR));
  rubis_test_undo (fixture->session, "Contact added: Garçon SAS");
  undone = load_card (fixture);
  g_assert_cmpuint (undone->contacts->len, ==, 0);
  rubis_test_redo (fixture->session, "Contact added: Garçon SAS");
  redone = load_card (fixture);
  g_assert_cmpuint (redone->contacts->len, ==, 1);
}

static void
test_company (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisCompany) company = rubis_session_dup_company (fixture->session);
  g_autoptr(RubisCompany) changed = NULL;
  g_autoptr(RubisCompany) undone = NULL;
  g_autoptr(GError) error = NULL;

  rubis_company_set (company, iban, "FR76 3000 6000 0112 3456 7890 188");
  g_assert_false (rubis_session_set_company (fixture->session, company, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "FR76 3000 6000 0112 3456 7890 188"));
  g_clear_error (&error);
  rubis_company_set (company, iban, "FR76 3000 6000 0112 3456 7890 189");
  rubis_company_set (company, currency, "CHF");
  company->logo = g_bytes_new ("logo", 4);
  rubis_session_set_company (fixture->session, company, &error);
  g_assert_no_error (error);
  changed = rubis_session_dup_company (fixture->session);
  g_assert_cmpstr (changed->iban, ==, "FR76 3000 6000 0112 3456 7890 189");
  g_assert_cmpuint (g_bytes_get_size (changed->logo), ==, 4);
  g_assert_cmpstr (rubis_session_get_currency (fixture->session).code, ==, "CHF");
  rubis_test_undo (fixture->session, "Company changed");
  undone = rubis_session_dup_company (fixture->session);
  g_assert_cmpstr (undone->iban, ==, "");
  g_assert_null (undone->logo);
  g_assert_cmpstr (rubis_session_get_currency (fixture->session).code, ==, "EUR");
}

static void
test_undo_is_signalled (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;
  gboolean can_undo = FALSE;
  gboolean can_redo = TRUE;

  g_assert_true (rubis_session_set_note (fixture->session, fixture->account, "x", &error));
  rubis_test_wait_for (fixture->session, "changed");
  g_object_get (fixture->session, "can-undo", &can_undo, "can-redo", &can_redo, "undo-label", &label, NULL);
  g_assert_true (can_undo);
  g_assert_false (can_redo);
  g_assert_cmpstr (label, ==, "Note changed: Garçon SAS");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/session-edits/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("note", test_note);
  ADD ("account-stop", test_account_stop);
  ADD ("items-stop", test_items_stop);
  ADD ("policy", test_policy);
  ADD ("email-and-phone", test_email_and_phone);
  ADD ("address", test_address);
  ADD ("contact", test_contact);
  ADD ("company", test_company);
  ADD ("undo-is-signalled", test_undo_is_signalled);
#undef ADD
  return g_test_run ();
}
