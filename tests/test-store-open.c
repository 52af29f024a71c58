/* Creating, opening and refusing dossiers. */
#include "rubis-store.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "rubis-store-settings.h"
#include "rubis-test-store.h"
#include "rubis-test.h"

static gboolean
contains (const char *text, const char *part)
{
  return strstr (text, part) != NULL;
}

static void
test_create_and_open (RubisTestStore *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisDatabase) reader = NULL;
  struct stat status;

  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (rubis_test_store_query (fixture->db, "PRAGMA application_id"), ==,
                   RUBIS_STORE_APPLICATION_ID);
  g_assert_cmpint (rubis_test_store_query (fixture->db, "PRAGMA user_version"), ==,
                   rubis_store_schema_version ());
  g_assert_cmpint (rubis_test_store_query (fixture->db, "PRAGMA foreign_keys"), ==, 1);

  g_assert_null (rubis_store_create (fixture->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);

  rubis_store_set_setting (fixture->db, "a", "b", &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->store, rubis_store_free);
  /* Nothing but the dossier stays: it can be copied as one file. */
  {
    g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
    int n_files = 0;

    while (g_dir_read_name (dir) != NULL)
      n_files++;
    g_assert_cmpint (n_files, ==, 1);
  }
  fixture->store = rubis_store_open (fixture->path, &error);
  g_assert_no_error (error);
  reader = rubis_store_open_reader (fixture->store, &error);
  g_assert_no_error (error);
  {
    g_autofree char *value = rubis_store_get_setting (reader, "a", &error);

    g_assert_cmpstr (value, ==, "b");
  }
  g_assert_false (rubis_store_set_setting (reader, "a", "c", &error));
  g_assert_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_READ_ONLY);
}

static void
assert_cannot_open (const char *path, RubisStoreError code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisStore) store = rubis_store_open (path, &error);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);

  g_assert_null (store);
  g_assert_error (error, RUBIS_STORE_ERROR, (int)code);
  g_test_message ("%s", error->message);
  g_assert_true (contains (error->message, says));
  if (code != RUBIS_STORE_ERROR_LOCKED)
    g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

static void
test_other_files (RubisTestStore *fixture, gconstpointer data)
{
  static const char *const contents[] = { "", "a;b;c\n1;2;3\n", "SQLite format 3" };
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.rubis", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other.csv", NULL);
  g_autofree char *database = g_build_filename (fixture->folder, "other.db", NULL);
  g_autoptr (RubisDatabase) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;

  assert_cannot_open (missing, RUBIS_STORE_ERROR_MISSING, "missing.rubis");
  assert_cannot_open (fixture->folder, RUBIS_STORE_ERROR_NOT_A_DOSSIER, "not a Rubis dossier");
  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_assert_true (g_file_set_contents (other, contents[i], -1, NULL));
      assert_cannot_open (other, RUBIS_STORE_ERROR_NOT_A_DOSSIER, "“other.csv” is not a Rubis dossier");
    }
  g_assert_true (g_file_get_contents (other, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "SQLite format 3");

  db = rubis_database_open (database, RUBIS_DATABASE_CREATE, &error);
  rubis_test_store_exec (db, "CREATE TABLE t (a)");
  assert_cannot_open (database, RUBIS_STORE_ERROR_NOT_A_DOSSIER, "not a Rubis dossier");
}

static void
test_newer (RubisTestStore *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree char *left = NULL;
  gsize length;
  gsize left_length;

  rubis_test_store_exec (fixture->db, "PRAGMA user_version = 99");
  g_clear_pointer (&fixture->store, rubis_store_free);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_NEWER, "format 99");
  g_assert_true (g_file_get_contents (fixture->path, &left, &left_length, NULL));
  g_assert_cmpmem (content, length, left, left_length);
}

static void
test_damaged (RubisTestStore *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize length;

  g_clear_pointer (&fixture->store, rubis_store_free);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  g_assert_cmpuint (length, >, 40000);
  /* Pages in the middle are overwritten; the first one stays. */
  memset (content + 8192, 0xaa, length - 12288);
  g_assert_true (g_file_set_contents (fixture->path, content, (gssize)length, NULL));
  assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_DAMAGED, "Restore the last backup");
  /* Cut short. */
  g_assert_true (g_file_set_contents (fixture->path, content, 8192, NULL));
  assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_DAMAGED, "is damaged");
}

