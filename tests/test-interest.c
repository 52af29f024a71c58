#include "rubis-interest.h"

#include <string.h>

#include "rubis-test.h"

static RubisRates *rates;

static RubisRates *
load_rates (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "data", "rates.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  RubisRates *loaded;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  loaded = rubis_rates_new_from_data (text, -1, &error);
  g_assert_no_error (error);
  return loaded;
}

static gint64
amount (JsonObject *object, const char *member, RubisCurrency currency)
{
  g_autoptr (GError) error = NULL;
  gint64 minor = 0;

  rubis_money_parse (rubis_test_string (object, member, "0"), currency, &minor, &error);
  g_assert_no_error (error);
  return minor;
}

static RubisDate
date (JsonObject *object, const char *member)
{
  return rubis_date_parse_iso (rubis_test_string (object, member, ""));
}

static RubisRate
rate (JsonObject *object, const char *member)
{
  RubisRate value = 0;

  g_assert_true (rubis_rate_parse (rubis_test_string (object, member, ""), &value));
  return value;
}

static void
read_params (JsonObject *params, RubisInterestTerms *terms)
{
  if (json_object_has_member (params, "rate"))
    terms->rate = rate (params, "rate");
  if (json_object_has_member (params, "ecb_plus"))
    {
      terms->rate = rate (params, "ecb_plus");
      terms->over_ecb = TRUE;
    }
  terms->individual_creditor = g_strcmp0 (rubis_test_string (params, "creditor", ""), "individual") == 0;
  terms->surcharge_from = date (params, "surcharge_from");
}

static RubisInterestEventKind
event_kind (JsonObject *event)
{
  if (g_strcmp0 (rubis_test_string (event, "type", ""), "credit_note") == 0)
    return g_strcmp0 (rubis_test_string (event, "effect", ""), "from_origin") == 0
               ? RUBIS_INTEREST_CREDIT_FROM_ORIGIN
               : RUBIS_INTEREST_CREDIT_FROM_DATE;
  return g_strcmp0 (rubis_test_string (event, "imputation", ""), "interest_first") == 0
             ? RUBIS_INTEREST_PAYMENT_INTEREST_FIRST
             : RUBIS_INTEREST_PAYMENT_PRINCIPAL_FIRST;
}

static void
check_segments (JsonArray *expected, const RubisInterestResult *result, RubisCurrency currency)
{
  g_assert_cmpint (result->segments->len, ==, json_array_get_length (expected));
  for (guint i = 0; i < result->segments->len; i++)
    {
      const RubisInterestSegment *segment = &g_array_index (result->segments, RubisInterestSegment, i);
      JsonObject *row = json_array_get_object_element (expected, i);
      g_autofree char *exact = g_strdup_printf ("%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT,
                                                segment->exact / 1000000, segment->exact % 1000000);

      g_assert_cmpint (segment->from, ==, date (row, "from"));
      g_assert_cmpint (segment->to, ==, date (row, "to"));
      g_assert_cmpint (segment->days, ==, json_object_get_int_member (row, "days"));
      g_assert_cmpint (segment->principal, ==, amount (row, "principal", currency));
      g_assert_cmpint (segment->rate, ==, rate (row, "rate"));
      g_assert_cmpint (segment->interest, ==, amount (row, "interest_rounded", currency));
      g_assert_cmpstr (exact, ==, rubis_test_string (row, "interest_exact", ""));
    }
}

static void
check_imputations (JsonArray *expected, const RubisInterestResult *result, RubisCurrency currency)
{
  g_assert_cmpint (result->imputations->len, ==, json_array_get_length (expected));
  for (guint i = 0; i < result->imputations->len; i++)
    {
      const RubisInterestImputation *done = &g_array_index (result->imputations, RubisInterestImputation, i);
      JsonObject *row = json_array_get_object_element (expected, i);

      g_assert_cmpint (done->date, ==, date (row, "date"));
      g_assert_cmpint (done->to_interest, ==, amount (row, "to_interest", currency));
      g_assert_cmpint (done->to_principal, ==, amount (row, "to_principal", currency));
      g_assert_cmpint (done->principal_after, ==, amount (row, "principal_after", currency));
      g_assert_cmpint (done->unpaid_interest_after, ==, amount (row, "unpaid_interest_after", currency));
    }
}

