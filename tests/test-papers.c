/* Documents outside the agenda: statements, payment plans, receipts, write-off sheets. */
#include "paper-fixture.h"
#include "rubis-agenda-list.h"
#include "rubis-import-preview.h"
#include "rubis-pdf.h"

#include <string.h>

static void
assert_refused (PaperFixture *f, const RubisPaperOptions *options, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPaper) paper = rubis_session_write_paper (f->session, f->account, options, &error);

  g_assert_null (paper);
  g_assert_error (error, domain, code);
}

static void
test_period (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;

  options.template_id = RUBIS_PAPER_STATEMENT_PERIOD;
  options.from = rubis_date_from_ymd (2026, 9, 1);
  options.to = rubis_date_from_ymd (2026, 10, 31);
  paper = paper_write (f, f->account, &options, &text);
  paper_assert_holds (text, "du 1er septembre 2026 au 31 octobre 2026");
  paper_assert_holds (text, "01/09/2026 Solde initial 1 000,00 €");
  paper_assert_holds (text, "15/09/2026 Facture F11 500,00 1 500,00");
  paper_assert_holds (text, "30/09/2026 Règlement R1 200,00 1 300,00");
  paper_assert_holds (text, "11/10/2026 Avoir A1 50,50 1 249,50");
  paper_assert_holds (text, "21/10/2026 Règlement de F10 600,00 649,50");
  paper_assert_holds (text, "Total 500,00 850,50");
  paper_assert_holds (text, "31/10/2026 Solde final 649,50 €");
  paper_assert_holds (text, "s’élève à 649,50 €");
  /* R1 set against F11 moves nothing. */
  g_assert_null (strstr (text, "05/10/2026"));
  g_assert_cmpint (paper->amount, ==, 64950);
  g_assert_cmpstr (paper->kind, ==, "statement");
}

/* On whatever day it ends, the closing balance is what the facts of the dossier add up to. */
static void
test_period_balance (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;

  options.template_id = RUBIS_PAPER_STATEMENT_PERIOD;
  options.from = rubis_date_from_ymd (2026, 7, 1);
  for (options.to = rubis_date_from_ymd (2026, 7, 25); options.to <= RUBIS_TEST_TODAY; options.to += 3)
    {
      g_autofree char *sql
          = g_strdup_printf ("SELECT (SELECT coalesce (sum (total), 0) FROM item WHERE issue_date <= %d) - "
                             "(SELECT coalesce (sum (amount), 0) FROM allocation WHERE date <= %d)",
                             options.to, options.to);
      g_autoptr (GError) error = NULL;
      g_autoptr (RubisPaper) paper = rubis_session_write_paper (f->session, f->account, &options, &error);

      g_assert_no_error (error);
      g_assert_cmpint (paper->amount, ==, rubis_test_query (f->session, sql));
    }
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (open) FROM item"), ==, 64950);
}

/* Each currency has its own balance; credits used up elsewhere and a day in another currency do not mix. */
static void
test_period_currencies (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;

  rubis_test_add_item (f->session, f->account, "U1", RUBIS_ITEM_INVOICE, "2026-10-15", 30000, 10000, "USD");
  rubis_test_add_item (f->session, f->account, "A2", RUBIS_ITEM_CREDIT, "2026-10-15", -7000, 0, NULL);
  options.template_id = RUBIS_PAPER_STATEMENT_PERIOD;
  options.from = rubis_date_from_ymd (2026, 9, 1);
  options.to = RUBIS_TEST_TODAY;
  paper = paper_write (f, f->account, &options, &text);
  paper_assert_holds (text, "15/09/2026 Facture U1 300,00 300,00");
  paper_assert_holds (text, "21/10/2026 Règlement de U1 200,00 100,00");
  paper_assert_holds (text, "Solde final 100,00 USD");
  paper_assert_holds (text, "15/09/2026 Avoir A2 70,00");
  /* On the same day the file settled F10 for 600.00 and used A2 up: 530.00 were paid. */
  paper_assert_holds (text, "21/10/2026 Règlement de F10 530,00 649,50");
  g_assert_cmpint (paper->amount, ==, 64950);
}

