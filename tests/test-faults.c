/* What a failing disk leaves behind: for each write of an action, that write fails. Afterwards the
 * dossier opens, is whole, and holds all of the action or nothing of it.
 */
#include <glib/gstdio.h>

#include "fault-vfs.h"
#include "rubis-account-card.h"
#include "rubis-agenda-list.h"
#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

/* Beyond it something goes on for ever. */
#define MAX_OPERATIONS 5000

typedef struct {
  char *folder;
  char *base;      /* the dossier that each turn starts from */
  char *work;      /* its copy, that the turn is made on */
  char *csv;
} Fixture;

/* Does it; FALSE when it failed, as it may. */
typedef gboolean (*Action) (Fixture *fixture, RubisSession *session);

static void
quiet_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  RubisSession *session;
  gint64 account;

  fixture->folder = rubis_test_make_folder ();
  session = rubis_test_session_new (fixture->folder);
  rubis_test_exec (session, "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                            "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                            "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                            "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                            "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                            "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *code = g_strdup_printf ("C%d", i);
      g_autofree char *number = g_strdup_printf ("F-%d", i);
      g_autofree char *credit = g_strdup_printf ("A-%d", i);

      account = rubis_test_add_account (session, code, code);
      rubis_test_add_item (session, account, number, RUBIS_ITEM_INVOICE, "2026-10-20", 200000, 150000 + i, NULL);
      rubis_test_add_item (session, account, credit, RUBIS_ITEM_CREDIT, "2026-10-20", -1000, -1000, NULL);
    }
  rubis_test_exec (session, "UPDATE account SET address = '4 rue du Lac', postcode = '69003', city = 'Lyon', "
                            "language = 'fr'; UPDATE account SET email = 'c@x.example' WHERE code = 'C1'");
  fixture->base = g_strdup (rubis_session_get_path (session));
  fixture->work = g_build_filename (fixture->folder, "work.rubis", NULL);
  fixture->csv = g_build_filename (fixture->folder, "items.csv", NULL);
  g_object_unref (session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->base);
  g_free (fixture->work);
  g_free (fixture->csv);
}

