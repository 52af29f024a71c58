#include "rubis-aging.h"

#include "rubis-test.h"

/* Every boundary, on both sides: nothing falls between two buckets. */
static void
test_boundaries (void)
{
  static const struct
  {
    int days_late;
    const char *bucket;
  } cases[] = {
    { -10000, "not_due" }, { -31, "not_due" }, { -30, "not_due" }, { -1, "not_due" },    { 0, "not_due" },
    { 1, "1_30" },         { 29, "1_30" },     { 30, "1_30" },     { 31, "31_60" },      { 60, "31_60" },
    { 61, "61_90" },       { 90, "61_90" },    { 91, "over_90" },  { 10000, "over_90" },
  };
  RubisDate today = rubis_date_from_ymd (2026, 11, 21);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisAgingBucket bucket = rubis_aging_bucket (today - cases[i].days_late, today);

      g_test_message ("%d days late", cases[i].days_late);
      g_assert_cmpstr (rubis_aging_bucket_to_id (bucket), ==, cases[i].bucket);
    }
  g_assert_cmpint (rubis_aging_bucket (RUBIS_DATE_NONE, today), ==, RUBIS_AGING_NOT_DUE);
}

static gint64
sum (const RubisAging *aging)
{
  gint64 total = aging->credits;

  for (int i = 0; i < RUBIS_N_AGING_BUCKETS; i++)
    total += aging->amounts[i];
  return total;
}

static void
test_balance (void)
{
  RubisAging aging = { 0 };
  RubisDate today = rubis_date_from_ymd (2026, 11, 21);
  gint64 expected = 0;

  for (int late = -120; late <= 120; late++)
    {
      gint64 open = late % 7 == 0 ? -(late + 500) : late + 1000;

      g_assert_true (rubis_aging_add (&aging, open, today - late, today));
      expected += open;
    }
  g_assert_true (rubis_aging_add (&aging, 0, today, today));
  g_assert_cmpint (aging.balance, ==, expected);
  g_assert_cmpint (sum (&aging), ==, expected);
  g_assert_cmpint (aging.counts[0] + aging.counts[1] + aging.counts[2] + aging.counts[3] + aging.counts[4]
                       + aging.n_credits,
                   ==, 241);
}

static void
test_credits (void)
{
  RubisAging aging = { 0 };
  RubisDate today = rubis_date_from_ymd (2026, 11, 21);

  g_assert_true (rubis_aging_add (&aging, 10000, today - 45, today));
  g_assert_true (rubis_aging_add (&aging, 500, today, today));
  g_assert_true (rubis_aging_add (&aging, -2500, today - 3, today));
  g_assert_cmpint (aging.amounts[RUBIS_AGING_31_60], ==, 10000);
  g_assert_cmpint (aging.amounts[RUBIS_AGING_1_30], ==, 0);
  g_assert_cmpint (aging.credits, ==, -2500);
  g_assert_cmpint (aging.balance, ==, 8000);
  g_assert_cmpint (rubis_aging_overdue (&aging), ==, 10000);
}

static void
test_overflow (void)
{
  RubisAging aging = { 0 };
  RubisDate today = rubis_date_from_ymd (2026, 11, 21);

  g_assert_true (rubis_aging_add (&aging, G_MAXINT64, today, today));
  g_assert_false (rubis_aging_add (&aging, 1, today - 1, today));
  g_assert_cmpint (aging.balance, ==, G_MAXINT64);
  g_assert_cmpint (aging.amounts[RUBIS_AGING_1_30], ==, 0);
  g_assert_cmpint (aging.counts[RUBIS_AGING_1_30], ==, 0);
}

static void
test_labels (void)
{
  g_assert_cmpstr (rubis_aging_bucket_to_label (RUBIS_AGING_NOT_DUE), ==, "Not due");
  g_assert_cmpstr (rubis_aging_bucket_to_label (RUBIS_AGING_OVER_90), ==, "Over 90 days");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/aging/boundaries", test_boundaries);
  g_test_add_func ("/core/aging/balance", test_balance);
  g_test_add_func ("/core/aging/credits", test_credits);
  g_test_add_func ("/core/aging/overflow", test_overflow);
  g_test_add_func ("/core/aging/labels", test_labels);
  return g_test_run ();
}
