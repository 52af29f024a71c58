/* rubis-document-html.c: a document as the HTML body of an email.
 *
 * Email programs ignore style sheets and know few properties: everything is inlined and laid out
 * with plain tables.
 */
#include "rubis-document.h"
#include "rubis-format.h"
#include "rubis-words.h"

#include <string.h>

#define CELL "padding:6px 8px;border-bottom:1px solid #dcdfe4;"
#define LIGHT "color:#5b6470;"

typedef struct {
  GString *out;
  RubisDocument *document;
  const char *language;
  char accent[8]; /* "#rrggbb" */
} Writer;

static void write_blocks (Writer *writer, GPtrArray *blocks, gboolean tight);

static void
append_escaped (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      switch (*p)
        {
        case '&':
          g_string_append (out, "&amp;");
          break;
        case '<':
          g_string_append (out, "&lt;");
          break;
        case '>':
          g_string_append (out, "&gt;");
          break;
        case '"':
          g_string_append (out, "&quot;");
          break;
        case '\'':
          g_string_append (out, "&#39;");
          break;
        case '\n':
          g_string_append (out, "<br>\n");
          break;
        case '\r':
          break;
        default:
          g_string_append_c (out, *p);
          break;
        }
    }
}

static void
write_span (Writer *writer, const RubisSpan *span)
{
  GString *out = writer->out;

  if (span->url != NULL)
    {
      g_string_append (out, "<a href=\"");
      append_escaped (out, span->url);
      g_string_append_printf (out, "\" style=\"color:%s;\">", writer->accent);
    }
  if ((span->style & RUBIS_SPAN_MISSING) != 0)
    g_string_append (out, "<span style=\"color:#c01c28;\">");
  if ((span->style & RUBIS_SPAN_BOLD) != 0)
    g_string_append (out, "<strong>");
  if ((span->style & RUBIS_SPAN_ITALIC) != 0)
    g_string_append (out, "<em>");
  append_escaped (out, span->text);
  if ((span->style & RUBIS_SPAN_ITALIC) != 0)
    g_string_append (out, "</em>");
  if ((span->style & RUBIS_SPAN_BOLD) != 0)
    g_string_append (out, "</strong>");
  if ((span->style & RUBIS_SPAN_MISSING) != 0)
    g_string_append (out, "</span>");
  if (span->url != NULL)
    g_string_append (out, "</a>");
}

static void
write_spans (Writer *writer, GPtrArray *spans)
{
  for (guint i = 0; i < spans->len; i++)
    write_span (writer, g_ptr_array_index (spans, i));
}

static void
write_cell (Writer *writer, const char *tag, const char *style, gboolean right, const char *text)
{
  g_string_append_printf (writer->out, "<%s style=\"" CELL "%stext-align:%s;white-space:nowrap;\">", tag,
                          style, right ? "right" : "left");
  append_escaped (writer->out, text);
  g_string_append_printf (writer->out, "</%s>", tag);
}

static void
write_headings (Writer *writer, RubisItemTable *table)
{
  g_string_append (writer->out, "<tr>");
  for (guint i = 0; i < rubis_item_table_get_n_columns (table); i++)
    {
      RubisColumn column = rubis_item_table_get_column (table, i);

      write_cell (writer, "th", LIGHT "font-weight:normal;font-size:13px;",
                  rubis_item_table_is_numeric (column), rubis_item_table_get_heading (table, column));
    }
  g_string_append (writer->out, "</tr>\n");
}

