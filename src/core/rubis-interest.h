/* rubis-interest.h: late-payment interest and fixed indemnity of one debt.
 *
 * Interest is simple. Both end days count: it runs from the day after the due date (or a later
 * day, where the law wants a notice) to the day of payment or of computation. Each day bears the
 * rate of its half-year unless the regime freezes it. Arithmetic is exact; the total is rounded once,
 * half away from zero; a payment that is set against interest rounds what has accrued so far.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-interest-regime.h"
#include "rubis-money.h"
#include "rubis-rates.h"

G_BEGIN_DECLS

#define RUBIS_INTEREST_ERROR (rubis_interest_error_quark ())
typedef enum
{
  RUBIS_INTEREST_ERROR_RANGE, /* an amount does not fit in 64 bits */
  RUBIS_INTEREST_ERROR_INPUT, /* a date, an amount or a rate that cannot be computed with */
} RubisInterestError;
GQuark rubis_interest_error_quark (void);

typedef enum
{
  RUBIS_INTEREST_ACT_365 = 0, /* always over 365; 29 February counts */
  RUBIS_INTEREST_ACT_ACT = 1, /* a day of a leap year counts over 366 */
} RubisInterestBasis;

typedef enum
{
  RUBIS_INTEREST_PAYMENT_INTEREST_FIRST = 0,  /* Code civil, art. 1343-1 */
  RUBIS_INTEREST_PAYMENT_PRINCIPAL_FIRST = 1, /* agreed by the creditor */
  RUBIS_INTEREST_CREDIT_FROM_ORIGIN = 2,      /* corrects the invoice: as if it had always been lower */
  RUBIS_INTEREST_CREDIT_FROM_DATE = 3,        /* commercial gesture */
} RubisInterestEventKind;

/* Takes effect after the interest of its own day. Events after the end day are left out, except
 * credits from the origin.
 */
typedef struct
{
  RubisDate date;
  RubisInterestEventKind kind;
  gint64 amount; /* minor units, not negative */
} RubisInterestEvent;

/* Start from RUBIS_INTEREST_INPUT_INIT. */
typedef struct
{
  gint64 principal; /* minor units, tax included; interest is zero when not positive */
  RubisCurrency currency;
  RubisDate due_date;
  RubisDate interest_from; /* RUBIS_DATE_NONE: the day after the due date. A consumer owes interest
                              from a formal notice only: give its day */
  RubisDate end_date;
  RubisInterestRegime regime;
  RubisInterestTerms terms;
  RubisInterestBasis basis;
  gboolean no_indemnity;            /* waived, or forbidden by insolvency proceedings */
  const RubisInterestEvent *events; /* (nullable), in any order; those of one day in theirs */
  gsize n_events;
} RubisInterestInput;
#define RUBIS_INTEREST_INPUT_INIT                                                                            \
  ((RubisInterestInput){ .currency = RUBIS_CURRENCY_EUR,                                                     \
                         .due_date = RUBIS_DATE_NONE,                                                        \
                         .interest_from = RUBIS_DATE_NONE,                                                   \
                         .end_date = RUBIS_DATE_NONE,                                                        \
                         .terms = { .surcharge_from = RUBIS_DATE_NONE } })

/* Days of one principal and one rate, both ends included, within a half-year. */
typedef struct
{
  RubisDate from;
  RubisDate to;
  int days;
  gint64 principal;
  RubisRate rate;
  gint64 interest; /* rounded to the minor unit, to be shown; the sum of segments may differ from the
                      total by a unit */
  gint64 exact;    /* in ten-thousandths of the minor unit */
} RubisInterestSegment;

/* What became of an event's amount. */
typedef struct
{
  RubisDate date;
  RubisInterestEventKind kind;
  gint64 to_interest;
  gint64 to_principal;
  gint64 to_indemnity;
  gint64 excess; /* paid beyond all that was owed */
  gint64 principal_after;
  gint64 unpaid_interest_after;
} RubisInterestImputation;

typedef struct
{
  int days;             /* days that bore interest */
  GArray *segments;     /* of RubisInterestSegment, by date */
  GArray *imputations;  /* of RubisInterestImputation, without credits from the origin */
  gint64 interest;      /* all that accrued, paid or not */
  gint64 interest_paid; /* part of it that payments covered */
  gint64 principal_outstanding;
  gint64 indemnity; /* minor units of @indemnity_currency, paid or not */
  gint64 indemnity_paid;
  RubisCurrency indemnity_currency;
  gint64 excess;
  gint64 total_outstanding; /* in the debt's currency; without the indemnity when that is in another */
} RubisInterestResult;

/* NULL and @error when a rate is not known (RUBIS_RATES_ERROR_UNKNOWN, naming the first such day),
 * when the input makes no sense or an amount overflows.
 */
RubisInterestResult *rubis_interest_compute (const RubisInterestInput *input, const RubisRates *rates,
                                             GError **error);
void rubis_interest_result_free (RubisInterestResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisInterestResult, rubis_interest_result_free)

/* "act/365", "act/act". */
const char *rubis_interest_basis_to_id (RubisInterestBasis basis);
gboolean rubis_interest_basis_from_id (const char *id, RubisInterestBasis *basis);

G_END_DECLS
