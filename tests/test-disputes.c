/* Disputes from opening to outcome: what leaves dunning, what comes back, and undo of each edit. */
#include <string.h>

#include "rubis-actors.h"
#include "rubis-choices.h"
#include "rubis-disputes.h"
#include "rubis-import-preview.h"
#include "rubis-session-why.h"
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
  f->account = rubis_test_add_account (f->session, "C1", "Garçon SAS");
  f->f1 = rubis_test_add_item (f->session, f->account, "F-1", RUBIS_ITEM_INVOICE, "2026-09-01", 120000,
                               120000, NULL);
  f->f2 = rubis_test_add_item (f->session, f->account, "F-2", RUBIS_ITEM_INVOICE, "2026-10-11", 80000, 50000,
                               NULL);
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
open_dispute (Fixture *f, gint64 item, gint64 amount, gboolean keep_dunning)
{
  g_autoptr (GArray) parts = parts_new (item, amount);
  g_autoptr (GError) error = NULL;
  RubisDisputeInput input = { .account_id = f->account,
                              .items = parts,
                              .reason = "price",
                              .description = " Remise de 10 % oubliée ",
                              .due_date = RUBIS_DATE_NONE,
                              .keep_dunning = keep_dunning };
  gint64 id = rubis_session_open_dispute (f->session, &input, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
refuse (Fixture *f, RubisDisputeInput *input, int code, const char *said)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_open_dispute (f->session, input, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, code);
  g_assert_nonnull (strstr (error->message, said));
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

/* Whether eligibility says that the item is contested in full. */
static gboolean
is_kept_out (Fixture *f, const char *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = rubis_session_explain_item_record (f->session, number, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_variant_print (answer, FALSE);
  return strstr (text, "'E13'") != NULL;
}

static void
test_open (Fixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, f->f1, 30000, FALSE);
  g_autoptr (RubisDispute) dispute = load (f, id);
  const RubisDisputeItem *item = g_ptr_array_index (dispute->items, 0);

  g_assert_cmpint (dispute->state, ==, RUBIS_DISPUTE_OPEN);
  g_assert_cmpint (dispute->amount, ==, 30000);
  g_assert_cmpstr (dispute->description, ==, "Remise de 10 % oubliée");
  g_assert_cmpstr (dispute->reason_label, ==, "Price");
  g_assert_cmpstr (g_ptr_array_index (dispute->numbers, 0), ==, "F-1");
  g_assert_cmpint (dispute->due_date, ==, RUBIS_TEST_TODAY + 7);
  g_assert_cmpint (item->open, ==, 120000);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  g_assert_cmpint (ask (f, "SELECT count (*) FROM event WHERE kind = 'dispute' AND summary = "
                           "'Dispute opened on F-1: Garçon SAS'"),
                   ==, 1);
  rubis_test_undo (f->session, "Dispute opened on F-1: Garçon SAS");
  g_assert_cmpint (disputed (f, f->f1), ==, 0);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ 0 }), ==, 0);
  g_assert_cmpint (ask (f, "SELECT voided FROM dispute"), ==, 1);
  rubis_test_redo (f->session, "Dispute opened on F-1: Garçon SAS");
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ 0 }), ==, 1);
  g_assert_cmpint (ask (f, "SELECT count (*) FROM dispute"), ==, 1);
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) parts = parts_new (f->f1, 120001);
  RubisDisputePart *part = &g_array_index (parts, RubisDisputePart, 0);
  RubisDisputeInput input
      = { .account_id = f->account, .items = parts, .reason = "price", .due_date = RUBIS_DATE_NONE };
  gint64 credit
      = rubis_test_add_item (f->session, f->account, "A-1", RUBIS_ITEM_CREDIT, NULL, -500, -500, NULL);
  gint64 dollars = rubis_test_add_item (f->session, f->account, "F-3", RUBIS_ITEM_INVOICE, "2026-10-01", 100,
                                        100, "USD");
  RubisDisputePart foreign = { dollars, 0 };

  refuse (f, &input, RUBIS_SESSION_ERROR_VALUE, "1,200.00");
  part->amount = -1;
  refuse (f, &input, RUBIS_SESSION_ERROR_VALUE, "F-1");
  part->amount = 0;
  input.reason = "weather";
  refuse (f, &input, RUBIS_SESSION_ERROR_VALUE, "weather");
  input.reason = "price";
  input.due_date = RUBIS_TEST_TODAY - 1;
  refuse (f, &input, RUBIS_SESSION_ERROR_VALUE, "passed");
  input.due_date = RUBIS_DATE_NONE;
  input.resolver_id = 77;
  refuse (f, &input, RUBIS_SESSION_ERROR_VALUE, "colleague");
  input.resolver_id = 0;
  part->item_id = credit;
  refuse (f, &input, RUBIS_SESSION_ERROR_RULE, "A-1");
  part->item_id = f->f1;
  g_array_append_val (parts, foreign);
  refuse (f, &input, RUBIS_SESSION_ERROR_VALUE, "currency");
  g_array_index (parts, RubisDisputePart, 1).item_id = f->f1;
  refuse (f, &input, RUBIS_SESSION_ERROR_VALUE, "twice");
  open_dispute (f, f->f1, 0, FALSE);
  g_array_set_size (parts, 1);
  refuse (f, &input, RUBIS_SESSION_ERROR_RULE, "in full");
  g_assert_cmpint (ask (f, "SELECT count (*) FROM dispute"), ==, 1);
}

