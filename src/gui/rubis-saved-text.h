/* rubis-saved-text.h: a text that is kept as one types: a little after the last key, and when one leaves it.
 *
 * Signal "save" (const char *): the text is to be kept. Property "placeholder-text": what it is for, seen while it is
 * empty.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_SAVED_TEXT (rubis_saved_text_get_type ())
G_DECLARE_FINAL_TYPE (RubisSavedText, rubis_saved_text, RUBIS, SAVED_TEXT, GtkTextView)

/* Shows what is kept; what is being typed is left alone. */
void rubis_saved_text_show (RubisSavedText *self, const char *text);
/* Emits "save" now if something was typed since. */
void rubis_saved_text_flush (RubisSavedText *self);

G_END_DECLS
