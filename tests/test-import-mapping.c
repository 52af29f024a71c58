/* Mappings as text, corrected mappings, cancellation, and memory of large files. */
#include <string.h>
#include <glib.h>

#include "rubis-import-file.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  char *path;
  GString *out;
  GCancellable *cancellable;
  guint64 done;
  guint n_rows;
  guint stop_after;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "list.csv", NULL);
  fixture->out = g_string_new (NULL);
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_string_free (fixture->out, TRUE);
  g_object_unref (fixture->cancellable);
}

static gboolean
see_row (const RubisImportRow *row, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;
  g_autofree char *issued = rubis_date_to_iso (row->issue_date);
  g_autofree char *due = rubis_date_to_iso (row->due_date);
  g_autofree char *total = rubis_money_to_string (row->total, row->currency);

  if (++fixture->n_rows == fixture->stop_after)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
      return FALSE;
    }
  if (fixture->out->len < 4096)
    g_string_append_printf (fixture->out, "%s %s %s %s %s %s\n", rubis_item_type_to_code (row->type),
                            row->number, issued, due, total, row->currency.code);
  return TRUE;
}

static void
see_progress (guint64 done, guint64 total, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (done, >=, fixture->done);
  g_assert_cmpuint (done, <=, total);
  fixture->done = done;
  if (done > total / 2)
    g_cancellable_cancel (fixture->cancellable);
}

static RubisImportFile *
open_text (Fixture *fixture, const char *text)
{
  g_autoptr(GError) error = NULL;
  RubisImportFile *file;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
  file = rubis_import_file_open (fixture->path, &error);
  g_assert_no_error (error);
  return file;
}

static void
read_all (Fixture *fixture, RubisImportFile *file, const RubisImportMapping *mapping)
{
  static const RubisImportCallbacks callbacks = { see_row, NULL, NULL };
  g_autoptr(GError) error = NULL;

  rubis_import_file_read (file, mapping, rubis_date_from_ymd (2026, 6, 30), &callbacks, fixture, NULL, NULL,
                          &error);
  g_assert_no_error (error);
}

/* The user knows better: month first, point as thousands mark, codes, currency, term and sign. */
static void
test_corrected (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisImportFile) file = open_text (fixture, "Client;Facture;Code;Date facture;Montant TTC\n"
                                                         "A;1;VTE;02/01/2026;-1,500\n"
                                                         "A;2;AVC;02/03/2026;250\n");
  g_autoptr(RubisImportMapping) mapping = rubis_import_file_guess_mapping (file);
  g_autoptr(RubisImportMapping) copy = NULL;
  g_autofree const char **names = rubis_import_file_get_column_names (file);
  RubisCurrency dollar;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (rubis_currency_parse ("USD", &dollar));
  rubis_import_mapping_set_field (mapping, 2, RUBIS_IMPORT_FIELD_TYPE);
  rubis_import_mapping_set_dates (mapping, 3, RUBIS_IMPORT_DATES_MONTH_FIRST);
  rubis_import_mapping_set_decimal (mapping, 4, RUBIS_IMPORT_DECIMAL_POINT);
  rubis_import_mapping_set_type_code (mapping, "VTE", RUBIS_ITEM_INVOICE);
  rubis_import_mapping_set_type_code (mapping, "avc", RUBIS_ITEM_CREDIT);
  rubis_import_mapping_set_currency (mapping, dollar);
  rubis_import_mapping_set_default_days (mapping, 10);
  rubis_import_mapping_set_negated (mapping, TRUE);
  rubis_import_mapping_set_mode (mapping, RUBIS_IMPORT_MODE_STOCK);
  read_all (fixture, file, mapping);
  g_assert_cmpstr (fixture->out->str, ==,
                   "FAC 1 2026-02-01 2026-02-11 1500.00 USD\n"
                   "AVO 2 2026-02-03 2026-02-03 -250.00 USD\n");

  text = rubis_import_mapping_to_text (mapping, names, 5);
  copy = rubis_import_mapping_from_text (text, names, 5, &error);
  g_assert_no_error (error);
  again = rubis_import_mapping_to_text (copy, names, 5);
  g_assert_cmpstr (text, ==, again);
  g_string_truncate (fixture->out, 0);
  read_all (fixture, file, copy);
  g_assert_true (g_str_has_prefix (fixture->out->str, "FAC 1 2026-02-01 2026-02-11 1500.00 USD\n"));
}

