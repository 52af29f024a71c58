/* rubis-paper-fill.h: the values of statements, payment plans, receipts and write-off sheets.
 *
 * Private to session.
 */
#pragma once

#include "rubis-company.h"
#include "rubis-document-context.h"
#include "rubis-paper.h"
#include "rubis-store-accounts.h"
#include "rubis-template.h"

G_BEGIN_DECLS

typedef struct {
  RubisDatabase *db;
  RubisDocumentContext *context; /* completed: its sums are known */
  RubisTemplate *template_;
  const RubisCompany *company;
  const RubisAccountRecord *account;
  const char *language;          /* of the document */
  RubisDate today;
  const RubisPaperOptions *options;
} RubisPaperFill;

/* Sets what the template asks for of the options; checks only those. */
gboolean rubis_paper_fill (const RubisPaperFill *fill, GError **error);

/* Sets likely values, so that a template can be seen before anything is asked; @fill->options is not looked at. What
 * cannot be had for this customer stays missing.
 */
void rubis_paper_fill_sample (const RubisPaperFill *fill);

/* The values of a request about a dispute; likely ones when @fill->options names none. */
gboolean rubis_dispute_fill (const RubisPaperFill *fill, GError **error);
/* Movements, opening and closing balance of a period. */
gboolean rubis_paper_fill_period (const RubisPaperFill *fill, GError **error);

G_END_DECLS
