/* Own company: reading, checking and changing it. */
#include "rubis-session-edits-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-iban.h"
#include "rubis-import-preview.h"
#include "rubis-payment-link.h"
#include "rubis-store-settings.h"

gboolean
rubis_session_write_company (RubisDatabase *db, const RubisCompany *company, GError **error)
{
  const char *const *names = rubis_company_list_fields ();

  for (int i = 0; names[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat ("company.", names[i], NULL);
      char **field = rubis_company_get_field ((RubisCompany *) company, names[i]);

      if (!rubis_store_set_setting (db, key, *field, error))
        return FALSE;
    }
  return rubis_store_set_image (db, "logo", company->logo, error)
         && rubis_store_set_image (db, "signature", company->signature, error);
}

RubisCompany *
rubis_session_read_company (RubisDatabase *db, GError **error)
{
  g_autoptr(RubisCompany) company = rubis_company_new ();
  g_autoptr(GHashTable) settings = rubis_store_list_settings (db, "company.", error);
  const char *const *names = rubis_company_list_fields ();

  if (settings == NULL)
    return NULL;
  for (int i = 0; names[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat ("company.", names[i], NULL);
      const char *value = g_hash_table_lookup (settings, key);
      char **field = rubis_company_get_field (company, names[i]);

      if (value != NULL)
        {
          g_free (*field);
          *field = g_strdup (value);
        }
    }
  company->logo = rubis_store_get_image (db, "logo", NULL);
  company->signature = rubis_store_get_image (db, "signature", NULL);
  return g_steal_pointer (&company);
}

/* What was committed last: a work that writes is not waited for, as the window asks this. */
RubisCompany *
rubis_session_dup_company (RubisSession *self)
{
  RubisDatabase *db = rubis_session_take_reader (self, NULL);
  RubisCompany *company = NULL;

  if (db != NULL)
    {
      company = rubis_session_read_company (db, NULL);
      rubis_session_return_reader (self, db);
    }
  return company != NULL ? company : rubis_company_new ();
}

RubisCurrency
rubis_session_get_currency (RubisSession *self)
{
  RubisDatabase *db = rubis_session_take_reader (self, NULL);
  RubisCurrency currency = RUBIS_CURRENCY_EUR;

  if (db != NULL)
    {
      g_autofree char *code = rubis_store_get_setting (db, "company.currency", NULL);

      if (code != NULL)
        rubis_currency_parse (code, &currency);
      rubis_session_return_reader (self, db);
    }
  return currency;
}

static gboolean
check_number (const char *label, const char *value, RubisIdReason reason, GError **error)
{
  if (*value == '\0' || reason == RUBIS_ID_OK)
    return TRUE;
  /* Translators: name of a field, what was typed, what is wrong with it. */
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _("%s “%s”: %s"), label, value,
               rubis_id_reason_to_label (reason));
  return FALSE;
}

static gboolean
check_company (const RubisCompany *company, GError **error)
{
  RubisCurrency currency;

  if (*company->name == '\0')
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("A dossier needs the name of your company."));
      return FALSE;
    }
  if (!rubis_currency_parse (company->currency, &currency))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("“%s” is not a currency: use three letters such as EUR."), company->currency);
      return FALSE;
    }
  if (!rubis_payment_link_check (company->payment_link))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("“%s” is not the address of a payment page: it begins with https:// and may hold {reference}, "
                     "{amount} and {currency}."),
                   company->payment_link);
      return FALSE;
    }
  return check_number (_("SIREN"), company->siren, rubis_siren_check (company->siren), error)
         && check_number (_("VAT number"), company->vat_id, rubis_vat_check (company->vat_id), error)
         && check_number (_("IBAN"), company->iban, rubis_iban_check (company->iban), error)
         && check_number (_("BIC"), company->bic, rubis_bic_check (company->bic), error)
         && rubis_session_check_email (company->email, error);
}

static gboolean
swap_company (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr(RubisCompany) before = rubis_session_read_company (db, error);
  RubisCompany *after = journaled->state;

  if (before == NULL || !rubis_session_write_company (db, after, error)
      || !rubis_journaled_edit_note (session, db, edit, 0, error))
    return FALSE;
  rubis_company_free (after);
  journaled->state = g_steal_pointer (&before);
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_session_set_company (RubisSession *self, const RubisCompany *company, GError **error)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (self) && company != NULL, FALSE);

  if (!check_company (company, error))
    return FALSE;
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (_("Company changed"), "company", NULL, swap_company,
                                                          rubis_company_copy (company),
                                                          (GDestroyNotify) rubis_company_free),
                                error);
}
