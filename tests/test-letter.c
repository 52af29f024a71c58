/* The PDFs, judged by other people's programs: pdftotext, pdffonts, pdfinfo, qpdf, zbarimg. */
#include "letter-fixture.h"
#include "rubis-pdf.h"
#include "rubis-qr.h"
#include "rubis-test.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#define POINTS(mm) ((mm) *72.0 / 25.4)

static char *folder;

/* Runs a program and returns what it prints; NULL and the test skipped when it is not installed. */
static char *
run (const char *program, ...)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *found = g_find_program_in_path (program);
  g_autofree char *complaint = NULL;
  g_autoptr(GError) error = NULL;
  char *output = NULL;
  const char *argument;
  int status;
  va_list args;

  if (found == NULL)
    {
      g_test_skip_printf ("%s is not installed", program);
      return NULL;
    }
  g_ptr_array_add (arguments, (gpointer) program);
  va_start (args, program);
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (args);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output,
                &complaint, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s: %s", program, complaint);
  g_assert_cmpint (status, ==, 0);
  return output;
}

static char *
save (GBytes *pdf, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  return path;
}

static GBytes *
draw (RubisDocument *document, guint *n_pages)
{
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr(GError) error = NULL;
  GBytes *pdf = rubis_letter_writer_write (writer, document, letterhead, NULL, n_pages, &error);

  g_assert_no_error (error);
  return pdf;
}

/* @text with every kind of blank as a space: fonts share one glyph for them. */
static char *
make_plain (const char *text)
{
  GString *plain = g_string_new (text);

  g_string_replace (plain, "\u00a0", " ", 0);
  g_string_replace (plain, "\u202f", " ", 0);
  return g_string_free (plain, FALSE);
}

static RubisDocument *
make_document (const char *name, guint n_items)
{
  g_autoptr(RubisDocumentContext) context =
    letter_fixture_context (g_str_has_prefix (name, "fr") ? "fr" : "en");

  if (n_items == 0)
    {
      letter_fixture_add_mixed_items (context);
      g_assert_true (rubis_document_context_complete (context, NULL));
    }
  else
    letter_fixture_add_items (context, n_items);
  return letter_fixture_render (name, context);
}

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
  g_autoptr(RubisDocument) document = make_document ("fr/mise-en-demeure.md", 0);
  guint n_pages = 0;
  g_autoptr(GBytes) pdf = draw (document, &n_pages);
  g_autofree char *path = save (pdf, "content.pdf");
  g_autofree char *text = run ("pdftotext", "-layout", path, "-", NULL);
  g_autofree char *checked = run ("qpdf", "--check", path, NULL);
  g_autofree char *plain = NULL;

  g_assert_cmpuint (n_pages, ==, 2);
  if (text == NULL || checked == NULL)
    return;
  plain = make_plain (text);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_nonnull (strstr (plain, texts[i]));
    }
}

static void
test_metadata (void)
{
  g_autoptr(RubisDocument) document = make_document ("fr/relance-1-courrier.md", 3);
  g_autoptr(GBytes) pdf = draw (document, NULL);
  g_autofree char *path = save (pdf, "metadata.pdf");
  g_autofree char *info = run ("pdfinfo", "-isodates", path, NULL);
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

static void
test_fonts (void)
{
  g_autoptr(RubisDocument) document = make_document ("fr/mise-en-demeure.md", 0);
  g_autoptr(GBytes) pdf = draw (document, NULL);
  g_autofree char *path = save (pdf, "fonts.pdf");
  g_autofree char *output = run ("pdffonts", path, NULL);
  g_auto(GStrv) lines = output != NULL ? g_strsplit (output, "\n", -1) : NULL;
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
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr(RubisDocument) first = make_document ("fr/relance-4.md", 30);
  g_autoptr(RubisDocument) second = make_document ("fr/relance-4.md", 30);
  g_autoptr(RubisDocument) other = make_document ("en/releve.md", 0);
  g_autoptr(GBytes) one = rubis_letter_writer_write (writer, first, letterhead, NULL, NULL, NULL);
  g_autoptr(GBytes) between = rubis_letter_writer_write (writer, other, letterhead, NULL, NULL, NULL);
  g_autoptr(GBytes) two = rubis_letter_writer_write (writer, second, letterhead, NULL, NULL, NULL);
  g_autoptr(GBytes) three = draw (second, NULL);

  g_assert_nonnull (between);
  g_assert_true (g_bytes_equal (one, two));
  g_assert_true (g_bytes_equal (one, three));
}

typedef struct {
  RubisDocument *document;
  RubisLetterhead *letterhead;
} Work;

/* Twenty times the same letter with a writer of its own; its last bytes. */
static gpointer
write_in_thread (gpointer data)
{
  Work *work = data;
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
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
  g_autoptr(RubisDocument) document = make_document ("fr/mise-en-demeure.md", 0);
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr(GBytes) expected = draw (document, NULL);
  Work work = { document, letterhead };
  GThread *threads[3];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("letters", write_in_thread, &work);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr(GBytes) pdf = g_thread_join (threads[i]);

      g_assert_true (g_bytes_equal (pdf, expected));
    }
}

