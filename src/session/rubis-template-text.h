/* rubis-template-text.h: the text of a template cut into its head (the front matter) and its body.
 *
 * Users see a form and a body; the text that is kept has both. Lines of the head that this program
 * does not know stay where they are.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RubisTemplateText RubisTemplateText;

/* Any text: one without a head is all body. */
RubisTemplateText *rubis_template_text_new (const char *text);
RubisTemplateText *rubis_template_text_copy (const RubisTemplateText *self);
void rubis_template_text_free (RubisTemplateText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTemplateText, rubis_template_text_free)

/* The value of a line of the head ("name", "subject", "channel"…); "" when there is none. (transfer none) */
const char *rubis_template_text_get (const RubisTemplateText *self, const char *key);
/* Line breaks become spaces: a value is one line. "" takes the line away. */
void rubis_template_text_set (RubisTemplateText *self, const char *key, const char *value);
const char *rubis_template_text_get_body (const RubisTemplateText *self);
void rubis_template_text_set_body (RubisTemplateText *self, const char *body);

/* The whole text. (transfer full) */
char *rubis_template_text_join (const RubisTemplateText *self);
/* Lines of the joined text before the body: a problem on line n of the text is on line n - this of the body.
 */
guint rubis_template_text_get_n_head_lines (const RubisTemplateText *self);
/* Bytes of the joined text before the body. */
gsize rubis_template_text_get_head_length (const RubisTemplateText *self);
/* Where the value of a line of the head begins in the joined text, in bytes; FALSE when there is no such
 * line. */
gboolean rubis_template_text_find_value (const RubisTemplateText *self, const char *key, gsize *offset);
/* The key of a line of the joined text (from 1), and where its value begins on it in characters (from 1);
 * NULL when the line is not in the head. (transfer none)
 */
const char *rubis_template_text_get_key_of_line (const RubisTemplateText *self, guint line,
                                                 guint *value_column);

G_END_DECLS
