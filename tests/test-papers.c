/* Documents outside the agenda: statements, payment plans, receipts, write-off sheets, in six languages. */
#include "rubis-agenda-list.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-paper.h"
#include "rubis-pdf.h"
#include "rubis-template-list.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

#include <string.h>

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
} Fixture;

static void
allocate (RubisSession *session, gint64 item, gint64 credit, gint64 amount, const char *date)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr (GError) error = NULL;

  rubis_store_begin (store, &error);
  g_assert_no_error (error);
  rubis_store_allocate (rubis_store_get_database (store), item, credit, amount, 0,
                        rubis_date_parse_iso (date), &error);
  g_assert_no_error (error);
  rubis_store_commit (store, &error);
  g_assert_no_error (error);
  rubis_session_unlock (session);
}

/* One customer: an invoice paid in part (on 21 October, by the file), one paid in part by R1, a credit note.
 * Items are issued thirty days before they are due.
 */
static void
set_up (Fixture *f, gconstpointer data)
{
  gint64 second, payment;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  f->account = rubis_test_add_account (f->session, "C1", "Menuiserie Garçon");
  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon', "
                   "language = 'fr'");
  rubis_test_add_item (f->session, f->account, "F10", RUBIS_ITEM_INVOICE, "2026-08-30", 100000, 40000, NULL);
  second = rubis_test_add_item (f->session, f->account, "F11", RUBIS_ITEM_INVOICE, "2026-10-15", 50000, 50000,
                                NULL);
  payment = rubis_test_add_item (f->session, f->account, "R1", RUBIS_ITEM_PAYMENT, "2026-10-30", -20000,
                                 -20000, NULL);
  rubis_test_add_item (f->session, f->account, "A1", RUBIS_ITEM_CREDIT, "2026-11-10", -5050, -5050, NULL);
  allocate (f->session, second, payment, 20000, "2026-10-05");
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

/* Text in which every kind of blank is one space, as a reader sees it. */
static char *
even_spaces (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  return g_strdup (out->str);
}

static char *
read_pdf (GBytes *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPdf) pdf = rubis_pdf_new (content, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rubis_pdf_get_n_pages (pdf); i++)
    {
      g_autofree char *page = rubis_pdf_dup_page_text (pdf, i);

      g_string_append (text, page);
    }
  return even_spaces (text->str);
}

static void
assert_holds (const char *text, const char *expected)
{
  g_autofree char *even = even_spaces (expected);

  if (strstr (text, even) == NULL)
    g_error ("“%s” is not in: %s", even, text);
}

/* @text: of the plain text form, whose tables are in reading order, and of the PDF. */
static RubisPaper *
write_paper (Fixture *f, gint64 account, const RubisPaperOptions *options, char **text)
{
  g_autoptr (GError) error = NULL;
  RubisPaperOptions plain_options = *options;
  g_autoptr (RubisPaper) plain = NULL;
  g_autofree char *body = NULL;
  g_autofree char *plain_text = NULL;
  g_autofree char *pdf_text = NULL;
  RubisPaper *paper = rubis_session_write_paper (f->session, account, options, &error);

  g_assert_no_error (error);
  plain_options.form = RUBIS_PAPER_FORM_TEXT;
  plain = rubis_session_write_paper (f->session, account, &plain_options, &error);
  g_assert_no_error (error);
  body = g_strndup (g_bytes_get_data (plain->content, NULL), g_bytes_get_size (plain->content));
  plain_text = even_spaces (body);
  pdf_text = read_pdf (paper->content);
  *text = g_strjoin (" ", plain_text, pdf_text, NULL);
  return paper;
}

static void
assert_refused (Fixture *f, const RubisPaperOptions *options, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPaper) paper = rubis_session_write_paper (f->session, f->account, options, &error);

  g_assert_null (paper);
  g_assert_error (error, domain, code);
}

static void
test_period (Fixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;

  options.template_id = RUBIS_PAPER_STATEMENT_PERIOD;
  options.from = rubis_date_from_ymd (2026, 9, 1);
  options.to = rubis_date_from_ymd (2026, 10, 31);
  paper = write_paper (f, f->account, &options, &text);
  assert_holds (text, "du 1er septembre 2026 au 31 octobre 2026");
  assert_holds (text, "01/09/2026 Solde initial 1 000,00 €");
  assert_holds (text, "15/09/2026 Facture F11 500,00 1 500,00");
  assert_holds (text, "30/09/2026 Règlement R1 200,00 1 300,00");
  assert_holds (text, "11/10/2026 Avoir A1 50,50 1 249,50");
  assert_holds (text, "21/10/2026 Règlement de F10 600,00 649,50");
  assert_holds (text, "Total 500,00 850,50");
  assert_holds (text, "31/10/2026 Solde final 649,50 €");
  assert_holds (text, "s’élève à 649,50 €");
  /* R1 set against F11 moves nothing. */
  g_assert_null (strstr (text, "05/10/2026"));
  g_assert_cmpint (paper->amount, ==, 64950);
  g_assert_cmpstr (paper->kind, ==, "statement");
}

