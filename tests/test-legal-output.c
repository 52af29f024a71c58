/* The file for the court as other programs read it: PDF, bookmarks, spreadsheet, ZIP. */
#include <string.h>

#include "legal-fixture.h"
#include "rubis-import-workbook.h"
#include "rubis-test.h"

/* Each exhibit in turn: its title, its line in the list at the front, its stamp and page numbers, its
 * content. */
static void
assert_exhibits (const RubisLegalFile *file, RubisPdf *pdf, guint page, const char *front)
{
  static const struct
  {
    const char *title;
    const char *content;
  } expected[] = {
    { "Bon de commande 4471 (facture F-1)", "Commande 4471" },
    { "Facture F-1", "numéro un" },
    { "Facture F-2", "numéro deux" },
    { "Relevé de compte au 20 novembre 2026", "Total" },
    { "Courriel du 11 mai 2026 : Votre facture échue", "reste à régler" },
    { "Mise en demeure du 9 octobre 2026", "Veuillez payer" },
    { "Avis de réception (lettre du 9 octobre 2026)", "Distribué le 12" },
    { "Plan abîmé", "plan.pdf" },
    { "Décompte des intérêts arrêté au 20 novembre 2026", "749,29" },
  };
  guint n_pages = rubis_pdf_get_n_pages (pdf);

  g_assert_cmpuint (file->exhibits->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);
      g_autofree char *title = legal_fixture_make_plain (exhibit->title);
      g_autofree char *stamp = g_strdup_printf ("Pièce n° %u", i + 1);
      g_autofree char *listed = g_strdup_printf ("p. %u", page + 1);

      g_assert_cmpstr (title, ==, expected[i].title);
      g_assert_cmpuint (exhibit->number, ==, i + 1);
      legal_fixture_assert_has (front, listed);
      for (guint j = 0; j < exhibit->n_pages; j++, page++)
        {
          g_autofree char *text = legal_fixture_page_text (pdf, page);
          g_autofree char *number = g_strdup_printf ("%u/%u", page + 1, n_pages);

          legal_fixture_assert_has (text, stamp);
          legal_fixture_assert_has (text, number);
          if (j == 0)
            legal_fixture_assert_has (text, expected[i].content);
        }
    }
  g_assert_cmpuint (page, ==, n_pages);
}

