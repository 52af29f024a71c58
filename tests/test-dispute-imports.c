/* What imports do to disputes: credit notes, payments of what was contested, and their taking back. */
#include <string.h>

#include "rubis-disputes.h"
#include "rubis-import-preview.h"
#include "rubis-tasks.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 f1; /* 1 200.00, all open, 80 days late */
  gint64 f2; /* 500.00 of 800.00 open, 40 days late */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  g_object_unref (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

/* What a query over the dossier gives. */
static gint64 ask (Fixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);
static gint64
ask (Fixture *f, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  return rubis_test_query (f->session, sql);
}

static gint64
disputed (Fixture *f, gint64 item)
{
  return ask (f, "SELECT disputed FROM item WHERE id = %" G_GINT64_FORMAT, item);
}

static GArray *
parts_new (gint64 item, gint64 amount)
{
  RubisDisputePart part = { item, amount };
  GArray *parts = g_array_new (FALSE, FALSE, sizeof part);

  g_array_append_val (parts, part);
  return parts;
}

static gint64
open_dispute (Fixture *f, gint64 item, gint64 amount)
{
  g_autoptr (GArray) parts = parts_new (item, amount);
  g_autoptr (GError) error = NULL;
  RubisDisputeInput input = { .account_id = f->account,
                              .items = parts,
                              .reason = "price",
                              .description = " Remise de 10 % oubliée ",
                              .due_date = RUBIS_DATE_NONE };
  gint64 id = rubis_session_open_dispute (f->session, &input, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
move (Fixture *f, gint64 id, RubisDisputeMove move)
{
  g_autoptr (GError) error = NULL;
  gboolean done = rubis_session_move_dispute (f->session, id, &move, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static RubisDispute *
load (Fixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RubisDispute *dispute = rubis_session_load_dispute (f->session, id, &error);

  g_assert_no_error (error);
  return dispute;
}

static guint
count (Fixture *f, RubisDisputeFilter filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) disputes = rubis_session_list_disputes (f->session, &filter, &error);

  g_assert_no_error (error);
  return disputes->len;
}

#define HEAD "Code client;Nom;N° facture;Type;Date facture;Date échéance;Montant TTC;Restant dû;Libellé\n"
#define F1 "C1;Garçon SAS;F-1001;FAC;01/08/2026;01/09/2026;1200,00;1200,00;\n"
#define F2 "C1;Garçon SAS;FA-2002;FAC;11/09/2026;11/10/2026;800,00;500,00;\n"

static gint64
import (Fixture *f, const char *rows)
{
  g_autofree char *path = g_build_filename (f->folder, "export.csv", NULL);
  g_autofree char *text = g_strconcat (HEAD, rows, NULL);
  g_autoptr (RubisImportPreview) preview = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  preview = rubis_session_open_import (f->session, path, &error);
  g_assert_no_error (error);
  preview->options.force = TRUE;
  g_assert_true (rubis_session_apply_import (f->session, preview, NULL, &error));
  g_assert_no_error (error);
  return ask (f, "SELECT max (id) FROM import_batch");
}

/* As the accounting software knows them, before anything is contested. */
static void
bring_invoices (Fixture *f)
{
  import (f, F1 F2);
  f->account = ask (f, "SELECT id FROM account");
  f->f1 = ask (f, "SELECT id FROM item WHERE number = 'F-1001'");
  f->f2 = ask (f, "SELECT id FROM item WHERE number = 'FA-2002'");
}

static void
take_back (Fixture *f, gint64 batch)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rubis_session_undo_import (f->session, batch, &error));
  g_assert_no_error (error);
}

/* The credit note that was awaited, by its amount alone. */
static void
test_credit_awaited (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisDispute) closed = NULL;
  g_autoptr (RubisDispute) again = NULL;
  gint64 batch;
  gint64 id;

  bring_invoices (f);
  id = open_dispute (f, f->f1, 30000);
  open_dispute (f, f->f2, 25000);
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_CREDIT_AWAITED, .credit = 25000 });
  batch = import (f, F1 F2 "C1;Garçon SAS;A-7;AVO;20/11/2026;;-250,00;-250,00;\n");
  closed = load (f, id);
  g_assert_cmpint (closed->state, ==, RUBIS_DISPUTE_FOUNDED);
  g_assert_cmpint (closed->outcome_amount, ==, 25000);
  g_assert_cmpint (closed->closed_on, ==, RUBIS_TEST_TODAY);
  g_assert_cmpint (closed->credit_item_id, ==, ask (f, "SELECT id FROM item WHERE number = 'A-7'"));
  g_assert_cmpint (disputed (f, f->f1), ==, 0);
  g_assert_cmpint (disputed (f, f->f2), ==, 25000);
  g_assert_cmpint (
      ask (f, "SELECT count (*) FROM event WHERE kind = 'dispute' AND batch_id = %d", (int)batch), ==, 1);
  take_back (f, batch);
  again = load (f, id);
  g_assert_cmpint (again->state, ==, RUBIS_DISPUTE_CREDIT_AWAITED);
  g_assert_cmpint (again->outcome_amount, ==, 25000);
  g_assert_cmpint (again->credit_item_id, ==, 0);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
}

