/* The file for the court: amounts to the cent, exhibits with their numbers, what is missing, what refuses it.
 */
#include <string.h>

#include <glib/gstdio.h>

#include "legal-fixture.h"
#include "rubis-agenda-list.h"
#include "rubis-attachments.h"
#include "rubis-courts.h"
#include "rubis-import-preview.h"
#include "rubis-test.h"
#include "rubis-text-pages.h"

#define COURT "tribunal de commerce de Dijon"

/* What the law gives for one invoice. */
static gint64
compute (gint64 principal, const char *due)
{
  g_autoptr (RubisInterestResult) result = NULL;
  g_autofree char *path
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "data", "rates.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (RubisRates) rates = NULL;
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  rates = rubis_rates_new_from_data (text, -1, NULL);
  input.principal = principal;
  input.due_date = rubis_date_parse_iso (due);
  input.end_date = RUBIS_TEST_TODAY;
  result = rubis_interest_compute (&input, rates, NULL);
  return result->interest;
}

static void
test_amounts (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  const RubisLegalItem *first = g_ptr_array_index (file->items, 0);
  const RubisLegalItem *second = g_ptr_array_index (file->items, 1);
  const RubisLegalItem *credit = g_ptr_array_index (file->items, 2);

  g_assert_cmpuint (file->items->len, ==, 3);
  g_assert_cmpstr (first->number, ==, "F-1");
  /* The credit is deducted from the claim, and from what bears interest: as the letters have it. */
  g_assert_cmpint (rubis_legal_item_get_interest (first), ==, 74929);
  g_assert_cmpint (rubis_legal_item_get_interest (first), ==, compute (950000, "2026-03-31"));
  g_assert_cmpint (first->interest->days, ==, 234);
  g_assert_cmpint (rubis_legal_item_get_interest (second), ==, 17003);
  g_assert_cmpint (rubis_legal_item_get_interest (second), ==, compute (350000, "2026-06-30"));
  g_assert_cmpint (credit->principal, ==, -50000);
  g_assert_cmpint (credit->indemnity, ==, 0);
  g_assert_cmpint (file->principal, ==, 1300000);
  g_assert_cmpint (file->interest, ==, 91932);
  g_assert_cmpint (file->indemnity, ==, 8000);
  g_assert_cmpint (file->total, ==, 1399932);
  g_assert_cmpstr (file->court, ==, COURT);
  g_assert_cmpstr (file->form, ==, "12946");
  g_assert_cmpint (first->limitation, ==, rubis_date_from_ymd (2031, 3, 31));
}

/* Only what is chosen; what is contested stays out. */
static void
test_selection (LegalFixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RubisLegalFile) file = NULL;

  rubis_test_exec (f->session, "UPDATE item SET disputed = 200000, contested = 200000 WHERE number = 'F-1'");
  g_array_append_val (ids, f->first);
  file = legal_fixture_prepare (f, ids, "tribunal judiciaire de Dijon", FALSE);
  g_assert_cmpuint (file->items->len, ==, 2);
  g_assert_cmpint (file->principal, ==, 1000000 - 200000 - 50000);
  g_assert_cmpint (file->interest, ==, compute (750000, "2026-03-31"));
  g_assert_cmpint (file->indemnity, ==, 4000);
  g_assert_cmpstr (file->form, ==, "12948");
  legal_fixture_assert_code (file, "warning:dispute-open", TRUE);
  legal_fixture_assert_code (file, "warning:unapplied-credits", TRUE);
}

static void
assert_code (LegalFixture *f, const char *code, gboolean there)
{
  g_autoptr (RubisLegalFile) file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  g_autofree char *codes = legal_fixture_list_codes (file);

  g_assert_cmpint (strstr (codes, code) != NULL, ==, there);
}

