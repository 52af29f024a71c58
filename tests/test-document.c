#include "letter-fixture.h"
#include "rubis-template-check.h"
#include "rubis-test.h"
#include "rubis-words.h"

#include <string.h>

static char *
value (RubisDocumentContext *context, RubisHashtag hashtag)
{
  return rubis_document_context_dup_text (context, hashtag);
}

#define assert_value(context, hashtag, expected)                                                           \
  G_STMT_START                                                                                             \
  {                                                                                                        \
    g_autofree char *text_ = value ((context), (hashtag));                                                 \
    g_assert_cmpstr (text_, ==, (expected));                                                               \
  }                                                                                                        \
  G_STMT_END

/* Sums agree with the lists: credits deducted, the contested part apart, penalties on top. */
static void
test_totals (void)
{
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");

  letter_fixture_add_mixed_items (context);
  g_assert_true (rubis_document_context_complete (context, NULL));
  assert_value (context, RUBIS_HASHTAG_TOTAL_OVERDUE, "15\u202f048,50\u00a0€");
  assert_value (context, RUBIS_HASHTAG_TOTAL_OPEN, "15\u202f048,50\u00a0€");
  assert_value (context, RUBIS_HASHTAG_TOTAL_DISPUTED, "1\u202f200,00\u00a0€");
  assert_value (context, RUBIS_HASHTAG_TOTAL_UNDISPUTED, "13\u202f848,50\u00a0€");
  assert_value (context, RUBIS_HASHTAG_TOTAL_CREDITS, "360,00\u00a0€");
  assert_value (context, RUBIS_HASHTAG_UNALLOCATED_PAYMENTS, "500,00\u00a0€");
  assert_value (context, RUBIS_HASHTAG_PENALTY_AMOUNT, "244,54\u00a0€");
  assert_value (context, RUBIS_HASHTAG_INDEMNITY_AMOUNT, "160,00\u00a0€");
  assert_value (context, RUBIS_HASHTAG_INDEMNITY_COUNT, "4");
  assert_value (context, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES, "14\u202f253,04\u00a0€");
  assert_value (context, RUBIS_HASHTAG_AGING_0_30, "2\u202f150,40\u00a0€");
  assert_value (context, RUBIS_HASHTAG_AGING_31_60, "5\u202f307,60\u00a0€");
  assert_value (context, RUBIS_HASHTAG_AGING_61_90, "8\u202f450,50\u00a0€");
  assert_value (context, RUBIS_HASHTAG_AGING_90_PLUS, "0,00\u00a0€");
  assert_value (context, RUBIS_HASHTAG_INVOICE_COUNT, "4");
  assert_value (context, RUBIS_HASHTAG_INVOICE_NUMBER, "FA-2026-0107");
  assert_value (context, RUBIS_HASHTAG_DAYS_LATE, "63");
  assert_value (context, RUBIS_HASHTAG_OPEN_AMOUNT, "8\u202f450,50\u00a0€");
  assert_value (context, RUBIS_HASHTAG_REMINDER_LEVEL, "3");
}

/* Trap 5.21: several currencies are never added up. */
static void
test_currencies (void)
{
  g_autoptr(RubisDocumentContext) context =
    rubis_document_context_new ("fr", rubis_date_from_ymd (2026, 11, 2), RUBIS_CURRENCY_EUR);
  g_autoptr(RubisItemTable) table = NULL;
  const char *codes[] = { "EUR", "USD", "EUR" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      RubisDocumentItem item = { "F" };

      g_assert_true (rubis_currency_parse (codes[i], &item.currency));
      item.days_late = 5;
      item.total = item.open = 100000;
      rubis_document_context_add_item (context, &item);
    }
  g_assert_true (rubis_document_context_complete (context, NULL));
  assert_value (context, RUBIS_HASHTAG_TOTAL_OVERDUE, "2\u202f000,00\u00a0€ et 1\u202f000,00\u00a0USD");
  table = rubis_item_table_new (context, RUBIS_HASHTAG_LIST_OVERDUE, RUBIS_LIST_PLAIN);
  g_assert_cmpuint (rubis_item_table_get_n_groups (table), ==, 2);
  g_assert_cmpuint (rubis_item_table_get_n_rows (table, 0), ==, 2);
  g_assert_cmpint (rubis_item_table_get_sum (table, 0, 2, RUBIS_COLUMN_OPEN), ==, 200000);
  g_assert_cmpint (rubis_item_table_get_sum (table, 1, 1, RUBIS_COLUMN_OPEN), ==, 100000);
}