/* E13 only when all is contested; a part leaves the rest in dunning. */
static void
test_dunning (Fixture *f, gconstpointer data)
{
  gint64 id;

  g_assert_false (is_kept_out (f, "F-1"));
  open_dispute (f, f->f1, 0, FALSE);
  g_assert_true (is_kept_out (f, "F-1"));
  rubis_test_undo (f->session, "Dispute opened on F-1: Garçon SAS");
  id = open_dispute (f, f->f1, 119999, FALSE);
  g_assert_false (is_kept_out (f, "F-1"));
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_ABANDONED });
  open_dispute (f, f->f1, 0, TRUE);
  g_assert_cmpint (disputed (f, f->f1), ==, 0);
  g_assert_cmpint (ask (f, "SELECT contested FROM item WHERE number = 'F-1'"), ==, 120000);
  g_assert_false (is_kept_out (f, "F-1"));
}

/* Trap 5.10: the level stays, and a fresh delay runs from the day on which the dispute ended. */
static void
test_resume (Fixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, f->f1, 0, FALSE);

  rubis_test_exec (f->session,
                   "UPDATE item SET level = 2, level_date = 20000, first_batch = 1 WHERE number = 'F-1'");
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_UNFOUNDED, .note = "Prix du bon de commande" });
  g_assert_cmpint (ask (f, "SELECT resumed_date FROM item WHERE number = 'F-1'"), ==, RUBIS_TEST_TODAY);
  g_assert_cmpint (ask (f, "SELECT level FROM item WHERE number = 'F-1'"), ==, 2);
  rubis_test_undo (f->session, "Dispute on F-1 closed as unfounded: Garçon SAS");
  g_assert_cmpint (ask (f, "SELECT coalesce (resumed_date, 0) FROM item WHERE number = 'F-1'"), ==, 0);
  g_assert_cmpint (disputed (f, f->f1), ==, 120000);
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_UNFOUNDED, .restart = TRUE });
  g_assert_cmpint (ask (f, "SELECT level FROM item WHERE number = 'F-1'"), ==, -1);
  g_assert_cmpint (ask (f, "SELECT count (*) FROM event WHERE kind = 'reset'"), ==, 1);
  rubis_test_undo (f->session, "Dispute on F-1 closed as unfounded: Garçon SAS");
  g_assert_cmpint (ask (f, "SELECT level FROM item WHERE number = 'F-1'"), ==, 2);
  g_assert_cmpint (ask (f, "SELECT level_date FROM item WHERE number = 'F-1'"), ==, 20000);
  rubis_test_redo (f->session, "Dispute on F-1 closed as unfounded: Garçon SAS");
  g_assert_cmpint (ask (f, "SELECT level FROM item WHERE number = 'F-1'"), ==, -1);
}

