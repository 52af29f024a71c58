#include "rubis-grid-table.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"

/* A number that a spreadsheet of the user's language reads as one. */
static char *
format_plain_amount (gint64 minor, RubisCurrency currency)
{
  char *text = rubis_money_to_string (minor, currency);

  if (!g_str_equal (rubis_format_ui_language (), "en"))
    g_strdelimit (text, ".", ',');
  return text;
}

static char *
format_cell (RubisGridColumn column, RubisItemRow *row)
{
  if (column == RUBIS_GRID_OPEN)
    return format_plain_amount (row->open, row->currency);
  if (column == RUBIS_GRID_TOTAL)
    return format_plain_amount (row->total, row->currency);
  if (column == RUBIS_GRID_DAYS_LATE)
    return g_strdup_printf ("%d", MAX (row->days_late, 0));
  if (column == RUBIS_GRID_DUE_DATE)
    return rubis_format_date_short (row->due_date, rubis_format_ui_language ());
  return rubis_grid_column_format (column, row, row->currency);
}

/* Amounts without their currency would be ambiguous: it follows them unless it is a column. */
static gboolean
needs_currency (GArray *columns)
{
  gboolean amounts = FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      RubisGridColumn column = g_array_index (columns, RubisGridColumn, i);

      if (column == RUBIS_GRID_CURRENCY)
        return FALSE;
      amounts = amounts || column == RUBIS_GRID_OPEN || column == RUBIS_GRID_TOTAL;
    }
  return amounts;
}

static GArray *
complete_columns (GArray *columns)
{
  GArray *complete = g_array_new (FALSE, FALSE, sizeof (RubisGridColumn));
  RubisGridColumn currency = RUBIS_GRID_CURRENCY;

  g_array_append_vals (complete, columns->data, columns->len);
  if (needs_currency (columns))
    g_array_append_val (complete, currency);
  return complete;
}

static void
append_text_cell (GString *out, const char *text, gboolean first)
{
  if (!first)
    g_string_append_c (out, '\t');
  for (const char *p = text; *p != '\0'; p++)
    g_string_append_c (out, strchr ("\t\r\n", *p) != NULL ? ' ' : *p);
}

char *
rubis_grid_table_to_text (GArray *columns, GPtrArray *rows)
{
  g_autoptr(GArray) shown = NULL;
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (columns != NULL && rows != NULL, NULL);

  shown = complete_columns (columns);
  for (guint i = 0; i < shown->len; i++)
    append_text_cell (out, rubis_grid_column_get_title (g_array_index (shown, RubisGridColumn, i)), i == 0);
  g_string_append_c (out, '\n');
  for (guint r = 0; r < rows->len; r++)
    {
      for (guint i = 0; i < shown->len; i++)
        {
          g_autofree char *text = format_cell (g_array_index (shown, RubisGridColumn, i), rows->pdata[r]);

          append_text_cell (out, text, i == 0);
        }
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
append_html_cell (GString *out, const char *tag, RubisGridColumn column, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (out, "<%s%s>%s</%s>", tag,
                          rubis_grid_column_is_text (column) ? "" : " style=\"text-align:right\"", escaped, tag);
}

char *
rubis_grid_table_to_html (GArray *columns, GPtrArray *rows)
{
  g_autoptr(GArray) shown = NULL;
  GString *out = g_string_new ("<meta charset=\"utf-8\"><table>\n<tr>");

  g_return_val_if_fail (columns != NULL && rows != NULL, NULL);

  shown = complete_columns (columns);
  for (guint i = 0; i < shown->len; i++)
    {
      RubisGridColumn column = g_array_index (shown, RubisGridColumn, i);

      append_html_cell (out, "th", column, rubis_grid_column_get_title (column));
    }
  g_string_append (out, "</tr>\n");
  for (guint r = 0; r < rows->len; r++)
    {
      g_string_append (out, "<tr>");
      for (guint i = 0; i < shown->len; i++)
        {
          RubisGridColumn column = g_array_index (shown, RubisGridColumn, i);
          g_autofree char *text = format_cell (column, rows->pdata[r]);

          append_html_cell (out, "td", column, text);
        }
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</table>\n");
  return g_string_free (out, FALSE);
}
