/* rubis-letter-flow.c: turns the blocks of a document into boxes. */
#include "rubis-letter-private.h"

#define LEADING 13.6
#define PARAGRAPH_SPACE 7.5
#define ENTRY_SPACE 2.5
#define ENTRY_INDENT 14.0
#define IMAGE_HEIGHT RUBIS_MM (30)

static void flow_blocks (RubisLetter *self, GPtrArray *blocks, double indent, double space);

RubisBox *
rubis_letter_add_box (RubisLetter *self, RubisBoxKind kind, double space, double height)
{
  RubisBox box = { kind };

  box.space = space;
  box.height = height;
  g_array_append_val (self->boxes, box);
  return &g_array_index (self->boxes, RubisBox, self->boxes->len - 1);
}

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = (guint)start;
  attribute->end_index = (guint)end;
  pango_attr_list_insert (list, attribute);
}

static void
add_style (PangoAttrList *list, const RubisSpan *span, gsize start, gsize end)
{
  if ((span->style & RUBIS_SPAN_BOLD) != 0)
    add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if ((span->style & RUBIS_SPAN_ITALIC) != 0)
    add_attribute (list, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if ((span->style & RUBIS_SPAN_MISSING) != 0)
    add_attribute (list, pango_attr_foreground_new (0xb3b3, 0x2626, 0x1e1e), start, end);
}

static PangoLayout *
set_spans (RubisLetter *self, GPtrArray *spans, RubisTypeStyle style, double width)
{
  PangoLayout *layout = rubis_typesetter_borrow (self->type, style, width);
  g_autoptr (GString) text = g_string_new (NULL);
  PangoAttrList *attributes = NULL;

  for (guint i = 0; i < spans->len; i++)
    {
      const RubisSpan *span = g_ptr_array_index (spans, i);
      gsize start = text->len;

      /* A line break inside a paragraph is no new paragraph. */
      for (const char *p = span->text; *p != '\0'; p++)
        {
          if (*p == '\n')
            g_string_append (text, "\u2028");
          else
            g_string_append_c (text, *p);
        }
      if (span->style == RUBIS_SPAN_PLAIN)
        continue;
      if (attributes == NULL)
        attributes = pango_attr_list_new ();
      add_style (attributes, span, start, text->len);
    }
  pango_layout_set_text (layout, text->str, (int)text->len);
  if (attributes != NULL)
    {
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
    }
  return layout;
}

/* No line alone at the foot or at the head of a page. */
static gboolean
is_line_kept (int line, int n_lines)
{
  return line > 0 && (n_lines <= 3 || line == 1 || line == n_lines - 1);
}

static void
flow_paragraph (RubisLetter *self, GPtrArray *spans, RubisTypeStyle style, double indent, double space)
{
  PangoLayout *layout = set_spans (self, spans, style, rubis_letter_get_width (self) - indent);
  int n_lines = pango_layout_get_line_count (layout);

  for (int i = 0; i < n_lines; i++)
    {
      RubisBox *box = rubis_letter_add_box (self, RUBIS_BOX_LINE, i == 0 ? space : 0, LEADING);

      box->layout = layout;
      box->line = i;
      box->indent = indent;
      box->keep = is_line_kept (i, n_lines);
    }
}

/* Whatever is nested, half of the width is left for the text. */
static double
get_inner_indent (RubisLetter *self, double indent)
{
  return MIN (indent + ENTRY_INDENT, rubis_letter_get_width (self) / 2);
}

static void
flow_list (RubisLetter *self, const RubisBlock *list, double indent, double space)
{
  for (guint i = 0; i < list->children->len; i++)
    {
      const RubisBlock *entry = g_ptr_array_index (list->children, i);
      guint first = self->boxes->len;

      flow_blocks (self, entry->children, get_inner_indent (self, indent), i == 0 ? space : ENTRY_SPACE);
      /* A list that starts an entry has marked its line already. */
      for (guint box = first; box < self->boxes->len; box++)
        g_array_index (self->boxes, RubisBox, box).listed = TRUE;
      if (self->boxes->len > first && g_array_index (self->boxes, RubisBox, first).mark == NULL)
        g_array_index (self->boxes, RubisBox, first).mark
            = list->level > 0 ? g_strdup_printf ("%d.", list->level + (int)i) : g_strdup ("–");
    }
}

/* A grid of so few rows is mostly room to sign or to decide: it stays whole, with the words above it. */
#define SMALL_GRID 2

/* Keeps everything from @first on together with what comes before it. */
static void
keep_from (RubisLetter *self, guint first)
{
  for (guint i = first; i < self->boxes->len; i++)
    g_array_index (self->boxes, RubisBox, i).keep = TRUE;
}

/* The boxes of the last two paragraphs: what a signature must not be parted from. */
static guint
find_closing (RubisLetter *self)
{
  guint first = self->boxes->len;
  int n_paragraphs = 0;

  while (first > 0)
    {
      const RubisBox *box = &g_array_index (self->boxes, RubisBox, first - 1);

      if (box->kind != RUBIS_BOX_LINE)
        break;
      first--;
      if (box->line == 0 && ++n_paragraphs == 2)
        break;
    }
  return first;
}

/* The first box that the grid is kept with, or its own. */
static guint
flow_grid (RubisLetter *self, RubisGrid *grid)
{
  gboolean small = rubis_grid_get_n_rows (grid) <= SMALL_GRID;
  guint first = small ? find_closing (self) : self->boxes->len;

  rubis_letter_flow_grid (self, grid);
  if (small)
    keep_from (self, MIN (first + 1, self->boxes->len));
  return first;
}

static void
flow_block (RubisLetter *self, const RubisBlock *block, double indent, double space)
{
  guint first = self->boxes->len;
  gboolean kept = first > 0 && g_array_index (self->boxes, RubisBox, first - 1).kind == RUBIS_BOX_LINE
                  && g_array_index (self->boxes, RubisBox, first - 1).block != NULL;

  switch (block->kind)
    {
    case RUBIS_BLOCK_HEADING:
      flow_paragraph (self, block->spans, RUBIS_TYPE_HEADING, indent, space + 4);
      keep_from (self, MIN (first + 1, self->boxes->len));
      for (guint box = first; box < self->boxes->len; box++)
        g_array_index (self->boxes, RubisBox, box).heading = (guint)block->level;
      /* Marks the box as a heading: the next block stays with it. */
      g_array_index (self->boxes, RubisBox, self->boxes->len - 1).block = block;
      break;
    case RUBIS_BLOCK_LIST:
      flow_list (self, block, indent, space);
      break;
    case RUBIS_BLOCK_QUOTE:
      flow_blocks (self, block->children, get_inner_indent (self, indent), PARAGRAPH_SPACE);
      break;
    case RUBIS_BLOCK_RULE:
      rubis_letter_add_box (self, RUBIS_BOX_RULE, 6, 6);
      break;
    case RUBIS_BLOCK_PAGE_BREAK:
      rubis_letter_add_box (self, RUBIS_BOX_BREAK, 0, 0);
      break;
    case RUBIS_BLOCK_TABLE:
      rubis_letter_flow_table (self, block->table);
      break;
    case RUBIS_BLOCK_GRID:
      first = flow_grid (self, block->grid);
      break;
    case RUBIS_BLOCK_IMAGE:
      rubis_letter_add_box (self, RUBIS_BOX_IMAGE, space, IMAGE_HEIGHT)->block = block;
      break;
    case RUBIS_BLOCK_PAYMENT:
      /* The sentence that announces it stays with it. */
      kept = first > 0 && g_array_index (self->boxes, RubisBox, first - 1).kind == RUBIS_BOX_LINE;
      rubis_letter_add_box (self, RUBIS_BOX_PAYMENT, 6, rubis_letter_measure_payment (self));
      break;
    case RUBIS_BLOCK_SIGNATURE:
      first = find_closing (self);
      rubis_letter_add_box (self, RUBIS_BOX_SIGNATURE, 10, rubis_letter_measure_signature (self));
      keep_from (self, MIN (first + 1, self->boxes->len - 1));
      break;
    case RUBIS_BLOCK_PARAGRAPH:
      flow_paragraph (self, block->spans, RUBIS_TYPE_BODY, indent, space);
      break;
    case RUBIS_BLOCK_ENTRY:
    default:
      break;
    }
  if (kept && first < self->boxes->len)
    g_array_index (self->boxes, RubisBox, first).keep = TRUE;
}

static void
flow_blocks (RubisLetter *self, GPtrArray *blocks, double indent, double space)
{
  for (guint i = 0; i < blocks->len; i++)
    flow_block (self, g_ptr_array_index (blocks, i), indent, i == 0 ? space : PARAGRAPH_SPACE);
}

void
rubis_letter_flow (RubisLetter *self)
{
  flow_blocks (self, rubis_document_get_blocks (self->document), 0, PARAGRAPH_SPACE);
}
