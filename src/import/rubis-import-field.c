#include "rubis-import-field.h"

#include <string.h>
#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *label;
} fields[RUBIS_N_IMPORT_FIELDS] = {
  [RUBIS_IMPORT_FIELD_IGNORE] = { "ignore", N_ ("Do not import") },
  [RUBIS_IMPORT_FIELD_CUSTOMER_CODE] = { "customer_code", N_ ("Customer code") },
  [RUBIS_IMPORT_FIELD_CUSTOMER_NAME] = { "customer_name", N_ ("Customer name") },
  [RUBIS_IMPORT_FIELD_COMPANY_ID] = { "company_id", N_ ("SIREN or SIRET") },
  [RUBIS_IMPORT_FIELD_VAT_ID] = { "vat_id", N_ ("VAT number") },
  [RUBIS_IMPORT_FIELD_ADDRESS_1] = { "address_1", N_ ("Address, line 1") },
  [RUBIS_IMPORT_FIELD_ADDRESS_2] = { "address_2", N_ ("Address, line 2") },
  [RUBIS_IMPORT_FIELD_ADDRESS_3] = { "address_3", N_ ("Address, line 3") },
  [RUBIS_IMPORT_FIELD_POSTCODE] = { "postcode", N_ ("Postcode") },
  [RUBIS_IMPORT_FIELD_CITY] = { "city", N_ ("City") },
  [RUBIS_IMPORT_FIELD_COUNTRY] = { "country", N_ ("Country") },
  [RUBIS_IMPORT_FIELD_EMAIL] = { "email", N_ ("Email address") },
  [RUBIS_IMPORT_FIELD_PHONE] = { "phone", N_ ("Telephone") },
  [RUBIS_IMPORT_FIELD_CONTACT] = { "contact", N_ ("Contact person") },
  [RUBIS_IMPORT_FIELD_GROUPS] = { "groups", N_ ("Groups") },
  [RUBIS_IMPORT_FIELD_LANGUAGE] = { "language", N_ ("Language") },
  [RUBIS_IMPORT_FIELD_CUSTOMER_KIND] = { "customer_kind", N_ ("Kind of customer") },
  [RUBIS_IMPORT_FIELD_NUMBER] = { "number", N_ ("Invoice number") },
  [RUBIS_IMPORT_FIELD_TYPE] = { "type", N_ ("Type of item") },
  [RUBIS_IMPORT_FIELD_ISSUE_DATE] = { "issue_date", N_ ("Invoice date") },
  [RUBIS_IMPORT_FIELD_DUE_DATE] = { "due_date", N_ ("Due date") },
  [RUBIS_IMPORT_FIELD_CURRENCY] = { "currency", N_ ("Currency") },
  [RUBIS_IMPORT_FIELD_TOTAL] = { "total", N_ ("Amount including VAT") },
  [RUBIS_IMPORT_FIELD_LINE_TOTAL] = { "line_total", N_ ("Amount of the line") },
  [RUBIS_IMPORT_FIELD_DEBIT] = { "debit", N_ ("Debit") },
  [RUBIS_IMPORT_FIELD_CREDIT] = { "credit", N_ ("Credit") },
  [RUBIS_IMPORT_FIELD_SIDE] = { "side", N_ ("Debit or credit") },
  [RUBIS_IMPORT_FIELD_OPEN] = { "open", N_ ("Open amount") },
  [RUBIS_IMPORT_FIELD_PAID] = { "paid", N_ ("Amount paid") },
  [RUBIS_IMPORT_FIELD_PAID_DATE] = { "paid_date", N_ ("Date of payment") },
  [RUBIS_IMPORT_FIELD_STATUS] = { "status", N_ ("Status") },
  [RUBIS_IMPORT_FIELD_LETTER] = { "letter", N_ ("Matching code") },
  [RUBIS_IMPORT_FIELD_PAYMENT_MEANS] = { "payment_means", N_ ("Means of payment") },
  [RUBIS_IMPORT_FIELD_TERMS] = { "terms", N_ ("Payment terms") },
  [RUBIS_IMPORT_FIELD_ORDER_REF] = { "order_ref", N_ ("Order reference") },
  [RUBIS_IMPORT_FIELD_SALES_REP] = { "sales_rep", N_ ("Sales representative") },
  [RUBIS_IMPORT_FIELD_LABEL] = { "label", N_ ("Label") },
  [RUBIS_IMPORT_FIELD_LEVEL] = { "level", N_ ("Reminder level") },
  [RUBIS_IMPORT_FIELD_LAST_REMINDER] = { "last_reminder", N_ ("Last reminder") },
  [RUBIS_IMPORT_FIELD_DISPUTED] = { "disputed", N_ ("Disputed") },
  [RUBIS_IMPORT_FIELD_AGING_BUCKET] = { "aging_bucket", N_ ("Balance by age") },
};

const char *
rubis_import_field_to_id (RubisImportField field)
{
  g_return_val_if_fail ((gsize) field < RUBIS_N_IMPORT_FIELDS, NULL);

  return fields[field].id;
}

gboolean
rubis_import_field_from_id (const char *id, RubisImportField *field)
{
  g_return_val_if_fail (id != NULL, FALSE);

  for (int i = 0; i < RUBIS_N_IMPORT_FIELDS; i++)
    {
      if (strcmp (fields[i].id, id) == 0)
        {
          *field = (RubisImportField) i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_import_field_to_label (RubisImportField field)
{
  g_return_val_if_fail ((gsize) field < RUBIS_N_IMPORT_FIELDS, NULL);

  return _(fields[field].label);
}