static void
test_moves (Fixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, f->f1, 30000, FALSE);
  RubisDisputeMove wrong = { .state = RUBIS_DISPUTE_FOUNDED, .credit = 30001 };
  g_autoptr (RubisDispute) awaited = NULL;
  g_autoptr (RubisDispute) closed = NULL;
  g_autoptr (GError) error = NULL;

  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_EXAMINED, .note = "Vu avec l’atelier" });
  g_assert_false (rubis_session_move_dispute (f->session, id, &wrong, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_FOUNDED, .credit = 25000 });
  awaited = load (f, id);
  g_assert_cmpint (awaited->state, ==, RUBIS_DISPUTE_CREDIT_AWAITED);
  g_assert_cmpint (awaited->outcome_amount, ==, 25000);
  g_assert_cmpint (awaited->closed_on, ==, RUBIS_DATE_NONE);
  g_assert_cmpuint (awaited->comments->len, ==, 1);
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_FOUNDED, .note = "Avoir A-9" });
  closed = load (f, id);
  g_assert_cmpint (closed->closed_on, ==, RUBIS_TEST_TODAY);
  g_assert_cmpint (closed->outcome_amount, ==, 25000);
  g_assert_cmpstr (closed->close_note, ==, "Avoir A-9");
  g_assert_cmpint (disputed (f, f->f1), ==, 0);
  wrong = (RubisDisputeMove){ .state = RUBIS_DISPUTE_UNFOUNDED };
  g_assert_false (rubis_session_move_dispute (f->session, id, &wrong, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_clear_error (&error);
  move (f, id, (RubisDisputeMove){ .state = RUBIS_DISPUTE_OPEN });
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  for (int i = 0; i < 4; i++)
    g_free (rubis_session_undo (f->session, NULL));
  g_assert_cmpint (ask (f, "SELECT count (*) FROM dispute WHERE state = 'open' AND closed_on IS NULL "
                           "AND outcome_amount = 0"),
                   ==, 1);
  g_assert_cmpint (ask (f, "SELECT count (*) FROM dispute_comment WHERE voided = 0"), ==, 0);
}

/* Nothing is owed any more of what it contested, or another contests it meanwhile. */
static void
test_reopening (Fixture *f, gconstpointer data)
{
  gint64 first = open_dispute (f, f->f1, 0, FALSE);
  RubisDisputeMove again = { .state = RUBIS_DISPUTE_OPEN };
  g_autoptr (GError) error = NULL;

  move (f, first, (RubisDisputeMove){ .state = RUBIS_DISPUTE_ABANDONED });
  open_dispute (f, f->f1, 1, FALSE);
  g_assert_false (rubis_session_move_dispute (f->session, first, &again, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_clear_error (&error);
  rubis_test_undo (f->session, "Dispute opened on F-1: Garçon SAS");
  /* A payment of a part leaves less than it contested: that is contested again in full. */
  rubis_test_exec (f->session, "INSERT INTO allocation (item_id, amount, date, source) "
                               "SELECT id, open - 100, 20000, 'user' FROM item WHERE number = 'F-1'; "
                               "UPDATE item SET open = 100 WHERE number = 'F-1'");
  move (f, first, again);
  g_assert_cmpint (disputed (f, f->f1), >=, 100);
  move (f, first, (RubisDisputeMove){ .state = RUBIS_DISPUTE_ABANDONED });
  rubis_test_exec (f->session, "INSERT INTO allocation (item_id, amount, date, source) "
                               "SELECT id, open, 20000, 'user' FROM item WHERE number = 'F-1'; "
                               "UPDATE item SET open = 0 WHERE number = 'F-1'");
  g_assert_false (rubis_session_move_dispute (f->session, first, &again, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
}

static gint64
add_actor (Fixture *f, const char *name)
{
  g_autoptr (RubisActor) actor = rubis_actor_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  rubis_actor_set (actor, name, name);
  rubis_actor_set (actor, email, "colleague@duval.example");
  id = rubis_session_set_actor (f->session, actor, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_change_and_assign (Fixture *f, gconstpointer data)
{
  gint64 actor = add_actor (f, "Inès Noël");
  gint64 one = open_dispute (f, f->f1, 30000, FALSE);
  gint64 two = open_dispute (f, f->f2, 0, FALSE);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) parts = parts_new (f->f2, 0);
  g_autoptr (GError) error = NULL;
  RubisDisputeInput input
      = { .reason = "quality", .resolver_id = -1, .due_date = RUBIS_DATE_NONE, .product_line = "Palettes" };
  g_autoptr (RubisDispute) changed = NULL;

  g_array_append_val (ids, one);
  g_array_append_val (ids, two);
  g_assert_true (rubis_session_assign_disputes (f->session, ids, actor, RUBIS_TEST_TODAY + 3, &error));
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .resolver_id = actor }), ==, 2);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .resolver_id = -1 }), ==, 0);
  rubis_test_undo (f->session, "2 disputes assigned: Inès Noël, by 23/11/2026");
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .resolver_id = -1 }), ==, 2);
  rubis_test_redo (f->session, "2 disputes assigned: Inès Noël, by 23/11/2026");
  g_assert_true (rubis_session_change_dispute (f->session, one, &input, &error));
  changed = load (f, one);
  g_assert_cmpstr (changed->reason, ==, "quality");
  g_assert_cmpstr (changed->resolver, ==, "Inès Noël");
  g_assert_cmpstr (changed->description, ==, "Remise de 10 % oubliée");
  g_assert_cmpint (changed->due_date, ==, RUBIS_TEST_TODAY + 3);
  move (f, two, (RubisDisputeMove){ .state = RUBIS_DISPUTE_ABANDONED });
  input.items = parts;
  g_assert_true (rubis_session_change_dispute (f->session, one, &input, &error));
  g_assert_cmpint (disputed (f, f->f1), ==, 0);
  g_assert_cmpint (disputed (f, f->f2), ==, 50000);
  rubis_test_undo (f->session, "Dispute on F-2 changed: Garçon SAS");
  g_assert_cmpint (disputed (f, f->f1), ==, 30000);
  g_assert_cmpint (disputed (f, f->f2), ==, 0);
  rubis_test_undo (f->session, "Dispute on F-2 abandoned: Garçon SAS");
  rubis_test_undo (f->session, "Dispute on F-1 changed: Garçon SAS");
  g_assert_cmpint (ask (f, "SELECT count (*) FROM dispute WHERE reason = 'price' AND product_line = ''"), ==,
                   2);
}

