/* Tables of ready-made cells on paper: wrapped, over pages, rows whole, amounts under each other. */
#include "letter-check.h"
#include "rubis-text-pages.h"

#include <stdlib.h>
#include <string.h>

#define N_ROWS 120
#define BODY                                                                                                 \
  "Voici le détail :\n\n#Chronologie\n\nNous vous prions d’agréer nos salutations.\n\n#MaSignature\n"

static RubisGrid *
make_grid (guint n_rows)
{
  RubisGrid *grid = rubis_grid_new ();
  gint64 sum = 0;
  g_autofree char *total = NULL;

  rubis_grid_add_column (grid, "Pièce", RUBIS_GRID_CENTER, 1);
  rubis_grid_add_column (grid, "Événement", RUBIS_GRID_LEFT, 6);
  rubis_grid_add_column (grid, "Remarque", RUBIS_GRID_LEFT, 2);
  rubis_grid_add_column (grid, "Montant", RUBIS_GRID_RIGHT, 1);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *number = g_strdup_printf ("n%u", i + 1);
      g_autofree char *event = g_strdup_printf (
          "début%u du courrier recommandé présenté puis avisé au bureau de poste sans être "
          "réclamé dans le délai par le destinataire fin%u",
          i + 1, i + 1);
      g_autofree char *amount = g_strdup_printf ("%u,00", 100 + i);
      const char *cells[] = { number, i % 3 == 0 ? event : "Appel\nsans réponse",
                              i % 5 == 0 ? NULL : "voir l’annexe", amount };

      sum += 100 + i;
      rubis_grid_add_row (grid, cells);
    }
  total = g_strdup_printf ("%" G_GINT64_FORMAT ",00", sum);
  rubis_grid_add_total (grid, (const char *[]){ "", "Total général", NULL, total });
  return grid;
}

static char *
draw (RubisGrid *grid, const char *name, guint *n_pages)
{
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisDocument) document = NULL;
  g_autoptr (GBytes) pdf = NULL;

  rubis_document_context_set_grid (context, RUBIS_HASHTAG_CHRONOLOGY, grid);
  letter_fixture_add_items (context, 1);
  document = letter_check_render (BODY, "fr", context);
  pdf = letter_check_draw (document, n_pages);
  return letter_check_save (pdf, name);
}

static const LetterWord *
find_word (GArray *words, const char *text)
{
  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *word = &g_array_index (words, LetterWord, i);

      if (strcmp (word->word, text) == 0)
        return word;
    }
  return NULL;
}

static guint
count_on_page (GArray *words, guint page, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *word = &g_array_index (words, LetterWord, i);

      n += word->page == page && strcmp (word->word, text) == 0;
    }
  return n;
}

/* Row by row: all of it on one page, its amount at the same right edge, the headings on every page that
 * has rows, the total under a row.
 */
static void
test_pages (void)
{
  g_autoptr (RubisGrid) grid = make_grid (N_ROWS);
  guint n_pages = 0;
  g_autofree char *path = draw (grid, "grid.pdf", &n_pages);
  g_autoptr (GArray) words = letter_check_read_words (path);
  const LetterWord *total;
  const LetterWord *signature;
  double right = 0;
  guint page = 0;

  if (letter_check_layout (path) == 0)
    return;
  g_assert_cmpuint (n_pages, >=, 4);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *number = g_strdup_printf ("n%u", i + 1);
      g_autofree char *amount = g_strdup_printf ("%u,00", 100 + i);
      const LetterWord *first = find_word (words, number);
      const LetterWord *last = find_word (words, amount);

      g_test_message ("%s", number);
      g_assert_nonnull (first);
      g_assert_nonnull (last);
      g_assert_cmpuint (first->page, ==, last->page);
      g_assert_cmpfloat_with_epsilon (first->y1, last->y1, 0.2);
      if (right > 0)
        g_assert_cmpfloat_with_epsilon (last->x2, right, 0.2);
      right = last->x2;
      if (i % 3 == 0)
        {
          g_autofree char *start = g_strdup_printf ("début%u", i + 1);
          g_autofree char *end = g_strdup_printf ("fin%u", i + 1);

          g_assert_cmpuint (find_word (words, start)->page, ==, first->page);
          g_assert_cmpuint (find_word (words, end)->page, ==, first->page);
          g_assert_cmpfloat (find_word (words, end)->y1, >, first->y2);
        }
      page = first->page;
    }
  for (guint i = 0; i <= page; i++)
    {
      g_assert_cmpuint (count_on_page (words, i, "Événement"), ==, 1);
      g_assert_cmpuint (count_on_page (words, i, "Montant"), ==, 1);
    }
  total = find_word (words, "général");
  g_assert_nonnull (total);
  g_assert_cmpuint (total->page, ==, page);
  g_assert_cmpfloat_with_epsilon (find_word (words, "19140,00")->x2, right, 0.2);
  signature = find_word (words, "Delaunay");
  g_assert_nonnull (signature);
  g_assert_cmpuint (count_on_page (words, signature->page, "salutations."), ==, 1);
}