static void
check_example (JsonObject *example)
{
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;
  g_autoptr (RubisInterestResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (RubisInterestEvent));
  JsonObject *expected = json_object_get_object_member (example, "expected");

  g_test_message ("%s: %s", rubis_test_string (example, "id", ""),
                  rubis_test_string (example, "comment", ""));
  g_assert_true (rubis_currency_parse (rubis_test_string (example, "currency", "EUR"), &input.currency));
  g_assert_true (rubis_interest_regime_from_id (rubis_test_string (example, "regime", ""), &input.regime));
  g_assert_true (
      rubis_interest_basis_from_id (rubis_test_string (example, "basis", "act/365"), &input.basis));
  input.principal = amount (example, "principal", input.currency);
  input.due_date = date (example, "due_date");
  input.interest_from = date (example, "interest_from");
  input.end_date = date (example, "end_date");
  if (json_object_has_member (example, "params"))
    read_params (json_object_get_object_member (example, "params"), &input.terms);
  if (json_object_has_member (example, "events"))
    {
      JsonArray *rows = json_object_get_array_member (example, "events");

      for (guint i = 0; i < json_array_get_length (rows); i++)
        {
          JsonObject *row = json_array_get_object_element (rows, i);
          RubisInterestEvent event
              = { date (row, "date"), event_kind (row), amount (row, "amount", input.currency) };

          g_array_append_val (events, event);
        }
    }
  input.events = (const RubisInterestEvent *)(gpointer)events->data;
  input.n_events = events->len;

  result = rubis_interest_compute (&input, rates, &error);
  g_assert_no_error (error);
  check_segments (json_object_get_array_member (expected, "segments"), result, input.currency);
  if (json_object_has_member (expected, "events"))
    check_imputations (json_object_get_array_member (expected, "events"), result, input.currency);
  g_assert_cmpint (result->days, ==, json_object_get_int_member (expected, "days"));
  g_assert_cmpint (result->interest, ==, amount (expected, "interest", input.currency));
  g_assert_cmpint (result->principal_outstanding, ==,
                   amount (expected, "principal_outstanding", input.currency));
  g_assert_cmpint (result->indemnity, ==, amount (expected, "indemnity", input.currency));
  g_assert_cmpint (result->total_outstanding, ==, amount (expected, "total_outstanding", input.currency));
  g_assert_cmpint (result->excess, ==, 0);
}

static void
test_examples (void)
{
  g_autofree char *path = rubis_test_shared ("domain/interest-examples.json");
  g_autoptr (JsonObject) root = NULL;
  JsonArray *examples;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  examples = json_object_get_array_member (root, "examples");
  g_assert_cmpint (json_array_get_length (examples), >=, 32);
  for (guint i = 0; i < json_array_get_length (examples); i++)
    check_example (json_array_get_object_element (examples, i));
}

/* A French business invoice of @principal due on 31 March 2026, computed to @end. */
static RubisInterestInput
spring_invoice (gint64 principal, const char *end)
{
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;

  input.principal = principal;
  input.due_date = rubis_date_from_ymd (2026, 3, 31);
  input.end_date = rubis_date_parse_iso (end);
  return input;
}

static RubisInterestResult *
compute (const RubisInterestInput *input)
{
  g_autoptr (GError) error = NULL;
  RubisInterestResult *result = rubis_interest_compute (input, rates, &error);

  g_assert_no_error (error);
  return result;
}