static void
test_missing (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) chosen = NULL;
  g_autoptr (RubisLegalFile) typed = NULL;
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  g_autofree char *codes = NULL;
  g_autofree char *request = NULL;

  rubis_test_exec (f->session,
                   "UPDATE setting SET value = '' WHERE key IN ('company.capital', 'company.rcs');"
                   "UPDATE account SET postcode = '69003', address = '';"
                   "UPDATE party SET siren = '', legal_form = ''");
  rubis_test_exec (
      f->session,
      "UPDATE item SET promise_date = 20800, in_plan = 1 WHERE number = 'F-2';"
      "INSERT INTO plan (account_id, currency, agreed_on, state) SELECT account_id, 'EUR', 20770, "
      "'active' FROM item WHERE number = 'F-2';"
      "INSERT INTO plan_item (plan_id, item_id, amount) SELECT 1, id, open FROM item WHERE number = 'F-2';"
      "INSERT INTO plan_instalment (plan_id, due_date, amount) SELECT 1, 20800, open FROM item "
      "WHERE number = 'F-2'");
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  codes = legal_fixture_list_codes (file);
  g_assert_cmpstr (
      codes, ==,
      "warning:company-capital warning:company-rcs warning:debtor-siren warning:debtor-address "
      "warning:court-choice warning:invoice-missing warning:invoice-missing warning:promise-running "
      "warning:plan-running warning:unapplied-credits warning:no-formal-notice advice:debtor-form "
      "advice:debtor-representative advice:order-missing");
  /* Late: it stands against the whole; given up: against nothing. */
  rubis_test_exec (f->session, "UPDATE plan_instalment SET due_date = 20771");
  assert_code (f, "warning:plan-late", TRUE);
  assert_code (f, "warning:plan-running", FALSE);
  rubis_test_exec (f->session, "UPDATE plan SET state = 'cancelled'");
  assert_code (f, "warning:plan-late", FALSE);
  assert_code (f, "warning:plan-running", FALSE);
  g_assert_cmpuint (file->courts->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (file->courts, 0), ==, "tribunal des activités économiques de Lyon");
  /* What comes from the table has to be checked, what the user typed has not. */
  chosen = legal_fixture_prepare (f, NULL, g_ptr_array_index (file->courts, 0), FALSE);
  legal_fixture_assert_code (chosen, "advice:court-check", TRUE);
  typed = legal_fixture_prepare (f, NULL, "tribunal de commerce de Vienne", FALSE);
  legal_fixture_assert_code (typed, "advice:court-check", FALSE);
  g_assert_false (rubis_legal_file_is_blocked (file));
  bytes = rubis_session_make_legal_pdf (f->session, file, NULL, NULL);
  pdf = rubis_pdf_new (bytes, NULL);
  request = legal_fixture_page_text (pdf, 0);
  legal_fixture_assert_has (request, "[à compléter : tribunal compétent]");
  legal_fixture_assert_has (request, "[à compléter : capital]");
  legal_fixture_assert_has (request, "[à compléter : SIREN]");
}

/* What the user leaves out is no exhibit; the others are numbered without a gap. */
static void
test_without (LegalFixture *f, gconstpointer data)
{
  const char *without[] = { "releve", NULL, NULL };
  RubisLegalRequest request = { .account_id = f->account, .without = without };
  g_autoptr (RubisLegalFile) all = NULL;
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GError) error = NULL;

  legal_fixture_add_proofs (f);
  all = legal_fixture_prepare (f, NULL, NULL, FALSE);
  without[1] = ((RubisLegalExhibit *)g_ptr_array_index (all->exhibits, 0))->key;
  g_assert_true (g_str_has_prefix (without[1], "attachment:"));
  file = rubis_session_prepare_legal_file (f->session, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->exhibits->len, ==, all->exhibits->len - 2);
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);

      g_assert_cmpuint (exhibit->number, ==, i + 1);
      g_assert_false (g_strv_contains (without, exhibit->key));
    }
}

/* A deposit list of several letters names other customers. */
/* The exhibit that a step of the chronology cites; its kind and file, or NULL. */
static const RubisLegalExhibit *
find_cited (RubisLegalFile *file, const char *kind)
{
  for (guint i = 0; i < file->steps->len; i++)
    {
      const RubisLegalStep *step = g_ptr_array_index (file->steps, i);

      if (g_str_equal (step->kind, kind))
        return step->exhibit > 0 ? g_ptr_array_index (file->exhibits, step->exhibit - 1) : NULL;
    }
  return NULL;
}

