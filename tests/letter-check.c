#include "letter-check.h"

#include "rubis-test.h"

#include <stdio.h>
#include <string.h>

static char *folder;

const char *
letter_check_folder (void)
{
  if (folder == NULL)
    folder = rubis_test_make_folder ();
  return folder;
}

void
letter_check_remove_folder (void)
{
  if (folder != NULL)
    rubis_test_remove_tree (folder);
  g_clear_pointer (&folder, g_free);
}

char *
letter_check_run (const char *program, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *found = g_find_program_in_path (program);
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  const char *argument;
  int status;
  va_list args;

  if (found == NULL)
    {
      g_test_skip_printf ("%s is not installed", program);
      return NULL;
    }
  g_ptr_array_add (arguments, (gpointer)program);
  va_start (args, program);
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer)argument);
  va_end (args);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **)arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &complaint,
                &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s: %s", program, complaint);
  g_assert_cmpint (status, ==, 0);
  return output;
}

char *
letter_check_save (GBytes *pdf, const char *name)
{
  char *path = g_build_filename (letter_check_folder (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  return path;
}

GBytes *
letter_check_draw (RubisDocument *document, guint *n_pages)
{
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr (RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr (GError) error = NULL;
  GBytes *pdf = rubis_letter_writer_write (writer, document, letterhead, NULL, n_pages, &error);

  g_assert_no_error (error);
  return pdf;
}

GBytes *
letter_check_draw_on (RubisDocument *document, const RubisLetterheadFacts *facts, guint *n_pages)
{
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisLetterhead) letterhead = rubis_letterhead_new (facts, &error);
  GBytes *pdf;

  g_assert_no_error (error);
  pdf = rubis_letter_writer_write (writer, document, letterhead, NULL, n_pages, &error);
  g_assert_no_error (error);
  return pdf;
}

static void
word_clear (gpointer data)
{
  g_free (((LetterWord *)data)->word);
}

GArray *
letter_check_read_words (const char *path)
{
  g_autofree char *html = letter_check_run ("pdftotext", "-bbox", path, "-", NULL);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (LetterWord));
  guint n_pages = 0;

  g_array_set_clear_func (words, word_clear);
  for (const char *p = html; p != NULL && (p = strchr (p, '<')) != NULL; p++)
    {
      LetterWord word = { 0 };
      const char *start;

      n_pages += g_str_has_prefix (p, "<page ");
      if (!g_str_has_prefix (p, "<word "))
        continue;
      g_assert_cmpint (sscanf (p, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &word.x1,
                               &word.y1, &word.x2, &word.y2),
                       ==, 4);
      word.page = n_pages - 1;
      start = strchr (p, '>') + 1;
      word.word = g_strndup (start, (gsize)(strchr (start, '<') - start));
      g_array_append_val (words, word);
    }
  return words;
}

/* Whether two words lie on each other, ascenders and descenders and side bearings left aside. */
static gboolean
overlap (const LetterWord *a, const LetterWord *b)
{
  double height = MIN (a->y2 - a->y1, b->y2 - b->y1);

  return MIN (a->x2, b->x2) - MAX (a->x1, b->x1) > 1 && MIN (a->y2, b->y2) - MAX (a->y1, b->y1) > height / 2;
}

void
letter_check_layout_of (GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *word = &g_array_index (words, LetterWord, i);

      if (word->x1 < 0 || word->x2 > 595.3 || word->y1 < 0 || word->y2 > 841.9)
        g_error ("%s leaves page %u: %.1f-%.1f %.1f-%.1f", word->word, word->page + 1, word->x1, word->x2,
                 word->y1, word->y2);
      for (guint j = i + 1; j < words->len; j++)
        {
          const LetterWord *other = &g_array_index (words, LetterWord, j);

          if (other->page != word->page)
            break;
          if (overlap (word, other))
            g_error ("page %u: %s lies on %s at %.1f %.1f", word->page + 1, word->word, other->word, word->x1,
                     word->y1);
        }
    }
}

guint
letter_check_layout (const char *path)
{
  g_autoptr (GArray) words = letter_check_read_words (path);

  letter_check_layout_of (words);
  return words->len;
}

RubisDocument *
letter_check_render (const char *body, const char *language, RubisDocumentContext *context)
{
  g_autofree char *text = g_strdup_printf ("---\nid: essai\nname: Essai\nlanguage: %s\nchannel: letter\n"
                                           "kind: reminder\nsubject: Essai\n---\n%s",
                                           language, body);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisTemplate) template = rubis_template_new (text, "essai.md", &error);
  RubisDocument *document;

  g_assert_no_error (error);
  document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, &error);
  g_assert_no_error (error);
  return document;
}

char *
letter_check_make_plain (const char *text)
{
  GString *plain = g_string_new (text);

  g_string_replace (plain, "\u00a0", " ", 0);
  g_string_replace (plain, "\u202f", " ", 0);
  return g_string_free (plain, FALSE);
}

RubisDocument *
letter_check_make_document (const char *name, guint n_items)
{
  g_autoptr (RubisDocumentContext) context
      = letter_fixture_context (g_str_has_prefix (name, "fr") ? "fr" : "en");

  if (n_items == 0)
    {
      letter_fixture_add_mixed_items (context);
      g_assert_true (rubis_document_context_complete (context, NULL));
    }
  else
    letter_fixture_add_items (context, n_items);
  return letter_fixture_render (name, context);
}
