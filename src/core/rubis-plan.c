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
rubis_plan_spread_paid (const RubisInstalment *instalments, gsize n, gint64 paid, gint64 *each)
{
  gint64 left = MAX (0, paid);

  for (gsize i = 0; i < n; i++)
    {
      each[i] = MIN (left, instalments[i].amount);
      left -= each[i];
    }
}

gint64
rubis_plan_part_left (const RubisPlanPart *part)
{
  gint64 outside = MAX (0, part->excluded - part->conceded);

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
rubis_plan_judge (const RubisInstalment *instalments, gsize n, gint64 paid, int grace_days, RubisDate today,
                  RubisPlanVerdict *verdict)
{
  gint64 left_to_spread = MAX (0, paid);

  *verdict = (RubisPlanVerdict){
    .standing = RUBIS_PLAN_DONE, .next = -1, .next_date = RUBIS_DATE_NONE, .until = RUBIS_DATE_NONE
  };
  for (gsize i = 0; i < n; i++)
    {
      const RubisInstalment *instalment = &instalments[i];
      gint64 of_this = MIN (left_to_spread, instalment->amount);
      gint64 left = instalment->amount - of_this;

      add_saturated (&verdict->total, instalment->amount);
      verdict->paid += of_this;
      left_to_spread -= of_this;
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