/* Trap 5.5: a down-payment request is not owed; what the step does not concern is not asked for. */
static void
test_selection (void)
{
  g_autoptr(RubisDocumentContext) context =
    rubis_document_context_new ("en", rubis_date_from_ymd (2026, 11, 2), RUBIS_CURRENCY_EUR);
  RubisDocumentItem item = { "A" };

  item.currency = RUBIS_CURRENCY_EUR;
  item.days_late = 40;
  item.total = item.open = 5000;
  rubis_document_context_add_item (context, &item);
  item.number = "B";
  item.selected = TRUE;
  item.open = 7000;
  rubis_document_context_add_item (context, &item);
  item.number = "D";
  item.type = RUBIS_ITEM_DOWN_PAYMENT;
  rubis_document_context_add_item (context, &item);
  g_assert_true (rubis_document_context_complete (context, NULL));
  assert_value (context, RUBIS_HASHTAG_TOTAL_OVERDUE, "€120.00");
  assert_value (context, RUBIS_HASHTAG_TOTAL_SELECTED, "€70.00");
  assert_value (context, RUBIS_HASHTAG_TOTAL_UNDISPUTED, "€70.00");
  assert_value (context, RUBIS_HASHTAG_INVOICE_COUNT, "1");
  assert_value (context, RUBIS_HASHTAG_INVOICE_NUMBER, "B");
}

static void
test_overflow (void)
{
  g_autoptr(RubisDocumentContext) context =
    rubis_document_context_new ("en", rubis_date_from_ymd (2026, 11, 2), RUBIS_CURRENCY_EUR);
  g_autoptr(GError) error = NULL;
  RubisDocumentItem item = { "A" };

  item.currency = RUBIS_CURRENCY_EUR;
  item.open = G_MAXINT64;
  rubis_document_context_add_item (context, &item);
  g_assert_false (rubis_document_context_complete (context, &error));
  g_assert_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "“A”"));
}

static void
test_columns (void)
{
  g_autoptr(RubisDocumentContext) plain = letter_fixture_context ("fr");
  g_autoptr(RubisDocumentContext) mixed = letter_fixture_context ("fr");
  g_autoptr(RubisItemTable) short_table = NULL;
  g_autoptr(RubisItemTable) long_table = NULL;
  g_autofree char *credit = NULL;
  g_autofree char *late = NULL;

  letter_fixture_add_items (plain, 2);
  letter_fixture_add_mixed_items (mixed);
  g_assert_true (rubis_document_context_complete (mixed, NULL));
  short_table = rubis_item_table_new (plain, RUBIS_HASHTAG_LIST_OVERDUE, RUBIS_LIST_PLAIN);
  long_table = rubis_item_table_new (mixed, RUBIS_HASHTAG_LIST_OVERDUE, RUBIS_LIST_WITH_PENALTIES);
  g_assert_cmpuint (rubis_item_table_get_n_columns (short_table), ==, 6);
  g_assert_cmpuint (rubis_item_table_get_n_columns (long_table), ==, RUBIS_N_COLUMNS);
  credit = rubis_item_table_dup_cell (long_table, 0, 4, RUBIS_COLUMN_NUMBER);
  g_assert_cmpstr (credit, ==, "Avoir AV-2026-0009");
  late = rubis_item_table_dup_cell (long_table, 0, 0, RUBIS_COLUMN_DAYS_LATE);
  g_assert_cmpstr (late, ==, "63\u00a0j");
}

