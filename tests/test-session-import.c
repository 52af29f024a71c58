/* Imports through a session: what they bring, change, clear, refuse, and how they are taken back. */
#include <glib/gstdio.h>

#include "rubis-account-address.h"
#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

#define HEAD "Code client;Nom;N° facture;Type;Date facture;Date échéance;Montant TTC;Restant dû\n"

typedef struct {
  char *folder;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static char *
write_file (Fixture *f, const char *name, const char *body)
{
  char *path = g_build_filename (f->folder, name, NULL);
  g_autofree char *text = g_strconcat (HEAD, body, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static RubisImportPreview *
open_file (Fixture *f, const char *body)
{
  g_autofree char *path = write_file (f, "export.csv", body);
  g_autoptr(GError) error = NULL;
  RubisImportPreview *preview = rubis_session_open_import (f->session, path, &error);

  g_assert_no_error (error);
  return preview;
}

static RubisImportPreview *
import (Fixture *f, const char *body)
{
  RubisImportPreview *preview = open_file (f, body);
  g_autoptr(GError) error = NULL;

  /* So small a dossier trips the brakes, which have tests of their own. */
  preview->options.force = TRUE;
  rubis_session_apply_import (f->session, preview, NULL, &error);
  g_assert_no_error (error);
  return preview;
}

static void
assert_counts (RubisImportPreview *preview, int n_new, int n_changed, int n_cleared, int n_unchanged)
{
  g_assert_cmpint (preview->n_new, ==, n_new);
  g_assert_cmpint (preview->n_changed, ==, n_changed);
  g_assert_cmpint (preview->n_cleared, ==, n_cleared);
  g_assert_cmpint (preview->n_unchanged, ==, n_unchanged);
}

static gint64
open_of (Fixture *f, const char *number)
{
  g_autofree char *sql = g_strdup_printf ("SELECT sum (open) FROM item WHERE number = '%s'", number);

  return rubis_test_query (f->session, sql);
}

static const char first_file[] = "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                                 "C1;Alpha;F2;Facture;01/10/2026;31/10/2026;200,00;50,00\n"
                                 "C2;Bêta;F3;Facture;05/10/2026;04/11/2026;300,00;300,00\n"
                                 "C2;Bêta;A1;Avoir;06/10/2026;06/10/2026;-40,00;-40,00\n";

static void
test_first (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) preview = import (f, first_file);

  assert_counts (preview, 4, 0, 0, 0);
  g_assert_cmpint (preview->n_accounts_new, ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item"), ==, 41000);
  /* What was paid before the import is an allocation, so that sums can be explained. */
  g_assert_cmpint (rubis_test_query (f->session, "SELECT amount FROM allocation"), ==, 15000);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT type FROM item WHERE number = 'A1'"), ==, RUBIS_ITEM_CREDIT);
}

static void
test_again_changes_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  gint64 before = rubis_test_query (f->session, "SELECT count (*) FROM item");
  g_autoptr(RubisImportPreview) again = import (f, first_file);

  assert_counts (again, 0, 0, 0, 4);
  g_assert_cmpint (again->brakes, ==, RUBIS_BRAKE_NONE);
  g_assert_cmpint (again->notes->len, ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item"), ==, before);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM allocation"), ==, 1);
}

static void
test_stock (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  /* F2 was paid (absent), F3 in part; F4 is new. */
  g_autoptr(RubisImportPreview) second = import (f, "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                                                    "C2;Bêta;F3;Facture;05/10/2026;04/11/2026;300,00;120,50\n"
                                                    "C2;Bêta;A1;Avoir;06/10/2026;06/10/2026;-40,00;-40,00\n"
                                                    "C1;Alpha;F4;Facture;15/11/2026;15/12/2026;80,00;80,00\n");

  assert_counts (second, 1, 1, 1, 2);
  g_assert_cmpint (open_of (f, "F2"), ==, 0);
  g_assert_cmpint (open_of (f, "F3"), ==, 12050);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT cleared_date FROM item WHERE number = 'F2'"), ==,
                   RUBIS_TEST_TODAY);
  g_assert_cmpint (second->amounts->len, ==, 1);
  g_assert_cmpint (g_array_index (second->amounts, RubisImportAmount, 0).before, ==, 41000);
  g_assert_cmpint (g_array_index (second->amounts, RubisImportAmount, 0).after, ==, 26050);
}

