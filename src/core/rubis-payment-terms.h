/* rubis-payment-terms.h: when an invoice is due, from its date and the agreed terms.
 *
 * "45 jours fin de mois" has two lawful readings in France: A adds the days, then goes to the end
 * of that month; B goes to the end of the invoice's month, then adds the days. The reading is a
 * choice of the user, kept in the terms.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_TERMS_RECEIPT = 0,    /* due on the invoice date */
  RUBIS_TERMS_NET = 1,        /* + days */
  RUBIS_TERMS_DAYS_EOM = 2,   /* + days, end of month (reading A) */
  RUBIS_TERMS_EOM_DAYS = 3,   /* end of month, + days (reading B) */
  RUBIS_TERMS_MONTHS = 4,     /* same day, months later */
  RUBIS_TERMS_MONTHS_EOM = 5, /* end of the month, months later */
} RubisTermsKind;

/* A small value, to be copied. */
typedef struct
{
  RubisTermsKind kind;
  int count; /* days or months */
  int day;   /* 0, or "le 10": the first such day of a month after (end of month), or on or after */
} RubisPaymentTerms;

#define RUBIS_TERMS_ERROR (rubis_terms_error_quark ())
typedef enum
{
  RUBIS_TERMS_ERROR_FORMAT, /* the text is not understood */
} RubisTermsError;
GQuark rubis_terms_error_quark (void);

/* The due date of an invoice dated @issue; the day of "le 31" is the last one in shorter months.
 * RUBIS_DATE_NONE when it would lie outside the accepted span.
 */
RubisDate rubis_payment_terms_due_date (const RubisPaymentTerms *terms, RubisDate issue);

/* The compact form to store: "receipt", "net:30", "days-eom:45", "eom-days:45", "days-eom:30:10",
 * "months:2", "months-eom:1". New string.
 */
char *rubis_payment_terms_to_id (const RubisPaymentTerms *terms);
gboolean rubis_payment_terms_from_id (const char *id, RubisPaymentTerms *terms);

/* Reads what an ERP or a person writes, in French, English or German ("30J", "45 jours fin de mois",
 * "30 jours fin de mois le 10", "comptant", "Net 30", "30 days EOM", "30 Tage netto"), or a stored
 * form. @eom_kind is what days before "fin de mois" mean: RUBIS_TERMS_DAYS_EOM (A) or
 * RUBIS_TERMS_EOM_DAYS (B); "fin de mois + 45 jours" is B in any case.
 * FALSE and @error, naming the text, when any part is not understood (discounts, working days…):
 * terms are never guessed.
 */
gboolean rubis_payment_terms_parse (const char *text, RubisTermsKind eom_kind, RubisPaymentTerms *terms,
                                    GError **error);

/* A description in the language of the interface: "45 days, then end of month". New string. */
char *rubis_payment_terms_to_label (const RubisPaymentTerms *terms);

/* The legal ceilings of an invoice between French professionals (C. com. L441-10 I). */
typedef struct
{
  RubisDate max_60_days;
  RubisDate max_45_eom_a;
  RubisDate max_45_eom_b;
  gboolean within_60_days;
  gboolean within_45_eom; /* either reading; lawful only with an express clause */
} RubisTermsLimits;

/* Compares the due date @due of an invoice dated @issue with both ceilings. */
void rubis_payment_terms_check_fr (RubisDate issue, RubisDate due, RubisTermsLimits *limits);

G_END_DECLS
