/* Payment plans in a dossier: agreed, dunned by their instalments day by day, undone, broken. */
#include <string.h>

#include "plan-fixture.h"
#include "rubis-agenda-list.h"
#include "rubis-attachments.h"
#include "rubis-import-preview.h"
#include "rubis-pdf-text.h"
#include "rubis-session-why.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

/* --- Tests --- */

static void
test_agreed (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (RubisPlanRow) plan = load (f, id);

  g_assert_cmpint (plan->verdict.total, ==, 90000);
  g_assert_cmpuint (plan->instalments->len, ==, 3);
  g_assert_cmpint (g_array_index (plan->instalments, RubisInstalment, 2).amount, ==, 30000);
  g_assert_cmpint (plan->grace_days, ==, 5);
  g_assert_cmpint (plan->notice_days, ==, 8);
  g_assert_cmpstr (plan->given_by, ==, "Paul Garçon");
  g_assert_cmpuint (plan->item_ids->len, ==, 2);
  assert_state (f, id, "active");
  /* Dunning begins anew, and the journal says so of each item (5.45). */
  assert_levels (f, -1, -1);
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM event_item x JOIN event e ON e.id = x.event_id "
                                     "WHERE e.kind = 'plan' AND x.level = -1"),
                   ==, 2);
}

static void
test_last_balances (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  RubisInstalment typed[]
      = { { rubis_date_from_ymd (2026, 12, 10), 12345 }, { rubis_date_from_ymd (2027, 1, 10), 0 } };
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));
  g_autoptr (GArray) made = NULL;
  g_autoptr (GError) error = NULL;
  RubisCurrency currency;
  gint64 total = 0;

  g_array_append_vals (given, typed, 2);
  input.instalments = given;
  made = rubis_session_preview_plan (f->session, &input, &total, &currency, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total, ==, 90000);
  g_assert_cmpint (g_array_index (made, RubisInstalment, 1).amount, ==, 77655);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM plan"), ==, 0);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  input.first_date = rubis_date_from_ymd (2026, 11, 19);
  g_assert_cmpint (rubis_session_add_plan (f->session, &input, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  input = usual_input (f);
  g_array_append_val (ids, f->items[1]);
  input.item_ids = ids;
  rubis_test_exec (f->session, "UPDATE item SET disputed = 50000 WHERE number = 'F-2'");
  assert_rule (rubis_session_add_plan (f->session, &input, &error) != 0, &error, "F-2 is contested in full");
  rubis_test_exec (f->session, "UPDATE item SET disputed = 20000 WHERE number = 'F-2'");
  agree (f);
  assert_rule (rubis_session_add_plan (f->session, &input, &error) != 0, &error,
               "F-2 is in a payment plan already");
}

static void
test_undone (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (GPtrArray) plans = NULL;

  undo (f);
  assert_levels (f, 3, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (in_plan) FROM item"), ==, 0);
  plans = rubis_session_list_plans (f->session, 0, 0, TRUE, NULL);
  g_assert_cmpuint (plans->len, ==, 0);
  redo (f);
  assert_levels (f, -1, -1);
  assert_state (f, id, "active");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (in_plan) FROM item"), ==, 2);
}

/* The former level comes back, with a fresh delay. */
static void
test_cancelled (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  go_to (f, rubis_date_from_ymd (2026, 11, 25));
  g_assert_true (rubis_session_cancel_plan (f->session, id, "settled otherwise", NULL));
  assert_state (f, id, "cancelled");
  assert_levels (f, 3, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level_date FROM item WHERE number = 'F-1'"), ==,
                   rubis_date_from_ymd (2026, 11, 25));
  live (f, "2026-11-26", "2026-12-02");
  g_assert_cmpstr (f->journal->str, ==, "2026-12-02 4 letter 900.00\n");
}

static void
test_cancel_undone (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  g_assert_true (rubis_session_cancel_plan (f->session, id, NULL, NULL));
  undo (f);
  assert_state (f, id, "active");
  assert_levels (f, -1, -1);
}

static void
test_signed (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autofree char *scan = g_build_filename (f->folder, "accord.png", NULL);
  g_autoptr (RubisPlanRow) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;

  g_assert_true (g_file_set_contents (scan, "\x89PNG\r\n\x1a\nscan", -1, NULL));
  g_assert_false (rubis_session_sign_plan (f->session, id, RUBIS_TEST_TODAY + 1, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_true (rubis_session_sign_plan (f->session, id, RUBIS_TEST_TODAY, scan, &error));
  plan = load (f, id);
  g_assert_cmpint (plan->signed_on, ==, RUBIS_TEST_TODAY);
  files = rubis_session_list_attachments (f->session, f->account, 0, &error);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpstr (((RubisAttachment *)g_ptr_array_index (files, 0))->kind, ==, "agreement");
  undo (f);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM attachment WHERE voided = 0"), ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM plan WHERE signed_on IS NULL"), ==,
                   1);
}

/* Paid meanwhile: the next instalment begins at its notice, though the items were put on formal notice
 * before. */
static void
test_next_instalment (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  live (f, "2026-11-20", "2026-12-15");
  g_string_truncate (f->journal, 0);
  pay (f, 0, 30000);
  assert_state (f, id, "active");
  live (f, "2026-12-16", "2027-01-12");
  g_assert_cmpstr (f->journal->str, ==,
                   "2026-12-29 0 email 300.00\n"
                   "2027-01-07 1 email 300.00\n"
                   "2027-01-12 2 registered 300.00\n");
}

/* A partial payment: the rest of the instalment is claimed. */
static void
test_partly_paid (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (RubisPlanRow) plan = NULL;

  pay (f, 1, 12050);
  live (f, "2026-12-01", "2026-12-07");
  g_assert_cmpstr (f->journal->str, ==, "2026-12-01 0 email 179.50\n2026-12-07 1 email 179.50\n");
  plan = load (f, id);
  g_assert_cmpint (g_array_index (plan->paid, gint64, 0), ==, 12050);
}

/* The rows of a day's agenda that are to be done. (transfer full) */
static GPtrArray *
list_to_do (Fixture *f, RubisDate date)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *todo = g_ptr_array_new_with_free_func (g_object_unref);

  go_to (f, date);
  rows = rubis_session_compute_agenda (f->session, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (rows, i);

      if (row->state == RUBIS_ACTION_TO_DO)
        g_ptr_array_add (todo, g_object_ref (row));
    }
  return todo;
}

/* Within its grace a plan is respected: that is nothing to be told each day. */
static void
test_grace_is_quiet (Fixture *f, gconstpointer data)
{
  agree (f);
  live (f, "2026-11-20", "2026-12-01");
  for (RubisDate date = rubis_date_from_ymd (2026, 12, 2); date < rubis_date_from_ymd (2026, 12, 7); date++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      go_to (f, date);
      rows = rubis_session_compute_agenda (f->session, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        g_assert_cmpint (((RubisActionRow *)rows->pdata[i])->state, !=, RUBIS_ACTION_REFUSED);
    }
}

/* What leaves on the first day on which the plan of F-1 and F-2 beside it are both due. */
static RubisRunReport *
run_both (Fixture *f, const char *sql, RubisDate *date)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) todo = NULL;
  g_autoptr (GError) error = NULL;
  RubisRunReport *report;
  int days = 0;

  g_array_append_val (ids, f->items[0]);
  input.item_ids = ids;
  g_assert_cmpint (rubis_session_add_plan (f->session, &input, &error), >, 0);
  rubis_test_exec (f->session, sql);
  *date = rubis_date_from_ymd (2026, 12, 1);
  for (todo = list_to_do (f, *date); todo->len < 2; todo = list_to_do (f, ++*date))
    {
      g_assert_cmpint (++days, <, 30);
      g_ptr_array_unref (todo);
    }
  report = rubis_session_perform (f->session, todo, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->done->len, ==, 1);
  g_assert_cmpuint (report->refused->len, ==, 1);
  return report;
}