static void
test_preview_writes_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  g_autoptr(RubisImportPreview) preview = open_file (f, "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;30,00\n"
                                                        "C9;Neuf;F9;Facture;01/11/2026;01/12/2026;10,00;10,00\n");
  g_autoptr(GError) error = NULL;

  g_assert_true (rubis_session_preview_import (f->session, preview, NULL, &error));
  g_assert_no_error (error);
  assert_counts (preview, 1, 1, 3, 0);
  g_assert_cmpint (preview->brakes, ==, RUBIS_BRAKE_CLEARED);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account"), ==, 2);
  g_assert_cmpint (open_of (f, "F1"), ==, 10000);
}

static void
test_brake (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  g_autoptr(RubisImportPreview) partial = open_file (f, "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n");
  g_autoptr(GError) error = NULL;

  g_assert_false (rubis_session_apply_import (f->session, partial, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_BRAKE);
  g_assert_cmpint (open_of (f, "F3"), ==, 30000);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM import_batch WHERE n_rows > 0"), ==, 1);
  g_clear_error (&error);

  /* The user insists. */
  partial->options.force = TRUE;
  g_assert_true (rubis_session_apply_import (f->session, partial, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (open_of (f, "F3"), ==, 0);
}

static void
test_delta_clears_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  g_autoptr(RubisImportPreview) partial = open_file (f, "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;20,00\n");
  g_autoptr(GError) error = NULL;

  partial->options.delta = TRUE;
  g_assert_true (rubis_session_apply_import (f->session, partial, NULL, &error));
  g_assert_no_error (error);
  assert_counts (partial, 0, 1, 0, 0);
  g_assert_cmpint (open_of (f, "F1"), ==, 2000);
  g_assert_cmpint (open_of (f, "F3"), ==, 30000);
}

static void
test_control_total (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) preview = open_file (f, first_file);
  g_autoptr(GError) error = NULL;

  preview->options.has_control_total = TRUE;
  preview->options.control_total = 41001;
  g_assert_false (rubis_session_apply_import (f->session, preview, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_BRAKE);
  g_assert_cmpint (preview->brakes, ==, RUBIS_BRAKE_CONTROL_TOTAL);
  g_clear_error (&error);
  preview->options.control_total = 41000;
  g_assert_true (rubis_session_apply_import (f->session, preview, NULL, &error));
  g_assert_no_error (error);
}

/* One invoice in two instalments: paying the first leaves the second what it was. */
static void
test_instalments (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                                                   "C1;Alpha;F1;Facture;01/09/2026;01/11/2026;100,00;100,00\n"
                                                   "C1;Alpha;F1;Facture;01/09/2026;01/12/2026;100,00;100,00\n");
  g_autoptr(RubisImportPreview) second = import (f, "C1;Alpha;F1;Facture;01/09/2026;01/11/2026;100,00;100,00\n"
                                                    "C1;Alpha;F1;Facture;01/09/2026;01/12/2026;100,00;100,00\n");

  assert_counts (first, 3, 0, 0, 0);
  g_assert_cmpint (second->n_unchanged, ==, 2);
  g_assert_cmpint (second->n_cleared, ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT instalment FROM item WHERE open = 0"), ==, 0);
}

/* Numbers start again each year, and two customers may use the same one. */
static void
test_same_number (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, "C1;Alpha;F1;Facture;01/09/2025;01/10/2025;100,00;100,00\n"
                                                   "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;150,00;150,00\n"
                                                   "C2;Bêta;F1;Facture;01/09/2026;01/10/2026;170,00;170,00\n");
  g_autoptr(RubisImportPreview) again = import (f, "C1;Alpha;F1;Facture;01/09/2025;01/10/2025;100,00;90,00\n"
                                                   "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;150,00;150,00\n"
                                                   "C2;Bêta;F1;Facture;01/09/2026;01/10/2026;170,00;170,00\n");

  assert_counts (again, 0, 1, 0, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT open FROM item WHERE fiscal_year = 2025"), ==, 9000);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item"), ==, 3);
}

