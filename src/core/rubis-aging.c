#include "rubis-aging.h"

#include <glib/gi18n-lib.h>

#include "rubis-money.h"

static const struct
{
  const char *id;
  const char *label;
} names[RUBIS_N_AGING_BUCKETS] = {
  { "not_due", N_ ("Not due") },  { "1_30", N_ ("1–30 days") },       { "31_60", N_ ("31–60 days") },
  { "61_90", N_ ("61–90 days") }, { "over_90", N_ ("Over 90 days") },
};

RubisAgingBucket
rubis_aging_bucket (RubisDate due, RubisDate today)
{
  gint64 days;

  if (due == RUBIS_DATE_NONE)
    return RUBIS_AGING_NOT_DUE;
  days = (gint64)today - due;
  if (days <= 0)
    return RUBIS_AGING_NOT_DUE;
  if (days <= 30)
    return RUBIS_AGING_1_30;
  if (days <= 60)
    return RUBIS_AGING_31_60;
  return days <= 90 ? RUBIS_AGING_61_90 : RUBIS_AGING_OVER_90;
}

gboolean
rubis_aging_add (RubisAging *aging, gint64 open, RubisDate due, RubisDate today)
{
  gint64 *place;
  guint *count;
  gint64 balance, amount;

  g_return_val_if_fail (aging != NULL, FALSE);

  if (open == 0)
    return TRUE;
  if (open < 0)
    {
      place = &aging->credits;
      count = &aging->n_credits;
    }
  else
    {
      RubisAgingBucket bucket = rubis_aging_bucket (due, today);

      place = &aging->amounts[bucket];
      count = &aging->counts[bucket];
    }
  if (!rubis_money_add (aging->balance, open, &balance) || !rubis_money_add (*place, open, &amount))
    return FALSE;
  aging->balance = balance;
  *place = amount;
  *count += 1;
  return TRUE;
}

gint64
rubis_aging_overdue (const RubisAging *aging)
{
  gint64 overdue = 0;

  g_return_val_if_fail (aging != NULL, 0);

  /* Only huge credits could hide an overflow from the balance: say the most that can be said. */
  for (int i = RUBIS_AGING_1_30; i < RUBIS_N_AGING_BUCKETS; i++)
    {
      if (!rubis_money_add (overdue, aging->amounts[i], &overdue))
        return G_MAXINT64;
    }
  return overdue;
}

const char *
rubis_aging_bucket_to_id (RubisAgingBucket bucket)
{
  g_return_val_if_fail ((guint)bucket < RUBIS_N_AGING_BUCKETS, NULL);

  return names[bucket].id;
}

const char *
rubis_aging_bucket_to_label (RubisAgingBucket bucket)
{
  g_return_val_if_fail ((guint)bucket < RUBIS_N_AGING_BUCKETS, NULL);

  return _ (names[bucket].label);
}