/* The higher step goes, though emails come before letters. */
static void
test_higher_step_goes (Fixture *f, gconstpointer data)
{
  RubisDate date;
  g_autoptr (RubisRunReport) report
      = run_both (f, "UPDATE item SET disputed = 0, contested = 0 WHERE number = 'F-2'", &date);

  g_assert_cmpint (((RubisRunEntry *)report->done->pdata[0])->rank, ==, 4);
  g_assert_cmpint (((RubisRunEntry *)report->done->pdata[0])->channel, ==, RUBIS_CHANNEL_LETTER);
  g_assert_cmpint (((RubisActionRow *)report->refused->pdata[0])->plan_id, !=, 0);
}

/* A late instalment and an invoice beside the plan: two reminders, but not on one day. */
static void
test_one_contact (Fixture *f, gconstpointer data)
{
  RubisDate date;
  g_autoptr (RubisRunReport) report
      = run_both (f,
                  "UPDATE item SET disputed = 0, contested = 0, level = -1, level_date = NULL "
                  "WHERE number = 'F-2'",
                  &date);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  int days;

  g_assert_nonnull (strstr (((RubisActionRow *)report->refused->pdata[0])->error, "waits a few days"));
  after = list_to_do (f, date + 1);
  g_assert_cmpuint (after->len, ==, 0);
  for (days = 5, rest = list_to_do (f, date + days); rest->len == 0; rest = list_to_do (f, date + ++days))
    {
      g_assert_cmpint (days, <, 12);
      g_ptr_array_unref (rest);
    }
}

