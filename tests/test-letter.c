/* The PDFs, judged by other people's programs: pdftotext, pdffonts, pdfinfo, qpdf, zbarimg. */
#include "letter-check.h"
#include "rubis-pdf.h"
#include "rubis-barcode.h"
#include "rubis-test.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

/* Everything the document says can be found in the PDF, and the file is sound. */
static void
test_content (void)
{
  static const char *const texts[] = {
    "Ateliers Vasseur & Fils",
    "SAS au capital de 50 000 €",
    "SIREN 732 829 320",
    "RCS Lyon",
    "FR44732829320",
    "Menuiserie Garçon & Cie",
    "Lyon, le 2 novembre 2026",
    "Objet : Mise en demeure de payer",
    "FA-2026-0107",
    "12 000,00",
    "8 450,50",
    "181,20",
    "40,00",
    "−360,00",
    "Avoir AV-2026-0009",
    "−500,00",
    "15 048,50",
    "1 200,00",
    "244,54",
    "160,00",
    "14 253,04 €",
    "63 j",
    "31/08/2026",
    "sauf à parfaire",
    "FR76 3000 6000 0112 3456 7890 189",
    "AGRIFRPP",
    "n° 2C 921 742 1809 1",
    "Lettre recommandée avec avis de réception",
    "Page 1/2",
    "Page 2/2",
    "Claire Delaunay",
    "Directrice administrative et financière",
    "relevé de compte",
  };
  g_autoptr (RubisDocument) document = letter_check_make_document ("fr/mise-en-demeure.md", 0);
  guint n_pages = 0;
  g_autoptr (GBytes) pdf = letter_check_draw (document, &n_pages);
  g_autofree char *path = letter_check_save (pdf, "content.pdf");
  g_autofree char *text = letter_check_run ("pdftotext", "-layout", path, "-", NULL);
  g_autofree char *checked = letter_check_run ("qpdf", "--check", path, NULL);
  g_autofree char *plain = NULL;

  g_assert_cmpuint (n_pages, ==, 2);
  if (text == NULL || checked == NULL)
    return;
  plain = letter_check_make_plain (text);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_nonnull (strstr (plain, texts[i]));
    }
}

static void
test_metadata (void)
{
  g_autoptr (RubisDocument) document = letter_check_make_document ("fr/relance-1-courrier.md", 3);
  g_autoptr (GBytes) pdf = letter_check_draw (document, NULL);
  g_autofree char *path = letter_check_save (pdf, "metadata.pdf");
  g_autofree char *info = letter_check_run ("pdfinfo", "-isodates", path, NULL);
  const char *created;

  if (info == NULL)
    return;
  g_assert_nonnull (strstr (info, "Vos factures échues\n"));
  g_assert_nonnull (strstr (info, "Ateliers Vasseur & Fils\n"));
  g_assert_nonnull (strstr (info, "(A4)"));
  created = strstr (info, "2026-11-02T00:00:00Z");
  g_assert_nonnull (created);
  g_assert_nonnull (strstr (created + 1, "2026-11-02T00:00:00Z"));
  g_assert_nonnull (memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), "/Lang (fr)", 10));
}