static void
write_total (Writer *writer, RubisItemTable *table, guint group)
{
  guint n_rows = rubis_item_table_get_n_rows (table, group);
  RubisCurrency currency = rubis_item_table_get_currency (table, group);
  g_autofree char *label = rubis_item_table_dup_total_label (table, group);

  g_string_append (writer->out, "<tr>");
  for (guint i = 0; i < rubis_item_table_get_n_columns (table); i++)
    {
      RubisColumn column = rubis_item_table_get_column (table, i);
      g_autofree char *text = NULL;

      if (rubis_item_table_is_amount (column) && column != RUBIS_COLUMN_TOTAL)
        text = rubis_format_amount (rubis_item_table_get_sum (table, group, n_rows, column), currency,
                                    writer->language);
      write_cell (writer, "td", "font-weight:bold;", rubis_item_table_is_numeric (column),
                  i == 0         ? label
                  : text != NULL ? text
                                 : "");
    }
  g_string_append (writer->out, "</tr>\n");
}

/* What is asked for, when it is not the total of the open amounts. */
static void
write_grand_total (Writer *writer, RubisItemTable *table, guint group)
{
  g_autofree char *total =
    rubis_format_amount (rubis_item_table_get_grand_total (table, group),
                         rubis_item_table_get_currency (table, group), writer->language);

  g_string_append_printf (writer->out, "<tr><td colspan=\"%u\" style=\"" CELL "font-weight:bold;\">",
                          rubis_item_table_get_n_columns (table) - 1);
  append_escaped (writer->out, rubis_words_get (RUBIS_WORD_TOTAL_TO_PAY, writer->language));
  g_string_append (writer->out, "</td>");
  write_cell (writer, "td", "font-weight:bold;", TRUE, total);
  g_string_append (writer->out, "</tr>\n");
}

static void
write_table (Writer *writer, RubisItemTable *table)
{
  g_string_append (writer->out, "<div style=\"overflow-x:auto;margin:16px 0;\">"
                                "<table cellspacing=\"0\" cellpadding=\"0\" "
                                "style=\"border-collapse:collapse;font-size:14px;\">\n");
  for (guint group = 0; group < rubis_item_table_get_n_groups (table); group++)
    {
      write_headings (writer, table);
      for (guint row = 0; row < rubis_item_table_get_n_rows (table, group); row++)
        {
          g_string_append (writer->out, "<tr>");
          for (guint i = 0; i < rubis_item_table_get_n_columns (table); i++)
            {
              RubisColumn column = rubis_item_table_get_column (table, i);
              g_autofree char *text = rubis_item_table_dup_cell (table, group, row, column);

              write_cell (writer, "td", "", rubis_item_table_is_numeric (column), text);
            }
          g_string_append (writer->out, "</tr>\n");
        }
      write_total (writer, table, group);
      if (rubis_item_table_has_grand_total (table))
        write_grand_total (writer, table, group);
    }
  g_string_append (writer->out, "</table></div>\n");
}

static void
write_grid_row (Writer *writer, RubisGrid *grid, guint row)
{
  static const char *const aligns[] = {
    [RUBIS_GRID_LEFT] = "left",
    [RUBIS_GRID_CENTER] = "center",
    [RUBIS_GRID_RIGHT] = "right",
  };

  g_string_append (writer->out, "<tr>");
  for (guint i = 0; i < rubis_grid_get_n_columns (grid); i++)
    {
      RubisGridAlign align = rubis_grid_get_align (grid, i);

      g_string_append_printf (writer->out, "<td style=\"" CELL "vertical-align:top;text-align:%s;%s%s\">",
                              aligns[align], align == RUBIS_GRID_RIGHT ? "white-space:nowrap;" : "",
                              rubis_grid_is_total (grid, row) ? "font-weight:bold;" : "");
      append_escaped (writer->out, rubis_grid_get_cell (grid, row, i));
      g_string_append (writer->out, "</td>");
    }
  g_string_append (writer->out, "</tr>\n");
}

