/* Promises in a dossier: given, replaced, kept by an import, broken, dealt with; and what else waits on a
 * day. */
#include "rubis-promises.h"

#include <string.h>

#include "rubis-account-card.h"
#include "rubis-calls.h"
#include "rubis-disputes.h"
#include "rubis-import-preview.h"
#include "rubis-plans.h"
#include "rubis-tasks.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

#define HEAD "Code client;Nom;N° facture;Type;Date facture;Date échéance;Montant TTC;Restant dû\n"
#define ALPHA_1 "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;100,00\n"
#define ALPHA_2 "C1;Alpha;F2;Facture;01/10/2026;31/10/2026;200,00;50,00\n"
#define BETA_3 "C2;Bêta;F3;Facture;05/10/2026;04/11/2026;300,00;300,00\n"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 alpha;
  gint64 beta;
  gint64 items[3];
} Fixture;

static void
import (Fixture *f, const char *body)
{
  g_autofree char *path = g_build_filename (f->folder, "export.csv", NULL);
  g_autofree char *text = g_strconcat (HEAD, body, NULL);
  g_autoptr (RubisImportPreview) preview = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  preview = rubis_session_open_import (f->session, path, &error);
  g_assert_no_error (error);
  preview->options.force = TRUE;
  rubis_session_apply_import (f->session, preview, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  import (f, ALPHA_1 ALPHA_2 BETA_3);
  f->alpha = rubis_test_query (f->session, "SELECT id FROM account WHERE code = 'C1'");
  f->beta = rubis_test_query (f->session, "SELECT id FROM account WHERE code = 'C2'");
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM item WHERE number = 'F%d'", i + 1);

      f->items[i] = rubis_test_query (f->session, sql);
    }
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

/* @items: digits of the invoices ("12"), NULL for all that is overdue. */
static gint64
try_promise (Fixture *f, const char *items, const char *day, gint64 amount, GError **error)
{
  g_autoptr (GArray) ids = items != NULL ? g_array_new (FALSE, FALSE, sizeof (gint64)) : NULL;
  RubisPromiseInput input = {
    .account_id = items != NULL && strchr (items, '3') != NULL ? f->beta : f->alpha,
    .item_ids = ids,
    .date = rubis_date_parse_iso (day),
    .amount = amount,
    .channel = RUBIS_CHANNEL_CALL,
    .given_by = "Mme Noël",
    .quote = " We pay on that day. ",
  };

  for (const char *p = items; p != NULL && *p != '\0'; p++)
    g_array_append_val (ids, f->items[*p - '1']);
  return rubis_session_add_promise (f->session, &input, error);
}

static gint64
promise (Fixture *f, const char *items, const char *day, gint64 amount)
{
  g_autoptr (GError) error = NULL;
  gint64 id = try_promise (f, items, day, amount, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
assert_promise (Fixture *f, gint64 id, RubisPromiseState state, gint64 paid, gint64 open, gboolean seen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPromiseRow) row = rubis_session_load_promise (f->session, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rubis_promise_state_to_id (row->state), ==, rubis_promise_state_to_id (state));
  g_assert_cmpint (row->paid, ==, paid);
  g_assert_cmpint (row->open, ==, open);
  g_assert_cmpint (row->seen, ==, seen);
}

static void
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = rubis_session_undo (f->session, &error);

  g_assert_no_error (error);
}

static void
redo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = rubis_session_redo (f->session, &error);

  g_assert_no_error (error);
}

static char *
promised_days (Fixture *f)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT coalesce (promise_date, 0) FROM item WHERE id = %" G_GINT64_FORMAT, f->items[i]);
      gint64 day = rubis_test_query (f->session, sql);
      g_autofree char *iso = day != 0 ? rubis_date_to_iso ((RubisDate)day) : g_strdup ("-");

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", iso + (day != 0 ? 5 : 0));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_days (Fixture *f, const char *expected)
{
  g_autofree char *days = promised_days (f);

  g_assert_cmpstr (days, ==, expected);
}

