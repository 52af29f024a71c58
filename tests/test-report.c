/* Spreadsheets and archives, read back by other code than wrote them. */
#include "rubis-archive.h"
#include "rubis-import-workbook.h"
#include "rubis-test.h"
#include "rubis-workbook.h"

#include <string.h>

#define DAY rubis_date_from_ymd (2026, 11, 2)

static GBytes *
make_book (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisWorkbook) book = rubis_workbook_new ("Dossier", "Ateliers", DAY, &error);
  GBytes *bytes;

  g_assert_no_error (error);
  rubis_workbook_add_sheet (book, "Pièces [à/jour]");
  rubis_workbook_add_column (book, "Numéro", RUBIS_CELL_TEXT, 14);
  rubis_workbook_add_column (book, "Date", RUBIS_CELL_DATE, 12);
  rubis_workbook_add_column (book, "Solde", RUBIS_CELL_MONEY, 14);
  rubis_workbook_add_column (book, "Jours", RUBIS_CELL_COUNT, 8);
  rubis_workbook_add_column (book, "Taux", RUBIS_CELL_RATE, 8);
  for (int i = 0; i < 3; i++)
    {
      rubis_workbook_add_row (book);
      rubis_workbook_add_text (book, i == 1 ? "=1+1" : "FA-0012");
      rubis_workbook_add_date (book, i == 2 ? RUBIS_DATE_NONE : DAY + i);
      rubis_workbook_add_money (book, 123456 + i, RUBIS_CURRENCY_EUR);
      rubis_workbook_add_count (book, 10 * i);
      rubis_workbook_add_rate (book, 124000);
    }
  rubis_workbook_add_totals (book, "Total");
  rubis_workbook_add_sheet (book, "Autre");
  rubis_workbook_add_column (book, "Montant", RUBIS_CELL_MONEY, 14);
  rubis_workbook_add_row (book);
  rubis_workbook_add_money (book, 100, RUBIS_CURRENCY_EUR);
  rubis_workbook_add_row (book);
  rubis_workbook_add_money (book, 100, (RubisCurrency){ "JPY" });
  rubis_workbook_add_totals (book, "Total");
  bytes = rubis_workbook_finish (book, &error);
  g_assert_no_error (error);
  return bytes;
}

/* The cells of a sheet as lines, a letter before each: its type. */
static char *
dump (RubisImportWorkbook *book, guint sheet)
{
  g_autoptr (RubisImportTable) table = rubis_import_workbook_read_sheet (book, sheet, NULL);
  GString *out = g_string_new (NULL);
  RubisImportRecord record;

  while (rubis_import_table_next (table, &record, NULL) == RUBIS_IMPORT_NEXT_RECORD)
    {
      for (guint i = 0; i < record.n_cells; i++)
        g_string_append_printf (out, "%s%c:%s", i > 0 ? "|" : "", "tnd"[record.cells[i].kind],
                                record.cells[i].text);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
test_workbook (void)
{
  g_autoptr (GBytes) bytes = make_book ();
  g_autoptr (GBytes) again = make_book ();
  g_autofree char *folder = rubis_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "book.xlsx", NULL);
  g_autoptr (RubisImportWorkbook) book = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (g_bytes_equal (bytes, again));
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL));
  book = rubis_import_workbook_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rubis_import_workbook_get_n_sheets (book), ==, 2);
  g_assert_cmpstr (rubis_import_workbook_get_sheet_name (book, 0), ==, "Pièces àjour");
  first = dump (book, 0);
  g_assert_cmpstr (first, ==,
                   "t:Numéro|t:Date|t:Solde|t:Jours|t:Taux\n"
                   "t:FA-0012|d:2026-11-02|n:1234.56|n:0|n:0.124\n"
                   "t:=1+1|d:2026-11-03|n:1234.57|n:10|n:0.124\n"
                   "t:FA-0012|t:|n:1234.58|n:20|n:0.124\n"
                   "t:Total|t:|n:3703.71|t:|t:\n");
  /* Two currencies have no sum. */
  second = dump (book, 1);
  g_assert_cmpstr (second, ==, "t:Montant\nn:1\nn:100\nt:\n");
  rubis_test_remove_tree (folder);
}

static GBytes *
make_archive (void)
{
  g_autoptr (RubisArchive) archive = rubis_archive_new (DAY);
  g_autoptr (GBytes) content = g_bytes_new_static ("bonjour", 7);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  g_assert_cmpstr (rubis_archive_add (archive, NULL, "dossier.pdf", content), ==, "dossier.pdf");
  g_assert_cmpstr (rubis_archive_add (archive, "Pièces", "01 - Facture FA/12.pdf", content), ==,
                   "Pièces/01 - Facture FA-12.pdf");
  g_assert_cmpstr (rubis_archive_add (archive, "Pièces", "01 - facture FA:12.pdf", empty), ==,
                   "Pièces/01 - facture FA-12 (2).pdf");
  bytes = rubis_archive_finish (archive, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
test_archive (void)
{
  g_autoptr (GBytes) bytes = make_archive ();
  g_autoptr (GBytes) again = make_archive ();
  g_autofree char *folder = rubis_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "file.zip", NULL);
  const char *listing[] = { "python3", "-c",
                            "import sys, zipfile\n"
                            "z = zipfile.ZipFile (sys.argv[1])\n"
                            "assert z.testzip () is None\n"
                            "for i in z.infolist (): print (ascii (i.filename), i.file_size, *i.date_time)\n",
                            path, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_bytes_equal (bytes, again));
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL));
  g_spawn_sync (NULL, (char **)listing, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (output, ==,
                   "'dossier.pdf' 7 2026 11 2 0 0 0\n"
                   "'Pi\\xe8ces/01 - Facture FA-12.pdf' 7 2026 11 2 0 0 0\n"
                   "'Pi\\xe8ces/01 - facture FA-12 (2).pdf' 0 2026 11 2 0 0 0\n");
  rubis_test_remove_tree (folder);
}

static void
assert_safe (const char *name, const char *expected)
{
  g_autofree char *safe = rubis_archive_make_safe_name (name);

  g_assert_cmpstr (safe, ==, expected);
}

static void
test_safe_names (void)
{
  g_autofree char *many = g_strnfill (300, 'x');
  g_autofree char *name = g_strconcat (many, ".pdf", NULL);
  g_autofree char *safe = rubis_archive_make_safe_name (name);

  assert_safe ("Facture n° 12.pdf", "Facture n° 12.pdf");
  assert_safe ("../../etc/passwd", "-..-etc-passwd");
  assert_safe ("a\\b\n:c?. ", "a-b--c-");
  assert_safe ("...", "_");
  assert_safe ("con.pdf", "_con.pdf");
  g_assert_cmpint (g_utf8_strlen (safe, -1), ==, 100);
  g_assert_true (g_str_has_suffix (safe, "x.pdf"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/workbook", test_workbook);
  g_test_add_func ("/report/archive", test_archive);
  g_test_add_func ("/report/safe-names", test_safe_names);
  return g_test_run ();
}
