/* rubis-plan.h: where a payment plan stands: what was paid of it, which instalment is next, whether it is respected.
 *
 * Payments on the items of a plan fill its instalments in their order; a credit note is no payment, it takes from the
 * last ones. Dunning follows the oldest instalment that is
 * not paid, not the due dates of the items. Acceleration (déchéance du terme) needs a notice with a deadline first
 * (C. civ. 1305-4 and 1231-5; Cass. civ. 1, 22 June 2017, 16-18.418).
 */
#pragma once

#include "rubis-date.h"
#include "rubis-instalments.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_PLAN_RESPECTED, /* nothing is late beyond the grace days */
  RUBIS_PLAN_LATE,      /* an instalment is: it is dunned */
  RUBIS_PLAN_DONE,      /* all was paid */
} RubisPlanStanding;

typedef struct
{
  RubisPlanStanding standing;
  gint64 total;      /* Σ instalments */
  gint64 paid;       /* of it, at most the total; with @credited */
  gint64 credited;   /* of @paid: by credit notes */
  int n_paid;        /* instalments paid in full */
  int next;          /* index of the oldest that is not paid; -1: none */
  RubisDate next_date; /* of it; RUBIS_DATE_NONE */
  gint64 next_open;  /* what is left of it */
  gint64 due;        /* Σ left of the instalments due before @today: what may be claimed */
  gint64 claim;      /* @due, or what is left of the next instalment when nothing is due yet: what a letter speaks of */
  RubisDate until;   /* last day on which it is respected if nothing is paid; RUBIS_DATE_NONE: all was paid */
  int n_late;        /* instalments late beyond the grace days */
} RubisPlanVerdict;

/* @instalments: by date; @paid: what was paid on the plan's items since it was agreed; @credited: of it by
 * credit notes. @grace_days: calendar days.
 */
void rubis_plan_judge (const RubisInstalment *instalments, gsize n, gint64 paid, gint64 credited, int grace_days,
                       RubisDate today, RubisPlanVerdict *verdict);
/* What becomes of late-payment interest while a plan runs. */
typedef enum
{
  RUBIS_PLAN_INTEREST_RUNS,
  RUBIS_PLAN_INTEREST_SUSPENDED, /* it does not run from the agreement on; a broken plan brings it back */
  RUBIS_PLAN_INTEREST_WAIVED,    /* none is claimed at all if the plan is done; a broken plan brings it back */
} RubisPlanInterest;
/* The last day to which interest is computed of an item in a plan that runs (or was carried out), @until without the
 * plan; RUBIS_DATE_NONE: none is claimed. A plan that was broken or cancelled changes nothing.
 */
RubisDate rubis_plan_interest_until (RubisPlanInterest interest, RubisDate agreed_on, RubisDate until);

/* What was paid of each instalment, oldest first; @credited of it lowers the last ones. @each has room for @n. */
void rubis_plan_spread_paid (const RubisInstalment *instalments, gsize n, gint64 paid, gint64 credited, gint64 *each);

/* An item as a plan took it. */
typedef struct
{
  gint64 amount;   /* of it in the plan; negative: a credit that the agreement deducted */
  gint64 excluded; /* what was open besides, contested when the plan was agreed */
  gint64 conceded; /* of @excluded: credited since, by disputes that the agreement knew */
  gint64 credited; /* by other credit notes since: they lower the plan's own part */
  gint64 open;     /* of the whole item, now */
} RubisPlanPart;
/* What is left of @part.amount: payments fill the plan, a credit note for what was contested does not. */
gint64 rubis_plan_part_left (const RubisPlanPart *part);

G_END_DECLS
