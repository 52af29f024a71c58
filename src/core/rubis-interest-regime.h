/* rubis-interest-regime.h: which law fixes the rate and the indemnity of a late payment.
 *
 * A regime says which rate a day bears; rubis-interest.h turns rates into amounts. The rules and
 * their sources are those of the laws named by rubis_interest_regime_to_basis().
 */
#pragma once

#include "rubis-money.h"
#include "rubis-rates.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_INTEREST_FR_B2B_DEFAULT = 0,  /* ECB + 10, never raised to the floor of contract rates */
  RUBIS_INTEREST_FR_B2B_CONTRACT = 1, /* the contract's rate, at least three times the legal rate */
  RUBIS_INTEREST_FR_PUBLIC = 2,       /* ECB + 8 of the half-year where interest began, frozen */
  RUBIS_INTEREST_FR_LEGAL = 3,        /* legal rate from a formal notice; + 5 points after a judgment */
  RUBIS_INTEREST_DE_B2B = 4,          /* base rate + 9 (+ 8 when due before 29 July 2014) */
  RUBIS_INTEREST_DE_CONSUMER = 5,     /* base rate + 5 */
  RUBIS_INTEREST_BE_B2B = 6,          /* ECB + 8, raised to the next half point */
  RUBIS_INTEREST_LU_B2B = 7,          /* ECB + 8 */
  RUBIS_INTEREST_IT_B2B = 8,          /* ECB + 8 */
  RUBIS_INTEREST_ES_B2B = 9,          /* ECB + 8 */
  RUBIS_INTEREST_NL_B2B = 10,         /* ECB + 8 */
  RUBIS_INTEREST_EU_B2B = 11,         /* ECB + 8: the least that directive 2011/7/EU allows */
  RUBIS_INTEREST_UK_B2B = 12,         /* Bank of England + 8 of the half-year where interest began, frozen */
  RUBIS_INTEREST_CH = 13,             /* 5 %, business or not */
  RUBIS_INTEREST_FIXED = 14,          /* a plain rate, without floor or indemnity */
} RubisInterestRegime;
#define RUBIS_N_INTEREST_REGIMES 15

/* What a regime leaves open. Start from RUBIS_INTEREST_TERMS_INIT. */
typedef struct
{
  RubisRate rate;               /* FR_B2B_CONTRACT and FIXED: the agreed rate, or the points when @over_ecb */
  gboolean over_ecb;            /* FR_B2B_CONTRACT: @rate is added to the ECB rate of the half-year */
  gboolean individual_creditor; /* FR_LEGAL: the creditor acts outside business needs */
  RubisDate surcharge_from;     /* FR_LEGAL: first day of the 5 points after a judgment (CMF L313-3) */
} RubisInterestTerms;
#define RUBIS_INTEREST_TERMS_INIT ((RubisInterestTerms){ .surcharge_from = RUBIS_DATE_NONE })

/* "fr_b2b_default"… */
const char *rubis_interest_regime_to_id (RubisInterestRegime regime);
gboolean rubis_interest_regime_from_id (const char *id, RubisInterestRegime *regime);
/* The law, as cited in a letter, in its own language; "" for RUBIS_INTEREST_FIXED. */
const char *rubis_interest_regime_to_basis (RubisInterestRegime regime);

/* The regime that applies without a contract clause, from the country whose law governs the debt
 * (ISO 3166 code, any case), the debtor's kind, and whether the creditor is an individual acting
 * outside business needs. FALSE when Rubis knows no rule, such as a foreign consumer: nothing must
 * be claimed then without a rate typed by the user.
 */
gboolean rubis_interest_regime_pick (const char *country, RubisPartyKind debtor, gboolean individual_creditor,
                                     RubisInterestRegime *regime);

/* The rate that @date bears, when interest runs from @interest_from on a debt due on @due_date.
 * FALSE with RUBIS_RATES_ERROR_UNKNOWN when a rate it needs is not known.
 */
gboolean rubis_interest_regime_rate (RubisInterestRegime regime, const RubisInterestTerms *terms,
                                     const RubisRates *rates, RubisDate due_date, RubisDate interest_from,
                                     RubisDate date, RubisRate *rate, GError **error);

/* The fixed indemnity of one late invoice of @principal, in minor units of @indemnity_currency: 40 EUR
 * (D441-5 and directive 2011/7/EU; in France for debts due from 2013 on), 40, 70 or 100 GBP in the
 * United Kingdom, nothing from consumers, in Switzerland or with a fixed rate.
 */
gint64 rubis_interest_regime_indemnity (RubisInterestRegime regime, gint64 principal, RubisCurrency currency,
                                        RubisDate due_date, RubisCurrency *indemnity_currency);

G_END_DECLS
