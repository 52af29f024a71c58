#include "rubis-timeline.h"

#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 other;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  fixture->account = rubis_test_add_account (fixture->session, "C1", "Garçon SAS");
  fixture->other = rubis_test_add_account (fixture->session, "C2", "Lefèvre SARL");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
add_event (Fixture *fixture, gint64 account, const char *date, const char *kind, const char *summary,
           const char *json)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO event (id, at, date, kind, account_id, actor, "
                                          "summary, data, hash) SELECT coalesce (max (id), 0) + 1, "
                                          "'%sT08:00:00Z', %d, '%s', nullif (%" G_GINT64_FORMAT
                                          ", 0), 'Test', '%s', '%s', '' FROM event",
                                          date, rubis_date_parse_iso (date), kind, account, summary, json);

  rubis_test_exec (fixture->session, sql);
}

/* The titles of what is found, a line each. (transfer full) */
static char *
find (Fixture *fixture, const RubisTimelineFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_list_timeline (fixture->session, filter, 0, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", ((RubisEventRow *)rows->pdata[i])->title);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_found (Fixture *fixture, guint subjects, const char *text, const char *expected)
{
  RubisTimelineFilter filter = RUBIS_TIMELINE_FILTER_INIT;
  g_autofree char *found = NULL;

  filter.account_id = fixture->account;
  filter.subjects = subjects;
  filter.text = text;
  found = find (fixture, &filter);
  g_assert_cmpstr (found, ==, expected);
}

static void
add_incoming (Fixture *fixture, gint64 account, const char *subject, const char *text)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO incoming (uid, received, fetched_at, from_email, from_name, subject, kind, account_id, "
      "text, state, "
      "sha256, content) VALUES ('%s', %d, %d, 'a@b.fr', 'Anne', '%s', 'reply', %" G_GINT64_FORMAT
      ", '%s', 'new', '', x'')",
      subject, rubis_date_parse_iso ("2026-11-10"), 1794297600, subject, account, text);

  rubis_test_exec (fixture->session, sql);
}

static void
fill (Fixture *fixture)
{
  add_event (fixture, 0, "2026-11-01", "import", "Import of x", "{}");
  add_event (fixture, fixture->account, "2026-11-02", "email", "First reminder", "{\"step\":1}");
  add_event (fixture, fixture->account, "2026-11-03", "call", "Call", "{\"note\":\"règle à l''échéance\"}");
  add_event (fixture, fixture->account, "2026-11-04", "promise-kept", "Promise kept", "{}");
  add_event (fixture, fixture->account, "2026-11-05", "stop", "Dunning stopped",
             "{\"detail\":\"Œuvre en cours\"}");
  add_event (fixture, fixture->other, "2026-11-06", "email", "To the other", "{}");
  add_incoming (fixture, fixture->account, "Noted", "Le virement part jeudi");
  add_incoming (fixture, fixture->account, "Assigned", "Facture déjà réglée");
  /* The journal tells of the first, the second was assigned by hand. */
  add_event (fixture, fixture->account, "2026-11-10", "answer", "Answer: Noted", "{\"incoming\":1}");
}

static void
test_subjects (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  assert_found (fixture, 0, NULL,
                "Answer: Noted\nAnswer: Assigned\nDunning stopped\nPromise kept\nCall\nFirst reminder");
  assert_found (fixture, RUBIS_TIMELINE_REMINDERS, NULL, "First reminder");
  assert_found (fixture, RUBIS_TIMELINE_CALLS | RUBIS_TIMELINE_AGREEMENTS, NULL, "Promise kept\nCall");
  assert_found (fixture, RUBIS_TIMELINE_ANSWERS, NULL, "Answer: Noted\nAnswer: Assigned");
  assert_found (fixture, RUBIS_TIMELINE_CHANGES, NULL, "Dunning stopped");
}

/* Accents and case are set aside, and what an event says besides its title is searched; not its JSON. */
static void
test_text (Fixture *fixture, gconstpointer data)
{
  RubisTimelineFilter days = RUBIS_TIMELINE_FILTER_INIT;
  g_autofree char *found = NULL;

  fill (fixture);
  assert_found (fixture, 0, "REGLE echeance", "Call");
  assert_found (fixture, 0, "oeuvre", "Dunning stopped");
  assert_found (fixture, 0, "jeudi virement", "Answer: Noted");
  assert_found (fixture, 0, "deja", "Answer: Assigned");
  assert_found (fixture, 0, "step", "");
  assert_found (fixture, RUBIS_TIMELINE_REMINDERS, "echeance", "");
  days.account_id = fixture->account;
  days.from = rubis_date_parse_iso ("2026-11-03");
  days.to = rubis_date_parse_iso ("2026-11-04");
  found = find (fixture, &days);
  g_assert_cmpstr (found, ==, "Promise kept\nCall");
}

static void
test_payments (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  RubisTimelineFilter filter = RUBIS_TIMELINE_FILTER_INIT;
  RubisEventRow *row;

  rubis_test_add_item (fixture->session, fixture->account, "F-1", RUBIS_ITEM_INVOICE, "2026-10-01", 10000, 0,
                       NULL);
  rubis_test_add_item (fixture->session, fixture->account, "F-2", RUBIS_ITEM_INVOICE, "2026-10-01", 5000,
                       2500, NULL);
  rubis_test_add_item (fixture->session, fixture->account, "F-3", RUBIS_ITEM_INVOICE, "2026-10-01", 5000,
                       1000, NULL);
  rubis_test_add_item (fixture->session, fixture->other, "F-4", RUBIS_ITEM_INVOICE, "2026-10-01", 5000, 0,
                       NULL);
  /* F-3 was so when the first file came: nothing happened on that day. */
  rubis_test_exec (fixture->session, "UPDATE item SET first_batch = 1");
  rubis_test_exec (fixture->session, "UPDATE allocation SET batch_id = 1, date = (SELECT as_of FROM import_batch) - "
                                     "CASE WHEN item_id = (SELECT id FROM item WHERE number = 'F-3') THEN 0 ELSE 3 END");
  filter.account_id = fixture->account;
  filter.subjects = RUBIS_TIMELINE_PAYMENTS;
  rows = rubis_session_list_timeline (fixture->session, &filter, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  g_assert_cmpstr (row->title, ==, "Payment of €125.00 on 2 invoices");
  g_assert_cmpstr (row->detail, ==, "F-1, F-2");
  g_assert_cmpint (row->date, ==, RUBIS_TEST_TODAY - 3);
  assert_found (fixture, 0, "f-2", "Payment of €125.00 on 2 invoices");
}

/* A group reaches down to the groups below it. */
static void
test_group (Fixture *fixture, gconstpointer data)
{
  RubisTimelineFilter filter = RUBIS_TIMELINE_FILTER_INIT;
  g_autofree char *found = NULL;
  g_autofree char *all = NULL;

  fill (fixture);
  rubis_test_exec (fixture->session,
                   "INSERT INTO account_group (id, tree, parent_id, name) VALUES (1, 't', NULL, 'A'), "
                   "(2, 't', 1, 'B')");
  rubis_test_exec (fixture->session,
                   "INSERT INTO account_group_closure VALUES (1, 1, 0), (1, 2, 1), (2, 2, 0)");
  rubis_test_exec (fixture->session,
                   "INSERT INTO account_group_member SELECT 2, id FROM account WHERE code = 'C2'");
  filter.group_id = 1;
  found = find (fixture, &filter);
  g_assert_cmpstr (found, ==, "To the other");
  filter.group_id = 0;
  filter.subjects = RUBIS_TIMELINE_REMINDERS | RUBIS_TIMELINE_PAYMENTS;
  all = find (fixture, &filter);
  g_assert_cmpstr (all, ==, "To the other\nFirst reminder\nImport of x");
}

static RubisEventRow *
get_row (RubisTimeline *timeline, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (timeline), position);
}

/* Ten thousand lines: any of them at once, and the right one; a filter leaves what fits. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisTimeline) timeline = rubis_timeline_new (fixture->session);
  RubisTimelineFilter filter = RUBIS_TIMELINE_FILTER_INIT;
  g_autoptr (RubisEventRow) first = NULL;
  g_autoptr (RubisEventRow) middle = NULL;
  g_autoptr (RubisEventRow) last = NULL;

  rubis_test_exec (
      fixture->session,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
      "INSERT INTO event (id, at, date, kind, account_id, actor, summary, data, hash) "
      "SELECT 1000 + i, '2026-01-01T08:00:00Z', 20000 + i / 100, CASE WHEN i % 10 = 0 THEN 'call' ELSE "
      "'email' END, (SELECT id FROM account WHERE code = 'C1'), 'Test', 'Number ' || i, '{}', '' FROM n");
  filter.account_id = fixture->account;
  rubis_timeline_set_filter (timeline, &filter);
  rubis_test_wait_for (timeline, "loaded");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 10000);
  first = get_row (timeline, 0);
  middle = get_row (timeline, 4999);
  last = get_row (timeline, 9999);
  g_assert_cmpstr (first->title, ==, "Number 10000");
  g_assert_cmpstr (middle->title, ==, "Number 5001");
  g_assert_cmpstr (last->title, ==, "Number 1");
  g_assert_null (get_row (timeline, 10000));
  filter.subjects = RUBIS_TIMELINE_CALLS;
  filter.text = "number 99";
  rubis_timeline_set_filter (timeline, &filter);
  rubis_test_wait_for (timeline, "loaded");
  /* 990, 1990… 9990 have 99 in them, and 9900 to 9990 by tens. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 19);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/timeline/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("subjects", test_subjects);
  ADD ("text", test_text);
  ADD ("payments", test_payments);
  ADD ("group", test_group);
  ADD ("pages", test_pages);
  return g_test_run ();
}
