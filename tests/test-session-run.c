/* The day's actions through a session: proposing, previewing, doing, and never doing twice. */
#include <glib/gstdio.h>

#include "rubis-agenda-list.h"
#include "rubis-pdf.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct {
  char *folder;
  char *out;
  RubisSession *session;
} Fixture;

/* Four customers: one by email, one by letter for want of an email, one with more credits than debts,
 * one ripe for the letter with penalties.
 */
static void
set_up (Fixture *f, gconstpointer data)
{
  gint64 email, paper, credit, late;

  f->folder = rubis_test_make_folder ();
  f->out = g_build_filename (f->folder, "out", NULL);
  f->session = rubis_test_session_new (f->folder);
  rubis_test_exec (f->session, "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                               "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                               "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                               "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                               "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                               "UPDATE setting SET value = '04 72 00 00 00' WHERE key = 'company.phone';"
                               "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  email = rubis_test_add_account (f->session, "C1", "Alpha");
  paper = rubis_test_add_account (f->session, "C2", "Bêta & Fils");
  credit = rubis_test_add_account (f->session, "C3", "Gamma");
  late = rubis_test_add_account (f->session, "C4", "Delta");
  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon', language = 'fr';"
                   "UPDATE account SET email = 'compta@alpha.example' WHERE code = 'C1'");
  rubis_test_add_item (f->session, email, "F1", RUBIS_ITEM_INVOICE, "2026-11-10", 120000, 120000, NULL);
  rubis_test_add_item (f->session, email, "F2", RUBIS_ITEM_INVOICE, "2026-12-31", 50000, 50000, NULL);
  rubis_test_add_item (f->session, paper, "F3", RUBIS_ITEM_INVOICE, "2026-11-01", 80000, 30050, NULL);
  rubis_test_add_item (f->session, credit, "F4", RUBIS_ITEM_INVOICE, "2026-11-01", 10000, 10000, NULL);
  rubis_test_add_item (f->session, credit, "A4", RUBIS_ITEM_CREDIT, "2026-11-01", -10000, -10000, NULL);
  rubis_test_add_item (f->session, paper, "A3", RUBIS_ITEM_CREDIT, "2026-11-02", -2050, -2050, NULL);
  rubis_test_add_item (f->session, late, "F5", RUBIS_ITEM_INVOICE, "2026-09-30", 100000, 100000, NULL);
  /* Its first three reminders, as the journal would have them. */
  rubis_test_exec (f->session,
                   "INSERT INTO event_item (event_id, item_id, level) SELECT e.id, i.id, 3 FROM event e, item i "
                   "WHERE i.number = 'F5' AND e.id = -1;"
                   "UPDATE item SET level = 3, level_date = (SELECT due_date + 16 FROM item WHERE number = 'F5') "
                   "WHERE number = 'F5'");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->out);
}

static GPtrArray *
agenda (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *rows = rubis_session_compute_agenda (f->session, NULL, &error);

  g_assert_no_error (error);
  return rows;
}

static RubisActionRow *
row_of (GPtrArray *rows, const char *code, RubisActionState state)
{
  for (guint i = 0; i < rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->account_code, code) && row->state == state)
        return row;
    }
  return NULL;
}