/* Opens as an ordinary user, since root may write everywhere. */
static void
assert_refused_as_read_only (const char *path)
{
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      g_autoptr (GError) error = NULL;

      if (geteuid () == 0 && setuid (65534) != 0)
        _exit (2);
      _exit (rubis_store_open (path, &error) == NULL
                     && g_error_matches (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_READ_ONLY)
                 ? 0
                 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_read_only (RubisTestStore *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->store, rubis_store_free);
  if (geteuid () == 0)
    {
      g_assert_cmpint (chown (fixture->path, 65534, (gid_t)-1), ==, 0);
      g_assert_cmpint (chown (fixture->folder, 65534, (gid_t)-1), ==, 0);
    }
  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  assert_refused_as_read_only (fixture->path);
  g_assert_cmpint (g_chmod (fixture->path, 0600), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  assert_refused_as_read_only (fixture->path);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

static void
test_locked (RubisTestStore *fixture, gconstpointer data)
{
  g_autofree char *process = g_strdup_printf ("process %d", (int)getpid ());
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisStore) again = NULL;

  /* A second window of the same program is refused too. */
  assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_LOCKED, process);
  assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_LOCKED, g_get_user_name ());
  assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_LOCKED, g_get_host_name ());
  g_clear_pointer (&fixture->store, rubis_store_free);

  /* What a crash has left on this machine does not count; a fresh note of another machine does. */
  g_assert_true (
      g_file_set_contents (lock, "program rubis\nuser eve\nmachine elsewhere\nprocess 12\n", -1, NULL));
  assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_LOCKED, "user eve on elsewhere (process 12)");
  {
    g_autofree char *own
        = g_strdup_printf ("program rubis\nuser eve\nmachine %s\nprocess 12\n", g_get_host_name ());

    g_assert_true (g_file_set_contents (lock, own, -1, NULL));
  }
  again = rubis_store_open (fixture->path, &error);
  g_assert_no_error (error);
}

/* A link to the dossier, or to its folder, leads to the same lock. */
static void
test_locked_by_link (RubisTestStore *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *link = g_build_filename (other, "link.rubis", NULL);
  g_autofree char *folder = g_build_filename (other, "folder", NULL);
  g_autofree char *name = g_path_get_basename (fixture->path);
  g_autofree char *within = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  g_assert_cmpint (symlink (fixture->folder, folder), ==, 0);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (RubisStore) second = rubis_store_open (i == 0 ? link : within, &error);

      g_assert_null (second);
      g_assert_error (error, RUBIS_STORE_ERROR, RUBIS_STORE_ERROR_LOCKED);
      g_clear_error (&error);
    }
  g_clear_pointer (&fixture->store, rubis_store_free);
  {
    g_autoptr (RubisStore) alone = rubis_store_open (link, &error);

    g_assert_no_error (error);
    assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_LOCKED, "is open in");
  }
  g_assert_cmpint (g_unlink (folder), ==, 0);
}

/* A process that is killed lets go of the dossier. */
static void
test_killed_holder (RubisTestStore *fixture, gconstpointer data)
{
  int ready[2];
  char byte = 0;
  pid_t child;

  g_clear_pointer (&fixture->store, rubis_store_free);
  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    {
      RubisStore *store = rubis_store_open (fixture->path, NULL);

      if (write (ready[1], store != NULL ? "y" : "n", 1) == 1)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  assert_cannot_open (fixture->path, RUBIS_STORE_ERROR_LOCKED, "is open in");
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (RubisStore) store = rubis_store_open (fixture->path, &error);

    g_assert_no_error (error);
    g_assert_nonnull (store);
  }
  close (ready[0]);
  close (ready[1]);
}

/* A dossier of an older version, with customer C1. @files: its schema, NULL-terminated (transfer full) */
static RubisDatabase *
create_old (const char *path, const char *const *files, int version)
{
  g_autofree char *pragmas = g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = 1381319241; "
                                              "INSERT INTO account (id, party_id, code, "
                                              "name, search_key) VALUES (1, 1, 'C1', 'Alpha', 'alpha')",
                                              version);
  g_autoptr (GError) error = NULL;
  RubisDatabase *old = rubis_database_open (path, RUBIS_DATABASE_CREATE, &error);

  g_assert_no_error (error);
  for (gsize i = 0; files[i] != NULL; i++)
    {
      g_autofree char *name
          = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "schema", files[i], NULL);
      g_autofree char *text = NULL;

      g_file_get_contents (name, &text, NULL, &error);
      g_assert_no_error (error);
      rubis_test_store_exec (old, text);
    }
  rubis_test_store_exec (old, pragmas);
  return old;
}

/* A dossier as version 2 left it, with an email that a crash left waiting: it was to become a file, and a
 * server that is added later does not get it.
 */