static void
test_comments_and_files (Fixture *f, gconstpointer data)
{
  gint64 id = open_dispute (f, f->f1, 30000, FALSE);
  g_autofree char *path = g_build_filename (f->folder, "photo.txt", NULL);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (RubisDispute) dispute = NULL;
  g_autoptr (RubisDispute) without = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "trois palettes", -1, NULL));
  g_assert_true (rubis_session_comment_dispute (f->session, id, " Rappeler le magasin ", &error));
  g_assert_cmpint (rubis_session_attach_to_dispute (f->session, id, path, &error), >, 0);
  g_assert_no_error (error);
  dispute = load (f, id);
  g_assert_cmpint (dispute->n_comments, ==, 1);
  g_assert_cmpint (dispute->n_attachments, ==, 1);
  g_assert_cmpstr (((RubisDisputeComment *)g_ptr_array_index (dispute->comments, 0))->text, ==,
                   "Rappeler le magasin");
  files = rubis_session_list_dispute_attachments (f->session, id, &error);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .text = "magasin" }), ==, 1);
  rubis_test_undo (f->session, "File kept: photo.txt, Garçon SAS");
  rubis_test_undo (f->session, "Comment on the dispute on F-1: Garçon SAS");
  none = rubis_session_list_dispute_attachments (f->session, id, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .text = "magasin" }), ==, 0);
  /* The journal names it: it is not lost, and shown nowhere. */
  g_assert_cmpint (ask (f, "SELECT length (content) FROM attachment WHERE voided = 1"), ==, 14);
  without = load (f, id);
  g_assert_cmpint (without->n_attachments, ==, 0);
  rubis_test_redo (f->session, "Comment on the dispute on F-1: Garçon SAS");
  rubis_test_redo (f->session, "File kept: photo.txt, Garçon SAS");
  g_assert_cmpint (ask (f, "SELECT count (*) FROM attachment WHERE voided = 0"), ==, 1);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .text = "magasin" }), ==, 1);
  g_assert_false (rubis_session_comment_dispute (f->session, id, "  ", &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

static void
test_filters (Fixture *f, gconstpointer data)
{
  gint64 one = open_dispute (f, f->f1, 30000, FALSE);
  gint64 two = open_dispute (f, f->f2, 0, FALSE);
  g_autoptr (RubisDispute) late = NULL;

  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 9);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .late = TRUE }), ==, 2);
  late = load (f, one);
  g_assert_cmpint (late->days, ==, 9);
  g_assert_cmpint (late->days_late, ==, 2);
  move (f, two, (RubisDisputeMove){ .state = RUBIS_DISPUTE_UNFOUNDED });
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .late = TRUE }), ==, 1);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ 0 }), ==, 1);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .states = 1u << RUBIS_DISPUTE_UNFOUNDED }), ==, 1);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .states = 1u << RUBIS_DISPUTE_UNFOUNDED,
                                                    .closed_from = RUBIS_TEST_TODAY + 10 }),
                    ==, 0);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .item_id = f->f2 }), ==, 0);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .item_id = f->f1 }), ==, 1);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .text = "f-1" }), ==, 1);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .text = "f%1" }), ==, 0);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .account_id = f->account + 1 }), ==, 0);
  g_assert_cmpuint (count (f, (RubisDisputeFilter){ .reason = "quality" }), ==, 0);
}

