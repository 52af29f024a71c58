#include "rubis-test-store.h"

#include "rubis-test.h"

void
rubis_test_store_set_up (RubisTestStore *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = rubis_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "été.rubis", NULL);
  fixture->store = rubis_store_create (fixture->path, &error);
  g_assert_no_error (error);
  fixture->db = rubis_store_get_database (fixture->store);
}

void
rubis_test_store_tear_down (RubisTestStore *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->store, rubis_store_free);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

void
rubis_test_store_exec (RubisDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  rubis_database_exec (db, sql, &error);
  g_assert_no_error (error);
}

gint64
rubis_test_store_query (RubisDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = G_MININT64;

  rubis_database_query_int (db, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}