/* All that the actions change, as one text. (transfer full) */
static char *
read_state (RubisSession *session)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisStatement) statement = rubis_database_prepare (
    rubis_store_get_database (store),
    "SELECT (SELECT count (*) || ',' || coalesce (sum (open), 0) || ',' || coalesce (sum (total), 0) || ',' || "
    "coalesce (sum (level), 0) || ',' || coalesce (sum (stop), 0) FROM item) || ' ' || (SELECT count (*) FROM allocation) "
    "|| ' ' || (SELECT count (*) || ',' || group_concat (note, '|') FROM account) || ' ' || (SELECT count (*) FROM event) "
    "|| ' ' || (SELECT count (*) FROM event_item) || ' ' || (SELECT count (*) FROM document) || ' ' || "
    "(SELECT count (*) FROM outbox) || ' ' || (SELECT count (*) FROM import_batch) || ' ' || "
    "(SELECT count (*) FROM sqlite_schema)",
    &error);
  char *state;

  g_assert_no_error (error);
  g_assert_cmpint (rubis_statement_step (statement, &error), ==, RUBIS_STEP_ROW);
  state = g_strdup (rubis_statement_text (statement, 0));
  rubis_session_unlock (session);
  return state;
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &content, &length, NULL));
  g_assert_true (g_file_set_contents_full (to, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static RubisSession *
open_work (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  RubisSession *session = rubis_session_open (fixture->work, RUBIS_TEST_TODAY, &error);

  g_assert_no_error (error);
  return session;
}

/* One turn: TRUE when something failed in it. */
static gboolean
run_turn (Fixture *fixture, Action action, FaultMode mode, int n, const char *before, const char *after)
{
  RubisSession *session;
  g_autofree char *state = NULL;
  gboolean done;
  gboolean hit;

  copy_file (fixture->base, fixture->work);
  session = open_work (fixture);
  fault_vfs_arm (mode, n);
  done = action (fixture, session);
  /* The disk is still gone when the dossier is closed. */
  g_object_unref (session);
  hit = fault_vfs_disarm ();

  session = open_work (fixture);
  rubis_test_check_dossier (session);
  state = read_state (session);
  if (done || !g_str_equal (state, before))
    g_assert_cmpstr (state, ==, after);
  g_object_unref (session);
  return hit;
}

static void
run_faults (Fixture *fixture, Action action)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  RubisSession *session;

  copy_file (fixture->base, fixture->work);
  session = open_work (fixture);
  before = read_state (session);
  g_assert_true (action (fixture, session));
  g_object_unref (session);
  session = open_work (fixture);
  after = read_state (session);
  g_object_unref (session);
  g_assert_cmpstr (before, !=, after);

  for (int mode = FAULT_ONCE; mode <= FAULT_FULL; mode++)
    {
      /* A full disk differs from a broken one in its error alone: some places tell. Under the sanitisers, ten
       * times slower, every seventh operation does; the ordinary run takes them all.
       */
      int step = (mode == FAULT_FULL ? 5 : 1) * (g_getenv ("RUBIS_TEST_SPARSE") != NULL ? 7 : 1);
      int n = 1;

      for (; run_turn (fixture, action, (FaultMode) mode, n, before, after); n += step)
        g_assert_cmpint (n, <, MAX_OPERATIONS);
      g_assert_cmpint (n, >, 5);
    }
}

static gboolean
insert_items (RubisStore *store, gpointer user_data, GError **error)
{
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *number = g_strdup_printf ("N-%d", i);
      RubisItemRecord item = { .account_id = 1, .type = RUBIS_ITEM_INVOICE, .number = number, .fiscal_year = 2026,
                               .issue_date = 20700, .due_date = 20730, .currency = RUBIS_CURRENCY_EUR,
                               .total = 1000 + i, .open = 1000 - i * 10, .order_ref = "", .sales_rep = "",
                               .label = "", .stop_until = RUBIS_DATE_NONE, .promise_date = RUBIS_DATE_NONE,
                               .level = -1, .level_date = RUBIS_DATE_NONE, .cleared_date = RUBIS_DATE_NONE };

      if (!rubis_store_insert_item (rubis_store_get_database (store), &item, 0, RUBIS_TEST_TODAY, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_insert (Fixture *fixture, RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  RubisStore *store = rubis_session_lock (session);
  gboolean done = rubis_store_transact (store, insert_items, NULL, &error);

  rubis_session_unlock (session);
  g_assert_true (done == (error == NULL));
  return done;
}

static void
test_insert (Fixture *fixture, gconstpointer data)
{
  run_faults (fixture, do_insert);
}

static gboolean
do_edit (Fixture *fixture, RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  gboolean done = rubis_session_set_note (session, 1, "calls back on Monday", &error);

  g_assert_true (done == (error == NULL));
  return done;
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  run_faults (fixture, do_edit);
}

/* After a failed undo the session still tells the truth: what it undoes next is what is there. */
static gboolean
do_undo (Fixture *fixture, RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *label = NULL;
  gint64 id = 1;

  g_array_append_val (ids, id);
  if (!rubis_session_set_items_stop (session, ids, TRUE, "x", RUBIS_DATE_NONE, &error))
    return FALSE;
  label = rubis_session_undo (session, &error);
  g_assert_true ((label != NULL) == (error == NULL));
  return label != NULL;
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  for (int mode = FAULT_ONCE; mode <= FAULT_FULL; mode++)
    {
      gboolean hit = TRUE;

      for (int n = 1; hit; n++)
        {
          RubisSession *session;
          gboolean done;
          gint64 n_stopped;

          copy_file (fixture->base, fixture->work);
          session = open_work (fixture);
          fault_vfs_arm ((FaultMode) mode, n);
          done = do_undo (fixture, session);
          g_object_unref (session);
          hit = fault_vfs_disarm ();
          session = open_work (fixture);
          rubis_test_check_dossier (session);
          n_stopped = rubis_test_query (session, "SELECT count (*) FROM item WHERE stop = 1");
          /* Each of the two steps left its line, or did not happen. */
          g_assert_cmpint (rubis_test_query (session, "SELECT count (*) FROM event WHERE kind = 'stop'")
                             - rubis_test_query (session, "SELECT count (*) FROM event WHERE kind = 'undo'"),
                           ==, n_stopped);
          g_assert_true (!done || n_stopped == 0);
          g_object_unref (session);
        }
    }
}

static gboolean
do_import (Fixture *fixture, RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisImportPreview) preview = rubis_session_open_import (session, fixture->csv, &error);
  gboolean done;

  g_assert_no_error (error);
  preview->options.force = TRUE;
  done = rubis_session_preview_import (session, preview, NULL, &error)
         && rubis_session_apply_import (session, preview, NULL, &error);
  g_assert_true (done == (error == NULL));
  return done;
}

/* New accounts and items, a partial payment, and what is absent is settled. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) csv = g_string_new ("Compte;Nom;Facture;Date;Échéance;Montant TTC;Reste dû\n"
                                         "C0;C0;F-0;20/09/2026;20/10/2026;2000,00;900,00\n");

  for (int i = 0; i < 30; i++)
    g_string_append_printf (csv, "D%d;Client %d;G-%d;01/10/2026;31/10/2026;%d,50;%d,50\n", i % 7, i % 7, i, 100 + i,
                            50 + i);
  g_assert_true (g_file_set_contents (fixture->csv, csv->str, -1, NULL));
  run_faults (fixture, do_import);
}

static gboolean
do_run (Fixture *fixture, RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) actions = rubis_session_compute_agenda (session, NULL, &error);
  g_autofree char *out = g_build_filename (fixture->folder, "out", NULL);
  g_autoptr(RubisRunReport) report = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (actions->len, >, 0);
  report = rubis_session_perform (session, actions, out, NULL, NULL, &error);
  g_assert_true ((report != NULL) == (error == NULL));
  return report != NULL;
}

static void
test_run (Fixture *fixture, gconstpointer data)
{
  run_faults (fixture, do_run);
}

/* A dossier that could not be made leaves nothing behind, and its name can be used. */
static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "new", NULL);
  g_autofree char *path = g_build_filename (folder, "new.rubis", NULL);
  g_autoptr(RubisCompany) company = rubis_company_new ();

  rubis_company_set (company, name, "Verrerie Duval");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (int mode = FAULT_ONCE; mode <= FAULT_FULL; mode++)
    {
      gboolean hit = TRUE;

      for (int n = 1; hit; n += n < 20 ? 1 : 7)
        {
          g_autoptr(GError) error = NULL;
          RubisSession *session;
          gboolean made;

          fault_vfs_arm ((FaultMode) mode, n);
          session = rubis_session_create (path, company, RUBIS_TEST_TODAY, &error);
          made = session != NULL;
          g_assert_true (made == (error == NULL));
          g_clear_object (&session);
          hit = fault_vfs_disarm ();
          if (made)
            {
              session = rubis_session_open (path, RUBIS_TEST_TODAY, &error);
              g_assert_no_error (error);
              rubis_test_check_dossier (session);
              g_object_unref (session);
              g_unlink (path);
            }
          /* An empty folder can be removed, another one cannot. */
          g_assert_cmpint (g_rmdir (folder), ==, 0);
          g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_handler (NULL, G_LOG_LEVEL_MESSAGE, quiet_log, NULL);
  fault_vfs_register ();
#define ADD(path, func) g_test_add ("/faults/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("create", test_create);
  ADD ("insert", test_insert);
  ADD ("edit", test_edit);
  ADD ("undo", test_undo);
  ADD ("import", test_import);
  ADD ("run", test_run);
#undef ADD
  return g_test_run ();
}
