/* Workbooks as ERPs write them, made here with libxlsxwriter, and hostile ones made with libzip. */
#include <string.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "rubis-import-decimal.h"
#include "rubis-import-file.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "book.xlsx", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
dump_row (const RubisImportRow *row, gpointer user_data, GError **error)
{
  GString *out = user_data;
  g_autofree char *issued = rubis_date_to_iso (row->issue_date);
  g_autofree char *due = rubis_date_to_iso (row->due_date);
  g_autofree char *total = rubis_money_to_string (row->total, row->currency);
  g_autofree char *open = rubis_money_to_string (row->open, row->currency);

  g_string_append_printf (
      out, "%d|%s|%s|%s|%s|%s|%s|%s", (int) row->line, row->customer_code ? row->customer_code : "",
      row->customer_name ? row->customer_name : "", row->number ? row->number : "", issued, due, total, open);
  if (row->postcode != NULL)
    g_string_append_printf (out, "|%s|%s|%s", row->postcode, row->company_id, row->phone);
  g_string_append_c (out, '\n');
  return TRUE;
}

static void
dump_reject (const RubisImportReject *reject, gpointer user_data)
{
  g_string_append_printf (user_data, "%d %s\n", (int) reject->line, reject->code);
}

static void
assert_rows (RubisImportFile *file, const char *expected)
{
  static const RubisImportCallbacks callbacks = { dump_row, dump_reject, NULL };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  rubis_import_file_read (file, NULL, rubis_date_from_ymd (2026, 6, 30), &callbacks, out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
}

static RubisImportFile *
open_book (const Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  RubisImportFile *file = rubis_import_file_open (fixture->path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rubis_import_file_get_format (file), ==, "xlsx");
  return file;
}

static void
write_strings (lxw_worksheet *sheet, lxw_row_t row, const char *const *texts)
{
  for (lxw_col_t i = 0; texts[i] != NULL; i++)
    {
      if (texts[i][0] != '\0')
        worksheet_write_string (sheet, row, i, texts[i], NULL);
    }
}

static lxw_format *
add_date_format (lxw_workbook *book, const char *code)
{
  lxw_format *format = workbook_add_format (book);

  format_set_num_format (format, code);
  return format;
}

static void
write_erp_book (const Fixture *fixture)
{
  static const char *const header[]
      = { "Code client", "Client", "N° facture", "Date facture", "Échéance", "Montant TTC ",
          "Reste dû",    "CP",     "SIRET",      "Tél.",         NULL };
  lxw_workbook *book = workbook_new (fixture->path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "Encours");
  lxw_format *french = add_date_format (book, "dd/mm/yyyy");
  lxw_format *named = add_date_format (book, "[$-40C]d mmm yy;@");
  lxw_format *money = add_date_format (book, "#,##0.00 \"d\"");
  lxw_format *builtin = workbook_add_format (book);

  format_set_num_format_index (builtin, 14);
  worksheet_write_string (sheet, 0, 0, "Société Exemple", NULL);
  worksheet_write_string (sheet, 1, 0, "Encours clients au 30/06/2026", NULL);
  write_strings (sheet, 3, header);
  worksheet_write_number (sheet, 4, 0, 411001, NULL);
  worksheet_write_string (sheet, 4, 1, " Alpha ", NULL);
  worksheet_write_number (sheet, 4, 2, 20260001, NULL);
  worksheet_write_number (sheet, 4, 3, 46053, french);
  worksheet_write_number (sheet, 4, 4, 46081.75, named);
  worksheet_write_number (sheet, 4, 5, 0.1 + 0.2, money);
  worksheet_write_formula_num (sheet, 4, 6, "=F5", NULL, 33.450000000000003);
  worksheet_write_number (sheet, 4, 7, 1000, NULL);
  worksheet_write_number (sheet, 4, 8, 5580012300012.0, NULL);
  worksheet_write_number (sheet, 4, 9, 33612345678.0, NULL);
  worksheet_write_string (sheet, 5, 0, "0042", NULL);
  worksheet_write_string (sheet, 5, 1, "Beta", NULL);
  worksheet_write_string (sheet, 5, 2, "F-2", NULL);
  worksheet_write_number (sheet, 5, 3, 46054, builtin);
  worksheet_write_string (sheet, 5, 4, "15/03/2026", NULL);
  worksheet_write_string (sheet, 5, 5, "1 234,56", NULL);
  worksheet_write_number (sheet, 5, 6, -1234.5, money);
  worksheet_write_string (sheet, 5, 7, "75001", NULL);
  worksheet_write_string (sheet, 5, 8, "732 829 320 00074", NULL);
  worksheet_write_number (sheet, 5, 9, 102030405, NULL);
  worksheet_write_string (sheet, 7, 0, "Total général", NULL);
  worksheet_write_formula_num (sheet, 7, 5, "=SUM(F5:F6)", NULL, 1234.86);
  workbook_close (book);
}

static void
test_erp (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisImportFile) file = NULL;

  write_erp_book (fixture);
  file = open_book (fixture);
  g_assert_cmpint (rubis_import_file_get_header_line (file), ==, 4);
  g_assert_cmpuint (rubis_import_file_get_n_sheets (file), ==, 1);
  g_assert_cmpstr (rubis_import_file_get_encoding (file), ==, "utf-8");
  g_assert_cmpint (rubis_import_file_get_separator (file), ==, '\0');
  assert_rows (file,
               "5|411001|Alpha|20260001|2026-01-31|2026-02-28|0.30|33.45|01000|05580012300012|+33612345678\n"
               "6|0042|Beta|F-2|2026-02-01|2026-03-15|1234.56|-1234.50|75001|73282932000074|0102030405\n");
}