static void
write_grid (Writer *writer, RubisGrid *grid)
{
  g_string_append (writer->out, "<div style=\"overflow-x:auto;margin:16px 0;\">"
                                "<table cellspacing=\"0\" cellpadding=\"0\" "
                                "style=\"border-collapse:collapse;font-size:14px;\">\n");
  if (rubis_grid_has_titles (grid))
    {
      g_string_append (writer->out, "<tr>");
      for (guint i = 0; i < rubis_grid_get_n_columns (grid); i++)
        write_cell (writer, "th", LIGHT "font-weight:normal;font-size:13px;",
                    rubis_grid_get_align (grid, i) == RUBIS_GRID_RIGHT, rubis_grid_get_title (grid, i));
      g_string_append (writer->out, "</tr>\n");
    }
  for (guint row = 0; row < rubis_grid_get_n_rows (grid); row++)
    write_grid_row (writer, grid, row);
  g_string_append (writer->out, "</table></div>\n");
}

static void
write_fact (Writer *writer, const char *label, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append (writer->out, "<tr><td style=\"padding:2px 16px 2px 0;" LIGHT "\">");
  append_escaped (writer->out, label);
  g_string_append (writer->out, "</td><td style=\"padding:2px 0;\">");
  append_escaped (writer->out, value);
  g_string_append (writer->out, "</td></tr>\n");
}

static void
write_payment (Writer *writer)
{
  const RubisPaymentDetails *payment = rubis_document_get_payment (writer->document);
  g_autofree char *iban = rubis_document_group_iban (payment->iban);

  if (payment->iban != NULL)
    {
      g_string_append_printf (
        writer->out,
        "<table role=\"presentation\" cellspacing=\"0\" cellpadding=\"0\" "
        "style=\"margin:16px 0;padding-left:12px;border-left:3px solid %s;font-size:14px;\">\n",
        writer->accent);
      write_fact (writer, rubis_words_get (RUBIS_WORD_BENEFICIARY, writer->language), payment->beneficiary);
      write_fact (writer, "IBAN", iban);
      write_fact (writer, "BIC", payment->bic);
      write_fact (writer, rubis_words_get (RUBIS_WORD_REFERENCE, writer->language), payment->reference);
      write_fact (writer, rubis_words_get (RUBIS_WORD_AMOUNT, writer->language), payment->amount);
      g_string_append (writer->out, "</table>\n");
    }
  if (payment->link != NULL)
    {
      RubisSpan span = { (char *) rubis_words_get (RUBIS_WORD_PAY_ONLINE, writer->language),
                         RUBIS_SPAN_BOLD, payment->link };

      g_string_append (writer->out, "<p style=\"margin:0 0 12px;\">");
      write_span (writer, &span);
      g_string_append (writer->out, "</p>\n");
    }
}

static void
write_image (Writer *writer, GBytes *image, int max_height)
{
  gsize size;
  const guchar *data = g_bytes_get_data (image, &size);
  gboolean png = size > 4 && memcmp (data, "\x89PNG", 4) == 0;
  g_autofree char *encoded = g_base64_encode (data, size);

  g_string_append_printf (writer->out,
                          "<p style=\"margin:0 0 12px;\"><img alt=\"\" style=\"max-height:%dpx;\" "
                          "src=\"data:image/%s;base64,%s\"></p>\n",
                          max_height, png ? "png" : "jpeg", encoded);
}

static void
write_signature (Writer *writer)
{
  const RubisSignatory *signatory = rubis_document_get_signatory (writer->document);
  const char *lines[] = { signatory->role, signatory->company };

  if (signatory->image != NULL)
    write_image (writer, signatory->image, 80);
  g_string_append (writer->out, "<p style=\"margin:0 0 12px;\"><strong>");
  append_escaped (writer->out, signatory->name != NULL ? signatory->name : "");
  g_string_append (writer->out, "</strong>");
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      if (lines[i] == NULL)
        continue;
      g_string_append (writer->out, "<br>\n<span style=\"" LIGHT "\">");
      append_escaped (writer->out, lines[i]);
      g_string_append (writer->out, "</span>");
    }
  g_string_append (writer->out, "</p>\n");
}

