/* rubis-import-row.h: what an import file says, one normalised row after the other.
 *
 * Strings are UTF-8, trimmed, NUL-terminated and borrowed: they live until the callback that was
 * given the row returns. NULL means that the file has no such column (leave what the dossier
 * knows); "" means that the column is there and empty.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-money.h"
#include "rubis-types.h"

G_BEGIN_DECLS

#define RUBIS_IMPORT_ADDRESS_LINES 3

typedef struct
{
  gint64 line; /* physical line of the file, or row of the sheet, counted from 1 */

  const char *customer_code; /* NULL when the file names its customers only */
  const char *customer_name;
  const char *company_id; /* digits of a SIREN or SIRET, or a foreign registration number */
  const char *vat_id;     /* without blanks */
  const char *address[RUBIS_IMPORT_ADDRESS_LINES];
  const char *postcode;
  const char *city;
  const char *country; /* as written: a code or a name */
  const char *email;
  const char *phone;
  const char *contact;  /* a person's name */
  const char *groups;   /* several are separated by commas */
  const char *language; /* as written */
  const char *kind;     /* as written: professional, consumer, public body… */
  const char
      *terms; /* payment terms as written ("30", "45 jours fin de mois"); of the customer or the item */
  const char *sales_rep;

  /* What follows describes an item; a row of a customer file has none. */
  gboolean has_item;
  const char *number; /* NULL for a payment that has no number of its own */
  RubisItemType type;
  RubisDate issue_date; /* RUBIS_DATE_NONE when the file has none that exists */
  RubisDate due_date;
  gboolean due_date_computed; /* from payment terms, since the file gives no due date */
  RubisCurrency currency;     /* code[0] == '\0': the currency of the dossier */
  gint64 total;               /* minor units, owed by the customer: negative for credits and payments */
  gint64 open;                /* what remains of @total, same sign */
  gboolean has_open;          /* FALSE: the file says nothing of payments and @open is @total */
  RubisDate paid_date;
  RubisPaymentMeans payment_means;
  const char *applies_to; /* payments: the number of the invoice that was paid */
  const char *order_ref;
  const char *label;
  int level; /* last reminder level that the source system reached, -1 when unknown */
  RubisDate last_reminder;
  gboolean disputed;
  gboolean opening; /* an opening entry of a ledger: most often an item of the year before */
} RubisImportRow;

/* A line, or a value in it, that could not be taken. */
typedef struct
{
  gint64 line;
  const char *column;  /* name of the column, "" when the whole line is meant */
  const char *value;   /* as it stands in the file */
  const char *code;    /* stable ASCII: "bad-amount", "missing-number"… */
  const char *message; /* translated; names what is wrong and, where there is one, the way out */
  gboolean kept;       /* TRUE: the row was imported without this value; a remark, not a rejection */
  /* What the line speaks of, so that nobody takes the item for absent. */
  const char *customer; /* code, else name; NULL when the line tells neither */
  const char *number;   /* "" when the line has none; NULL when it cannot be known: any item of the customer */
} RubisImportReject;

G_END_DECLS
