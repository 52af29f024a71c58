#include "rubis-interest-regime.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"

/* Points added to the legal rate two months after a judgment became enforceable (CMF L313-3). */
#define JUDGMENT_POINTS (5 * RUBIS_RATE_PERCENT)
/* A contract rate is at least three times the legal rate (C. com. L441-10 II). */
#define FLOOR_FACTOR 3
#define HALF_POINT (RUBIS_RATE_PERCENT / 2)

typedef struct
{
  const char *id;
  const char *basis;
  RubisRateSeries series;
  int points;
  int since; /* first day the margin holds, yyyymmdd; 0: as far back as the series goes */
  gboolean frozen;
  gboolean indemnity;
} Rule;

static const Rule rules[RUBIS_N_INTEREST_REGIMES] = {
  [RUBIS_INTEREST_FR_B2B_DEFAULT]
  = { "fr_b2b_default", "Code de commerce, art. L441-10 II", RUBIS_RATE_ECB_MRO, 10, 0, FALSE, TRUE },
  [RUBIS_INTEREST_FR_B2B_CONTRACT]
  = { "fr_b2b_contract", "Code de commerce, art. L441-10 II", RUBIS_RATE_ECB_MRO, 0, 0, FALSE, TRUE },
  [RUBIS_INTEREST_FR_PUBLIC] = { "fr_public", "Code de la commande publique, art. R2192-31",
                                 RUBIS_RATE_ECB_MRO, 8, 20130701, TRUE, TRUE },
  [RUBIS_INTEREST_FR_LEGAL]
  = { "fr_legal", "Code civil, art. 1231-6", RUBIS_RATE_FR_LEGAL_OTHER, 0, 0, FALSE, FALSE },
  [RUBIS_INTEREST_DE_B2B] = { "de_b2b", "§ 288 Abs. 2 BGB", RUBIS_RATE_DE_BASE, 9, 0, FALSE, TRUE },
  [RUBIS_INTEREST_DE_CONSUMER]
  = { "de_consumer", "§ 288 Abs. 1 BGB", RUBIS_RATE_DE_BASE, 5, 0, FALSE, FALSE },
  [RUBIS_INTEREST_BE_B2B]
  = { "be_b2b", "Loi du 2 août 2002, art. 5", RUBIS_RATE_ECB_MRO, 8, 20130701, FALSE, TRUE },
  [RUBIS_INTEREST_LU_B2B]
  = { "lu_b2b", "Loi modifiée du 18 avril 2004", RUBIS_RATE_ECB_MRO, 8, 20130701, FALSE, TRUE },
  [RUBIS_INTEREST_IT_B2B] = { "it_b2b", "D.lgs. 231/2002", RUBIS_RATE_ECB_MRO, 8, 20130101, FALSE, TRUE },
  [RUBIS_INTEREST_ES_B2B] = { "es_b2b", "Ley 3/2004", RUBIS_RATE_ECB_MRO, 8, 20130701, FALSE, TRUE },
  [RUBIS_INTEREST_NL_B2B] = { "nl_b2b", "Art. 6:119a BW", RUBIS_RATE_ECB_MRO, 8, 20130701, FALSE, TRUE },
  [RUBIS_INTEREST_EU_B2B] = { "eu_b2b", "Directive 2011/7/EU", RUBIS_RATE_ECB_MRO, 8, 20130701, FALSE, TRUE },
  [RUBIS_INTEREST_UK_B2B] = { "uk_b2b", "Late Payment of Commercial Debts (Interest) Act 1998",
                              RUBIS_RATE_UK_BASE, 8, 0, TRUE, TRUE },
  [RUBIS_INTEREST_CH] = { "ch", "Code des obligations, art. 104", RUBIS_RATE_CH_LEGAL, 0, 0, FALSE, FALSE },
  [RUBIS_INTEREST_FIXED] = { "fixed", "", RUBIS_RATE_ECB_MRO, 0, 0, FALSE, FALSE },
};

static const struct
{
  const char country[3];
  RubisInterestRegime regime;
} b2b_laws[] = {
  { "FR", RUBIS_INTEREST_FR_B2B_DEFAULT }, { "DE", RUBIS_INTEREST_DE_B2B }, { "BE", RUBIS_INTEREST_BE_B2B },
  { "LU", RUBIS_INTEREST_LU_B2B },         { "IT", RUBIS_INTEREST_IT_B2B }, { "ES", RUBIS_INTEREST_ES_B2B },
  { "NL", RUBIS_INTEREST_NL_B2B },         { "GB", RUBIS_INTEREST_UK_B2B },
};

