#include "rubis-store.h"

#include "rubis-store-accounts.h"
#include "rubis-store-events.h"
#include "rubis-store-imports.h"
#include "rubis-store-items.h"
#include "rubis-store-settings.h"
#include "rubis-test-store.h"
#include "rubis-test.h"

#define TODAY rubis_date_from_ymd (2026, 11, 20)

/* "$2" before "$1", and numbers that are not used. */
static void
test_bind (RubisTestStore *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  RubisStatement *statement = rubis_database_get (
      fixture->db, "SELECT $3, $1, typeof ($4), typeof ($5), $6, $1 || $3 WHERE $6 = 7", &error);

  g_assert_no_error (error);
  rubis_statement_bind (statement, "tisdzn", "one", (gint64)2, "three", RUBIS_DATE_NONE, 0, 7);
  g_assert_cmpint (rubis_statement_step (statement, &error), ==, RUBIS_STEP_ROW);
  g_assert_cmpstr (rubis_statement_text (statement, 0), ==, "three");
  g_assert_cmpstr (rubis_statement_text (statement, 1), ==, "one");
  g_assert_cmpstr (rubis_statement_text (statement, 2), ==, "null");
  g_assert_cmpstr (rubis_statement_text (statement, 3), ==, "null");
  g_assert_cmpint (rubis_statement_int (statement, 4), ==, 7);
  g_assert_cmpstr (rubis_statement_text (statement, 5), ==, "onethree");
}

static void
append (RubisTestStore *fixture, const char *kind, const char *summary)
{
  g_autoptr (GError) error = NULL;
  RubisEventRecord event = { .at = (char *)"2026-11-20T08:00:00Z",
                             .date = TODAY,
                             .kind = (char *)kind,
                             .actor = (char *)"eve",
                             .summary = (char *)summary,
                             .data = (char *)"{}" };

  rubis_store_append_event (fixture->db, &event, &error);
  g_assert_no_error (error);
}

static void
assert_chain (RubisTestStore *fixture, gint64 n_events, gint64 broken)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;
  gint64 first = 0;

  g_assert_true (rubis_store_verify_journal (fixture->db, &n, &first, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, n_events);
  g_assert_cmpint (first, ==, broken);
}

static void
test_journal (RubisTestStore *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_chain (fixture, 0, 0);
  append (fixture, "note", "première");
  append (fixture, "note", "second");
  append (fixture, "letter", "third");
  assert_chain (fixture, 3, 0);

  g_assert_false (rubis_database_exec (fixture->db, "UPDATE event SET summary = 'x' WHERE id = 2", &error));
  g_assert_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (rubis_database_exec (fixture->db, "DELETE FROM event WHERE id = 2", &error));
  g_assert_error (error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_CONSTRAINT);
  g_clear_error (&error);

  /* Whoever goes round the triggers is found out. */
  rubis_test_store_exec (fixture->db, "DROP TRIGGER event_is_final; DROP TRIGGER event_is_kept");
  rubis_test_store_exec (fixture->db, "SAVEPOINT s; UPDATE event SET summary = 'seconf' WHERE id = 2");
  assert_chain (fixture, 3, 2);
  rubis_test_store_exec (fixture->db, "ROLLBACK TO s; UPDATE event SET date = date + 1 WHERE id = 3");
  assert_chain (fixture, 3, 3);
  rubis_test_store_exec (fixture->db, "ROLLBACK TO s; DELETE FROM event WHERE id = 2");
  assert_chain (fixture, 2, 3);
  rubis_test_store_exec (
      fixture->db, "ROLLBACK TO s; UPDATE event SET kind = 'note', summary = 'letterthird' WHERE id = 3");
  assert_chain (fixture, 3, 3);
  rubis_test_store_exec (fixture->db, "ROLLBACK TO s; RELEASE s");
  assert_chain (fixture, 3, 0);
}

static gint64
insert_account (RubisTestStore *fixture, const char *code, const char *siren, gint64 batch_id)
{
  g_autoptr (RubisAccountRecord) account = rubis_account_record_new ();
  g_autoptr (GError) error = NULL;

  g_free (account->code);
  account->code = g_strdup (code);
  g_free (account->name);
  account->name = g_strdup_printf ("Compte %s", code);
  g_free (account->siren);
  account->siren = g_strdup (siren);
  account->stop_until = TODAY;
  account->means = RUBIS_MEANS_CHEQUE;
  rubis_store_insert_account (fixture->db, account, batch_id, &error);
  g_assert_no_error (error);
  return account->id;
}