static RubisRunReport *
perform (Fixture *f, GPtrArray *rows, const char *folder)
{
  g_autoptr(GError) error = NULL;
  RubisRunReport *report = rubis_session_perform (f->session, rows, folder, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static void
test_proposals (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  RubisActionRow *email = row_of (rows, "C1", RUBIS_ACTION_TO_DO);
  RubisActionRow *paper = row_of (rows, "C2", RUBIS_ACTION_TO_DO);
  RubisActionRow *credit = row_of (rows, "C3", RUBIS_ACTION_REFUSED);
  RubisActionRow *late = row_of (rows, "C4", RUBIS_ACTION_TO_DO);

  g_assert_cmpint (email->rank, ==, 1);
  g_assert_cmpint (email->channel, ==, RUBIS_CHANNEL_EMAIL);
  g_assert_cmpint (email->amount, ==, 120000);
  g_assert_cmpint (email->n_items, ==, 1);
  g_assert_cmpint (email->days_late, ==, 10);
  /* The open amount, never the total. */
  /* … less the credit note. */
  g_assert_cmpint (paper->amount, ==, 28000);
  g_assert_cmpint (paper->credits, ==, 2050);
  g_assert_cmpint (paper->channel, ==, RUBIS_CHANNEL_LETTER);
  g_assert_cmpstr (paper->template_id, ==, "relance-1-courrier");
  g_assert_nonnull (credit);
  g_assert_true (credit->reason_mask & RUBIS_REASON_BIT (RUBIS_REASON_COVERED));
  g_assert_null (row_of (rows, "C3", RUBIS_ACTION_TO_DO));
  g_assert_cmpint (late->rank, ==, 4);
  g_assert_cmpint (late->channel, ==, RUBIS_CHANNEL_LETTER);
}

static void
test_preview (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(RubisActionPreview) email = NULL;
  g_autoptr(RubisActionPreview) letter = NULL;
  g_autoptr(RubisActionPreview) credit = NULL;
  g_autoptr(RubisPdf) pdf = NULL;
  g_autoptr(RubisPdf) credit_pdf = NULL;
  g_autofree char *text = NULL;
  g_autofree char *credit_text = NULL;

  email = rubis_session_preview_action (f->session, row_of (rows, "C1", RUBIS_ACTION_TO_DO), NULL);
  g_assert_nonnull (email);
  g_assert_cmpstr (email->recipient, ==, "compta@alpha.example");
  g_assert_nonnull (strstr (email->text, "F1"));
  g_assert_nonnull (strstr (email->html, "F1"));

  letter = rubis_session_preview_action (f->session, row_of (rows, "C4", RUBIS_ACTION_TO_DO), NULL);
  g_assert_nonnull (letter);
  pdf = rubis_pdf_new (letter->pdf, NULL);
  text = rubis_pdf_dup_page_text (pdf, 0);
  /* 51 days at 12.40 % on 1,000.00, and 40.00 for one late invoice. */
  g_assert_nonnull (strstr (text, "17,33"));
  g_assert_nonnull (strstr (text, "40,00"));
  g_assert_nonnull (strstr (text, "057,33"));
  g_assert_nonnull (strstr (text, "28 novembre 2026"));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox"), ==, 0);

  /* The open amount, the credit note as a negative line, and what is left. */
  credit = rubis_session_preview_action (f->session, row_of (rows, "C2", RUBIS_ACTION_TO_DO), NULL);
  credit_pdf = rubis_pdf_new (credit->pdf, NULL);
  credit_text = rubis_pdf_dup_page_text (credit_pdf, 0);
  g_assert_nonnull (strstr (credit_text, "800,00"));
  g_assert_nonnull (strstr (credit_text, "300,50"));
  g_assert_nonnull (strstr (credit_text, "\u221220,50"));
  g_assert_nonnull (strstr (credit_text, "280,00"));
}

static void
test_do_once (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(RubisRunReport) report = perform (f, rows, f->out);
  g_autoptr(RubisRunReport) again = NULL;
  g_autoptr(GPtrArray) later = NULL;
  g_autofree char *outgoing = rubis_session_get_outgoing_folder (f->session);
  g_autofree char *eml = g_build_filename (outgoing, "2026-11-20-c1-relance-1-EUR.eml", NULL);
  g_autofree char *letter = g_build_filename (f->out, "2026-11-20-c4-relance-4-EUR.pdf", NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;
  gint64 n_events;

  g_assert_cmpint (report->done->len, ==, 3);
  g_assert_true (g_file_test (eml, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (letter, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (report->joined_file, G_FILE_TEST_EXISTS));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F1'"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F2'"), ==, -1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F5'"), ==, 4);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, 3);
  /* What was sent is kept byte for byte. */
  g_assert_true (g_file_get_contents (letter, &contents, &length, NULL));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT length (content) FROM document WHERE template_id = 'relance-4'"),
                   ==, (gint64) length);
  n_events = rubis_test_query (f->session, "SELECT count (*) FROM event");

  again = perform (f, rows, f->out);
  g_assert_cmpint (again->done->len, ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event"), ==, n_events);
  later = agenda (f);
  g_assert_null (row_of (later, "C1", RUBIS_ACTION_TO_DO));
  g_assert_nonnull (row_of (later, "C1", RUBIS_ACTION_DONE));
  g_assert_nonnull (row_of (later, "C4", RUBIS_ACTION_DONE));
}

/* A payment that arrives between the proposal and the click: nothing stale leaves. */
static void
test_stale (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(RubisRunReport) report = NULL;

  rubis_test_exec (f->session, "UPDATE item SET open = 20000 WHERE number = 'F3'; UPDATE item SET open = 0 WHERE "
                               "number = 'F1'");
  report = perform (f, rows, f->out);
  g_assert_cmpint (report->done->len, ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F3'"), ==, -1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F1'"), ==, -1);
}

/* Without an IBAN a letter that asks for payment is not produced, and says which value is missing. */
static void
test_missing_value (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(RubisRunReport) report = NULL;
  gboolean named = FALSE;

  rubis_test_exec (f->session, "UPDATE setting SET value = '' WHERE key = 'company.iban'");
  report = perform (f, rows, f->out);
  for (guint i = 0; i < report->refused->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (report->refused, i);

      named = named || strstr (row->error, "#MonIban") != NULL;
    }
  g_assert_true (named);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F5'"), ==, 3);
}

/* A run cut off after its commit: the next one brings the files. */
static void
test_resume (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr(RubisRunReport) report = perform (f, rows, f->out);
  g_autoptr(RubisRunReport) resumed = NULL;
  g_autofree char *letter = g_build_filename (f->out, "2026-11-20-c4-relance-4-EUR.pdf", NULL);

  rubis_test_exec (f->session, "UPDATE outbox SET state = 'queued'");
  g_assert_cmpint (g_unlink (letter), ==, 0);
  resumed = perform (f, nothing, f->out);
  g_assert_true (g_file_test (letter, G_FILE_TEST_EXISTS));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state <> 'sent'"), ==, 0);
}

/* A step with a call script: done without a document, with the note in the journal. */
static void
test_call (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  g_autoptr(RubisRunReport) report = NULL;
  g_autoptr(GError) error = NULL;
  RubisActionRow *call;

  rubis_test_exec (f->session, "UPDATE item SET level = 2, level_date = level_date - 20 WHERE number = 'F5';"
                               "UPDATE account SET phone = '04 78 00 00 00' WHERE code = 'C4'");
  rows = agenda (f);
  call = row_of (rows, "C4", RUBIS_ACTION_TO_DO);
  g_assert_cmpint (call->channel, ==, RUBIS_CHANNEL_CALL);
  g_ptr_array_add (one, call);
  report = rubis_session_perform (f->session, one, NULL, "Promet un virement lundi", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->done->len, ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'call' AND summary LIKE "
                                                 "'%Promet un virement lundi'"),
                   ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F5'"), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM document"), ==, 0);
}

/* A formal notice cites the reminders of its own items, not those of an invoice paid since. */
static void
test_history (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(RubisRunReport) report = perform (f, rows, f->out);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) letter = NULL;
  g_autoptr(RubisPdf) pdf = NULL;
  g_autofree char *text = NULL;
  gint64 account = rubis_test_query (f->session, "SELECT id FROM account WHERE code = 'C4'");

  rubis_test_add_item (f->session, account, "F6", RUBIS_ITEM_INVOICE, "2026-10-15", 20000, 20000, NULL);
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 5);
  letter = rubis_session_write_letter (f->session, account, "mise-en-demeure", NULL, &error);
  g_assert_no_error (error);
  pdf = rubis_pdf_new (letter, NULL);
  text = rubis_pdf_dup_page_text (pdf, 0);
  g_assert_nonnull (strstr (text, "20 novembre 2026"));

  rubis_test_exec (f->session, "UPDATE item SET open = 0 WHERE number = 'F5'");
  g_clear_pointer (&letter, g_bytes_unref);
  g_clear_pointer (&pdf, rubis_pdf_free);
  g_free (text);
  letter = rubis_session_write_letter (f->session, account, "mise-en-demeure", NULL, &error);
  g_assert_no_error (error);
  pdf = rubis_pdf_new (letter, NULL);
  text = rubis_pdf_dup_page_text (pdf, 0);
  g_assert_nonnull (strstr (text, "F6"));
  g_assert_null (strstr (text, "20 novembre 2026"));
}

/* Where credits cover the debt no letter asks for money, not even by hand; a statement may go. */
static void
test_nothing_to_claim (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) notice = NULL;
  g_autoptr(GBytes) statement = NULL;
  gint64 account = rubis_test_query (f->session, "SELECT id FROM account WHERE code = 'C3'");

  notice = rubis_session_write_letter (f->session, account, "mise-en-demeure", NULL, &error);
  g_assert_null (notice);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "Gamma"));
  g_clear_error (&error);
  statement = rubis_session_write_statement (f->session, account, &error);
  g_assert_no_error (error);
  g_assert_nonnull (statement);
}

