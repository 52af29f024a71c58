#include "rubis-template-tags.h"

#include <string.h>

#define N_REMARK_TAGS 2

struct _RubisTemplateTags
{
  GtkTextBuffer *buffer;                 /* (owned) */
  GtkTextTag *marks[RUBIS_N_MARK_KINDS]; /* (unowned) of the buffer */
  GtkTextTag *remarks[N_REMARK_TAGS];    /* (unowned) errors, warnings */
  gboolean dark;
};

/* Light ground, dark ground: each readable on its own at 4.5:1. */
static const char *const colours[RUBIS_N_MARK_KINDS][2] = {
  [RUBIS_MARK_HASHTAG] = { "#1a5fb4", "#99c1f1" }, [RUBIS_MARK_EMPTY] = { "#a34f00", "#ffbe6f" },
  [RUBIS_MARK_LOGIC] = { "#813d9c", "#dc8add" },   [RUBIS_MARK_UNKNOWN] = { "#c01c28", "#ff7b63" },
  [RUBIS_MARK_ESCAPE] = { "#5e5c64", "#c0bfbc" },
};

static const char *const remark_colours[N_REMARK_TAGS] = { "#e01b24", "#e5a50a" };

RubisTemplateTags *
rubis_template_tags_new (GtkTextBuffer *buffer)
{
  RubisTemplateTags *self = g_new0 (RubisTemplateTags, 1);

  self->buffer = g_object_ref (buffer);
  for (int i = 0; i < RUBIS_N_MARK_KINDS; i++)
    self->marks[i] = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  g_object_set (self->marks[RUBIS_MARK_LOGIC], "weight", PANGO_WEIGHT_BOLD, NULL);
  /* Colour is never alone: what prints nothing slants, what is unknown is underlined as an error. */
  g_object_set (self->marks[RUBIS_MARK_EMPTY], "style", PANGO_STYLE_ITALIC, NULL);
  for (int i = 0; i < N_REMARK_TAGS; i++)
    {
      GdkRGBA colour;

      gdk_rgba_parse (&colour, remark_colours[i]);
      self->remarks[i] = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_ERROR,
                                                     "underline-rgba", &colour, NULL);
    }
  rubis_template_tags_set_dark (self, FALSE);
  return self;
}

void
rubis_template_tags_free (RubisTemplateTags *self)
{
  g_object_unref (self->buffer);
  g_free (self);
}

void
rubis_template_tags_set_dark (RubisTemplateTags *self, gboolean dark)
{
  self->dark = dark;
  for (int i = 0; i < RUBIS_N_MARK_KINDS; i++)
    g_object_set (self->marks[i], "foreground", colours[i][dark ? 1 : 0], NULL);
}

/* The place of a byte of the text. */
static void
find_byte (RubisTemplateTags *self, const char *text, gsize offset, GtkTextIter *iter)
{
  int line = 0;
  gsize line_start = 0;

  for (gsize i = 0; i < offset; i++)
    {
      if (text[i] != '\n')
        continue;
      line++;
      line_start = i + 1;
    }
  gtk_text_buffer_get_iter_at_line_index (self->buffer, iter, line, (int)(offset - line_start));
}

static void
apply (RubisTemplateTags *self, GtkTextTag *tag, const char *text, gsize offset, gsize length,
       gsize head_length)
{
  gsize n = strlen (text);
  GtkTextIter start, end;

  if (offset < head_length || length == 0 || offset - head_length + length > n)
    return;
  find_byte (self, text, offset - head_length, &start);
  find_byte (self, text, offset - head_length + length, &end);
  gtk_text_buffer_apply_tag (self->buffer, tag, &start, &end);
}

void
rubis_template_tags_show (RubisTemplateTags *self, RubisTemplatePreview *preview, gsize head_length)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  for (int i = 0; i < RUBIS_N_MARK_KINDS; i++)
    gtk_text_buffer_remove_tag (self->buffer, self->marks[i], &start, &end);
  for (int i = 0; i < N_REMARK_TAGS; i++)
    gtk_text_buffer_remove_tag (self->buffer, self->remarks[i], &start, &end);
  for (guint i = 0; i < preview->marks->len; i++)
    {
      const RubisTemplateMark *mark = &g_array_index (preview->marks, RubisTemplateMark, i);

      apply (self, self->marks[mark->kind], text, mark->offset, mark->length, head_length);
    }
  for (guint i = 0; i < preview->remarks->len; i++)
    {
      const RubisTemplateRemark *remark = g_ptr_array_index (preview->remarks, i);

      if (remark->kind != RUBIS_REMARK_ADVICE)
        apply (self, self->remarks[remark->kind == RUBIS_REMARK_ERROR ? 0 : 1], text, remark->offset,
               remark->length, head_length);
    }
}

PangoAttrList *
rubis_template_tags_make_attributes (RubisTemplateTags *self, RubisTemplatePreview *preview, gsize offset,
                                     gsize length)
{
  PangoAttrList *list = pango_attr_list_new ();

  for (guint i = 0; i < preview->marks->len; i++)
    {
      const RubisTemplateMark *mark = &g_array_index (preview->marks, RubisTemplateMark, i);
      PangoAttribute *attribute;
      PangoColor colour;

      if (mark->offset < offset || mark->offset + mark->length > offset + length)
        continue;
      pango_color_parse (&colour, colours[mark->kind][self->dark ? 1 : 0]);
      attribute = pango_attr_foreground_new (colour.red, colour.green, colour.blue);
      attribute->start_index = (guint)(mark->offset - offset);
      attribute->end_index = (guint)(mark->offset - offset + mark->length);
      pango_attr_list_insert (list, attribute);
    }
  return list;
}