static void
test_deposit_list (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) alone = NULL;
  g_autoptr (RubisLegalFile) shared = NULL;

  legal_fixture_add_proofs (f);
  rubis_test_exec (f->session,
                   "INSERT INTO deposit_list (id, date, n_letters, sha256, content) VALUES (3, 20736, 1, '', "
                   "(SELECT content FROM attachment WHERE kind = 'receipt'));"
                   "UPDATE registered_letter SET deposit_id = 3");
  alone = legal_fixture_prepare (f, NULL, NULL, FALSE);
  rubis_test_exec (f->session, "UPDATE deposit_list SET n_letters = 2");
  shared = legal_fixture_prepare (f, NULL, NULL, FALSE);
  g_assert_cmpuint (alone->exhibits->len, ==, shared->exhibits->len + 1);
  /* The list proves the deposit, the signed receipt the answer. */
  g_assert_cmpstr (find_cited (alone, "deposited")->file_name, ==, "bordereau-depot.pdf");
  g_assert_cmpstr (find_cited (alone, "received")->file_name, ==, "avis.pdf");
  g_assert_null (find_cited (shared, "deposited"));
  legal_fixture_assert_code (alone, "advice:deposit-list-shared", FALSE);
  legal_fixture_assert_code (shared, "advice:deposit-list-shared", TRUE);
}

/* A copy that lies in the folder of copies under its number is an exhibit. */
static void
test_folder (LegalFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "copies", NULL);
  g_autofree char *path = g_build_filename (folder, "Facture FA-2026-0131.pdf", NULL);
  g_autofree char *foreign = g_build_filename (folder, "FA-2026-0132.pdf", NULL);
  RubisTextPages text
      = { .title = "Facture", .body = "FA-2026-0131", .date = RUBIS_TEST_TODAY, .language = "fr" };
  RubisTextPages other = { .title = "Devis", .body = "Autrui", .date = RUBIS_TEST_TODAY, .language = "fr" };
  g_autoptr (GBytes) pdf = rubis_text_pages_draw (&text, NULL, NULL);
  g_autoptr (GBytes) other_pdf = rubis_text_pages_draw (&other, NULL, NULL);
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GError) error = NULL;
  guint n_copies = 0;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  /* What speaks of something else is no copy of the invoice, whatever its name. */
  g_file_set_contents (foreign, g_bytes_get_data (other_pdf, NULL), (gssize)g_bytes_get_size (other_pdf),
                       &error);
  rubis_test_exec (f->session, "UPDATE item SET number = 'FA-2026-0131' WHERE number = 'F-1';"
                               "UPDATE item SET number = 'FA-2026-0132' WHERE number = 'F-2'");
  g_assert_true (rubis_session_set_copies_folder (f->session, folder, &error));
  g_assert_no_error (error);
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);

      if (exhibit->kind == RUBIS_EXHIBIT_INVOICE)
        {
          g_assert_cmpstr (exhibit->title, ==, "Facture FA-2026-0131");
          g_assert_true (g_bytes_equal (exhibit->original, pdf));
          n_copies++;
        }
    }
  g_assert_cmpuint (n_copies, ==, 1);
}

static void
test_limitation (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (RubisLegalFile) near = NULL;

  /* due on 14 March and 9 November 2021; the second was paid in part since */
  rubis_test_exec (f->session, "UPDATE item SET due_date = 18700 WHERE number = 'F-1';"
                               "UPDATE item SET due_date = 18940 WHERE number = 'F-2'");
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  legal_fixture_assert_code (file, "blocking:limitation-passed", TRUE);
  legal_fixture_assert_code (file, "warning:limitation-interrupted", TRUE);
  legal_fixture_assert_code (file, "warning:limitation-near", FALSE);
  g_assert_true (rubis_legal_file_is_blocked (file));
  /* due on 31 January 2022: two months are left */
  rubis_test_exec (f->session, "UPDATE item SET due_date = 19023 WHERE number = 'F-1'");
  near = legal_fixture_prepare (f, NULL, NULL, FALSE);
  legal_fixture_assert_code (near, "warning:limitation-near", TRUE);
  g_assert_false (rubis_legal_file_is_blocked (near));
}

