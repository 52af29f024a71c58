/* letter-fixture.h: one invented customer, company and signatory, for letter tests and samples. */
#pragma once

#include "rubis-letter-writer.h"
#include "rubis-template.h"

G_BEGIN_DECLS

#define LETTER_FIXTURE_QR                                                                                    \
  "BCD\n002\n1\nSCT\nAGRIFRPP\nAteliers Vasseur & Fils\nFR7630006000011234567890189\nEUR12345.67\n"          \
  "\n\nC00412 relance"

/* Every value that the shipped templates ask for, no item yet. @language: "fr" or "en". */
RubisDocumentContext *letter_fixture_context (const char *language);
/* Adds @n invoices in euros (of 1,000.00 + 10.01 × index), late by 10 days and more, and completes. */
void letter_fixture_add_items (RubisDocumentContext *context, guint n);
/* The awkward rows: a part payment, a dispute, a credit, an unallocated payment. Not completed. */
void letter_fixture_add_mixed_items (RubisDocumentContext *context);
RubisLetterhead *letter_fixture_letterhead (gboolean with_logo);
/* The facts of that letterhead, without logo, to be changed. */
void letter_fixture_fill_facts (RubisLetterheadFacts *facts);
/* A PNG, three times as wide as high. */
GBytes *letter_fixture_make_logo (void);
/* The text of resources/templates/@name, such as "fr/relance-1.md". */
char *letter_fixture_read_template (const char *name);
/* The same, read. */
RubisTemplate *letter_fixture_template (const char *name);
/* The template filled; aborts when it cannot be. */
RubisDocument *letter_fixture_render (const char *name, RubisDocumentContext *context);

G_END_DECLS
