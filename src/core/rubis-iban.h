/* rubis-iban.h: bank accounts (IBAN, ISO 13616) and banks (BIC, ISO 9362).
 *
 * As typed: spaces, dots and hyphens are ignored, case too. The French and Monegasque account key
 * inside the IBAN (clé RIB) is checked as well.
 */
#pragma once

#include "rubis-identifiers.h"

G_BEGIN_DECLS

/* RUBIS_ID_FORMAT, _COUNTRY, _LENGTH, _CHECK or _RIB_KEY, in this order, or RUBIS_ID_OK. */
RubisIdReason rubis_iban_check (const char *iban);
/* Groups of four for print: "FR76 3000 6000 …" (no-break spaces). New string. */
char *rubis_iban_format (const char *iban);
/* For screens and journals: country, check digits and the last four: "FR76 •••• 0189". New string. */
char *rubis_iban_mask (const char *iban);

/* RUBIS_ID_FORMAT or RUBIS_ID_OK. */
RubisIdReason rubis_bic_check (const char *bic);

G_END_DECLS
