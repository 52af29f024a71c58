/* rubis-condition.h: what stands between the braces of #SI{…}. Used by templates only. */
#pragma once

#include "rubis-document-context.h"

G_BEGIN_DECLS

typedef struct _RubisCondition RubisCondition;

/* Reads a condition; the grammar is in rubis-template.h. The message says what was not understood,
 * without file or line, which the caller adds; @offset (nullable) becomes the byte of @text at which
 * it was not.
 */
RubisCondition *rubis_condition_new (const char *text, gsize *offset, GError **error);
void rubis_condition_free (RubisCondition *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCondition, rubis_condition_free)

gboolean rubis_condition_holds (RubisCondition *self, RubisDocumentContext *context);
gboolean rubis_condition_uses (RubisCondition *self, RubisHashtag hashtag);
gboolean rubis_condition_uses_modifier (RubisCondition *self, RubisListModifiers modifier);

G_END_DECLS
