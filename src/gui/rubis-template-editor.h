/* rubis-template-editor.h: the text of one template: name and subject as a form, the body as text.
 *
 * Signal "changed": the text is another one than before, typed or set. Actions: editor.bold, editor.italic,
 * editor.heading, editor.list, editor.condition, editor.plural, editor.page-break, editor.hashtag.
 */
#pragma once

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "rubis-template-preview.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TEMPLATE_EDITOR (rubis_template_editor_get_type ())
G_DECLARE_FINAL_TYPE (RubisTemplateEditor, rubis_template_editor, RUBIS, TEMPLATE_EDITOR, AdwBin)

GtkWidget *rubis_template_editor_new (void);
/* Shows a text; undo begins anew when @fresh, else the change can be undone. */
void rubis_template_editor_set_text (RubisTemplateEditor *self, const char *text, gboolean fresh);
/* The whole text, head included. (transfer full) */
char *rubis_template_editor_dup_text (RubisTemplateEditor *self);
/* Of the head: "language", "channel"… (transfer none), until the text changes */
const char *rubis_template_editor_get_field (RubisTemplateEditor *self, const char *key);
void rubis_template_editor_set_field (RubisTemplateEditor *self, const char *key, const char *value);

/* Puts text in at the cursor, in place of the selection, and the cursor behind it. */
void rubis_template_editor_insert (RubisTemplateEditor *self, const char *text);
/* Puts the cursor on a place of the whole text (line and column from 1). */
void rubis_template_editor_go_to (RubisTemplateEditor *self, guint line, guint column);
/* Where the cursor is in the whole text. */
void rubis_template_editor_get_place (RubisTemplateEditor *self, guint *line, guint *column);
/* Colours hashtags, underlines problems and offers completions by what was found in the text as it stands. */
void rubis_template_editor_show_preview (RubisTemplateEditor *self, RubisTemplatePreview *preview);
void rubis_template_editor_find (RubisTemplateEditor *self, gboolean replace);
GtkSourceView *rubis_template_editor_get_view (RubisTemplateEditor *self);
/* Lines of the whole text before the body, which the view shows. */
guint rubis_template_editor_get_n_head_lines (RubisTemplateEditor *self);

G_END_DECLS
