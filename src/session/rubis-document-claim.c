/* What a document asks for and how it is paid, and the step that asks. */
#include "rubis-agenda-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-epc.h"
#include "rubis-facts.h"
#include "rubis-iban.h"
#include "rubis-import-preview.h"
#include "rubis-payment-link.h"

void
rubis_agenda_fill_company (RubisDocumentContext *context, const RubisCompany *company)
{
  g_autofree char *town = g_strjoin (" ", company->postcode, company->city, NULL);
  g_autofree char *address
      = g_strjoin (company->address[0] != '\0' ? "\n" : "", company->address, town, NULL);
  g_autofree char *iban = rubis_iban_format (company->iban);

  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_NAME, company->name);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_ADDRESS, address);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_CITY, company->city);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_SIREN, company->siren);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_CAPITAL, company->capital);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_RCS, company->rcs);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_IBAN, company->iban[0] != '\0' ? iban : "");
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_BIC, company->bic);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_PHONE, company->phone);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_EMAIL, company->email);
  /* Until somebody is named, the company signs. */
  rubis_document_context_set_text (context, RUBIS_HASHTAG_USER_NAME,
                                   company->signatory[0] != '\0' ? company->signatory : company->name);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_USER_ROLE, company->signatory_title);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_USER_PHONE, company->phone);
}

void
rubis_agenda_fill_payment (RubisDocumentContext *context, RubisTemplate *template_,
                           const RubisCompany *company, const RubisAccountRecord *account)
{
  RubisEpcPayment payment = RUBIS_EPC_PAYMENT_INIT;
  RubisCurrency currency = rubis_document_context_get_currency (context);
  RubisListModifiers modifiers;
  RubisHashtag claim = rubis_template_get_claim (template_, context, &modifiers);
  gint64 amount = rubis_document_context_get_total (context, claim, modifiers);
  g_autofree char *decimal = rubis_money_to_string (amount, currency);
  g_autofree char *name = rubis_epc_dup_safe_text (company->name);
  g_autofree char *reference = rubis_epc_dup_safe_text (account->code);
  g_autofree char *link = rubis_payment_link_make (company->payment_link, account->code,
                                                   amount > 0 ? decimal : NULL, currency.code);
  g_autoptr (GBytes) payload = NULL;

  rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_REFERENCE, account->code);
  /* On paper an address is of use only where the template asks for it. */
  if (rubis_template_get_channel (template_) == RUBIS_CHANNEL_EMAIL
      || rubis_template_uses (template_, RUBIS_HASHTAG_PAYMENT_LINK))
    rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_LINK, link);
  if (!rubis_currency_equal (currency, RUBIS_CURRENCY_EUR) || company->iban[0] == '\0')
    return;
  payment.name = name;
  payment.iban = company->iban;
  payment.bic = company->bic[0] != '\0' ? company->bic : NULL;
  payment.amount = amount > 0 ? decimal : NULL;
  payment.text = reference;
  payload = rubis_epc_payload_new (&payment, NULL);
  if (payload != NULL)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));

      rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_QR, text);
    }
}

gboolean
rubis_agenda_asks_for_payment (RubisTemplate *template_)
{
  RubisTemplateKind kind = rubis_template_get_kind (template_);

  return kind == RUBIS_TEMPLATE_REMINDER || kind == RUBIS_TEMPLATE_NOTICE || kind == RUBIS_TEMPLATE_FORMAL
         || kind == RUBIS_TEMPLATE_SCRIPT;
}

gboolean
rubis_agenda_is_chosen (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_agenda_check_claim (RubisTemplate *template_, RubisDocumentContext *context, const char *name,
                          GError **error)
{
  RubisTemplateKind kind = rubis_template_get_kind (template_);

  if ((kind != RUBIS_TEMPLATE_REMINDER && kind != RUBIS_TEMPLATE_FORMAL)
      || rubis_document_context_get_number (context, RUBIS_HASHTAG_TOTAL_UNDISPUTED) > 0)
    return TRUE;
  g_set_error (
      error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
      _ ("Nothing is left to claim from %s: credits or disputes cover what is due, or nothing is overdue. A "
         "statement of account can be sent instead."),
      name);
  return FALSE;
}

gboolean
rubis_agenda_needs_penalties (RubisTemplate *template_, const RubisStep *step)
{
  if (step != NULL && step->penalties != RUBIS_PENALTIES_HIDDEN)
    return TRUE;
  return rubis_template_claims_penalties (template_);
}

static const RubisStep *
find_step_in (const RubisPolicy *policy, const char *template_id)
{
  for (int i = 0; i < rubis_policy_get_n_steps (policy); i++)
    {
      const RubisStep *step = rubis_policy_get_step (policy, i);

      if (g_strcmp0 (step->template_id, template_id) == 0
          || g_strcmp0 (step->fallback_template_id, template_id) == 0)
        return step;
    }
  return NULL;
}

const RubisStep *
rubis_agenda_find_step_of_template (RubisLibrary *library, RubisDatabase *db, gint64 account_id,
                                    const char *template_id)
{
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, account_id, NULL);
  RubisAccountFacts facts;
  RubisPolicy *policy;
  const RubisStep *found;

  if (account == NULL)
    return NULL;
  rubis_facts_from_account (account, 0, &facts);
  policy = rubis_agenda_choose_policy (library, account->policy_id, &facts);
  found = find_step_in (policy, template_id);
  if (found == NULL && rubis_plan_policy (library) != NULL)
    found = find_step_in (rubis_plan_policy (library), template_id);
  return found;
}