static void
test_plain (void)
{
  RubisInterestInput input = spring_invoice (120000, "2026-05-15");
  g_autoptr (RubisInterestResult) result = compute (&input);
  g_autoptr (RubisInterestResult) on_time = NULL;
  g_autoptr (RubisInterestResult) waived = NULL;

  g_assert_cmpint (result->days, ==, 45);
  g_assert_cmpint (result->interest, ==, 1798);
  g_assert_cmpint (result->indemnity, ==, 4000);
  g_assert_cmpint (result->total_outstanding, ==, 125798);

  input.no_indemnity = TRUE;
  waived = compute (&input);
  g_assert_cmpint (waived->indemnity, ==, 0);
  g_assert_cmpint (waived->total_outstanding, ==, 121798);

  input = spring_invoice (120000, "2026-03-31");
  on_time = compute (&input);
  g_assert_cmpint (on_time->segments->len, ==, 0);
  g_assert_cmpint (on_time->interest, ==, 0);
  g_assert_cmpint (on_time->indemnity, ==, 0);
}

/* Paid in full by the due date: neither interest nor indemnity, even when computed much later. */
static void
test_paid_in_time (void)
{
  const RubisInterestEvent events[] = {
    { rubis_date_from_ymd (2026, 3, 31), RUBIS_INTEREST_PAYMENT_INTEREST_FIRST, 20000 },
    { rubis_date_from_ymd (2026, 2, 1), RUBIS_INTEREST_PAYMENT_PRINCIPAL_FIRST, 100000 },
  };
  RubisInterestInput input = spring_invoice (120000, "2026-06-30");
  g_autoptr (RubisInterestResult) result = NULL;
  g_autoptr (RubisInterestResult) partial = NULL;

  input.events = events;
  input.n_events = 2;
  result = compute (&input);
  g_assert_cmpint (result->days, ==, 0);
  g_assert_cmpint (result->indemnity, ==, 0);
  g_assert_cmpint (result->total_outstanding, ==, 0);
  /* In date order, not in the order given. */
  g_assert_cmpint (g_array_index (result->imputations, RubisInterestImputation, 0).principal_after, ==,
                   20000);

  input.principal = 220000;
  partial = compute (&input);
  g_assert_cmpint (g_array_index (partial->segments, RubisInterestSegment, 0).principal, ==, 100000);
  g_assert_cmpint (partial->days, ==, 91);
}

/* Interest, then principal, then the indemnity; the rest is the customer's. */
static void
test_overpayment (void)
{
  const RubisInterestEvent event
      = { rubis_date_from_ymd (2026, 5, 15), RUBIS_INTEREST_PAYMENT_INTEREST_FIRST, 125900 };
  RubisInterestInput input = spring_invoice (120000, "2026-08-31");
  g_autoptr (RubisInterestResult) first = NULL;
  g_autoptr (RubisInterestResult) second = NULL;
  RubisInterestEvent other = event;
  const RubisInterestImputation *done;

  input.events = &event;
  input.n_events = 1;
  first = compute (&input);
  done = &g_array_index (first->imputations, RubisInterestImputation, 0);
  g_assert_cmpint (done->to_interest, ==, 1798);
  g_assert_cmpint (done->to_principal, ==, 120000);
  g_assert_cmpint (done->to_indemnity, ==, 4000);
  g_assert_cmpint (done->excess, ==, 102);
  g_assert_cmpint (first->days, ==, 45);
  g_assert_cmpint (first->total_outstanding, ==, 0);
  g_assert_cmpint (first->excess, ==, 102);

  other.kind = RUBIS_INTEREST_PAYMENT_PRINCIPAL_FIRST;
  input.events = &other;
  second = compute (&input);
  done = &g_array_index (second->imputations, RubisInterestImputation, 0);
  g_assert_cmpint (done->to_principal, ==, 120000);
  g_assert_cmpint (done->to_interest, ==, 1798);
  g_assert_cmpint (second->total_outstanding, ==, 0);
}