static void
test_period_refused (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;

  options.template_id = RUBIS_PAPER_STATEMENT_PERIOD;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  options.from = RUBIS_TEST_TODAY;
  options.to = RUBIS_TEST_TODAY - 1;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  options.to = RUBIS_TEST_TODAY + 1;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

static void
test_agreement (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;

  options.template_id = RUBIS_PAPER_AGREEMENT;
  options.n_instalments = 4;
  options.first_date = rubis_date_from_ymd (2026, 12, 31);
  paper = paper_write (f, f->account, &options, &text);
  /* F10 and F11 less A1 */
  paper_assert_holds (text, "la somme de 649,50 € (six cent quarante-neuf euros et cinquante centimes)");
  paper_assert_holds (text, "1 31 décembre 2026 162,37 € 487,13 €");
  paper_assert_holds (text, "3 28 février 2027 162,37 € 162,39 €");
  paper_assert_holds (text, "4 31 mars 2027 162,39 € 0,00 €");
  paper_assert_holds (text, "article 1376");
  paper_assert_holds (text, "Fait en deux originaux");
  paper_assert_holds (text, "n’emporte pas novation (article 1330");
  paper_assert_holds (text, "mise en demeure");
  paper_assert_holds (text, "15 jours");
  paper_assert_holds (text, "titre exécutoire");
  paper_assert_holds (text, "Pour le créancier");
  paper_assert_holds (text, "Pour le débiteur");
  paper_assert_holds (text, "Signature :");
  paper_assert_holds (text, "Bon pour la somme de six cent quarante-neuf euros");
  g_assert_cmpint (paper->amount, ==, 64950);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM plan"), ==, 0);
}

static void
test_agreement_dates (PaperFixture *f, gconstpointer data)
{
  RubisInstalment given[]
      = { { rubis_date_from_ymd (2026, 12, 1), 50000 }, { rubis_date_from_ymd (2027, 1, 5), 0 } };
  g_autoptr (GArray) instalments = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;

  g_array_append_vals (instalments, given, 2);
  options.template_id = RUBIS_PAPER_AGREEMENT;
  options.instalments = instalments;
  options.interest = "Intérêts au taux légal.";
  paper = paper_write (f, f->account, &options, &text);
  paper_assert_holds (text, "1 1er décembre 2026 500,00 € 149,50 €");
  paper_assert_holds (text, "2 5 janvier 2027 149,50 € 0,00 €");
  paper_assert_holds (text, "Intérêts au taux légal.");
  g_assert_null (strstr (text, "renonciation"));

  g_array_index (instalments, RubisInstalment, 1).amount = 14951;
  assert_refused (f, &options, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_AMOUNT);
  g_array_index (instalments, RubisInstalment, 1).amount = 14949;
  assert_refused (f, &options, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_AMOUNT);
  g_array_index (instalments, RubisInstalment, 1).amount = 0;
  g_array_index (instalments, RubisInstalment, 1).date = given[0].date;
  assert_refused (f, &options, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_DATE);
  g_array_index (instalments, RubisInstalment, 0).date = RUBIS_TEST_TODAY - 1;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

/* However many instalments push it down, the room to sign stays whole, on the page of its heading. */
static void
test_agreement_pages (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;

  options.template_id = RUBIS_PAPER_AGREEMENT;
  options.first_date = RUBIS_TEST_TODAY;
  for (options.n_instalments = 1; options.n_instalments < 40; options.n_instalments += 2)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RubisPaper) paper = rubis_session_write_paper (f->session, f->account, &options, &error);
      g_autoptr (RubisPdf) pdf = NULL;
      g_autofree char *last = NULL;

      g_assert_no_error (error);
      pdf = rubis_pdf_new (paper->content, NULL);
      last = rubis_pdf_dup_page_text (pdf, rubis_pdf_get_n_pages (pdf) - 1);
      g_assert_nonnull (strstr (last, "6. Signatures"));
      g_assert_nonnull (strstr (last, "Pour le créancier"));
      g_assert_nonnull (strstr (last, "Signature"));
    }
}

