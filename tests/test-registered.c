/* Registered letters: numbers, course, consequences for the case, undo. */
#include <string.h>

#include "rubis-agenda-list.h"
#include "rubis-import-preview.h"
#include "rubis-pdf.h"
#include "rubis-registered.h"
#include "rubis-session-check.h"
#include "rubis-test-registered.h"
#include "rubis-test.h"

#define DAY(month, day) rubis_date_from_ymd (2026, (month), (day))

typedef struct {
  char *folder;
  char *out;
  RubisSession *session;
  gint64 account;
} Fixture;

static gint64
add_debtor (Fixture *fixture, const char *code, const char *name, const char *number)
{
  return rubis_test_add_debtor (fixture->session, code, name, number);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->out = g_build_filename (fixture->folder, "letters", NULL);
  fixture->session = rubis_test_registered_new (fixture->folder);
  fixture->account = add_debtor (fixture, "C001", "Menuiserie Garçon", "F-1");
}

/* What `rubisctl check` says must hold after everything. */
static void
check_dossier (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  gboolean sound = FALSE;
  g_autoptr(GVariant) checks = rubis_session_check (fixture->session, &sound, &error);

  g_assert_no_error (error);
  if (!sound)
    {
      g_autofree char *text = g_variant_print (checks, FALSE);

      g_error ("%s", text);
    }
  rubis_test_check_dossier (fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  check_dossier (fixture);
  g_assert_finalize_object (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->out);
}

/* The action of an account that is to be done, of any step; NULL when there is none. */
static RubisActionRow *
find_action (GPtrArray *agenda, gint64 account)
{
  for (guint i = 0; i < agenda->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (agenda, i);

      if (row->account_id == account && row->state == RUBIS_ACTION_TO_DO)
        return row;
    }
  return NULL;
}

/* The rank of the step that the account is due for today; -1 when none is. */
static int
due_step (Fixture *fixture, RubisDate today)
{
  g_autoptr(GPtrArray) agenda = NULL;
  g_autoptr(GError) error = NULL;
  RubisActionRow *row;

  rubis_session_set_today (fixture->session, today);
  rubis_test_exec (fixture->session, "UPDATE import_batch SET as_of = as_of + 60 WHERE as_of < 30000");
  agenda = rubis_session_compute_agenda (fixture->session, NULL, &error);
  g_assert_no_error (error);
  row = find_action (agenda, fixture->account);
  return row != NULL ? row->rank : -1;
}

static guint
write_notices (Fixture *fixture, const char *folder)
{
  return rubis_test_write_notices (fixture->session, folder);
}

static RubisRegisteredLetter *
get_letter (Fixture *fixture)
{
  return rubis_test_get_registered (fixture->session, fixture->account);
}

static gboolean
advance (Fixture *fixture, gint64 id, RubisRegisteredState state, RubisDate date, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  return rubis_session_advance_registered (fixture->session, ids, state, date, error);
}

static void
must_advance (Fixture *fixture, RubisRegisteredState state, RubisDate date)
{
  g_autoptr(RubisRegisteredLetter) letter = get_letter (fixture);

  rubis_test_advance (fixture->session, letter->id, state, date);
}

/* @words: what the refusal has to say. */
static void
must_refuse (Fixture *fixture, RubisRegisteredState state, RubisDate date, const char *words)
{
  g_autoptr(RubisRegisteredLetter) letter = get_letter (fixture);
  g_autoptr(RubisRegisteredLetter) after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (advance (fixture, letter->id, state, date, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, words));
  after = get_letter (fixture);
  g_assert_cmpint (after->course.state, ==, letter->course.state);
}

static void
must_undo (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = rubis_session_undo (fixture->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (label);
}

static char *
letter_text (Fixture *fixture, gint64 document_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) content = rubis_session_load_document (fixture->session, document_id, NULL, NULL, &error);
  g_autoptr(RubisPdf) pdf = NULL;

  g_assert_no_error (error);
  pdf = rubis_pdf_new (content, &error);
  g_assert_no_error (error);
  return rubis_pdf_dup_page_text (pdf, 0);
}

/* --- The beginning ---------------------------------------------------------------------------- */

static void
test_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisRegisteredLetter) letter = NULL;
  g_autoptr(RubisRegisteredTasks) tasks = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (write_notices (fixture, NULL), ==, 1);
  letter = get_letter (fixture);
  g_assert_cmpint (letter->course.state, ==, RUBIS_REGISTERED_PRINTED);
  g_assert_cmpint (letter->course.printed_on, ==, RUBIS_TEST_TODAY);
  g_assert_cmpint (letter->amount, >=, 120000);
  g_assert_cmpint (letter->deadline_days, ==, 8);
  g_assert_cmpstr (letter->number, ==, "");
  g_assert_cmpint (rubis_registered_letter_get_stage (letter), ==, RUBIS_REGISTERED_TO_NUMBER);
  tasks = rubis_session_list_registered_tasks (fixture->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->n_to_number, ==, 1);
  g_assert_cmpuint (tasks->n_to_post, ==, 0);
}