static void
test_foreign_currency (void)
{
  RubisInterestInput input = spring_invoice (1000000, "2026-04-30");
  g_autoptr (RubisInterestResult) dollars = NULL;
  g_autoptr (RubisInterestResult) yen = NULL;

  g_assert_true (rubis_currency_parse ("USD", &input.currency));
  dollars = compute (&input);
  /* Forty euros are owed, but not added to dollars. */
  g_assert_cmpint (dollars->indemnity, ==, 4000);
  g_assert_cmpstr (dollars->indemnity_currency.code, ==, "EUR");
  g_assert_cmpint (dollars->total_outstanding, ==, 1000000 + dollars->interest);

  g_assert_true (rubis_currency_parse ("JPY", &input.currency));
  yen = compute (&input);
  g_assert_cmpint (yen->interest, ==, 9986);
}

static void
test_unknown_rate (void)
{
  RubisInterestInput input = spring_invoice (120000, "2027-01-01");
  g_autoptr (GError) future = NULL;
  g_autoptr (GError) past = NULL;

  g_assert_null (rubis_interest_compute (&input, rates, &future));
  g_assert_error (future, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (future->message, "1\u00a0January 2027"));

  input.regime = RUBIS_INTEREST_BE_B2B;
  input.due_date = rubis_date_from_ymd (2013, 1, 31);
  input.end_date = rubis_date_from_ymd (2013, 12, 31);
  g_assert_null (rubis_interest_compute (&input, rates, &past));
  g_assert_error (past, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_UNKNOWN);
}

static void
test_frozen_past_known_rates (void)
{
  RubisInterestInput input = spring_invoice (3650000, "2027-01-10");
  g_autoptr (RubisInterestResult) result = NULL;

  /* A frozen rate needs no rate of 2027. */
  input.regime = RUBIS_INTEREST_FR_PUBLIC;
  result = compute (&input);
  g_assert_cmpint (g_array_index (result->segments, RubisInterestSegment, 2).rate, ==, 101500);
  g_assert_cmpint (g_array_index (result->segments, RubisInterestSegment, 2).interest, ==, 10150);
}

static void
test_bad_input (void)
{
  const RubisInterestEvent negative
      = { rubis_date_from_ymd (2026, 5, 1), RUBIS_INTEREST_PAYMENT_INTEREST_FIRST, -1 };
  RubisInterestInput input = spring_invoice (G_MAXINT64, "2026-12-31");
  g_autoptr (GError) range = NULL;
  g_autoptr (GError) no_date = NULL;
  g_autoptr (GError) bad_event = NULL;
  g_autoptr (RubisInterestResult) credit = NULL;

  g_assert_null (rubis_interest_compute (&input, rates, &range));
  g_assert_error (range, RUBIS_INTEREST_ERROR, RUBIS_INTEREST_ERROR_RANGE);
  input.due_date = RUBIS_DATE_NONE;
  g_assert_null (rubis_interest_compute (&input, rates, &no_date));
  g_assert_error (no_date, RUBIS_INTEREST_ERROR, RUBIS_INTEREST_ERROR_INPUT);
  input = spring_invoice (1000, "2026-12-31");
  input.events = &negative;
  input.n_events = 1;
  g_assert_null (rubis_interest_compute (&input, rates, &bad_event));
  g_assert_error (bad_event, RUBIS_INTEREST_ERROR, RUBIS_INTEREST_ERROR_INPUT);

  /* A credit note bears no interest. */
  input = spring_invoice (-50000, "2026-12-31");
  credit = compute (&input);
  g_assert_cmpint (credit->interest, ==, 0);
  g_assert_cmpint (credit->indemnity, ==, 0);
  g_assert_cmpint (credit->total_outstanding, ==, -50000);
}

