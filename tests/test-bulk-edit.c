/* One change of many accounts or items. */
#include "rubis-bulk-edit.h"
#include "rubis-custom-fields.h"
#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 item;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  fixture->account = rubis_test_add_account (fixture->session, "C1", "Garçon SAS");
  fixture->item = rubis_test_add_item (fixture->session, fixture->account, "F-1", RUBIS_ITEM_INVOICE,
                                       "2026-09-01", 50000, 20000, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_check_dossier (fixture->session);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static gint64
add_field (Fixture *fixture, RubisFieldOwner owner, const char *name, RubisFieldKind kind,
           const char *choices)
{
  g_autoptr (RubisCustomField) field = rubis_custom_field_new (owner);
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_free (field->name);
  field->name = g_strdup (name);
  field->kind = kind;
  g_free (field->choices);
  field->choices = g_strdup (choices);
  id = rubis_session_set_field (fixture->session, field, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static char *
dup_value (Fixture *fixture, RubisFieldOwner owner, gint64 owner_id, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = rubis_session_list_values (fixture->session, owner, owner_id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < values->len; i++)
    {
      const RubisFieldValue *value = g_ptr_array_index (values, i);

      if (g_str_equal (value->field->name, name))
        return g_strdup_printf ("%s|%s", value->value, value->text);
    }
  return NULL;
}

static void
assert_value (Fixture *fixture, RubisFieldOwner owner, gint64 owner_id, const char *name,
              const char *expected)
{
  g_autofree char *value = dup_value (fixture, owner, owner_id, name);

  g_assert_cmpstr (value, ==, expected);
}

#define N_ACCOUNTS 1000

static GArray *
add_accounts (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  /* The first is there already. */
  for (int i = 2; i <= N_ACCOUNTS; i++)
    {
      g_autofree char *sql
          = g_strdup_printf ("INSERT INTO party (id, name) VALUES (%d, 'Client %d'); INSERT INTO account "
                             "(id, party_id, code, name, "
                             "search_key) VALUES (%d, %d, 'D%d', 'Client %d', 'client %d d%d')",
                             i, i, i, i, i, i, i, i);

      rubis_test_exec (fixture->session, sql);
    }
  return rubis_session_list_accounts_of_group (fixture->session, 0, &error);
}

static void
test_bulk_accounts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (RubisBulkPreview) preview = NULL;
  g_autoptr (RubisBulkPreview) again = NULL;
  RubisBulkChange change = { .kind = RUBIS_BULK_STOP, .value = "Fusion", .date = RUBIS_TEST_TODAY + 10 };
  const RubisBulkLine *line;

  rubis_test_exec (fixture->session, "BEGIN");
  ids = add_accounts (fixture);
  rubis_test_exec (fixture->session, "COMMIT");
  g_clear_pointer (&ids, g_array_unref);
  ids = rubis_session_list_accounts_of_group (fixture->session, 0, &error);
  g_assert_cmpuint (ids->len, ==, N_ACCOUNTS);
  rubis_test_exec (fixture->session, "UPDATE account SET stop = 1, stop_reason = 'Vieux' WHERE id = 7");
  change.ids = ids;
  preview = rubis_session_preview_bulk (fixture->session, &change, &error);
  g_assert_no_error (error);
  g_assert_cmpint (preview->n_changed, ==, N_ACCOUNTS);
  g_assert_cmpint (preview->n_same, ==, 0);
  g_assert_cmpuint (preview->lines->len, ==, RUBIS_BULK_MAX_LINES);
  line = g_ptr_array_index (preview->lines, 0);
  g_assert_cmpstr (line->before, ==, "Dunned");
  g_assert_cmpstr (line->after, ==, "Stopped: Fusion, until 30/11/2026");
  /* Nothing was done yet. */
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM account WHERE stop <> 0"), ==,
                   1);

  g_assert_cmpint (rubis_session_do_bulk (fixture->session, &change, NULL, &error), ==, N_ACCOUNTS);
  g_assert_cmpint (
      rubis_test_query (fixture->session,
                        "SELECT count (*) FROM account WHERE stop <> 0 AND stop_reason = 'Fusion'"),
      ==, N_ACCOUNTS);
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (DISTINCT account_id) FROM event WHERE kind = 'stop' AND "
                                     "summary = 'Dunning of 1000 accounts stopped'"),
                   ==, N_ACCOUNTS);
  again = rubis_session_preview_bulk (fixture->session, &change, &error);
  g_assert_cmpint (again->n_changed, ==, 0);
  g_assert_cmpint (again->n_same, ==, N_ACCOUNTS);
  g_assert_cmpint (rubis_session_do_bulk (fixture->session, &change, NULL, &error), ==, 0);

  rubis_test_undo (fixture->session, "Dunning of 1000 accounts stopped");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM account WHERE stop <> 0"), ==,
                   1);
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM account WHERE id = 7 AND stop_reason = 'Vieux'"),
                   ==, 1);
  rubis_test_redo (fixture->session, "Dunning of 1000 accounts stopped");
  g_assert_cmpint (
      rubis_test_query (fixture->session, "SELECT count (*) FROM account WHERE stop_reason = 'Fusion'"), ==,
      N_ACCOUNTS);
}

