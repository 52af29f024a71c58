/* The forms of six languages, against tests/data/languages. */
#include "rubis-format.h"
#include "rubis-number-words.h"
#include "rubis-test.h"
#include "rubis-words.h"

#include <string.h>

/* Calls @check for every line of a data file, cut at its bars. */
static void
each_case (const char *name, guint n_fields, void (*check) (char **fields, const char *line))
{
  g_autofree char *path = g_build_filename (g_getenv ("RUBIS_TEST_DATA"), "languages", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = NULL;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      fields = g_strsplit (lines[i], "|", -1);
      if (n_fields > 0)
        g_assert_cmpuint (g_strv_length (fields), ==, n_fields);
      for (int j = 0; fields[j] != NULL; j++)
        g_strstrip (fields[j]);
      check (fields, lines[i]);
      n++;
    }
  g_assert_cmpuint (n, >, 40);
}

static void
assert_text (const char *line, const char *found, const char *expected)
{
  if (g_strcmp0 (found, expected) != 0)
    g_error ("%s: found “%s”", line, found);
}

static void
check_number (char **fields, const char *line)
{
  g_autofree char *words = rubis_number_words_spell (g_ascii_strtoull (fields[1], NULL, 10), fields[0]);

  assert_text (line, words, fields[2]);
}

static void
test_numbers (void)
{
  each_case ("number-words.txt", 3, check_number);
}

static void
check_amount (char **fields, const char *line)
{
  RubisCurrency currency;
  g_autofree char *words = NULL;

  g_assert_true (rubis_currency_parse (fields[1], &currency));
  words = rubis_number_words_spell_amount (g_ascii_strtoll (fields[2], NULL, 10), currency, fields[0]);
  assert_text (line, words, fields[3]);
}

static void
test_amounts (void)
{
  each_case ("amount-words.txt", 4, check_amount);
}

/* No number is spelled like another, in any language, up to a bit over two thousand. */
static void
test_numbers_differ (void)
{
  static const char *const languages[] = { "fr", "en", "de", "es", "it", "nl" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint64 n = 0; n < 2200; n++)
        {
          char *words = rubis_number_words_spell (n, languages[i]);

          g_assert_null (strstr (words, "  "));
          g_assert_true (g_hash_table_add (seen, words));
        }
    }
}

static char *
with_spaces (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "~", -1);
  g_autofree char *broad = g_strjoinv ("\u00a0", parts);
  g_auto (GStrv) narrow = g_strsplit (broad, "_", -1);

  return g_strjoinv ("\u202f", narrow);
}

static char *
make_form (char **fields, const char **expected)
{
  const char *kind = fields[0];
  const char *language = fields[1];
  RubisCurrency currency;
  RubisChannel channel;

  *expected = fields[g_strv_length (fields) - 1];
  if (g_str_equal (kind, "amount"))
    {
      g_assert_true (rubis_currency_parse (fields[2], &currency));
      return rubis_format_amount (g_ascii_strtoll (fields[3], NULL, 10), currency, language);
    }
  if (g_str_equal (kind, "short"))
    return rubis_format_date_short (rubis_date_parse_iso (fields[2]), language);
  if (g_str_equal (kind, "long"))
    return rubis_format_date_long (rubis_date_parse_iso (fields[2]), language);
  if (g_str_equal (kind, "rate"))
    return rubis_format_rate (g_ascii_strtoll (fields[2], NULL, 10), language);
  if (g_str_equal (kind, "plural"))
    return g_strdup (rubis_words_is_plural (g_ascii_strtoll (fields[2], NULL, 10), language) ? "yes" : "no");
  if (g_str_equal (kind, "opening"))
    return rubis_words_make_salutation (fields[2], fields[3], language);
  if (g_str_equal (kind, "closing"))
    return rubis_words_make_closing (fields[3], g_str_equal (fields[2], "letter"), language);
  if (g_str_equal (kind, "title"))
    return rubis_words_make_title (fields[3], g_str_equal (fields[2], "address"), language);
  g_assert_cmpstr (kind, ==, "reminder");
  g_assert_true (rubis_channel_from_id (fields[2], &channel));
  return rubis_words_make_reminder (channel, rubis_date_parse_iso (fields[3]), language);
}

static void
check_form (char **fields, const char *line)
{
  const char *expected;
  g_autofree char *form = make_form (fields, &expected);
  g_autofree char *text = with_spaces (expected);

  assert_text (line, form, text);
}

static void
test_forms (void)
{
  each_case ("forms.txt", 0, check_form);
}

/* Every word is there in every language, and in its own: none is lent by English but those that are the same.
 */
static void
test_words_complete (void)
{
  static const char *const languages[] = { "fr", "de", "es", "it", "nl" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      guint n_same = 0;

      for (int word = 0; word < RUBIS_N_WORDS; word++)
        {
          const char *text = rubis_words_get (word, languages[i]);

          g_assert_cmpstr (text, !=, "");
          n_same += g_str_equal (text, rubis_words_get (word, "en")) && g_utf8_strlen (text, -1) > 5;
        }
      /* "Contact" and "Credit" aside, which are Dutch too, a longer word that reads the same was forgotten. */
      g_assert_cmpuint (n_same, <=, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/languages/numbers", test_numbers);
  g_test_add_func ("/languages/numbers-differ", test_numbers_differ);
  g_test_add_func ("/languages/amounts", test_amounts);
  g_test_add_func ("/languages/forms", test_forms);
  g_test_add_func ("/languages/words-complete", test_words_complete);
  return g_test_run ();
}
