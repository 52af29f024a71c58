/* rubis-rates.h: dated rates and base rates that interest is computed from.
 *
 * Rates come from a text (resources/data/rates.ini); core reads no file. A rate is an integer
 * count of ten-thousandths of a percent per year: 12.40 % is 124000. A day that no row covers has
 * no rate: the lookup refuses and names the first day that is not known, it never guesses.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

/* Ten-thousandths of a percent per year; may be negative (German base rate, 2013 to 2022). */
typedef gint64 RubisRate;
#define RUBIS_RATE_PERCENT ((RubisRate)10000)

typedef enum
{
  RUBIS_RATE_ECB_MRO = 0,             /* ECB main refinancing operations, of each half-year's first day */
  RUBIS_RATE_FR_LEGAL_OTHER = 1,      /* taux d'intérêt légal, any creditor but an individual */
  RUBIS_RATE_FR_LEGAL_INDIVIDUAL = 2, /* taux d'intérêt légal, individual outside business needs */
  RUBIS_RATE_DE_BASE = 3,             /* Basiszinssatz, § 247 BGB */
  RUBIS_RATE_UK_BASE = 4,             /* Bank of England, of the last day before the half-year */
  RUBIS_RATE_CH_LEGAL = 5,            /* Code des obligations, art. 104 */
} RubisRateSeries;
#define RUBIS_N_RATE_SERIES 6

#define RUBIS_RATES_ERROR (rubis_rates_error_quark ())
typedef enum
{
  RUBIS_RATES_ERROR_FORMAT,  /* the text is not a table of rates */
  RUBIS_RATES_ERROR_UNKNOWN, /* no rate is known for the day asked */
  RUBIS_RATES_ERROR_GAP,     /* the half-year added does not follow the known ones */
} RubisRatesError;
GQuark rubis_rates_error_quark (void);

typedef struct _RubisRates RubisRates;

/* Reads a key file: one group per series, keys are first days, values are percents; "until" is the
 * last day of the last row, or "unlimited". @length -1 for a NUL-terminated text.
 * NULL and @error (group, key and value named) when the text is anything else or lacks a series.
 */
RubisRates *rubis_rates_new_from_data (const char *data, gssize length, GError **error);
void rubis_rates_free (RubisRates *rates);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisRates, rubis_rates_free)

/* Adds or replaces the row of the half-year that starts on @from (1 January or 1 July), such as one
 * typed by the user; the series is then known to the last day of that half-year at least.
 * FALSE with RUBIS_RATES_ERROR_GAP when @from is another day, or would leave unknown days before it.
 */
gboolean rubis_rates_add_half_year (RubisRates *rates, RubisRateSeries series, RubisDate from, RubisRate rate,
                                    GError **error);

/* The rate of @date. FALSE with RUBIS_RATES_ERROR_UNKNOWN, in plain words, when it is not known. */
gboolean rubis_rates_lookup (const RubisRates *rates, RubisRateSeries series, RubisDate date, RubisRate *rate,
                             GError **error);

/* The first day after the last known one; RUBIS_DATE_NONE for a series without end. */
RubisDate rubis_rates_first_unknown (const RubisRates *rates, RubisRateSeries series);

/* The group name of the series: "ecb-mro", "fr-legal-other"… */
const char *rubis_rate_series_to_id (RubisRateSeries series);
gboolean rubis_rate_series_from_id (const char *id, RubisRateSeries *series);
/* What people call it, in the language of the interface. */
const char *rubis_rate_series_to_label (RubisRateSeries series);

/* Reads a plain decimal percent with at most four decimals ("12.40", "-0.88"). */
gboolean rubis_rate_parse (const char *text, RubisRate *rate);
/* "12.40": two decimals, or more when they say something. New string. */
char *rubis_rate_to_string (RubisRate rate);

/* The first and the last day of the half-year that contains @date. */
RubisDate rubis_rates_half_year_start (RubisDate date);
RubisDate rubis_rates_half_year_end (RubisDate date);

G_END_DECLS
