#include "rubis-interest.h"

#include <string.h>

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (rubis - interest - error - quark, rubis_interest_error)

/* Interest is a count of minor units over this: a rate unit is a millionth, and days are over 365 or
 * 366, of which 365 × 366 is the common denominator. */
#define DENOMINATOR ((__int128)1000000 * 365 * 366)
#define EXACT_UNITS 10000

typedef struct
{
  const RubisInterestInput *input;
  const RubisRates *rates;
  RubisInterestResult *result;
  RubisDate interest_from;
  gint64 principal;
  gint64 rounded;   /* interest rounded so far */
  __int128 accrued; /* since the last rounding, over DENOMINATOR */
  gboolean late;    /* something was owed on the day after the due date */
} Run;

const char *
rubis_interest_basis_to_id (RubisInterestBasis basis)
{
  return basis == RUBIS_INTEREST_ACT_ACT ? "act/act" : "act/365";
}

gboolean
rubis_interest_basis_from_id (const char *id, RubisInterestBasis *basis)
{
  g_return_val_if_fail (basis != NULL, FALSE);

  if (g_strcmp0 (id, "act/365") == 0)
    *basis = RUBIS_INTEREST_ACT_365;
  else if (g_strcmp0 (id, "act/act") == 0)
    *basis = RUBIS_INTEREST_ACT_ACT;
  else
    return FALSE;
  return TRUE;
}

void
rubis_interest_result_free (RubisInterestResult *result)
{
  if (result == NULL)
    return;
  g_clear_pointer (&result->segments, g_array_unref);
  g_clear_pointer (&result->imputations, g_array_unref);
  g_free (result);
}

static gboolean
fail_range (GError **error)
{
  g_set_error_literal (error, RUBIS_INTEREST_ERROR, RUBIS_INTEREST_ERROR_RANGE,
                       _ ("The interest is too large to be computed"));
  return FALSE;
}

static gboolean
round_half_away (__int128 numerator, gint64 *rounded, GError **error)
{
  __int128 magnitude = numerator < 0 ? -numerator : numerator;
  __int128 quotient = (magnitude + DENOMINATOR / 2) / DENOMINATOR;

  if (quotient > G_MAXINT64)
    return fail_range (error);
  *rounded = numerator < 0 ? -(gint64)quotient : (gint64)quotient;
  return TRUE;
}

static gboolean
add_segment (Run *run, RubisDate from, RubisDate to, GError **error)
{
  const RubisInterestInput *input = run->input;
  RubisInterestSegment segment
      = { .from = from, .to = to, .days = to - from + 1, .principal = run->principal };
  __int128 numerator;
  int year, month, day;

  if (!rubis_interest_regime_rate (input->regime, &input->terms, run->rates, input->due_date,
                                   run->interest_from, from, &segment.rate, error))
    return FALSE;
  rubis_date_to_ymd (from, &year, &month, &day);
  numerator = (__int128)run->principal * segment.rate * segment.days;
  numerator *= input->basis == RUBIS_INTEREST_ACT_ACT && rubis_date_is_leap_year (year) ? 365 : 366;
  if (!round_half_away (numerator, &segment.interest, error)
      || !round_half_away (numerator * EXACT_UNITS, &segment.exact, error))
    return FALSE;
  g_array_append_val (run->result->segments, segment);
  run->result->days += segment.days;
  run->accrued += numerator;
  return TRUE;
}

/* Interest from @from to @to, cut where a rate may change. */
static gboolean
accrue (Run *run, RubisDate from, RubisDate to, GError **error)
{
  RubisDate surcharge = run->input->terms.surcharge_from;

  while (from <= to && run->principal > 0)
    {
      RubisDate end = MIN (to, rubis_rates_half_year_end (from));

      if (run->input->regime == RUBIS_INTEREST_FR_LEGAL && surcharge > from && surcharge <= end)
        end = surcharge - 1;
      if (!add_segment (run, from, end, error))
        return FALSE;
      from = end + 1;
    }
  return TRUE;
}

