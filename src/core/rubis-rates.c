#include "rubis-rates.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"

G_DEFINE_QUARK (rubis - rates - error - quark, rubis_rates_error)

#define RATE_DECIMALS 4
/* No rate of this world is a thousand percent: a larger number is a typing error. */
#define RATE_MAX (1000 * RUBIS_RATE_PERCENT)

typedef struct
{
  RubisDate from;
  RubisRate rate;
} Row;

typedef struct
{
  GArray *rows;    /* of Row, by date */
  RubisDate until; /* last known day; RUBIS_DATE_MAX for a series without end */
} Series;

struct _RubisRates
{
  Series series[RUBIS_N_RATE_SERIES];
};

static const struct
{
  const char *id;
  const char *label;
} names[RUBIS_N_RATE_SERIES] = {
  { "ecb-mro", N_ ("ECB main refinancing rate") },
  { "fr-legal-other", N_ ("French legal interest rate") },
  { "fr-legal-individual", N_ ("French legal interest rate for individuals") },
  { "de-base", N_ ("German base rate") },
  { "uk-base", N_ ("Bank of England base rate") },
  { "ch-legal", N_ ("Swiss legal interest rate") },
};

const char *
rubis_rate_series_to_id (RubisRateSeries series)
{
  g_return_val_if_fail ((guint)series < RUBIS_N_RATE_SERIES, NULL);

  return names[series].id;
}

gboolean
rubis_rate_series_from_id (const char *id, RubisRateSeries *series)
{
  g_return_val_if_fail (series != NULL, FALSE);

  for (guint i = 0; id != NULL && i < RUBIS_N_RATE_SERIES; i++)
    {
      if (strcmp (names[i].id, id) == 0)
        {
          *series = (RubisRateSeries)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_rate_series_to_label (RubisRateSeries series)
{
  g_return_val_if_fail ((guint)series < RUBIS_N_RATE_SERIES, NULL);

  return _ (names[series].label);
}

gboolean
rubis_rate_parse (const char *text, RubisRate *rate)
{
  const char *p = text;
  gboolean negative;
  RubisRate value = 0;
  int decimals = -1;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (rate != NULL, FALSE);

  negative = *p == '-';
  if (negative)
    p++;
  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; *p != '\0'; p++)
    {
      if (*p == '.' && decimals < 0)
        {
          decimals = 0;
          continue;
        }
      if (!g_ascii_isdigit (*p) || decimals == RATE_DECIMALS || value > RATE_MAX)
        return FALSE;
      value = value * 10 + (*p - '0');
      if (decimals >= 0)
        decimals++;
    }
  if (decimals == 0)
    return FALSE;
  for (int i = MAX (decimals, 0); i < RATE_DECIMALS; i++)
    value *= 10;
  if (value > RATE_MAX)
    return FALSE;
  *rate = negative ? -value : value;
  return TRUE;
}

char *
rubis_rate_to_string (RubisRate rate)
{
  guint64 magnitude = rate < 0 ? (guint64)0 - (guint64)rate : (guint64)rate;
  char *text = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%04" G_GUINT64_FORMAT, rate < 0 ? "-" : "",
                                magnitude / RUBIS_RATE_PERCENT, magnitude % RUBIS_RATE_PERCENT);
  gsize end = strlen (text);

  for (int i = 0; i < 2 && text[end - 1] == '0'; i++)
    text[--end] = '\0';
  return text;
}

RubisDate
rubis_rates_half_year_start (RubisDate date)
{
  int year, month, day;

  rubis_date_to_ymd (date, &year, &month, &day);
  return rubis_date_from_ymd (year, month <= 6 ? 1 : 7, 1);
}

RubisDate
rubis_rates_half_year_end (RubisDate date)
{
  int year, month, day;

  rubis_date_to_ymd (date, &year, &month, &day);
  return month <= 6 ? rubis_date_from_ymd (year, 6, 30) : rubis_date_from_ymd (year, 12, 31);
}

static void
insert_row (Series *series, RubisDate from, RubisRate rate)
{
  Row row = { from, rate };
  guint i = 0;

  while (i < series->rows->len && g_array_index (series->rows, Row, i).from < from)
    i++;
  if (i < series->rows->len && g_array_index (series->rows, Row, i).from == from)
    g_array_index (series->rows, Row, i) = row;
  else
    g_array_insert_val (series->rows, i, row);
}

static gboolean
read_key (GKeyFile *file, const char *group, const char *key, Series *series, GError **error)
{
  g_autofree char *value = g_key_file_get_value (file, group, key, error);
  RubisDate from;
  RubisRate rate;

  if (value == NULL)
    return FALSE;
  if (strcmp (key, "until") == 0)
    {
      series->until = strcmp (value, "unlimited") == 0 ? RUBIS_DATE_MAX : rubis_date_parse_iso (value);
      if (series->until != RUBIS_DATE_NONE)
        return TRUE;
    }
  else
    {
      from = rubis_date_parse_iso (key);
      if (from != RUBIS_DATE_NONE && rubis_rate_parse (value, &rate))
        {
          insert_row (series, from, rate);
          return TRUE;
        }
    }
  g_set_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_FORMAT,
               _ ("Table of rates, group “%s”: “%s=%s” is not a first day (YYYY-MM-DD) and a percent"), group,
               key, value);
  return FALSE;
}

