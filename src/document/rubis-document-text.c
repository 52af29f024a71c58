/* rubis-document-text.c: a document as plain text. */
#include "rubis-document.h"
#include "rubis-format.h"
#include "rubis-words.h"

#include <string.h>

typedef struct {
  GString *out;
  RubisDocument *document;
  const char *language;
  guint width;
  GString *indent; /* before every line but the first of an entry */
} Writer;

static void write_blocks (Writer *writer, GPtrArray *blocks, gboolean tight);

/* Words are kept whole; a word wider than the line stands alone. */
static void
append_wrapped (Writer *writer, const char *text, glong column)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  glong indent = g_utf8_strlen (writer->indent->str, -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit (lines[i], " ", -1);
      gboolean first = TRUE;

      if (i > 0)
        {
          g_string_append_printf (writer->out, "\n%s", writer->indent->str);
          column = indent;
        }
      for (guint j = 0; words[j] != NULL; j++)
        {
          glong length = g_utf8_strlen (words[j], -1);

          if (!first && writer->width > 0 && column + 1 + length > (glong) writer->width)
            {
              g_string_append_printf (writer->out, "\n%s", writer->indent->str);
              column = indent;
              first = TRUE;
            }
          if (!first)
            {
              g_string_append_c (writer->out, ' ');
              column++;
            }
          g_string_append (writer->out, words[j]);
          column += length;
          first = FALSE;
        }
    }
  g_string_append_c (writer->out, '\n');
}

static char *
join_spans (GPtrArray *spans)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      const RubisSpan *span = g_ptr_array_index (spans, i);

      g_string_append (text, span->text);
      if (span->url != NULL && !g_str_equal (span->url, span->text))
        g_string_append_printf (text, " <%s>", span->url);
    }
  return g_string_free (text, FALSE);
}

static void
append_padded (GString *out, const char *text, glong width, gboolean right)
{
  glong missing = width - g_utf8_strlen (text, -1);

  if (!right)
    g_string_append (out, text);
  for (; missing > 0; missing--)
    g_string_append_c (out, ' ');
  if (right)
    g_string_append (out, text);
}

/* What a table shows: cells row by row, the first row being the headings. */
typedef struct {
  GPtrArray *cells; /* (owned) (element-type utf8) */
  guint n_columns;
  gboolean titled; /* whether a heading is not empty */
  GArray *right;   /* (owned) (element-type gboolean); whether a column is aligned at the right */
} Sheet;

static void
sheet_init (Sheet *sheet, guint n_columns)
{
  sheet->cells = g_ptr_array_new_with_free_func (g_free);
  sheet->n_columns = n_columns;
  sheet->titled = TRUE;
  sheet->right = g_array_new (FALSE, FALSE, sizeof (gboolean));
}

static void
sheet_clear (Sheet *sheet)
{
  g_ptr_array_unref (sheet->cells);
  g_array_unref (sheet->right);
}

/* The cells of one group of a table, header and total included. */
static void
fill_from_group (Sheet *sheet, RubisItemTable *table, guint group, const char *language)
{
  guint n_rows = rubis_item_table_get_n_rows (table, group);
  GPtrArray *cells;

  sheet_init (sheet, rubis_item_table_get_n_columns (table));
  cells = sheet->cells;
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      RubisColumn column = rubis_item_table_get_column (table, i);
      gboolean right = rubis_item_table_is_numeric (column);

      g_array_append_val (sheet->right, right);
      g_ptr_array_add (cells, g_strdup (rubis_item_table_get_heading (table, column)));
    }
  for (guint row = 0; row < n_rows; row++)
    {
      for (guint i = 0; i < sheet->n_columns; i++)
        g_ptr_array_add (
          cells, rubis_item_table_dup_cell (table, group, row, rubis_item_table_get_column (table, i)));
    }
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      RubisColumn column = rubis_item_table_get_column (table, i);

      if (i == 0)
        g_ptr_array_add (cells, rubis_item_table_dup_total_label (table, group));
      else if (rubis_item_table_is_amount (column) && column != RUBIS_COLUMN_TOTAL)
        g_ptr_array_add (cells,
                         rubis_format_amount (rubis_item_table_get_sum (table, group, n_rows, column),
                                              rubis_item_table_get_currency (table, group), language));
      else
        g_ptr_array_add (cells, g_strdup (""));
    }
}