static void
test_reappearing (Fixture *f, gconstpointer data)
{
  static const char with[] = "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                             "C1;Alpha;F2;Facture;01/09/2026;01/10/2026;900,00;900,00\n";
  static const char without[] = "C1;Alpha;F2;Facture;01/09/2026;01/10/2026;900,00;900,00\n";
  g_autoptr(RubisImportPreview) first = import (f, with);
  g_autoptr(RubisImportPreview) second = NULL;
  g_autoptr(RubisImportPreview) third = NULL;

  rubis_test_exec (f->session, "UPDATE item SET level = 2, level_date = 20000 WHERE number = 'F1'");
  second = open_file (f, without);
  second->options.force = TRUE;
  g_assert_true (rubis_session_apply_import (f->session, second, NULL, NULL));
  g_assert_cmpint (open_of (f, "F1"), ==, 0);

  third = open_file (f, with);
  third->options.force = TRUE;
  g_assert_true (rubis_session_apply_import (f->session, third, NULL, NULL));
  g_assert_cmpint (open_of (f, "F1"), ==, 10000);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F1'"), ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'reappeared'"), ==, 1);
  rubis_test_exec (f->session, "UPDATE item SET level = -1, level_date = NULL WHERE number = 'F1'");
}

static void
test_undo (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  g_autoptr(RubisImportPreview) second = NULL;
  g_autoptr(GError) error = NULL;

  second = import (f, "C1;Alpha & Cie;F1;Facture;01/09/2026;15/10/2026;100,00;60,00\n"
                      "C2;Bêta;F3;Facture;05/10/2026;04/11/2026;300,00;300,00\n"
                      "C2;Bêta;A1;Avoir;06/10/2026;06/10/2026;-40,00;-40,00\n"
                      "C3;Gamma;F5;Facture;15/11/2026;15/12/2026;80,00;80,00\n");
  assert_counts (second, 1, 1, 1, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account WHERE name = 'Alpha & Cie'"), ==, 1);

  g_assert_true (rubis_session_undo_import (f->session, second->batch_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item"), ==, 41000);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account"), ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account WHERE name = 'Alpha'"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT due_date FROM item WHERE number = 'F1'"), ==,
                   rubis_date_from_ymd (2026, 10, 1));
  g_assert_false (rubis_session_undo_import (f->session, second->batch_id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* What letters were sent on cannot be taken back any more. */
  rubis_test_exec (f->session, "INSERT INTO event_item (event_id, item_id) SELECT 1, min (id) FROM item");
  g_assert_false (rubis_session_undo_import (f->session, first->batch_id, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_LATER);
  rubis_test_exec (f->session, "DELETE FROM event_item");
}

static void
test_rejects (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) preview = import (f, "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                                                     "C1;Alpha;F2;Facture;01/09/2026;01/10/2026;=cent;12,00\n"
                                                     ";;F3;Facture;01/09/2026;01/10/2026;100,00;100,00\n");
  g_autofree char *path = g_build_filename (f->folder, "rejets.csv", NULL);
  g_autofree char *text = NULL;
  const RubisImportRejectRow *reject;

  g_assert_cmpint (preview->n_new, ==, 1);
  g_assert_cmpint (preview->n_rejected, ==, 2);
  reject = g_ptr_array_index (preview->rejects, 0);
  g_assert_cmpint (reject->line, ==, 3);
  g_assert_cmpstr (reject->column, ==, "Montant TTC");
  g_assert_cmpstr (reject->value, ==, "=cent");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM import_reject"), ==, 2);

  g_assert_true (rubis_import_preview_save_rejects (preview, path, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  /* A value that a spreadsheet would run as a formula is made harmless. */
  g_assert_nonnull (strstr (text, "3;Montant TTC;\"'=cent\";"));
}

/* A file of payments settles the invoices it names, once. */
static void
test_payments (Fixture *f, gconstpointer data)
{
  static const char payments[] = "Client;N° facture;Montant;Date de règlement;Mode de règlement\n"
                                 "Alpha;F1;100,00;02/10/2026;VIR\n"
                                 "Alpha;F2;80,00;03/11/2026;VIR\n"
                                 "Alpha;INCONNU;5,00;03/11/2026;VIR\n";
  g_autoptr(RubisImportPreview) first = import (f, "Alpha;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                                                   "Alpha;Alpha;F2;Facture;01/10/2026;31/10/2026;200,00;50,00\n");
  g_autofree char *path = g_build_filename (f->folder, "reglements.csv", NULL);

  g_assert_true (g_file_set_contents (path, payments, -1, NULL));
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(RubisImportPreview) preview = rubis_session_open_import (f->session, path, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (preview->kind, ==, "payments");
      preview->options.force = TRUE;
      rubis_session_apply_import (f->session, preview, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (preview->n_new, ==, i == 0 ? 3 : 0);
      g_assert_cmpint (open_of (f, "F1"), ==, 0);
      /* 50.00 were open: 30.00 of the payment of 80.00, and 5.00 for an unknown invoice, stay on the account. */
      g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item WHERE type = 2"), ==, -3500);
      g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item WHERE type = 0"), ==, 0);
    }
  g_assert_cmpint (rubis_test_query (f->session, "SELECT cleared_date FROM item WHERE number = 'F1' AND type = 0"), ==,
                   rubis_date_from_ymd (2026, 10, 2));
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) preview = open_file (f, first_file);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  RubisProgress progress = { .cancellable = cancellable };
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (rubis_session_apply_import (f->session, preview, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item"), ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM import_batch WHERE file_name = 'export.csv'"), ==, 0);
}

static void
test_mapping_is_remembered (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = open_file (f, first_file);
  g_autoptr(RubisImportPreview) second = NULL;
  const RubisImportColumnRow *column;

  rubis_import_preview_set_field (first, 7, "ignore");
  g_assert_true (rubis_session_apply_import (f->session, first, NULL, NULL));
  g_assert_cmpint (open_of (f, "F2"), ==, 20000);
  second = open_file (f, first_file);
  column = g_ptr_array_index (second->columns, 7);
  g_assert_cmpstr (column->field, ==, "ignore");
}

/* Imports a file whose first line is @head, as an export of all that is open or of changes only. */
static RubisImportPreview *
import_as (Fixture *f, const char *head, const char *body, gboolean delta)
{
  g_autofree char *path = g_build_filename (f->folder, "export.csv", NULL);
  g_autofree char *text = g_strconcat (head, body, NULL);
  g_autoptr(GError) error = NULL;
  RubisImportPreview *preview;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  preview = rubis_session_open_import (f->session, path, &error);
  g_assert_no_error (error);
  preview->options.delta = delta;
  preview->options.force = TRUE;
  rubis_session_apply_import (f->session, preview, NULL, &error);
  g_assert_no_error (error);
  return preview;
}

/* A line that cannot be read says nothing of its invoice: it was not paid. */
static void
test_rejected_line_settles_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  g_autoptr(RubisImportPreview) preview = NULL;
  g_autoptr(RubisImportPreview) second = NULL;
  static const char damaged[] = "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;cent\n"
                                "C2;Bêta;A1;Avoir;06/10/2026;06/10/2026;-40,00;-40,00\n"
                                ";;F3;Facture;05/10/2026;04/11/2026;300,00;300,00\n";

  preview = open_file (f, damaged);
  g_assert_true (rubis_session_preview_import (f->session, preview, NULL, NULL));
  assert_counts (preview, 0, 0, 1, 1);
  second = import (f, damaged);
  g_assert_cmpint (second->n_rejected, ==, 2);
  assert_counts (second, 0, 0, 1, 1);
  g_assert_cmpint (second->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (second->notes, 0), "2 items"));
  g_assert_cmpint (open_of (f, "F1"), ==, 10000);
  g_assert_cmpint (open_of (f, "F3"), ==, 30000);
  /* It stands nowhere in the file. */
  g_assert_cmpint (open_of (f, "F2"), ==, 0);
}

/* The payments of the next month do not replace those of this month. */
static void
test_later_payments (Fixture *f, gconstpointer data)
{
  static const char head[] = "Client;N° facture;Montant;Date de règlement;Mode de règlement\n";
  g_autoptr(RubisImportPreview) first = import (f, "Alpha;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                                                   "Alpha;Alpha;F2;Facture;01/09/2026;01/10/2026;90,00;90,00\n");
  g_autoptr(RubisImportPreview) october = import_as (f, head, "Alpha;F1;30,00;02/10/2026;VIR\n", FALSE);
  g_autoptr(RubisImportPreview) november = import_as (f, head, "Alpha;F1;50,00;03/11/2026;VIR\n", FALSE);
  g_autoptr(RubisImportPreview) same_day = import_as (f, head, "Alpha;F1;5,00;03/11/2026;VIR\n", FALSE);
  g_autoptr(GError) error = NULL;

  assert_counts (october, 1, 0, 0, 0);
  assert_counts (november, 1, 0, 0, 0);
  assert_counts (same_day, 1, 0, 0, 0);
  g_assert_cmpint (open_of (f, "F1"), ==, 1500);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item"), ==, 10500);
  g_assert_true (rubis_session_undo_import (f->session, same_day->batch_id, &error));
  g_assert_no_error (error);
  g_assert_true (rubis_session_undo_import (f->session, november->batch_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (open_of (f, "F1"), ==, 7000);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item"), ==, 16000);
}

/* A file of payments that names customers reaches accounts that have codes. */
static void
test_payments_by_name (Fixture *f, gconstpointer data)
{
  static const char head[] = "Nom;N° facture;Montant;Date de règlement;Mode de règlement\n";
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  g_autoptr(RubisImportPreview) payments = import_as (f, head, "ALPHA;F1;100,00;02/10/2026;VIR\n", FALSE);

  g_assert_cmpstr (payments->kind, ==, "payments");
  g_assert_cmpint (payments->n_accounts_new, ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT open FROM item WHERE number = 'F1' AND type = 0"), ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account"), ==, 2);
}

/* An invoice in another currency is another one: its amount is not taken for euros. */
static void
test_other_currency (Fixture *f, gconstpointer data)
{
  static const char head[] = "Code client;Nom;N° facture;Date facture;Date échéance;Devise;Montant TTC;Restant dû\n";
  g_autoptr(RubisImportPreview) first
    = import_as (f, head, "C1;Alpha;F1;01/09/2026;01/10/2026;EUR;100,00;100,00\n", FALSE);
  g_autoptr(RubisImportPreview) second
    = import_as (f, head, "C1;Alpha;F1;01/09/2026;01/10/2026;USD;120,00;120,00\n", FALSE);

  assert_counts (second, 1, 0, 1, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item WHERE currency = 'EUR'"), ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item WHERE currency = 'USD'"), ==, 12000);
}

/* The first instalment was paid, the date of the second moves: the first one does not come back. */
static void
test_moved_instalment (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                                                   "C1;Alpha;F1;Facture;01/09/2026;01/12/2026;100,00;100,00\n"
                                                   "C1;Alpha;F1;Facture;01/09/2026;01/02/2027;80,00;80,00\n");
  g_autoptr(RubisImportPreview) paid = import (f, "C1;Alpha;F1;Facture;01/09/2026;01/12/2026;100,00;100,00\n"
                                                  "C1;Alpha;F1;Facture;01/09/2026;01/02/2027;80,00;80,00\n");
  g_autoptr(RubisImportPreview) moved = import (f, "C1;Alpha;F1;Facture;01/09/2026;15/02/2027;80,00;80,00\n"
                                                   "C1;Alpha;F1;Facture;01/09/2026;15/12/2026;100,00;100,00\n");

  assert_counts (moved, 0, 2, 0, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT open FROM item WHERE instalment = 0"), ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT due_date FROM item WHERE instalment = 1"), ==,
                   rubis_date_from_ymd (2026, 12, 15));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'reappeared'"), ==, 0);
}

/* A code in other letters is the same customer when the name says so too. */
static void
test_code_in_small_letters (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, "C1A;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n");
  g_autoptr(RubisImportPreview) same = import (f, "c1a;ALPHA;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n");
  g_autoptr(RubisImportPreview) other = NULL;

  assert_counts (same, 0, 0, 0, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account"), ==, 1);
  other = import (f, "C1A;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
                     "c1a;Autre;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n");
  assert_counts (other, 1, 0, 0, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account"), ==, 2);
}

/* A list of invoices without what remains due: what comes back is due again. */
static void
test_reappearing_without_open (Fixture *f, gconstpointer data)
{
  static const char head[] = "Code client;Nom;N° facture;Date facture;Date échéance;Montant TTC\n";
  static const char with[] = "C1;Alpha;F1;01/09/2026;01/10/2026;100,00\nC1;Alpha;F2;01/09/2026;01/10/2026;900,00\n";
  g_autoptr(RubisImportPreview) first = import_as (f, head, with, FALSE);
  g_autoptr(RubisImportPreview) second
    = import_as (f, head, "C1;Alpha;F2;01/09/2026;01/10/2026;900,00\n", FALSE);
  g_autoptr(RubisImportPreview) third = NULL;

  g_assert_cmpint (open_of (f, "F1"), ==, 0);
  third = import_as (f, head, with, FALSE);
  g_assert_cmpint (open_of (f, "F1"), ==, 10000);
  assert_counts (third, 0, 1, 0, 1);
}

/* Changes only, and the user wants no paid invoices: what was paid is known all the same. */
static void
test_delta_paid (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) first = import (f, first_file);
  g_autoptr(RubisImportPreview) second
    = import_as (f, HEAD, "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;0,00\n", TRUE);

  assert_counts (second, 0, 1, 0, 0);
  g_assert_cmpint (open_of (f, "F1"), ==, 0);
}

#define FEC_HEAD                                                                                                       \
  "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\t"       \
  "PieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\n"
#define FEC_LINE(journal, name, entry, date, account, aux, piece, label, debit, credit)                                \
  journal "\t" name "\t" entry "\t" date "\t" account "\tClients\t" aux "\t" aux "\t" piece "\t" date "\t" label "\t" \
  debit "\t" credit "\t\t\t20261231\t\t\n"

static const char fec_2026[] = FEC_LINE ("VE", "Ventes", "1", "20261001", "41100000", "ALPHA", "F26001", "Facture",
                                         "1200,00", "0,00")
  FEC_LINE ("VE", "Ventes", "1", "20261001", "70100000", "", "F26001", "Facture", "0,00", "1200,00")
  FEC_LINE ("BQ", "Banque", "2", "20261102", "41100000", "ALPHA", "VIR1", "Virement F26001", "0,00", "200,00")
  FEC_LINE ("BQ", "Banque", "2", "20261102", "51200000", "", "VIR1", "Virement F26001", "200,00", "0,00");

/* A ledger says itself what is open: reading it again changes nothing, however often. */
static void
test_fec_again (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisImportPreview) other = import (f, "ZETA;Zeta;F9;Facture;01/09/2026;01/10/2026;1,00;1,00\n");

  for (int i = 0; i < 3; i++)
    {
      g_autoptr(RubisImportPreview) preview = import_as (f, FEC_HEAD, fec_2026, TRUE);

      g_assert_cmpstr (preview->kind, ==, "fec");
      assert_counts (preview, i == 0 ? 2 : 0, 0, 0, i == 0 ? 0 : 2);
      g_assert_cmpint (open_of (f, "F26001"), ==, 120000);
    }
}

/* Next year's ledger opens with what this year's left open: the same items, with their reminders. */
static void
test_fec_next_year (Fixture *f, gconstpointer data)
{
  static const char fec_2027[]
    = FEC_LINE ("AN", "A nouveau", "1", "20270101", "41100000", "ALPHA", "F26001", "A nouveau", "1200,00", "0,00")
      FEC_LINE ("AN", "A nouveau", "1", "20270101", "41100000", "ALPHA", "VIR1", "A nouveau", "0,00", "200,00")
      FEC_LINE ("AN", "A nouveau", "1", "20270101", "89000000", "", "AN", "A nouveau", "0,00", "1000,00");
  g_autoptr(RubisImportPreview) first = import_as (f, FEC_HEAD, fec_2026, FALSE);
  RubisDate due = (RubisDate) rubis_test_query (f->session, "SELECT due_date FROM item WHERE number = 'F26001'");
  g_autoptr(RubisImportPreview) second = NULL;

  rubis_test_exec (f->session, "UPDATE item SET level = 2, level_date = 20000 WHERE number = 'F26001'");
  second = import_as (f, FEC_HEAD, fec_2027, FALSE);
  assert_counts (second, 0, 0, 0, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM item"), ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT due_date FROM item WHERE number = 'F26001'"), ==, due);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F26001'"), ==, 2);
  rubis_test_exec (f->session, "UPDATE item SET level = -1, level_date = NULL");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

/* The same invoice of C1, with the address that the file says. */
static RubisImportPreview *
import_address (Fixture *f, const char *address)
{
  g_autofree char *path = g_build_filename (f->folder, "addresses.csv", NULL);
  g_autofree char *text = g_strdup_printf (
    "Code client;Nom;Adresse;Code postal;Ville;N° facture;Date facture;Date échéance;Montant TTC;Restant dû\n"
    "C1;Alpha;%s;F1;01/09/2026;01/10/2026;100,00;100,00\n", address);
  g_autoptr(GError) error = NULL;
  RubisImportPreview *preview;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  preview = rubis_session_open_import (f->session, path, &error);
  g_assert_no_error (error);
  preview->options.force = TRUE;
  rubis_session_apply_import (f->session, preview, NULL, &error);
  g_assert_no_error (error);
  return preview;
}

static void
assert_address (Fixture *f, const char *address)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM account WHERE address || ';' || postcode || ';' || city = '%s'", address);

  g_assert_cmpint (rubis_test_query (f->session, sql), ==, 1);
}

