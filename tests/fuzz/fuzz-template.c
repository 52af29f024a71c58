/* Templates that a user may write: checked and scanned as an editor does, read, filled for a preview,
 * and written in all three ways.
 */
#include "fuzz.h"
#include "letter-fixture.h"
#include "rubis-template-check.h"

#include <string.h>

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

/* Every place lies within the text, on the line and column that it says. */
static void
check_place (const char *source, gsize offset, gsize length)
{
  g_assert_cmpuint (offset, <=, strlen (source));
  g_assert_cmpuint (length, <=, strlen (source) - offset);
  g_assert_true (((guchar) source[offset] & 0xc0) != 0x80 || !g_utf8_validate (source, -1, NULL));
}

static void
check_problems (const char *source, gboolean readable)
{
  g_autoptr(GPtrArray) problems = rubis_template_check (source, "fuzz.md", get_context ());
  gsize last = 0;

  g_assert_cmpint (rubis_template_has_errors (problems), ==, !readable);
  for (guint i = 0; i < problems->len; i++)
    {
      const RubisTemplateProblem *problem = g_ptr_array_index (problems, i);

      check_place (source, problem->offset, problem->length);
      g_assert_cmpuint (problem->offset, >=, last);
      last = problem->offset;
      g_assert_cmpuint (problem->line, >, 0);
      g_assert_cmpuint (problem->column, >, 0);
    }
}

static void
check_spans (const char *source)
{
  g_autoptr(GArray) spans = rubis_template_scan (source);
  gsize end = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const RubisTemplateSpan *span = &g_array_index (spans, RubisTemplateSpan, i);

      check_place (source, span->offset, span->length);
      g_assert_cmpuint (span->offset, >=, end);
      end = span->offset + span->length;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *source = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisTemplate) template = rubis_template_new (source, "fuzz.md", &error);
  g_autoptr(RubisDocument) document = NULL;

  g_assert_true ((template == NULL) == (error != NULL));
  check_problems (source, template != NULL);
  check_spans (source);
  if (template == NULL)
    return 0;
  document = rubis_template_render (template, get_context (), RUBIS_RENDER_PREVIEW, &error);
  g_assert_true ((document == NULL) == (error != NULL));
  if (document != NULL)
    write_all (document);
  return 0;
}