/* A cell of several lines is one line here. */
static void
fill_from_grid (Sheet *sheet, RubisGrid *grid)
{
  sheet_init (sheet, rubis_grid_get_n_columns (grid));
  sheet->titled = rubis_grid_has_titles (grid);
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      gboolean right = rubis_grid_get_align (grid, i) == RUBIS_GRID_RIGHT;

      g_array_append_val (sheet->right, right);
      g_ptr_array_add (sheet->cells, g_strdup (rubis_grid_get_title (grid, i)));
    }
  for (guint row = 0; row < rubis_grid_get_n_rows (grid); row++)
    {
      for (guint i = 0; i < sheet->n_columns; i++)
        g_ptr_array_add (sheet->cells, g_strdup (rubis_grid_get_cell (grid, row, i)));
    }
  for (guint i = 0; i < sheet->cells->len; i++)
    g_strdelimit (g_ptr_array_index (sheet->cells, i), "\n", ' ');
}

/* One entry per row, for a table that is wider than the lines: its cells with their headings. */
static void
write_entries (Writer *writer, const Sheet *sheet)
{
  /* A figure stays on the line of its heading. */
  g_autofree char *colon = g_strchomp (g_strdup (rubis_words_get (RUBIS_WORD_COLON, writer->language)));

  for (guint row = 1; row < sheet->cells->len / sheet->n_columns; row++)
    {
      g_autoptr(GString) entry = g_string_new (NULL);
      gsize indent = writer->indent->len;

      for (guint i = 0; i < sheet->n_columns; i++)
        {
          const char *cell = g_ptr_array_index (sheet->cells, row * sheet->n_columns + i);
          const char *heading = g_ptr_array_index (sheet->cells, i);

          if (*cell == '\0' || g_str_equal (cell, "–"))
            continue;
          if (entry->len > 0)
            g_string_append (entry, ", ");
          if (i > 0 && *heading != '\0')
            g_string_append_printf (entry, "%s%s\u00a0", heading, colon);
          g_string_append (entry, cell);
        }
      g_string_append (writer->out, "– ");
      g_string_append (writer->indent, "  ");
      append_wrapped (writer, entry->str, (glong) writer->indent->len);
      g_string_truncate (writer->indent, indent);
    }
}

static void
write_sheet (Writer *writer, const Sheet *sheet)
{
  guint n_columns = sheet->n_columns;
  g_autofree glong *widths = g_new0 (glong, n_columns);
  glong total = 2 * ((glong) n_columns - 1);

  for (guint i = 0; i < sheet->cells->len; i++)
    widths[i % n_columns] =
      MAX (widths[i % n_columns], g_utf8_strlen (g_ptr_array_index (sheet->cells, i), -1));
  for (guint i = 0; i < n_columns; i++)
    total += widths[i];
  if (writer->width > 0 && total > (glong) writer->width)
    {
      write_entries (writer, sheet);
      return;
    }
  for (guint i = sheet->titled ? 0 : n_columns; i < sheet->cells->len; i++)
    {
      guint column = i % n_columns;

      if (column > 0)
        g_string_append (writer->out, "  ");
      append_padded (writer->out, g_ptr_array_index (sheet->cells, i), widths[column],
                     g_array_index (sheet->right, gboolean, column));
      if (column + 1 < n_columns)
        continue;
      while (writer->out->len > 0 && writer->out->str[writer->out->len - 1] == ' ')
        g_string_truncate (writer->out, writer->out->len - 1);
      g_string_append_c (writer->out, '\n');
    }
}

static void
write_group (Writer *writer, RubisItemTable *table, guint group)
{
  Sheet sheet;

  fill_from_group (&sheet, table, group, writer->language);
  write_sheet (writer, &sheet);
  sheet_clear (&sheet);
}

static void
write_grid (Writer *writer, RubisGrid *grid)
{
  Sheet sheet;

  if (rubis_grid_get_n_columns (grid) == 0)
    return;
  fill_from_grid (&sheet, grid);
  write_sheet (writer, &sheet);
  sheet_clear (&sheet);
}

static void
write_fact (Writer *writer, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (writer->out, "%s%s%s\n", label,
                            rubis_words_get (RUBIS_WORD_COLON, writer->language), value);
}

static void
write_grand_total (Writer *writer, RubisItemTable *table, guint group)
{
  g_autofree char *total =
    rubis_format_amount (rubis_item_table_get_grand_total (table, group),
                         rubis_item_table_get_currency (table, group), writer->language);

  write_fact (writer, rubis_words_get (RUBIS_WORD_TOTAL_TO_PAY, writer->language), total);
}