static void
test_agreement_refused (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;

  options.template_id = RUBIS_PAPER_AGREEMENT;
  options.first_date = RUBIS_TEST_TODAY;
  assert_refused (f, &options, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_COUNT);
  options.n_instalments = 3;
  options.first_date = RUBIS_DATE_NONE;
  assert_refused (f, &options, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_DATE);
  options.first_date = RUBIS_TEST_TODAY;
  rubis_test_exec (f->session, "UPDATE item SET disputed = open WHERE open > 0");
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  rubis_test_exec (f->session, "UPDATE item SET disputed = 0");
}

static void
test_receipt (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autoptr (RubisPaper) typed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *typed_text = NULL;
  gint64 other = rubis_test_add_account (f->session, "C2", "Autre");

  options.template_id = RUBIS_PAPER_RECEIPT;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_false (rubis_session_find_payment (f->session, f->account, "F10", &options.payment_id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (rubis_session_find_payment (f->session, other, "R1", &options.payment_id, NULL));
  g_assert_true (rubis_session_find_payment (f->session, f->account, "R1", &options.payment_id, &error));
  paper = paper_write (f, f->account, &options, &text);
  paper_assert_holds (
      text,
      "le 30 septembre 2026, la somme de 200,00 € (deux cents euros), enregistrée sous la référence R1");
  paper_assert_holds (text, "Facture F11 200,00 €");
  paper_assert_holds (text, "il reste à ce jour 649,50 € échus");

  options.payment_id = 0;
  options.amount = 7180;
  options.date = RUBIS_TEST_TODAY;
  options.language = "de";
  typed = paper_write (f, f->account, &options, &typed_text);
  paper_assert_holds (typed_text,
                      "am 20. November 2026 den Betrag von 71,80 € (einundsiebzig Euro und achtzig Cent)");
  paper_assert_holds (typed_text, "noch nicht zugeordnet");
  g_assert_cmpint (typed->amount, ==, 7180);
  options.date = RUBIS_TEST_TODAY + 1;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

static void
test_write_off (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  const char *const numbers[] = { "F10", NULL };
  g_autoptr (RubisPaper) paper = NULL;
  g_autoptr (RubisPaper) one = NULL;
  g_autoptr (GArray) items = NULL;
  g_autofree char *text = NULL;
  g_autofree char *one_text = NULL;

  options.template_id = RUBIS_PAPER_WRITE_OFF;
  options.language = "fr";
  options.vat_rate = 2000;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  options.reason = "Liquidation judiciaire";
  paper = paper_write (f, f->account, &options, &text);
  paper_assert_holds (text, "F10 31/07/2026 30/08/2026 82 j – 333,33 400,00");
  paper_assert_holds (text, "700,00 € TTC, soit 583,33 € hors taxes");
  paper_assert_holds (text, "Liquidation judiciaire");
  paper_assert_holds (text, "Aucune relance");
  paper_assert_holds (text, "Accordé / refusé par");
  g_assert_null (strstr (text, "A1"));
  g_assert_null (strstr (text, "4 RUE DES LILAS"));
  g_assert_cmpint (paper->amount, ==, 70000);

  items = rubis_session_find_items (f->session, f->account, numbers, NULL);
  options.item_ids = items;
  options.vat_rate = -1;
  one = paper_write (f, f->account, &options, &one_text);
  paper_assert_holds (one_text, "400,00 € TTC.");
  g_assert_null (strstr (one_text, "F11"));
  g_assert_null (
      rubis_session_find_items (f->session, f->account, (const char *const[]){ "F99", NULL }, NULL));
}

/* Chosen items decide: another currency than that of the oldest, and never others in their place. */
static void
test_chosen (PaperFixture *f, gconstpointer data)
{
  const gint64 dollars
      = rubis_test_add_item (f->session, f->account, "U1", RUBIS_ITEM_INVOICE, "2026-10-15", 30000, 30000, "USD");
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;
  gint64 payment = 0;

  g_array_append_val (items, dollars);
  options.template_id = RUBIS_PAPER_AGREEMENT;
  options.item_ids = items;
  options.n_instalments = 2;
  options.first_date = RUBIS_TEST_TODAY;
  paper = paper_write (f, f->account, &options, &text);
  paper_assert_holds (text, "la somme de 300,00 USD (trois cents dollars des États-Unis)");
  g_assert_cmpint (paper->amount, ==, 30000);

  g_assert_true (rubis_session_find_payment (f->session, f->account, "R1", &payment, NULL));
  g_array_index (items, gint64, 0) = payment;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  options.template_id = "relance-1";
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
}

/* What is kept is a document of the account and a line of the journal; no item is touched. */
static void
test_keep (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  gint64 id = 0;

  options.template_id = RUBIS_PAPER_STATEMENT_OVERDUE;
  paper = paper_write (f, f->account, &options, &text);
  paper_assert_holds (text, "Le total échu s’élève à 649,50 €");
  g_assert_true (rubis_session_keep_paper (f->session, f->account, paper, &id, &error));
  g_assert_no_error (error);
  content = rubis_session_load_document (f->session, id, NULL, &name, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (content, paper->content));
  g_assert_cmpstr (name, ==, "2026-11-20-c1-releve-echu.pdf");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT amount FROM document WHERE kind = 'statement'"), ==,
                   64950);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'document'"), ==,
                   1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT max (level) FROM item"), ==, RUBIS_LEVEL_NONE);
  g_assert_cmpint (
      rubis_test_query (f->session, "SELECT count (*) FROM account WHERE last_contact IS NOT NULL"), ==, 0);
}

static void
test_forms (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) html = NULL;
  g_autoptr (RubisPaper) text = NULL;
  g_autofree char *body = NULL;

  options.template_id = "relance-1";
  options.language = "nl";
  options.form = RUBIS_PAPER_FORM_EMAIL;
  html = rubis_session_write_paper (f->session, f->account, &options, NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (html->content, NULL),
                                  (gssize)g_bytes_get_size (html->content), "<html lang=\"nl\">"));
  g_assert_cmpstr (html->media_type, ==, "text/html");
  options.form = RUBIS_PAPER_FORM_TEXT;
  text = rubis_session_write_paper (f->session, f->account, &options, NULL);
  body = g_strndup (g_bytes_get_data (text->content, NULL), g_bytes_get_size (text->content));
  g_assert_nonnull (strstr (body, "€\u00a0649,50"));
  g_assert_nonnull (strstr (body, "Met vriendelijke groet,"));
}

