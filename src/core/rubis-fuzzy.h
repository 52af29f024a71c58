/* rubis-fuzzy.h: words that people typed, found in names that are spelled a little otherwise.
 *
 * Case, accents and the order of the words do not matter. A typed word is found as a whole word, as the
 * beginning of one, inside one (from two letters on), or with slips: one from four letters on, two from eight
 * on; a slip is a letter that is missing, too many, wrong, or swapped with its neighbour. Words with digits
 * take no slips: another number is another thing. Every word has to be found, but for forms of companies
 * ("SARL", "Sté") and the little words of names ("de", "et").
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How well a word is found. */
#define RUBIS_FUZZY_EQUAL 100
#define RUBIS_FUZZY_INSIDE 50

typedef struct _RubisFuzzy RubisFuzzy;

RubisFuzzy *rubis_fuzzy_new (const char *typed);
void rubis_fuzzy_free (RubisFuzzy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisFuzzy, rubis_fuzzy_free)

guint rubis_fuzzy_n_words (const RubisFuzzy *self);
/* Folded; owned by @self. */
const char *rubis_fuzzy_get_word (const RubisFuzzy *self, guint index);
/* FALSE for words that need not be found. Never so for all of them. */
gboolean rubis_fuzzy_is_required (const RubisFuzzy *self, guint index);

/* The next run of letters and digits of @folded (from rubis_text_fold()) from *@cursor on, which moves behind
 * it. FALSE at the end. @word is not terminated.
 */
gboolean rubis_fuzzy_next_word (const char **cursor, const char **word, gsize *length);
/* Which letters a folded word has, as bits: looked at before its letters are compared one by one. */
guint32 rubis_fuzzy_letters (const char *word, gsize length);

/* How well the typed word @index is found in the folded word @word of @length bytes and @letters: 0 (not) to
 * RUBIS_FUZZY_EQUAL. @at: (nullable) (out) the byte where it is found letter for letter, -1 when with slips.
 */
int rubis_fuzzy_rate_word (const RubisFuzzy *self, guint index, const char *word, gsize length,
                           guint32 letters, int *at);

/* How well a whole text is found: 0 when a required word is missing, else up to 1000. */
int rubis_fuzzy_rate (const RubisFuzzy *self, const char *text);
/* The rating of a text from the best rating of each typed word. @n_words: of the text. */
int rubis_fuzzy_join_ratings (const RubisFuzzy *self, const int *ratings, guint n_words);

/* A part of a text, in bytes. */
typedef struct
{
  guint start;
  guint end;
} RubisFuzzyRange;
/* The parts of @text that were typed, for showing them in bold; whole words where there were slips.
 * (transfer full) (element-type RubisFuzzyRange) in their order
 */
GArray *rubis_fuzzy_mark (const RubisFuzzy *self, const char *text);

G_END_DECLS