static void
write_payment (Writer *writer)
{
  const RubisPaymentDetails *payment = rubis_document_get_payment (writer->document);
  g_autofree char *iban = rubis_document_group_iban (payment->iban);

  if (payment->iban != NULL)
    {
      write_fact (writer, rubis_words_get (RUBIS_WORD_BENEFICIARY, writer->language), payment->beneficiary);
      write_fact (writer, "IBAN", iban);
      write_fact (writer, "BIC", payment->bic);
      write_fact (writer, rubis_words_get (RUBIS_WORD_REFERENCE, writer->language), payment->reference);
      write_fact (writer, rubis_words_get (RUBIS_WORD_AMOUNT, writer->language), payment->amount);
    }
  write_fact (writer, rubis_words_get (RUBIS_WORD_PAY_ONLINE, writer->language), payment->link);
}

static void
write_signature (Writer *writer)
{
  const RubisSignatory *signatory = rubis_document_get_signatory (writer->document);
  const char *lines[] = { signatory->name, signatory->role, signatory->company };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      if (lines[i] != NULL)
        g_string_append_printf (writer->out, "%s\n", lines[i]);
    }
}

static void
write_list (Writer *writer, const RubisBlock *block)
{
  for (guint i = 0; i < block->children->len; i++)
    {
      const RubisBlock *entry = g_ptr_array_index (block->children, i);
      g_autofree char *mark =
        block->level > 0 ? g_strdup_printf ("%d. ", block->level + (int) i) : g_strdup ("– ");
      glong length = g_utf8_strlen (mark, -1);
      gsize before = writer->indent->len;

      g_string_append_printf (writer->out, "%s%s", i > 0 ? writer->indent->str : "", mark);
      for (glong j = 0; j < length; j++)
        g_string_append_c (writer->indent, ' ');
      write_blocks (writer, entry->children, TRUE);
      g_string_truncate (writer->indent, before);
    }
}

static void
write_block (Writer *writer, const RubisBlock *block)
{
  g_autofree char *text = block->spans != NULL ? join_spans (block->spans) : NULL;

  switch (block->kind)
    {
    case RUBIS_BLOCK_PARAGRAPH:
    case RUBIS_BLOCK_HEADING:
      append_wrapped (writer, text, g_utf8_strlen (writer->indent->str, -1));
      break;
    case RUBIS_BLOCK_LIST:
      write_list (writer, block);
      break;
    case RUBIS_BLOCK_QUOTE:
      write_blocks (writer, block->children, FALSE);
      break;
    case RUBIS_BLOCK_RULE:
    case RUBIS_BLOCK_PAGE_BREAK:
      g_string_append (writer->out, "––––––––––\n");
      break;
    case RUBIS_BLOCK_TABLE:
      for (guint group = 0; group < rubis_item_table_get_n_groups (block->table); group++)
        {
          if (group > 0)
            g_string_append_c (writer->out, '\n');
          write_group (writer, block->table, group);
          if (rubis_item_table_has_grand_total (block->table))
            write_grand_total (writer, block->table, group);
        }
      break;
    case RUBIS_BLOCK_GRID:
      write_grid (writer, block->grid);
      break;
    case RUBIS_BLOCK_PAYMENT:
      write_payment (writer);
      break;
    case RUBIS_BLOCK_SIGNATURE:
      write_signature (writer);
      break;
    case RUBIS_BLOCK_IMAGE:
    case RUBIS_BLOCK_ENTRY:
    default:
      break;
    }
}

static void
write_blocks (Writer *writer, GPtrArray *blocks, gboolean tight)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      if (i > 0)
        g_string_append_printf (writer->out, "%s%s", tight ? "" : "\n", writer->indent->str);
      write_block (writer, g_ptr_array_index (blocks, i));
    }
}

char *
rubis_document_to_text (RubisDocument *self, guint width)
{
  Writer writer = { NULL, self, NULL, width, NULL };

  g_return_val_if_fail (self != NULL, NULL);

  writer.out = g_string_new (NULL);
  writer.indent = g_string_new (NULL);
  writer.language = rubis_document_get_language (self);
  write_blocks (&writer, rubis_document_get_blocks (self), FALSE);
  g_string_free (writer.indent, TRUE);
  return g_string_free (writer.out, FALSE);
}