static void
test_number (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisRegisteredLetter) letter = NULL;
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *warning = NULL;
  gint64 first, second;

  add_debtor (fixture, "C002", "Tôlerie Lefèvre", "F-2");
  g_assert_cmpuint (write_notices (fixture, fixture->out), ==, 2);
  letters = rubis_session_list_registered (fixture->session, 0, &error);
  first = ((RubisRegisteredLetter *) letters->pdata[1])->id;
  second = ((RubisRegisteredLetter *) letters->pdata[0])->id;

  /* As a person types it and as a scanner does: the same number. */
  g_assert_true (rubis_session_number_registered (fixture->session, first, " 1a 787 789 3287 8 ", &warning, &error));
  g_assert_no_error (error);
  g_assert_null (warning);
  letter = rubis_session_get_registered (fixture->session, first, &error);
  g_assert_cmpstr (letter->number, ==, "1A78778932878");
  g_assert_cmpint (rubis_registered_letter_get_stage (letter), ==, RUBIS_REGISTERED_TO_POST);

  g_assert_false (rubis_session_number_registered (fixture->session, second, "1A78778932878", NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, letter->account_name));
  g_clear_error (&error);
  g_assert_false (rubis_session_number_registered (fixture->session, second, "12", NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);

  /* A check digit that does not fit warns, and the number is kept. */
  g_assert_true (rubis_session_number_registered (fixture->session, second, "1A78778932879", &warning, &error));
  g_assert_no_error (error);
  g_assert_nonnull (warning);
  must_undo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM registered_letter WHERE number = ''"), ==,
                   1);
}

static void
test_stock (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) stock = NULL;
  g_autoptr(GPtrArray) left = NULL;
  g_autoptr(RubisRegisteredLetter) letter = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (rubis_session_add_registered_stock (fixture->session, "2C 921 742 1809 1", 3, &error));
  g_assert_no_error (error);
  stock = rubis_session_list_registered_stock (fixture->session, &error);
  g_assert_cmpuint (stock->len, ==, 3);
  g_assert_cmpstr (stock->pdata[0], ==, "2C92174218091");
  g_assert_cmpstr (stock->pdata[1], ==, "2C92174218107");

  /* The rule cannot tell what follows a number that it does not fit. */
  g_assert_false (rubis_session_add_registered_stock (fixture->session, "2C92174218092", 2, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);

  write_notices (fixture, fixture->out);
  letter = get_letter (fixture);
  g_assert_cmpstr (letter->number, ==, "2C92174218091");
  g_assert_true (letter->number_printed);
  text = letter_text (fixture, letter->document_id);
  g_assert_nonnull (strstr (text, "2C 921 742 1809 1"));
  left = rubis_session_list_registered_stock (fixture->session, &error);
  g_assert_cmpuint (left->len, ==, 2);
  g_assert_false (rubis_session_number_registered (fixture->session, letter->id, "1A78778932878", NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
}

/* --- The course ------------------------------------------------------------------------------- */

static void
test_course_rules (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisRegisteredLetter) letter = NULL;
  g_autoptr(GError) error = NULL;

  write_notices (fixture, fixture->out);
  rubis_session_set_today (fixture->session, DAY (12, 15));
  must_refuse (fixture, RUBIS_REGISTERED_RECEIVED, DAY (11, 25), "never posted");
  must_refuse (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (12, 16), "has not come yet");
  must_refuse (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 19), "20/11/2026");
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 23));
  must_refuse (fixture, RUBIS_REGISTERED_PRESENTED, DAY (11, 21), "23/11/2026");
  must_refuse (fixture, RUBIS_REGISTERED_PRINTED, DAY (11, 23), "cannot go back");
  /* A wrong day is corrected by giving the right one. */
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 24));
  must_advance (fixture, RUBIS_REGISTERED_PRESENTED, DAY (11, 26));
  must_advance (fixture, RUBIS_REGISTERED_RECEIVED, DAY (11, 30));
  must_refuse (fixture, RUBIS_REGISTERED_REFUSED, DAY (12, 1), "answer is known");
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM event WHERE kind = 'registered-state'"), ==, 4);
  /* The number of an answered letter is part of its proof. */
  letter = get_letter (fixture);
  g_assert_true (rubis_session_number_registered (fixture->session, letter->id, "1A78778932878", NULL, NULL));
  g_assert_false (rubis_session_number_registered (fixture->session, letter->id, "2C92174218091", NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
}

/* The deadline of eight days runs from the presentation, and the decision waits for its end. */
static void
test_presented (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisRegisteredLetter) letter = NULL;

  write_notices (fixture, fixture->out);
  rubis_session_set_today (fixture->session, DAY (11, 23));
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 23));
  letter = get_letter (fixture);
  g_assert_cmpint (letter->notice_until, ==, DAY (12, 1));
  rubis_session_set_today (fixture->session, DAY (11, 26));
  must_advance (fixture, RUBIS_REGISTERED_PRESENTED, DAY (11, 26));
  /* Ten days after the notice (the 30th of November) the decision would be due. */
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, -1);
  g_assert_cmpint (due_step (fixture, DAY (12, 4)), ==, -1);
  g_assert_cmpint (due_step (fixture, DAY (12, 7)), ==, 6);
  must_advance (fixture, RUBIS_REGISTERED_RECEIVED, DAY (11, 28));
  g_assert_cmpint (due_step (fixture, DAY (12, 7)), ==, 6);
}