/* Of two disputes the one whose invoice the credit note names; one that names none and is of no awaited
 * amount ends none.
 */
static void
test_credit_names_invoice (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisDispute) closed = NULL;
  gint64 two;

  bring_invoices (f);
  open_dispute (f, f->f1, 30000);
  two = open_dispute (f, f->f2, 18000);
  import (f, F1 F2 "C1;Garçon SAS;A-6;AVO;19/11/2026;;-300,00;-300,00;Remise annuelle\n");
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ 0 }), ==, 2);
  import (f, F1 F2 "C1;Garçon SAS;A-6;AVO;19/11/2026;;-300,00;-300,00;Remise annuelle\n"
                   "C1;Garçon SAS;A-7;AVO;20/11/2026;;-180,00;-180,00;Avoir s/ FA-2002\n");
  closed = load (f, two);
  g_assert_cmpint (closed->state, ==, RUBIS_DISPUTE_FOUNDED);
  g_assert_cmpint (closed->outcome_amount, ==, 18000);
  g_assert_cmpstr (closed->closed_by, ==, "");
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
}

/* The amount that is awaited, but for another invoice of the account. */
static void
test_credit_names_other (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisDispute) still = NULL;
  gint64 id;

  bring_invoices (f);
  id = open_dispute (f, f->f1, 30000);
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_CREDIT_AWAITED });
  import (f, F1 F2 "C1;Garçon SAS;A-7;AVO;20/11/2026;;-300,00;-300,00;Avoir sur FA-2002\n");
  still = load (f, id);
  g_assert_cmpint (still->state, ==, RUBIS_DISPUTE_CREDIT_AWAITED);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
}

static void
assert_task (Fixture *f, RubisTaskKind kind, gint64 id, gint64 amount, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = rubis_session_list_tasks (f->session, 0, 0, &error);
  const RubisTask *task;

  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  task = g_ptr_array_index (tasks, 0);
  g_assert_cmpint (task->kind, ==, kind);
  g_assert_cmpint (task->object_id, ==, id);
  g_assert_cmpint (task->amount, ==, amount);
  g_assert_nonnull (strstr (task->detail, said));
}