/* Members of the Union without a regime of their own here. */
static const char other_members[][3] = {
  "AT", "BG", "CY", "CZ", "DK", "EE", "FI", "GR", "HR", "HU",
  "IE", "LT", "LV", "MT", "PL", "PT", "RO", "SE", "SI", "SK",
};

const char *
rubis_interest_regime_to_id (RubisInterestRegime regime)
{
  g_return_val_if_fail ((guint)regime < RUBIS_N_INTEREST_REGIMES, NULL);

  return rules[regime].id;
}

gboolean
rubis_interest_regime_from_id (const char *id, RubisInterestRegime *regime)
{
  g_return_val_if_fail (regime != NULL, FALSE);

  for (guint i = 0; id != NULL && i < RUBIS_N_INTEREST_REGIMES; i++)
    {
      if (strcmp (rules[i].id, id) == 0)
        {
          *regime = (RubisInterestRegime)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_interest_regime_to_basis (RubisInterestRegime regime)
{
  g_return_val_if_fail ((guint)regime < RUBIS_N_INTEREST_REGIMES, NULL);

  return rules[regime].basis;
}

static gboolean
pick_b2b (const char *country, RubisInterestRegime *regime)
{
  for (gsize i = 0; i < G_N_ELEMENTS (b2b_laws); i++)
    {
      if (g_ascii_strcasecmp (country, b2b_laws[i].country) == 0)
        {
          *regime = b2b_laws[i].regime;
          return TRUE;
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (other_members); i++)
    {
      if (g_ascii_strcasecmp (country, other_members[i]) == 0)
        {
          *regime = RUBIS_INTEREST_EU_B2B;
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
rubis_interest_regime_pick (const char *country, RubisPartyKind debtor, gboolean individual_creditor,
                            RubisInterestRegime *regime)
{
  gboolean french, business;

  g_return_val_if_fail (country != NULL, FALSE);
  g_return_val_if_fail (regime != NULL, FALSE);

  if (g_ascii_strcasecmp (country, "CH") == 0)
    {
      *regime = RUBIS_INTEREST_CH;
      return TRUE;
    }
  french = g_ascii_strcasecmp (country, "FR") == 0;
  business = debtor != RUBIS_PARTY_CONSUMER && !individual_creditor;
  if (french && !business)
    {
      *regime = RUBIS_INTEREST_FR_LEGAL;
      return TRUE;
    }
  if (french && debtor == RUBIS_PARTY_PUBLIC)
    {
      *regime = RUBIS_INTEREST_FR_PUBLIC;
      return TRUE;
    }
  if (g_ascii_strcasecmp (country, "DE") == 0 && !business)
    {
      *regime = RUBIS_INTEREST_DE_CONSUMER;
      return TRUE;
    }
  return business && pick_b2b (country, regime);
}

/* The rate of the series plus the margin, once the law that sets the margin was in force. */
static gboolean
look_up (const Rule *rule, const RubisRates *rates, RubisRateSeries series, RubisDate date, RubisRate points,
         RubisRate *rate, GError **error)
{
  if (rule->since != 0)
    {
      RubisDate since = rubis_date_from_ymd (rule->since / 10000, rule->since / 100 % 100, rule->since % 100);

      if (date < since)
        {
          g_autofree char *day = rubis_format_date_long (since, rubis_format_ui_language ());

          g_set_error (error, RUBIS_RATES_ERROR, RUBIS_RATES_ERROR_UNKNOWN,
                       _ ("%s: the rate is not known before %s"), rule->basis, day);
          return FALSE;
        }
    }
  if (!rubis_rates_lookup (rates, series, date, rate, error))
    return FALSE;
  *rate += points;
  return TRUE;
}

static gboolean
contract_rate (const Rule *rule, const RubisInterestTerms *terms, const RubisRates *rates, RubisDate date,
               RubisRate *rate, GError **error)
{
  RubisRate legal;

  *rate = terms->rate;
  if (terms->over_ecb && !look_up (rule, rates, RUBIS_RATE_ECB_MRO, date, terms->rate, rate, error))
    return FALSE;
  if (!rubis_rates_lookup (rates, RUBIS_RATE_FR_LEGAL_OTHER, date, &legal, error))
    return FALSE;
  *rate = MAX (*rate, FLOOR_FACTOR * legal);
  return TRUE;
}

static gboolean
legal_rate (const Rule *rule, const RubisInterestTerms *terms, const RubisRates *rates, RubisDate date,
            RubisRate *rate, GError **error)
{
  RubisRateSeries series
      = terms->individual_creditor ? RUBIS_RATE_FR_LEGAL_INDIVIDUAL : RUBIS_RATE_FR_LEGAL_OTHER;
  gboolean after = terms->surcharge_from != RUBIS_DATE_NONE && date >= terms->surcharge_from;

  return look_up (rule, rates, series, date, after ? JUDGMENT_POINTS : 0, rate, error);
}

gboolean
rubis_interest_regime_rate (RubisInterestRegime regime, const RubisInterestTerms *terms,
                            const RubisRates *rates, RubisDate due_date, RubisDate interest_from,
                            RubisDate date, RubisRate *rate, GError **error)
{
  const Rule *rule;
  RubisRate points;

  g_return_val_if_fail ((guint)regime < RUBIS_N_INTEREST_REGIMES, FALSE);
  g_return_val_if_fail (terms != NULL, FALSE);
  g_return_val_if_fail (rates != NULL, FALSE);
  g_return_val_if_fail (rate != NULL, FALSE);

  rule = &rules[regime];
  points = rule->points * RUBIS_RATE_PERCENT;
  switch (regime)
    {
    case RUBIS_INTEREST_FIXED:
      *rate = terms->rate;
      return TRUE;
    case RUBIS_INTEREST_FR_B2B_CONTRACT:
      return contract_rate (rule, terms, rates, date, rate, error);
    case RUBIS_INTEREST_FR_LEGAL:
      return legal_rate (rule, terms, rates, date, rate, error);
    case RUBIS_INTEREST_DE_B2B:
      /* The ninth point came with the law of 22 July 2014 (art. 229 § 34 EGBGB). */
      if (due_date < rubis_date_from_ymd (2014, 7, 29))
        points -= RUBIS_RATE_PERCENT;
      return look_up (rule, rates, rule->series, date, points, rate, error);
    case RUBIS_INTEREST_BE_B2B:
      if (!look_up (rule, rates, rule->series, date, points, rate, error))
        return FALSE;
      *rate = (*rate + HALF_POINT - 1) / HALF_POINT * HALF_POINT;
      return TRUE;
    case RUBIS_INTEREST_FR_B2B_DEFAULT:
    case RUBIS_INTEREST_FR_PUBLIC:
    case RUBIS_INTEREST_DE_CONSUMER:
    case RUBIS_INTEREST_LU_B2B:
    case RUBIS_INTEREST_IT_B2B:
    case RUBIS_INTEREST_ES_B2B:
    case RUBIS_INTEREST_NL_B2B:
    case RUBIS_INTEREST_EU_B2B:
    case RUBIS_INTEREST_UK_B2B:
    case RUBIS_INTEREST_CH:
    default:
      return look_up (rule, rates, rule->series, rule->frozen ? interest_from : date, points, rate, error);
    }
}

static gint64
uk_indemnity (gint64 principal, RubisCurrency currency)
{
  RubisCurrency pound = { "GBP" };

  /* The bands are in pounds: a debt in another currency gets the lowest, which nobody can contest. */
  if (!rubis_currency_equal (currency, pound) || principal < 100000)
    return 4000;
  return principal < 1000000 ? 7000 : 10000;
}

gint64
rubis_interest_regime_indemnity (RubisInterestRegime regime, gint64 principal, RubisCurrency currency,
                                 RubisDate due_date, RubisCurrency *indemnity_currency)
{
  g_return_val_if_fail ((guint)regime < RUBIS_N_INTEREST_REGIMES, 0);
  g_return_val_if_fail (indemnity_currency != NULL, 0);

  *indemnity_currency = RUBIS_CURRENCY_EUR;
  if (!rules[regime].indemnity || principal <= 0)
    return 0;
  if (regime == RUBIS_INTEREST_UK_B2B)
    {
      *indemnity_currency = (RubisCurrency){ "GBP" };
      return uk_indemnity (principal, currency);
    }
  return due_date >= rubis_date_from_ymd (2013, 1, 1) ? 4000 : 0;
}