/* On whatever day it ends, the closing balance is what the facts of the dossier add up to. */
static void
test_period_balance (Fixture *f, gconstpointer data)
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
test_period_currencies (Fixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;

  rubis_test_add_item (f->session, f->account, "U1", RUBIS_ITEM_INVOICE, "2026-10-15", 30000, 10000, "USD");
  rubis_test_add_item (f->session, f->account, "A2", RUBIS_ITEM_CREDIT, "2026-10-15", -7000, 0, NULL);
  options.template_id = RUBIS_PAPER_STATEMENT_PERIOD;
  options.from = rubis_date_from_ymd (2026, 9, 1);
  options.to = RUBIS_TEST_TODAY;
  paper = write_paper (f, f->account, &options, &text);
  assert_holds (text, "15/09/2026 Facture U1 300,00 300,00");
  assert_holds (text, "21/10/2026 Règlement de U1 200,00 100,00");
  assert_holds (text, "Solde final 100,00 USD");
  assert_holds (text, "15/09/2026 Avoir A2 70,00");
  /* On the same day the file settled F10 for 600.00 and used A2 up: 530.00 were paid. */
  assert_holds (text, "21/10/2026 Règlement de F10 530,00 649,50");
  g_assert_cmpint (paper->amount, ==, 64950);
}

static void
test_period_refused (Fixture *f, gconstpointer data)
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
test_agreement (Fixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;

  options.template_id = RUBIS_PAPER_AGREEMENT;
  options.n_instalments = 4;
  options.first_date = rubis_date_from_ymd (2026, 12, 31);
  paper = write_paper (f, f->account, &options, &text);
  /* F10 and F11 less A1 */
  assert_holds (text, "la somme de 649,50 € (six cent quarante-neuf euros et cinquante centimes)");
  assert_holds (text, "1 31 décembre 2026 162,37 € 487,13 €");
  assert_holds (text, "3 28 février 2027 162,37 € 162,39 €");
  assert_holds (text, "4 31 mars 2027 162,39 € 0,00 €");
  assert_holds (text, "article 1376");
  assert_holds (text, "Fait en deux originaux");
  assert_holds (text, "n’emporte pas novation (article 1330");
  assert_holds (text, "mise en demeure");
  assert_holds (text, "quinze jours");
  assert_holds (text, "titre exécutoire");
  assert_holds (text, "Pour le créancier");
  assert_holds (text, "Pour le débiteur");
  assert_holds (text, "Signature :");
  assert_holds (text, "Bon pour la somme de six cent quarante-neuf euros");
  g_assert_cmpint (paper->amount, ==, 64950);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM plan"), ==, 0);
}

static void
test_agreement_dates (Fixture *f, gconstpointer data)
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
  paper = write_paper (f, f->account, &options, &text);
  assert_holds (text, "1 1er décembre 2026 500,00 € 149,50 €");
  assert_holds (text, "2 5 janvier 2027 149,50 € 0,00 €");
  assert_holds (text, "Intérêts au taux légal.");
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
test_agreement_pages (Fixture *f, gconstpointer data)
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
test_agreement_refused (Fixture *f, gconstpointer data)
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
test_receipt (Fixture *f, gconstpointer data)
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
  paper = write_paper (f, f->account, &options, &text);
  assert_holds (
      text,
      "le 30 septembre 2026, la somme de 200,00 € (deux cents euros), enregistrée sous la référence R1");
  assert_holds (text, "Facture F11 200,00 €");
  assert_holds (text, "il reste à ce jour 649,50 € échus");

  options.payment_id = 0;
  options.amount = 7180;
  options.date = RUBIS_TEST_TODAY;
  options.language = "de";
  typed = write_paper (f, f->account, &options, &typed_text);
  assert_holds (typed_text,
                "am 20. November 2026 den Betrag von 71,80 € (einundsiebzig Euro und achtzig Cent)");
  assert_holds (typed_text, "noch nicht zugeordnet");
  g_assert_cmpint (typed->amount, ==, 7180);
  options.date = RUBIS_TEST_TODAY + 1;
  assert_refused (f, &options, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

static void
test_write_off (Fixture *f, gconstpointer data)
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
  paper = write_paper (f, f->account, &options, &text);
  assert_holds (text, "F10 31/07/2026 30/08/2026 82 j – 333,33 400,00");
  assert_holds (text, "700,00 € TTC, soit 583,33 € hors taxes");
  assert_holds (text, "Liquidation judiciaire");
  assert_holds (text, "Aucune relance");
  assert_holds (text, "Accordé / refusé par");
  g_assert_null (strstr (text, "A1"));
  g_assert_null (strstr (text, "4 RUE DES LILAS"));
  g_assert_cmpint (paper->amount, ==, 70000);

  items = rubis_session_find_items (f->session, f->account, numbers, NULL);
  options.item_ids = items;
  options.vat_rate = -1;
  one = write_paper (f, f->account, &options, &one_text);
  assert_holds (one_text, "400,00 € TTC.");
  g_assert_null (strstr (one_text, "F11"));
  g_assert_null (
      rubis_session_find_items (f->session, f->account, (const char *const[]){ "F99", NULL }, NULL));
}