/* A report beside the data, a hidden sheet with the same columns, and an empty one. */
static void
test_sheets (Fixture *fixture, gconstpointer data)
{
  static const char *const header[]
      = { "Client", "Facture", "Date facture", "Échéance", "Montant TTC", NULL };
  static const char *const hidden_row[] = { "Ancien", "H1", "2026-01-01", "2026-01-31", "1.00", NULL };
  static const char *const row[] = { "Alpha", "F1", "2026-01-13", "2026-02-12", "10.00", NULL };
  static const char *const other_header[] = { "Client", "Adresse", NULL };
  static const char *const other_row[] = { "Alpha", "1 rue A", NULL };
  lxw_workbook *book = workbook_new (fixture->path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "Vide");
  g_autoptr(RubisImportFile) file = NULL;
  g_autoptr(GError) error = NULL;

  sheet = workbook_add_worksheet (book, "Ancien");
  write_strings (sheet, 0, header);
  write_strings (sheet, 1, hidden_row);
  worksheet_hide (sheet);
  sheet = workbook_add_worksheet (book, "Adresses");
  write_strings (sheet, 0, other_header);
  write_strings (sheet, 1, other_row);
  sheet = workbook_add_worksheet (book, "Factures");
  write_strings (sheet, 0, header);
  write_strings (sheet, 1, row);
  workbook_close (book);

  file = open_book (fixture);
  g_assert_cmpuint (rubis_import_file_get_n_sheets (file), ==, 4);
  g_assert_cmpstr (rubis_import_file_get_sheet_name (file, rubis_import_file_get_sheet (file)), ==,
                   "Factures");
  assert_rows (file, "2||Alpha|F1|2026-01-13|2026-02-12|10.00|10.00\n");
  g_assert_true (rubis_import_file_set_sheet (file, 2, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_import_file_get_kind (file), ==, RUBIS_IMPORT_KIND_CUSTOMERS);
  g_assert_false (rubis_import_file_set_sheet (file, 0, &error));
  g_assert_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_NO_HEADER);
  /* The sheet that was chosen before is still there. */
  g_assert_cmpuint (rubis_import_file_get_sheet (file), ==, 2);
  g_assert_cmpstr (rubis_import_file_get_column (file, 1)->name, ==, "Adresse");
}

