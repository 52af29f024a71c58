#include "rubis-instalments.h"

#include <glib/gi18n-lib.h>

#include "rubis-money.h"

G_DEFINE_QUARK (rubis - instalment - error - quark, rubis_instalment_error)

gboolean
rubis_interval_from_id (const char *id, RubisInterval *interval)
{
  static const char *const ids[RUBIS_N_INTERVALS] = {
    [RUBIS_INTERVAL_MONTH] = "month",
    [RUBIS_INTERVAL_WEEK] = "week",
    [RUBIS_INTERVAL_FORTNIGHT] = "fortnight",
    [RUBIS_INTERVAL_QUARTER] = "quarter",
  };

  for (int i = 0; id != NULL && i < RUBIS_N_INTERVALS; i++)
    {
      if (g_str_equal (ids[i], id))
        {
          *interval = i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_interval_to_label (RubisInterval interval)
{
  static const char *const labels[RUBIS_N_INTERVALS] = {
    [RUBIS_INTERVAL_MONTH] = N_ ("Every month"),
    [RUBIS_INTERVAL_WEEK] = N_ ("Every week"),
    [RUBIS_INTERVAL_FORTNIGHT] = N_ ("Every two weeks"),
    [RUBIS_INTERVAL_QUARTER] = N_ ("Every quarter"),
  };

  g_return_val_if_fail (interval < RUBIS_N_INTERVALS, "");

  return _ (labels[interval]);
}

static RubisDate
get_date (RubisDate first, RubisInterval interval, int n)
{
  switch (interval)
    {
    case RUBIS_INTERVAL_WEEK:
      return first + 7 * n;
    case RUBIS_INTERVAL_FORTNIGHT:
      return first + 14 * n;
    case RUBIS_INTERVAL_QUARTER:
      return rubis_date_add_months (first, 3 * n);
    case RUBIS_INTERVAL_MONTH:
    default:
      return rubis_date_add_months (first, n);
    }
}

static gboolean
check_count (gint64 n, GError **error)
{
  if (n >= 1 && n <= RUBIS_INSTALMENTS_MAX)
    return TRUE;
  g_set_error (error, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_COUNT,
               _ ("A payment plan has 1 to %d instalments."), RUBIS_INSTALMENTS_MAX);
  return FALSE;
}

GArray *
rubis_instalments_spread (gint64 total, int n, RubisDate first, RubisInterval interval, GError **error)
{
  GArray *instalments;

  if (!check_count (n, error))
    return NULL;
  if (first == RUBIS_DATE_NONE)
    {
      g_set_error (error, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_DATE,
                   _ ("Say the date of the first instalment."));
      return NULL;
    }
  if (total < n)
    {
      g_set_error (error, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_COUNT,
                   _ ("The amount is too small for %d instalments."), n);
      return NULL;
    }
  instalments = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));
  for (int i = 0; i < n; i++)
    {
      RubisInstalment instalment = { get_date (first, interval, i), total / n };

      if (i + 1 == n)
        instalment.amount = total - total / n * (n - 1);
      g_array_append_val (instalments, instalment);
    }
  return instalments;
}

GArray *
rubis_instalments_complete (gint64 total, const RubisInstalment *given, guint n, GError **error)
{
  g_autoptr (GArray) instalments = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));
  gint64 left = total;

  if (!check_count (n, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      RubisInstalment instalment = given[i];

      if (instalment.date == RUBIS_DATE_NONE || (i > 0 && instalment.date <= given[i - 1].date))
        {
          g_set_error (error, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_DATE,
                       _ ("Instalment %u needs a date after the one before."), i + 1);
          return NULL;
        }
      if (i + 1 == n && instalment.amount == 0)
        instalment.amount = left;
      if (instalment.amount <= 0 || !rubis_money_subtract (left, instalment.amount, &left))
        {
          g_set_error (
              error, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_AMOUNT,
              _ ("Instalment %u needs an amount above zero, and together they must not exceed the debt."),
              i + 1);
          return NULL;
        }
      g_array_append_val (instalments, instalment);
    }
  if (left != 0)
    {
      g_set_error (error, RUBIS_INSTALMENT_ERROR, RUBIS_INSTALMENT_ERROR_AMOUNT,
                   _ ("The instalments do not add up to the debt: leave the amount of the last one out to "
                      "have it computed."));
      return NULL;
    }
  return g_steal_pointer (&instalments);
}
