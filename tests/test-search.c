/* The search over everything: what is found, in which order, and that it is never out of date. */
#include <string.h>

#include "rubis-account-card.h"
#include "rubis-import-preview.h"
#include "rubis-search.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 garcon;
  gint64 lefevre;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  f->garcon = rubis_test_add_account (f->session, "C00412", "Menuiserie Garçon SAS");
  f->lefevre = rubis_test_add_account (f->session, "C00101", "Garage Lefèvre");
  rubis_test_exec (
      f->session,
      "UPDATE account SET city = 'Lyon', phone = '04 72 11 55 66', email = 'compta@garcon.example' "
      "WHERE code = 'C00412'; UPDATE party SET siren = '732829320' WHERE id = "
      "(SELECT party_id FROM account WHERE code = 'C00412');");
  rubis_test_add_item (f->session, f->garcon, "F-2026-01042", RUBIS_ITEM_INVOICE, "2026-09-01", 123450,
                       123450, NULL);
  rubis_test_add_item (f->session, f->garcon, "F-2026-01055", RUBIS_ITEM_INVOICE, "2026-12-01", 50000, 20000,
                       NULL);
  rubis_test_add_item (f->session, f->lefevre, "F-2026-11042", RUBIS_ITEM_INVOICE, "2026-10-01", 7000, 7000,
                       NULL);
  rubis_test_add_item (f->session, f->lefevre, "A-7", RUBIS_ITEM_CREDIT, "2026-10-01", -123499, -123499,
                       NULL);
  rubis_test_add_item (f->session, f->lefevre, "U-1", RUBIS_ITEM_INVOICE, "2026-10-01", 123450, 123450,
                       "JPY");
  rubis_test_add_item (f->session, f->lefevre, "F-2026-00900", RUBIS_ITEM_INVOICE, "2026-03-01", 9900, 0,
                       NULL);
  rubis_test_exec (f->session, "UPDATE item SET order_ref = 'BC512345' WHERE number = 'F-2026-01055';"
                               "UPDATE item SET instalment = 2 WHERE number = 'F-2026-11042'");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static GPtrArray *
search (Fixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *found = rubis_session_search (f->session, text, 5, NULL, &error);

  g_assert_no_error (error);
  return found;
}

/* The titles of one kind, in their order, with commas between. */
static void
assert_found (Fixture *f, const char *text, RubisFoundKind kind, const char *titles)
{
  g_autoptr (GPtrArray) found = search (f, text);
  g_autoptr (GString) seen = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const RubisFound *one = g_ptr_array_index (found, i);

      if (one->kind == kind)
        g_string_append_printf (seen, "%s%s", seen->len > 0 ? ", " : "", one->title);
    }
  g_test_message ("search: %s", text);
  g_assert_cmpstr (seen->str, ==, titles);
}

static void
test_accounts (Fixture *f, gconstpointer data)
{
  static const char *const typed[]
      = { "garcon",         "garcn menuiserie", "C00412",     "412", "lyon garcon", "compta@garcon.example",
          "04 72 11 55 66", "+33 4 72 11 55",   "732 829 320" };
  g_autoptr (GPtrArray) found = NULL;
  const RubisFound *first;

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    assert_found (f, typed[i], RUBIS_FOUND_ACCOUNT, "Menuiserie Garçon SAS");
  assert_found (f, "gar", RUBIS_FOUND_ACCOUNT, "Garage Lefèvre, Menuiserie Garçon SAS");
  assert_found (f, "garcon lefevre", RUBIS_FOUND_ACCOUNT, "");
  assert_found (f, "zzz", RUBIS_FOUND_ACCOUNT, "");
  found = search (f, "garcon");
  first = g_ptr_array_index (found, 0);
  g_assert_cmpint (first->id, ==, f->garcon);
  g_assert_cmpint (first->account_id, ==, f->garcon);
  g_assert_cmpstr (first->account_code, ==, "C00412");
  g_assert_cmpstr (first->detail, ==, "C00412 · Lyon");
  /* What is overdue: not the invoice of December. */
  g_assert_true (first->has_amount);
  g_assert_cmpint (first->amount, ==, 123450);
  g_assert_cmpstr (first->currency.code, ==, "EUR");
}