static char *
list_tasks (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = rubis_session_list_tasks (f->session, 0, 0, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < tasks->len; i++)
    {
      const RubisTask *task = tasks->pdata[i];

      g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT " %d\n", rubis_task_kind_to_id (task->kind),
                              task->account_code, task->amount, task->days);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_tasks (Fixture *f, const char *expected)
{
  g_autofree char *tasks = list_tasks (f);

  g_assert_cmpstr (tasks, ==, expected);
}

static void
go_to (Fixture *f, const char *day)
{
  rubis_session_set_today (f->session, rubis_date_parse_iso (day));
}

static void
test_give (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountCard) card = NULL;
  const RubisEventRow *event;
  gint64 id = promise (f, NULL, "2026-11-24", 0);
  g_autoptr (RubisPromiseRow) row = rubis_session_load_promise (f->session, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (row->amount, ==, 15000);
  g_assert_cmpuint (row->numbers->len, ==, 2);
  g_assert_cmpint (row->until, ==, rubis_date_parse_iso ("2026-11-26"));
  g_assert_cmpstr (row->quote, ==, "We pay on that day.");
  assert_days (f, "11-24 11-24 -");
  /* The 150.00 that the morning's import brought are no payment of it. */
  assert_promise (f, id, RUBIS_PROMISE_OPEN, 0, 15000, FALSE);
  card = rubis_session_load_account (f->session, f->alpha, &error);
  event = card->events->pdata[0];
  g_assert_cmpstr (event->kind, ==, "promise");
  g_assert_cmpstr (event->title, ==, "Promise to pay: Alpha, €150.00 for 24/11/2026");
  g_assert_cmpstr (event->detail, ==, "“We pay on that day.”, Mme Noël");

  undo (f);
  assert_days (f, "- - -");
  g_assert_null (rubis_session_load_promise (f->session, id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  redo (f);
  assert_days (f, "11-24 11-24 -");
  assert_promise (f, id, RUBIS_PROMISE_OPEN, 0, 15000, FALSE);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *items;
    const char *day;
    gint64 amount;
    int code;
  } wrong[] = {
    { "1", "2026-11-19", 0, RUBIS_SESSION_ERROR_VALUE },      /* yesterday */
    { "1", "2027-12-24", 0, RUBIS_SESSION_ERROR_VALUE },      /* the wrong year */
    { "12", "2026-11-24", 15001, RUBIS_SESSION_ERROR_VALUE }, /* more than is open */
    { "1", "2026-11-24", -1, RUBIS_SESSION_ERROR_VALUE },
    { "", "2026-11-24", 0, RUBIS_SESSION_ERROR_RULE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (try_promise (f, wrong[i].items, wrong[i].day, wrong[i].amount, &error), ==, 0);
      g_assert_error (error, RUBIS_SESSION_ERROR, wrong[i].code);
    }
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM promise"), ==, 0);
}

/* 5.11: a second promise replaces the first, which stays in the history; what it does not speak of stays
 * promised. */
static void
test_replaced (Fixture *f, gconstpointer data)
{
  gint64 both = promise (f, "12", "2026-11-24", 0);
  gint64 first = promise (f, "1", "2026-11-30", 0);
  gint64 second;

  assert_days (f, "11-30 11-24 -");
  assert_promise (f, both, RUBIS_PROMISE_OPEN, 0, 5000, FALSE);
  second = promise (f, "2", "2026-11-23", 0);
  assert_days (f, "11-30 11-23 -");
  assert_promise (f, both, RUBIS_PROMISE_REPLACED, 0, 15000, FALSE);
  assert_promise (f, first, RUBIS_PROMISE_OPEN, 0, 10000, FALSE);
  assert_promise (f, second, RUBIS_PROMISE_OPEN, 0, 5000, FALSE);

  undo (f);
  assert_days (f, "11-30 11-24 -");
  assert_promise (f, both, RUBIS_PROMISE_OPEN, 0, 5000, FALSE);
  undo (f);
  assert_days (f, "11-24 11-24 -");
  redo (f);
  redo (f);
  assert_days (f, "11-30 11-23 -");
  assert_promise (f, both, RUBIS_PROMISE_REPLACED, 0, 15000, FALSE);
}

/* The import of the morning after keeps one, and a part of another. */
static void
test_import (Fixture *f, gconstpointer data)
{
  gint64 whole = promise (f, "1", "2026-11-23", 0);
  gint64 part = promise (f, "3", "2026-11-20", 0);
  RubisPromiseCounts counts;

  go_to (f, "2026-11-25");
  assert_promise (f, part, RUBIS_PROMISE_BROKEN, 0, 30000, FALSE);
  assert_tasks (f, "broken_promise C2 30000 1\n");
  import (f, ALPHA_2 "C2;Bêta;F3;Facture;05/10/2026;04/11/2026;300,00;180,00\n");
  assert_promise (f, whole, RUBIS_PROMISE_KEPT, 10000, 0, FALSE);
  assert_promise (f, part, RUBIS_PROMISE_PARTIAL, 12000, 18000, FALSE);
  assert_tasks (f, "broken_promise C2 18000 1\n");
  g_assert_true (rubis_session_count_promises (f->session, f->alpha, &counts, NULL));
  g_assert_cmpint (counts.n_kept, ==, 1);
  g_assert_cmpint (counts.n_partial + counts.n_broken + counts.n_open, ==, 0);

  /* What came a week later does not keep it, but nothing is left to claim. */
  go_to (f, "2026-12-02");
  import (f, ALPHA_2);
  assert_promise (f, part, RUBIS_PROMISE_PARTIAL, 12000, 0, TRUE);
  assert_tasks (f, "");
}

/* Data older than the grace day prove nothing: that is said. */
static void
test_unverified (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) tasks = NULL;
  const RubisTask *task;

  promise (f, "1", "2026-11-20", 0);
  go_to (f, "2026-11-25");
  tasks = rubis_session_list_tasks (f->session, 0, f->alpha, NULL);
  g_assert_cmpuint (tasks->len, ==, 1);
  task = tasks->pdata[0];
  g_assert_cmpstr (task->title, ==, "Broken promise: €100.00 for 20\302\240November");
  g_assert_cmpstr (
      task->detail, ==,
      "“We pay on that day.” said Mme Noël on 20\302\240November, on the phone · not verified: the data are "
      "of 20\302\240November, import before you call");
  g_clear_pointer (&tasks, g_ptr_array_unref);
  tasks = rubis_session_list_tasks (f->session, 0, f->beta, NULL);
  g_assert_cmpuint (tasks->len, ==, 0);
}

/* A payment that is on the account, but set against nothing, may be the promised one: that is said, and
 * nothing is counted as broken until somebody has looked. */
static void
test_unallocated (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (RubisPromiseRow) row = NULL;
  g_autofree char *remark = NULL;
  RubisPromiseCounts counts;
  gint64 id = promise (f, "1", "2026-11-23", 0);

  go_to (f, "2026-11-27");
  import (f, ALPHA_1 ALPHA_2 BETA_3 "C1;Alpha;R1;Règlement;24/11/2026;24/11/2026;-80,00;-80,00\n"
                                    "C1;Alpha;R0;Règlement;12/11/2026;12/11/2026;-9,00;-9,00\n");
  row = rubis_session_load_promise (f->session, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->state, ==, RUBIS_PROMISE_BROKEN);
  g_assert_false (row->verified);
  g_assert_cmpint (row->unallocated.amount, ==, 8000);
  remark = rubis_promise_row_describe (row);
  g_assert_cmpstr (remark, ==, "a payment of €80.00 of 24/11/2026 is not allocated");
  g_assert_true (rubis_session_count_promises (f->session, f->alpha, &counts, NULL));
  g_assert_cmpint (counts.n_broken, ==, 0);
  tasks = rubis_session_list_tasks (f->session, 0, f->alpha, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  g_assert_true (g_str_has_suffix (((RubisTask *)tasks->pdata[0])->detail,
                                   " · not verified: a payment of €80.00 of 24/11/2026 is not allocated"));
  calls = rubis_session_list_calls (f->session, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (calls->len, ==, 1);
  g_assert_cmpstr (((RubisCallEntry *)calls->pdata[0])->why, ==,
                   "€100.00 promised for 23/11/2026: a payment of €80.00 of 24/11/2026 is not allocated");

  /* What came after the grace days is said, but kept nothing. */
  rubis_test_exec (f->session, "UPDATE item SET issue_date = issue_date + 2, due_date = due_date + 2 WHERE "
                               "number = 'R1'");
  g_clear_object (&row);
  row = rubis_session_load_promise (f->session, id, &error);
  g_assert_true (row->verified);
  g_assert_cmpint (row->unallocated.n, ==, 1);
  g_assert_true (rubis_session_count_promises (f->session, f->alpha, &counts, NULL));
  g_assert_cmpint (counts.n_broken, ==, 1);
}

/* A broken promise leaves when it was seen, promised anew or talked about; each way back brings it back. */
static void
test_dealt_with (Fixture *f, gconstpointer data)
{
  gint64 id = promise (f, "1", "2026-11-20", 0);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  RubisPromiseCounts counts;

  g_array_append_val (ids, id);
  g_assert_false (rubis_session_mark_promises_seen (f->session, ids, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_clear_error (&error);
  go_to (f, "2026-11-25");
  assert_tasks (f, "broken_promise C1 10000 1\n");

  g_assert_true (rubis_session_mark_promises_seen (f->session, ids, NULL));
  assert_tasks (f, "");
  undo (f);
  assert_tasks (f, "broken_promise C1 10000 1\n");

  promise (f, "1", "2026-12-01", 0);
  assert_promise (f, id, RUBIS_PROMISE_BROKEN, 0, 10000, TRUE);
  assert_tasks (f, "");
  g_assert_true (rubis_session_count_promises (f->session, f->alpha, &counts, NULL));
  g_assert_cmpint (counts.n_broken, ==, 1);
  g_assert_cmpint (counts.n_open, ==, 1);
  undo (f);
  assert_tasks (f, "broken_promise C1 10000 1\n");

  rubis_test_exec (f->session,
                   "INSERT INTO call (account_id, date, began_at, result) SELECT a.id, (SELECT max (as_of) "
                   "+ 5 FROM import_batch), 0, 'voicemail' FROM account a WHERE a.code = 'C1'");
  assert_tasks (f, "broken_promise C1 10000 1\n");
  rubis_test_exec (f->session, "UPDATE call SET result = 'no_commitment'");
  assert_tasks (f, "");
}

/* A credit note pays nothing: what was promised of the invoice is owed no more. */
static void
test_credited (Fixture *f, gconstpointer data)
{
  gint64 id = promise (f, "1", "2026-11-23", 0);
  RubisPromiseCounts counts;

  go_to (f, "2026-11-25");
  import (f, ALPHA_2 "C1;Alpha;F1;Facture;01/09/2026;01/10/2026;100,00;0,00\n"
                     "C1;Alpha;A1;Avoir;24/11/2026;24/11/2026;-100,00;0,00\n"
                     "C2;Bêta;F3;Facture;05/10/2026;04/11/2026;300,00;300,00\n");
  assert_promise (f, id, RUBIS_PROMISE_WITHDRAWN, 0, 0, FALSE);
  g_assert_true (rubis_session_count_promises (f->session, f->alpha, &counts, NULL));
  g_assert_cmpint (counts.n_kept + counts.n_partial + counts.n_broken + counts.n_open, ==, 0);
}

/* A withdrawn one holds nothing and is neither kept nor broken. */
static void
test_withdrawn (Fixture *f, gconstpointer data)
{
  gint64 id = promise (f, "1", "2026-11-24", 0);
  g_autoptr (GError) error = NULL;
  RubisPromiseCounts counts;

  g_assert_true (rubis_session_withdraw_promise (f->session, id, "A misunderstanding", NULL));
  assert_days (f, "- - -");
  assert_promise (f, id, RUBIS_PROMISE_WITHDRAWN, 0, 10000, FALSE);
  g_assert_false (rubis_session_withdraw_promise (f->session, id, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  go_to (f, "2026-12-01");
  g_assert_true (rubis_session_count_promises (f->session, f->alpha, &counts, NULL));
  g_assert_cmpint (counts.n_kept + counts.n_partial + counts.n_broken + counts.n_open, ==, 0);
  assert_tasks (f, "");
  undo (f);
  assert_days (f, "11-24 - -");
  assert_promise (f, id, RUBIS_PROMISE_BROKEN, 0, 10000, FALSE);
}

/* What a withdrawn promise had taken from another goes back to it, unless its day has passed. */
static void
test_withdrawn_second (Fixture *f, gconstpointer data)
{
  gint64 both = promise (f, "12", "2026-11-24", 0);
  gint64 second = promise (f, "1", "2026-11-30", 0);
  gint64 whole;
  g_autoptr (RubisPromiseRow) row = rubis_session_load_promise (f->session, both, NULL);

  g_assert_cmpint (row->amount, ==, 5000);
  g_assert_cmpint (row->given, ==, 15000);
  g_assert_cmpuint (row->numbers->len, ==, 1);
  g_assert_cmpstr (row->numbers->pdata[0], ==, "F2");
  g_assert_true (rubis_session_withdraw_promise (f->session, second, NULL, NULL));
  assert_days (f, "11-24 11-24 -");
  assert_promise (f, both, RUBIS_PROMISE_OPEN, 0, 15000, FALSE);
  undo (f);
  assert_days (f, "11-30 11-24 -");
  assert_promise (f, both, RUBIS_PROMISE_OPEN, 0, 5000, FALSE);
  redo (f);

  /* As a whole, and by two: what the third took stays with it. */
  whole = promise (f, "12", "2026-12-01", 0);
  assert_promise (f, both, RUBIS_PROMISE_REPLACED, 0, 15000, FALSE);
  promise (f, "2", "2026-12-02", 0);
  g_assert_true (rubis_session_withdraw_promise (f->session, whole, NULL, NULL));
  assert_days (f, "11-24 12-02 -");
  assert_promise (f, both, RUBIS_PROMISE_OPEN, 0, 10000, FALSE);
  undo (f);
  assert_days (f, "12-01 12-02 -");
  assert_promise (f, both, RUBIS_PROMISE_REPLACED, 0, 15000, FALSE);
  undo (f);
  go_to (f, "2026-11-25");
  g_assert_true (rubis_session_withdraw_promise (f->session, whole, NULL, NULL));
  assert_days (f, "- - -");
  assert_promise (f, both, RUBIS_PROMISE_REPLACED, 0, 15000, FALSE);
}

/* What waits besides, in the order of the day. */
static void
test_others (Fixture *f, gconstpointer data)
{
  RubisDisputePart part = { .item_id = f->items[2], .amount = 12000 };
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (RubisDisputePart));
  RubisDisputeInput dispute = { .account_id = f->beta,
                                .items = parts,
                                .reason = "delivery",
                                .description = "Two boxes are missing",
                                .due_date = rubis_date_parse_iso ("2026-11-25") };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisPlanInput plan = { .account_id = f->alpha,
                          .item_ids = ids,
                          .n_instalments = 2,
                          .first_date = rubis_date_parse_iso ("2026-11-23"),
                          .interval = RUBIS_INTERVAL_MONTH,
                          .grace_days = 0,
                          .notice_days = -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  g_array_append_val (parts, part);
  g_array_append_val (ids, f->items[1]);
  rubis_session_open_dispute (f->session, &dispute, &error);
  g_assert_no_error (error);
  rubis_test_exec (f->session, "UPDATE account SET insurer = 'Coface' WHERE code = 'C1'");
  rubis_session_add_plan (f->session, &plan, &error);
  g_assert_no_error (error);
  rubis_session_add_callback (f->session, f->beta, 0, rubis_date_parse_iso ("2026-11-26"), 14 * 60 + 30,
                              "Has the file", &error);
  g_assert_no_error (error);
  assert_tasks (f, "tell_insurer C1 5000 0\n");
  promise (f, "1", "2026-11-20", 0);
  go_to (f, "2026-11-26");
  assert_tasks (f,
                "broken_promise C1 10000 2\ncallback C2 0 0\nplan_late C1 2500 3\ndispute_late C2 12000 1\n"
                "tell_insurer C1 5000 6\n");
  rubis_test_exec (f->session,
                   "INSERT INTO item (account_id, type, number, fiscal_year, issue_date, currency, total, "
                   "open, first_seen) SELECT account_id, 2, 'R1', 2026, due_date + 20, currency, -2500, "
                   "-2500, first_seen FROM item WHERE number = 'F2'");
  tasks = rubis_session_list_tasks (f->session, 0, f->alpha, NULL);
  g_assert_cmpstr (
      ((RubisTask *)tasks->pdata[1])->detail, ==,
      "0 of 2 instalments paid · not verified: a payment of €25.00 of 20/11/2026 is not allocated");
  rubis_test_exec (f->session, "DELETE FROM item WHERE number = 'R1'");
  g_clear_pointer (&tasks, g_ptr_array_unref);
  tasks = rubis_session_list_tasks (f->session, 0, f->beta, NULL);
  g_assert_cmpstr (((RubisTask *)tasks->pdata[0])->title, ==, "Call back: at 14:30");
  g_assert_cmpstr (((RubisTask *)tasks->pdata[0])->detail, ==, "Has the file");
  g_assert_cmpstr (((RubisTask *)tasks->pdata[1])->detail, ==,
                   "nobody resolves it yet · “Two boxes are missing”");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/promises/give", test_give);
  ADD ("/promises/refused", test_refused);
  ADD ("/promises/trap-5.11-replaced", test_replaced);
  ADD ("/promises/import", test_import);
  ADD ("/promises/unverified", test_unverified);
  ADD ("/promises/unallocated", test_unallocated);
  ADD ("/promises/dealt-with", test_dealt_with);
  ADD ("/promises/credited", test_credited);
  ADD ("/promises/withdrawn", test_withdrawn);
  ADD ("/promises/withdrawn-second", test_withdrawn_second);
  ADD ("/promises/tasks", test_others);
  return g_test_run ();
}
