#include "rubis-paying-habit-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "rubis-store-habits.h"

/* Invoices paid in one period, by currency: amounts of different currencies are not added. */
typedef struct
{
  char currency[4];
  int n;
  double weight;
  double weighted;
} Share;

typedef struct
{
  RubisDate half; /* the last six months begin after it */
  RubisDate first_month;
  GArray *recent; /* (element-type Share) */
  GArray *before;
  GArray *months[RUBIS_HABIT_MONTHS];
} Work;

static void
add_share (GArray *shares, const RubisPaidDay *day)
{
  Share *share = NULL;

  for (guint i = 0; i < shares->len && share == NULL; i++)
    {
      if (g_str_equal (g_array_index (shares, Share, i).currency, day->currency))
        share = &g_array_index (shares, Share, i);
    }
  if (share == NULL)
    {
      Share fresh = { 0 };

      g_strlcpy (fresh.currency, day->currency, sizeof fresh.currency);
      g_array_append_val (shares, fresh);
      share = &g_array_index (shares, Share, shares->len - 1);
    }
  share->n += day->n;
  share->weight += day->weight;
  share->weighted += day->weighted;
}

static int
months_between (RubisDate from, RubisDate to)
{
  int from_year, from_month, to_year, to_month, day;

  rubis_date_to_ymd (from, &from_year, &from_month, &day);
  rubis_date_to_ymd (to, &to_year, &to_month, &day);
  return (to_year - from_year) * 12 + to_month - from_month;
}

static void
add_day (const RubisPaidDay *day, gpointer user_data)
{
  Work *work = user_data;
  int month = months_between (work->first_month, day->date);

  if (day->date > work->half)
    add_share (work->recent, day);
  else
    add_share (work->before, day);
  if (month >= 0 && month < RUBIS_HABIT_MONTHS)
    add_share (work->months[month], day);
}

/* The average delay; NAN for nothing. */
static double
average (GArray *shares, int *n)
{
  double sum = 0;

  *n = 0;
  for (guint i = 0; i < shares->len; i++)
    {
      const Share *share = &g_array_index (shares, Share, i);

      *n += share->n;
      sum += share->weighted / share->weight * share->n;
    }
  return *n > 0 ? sum / *n : (double)NAN;
}

gboolean
rubis_paying_habit_read (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate today,
                         RubisPayingHabit *habit, GError **error)
{
  Work work = { .half = rubis_date_add_months (today, -6) };
  int year, month, day;
  gboolean done;

  rubis_date_to_ymd (rubis_date_add_months (today, 1 - RUBIS_HABIT_MONTHS), &year, &month, &day);
  work.first_month = rubis_date_from_ymd (year, month, 1);
  work.recent = g_array_new (FALSE, TRUE, sizeof (Share));
  work.before = g_array_new (FALSE, TRUE, sizeof (Share));
  for (int i = 0; i < RUBIS_HABIT_MONTHS; i++)
    work.months[i] = g_array_new (FALSE, TRUE, sizeof (Share));
  done = rubis_store_each_paid_day (db, group_id, account_id, rubis_date_add_months (today, -12), today,
                                    add_day, &work, error);
  *habit = (RubisPayingHabit){ .first_month = work.first_month };
  habit->average_delay = average (work.recent, &habit->n);
  habit->delay_before = average (work.before, &habit->n_before);
  for (int i = 0; i < RUBIS_HABIT_MONTHS; i++)
    {
      habit->months[i] = average (work.months[i], &habit->n_months[i]);
      g_array_unref (work.months[i]);
    }
  g_array_unref (work.recent);
  g_array_unref (work.before);
  return done;
}

gboolean
rubis_session_load_paying_habit (RubisSession *self, gint64 account_id, RubisPayingHabit *habit,
                                 GError **error)
{
  RubisDatabase *db;
  gboolean done;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && habit != NULL, FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  done = rubis_paying_habit_read (db, 0, account_id, rubis_session_get_today (self), habit, error);
  rubis_session_return_reader (self, db);
  return done;
}

char *
rubis_paying_habit_describe_delay (double delay)
{
  int days = (int)lround (fabs (delay));

  if (days == 0)
    return g_strdup (_ ("on the due date"));
  if (delay > 0)
    return g_strdup_printf (
        ngettext ("%d day after the due date", "%d days after the due date", (gulong)days), days);
  return g_strdup_printf (
      ngettext ("%d day before the due date", "%d days before the due date", (gulong)days), days);
}

static char *
describe_trend (const RubisPayingHabit *self)
{
  g_autofree char *before = rubis_paying_habit_describe_delay (self->delay_before);
  long change = lround (self->average_delay) - lround (self->delay_before);

  if (change > 0)
    return g_strdup_printf (_ ("Later than in the six months before: %s."), before);
  if (change < 0)
    return g_strdup_printf (_ ("Sooner than in the six months before: %s."), before);
  return g_strdup (_ ("As in the six months before."));
}

char *
rubis_paying_habit_describe (const RubisPayingHabit *self, const RubisPromiseCounts *promises)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int n_judged = promises != NULL ? promises->n_kept + promises->n_partial + promises->n_broken : 0;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n > 0)
    {
      g_autofree char *delay = rubis_paying_habit_describe_delay (self->average_delay);

      /* Translators: "Pays 12 days after the due date on average (3 invoices paid in six months)." */
      g_string_append_printf (text,
                              ngettext ("Pays %s on average (%d invoice paid in six months).",
                                        "Pays %s on average (%d invoices paid in six months).",
                                        (gulong)self->n),
                              delay, self->n);
    }
  if (self->n > 0 && self->n_before > 0)
    {
      g_autofree char *trend = describe_trend (self);

      g_string_append_printf (text, " %s", trend);
    }
  if (n_judged > 0 && text->len > 0)
    g_string_append_c (text, ' ');
  if (n_judged > 0)
    g_string_append_printf (text, _ ("Promises kept: %d of %d."), promises->n_kept, n_judged);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
