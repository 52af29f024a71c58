#include "rubis-company.h"

/* Every text field, so that new, copy and free cannot forget one. */
#define COMPANY_FIELDS(X)                                                                                              \
  X (name)                                                                                                             \
  X (legal_form)                                                                                                       \
  X (capital)                                                                                                          \
  X (siren)                                                                                                            \
  X (rcs)                                                                                                              \
  X (vat_id)                                                                                                           \
  X (address)                                                                                                          \
  X (postcode)                                                                                                         \
  X (city)                                                                                                             \
  X (country)                                                                                                          \
  X (currency)                                                                                                         \
  X (iban)                                                                                                             \
  X (bic)                                                                                                              \
  X (phone)                                                                                                            \
  X (email)                                                                                                            \
  X (website)                                                                                                          \
  X (payment_link)                                                                                                     \
  X (signatory)                                                                                                        \
  X (signatory_title)                                                                                                  \
  X (accent)

RubisCompany *
rubis_company_new (void)
{
  RubisCompany *self = g_new0 (RubisCompany, 1);

#define INIT(field) self->field = g_strdup ("");
  COMPANY_FIELDS (INIT)
#undef INIT
  rubis_company_set (self, country, "FR");
  rubis_company_set (self, currency, "EUR");
  return self;
}

RubisCompany *
rubis_company_copy (const RubisCompany *self)
{
  RubisCompany *copy = g_new0 (RubisCompany, 1);

#define COPY(field) copy->field = g_strdup (self->field);
  COMPANY_FIELDS (COPY)
#undef COPY
  copy->logo = self->logo != NULL ? g_bytes_ref (self->logo) : NULL;
  copy->signature = self->signature != NULL ? g_bytes_ref (self->signature) : NULL;
  return copy;
}

void
rubis_company_free (RubisCompany *self)
{
#define FREE(field) g_free (self->field);
  COMPANY_FIELDS (FREE)
#undef FREE
  g_clear_pointer (&self->logo, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

char **
rubis_company_get_field (RubisCompany *self, const char *name)
{
#define FIND(field)                                                                                                    \
  if (g_str_equal (name, #field))                                                                                      \
    return &self->field;
  COMPANY_FIELDS (FIND)
#undef FIND
  return NULL;
}

const char *const *
rubis_company_list_fields (void)
{
#define NAME(field) #field,
  static const char *const names[] = { COMPANY_FIELDS (NAME) NULL };
#undef NAME

  return names;
}
