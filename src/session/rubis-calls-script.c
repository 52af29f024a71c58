/* The script of a call, in parts that can be folded. */
#include "rubis-calls-script.h"

static void
section_free (gpointer data)
{
  RubisScriptSection *section = data;

  g_free (section->title);
  g_free (section->text);
  g_free (section);
}

typedef struct
{
  GPtrArray *sections;
  int level;
  char *title;
  GString *text;
} Writer;

static void
end_section (Writer *writer)
{
  RubisScriptSection *section;

  if (*writer->title != '\0' || writer->text->len > 0)
    {
      section = g_new0 (RubisScriptSection, 1);
      section->level = writer->level;
      section->title = g_strdup (writer->title);
      section->text = g_strdup (writer->text->str);
      g_ptr_array_add (writer->sections, section);
    }
  g_string_truncate (writer->text, 0);
}

/* (transfer full) */
static char *
join_spans (const RubisBlock *block)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; block->spans != NULL && i < block->spans->len; i++)
    g_string_append (text, ((const RubisSpan *)g_ptr_array_index (block->spans, i))->text);
  return g_string_free (text, FALSE);
}

/* @mark: (nullable) before the first paragraph of an entry of a list */
static void
write_blocks (Writer *writer, GPtrArray *blocks, const char *mark)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const RubisBlock *block = g_ptr_array_index (blocks, i);
      gboolean in_entry = mark != NULL && i == 0;

      if (block->kind == RUBIS_BLOCK_HEADING)
        {
          end_section (writer);
          g_free (writer->title);
          writer->title = join_spans (block);
          writer->level = block->level;
        }
      else if (block->kind == RUBIS_BLOCK_PARAGRAPH)
        {
          g_autofree char *text = join_spans (block);

          if (writer->text->len > 0)
            g_string_append (writer->text, mark != NULL ? "\n" : "\n\n");
          g_string_append_printf (writer->text, "%s%s", in_entry ? mark : "", text);
        }
      else if (block->kind == RUBIS_BLOCK_ENTRY)
        write_blocks (writer, block->children, "• ");
      else if (block->children != NULL)
        write_blocks (writer, block->children, mark);
    }
}

GPtrArray *
rubis_call_script_split (RubisDocument *document)
{
  Writer writer = { .sections = g_ptr_array_new_with_free_func (section_free),
                    .title = g_strdup (""),
                    .text = g_string_new (NULL) };

  write_blocks (&writer, rubis_document_get_blocks (document), NULL);
  end_section (&writer);
  g_free (writer.title);
  g_string_free (writer.text, TRUE);
  return writer.sections;
}

GPtrArray *
rubis_call_script_new_empty (void)
{
  return g_ptr_array_new_with_free_func (section_free);
}
