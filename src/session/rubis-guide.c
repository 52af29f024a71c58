#include "rubis-guide.h"

#include <string.h>

#include <gio/gio.h>

#include "rubis-help-resource.h"
#include "rubis-template-check.h"
#include "rubis-template-sample.h"

#define FENCE "```"

typedef struct {
  GPtrArray *parts; /* (element-type RubisGuidePart) */
  GString *pending; /* the paragraph being read */
  RubisGuideKind kind;
  const char *language;
} Reader;

static void
part_free (gpointer data)
{
  RubisGuidePart *part = data;

  g_free (part->text);
  g_free (part->result);
  g_free (part->error);
  g_free (part);
}

static RubisGuidePart *
add_part (GPtrArray *parts, RubisGuideKind kind, const char *text)
{
  RubisGuidePart *part = g_new0 (RubisGuidePart, 1);

  part->kind = kind;
  part->text = g_strdup (text);
  g_ptr_array_add (parts, part);
  return part;
}

static void
flush (Reader *reader)
{
  if (reader->pending->len > 0)
    add_part (reader->parts, reader->kind, reader->pending->str);
  g_string_truncate (reader->pending, 0);
  reader->kind = RUBIS_GUIDE_TEXT;
}

/* The names of the samples in the French guide. */
static RubisTemplateSample
find_sample (const char *name)
{
  static const struct {
    const char *french;
    const char *id;
  } names[] = {
    { "une-facture", "one" },
    { "particulier", "consumer" },
    { "devises", "currencies" },
    { "sans-contact", "nobody" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].french, name))
        return rubis_template_sample_from_id (names[i].id);
    }
  return rubis_template_sample_from_id (name);
}

/* What the program makes of the example, subject included when it has one. */
static void
fill_example (RubisGuidePart *part, const char *language, const char *sample)
{
  gboolean whole = g_str_has_prefix (part->text, "---\n");
  g_autofree char *text =
    whole ? g_strdup (part->text)
          : g_strdup_printf ("---\nid: x\nlanguage: %s\nchannel: email\nkind: thanks\nsubject: x\n---\n%s", language,
                             part->text);
  g_autoptr(RubisDocumentContext) context = rubis_template_sample_new (find_sample (sample), language);
  g_autoptr(RubisTemplate) template_ = NULL;
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;

  template_ = rubis_template_new (text, "x", &error);
  if (template_ != NULL)
    document = rubis_template_render (template_, context, RUBIS_RENDER_STRICT, &error);
  if (document == NULL)
    {
      part->error = g_strdup (error->message);
      return;
    }
  body = g_strchomp (rubis_document_to_text (document, 0));
  part->result =
    whole ? g_strdup_printf ("%s\n\n%s", rubis_document_get_subject (document), body) : g_steal_pointer (&body);
}

static void
add_modifiers (Reader *reader)
{
  for (guint i = 0; i < RUBIS_N_LIST_MODIFIERS; i++)
    {
      g_autofree char *name = g_strconcat ("_", rubis_list_modifier_get_name (i, reader->language), NULL);

      add_part (reader->parts, RUBIS_GUIDE_TERM, name)->result = g_strdup (rubis_list_modifier_get_description (i));
    }
}

/* "#NomClient": what it stands for, and what it prints for the sample. */
static void
add_hashtag (Reader *reader, RubisHashtag hashtag, RubisDocumentContext *sample)
{
  g_autofree char *name = g_strconcat ("#", rubis_hashtag_get_name (hashtag, reader->language), NULL);
  g_autofree char *value = rubis_template_dup_value (hashtag, sample, RUBIS_CHANNEL_LETTER);
  const char *description = rubis_hashtag_get_description (hashtag);
  RubisGuidePart *part = add_part (reader->parts, RUBIS_GUIDE_TERM, name);

  part->result =
    value != NULL ? g_strdup_printf ("%s — %s", description, g_strdelimit (value, "\n", ' ')) : g_strdup (description);
}

static void
add_hashtags (Reader *reader)
{
  g_autoptr(RubisDocumentContext) sample = rubis_template_sample_new (RUBIS_SAMPLE_USUAL, reader->language);

  for (int family = 0; family < RUBIS_N_HASHTAG_FAMILIES; family++)
    {
      add_part (reader->parts, RUBIS_GUIDE_HEADING, rubis_hashtag_family_to_label (family))->level = 3;
      for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
        {
          if (rubis_hashtag_get_family (i) == (RubisHashtagFamily) family)
            add_hashtag (reader, i, sample);
        }
    }
}

