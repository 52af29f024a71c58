/* Finding what is typed: names with slips, numbers, amounts. */
#include <string.h>

#include "rubis-test.h"
#include "rubis-typed-number.h"
#include "rubis-word-index.h"

static char **
load_lines (const char *name)
{
  g_autofree char *path = rubis_test_data (name);
  g_autofree char *text = NULL;
  g_autoptr (GString) whole = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  whole = g_string_new (text);
  g_string_replace (whole, "\\u0308", "\u0308", 0);
  return g_strsplit (whole->str, "\n", -1);
}

/* The numbers of the names found, and what rubis_fuzzy_rate() says of each name alone. */
static void
check_ranking (const RubisWordIndex *index, GPtrArray *names, const char *question)
{
  g_auto (GStrv) sides = g_strsplit (question, "=", 2);
  g_autoptr (RubisFuzzy) typed = rubis_fuzzy_new (sides[0]);
  g_autoptr (GArray) hits = rubis_word_index_find (index, typed, 3);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const RubisWordHit *hit = &g_array_index (hits, RubisWordHit, i);

      g_string_append_printf (found, "%s%u", i > 0 ? " " : "", hit->number + 1);
      g_assert_cmpint (rubis_fuzzy_rate (typed, g_ptr_array_index (names, hit->number)), ==, hit->rating);
    }
  g_test_message ("typed: %s", sides[0]);
  g_assert_cmpstr (found->str, ==, g_strstrip (sides[1]));
}

static void
test_names (void)
{
  g_auto (GStrv) lines = load_lines ("search/names.case");
  g_autoptr (RubisWordIndex) index = rubis_word_index_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint n_questions = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (g_ascii_isdigit (lines[i][0]))
        {
          char *name = strchr (lines[i], ' ') + 1;

          g_assert_cmpuint (rubis_word_index_add (index, name, ""), ==, names->len);
          g_ptr_array_add (names, name);
        }
      else if (g_str_has_prefix (lines[i], "? "))
        {
          check_ranking (index, names, lines[i] + 2);
          n_questions++;
        }
    }
  g_assert_cmpuint (n_questions, >, 30);
}

/* What is of the context counts less; digits in its middle not at all. */
static void
test_context (void)
{
  g_autoptr (RubisWordIndex) index = rubis_word_index_new ();
  g_autoptr (RubisFuzzy) lyon = rubis_fuzzy_new ("lyon");
  g_autoptr (RubisFuzzy) digits = rubis_fuzzy_new ("8293");
  g_autoptr (RubisFuzzy) both = rubis_fuzzy_new ("noel lyon");
  g_autoptr (GArray) hits = NULL;

  rubis_word_index_add (index, "Noël", "Lyon FR73282932000");
  rubis_word_index_add (index, "Verrerie de Lyon", "Paris");
  hits = rubis_word_index_find (index, lyon, 10);
  g_assert_cmpuint (hits->len, ==, 2);
  g_assert_cmpuint (g_array_index (hits, RubisWordHit, 0).number, ==, 1);
  g_clear_pointer (&hits, g_array_unref);
  hits = rubis_word_index_find (index, both, 10);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpuint (g_array_index (hits, RubisWordHit, 0).number, ==, 0);
  g_clear_pointer (&hits, g_array_unref);
  hits = rubis_word_index_find (index, digits, 10);
  g_assert_cmpuint (hits->len, ==, 0);
}

/* Many words: the table grows, and each is still found. */
static void
test_many (void)
{
  g_autoptr (RubisWordIndex) index = rubis_word_index_new ();

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *name = g_strdup_printf ("client w%05u", i);

      rubis_word_index_add (index, name, "");
    }
  for (guint i = 0; i < 5000; i += 499)
    {
      g_autofree char *word = g_strdup_printf ("w%05u", i);
      g_autoptr (RubisFuzzy) typed = rubis_fuzzy_new (word);
      g_autoptr (GArray) hits = rubis_word_index_find (index, typed, 10);

      g_assert_cmpuint (hits->len, ==, 1);
      g_assert_cmpuint (g_array_index (hits, RubisWordHit, 0).number, ==, i);
    }
}

static void
test_marks (void)
{
  g_auto (GStrv) lines = load_lines ("search/marks.case");

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "|", 3);
      g_autoptr (RubisFuzzy) typed = NULL;
      g_autoptr (GArray) ranges = NULL;
      g_autoptr (GString) marked = NULL;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      typed = rubis_fuzzy_new (fields[0]);
      ranges = rubis_fuzzy_mark (typed, fields[1]);
      marked = g_string_new (fields[1]);
      for (guint r = ranges->len; r-- > 0;)
        {
          const RubisFuzzyRange *range = &g_array_index (ranges, RubisFuzzyRange, r);

          g_string_insert (marked, range->end, "]");
          g_string_insert (marked, range->start, "[");
        }
      g_assert_cmpstr (marked->str, ==, fields[2]);
    }
}