static void
assert_front (const char *front)
{
  static const char *const words[] = {
    "tribunal de commerce de Dijon",
    "12946",
    "SAS au capital de 50 000 €",
    "SIREN 732 829 320, RCS Lyon",
    "SARL",
    "SIREN 404 833 048",
    "13 999,32 €",
    "[à compléter : représentant légal]",
    "Lettre recommandée n° 2C92174218091 déposée à La Poste",
    "Lettre recommandée reçue par le débiteur",
    "Règlement partiel, 2 500,00 €",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    legal_fixture_assert_has (front, words[i]);
}

static void
test_pdf (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (RubisLegalFile) same = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  g_autoptr (GString) front = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_pages = 0, n_front;

  legal_fixture_add_proofs (f);
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  same = legal_fixture_prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_pdf (f->session, file, &n_pages, &error);
  g_assert_no_error (error);
  again = rubis_session_make_legal_pdf (f->session, same, NULL, &error);
  g_assert_true (g_bytes_equal (bytes, again));
  pdf = rubis_pdf_new (bytes, NULL);
  g_assert_cmpuint (rubis_pdf_get_n_pages (pdf), ==, n_pages);
  n_front = n_pages;
  for (guint i = 0; i < file->exhibits->len; i++)
    n_front -= ((RubisLegalExhibit *)g_ptr_array_index (file->exhibits, i))->n_pages;
  for (guint page = 0; page < n_front; page++)
    {
      g_autofree char *text = legal_fixture_page_text (pdf, page);

      g_string_append (front, text);
    }
  assert_front (front->str);
  assert_exhibits (file, pdf, n_front, front->str);
  legal_fixture_assert_code (file, "warning:exhibit-unreadable", TRUE);
  legal_fixture_assert_code (file, "warning:invoice-missing", FALSE);
  legal_fixture_assert_code (file, "warning:no-formal-notice", FALSE);
  legal_fixture_assert_code (file, "warning:notice-not-received", FALSE);
}

/* The request says what it leaves out: the statement among the exhibits asks for more. */
static void
test_disputed (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  g_autofree char *request = NULL;

  rubis_test_exec (f->session, "UPDATE item SET disputed = 200000, contested = 200000 WHERE number = 'F-1'");
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_pdf (f->session, file, NULL, NULL);
  pdf = rubis_pdf_new (bytes, NULL);
  request = legal_fixture_page_text (pdf, 0);
  legal_fixture_assert_has (request, "le débiteur les conteste : 2 000,00 € (facture F-1).");
  legal_fixture_assert_has (request, "majoré de dix points");
}

static void
test_bookmarks (LegalFixture *f, gconstpointer data)
{
  g_autofree char *qpdf = g_find_program_in_path ("qpdf");
  g_autofree char *path = g_build_filename (f->folder, "file.pdf", NULL);
  const char *arguments[] = { "qpdf", "--json", "--json-key=outlines", path, NULL };
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *json = NULL;
  g_autofree char *title = NULL;
  JsonArray *outlines, *kids;
  int status;

  if (qpdf == NULL)
    {
      g_test_skip ("qpdf is not installed");
      return;
    }
  legal_fixture_add_proofs (f);
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_pdf (f->session, file, NULL, NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
  g_assert_true (g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &json, NULL,
                               &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  outlines = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "outlines");
  g_assert_cmpuint (json_array_get_length (outlines), ==, 4);
  kids = json_object_get_array_member (json_array_get_object_element (outlines, 3), "kids");
  g_assert_cmpuint (json_array_get_length (kids), ==, file->exhibits->len);
  title = legal_fixture_make_plain (
      json_object_get_string_member (json_array_get_object_element (kids, 1), "title"));
  g_assert_cmpstr (title, ==, "Pièce n° 2 — Facture F-1");
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
test_workbook (LegalFixture *f, gconstpointer data)
{
  static const char *const names[]
      = { "Client", "Pièces", "Relances", "Règlements", "Intérêts", "Chronologie", "Bordereau" };
  g_autofree char *path = g_build_filename (f->folder, "book.xlsx", NULL);
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RubisImportWorkbook) book = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *items = NULL;
  g_autofree char *payments = NULL;
  g_autofree char *interest = NULL;
  g_autofree char *reminders = NULL;

  legal_fixture_add_proofs (f);
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_workbook (f->session, file, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
  book = rubis_import_workbook_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rubis_import_workbook_get_n_sheets (book), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (rubis_import_workbook_get_sheet_name (book, i), ==, names[i]);
  customer = dump (book, 0);
  items = dump (book, 1);
  reminders = dump (book, 2);
  payments = dump (book, 3);
  interest = dump (book, 4);
  legal_fixture_assert_has (customer, "t:Total|t:|n:13999.32\n");
  legal_fixture_assert_has (
      items, "t:F-1|t:FAC|t:|d:2026-03-01|d:2026-03-31|n:10000|n:10000|n:0|n:10000|n:749.29|n:40|d:"
             "2031-03-31|n:2\n");
  legal_fixture_assert_has (items, "t:Total|t:|t:|t:|t:|n:15500|n:13000|n:0|n:13000|n:919.32|n:80|t:|t:\n");
  legal_fixture_assert_has (reminders, "d:2026-10-09|t:Mise en demeure|t:F-1, F-2|n:6\n");
  legal_fixture_assert_has (payments, "|n:2500");
  legal_fixture_assert_has (interest, "t:F-1|d:2026-04-01|d:2026-06-30|n:91|n:9500|n:0.1215|n:287.77\n");
  legal_fixture_assert_has (interest,
                            "t:F-1|d:2026-07-01|d:2026-11-20|n:143|n:9500|n:0.124|n:461.52|n:749.29\n");
}

static void
test_zip (LegalFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "file.zip", NULL);
  const char *listing[] = { "python3", "-c",
                            "import sys, zipfile\n"
                            "z = zipfile.ZipFile (sys.argv[1])\n"
                            "assert z.testzip () is None\n"
                            "print (*sorted (i.filename for i in z.infolist ()), sep='\\n')\n",
                            path, NULL };
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  int status;

  legal_fixture_add_proofs (f);
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_zip (f->session, file, &n_pages, &error);
  g_assert_no_error (error);
  again = rubis_session_make_legal_zip (f->session, file, NULL, &error);
  g_assert_true (g_bytes_equal (bytes, again));
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
  g_spawn_sync (NULL, (char **)listing, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &names, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  legal_fixture_assert_has (names, "Dossier contentieux C1.pdf\n");
  legal_fixture_assert_has (names, "Dossier contentieux C1.xlsx\n");
  legal_fixture_assert_has (names, "Pièces/01 - Bon de commande 4471 (facture F-1).pdf\n");
  legal_fixture_assert_has (names, "Pièces/02 - Facture F-1.pdf\n");
  legal_fixture_assert_has (names, "Pièces/05 - Courriel du 11 mai 2026 - Votre facture échue.eml\n");
  legal_fixture_assert_has (names, "Pièces/05 - Courriel du 11 mai 2026 - Votre facture échue.pdf\n");
  legal_fixture_assert_has (names, "Pièces/08 - Plan abîmé.pdf\n");
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/legal-output/" name, LegalFixture, NULL, legal_fixture_set_up, func, legal_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pdf", test_pdf);
  ADD ("disputed", test_disputed);
  ADD ("bookmarks", test_bookmarks);
  ADD ("workbook", test_workbook);
  ADD ("zip", test_zip);
  return g_test_run ();
}