static void
test_insolvency (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (RubisLegalFile) forced = NULL;
  g_autoptr (GBytes) refused = NULL;
  g_autoptr (GBytes) made = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) forced_error = NULL;

  rubis_test_exec (f->session, "UPDATE party SET insolvency = 2");
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  legal_fixture_assert_code (file, "blocking:insolvency", TRUE);
  g_assert_cmpint (file->interest, ==, 0);
  g_assert_cmpint (file->indemnity, ==, 0);
  refused = rubis_session_make_legal_pdf (f->session, file, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  legal_fixture_assert_has (error->message, "BODACC");
  forced = legal_fixture_prepare (f, NULL, NULL, TRUE);
  made = rubis_session_make_legal_pdf (f->session, forced, NULL, &forced_error);
  g_assert_no_error (forced_error);
  g_assert_nonnull (made);
}

/* No indemnity, another court; interest at the legal rate from the formal notice only. */
static void
test_consumer (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) before = NULL;
  g_autoptr (RubisLegalFile) after = NULL;
  g_autoptr (RubisLegalFile) returned = NULL;
  g_autoptr (RubisLegalFile) unposted = NULL;
  const RubisLegalItem *item;

  rubis_test_exec (f->session, "UPDATE party SET kind = 1");
  before = legal_fixture_prepare (f, NULL, NULL, FALSE);
  g_assert_cmpstr (before->form, ==, "12948");
  g_assert_cmpint (before->interest, ==, 0);
  g_assert_cmpint (before->indemnity, ==, 0);
  legal_fixture_assert_code (before, "warning:consumer", TRUE);
  legal_fixture_assert_code (before, "advice:no-interest", TRUE);
  legal_fixture_add_proofs (f);
  after = legal_fixture_prepare (f, NULL, NULL, FALSE);
  item = g_ptr_array_index (after->items, 0);
  /* presented on 12 October 2026 (20738): from the 13th to 20 November, 39 days at 2.75 % */
  g_assert_cmpint (item->interest->days, ==, 39);
  g_assert_cmpint (rubis_legal_item_get_interest (item), ==, 2791);
  g_assert_cmpint (after->indemnity, ==, 0);
  g_assert_cmpint (item->limitation, ==, rubis_date_from_ymd (2028, 3, 31));
  /* A notice that was never posted, or came back from a wrong address, put nobody on notice. */
  rubis_test_exec (f->session, "UPDATE registered_letter SET state = 'wrong_address', presented_on = NULL");
  returned = legal_fixture_prepare (f, NULL, NULL, FALSE);
  g_assert_cmpint (returned->interest, ==, 0);
  rubis_test_exec (f->session,
                   "UPDATE registered_letter SET state = 'printed', deposited_on = NULL, closed_on = NULL");
  unposted = legal_fixture_prepare (f, NULL, NULL, FALSE);
  g_assert_cmpint (unposted->interest, ==, 0);
}

static void
test_transmit (LegalFixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) agenda = NULL;
  g_autoptr (RubisLegalFile) file = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_val (ids, f->first);
  g_array_append_val (ids, f->second);
  g_assert_true (rubis_session_transmit_items (f->session, ids, "Maître Roux", &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (with_agent) FROM item"), ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'transmitted'"),
                   ==, 1);
  /* From then on nothing leaves for them. */
  agenda = rubis_session_compute_agenda (f->session, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < agenda->len; i++)
    {
      const RubisActionRow *row = g_ptr_array_index (agenda, i);

      g_assert_cmpint (row->state, ==, RUBIS_ACTION_REFUSED);
    }
  file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  legal_fixture_assert_code (file, "advice:with-agent", TRUE);
  /* Once more is no edit. */
  g_assert_true (rubis_session_transmit_items (f->session, ids, "", &error));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'transmitted'"),
                   ==, 1);
  undone = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (with_agent) FROM item"), ==, 0);
  rubis_test_check_dossier (f->session);
}