static void
test_bulk_items (Fixture *fixture, gconstpointer data)
{
  gint64 second = rubis_test_add_item (fixture->session, fixture->account, "F-2", RUBIS_ITEM_INVOICE,
                                       "2026-10-01", 9000, 9000, NULL);
  gint64 site = add_field (fixture, RUBIS_FIELD_OF_ITEM, "Chantier", RUBIS_FIELD_TEXT, "");
  const char *numbers[] = { "F-1", "F-2", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = rubis_session_find_bulk_ids (fixture->session, TRUE, numbers, &error);
  g_autoptr (GArray) accounts = rubis_session_list_accounts_of_items (fixture->session, ids, &error);
  RubisBulkChange change
      = { .kind = RUBIS_BULK_FIELD, .of_items = TRUE, .ids = ids, .value = "Gare", .field_id = site };

  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpuint (accounts->len, ==, 1);
  g_assert_cmpint (rubis_session_do_bulk (fixture->session, &change, NULL, &error), ==, 2);
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, second, "Chantier", "Gare|Gare");
  /* One line for the account, which names the items. */
  g_assert_cmpint (
      rubis_test_query (fixture->session,
                        "SELECT count (*) FROM event WHERE account_id = 1 AND kind = 'field' AND "
                        "data LIKE '%F-1, F-2 · Gare%'"),
      ==, 1);
  change = (RubisBulkChange){ .kind = RUBIS_BULK_SALES_REP, .of_items = TRUE, .ids = ids, .value = " Inès " };
  g_assert_cmpint (rubis_session_do_bulk (fixture->session, &change, NULL, &error), ==, 2);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM item WHERE sales_rep = 'Inès'"),
                   ==, 2);
  rubis_test_undo (fixture->session, "Sales representative of 2 items changed");
  rubis_test_undo (fixture->session, "Chantier changed for 2 items");
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, second, "Chantier", "|");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM item WHERE sales_rep <> ''"),
                   ==, 0);
}

static void
test_bulk_checks (Fixture *fixture, gconstpointer data)
{
  gint64 site = add_field (fixture, RUBIS_FIELD_OF_ITEM, "Montant", RUBIS_FIELD_AMOUNT, "");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *missing[] = { "C1", "C9", NULL };
  g_autoptr (GError) error = NULL;
  const struct
  {
    RubisBulkChange change;
    const char *says;
  } cases[] = {
    { { .kind = RUBIS_BULK_POLICY, .ids = ids, .value = "dur" }, "There is no policy “dur”." },
    { { .kind = RUBIS_BULK_POLICY, .of_items = TRUE, .ids = ids, .value = "" }, "Items have no such value" },
    { { .kind = RUBIS_BULK_LANGUAGE, .ids = ids, .value = "klingon" }, "“klingon” is not a language" },
    { { .kind = RUBIS_BULK_STOP, .ids = ids, .date = RUBIS_TEST_TODAY - 1 }, "A stop cannot end on" },
    { { .kind = RUBIS_BULK_FIELD, .ids = ids, .value = "1", .field_id = site },
      "This field belongs to items" },
    { { .kind = RUBIS_BULK_FIELD, .of_items = TRUE, .ids = ids, .value = "un", .field_id = site },
      "Montant: “un” is not an amount" },
  };

  g_array_append_val (ids, fixture->account);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisBulkChange change = cases[i].change;

      if (change.kind != RUBIS_BULK_STOP)
        change.date = RUBIS_DATE_NONE;
      g_assert_null (rubis_session_preview_bulk (fixture->session, &change, &error));
      g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
      g_assert_true (g_str_has_prefix (error->message, cases[i].says));
      g_clear_error (&error);
      g_assert_cmpint (rubis_session_do_bulk (fixture->session, &change, NULL, NULL), ==, -1);
    }
  g_assert_null (rubis_session_find_bulk_ids (fixture->session, FALSE, missing, &error));
  g_assert_true (g_str_has_prefix (error->message, "There is no account “C9”."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bulk/accounts", Fixture, NULL, set_up, test_bulk_accounts, tear_down);
  g_test_add ("/bulk/items", Fixture, NULL, set_up, test_bulk_items, tear_down);
  g_test_add ("/bulk/checks", Fixture, NULL, set_up, test_bulk_checks, tear_down);
  return g_test_run ();
}