/* Rounds what accrued since the last time, and adds it to the interest owed. */
static gboolean
settle_interest (Run *run, GError **error)
{
  gint64 rounded;

  if (!round_half_away (run->accrued, &rounded, error))
    return FALSE;
  run->accrued = 0;
  return rubis_money_add (run->rounded, rounded, &run->rounded) || fail_range (error);
}

static gint64
take (gint64 *amount, gint64 owed)
{
  gint64 part = CLAMP (owed, 0, *amount);

  *amount -= part;
  return part;
}

static gboolean
pay_interest (Run *run, gint64 *amount, RubisInterestImputation *imputation, GError **error)
{
  if (!settle_interest (run, error))
    return FALSE;
  imputation->to_interest = take (amount, run->rounded - run->result->interest_paid);
  run->result->interest_paid += imputation->to_interest;
  return TRUE;
}

static void
pay_principal (Run *run, gint64 *amount, RubisInterestImputation *imputation)
{
  imputation->to_principal = take (amount, run->principal);
  run->principal -= imputation->to_principal;
}

/* The rank of the indemnity is not settled by law: last, after interest and principal. It can only be
 * paid by the debt's currency when it is in that currency. */
static void
pay_indemnity (Run *run, gint64 *amount, RubisInterestImputation *imputation)
{
  RubisInterestResult *result = run->result;

  if (!run->late || !rubis_currency_equal (result->indemnity_currency, run->input->currency))
    return;
  imputation->to_indemnity = take (amount, result->indemnity - result->indemnity_paid);
  result->indemnity_paid += imputation->to_indemnity;
}

static gboolean
apply_event (Run *run, const RubisInterestEvent *event, GError **error)
{
  RubisInterestImputation imputation = { .date = event->date, .kind = event->kind };
  gint64 amount = event->amount;

  if (event->kind == RUBIS_INTEREST_PAYMENT_INTEREST_FIRST
      && !pay_interest (run, &amount, &imputation, error))
    return FALSE;
  pay_principal (run, &amount, &imputation);
  if (event->kind == RUBIS_INTEREST_PAYMENT_PRINCIPAL_FIRST && amount > 0
      && !pay_interest (run, &amount, &imputation, error))
    return FALSE;
  if (event->kind != RUBIS_INTEREST_CREDIT_FROM_DATE)
    pay_indemnity (run, &amount, &imputation);
  imputation.excess = amount;
  if (!rubis_money_add (run->result->excess, amount, &run->result->excess))
    return fail_range (error);
  imputation.principal_after = run->principal;
  imputation.unpaid_interest_after = run->rounded - run->result->interest_paid;
  g_array_append_val (run->result->imputations, imputation);
  return TRUE;
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  RubisDate first = ((const RubisInterestEvent *)a)->date;
  RubisDate second = ((const RubisInterestEvent *)b)->date;

  return (first > second) - (first < second);
}

/* The events that have happened, by date; credits from the origin lower the principal at once. */
static GArray *
prepare_events (Run *run, GError **error)
{
  const RubisInterestInput *input = run->input;
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (RubisInterestEvent));

  for (gsize i = 0; i < input->n_events; i++)
    {
      const RubisInterestEvent *event = &input->events[i];

      if (event->amount < 0 || event->date < RUBIS_DATE_MIN || event->date > RUBIS_DATE_MAX)
        {
          g_set_error_literal (error, RUBIS_INTEREST_ERROR, RUBIS_INTEREST_ERROR_INPUT,
                               _ ("A payment or credit needs a date and an amount that is not negative"));
          return NULL;
        }
      if (event->kind == RUBIS_INTEREST_CREDIT_FROM_ORIGIN)
        {
          gint64 amount = event->amount;

          run->principal -= take (&amount, run->principal);
          if (!rubis_money_add (run->result->excess, amount, &run->result->excess))
            {
              fail_range (error);
              return NULL;
            }
        }
      else if (event->date <= input->end_date)
        g_array_append_val (events, *event);
    }
  g_array_sort (events, compare_events);
  return g_steal_pointer (&events);
}

