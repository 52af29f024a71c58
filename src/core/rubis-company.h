/* rubis-company.h: who owns the dossier: the creditor's identity, as letters print it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All strings are never NULL; empty when unknown. */
typedef struct {
  char *name;
  char *legal_form;    /* "SAS", "SARL"… */
  char *capital;       /* as printed: "50 000 €" */
  char *siren;
  char *rcs;           /* town of registration: "Lyon" */
  char *vat_id;
  char *address;       /* street lines, separated by newlines */
  char *postcode;
  char *city;
  char *country;       /* ISO 3166 code, "FR" */
  char *currency;      /* ISO 4217, "EUR" */
  char *iban;
  char *bic;
  char *phone;
  char *email;
  char *website;
  char *payment_link;  /* pattern of the page where customers pay: rubis-payment-link.h */
  char *signatory;     /* name under letters */
  char *signatory_title;
  char *accent;        /* colour of the letterhead, "#8c1c3c" */
  GBytes *logo;        /* (nullable) PNG or JPEG */
  GBytes *signature;   /* (nullable) PNG or JPEG */
} RubisCompany;

/* All fields empty, country FR, currency EUR. */
RubisCompany *rubis_company_new (void);
RubisCompany *rubis_company_copy (const RubisCompany *self);
void rubis_company_free (RubisCompany *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCompany, rubis_company_free)

/* Where the text field of that name lies, for storing; NULL when there is none. */
char **rubis_company_get_field (RubisCompany *self, const char *name);
/* Names of all text fields, NULL-terminated; static. */
const char *const *rubis_company_list_fields (void);

/* Puts a copy of @value in place of a field. */
#define rubis_company_set(self, field, value)                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    char *rubis_new_value = g_strdup ((value) != NULL ? (value) : "");                                                 \
    g_free ((self)->field);                                                                                            \
    (self)->field = rubis_new_value;                                                                                   \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