static void
test_items (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;
  const RubisFound *first;

  assert_found (f, "F-2026-01042", RUBIS_FOUND_ITEM, "F-2026-01042");
  assert_found (f, "f-2026-1042", RUBIS_FOUND_ITEM, "F-2026-01042, F-2026-11042/2");
  assert_found (f, "1042", RUBIS_FOUND_ITEM, "F-2026-01042, F-2026-11042/2");
  assert_found (f, "11042/2", RUBIS_FOUND_ITEM, "F-2026-11042/2");
  assert_found (f, "11042/1", RUBIS_FOUND_ITEM, "");
  assert_found (f, "lefevre 1042", RUBIS_FOUND_ITEM, "F-2026-11042/2");
  assert_found (f, "BC512345", RUBIS_FOUND_ITEM, "F-2026-01055");
  assert_found (f, "512345", RUBIS_FOUND_ITEM, "F-2026-01055");
  /* Two digits swapped, when nothing has them as they are. */
  assert_found (f, "F-2026-01405", RUBIS_FOUND_ITEM, "");
  assert_found (f, "F-2026-10055", RUBIS_FOUND_ITEM, "F-2026-01055");
  /* What was settled is found, and says so. */
  found = search (f, "00900");
  first = g_ptr_array_index (found, 0);
  g_assert_cmpstr (first->title, ==, "F-2026-00900");
  g_assert_cmpstr (first->detail, ==, "Garage Lefèvre · settled");
  g_assert_cmpint (first->amount, ==, 9900);
}

