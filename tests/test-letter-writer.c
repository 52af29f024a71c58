/* What a writer is asked for besides one letter: batches, previews, several threads, errors. */
#include "letter-check.h"
#include "rubis-pdf-finish.h"
#include "rubis-pdf.h"
#include "rubis-test.h"

#include <string.h>

typedef struct
{
  RubisDocument *document;
  RubisLetterhead *letterhead;
} Work;

/* Twenty times the same letter with a writer of its own; its last bytes. */
static gpointer
write_in_thread (gpointer data)
{
  Work *work = data;
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  GBytes *pdf = NULL;

  for (int i = 0; i < 20; i++)
    {
      g_clear_pointer (&pdf, g_bytes_unref);
      pdf = rubis_letter_writer_write (writer, work->document, work->letterhead, NULL, NULL, NULL);
    }
  return pdf;
}

/* Threads share documents and letterheads, and take a writer each. */
static void
test_threads (void)
{
  g_autoptr (RubisDocument) document = letter_check_make_document ("fr/mise-en-demeure.md", 0);
  g_autoptr (RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr (GBytes) expected = letter_check_draw (document, NULL);
  Work work = { document, letterhead };
  GThread *threads[3];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("letters", write_in_thread, &work);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GBytes) pdf = g_thread_join (threads[i]);

      g_assert_true (g_bytes_equal (pdf, expected));
    }
}

/* An email is shown without the paper around it; what is missing stands in red. */
static void
test_preview (void)
{
  g_autoptr (RubisTemplate) template = letter_fixture_template ("fr/relance-1.md");
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisDocument) document = NULL;
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  RubisLetterOptions options = { .form = RUBIS_LETTER_FORM_PREVIEW };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  g_autofree char *text = NULL;
  guint n_pages = 0;

  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_IBAN, NULL);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS, NULL);
  letter_fixture_add_items (context, 2);
  document = rubis_template_render (template, context, RUBIS_RENDER_PREVIEW, NULL);
  bytes = rubis_letter_writer_write (writer, document, NULL, &options, &n_pages, NULL);
  pdf = rubis_pdf_new (bytes, NULL);
  text = rubis_pdf_dup_page_text (pdf, 0);
  g_assert_cmpuint (n_pages, ==, 1);
  g_assert_true (g_str_has_prefix (text, "Vos 2 factures échues\n"));
  g_assert_nonnull (strstr (text, "#MonIban"));
  g_assert_nonnull (strstr (text, "FA-2026-1000"));
  g_assert_null (strstr (text, "SIREN"));
  g_assert_null (strstr (text, "Page"));
}