/* Day by day, in the smallest unit: cutting by half-years must change nothing. */
static void
test_additive (void)
{
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;
  gint64 sum = 0;
  g_autoptr (RubisInterestResult) whole = NULL;

  input.principal = 36500000;
  input.due_date = rubis_date_from_ymd (2023, 12, 31);
  input.end_date = rubis_date_from_ymd (2025, 1, 31);
  whole = compute (&input);
  for (RubisDate day = input.due_date + 1; day <= rubis_date_from_ymd (2025, 1, 31); day++)
    {
      g_autoptr (RubisInterestResult) one = NULL;

      input.interest_from = input.end_date = day;
      one = compute (&input);
      sum += one->interest;
    }
  g_assert_cmpint (whole->interest, ==, sum);
}

/* A random French claim of 2015 to 2026 with up to three events. */
static RubisInterestInput
random_claim (GRand *rand, RubisInterestEvent *events, gboolean interest_first)
{
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;

  input.principal = g_rand_int_range (rand, 1, 100000000);
  input.due_date
      = g_rand_int_range (rand, rubis_date_from_ymd (2014, 12, 31), rubis_date_from_ymd (2026, 6, 30));
  input.end_date = input.due_date + g_rand_int_range (rand, -5, 1500);
  input.end_date = MIN (input.end_date, rubis_date_from_ymd (2026, 12, 31));
  input.basis = g_rand_boolean (rand) ? RUBIS_INTEREST_ACT_ACT : RUBIS_INTEREST_ACT_365;
  input.n_events = (gsize)g_rand_int_range (rand, 0, 4);
  for (gsize i = 0; i < input.n_events; i++)
    {
      events[i].date = input.due_date + g_rand_int_range (rand, -20, 1500);
      events[i].amount = g_rand_int_range (rand, 0, 60000000);
      events[i].kind = interest_first          ? RUBIS_INTEREST_PAYMENT_INTEREST_FIRST
                       : g_rand_boolean (rand) ? RUBIS_INTEREST_CREDIT_FROM_ORIGIN
                                               : RUBIS_INTEREST_CREDIT_FROM_DATE;
    }
  input.events = events;
  return input;
}

/* What is owed on @day before its own events. */
static gint64
principal_on (const RubisInterestInput *input, RubisDate day)
{
  gint64 principal = input->principal;

  for (gsize i = 0; i < input->n_events; i++)
    {
      if (input->events[i].kind == RUBIS_INTEREST_CREDIT_FROM_ORIGIN || input->events[i].date < day)
        principal -= input->events[i].amount;
    }
  return MAX (principal, 0);
}

/* The same total, added up day by day as one fraction. */
static void
test_day_by_day (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1343);

  for (int n = 0; n < 300; n++)
    {
      RubisInterestEvent events[4];
      RubisInterestInput input = random_claim (rand, events, FALSE);
      g_autoptr (RubisInterestResult) result = compute (&input);
      const __int128 denominator = (__int128)1000000 * 365 * 366;
      __int128 sum = 0;

      for (RubisDate day = input.due_date + 1; day <= input.end_date; day++)
        {
          RubisRate ecb = 0;
          int year, month, ignored;

          rubis_date_to_ymd (day, &year, &month, &ignored);
          g_assert_true (rubis_rates_lookup (rates, RUBIS_RATE_ECB_MRO, day, &ecb, NULL));
          sum += (__int128)principal_on (&input, day) * (ecb + 10 * RUBIS_RATE_PERCENT)
                 * (input.basis == RUBIS_INTEREST_ACT_ACT && year % 4 == 0 ? 365 : 366);
        }
      g_assert_cmpint (result->interest, ==, (gint64)((2 * sum + denominator) / (2 * denominator)));
    }
}

