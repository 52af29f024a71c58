/* rubis-postal-form.h: papers that go with registered letters: the slip of one letter, and the list that is
 * handed in at the post office.
 *
 * The same facts give the same bytes. Their texts are given in the language of the post office that reads
 * them.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef struct
{
  const char *label;
  const char *value;
} RubisPostalFact;

/* One page on a letter, to be kept with the file. Texts are never NULL unless said. */
typedef struct
{
  const char *title;
  const char *language;
  const char *author;
  RubisDate date; /* of the file */
  const char *sender_title;
  const char *sender; /* lines */
  const char *recipient_title;
  const char *recipient;      /* lines */
  const char *number;         /* without spaces, for the bar code; "" when it is not known */
  const char *printed_number; /* grouped for reading */
  const RubisPostalFact *facts;
  guint n_facts;
  const char *note; /* a paragraph under the facts */
} RubisPostalSlip;
/* NULL and @error (RUBIS_LETTER_ERROR) when it cannot be drawn. */
GBytes *rubis_postal_slip_write (const RubisPostalSlip *slip, GError **error);

/* A letter of a list. */
typedef struct
{
  const char *number;
  const char *printed_number;
  const char *name;
  const char *postcode;
  const char *city;
  const char *guarantee;
  const char *receipt;
} RubisDepositLine;

typedef struct
{
  const char *title;
  const char *language;
  const char *author;
  RubisDate date;
  const char *sender;     /* lines */
  const char *day;        /* "Date de dépôt : …" */
  const char *columns[7]; /* titles: rank, number, recipient, postcode, town, level, receipt */
  const char *total;      /* "3 lettres recommandées…" */
  const char *stamp;      /* what is asked in the box: stamp and signature of the office */
  const char *page;       /* "Page %u/%u" without format: "Page" */
  const RubisDepositLine *lines;
  guint n_lines;
} RubisDepositList;
GBytes *rubis_deposit_list_write (const RubisDepositList *list, GError **error);

G_END_DECLS
