#include "rubis-template-sample.h"

#include <string.h>

#define TODAY rubis_date_from_ymd (2026, 11, 2)

static const struct {
  RubisHashtag hashtag;
  const char *french;
  const char *english;
} texts[] = {
  { RUBIS_HASHTAG_CUSTOMER_NAME, "Menuiserie Garçon", "Garçon Joinery" },
  { RUBIS_HASHTAG_CUSTOMER_CODE, "C00412", "C00412" },
  { RUBIS_HASHTAG_LEGAL_FORM, "SARL", "SARL" },
  { RUBIS_HASHTAG_SIREN, "732 829 320", "732 829 320" },
  { RUBIS_HASHTAG_SIRET, "732 829 320 00074", "732 829 320 00074" },
  { RUBIS_HASHTAG_CUSTOMER_VAT, "FR44 732829320", "FR44 732829320" },
  { RUBIS_HASHTAG_CUSTOMER_ADDRESS, "Menuiserie Garçon\n4 rue des Lilas\n69003 LYON",
    "Garçon Joinery\n4 rue des Lilas\n69003 LYON" },
  { RUBIS_HASHTAG_CUSTOMER_STREET, "4 rue des Lilas", "4 rue des Lilas" },
  { RUBIS_HASHTAG_POSTCODE, "69003", "69003" },
  { RUBIS_HASHTAG_CITY, "Lyon", "Lyon" },
  { RUBIS_HASHTAG_COUNTRY, "France", "France" },
  { RUBIS_HASHTAG_CUSTOMER_GROUP, "Groupe Garçon", "Garçon Group" },
  { RUBIS_HASHTAG_PAYMENT_TERM, "45 jours fin de mois", "45 days, end of month" },
  { RUBIS_HASHTAG_PAYMENT_MEANS, "virement", "transfer" },
  { RUBIS_HASHTAG_PAYER_PROFILE, "paie après deux relances", "pays after two reminders" },
  { RUBIS_HASHTAG_CONTACT_TITLE, "Mme", "Ms" },
  { RUBIS_HASHTAG_CONTACT_FIRST_NAME, "Anne", "Anne" },
  { RUBIS_HASHTAG_CONTACT_NAME, "Noël", "Noël" },
  { RUBIS_HASHTAG_CONTACT_ROLE, "comptable fournisseurs", "accounts payable clerk" },
  { RUBIS_HASHTAG_CONTACT_EMAIL, "a.noel@garcon.example", "a.noel@garcon.example" },
  { RUBIS_HASHTAG_CONTACT_PHONE, "04 72 00 00 12", "+33 4 72 00 00 12" },
  { RUBIS_HASHTAG_INVOICE_LINK, "https://factures.example/FA-107", "https://invoices.example/FA-107" },
  { RUBIS_HASHTAG_PENALTY_DETAIL, "FA-2026-0107 : 63 jours à 12,40 % sur 8 450,50 €",
    "FA-2026-0107: 63 days at 12.40% on €8,450.50" },
  { RUBIS_HASHTAG_REMINDER_HISTORY, "courriel du 11 septembre 2026\nlettre du 25 septembre 2026",
    "email of 11 September 2026\nletter of 25 September 2026" },
  { RUBIS_HASHTAG_REGISTERED_NUMBER, "2C 921 742 1809 1", "2C 921 742 1809 1" },
  { RUBIS_HASHTAG_PROMISE_WORDS, "Le virement part vendredi", "The transfer leaves on Friday" },
  { RUBIS_HASHTAG_ENCLOSURES, "copie des factures\nrelevé de compte", "copies of the invoices\nstatement" },
  { RUBIS_HASHTAG_COMPANY_NAME, "Ateliers Vasseur", "Ateliers Vasseur" },
  { RUBIS_HASHTAG_COMPANY_ADDRESS, "12 rue des Tanneurs\n69002 Lyon", "12 rue des Tanneurs\n69002 Lyon" },
  { RUBIS_HASHTAG_COMPANY_CITY, "Lyon", "Lyon" },
  { RUBIS_HASHTAG_COMPANY_SIREN, "552 100 554", "552 100 554" },
  { RUBIS_HASHTAG_COMPANY_CAPITAL, "40 000 €", "€40,000" },
  { RUBIS_HASHTAG_COMPANY_RCS, "RCS Lyon", "RCS Lyon" },
  { RUBIS_HASHTAG_COMPANY_IBAN, "FR76 3000 6000 0112 3456 7890 189", "FR76 3000 6000 0112 3456 7890 189" },
  { RUBIS_HASHTAG_COMPANY_BIC, "AGRIFRPP", "AGRIFRPP" },
  { RUBIS_HASHTAG_COMPANY_PHONE, "04 72 00 00 40", "+33 4 72 00 00 40" },
  { RUBIS_HASHTAG_COMPANY_EMAIL, "compta@vasseur.example", "accounts@vasseur.example" },
  { RUBIS_HASHTAG_PAYMENT_REFERENCE, "C00412", "C00412" },
  { RUBIS_HASHTAG_PAYMENT_LINK, "https://payer.example/C00412", "https://pay.example/C00412" },
  { RUBIS_HASHTAG_USER_NAME, "Claire Delaunay", "Claire Delaunay" },
  { RUBIS_HASHTAG_USER_ROLE, "Directrice financière", "Chief Financial Officer" },
  { RUBIS_HASHTAG_USER_PHONE, "04 72 00 00 45", "+33 4 72 00 00 45" },
};