/* What is kept is a document of the account and a line of the journal; no item is touched. */
static void
test_keep (Fixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  gint64 id = 0;

  options.template_id = RUBIS_PAPER_STATEMENT_OVERDUE;
  paper = write_paper (f, f->account, &options, &text);
  assert_holds (text, "Le total échu s’élève à 649,50 €");
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

/* No interest is asked on money that the letter deducts: 51 days from 1 October to 20 November at 12.40 %. */
static void
test_penalties (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *code;
    RubisItemType type; /* of what is deducted */
    const char *due;    /* thirty days after its issue */
    gint64 open;
    const char *interest;
    const char *total;
  } cases[] = {
    /* 600.00 for 51 days: the credit note corrects the invoice from the origin */
    { "P1", RUBIS_ITEM_CREDIT, "2026-12-20", -40000, "10,40", "650,40" },
    /* 1,000.00 for 31 days, then 600.00 for 20: the payment counts from 31 October */
    { "P2", RUBIS_ITEM_PAYMENT, "2026-11-30", -40000, "14,61", "654,61" },
    /* 1,000.00 for 51 days */
    { "P3", RUBIS_ITEM_INVOICE, "2027-01-01", 1, "17,33", "1 057,33" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 account = rubis_test_add_account (f->session, cases[i].code, "Delta");
      RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
      g_autoptr (RubisPaper) paper = NULL;
      g_autofree char *text = NULL;

      rubis_test_add_item (f->session, account, "F20", RUBIS_ITEM_INVOICE, "2026-09-30", 100000, 100000,
                           NULL);
      rubis_test_add_item (f->session, account, "X20", cases[i].type, cases[i].due, cases[i].open,
                           cases[i].open, NULL);
      options.template_id = "mise-en-demeure";
      options.language = "fr";
      rubis_test_exec (f->session,
                       "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon'");
      paper = write_paper (f, account, &options, &text);
      g_test_message ("%s", cases[i].code);
      assert_holds (text, cases[i].interest);
      assert_holds (text, cases[i].total);
    }
}

/* A credit note that covers an invoice from the origin leaves it never late: no indemnity for it. */
static void
test_penalties_covered (Fixture *f, gconstpointer data)
{
  gint64 account = rubis_test_add_account (f->session, "P4", "Epsilon");
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;

  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon'");
  rubis_test_add_item (f->session, account, "F30", RUBIS_ITEM_INVOICE, "2026-09-01", 10000, 10000, NULL);
  rubis_test_add_item (f->session, account, "F31", RUBIS_ITEM_INVOICE, "2026-09-30", 100000, 100000, NULL);
  rubis_test_add_item (f->session, account, "A30", RUBIS_ITEM_CREDIT, "2026-12-01", -10000, -10000, NULL);
  options.template_id = "mise-en-demeure";
  options.language = "fr";
  paper = write_paper (f, account, &options, &text);
  /* 1,000.00, 17.33 of interest on F31 alone, 40.00 once */
  assert_holds (text, "la somme de 1 057,33 €");
}

/* What the agenda writes claims the same as the letter by hand. */
static void
test_penalties_agenda (Fixture *f, gconstpointer data)
{
  gint64 account = rubis_test_add_account (f->session, "P5", "Zêta");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  rubis_test_add_item (f->session, account, "F40", RUBIS_ITEM_INVOICE, "2026-09-30", 100000, 100000, NULL);
  rubis_test_add_item (f->session, account, "A40", RUBIS_ITEM_CREDIT, "2026-12-20", -40000, -40000, NULL);
  rubis_test_exec (
      f->session,
      "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon', language = 'fr';"
      "UPDATE item SET level = 3, level_date = due_date + 16 WHERE number = 'F40'");
  rows = rubis_session_compute_agenda (f->session, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (rows, i);
      g_autoptr (RubisActionPreview) preview = NULL;
      g_autofree char *text = NULL;

      if (row->account_id != account)
        continue;
      found = TRUE;
      preview = rubis_session_preview_action (f->session, row, &error);
      g_assert_no_error (error);
      text = read_pdf (preview->pdf);
      assert_holds (text, "10,40");
      assert_holds (text, "la somme de 650,40 €");
    }
  g_assert_true (found);
  rubis_test_exec (f->session, "UPDATE item SET level = -1, level_date = NULL");
}

/* What every document of a language must say: a claim, a date and the name, in its own form. */
static void
check_template (Fixture *f, const char *language, const char *id)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autofree char *text = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *today = rubis_format_date_long (RUBIS_TEST_TODAY, language);

  g_test_message ("%s/%s", language, id);
  options.template_id = id;
  options.language = language;
  options.from = rubis_date_from_ymd (2026, 7, 1);
  options.to = RUBIS_TEST_TODAY;
  options.n_instalments = 3;
  options.first_date = RUBIS_TEST_TODAY;
  options.amount = 123456;
  options.date = RUBIS_TEST_TODAY;
  options.reason = "XYZ";
  options.vat_rate = 550;
  paper = write_paper (f, f->account, &options, &text);
  g_assert_cmpstr (paper->language, ==, language);
  assert_holds (text, today);
  assert_holds (text, "Menuiserie Garçon");
  /* A thank-you names a payment only when there is one. */
  if (!g_str_equal (id, "remerciement"))
    {
      amount = rubis_format_amount (paper->amount, RUBIS_CURRENCY_EUR, language);
      assert_holds (text, amount);
    }
  g_assert_null (strchr (text, '#'));
}