static void
read_line (Reader *reader, const char *line)
{
  gsize level = strspn (line, "#");

  if (*line == '\0')
    flush (reader);
  else if (level > 0 && line[level] == ' ')
    {
      flush (reader);
      add_part (reader->parts, RUBIS_GUIDE_HEADING, line + level + 1)->level = (int) level;
    }
  else if (g_str_equal (line, "<!-- modifiers -->"))
    add_modifiers (reader);
  else if (g_str_equal (line, "<!-- hashtags -->"))
    add_hashtags (reader);
  else
    {
      gboolean bullet = g_str_has_prefix (line, "- ");

      if (bullet)
        flush (reader);
      if (bullet)
        reader->kind = RUBIS_GUIDE_BULLET;
      if (reader->pending->len > 0)
        g_string_append_c (reader->pending, ' ');
      g_string_append (reader->pending, bullet ? line + 2 : line);
    }
}

/* Reads the lines of an example, up to the one that closes it; returns where that is. */
static guint
read_example (Reader *reader, char **lines, guint first)
{
  const char *sample = strchr (lines[first], ' ');
  g_autoptr(GString) text = g_string_new (NULL);
  RubisGuidePart *part;
  guint i;

  for (i = first + 1; lines[i] != NULL && !g_str_equal (lines[i], FENCE); i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
  part = add_part (reader->parts, RUBIS_GUIDE_EXAMPLE, text->str);
  fill_example (part, reader->language, sample != NULL ? sample + 1 : "");
  return i;
}

GPtrArray *
rubis_guide_load (RubisGuideTopic topic, const char *language, GError **error)
{
  static const char *const files[RUBIS_N_GUIDE_TOPICS][2] = {
    { "/fr/rubis/help/en/follow-up.md", "/fr/rubis/help/fr/suivi.md" },
    { "/fr/rubis/help/en/templates.md", "/fr/rubis/help/fr/modeles.md" },
  };
  gboolean french = g_strcmp0 (language, "fr") == 0;
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr(GString) pending = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  Reader reader = { parts, pending, RUBIS_GUIDE_TEXT, french ? "fr" : "en" };

  bytes = g_resource_lookup_data (rubis_help_get_resource (), files[topic][french ? 1 : 0], 0, error);
  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], FENCE))
        {
          flush (&reader);
          i = read_example (&reader, lines, i);
          if (lines[i] == NULL)
            break;
        }
      else
        read_line (&reader, lines[i]);
    }
  flush (&reader);
  return g_steal_pointer (&parts);
}

/* Without the marks of code and bold. */
static char *
dup_plain (const char *text)
{
  GString *plain = g_string_new (NULL);
  gboolean code = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '`')
        code = !code;
      else if (!code && p[0] == '*' && p[1] == '*')
        p++;
      else
        g_string_append_c (plain, *p);
    }
  return g_string_free (plain, FALSE);
}

static void
append_indented (GString *out, const char *mark, const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize start = out->len;

      g_string_append_printf (out, "%s%s", mark, lines[i]);
      while (out->len > start && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
    }
}

char *
rubis_guide_to_text (GPtrArray *guide)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (guide != NULL, NULL);

  for (guint i = 0; i < guide->len; i++)
    {
      const RubisGuidePart *part = g_ptr_array_index (guide, i);
      const RubisGuidePart *before = i > 0 ? g_ptr_array_index (guide, i - 1) : NULL;
      g_autofree char *plain = dup_plain (part->text);

      /* Entries of a list stand close to each other, and apart from what follows. */
      if (before != NULL && (before->kind == RUBIS_GUIDE_BULLET || before->kind == RUBIS_GUIDE_TERM)
          && part->kind != before->kind)
        g_string_append_c (out, '\n');

      switch (part->kind)
        {
        case RUBIS_GUIDE_HEADING:
          g_string_append_printf (out, "%s\n\n", plain);
          break;
        case RUBIS_GUIDE_BULLET:
          g_string_append_printf (out, "– %s\n", plain);
          break;
        case RUBIS_GUIDE_EXAMPLE:
          append_indented (out, "    ", part->text);
          g_string_append_c (out, '\n');
          append_indented (out, "  | ", part->result != NULL ? part->result : part->error);
          g_string_append_c (out, '\n');
          break;
        case RUBIS_GUIDE_TERM:
          g_string_append_printf (out, "%s: %s\n", part->text, part->result);
          break;
        case RUBIS_GUIDE_TEXT:
        default:
          g_string_append_printf (out, "%s\n\n", plain);
          break;
        }
    }
  return g_string_free (out, FALSE);
}
