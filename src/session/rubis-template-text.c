#include "rubis-template-text.h"

#include <string.h>

#define FENCE "---"

typedef struct
{
  char *key;   /* (nullable) NULL for a line that is no "key: value" */
  char *value; /* or the whole line */
} HeadLine;

struct _RubisTemplateText
{
  gboolean has_head;
  GPtrArray *head; /* (element-type HeadLine) */
  char *body;
};

static void
head_line_free (gpointer data)
{
  HeadLine *line = data;

  g_free (line->key);
  g_free (line->value);
  g_free (line);
}

static void
add_line (RubisTemplateText *self, const char *key, const char *value)
{
  HeadLine *line = g_new0 (HeadLine, 1);

  line->key = g_strdup (key);
  line->value = g_strdup (value);
  g_ptr_array_add (self->head, line);
}

static void
read_line (RubisTemplateText *self, const char *text)
{
  const char *colon = strchr (text, ':');

  if (colon == NULL || colon == text)
    add_line (self, NULL, text);
  else
    {
      g_autofree char *key = g_strstrip (g_strndup (text, (gsize)(colon - text)));
      g_autofree char *value = g_strstrip (g_strdup (colon + 1));

      add_line (self, key, value);
    }
}

/* The line at @p without its end; @next: the line after it, NULL at the end of the text. */
static char *
cut_line (const char *p, const char **next)
{
  const char *end = strchr (p, '\n');
  gsize length = end != NULL ? (gsize)(end - p) : strlen (p);

  *next = end != NULL ? end + 1 : NULL;
  while (length > 0 && p[length - 1] == '\r')
    length--;
  return g_strndup (p, length);
}

static gboolean
is_fence (const char *line)
{
  g_autofree char *bare = g_strchomp (g_strdup (line));

  return g_str_equal (bare, FENCE);
}

RubisTemplateText *
rubis_template_text_new (const char *text)
{
  RubisTemplateText *self = g_new0 (RubisTemplateText, 1);
  const char *p = text;

  self->head = g_ptr_array_new_with_free_func (head_line_free);
  for (gboolean first = TRUE; p != NULL; first = FALSE)
    {
      const char *next;
      g_autofree char *line = cut_line (p, &next);

      if (first && !is_fence (line))
        break;
      if (!first && is_fence (line))
        {
          self->has_head = TRUE;
          self->body = g_strdup (next != NULL ? next : "");
          return self;
        }
      if (!first)
        read_line (self, line);
      p = next;
    }
  g_ptr_array_set_size (self->head, 0);
  self->body = g_strdup (text);
  return self;
}

RubisTemplateText *
rubis_template_text_copy (const RubisTemplateText *self)
{
  RubisTemplateText *copy = g_new0 (RubisTemplateText, 1);

  copy->has_head = self->has_head;
  copy->head = g_ptr_array_new_with_free_func (head_line_free);
  copy->body = g_strdup (self->body);
  for (guint i = 0; i < self->head->len; i++)
    {
      const HeadLine *line = g_ptr_array_index (self->head, i);

      add_line (copy, line->key, line->value);
    }
  return copy;
}

void
rubis_template_text_free (RubisTemplateText *self)
{
  g_ptr_array_unref (self->head);
  g_free (self->body);
  g_free (self);
}

static HeadLine *
find_line (const RubisTemplateText *self, const char *key, guint *index)
{
  for (guint i = 0; i < self->head->len; i++)
    {
      HeadLine *line = g_ptr_array_index (self->head, i);

      if (g_strcmp0 (line->key, key) != 0)
        continue;
      *index = i;
      return line;
    }
  return NULL;
}

const char *
rubis_template_text_get (const RubisTemplateText *self, const char *key)
{
  guint index;
  const HeadLine *line = find_line (self, key, &index);

  return line != NULL ? line->value : "";
}

void
rubis_template_text_set (RubisTemplateText *self, const char *key, const char *value)
{
  guint index;
  HeadLine *line = find_line (self, key, &index);
  g_autofree char *clean = g_strstrip (g_strdelimit (g_strdup (value), "\r\n\t", ' '));

  if (*clean == '\0')
    {
      if (line != NULL)
        g_ptr_array_remove_index (self->head, index);
      return;
    }
  self->has_head = TRUE;
  if (line == NULL)
    add_line (self, key, clean);
  else
    {
      g_free (line->value);
      line->value = g_steal_pointer (&clean);
    }
}

const char *
rubis_template_text_get_body (const RubisTemplateText *self)
{
  return self->body;
}

void
rubis_template_text_set_body (RubisTemplateText *self, const char *body)
{
  char *copy = g_strdup (body);

  g_free (self->body);
  self->body = copy;
}

static char *
join_head (const RubisTemplateText *self)
{
  GString *text = g_string_new (NULL);

  if (self->has_head)
    {
      g_string_append (text, FENCE "\n");
      for (guint i = 0; i < self->head->len; i++)
        {
          const HeadLine *line = g_ptr_array_index (self->head, i);

          if (line->key != NULL)
            g_string_append_printf (text, "%s: ", line->key);
          g_string_append_printf (text, "%s\n", line->value);
        }
      g_string_append (text, FENCE "\n");
    }
  return g_string_free (text, FALSE);
}

char *
rubis_template_text_join (const RubisTemplateText *self)
{
  g_autofree char *head = join_head (self);

  return g_strconcat (head, self->body, NULL);
}

guint
rubis_template_text_get_n_head_lines (const RubisTemplateText *self)
{
  return self->has_head ? self->head->len + 2 : 0;
}

gsize
rubis_template_text_get_head_length (const RubisTemplateText *self)
{
  g_autofree char *head = join_head (self);

  return strlen (head);
}

gboolean
rubis_template_text_find_value (const RubisTemplateText *self, const char *key, gsize *offset)
{
  gsize place = strlen (FENCE "\n");

  for (guint i = 0; i < self->head->len; i++)
    {
      const HeadLine *line = g_ptr_array_index (self->head, i);
      gsize n_key = line->key != NULL ? strlen (line->key) + strlen (": ") : 0;

      if (g_strcmp0 (line->key, key) == 0)
        {
          *offset = place + n_key;
          return TRUE;
        }
      place += n_key + strlen (line->value) + 1;
    }
  return FALSE;
}

const char *
rubis_template_text_get_key_of_line (const RubisTemplateText *self, guint line, guint *value_column)
{
  const HeadLine *found;

  if (!self->has_head || line < 2 || line - 2 >= self->head->len)
    return NULL;
  found = g_ptr_array_index (self->head, line - 2);
  if (found->key != NULL)
    *value_column = (guint)g_utf8_strlen (found->key, -1) + 3;
  return found->key;
}
