#include "rubis-address-check.h"

#include "rubis-agenda-list.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_check_dossier (fixture->session);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* An account that owes @open cents. */
static gint64
add_debtor (Fixture *fixture, const char *code, const char *name, const char *address, const char *postcode,
            const char *city, gint64 open)
{
  gint64 id = rubis_test_add_account (fixture->session, code, name);
  g_autofree char *number = g_strdup_printf ("F-%s", code);
  g_autofree char *sql = g_strdup_printf (
      "UPDATE account SET address = '%s', postcode = '%s', city = '%s' WHERE id = %" G_GINT64_FORMAT, address,
      postcode, city, id);

  rubis_test_exec (fixture->session, sql);
  rubis_test_add_item (fixture->session, id, number, RUBIS_ITEM_INVOICE, "2026-10-01", 10000, open, NULL);
  return id;
}

static char *
join_codes (const RubisAddressCheck *check)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < check->problems->len; i++)
    {
      const RubisAddressProblem *problem = g_ptr_array_index (check->problems, i);

      g_assert_cmpstr (problem->message, !=, "");
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", problem->code);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_check (const RubisAddressCheck *check, const char *code, const char *problems, const char *block)
{
  g_autofree char *codes = join_codes (check);

  g_assert_cmpstr (check->account_code, ==, code);
  g_assert_cmpstr (codes, ==, problems);
  g_assert_cmpstr (check->block, ==, block);
}

static void
test_whole_dossier (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  int n_checked = 0;

  add_debtor (fixture, "C1", "Garçon SAS", "12, rue de l''Église", "69003", "Lyon", 10000);
  add_debtor (fixture, "C2", "Lefèvre", "", "", "", 10000);
  add_debtor (fixture, "C3", "Société dont la raison sociale est beaucoup trop longue", "1 rue A", "7500",
              "Paris", 500);
  /* Nobody writes to who owes nothing. */
  add_debtor (fixture, "C4", "Payé", "", "", "", 0);
  checks = rubis_session_check_addresses (fixture->session, NULL, &n_checked, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_checked, ==, 3);
  g_assert_cmpuint (checks->len, ==, 2);
  assert_check (checks->pdata[0], "C2", "no_address", "Lefèvre");
  assert_check (checks->pdata[1], "C3", "line1_over_38 postcode",
                "Société dont la raison sociale est beaucoup trop longue\n1 RUE A\n7500 PARIS");
}

/* Thirty-six capitals: short enough for the rule, too wide for the window of a German envelope alone, or for
 * any. */
static void
test_too_wide (Fixture *fixture, gconstpointer data)
{
  gint64 narrow
      = add_debtor (fixture, "C1", "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", "1 rue A", "69001", "Lyon", 100);
  gint64 middle
      = add_debtor (fixture, "C2", "MENUISERIES DU GRAND VAL DE LOIRE & CO", "1 rue A", "69001", "Lyon", 100);
  gint64 wide
      = add_debtor (fixture, "C3", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "1 rue A", "69001", "Lyon", 100);
  static const char *const positions[] = { "france", "din-b" };
  const struct
  {
    gint64 account;
    const char *problems[G_N_ELEMENTS (positions)];
  } cases[]
      = { { narrow, { "", "" } }, { middle, { "", "too_wide" } }, { wide, { "too_wide", "too_wide" } } };

  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autoptr (RubisLetterheadSettings) settings = rubis_letterhead_settings_new ();
      g_autoptr (RubisAddressChecker) checker = NULL;

      g_assert_true (rubis_letterhead_settings_set (settings, "position", positions[i], NULL));
      checker = rubis_address_checker_new (fixture->session, settings);
      for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
        {
          g_autoptr (RubisAddressCheck) check = rubis_address_checker_check (checker, cases[c].account, NULL);
          g_autofree char *codes = join_codes (check);

          g_assert_cmpstr (codes, ==, cases[c].problems[i]);
        }
    }
}

static void
test_nothing_is_dropped (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_debtor (fixture, "C1", "Garçon SAS",
                          "Bâtiment C\nEntrée 4\nZone du Port\n7 quai Perrache\n", "69002", "Lyon", 10000);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAddressCheck) alone = rubis_session_check_address (fixture->session, id, &error);
  g_autoptr (RubisAddressCheck) named = NULL;

  g_assert_no_error (error);
  assert_check (alone, "C1", "",
                "Garçon SAS\nBâtiment C, Entrée 4\nZone du Port\n7 QUAI PERRACHE\n69002 LYON");
  rubis_test_exec (
      fixture->session,
      "INSERT INTO contact (account_id, salutation, first_name, last_name, email, role) "
      "SELECT id, 'Mme', 'Anne', 'Noël', 'anne@garcon.example', 'accounts_payable' FROM account");
  named = rubis_session_check_address (fixture->session, id, &error);
  g_assert_no_error (error);
  assert_check (named, "C1", "",
                "Garçon SAS\nMme Anne Noël\nBâtiment C, Entrée 4, Zone du Port\n7 QUAI PERRACHE\n69002 LYON");
  g_assert_null (rubis_session_check_address (fixture->session, 999, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RubisProgress progress = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  add_debtor (fixture, "C1", "Garçon SAS", "", "", "", 10000);
  g_cancellable_cancel (cancellable);
  g_assert_null (rubis_session_check_addresses (fixture->session, &progress, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/address-check/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("whole-dossier", test_whole_dossier);
  ADD ("nothing-is-dropped", test_nothing_is_dropped);
  ADD ("too-wide", test_too_wide);
  ADD ("cancelled", test_cancelled);
#undef ADD
  return g_test_run ();
}