/* A screen reader is told what the parts are, in the order of reading. */
static void
test_structure (void)
{
  static const char *const parts[] = {
    "Document\n",      "Figure",          "  P (block)\n",    "Menuiserie Garçon", "  H1 (block)\n",
    "Mise en demeure", "  L (block)\n",   "    LI (block)\n", "  Table",           "    TR",
    "      TH",        "Échéance",        "      TD",         "FA-2026-0107",      "FR76",
    "Figure",          "Claire Delaunay", "relevé de compte",
  };
  g_autoptr (RubisDocument) document = letter_check_make_document ("fr/mise-en-demeure.md", 0);
  g_autoptr (GBytes) pdf = letter_check_draw (document, NULL);
  g_autofree char *path = letter_check_save (pdf, "structure.pdf");
  g_autofree char *info = letter_check_run ("pdfinfo", path, NULL);
  g_autofree char *structure = letter_check_run ("pdfinfo", "-struct-text", path, NULL);
  g_autofree char *plain = structure != NULL ? letter_check_make_plain (structure) : NULL;
  const char *at = plain;

  if (info == NULL || plain == NULL)
    return;
  g_assert_nonnull (strstr (info, "Tagged:          yes"));
  g_assert_true (g_str_has_prefix (plain, "Document\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_test_message ("%s", parts[i]);
      at = strstr (at, parts[i]);
      g_assert_nonnull (at);
    }
}

static void
test_fonts (void)
{
  g_autoptr (RubisDocument) document = letter_check_make_document ("fr/mise-en-demeure.md", 0);
  g_autoptr (GBytes) pdf = letter_check_draw (document, NULL);
  g_autofree char *path = letter_check_save (pdf, "fonts.pdf");
  g_autofree char *output = letter_check_run ("pdffonts", path, NULL);
  g_auto (GStrv) lines = output != NULL ? g_strsplit (output, "\n", -1) : NULL;
  guint n_fonts = 0;

  if (output == NULL)
    return;
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      /* name, type, encoding, then whether embedded, subset and with a map to Unicode */
      g_test_message ("%s", lines[i]);
      g_assert_nonnull (strstr (lines[i], " yes yes yes "));
      n_fonts++;
    }
  g_assert_cmpuint (n_fonts, >=, 2);
}

static void
test_deterministic (void)
{
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr (RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr (RubisDocument) first = letter_check_make_document ("fr/relance-4.md", 30);
  g_autoptr (RubisDocument) second = letter_check_make_document ("fr/relance-4.md", 30);
  g_autoptr (RubisDocument) other = letter_check_make_document ("en/releve.md", 0);
  g_autoptr (GBytes) one = rubis_letter_writer_write (writer, first, letterhead, NULL, NULL, NULL);
  g_autoptr (GBytes) between = rubis_letter_writer_write (writer, other, letterhead, NULL, NULL, NULL);
  g_autoptr (GBytes) two = rubis_letter_writer_write (writer, second, letterhead, NULL, NULL, NULL);
  g_autoptr (GBytes) three = letter_check_draw (second, NULL);

  g_assert_nonnull (between);
  g_assert_true (g_bytes_equal (one, two));
  g_assert_true (g_bytes_equal (one, three));
}

/* The code on the page gives the payload back, to the byte. */
static void
check_qr (const char *payload, gsize length)
{
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisDocument) document = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *path = NULL;
  g_autofree char *png = g_build_filename (letter_check_folder (), "qr", NULL);
  g_autofree char *file = g_strconcat (png, ".png", NULL);
  g_autofree char *drawn = NULL;
  g_autofree char *decoded = NULL;

  rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_QR, payload);
  letter_fixture_add_items (context, 2);
  document = letter_fixture_render ("fr/relance-1-courrier.md", context);
  pdf = letter_check_draw (document, NULL);
  path = letter_check_save (pdf, "qr.pdf");
  drawn = letter_check_run ("pdftoppm", "-r", "200", "-x", "1200", "-W", "400", "-gray", "-png",
                            "-singlefile", path, png, NULL);
  if (drawn == NULL)
    return;
  decoded = letter_check_run ("zbarimg", "--raw", "-q", "-Sbinary", "--oneshot", file, NULL);
  if (decoded == NULL)
    return;
  g_assert_cmpmem (decoded, MIN (strlen (decoded), length), payload, length);
}

static void
test_qr (void)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonArray *examples;

  check_qr (LETTER_FIXTURE_QR, strlen (LETTER_FIXTURE_QR));
  path = rubis_test_shared ("domain/epc-qr-examples.json");
  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  examples = json_object_get_array_member (root, "examples");
  for (guint i = 0; i < json_array_get_length (examples); i++)
    {
      JsonObject *example = json_array_get_object_element (examples, i);
      const char *payload = rubis_test_string (example, "payload", NULL);
      g_autofree char *modules = NULL;
      g_autoptr (GError) error = NULL;

      if (!json_object_get_boolean_member (example, "valid")
          || rubis_test_string (example, "payload_hex", NULL) == NULL
          || strlen (payload) != (gsize)json_object_get_int_member (example, "bytes"))
        continue;
      g_test_message ("%s", rubis_test_string (example, "id", ""));
      modules = rubis_barcode_qr_to_string (payload, strlen (payload), &error);
      g_assert_no_error (error);
      g_assert_cmpint (strcspn (modules, "\n"), <=, json_object_get_int_member (example, "modules"));
      check_qr (payload, strlen (payload));
    }
}

