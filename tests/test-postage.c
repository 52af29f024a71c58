/* What letters weigh and cost: every line of tests/data/post/weights.case. */
#include "rubis-postage.h"

#include <string.h>

#include "rubis-test.h"

static RubisPostageTable *
load_table (void)
{
  g_autofree char *path = rubis_test_data ("post/prices.ini");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  RubisPostageTable *table;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  table = rubis_postage_table_new_from_data (text, -1, &error);
  g_assert_no_error (error);
  return table;
}

static void
check_case (RubisPostageTable *table, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  RubisPostageService service;
  RubisPostage postage;
  g_autofree char *found = NULL;
  g_autofree char *price = NULL;
  g_autofree char *expected = g_strjoinv (" ", words + 5);

  g_test_message ("%s", line);
  g_assert_cmpint (g_strv_length (words), ==, 10);
  g_assert_true (rubis_postage_service_from_id (words[0], &service));
  rubis_postage_table_estimate (
      table, service, rubis_postage_count_sheets (atoi (words[1]), g_str_equal (words[2], "double")),
      g_str_equal (words[3], "yes"), &postage);
  price = rubis_money_to_string (postage.price, RUBIS_CURRENCY_EUR);
  found = g_strdup_printf ("%d %s %d %d %s", postage.n_sheets, postage.envelope, postage.grams,
                           postage.weight_class, price);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_cases (void)
{
  g_autoptr (RubisPostageTable) table = load_table ();
  g_autofree char *path = rubis_test_data ("post/weights.case");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      check_case (table, lines[i]);
      n++;
    }
  g_assert_cmpuint (n, >=, 25);
}

/* The shipped table is complete, of a known day, and says that nobody has checked it. */
static void
test_shipped (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources/data/postage.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (RubisPostageTable) table = NULL;
  g_autoptr (GError) error = NULL;
  RubisPostage light, heavy;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  table = rubis_postage_table_new_from_data (text, -1, &error);
  g_assert_no_error (error);
  g_assert_false (rubis_postage_table_get_checked (table));
  g_assert_cmpint (rubis_postage_table_get_date (table), ==, rubis_date_from_ymd (2026, 1, 1));
  for (int i = 0; i < RUBIS_N_POSTAGE_SERVICES; i++)
    {
      rubis_postage_table_estimate (table, (RubisPostageService)i, 1, FALSE, &light);
      rubis_postage_table_estimate (table, (RubisPostageService)i, 60, FALSE, &heavy);
      g_assert_cmpint (light.price, >, 0);
      g_assert_cmpint (heavy.price, >, light.price);
    }
}

static void
check_refused (const char *search, const char *replacement, const char *named)
{
  g_autofree char *path = rubis_test_data ("post/prices.ini");
  g_autofree char *text = NULL;
  g_autoptr (GString) broken = NULL;
  g_autoptr (RubisPostageTable) table = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  broken = g_string_new (text);
  g_assert_cmpuint (g_string_replace (broken, search, replacement, 1), ==, 1);
  table = rubis_postage_table_new_from_data (broken->str, -1, &error);
  g_assert_null (table);
  g_assert_error (error, RUBIS_POSTAGE_ERROR, RUBIS_POSTAGE_ERROR_TABLE);
  g_assert_nonnull (strstr (error->message, named));
}

/* A table with a typing error is refused with its place; nothing is guessed. */
static void
test_errors (void)
{
  check_refused ("20=1.50", "20=1,5o", "[verte] 20");
  check_refused ("20=1.50", "20=-1.50", "[verte] 20");
  check_refused ("20=1.50", "vingt=1.50", "[verte] vingt");
  check_refused ("paper=80", "paper=0", "[weight] paper");
  check_refused ("as-of=2026-01-01", "as-of=01/01/2026", "[table] as-of");
  check_refused ("currency=EUR", "currency=euro", "[table] currency");
  check_refused ("[r2]", "[r9]", "[r2]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/postage/cases", test_cases);
  g_test_add_func ("/postage/shipped", test_shipped);
  g_test_add_func ("/postage/errors", test_errors);
  return g_test_run ();
}