/* To the cent and the day: two opened, one closed after 9 days, the other still open. */
static void
test_stats (Fixture *f, gconstpointer data)
{
  gint64 one = open_dispute (f, f->f1, 30001, FALSE);
  g_autoptr (GPtrArray) stats = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (RubisDispute) open = NULL;
  g_autoptr (GError) error = NULL;
  const RubisDisputeStat *stat;

  open_dispute (f, f->f2, 20000, FALSE);
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 9);
  move (f, one, (RubisDisputeMove){ .state = RUBIS_DISPUTE_FOUNDED, .credit = 29999 });
  move (f, one, (RubisDisputeMove){ .state = RUBIS_DISPUTE_FOUNDED });
  stats = rubis_session_list_dispute_stats (f->session, RUBIS_DISPUTES_BY_REASON, RUBIS_TEST_TODAY,
                                            RUBIS_TEST_TODAY + 9, &error);
  g_assert_cmpuint (stats->len, ==, 1);
  stat = g_ptr_array_index (stats, 0);
  g_assert_cmpstr (stat->id, ==, "price");
  g_assert_cmpint (stat->n_opened, ==, 2);
  g_assert_cmpint (stat->amount, ==, 50001);
  g_assert_cmpint (stat->n_open, ==, 1);
  g_assert_cmpint (stat->open_amount, ==, 20000);
  g_assert_cmpint (stat->n_closed, ==, 1);
  g_assert_cmpint (stat->n_founded, ==, 1);
  g_assert_cmpint (stat->credited, ==, 29999);
  g_assert_cmpfloat (stat->average_days, ==, 9);
  before = rubis_session_list_dispute_stats (f->session, RUBIS_DISPUTES_BY_ACCOUNT, RUBIS_TEST_TODAY + 1,
                                             RUBIS_TEST_TODAY + 8, &error);
  stat = g_ptr_array_index (before, 0);
  g_assert_cmpstr (stat->id, ==, "C1");
  g_assert_cmpint (stat->n_opened, ==, 0);
  g_assert_cmpint (stat->n_closed, ==, 0);
  g_assert_cmpint (stat->n_open, ==, 1);
  /* What is still open is expected after as long as the others of its reason took. */
  open = load (f, one + 1);
  g_assert_cmpint (open->expected_on, ==, RUBIS_TEST_TODAY + 9);
}