/* The bar code beside a registered number says the number; without a number there is none. */
static void
test_barcode (void)
{
  static const struct
  {
    const char *number;
    const char *code;
  } cases[] = {
    { "2C 921 742 1809 1", "2C92174218091\n" },
    { "rr 347 017 466 fr", "RR347017466FR\n" },
    /* a wrong check digit is printed as it is known */
    { "1A 200 000 0000 5", "1A20000000005\n" },
    { "voir le dossier", "" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases) * RUBIS_N_ADDRESS_POSITIONS; i++)
    {
      g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autoptr (RubisDocument) document = NULL;
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *path = NULL;
      g_autofree char *png = g_build_filename (letter_check_folder (), "barcode", NULL);
      g_autofree char *file = g_strconcat (png, ".png", NULL);
      g_autofree char *drawn = NULL;
      g_autofree char *decoded = NULL;
      RubisLetterheadFacts facts;

      letter_fixture_fill_facts (&facts);
      facts.position = i % RUBIS_N_ADDRESS_POSITIONS;
      rubis_document_context_set_text (context, RUBIS_HASHTAG_REGISTERED_NUMBER,
                                       cases[i / RUBIS_N_ADDRESS_POSITIONS].number);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_QR, NULL);
      letter_fixture_add_items (context, 2);
      document = letter_fixture_render ("fr/mise-en-demeure.md", context);
      pdf = letter_check_draw_on (document, &facts, NULL);
      path = letter_check_save (pdf, "barcode.pdf");
      letter_check_layout (path);
      drawn = letter_check_run ("pdftoppm", "-r", "200", "-f", "1", "-l", "1", "-gray", "-png", "-singlefile",
                                path, png, NULL);
      if (drawn == NULL)
        return;
      decoded = letter_check_run ("sh", "-c", "zbarimg --raw -q \"$0\" || test $? = 4", file, NULL);
      g_assert_cmpstr (decoded, ==, cases[i / RUBIS_N_ADDRESS_POSITIONS].code);
    }
}

static void
test_qr_too_long (void)
{
  g_autofree char *payload = g_strnfill (400, 'x');
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisDocument) document = NULL;
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr (RubisLetterhead) letterhead = letter_fixture_letterhead (FALSE);
  g_autoptr (GError) error = NULL;

  rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_QR, payload);
  letter_fixture_add_items (context, 1);
  document = letter_fixture_render ("fr/relance-1-courrier.md", context);
  g_assert_null (rubis_letter_writer_write (writer, document, letterhead, NULL, NULL, &error));
  g_assert_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_QR);
}

/* The last number of the line of a page that starts with @label, in cents; -1 when there is none. */
static gint64
read_sum (const char *page, const char *label)
{
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      gint64 cents = 0;

      if (!g_str_has_prefix (line, label))
        continue;
      for (const char *p = line + strlen (label); *p != '\0'; p++)
        cents = g_ascii_isdigit (*p) ? cents * 10 + (*p - '0') : cents;
      return cents;
    }
  return -1;
}

static gint64
sum_items (guint n)
{
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    sum += 100000 + 1001 * (gint64)i;
  return sum;
}

/* 300 invoices: every page carries forward what it and the pages before list, and the next one
 * starts with it.
 */
