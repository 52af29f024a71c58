#include "rubis-plan.h"

#include "rubis-money.h"

/* An agreement that was read from a file could be beyond any ledger: the sum is the largest one then. */
static void
add_saturated (gint64 *sum, gint64 amount)
{
  if (!rubis_money_add (*sum, amount, sum))
    *sum = G_MAXINT64;
}

void
rubis_plan_spread_paid (const RubisInstalment *instalments, gsize n, gint64 paid, gint64 credited,
                        gint64 *each)
{
  gint64 left = MAX (0, credited);

  for (gsize i = n; i > 0; i--)
    {
      each[i - 1] = MIN (left, instalments[i - 1].amount);
      left -= each[i - 1];
    }
  left = MAX (0, paid - MAX (0, credited));
  for (gsize i = 0; i < n; i++)
    {
      gint64 taken = MIN (left, instalments[i].amount - each[i]);

      each[i] += taken;
      left -= taken;
    }
}

gint64
rubis_plan_part_left (const RubisPlanPart *part)
{
  gint64 outside = MAX (0, part->excluded - part->conceded);

  if (part->amount < 0)
    return CLAMP (part->open, part->amount, 0);
  return CLAMP (part->open - outside, 0, part->amount);
}

RubisDate
rubis_plan_interest_until (RubisPlanInterest interest, RubisDate agreed_on, RubisDate until)
{
  switch (interest)
    {
    case RUBIS_PLAN_INTEREST_SUSPENDED:
      return MIN (until, agreed_on);
    case RUBIS_PLAN_INTEREST_WAIVED:
      return RUBIS_DATE_NONE;
    case RUBIS_PLAN_INTEREST_RUNS:
    default:
      return until;
    }
}

void
rubis_plan_judge (const RubisInstalment *instalments, gsize n, gint64 paid, gint64 credited, int grace_days,
                  RubisDate today, RubisPlanVerdict *verdict)
{
  g_autofree gint64 *each = g_new (gint64, n);

  *verdict = (RubisPlanVerdict){ .standing = RUBIS_PLAN_DONE,
                                 .credited = MAX (0, credited),
                                 .next = -1,
                                 .next_date = RUBIS_DATE_NONE,
                                 .until = RUBIS_DATE_NONE };
  rubis_plan_spread_paid (instalments, n, paid, credited, each);
  for (gsize i = 0; i < n; i++)
    {
      const RubisInstalment *instalment = &instalments[i];
      gint64 left = instalment->amount - each[i];

      add_saturated (&verdict->total, instalment->amount);
      verdict->paid += each[i];
      if (left == 0)
        {
          verdict->n_paid++;
          continue;
        }
      if (verdict->next < 0)
        {
          verdict->standing = RUBIS_PLAN_RESPECTED;
          verdict->next = (int)i;
          verdict->next_date = instalment->date;
          verdict->next_open = left;
          verdict->until = instalment->date + MAX (0, grace_days);
        }
      if (instalment->date < today)
        add_saturated (&verdict->due, left);
      if (instalment->date + MAX (0, grace_days) < today)
        {
          verdict->standing = RUBIS_PLAN_LATE;
          verdict->n_late++;
        }
    }
  verdict->claim = verdict->due > 0 ? verdict->due : verdict->next_open;
}
