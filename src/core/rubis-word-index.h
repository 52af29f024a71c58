/* rubis-word-index.h: the words of many short texts, in memory, for finding texts as they are typed.
 *
 * A typed word is compared once with each different word, not with each text: among fifty thousand names an
 * answer takes a few milliseconds, slips included.
 */
#pragma once

#include "rubis-fuzzy.h"

G_BEGIN_DECLS

typedef struct _RubisWordIndex RubisWordIndex;

RubisWordIndex *rubis_word_index_new (void);
void rubis_word_index_free (RubisWordIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisWordIndex, rubis_word_index_free)

/* Adds a text, which gets the next number from 0 on. @context: what it is found by as well, but worth less:
 * the city of a customer, the employer of a person.
 */
guint rubis_word_index_add (RubisWordIndex *self, const char *text, const char *context);
guint rubis_word_index_get_size (const RubisWordIndex *self);

typedef struct
{
  guint number; /* of the text */
  int rating;   /* as of rubis_fuzzy_rate() */
} RubisWordHit;
/* The best @limit texts, best first, those of one rating in the order in which they were added.
 * (transfer full) (element-type RubisWordHit)
 */
GArray *rubis_word_index_find (const RubisWordIndex *self, const RubisFuzzy *typed, guint limit);

G_END_DECLS