static void
test_keep (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = legal_fixture_prepare (f, NULL, NULL, FALSE);
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  g_autoptr (GBytes) bytes = rubis_session_make_legal_pdf (f->session, file, &n_pages, &error);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *sql
      = g_strdup_printf ("SELECT count (*) FROM event WHERE kind = 'legal-file' AND data LIKE '%%%s%%' "
                         "AND data LIKE '%%13999.32%%'",
                         sha256);

  g_assert_no_error (error);
  g_assert_true (rubis_session_keep_legal_file (f->session, file, "dossier.pdf", bytes, n_pages, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, sql), ==, 1);
  rubis_test_check_dossier (f->session);
}

static void
assert_courts (const char *postcode, const char *expected)
{
  g_autoptr (GPtrArray) courts = rubis_courts_list_commercial (postcode, NULL);
  g_autofree char *joined = NULL;

  g_ptr_array_add (courts, NULL);
  joined = g_strjoinv (" | ", (char **)courts->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

/* What was called off never reached the customer: the court hears nothing of it. */
static void
test_called_off (LegalFixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) before = NULL;
  g_autoptr (RubisLegalFile) after = NULL;

  legal_fixture_add_proofs (f);
  before = legal_fixture_prepare (f, NULL, NULL, FALSE);
  legal_fixture_assert_code (before, "warning:no-formal-notice", FALSE);
  rubis_test_exec (f->session,
                   "INSERT INTO outbox (send_key, account_id, currency, rank, step_name, channel, amount, "
                   "n_items, document_id, event_id, state, created, changed) SELECT 'k' || id, account_id, "
                   "currency, 1, '', 1, amount, 2, id, event_id, CASE kind WHEN 'email' THEN 'queued' ELSE "
                   "'cancelled' END, date, date FROM document");
  after = legal_fixture_prepare (f, NULL, NULL, FALSE);
  legal_fixture_assert_code (after, "warning:no-formal-notice", TRUE);
  for (guint i = 0; i < after->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (after->exhibits, i);

      g_assert_cmpint (exhibit->kind, !=, RUBIS_EXHIBIT_NOTICE);
      g_assert_cmpint (exhibit->kind, !=, RUBIS_EXHIBIT_REMINDER);
    }
  for (guint i = 0; i < after->steps->len; i++)
    {
      const RubisLegalStep *step = g_ptr_array_index (after->steps, i);

      g_assert_cmpstr (step->kind, !=, "email");
      g_assert_cmpstr (step->kind, !=, "registered");
    }
}

static void
test_courts (void)
{
  assert_courts ("75011", "tribunal des activités économiques de Paris");
  assert_courts ("72000", "tribunal des activités économiques du Mans");
  assert_courts ("84000", "tribunal des activités économiques d’Avignon");
  assert_courts ("43000", "tribunal de commerce du Puy-en-Velay");
  assert_courts ("17000", "tribunal de commerce de La Rochelle | tribunal de commerce de Saintes");
  assert_courts ("67000",
                 "chambre commerciale du tribunal judiciaire de Saverne | chambre commerciale du tribunal "
                 "judiciaire de Strasbourg");
  assert_courts ("20000", "tribunal de commerce d’Ajaccio");
  assert_courts ("20200", "tribunal de commerce de Bastia");
  assert_courts ("97400",
                 "tribunal mixte de commerce de Saint-Denis | tribunal mixte de commerce de Saint-Pierre");
  assert_courts ("98800", "");
  assert_courts ("M1 1AE", "");
  assert_courts ("", "");
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/legal-file/" name, LegalFixture, NULL, legal_fixture_set_up, func, legal_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("amounts", test_amounts);
  ADD ("selection", test_selection);
  ADD ("missing", test_missing);
  ADD ("without", test_without);
  ADD ("deposit-list", test_deposit_list);
  ADD ("folder", test_folder);
  ADD ("limitation", test_limitation);
  ADD ("insolvency", test_insolvency);
  ADD ("consumer", test_consumer);
  ADD ("transmit", test_transmit);
  ADD ("keep", test_keep);
  ADD ("called-off", test_called_off);
  g_test_add_func ("/legal-file/courts", test_courts);
  return g_test_run ();
}