/* Ten days after the last import nothing leaves, unless the user says so, which is journaled. */
static void
test_old_data (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GPtrArray) tomorrow = NULL;
  g_autoptr(GError) error = NULL;

  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 10);
  before = agenda (f);
  g_assert_null (row_of (before, "C1", RUBIS_ACTION_TO_DO));
  g_assert_true (row_of (before, "C1", RUBIS_ACTION_REFUSED)->reason_mask & RUBIS_REASON_BIT (RUBIS_REASON_STALE));
  g_assert_true (rubis_session_accept_old_data (f->session, &error));
  g_assert_no_error (error);
  after = agenda (f);
  g_assert_nonnull (row_of (after, "C1", RUBIS_ACTION_TO_DO));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'old-data'"), ==, 1);
  /* The word holds for one day. */
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 11);
  tomorrow = agenda (f);
  g_assert_null (row_of (tomorrow, "C1", RUBIS_ACTION_TO_DO));
}

/* A list of customers says nothing of what is open: the amounts are as old as before. */
static void
test_customers_are_no_fresh_data (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = NULL;

  rubis_test_exec (f->session, "INSERT INTO import_batch SELECT id + 1, 'customers', mode, file_name, sha256, fingerprint, "
                               "as_of + 10, imported_at, imported_by, 0, 0, 0, 0, 0, 0, NULL FROM import_batch");
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 10);
  rows = agenda (f);
  g_assert_null (row_of (rows, "C1", RUBIS_ACTION_TO_DO));
  g_assert_true (row_of (rows, "C1", RUBIS_ACTION_REFUSED)->reason_mask & RUBIS_REASON_BIT (RUBIS_REASON_STALE));
}

