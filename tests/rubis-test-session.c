#include "rubis-test-session.h"

#include "rubis-store-events.h"
#include "rubis-store-imports.h"

/* Data of the day, so that nothing is refused for being old. */
static void
add_batch (RubisSession *session)
{
  RubisStore *store = rubis_session_lock (session);
  RubisBatchRecord batch = { .kind = (char *) "items", .file_name = (char *) "test.csv", .sha256 = (char *) "",
                             .fingerprint = (char *) "", .as_of = RUBIS_TEST_TODAY,
                             .imported_at = (char *) "2026-11-20T08:00:00Z", .imported_by = (char *) "test" };
  g_autoptr(GError) error = NULL;

  rubis_store_begin (store, &error);
  g_assert_no_error (error);
  rubis_store_insert_batch (rubis_store_get_database (store), &batch, &error);
  g_assert_no_error (error);
  rubis_store_commit (store, &error);
  g_assert_no_error (error);
  rubis_session_unlock (session);
}

RubisSession *
rubis_test_session_new (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "test.rubis", NULL);
  g_autoptr(RubisCompany) company = rubis_company_new ();
  g_autoptr(GError) error = NULL;
  RubisSession *session;

  rubis_company_set (company, name, "Verrerie Duval");
  rubis_company_set (company, siren, "732829320");
  session = rubis_session_create (path, company, RUBIS_TEST_TODAY, &error);
  g_assert_no_error (error);
  add_batch (session);
  return session;
}

gint64
rubis_test_add_account (RubisSession *session, const char *code, const char *name)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr(RubisAccountRecord) account = rubis_account_record_new ();
  g_autoptr(GError) error = NULL;

  g_free (account->code);
  account->code = g_strdup (code);
  g_free (account->name);
  account->name = g_strdup (name);
  rubis_store_begin (store, &error);
  g_assert_no_error (error);
  rubis_store_insert_account (rubis_store_get_database (store), account, 0, &error);
  g_assert_no_error (error);
  rubis_store_commit (store, &error);
  g_assert_no_error (error);
  rubis_session_unlock (session);
  return account->id;
}

gint64
rubis_test_add_item (RubisSession *session, gint64 account_id, const char *number, RubisItemType type,
                     const char *due, gint64 total, gint64 open, const char *currency)
{
  RubisStore *store = rubis_session_lock (session);
  RubisItemRecord item = { .account_id = account_id, .type = type, .number = number, .fiscal_year = 2026,
                           .issue_date = RUBIS_DATE_NONE, .due_date = RUBIS_DATE_NONE, .currency = RUBIS_CURRENCY_EUR,
                           .total = total, .open = open, .order_ref = "", .sales_rep = "", .label = "",
                           .stop_until = RUBIS_DATE_NONE, .promise_date = RUBIS_DATE_NONE, .level = RUBIS_LEVEL_NONE,
                           .level_date = RUBIS_DATE_NONE, .first_seen = RUBIS_DATE_NONE,
                           .cleared_date = RUBIS_DATE_NONE };
  g_autoptr(GError) error = NULL;

  if (due != NULL)
    {
      item.due_date = rubis_date_parse_iso (due);
      item.issue_date = item.due_date - 30;
    }
  if (currency != NULL)
    g_assert_true (rubis_currency_parse (currency, &item.currency));
  rubis_store_begin (store, &error);
  g_assert_no_error (error);
  rubis_store_insert_item (rubis_store_get_database (store), &item, 0, RUBIS_TEST_TODAY - 30, &error);
  g_assert_no_error (error);
  rubis_store_commit (store, &error);
  g_assert_no_error (error);
  rubis_session_unlock (session);
  return item.id;
}

void
rubis_test_exec (RubisSession *session, const char *sql)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr(GError) error = NULL;

  rubis_database_exec (rubis_store_get_database (store), sql, &error);
  g_assert_no_error (error);
  rubis_session_unlock (session);
}

gint64
rubis_test_query (RubisSession *session, const char *sql)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr(GError) error = NULL;
  gint64 value = G_MININT64;

  rubis_database_query_int (rubis_store_get_database (store), sql, &value, &error);
  g_assert_no_error (error);
  rubis_session_unlock (session);
  return value;
}

void
rubis_test_check_dossier (RubisSession *session)
{
  RubisStore *store = rubis_session_lock (session);
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr(GError) error = NULL;
  gint64 n_events = 0;
  gint64 broken = 0;

  g_assert_cmpint (rubis_test_query (session, "SELECT count (*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
                   ==, 0);
  g_assert_cmpint (rubis_test_query (session, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
  g_assert_cmpint (rubis_test_query (session,
                                     "SELECT count (*) FROM item i WHERE i.open <> i.total - coalesce "
                                     "((SELECT sum (l.amount) FROM allocation l WHERE l.item_id = i.id), 0)"),
                   ==, 0);
  rubis_store_verify_journal (db, &n_events, &broken, &error);
  g_assert_no_error (error);
  g_assert_cmpint (broken, ==, 0);
  rubis_session_unlock (session);
}

static void
note_signal (gboolean *seen)
{
  *seen = TRUE;
}

static gboolean
note_timeout (gpointer data)
{
  g_error ("a signal did not come");
  return G_SOURCE_REMOVE;
}

void
rubis_test_wait_for (gpointer object, const char *signal_name)
{
  gboolean seen = FALSE;
  gulong handler = g_signal_connect_swapped (object, signal_name, G_CALLBACK (note_signal), &seen);
  guint timeout = g_timeout_add_seconds (30, note_timeout, NULL);

  while (!seen)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_signal_handler_disconnect (object, handler);
}

void
rubis_test_undo (RubisSession *session, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = rubis_session_undo (session, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (undone, ==, label);
}

void
rubis_test_redo (RubisSession *session, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *redone = rubis_session_redo (session, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (redone, ==, label);
}