static void
test_amounts (Fixture *f, gconstpointer data)
{
  static const char *const typed[]
      = { "1234,50", "1 234,50", "1234.50", "1,234.50", "1 234,50 €", "EUR 1.234,50" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    assert_found (f, typed[i], RUBIS_FOUND_ITEM, "F-2026-01042");
  /* As far as typed; a credit too; then the middle of an order reference. */
  assert_found (f, "1234", RUBIS_FOUND_ITEM, "A-7, F-2026-01042, F-2026-01055");
  assert_found (f, "-1234,99", RUBIS_FOUND_ITEM, "A-7");
  /* The total of what was paid in part, and what is left of it. */
  assert_found (f, "500", RUBIS_FOUND_ITEM, "F-2026-01055");
  assert_found (f, "200", RUBIS_FOUND_ITEM, "F-2026-01055");
  /* Yen have no decimals. */
  assert_found (f, "123450", RUBIS_FOUND_ITEM, "U-1");
  assert_found (f, "lefevre 1234", RUBIS_FOUND_ITEM, "A-7");
}

static void
test_people_and_words (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;
  const RubisFound *one;

  rubis_test_exec (
      f->session,
      "INSERT INTO contact (account_id, first_name, last_name, job, email, phone, mobile) SELECT id, "
      "'Anaïs', 'Noël', "
      "'Comptable', 'anais@garcon.example', '', '+33 6 12 34 56 78' FROM account WHERE code = 'C00412';"
      "INSERT INTO account_group (id, tree, name) VALUES (7, 'Agence', 'Rhône-Alpes');"
      "INSERT INTO account_group_closure VALUES (7, 7, 0);"
      "INSERT INTO account_group_member SELECT 7, id FROM account;"
      "INSERT INTO dispute (id, account_id, reason, description, opened_on, opened_by, state, currency) "
      "SELECT 3, id, 'price', 'La remise de fin d’année manque', 20600, 'test', 'open', 'EUR' FROM account "
      "WHERE code = 'C00412';"
      "INSERT INTO dispute_item SELECT 3, id, 5000 FROM item WHERE number = 'F-2026-01042';"
      "INSERT INTO dispute_comment (dispute_id, at, date, author, text) VALUES (3, 0, 20600, 'x', 'Voir avec "
      "Béatrice')");
  rubis_test_exec (f->session,
                   "INSERT INTO internal_actor (id, name, email, phone, role) VALUES (5, 'Nadia Brun', "
                   "'nadia@verrerie.example', '03 88 00 11 22', 'Transport'); "
                   "UPDATE dispute SET resolver_id = 5 WHERE id = 3");
  assert_found (f, "nadai brun", RUBIS_FOUND_ACTOR, "Nadia Brun");
  assert_found (f, "03 88 00 11 22", RUBIS_FOUND_ACTOR, "Nadia Brun");
  assert_found (f, "nadia", RUBIS_FOUND_DISPUTE, "La remise de fin d’année manque");
  found = search (f, "nadia");
  one = g_ptr_array_index (found, 0);
  g_assert_cmpint (one->kind, ==, RUBIS_FOUND_ACTOR);
  g_assert_cmpstr (one->detail, ==, "Transport · nadia@verrerie.example");
  g_clear_pointer (&found, g_ptr_array_unref);
  assert_found (f, "noel", RUBIS_FOUND_CONTACT, "Anaïs Noël");
  assert_found (f, "noel garcon", RUBIS_FOUND_CONTACT, "Anaïs Noël");
  assert_found (f, "06 12 34 56", RUBIS_FOUND_CONTACT, "Anaïs Noël");
  assert_found (f, "rhone", RUBIS_FOUND_GROUP, "Rhône-Alpes");
  assert_found (f, "remise annee", RUBIS_FOUND_DISPUTE, "La remise de fin d’année manque");
  assert_found (f, "beatrice", RUBIS_FOUND_DISPUTE, "La remise de fin d’année manque");
  found = search (f, "remise");
  one = g_ptr_array_index (found, 0);
  g_assert_cmpint (one->id, ==, 3);
  g_assert_cmpint (one->amount, ==, 5000);
  g_assert_cmpstr (one->detail, ==, "Menuiserie Garçon SAS · Price · dispute of 27/05/2026");
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (f, "rhone");
  one = g_ptr_array_index (found, 0);
  g_assert_cmpstr (one->detail, ==, "Agence · 2 accounts");
  /* The best kind is first: the person, not her employer. */
  found = (g_ptr_array_unref (found), search (f, "anais"));
  one = g_ptr_array_index (found, 0);
  g_assert_cmpint (one->kind, ==, RUBIS_FOUND_CONTACT);
  g_assert_cmpint (one->account_id, ==, f->garcon);
  rubis_test_exec (f->session, "UPDATE dispute SET voided = 1");
  assert_found (f, "remise", RUBIS_FOUND_DISPUTE, "");
}

static void
test_events (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (GPtrArray) found = NULL;
  const RubisFound *one;

  g_assert_true (
      rubis_session_set_note (f->session, f->garcon, "Le patron rappellera après l’inventaire", &error));
  g_assert_no_error (error);
  found = search (f, "inventaire");
  g_assert_cmpuint (found->len, >, 0);
  one = g_ptr_array_index (found, 0);
  g_assert_cmpint (one->kind, ==, RUBIS_FOUND_EVENT);
  g_assert_cmpint (one->account_id, ==, f->garcon);
  g_assert_nonnull (strstr (one->detail, "20/11/2026 · Menuiserie Garçon SAS"));
  g_assert_cmpstr (one->icon_name, ==, "text-editor-symbolic");
  g_clear_pointer (&found, g_ptr_array_unref);
  /* With the name of the account. */
  found = search (f, "garcon inventaire");
  g_assert_cmpuint (found->len, ==, 1);
  g_clear_pointer (&found, g_ptr_array_unref);
  /* A customer found with a slip is what is looked for; the history stands behind. */
  found = search (f, "garcn");
  g_assert_cmpuint (found->len, >, 1);
  one = g_ptr_array_index (found, 0);
  g_assert_cmpint (one->kind, ==, RUBIS_FOUND_ACCOUNT);
  one = g_ptr_array_index (found, found->len - 1);
  g_assert_cmpint (one->kind, ==, RUBIS_FOUND_EVENT);
  g_clear_pointer (&found, g_ptr_array_unref);
  /* A slip, and words that are all needed. */
  found = search (f, "inventiare patron");
  g_assert_cmpuint (found->len, ==, 1);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (f, "inventaire absent");
  g_assert_cmpuint (found->len, ==, 0);
  g_clear_pointer (&found, g_ptr_array_unref);
  /* What the full-text index has signs for of its own. */
  found = search (f, "\"inventaire\" AND (patron OR");
  g_assert_cmpuint (found->len, ==, 0);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (f, "\"inventaire*");
  g_assert_cmpuint (found->len, ==, 1);
}

/* Edits, their undo and redo: the answer is of the dossier as it is. */
static void
test_edits (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const RubisContactInput contact
      = { .first_name = "Zoé", .last_name = "Quentin", .phone = "01 02 03 04 05" };
  char *label;

  assert_found (f, "quentin", RUBIS_FOUND_CONTACT, "");
  g_assert_true (rubis_session_add_contact (f->session, f->lefevre, &contact, &error));
  g_assert_no_error (error);
  assert_found (f, "quentin", RUBIS_FOUND_CONTACT, "Zoé Quentin");
  label = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  g_free (label);
  assert_found (f, "quentin", RUBIS_FOUND_CONTACT, "");
  label = rubis_session_redo (f->session, &error);
  g_assert_no_error (error);
  g_free (label);
  assert_found (f, "quentin", RUBIS_FOUND_CONTACT, "Zoé Quentin");
  g_assert_true (rubis_session_set_account_email (f->session, f->lefevre, "atelier@moteur.example", &error));
  g_assert_no_error (error);
  assert_found (f, "moteur", RUBIS_FOUND_ACCOUNT, "Garage Lefèvre");
}

#define HEAD "Code client;Nom;N° facture;Type;Date facture;Date échéance;Montant TTC;Restant dû;N° commande\n"

static void
test_import (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "export.csv", NULL);
  g_autoptr (RubisImportPreview) preview = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      g_file_set_contents (path,
                           HEAD "C7;Bijouterie Évrard;FA26-0777;Facture;01/10/2026;31/10/2026;88,80;88,80;"
                                "CMD-4711\n",
                           -1, NULL));
  assert_found (f, "evrard", RUBIS_FOUND_ACCOUNT, "");
  preview = rubis_session_open_import (f->session, path, &error);
  g_assert_no_error (error);
  preview->options.delta = TRUE;
  preview->options.force = TRUE;
  rubis_session_apply_import (f->session, preview, NULL, &error);
  g_assert_no_error (error);
  assert_found (f, "evrard", RUBIS_FOUND_ACCOUNT, "Bijouterie Évrard");
  assert_found (f, "bijuoterie", RUBIS_FOUND_ACCOUNT, "Bijouterie Évrard");
  assert_found (f, "777", RUBIS_FOUND_ITEM, "FA26-0777");
  assert_found (f, "cmd-4711", RUBIS_FOUND_ITEM, "FA26-0777");
  assert_found (f, "88,8", RUBIS_FOUND_ITEM, "FA26-0777");
  assert_found (f, "evrard 88", RUBIS_FOUND_ITEM, "FA26-0777");
  g_assert_true (rubis_session_undo_import (f->session, preview->batch_id, &error));
  g_assert_no_error (error);
  assert_found (f, "evrard", RUBIS_FOUND_ACCOUNT, "");
  assert_found (f, "777", RUBIS_FOUND_ITEM, "");
  assert_found (f, "88,8", RUBIS_FOUND_ITEM, "");
}