static gboolean
is_in_folder (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A run whose letters find no place: the folder is a file. */
static void
perform_in_vain (Fixture *f, GPtrArray *rows)
{
  g_autofree char *file = g_build_filename (f->folder, "file", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_null (rubis_session_perform (f->session, rows, file, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state IN ('approved', 'queued')"),
                   ==, 3);
}

/* A letter that found no folder waits for one: an action without letters does not declare it sent. */
static void
test_letters_wait_for_a_folder (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr(RubisRunReport) without = NULL;
  g_autoptr(RubisRunReport) later = NULL;

  perform_in_vain (f, rows);
  without = perform (f, nothing, NULL);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'queued'"), ==, 2);
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 1);
  later = perform (f, nothing, f->out);
  /* Under the day that it bears. */
  g_assert_true (is_in_folder (f->out, "2026-11-20-c4-relance-4-EUR.pdf"));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state <> 'sent'"), ==, 0);
}

/* A letter that could not leave is looked at again before it does: the customer may have paid by then. */
static void
test_waiting_letter_is_checked (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr(RubisRunReport) later = NULL;

  perform_in_vain (f, rows);
  rubis_test_exec (f->session, "UPDATE item SET open = 0 WHERE number = 'F5';"
                               "UPDATE item SET stop = 1 WHERE number = 'F3'");
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 1);
  later = perform (f, nothing, f->out);
  g_assert_false (is_in_folder (f->out, "2026-11-20-c4-relance-4-EUR.pdf"));
  g_assert_false (is_in_folder (f->out, "2026-11-20-c2-relance-1-courrier-EUR.pdf"));
  g_assert_cmpint (later->refused->len, ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'cancelled'"), ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'not-sent'"), ==, 2);
  /* Nobody read it: the items are where they were. */
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F3'"), ==, -1);
}

/* What was called off is proposed anew with what is owed now, and leaves. */
static void
test_called_off_is_replaced (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(RubisRunReport) called_off = NULL;
  g_autoptr(RubisRunReport) report = NULL;

  perform_in_vain (f, rows);
  rubis_test_exec (f->session, "UPDATE item SET open = 70000 WHERE number = 'F1'");
  called_off = perform (f, nothing, f->out);
  g_assert_cmpint (called_off->refused->len, ==, 1);
  /* Nobody got it: it counts neither as a reminder nor as a contact. */
  again = agenda (f);
  g_assert_nonnull (row_of (again, "C1", RUBIS_ACTION_TO_DO));
  report = perform (f, again, f->out);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'sent' AND amount = 70000"),
                   ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F1'"), ==, 1);
}

