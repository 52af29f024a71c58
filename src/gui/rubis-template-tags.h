/* rubis-template-tags.h: what was found in a template, as colours and underlines of its text. */
#pragma once

#include <gtk/gtk.h>

#include "rubis-template-preview.h"

G_BEGIN_DECLS

typedef struct _RubisTemplateTags RubisTemplateTags;

/* For @buffer, which it holds. */
RubisTemplateTags *rubis_template_tags_new (GtkTextBuffer *buffer);
void rubis_template_tags_free (RubisTemplateTags *self);
/* Colours for a dark ground, or a light one. */
void rubis_template_tags_set_dark (RubisTemplateTags *self, gboolean dark);
/* Marks the buffer, whose first byte is the one at @head_length of the text that was looked at. */
void rubis_template_tags_show (RubisTemplateTags *self, RubisTemplatePreview *preview, gsize head_length);
/* The same for one line of that text: @length bytes from @offset. (transfer full) */
PangoAttrList *rubis_template_tags_make_attributes (RubisTemplateTags *self, RubisTemplatePreview *preview,
                                                    gsize offset, gsize length);

G_END_DECLS