typedef struct {
  double x1, y1, x2, y2;
  char *word;
} Word;

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->word);
}

/* The words of the first page with their boxes, as pdftotext measures them. */
static GArray *
read_words (const char *path)
{
  g_autofree char *html = run ("pdftotext", "-f", "1", "-l", "1", "-bbox", path, "-", NULL);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *p = html;

  g_array_set_clear_func (words, word_clear);
  while (p != NULL && (p = strstr (p, "<word ")) != NULL)
    {
      Word word = { 0 };
      const char *start = strchr (p, '>') + 1;

      g_assert_cmpint (sscanf (p, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &word.x1,
                               &word.y1, &word.x2, &word.y2),
                       ==, 4);
      word.word = g_strndup (start, (gsize) (strchr (start, '<') - start));
      g_array_append_val (words, word);
      p = start;
    }
  return words;
}

/* The zone that shows in the window of DL and C5/6 envelopes wherever the sheet lies in them is
 * x 109–190, y 55–79 mm. All of the address stands in it, and nothing else stands around it.
 */
static void
check_window (const char *address, guint n_words)
{
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GArray) words = NULL;
  guint n_inside = 0;

  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS, address);
  letter_fixture_add_items (context, 2);
  document = letter_fixture_render ("fr/mise-en-demeure.md", context);
  pdf = draw (document, NULL);
  path = save (pdf, "window.pdf");
  words = read_words (path);
  if (words->len == 0)
    return;
  for (guint i = 0; i < words->len; i++)
    {
      const Word *word = &g_array_index (words, Word, i);

      /* Outside the clear zone x 100–200, y 45–85. */
      if (word->x2 < POINTS (100) || word->y2 < POINTS (45) || word->y1 > POINTS (85))
        continue;
      g_test_message ("%s %.1f-%.1f %.1f-%.1f mm", word->word, word->x1 * 25.4 / 72, word->x2 * 25.4 / 72,
                      word->y1 * 25.4 / 72, word->y2 * 25.4 / 72);
      g_assert_cmpfloat (word->x1, >=, POINTS (109.9));
      g_assert_cmpfloat (word->x2, <=, POINTS (190));
      g_assert_cmpfloat (word->y1, >=, POINTS (54.9));
      g_assert_cmpfloat (word->y2, <=, POINTS (79));
      n_inside++;
    }
  if (n_words > 0)
    g_assert_cmpuint (n_inside, ==, n_words);
  else
    g_assert_cmpuint (n_inside, >, 3);
}