static void
test_many_pages (void)
{
  g_autoptr (RubisDocument) document = letter_check_make_document ("fr/releve.md", 300);
  guint n_pages = 0;
  g_autoptr (GBytes) pdf = letter_check_draw (document, &n_pages);
  g_autofree char *path = letter_check_save (pdf, "many.pdf");
  g_autofree char *text = letter_check_run ("pdftotext", "-layout", path, "-", NULL);
  g_autofree char *plain = text != NULL ? letter_check_make_plain (text) : NULL;
  g_auto (GStrv) pages = plain != NULL ? g_strsplit (plain, "\f", -1) : NULL;
  guint n_listed = 0;

  if (text == NULL)
    return;
  g_assert_cmpuint (n_pages, >=, 7);
  g_assert_cmpuint (g_strv_length (pages), ==, n_pages + 1);
  for (guint page = 0; page < n_pages; page++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u/%u", page + 1, n_pages);
      gint64 brought = read_sum (pages[page], "Report");
      gint64 carried = read_sum (pages[page], "À reporter");

      g_test_message ("page %u", page + 1);
      g_assert_nonnull (strstr (pages[page], number));
      if (page > 0)
        g_assert_cmpint (brought, ==, sum_items (n_listed));
      for (const char *p = pages[page]; (p = strstr (p, "FA-2026-")) != NULL; p++)
        n_listed++;
      if (n_listed < 300)
        {
          g_assert_cmpint (carried, ==, sum_items (n_listed));
          g_assert_nonnull (strstr (pages[page], "Échéance"));
        }
    }
  g_assert_cmpuint (n_listed, ==, 300);
  g_assert_cmpint (read_sum (pages[n_pages - 1], "Total EUR"), ==, sum_items (300));
}

/* For any number of rows: the signature comes with text, the total with a row, no page is empty. */
static void
test_page_ends (void)
{
  for (guint n = 1; n <= 60; n++)
    {
      g_autoptr (RubisDocument) document = letter_check_make_document ("fr/relance-4.md", n);
      guint n_pages = 0;
      g_autoptr (GBytes) bytes = letter_check_draw (document, &n_pages);
      g_autoptr (RubisPdf) pdf = rubis_pdf_new (bytes, NULL);

      g_test_message ("%u items", n);
      g_assert_cmpuint (rubis_pdf_get_n_pages (pdf), ==, n_pages);
      for (guint page = 0; page < n_pages; page++)
        {
          g_autofree char *text = rubis_pdf_dup_page_text (pdf, page);

          if (strstr (text, "Directrice administrative") != NULL)
            g_assert_nonnull (strstr (text, "échéancier"));
          if (strstr (text, "Total EUR") != NULL)
            g_assert_nonnull (strstr (text, "FA-2026-"));
          if (strstr (text, "Pièces jointes") != NULL)
            g_assert_nonnull (strstr (text, "relevé de compte"));
          g_assert_cmpuint (strlen (text), >, 250);
        }
    }
}

/* Names that fill a line, other scripts, nothing where something was expected. */
static void
test_awkward_values (void)
{
  g_autofree char *long_word = g_strnfill (300, 'x');
  const char *const values[]
      = { long_word, "שלום עולם", "مؤسسة البناء الحديث", "😀👍🏽", "a\nb\nc", "\u200f\u202e", "<&>" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autoptr (RubisDocument) document = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *path = NULL;
      g_autofree char *checked = NULL;
      RubisDocumentItem item = { values[i] };
      guint n_pages = 0;

      item.order_ref = values[i];
      item.currency = RUBIS_CURRENCY_EUR;
      item.days_late = 10;
      item.total = item.open = G_GINT64_CONSTANT (123456789012345);
      rubis_document_context_add_item (context, &item);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_USER_NAME, values[i]);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_CODE, values[i]);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_CITY, values[i]);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_REFERENCE, values[i]);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_USER_ROLE, NULL);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_BIC, NULL);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_QR, NULL);
      g_assert_true (rubis_document_context_complete (context, NULL));
      document = letter_fixture_render ("fr/relance-4.md", context);
      bytes = letter_check_draw (document, &n_pages);
      g_assert_cmpuint (n_pages, <=, 2);
      path = letter_check_save (bytes, "awkward.pdf");
      checked = letter_check_run ("qpdf", "--check", path, NULL);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/content", test_content);
  g_test_add_func ("/letter/metadata", test_metadata);
  g_test_add_func ("/letter/structure", test_structure);
  g_test_add_func ("/letter/fonts", test_fonts);
  g_test_add_func ("/letter/deterministic", test_deterministic);
  g_test_add_func ("/letter/qr", test_qr);
  g_test_add_func ("/letter/barcode", test_barcode);
  g_test_add_func ("/letter/qr-too-long", test_qr_too_long);
  g_test_add_func ("/letter/many-pages", test_many_pages);
  g_test_add_func ("/letter/page-ends", test_page_ends);
  g_test_add_func ("/letter/awkward-values", test_awkward_values);
  status = g_test_run ();
  letter_check_remove_folder ();
  return status;
}
