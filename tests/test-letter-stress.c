/* What no sensible dossier holds, and some do: nothing leaves the page, nothing lies on other things, no
 * heading, total or signature stands alone, and sums carried forward are right to the cent.
 */
#include "letter-check.h"
#include "rubis-format.h"
#include "rubis-pdf.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <stdlib.h>
#include <string.h>

static const RubisCurrency currencies[] = { { "EUR" }, { "CHF" }, { "JPY" } };

#define N_SUMS 3

/* The figures of @text as one number. */
static gint64
read_figures (const char *text)
{
  gint64 value = 0;
  gboolean negative = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_ascii_isdigit (*p))
        value = value * 10 + (*p - '0');
      negative = negative || g_utf8_get_char (p) == 0x2212 || *p == '-';
    }
  return negative ? -value : value;
}

static int
compare_right (gconstpointer a, gconstpointer b)
{
  const LetterWord *const *first = a;
  const LetterWord *const *second = b;

  return (*first)->x2 < (*second)->x2 ? 1 : -1;
}

/* The amount number @from_right of the line that starts with @label on a page; G_MAXINT64 when there is no
 * such line. The groups of its figures are words that stand close together.
 */
static gint64
read_sum (GArray *words, guint page, const char *label, guint from_right)
{
  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *word = &g_array_index (words, LetterWord, i);
      g_autoptr (GPtrArray) line = g_ptr_array_new ();
      g_autoptr (GString) amount = g_string_new (NULL);

      if (word->page != page || strcmp (word->word, label) != 0)
        continue;
      for (guint j = 0; j < words->len; j++)
        {
          LetterWord *next = &g_array_index (words, LetterWord, j);

          if (next->page == page && ABS (next->y1 - word->y1) < 2)
            g_ptr_array_add (line, next);
        }
      g_ptr_array_sort (line, compare_right);
      for (guint j = 0, column = 0; j < line->len; j++)
        {
          const LetterWord *piece = line->pdata[j];

          column += j > 0 && ((LetterWord *)line->pdata[j - 1])->x1 - piece->x2 > 4;
          if (column == from_right)
            g_string_prepend (amount, piece->word);
        }
      return read_figures (amount->str);
    }
  return G_MAXINT64;
}

static void
add_items (RubisDocumentContext *context)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *number = g_strdup_printf ("FA%03u", i);
      g_autofree char *reference = g_strdup_printf ("marché 2026/%04u lot %u bon de commande", i, i % 7);
      RubisDocumentItem item = { number };

      item.order_ref = reference;
      item.issue_date = rubis_document_context_get_date (context) - 60;
      item.due_date = item.issue_date + 30;
      item.days_late = 30;
      item.level = 2;
      item.currency = currencies[i / 100];
      item.total = item.open = i % 10 == 9 ? -5013 : 12345 + 1001 * (gint64)i;
      item.type = i % 10 == 9 ? RUBIS_ITEM_CREDIT : RUBIS_ITEM_INVOICE;
      item.penalty = i % 10 == 9 ? 0 : 201 + i;
      item.indemnity = i % 10 == 9 ? 0 : 4000;
      item.selected = TRUE;
      rubis_document_context_add_item (context, &item);
    }
}

/* 100 items in each of three currencies, with penalties and long references: every page's sum is that of the
 * rows listed so far in its currency.
 */
static void
test_currencies (void)
{
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisDocument) document = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GArray) words = NULL;
  /* Indemnities, penalties and open amounts, as they stand from the right. */
  gint64 listed[G_N_ELEMENTS (currencies)][N_SUMS] = { { 0 } };
  guint n_listed = 0, n_carried = 0, n_brought = 0, n_pages = 0;

  add_items (context);
  g_assert_true (rubis_document_context_complete (context, NULL));
  document = letter_check_render (
      "Bonjour,\n\n#ListeSelection_AvecPenalites\n\nCordialement.\n\n#MaSignature\n", "fr", context);
  pdf = letter_check_draw (document, &n_pages);
  path = letter_check_save (pdf, "currencies.pdf");
  if (letter_check_layout (path) == 0)
    return;
  words = letter_check_read_words (path);
  g_assert_cmpuint (n_pages, >=, 9);
  for (guint page = 0; page < n_pages; page++)
    {
      guint before = n_listed;

      if (read_sum (words, page, "Report", 0) != G_MAXINT64)
        {
          for (guint sum = 0; sum < N_SUMS; sum++)
            g_assert_cmpint (read_sum (words, page, "Report", sum), ==, listed[n_listed / 100][sum]);
          n_brought++;
        }
      for (guint i = 0; i < words->len; i++)
        {
          const LetterWord *word = &g_array_index (words, LetterWord, i);
          gint64 *sums = listed[n_listed / 100];
          gboolean credit = n_listed % 10 == 9;

          if (word->page != page || !g_str_has_prefix (word->word, "FA") || strlen (word->word) != 5)
            continue;
          g_assert_cmpint (atoi (word->word + 2), ==, (int)n_listed);
          sums[0] += credit ? 0 : 4000;
          sums[1] += credit ? 0 : 201 + n_listed;
          sums[2] += credit ? -5013 : 12345 + 1001 * (gint64)n_listed;
          n_listed++;
        }
      if (read_sum (words, page, "reporter", 0) != G_MAXINT64)
        {
          for (guint sum = 0; sum < N_SUMS; sum++)
            g_assert_cmpint (read_sum (words, page, "reporter", sum), ==, listed[(n_listed - 1) / 100][sum]);
          n_carried++;
        }
      g_test_message ("page %u: %u rows", page + 1, n_listed - before);
    }
  g_assert_cmpuint (n_listed, ==, 300);
  g_assert_cmpuint (n_carried, ==, n_brought);
  g_assert_cmpuint (n_carried, >=, 6);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *found; /* nullable; a word that must be on the page */
} Case;