static void
test_window (void)
{
  g_autofree char *long_name = g_strnfill (180, 'M');
  g_autofree char *endless = g_strconcat (long_name, "\n12 RUE A\n75001 PARIS", NULL);

  check_window ("SARL Boulangerie du Marché\n12 RUE DE L EGLISE\n69003 LYON", 11);
  check_window ("SAS Éclairage & Œuvres\nService comptabilité fournisseurs\nBâtiment C, 2e étage\n"
                "145 BIS BD DU GENERAL DE GAULLE\nBP 20345\n92100 BOULOGNE BILLANCOURT CEDEX",
                24);
  /* seven lines, abroad, the first so wide that it is broken in two */
  check_window ("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW\nb\nc\nd\ne\nf\nALLEMAGNE", 8);
  check_window ("a\nb\nc\nd\ne\nf\ng\nh\ni", 9);
  check_window (endless, 0);
  check_window (
    "Société dont la raison sociale est vraiment beaucoup trop longue pour tenir sur une seule ligne "
    "d’enveloppe\nשלום بناء\n😀 RUE\n75001 PARIS",
    0);
}

/* The dark runs of the left edge, in millimetres: the fold marks at 99 and 198, and nothing else. */
static void
test_folds (void)
{
  g_autoptr(RubisDocument) document = make_document ("fr/relance-1-courrier.md", 2);
  g_autoptr(GBytes) bytes = draw (document, NULL);
  g_autoptr(RubisPdf) pdf = rubis_pdf_new (bytes, NULL);
  double scale = 4;
  cairo_surface_t *surface = rubis_pdf_render_page (pdf, 0, scale, NULL);
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int x = (int) (POINTS (7) * scale);
  double found[8];
  guint n_found = 0;
  gboolean dark = FALSE;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      gboolean now = data[y * stride + x * 4 + 1] < 200;

      if (now && !dark && n_found < G_N_ELEMENTS (found))
        found[n_found++] = (y + 0.5) / scale * 25.4 / 72;
      dark = now;
    }
  cairo_surface_destroy (surface);
  g_assert_cmpuint (n_found, ==, 2);
  g_assert_cmpfloat_with_epsilon (found[0], 99, 0.3);
  g_assert_cmpfloat_with_epsilon (found[1], 198, 0.3);
}

/* The code on the page gives the payload back, to the byte. */
static void
check_qr (const char *payload, gsize length)
{
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *path = NULL;
  g_autofree char *png = g_build_filename (folder, "qr", NULL);
  g_autofree char *file = g_strconcat (png, ".png", NULL);
  g_autofree char *drawn = NULL;
  g_autofree char *decoded = NULL;

  rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_QR, payload);
  letter_fixture_add_items (context, 2);
  document = letter_fixture_render ("fr/relance-1-courrier.md", context);
  pdf = draw (document, NULL);
  path = save (pdf, "qr.pdf");
  drawn = run ("pdftoppm", "-r", "200", "-x", "1200", "-W", "400", "-gray", "-png", "-singlefile", path,
               png, NULL);
  if (drawn == NULL)
    return;
  decoded = run ("zbarimg", "--raw", "-q", "-Sbinary", "--oneshot", file, NULL);
  if (decoded == NULL)
    return;
  g_assert_cmpmem (decoded, MIN (strlen (decoded), length), payload, length);
}

static void
test_qr (void)
{
  g_autofree char *path = NULL;
  g_autoptr(JsonObject) root = NULL;
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
      g_autoptr(GError) error = NULL;

      if (!json_object_get_boolean_member (example, "valid") ||
          rubis_test_string (example, "payload_hex", NULL) == NULL ||
          strlen (payload) != (gsize) json_object_get_int_member (example, "bytes"))
        continue;
      g_test_message ("%s", rubis_test_string (example, "id", ""));
      modules = rubis_qr_to_string (payload, strlen (payload), &error);
      g_assert_no_error (error);
      g_assert_cmpint (strcspn (modules, "\n"), <=, json_object_get_int_member (example, "modules"));
      check_qr (payload, strlen (payload));
    }
}

static void
test_qr_too_long (void)
{
  g_autofree char *payload = g_strnfill (400, 'x');
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (FALSE);
  g_autoptr(GError) error = NULL;

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
  g_auto(GStrv) lines = g_strsplit (page, "\n", -1);

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
    sum += 100000 + 1001 * (gint64) i;
  return sum;
}

/* 300 invoices: every page carries forward what it and the pages before list, and the next one
 * starts with it.
 */
