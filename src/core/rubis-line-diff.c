#include "rubis-line-diff.h"

#include <string.h>

/* The table of lengths has the square of it. */
#define MAX_LINES 2000

static void
diff_line_free (gpointer data)
{
  RubisDiffLine *line = data;

  g_free (line->text);
  g_free (line);
}

static void
add (GPtrArray *lines, RubisLineChange change, const char *text)
{
  RubisDiffLine *line = g_new0 (RubisDiffLine, 1);

  line->change = change;
  line->text = g_strdup (text);
  g_ptr_array_add (lines, line);
}

/* Lengths of the longest common subsequences of the ends of both. */
static guint16 *
measure (char **a, guint n_a, char **b, guint n_b)
{
  guint width = n_b + 1;
  guint16 *lengths = g_new0 (guint16, (gsize) (n_a + 1) * width);

  for (guint i = n_a; i-- > 0;)
    {
      for (guint j = n_b; j-- > 0;)
        {
          guint16 down = lengths[(i + 1) * width + j];
          guint16 right = lengths[i * width + j + 1];

          lengths[i * width + j] = g_str_equal (a[i], b[j]) ? (guint16) (lengths[(i + 1) * width + j + 1] + 1)
                                                            : MAX (down, right);
        }
    }
  return lengths;
}

static void
diff_middle (GPtrArray *lines, char **a, guint n_a, char **b, guint n_b)
{
  guint width = n_b + 1;
  g_autofree guint16 *lengths = n_a <= MAX_LINES && n_b <= MAX_LINES ? measure (a, n_a, b, n_b) : NULL;
  guint i = 0;
  guint j = 0;

  while (i < n_a || j < n_b)
    {
      if (lengths != NULL && i < n_a && j < n_b && g_str_equal (a[i], b[j]))
        {
          add (lines, RUBIS_LINE_SAME, a[i]);
          i++;
          j++;
        }
      else if (i < n_a && (j == n_b || lengths == NULL || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]))
        add (lines, RUBIS_LINE_REMOVED, a[i++]);
      else
        add (lines, RUBIS_LINE_ADDED, b[j++]);
    }
}

GPtrArray *
rubis_line_diff (const char *before, const char *after)
{
  g_auto(GStrv) a = g_strsplit (before, "\n", -1);
  g_auto(GStrv) b = g_strsplit (after, "\n", -1);
  guint n_a = g_strv_length (a);
  guint n_b = g_strv_length (b);
  GPtrArray *lines = g_ptr_array_new_with_free_func (diff_line_free);
  guint first = 0;
  guint last = 0;

  while (first < n_a && first < n_b && g_str_equal (a[first], b[first]))
    add (lines, RUBIS_LINE_SAME, a[first++]);
  while (last < n_a - first && last < n_b - first && g_str_equal (a[n_a - 1 - last], b[n_b - 1 - last]))
    last++;
  diff_middle (lines, a + first, n_a - first - last, b + first, n_b - first - last);
  for (guint i = n_a - last; i < n_a; i++)
    add (lines, RUBIS_LINE_SAME, a[i]);
  return lines;
}