static gboolean
check_input (const RubisInterestInput *input, GError **error)
{
  gboolean dates = input->due_date >= RUBIS_DATE_MIN && input->due_date < RUBIS_DATE_MAX
                   && input->end_date >= RUBIS_DATE_MIN && input->end_date < RUBIS_DATE_MAX
                   && (input->interest_from == RUBIS_DATE_NONE
                       || (input->interest_from >= RUBIS_DATE_MIN && input->interest_from < RUBIS_DATE_MAX));

  if (dates && input->terms.rate >= 0 && input->terms.rate <= 1000 * RUBIS_RATE_PERCENT)
    return TRUE;
  g_set_error_literal (error, RUBIS_INTEREST_ERROR, RUBIS_INTEREST_ERROR_INPUT,
                       dates ? _ ("The agreed rate must lie between 0 and 1,000 percent")
                             : _ ("Interest needs a due date and an end date between 1900 and 2199"));
  return FALSE;
}

/* The indemnity is owed once a day has been late, whatever is paid afterwards. */
static void
note_lateness (Run *run)
{
  if (run->late || run->principal <= 0 || run->input->end_date <= run->input->due_date)
    return;
  run->late = TRUE;
  if (!run->input->no_indemnity)
    run->result->indemnity
        = rubis_interest_regime_indemnity (run->input->regime, run->principal, run->input->currency,
                                           run->input->due_date, &run->result->indemnity_currency);
}

static gboolean
finish (Run *run, GError **error)
{
  RubisInterestResult *result = run->result;
  gint64 indemnity = 0;

  if (!settle_interest (run, error))
    return FALSE;
  result->interest = run->rounded;
  result->principal_outstanding = run->principal;
  if (rubis_currency_equal (result->indemnity_currency, run->input->currency))
    indemnity = result->indemnity - result->indemnity_paid;
  if (!rubis_money_add (run->principal, result->interest - result->interest_paid, &result->total_outstanding)
      || !rubis_money_add (result->total_outstanding, indemnity, &result->total_outstanding))
    return fail_range (error);
  return TRUE;
}

RubisInterestResult *
rubis_interest_compute (const RubisInterestInput *input, const RubisRates *rates, GError **error)
{
  g_autoptr (RubisInterestResult) result = NULL;
  g_autoptr (GArray) events = NULL;
  Run run = { .input = input, .rates = rates };
  RubisDate next;

  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (rates != NULL, NULL);
  g_return_val_if_fail (input->events != NULL || input->n_events == 0, NULL);

  if (!check_input (input, error))
    return NULL;
  result = g_new0 (RubisInterestResult, 1);
  result->segments = g_array_new (FALSE, FALSE, sizeof (RubisInterestSegment));
  result->imputations = g_array_new (FALSE, FALSE, sizeof (RubisInterestImputation));
  result->indemnity_currency = RUBIS_CURRENCY_EUR;
  run.result = result;
  run.principal = input->principal;
  run.interest_from = input->interest_from == RUBIS_DATE_NONE ? input->due_date + 1 : input->interest_from;
  events = prepare_events (&run, error);
  if (events == NULL)
    return NULL;

  next = run.interest_from;
  for (guint i = 0; i < events->len; i++)
    {
      const RubisInterestEvent *event = &g_array_index (events, RubisInterestEvent, i);

      if (event->date > input->due_date)
        note_lateness (&run);
      if (!accrue (&run, next, event->date, error))
        return NULL;
      next = MAX (next, event->date + 1);
      if (!apply_event (&run, event, error))
        return NULL;
    }
  note_lateness (&run);
  if (!accrue (&run, next, input->end_date, error) || !finish (&run, error))
    return NULL;
  return g_steal_pointer (&result);
}