static char *long_word;

/* Every value of the letter is @text at once. */
static RubisDocument *
render_with (const char *text, const char *template_name)
{
  static const RubisHashtag hashtags[] = {
    RUBIS_HASHTAG_CUSTOMER_NAME, RUBIS_HASHTAG_CUSTOMER_CODE,     RUBIS_HASHTAG_CONTACT_NAME,
    RUBIS_HASHTAG_COMPANY_CITY,  RUBIS_HASHTAG_USER_NAME,         RUBIS_HASHTAG_USER_ROLE,
    RUBIS_HASHTAG_USER_PHONE,    RUBIS_HASHTAG_PAYMENT_REFERENCE, RUBIS_HASHTAG_ENCLOSURES,
    RUBIS_HASHTAG_COMPANY_EMAIL,
  };
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autofree char *address
      = g_strdup_printf ("%s\n%s\n12 RUE A\nBP 4\n75001 PARIS CEDEX\nFRANCE", text, text);

  for (gsize i = 0; i < G_N_ELEMENTS (hashtags); i++)
    rubis_document_context_set_text (context, hashtags[i], text);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS, address);
  for (guint i = 0; i < 30; i++)
    {
      RubisDocumentItem item = { text };

      item.order_ref = text;
      item.issue_date = item.due_date = rubis_document_context_get_date (context) - 40;
      item.days_late = 40;
      item.level = 2;
      item.currency = RUBIS_CURRENCY_EUR;
      item.total = item.open = G_GINT64_CONSTANT (12345678901234);
      item.penalty = G_GINT64_CONSTANT (123456789012);
      item.indemnity = 4000;
      item.selected = TRUE;
      rubis_document_context_add_item (context, &item);
    }
  g_assert_true (rubis_document_context_complete (context, NULL));
  return letter_fixture_render (template_name, context);
}

static void
test_values (gconstpointer data)
{
  const Case *test = data;
  static const char *const templates[] = { "fr/mise-en-demeure.md", "fr/relance-4.md", "fr/releve.md" };
  const char *text = test->text != NULL ? test->text : long_word;

  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autoptr (RubisDocument) document = render_with (text, templates[i]);

      /* The text of every template, the paper of every country. */
      for (int position = 0; position < (i == 0 ? RUBIS_N_ADDRESS_POSITIONS : 1); position++)
        {
          g_autoptr (GBytes) pdf = NULL;
          g_autofree char *path = NULL;
          g_autofree char *checked = NULL;
          g_autofree char *found = NULL;
          RubisLetterheadFacts facts;

          letter_fixture_fill_facts (&facts);
          facts.name = text;
          facts.address = text;
          facts.email = text;
          facts.capital = text;
          facts.position = position;
          pdf = letter_check_draw_on (document, &facts, NULL);
          path = letter_check_save (pdf, "values.pdf");
          checked = position == 0 ? letter_check_run ("qpdf", "--check", path, NULL) : NULL;
          letter_check_layout (path);
          found = test->found != NULL ? letter_check_run ("pdftotext", path, "-", NULL) : NULL;
          if (found != NULL)
            g_assert_nonnull (strstr (found, test->found));
        }
    }
}

/* Values are missing, or all there is is a heading, or nothing. */
static void
test_nothing (void)
{
  static const char *const bodies[] = { "",
                                        "\n",
                                        "# Titre\n",
                                        "#MaSignature\n",
                                        "---\n",
                                        "> citation\n",
                                        "#ListeSelection\n",
                                        "#MonRib\n",
                                        "a\n\n#SAUT_DE_PAGE\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (RubisDocumentContext) context
          = rubis_document_context_new ("fr", rubis_date_from_ymd (2026, 11, 2), RUBIS_CURRENCY_EUR);
      g_autofree char *text = g_strdup_printf (
          "---\nid: a\nname: A\nlanguage: fr\nchannel: letter\nkind: reminder\nsubject: \n---\n%s",
          bodies[i]);
      g_autoptr (RubisTemplate) template_ = rubis_template_new (text, "a", NULL);
      g_autoptr (RubisDocument) document = NULL;
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *path = NULL;
      g_autofree char *checked = NULL;
      guint n_pages = 0;

      if (template_ == NULL)
        continue;
      g_assert_true (rubis_document_context_complete (context, NULL));
      document = rubis_template_render (template_, context, RUBIS_RENDER_PREVIEW, NULL);
      if (document == NULL)
        continue;
      pdf = letter_check_draw (document, &n_pages);
      g_assert_cmpuint (n_pages, ==, 1);
      path = letter_check_save (pdf, "nothing.pdf");
      letter_check_layout (path);
      checked = letter_check_run ("qpdf", "--check", path, NULL);
    }
}