/* Thousands of items, as a first import writes them: the indexes are there, and used. */
static void
test_many_items (Fixture *f, gconstpointer data)
{
  rubis_test_exec (
      f->session,
      "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40000) "
      "INSERT INTO item (account_id, type, number, fiscal_year, currency, total, open, first_seen) "
      "SELECT (SELECT min (id) FROM account), 0, printf ('G26-%07d', i), 2026, 'EUR', 1000000 + i, "
      "CASE WHEN i % 2 THEN 1000000 + i ELSE 0 END, 20600 FROM n");
  assert_found (f, "0031042", RUBIS_FOUND_ITEM, "G26-0031042");
  assert_found (f, "31042", RUBIS_FOUND_ITEM, "G26-0031042");
  assert_found (f, "G26-0001000", RUBIS_FOUND_ITEM, "G26-0001000");
  assert_found (f, "10310,43", RUBIS_FOUND_ITEM, "G26-0031043");
  assert_found (f, "10310,42", RUBIS_FOUND_ITEM, "G26-0031042");
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM sqlite_schema WHERE type = 'index' AND name IN "
                                     "('item_by_number_end', 'item_by_order_end', 'item_by_total')"),
                   ==, 3);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (rubis_session_search (f->session, "garcon", 5, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  found = search (f, " \t ");
  g_assert_cmpuint (found->len, ==, 0);
  g_clear_pointer (&found, g_ptr_array_unref);
  /* Bytes that are no text. */
  found = search (f, "gar\xff");
  rubis_session_close (f->session);
  g_assert_null (rubis_session_search (f->session, "garcon", 5, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/search/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("accounts", test_accounts);
  ADD ("items", test_items);
  ADD ("amounts", test_amounts);
  ADD ("people-and-words", test_people_and_words);
  ADD ("events", test_events);
  ADD ("edits", test_edits);
  ADD ("import", test_import);
  ADD ("many-items", test_many_items);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