/* 50.00 of 300.00: nothing is dunned again by that, somebody has to look today; the rest ends it. */
static void
test_credit_in_part (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisDispute) part = NULL;
  g_autoptr (RubisDispute) closed = NULL;
  g_autoptr (RubisDispute) again = NULL;
  RubisDate due;
  gint64 batch;
  gint64 id;

  bring_invoices (f);
  id = open_dispute (f, f->f1, 30000);
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_CREDIT_AWAITED });
  due = (again = load (f, id))->due_date;
  g_assert_cmpint (due, >, RUBIS_TEST_TODAY);
  g_clear_object (&again);
  batch = import (f, F1 F2 "C1;Garçon SAS;A-7;AVO;20/11/2026;;-50,00;-50,00;Avoir F-1001\n");
  part = load (f, id);
  g_assert_cmpint (part->state, ==, RUBIS_DISPUTE_CREDIT_AWAITED);
  g_assert_cmpint (part->outcome_amount, ==, 30000);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  assert_task (f, RUBIS_TASK_CREDIT_LATE, id, 25000, "€50.00 credited");
  g_assert_cmpint (ask (f,
                        "SELECT count (*) FROM event WHERE kind = 'dispute' AND batch_id = %d AND "
                        "instr (summary, 'A-7 of €50.00') > 0 AND instr (summary, '€250.00') > 0",
                        (int)batch),
                   ==, 1);
  take_back (f, batch);
  again = load (f, id);
  g_assert_cmpint (again->due_date, ==, due);
  g_assert_cmpint (ask (f, "SELECT count (*) FROM dispute_credit"), ==, 0);

  import (f, F1 F2 "C1;Garçon SAS;A-7;AVO;20/11/2026;;-50,00;-50,00;Avoir F-1001\n");
  import (f, F1 F2 "C1;Garçon SAS;A-7;AVO;20/11/2026;;-50,00;-50,00;Avoir F-1001\n"
                   "C1;Garçon SAS;A-8;AVO;21/11/2026;;-250,00;-250,00;Solde\n");
  closed = load (f, id);
  g_assert_cmpint (closed->state, ==, RUBIS_DISPUTE_FOUNDED);
  g_assert_cmpint (closed->outcome_amount, ==, 30000);
  g_assert_cmpint (closed->credit_item_id, ==, ask (f, "SELECT id FROM item WHERE number = 'A-8'"));
}

#define F1_OPEN(open) "C1;Garçon SAS;F-1001;FAC;01/08/2026;01/09/2026;1200,00;" open ";\n"

/* Set off already where it was made: no line of it, but the invoice has fallen by it. */
static void
test_credit_set_off (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisDispute) closed = NULL;
  g_autoptr (RubisDispute) again = NULL;
  g_autoptr (RubisDispute) doubtful = NULL;
  gint64 batch;
  gint64 id;

  bring_invoices (f);
  id = open_dispute (f, f->f1, 40000);
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_CREDIT_AWAITED });
  /* What was paid beside it is no credit note. */
  import (f, F1_OPEN ("1100,00") F2);
  g_assert_cmpint (disputed (f, f->f1), ==, 40000);
  batch = import (f, F1_OPEN ("700,00") F2);
  closed = load (f, id);
  g_assert_cmpint (closed->state, ==, RUBIS_DISPUTE_FOUNDED);
  g_assert_cmpint (closed->outcome_amount, ==, 40000);
  g_assert_cmpint (disputed (f, f->f1), ==, 0);
  take_back (f, batch);
  again = load (f, id);
  g_assert_cmpint (again->state, ==, RUBIS_DISPUTE_CREDIT_AWAITED);
  g_assert_cmpint (disputed (f, f->f1), ==, 40000);
  /* As much as is owed beside it: a payment or the credit note. */
  import (f, F1_OPEN ("800,00") F2);
  batch = import (f, F1_OPEN ("400,00") F2);
  doubtful = load (f, id);
  g_assert_cmpint (doubtful->state, ==, RUBIS_DISPUTE_CREDIT_AWAITED);
  assert_task (f, RUBIS_TASK_CREDIT_LATE, id, 40000, "less is open since the import");
}

/* Nobody has said yet that the customer is right: a rebate on its invoice does not say so either. */
static void
test_credit_undecided (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisDispute) still = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  bring_invoices (f);
  id = open_dispute (f, f->f1, 30000);
  import (f, F1 F2 "C1;Garçon SAS;A-7;AVO;20/11/2026;;-50,00;-50,00;Remise sur F-1001\n");
  still = load (f, id);
  g_assert_cmpint (still->state, ==, RUBIS_DISPUTE_OPEN);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  assert_task (f, RUBIS_TASK_DISPUTE_LATE, id, 30000, "€50.00 credited");
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_UNFOUNDED });
  tasks = rubis_session_list_tasks (f->session, 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 0);
}

