/* What comes of an instalment that is not paid: the notice, and the whole that falls due. */
#include <string.h>

#include "plan-fixture.h"
#include "rubis-import-preview.h"
#include "rubis-registered.h"
#include "rubis-tasks.h"
#include "rubis-test-session.h"

/* What the post says of the only registered letter. */
static void
note_post (Fixture *f, RubisRegisteredState state, const char *date)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) letters = rubis_session_list_registered (f->session, f->account, &error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_no_error (error);
  g_assert_cmpuint (letters->len, ==, 1);
  g_array_append_val (ids, ((RubisRegisteredLetter *)g_ptr_array_index (letters, 0))->id);
  rubis_session_advance_registered (f->session, ids, state, rubis_date_parse_iso (date), &error);
  g_assert_no_error (error);
}

static void
assert_task (Fixture *f, RubisTaskKind kind, gint64 amount, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = rubis_session_list_tasks (f->session, 0, f->account, &error);
  const RubisTask *task;

  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  task = g_ptr_array_index (tasks, 0);
  g_assert_cmpint (task->kind, ==, kind);
  g_assert_cmpint (task->amount, ==, amount);
  if (strstr (task->detail, words) == NULL)
    g_error ("“%s” is not in: %s", words, task->detail);
}

/* 5.12: the instalments are what falls due; nothing else leaves. */
static void
test_followed (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  live (f, "2026-11-20", "2026-12-14");
  note_post (f, RUBIS_REGISTERED_DEPOSITED, "2026-12-14");
  live (f, "2026-12-15", "2026-12-16");
  note_post (f, RUBIS_REGISTERED_PRESENTED, "2026-12-15");
  live (f, "2026-12-17", "2026-12-24");
  g_assert_cmpstr (f->journal->str, ==,
                   "2026-11-30 0 email 300.00\n"
                   "2026-12-07 1 email 300.00\n"
                   "2026-12-14 2 registered 300.00\n"
                   "2026-12-24 3 decision 300.00\n");
  assert_state (f, id, "late");
}

static void
test_accelerated (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (GError) error = NULL;

  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "late");
  live (f, "2026-11-20", "2026-12-08");
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "formal notice");
  live (f, "2026-12-09", "2026-12-14");
  note_post (f, RUBIS_REGISTERED_DEPOSITED, "2026-12-14");
  go_to (f, rubis_date_from_ymd (2026, 12, 16));
  note_post (f, RUBIS_REGISTERED_PRESENTED, "2026-12-16");
  go_to (f, rubis_date_from_ymd (2026, 12, 24));
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "24/12/2026");
  assert_task (f, RUBIS_TASK_PLAN_LATE, 30000, "ends on 24");
  go_to (f, rubis_date_from_ymd (2026, 12, 28));
  assert_task (f, RUBIS_TASK_PLAN_ACCELERATE, 90000, "ended on 24");
  g_assert_true (rubis_session_accelerate_plan (f->session, id, "no answer", &error));
  assert_state (f, id, "broken");
  assert_levels (f, 3, 3);
  undo (f);
  assert_state (f, id, "late");
  assert_levels (f, 2, -1);
}

/* A letter that was never posted is no notice, and one that was runs from its first presentation
 * (C. civ. 1344). */
static void
test_notice_not_posted (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (GError) error = NULL;

  live (f, "2026-11-20", "2027-01-15");
  g_assert_null (strstr (f->journal->str, "decision"));
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error,
               "of 14/12/2026 was never posted");
  assert_task (f, RUBIS_TASK_PLAN_LATE, 60000, "was never posted");
  note_post (f, RUBIS_REGISTERED_DEPOSITED, "2027-01-02");
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "first presentation");
  note_post (f, RUBIS_REGISTERED_NOT_CLAIMED, "2027-01-07");
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "15/01/2027");
  undo (f);
  /* Back from a wrong address: the notice is to be sent again. */
  note_post (f, RUBIS_REGISTERED_WRONG_ADDRESS, "2027-01-05");
  go_to (f, rubis_date_from_ymd (2027, 1, 20));
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "No formal notice");
}

/* What holds back the reminder of an instalment holds back the whole too. */
static void
test_acceleration_barred (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    const char *undo;
    const char *words;
  } bars[] = {
    { "UPDATE item SET disputed = open, contested = open", "UPDATE item SET disputed = 0, contested = 0",
      "(E13)" },
    { "UPDATE item SET promise_date = (SELECT as_of FROM import_batch)",
      "UPDATE item SET promise_date = NULL", "(E14)" },
    { "UPDATE account SET stop = 1", "UPDATE account SET stop = 0", "(E05)" },
    { "UPDATE account SET with_agent = 1", "UPDATE account SET with_agent = 0", "(E12)" },
    { "UPDATE party SET insolvency = 2", "UPDATE party SET insolvency = 0", "(E04)" },
    { "UPDATE import_batch SET as_of = as_of - 90", "UPDATE import_batch SET as_of = as_of + 90", "(E02)" },
  };
  gint64 id = agree (f);
  g_autoptr (GError) error = NULL;

  live (f, "2026-11-20", "2026-12-14");
  note_post (f, RUBIS_REGISTERED_DEPOSITED, "2026-12-14");
  note_post (f, RUBIS_REGISTERED_PRESENTED, "2026-12-14");
  go_to (f, rubis_date_from_ymd (2026, 12, 23));
  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      rubis_test_exec (f->session, bars[i].sql);
      assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, bars[i].words);
      assert_task (f, RUBIS_TASK_PLAN_LATE, 30000, bars[i].words);
      rubis_test_exec (f->session, bars[i].undo);
    }
  assert_task (f, RUBIS_TASK_PLAN_ACCELERATE, 90000, "ended on 22");
  rubis_test_add_item (f->session, f->account, "R-1", RUBIS_ITEM_PAYMENT, "2026-12-20", -30000, -30000, NULL);
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error,
               "300.00 on the account are not allocated");
  assert_task (f, RUBIS_TASK_PLAN_LATE, 30000, "not allocated");
}

static void
test_no_clause (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GError) error = NULL;
  gint64 id;

  input.no_acceleration = TRUE;
  id = rubis_session_add_plan (f->session, &input, NULL);
  live (f, "2026-11-20", "2026-12-22");
  go_to (f, rubis_date_from_ymd (2026, 12, 30));
  assert_rule (rubis_session_accelerate_plan (f->session, id, NULL, &error), &error, "no clause");
}

#define ADD(path, func) g_test_add ("/plan-acceleration/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("5.12-followed-by-instalments", test_followed);
  ADD ("accelerated", test_accelerated);
  ADD ("notice-not-posted", test_notice_not_posted);
  ADD ("barred", test_acceleration_barred);
  ADD ("no-clause", test_no_clause);
  return g_test_run ();
}
