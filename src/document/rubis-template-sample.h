/* rubis-template-sample.h: an invented customer, to show what hashtags print: for the help and the reference.
 */
#pragma once

#include "rubis-document-context.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_SAMPLE_USUAL,      /* a professional with several late invoices, a credit and a contested part */
  RUBIS_SAMPLE_ONE,        /* one late invoice */
  RUBIS_SAMPLE_CONSUMER,   /* a consumer, so that nothing is said of penalties */
  RUBIS_SAMPLE_CURRENCIES, /* late invoices in two currencies */
  RUBIS_SAMPLE_NOBODY,     /* nobody is named at the customer's */
} RubisTemplateSample;

/* "one", "consumer", "currencies", "nobody"; anything else is RUBIS_SAMPLE_USUAL. */
RubisTemplateSample rubis_template_sample_from_id (const char *id);

/* A complete context on 2 November 2026 with a value for every hashtag but the contact of
 * RUBIS_SAMPLE_NOBODY. @language: of the document; its
 * words are French for "fr" and English for any other.
 */
RubisDocumentContext *rubis_template_sample_new (RubisTemplateSample sample, const char *language);

G_END_DECLS