/* Members of an archive, written as they are. */
static void
write_zip (const char *path, const char *const *members)
{
  int code = 0;
  zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, &code);

  g_assert_nonnull (archive);
  for (gsize i = 0; members[i] != NULL; i += 2)
    {
      zip_source_t *source = zip_source_buffer (archive, members[i + 1], strlen (members[i + 1]), 0);

      g_assert_cmpint (zip_file_add (archive, members[i], source, ZIP_FL_OVERWRITE), >=, 0);
    }
  g_assert_cmpint (zip_close (archive), ==, 0);
}

#define WORKBOOK(properties)                                                                                 \
  "<workbook xmlns:r=\"r\">" properties                                                                      \
  "<sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
#define RELATIONS "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
#define ROW(cells) "<row>" cells "</row>"
#define TEXT(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEADER ROW (TEXT ("Client") TEXT ("Facture") TEXT ("Date facture") TEXT ("Montant TTC"))

/* Inline strings, no references, the 1904 calendar, a date by style, a boolean and an error. */
static void
test_inline (Fixture *fixture, gconstpointer data)
{
  static const char *const members[] = {
    "[Content_Types].xml",
    "<Types/>",
    "xl/workbook.xml",
    WORKBOOK ("<workbookPr date1904=\"1\"/>"),
    "xl/_rels/workbook.xml.rels",
    RELATIONS,
    "xl/styles.xml",
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>",
    "xl/sharedStrings.xml",
    "<sst><si><r><t>Al</t></r><r><t>pha</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si></sst>",
    "xl/worksheets/sheet1.xml",
    "<worksheet><sheetData>" HEADER ROW ("<c t=\"s\"><v>0</v></c><c><v>1E3</v></c><c "
                                         "s=\"1\"><v>44591</v></c><c><v>1.1999999999999999E1</v></c>")
        ROW ("<c t=\"s\"><v>99</v></c>" TEXT (
            "F2") "<c s=\"1\"><v>44592</v></c><c><v>5</v></c>") "<row r=\"9\"><c r=\"A9\" "
                                                                "t=\"str\"><f>B1</f><v>Beta</v></c><c "
                                                                "r=\"B9\" "
                                                                "t=\"inlineStr\"><is><t>F3</t></is></c>"
                                                                "<c r=\"C9\" "
                                                                "t=\"d\"><v>2026-02-03T00:00:00</v></c><c "
                                                                "r=\"D9\" t=\"e\"><v>#N/A</v></c></row>"
                                                                "</sheetData></worksheet>",
    NULL,
  };
  g_autoptr(RubisImportFile) file = NULL;

  write_zip (fixture->path, members);
  file = open_book (fixture);
  assert_rows (file, "3 missing-customer\n9 bad-amount\n2||Alpha|1000|2026-01-31|2026-03-02|12.00|12.00\n");
}

static void
assert_refused (Fixture *fixture, const char *const *members, int code)
{
  g_autoptr(RubisImportFile) file = NULL;
  g_autoptr(GError) error = NULL;

  write_zip (fixture->path, members);
  file = rubis_import_file_open (fixture->path, &error);
  g_assert_null (file);
  g_assert_error (error, RUBIS_IMPORT_ERROR, code);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const no_sheet[] = {
    "[Content_Types].xml",
    "<Types/>",
    "xl/workbook.xml",
    WORKBOOK (""),
    "xl/_rels/workbook.xml.rels",
    RELATIONS,
    NULL,
  };
  static const char *const cut_off[] = {
    "[Content_Types].xml",
    "<Types/>",
    "xl/workbook.xml",
    WORKBOOK (""),
    "xl/_rels/workbook.xml.rels",
    RELATIONS,
    "xl/worksheets/sheet1.xml",
    "<worksheet><sheetData>" HEADER "<row><c><v>1",
    NULL,
  };
  static const char *const other_zip[] = { "letter.txt", "hello", NULL };
  static const char *const open_document[]
      = { "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>", NULL };

  assert_refused (fixture, no_sheet, RUBIS_IMPORT_ERROR_DAMAGED);
  assert_refused (fixture, cut_off, RUBIS_IMPORT_ERROR_DAMAGED);
  assert_refused (fixture, other_zip, RUBIS_IMPORT_ERROR_UNSUPPORTED);
  assert_refused (fixture, open_document, RUBIS_IMPORT_ERROR_UNSUPPORTED);
}