/* Trap 5.8: only the part that is not contested, and not at all what is wholly contested. */
static void
test_without_disputes (void)
{
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(RubisItemTable) table = NULL;

  letter_fixture_add_mixed_items (context);
  table = rubis_item_table_new (context, RUBIS_HASHTAG_LIST_OVERDUE, RUBIS_LIST_WITHOUT_DISPUTES);
  g_assert_cmpuint (rubis_item_table_get_n_rows (table, 0), ==, 6);
  g_assert_cmpint (rubis_item_table_get_amount (table, 0, 1, RUBIS_COLUMN_OPEN), ==, 312000);
  g_assert_cmpint (rubis_item_table_get_sum (table, 0, 6, RUBIS_COLUMN_OPEN), ==, 1384850);
}

/* A table that does not fit the lines of an email becomes a list, with the same figures. */
static void
test_text_tables (void)
{
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(RubisDocument) document = NULL;
  g_autofree char *wide = NULL;
  g_autofree char *narrow = NULL;

  letter_fixture_add_mixed_items (context);
  g_assert_true (rubis_document_context_complete (context, NULL));
  document = letter_fixture_render ("fr/relance-2.md", context);
  wide = rubis_document_to_text (document, 0);
  narrow = rubis_document_to_text (document, 72);
  g_assert_nonnull (
    strstr (wide, "\nFA-2026-0144            BC 4471     31/08/2026  30/09/2026    33\u00a0j       3"
                  "       987,60           –       987,60\n"));
  g_assert_nonnull (strstr (narrow, "– FA-2026-0144, Votre réf.\u00a0:\u00a0BC 4471,"));
  g_assert_nonnull (strstr (narrow, " dû\u00a0:\u00a0987,60\n"));
}

/* What the user typed with blanks or in capitals is written as a letter writes it. */
static void
test_tidy_values (void)
{
  static const struct {
    const char *typed;
    const char *written;
  } towns[] = { { "LYON", "Lyon" },
                { "BOULOGNE SUR MER", "Boulogne sur Mer" },
                { "L'Haÿ-les-Roses", "L'Haÿ-les-Roses" },
                { "ÉTRETAT", "Étretat" } };
  g_autofree char *reminder =
    rubis_words_make_reminder (RUBIS_CHANNEL_REGISTERED, rubis_date_from_ymd (2026, 5, 1), "fr");

  for (gsize i = 0; i < G_N_ELEMENTS (towns); i++)
    {
      g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autoptr(RubisDocument) document = NULL;

      rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_CITY, towns[i].typed);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_IBAN,
                                       "FR76\u00a03000 6000\u202f0112");
      letter_fixture_add_items (context, 1);
      document = letter_fixture_render ("fr/releve.md", context);
      g_assert_cmpstr (rubis_document_get_place (document), ==, towns[i].written);
      g_assert_cmpstr (rubis_document_get_payment (document)->iban, ==, "FR76300060000112");
    }
  g_assert_cmpstr (reminder, ==, "lettre recommandée du 1er\u00a0mai 2026");
}

static const char *const languages[] = { "fr", "en", "de", "es", "it", "nl" };

static const char *const shipped[] = {
  "appel.md",     "mise-en-demeure.md",    "prevenance.md", "relance-1-courrier.md",
  "relance-1.md", "relance-2-courrier.md", "relance-2.md",  "relance-4.md",
  "releve.md",    "remerciement.md",
};

static RubisDocument *
render (const char *language, const char *name, RubisDocumentContext *context, GError **error)
{
  g_autofree char *path = g_build_filename (language, name, NULL);
  g_autoptr(RubisTemplate) template = letter_fixture_template (path);

  g_assert_cmpstr (rubis_template_get_language (template), ==, language);
  return rubis_template_render (template, context, RUBIS_RENDER_STRICT, error);
}

/* Every template, for each kind of customer and for one or several invoices: no hashtag, mark or
 * doubled blank is left, and no penalty is asked of a consumer.
 */
