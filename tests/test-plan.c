/* Cases of tests/data/plan: where a payment plan stands. Lines of a case, which begins by "== title":
 *   today DATE, grace DAYS (5 unless given), instalment DATE AMOUNT, paid AMOUNT, credited AMOUNT (of it)
 *   expect KEY=VALUE…   standing, total, paid, n-paid, next, open, due, claim, late, until, each=AMOUNT,…
 *   part KEY=VALUE…     amount, excluded, conceded, open: of an item; left
 */
#include <stdlib.h>
#include <string.h>

#include "rubis-money.h"
#include "rubis-plan.h"
#include "rubis-test.h"

typedef struct
{
  char *title;
  GPtrArray *lines; /* (element-type utf8) */
} Case;

typedef struct
{
  RubisDate today;
  int grace;
  gint64 paid;
  gint64 credited;
  GArray *instalments;
} World;

static gint64
read_amount (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 minor = 0;

  g_assert_true (rubis_money_parse (text, RUBIS_CURRENCY_EUR, &minor, &error));
  g_assert_no_error (error);
  return minor;
}

static void
assert_amount (gint64 found, const char *expected)
{
  g_autofree char *text = rubis_money_to_string (found, RUBIS_CURRENCY_EUR);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_date (RubisDate found, const char *expected)
{
  g_autofree char *text = rubis_date_to_iso (found);

  g_assert_cmpstr (found == RUBIS_DATE_NONE ? "none" : text, ==, expected);
}

static const RubisInstalment *
instalments_of (const World *world)
{
  return (const RubisInstalment *)(gpointer)world->instalments->data;
}

static void
check_each (const World *world, const char *expected)
{
  g_autofree gint64 *each = g_new (gint64, world->instalments->len);
  g_autoptr (GString) found = g_string_new (NULL);

  rubis_plan_spread_paid (instalments_of (world), world->instalments->len, world->paid, world->credited,
                          each);
  for (guint i = 0; i < world->instalments->len; i++)
    {
      g_autofree char *text = rubis_money_to_string (each[i], RUBIS_CURRENCY_EUR);

      g_string_append_printf (found, "%s%s", i > 0 ? "," : "", text);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
check_detail (const World *world, const RubisPlanVerdict *verdict, const char *key, const char *value)
{
  static const char *const standings[] = { "respected", "late", "done" };

  if (g_str_equal (key, "standing"))
    g_assert_cmpstr (standings[verdict->standing], ==, value);
  else if (g_str_equal (key, "total"))
    assert_amount (verdict->total, value);
  else if (g_str_equal (key, "paid"))
    assert_amount (verdict->paid, value);
  else if (g_str_equal (key, "n-paid"))
    g_assert_cmpint (verdict->n_paid, ==, atoi (value));
  else if (g_str_equal (key, "next"))
    assert_date (verdict->next_date, value);
  else if (g_str_equal (key, "open"))
    assert_amount (verdict->next_open, value);
  else if (g_str_equal (key, "due"))
    assert_amount (verdict->due, value);
  else if (g_str_equal (key, "claim"))
    assert_amount (verdict->claim, value);
  else if (g_str_equal (key, "late"))
    g_assert_cmpint (verdict->n_late, ==, atoi (value));
  else if (g_str_equal (key, "until"))
    assert_date (verdict->until, value);
  else if (g_str_equal (key, "each"))
    check_each (world, value);
  else
    g_error ("expect %s", key);
}

/* Splits "key=value"; the value points into @word. */
static const char *
split (char *word)
{
  char *value = strchr (word, '=');

  g_assert_nonnull (value);
  *value = '\0';
  return value + 1;
}

static void
check_part (GStrv words)
{
  RubisPlanPart part = { 0 };
  gboolean asked = FALSE;

  for (int i = 1; words[i] != NULL; i++)
    {
      const char *value = split (words[i]);

      if (g_str_equal (words[i], "amount"))
        part.amount = read_amount (value);
      else if (g_str_equal (words[i], "excluded"))
        part.excluded = read_amount (value);
      else if (g_str_equal (words[i], "conceded"))
        part.conceded = read_amount (value);
      else if (g_str_equal (words[i], "open"))
        part.open = read_amount (value);
      else if (g_str_equal (words[i], "left"))
        {
          assert_amount (rubis_plan_part_left (&part), value);
          asked = TRUE;
        }
      else
        g_error ("part %s", words[i]);
    }
  g_assert_true (asked);
}

static void
read_line (World *world, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_str_equal (words[0], "today"))
    world->today = rubis_date_parse_iso (words[1]);
  else if (g_str_equal (words[0], "grace"))
    world->grace = atoi (words[1]);
  else if (g_str_equal (words[0], "paid"))
    world->paid = read_amount (words[1]);
  else if (g_str_equal (words[0], "credited"))
    world->credited = read_amount (words[1]);
  else if (g_str_equal (words[0], "instalment"))
    {
      RubisInstalment instalment = { rubis_date_parse_iso (words[1]), read_amount (words[2]) };

      g_array_append_val (world->instalments, instalment);
    }
  else if (g_str_equal (words[0], "part"))
    check_part (words);
  else if (g_str_equal (words[0], "expect"))
    {
      RubisPlanVerdict verdict;

      rubis_plan_judge (instalments_of (world), world->instalments->len, world->paid, world->credited,
                        world->grace, world->today, &verdict);
      for (int i = 1; words[i] != NULL; i++)
        {
          const char *value = split (words[i]);

          check_detail (world, &verdict, words[i], value);
        }
    }
  else
    g_error ("“%s”", line);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  World world = { .grace = 5, .instalments = g_array_new (FALSE, FALSE, sizeof (RubisInstalment)) };

  g_assert_cmpuint (one->lines->len, >, 0);
  for (guint i = 0; i < one->lines->len; i++)
    read_line (&world, g_ptr_array_index (one->lines, i));
  g_array_unref (world.instalments);
}

static void
case_free (gpointer data)
{
  Case *one = data;

  g_free (one->title);
  g_ptr_array_unref (one->lines);
  g_free (one);
}

static void
read_cases (GPtrArray *cases)
{
  g_autofree char *folder = rubis_test_data ("plan");
  g_autofree char *path = g_build_filename (folder, "rules.case", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  Case *one = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "== "))
        {
          one = g_new0 (Case, 1);
          one->title = g_strdup (lines[i] + strlen ("== "));
          one->lines = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (cases, one);
        }
      else if (lines[i][0] != '\0')
        g_ptr_array_add (one->lines, g_strdup (lines[i]));
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (case_free);

  g_test_init (&argc, &argv, NULL);
  read_cases (cases);
  for (guint i = 0; i < cases->len; i++)
    {
      const Case *one = g_ptr_array_index (cases, i);
      g_autofree char *path = g_strconcat ("/plan/", one->title, NULL);

      g_test_add_data_func (path, one, test_case);
    }
  return g_test_run ();
}