static void
write_list (Writer *writer, const RubisBlock *block)
{
  const char *tag = block->level > 0 ? "ol" : "ul";

  if (block->level > 1)
    g_string_append_printf (writer->out, "<ol start=\"%d\" style=\"margin:0 0 12px;\">\n", block->level);
  else
    g_string_append_printf (writer->out, "<%s style=\"margin:0 0 12px;\">\n", tag);
  write_blocks (writer, block->children, TRUE);
  g_string_append_printf (writer->out, "</%s>\n", tag);
}

static void
write_block (Writer *writer, const RubisBlock *block, gboolean tight)
{
  GString *out = writer->out;

  switch (block->kind)
    {
    case RUBIS_BLOCK_HEADING:
      g_string_append_printf (out, "<h2 style=\"margin:20px 0 8px;font-size:17px;color:%s;\">",
                              writer->accent);
      write_spans (writer, block->spans);
      g_string_append (out, "</h2>\n");
      break;
    case RUBIS_BLOCK_LIST:
      write_list (writer, block);
      break;
    case RUBIS_BLOCK_ENTRY:
      g_string_append (out, "<li>");
      write_blocks (writer, block->children, TRUE);
      g_string_append (out, "</li>\n");
      break;
    case RUBIS_BLOCK_QUOTE:
      g_string_append (out, "<blockquote style=\"margin:0 0 12px 16px;" LIGHT "\">\n");
      write_blocks (writer, block->children, FALSE);
      g_string_append (out, "</blockquote>\n");
      break;
    case RUBIS_BLOCK_RULE:
    case RUBIS_BLOCK_PAGE_BREAK:
      g_string_append (out, "<hr style=\"border:0;border-top:1px solid #dcdfe4;margin:16px 0;\">\n");
      break;
    case RUBIS_BLOCK_TABLE:
      write_table (writer, block->table);
      break;
    case RUBIS_BLOCK_GRID:
      write_grid (writer, block->grid);
      break;
    case RUBIS_BLOCK_IMAGE:
      write_image (writer, block->image, 160);
      break;
    case RUBIS_BLOCK_PAYMENT:
      write_payment (writer);
      break;
    case RUBIS_BLOCK_SIGNATURE:
      write_signature (writer);
      break;
    case RUBIS_BLOCK_PARAGRAPH:
    default:
      if (!tight)
        g_string_append (out, "<p style=\"margin:0 0 12px;\">");
      write_spans (writer, block->spans);
      if (!tight)
        g_string_append (out, "</p>\n");
      break;
    }
}

static void
write_blocks (Writer *writer, GPtrArray *blocks, gboolean tight)
{
  for (guint i = 0; i < blocks->len; i++)
    write_block (writer, g_ptr_array_index (blocks, i), tight);
}

char *
rubis_document_to_html (RubisDocument *self, guint32 accent)
{
  Writer writer = { NULL, self, NULL, "" };

  g_return_val_if_fail (self != NULL, NULL);

  writer.out = g_string_new (NULL);
  writer.language = rubis_document_get_language (self);
  g_snprintf (writer.accent, sizeof writer.accent, "#%06x", accent & 0xffffff);
  g_string_append (writer.out, "<!DOCTYPE html>\n<html lang=\"");
  append_escaped (writer.out, writer.language);
  g_string_append (writer.out, "\">\n<head><meta charset=\"utf-8\"><title>");
  append_escaped (writer.out, rubis_document_get_subject (self));
  g_string_append (writer.out, "</title></head>\n"
                               "<body style=\"margin:0;padding:16px;background:#ffffff;color:#1d2430;"
                               "font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;\">\n"
                               "<div style=\"max-width:680px;\">\n");
  write_blocks (&writer, rubis_document_get_blocks (self), FALSE);
  g_string_append (writer.out, "</div>\n</body>\n</html>\n");
  return g_string_free (writer.out, FALSE);
}
