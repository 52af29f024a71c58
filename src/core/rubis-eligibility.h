/* rubis-eligibility.h: may this item be dunned today, and how?
 *
 * The one function that answers, from facts alone. The grid, the agenda, the letters, the command
 * line and "Why?" all show its answer.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-policy.h"
#include "rubis-types.h"

G_BEGIN_DECLS

/* Why an item is not dunned; the numbers are the stable codes E01 … E24. */
typedef enum {
  RUBIS_REASON_PAUSED = 1,          /* E01 the company paused all dunning */
  RUBIS_REASON_STALE = 2,           /* E02 the data are older than the freshness limit */
  RUBIS_REASON_ACCOUNT_TYPE = 3,    /* E03 internal or intragroup account, or a policy that never duns */
  RUBIS_REASON_INSOLVENCY = 4,      /* E04 */
  RUBIS_REASON_ACCOUNT_STOP = 5,    /* E05 */
  RUBIS_REASON_ITEM_STOP = 6,       /* E06 */
  RUBIS_REASON_NOT_A_DEBIT = 7,     /* E07 credit, payment, down-payment request */
  RUBIS_REASON_SETTLED = 8,         /* E08 open amount zero or less */
  RUBIS_REASON_SMALL_ITEM = 9,      /* E09 */
  RUBIS_REASON_DIRECT_DEBIT = 10,   /* E10 paid automatically */
  RUBIS_REASON_DRAFT = 11,          /* E11 draft in transit */
  RUBIS_REASON_WITH_AGENT = 12,     /* E12 lawyer, agency or insurer */
  RUBIS_REASON_DISPUTE = 13,        /* E13 disputed in full */
  RUBIS_REASON_PROMISE = 14,        /* E14 promise not yet broken */
  RUBIS_REASON_PLAN = 15,           /* E15 payment plan respected */
  RUBIS_REASON_NOT_DUE = 16,        /* E16 */
  RUBIS_REASON_TRANSIT = 17,        /* E17 too recent */
  RUBIS_REASON_DONE = 18,           /* E18 no step to do: all are done, or the next one is not reached */
  RUBIS_REASON_THROTTLE = 19,       /* E19 the account was contacted a short while ago */
  RUBIS_REASON_COVERED = 20,        /* E20 credits cover the debt, or it is below the minimum */
  RUBIS_REASON_CEILING = 21,        /* E21 above the automatic ceiling: a person decides */
  RUBIS_REASON_NO_ADDRESS = 22,     /* E22 */
  RUBIS_REASON_CLOSED_DAY = 23,     /* E23 shifted to the next open day */
  RUBIS_REASON_NOTICE = 24,         /* E24 the deadline of a registered notice has not passed */
} RubisReason;
#define RUBIS_N_REASONS 25
#define RUBIS_REASON_BIT(reason) (1u << (reason))

/* What is known of the whole dossier on the day. */
typedef struct {
  gboolean paused;
  RubisDate paused_until;  /* RUBIS_DATE_NONE: without end */
  RubisDate data_date;     /* last import; RUBIS_DATE_NONE: none yet */
  int freshness_days;      /* 0: no limit */
} RubisDossierFacts;

/* What is known of an account, in one currency. */
typedef struct {
  RubisPartyKind kind;
  RubisInsolvency insolvency;
  gboolean stop;
  RubisDate stop_until;     /* RUBIS_DATE_NONE: without end */
  gboolean with_agent;
  gboolean direct_debit;    /* the account's usual means of payment */
  gboolean has_email;
  gboolean has_address;     /* one to which letters arrive: none came back from it */
  gboolean has_phone;
  RubisDate last_contact;   /* of any channel; RUBIS_DATE_NONE: never */
  gint64 due_debits;        /* Σ open amounts of debits due on the day */
  gint64 credits;           /* Σ available credits, as a positive amount */
} RubisAccountFacts;

typedef struct {
  RubisItemType type;
  RubisDate due_date;       /* RUBIS_DATE_NONE: unknown */
  gint64 total;
  gint64 open;
  gint64 disputed;          /* part of the open amount in open disputes that keep it out of dunning */
  gint64 contested;         /* part in open disputes, also those in which dunning goes on */
  gboolean stop;
  RubisDate stop_until;
  gboolean direct_debit;    /* this item is to be debited */
  gboolean other_means;     /* paid by other means than the account's usual ones */
  gboolean debit_returned;  /* the debit or draft was returned: it no longer excuses the item */
  gboolean draft;           /* accepted draft in transit */
  gboolean with_agent;
  RubisDate promise_date;   /* of the open promise; RUBIS_DATE_NONE: none */
  gboolean plan;            /* in a payment plan: @due_date is that of its oldest unpaid instalment */
  gint64 plan_share;        /* with @plan: what its instalments ask of this item now */
  RubisDate plan_until;     /* with @plan: last day on which it is respected; RUBIS_DATE_NONE: without end */
  RubisDate notice_until;   /* last day of the deadline of a posted formal notice; RUBIS_DATE_NONE: none runs */
  gboolean notice_pending;  /* a formal notice was written whose deadline does not run yet */
  RubisDate resumed_date;   /* day on which the last dispute ended; RUBIS_DATE_NONE: never disputed */
  RubisDate first_seen;     /* day of the import that brought it */
  int level;                /* RUBIS_LEVEL_NONE or the rank of the last step done */
  RubisDate level_date;     /* day of that step, or on which a person set the item back to the first one */
} RubisItemFacts;

typedef struct {
  gboolean eligible;
  guint32 reasons;          /* RUBIS_REASON_BIT of each reason against; 0 when eligible */
  guint32 notes;            /* reasons that do not forbid but make a person decide (E21) */
  const RubisStep *step;    /* (nullable) (unowned) the step to do, or the next one to wait for */
  RubisChannel channel;     /* of the step, or its fallback */
  RubisValidation validation;
  RubisDate step_date;      /* first day on which the step is reached; NONE when there is no step */
} RubisVerdict;

/* Answers for one item on the day @today. A promise, dispute or plan that does not exist yet is
 * simply absent from the facts. @business_day says whether documents leave today (weekends,
 * holidays): the caller asks the calendar once a day, not once an item.
 */
void rubis_eligibility_evaluate (const RubisPolicy *policy, const RubisDossierFacts *dossier,
                                 const RubisAccountFacts *account, const RubisItemFacts *item, RubisDate today,
                                 gboolean business_day, RubisVerdict *verdict);

/* Last day on which @reason holds, or RUBIS_DATE_NONE when no date ends it. */
RubisDate rubis_eligibility_reason_until (RubisReason reason, const RubisPolicy *policy,
                                          const RubisDossierFacts *dossier, const RubisAccountFacts *account,
                                          const RubisItemFacts *item, const RubisVerdict *verdict, RubisDate today);

/* The part of the open amount that may be claimed: open − disputed, never below zero; of an item in a payment plan no
 * more than its instalments ask for.
 */
gint64 rubis_eligibility_claimable (const RubisItemFacts *item);

/* Whether the item is a debt whose due date is past: no credit, no down-payment request, no draft in
 * transit. What makes up RubisAccountFacts.due_debits.
 */
gboolean rubis_eligibility_is_overdue (const RubisItemFacts *item, RubisDate today);

/* "E14"; static. */
const char *rubis_reason_to_code (RubisReason reason);
/* One sentence in the user's language; static. */
const char *rubis_reason_to_text (RubisReason reason);

G_END_DECLS