/* It waits on while dunning is paused, and is called off when it is too old to leave. */
static void
test_waiting_letter_is_held (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = agenda (f);
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr(RubisRunReport) paused = NULL;
  g_autoptr(RubisRunReport) later = NULL;

  perform_in_vain (f, rows);
  rubis_test_exec (f->session, "INSERT OR REPLACE INTO setting (key, value) VALUES ('dunning.paused', '1')");
  paused = perform (f, nothing, f->out);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'queued'"), ==, 3);
  rubis_test_exec (f->session, "UPDATE setting SET value = '0' WHERE key = 'dunning.paused';"
                               "UPDATE import_batch SET as_of = as_of + 8");
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 8);
  later = perform (f, nothing, f->out);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'cancelled'"), ==, 3);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F1'"), ==, -1);
}

/* Two accounts whose codes make the same name of a file, and two runs of one day: nothing is overwritten. */
static void
test_file_names (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) more = NULL;
  g_autoptr(RubisRunReport) report = NULL;
  g_autoptr(RubisRunReport) second = NULL;
  gint64 other = rubis_test_add_account (f->session, "c/4", "Epsilon");
  gint64 late = rubis_test_add_account (f->session, "C 4", "Zeta");

  rubis_test_exec (f->session, "UPDATE account SET code = 'C-4' WHERE code = 'C4';"
                               "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon'");
  rubis_test_add_item (f->session, other, "F6", RUBIS_ITEM_INVOICE, "2026-09-30", 100000, 100000, NULL);
  rubis_test_exec (f->session, "UPDATE item SET level = 3, level_date = due_date + 16 WHERE number = 'F6'");
  rows = agenda (f);
  report = perform (f, rows, f->out);
  g_assert_cmpint (report->done->len, ==, 4);
  g_assert_true (is_in_folder (f->out, "2026-11-20-c-4-relance-4-EUR.pdf"));
  g_assert_true (is_in_folder (f->out, "2026-11-20-c-4-relance-4-EUR-2.pdf"));

  rubis_test_add_item (f->session, late, "F7", RUBIS_ITEM_INVOICE, "2026-09-30", 100000, 100000, NULL);
  more = agenda (f);
  second = perform (f, more, f->out);
  g_assert_cmpint (second->done->len, ==, 1);
  g_assert_nonnull (second->joined_file);
  g_assert_cmpstr (second->joined_file, !=, report->joined_file);
  g_assert_true (g_file_test (report->joined_file, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second->joined_file, G_FILE_TEST_EXISTS));
}

/* 40 € for each late invoice, not for each of its instalments. */
static void
test_indemnity_of_instalments (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(RubisActionPreview) letter = NULL;
  g_autoptr(RubisPdf) pdf = NULL;
  g_autofree char *text = NULL;
  gint64 late = rubis_test_query (f->session, "SELECT id FROM account WHERE code = 'C4'");

  rubis_test_add_item (f->session, late, "F5/2", RUBIS_ITEM_INVOICE, "2026-09-30", 100000, 100000, NULL);
  rubis_test_exec (f->session, "UPDATE item SET number = 'F5', instalment = 1, level = 3, level_date = due_date + 16 "
                               "WHERE number = 'F5/2'");
  rows = agenda (f);
  letter = rubis_session_preview_action (f->session, row_of (rows, "C4", RUBIS_ACTION_TO_DO), NULL);
  pdf = rubis_pdf_new (letter->pdf, NULL);
  text = rubis_pdf_dup_page_text (pdf, 0);
  /* 2,000.00, twice 17.33 and 40.00. */
  g_assert_nonnull (strstr (text, "074,66"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/run/proposals", test_proposals);
  ADD ("/session/run/preview", test_preview);
  ADD ("/session/run/do-once", test_do_once);
  ADD ("/session/run/stale", test_stale);
  ADD ("/session/run/missing-value", test_missing_value);
  ADD ("/session/run/resume", test_resume);
  ADD ("/session/run/call", test_call);
  ADD ("/session/run/nothing-to-claim", test_nothing_to_claim);
  ADD ("/session/run/history", test_history);
  ADD ("/session/run/old-data", test_old_data);
  ADD ("/session/run/customers-are-no-fresh-data", test_customers_are_no_fresh_data);
  ADD ("/session/run/letters-wait-for-a-folder", test_letters_wait_for_a_folder);
  ADD ("/session/run/waiting-letter-is-checked", test_waiting_letter_is_checked);
  ADD ("/session/run/waiting-letter-is-held", test_waiting_letter_is_held);
  ADD ("/session/run/called-off-is-replaced", test_called_off_is_replaced);
  ADD ("/session/run/file-names", test_file_names);
  ADD ("/session/run/indemnity-of-instalments", test_indemnity_of_instalments);
  return g_test_run ();
}
