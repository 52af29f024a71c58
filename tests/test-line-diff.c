#include "rubis-line-diff.h"

static void
check (const char *before, const char *after, const char *expected)
{
  static const char signs[] = { ' ', '-', '+' };
  g_autoptr(GPtrArray) lines = rubis_line_diff (before, after);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const RubisDiffLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (text, "%c%s\n", signs[line->change], line->text);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_cases (void)
{
  check ("a\nb", "a\nb", " a\n b\n");
  check ("a\nb\nc", "a\nx\nc", " a\n-b\n+x\n c\n");
  check ("a\nc", "a\nb\nc", " a\n+b\n c\n");
  check ("a\nb\nc", "a\nc", " a\n-b\n c\n");
  /* The fewest lines change, though they moved. */
  check ("a\nb\nc\nd", "b\nc\nd\na", "-a\n b\n c\n d\n+a\n");
  check ("", "a", "+a\n");
  /* A line that repeats is not taken twice from both ends. */
  check ("a\na", "a", " a\n-a\n");
}

/* Without the table of lengths everything between the ends is changed. */
static void
test_large (void)
{
  g_autoptr(GString) before = g_string_new ("first\n");
  g_autoptr(GString) after = g_string_new ("first\n");
  g_autoptr(GPtrArray) lines = NULL;

  for (int i = 0; i < 3000; i++)
    {
      g_string_append_printf (before, "a%d\n", i);
      g_string_append_printf (after, "b%d\n", i);
    }
  g_string_append (before, "last");
  g_string_append (after, "last");
  lines = rubis_line_diff (before->str, after->str);
  g_assert_cmpuint (lines->len, ==, 6002);
  g_assert_cmpint (((RubisDiffLine *) g_ptr_array_index (lines, 0))->change, ==, RUBIS_LINE_SAME);
  g_assert_cmpint (((RubisDiffLine *) g_ptr_array_index (lines, 6001))->change, ==, RUBIS_LINE_SAME);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-diff/cases", test_cases);
  g_test_add_func ("/line-diff/large", test_large);
  return g_test_run ();
}