/* What the user corrected stays until the accounting software has news. */
static void
test_typed_address (Fixture *f, gconstpointer data)
{
  RubisAccountAddress typed = { .street = (char *) "12 rue Neuve", .postcode = (char *) "69003", .city = (char *) "Lyon" };
  g_autoptr(RubisImportPreview) first = import_address (f, "1 rue A;69001;Lyon");
  g_autoptr(RubisImportPreview) same = NULL;
  g_autoptr(RubisImportPreview) partly = NULL;
  g_autoptr(RubisImportPreview) news = NULL;
  g_autoptr(GError) error = NULL;
  gint64 account = rubis_test_query (f->session, "SELECT id FROM account");

  g_assert_true (rubis_session_set_account_address (f->session, account, &typed, &error));
  same = import_address (f, "1 rue A;69001;Lyon");
  g_assert_cmpint (same->n_accounts_changed, ==, 0);
  assert_address (f, "12 rue Neuve;69003;Lyon");
  partly = import_address (f, ";69001;Lyon");
  assert_address (f, "12 rue Neuve;69003;Lyon");
  /* Nothing of the typed address is mixed with the new one. */
  news = import_address (f, "1 rue A;13001;Marseille");
  g_assert_cmpint (news->n_accounts_changed, ==, 1);
  assert_address (f, "1 rue A;13001;Marseille");
  g_assert_true (rubis_session_undo_import (f->session, news->batch_id, &error));
  g_assert_no_error (error);
  assert_address (f, "12 rue Neuve;69003;Lyon");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account WHERE file_postcode = '69001'"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/import/first", test_first);
  ADD ("/session/import/again-changes-nothing", test_again_changes_nothing);
  ADD ("/session/import/stock", test_stock);
  ADD ("/session/import/preview-writes-nothing", test_preview_writes_nothing);
  ADD ("/session/import/brake", test_brake);
  ADD ("/session/import/delta", test_delta_clears_nothing);
  ADD ("/session/import/control-total", test_control_total);
  ADD ("/session/import/instalments", test_instalments);
  ADD ("/session/import/same-number", test_same_number);
  ADD ("/session/import/reappearing", test_reappearing);
  ADD ("/session/import/undo", test_undo);
  ADD ("/session/import/rejects", test_rejects);
  ADD ("/session/import/payments", test_payments);
  ADD ("/session/import/cancelled", test_cancelled);
  ADD ("/session/import/mapping-is-remembered", test_mapping_is_remembered);
  ADD ("/session/import/rejected-line-settles-nothing", test_rejected_line_settles_nothing);
  ADD ("/session/import/later-payments", test_later_payments);
  ADD ("/session/import/payments-by-name", test_payments_by_name);
  ADD ("/session/import/other-currency", test_other_currency);
  ADD ("/session/import/moved-instalment", test_moved_instalment);
  ADD ("/session/import/code-in-small-letters", test_code_in_small_letters);
  ADD ("/session/import/reappearing-without-open", test_reappearing_without_open);
  ADD ("/session/import/delta-paid", test_delta_paid);
  ADD ("/session/import/fec-again", test_fec_again);
  ADD ("/session/import/fec-next-year", test_fec_next_year);
  ADD ("/session/import/typed-address", test_typed_address);
  return g_test_run ();
}
