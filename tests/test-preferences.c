#include "rubis-preferences.h"

#include <sys/stat.h>

#include "rubis-test.h"

static char *
preferences_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "rubis", "preferences.ini", NULL);
}

static void
test_values (void)
{
  g_autoptr(RubisPreferences) first = rubis_preferences_new ();
  g_autoptr(RubisPreferences) second = NULL;
  g_autofree char *path = preferences_path ();
  g_autofree char *columns = NULL;
  g_autofree char *gone = NULL;
  struct stat status;

  g_assert_cmpint (rubis_preferences_get_int (first, "window", "width", 1280), ==, 1280);
  g_assert_true (rubis_preferences_get_boolean (first, "window", "tree", TRUE));
  rubis_preferences_set_int (first, "window", "width", 1600);
  rubis_preferences_set_boolean (first, "window", "tree", FALSE);
  rubis_preferences_set_string (first, "grid", "columns", "number;échéance");
  rubis_preferences_set_string (first, "grid", "gone", "x");

  second = rubis_preferences_new ();
  g_assert_cmpint (rubis_preferences_get_int (second, "window", "width", 0), ==, 1600);
  g_assert_false (rubis_preferences_get_boolean (second, "window", "tree", TRUE));
  columns = rubis_preferences_get_string (second, "grid", "columns");
  g_assert_cmpstr (columns, ==, "number;échéance");

  /* What another window has saved meanwhile is kept. */
  rubis_preferences_set_string (second, "grid", "gone", NULL);
  rubis_preferences_set_int (first, "window", "height", 900);
  g_assert_cmpint (rubis_preferences_get_int (first, "window", "height", 0), ==, 900);
  gone = rubis_preferences_get_string (first, "grid", "gone");
  g_assert_null (gone);

  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_broken (void)
{
  g_autofree char *path = preferences_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(RubisPreferences) preferences = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "[window]\nwidth=12\nthis is no key file\n\x01\xff", -1, NULL));
  preferences = rubis_preferences_new ();
  g_assert_cmpint (rubis_preferences_get_int (preferences, "window", "width", 1280), ==, 1280);
  rubis_preferences_set_int (preferences, "window", "width", 1400);
  g_assert_cmpint (rubis_preferences_get_int (preferences, "window", "width", 1280), ==, 1400);
}

static void
test_recent (void)
{
  g_autofree char *folder = rubis_test_make_folder ();
  g_autofree char *a = g_build_filename (folder, "a;b é.rubis", NULL);
  g_autofree char *b = g_build_filename (folder, "b.rubis", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.rubis", NULL);
  g_autoptr(RubisPreferences) preferences = rubis_preferences_new ();
  g_autoptr(RubisPreferences) again = NULL;
  g_auto(GStrv) recent = NULL;

  g_assert_true (g_file_set_contents (a, "", 0, NULL));
  g_assert_true (g_file_set_contents (b, "", 0, NULL));
  rubis_preferences_add_recent (preferences, a);
  rubis_preferences_add_recent (preferences, missing);
  rubis_preferences_add_recent (preferences, b);
  rubis_preferences_add_recent (preferences, a);

  again = rubis_preferences_new ();
  recent = rubis_preferences_get_recent (again);
  g_assert_cmpuint (g_strv_length (recent), ==, 2);
  g_assert_cmpstr (recent[0], ==, a);
  g_assert_cmpstr (recent[1], ==, b);
  rubis_test_remove_tree (folder);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = rubis_test_make_folder ();
  int result;

  /* Not by GTest's own isolation, which leaks. */
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preferences/values", test_values);
  g_test_add_func ("/preferences/broken", test_broken);
  g_test_add_func ("/preferences/recent", test_recent);
  result = g_test_run ();
  rubis_test_remove_tree (folder);
  return result;
}