static void
test_text_errors (void)
{
  static const char *const names[] = { "A", "B" };
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "[column 1]\nfield=colour\n", "“colour” is no field" },
    { "[column 1]\nname=C\nfield=number\n", "no column “C”" },
    { "[column 3]\nfield=number\n", "2 columns" },
    { "[column 1]\nfield=number\ndates=sometimes\n", "“sometimes”" },
    { "[import]\nmode=all\n", "“all”" },
    { "[import]\ncurrency=EURO\n", "“EURO”" },
    { "[types]\nVTE=XXX\n", "“XXX”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (rubis_import_mapping_from_text (cases[i].text, names, 2, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

/* A mapping is kept by column names: the order of the columns may change. */
static void
test_moved_columns (void)
{
  static const char *const before[] = { "Client", "Montant" };
  static const char *const after[] = { "Montant", "Note", "Client" };
  g_autoptr(RubisImportMapping) mapping = rubis_import_mapping_new ();
  g_autoptr(RubisImportMapping) moved = NULL;
  g_autofree char *text = NULL;

  rubis_import_mapping_set_field (mapping, 0, RUBIS_IMPORT_FIELD_CUSTOMER_NAME);
  rubis_import_mapping_set_field (mapping, 1, RUBIS_IMPORT_FIELD_TOTAL);
  text = rubis_import_mapping_to_text (mapping, before, 2);
  moved = rubis_import_mapping_from_text (text, after, 3, NULL);
  g_assert_nonnull (moved);
  g_assert_cmpint (rubis_import_mapping_get_column (moved, RUBIS_IMPORT_FIELD_CUSTOMER_NAME), ==, 2);
  g_assert_cmpint (rubis_import_mapping_get_column (moved, RUBIS_IMPORT_FIELD_TOTAL), ==, 0);
}

static void
test_fields (void)
{
  for (int i = 0; i < RUBIS_N_IMPORT_FIELDS; i++)
    {
      RubisImportField field;

      g_assert_true (rubis_import_field_from_id (rubis_import_field_to_id ((RubisImportField) i), &field));
      g_assert_cmpint (field, ==, i);
      g_assert_nonnull (rubis_import_field_to_label (field));
    }
}

static void
test_fingerprint (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisImportFile) one = open_text (fixture, "Client;N° facture;Montant TTC\nA;1;10\n");
  g_autoptr(RubisImportFile) two
      = open_text (fixture, "Rapport\n\nCLIENT,no facture,Montant TTC \nB,2,20\n");
  g_autoptr(RubisImportFile) three = open_text (fixture, "Client;N° facture;Montant HT\nA;1;10\n");

  g_assert_cmpstr (rubis_import_file_get_fingerprint (one), ==, rubis_import_file_get_fingerprint (two));
  g_assert_cmpstr (rubis_import_file_get_fingerprint (one), !=, rubis_import_file_get_fingerprint (three));
}

static void
test_kind (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisImportFile) file
      = open_text (fixture, "Client;Facture;Date;Montant\nA;1;13/01/2026;10,00\n");
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (rubis_import_file_get_kind (file), ==, RUBIS_IMPORT_KIND_ITEMS);
  g_assert_true (rubis_import_file_set_kind (file, RUBIS_IMPORT_KIND_PAYMENTS, &error));
  read_all (fixture, file, NULL);
  g_assert_true (g_str_has_prefix (fixture->out->str, "RGL (null) 2026-01-13 2026-01-13 -10.00"));
  g_assert_false (rubis_import_file_set_kind (file, RUBIS_IMPORT_KIND_FEC, &error));
  g_assert_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_MAPPING);
}

/* The user corrects what was detected; a wrong correction changes nothing. */
static void
test_layout (Fixture *fixture, gconstpointer data)
{
  static const RubisImportCallbacks callbacks = { see_row, NULL, NULL };
  g_autoptr(RubisImportFile) file = open_text (fixture, "Client;Facture;Date facture;Montant TTC\n"
                                                        "Client;Facture 2;Date facture;Montant TTC\n"
                                                        "Caf\xE9;F1;13/01/2026;10,00\n");
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (rubis_import_file_get_encoding (file), ==, "windows-1252");
  g_assert_cmpint (rubis_import_file_get_header_line (file), ==, 1);
  g_assert_true (rubis_import_file_set_layout (file, "cp850", '\0', 2, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rubis_import_file_get_encoding (file), ==, "cp850");
  g_assert_cmpint (rubis_import_file_get_header_line (file), ==, 2);
  g_assert_cmpstr (rubis_import_file_get_column (file, 1)->name, ==, "Facture 2");
  g_assert_cmpstr (rubis_import_file_get_column (file, 0)->samples[0], ==, "CafÚ");

  g_assert_false (rubis_import_file_set_layout (file, "utf-8", '\0', 0, &error));
  g_assert_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_false (rubis_import_file_set_layout (file, NULL, '|', 0, &error));
  g_assert_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_NO_HEADER);
  g_clear_error (&error);
  g_assert_false (rubis_import_file_set_layout (file, NULL, '\0', 99, &error));
  g_assert_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_NO_HEADER);
  g_clear_error (&error);
  g_assert_cmpint (rubis_import_file_get_separator (file), ==, ';');
  g_assert_cmpint (rubis_import_file_get_header_line (file), ==, 2);
  g_assert_true (rubis_import_file_set_layout (file, NULL, '\0', 0, &error));
  g_assert_cmpint (rubis_import_file_get_header_line (file), ==, 1);
  g_assert_true (rubis_import_file_read (file, NULL, rubis_date_from_ymd (2026, 6, 30), &callbacks, fixture, NULL, NULL,
                                         &error));
}