/* No cent appears or disappears, whatever is paid and when. */
static void
test_nothing_lost (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1342);

  for (int n = 0; n < 1000; n++)
    {
      RubisInterestEvent events[4];
      RubisInterestInput input = random_claim (rand, events, TRUE);
      g_autoptr (RubisInterestResult) result = compute (&input);
      gint64 paid = 0;

      for (guint i = 0; i < result->imputations->len; i++)
        {
          const RubisInterestImputation *done
              = &g_array_index (result->imputations, RubisInterestImputation, i);

          paid += done->to_interest + done->to_principal + done->to_indemnity + done->excess;
          g_assert_cmpint (done->unpaid_interest_after, >=, 0);
          g_assert_cmpint (done->principal_after, >=, 0);
        }
      for (gsize i = 0; i < input.n_events; i++)
        paid -= events[i].date <= input.end_date ? events[i].amount : 0;
      g_assert_cmpint (paid, ==, 0);
      for (guint i = 0; i < result->imputations->len; i++)
        paid += g_array_index (result->imputations, RubisInterestImputation, i).to_interest
                + g_array_index (result->imputations, RubisInterestImputation, i).to_principal
                + g_array_index (result->imputations, RubisInterestImputation, i).to_indemnity;
      g_assert_cmpint (result->total_outstanding, ==,
                       input.principal + result->interest + result->indemnity - paid);
      g_assert_cmpint (result->total_outstanding, >=, 0);
    }
}

/* The law of 22 July 2014 added a point, for debts due from 29 July on. */
static void
test_german_margin (void)
{
  RubisInterestInput input = spring_invoice (100000, "2014-12-31");
  g_autoptr (RubisInterestResult) before = NULL;
  g_autoptr (RubisInterestResult) after = NULL;

  input.regime = RUBIS_INTEREST_DE_B2B;
  input.due_date = rubis_date_from_ymd (2014, 7, 28);
  before = compute (&input);
  g_assert_cmpint (g_array_index (before->segments, RubisInterestSegment, 0).rate, ==, 72700);
  input.due_date = rubis_date_from_ymd (2014, 7, 29);
  after = compute (&input);
  g_assert_cmpint (g_array_index (after->segments, RubisInterestSegment, 0).rate, ==, 82700);
}

