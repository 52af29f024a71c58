/* What papers claim: interest less credits; and every template in every language. */
#include "paper-fixture.h"
#include "rubis-agenda-list.h"
#include "rubis-disputes.h"
#include "rubis-format.h"
#include "rubis-template-list.h"

#include <string.h>

/* No interest is asked on money that the letter deducts: 51 days from 1 October to 20 November at 12.40 %. */
static void
test_penalties (PaperFixture *f, gconstpointer data)
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
      paper = paper_write (f, account, &options, &text);
      g_test_message ("%s", cases[i].code);
      paper_assert_holds (text, cases[i].interest);
      paper_assert_holds (text, cases[i].total);
    }
}

/* A credit note that covers an invoice from the origin leaves it never late: no indemnity for it. */
static void
test_penalties_covered (PaperFixture *f, gconstpointer data)
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
  paper = paper_write (f, account, &options, &text);
  /* 1,000.00, 17.33 of interest on F31 alone, 40.00 once */
  paper_assert_holds (text, "la somme de 1 057,33 €");
}

/* What a letter says of a thousand euros of which four hundred are contested. (transfer full) */
static char *
write_contested (PaperFixture *f, const char *code, gboolean keep_dunning, const char *template_id)
{
  gint64 account = rubis_test_add_account (f->session, code, "Thêta");
  RubisDisputePart part = { .amount = 40000 };
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof part);
  RubisDisputeInput input = { .account_id = account,
                              .items = parts,
                              .reason = "quantity",
                              .due_date = RUBIS_DATE_NONE,
                              .keep_dunning = keep_dunning };
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon'");
  part.item_id = rubis_test_add_item (f->session, account, "F40", RUBIS_ITEM_INVOICE, "2026-09-30", 100000,
                                      100000, NULL);
  g_array_append_val (parts, part);
  g_assert_cmpint (rubis_session_open_dispute (f->session, &input, &error), >, 0);
  g_assert_no_error (error);
  options.template_id = template_id;
  options.language = "fr";
  paper = paper_write (f, account, &options, &text);
  g_assert_nonnull (paper);
  return text;
}

/* Trap 5.8: the rest is claimed, and no interest on what is contested: 600.00 for 51 days. */
static void
test_disputed_part (PaperFixture *f, gconstpointer data)
{
  g_autofree char *text = write_contested (f, "P8", FALSE, "mise-en-demeure");

  paper_assert_holds (text, "Les montants que vous contestez (400,00 €)");
  paper_assert_holds (text, "1 000,00");
  paper_assert_holds (text, "10,40");
  paper_assert_holds (text, "la somme de 650,40 €");
}

/* Where the user lets reminders go on all is claimed; interest is not asked on what is contested all the
 * same. */
static void
test_disputed_and_dunned (PaperFixture *f, gconstpointer data)
{
  g_autofree char *text = write_contested (f, "P9", TRUE, "mise-en-demeure");
  g_autofree char *detail = write_contested (f, "P10", TRUE, "annexe-penalites");

  paper_assert_holds (text, "la somme de 1 050,40 €");
  g_assert_null (strstr (text, "montants que vous contestez"));
  paper_assert_holds (detail, "sans pénalités sur le montant contesté (400,00 €)");
}

/* What the agenda writes claims the same as the letter by hand. */
static void
test_penalties_agenda (PaperFixture *f, gconstpointer data)
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
      text = paper_read_pdf (preview->pdf);
      paper_assert_holds (text, "10,40");
      paper_assert_holds (text, "la somme de 650,40 €");
    }
  g_assert_true (found);
  rubis_test_exec (f->session, "UPDATE item SET level = -1, level_date = NULL");
}

/* What every document of a language must say: a claim, a date and the name, in its own form. */
static void
check_template (PaperFixture *f, const char *language, const char *id)
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
  paper = paper_write (f, f->account, &options, &text);
  g_assert_cmpstr (paper->language, ==, language);
  paper_assert_holds (text, today);
  paper_assert_holds (text, "Menuiserie Garçon");
  /* A thank-you names a payment only when there is one. */
  if (!g_str_equal (id, "remerciement"))
    {
      amount = rubis_format_amount (paper->amount, RUBIS_CURRENCY_EUR, language);
      paper_assert_holds (text, amount);
    }
  g_assert_null (strchr (text, '#'));
}

static void
check_all_templates (PaperFixture *f)
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
test_languages_little (PaperFixture *f, gconstpointer data)
{
  rubis_test_exec (f->session, "DELETE FROM setting WHERE key IN ('company.siren', 'company.postcode')");
  check_all_templates (f);
}

static void
test_languages_full (PaperFixture *f, gconstpointer data)
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
test_language_asked (PaperFixture *f, gconstpointer data)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  g_autoptr (RubisPaper) english = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  options.template_id = RUBIS_PAPER_STATEMENT;
  options.language = "pt";
  g_assert_null (rubis_session_write_paper (f->session, f->account, &options, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  /* An account whose language has no template is written to in English. */
  rubis_test_exec (f->session, "UPDATE account SET language = 'pt'");
  options.language = NULL;
  english = paper_write (f, f->account, &options, &text);
  g_assert_cmpstr (english->language, ==, "en");
  paper_assert_holds (text, "€649.50");
  paper_assert_holds (text, "Dear Sir or Madam");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func)                                                                                     \
  g_test_add ("/paper-claims/" path, PaperFixture, NULL, paper_fixture_set_up, func, paper_fixture_tear_down)
  TEST ("penalties", test_penalties);
  TEST ("penalties-covered", test_penalties_covered);
  TEST ("5.08-disputed-part", test_disputed_part);
  TEST ("disputed-and-dunned", test_disputed_and_dunned);
  TEST ("penalties-agenda", test_penalties_agenda);
  TEST ("languages-little", test_languages_little);
  TEST ("languages-full", test_languages_full);
  TEST ("language-asked", test_language_asked);
#undef TEST
  return g_test_run ();
}
