/* Templates that a user may write: read, filled for a preview, and written in all three ways. */
#include "fuzz.h"
#include "letter-fixture.h"

static RubisDocumentContext *
get_context (void)
{
  static RubisDocumentContext *context;

  if (context == NULL)
    {
      context = letter_fixture_context ("fr");
      letter_fixture_add_items (context, 3);
    }
  return context;
}

static void
write_all (RubisDocument *document)
{
  static RubisLetterWriter *writer;
  static RubisLetterhead *letterhead;
  g_autofree char *html = rubis_document_to_html (document, 0x2a4a6b);
  g_autofree char *text = rubis_document_to_text (document, 72);
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GError) error = NULL;
  guint n_pages = 0;

  if (writer == NULL)
    {
      writer = rubis_letter_writer_new ();
      letterhead = letter_fixture_letterhead (FALSE);
    }
  g_assert_true (g_utf8_validate (html, -1, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  pdf = rubis_letter_writer_write (writer, document, letterhead, NULL, &n_pages, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_pages, >, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *source = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisTemplate) template = rubis_template_new (source, "fuzz.md", &error);
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GPtrArray) warnings = NULL;

  g_assert_true ((template == NULL) == (error != NULL));
  if (template == NULL)
    return 0;
  warnings = rubis_template_lint (template);
  document = rubis_template_render (template, get_context (), RUBIS_RENDER_PREVIEW, &error);
  g_assert_true ((document == NULL) == (error != NULL));
  if (document != NULL)
    write_all (document);
  return 0;
}