static void
test_done (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);

  pay (f, 0, 60000);
  pay (f, 1, 30000);
  assert_state (f, id, "completed");
  /* What was contested stays outside: it is contested still. */
  live (f, "2026-11-20", "2027-02-10");
  g_assert_cmpstr (f->journal->str, ==, "");
  /* The payment is taken back: the plan runs again. */
  rubis_test_exec (f->session, "DELETE FROM allocation WHERE amount = 30000; "
                               "UPDATE item SET open = 50000 WHERE number = 'F-2'");
  assert_state (f, id, "late");
}

static void
assert_holds (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in: %s", words, text);
}

/* Spaces of any kind are one. */
static char *
read_pdf (GBytes *pdf)
{
  g_autofree char *text = rubis_pdf_read_text (pdf, 10, NULL, NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  g_assert_nonnull (text);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (plain, c);
      else if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
        g_string_append_c (plain, ' ');
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static void
test_letter (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RubisActionPreview) preview = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  agree (f);
  pay (f, 0, 10000);
  live (f, "2026-11-20", "2026-12-11");
  go_to (f, rubis_date_from_ymd (2026, 12, 14));
  rows = rubis_session_compute_agenda (f->session, NULL, &error);
  g_assert_no_error (error);
  preview = rubis_session_preview_action (f->session, g_ptr_array_index (rows, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (preview->missing->len, ==, 0);
  text = read_pdf (preview->pdf);
  assert_holds (text, "1/3");
  assert_holds (text, "01/12/2026");
  assert_holds (text, "300,00 €");
  assert_holds (text, "100,00 €");
  g_assert_null (strstr (text, "2/3"));
  assert_holds (text, "payer la somme de 200,00 € au plus tard le 22 décembre 2026");
  assert_holds (text, "L’accord du 20 novembre 2026 prévoit la déchéance du terme");
  assert_holds (text, "délai de 8 jours");
  assert_holds (text, "soit 800,00 €");
  g_assert_null (strstr (text, "F-1"));
  g_assert_null (strstr (text, "31/08/2026"));
}

/* Nobody owes an instalment before its date: no reminder and no formal notice of it is written. */
static void
test_letter_not_due (Fixture *f, gconstpointer data)
{
  static const char *const templates[]
      = { "echeance-mise-en-demeure", "mise-en-demeure", "echeance-relance-courrier" };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  agree (f);
  g_array_append_val (ids, f->items[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      pdf = rubis_session_write_letter (f->session, f->account, templates[i], ids, &error);
      assert_rule (pdf != NULL, &error, "is late: it is respected until");
    }
  /* Due, within the days of grace: it may be reminded of, the formal notice waits. */
  go_to (f, rubis_date_from_ymd (2026, 12, 3));
  pdf = rubis_session_write_letter (f->session, f->account, templates[0], ids, &error);
  assert_rule (pdf != NULL, &error, "is late: it is respected until");
  pdf = rubis_session_write_letter (f->session, f->account, templates[2], ids, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pdf);
}

/* C. civ. 1305-5: what has a term is not due before it; a statement says so. */
static void
test_statement (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) later = NULL;
  g_autofree char *text = NULL;
  g_autofree char *then = NULL;

  rubis_test_exec (
      f->session,
      "UPDATE item SET disputed = 0, contested = 0, open = 30000, total = 30000 WHERE number = 'F-2'");
  agree (f);
  first = rubis_session_write_statement (f->session, f->account, &error);
  g_assert_no_error (error);
  text = read_pdf (first);
  assert_holds (text, "s’élève à 900,00 €");
  g_assert_null (strstr (text, "échu en totalité"));
  assert_holds (text, "01/12/2026");
  assert_holds (text, "01/02/2027");
  go_to (f, rubis_date_from_ymd (2026, 12, 3));
  later = rubis_session_write_statement (f->session, f->account, &error);
  g_assert_no_error (error);
  then = read_pdf (later);
  assert_holds (then, "s’élève à 900,00 €, dont 300,00 € échus à ce jour");
}

static void
test_agreement (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  /* What was paid since does not change what was agreed. */
  pay (f, 0, 10000);
  pdf = rubis_session_keep_plan_agreement (f->session, id, &error);
  g_assert_no_error (error);
  text = read_pdf (pdf);
  assert_holds (text, "la somme de 900,00 € (neuf cents euros)");
  assert_holds (text, "1er février 2027");
  assert_holds (text, "300,00 €");
  assert_holds (text, "F-2");
  assert_holds (text, "rétroactivement");
  assert_holds (text, "n’est pas payée 5 jours après sa date");
  assert_holds (text, "sans effet 8 jours");
  assert_holds (text, "n’emporte pas novation");
  assert_holds (text, "deux originaux");
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM plan p JOIN document d ON d.id = p.document_id "
                                     "WHERE d.kind = 'agreement' AND d.amount = 90000"),
                   ==, 1);
}

static void
test_insurer (Fixture *f, gconstpointer data)
{
  gint64 id = agree (f);
  g_autoptr (RubisPlanRow) plan = NULL;

  rubis_test_exec (f->session, "UPDATE account SET insurer = 'Coface'");
  g_assert_true (rubis_session_note_insurer_told (f->session, id, RUBIS_TEST_TODAY, NULL));
  plan = load (f, id);
  g_assert_true (plan->insured);
  g_assert_cmpint (plan->insurer_told_on, ==, RUBIS_TEST_TODAY);
  undo (f);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM plan WHERE insurer_told_on IS NULL"),
                   ==, 1);
}

#define ADD(path, func) g_test_add ("/plans/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("agreed", test_agreed);
  ADD ("last-balances", test_last_balances);
  ADD ("refused", test_refused);
  ADD ("undone", test_undone);
  ADD ("cancelled", test_cancelled);
  ADD ("cancel-undone", test_cancel_undone);
  ADD ("signed", test_signed);
  ADD ("grace-is-quiet", test_grace_is_quiet);
  ADD ("higher-step-goes", test_higher_step_goes);
  ADD ("one-contact-a-day", test_one_contact);
  ADD ("next-instalment-begins-anew", test_next_instalment);
  ADD ("partly-paid", test_partly_paid);
  ADD ("done", test_done);
  ADD ("letter", test_letter);
  ADD ("letter-not-due", test_letter_not_due);
  ADD ("statement", test_statement);
  ADD ("agreement", test_agreement);
  ADD ("insurer", test_insurer);
  return g_test_run ();
}
