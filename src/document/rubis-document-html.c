/* rubis-document-html.c: a document as the HTML body of an email.
 *
 * Email programs ignore style sheets and know few properties: everything is inlined and laid out
 * with plain tables. The one style sheet holds the colours of dark mode, for the programs that read it; the
 * classes are there for it alone. The others turn light colours into dark ones themselves.
 */
#include "rubis-answer-links.h"
#include "rubis-contrast.h"
#include "rubis-document.h"
#include "rubis-format.h"
#include "rubis-image-size.h"
#include "rubis-words.h"

#include <string.h>

#define PAPER 0xffffff
#define DARK_PAPER 0x1c1e22
#define CELL "padding:6px 8px;border-bottom:1px solid #dcdfe4;"
#define LIGHT "color:#5b6470;"
#define CELL_CLASS "rubis-line"
#define LIGHT_CLASS "rubis-muted"
#define RULE                                                                                                 \
  "<hr class=\"" CELL_CLASS "\" style=\"border:0;border-top:1px solid #dcdfe4;margin:16px 0;\">\n"
#define QR_SIDE 132
#define IMAGE_HEIGHT 160
#define SIGNATURE_HEIGHT 80

typedef struct {
  GString *out;
  RubisDocument *document;
  const char *language;
  char accent[8]; /* "#rrggbb" */
  char dark_accent[8];
  const RubisHtmlEmail *email; /* (nullable) */
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
      g_string_append_printf (out, "\" class=\"rubis-accent\" style=\"color:%s;\">", writer->accent);
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
  g_string_append_printf (writer->out,
                          "<%s class=\"%s\" style=\"" CELL "%stext-align:%s;white-space:nowrap;\">", tag,
                          *tag == 't' && tag[1] == 'h' ? CELL_CLASS " " LIGHT_CLASS : CELL_CLASS, style,
                          right ? "right" : "left");
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

  g_string_append_printf (writer->out, "<tr><td colspan=\"%u\" class=\"" CELL_CLASS "\" style=\"" CELL "font-weight:bold;\">",
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

      g_string_append_printf (writer->out, "<td class=\"" CELL_CLASS "\" style=\"" CELL "vertical-align:top;text-align:%s;%s%s\">",
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
  g_string_append (writer->out, "<tr><td class=\"" LIGHT_CLASS "\" style=\"padding:2px 16px 2px 0;" LIGHT "\">");
  append_escaped (writer->out, label);
  g_string_append (writer->out, "</td><td style=\"padding:2px 0;\">");
  append_escaped (writer->out, value);
  g_string_append (writer->out, "</td></tr>\n");
}

/* The address of a picture in the page. */
static char *
make_source (Writer *writer, GBytes *image, const char *name, const char *type)
{
  gsize size;
  const guchar *data = g_bytes_get_data (image, &size);
  g_autofree char *encoded = NULL;
  RubisHtmlImage *added;
  guint n;

  if (writer->email == NULL)
    {
      encoded = g_base64_encode (data, size);
      return g_strdup_printf ("data:%s;base64,%s", type, encoded);
    }
  n = writer->email->images->len + 1;
  added = g_new0 (RubisHtmlImage, 1);
  added->cid = g_strdup_printf ("picture-%u@%s", n, writer->email->domain);
  added->name = g_strdup_printf ("%s-%u.%s", name, n, g_str_equal (type, "image/png") ? "png" : "jpg");
  added->media_type = type;
  added->content = g_bytes_ref (image);
  g_ptr_array_add (writer->email->images, added);
  return g_strdup_printf ("cid:%s", added->cid);
}

/* Mail programs show a picture as large as it is unless its size is written in the old way. */
static void
write_picture (Writer *writer, GBytes *image, const char *name, const char *alt, guint max_height)
{
  const char *type = rubis_image_media_type (image);
  g_autofree char *source = NULL;
  guint width = 0;
  guint height = 0;

  if (type == NULL || !rubis_image_size_read (image, &width, &height) || width == 0 || height == 0)
    return;
  if (height > max_height)
    {
      width = (guint) ((guint64) width * max_height / height);
      height = max_height;
    }
  source = make_source (writer, image, name, type);
  g_string_append_printf (writer->out, "<img src=\"%s\" width=\"%u\" height=\"%u\" alt=\"", source,
                          MAX (width, 1), height);
  append_escaped (writer->out, alt);
  g_string_append_printf (writer->out, "\" style=\"display:block;border:0;width:%upx;height:%upx;\">",
                          MAX (width, 1), height);
}

static void
write_image (Writer *writer, GBytes *image, const char *name, guint max_height)
{
  g_string_append (writer->out, "<p style=\"margin:0 0 12px;\">");
  write_picture (writer, image, name, "", max_height);
  g_string_append (writer->out, "</p>\n");
}

static void
write_facts (Writer *writer, const RubisPaymentDetails *payment)
{
  g_autofree char *iban = rubis_document_group_iban (payment->iban);

  g_string_append (writer->out, "<table role=\"presentation\" cellspacing=\"0\" cellpadding=\"0\" "
                                "style=\"font-size:14px;\">\n");
  write_fact (writer, rubis_words_get (RUBIS_WORD_BENEFICIARY, writer->language), payment->beneficiary);
  write_fact (writer, "IBAN", iban);
  write_fact (writer, "BIC", payment->bic);
  write_fact (writer, rubis_words_get (RUBIS_WORD_REFERENCE, writer->language), payment->reference);
  write_fact (writer, rubis_words_get (RUBIS_WORD_AMOUNT, writer->language), payment->amount);
  g_string_append (writer->out, "</table>\n");
}

/* A code is read from dark on white: it keeps its own white in dark mode. */
static void
write_qr (Writer *writer)
{
  const char *words = rubis_words_get (RUBIS_WORD_SCAN, writer->language);

  g_string_append (writer->out, "<div style=\"margin:8px 0 0;\">");
  write_picture (writer, writer->email->qr, "qr", words, QR_SIDE);
  g_string_append (writer->out, "</div>\n<div class=\"" LIGHT_CLASS "\" style=\"font-size:12px;" LIGHT "\">");
  append_escaped (writer->out, words);
  g_string_append (writer->out, "</div>\n");
}

static void
write_payment (Writer *writer)
{
  const RubisPaymentDetails *payment = rubis_document_get_payment (writer->document);

  if (payment->iban != NULL)
    {
      g_string_append_printf (writer->out,
                              "<div class=\"rubis-bar\" style=\"margin:16px 0;padding:0 0 0 12px;border-left:3px solid "
                              "%s;\">\n",
                              writer->accent);
      write_facts (writer, payment);
      if (writer->email != NULL && writer->email->qr != NULL)
        write_qr (writer);
      g_string_append (writer->out, "</div>\n");
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
write_signature (Writer *writer)
{
  const RubisSignatory *signatory = rubis_document_get_signatory (writer->document);
  const char *lines[] = { signatory->role, signatory->company };

  if (signatory->image != NULL)
    write_image (writer, signatory->image, "signature", SIGNATURE_HEIGHT);
  g_string_append (writer->out, "<p style=\"margin:0 0 12px;\"><strong>");
  append_escaped (writer->out, signatory->name != NULL ? signatory->name : "");
  g_string_append (writer->out, "</strong>");
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      if (lines[i] == NULL)
        continue;
      g_string_append (writer->out, "<br>\n<span class=\"" LIGHT_CLASS "\" style=\"" LIGHT "\">");
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
      g_string_append_printf (out, "<h2 class=\"rubis-accent\" style=\"margin:20px 0 8px;font-size:17px;color:%s;\">",
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
      g_string_append (out, "<blockquote class=\"" LIGHT_CLASS "\" style=\"margin:0 0 12px 16px;" LIGHT "\">\n");
      write_blocks (writer, block->children, FALSE);
      g_string_append (out, "</blockquote>\n");
      break;
    case RUBIS_BLOCK_RULE:
    case RUBIS_BLOCK_PAGE_BREAK:
      g_string_append (out, RULE);
      break;
    case RUBIS_BLOCK_TABLE:
      write_table (writer, block->table);
      break;
    case RUBIS_BLOCK_GRID:
      write_grid (writer, block->grid);
      break;
    case RUBIS_BLOCK_IMAGE:
      write_image (writer, block->image, "image", IMAGE_HEIGHT);
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

/* --- below the text --- */

static void
write_links (Writer *writer, GPtrArray *links)
{
  g_string_append (writer->out, RULE "<p class=\"" LIGHT_CLASS "\" style=\"margin:0 0 4px;font-size:13px;" LIGHT "\">");
  append_escaped (writer->out, rubis_answer_links_get_title (writer->language));
  g_string_append (writer->out, "</p>\n<p style=\"margin:0 0 12px;font-size:14px;line-height:1.9;\">");
  for (guint i = 0; i < links->len; i++)
    {
      const RubisAnswerLink *link = g_ptr_array_index (links, i);
      RubisSpan span = { link->label, RUBIS_SPAN_PLAIN, link->url };

      if (i > 0)
        g_string_append (writer->out,
                         " <span class=\"" LIGHT_CLASS "\" style=\"" LIGHT "\">&nbsp;·&nbsp;</span>\n");
      g_string_append (writer->out, "<span style=\"white-space:nowrap;\">");
      write_span (writer, &span);
      g_string_append (writer->out, "</span>");
    }
  g_string_append (writer->out, "</p>\n");
}

static void
write_below (Writer *writer)
{
  const RubisHtmlEmail *email = writer->email;

  if (email->signature != NULL && *email->signature != '\0')
    {
      g_string_append (writer->out,
                       "<p class=\"" LIGHT_CLASS "\" style=\"margin:16px 0 12px;font-size:13px;" LIGHT "\">");
      append_escaped (writer->out, email->signature);
      g_string_append (writer->out, "</p>\n");
    }
  if (email->links != NULL && email->links->len > 0)
    write_links (writer, email->links);
}

/* --- the page --- */

static void
write_head (Writer *writer, const char *title)
{
  GString *out = writer->out;

  g_string_append (out, "<!DOCTYPE html>\n<html lang=\"");
  append_escaped (out, writer->language);
  g_string_append (out, "\">\n<head><meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        "<meta name=\"color-scheme\" content=\"light dark\">\n"
                        "<meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>");
  append_escaped (out, title);
  g_string_append_printf (out,
                          "</title>\n<style>\n:root{color-scheme:light dark;}\n"
                          "@media (prefers-color-scheme:dark){\n"
                          ".rubis-page{background:#%06x!important;color:#e7e9ec!important;}\n"
                          ".rubis-accent{color:%s!important;}\n"
                          "." LIGHT_CLASS "{color:#aab0b9!important;}\n"
                          "." CELL_CLASS "{border-color:#42474f!important;}\n"
                          ".rubis-bar{border-color:%s!important;}\n"
                          "}\n</style>\n</head>\n",
                          DARK_PAPER, writer->dark_accent, writer->dark_accent);
}

static char *
write_page (RubisDocument *document, guint32 accent, const RubisHtmlEmail *email)
{
  Writer writer = { .out = g_string_new (NULL), .document = document, .email = email };
  const char *title = email != NULL && email->title != NULL ? email->title : rubis_document_get_subject (document);

  writer.language = rubis_document_get_language (document);
  g_snprintf (writer.accent, sizeof writer.accent, "#%06x",
              rubis_contrast_adjust (accent, PAPER, RUBIS_CONTRAST_TEXT));
  g_snprintf (writer.dark_accent, sizeof writer.dark_accent, "#%06x",
              rubis_contrast_adjust (accent, DARK_PAPER, RUBIS_CONTRAST_TEXT));
  write_head (&writer, title);
  /* Some programs keep the colours of the body, others those of what is in it. */
  g_string_append (writer.out, "<body class=\"rubis-page\" style=\"margin:0;padding:0;background:#ffffff;color:#1d2430;\">\n"
                               "<div class=\"rubis-page\" style=\"padding:16px;background:#ffffff;color:#1d2430;"
                               "font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;\">\n"
                               "<div style=\"max-width:680px;\">\n");
  write_blocks (&writer, rubis_document_get_blocks (document), FALSE);
  if (email != NULL)
    write_below (&writer);
  g_string_append (writer.out, "</div>\n</div>\n</body>\n</html>\n");
  return g_string_free (writer.out, FALSE);
}

char *
rubis_document_to_html (RubisDocument *self, guint32 accent)
{
  g_return_val_if_fail (self != NULL, NULL);

  return write_page (self, accent, NULL);
}

char *
rubis_document_to_email_html (RubisDocument *self, const RubisHtmlEmail *email)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (email != NULL && email->images != NULL && email->domain != NULL, NULL);

  return write_page (self, email->accent, email);
}

static void
html_image_free (gpointer data)
{
  RubisHtmlImage *self = data;

  g_free (self->cid);
  g_free (self->name);
  g_bytes_unref (self->content);
  g_free (self);
}

GPtrArray *
rubis_html_images_new (void)
{
  return g_ptr_array_new_with_free_func (html_image_free);
}
