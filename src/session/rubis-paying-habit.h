/* rubis-paying-habit.h: how an account pays, and how it keeps its word. */
#pragma once

#include "rubis-promises.h"

G_BEGIN_DECLS

#define RUBIS_HABIT_MONTHS 12

/* From invoices that were paid, weighted by amount; several currencies count by their number of invoices.
 * Nothing is said of open invoices, of what was carried over, nor of those whose day of payment is not known.
 * kpi-examples.json.
 */
typedef struct
{
  int n;                /* invoices paid within the last six months; 0: nothing is known */
  double average_delay; /* days after the due date */
  int n_before;         /* the six months before, for the trend */
  double delay_before;
  double months[RUBIS_HABIT_MONTHS]; /* average delay by month of payment, oldest first; NAN: none */
  int n_months[RUBIS_HABIT_MONTHS];  /* invoices of each */
  RubisDate first_month;             /* first day of the oldest */
} RubisPayingHabit;

gboolean rubis_session_load_paying_habit (RubisSession *self, gint64 account_id, RubisPayingHabit *habit,
                                          GError **error);
/* Sentences on how it pays and keeps promises, "" when nothing is known. @promises: (nullable) (transfer
 * full) */
char *rubis_paying_habit_describe (const RubisPayingHabit *self, const RubisPromiseCounts *promises);
/* "12 days after the due date", with the number rounded (transfer full) */
char *rubis_paying_habit_describe_delay (double delay);

G_END_DECLS
