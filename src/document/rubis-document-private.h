/* rubis-document-private.h: how a document is put together, for the template that fills it. */
#pragma once

#include "rubis-document.h"

G_BEGIN_DECLS

struct _RubisDocument {
  gatomicrefcount ref_count;
  char *language;
  RubisDate date;
  RubisChannel channel;
  char *subject;
  char *author;
  char *place;
  char *recipient;
  GPtrArray *references; /* (owned) (element-type RubisReference) */
  GPtrArray *blocks;     /* (owned) (element-type RubisBlock) */
  RubisPaymentDetails payment;
  RubisSignatory signatory;
};

RubisDocument *rubis_document_new (const char *language, RubisDate date, RubisChannel channel);
RubisBlock *rubis_block_new (RubisBlockKind kind);
void rubis_block_free (RubisBlock *block);
/* Takes @value and @code (nullable); does nothing when @value is NULL. */
void rubis_document_take_reference (RubisDocument *self, const char *label, char *value, char *code);
/* Appends text to @spans, joined to the last run when style and address are the same. */
void rubis_spans_append (GPtrArray *spans, const char *text, gssize length, RubisSpanStyle style,
                         const char *url);
/* Drops blanks at both ends; FALSE when nothing is left. */
gboolean rubis_spans_trim (GPtrArray *spans);

G_END_DECLS