static void
test_choices (Fixture *f, gconstpointer data)
{
  const RubisChoice weight = { .label = (char *)" Écart de poids ", .days = 4, .active = TRUE };
  const RubisChoice again = { .label = (char *)"price", .active = TRUE };
  const RubisChoice price = { .id = (char *)"price", .label = (char *)"Tarif", .days = 9 };
  g_autofree char *id = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GPtrArray) choices = NULL;
  g_autoptr (GPtrArray) fewer = NULL;
  g_autoptr (GError) error = NULL;
  const RubisChoice *last;

  g_assert_true (rubis_session_set_choice (f->session, RUBIS_CHOICES_DISPUTE_REASON, &weight, &id, &error));
  g_assert_cmpstr (id, ==, "ecart_de_poids");
  choices = rubis_session_list_choices (f->session, RUBIS_CHOICES_DISPUTE_REASON, FALSE, &error);
  g_assert_cmpuint (choices->len, ==, 11);
  last = g_ptr_array_index (choices, 10);
  g_assert_cmpstr (last->label, ==, "Écart de poids");
  g_assert_true (last->own);
  g_assert_cmpint (last->days, ==, 4);
  g_assert_false (rubis_session_set_choice (f->session, RUBIS_CHOICES_DISPUTE_REASON, &again, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_true (rubis_session_set_choice (f->session, RUBIS_CHOICES_DISPUTE_REASON, &price, NULL, &error));
  fewer = rubis_session_list_choices (f->session, RUBIS_CHOICES_DISPUTE_REASON, FALSE, &error);
  g_assert_cmpuint (fewer->len, ==, 10);
  label = rubis_session_dup_choice_label (f->session, RUBIS_CHOICES_DISPUTE_REASON, "price");
  g_assert_cmpstr (label, ==, "Tarif");
  rubis_test_undo (f->session, "Reason of disputes: Tarif");
  rubis_test_undo (f->session, "Reason of disputes: Écart de poids");
  g_assert_cmpint (ask (f, "SELECT count (*) FROM choice"), ==, 0);
  rubis_test_redo (f->session, "Reason of disputes: Écart de poids");
  g_assert_cmpint (ask (f, "SELECT count (*) FROM choice WHERE id = 'ecart_de_poids' AND days = 4"), ==, 1);
}

#define ADD(path, func) g_test_add ("/disputes/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("open", test_open);
  ADD ("refusals", test_refusals);
  ADD ("dunning", test_dunning);
  ADD ("5.10-resume", test_resume);
  ADD ("moves", test_moves);
  ADD ("reopening", test_reopening);
  ADD ("change-and-assign", test_change_and_assign);
  ADD ("comments-and-files", test_comments_and_files);
  ADD ("filters", test_filters);
  ADD ("stats", test_stats);
  ADD ("choices", test_choices);
  return g_test_run ();
}
