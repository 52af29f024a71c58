/* Formal notices that lack something: neither printed nor done until somebody has typed the account's code.
 */
#include "rubis-agenda-private.h"
#include "rubis-notice.h"
#include "rubis-template-editing.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct {
  char *folder;
  char *out;
  RubisSession *session;
} Fixture;

/* One customer, ripe for the formal notice. */
static void
set_up (Fixture *f, gconstpointer data)
{
  gint64 account;

  f->folder = rubis_test_make_folder ();
  f->out = g_build_filename (f->folder, "out", NULL);
  f->session = rubis_test_session_new (f->folder);
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = '732829320' WHERE key = 'company.siren';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  account = rubis_test_add_account (f->session, "C00412", "Delta");
  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon', "
                   "language = 'fr'");
  rubis_test_add_item (f->session, account, "F5", RUBIS_ITEM_INVOICE, "2026-08-31", 100000, 100000, NULL);
  rubis_test_exec (f->session, "UPDATE item SET level = 4, level_date = due_date + 40");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->out);
}

/* The formal notice of the day. */
static RubisActionRow *
find_notice (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (rows, i);

      if (row->state == RUBIS_ACTION_TO_DO && row->channel == RUBIS_CHANNEL_REGISTERED)
        return g_object_ref (row);
    }
  return NULL;
}

/* The shipped notice without the sentence of the court, as a user might shorten it. */
static void
shorten_template (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = rubis_session_load_template (f->session, "mise-en-demeure", "fr", 0, &error);
  g_auto(GStrv) parts = NULL;
  g_autofree char *shorter = NULL;

  g_assert_no_error (error);
  parts = g_strsplit (text, "saisir, sans autre avis, la juridiction compétente", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  shorter = g_strjoinv ("agir", parts);
  rubis_session_save_template (f->session, "mise-en-demeure", "fr", shorter, "raccourci", &error);
  g_assert_no_error (error);
}

static RubisRunReport *
perform (Fixture *f, RubisActionRow *row)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  RubisRunReport *report;

  g_ptr_array_add (rows, row);
  report = rubis_session_perform (f->session, rows, f->out, NULL, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static void
test_complete (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisActionRow) row = find_notice (f);
  g_autoptr(GPtrArray) missing = NULL;
  g_autoptr(RubisRunReport) report = NULL;

  g_assert_nonnull (row);
  missing = rubis_session_check_formal_notice (f->session, row, NULL);
  if (missing->len > 0)
    g_error ("%s", (char *) missing->pdata[0]);
  report = perform (f, row);
  g_assert_cmpuint (report->done->len, ==, 1);
  g_assert_cmpint (
    rubis_test_query (f->session, "SELECT count(*) FROM event WHERE kind = 'notice-confirmed'"), ==, 0);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisActionRow) row = NULL;
  g_autoptr(GPtrArray) missing = NULL;
  g_autoptr(RubisRunReport) report = NULL;
  const char *reason;

  shorten_template (f);
  row = find_notice (f);
  missing = rubis_session_check_formal_notice (f->session, row, NULL);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_nonnull (strstr (missing->pdata[0], "court"));
  report = perform (f, row);
  g_assert_cmpuint (report->done->len, ==, 0);
  g_assert_cmpuint (report->refused->len, ==, 1);
  reason = ((RubisActionRow *) report->refused->pdata[0])->error;
  g_assert_nonnull (strstr (reason, "court"));
  g_assert_nonnull (strstr (reason, "C00412"));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count(*) FROM document"), ==, 0);
}

static void
test_confirmed (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisActionRow) row = NULL;
  g_autoptr(RubisRunReport) report = NULL;
  g_autoptr(GError) error = NULL;

  shorten_template (f);
  row = find_notice (f);
  g_assert_false (rubis_session_confirm_notice (f->session, row, "oui", &error));
  g_assert_nonnull (strstr (error->message, "C00412"));
  g_assert_false (rubis_session_is_notice_confirmed (f->session, row));
  g_assert_true (rubis_session_confirm_notice (f->session, row, " c00412 ", NULL));
  g_assert_true (rubis_session_is_notice_confirmed (f->session, row));
  report = perform (f, row);
  g_assert_cmpuint (report->done->len, ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count(*) FROM event WHERE kind = 'notice-confirmed' "
                                                 "AND summary LIKE '%C00412%' AND summary LIKE '%court%'"),
                   ==, 1);
}

/* Every paper of a French company bears its SIREN, whatever the template says. */
static void
test_siren (Fixture *f, gconstpointer data)
{
  g_autoptr(RubisActionRow) row = NULL;
  g_autoptr(GPtrArray) missing = NULL;

  rubis_test_exec (f->session, "UPDATE setting SET value = '' WHERE key = 'company.siren'");
  row = find_notice (f);
  missing = rubis_session_check_formal_notice (f->session, row, NULL);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_nonnull (strstr (missing->pdata[0], "SIREN"));
}

/* How the penalties were computed, as #DetailPenalites prints it. */
static void
test_penalty_detail (Fixture *f, gconstpointer data)
{
  RubisDocumentRequest request = { .template_id = "mise-en-demeure" };
  RubisDatabase *db = rubis_session_take_reader (f->session, NULL);
  g_autoptr(RubisFilledContext) filled = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *detail = NULL;

  request.account_id = rubis_test_query (f->session, "SELECT id FROM account WHERE code = 'C00412'");
  filled = rubis_agenda_fill_context (f->session, db, &request, &error);
  rubis_session_return_reader (f->session, db);
  g_assert_no_error (error);
  detail = rubis_document_context_dup_text (filled->context, RUBIS_HASHTAG_PENALTY_DETAIL);
  g_assert_cmpstr (
    detail, ==,
    "F5\u00a0: 01/09/2026 – 20/11/2026, 81\u00a0j × 12,40\u00a0% × 1\u202f000,00\u00a0€ = 27,52\u00a0€");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/notice/complete", Fixture, NULL, set_up, test_complete, tear_down);
  g_test_add ("/notice/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/notice/confirmed", Fixture, NULL, set_up, test_confirmed, tear_down);
  g_test_add ("/notice/siren", Fixture, NULL, set_up, test_siren, tear_down);
  g_test_add ("/notice/penalty-detail", Fixture, NULL, set_up, test_penalty_detail, tear_down);
  return g_test_run ();
}