static void
test_older_outbox (RubisTestStore *fixture, gconstpointer data)
{
  static const char *const files[] = { "001.sql", "002.sql", "item-indexes.sql", NULL };
  g_autofree char *path = g_build_filename (fixture->folder, "older.rubis", NULL);
  g_autoptr (RubisDatabase) old = create_old (path, files, 2);
  g_autoptr (RubisStore) store = NULL;
  g_autoptr (GError) error = NULL;

  rubis_test_store_exec (
      old,
      "INSERT INTO event (at, date, kind, account_id, actor, summary, data, hash) VALUES "
      "('2026-01-05T08:00:00Z', 20458, 'note', 1, 'x', 'Note', '{\"detail\":\"Rappeler après l’été\"}', ''),"
      "('2026-01-06T08:00:00Z', 20459, 'note', 1, 'x', 'Sans détail', '', '');"
      "INSERT INTO document (id, account_id, kind, template_id, template_version, language, currency, "
      "amount, date, subject, recipient, file_name, "
      "media_type, n_pages, sha256, content) VALUES (1, 1, 'email', 'relance-1', 1, 'fr', 'EUR', 100, "
      "1, 'Relance', 'a@client.example', 'a.eml', "
      "'message/rfc822', 1, '', x'');"
      "INSERT INTO outbox (send_key, account_id, currency, rank, step_name, channel, amount, n_items, "
      "document_id, state, created, changed) VALUES ('k1', 1, 'EUR', 1, 'Relance 1', 0, 100, 1, 1, "
      "'queued', 1, 1)");
  g_clear_pointer (&old, rubis_database_free);

  store = rubis_store_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (
      rubis_test_store_query (rubis_store_get_database (store),
                              "SELECT count (*) FROM outbox o JOIN sender s ON s.id = o.sender_id "
                              "WHERE s.transport = 'folder' AND o.state = 'queued' "
                              "AND o.recipient = 'a@client.example' AND o.subject = 'Relance'"),
      ==, 1);
  /* What happened before can be searched, and items by the end of their number. */
  g_assert_cmpint (rubis_test_store_query (rubis_store_get_database (store),
                                           "SELECT sum (rowid) FROM event_search WHERE event_search MATCH "
                                           "'\"ete\" AND \"alpha\"'"),
                   ==, 1);
  g_assert_cmpint (
      rubis_test_store_query (rubis_store_get_database (store),
                              "SELECT sum (rowid) FROM event_search WHERE event_search MATCH 'detail'"),
      ==, 2);
  g_assert_cmpint (
      rubis_test_store_query (rubis_store_get_database (store),
                              "SELECT count (*) FROM sqlite_schema WHERE name = 'item_by_number_end'"),
      ==, 1);
}

/* A dossier as version 3 left it: what was agreed and contested there goes on as if it were of today. */
static void
test_older_agreements (RubisTestStore *fixture, gconstpointer data)
{
  static const char *const files[] = { "001.sql", "002.sql", "003.sql", "item-indexes.sql", NULL };
  g_autofree char *path = g_build_filename (fixture->folder, "older.rubis", NULL);
  g_autoptr (RubisDatabase) old = create_old (path, files, 3);
  g_autoptr (RubisStore) store = NULL;
  g_autoptr (GError) error = NULL;
  RubisDatabase *db;

  rubis_test_store_exec (
      old, "INSERT INTO item (id, account_id, number, fiscal_year, type, total, open, currency, issue_date, "
           "due_date, first_seen, in_plan, disputed, level, level_date) VALUES "
           "(7, 1, 'F-1', 2026, 0, 100000, 90000, 'EUR', 20500, 20530, 20500, 1, 20000, 3, 20600);"
           "INSERT INTO allocation (item_id, amount, date, source) VALUES (7, 10000, 20650, 'erp');"
           "INSERT INTO plan (id, account_id, currency, agreed_on, state) VALUES (1, 1, 'EUR', 20640, "
           "'active');"
           "INSERT INTO plan_item (plan_id, item_id) VALUES (1, 7);"
           "INSERT INTO dispute (id, account_id, reason, description, opened_on, opened_by, state) VALUES "
           "(1, 1, 'Livraison', '', 20630, 'x', 'open'), (2, 1, 'Palette', '', 20630, 'x', 'open');"
           "INSERT INTO dispute_item (dispute_id, item_id, amount) VALUES (1, 7, 20000)");
  g_clear_pointer (&old, rubis_database_free);

  store = rubis_store_open (path, &error);
  g_assert_no_error (error);
  db = rubis_store_get_database (store);
  /* The level from which the items go on when the plan ends, and what was left out of it. */
  g_assert_cmpint (rubis_test_store_query (db, "SELECT level FROM plan_item"), ==, 3);
  g_assert_cmpint (rubis_test_store_query (db, "SELECT level_date FROM plan_item"), ==, 20600);
  g_assert_cmpint (rubis_test_store_query (db, "SELECT amount FROM plan_item"), ==, 80000);
  g_assert_cmpint (rubis_test_store_query (db, "SELECT excluded FROM plan_item"), ==, 20000);
  g_assert_cmpint (rubis_test_store_query (db, "SELECT contested FROM item WHERE id = 7"), ==, 20000);
  /* Known reasons are those of the list, one's own words stay. */
  g_assert_cmpint (rubis_test_store_query (db, "SELECT count (*) FROM dispute WHERE reason = 'delivery' OR "
                                               "reason = 'Palette'"),
                   ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                                      \
  g_test_add ("/store-open/" path, RubisTestStore, NULL, rubis_test_store_set_up, func,                      \
              rubis_test_store_tear_down)
  ADD ("create-and-open", test_create_and_open);
  ADD ("other-files", test_other_files);
  ADD ("newer", test_newer);
  ADD ("older-outbox", test_older_outbox);
  ADD ("older-agreements", test_older_agreements);
  ADD ("damaged", test_damaged);
  ADD ("read-only", test_read_only);
  ADD ("locked", test_locked);
  ADD ("locked-by-link", test_locked_by_link);
  ADD ("killed-holder", test_killed_holder);
#undef ADD
  return g_test_run ();
}