static void
test_amounts (void)
{
  static const struct
  {
    const char *text;
    int exponent;
    gint64 low; /* -1: no amount */
    gint64 high;
  } cases[] = {
    { "1234", 2, 123400, 123499 },
    { "1 234,50", 2, 123450, 123450 },
    { "1\u202f234,50 €", 2, 123450, 123450 },
    { "1234.5", 2, 123450, 123459 },
    { "1.234,50", 2, 123450, 123450 },
    { "1,234.50", 2, 123450, 123450 },
    { "1'234.50", 2, 123450, 123450 },
    { "-1234,50", 2, 123450, 123450 },
    { "−12,00", 2, 1200, 1200 },
    { "EUR 12", 2, 1200, 1299 },
    { "12 usd", 2, 1200, 1299 },
    { "1.234.567", 2, 123456700, 123456799 },
    { "1.234", 2, 123400, 123499 },
    { "1234", 0, 1234, 1234 },
    { "1234,5", 0, -1, -1 },
    { "12,3456", 2, -1, -1 },
    { "1.23.4", 2, -1, -1 },
    { "04 72", 2, -1, -1 },
    { "0,50", 2, 50, 50 },
    { "12a", 2, -1, -1 },
    { "", 2, -1, -1 },
    { ",", 2, -1, -1 },
    { "€", 2, -1, -1 },
    { "123456789012345678901234567890", 2, -1, -1 },
    { "12/2026", 2, -1, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisTypedAmount amounts[2];
      guint n_amounts = rubis_typed_amount_read (cases[i].text, amounts);
      gint64 low = -1;
      gint64 high = -1;

      g_test_message ("%s", cases[i].text);
      if (n_amounts > 0 && !rubis_typed_amount_range (&amounts[0], cases[i].exponent, &low, &high))
        low = high = -1;
      g_assert_cmpint (low, ==, cases[i].low);
      g_assert_cmpint (high, ==, cases[i].high);
    }
}

/* One point before three digits: thousands, or thousandths of a dinar. */
static void
test_ambiguous_amount (void)
{
  RubisTypedAmount amounts[2];
  gint64 low;
  gint64 high;

  g_assert_cmpuint (rubis_typed_amount_read ("1.234", amounts), ==, 2);
  g_assert_true (rubis_typed_amount_range (&amounts[1], 3, &low, &high));
  g_assert_cmpint (low, ==, 1234);
  g_assert_cmpint (high, ==, 1234);
  g_assert_false (rubis_typed_amount_range (&amounts[1], 2, &low, &high));
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *typed;
    const char *number;
    int rating;
  } cases[] = {
    { "F-2026-01042", "F-2026-01042", 1000 },
    { "f 2026 01042", "F-2026-01042", 990 },
    { "1042", "F-2026-01042", 950 },
    { "01042", "F-2026-01042", 950 },
    { "0001042", "FA2023-0001042", 950 },
    { "042", "F-2026-01042", 850 },
    { "F1042", "F-2026-01042", 880 },
    { "F-2026-1042", "F-2026-01042", 880 },
    { "2026 1042", "F-2026-01042", 880 },
    { "F-2026-1042", "F-2026-11042", 860 },
    { "F-2026", "F-2026-01042", 800 },
    { "2026", "F-2026-01042", 600 },
    { "1042", "2026001042", 850 },
    { "1043", "F-2026-01042", 0 },
    { "F-2026-010425", "F-2026-01042", 0 },
    { "1042a", "1042A", 990 },
    { "", "F-1", 0 },
    { "-", "F-1", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s in %s", cases[i].typed, cases[i].number);
      g_assert_cmpint (rubis_typed_number_rate (cases[i].typed, cases[i].number), ==, cases[i].rating);
    }
}

static void
test_digits (void)
{
  static const char *const cases[][2] = {
    { "04 72 11 55 66", "472115566" },
    { "+33 4 72 11 55 66", "472115566" },
    { "+33 (0)4.72.11.55.66", "472115566" },
    { "0033472115566", "472115566" },
    { "+32 2 123", "322123" },
    { "732 829 320", "732829320" },
    { "Poste 12", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = rubis_typed_digits (cases[i][0]);

      g_assert_cmpstr (digits, ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-words/names", test_names);
  g_test_add_func ("/search-words/context", test_context);
  g_test_add_func ("/search-words/many", test_many);
  g_test_add_func ("/search-words/marks", test_marks);
  g_test_add_func ("/search-words/amounts", test_amounts);
  g_test_add_func ("/search-words/ambiguous-amount", test_ambiguous_amount);
  g_test_add_func ("/search-words/numbers", test_numbers);
  g_test_add_func ("/search-words/digits", test_digits);
  return g_test_run ();
}
