/* rubis-spell-checker.h: underlines words that the dictionary of the language does not have.
 *
 * Where no dictionary is installed, nothing is marked. Hashtags, what stands in braces behind them, words with digits
 * and words all in capitals are passed over.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_SPELL_CHECKER (rubis_spell_checker_get_type ())
G_DECLARE_FINAL_TYPE (RubisSpellChecker, rubis_spell_checker, RUBIS, SPELL_CHECKER, GObject)

/* For @view, which outlives the checker: its context menu offers suggestions for the word under the cursor. */
RubisSpellChecker *rubis_spell_checker_new (GtkTextView *view);
/* "fr", "en"…: any dictionary of that language is taken. */
void rubis_spell_checker_set_language (RubisSpellChecker *self, const char *language);
/* FALSE when no dictionary of the language is installed. */
gboolean rubis_spell_checker_is_active (RubisSpellChecker *self);

G_END_DECLS