/* A document type, with which entities come: refused before it can grow. */
static void
test_document_type (Fixture *fixture, gconstpointer data)
{
  static const char *const members[] = {
    "[Content_Types].xml",
    "<Types/>",
    "xl/workbook.xml",
    WORKBOOK (""),
    "xl/_rels/workbook.xml.rels",
    RELATIONS,
    "xl/sharedStrings.xml",
    "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>",
    "xl/worksheets/sheet1.xml",
    "<worksheet><sheetData>" HEADER "</sheetData></worksheet>",
    NULL,
  };

  assert_refused (fixture, members, RUBIS_IMPORT_ERROR_DAMAGED);
}

/* A few kilobytes that unpack to more than is kept in memory. */
static void
test_bomb (Fixture *fixture, gconstpointer data)
{
  gsize size = 70u * 1024 * 1024;
  g_autofree char *blanks = g_malloc (size + 1);
  const char *members[] = {
    "[Content_Types].xml",
    "<Types/>",
    "xl/workbook.xml",
    WORKBOOK (""),
    "xl/_rels/workbook.xml.rels",
    blanks,
    NULL,
  };

  memset (blanks, ' ', size);
  memcpy (blanks, "<a>", 3);
  for (gsize i = 1024 * 1024; i + 8 < size; i += 1024 * 1024)
    memcpy (blanks + i, "<b/>", 4);
  memcpy (blanks + size - 4, "</a>", 4);
  blanks[size] = '\0';
  assert_refused (fixture, members, RUBIS_IMPORT_ERROR_TOO_LARGE);
}

static void
test_decimal (void)
{
  static const struct
  {
    const char *stored;
    const char *shown;
  } cases[] = {
    { "33.450000000000003", "33.45" },
    { "0.30000000000000004", "0.3" },
    { "1.1999999999999999E1", "12" },
    { "-1234.5", "-1234.5" },
    { "1E3", "1000" },
    { "1.5E-3", "0.0015" },
    { "0", "0" },
    { "-0", "0" },
    { "999999999999999.9", "1000000000000000" },
    { "000123", "123" },
    { "1234567890123456789", "1234567890123460000" },
    { ".25", "0.25" },
    { "99999.999999999999", "100000" },
    { "1E-25", "0" },
    { "2.5E+2", "250" },
  };
  static const char *const bad[] = { "", "-", "1.2.3", "abc", "1E", "1E400", "1e99", "12a", "NaN" };
  char out[RUBIS_IMPORT_DECIMAL_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (rubis_import_decimal_tidy (cases[i].stored, out));
      g_assert_cmpstr (out, ==, cases[i].shown);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (rubis_import_decimal_tidy (bad[i], out));
}

#define ADD(path, func) g_test_add ("/import/xlsx/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("erp", test_erp);
  ADD ("sheets", test_sheets);
  ADD ("inline", test_inline);
  ADD ("damaged", test_damaged);
  ADD ("document-type", test_document_type);
  ADD ("bomb", test_bomb);
  g_test_add_func ("/import/xlsx/decimal", test_decimal);
  return g_test_run ();
}