/* Two await the same amount: a person has to say which it is. */
static void
test_credit_not_guessed (Fixture *f, gconstpointer data)
{
  gint64 one;
  gint64 two;

  bring_invoices (f);
  one = open_dispute (f, f->f1, 30000);
  two = open_dispute (f, f->f2, 30000);
  move (f, one, (RubisDisputeMove){ .state = RUBIS_DISPUTE_CREDIT_AWAITED });
  move (f, two, (RubisDisputeMove){ .state = RUBIS_DISPUTE_CREDIT_AWAITED });
  import (f, F1 F2 "C1;Garçon SAS;A-7;AVO;20/11/2026;;-300,00;-300,00;\n");
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ 0 }), ==, 2);
}

/* The invoice is not in the complete file any more: the customer paid what it contested. */
static void
test_contested_paid (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisDispute) closed = NULL;
  g_autoptr (RubisDispute) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 batch;
  gint64 id;

  bring_invoices (f);
  id = open_dispute (f, f->f1, 30000);
  batch = import (f, F2);
  closed = load (f, id);
  g_assert_cmpint (closed->state, ==, RUBIS_DISPUTE_ABANDONED);
  g_assert_true (closed->nothing_open);
  take_back (f, batch);
  again = load (f, id);
  g_assert_cmpint (again->state, ==, RUBIS_DISPUTE_OPEN);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  /* What is contested cannot go with the import that brought it. */
  g_assert_false (rubis_session_undo_import (
      f->session, ask (f, "SELECT first_batch FROM item WHERE number = 'F-1001'"), &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_LATER);
  g_assert_nonnull (strstr (error->message, "it brought F-1001, on which"));
}

/* An import that only changed items is taken back although one of them is contested since; what it brought
 * and nobody speaks of goes.
 */
static void
test_change_taken_back (Fixture *f, gconstpointer data)
{
  gint64 batch;

  bring_invoices (f);
  batch = import (f, F1_OPEN ("900,00") F2 "C1;Garçon SAS;F-1003;FAC;01/08/2026;01/09/2026;10,00;10,00;\n");
  open_dispute (f, f->f1, 30000);
  take_back (f, batch);
  g_assert_cmpint (ask (f, "SELECT sum (open) FROM item"), ==, 170000);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
}

/* An item that is missing in one file and here again in the next was not paid: it is contested as before. */
static void
test_reappeared (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisDispute) again = NULL;
  g_autoptr (RubisDispute) closed = NULL;
  g_autoptr (RubisDispute) judged = NULL;
  RubisDate due;
  gint64 batch;
  gint64 id;

  bring_invoices (f);
  id = open_dispute (f, f->f1, 30000);
  due = (again = load (f, id))->due_date;
  g_clear_object (&again);
  import (f, F2);
  g_assert_cmpint (disputed (f, f->f1), ==, 0);
  batch = import (f, F1 F2);
  again = load (f, id);
  g_assert_cmpint (again->state, ==, RUBIS_DISPUTE_OPEN);
  g_assert_cmpint (again->due_date, ==, due);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  g_assert_cmpint (
      ask (f, "SELECT count (*) FROM event WHERE kind = 'dispute' AND batch_id = %d", (int)batch), ==, 1);
  take_back (f, batch);
  closed = load (f, id);
  g_assert_cmpint (closed->state, ==, RUBIS_DISPUTE_ABANDONED);
  g_assert_cmpstr (closed->close_note, !=, "");
  g_assert_cmpint (disputed (f, f->f1), ==, 0);
  import (f, F1 F2);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);

  /* What a person decided stays decided. */
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_UNFOUNDED });
  import (f, F2);
  import (f, F1 F2);
  judged = load (f, id);
  g_assert_cmpint (judged->state, ==, RUBIS_DISPUTE_UNFOUNDED);
}

#define ADD(path, func) g_test_add ("/dispute-imports/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("credit-awaited", test_credit_awaited);
  ADD ("credit-names-invoice", test_credit_names_invoice);
  ADD ("credit-names-other", test_credit_names_other);
  ADD ("credit-in-part", test_credit_in_part);
  ADD ("credit-set-off", test_credit_set_off);
  ADD ("credit-undecided", test_credit_undecided);
  ADD ("credit-not-guessed", test_credit_not_guessed);
  ADD ("reappeared", test_reappeared);
  ADD ("contested-paid", test_contested_paid);
  ADD ("change-taken-back", test_change_taken_back);
  return g_test_run ();
}