/* An older dossier gets the templates that it lacks, once, and keeps what the user made of the others. */
static void
test_older_dossier (PaperFixture *f, gconstpointer data)
{
  g_autofree char *path = g_strdup (rubis_session_get_path (f->session));
  g_autoptr (GError) error = NULL;
  gint64 n_shipped;

  n_shipped = rubis_test_query (f->session, "SELECT count (*) FROM template");
  g_assert_cmpint (n_shipped, >=, 90);
  rubis_test_exec (f->session, "DELETE FROM template WHERE language IN ('it', 'nl') OR id = 'recu';"
                               "UPDATE template SET body = replace (body, 'Mit', 'mit'), withdrawn = 1 "
                               "WHERE id = 'relance-1' AND language = 'de'");
  for (int i = 0; i < 2; i++)
    {
      rubis_session_close (f->session);
      g_assert_finalize_object (f->session);
      f->session = rubis_session_open (path, RUBIS_TEST_TODAY, &error);
      g_assert_no_error (error);
      g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM template"), ==, n_shipped);
      g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'template'"),
                       ==, 1);
      g_assert_cmpint (rubis_test_query (f->session,
                                         "SELECT withdrawn FROM template WHERE id = 'relance-1' AND "
                                         "language = 'de'"),
                       ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func)                                                                                     \
  g_test_add ("/papers/" path, PaperFixture, NULL, paper_fixture_set_up, func, paper_fixture_tear_down)
  TEST ("period", test_period);
  TEST ("period-balance", test_period_balance);
  TEST ("period-currencies", test_period_currencies);
  TEST ("period-refused", test_period_refused);
  TEST ("agreement", test_agreement);
  TEST ("agreement-dates", test_agreement_dates);
  TEST ("agreement-pages", test_agreement_pages);
  TEST ("agreement-refused", test_agreement_refused);
  TEST ("receipt", test_receipt);
  TEST ("write-off", test_write_off);
  TEST ("chosen", test_chosen);
  TEST ("keep", test_keep);
  TEST ("forms", test_forms);
  TEST ("older-dossier", test_older_dossier);
#undef TEST
  return g_test_run ();
}
