#include "rubis-promise.h"

#include <glib/gi18n-lib.h>

#include "rubis-calendar.h"
#include "rubis-money.h"

static const struct
{
  const char *id;
  const char *label; /* untranslated */
} states[RUBIS_N_PROMISE_STATES] = {
  [RUBIS_PROMISE_OPEN] = { "open", NC_ ("promises", "Running") },
  [RUBIS_PROMISE_KEPT] = { "kept", NC_ ("promises", "Kept") },
  [RUBIS_PROMISE_PARTIAL] = { "partial", NC_ ("promises", "Kept in part") },
  [RUBIS_PROMISE_BROKEN] = { "broken", NC_ ("promises", "Broken") },
  [RUBIS_PROMISE_REPLACED] = { "replaced", NC_ ("promises", "Replaced") },
  [RUBIS_PROMISE_WITHDRAWN] = { "withdrawn", NC_ ("promises", "Withdrawn") },
};

const char *
rubis_promise_state_to_id (RubisPromiseState state)
{
  g_return_val_if_fail ((int)state >= 0 && state < RUBIS_N_PROMISE_STATES, "");

  return states[state].id;
}

gboolean
rubis_promise_state_from_id (const char *id, RubisPromiseState *state)
{
  g_return_val_if_fail (id != NULL && state != NULL, FALSE);

  for (int i = 0; i < RUBIS_N_PROMISE_STATES; i++)
    {
      if (g_str_equal (states[i].id, id))
        {
          *state = (RubisPromiseState)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_promise_state_to_label (RubisPromiseState state)
{
  g_return_val_if_fail ((int)state >= 0 && state < RUBIS_N_PROMISE_STATES, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "promises", states[state].label);
}

RubisDate
rubis_promise_until (RubisDate date, int grace)
{
  RubisDate until;

  g_return_val_if_fail (date != RUBIS_DATE_NONE && grace >= 0, date);

  /* Banks move nothing on a Sunday: without grace, too, the next day counts. */
  until = grace == 0
              ? rubis_calendar_next_business_day (RUBIS_CALENDAR_TARGET, RUBIS_WORKDAYS_OUVRE, date)
              : rubis_calendar_add_business_days (RUBIS_CALENDAR_TARGET, RUBIS_WORKDAYS_OUVRE, date, grace);
  return until != RUBIS_DATE_NONE ? until : date;
}

static void
add_to (gint64 *sum, gint64 amount)
{
  if (!rubis_money_add (*sum, amount, sum))
    *sum = amount > 0 ? G_MAXINT64 : G_MININT64;
}

void
rubis_promise_judge (gint64 amount, RubisDate date, int grace, const RubisPromisePayment *payments, gsize n,
                     RubisDate data_date, RubisDate first_data_after, RubisDate today,
                     RubisPromiseVerdict *verdict)
{
  RubisDate until = rubis_promise_until (date, grace);
  gint64 in_time = 0;
  gint64 later = 0;

  g_return_if_fail (verdict != NULL && (payments != NULL || n == 0));

  for (gsize i = 0; i < n; i++)
    {
      gboolean soon = payments[i].date <= until
                      || (first_data_after != RUBIS_DATE_NONE && payments[i].date == first_data_after);

      add_to (soon ? &in_time : &later, payments[i].amount);
    }
  /* What was taken back later was not paid. */
  if (later < 0)
    {
      add_to (&in_time, later);
      later = 0;
    }
  *verdict = (RubisPromiseVerdict){
    .paid = CLAMP (in_time, 0, amount),
    .paid_later = CLAMP (later, 0, amount - CLAMP (in_time, 0, amount)),
    .until = until,
    .verified = TRUE,
  };
  if (verdict->paid >= amount)
    verdict->state = RUBIS_PROMISE_KEPT;
  else if (today <= until)
    verdict->state = RUBIS_PROMISE_OPEN;
  else
    {
      verdict->state = verdict->paid > 0 ? RUBIS_PROMISE_PARTIAL : RUBIS_PROMISE_BROKEN;
      verdict->verified = data_date != RUBIS_DATE_NONE && data_date >= until;
    }
}
