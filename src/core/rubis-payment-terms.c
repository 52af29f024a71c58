#include "rubis-payment-terms.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Two years: longer terms are typing errors. */
#define MAX_DAYS 730
#define MAX_MONTHS 24

static const struct
{
  const char *id;
  int max_count;
  gboolean with_day;
} kinds[] = {
  [RUBIS_TERMS_RECEIPT] = { "receipt", 0, FALSE },
  [RUBIS_TERMS_NET] = { "net", MAX_DAYS, TRUE },
  [RUBIS_TERMS_DAYS_EOM] = { "days-eom", MAX_DAYS, TRUE },
  [RUBIS_TERMS_EOM_DAYS] = { "eom-days", MAX_DAYS, TRUE },
  [RUBIS_TERMS_MONTHS] = { "months", MAX_MONTHS, TRUE },
  [RUBIS_TERMS_MONTHS_EOM] = { "months-eom", MAX_MONTHS, TRUE },
};

static RubisDate
day_of_month (RubisDate date, int day)
{
  int year, month, ignored;

  rubis_date_to_ymd (date, &year, &month, &ignored);
  return rubis_date_from_ymd (year, month, MIN (day, rubis_date_days_in_month (year, month)));
}

/* The first @day-th on or after @date. */
static RubisDate
next_day_of_month (RubisDate date, int day)
{
  RubisDate found = day_of_month (date, day);

  return found >= date ? found : day_of_month (rubis_date_end_of_month (date) + 1, day);
}

RubisDate
rubis_payment_terms_due_date (const RubisPaymentTerms *terms, RubisDate issue)
{
  RubisDate due = issue;

  g_return_val_if_fail (terms != NULL, RUBIS_DATE_NONE);
  g_return_val_if_fail (issue >= RUBIS_DATE_MIN && issue <= RUBIS_DATE_MAX, RUBIS_DATE_NONE);

  /* Terms are at most two years and a month or two: keep every step inside the span. */
  if (issue > RUBIS_DATE_MAX - 900)
    return RUBIS_DATE_NONE;
  switch (terms->kind)
    {
    case RUBIS_TERMS_NET:
      due = issue + terms->count;
      break;
    case RUBIS_TERMS_DAYS_EOM:
      due = rubis_date_end_of_month (issue + terms->count);
      break;
    case RUBIS_TERMS_EOM_DAYS:
      due = rubis_date_end_of_month (issue) + terms->count;
      break;
    case RUBIS_TERMS_MONTHS:
      due = rubis_date_add_months (issue, terms->count);
      break;
    case RUBIS_TERMS_MONTHS_EOM:
      due = rubis_date_end_of_month (rubis_date_add_months (issue, terms->count));
      break;
    case RUBIS_TERMS_RECEIPT:
    default:
      return issue;
    }
  if (terms->day == 0)
    return due;
  /* "Fin de mois le 10" is the 10th of the month that follows the end of month. */
  if (terms->kind == RUBIS_TERMS_DAYS_EOM || terms->kind == RUBIS_TERMS_MONTHS_EOM)
    return day_of_month (due + 1, terms->day);
  return next_day_of_month (due, terms->day);
}

char *
rubis_payment_terms_to_id (const RubisPaymentTerms *terms)
{
  g_return_val_if_fail (terms != NULL, NULL);
  g_return_val_if_fail ((guint)terms->kind < G_N_ELEMENTS (kinds), NULL);

  if (terms->kind == RUBIS_TERMS_RECEIPT)
    return g_strdup (kinds[terms->kind].id);
  if (terms->day == 0)
    return g_strdup_printf ("%s:%d", kinds[terms->kind].id, terms->count);
  return g_strdup_printf ("%s:%d:%d", kinds[terms->kind].id, terms->count, terms->day);
}

/* One or more digits, without sign, up to @max. */
static gboolean
read_count (const char *text, int max, int *count)
{
  guint64 value;

  if (!g_ascii_isdigit (text[0]) || !g_ascii_string_to_unsigned (text, 10, 0, (guint64)max, &value, NULL))
    return FALSE;
  *count = (int)value;
  return TRUE;
}

gboolean
rubis_payment_terms_from_id (const char *id, RubisPaymentTerms *terms)
{
  RubisPaymentTerms parsed = { 0 };
  g_auto (GStrv) parts = NULL;
  guint n_parts;

  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (terms != NULL, FALSE);

  parts = g_strsplit (id, ":", 4);
  n_parts = g_strv_length (parts);
  for (gsize i = 0; n_parts > 0 && i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (parts[0], kinds[i].id) != 0)
        continue;
      parsed.kind = (RubisTermsKind)i;
      if (parsed.kind == RUBIS_TERMS_RECEIPT ? n_parts != 1 : n_parts < 2 || n_parts > 3)
        return FALSE;
      if (n_parts > 1 && !read_count (parts[1], kinds[i].max_count, &parsed.count))
        return FALSE;
      if (n_parts > 2 && (!read_count (parts[2], 31, &parsed.day) || parsed.day == 0))
        return FALSE;
      *terms = parsed;
      return TRUE;
    }
  return FALSE;
}

static char *
base_label (const RubisPaymentTerms *terms)
{
  switch (terms->kind)
    {
    case RUBIS_TERMS_NET:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", (gulong)terms->count),
                              terms->count);
    case RUBIS_TERMS_DAYS_EOM:
      if (terms->count == 0)
        return g_strdup (_ ("end of month"));
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day, then end of month",
                                           "%d days, then end of month", (gulong)terms->count),
                              terms->count);
    case RUBIS_TERMS_EOM_DAYS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "end of month, then %d day",
                                           "end of month, then %d days", (gulong)terms->count),
                              terms->count);
    case RUBIS_TERMS_MONTHS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d month", "%d months", (gulong)terms->count),
                              terms->count);
    case RUBIS_TERMS_MONTHS_EOM:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d month, end of month",
                                           "%d months, end of month", (gulong)terms->count),
                              terms->count);
    case RUBIS_TERMS_RECEIPT:
    default:
      return g_strdup (_ ("on receipt"));
    }
}

char *
rubis_payment_terms_to_label (const RubisPaymentTerms *terms)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (terms != NULL, NULL);

  base = base_label (terms);
  if (terms->day == 0)
    return g_steal_pointer (&base);
  /* Translators: the first is a term such as "30 days, then end of month", the second a day of month. */
  return g_strdup_printf (_ ("%s, on day %d"), base, terms->day);
}

void
rubis_payment_terms_check_fr (RubisDate issue, RubisDate due, RubisTermsLimits *limits)
{
  const RubisPaymentTerms reading_a = { RUBIS_TERMS_DAYS_EOM, 45, 0 };
  const RubisPaymentTerms reading_b = { RUBIS_TERMS_EOM_DAYS, 45, 0 };

  g_return_if_fail (issue >= RUBIS_DATE_MIN && issue <= RUBIS_DATE_MAX);
  g_return_if_fail (limits != NULL);

  limits->max_60_days = issue + 60;
  limits->max_45_eom_a = rubis_payment_terms_due_date (&reading_a, issue);
  limits->max_45_eom_b = rubis_payment_terms_due_date (&reading_b, issue);
  limits->within_60_days = due <= limits->max_60_days;
  limits->within_45_eom = due <= MAX (limits->max_45_eom_a, limits->max_45_eom_b);
}