/* Without the post's answer the deadline runs from the deposit; never posted, nothing waits for it. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  write_notices (fixture, fixture->out);
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, 6);
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 27));
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, -1);
  g_assert_cmpint (due_step (fixture, DAY (12, 7)), ==, 6);
  must_undo (fixture);
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, 6);
}

static void
test_from_deposit (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  rubis_test_exec (fixture->session,
                   "UPDATE policy SET body = replace (body, '[policy]', '[policy]' || char (10) || "
                   "'notice-from=deposit')");
  rubis_session_reload_library (fixture->session, &error);
  g_assert_no_error (error);
  write_notices (fixture, fixture->out);
  rubis_session_set_today (fixture->session, DAY (11, 28));
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 21));
  must_advance (fixture, RUBIS_REGISTERED_PRESENTED, DAY (11, 27));
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, 6);
}

/* Refused at the right address: it counts, from that day on. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  write_notices (fixture, fixture->out);
  rubis_session_set_today (fixture->session, DAY (11, 27));
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 20));
  must_advance (fixture, RUBIS_REGISTERED_REFUSED, DAY (11, 25));
  g_assert_cmpint (due_step (fixture, DAY (12, 3)), ==, -1);
  g_assert_cmpint (due_step (fixture, DAY (12, 4)), ==, 6);
}

static void
test_not_claimed (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisRegisteredLetter) letter = NULL;
  g_autoptr(RubisRegisteredTasks) tasks = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *next = NULL;

  write_notices (fixture, fixture->out);
  rubis_session_set_today (fixture->session, DAY (12, 12));
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 23));
  must_advance (fixture, RUBIS_REGISTERED_PRESENTED, DAY (11, 26));
  letter = get_letter (fixture);
  /* Fifteen days after the first presentation the letter goes back, and the user is asked. */
  next = rubis_registered_letter_describe_next (letter, DAY (12, 11));
  g_assert_null (strstr (next, "Not claimed?"));
  g_free (next);
  next = rubis_registered_letter_describe_next (letter, DAY (12, 12));
  g_assert_nonnull (strstr (next, "Not claimed?"));
  tasks = rubis_session_list_registered_tasks (fixture->session, &error);
  g_assert_cmpuint (tasks->n_to_ask, ==, 1);
  must_advance (fixture, RUBIS_REGISTERED_NOT_CLAIMED, DAY (12, 12));
  g_assert_cmpint (due_step (fixture, DAY (12, 14)), ==, 6);
}