static void
test_accounts (RubisTestStore *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 a = insert_account (fixture, "C1", "732829320", 0);
  gint64 b = insert_account (fixture, "C2", "732829320", 0);
  gint64 c = insert_account (fixture, "C3", "", 0);
  gint64 d = insert_account (fixture, "C4", "", 0);
  gint64 found = 0;
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (fixture->db, b, &error);
  g_autoptr (RubisAccountRecord) renamed = NULL;
  g_autofree char *until = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (account->code, ==, "C2");
  g_assert_cmpstr (account->siren, ==, "732829320");
  g_assert_cmpint (account->stop_until, ==, TODAY);
  g_assert_cmpint (account->last_contact, ==, RUBIS_DATE_NONE);
  g_assert_cmpint (account->means, ==, RUBIS_MEANS_CHEQUE);
  g_assert_cmpstr (account->policy_id, ==, "");
  /* One SIREN is one party; accounts without one do not share theirs. */
  g_assert_cmpint (rubis_test_store_query (fixture->db, "SELECT count (*) FROM party"), ==, 3);
  g_assert_true (rubis_store_find_account (fixture->db, "C3", &found, &error));
  g_assert_cmpint (found, ==, c);
  g_assert_true (rubis_store_find_account (fixture->db, "c3", &found, &error));
  g_assert_cmpint (found, ==, 0);
  g_assert_null (rubis_store_load_account (fixture->db, 4711, &error));
  g_assert_no_error (error);

  g_assert_true (rubis_store_set_account_field (fixture->db, a, "name", "Éts Garçon", &error));
  g_assert_true (rubis_store_set_account_field (fixture->db, a, "stop_until", "", &error));
  g_assert_true (rubis_store_set_account_field (fixture->db, a, "insolvency", "2", &error));
  renamed = rubis_store_load_account (fixture->db, a, &error);
  g_assert_cmpstr (renamed->name, ==, "Éts Garçon");
  g_assert_cmpint (renamed->stop_until, ==, RUBIS_DATE_NONE);
  g_assert_cmpint (renamed->insolvency, ==, RUBIS_INSOLVENCY_RECEIVERSHIP);
  g_assert_cmpint (rubis_test_store_query (
                       fixture->db, "SELECT count (*) FROM account WHERE search_key = 'ets garcon c1'"),
                   ==, 1);
  until = rubis_store_get_account_field (fixture->db, a, "stop_until", &error);
  g_assert_cmpstr (until, ==, "");
  g_assert_null (rubis_store_get_account_field (fixture->db, 4711, "name", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The day of the last contact only moves forward. */
  g_assert_true (rubis_store_touch_account (fixture->db, d, TODAY, &error));
  g_assert_true (rubis_store_touch_account (fixture->db, d, TODAY - 9, &error));
  g_assert_cmpint (rubis_test_store_query (fixture->db, "SELECT last_contact FROM account WHERE code = 'C4'"),
                   ==, TODAY);
}

static RubisItemRecord
make_item (gint64 account_id, const char *number, gint64 total, gint64 open)
{
  RubisItemRecord item = { .account_id = account_id,
                           .type = RUBIS_ITEM_INVOICE,
                           .number = number,
                           .fiscal_year = 2026,
                           .issue_date = TODAY - 60,
                           .due_date = TODAY - 30,
                           .currency = RUBIS_CURRENCY_EUR,
                           .total = total,
                           .open = open,
                           .order_ref = "",
                           .sales_rep = "",
                           .label = "livraison",
                           .stop_until = RUBIS_DATE_NONE,
                           .promise_date = RUBIS_DATE_NONE,
                           .level = -1,
                           .level_date = RUBIS_DATE_NONE,
                           .cleared_date = RUBIS_DATE_NONE };

  return item;
}

static gint64
insert_item (RubisTestStore *fixture, RubisItemRecord item, gint64 batch_id)
{
  g_autoptr (GError) error = NULL;

  rubis_store_insert_item (fixture->db, &item, batch_id, TODAY - 20, &error);
  g_assert_no_error (error);
  return item.id;
}

static void
assert_sums (RubisTestStore *fixture)
{
  g_assert_cmpint (
      rubis_test_store_query (fixture->db,
                              "SELECT count (*) FROM item i WHERE i.open <> i.total - coalesce ((SELECT sum "
                              "(l.amount) FROM allocation l WHERE l.item_id = i.id), 0)"),
      ==, 0);
}

static void
test_items (RubisTestStore *fixture, gconstpointer data)
{
  gint64 account = insert_account (fixture, "C1", "", 0);
  gint64 partial = insert_item (fixture, make_item (account, "F-1", 12000, 5000), 0);
  RubisItemRecord item = make_item (account, "F-2", 3000, 0);
  RubisItemRecord found;
  g_autoptr (GError) error = NULL;
  gint64 n_items = 0;
  gint64 amount = 0;

  item.cleared_date = TODAY - 40;
  insert_item (fixture, item, 0);
  insert_item (fixture, make_item (account, "A-1", -700, -200), 0);
  assert_sums (fixture);
  g_assert_cmpint (rubis_test_store_query (fixture->db, "SELECT date FROM allocation WHERE amount = 3000"),
                   ==, TODAY - 40);
  g_assert_cmpint (rubis_test_store_query (fixture->db, "SELECT date FROM allocation WHERE amount = 7000"),
                   ==, TODAY - 20);
  g_assert_cmpint (rubis_test_store_query (fixture->db, "SELECT first_seen FROM item WHERE number = 'F-1'"),
                   ==, TODAY - 20);

  g_assert_true (
      rubis_store_find_item (fixture->db, account, "F-1", 2026, RUBIS_ITEM_INVOICE, 0, &found, &error));
  g_assert_cmpint (found.id, ==, partial);
  g_assert_cmpstr (found.label, ==, "livraison");
  g_assert_cmpint (found.promise_date, ==, RUBIS_DATE_NONE);
  g_assert_true (
      rubis_store_find_item (fixture->db, account, "F-1", 2025, RUBIS_ITEM_INVOICE, 0, &found, &error));
  g_assert_cmpint (found.id, ==, 0);

  /* The invoice grows by 1,000 and 2,000 more are paid. */
  item = make_item (account, "F-1", 13000, 4000);
  item.id = partial;
  item.order_ref = "BC-9";
  g_assert_true (rubis_store_update_item (fixture->db, &item, 12000, 5000, 0, TODAY, &error));
  g_assert_no_error (error);
  assert_sums (fixture);
  g_assert_cmpint (
      rubis_test_store_query (fixture->db, "SELECT amount FROM allocation ORDER BY id DESC LIMIT 1"), ==,
      2000);
  g_assert_cmpint (rubis_test_store_query (
                       fixture->db, "SELECT count (*) FROM item WHERE order_ref = 'BC-9' AND open = 4000"),
                   ==, 1);
  g_assert_true (rubis_store_count_open_items (fixture->db, &n_items, &amount, &error));
  g_assert_cmpint (n_items, ==, 2);
  g_assert_cmpint (amount, ==, 4200);

  g_assert_true (rubis_store_clear_item (fixture->db, partial, 4000, 0, TODAY, "absent", &error));
  assert_sums (fixture);
  g_assert_cmpint (rubis_test_store_query (fixture->db, "SELECT cleared_date FROM item WHERE number = 'F-1'"),
                   ==, TODAY);
}

/* All that one batch touches, as text. (transfer full) */
static char *
dump (RubisTestStore *fixture)
{
  static const char *const queries[] = {
    "SELECT group_concat (id || ':' || code || ':' || name || ':' || email || ':' || means, '|') FROM "
    "account",
    "SELECT group_concat (id || ':' || name || ':' || siren, '|') FROM party",
    "SELECT group_concat (id || ':' || number || ':' || total || ':' || open || ':' || coalesce (due_date, "
    "'-') || ':' "
    "|| due_computed || ':' || label || ':' || order_ref || ':' || sales_rep || ':' || means || ':' || "
    "coalesce (cleared_batch, '-') || ':' || coalesce (cleared_date, '-'), '|') FROM item",
    "SELECT group_concat (id || ':' || item_id || ':' || amount || ':' || date, '|') FROM allocation",
    "SELECT group_concat (group_id || ':' || account_id, '|') FROM account_group_member",
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RubisStatement) statement = rubis_database_prepare (fixture->db, queries[i], &error);

      g_assert_no_error (error);
      g_assert_cmpint (rubis_statement_step (statement, &error), ==, RUBIS_STEP_ROW);
      g_string_append_printf (text, "%s\n", rubis_statement_text (statement, 0));
    }
  return g_string_free (text, FALSE);
}

static gint64
insert_batch (RubisTestStore *fixture, const char *sha256)
{
  RubisBatchRecord batch = { .kind = (char *)"items",
                             .file_name = (char *)"e.csv",
                             .sha256 = (char *)sha256,
                             .fingerprint = (char *)"f",
                             .as_of = TODAY,
                             .imported_at = (char *)"2026-11-20T08:00:00Z",
                             .imported_by = (char *)"eve" };
  RubisEventRecord event = { .at = (char *)"2026-11-20T08:00:00Z",
                             .date = TODAY,
                             .kind = (char *)"import",
                             .actor = (char *)"eve",
                             .summary = (char *)"",
                             .data = (char *)"{}" };
  g_autoptr (GError) error = NULL;

  rubis_store_insert_batch (fixture->db, &batch, &error);
  g_assert_no_error (error);
  event.batch_id = batch.id;
  rubis_store_append_event (fixture->db, &event, &error);
  g_assert_no_error (error);
  return batch.id;
}

static void
test_undo_batch (RubisTestStore *fixture, gconstpointer data)
{
  gint64 first = insert_batch (fixture, "one");
  gint64 account = insert_account (fixture, "C1", "732829320", first);
  gint64 changed = insert_item (fixture, make_item (account, "F-1", 12000, 5000), first);
  gint64 cleared = insert_item (fixture, make_item (account, "F-2", 3000, 3000), first);
  g_autofree char *before = dump (fixture);
  gint64 second = insert_batch (fixture, "two");
  RubisItemRecord item = make_item (account, "F-1", 13000, 1000);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 fresh;
  gint64 found = 0;
  gboolean used = TRUE;

  /* What an import does: change, clear, add items and accounts, change fields, also of its own accounts. */
  item.id = changed;
  item.label = "autre";
  item.sales_rep = "Paul";
  item.due_date = RUBIS_DATE_NONE;
  g_assert_true (rubis_store_keep_item (fixture->db, changed, second, &error));
  g_assert_true (rubis_store_update_item (fixture->db, &item, 12000, 5000, second, TODAY, &error));
  /* A second line of the same file about it: what is kept is what was there before the batch. */
  g_assert_true (rubis_store_keep_item (fixture->db, changed, second, &error));
  g_assert_true (rubis_store_keep_item (fixture->db, cleared, second, &error));
  g_assert_true (rubis_store_clear_item (fixture->db, cleared, 3000, second, TODAY, "absent", &error));
  g_assert_true (rubis_store_keep_account_field (fixture->db, second, account, "email", "", &error));
  g_assert_true (rubis_store_set_account_field (fixture->db, account, "email", "a@x.fr", &error));
  fresh = insert_account (fixture, "C2", "", second);
  g_assert_true (rubis_store_keep_account_field (fixture->db, second, fresh, "email", "", &error));
  g_assert_true (rubis_store_join_group (fixture->db, "agency", "Lyon", fresh, &error));
  insert_item (fixture, make_item (fresh, "F-3", 100, 40), second);
  insert_item (fixture, make_item (account, "F-4", 100, 0), second);
  g_assert_no_error (error);
  assert_sums (fixture);

  g_assert_true (rubis_store_find_batch (fixture->db, "two", &found, &error));
  g_assert_cmpint (found, ==, second);
  g_assert_true (rubis_store_has_later_batch (fixture->db, first, &used, &error));
  g_assert_true (used);
  g_assert_true (rubis_store_has_later_batch (fixture->db, second, &used, &error));
  g_assert_false (used);
  g_assert_true (rubis_store_begin (fixture->store, &error));
  rubis_store_undo_batch (fixture->db, second, "2026-11-20T09:00:00Z", &error);
  g_assert_no_error (error);
  g_assert_true (rubis_store_commit (fixture->store, &error));
  after = dump (fixture);
  g_assert_cmpstr (after, ==, before);
  assert_sums (fixture);
  g_assert_true (rubis_store_find_batch (fixture->db, "two", &found, &error));
  g_assert_cmpint (found, ==, 0);
  g_assert_cmpint (rubis_test_store_query (fixture->db, "SELECT count (*) FROM import_change"), ==, 0);
}

static void
test_used_batch (RubisTestStore *fixture, gconstpointer data)
{
  gint64 first = insert_batch (fixture, "one");
  gint64 account = insert_account (fixture, "C1", "", first);
  gint64 old = insert_item (fixture, make_item (account, "F-1", 100, 100), first);
  gint64 second;
  gint64 fresh;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) bound = NULL;
  g_autoptr (GError) error = NULL;

  append (fixture, "letter", "before");
  g_assert_true (rubis_store_link_event_item (fixture->db, 2, old, 1, TODAY, &error));
  g_assert_cmpint (rubis_test_store_query (
                       fixture->db, "SELECT count (*) FROM item WHERE level = 1 AND level_date = 20777"),
                   ==, 1);
  second = insert_batch (fixture, "two");
  fresh = insert_item (fixture, make_item (account, "F-2", 100, 100), second);
  append (fixture, "letter", "after");
  g_assert_true (rubis_store_link_event_item (fixture->db, 4, old, RUBIS_EVENT_NO_LEVEL, TODAY, &error));
  g_assert_no_error (error);
  /* Letters on items that stay are no obstacle; on one that would go it is. */
  none = rubis_store_list_bound_items (fixture->db, second, 5, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (rubis_store_link_event_item (fixture->db, 4, fresh, RUBIS_EVENT_NO_LEVEL, TODAY, &error));
  bound = rubis_store_list_bound_items (fixture->db, second, 5, &error);
  g_assert_cmpuint (bound->len, ==, 1);
  g_assert_cmpstr (bound->pdata[0], ==, "F-2");
  g_assert_cmpint (
      rubis_test_store_query (fixture->db, "SELECT count (*) FROM event_item WHERE level IS NULL"), ==, 2);
}

static void
note_reach (gint64 account_id, gboolean by_email, gboolean by_phone, gpointer user_data)
{
  g_string_append_printf (user_data, "%s%s;", by_email ? "email" : "", by_phone ? "phone" : "");
}

static void
test_contacts (RubisTestStore *fixture, gconstpointer data)
{
  gint64 account = insert_account (fixture, "C1", "", 0);
  RubisContactRecord contact = { .account_id = account,
                                 .salutation = (char *)"Mme",
                                 .first_name = (char *)"Ève",
                                 .last_name = (char *)"Noël",
                                 .job = (char *)"",
                                 .role = (char *)"director",
                                 .email = (char *)"e@x.fr",
                                 .phone = (char *)"" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) remaining = NULL;
  g_autoptr (GString) reach = g_string_new (NULL);

  g_assert_true (rubis_store_insert_contact (fixture->db, &contact, &error));
  contacts = rubis_store_list_contacts (fixture->db, account, &error);
  g_assert_cmpuint (contacts->len, ==, 1);
  g_assert_cmpstr (((RubisContactRecord *)g_ptr_array_index (contacts, 0))->last_name, ==, "Noël");
  g_assert_true (rubis_store_each_contact_reach (fixture->db, note_reach, reach, &error));
  /* An address that came back reaches nobody. */
  rubis_test_store_exec (fixture->db, "UPDATE contact SET bounced = 1, phone = '04'");
  g_assert_true (rubis_store_each_contact_reach (fixture->db, note_reach, reach, &error));
  g_assert_cmpstr (reach->str, ==, "email;phone;");
  g_assert_true (rubis_store_set_contact_removed (fixture->db, contact.id, TRUE, &error));
  remaining = rubis_store_list_contacts (fixture->db, account, &error);
  g_assert_cmpuint (remaining->len, ==, 0);
  g_assert_true (rubis_store_each_contact_reach (fixture->db, note_reach, reach, &error));
  g_assert_cmpstr (reach->str, ==, "email;phone;");
}

/* A query that was left in the middle does not keep an old picture of the dossier open. */
static void
test_commit_ends_reads (RubisTestStore *fixture, gconstpointer data)
{
  gint64 account = insert_account (fixture, "C1", "", 0);
  RubisItemRecord found;
  g_autoptr (GError) error = NULL;

  insert_item (fixture, make_item (account, "F-1", 100, 100), 0);
  g_assert_true (rubis_store_begin (fixture->store, &error));
  g_assert_true (
      rubis_store_find_item (fixture->db, account, "F-1", 2026, RUBIS_ITEM_INVOICE, 0, &found, &error));
  rubis_store_set_setting (fixture->db, "x", "y", &error);
  g_assert_true (rubis_store_commit (fixture->store, &error));
  g_assert_no_error (error);
  /* Answers 1 when the log could not be written back whole. */
  g_assert_cmpint (rubis_test_store_query (fixture->db, "PRAGMA wal_checkpoint (TRUNCATE)"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                                      \
  g_test_add ("/store/" path, RubisTestStore, NULL, rubis_test_store_set_up, func, rubis_test_store_tear_down)
  ADD ("bind", test_bind);
  ADD ("journal", test_journal);
  ADD ("accounts", test_accounts);
  ADD ("items", test_items);
  ADD ("undo-batch", test_undo_batch);
  ADD ("used-batch", test_used_batch);
  ADD ("contacts", test_contacts);
  ADD ("commit-ends-reads", test_commit_ends_reads);
#undef ADD
  return g_test_run ();
}
