/* Policies as files: written, changed, read back, taken back. */
#include "rubis-policy-files.h"
#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

#include <string.h>

typedef struct {
  char *folder;
  char *out;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  f->folder = rubis_test_make_folder ();
  f->out = g_build_filename (f->folder, "policies", NULL);
  f->session = rubis_test_session_new (f->folder);
  g_assert_cmpint (rubis_session_export_policies (f->session, f->out, &error), >, 3);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->out);
}

/* A copy of consumer.ini with @from replaced by @to, as @name. */
static char *
make_file (Fixture *f, const char *name, const char *from, const char *to)
{
  g_autofree char *source = g_build_filename (f->out, "consumer.ini", NULL);
  char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_auto(GStrv) parts = NULL;

  g_file_get_contents (source, &text, NULL, &error);
  g_assert_no_error (error);
  parts = g_strsplit (text, from, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  changed = g_strjoinv (to, parts);
  g_file_set_contents (path, changed, -1, &error);
  g_assert_no_error (error);
  return path;
}

static gint64
count (Fixture *f, const char *what)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM policy WHERE %s", what);

  return rubis_test_query (f->session, sql);
}

static void
test_unchanged (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->out, "consumer.ini", NULL);
  const char *const paths[] = { path, NULL };

  g_assert_cmpint (rubis_session_import_policies (f->session, paths, FALSE, NULL), ==, 0);
}

/* A changed policy and a new one are one edit: undone, both are gone; done again, both are back. */
static void
test_undo (Fixture *f, gconstpointer data)
{
  g_autofree char *changed = make_file (f, "changed.ini", "promise-grace=3", "promise-grace=9");
  g_autofree char *added = make_file (f, "added.ini", "id=consumer", "id=artisan");
  const char *const paths[] = { changed, added, NULL };
  gint64 n_before = count (f, "1");
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (rubis_session_import_policies (f->session, paths, TRUE, NULL), ==, 2);
  g_assert_cmpint (count (f, "body LIKE '%promise-grace=9%'"), ==, 0);
  g_assert_cmpint (rubis_session_import_policies (f->session, paths, FALSE, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "id = 'consumer' AND body LIKE '%promise-grace=9%'"), ==, 1);
  g_assert_cmpint (count (f, "1"), ==, n_before + 1);
  undone = rubis_session_undo (f->session, &error);
  g_assert_cmpstr (undone, ==, "2 policies imported");
  g_assert_cmpint (count (f, "body LIKE '%promise-grace=9%' OR id = 'artisan'"), ==, 0);
  g_assert_cmpint (count (f, "1"), ==, n_before);
  redone = rubis_session_redo (f->session, &error);
  g_assert_nonnull (redone);
  g_assert_cmpint (count (f, "id = 'consumer' AND body LIKE '%promise-grace=9%'"), ==, 1);
  g_assert_cmpint (count (f, "id = 'artisan'"), ==, 1);
  g_assert_cmpint (
    rubis_test_query (f->session, "SELECT count(*) FROM event WHERE kind IN ('policy', 'undo', 'redo')"), ==,
    3);
}

/* One wrong file, and nothing of the others is taken. */
static void
test_wrong (Fixture *f, gconstpointer data)
{
  g_autofree char *changed = make_file (f, "changed.ini", "promise-grace=3", "promise-grace=9");
  g_autofree char *wrong = make_file (f, "wrong.ini", "channel=email", "channel=pigeon");
  const char *const paths[] = { changed, wrong, NULL };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (rubis_session_import_policies (f->session, paths, FALSE, &error), ==, -1);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "wrong.ini"));
  g_assert_nonnull (strstr (error->message, "pigeon"));
  g_assert_cmpint (count (f, "body LIKE '%promise-grace=9%'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/policy-files/unchanged", Fixture, NULL, set_up, test_unchanged, tear_down);
  g_test_add ("/policy-files/undo", Fixture, NULL, set_up, test_undo, tear_down);
  g_test_add ("/policy-files/wrong", Fixture, NULL, set_up, test_wrong, tear_down);
  return g_test_run ();
}