static void
test_many_pages (void)
{
  g_autoptr(RubisDocument) document = make_document ("fr/releve.md", 300);
  guint n_pages = 0;
  g_autoptr(GBytes) pdf = draw (document, &n_pages);
  g_autofree char *path = save (pdf, "many.pdf");
  g_autofree char *text = run ("pdftotext", "-layout", path, "-", NULL);
  g_autofree char *plain = text != NULL ? make_plain (text) : NULL;
  g_auto(GStrv) pages = plain != NULL ? g_strsplit (plain, "\f", -1) : NULL;
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
      g_autoptr(RubisDocument) document = make_document ("fr/relance-4.md", n);
      guint n_pages = 0;
      g_autoptr(GBytes) bytes = draw (document, &n_pages);
      g_autoptr(RubisPdf) pdf = rubis_pdf_new (bytes, NULL);

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
  const char *const values[] = { long_word,      "שלום עולם", "مؤسسة البناء الحديث",
                                 "😀👍🏽", "a\nb\nc",   "\u200f\u202e",
                                 "<&>" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autoptr(RubisDocument) document = NULL;
      g_autoptr(GBytes) bytes = NULL;
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
      bytes = draw (document, &n_pages);
      g_assert_cmpuint (n_pages, <=, 2);
      path = save (bytes, "awkward.pdf");
      checked = run ("qpdf", "--check", path, NULL);
    }
}

/* An email is shown without the paper around it; what is missing stands in red. */
static void
test_preview (void)
{
  g_autoptr(RubisTemplate) template = letter_fixture_template ("fr/relance-1.md");
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  RubisLetterOptions options = { .form = RUBIS_LETTER_FORM_PREVIEW };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(RubisPdf) pdf = NULL;
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
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr(RubisDocument) one = make_document ("fr/relance-1-courrier.md", 2);
  g_autoptr(RubisDocument) two = make_document ("fr/mise-en-demeure.md", 0);
  g_autoptr(GBytes) copy = draw (one, NULL);
  g_autofree char *path = g_build_filename (folder, "batch.pdf", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisPdf) pdf = NULL;
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
  plain = make_plain (fourth);
  g_assert_nonnull (strstr (plain, "Page 2/2"));
  checked = run ("qpdf", "--check", path, NULL);
}

static void
test_batch_errors (void)
{
  g_autoptr(RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (rubis_letter_writer_begin_batch (writer, "/nonexistent/folder/a.pdf", "x",
                                                   rubis_date_from_ymd (2026, 11, 2), &error));
  g_assert_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_DRAW);
  g_clear_error (&error);
  /* A batch that is given up leaves no file. */
  {
    g_autofree char *path = g_build_filename (folder, "given-up.pdf", NULL);
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
  g_autoptr(GBytes) broken = g_bytes_new_static ("not an image", 12);
  RubisLetterheadFacts facts = { .name = "A", .logo = broken };
  g_autoptr(GError) error = NULL;

  g_assert_null (rubis_letterhead_new (&facts, &error));
  g_assert_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_IMAGE);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = rubis_test_make_folder ();
  g_test_add_func ("/letter/content", test_content);
  g_test_add_func ("/letter/metadata", test_metadata);
  g_test_add_func ("/letter/fonts", test_fonts);
  g_test_add_func ("/letter/deterministic", test_deterministic);
  g_test_add_func ("/letter/threads", test_threads);
  g_test_add_func ("/letter/window", test_window);
  g_test_add_func ("/letter/folds", test_folds);
  g_test_add_func ("/letter/qr", test_qr);
  g_test_add_func ("/letter/qr-too-long", test_qr_too_long);
  g_test_add_func ("/letter/many-pages", test_many_pages);
  g_test_add_func ("/letter/page-ends", test_page_ends);
  g_test_add_func ("/letter/awkward-values", test_awkward_values);
  g_test_add_func ("/letter/preview", test_preview);
  g_test_add_func ("/letter/batch", test_batch);
  g_test_add_func ("/letter/batch-errors", test_batch_errors);
  g_test_add_func ("/letter/logo", test_logo);
  status = g_test_run ();
  rubis_test_remove_tree (folder);
  g_free (folder);
  return status;
}