static char *
make_long_text (guint n_rows)
{
  GString *text = g_string_new ("Client;Facture;Date facture;Échéance;Montant TTC;Solde\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "Client %u;F%u;%02u/%02u/2026;31/12/2026;%u,%02u;%u,00\n", i % 100, i,
                            i % 12 + 1, i % 12 + 1, i + 1, i % 100, i + 1);
  return g_string_free (text, FALSE);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  static const RubisImportCallbacks callbacks = { see_row, NULL, see_progress };
  g_autofree char *text = make_long_text (100000);
  g_autoptr(RubisImportFile) file = open_text (fixture, text);
  g_autoptr(GError) error = NULL;

  g_assert_false (rubis_import_file_read (file, NULL, rubis_date_from_ymd (2026, 6, 30), &callbacks, fixture,
                                          NULL, fixture->cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_rows, >, 10000);
  g_assert_cmpuint (fixture->n_rows, <, 100000);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  static const RubisImportCallbacks callbacks = { see_row, NULL, NULL };
  g_autofree char *text = make_long_text (1000);
  g_autoptr(RubisImportFile) file = open_text (fixture, text);
  g_autoptr(GError) error = NULL;

  fixture->stop_after = 7;
  g_assert_false (rubis_import_file_read (file, NULL, rubis_date_from_ymd (2026, 6, 30), &callbacks, fixture,
                                          NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (fixture->n_rows, ==, 7);
}

/* What decides a column may stand far behind the first records: here the only day above 12. */
static void
test_late_evidence (Fixture *fixture, gconstpointer data)
{
  g_autofree char *head = make_long_text (60000);
  g_autofree char *text = g_strconcat (head, "Dernier;FX;25/01/2026;31/12/2026;1,00;1,00\n", NULL);
  g_autoptr(RubisImportFile) file = open_text (fixture, text);
  const RubisImportColumn *column = rubis_import_file_get_column (file, 2);

  g_assert_cmpint (column->kind, ==, RUBIS_IMPORT_COLUMN_DATE);
  g_assert_cmpint (column->dates, ==, RUBIS_IMPORT_DATES_DAY_FIRST);
  g_assert_false (column->ambiguous);
}

/* Records that fall on the borders of the reader's buffer, quoted ones among them. */
static void
test_borders (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("Client;Facture;Date facture;Montant TTC\n");
  g_autoptr(RubisImportFile) file = NULL;
  static const RubisImportCallbacks callbacks = { see_row, NULL, NULL };
  RubisImportFacts facts;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "\"Client \"\"%u\"\"\r\nétage %0*u\";F%u;13/01/2026;1,00\r\n", i,
                            (int) (i % 50) + 1, i, i);
  file = open_text (fixture, text->str);
  rubis_import_facts_init (&facts);
  rubis_import_file_read (file, NULL, rubis_date_from_ymd (2026, 6, 30), &callbacks, fixture, &facts, NULL,
                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts.items, ==, 40000);
  g_assert_cmpuint (facts.customers, ==, 40000);
  g_assert_cmpuint (facts.rejected, ==, 0);
  g_assert_cmpint (g_array_index (facts.sums, RubisImportSum, 0).total, ==, 4000000);
  rubis_import_facts_clear (&facts);
}

#define ADD(path, func) g_test_add ("/import/mapping/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("corrected", test_corrected);
  ADD ("fingerprint", test_fingerprint);
  ADD ("kind", test_kind);
  ADD ("layout", test_layout);
  ADD ("cancel", test_cancel);
  ADD ("stop", test_stop);
  ADD ("late-evidence", test_late_evidence);
  ADD ("borders", test_borders);
  g_test_add_func ("/import/mapping/text-errors", test_text_errors);
  g_test_add_func ("/import/mapping/moved-columns", test_moved_columns);
  g_test_add_func ("/import/mapping/fields", test_fields);
  return g_test_run ();
}