static void
check_shipped (const char *language, const char *name, RubisPartyKind kind, guint n_items)
{
  g_autoptr(RubisDocumentContext) context = letter_fixture_context (language);
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;
  g_autofree char *html_language = NULL;

  g_test_message ("%s/%s for party kind %d, %u items", language, name, kind, n_items);
  rubis_document_context_set_party_kind (context, kind);
  rubis_document_context_set_flag (context, RUBIS_HASHTAG_RETENTION_OF_TITLE, TRUE);
  rubis_document_context_set_flag (context, RUBIS_HASHTAG_DELIVERY_SUSPENSION, TRUE);
  letter_fixture_add_items (context, n_items);
  document = render (language, name, context, &error);
  g_assert_no_error (error);
  text = rubis_document_to_text (document, 0);
  html = rubis_document_to_html (document, 0x2a4a6b);
  g_assert_null (strchr (text, '#'));
  g_assert_null (strstr (text, "**"));
  g_assert_null (strstr (text, " ."));
  g_assert_null (strstr (text, " ,"));
  g_assert_null (strchr (rubis_document_get_subject (document), '#'));
  html_language = g_strdup_printf ("<html lang=\"%s\">", language);
  g_assert_nonnull (strstr (html, html_language));
  if (kind == RUBIS_PARTY_CONSUMER)
    {
      g_assert_null (strstr (text, "L441"));
      g_assert_null (strstr (text, "40 €"));
      g_assert_null (strstr (text, "€40 "));
      g_assert_null (strstr (text, "€\u00a040 "));
      g_assert_null (strstr (text, "40\u00a0€ "));
    }
  /* Public bodies owe interest, by another code than that of companies. */
  if (kind == RUBIS_PARTY_PUBLIC)
    {
      g_assert_null (strstr (text, "L441"));
      g_assert_null (strstr (text, "énalités"));
    }
}

static void
test_shipped (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (shipped); j++)
        {
          check_shipped (languages[i], shipped[j], RUBIS_PARTY_PROFESSIONAL, 1);
          check_shipped (languages[i], shipped[j], RUBIS_PARTY_PROFESSIONAL, 3);
          check_shipped (languages[i], shipped[j], RUBIS_PARTY_CONSUMER, 2);
          check_shipped (languages[i], shipped[j], RUBIS_PARTY_PUBLIC, 2);
        }
    }
}

/* The payment block asks for what the text asks for. */
static void
test_claims (void)
{
  static const struct {
    const char *name;
    RubisPartyKind kind;
    RubisHashtag claim;
    const char *amount;
  } cases[] = {
    { "fr/prevenance.md", RUBIS_PARTY_PROFESSIONAL, RUBIS_HASHTAG_TOTAL_UNDISPUTED,
      "13\u202f848,50\u00a0€" },
    { "fr/relance-1.md", RUBIS_PARTY_PROFESSIONAL, RUBIS_HASHTAG_TOTAL_UNDISPUTED,
      "13\u202f848,50\u00a0€" },
    { "fr/relance-4.md", RUBIS_PARTY_PROFESSIONAL, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES,
      "14\u202f253,04\u00a0€" },
    { "fr/relance-4.md", RUBIS_PARTY_CONSUMER, RUBIS_HASHTAG_TOTAL_UNDISPUTED, "13\u202f848,50\u00a0€" },
    { "fr/mise-en-demeure.md", RUBIS_PARTY_CONSUMER, RUBIS_HASHTAG_TOTAL_UNDISPUTED,
      "13\u202f848,50\u00a0€" },
    { "fr/releve.md", RUBIS_PARTY_PROFESSIONAL, RUBIS_HASHTAG_TOTAL_OVERDUE, "13\u202f848,50\u00a0€" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autoptr(RubisTemplate) template = letter_fixture_template (cases[i].name);
      g_autoptr(RubisDocument) document = NULL;

      rubis_document_context_set_party_kind (context, cases[i].kind);
      letter_fixture_add_mixed_items (context);
      g_assert_true (rubis_document_context_complete (context, NULL));
      document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);
      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (rubis_template_get_claim (template, context, NULL), ==, cases[i].claim);
      g_assert_cmpstr (rubis_document_get_payment (document)->amount, ==, cases[i].amount);
    }
}