static const struct {
  RubisHashtag hashtag;
  int year, month, day;
} dates[] = {
  { RUBIS_HASHTAG_REMINDER_DATE, 2026, 11, 2 },          { RUBIS_HASHTAG_PENALTY_DATE, 2026, 11, 2 },
  { RUBIS_HASHTAG_PREVIOUS_REMINDER_DATE, 2026, 9, 25 }, { RUBIS_HASHTAG_DEADLINE, 2026, 11, 17 },
  { RUBIS_HASHTAG_PROMISE_DATE, 2026, 11, 10 },          { RUBIS_HASHTAG_PAYMENT_DATE, 2026, 10, 30 },
};

static const struct {
  const char *id;
  RubisTemplateSample sample;
} ids[] = {
  { "one", RUBIS_SAMPLE_ONE },
  { "consumer", RUBIS_SAMPLE_CONSUMER },
  { "currencies", RUBIS_SAMPLE_CURRENCIES },
  { "nobody", RUBIS_SAMPLE_NOBODY },
};

RubisTemplateSample
rubis_template_sample_from_id (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      if (g_strcmp0 (ids[i].id, id) == 0)
        return ids[i].sample;
    }
  return RUBIS_SAMPLE_USUAL;
}

static void
set_facts (RubisDocumentContext *context, gboolean french)
{
  RubisCurrency currency = rubis_document_context_get_currency (context);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rubis_document_context_set_text (context, texts[i].hashtag, french ? texts[i].french : texts[i].english);
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    rubis_document_context_set_date (context, dates[i].hashtag,
                                     rubis_date_from_ymd (dates[i].year, dates[i].month, dates[i].day));
  rubis_document_context_set_count (context, RUBIS_HASHTAG_REMINDER_NUMBER, 3);
  rubis_document_context_set_count (context, RUBIS_HASHTAG_DAYS_BEFORE_NEXT, 15);
  rubis_document_context_set_count (context, RUBIS_HASHTAG_AVERAGE_DELAY, 18);
  rubis_document_context_set_rate (context, RUBIS_HASHTAG_PENALTY_RATE, 1240);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_CREDIT_LIMIT, 2000000, currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PROMISE_AMOUNT, 500000, currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PROMISE_PAID, 200000, currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PROMISE_MISSING, 300000, currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PAYMENT_AMOUNT, 125000, currency);
}

static void
add_item (RubisDocumentContext *context, const char *number, int days_late, gint64 open,
          RubisCurrency currency)
{
  RubisDocumentItem item = { number };

  item.issue_date = TODAY - days_late - 45;
  item.due_date = TODAY - days_late;
  item.days_late = days_late;
  item.level = 3;
  item.currency = currency;
  item.total = item.open = open;
  if (open < 0)
    item.type = RUBIS_ITEM_CREDIT;
  if (g_str_equal (number, "FA-2026-0107"))
    item.order_ref = "BC 4471";
  if (open > 0 && days_late > 0)
    {
      /* 12.40 % a year; the indemnity of C. com. D441-5. */
      item.penalty = open * 124 * days_late / 365 / 1000;
      item.indemnity = 4000;
    }
  if (g_str_equal (number, "FA-2026-0131"))
    item.disputed = 120000;
  rubis_document_context_add_item (context, &item);
}

