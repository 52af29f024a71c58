/* rubis-company-gaps.h: what is not known of the own company, and what that prevents. */
#pragma once

#include <glib.h>

#include "rubis-company.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code;    /* (static) the field: "siren", "iban"… */
  const char *message; /* (static) a sentence: what is missing, and what it prevents */
} RubisCompanyGap;

/* In the order in which a form asks for the fields; empty when nothing is missing. What the law asks of
 * French business papers only (legal form, capital, register) is no gap of other companies.
 * (transfer full) (element-type RubisCompanyGap)
 */
GPtrArray *rubis_company_list_gaps (const RubisCompany *company);

G_END_DECLS