static void
test_batch (void)
{
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr (RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr (RubisDocument) one = letter_check_make_document ("fr/relance-1-courrier.md", 2);
  g_autoptr (RubisDocument) two = letter_check_make_document ("fr/mise-en-demeure.md", 0);
  g_autoptr (GBytes) copy = letter_check_draw (one, NULL);
  g_autofree char *path = g_build_filename (letter_check_folder (), "batch.pdf", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  g_autofree char *second = NULL;
  g_autofree char *fourth = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *checked = NULL;
  RubisLetterOptions duplex = { .duplex = TRUE };
  guint pages[3] = { 0 };

  g_assert_true (rubis_letter_writer_begin_batch (writer, path, "Lettres du jour",
                                                  rubis_date_from_ymd (2026, 11, 2), &error));
  g_assert_true (rubis_letter_writer_append (writer, one, letterhead, &duplex, &pages[0], &error));
  g_assert_true (rubis_letter_writer_append (writer, two, letterhead, &duplex, &pages[1], &error));
  g_assert_true (rubis_letter_writer_append_pdf (writer, copy, &pages[2], &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (rubis_letter_writer_end_batch (writer, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (pages[0], ==, 1);
  g_assert_cmpuint (pages[1], ==, 2);
  g_assert_cmpuint (pages[2], ==, 1);
  pdf = rubis_pdf_new_from_file (path, &error);
  g_assert_no_error (error);
  /* one page and its empty back, two pages, the copy */
  g_assert_cmpuint (rubis_pdf_get_n_pages (pdf), ==, 5);
  second = rubis_pdf_dup_page_text (pdf, 1);
  fourth = rubis_pdf_dup_page_text (pdf, 3);
  g_assert_cmpstr (g_strstrip (second), ==, "");
  plain = letter_check_make_plain (fourth);
  g_assert_nonnull (strstr (plain, "Page 2/2"));
  checked = letter_check_run ("qpdf", "--check", path, NULL);
}

static void
test_batch_errors (void)
{
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (rubis_letter_writer_begin_batch (writer, "/nonexistent/folder/a.pdf", "x",
                                                   rubis_date_from_ymd (2026, 11, 2), &error));
  g_assert_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_DRAW);
  g_clear_error (&error);
  /* A batch that is given up leaves no file. */
  {
    g_autofree char *path = g_build_filename (letter_check_folder (), "given-up.pdf", NULL);
    g_autofree char *part = g_strconcat (path, ".part", NULL);

    g_assert_true (
        rubis_letter_writer_begin_batch (writer, path, "x", rubis_date_from_ymd (2026, 11, 2), &error));
    g_clear_pointer (&writer, rubis_letter_writer_free);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  }
}

static void
test_logo (void)
{
  g_autoptr (GBytes) broken = g_bytes_new_static ("not an image", 12);
  RubisLetterheadFacts facts = { .name = "A", .logo = broken };
  g_autoptr (GError) error = NULL;

  g_assert_null (rubis_letterhead_new (&facts, &error));
  g_assert_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_IMAGE);
}

/* Titles that neither XML nor PDF takes as they are: the file stays PDF/A, and its title what it was. */
static void
test_titles (void)
{
  static const struct
  {
    const char *name;
    const char *title;
  } cases[] = {
    { "Garçon & Cie <SARL> \"A\" (B) \\ ]]>", "Garçon & Cie <SARL> \"A\" (B) \\ ]]>" },
    { "a\x01\x1b\tb", "a   b" },
    { "שלום 😀 建設 )(", "שלום 😀 建設 )(" },
  };
  g_autofree char *check = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "tests", "pdfa-check.py", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autoptr (RubisTemplate) template
          = rubis_template_new ("---\nid: a\nname: A\nlanguage: fr\nchannel: letter\nkind: reminder\n"
                                "subject: Pour #NomClient\n---\nBonjour\n",
                                "a", NULL);
      g_autoptr (RubisDocument) document = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (RubisPdf) pdf = NULL;
      g_autofree char *path = NULL;
      g_autofree char *checked = NULL;
      g_autofree char *title = NULL;
      g_autofree char *expected = g_strconcat ("Pour ", cases[i].title, NULL);

      rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_NAME, cases[i].name);
      letter_fixture_add_items (context, 1);
      document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);
      bytes = letter_check_draw (document, NULL);
      path = letter_check_save (bytes, "title.pdf");
      pdf = rubis_pdf_new (bytes, NULL);
      title = rubis_pdf_dup_title (pdf);
      g_assert_cmpstr (title, ==, expected);
      checked = letter_check_run ("python3", check, path, NULL);
    }
}

/* What is not a file of Cairo's build, or a piece of one, is left as it is. */
static void
test_foreign_files (void)
{
  g_autoptr (RubisDocument) document = letter_check_make_document ("fr/relance-1-courrier.md", 2);
  g_autoptr (GBytes) whole = letter_check_draw (document, NULL);
  const RubisPdfFacts facts = { .language = "fr", .date = rubis_date_from_ymd (2026, 11, 2) };
  static const char *const texts[] = {
    "",
    "no PDF at all",
    "%PDF-1.4\nstartxref\n",
    "%PDF-1.4\n                                                        \nstartxref\n99999999\n%%EOF\n",
    "%PDF-1.4\n                                                        \nstartxref\n12\n%%EOF\n",
    "%PDF-1.4\nxref\n0 9\n                                           \ntrailer\nstartxref\n9\n%%EOF\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, (const guint8 *)texts[i], (guint)strlen (texts[i]));
      g_assert_false (rubis_pdf_finish (bytes, &facts));
      g_assert_cmpmem (bytes->data, bytes->len, texts[i], strlen (texts[i]));
    }
  /* cut off anywhere */
  for (gsize length = g_bytes_get_size (whole) - 1; length > g_bytes_get_size (whole) - 3000; length -= 37)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, g_bytes_get_data (whole, NULL), (guint)length);
      rubis_pdf_finish (bytes, &facts);
      g_assert_cmpuint (bytes->len, >=, length - 3000);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-writer/preview", test_preview);
  g_test_add_func ("/letter-writer/batch", test_batch);
  g_test_add_func ("/letter-writer/batch-errors", test_batch_errors);
  g_test_add_func ("/letter-writer/logo", test_logo);
  g_test_add_func ("/letter-writer/titles", test_titles);
  g_test_add_func ("/letter-writer/foreign-files", test_foreign_files);
  g_test_add_func ("/letter-writer/threads", test_threads);
  status = g_test_run ();
  letter_check_remove_folder ();
  return status;
}
