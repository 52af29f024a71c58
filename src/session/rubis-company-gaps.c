#include "rubis-company-gaps.h"

#include <glib/gi18n-lib.h>

#include "rubis-letterhead-check.h"

static void
add_gap (GPtrArray *gaps, const char *code, const char *message)
{
  RubisCompanyGap *gap = g_new0 (RubisCompanyGap, 1);

  gap->code = code;
  gap->message = message;
  g_ptr_array_add (gaps, gap);
}

/* Whether French law asks for the mention of that code, and it is missing. */
static gboolean
lacks (GPtrArray *problems, const char *code)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const RubisLetterheadProblem *problem = problems->pdata[i];

      if (g_str_equal (problem->code, code) && problem->severity == RUBIS_LETTERHEAD_WARNING)
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
rubis_company_list_gaps (const RubisCompany *company)
{
  GPtrArray *gaps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) mentions = NULL;

  g_return_val_if_fail (company != NULL, gaps);

  mentions = rubis_letterhead_check_mentions (company, "");
  if (lacks (mentions, "legal-form"))
    add_gap (gaps, "legal_form", _ ("Legal form: letters lack a mention that the law asks for."));
  if (lacks (mentions, "legal-siren"))
    add_gap (gaps, "siren", _ ("SIREN: letters lack a mention that the law asks for."));
  if (lacks (mentions, "legal-capital"))
    add_gap (gaps, "capital", _ ("Capital: letters lack a mention that the law asks for."));
  if (lacks (mentions, "legal-rcs"))
    add_gap (gaps, "rcs", _ ("Town of registration: letters lack a mention that the law asks for."));
  if (*company->address == '\0' || *company->postcode == '\0' || *company->city == '\0')
    add_gap (gaps, "address", _ ("Address: letters have no sender to be returned to."));
  if (*company->iban == '\0')
    add_gap (gaps, "iban",
             _ ("IBAN: reminders that ask for payment cannot be written; no letter carries bank details or a "
                "payment "
                "QR code."));
  if (*company->email == '\0')
    add_gap (gaps, "email", _ ("Email: emails cannot be sent, they have no sender to be answered."));
  if (*company->signatory == '\0')
    add_gap (gaps, "signatory", _ ("Signatory: letters are signed by the company alone."));
  return gaps;
}