/* The notice never reached the debtor: it is due again, once the address was looked at. */
static void
test_wrong_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisRegisteredTasks) tasks = NULL;
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GError) error = NULL;

  write_notices (fixture, fixture->out);
  rubis_session_set_today (fixture->session, DAY (11, 30));
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 23));
  must_advance (fixture, RUBIS_REGISTERED_WRONG_ADDRESS, DAY (11, 26));
  check_dossier (fixture);
  tasks = rubis_session_list_registered_tasks (fixture->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->returned->len, ==, 1);
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, -1);

  /* Undone and done again: the same state, to the day. */
  must_undo (fixture);
  check_dossier (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT level FROM item"), ==, 5);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT level_date FROM item"), ==, RUBIS_TEST_TODAY);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT address_bad FROM account"), ==, 0);
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, -1);
  g_free (rubis_session_redo (fixture->session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT level FROM item"), ==, 4);

  rubis_test_exec (fixture->session, "UPDATE account SET address = '21 rue des Lilas'");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT address_bad FROM account"), ==, 0);
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, 5);
  g_assert_cmpuint (write_notices (fixture, fixture->out), ==, 1);
  letters = rubis_session_list_registered (fixture->session, 0, &error);
  g_assert_cmpuint (letters->len, ==, 2);
}

static void
test_confirm_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  write_notices (fixture, fixture->out);
  rubis_session_set_today (fixture->session, DAY (11, 30));
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 23));
  must_advance (fixture, RUBIS_REGISTERED_WRONG_ADDRESS, DAY (11, 26));
  g_assert_true (rubis_session_confirm_address (fixture->session, fixture->account, &error));
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, 5);
  must_undo (fixture);
  g_assert_cmpint (due_step (fixture, DAY (11, 30)), ==, -1);
}

/* Who says that a letter was posted has it in hand: it is not printed once more, nor called off later. */
static void
test_posted_by_hand (Fixture *fixture, gconstpointer data)
{
  const RubisRunOptions keep = { .keep_letters = TRUE };
  g_autoptr(GPtrArray) agenda = NULL;
  g_autoptr(GPtrArray) actions = g_ptr_array_new ();
  g_autoptr(RubisRunReport) report = NULL;
  g_autoptr(GError) error = NULL;

  agenda = rubis_session_compute_agenda (fixture->session, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (actions, find_action (agenda, fixture->account));
  report = rubis_session_perform_with (fixture->session, actions, &keep, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT to_post FROM document"), ==, 1);
  rubis_session_set_today (fixture->session, DAY (11, 30));
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, DAY (11, 23));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT to_post FROM document"), ==, 0);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, 1);

  /* Undone, it waits again as it did. */
  must_undo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT to_post FROM document"), ==, 1);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM outbox WHERE state = 'queued'"), ==, 1);
  check_dossier (fixture);
}

/* Several letters at once: all of them, or none. */
static void
test_together (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GError) error = NULL;

  add_debtor (fixture, "C002", "Tôlerie Lefèvre", "F-2");
  write_notices (fixture, fixture->out);
  letters = rubis_session_list_registered (fixture->session, 0, &error);
  for (guint i = 0; i < letters->len; i++)
    g_array_append_val (ids, ((RubisRegisteredLetter *) letters->pdata[i])->id);
  must_advance (fixture, RUBIS_REGISTERED_DEPOSITED, RUBIS_TEST_TODAY);
  must_advance (fixture, RUBIS_REGISTERED_PRESENTED, RUBIS_TEST_TODAY);
  g_assert_false (rubis_session_advance_registered (fixture->session, ids, RUBIS_REGISTERED_DEPOSITED,
                                                    RUBIS_TEST_TODAY, &error));
  g_assert_nonnull (strstr (error->message, "Menuiserie Garçon"));
  g_clear_error (&error);
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM registered_letter WHERE state = 'deposited'"), ==, 0);
  must_undo (fixture);
  g_assert_true (rubis_session_advance_registered (fixture->session, ids, RUBIS_REGISTERED_DEPOSITED,
                                                   RUBIS_TEST_TODAY, &error));
  g_assert_no_error (error);
  must_undo (fixture);
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM registered_letter WHERE state = 'written'"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/registered/written", test_written);
  ADD ("/registered/number", test_number);
  ADD ("/registered/stock", test_stock);
  ADD ("/registered/course-rules", test_course_rules);
  ADD ("/registered/presented", test_presented);
  ADD ("/registered/silent", test_silent);
  ADD ("/registered/from-deposit", test_from_deposit);
  ADD ("/registered/refused", test_refused);
  ADD ("/registered/not-claimed", test_not_claimed);
  ADD ("/registered/wrong-address", test_wrong_address);
  ADD ("/registered/confirm-address", test_confirm_address);
  ADD ("/registered/together", test_together);
  ADD ("/registered/posted-by-hand", test_posted_by_hand);
  return g_test_run ();
}