static void
test_indemnity_bands (void)
{
  static const struct
  {
    RubisInterestRegime regime;
    gint64 principal;
    const char *currency;
    int due_year;
    gint64 indemnity;
    const char *indemnity_currency;
  } cases[] = {
    { RUBIS_INTEREST_UK_B2B, 99999, "GBP", 2025, 4000, "GBP" },
    { RUBIS_INTEREST_UK_B2B, 100000, "GBP", 2025, 7000, "GBP" },
    { RUBIS_INTEREST_UK_B2B, 999999, "GBP", 2025, 7000, "GBP" },
    { RUBIS_INTEREST_UK_B2B, 1000000, "GBP", 2025, 10000, "GBP" },
    { RUBIS_INTEREST_UK_B2B, 1000000, "EUR", 2025, 4000, "GBP" },
    { RUBIS_INTEREST_FR_B2B_CONTRACT, 100, "EUR", 2025, 4000, "EUR" },
    { RUBIS_INTEREST_FR_B2B_DEFAULT, 100000, "EUR", 2012, 0, "EUR" },
    { RUBIS_INTEREST_FR_PUBLIC, 100000, "EUR", 2025, 4000, "EUR" },
    { RUBIS_INTEREST_FR_LEGAL, 100000, "EUR", 2025, 0, "EUR" },
    { RUBIS_INTEREST_DE_CONSUMER, 100000, "EUR", 2025, 0, "EUR" },
    { RUBIS_INTEREST_CH, 100000, "CHF", 2025, 0, "EUR" },
    { RUBIS_INTEREST_FIXED, 100000, "EUR", 2025, 0, "EUR" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisCurrency currency, indemnity_currency;

      g_test_message ("case %u", (guint)i);
      g_assert_true (rubis_currency_parse (cases[i].currency, &currency));
      g_assert_cmpint (rubis_interest_regime_indemnity (cases[i].regime, cases[i].principal, currency,
                                                        rubis_date_from_ymd (cases[i].due_year, 6, 30),
                                                        &indemnity_currency),
                       ==, cases[i].indemnity);
      g_assert_cmpstr (indemnity_currency.code, ==, cases[i].indemnity_currency);
    }
}

static void
test_pick (void)
{
  static const struct
  {
    const char *country;
    RubisPartyKind debtor;
    gboolean individual;
    const char *regime; /* NULL: no rule */
  } cases[] = {
    { "FR", RUBIS_PARTY_PROFESSIONAL, FALSE, "fr_b2b_default" },
    { "fr", RUBIS_PARTY_INTRAGROUP, FALSE, "fr_b2b_default" },
    { "FR", RUBIS_PARTY_PUBLIC, FALSE, "fr_public" },
    { "FR", RUBIS_PARTY_CONSUMER, FALSE, "fr_legal" },
    { "FR", RUBIS_PARTY_PROFESSIONAL, TRUE, "fr_legal" },
    { "DE", RUBIS_PARTY_PROFESSIONAL, FALSE, "de_b2b" },
    { "DE", RUBIS_PARTY_CONSUMER, FALSE, "de_consumer" },
    { "BE", RUBIS_PARTY_PROFESSIONAL, FALSE, "be_b2b" },
    { "BE", RUBIS_PARTY_CONSUMER, FALSE, NULL },
    { "IT", RUBIS_PARTY_PUBLIC, FALSE, "it_b2b" },
    { "PT", RUBIS_PARTY_PROFESSIONAL, FALSE, "eu_b2b" },
    { "GB", RUBIS_PARTY_PROFESSIONAL, FALSE, "uk_b2b" },
    { "GB", RUBIS_PARTY_CONSUMER, FALSE, NULL },
    { "CH", RUBIS_PARTY_CONSUMER, FALSE, "ch" },
    { "US", RUBIS_PARTY_PROFESSIONAL, FALSE, NULL },
    { "", RUBIS_PARTY_PROFESSIONAL, FALSE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisInterestRegime regime = RUBIS_INTEREST_FIXED;
      gboolean found
          = rubis_interest_regime_pick (cases[i].country, cases[i].debtor, cases[i].individual, &regime);

      g_test_message ("%s, kind %d", cases[i].country, cases[i].debtor);
      g_assert_cmpint (found, ==, cases[i].regime != NULL);
      if (found)
        g_assert_cmpstr (rubis_interest_regime_to_id (regime), ==, cases[i].regime);
    }
}

static void
test_ids (void)
{
  for (int i = 0; i < RUBIS_N_INTEREST_REGIMES; i++)
    {
      RubisInterestRegime regime;

      g_assert_true (
          rubis_interest_regime_from_id (rubis_interest_regime_to_id ((RubisInterestRegime)i), &regime));
      g_assert_cmpint (regime, ==, i);
      g_assert_nonnull (rubis_interest_regime_to_basis (regime));
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  rates = load_rates ();
  g_test_add_func ("/core/interest/examples", test_examples);
  g_test_add_func ("/core/interest/plain", test_plain);
  g_test_add_func ("/core/interest/paid-in-time", test_paid_in_time);
  g_test_add_func ("/core/interest/overpayment", test_overpayment);
  g_test_add_func ("/core/interest/foreign-currency", test_foreign_currency);
  g_test_add_func ("/core/interest/unknown-rate", test_unknown_rate);
  g_test_add_func ("/core/interest/frozen-past-known-rates", test_frozen_past_known_rates);
  g_test_add_func ("/core/interest/bad-input", test_bad_input);
  g_test_add_func ("/core/interest/additive", test_additive);
  g_test_add_func ("/core/interest/day-by-day", test_day_by_day);
  g_test_add_func ("/core/interest/nothing-lost", test_nothing_lost);
  g_test_add_func ("/core/interest/german-margin", test_german_margin);
  g_test_add_func ("/core/interest/indemnity-bands", test_indemnity_bands);
  g_test_add_func ("/core/interest/pick", test_pick);
  g_test_add_func ("/core/interest/ids", test_ids);
  status = g_test_run ();
  rubis_rates_free (rates);
  return status;
}
