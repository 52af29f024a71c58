/* rubis-hashtag-completion.h: completes the hashtag that is being typed, in a popover at the cursor.
 *
 * Arrow keys choose, Enter and Tab take, Escape closes; the keyboard stays in the text.
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-template-preview.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_HASHTAG_COMPLETION (rubis_hashtag_completion_get_type ())
G_DECLARE_FINAL_TYPE (RubisHashtagCompletion, rubis_hashtag_completion, RUBIS, HASHTAG_COMPLETION, GObject)

/* For @view, a text view below @parent, over which the popover lies. Both are unowned: call _detach() before
 * they go. */
RubisHashtagCompletion *rubis_hashtag_completion_new (GtkWidget *parent, GtkTextView *view);
void rubis_hashtag_completion_detach (RubisHashtagCompletion *self);
/* (element-type RubisHashtagEntry) */
void rubis_hashtag_completion_set_hashtags (RubisHashtagCompletion *self, GPtrArray *hashtags);
/* Opens it now, for what stands before the cursor (a '#' is put there when none is). */
void rubis_hashtag_completion_open (RubisHashtagCompletion *self);
gboolean rubis_hashtag_completion_is_open (RubisHashtagCompletion *self);

G_END_DECLS