static void
check_all_templates (Fixture *f)
{
  static const char *const ids[] = {
    "appel",     "mise-en-demeure", "prevenance",         "relance-1-courrier",
    "relance-1", "relance-2",       "relance-2-courrier", "relance-4",
    "releve",    "releve-echu",     "releve-periode",     "remerciement",
    "recu",      "echeancier",      "passage-en-perte",
  };

  for (const char *const *language = rubis_template_get_languages (); *language != NULL; language++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
        check_template (f, *language, ids[i]);
    }
}

/* A customer of whom nothing but the name and the address is known. */
static void
test_languages_little (Fixture *f, gconstpointer data)
{
  rubis_test_exec (f->session, "DELETE FROM setting WHERE key IN ('company.siren', 'company.postcode')");
  check_all_templates (f);
}

static void
test_languages_full (Fixture *f, gconstpointer data)
{
  rubis_test_exec (
      f->session,
      "INSERT OR REPLACE INTO setting (key, value) VALUES ('company.signatory', 'Claire Noël'), "
      "('company.signatory_title', 'Comptable'), ('company.phone', '04 72 00 00 00'), "
      "('company.email', 'c@verrerie.example'), ('company.bic', 'AGRIFRPP');"
      "UPDATE party SET siren = '732829320', legal_form = 'SARL', vat_id = 'FR44732829320' WHERE id = "
      "(SELECT party_id FROM account WHERE code = 'C1');"
      "UPDATE account SET email = 'a@garcon.example', phone = '01 40 00 00 00' WHERE code = 'C1';"
      "INSERT INTO contact (account_id, salutation, first_name, last_name, job, role, email, phone) "
      "SELECT id, 'Mme', 'Anne', 'Garçon', 'Comptable', 'accounts_payable', 'a@garcon.example', '01' "
      "FROM account WHERE code = 'C1';"
      "UPDATE item SET disputed = 5000, order_ref = 'BC 7' WHERE number = 'F10'");
  check_all_templates (f);
  rubis_test_exec (f->session, "UPDATE item SET disputed = 0");
}

static void
test_language_asked (Fixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) english = NULL;
  g_autofree char *text = NULL;

  options.template_id = RUBIS_PAPER_STATEMENT;
  options.language = "pt";
  assert_refused (f, &options, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  /* An account whose language has no template is written to in English. */
  rubis_test_exec (f->session, "UPDATE account SET language = 'pt'");
  options.language = NULL;
  english = write_paper (f, f->account, &options, &text);
  g_assert_cmpstr (english->language, ==, "en");
  assert_holds (text, "€649.50");
  assert_holds (text, "Dear Sir or Madam");
}

static void
test_forms (Fixture *f, gconstpointer data)
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
test_older_dossier (Fixture *f, gconstpointer data)
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
#define TEST(path, func) g_test_add ("/papers/" path, Fixture, NULL, set_up, func, tear_down)
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
  TEST ("keep", test_keep);
  TEST ("penalties", test_penalties);
  TEST ("penalties-covered", test_penalties_covered);
  TEST ("penalties-agenda", test_penalties_agenda);
  TEST ("languages-little", test_languages_little);
  TEST ("languages-full", test_languages_full);
  TEST ("language-asked", test_language_asked);
  TEST ("forms", test_forms);
  TEST ("older-dossier", test_older_dossier);
#undef TEST
  return g_test_run ();
}