static gboolean
read_series (GKeyFile *file, RubisRateSeries id, Series *series, GError **error)
{
  g_auto (GStrv) keys = NULL;

  if (!g_key_file_has_group (file, names[id].id))
    {
      g_set_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_FORMAT,
                   _ ("Table of rates: the group “%s” is missing"), names[id].id);
      return FALSE;
    }
  keys = g_key_file_get_keys (file, names[id].id, NULL, error);
  if (keys == NULL)
    return FALSE;
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      if (!read_key (file, names[id].id, keys[i], series, error))
        return FALSE;
    }
  if (series->rows->len == 0 || series->until < g_array_index (series->rows, Row, series->rows->len - 1).from)
    {
      g_set_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_FORMAT,
                   _ ("Table of rates, group “%s”: it needs rows, and “until” on or after the first day of "
                      "the last one"),
                   names[id].id);
      return FALSE;
    }
  return TRUE;
}

RubisRates *
rubis_rates_new_from_data (const char *data, gssize length, GError **error)
{
  g_autoptr (RubisRates) rates = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  if (!g_key_file_load_from_data (file, data, length < 0 ? strlen (data) : (gsize)length, G_KEY_FILE_NONE,
                                  &local))
    {
      g_set_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_FORMAT, _ ("Table of rates: %s"),
                   local->message);
      return NULL;
    }
  rates = g_new0 (RubisRates, 1);
  for (guint i = 0; i < RUBIS_N_RATE_SERIES; i++)
    {
      rates->series[i].rows = g_array_new (FALSE, FALSE, sizeof (Row));
      rates->series[i].until = RUBIS_DATE_NONE;
    }
  for (guint i = 0; i < RUBIS_N_RATE_SERIES; i++)
    {
      if (!read_series (file, (RubisRateSeries)i, &rates->series[i], error))
        return NULL;
    }
  return g_steal_pointer (&rates);
}

void
rubis_rates_free (RubisRates *rates)
{
  if (rates == NULL)
    return;
  for (guint i = 0; i < RUBIS_N_RATE_SERIES; i++)
    g_clear_pointer (&rates->series[i].rows, g_array_unref);
  g_free (rates);
}

gboolean
rubis_rates_add_half_year (RubisRates *rates, RubisRateSeries series, RubisDate from, RubisRate rate,
                           GError **error)
{
  Series *rows;

  g_return_val_if_fail (rates != NULL, FALSE);
  g_return_val_if_fail ((guint)series < RUBIS_N_RATE_SERIES, FALSE);
  g_return_val_if_fail (from >= RUBIS_DATE_MIN && from <= RUBIS_DATE_MAX, FALSE);

  rows = &rates->series[series];
  if (from != rubis_rates_half_year_start (from) || from > rows->until + 1)
    {
      g_autofree char *day = rubis_date_to_iso (from);
      g_autofree char *expected = rubis_date_to_iso (rows->until + 1);

      g_set_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_GAP,
                   _ ("%s: a rate cannot start on %s; the next half-year to add starts on %s"),
                   rubis_rate_series_to_label (series), day, expected);
      return FALSE;
    }
  insert_row (rows, from, rate);
  rows->until = MAX (rows->until, rubis_rates_half_year_end (from));
  return TRUE;
}

RubisDate
rubis_rates_first_unknown (const RubisRates *rates, RubisRateSeries series)
{
  RubisDate until;

  g_return_val_if_fail (rates != NULL, RUBIS_DATE_NONE);
  g_return_val_if_fail ((guint)series < RUBIS_N_RATE_SERIES, RUBIS_DATE_NONE);

  until = rates->series[series].until;
  return until == RUBIS_DATE_MAX ? RUBIS_DATE_NONE : until + 1;
}

gboolean
rubis_rates_lookup (const RubisRates *rates, RubisRateSeries series, RubisDate date, RubisRate *rate,
                    GError **error)
{
  const Series *rows;
  g_autofree char *day = NULL;

  g_return_val_if_fail (rates != NULL, FALSE);
  g_return_val_if_fail ((guint)series < RUBIS_N_RATE_SERIES, FALSE);
  g_return_val_if_fail (rate != NULL, FALSE);

  rows = &rates->series[series];
  if (date > rows->until)
    {
      day = rubis_format_date_long (rows->until + 1, rubis_format_ui_language ());
      g_set_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_UNKNOWN,
                   _ ("%s: the rate is not known from %s on; add it, or compute to an earlier day"),
                   rubis_rate_series_to_label (series), day);
      return FALSE;
    }
  for (guint i = rows->rows->len; i > 0; i--)
    {
      const Row *row = &g_array_index (rows->rows, Row, i - 1);

      if (row->from <= date)
        {
          *rate = row->rate;
          return TRUE;
        }
    }
  day = rubis_format_date_long (g_array_index (rows->rows, Row, 0).from, rubis_format_ui_language ());
  g_set_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_UNKNOWN, _ ("%s: the rate is not known before %s"),
               rubis_rate_series_to_label (series), day);
  return FALSE;
}