static void
test_shipped_lint (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (shipped); j++)
        {
          g_autofree char *name = g_build_filename (languages[i], shipped[j], NULL);
          g_autofree char *text = letter_fixture_read_template (name);
          g_autoptr(GPtrArray) problems = rubis_template_check (text, name, NULL);

          for (guint k = 0; k < problems->len; k++)
            {
              const RubisTemplateProblem *problem = g_ptr_array_index (problems, k);

              g_test_message ("%s:%u:%u: %s", name, problem->line, problem->column, problem->message);
            }
          g_assert_cmpuint (problems->len, ==, 0);
        }
    }
}

/* What each shipped template cannot do without. */
static void
test_shipped_missing (void)
{
  static const struct {
    const char *name;
    RubisHashtag hashtag;
    const char *message;
  } cases[] = {
    { "relance-1.md", RUBIS_HASHTAG_COMPANY_IBAN, "#MonIban" },
    { "relance-1.md", RUBIS_HASHTAG_USER_NAME, "#MonNom" },
    { "relance-1-courrier.md", RUBIS_HASHTAG_CUSTOMER_ADDRESS, "#AdresseClient" },
    { "relance-4.md", RUBIS_HASHTAG_PENALTY_RATE, "#TauxPenalites" },
    { "mise-en-demeure.md", RUBIS_HASHTAG_DEADLINE, "#DateLimite" },
    { "mise-en-demeure.md", RUBIS_HASHTAG_PENALTY_DATE, "#DatePenalites" },
    { "appel.md", RUBIS_HASHTAG_CUSTOMER_NAME, "#NomClient" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autoptr(GError) error = NULL;

      rubis_document_context_set_text (context, cases[i].hashtag, NULL);
      letter_fixture_add_items (context, 2);
      g_test_message ("%s without %s", cases[i].name, cases[i].message);
      g_assert_null (render ("fr", cases[i].name, context, &error));
      g_assert_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_MISSING);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

/* The elements of a formal notice, domain by domain of the law. */
static void
test_formal_notice (void)
{
  static const char *const elements[] = {
    "mise en demeure",
    "article 1344 du code civil",
    "FA-2026-0107",
    "8\u202f450,50",
    "14\u202f253,04\u00a0€",
    "sauf à parfaire",
    "12,40\u00a0%",
    "L441-10",
    "D441-5",
    "40\u00a0€ par facture",
    "12\u00a0novembre 2026",
    "FR76 3000 6000 0112 3456 7890 189",
    "juridiction compétente",
    "Si vous contestez",
    "courriel du 4 septembre 2026",
    "Claire Delaunay",
    "copie des factures",
    "réserve de propriété",
    "nous suspendons",
    "63\u00a0j",
  };
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(RubisDocument) document = NULL;
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;

  rubis_document_context_set_flag (context, RUBIS_HASHTAG_RETENTION_OF_TITLE, TRUE);
  rubis_document_context_set_flag (context, RUBIS_HASHTAG_DELIVERY_SUSPENSION, TRUE);
  letter_fixture_add_mixed_items (context);
  g_assert_true (rubis_document_context_complete (context, NULL));
  document = letter_fixture_render ("fr/mise-en-demeure.md", context);
  text = rubis_document_to_text (document, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_test_message ("%s", elements[i]);
      g_assert_nonnull (strstr (text, elements[i]));
    }
  html = rubis_document_to_html (document, 0);
  g_assert_nonnull (strstr (html, "<strong>mise en demeure</strong>"));
  g_assert_cmpstr (rubis_document_get_subject (document), ==, "Mise en demeure de payer");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/totals", test_totals);
  g_test_add_func ("/document/currencies", test_currencies);
  g_test_add_func ("/document/selection", test_selection);
  g_test_add_func ("/document/overflow", test_overflow);
  g_test_add_func ("/document/columns", test_columns);
  g_test_add_func ("/document/without-disputes", test_without_disputes);
  g_test_add_func ("/document/text-tables", test_text_tables);
  g_test_add_func ("/document/tidy-values", test_tidy_values);
  g_test_add_func ("/document/shipped", test_shipped);
  g_test_add_func ("/document/claims", test_claims);
  g_test_add_func ("/document/shipped-lint", test_shipped_lint);
  g_test_add_func ("/document/shipped-missing", test_shipped_missing);
  g_test_add_func ("/document/formal-notice", test_formal_notice);
  return g_test_run ();
}