/* Ten pages of text without a table: every word once and in order; paragraphs of more than a line leave no
 * line alone at the foot or the head of a page; a heading has text under it.
 */
static void
test_long_text (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisDocument) document = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GArray) words = NULL;
  guint n_pages = 0, n_words = 0, next = 0;

  for (guint i = 0; i < 110; i++)
    {
      if (i % 6 == 0)
        g_string_append_printf (body, "## Chapitre%u\n\n", i / 6);
      for (guint j = 0; j < 20 + i * 7 % 60; j++)
        g_string_append_printf (body, "w%u ", n_words++);
      g_string_append (body, i % 4 == 3 ? "\n\n- point\n- point\n\n" : "\n\n");
    }
  letter_fixture_add_items (context, 1);
  document = letter_check_render (body->str, "fr", context);
  pdf = letter_check_draw (document, &n_pages);
  path = letter_check_save (pdf, "long.pdf");
  if (letter_check_layout (path) == 0)
    return;
  words = letter_check_read_words (path);
  g_assert_cmpuint (n_pages, >=, 10);
  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *word = &g_array_index (words, LetterWord, i);
      const LetterWord *after = i + 1 < words->len ? &g_array_index (words, LetterWord, i + 1) : NULL;

      if (word->word[0] == 'w' && g_ascii_isdigit (word->word[1]))
        g_assert_cmpuint ((guint)atoi (word->word + 1), ==, next++);
      /* The body ends where the footer begins. */
      if (g_str_has_prefix (word->word, "Chapitre"))
        {
          g_assert_nonnull (after);
          g_assert_cmpuint (after->page, ==, word->page);
          g_assert_cmpint (after->word[0], ==, 'w');
        }
    }
  g_assert_cmpuint (next, ==, n_words);
}

/* A picture of many pixels, higher than wide, as logo and signature: it is made to fit. */
static void
test_huge_image (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 900, 9000);
  g_autoptr (GBytes) image = NULL;
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisDocument) document = NULL;
  RubisLetterheadFacts facts;
  char *data;
  gsize size;
  guint n_pages = 0;

  gdk_pixbuf_fill (pixbuf, 0x1d6f42ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", NULL, NULL));
  image = g_bytes_new_take (data, size);
  rubis_document_context_set_image (context, RUBIS_HASHTAG_USER_SIGNATURE, image);
  letter_fixture_add_items (context, 2);
  document = letter_fixture_render ("fr/relance-1-courrier.md", context);
  letter_fixture_fill_facts (&facts);
  facts.logo = image;
  for (int place = RUBIS_LOGO_LEFT; place <= RUBIS_LOGO_RIGHT; place++)
    {
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *path = NULL;

      facts.logo_place = place;
      pdf = letter_check_draw_on (document, &facts, &n_pages);
      g_assert_cmpuint (n_pages, ==, 1);
      g_assert_cmpuint (g_bytes_get_size (pdf), <, 400 * 1024);
      path = letter_check_save (pdf, "huge.pdf");
      letter_check_layout (path);
    }
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { "long", NULL, NULL },
    { "sentence",
      "Société lyonnaise des Ateliers de menuiserie et d’ébénisterie Vasseur, Fils, Neveux et Associés "
      "réunis",
      "Associés" },
    { "hebrew", "שלום עולם חברת הבנייה", "שלום" },
    { "arabic", "مؤسسة البناء الحديث للمقاولات", NULL },
    { "mixed", "ACME 12 שלום (בניין) العربية 34 fin", "ACME" },
    { "emoji", "😀 👍🏽 👩‍👩‍👧 🇫🇷 ☎", NULL },
    { "cjk", "株式会社建設工業 東京都千代田区丸の内一丁目", NULL },
    { "combining", "e\u0301e\u0301 a\u0300\u0323\u0302\u0301\u0300 Z\u0351\u036b\u0343\u036a\u0302\u0344",
      NULL },
    { "control", "a\tb\x01\x02\x1b[0m\x7f c\u200b\u202e\u2066 d", NULL },
    { "lines", "un\ndeux\ntrois\nquatre", NULL },
    { "markup", "<b>&amp; **x** #SI{ | _y_ `z` \\ %s", NULL },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  long_word = g_strnfill (200, 'W');
  g_test_add_func ("/letter-stress/currencies", test_currencies);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/letter-stress/values/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_values);
    }
  g_test_add_func ("/letter-stress/nothing", test_nothing);
  g_test_add_func ("/letter-stress/long-text", test_long_text);
  g_test_add_func ("/letter-stress/huge-image", test_huge_image);
  status = g_test_run ();
  g_free (long_word);
  letter_check_remove_folder ();
  return status;
}