/* Wherever the page ends: a heading never stands without a row, nor a total. */
static void
test_page_ends (void)
{
  for (guint n = 1; n <= 60; n += 3)
    {
      g_autoptr (RubisGrid) grid = make_grid (n);
      guint n_pages = 0;
      g_autofree char *path = draw (grid, "grid-ends.pdf", &n_pages);
      g_autoptr (GArray) words = letter_check_read_words (path);

      if (words->len == 0)
        return;
      g_test_message ("%u rows", n);
      for (guint page = 0; page < n_pages; page++)
        {
          guint n_rows = 0;

          for (guint i = 0; i < words->len; i++)
            {
              const LetterWord *word = &g_array_index (words, LetterWord, i);

              n_rows += word->page == page && word->word[0] == 'n' && atoi (word->word + 1) > 0;
            }
          g_assert_cmpuint (count_on_page (words, page, "Montant"), ==, n_rows > 0 ? 1 : 0);
          if (count_on_page (words, page, "général") > 0)
            g_assert_cmpuint (n_rows, >, 0);
        }
    }
}

/* A cell longer than a page goes over pages, all of its words once. */
static void
test_endless_cell (void)
{
  g_autoptr (RubisGrid) grid = rubis_grid_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_pages = 0;
  g_autofree char *path = NULL;
  g_autoptr (GArray) words = NULL;

  rubis_grid_add_column (grid, "Date", RUBIS_GRID_LEFT, 1);
  rubis_grid_add_column (grid, "Message", RUBIS_GRID_LEFT, 4);
  for (guint i = 1; i <= 1500; i++)
    g_string_append_printf (text, "mot%u ", i);
  rubis_grid_add_row (grid, (const char *[]){ "2 mars", text->str });
  rubis_grid_add_row (grid, (const char *[]){ "3 mars", "dernier" });
  path = draw (grid, "endless.pdf", &n_pages);
  if (letter_check_layout (path) == 0)
    return;
  words = letter_check_read_words (path);
  g_assert_cmpuint (n_pages, >=, 3);
  for (guint i = 1; i <= 1500; i++)
    {
      g_autofree char *word = g_strdup_printf ("mot%u", i);

      g_assert_nonnull (find_word (words, word));
    }
  g_assert_nonnull (find_word (words, "dernier"));
}

/* Many columns, words without a blank, amounts wider than the paper: nothing leaves its column. */
static void
test_narrow (void)
{
  g_autofree char *long_word = g_strnfill (200, 'x');
  g_autoptr (RubisGrid) many = rubis_grid_new ();
  g_autoptr (RubisGrid) wide = rubis_grid_new ();
  g_autofree char *path = NULL;
  g_autofree char *second = NULL;
  const char *cells[9];

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      rubis_grid_add_column (many, "Désignation", i % 2 == 0 ? RUBIS_GRID_LEFT : RUBIS_GRID_RIGHT, 1);
      cells[i] = i % 2 == 0 ? "antidisestablishmentarianism quotidien" : "123 456 789,00";
    }
  rubis_grid_add_row (many, cells);
  cells[0] = long_word;
  rubis_grid_add_row (many, cells);
  path = draw (many, "narrow.pdf", NULL);
  letter_check_layout (path);
  for (guint i = 0; i < 3; i++)
    {
      rubis_grid_add_column (wide, "", RUBIS_GRID_RIGHT, 1);
      cells[i] = long_word;
    }
  rubis_grid_add_row (wide, cells);
  second = draw (wide, "wide.pdf", NULL);
  letter_check_layout (second);
}

/* The table of an email, made by spaces, has its amounts under each other on paper too. */
static void
test_text_table (void)
{
  const RubisTextPages text = { .title = "Relance",
                                .body = "Bonjour,\r\n\r\nFacture        Montant\r\nFA-illi-1     1 111,11\r\n"
                                        "FA-WWWW-2         8,88\r\n\r\nCordialement\r\n",
                                .date = rubis_date_from_ymd (2026, 11, 20),
                                .language = "fr" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = rubis_text_pages_draw (&text, NULL, &error);
  g_autofree char *path = NULL;
  g_autoptr (GArray) words = NULL;
  const LetterWord *first;
  const LetterWord *second;

  g_assert_no_error (error);
  path = letter_check_save (pdf, "text-table.pdf");
  words = letter_check_read_words (path);
  if (words->len == 0)
    return;
  first = find_word (words, "111,11");
  second = find_word (words, "8,88");
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_cmpfloat_with_epsilon (first->x2, second->x2, 0.1);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-grid/pages", test_pages);
  g_test_add_func ("/letter-grid/page-ends", test_page_ends);
  g_test_add_func ("/letter-grid/endless-cell", test_endless_cell);
  g_test_add_func ("/letter-grid/narrow", test_narrow);
  g_test_add_func ("/letter-grid/text-table", test_text_table);
  status = g_test_run ();
  letter_check_remove_folder ();
  return status;
}