static void
add_items (RubisDocumentContext *context, RubisTemplateSample sample)
{
  RubisCurrency dollars = { "USD" };

  add_item (context, "FA-2026-0107", 63, 845050, RUBIS_CURRENCY_EUR);
  if (sample == RUBIS_SAMPLE_ONE)
    return;
  if (sample == RUBIS_SAMPLE_CURRENCIES)
    {
      add_item (context, "FA-2026-0131", 40, 210000, dollars);
      add_item (context, "FA-2026-0144", 33, 98760, RUBIS_CURRENCY_EUR);
      return;
    }
  add_item (context, "FA-2026-0131", 40, 432000, RUBIS_CURRENCY_EUR);
  add_item (context, "AV-2026-0009", 12, -36000, RUBIS_CURRENCY_EUR);
  add_item (context, "FA-2026-0188", -20, 150000, RUBIS_CURRENCY_EUR);
}

static RubisGrid *
make_grid (RubisDocumentContext *context, gboolean french)
{
  RubisGrid *grid = rubis_grid_new ();

  rubis_grid_add_column (grid, "Date", RUBIS_GRID_LEFT, 1);
  rubis_grid_add_column (grid, french ? "Montant" : "Amount", RUBIS_GRID_RIGHT, 1);
  rubis_grid_add_row (grid, french ? (const char *[]){ "01/12/2026", "5 000,00 €" }
                                   : (const char *[]){ "01/12/2026", "€5,000.00" });
  rubis_grid_add_row (grid, french ? (const char *[]){ "01/01/2027", "5 000,00 €" }
                                   : (const char *[]){ "01/01/2027", "€5,000.00" });
  rubis_grid_add_total (grid, french ? (const char *[]){ "Total", "10 000,00 €" }
                                     : (const char *[]){ "Total", "€10,000.00" });
  return grid;
}

/* A value by the type of the hashtag, for what has none of its own. */
static void
set_rest (RubisDocumentContext *context, gboolean french)
{
  g_autoptr(RubisGrid) grid = make_grid (context, french);

  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    {
      RubisValueType type = rubis_hashtag_get_value_type (i);

      if (rubis_document_context_is_set (context, i) || i == RUBIS_HASHTAG_SALUTATION ||
          i == RUBIS_HASHTAG_CLOSING)
        continue;
      if (type == RUBIS_VALUE_GRID)
        rubis_document_context_set_grid (context, i, grid);
      else if (type == RUBIS_VALUE_DATE)
        rubis_document_context_set_date (context, i, TODAY);
      else if (type == RUBIS_VALUE_AMOUNT)
        rubis_document_context_set_amount (context, i, 1000000, RUBIS_CURRENCY_EUR);
      else if (type == RUBIS_VALUE_COUNT)
        rubis_document_context_set_count (context, i, 2);
      else if (type == RUBIS_VALUE_FLAG)
        rubis_document_context_set_flag (context, i, FALSE);
      else if (type == RUBIS_VALUE_TEXT || type == RUBIS_VALUE_LINES)
        rubis_document_context_set_text (context, i, rubis_hashtag_get_name (i, french ? "fr" : "en"));
    }
}

RubisDocumentContext *
rubis_template_sample_new (RubisTemplateSample sample, const char *language)
{
  RubisDocumentContext *context;
  gboolean french;

  g_return_val_if_fail (language != NULL, NULL);

  french = g_ascii_strncasecmp (language, "fr", 2) == 0;
  context = rubis_document_context_new (language, TODAY, RUBIS_CURRENCY_EUR);
  set_facts (context, french);
  rubis_document_context_set_party_kind (context, sample == RUBIS_SAMPLE_CONSUMER ? RUBIS_PARTY_CONSUMER
                                                                                  : RUBIS_PARTY_PROFESSIONAL);
  add_items (context, sample);
  rubis_document_context_complete (context, NULL);
  set_rest (context, french);
  if (sample == RUBIS_SAMPLE_NOBODY)
    {
      rubis_document_context_set_text (context, RUBIS_HASHTAG_CONTACT_TITLE, NULL);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_CONTACT_FIRST_NAME, NULL);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_CONTACT_NAME, NULL);
    }
  return context;
}
